#include "archive.h"

#include "sitrep/base/json.h"

const char help_claims[] =
	"Every statement that a source of the story puts into someone's mouth, by source.\n\n"
	"Options:\n"
	"  --format text|json   for people (default), or one JSON line a claim\n\n"
	"Examples:\n"
	"  sitrep claims bfkht4\n"
	"  sitrep claims bfkht4 --format json | jq -r 'select(.stance == \"denies\") | .speaker + \": \" + .text'\n";

static const char *const stances[] = { "says", "denies", "confirms", "accuses", "doubts", "warns", "promises", "demands" };
static const char *const certainties[] = { "stated", "hedged", "unverified" };

static void put_text(sr_buf *out, const sr_document *d, const sr_claim *c)
{
	sr_str outlet = d->site.len ? d->site : d->path;
	sr_time_write(out, sr_time_truncate(c->said, SR_PRECISION_DAY));
	sr_buf_add_c(out, "  ");
	cli_put_line(out, c->speaker.len ? c->speaker : SR_STR("(not named)"));
	if (c->role.len) {
		sr_buf_add_c(out, " (");
		cli_put_line(out, c->role);
		sr_buf_add_char(out, ')');
	}
	sr_buf_printf(out, " %s: ", stances[c->stance]);
	cli_put_line(out, sr_span_of(d->text, c->span));
	sr_buf_add_c(out, " [");
	cli_put_line(out, outlet);
	sr_buf_add_c(out, "]\n");
}

static void put_json(sr_buf *out, const sr_document *d, const sr_claim *c)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "text", sr_span_of(d->text, c->span));
	sr_jsonw_kv_str_opt(&w, "speaker", c->speaker);
	sr_jsonw_kv_str_opt(&w, "role", c->role);
	sr_jsonw_kv_bool(&w, "named", c->named);
	sr_jsonw_kv_str_opt(&w, "via", c->via);
	sr_jsonw_kv_str(&w, "stance", sr_str_c(stances[c->stance]));
	sr_jsonw_kv_str(&w, "certainty", sr_str_c(certainties[c->certainty]));
	sr_jsonw_kv_time_opt(&w, "said", c->said);
	sr_jsonw_kv_str(&w, "id", d->id);
	sr_jsonw_kv_int(&w, "start", c->span.start);
	sr_jsonw_kv_int(&w, "end", c->span.end);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

static sr_status put_document(sr_archive *a, int64_t doc, bool json, sr_buf *out, size_t *found, sr_error *err)
{
	sr_store_loaded d;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_store_load(sr_archive_store(a), doc, 0, SR_STORE_DOCUMENT | SR_STORE_CLAIMS, arena, &d, err)
	                         : sr_fail(err, SR_E_NOMEM, "out of memory");
	/* what was taken back supports nothing */
	for (size_t i = 0; status == SR_OK && d.doc->status != SR_DOC_WITHDRAWN && i < d.claim_count; i++) {
		if (d.claims[i].attribution == SR_NO_ATTRIBUTION)
			continue;
		if (json)
			put_json(out, d.doc, &d.claims[i]);
		else
			put_text(out, d.doc, &d.claims[i]);
		++*found;
	}
	sr_arena_free(arena);
	return status;
}

static int print(sr_archive *a, int64_t story, bool json)
{
	sr_store_ids members = { 0 };
	sr_error err = { 0 };
	sr_buf out;
	size_t found = 0;
	sr_arena *arena = sr_arena_new(0);
	sr_buf_init(&out, 0);
	sr_status status = arena ? sr_store_members(sr_archive_store(a), story, arena, &members, NULL, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; status == SR_OK && i < members.count; i++)
		status = put_document(a, members.items[i], json, &out, &found, &err);
	sr_arena_free(arena);
	int code = cli_flush(&out);
	if (status != SR_OK)
		return cli_archive_failed(&err);
	if (code == EXIT_DONE && !found) {
		cli_say("no claims");
		return EXIT_NO;
	}
	return code;
}

int cmd_claims(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format } };
	sr_archive *a;
	int64_t story;
	bool json;
	int n = cli_parse(ctx, options, 1, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n != 1)
		return cli_usage(ctx, "name one STORY; sitrep stories lists them");
	int code = cli_archive_open(ctx, false, &a);
	if (code != EXIT_DONE)
		return code;
	code = cli_find_story(a, argv[0], &story);
	if (code == EXIT_DONE)
		code = print(a, story, json);
	sr_archive_close(a);
	return code;
}
