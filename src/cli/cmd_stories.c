#include "archive.h"

#include "sitrep/base/json.h"

#define PAGE 1000u

const char help_stories[] =
	"Newest change first; pinned stories stand on top, muted ones are left out. The date is that of the newest report.\n\n"
	"Options:\n"
	"  --since TIME         changed in the store at this time or later, whatever the dates of the reports\n"
	"  --query WORDS        with these words in the dossier\n"
	"  --place NAME         at this place\n"
	"  --all                muted stories too\n"
	"  --limit N            at most N\n"
	"  --format text|json   one line a story, for people (default) or as JSON\n\n"
	"Examples:\n"
	"  sitrep stories --since 2026-03-14\n"
	"  sitrep stories --place Brenmoor --query \"spillway sirens\"\n";

static void put_text(sr_buf *out, const sr_store_hit *h)
{
	sr_buf_printf(out, "%-8.*s %4u %s  ", SR_FMT(h->id), h->documents, h->documents == 1 ? "document " : "documents");
	sr_time_write(out, sr_time_truncate(h->time, SR_PRECISION_DAY));
	sr_buf_add_c(out, h->pinned ? "  (pinned) " : h->muted ? "  (muted) " : "  ");
	cli_put_line(out, h->title.len ? h->title : SR_STR("(no title)"));
	sr_buf_add_char(out, '\n');
}

static void put_json(sr_buf *out, const sr_store_hit *h)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "story", h->id);
	sr_jsonw_kv_str_opt(&w, "title", h->title);
	sr_jsonw_kv_time_opt(&w, "updated", h->time);
	sr_jsonw_kv_time_opt(&w, "changed", h->changed);
	sr_jsonw_kv_int(&w, "documents", h->documents);
	if (h->edition)
		sr_jsonw_kv_int(&w, "edition", h->edition);
	if (h->pinned)
		sr_jsonw_kv_bool(&w, "pinned", true);
	if (h->muted)
		sr_jsonw_kv_bool(&w, "muted", true);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

static int list(sr_archive *a, sr_store_query *q, size_t limit, bool json)
{
	sr_error err = { 0 };
	int code = EXIT_NO;
	for (bool more = true; more && q->offset < limit; q->offset += PAGE) {
		sr_store_hits hits;
		sr_buf out;
		sr_arena *arena = sr_arena_new(0);
		q->limit = limit - q->offset < PAGE ? limit - q->offset : PAGE;
		if (!arena || sr_store_search_stories(sr_archive_store(a), q, arena, &hits, &err) != SR_OK) {
			sr_arena_free(arena);
			return arena ? cli_archive_failed(&err) : EXIT_BROKEN;
		}
		sr_buf_init(&out, 0);
		for (size_t i = 0; i < hits.count; i++)
			if (json)
				put_json(&out, &hits.items[i]);
			else
				put_text(&out, &hits.items[i]);
		more = hits.count == PAGE;
		int written = hits.count ? (json ? cli_flush(&out) : cli_flush_list(&out)) : code;
		code = written;
		sr_arena_free(arena);
		if (code == EXIT_BROKEN)
			return code;
	}
	return code;
}

int cmd_stories(cli_context *ctx, int argc, char **argv)
{
	const char *since = NULL, *query = NULL, *place = NULL, *format = NULL, *limit = NULL;
	bool all = false, json;
	const cli_option options[] = { { "since", 's', NULL, &since }, { "query", 0, NULL, &query },   { "place", 'p', NULL, &place },
		                           { "all", 'a', &all, NULL },     { "limit", 'n', NULL, &limit }, { "format", 'f', NULL, &format } };
	sr_store_query q = { .by_time = true };
	size_t most = SR_STORE_ROWS_MAX;
	sr_archive *a;
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json) || !cli_time(ctx, "since", since, &q.changed) || !cli_number(ctx, "limit", limit, SIZE_MAX, &most))
		return EXIT_USAGE;
	if (n > 0)
		return cli_usage(ctx, "stories takes no names; sitrep show %s prints one", argv[0]);
	if (!cli_query(ctx, query, &q.text))
		return EXIT_USAGE;
	q.place = sr_str_c(place);
	q.with_muted = all;
	int code = cli_archive_open(ctx, false, &a);
	if (code != EXIT_DONE)
		return code;
	code = list(a, &q, most, json);
	if (code == EXIT_NO)
		cli_say("no stories%s", query || place || since ? " that match" : "");
	sr_archive_close(a);
	return code;
}
