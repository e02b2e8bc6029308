#include "archive.h"

#include "sitrep/base/json.h"
#include "sitrep/base/utf8.h"

#define LIMIT_MAX 1000u

const char help_search[] =
	"Words must all stand in the text (their inflections count); \"a phrase\", word* and -word, and OR work.\n\n"
	"Options:\n"
	"  --from TIME, --to TIME   documents published then\n"
	"  --outlet NAME            a part of the outlet's name\n"
	"  --place NAME             documents and stories that name the place\n"
	"  --person NAME            that name the person or body\n"
	"  --limit N                at most N of each (default 20)\n"
	"  --format text|json       for people (default), or one JSON line a hit\n\n"
	"Examples:\n"
	"  sitrep search \"spillway sirens\"\n"
	"  sitrep search 'evacuat* -exercise' --from 2026-03-12 --to 2026-03-14 --outlet herald\n"
	"  sitrep search \"\" --person \"Ines Calloway\"\n";

/* The snippet with what matched between asterisks. */
static void put_snippet(sr_buf *out, const sr_store_hit *h)
{
	size_t at = 0;
	for (size_t i = 0; i < h->mark_count; i++) {
		cli_put_line(out, sr_str_slice(h->snippet, at, h->marks[i].start));
		sr_buf_add_char(out, '*');
		cli_put_line(out, sr_span_of(h->snippet, h->marks[i]));
		sr_buf_add_char(out, '*');
		at = h->marks[i].end;
	}
	cli_put_line(out, sr_str_slice(h->snippet, at, h->snippet.len));
}

static void put_text(sr_buf *out, const sr_store_hit *h)
{
	if (h->doc)
		sr_buf_printf(out, "document %lld  ", (long long)h->doc);
	else
		sr_buf_printf(out, "story %.*s  ", SR_FMT(h->id));
	cli_put_line(out, h->title.len ? h->title : SR_STR("(no title)"));
	sr_buf_add_c(out, "\n    ");
	if (h->outlet.len) {
		cli_put_line(out, h->outlet);
		sr_buf_add_c(out, ", ");
	}
	sr_time_write(out, sr_time_truncate(h->time, SR_PRECISION_DAY));
	if (h->doc && h->story_id.len)
		sr_buf_printf(out, ", story %.*s", SR_FMT(h->story_id));
	if (!h->doc)
		sr_buf_printf(out, ", %u %s", h->documents, h->documents == 1 ? "document" : "documents");
	if (h->status == SR_DOC_WITHDRAWN)
		sr_buf_add_c(out, ", withdrawn");
	sr_buf_add_c(out, "\n    ");
	put_snippet(out, h);
	sr_buf_add_char(out, '\n');
}

static void put_json(sr_buf *out, const sr_store_hit *h)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "kind", h->doc ? SR_STR("document") : SR_STR("story"));
	if (h->doc) {
		sr_jsonw_kv_int(&w, "document", h->doc);
		sr_jsonw_kv_str_opt(&w, "id", h->id);
	}
	sr_jsonw_kv_str_opt(&w, "story", h->doc ? h->story_id : h->id);
	sr_jsonw_kv_str_opt(&w, "title", h->title);
	sr_jsonw_kv_str_opt(&w, "outlet", h->outlet);
	sr_jsonw_kv_str_opt(&w, "url", h->url);
	sr_jsonw_kv_time_opt(&w, h->doc ? "published" : "updated", h->time);
	if (h->doc)
		sr_jsonw_kv_str(&w, "status", sr_str_c(sr_doc_status_name(h->status)));
	else
		sr_jsonw_kv_int(&w, "documents", h->documents);
	sr_jsonw_kv_str(&w, "snippet", h->snippet);
	sr_jsonw_key(&w, "marks");
	sr_jsonw_array(&w);
	for (size_t i = 0; i < h->mark_count; i++) {
		sr_jsonw_array(&w);
		sr_jsonw_int(&w, h->marks[i].start);
		sr_jsonw_int(&w, h->marks[i].end);
		sr_jsonw_array_end(&w);
	}
	sr_jsonw_array_end(&w);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

static int search(const cli_context *ctx, sr_archive *a, const sr_store_query *q, bool json)
{
	sr_error err = { 0 };
	sr_store_hits stories = { 0 }, documents = { 0 };
	sr_buf out;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? SR_OK : sr_fail(&err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK && !q->outlet.len) /* a story has many outlets */
		status = sr_store_search_stories(sr_archive_store(a), q, arena, &stories, &err);
	if (status == SR_OK)
		status = sr_store_search_documents(sr_archive_store(a), q, arena, &documents, &err);
	if (status != SR_OK) {
		sr_arena_free(arena);
		return cli_archive_failed(&err);
	}
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < stories.count + documents.count; i++) {
		const sr_store_hit *h = i < stories.count ? &stories.items[i] : &documents.items[i - stories.count];
		if (json)
			put_json(&out, h);
		else
			put_text(&out, h);
	}
	int code = json ? cli_flush(&out) : cli_flush_list(&out);
	if (code == EXIT_DONE && !stories.count && !documents.count) {
		cli_say("nothing found");
		code = EXIT_NO;
	} else if (documents.total > documents.count && !json && !ctx->quiet) {
		cli_say("%zu of %zu documents that match; --limit N shows more", documents.count, documents.total);
	}
	sr_arena_free(arena);
	return code;
}

/* A query of marks alone would find everything. */
static bool has_words(sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (sr_is_alpha((unsigned char)s.ptr[i]) || sr_is_digit((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
			return true;
	return false;
}

int cmd_search(cli_context *ctx, int argc, char **argv)
{
	const char *from = NULL, *to = NULL, *outlet = NULL, *place = NULL, *person = NULL, *limit = NULL, *format = NULL;
	const cli_option options[] = { { "from", 0, NULL, &from },     { "to", 0, NULL, &to },         { "outlet", 'o', NULL, &outlet },
		                           { "place", 'p', NULL, &place }, { "person", 0, NULL, &person }, { "limit", 'n', NULL, &limit },
		                           { "format", 'f', NULL, &format } };
	sr_store_query q = { 0 };
	sr_archive *a;
	bool json;
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json) || !cli_time(ctx, "from", from, &q.since) || !cli_time(ctx, "to", to, &q.until))
		return EXIT_USAGE;
	if (n != 1)
		return cli_usage(ctx, n ? "put a QUERY of several words in quotes" : "no QUERY given");
	if (!cli_number(ctx, "limit", limit, LIMIT_MAX, &q.limit))
		return EXIT_USAGE;
	if (!cli_query(ctx, argv[0], &q.text))
		return EXIT_USAGE;
	if (!has_words(q.text) && !outlet && !place && !person && !from && !to)
		return cli_usage(ctx, "the QUERY has no words; sitrep stories lists all stories");
	q.outlet = sr_str_c(outlet);
	q.place = sr_str_c(place);
	q.person = sr_str_c(person);
	q.with_withdrawn = true;
	int code = cli_archive_open(ctx, false, &a);
	if (code != EXIT_DONE)
		return code;
	code = search(ctx, a, &q, json);
	sr_archive_close(a);
	return code;
}
