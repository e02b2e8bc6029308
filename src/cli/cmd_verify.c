#include "archive.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/base/map.h"
#include "sitrep/verify.h"

#include <string.h>

#define S(n) ((n) == 1 ? "" : "s")
#define DOSSIER_BYTES_MAX ((size_t)64 << 20)

const char help_verify[] =
	"Checks that every citation of a dossier resolves and that every number, name and quotation\n"
	"stands in what is cited. The originals of a stored STORY are in the store. Those of a dossier are read from\n"
	"the paths in it, or from the SOURCEs given, by their SHA-256, or found in the store. A file may hold several\n"
	"dossiers, one a line; a page of claims is none. Exit status 1 if anything fails.\n\n"
	"Options:\n"
	"  --format text|json   a line for each failure (default), or one JSON object\n\n"
	"Examples:\n"
	"  sitrep brief reports/ --format json | sitrep verify -\n"
	"  sitrep verify dossier.json\n"
	"  sitrep verify bfkht4                     # a stored story, its latest edition\n"
	"  sitrep verify dossier.json archive/      # the originals have moved\n";

/* How verdicts are printed; named: with the story's id, where there are several. */
typedef struct verdict_style {
	bool json, named;
} verdict_style;

/* The file that a source's path names: "wires.jsonl#3" is an entry of wires.jsonl. Empty if there
 * is no such file. */
static sr_str file_of(sr_arena *arena, sr_str path)
{
	sr_str whole = sr_str_dup(arena, path);
	if (whole.ptr && sr_path_kind_of(whole.ptr) == SR_PATH_FILE)
		return whole;
	size_t hash = SIZE_MAX;
	for (size_t at = 0; (at = sr_str_find_char(path, '#', at)) != SIZE_MAX; at++)
		hash = at;
	sr_str file = { 0 };
	if (hash != SIZE_MAX)
		file = sr_str_dup(arena, sr_str_slice(path, 0, hash));
	if (file.ptr && sr_path_kind_of(file.ptr) != SR_PATH_FILE)
		file.len = 0;
	return file;
}

/* The SOURCEs given and the files that the dossier names, each once; NULL if out of memory. */
static char **originals_of(sr_arena *arena, const sr_dossier *d, int given, char **sources, int *count)
{
	char **list = SR_NEW_ARRAY(arena, char *, (size_t)given + d->source_count + 1);
	sr_strmap seen;
	sr_strmap_init(&seen, arena);
	*count = 0;
	for (int i = 0; list && i < given; i++)
		list[(*count)++] = sources[i];
	for (size_t i = 0; list && i < d->source_count; i++) {
		sr_str file = file_of(arena, d->sources[i].path);
		int64_t *at = file.len ? sr_strmap_put(&seen, file) : NULL;
		if (at && !(*at)++) {
			/* the list goes to a function that takes argv; a copy of ours may be written to */
			union {
				const char *in;
				char *out;
			} name = { .in = file.ptr };
			list[(*count)++] = name.out;
		}
	}
	return list;
}

static void write_json(sr_buf *out, const sr_verdict *v, sr_str story)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str_opt(&w, "story", story);
	sr_jsonw_kv_bool(&w, "holds", v->failure_count == 0);
	sr_jsonw_kv_int(&w, "checked", (int64_t)v->lines);
	sr_jsonw_kv_int(&w, "citations", (int64_t)v->cites);
	sr_jsonw_key(&w, "failures");
	sr_jsonw_array(&w);
	for (size_t i = 0; i < v->failure_count; i++) {
		sr_jsonw_object(&w);
		sr_jsonw_kv_str(&w, "where", v->failures[i].where);
		sr_jsonw_kv_str(&w, "reason", v->failures[i].reason);
		sr_jsonw_kv_str_opt(&w, "text", v->failures[i].text);
		sr_jsonw_object_end(&w);
	}
	sr_jsonw_array_end(&w);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

