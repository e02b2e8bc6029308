/* The course of the commands that print stories found among their SOURCEs. */
#include "cli.h"

#include <stdlib.h>
#include <unistd.h>

bool cli_stories_parse(const cli_context *ctx, const char *format, const char *story, cli_stories *s)
{
	char *end = NULL;
	s->format = isatty(STDOUT_FILENO) ? SR_FORMAT_TERM : SR_FORMAT_MD;
	if (format && (!sr_format_parse(sr_str_c(format), &s->format) || (s->format == SR_FORMAT_ATOM && !s->atom))) {
		cli_usage(ctx, "unknown --format %s: term, md, html%s", format, s->atom ? ", json or atom" : " or json");
		return false;
	}
	if (story && ((s->story = strtoul(story, &end, 10)) == 0 || *end)) {
		cli_usage(ctx, "--story %s is not a number from 1", story);
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
		return cli_usage(ctx, "there are only %zu stories", run->story_count);
	for (size_t i = first; i < last && code == EXIT_DONE; i++)
		code = s->print(ctx, run, i, s->format);
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
