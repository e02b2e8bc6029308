#include "archive.h"

const char help_split[] =
	"The documents leave the story and found one of their own, for good: the two are never joined again but by hand.\n"
	"A document is named by its number, id, URL, path, or 8 digits of its SHA-256 (sitrep search shows numbers).\n\n"
	"Options:\n"
	"  --reason TEXT        kept with the correction\n"
	"  --format text|json   what changed, for people (default) or as JSON\n\n"
	"Example:\n"
	"  sitrep split bfkht4 12 reports/other-flood.html\n";

static int find_all(sr_archive *a, int count, char **names, sr_store_correction *c)
{
	int code = EXIT_DONE;
	for (int i = 0; i < count && code == EXIT_DONE; i++)
		code = cli_find_document(a, names[i], &c->docs[c->doc_count++]);
	return code;
}

static int split(const cli_context *ctx, sr_archive *a, int n, char **argv, const char *reason, bool json)
{
	sr_arena *arena = sr_arena_new(0), *names = sr_arena_new(0);
	sr_store_correction c = { .act = SR_STORE_SPLIT, .note = sr_str_c(reason) };
	sr_store_loaded first;
	sr_error err = { 0 };
	int code = EXIT_BROKEN;
	c.docs = arena ? SR_NEW_ARRAY(arena, int64_t, (size_t)n) : NULL;
	if (!c.docs || !names) {
		cli_say("out of memory");
	} else if ((code = cli_find_story(a, argv[0], &c.story)) == EXIT_DONE && (code = find_all(a, n - 1, argv + 1, &c)) == EXIT_DONE) {
		/* the new story is called by its first document */
		sr_status status = sr_store_load(sr_archive_store(a), c.docs[0], 0, SR_STORE_DOCUMENT, arena, &first, &err);
		c.new_id = status == SR_OK ? sr_archive_story_name(first.doc, names) : (sr_str){ 0 };
		code = status == SR_OK ? cli_correct(ctx, a, &c, json) : cli_archive_failed(&err);
	}
	sr_arena_free(names);
	sr_arena_free(arena);
	return code;
}

int cmd_split(cli_context *ctx, int argc, char **argv)
{
	const char *reason = NULL, *format = NULL;
	const cli_option options[] = { { "reason", 'r', NULL, &reason }, { "format", 'f', NULL, &format } };
	sr_archive *a;
	bool json;
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n < 2)
		return cli_usage(ctx, "name a STORY and the documents that leave it");
	int code = cli_archive_open_existing(ctx, &a);
	if (code != EXIT_DONE)
		return code;
	code = split(ctx, a, n, argv, reason, json);
	sr_archive_close(a);
	return code;
}
