#include "archive.h"

#include "sitrep/base/json.h"

#include <string.h>

#define STORIES_MAX 1000u

const char help_conflicts[] =
	"With a STORY, its conflicts with all their positions; without, one line for each conflict of every story.\n\n"
	"Options:\n"
	"  --format term|md|html|json|atom   for a story: term on a terminal, else md\n"
	"  --format text|json                for all stories: one line each\n\n"
	"Examples:\n"
	"  sitrep conflicts bfkht4\n"
	"  sitrep conflicts --format json | jq -r 'select(.status == \"open\").question'\n";

static void keep_conflicts(sr_dossier *d)
{
	sr_conflict *conflicts = d->conflicts;
	size_t count = d->conflict_count;
	cli_only_head(d);
	d->conflicts = conflicts;
	d->conflict_count = count;
}

static void put_conflict(sr_buf *out, sr_str story, const sr_conflict *c, bool json)
{
	sr_str kind = sr_str_c(sr_conflict_kind_name(c->kind)), status = sr_str_c(sr_conflict_status_name(c->status));
	if (json) {
		sr_jsonw w;
		sr_jsonw_init(&w, out);
		sr_jsonw_object(&w);
		sr_jsonw_kv_str(&w, "story", story);
		sr_jsonw_kv_str(&w, "id", c->id);
		sr_jsonw_kv_str(&w, "question", c->question);
		sr_jsonw_kv_str(&w, "kind", kind);
		sr_jsonw_kv_str(&w, "status", status);
		if (c->settled_by)
			sr_jsonw_kv_str(&w, "settled_by", sr_str_c(sr_settled_by_name(c->settled_by)));
		sr_jsonw_kv_int(&w, "positions", (int64_t)c->position_count);
		sr_jsonw_object_end(&w);
	} else {
		sr_buf_printf(out, "%-8.*s %.*s, %.*s  ", SR_FMT(story), SR_FMT(kind), SR_FMT(status));
		cli_put_line(out, c->question);
	}
	sr_buf_add_char(out, '\n');
}

static sr_status put_story(sr_archive *a, const sr_store_hit *h, bool json, sr_buf *out, size_t *found, sr_error *err)
{
	sr_archive_page page = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_archive_show(a, h->story, 0, 0, arena, &page, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; status == SR_OK && i < page.dossier.conflict_count; i++)
		put_conflict(out, h->id, &page.dossier.conflicts[i], json);
	*found += status == SR_OK ? page.dossier.conflict_count : 0;
	sr_arena_free(arena);
	return status == SR_E_NOT_FOUND ? SR_OK : status;
}

static int all_stories(const cli_context *ctx, const char *format)
{
	sr_archive *a;
	sr_store_hits hits = { 0 };
	sr_error err = { 0 };
	sr_buf out;
	bool json;
	size_t found = 0;
	const sr_store_query query = { .by_time = true, .limit = STORIES_MAX };
	if (!cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	int code = cli_archive_open(ctx, false, &a);
	if (code != EXIT_DONE)
		return code;
	sr_buf_init(&out, 0);
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_store_search_stories(sr_archive_store(a), &query, arena, &hits, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; status == SR_OK && i < hits.count; i++)
		if (hits.items[i].documents > 1)
			status = put_story(a, &hits.items[i], json, &out, &found, &err);
	code = json ? cli_flush(&out) : cli_flush_list(&out);
	if (status != SR_OK) {
		code = cli_archive_failed(&err);
	} else if (code == EXIT_DONE && !found) {
		cli_say("no conflicts");
		code = EXIT_NO;
	}
	sr_arena_free(arena);
	sr_archive_close(a);
	return code;
}

int cmd_conflicts(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format } };
	int n = cli_parse(ctx, options, 1, argc, argv);
	if (n < 0)
		return EXIT_USAGE;
	if (n > 1)
		return cli_usage(ctx, "name one STORY, or none for all of them");
	return n ? cli_show_part(ctx, argv[0], format, keep_conflicts) : all_stories(ctx, format);
}
