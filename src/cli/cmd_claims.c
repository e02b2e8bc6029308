#include "archive.h"

const char help_claims[] =
	"Who said what: every statement by its speaker, once, with the sources that bear witness to it, how it was\n"
	"said (says, denies, warns …), how sure, through whom and when.\n\n"
	"Options:\n"
	"  --format term|md|html|json   term on a terminal, else md\n"
	"  --story N     of SOURCEs: the Nth story, largest first (default: the first)\n"
	"  --all         of SOURCEs: all stories: term or md, or json, one line each\n"
	"  --type TYPE   do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep claims bfkht4                     # a stored story\n"
	"  sitrep claims reports/*.txt\n"
	"  sitrep claims reports/ --format html >claims.html\n"
	"  sitrep claims reports/ --format json | jq '.voices[] | {name, said: [.statements[].text]}'\n";

static int print_story(const cli_context *ctx, sr_run *run, size_t story, sr_format format)
{
	(void)ctx;
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

static int print_stored(const cli_context *ctx, const char *name, sr_format format)
{
	sr_archive *a;
	sr_run *run;
	sr_error err = { 0 };
	int64_t story;
	int code = cli_open_story(ctx, name, &a, &story);
	if (code != EXIT_DONE)
		return cli_no_story(name, code);
	if (sr_archive_run(a, story, &run, &err) != SR_OK) {
		code = cli_archive_failed(&err);
	} else {
		code = print_story(ctx, run, 0, format);
		sr_run_free(run);
	}
	sr_archive_close(a);
	return code;
}

int cmd_claims(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL, *story = NULL;
	cli_stories s = { .nothing = "nothing was said", .print = print_story };
	const cli_option options[] = { { "format", 'f', NULL, &format }, { "all", 'a', &s.all, NULL },
		                           { "story", 's', NULL, &story }, { "type", 't', NULL, &s.type } };
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0 || !cli_stories_parse(ctx, format, story, &s))
		return EXIT_USAGE;
	if (n == 0)
		return cli_usage(ctx, "no STORY or SOURCE given (a story's id, a file, a folder, or - for standard input)");
	if (n != 1 || !cli_is_story(ctx, argv[0]))
		return cli_stories_print(ctx, n, argv, &s);
	if (s.all || s.story || s.type)
		return cli_usage(ctx, "--all, --story and --type are for SOURCEs; %s names one story", argv[0]);
	return print_stored(ctx, argv[0], s.format);
}
