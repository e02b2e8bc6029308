#include "archive.h"

const char help_add[] =
	"Prints what changed, one line a story. Sources that are in already are not looked into again, and a page\n"
	"that changed becomes a new revision of its document. What was added stays added if the run is\n"
	"broken off: the same command completes it.\n\n"
	"Options:\n"
	"  --format text|json   one line a story, for people (default) or as JSON\n"
	"  --type TYPE          do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep add reports/\n"
	"  sitrep --db news.db add page.html articles.jsonl\n"
	"  sitrep add reports/ --format json | jq -r 'select(.new > 0).story'\n";

static void say_counts(const cli_context *ctx, const sr_archive_report *r)
{
	if (ctx->quiet)
		return;
	cli_say("%zu new, %zu revised, %zu unchanged in %zu %s%s", r->added, r->revised, r->unchanged, r->story_count,
	        r->story_count == 1 ? "story" : "stories", r->known ? "; sources that are in already were passed over" : "");
}

int cmd_add(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL, *type = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format }, { "type", 't', NULL, &type } };
	sr_input_type input_type = SR_INPUT_AUTO;
	sr_archive *a;
	sr_archive_report report = { 0 };
	sr_error err = { 0 };
	bool json;
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json) || !cli_type(ctx, type, &input_type))
		return EXIT_USAGE;
	if (n == 0)
		return cli_usage(ctx, "no SOURCE given (a file, a folder, or - for standard input)");
	int code = cli_archive_open(ctx, true, &a);
	if (code != EXIT_DONE)
		return code;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_archive_add(a, (const char *const *)argv, (size_t)n, input_type, arena, &report, &err)
	                         : sr_fail(&err, SR_E_NOMEM, "out of memory");
	code = cli_print_report(ctx, &report, json);
	if (status == SR_OK) {
		say_counts(ctx, &report);
	} else {
		cli_say("%s", err.message);
		code = EXIT_BROKEN;
	}
	sr_arena_free(arena);
	sr_archive_close(a);
	return code;
}
