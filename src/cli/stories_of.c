/* The course of the commands that print stories found among their SOURCEs. */
#include "cli.h"

/* Dossiers stand one below another as text, and one a line as JSON; two documents of the others in one file are none. */
static bool stands_together(sr_format format) { return format != SR_FORMAT_HTML && format != SR_FORMAT_ATOM; }

bool cli_stories_parse(const cli_context *ctx, const char *format, const char *story, cli_stories *s)
{
	if (!cli_page_format(ctx, format, s->atom, &s->format) || !cli_number(ctx, "story", story, SIZE_MAX, &s->story))
		return false;
	if (s->all && story) {
		cli_usage(ctx, "--story prints one story, --all and --list print all: give one of them");
		return false;
	}
	if (s->all && !stands_together(s->format)) {
		cli_usage(ctx, "%s holds one story: give --story N, or --all with term, md or json", sr_format_name(s->format));
		return false;
	}
	return true;
}

static int print_chosen(const cli_context *ctx, sr_run *run, const cli_stories *s)
{
	size_t first = s->all || !s->story ? 0 : s->story - 1, last = s->all ? run->story_count : first + 1;
	int code = EXIT_DONE;
	if (run->story_count == 0) {
		cli_say("%s", s->nothing);
		return EXIT_NO;
	}
	if (first >= run->story_count)
		return cli_usage(ctx, "there %s only %zu %s", run->story_count == 1 ? "is" : "are", run->story_count, run->story_count == 1 ? "story" : "stories");
	for (size_t i = first; i < last && code == EXIT_DONE; i++) {
		if (i > first && s->format == SR_FORMAT_MD && !s->lines) /* a heading needs a blank line before it */
			code = cli_write(SR_STR("\n"));
		if (code == EXIT_DONE)
			code = s->print(ctx, run, i, s->format);
	}
	return code;
}

int cli_stories_print(const cli_context *ctx, int count, char **sources, const cli_stories *s)
{
	sr_engine *engine;
	sr_run *run;
	sr_error err = { 0 };
	int code = cli_open(ctx, count, sources, s->type, &engine, &run);
	if (!run)
		return code;
	size_t before = run->failure_count;
	if (sr_run_read(run, &err) != SR_OK || sr_run_group(run, &err) != SR_OK) {
		cli_say("%s", err.message);
		cli_close(engine, run);
		return EXIT_BROKEN;
	}
	code = cli_report(run, before);
	cli_report_notes(ctx, run);
	int printed = print_chosen(ctx, run, s);
	cli_close(engine, run);
	return printed != EXIT_DONE && !(printed == EXIT_NO && code == EXIT_UNREAD) ? printed : code;
}