/* Line feeds and other controls of a hostile dossier become blanks. */
static void add_plain(sr_buf *out, sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		sr_buf_add_char(out, (unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f ? ' ' : s.ptr[i]);
}

static void write_text(sr_buf *out, const sr_verdict *v, sr_str story, size_t sources)
{
	for (size_t i = 0; i < v->failure_count; i++) {
		add_plain(out, v->failures[i].where);
		sr_buf_add_c(out, ": ");
		add_plain(out, v->failures[i].reason);
		sr_buf_add_c(out, "\n    ");
		add_plain(out, v->failures[i].text);
		sr_buf_add_char(out, '\n');
	}
	cli_put_line(out, story);
	sr_buf_add_c(out, story.len ? ": " : "");
	if (v->failure_count)
		sr_buf_printf(out, "%zu failure%s in %zu statement%s and %zu citation%s of %zu source%s\n", v->failure_count, S(v->failure_count),
		              v->lines, S(v->lines), v->cites, S(v->cites), sources, S(sources));
	else if (!v->cites)
		sr_buf_printf(out, "nothing to check: the dossier cites nothing of its %zu source%s\n", sources, S(sources));
	else
		sr_buf_printf(out, "all %zu citations of %zu source%s hold; %zu statement%s checked\n", v->cites, sources, S(sources), v->lines, S(v->lines));
}

static int judge(const cli_context *ctx, const sr_dossier *d, sr_document *const *docs, size_t count, verdict_style style, sr_arena *arena)
{
	sr_str story = style.named ? d->id : (sr_str){ 0 };
	sr_verdict v;
	sr_error err = { 0 };
	sr_buf out;
	if (sr_verify(d, (const sr_document *const *)docs, count, ctx->jobs, arena, &v, &err) != SR_OK) {
		cli_say("%s", err.message);
		return EXIT_BROKEN;
	}
	sr_buf_init(&out, 0);
	if (style.json)
		write_json(&out, &v, story);
	else
		write_text(&out, &v, story, d->source_count);
	int code = cli_write(sr_buf_str(&out));
	sr_buf_deinit(&out);
	return code != EXIT_DONE ? code : v.failure_count ? EXIT_NO : EXIT_DONE;
}

/* What was read from files, and what the store has of the sources. NULL if out of memory. */
static sr_document **gather(const cli_context *ctx, const sr_dossier *d, const sr_run *run, sr_arena *arena, size_t *count)
{
	const sr_archive_options options = { .engine = { .now = ctx->now }, .db = ctx->db };
	sr_document **stored = NULL, **all;
	sr_archive *a;
	if (sr_archive_open(&options, &a, NULL) == SR_OK) { /* a store that is not there, or cannot be read, has nothing to add */
		if (sr_archive_originals(a, d, arena, &stored, NULL) != SR_OK)
			stored = NULL;
		sr_archive_close(a);
	}
	*count = run ? run->doc_count : 0;
	all = SR_NEW_ARRAY(arena, sr_document *, *count + d->source_count + 1);
	for (size_t i = 0; all && i < *count; i++)
		all[i] = run->docs[i];
	for (size_t i = 0; all && stored && i < d->source_count; i++)
		if (stored[i])
			all[(*count)++] = stored[i];
	return all;
}

/* The originals are read as of the newest report, whatever the clock: a page that prints no year then has those that it had when the dossier
 * was made, for none of its dates lies behind that. */
static cli_context at_its_time(const cli_context *ctx, const sr_dossier *d)
{
	cli_context at = *ctx;
	if (d->updated.precision >= SR_PRECISION_DAY)
		at.now = d->updated;
	return at;
}

static int verify_dossier(cli_context *ctx, const sr_dossier *d, int given, char **sources, verdict_style style, sr_arena *arena)
{
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	size_t doc_count;
	int count, code = EXIT_DONE, answer = EXIT_BROKEN;
	char **originals = originals_of(arena, d, given, sources, &count);
	if (!originals) {
		cli_say("out of memory");
		return EXIT_BROKEN;
	}
	const cli_context then = at_its_time(ctx, d);
	if (count) {
		code = cli_open(&then, count, originals, NULL, &engine, &run);
		if (!run)
			return code;
	}
	bool ready = !run || sr_run_take_years(run, d, NULL) == SR_OK;
	sr_document **docs = ready ? gather(ctx, d, run, arena, &doc_count) : NULL;
	if (docs)
		answer = judge(ctx, d, docs, doc_count, style, arena);
	else
		cli_say("out of memory");
	if (count)
		cli_close(engine, run);
	return answer != EXIT_DONE ? answer : code;
}

static int verify_story(cli_context *ctx, const char *name, verdict_style style, sr_arena *arena)
{
	sr_archive *a;
	sr_archive_page page = { 0 };
	sr_error err = { 0 };
	int64_t story;
	int code = cli_open_story(ctx, name, &a, &story);
	if (code != EXIT_DONE)
		return cli_no_story(name, code);
	if (sr_archive_show(a, story, 0, 0, arena, &page, &err) == SR_OK)
		code = judge(ctx, &page.dossier, page.originals, page.original_count, style, arena);
	else
		code = cli_archive_failed(&err);
	sr_archive_close(a);
	return code;
}

/* Several dossiers, one a line, as brief --all prints them. */
static bool is_lines(sr_str text)
{
	sr_str first;
	return sr_str_next_line(&text, &first) && sr_str_ends(sr_str_trim(first), SR_STR("}")) && sr_str_trim(text).len;
}

static int verify_lines(cli_context *ctx, const char *name, sr_str text, int given, char **sources, bool json)
{
	int code = EXIT_DONE;
	sr_str line;
	for (size_t n = 1; code != EXIT_BROKEN && sr_str_next_line(&text, &line); n++) {
		sr_dossier d;
		sr_error err = { 0 };
		int one = EXIT_UNREAD;
		if (!sr_str_trim(line).len)
			continue;
		sr_arena *arena = sr_arena_new(0);
		if (!arena || sr_dossier_read(line, arena, &d, &err) != SR_OK)
			cli_say("%s: line %zu: %s", name, n, arena ? err.message : "out of memory");
		else
			one = verify_dossier(ctx, &d, given, sources, (verdict_style){ json, true }, arena);
		sr_arena_free(arena);
		if (code == EXIT_DONE || one == EXIT_BROKEN || (one == EXIT_NO && code == EXIT_UNREAD))
			code = one;
	}
	return code;
}

static int verify_file(cli_context *ctx, int n, char **argv, bool json, sr_arena *arena)
{
	const char *name = strcmp(argv[0], "-") == 0 ? "standard input" : argv[0];
	sr_dossier d;
	sr_error err = { 0 };
	sr_buf bytes;
	int code = EXIT_UNREAD;
	sr_buf_init(&bytes, DOSSIER_BYTES_MAX);
	sr_status read = sr_file_read(argv[0], DOSSIER_BYTES_MAX, &bytes, &err);
	sr_status status = read == SR_OK ? sr_dossier_read(sr_buf_str(&bytes), arena, &d, &err) : read;
	if (status == SR_OK)
		code = verify_dossier(ctx, &d, n - 1, argv + 1, (verdict_style){ .json = json }, arena);
	else if (read == SR_OK && is_lines(sr_buf_str(&bytes)))
		code = verify_lines(ctx, name, sr_buf_str(&bytes), n - 1, argv + 1, json);
	else if (read == SR_OK && !sr_str_starts(sr_str_trim(sr_buf_str(&bytes)), SR_STR("{")))
		cli_say("%s: no dossier: %s; brief --format json prints one", name, err.message);
	else
		cli_say("%s: %s", name, err.message);
	sr_buf_deinit(&bytes);
	return code;
}

int cmd_verify(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL;
	bool json;
	const cli_option options[] = { { "format", 'f', NULL, &format } };
	int n = cli_parse(ctx, options, 1, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n == 0)
		return cli_usage(ctx, "no dossier given (a STORY, a JSON file, or - for standard input)");
	sr_arena *arena = sr_arena_new(0);
	int code = EXIT_BROKEN;
	if (!arena)
		cli_say("out of memory");
	else if (n == 1 && cli_is_story(ctx, argv[0]))
		code = verify_story(ctx, argv[0], (verdict_style){ .json = json }, arena);
	else
		code = verify_file(ctx, n, argv, json, arena);
	sr_arena_free(arena);
	return code;
}
