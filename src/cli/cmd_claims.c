#include "archive.h"

#include <stdlib.h>
#include <unistd.h>

const char help_claims[] =
	"Who said what: every statement by its speaker, once, with the sources that bear witness to it, how it was\n"
	"said (says, denies, warns …), how sure, through whom and when.\n\n"
	"Options:\n"
	"  --format term|md|html|json   term on a terminal, else md\n"
	"  --story N     of SOURCEs: the Nth story, largest first (default: the first)\n"
	"  --all         of SOURCEs: all stories\n"
	"  --type TYPE   do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep claims bfkht4                     # a stored story\n"
	"  sitrep claims reports/*.txt\n"
	"  sitrep claims reports/ --format html >claims.html\n"
	"  sitrep claims reports/ --format json | jq '.voices[] | {name, said: [.statements[].text]}'\n";

typedef struct claims_options {
	sr_format format;
	bool all;
	size_t story; /* from 1; 0: the first */
} claims_options;

static int parse(cli_context *ctx, int argc, char **argv, claims_options *o, const char **type)
{
	const char *format = NULL, *story = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format }, { "all", 'a', &o->all, NULL },
		                           { "story", 's', NULL, &story }, { "type", 't', NULL, type } };
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0)
		return -1;
	o->format = isatty(STDOUT_FILENO) ? SR_FORMAT_TERM : SR_FORMAT_MD;
	if (format && (!sr_format_parse(sr_str_c(format), &o->format) || o->format == SR_FORMAT_ATOM)) {
		cli_usage(ctx, "claims prints term, md, html or json, not %s", format);
		return -1;
	}
	char *end = NULL;
	if (story && ((o->story = strtoul(story, &end, 10)) == 0 || *end)) {
		cli_usage(ctx, "--story %s is not a number from 1", story);
		return -1;
	}
	return n;
}

static int print_story(sr_run *run, size_t story, sr_format format)
{
	sr_error err = { 0 };
	sr_dossier page;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_run_claims(run, story, arena, &page, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	int code = EXIT_BROKEN;
	if (status == SR_OK)
		code = cli_print_page(run, story, &page, format, arena);
	else
		cli_say("%s", err.message);
	sr_arena_free(arena);
	return code;
}

static int print_all(const cli_context *ctx, sr_run *run, const claims_options *o)
{
	size_t first = o->all || !o->story ? 0 : o->story - 1, last = o->all ? run->story_count : first + 1;
	int code = EXIT_DONE;
	if (run->story_count == 0) {
		cli_say("nothing was said");
		return EXIT_NO;
	}
	if (first >= run->story_count)
		return cli_usage(ctx, "there are only %zu stories", run->story_count);
	for (size_t i = first; i < last && code == EXIT_DONE; i++)
		code = print_story(run, i, o->format);
	return code;
}

static int print_stored(const cli_context *ctx, const char *name, sr_format format)
{
	sr_archive *a;
	sr_run *run;
	sr_error err = { 0 };
	int64_t story;
	int code = cli_archive_open(ctx, false, &a);
	if (code != EXIT_DONE)
		return code;
	code = cli_find_story(a, name, &story);
	if (code == EXIT_DONE && sr_archive_run(a, story, &run, &err) != SR_OK)
		code = cli_archive_failed(&err);
	else if (code == EXIT_DONE) {
		code = print_story(run, 0, format);
		sr_run_free(run);
	}
	sr_archive_close(a);
	return code;
}

int cmd_claims(cli_context *ctx, int argc, char **argv)
{
	claims_options o = { 0 };
	const char *type = NULL;
	sr_engine *engine;
	sr_run *run;
	sr_error err = { 0 };
	int n = parse(ctx, argc, argv, &o, &type);
	if (n < 0)
		return EXIT_USAGE;
	if (n == 1 && cli_is_story(argv[0]))
		return print_stored(ctx, argv[0], o.format);
	int code = cli_open(ctx, n, argv, type, &engine, &run);
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
	int printed = print_all(ctx, run, &o);
	cli_close(engine, run);
	return printed != EXIT_DONE && !(printed == EXIT_NO && code == EXIT_UNREAD) ? printed : code;
}
