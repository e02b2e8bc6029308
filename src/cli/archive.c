#include "archive.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"

#include <stdlib.h>
#include <string.h>

#define ID_LETTERS_MIN 3u /* of a story's id, where it is given cut short: the store's rule */
#define ID_MAX 32u
#define NEAR_AMONG 1000u /* newest stories whose ids are compared with one that is not known */

static int open_store(const cli_context *ctx, bool write, bool create, sr_archive **out)
{
	sr_error err = { 0 };
	const sr_archive_options options = { .engine = { .jobs = ctx->jobs, .now = ctx->now, .progress = cli_progress(ctx) }, .db = ctx->db, .write = write, .create = create };
	sr_status status = sr_archive_open(&options, out, &err);
	if (status == SR_OK)
		return EXIT_DONE;
	cli_say("%s", err.message);
	if (status == SR_E_UNSUPPORTED)
		return EXIT_USAGE;
	return status == SR_E_NOT_FOUND && !create ? EXIT_NO : EXIT_BROKEN;
}

int cli_archive_open(const cli_context *ctx, bool write, sr_archive **out) { return open_store(ctx, write, write, out); }
int cli_archive_open_existing(const cli_context *ctx, sr_archive **out) { return open_store(ctx, true, false, out); }

int cli_archive_failed(const sr_error *err)
{
	cli_say("%s", err->message);
	switch (err->status) {
	case SR_E_NOT_FOUND: return EXIT_NO;
	case SR_E_INVALID:
	case SR_E_USAGE: return EXIT_USAGE;
	default: return EXIT_BROKEN;
	}
}

static void suggest(sr_archive *a, const char *name)
{
	sr_store_hits hits;
	const sr_store_query query = { .by_time = true, .with_muted = true, .limit = NEAR_AMONG };
	sr_arena *arena = sr_arena_new(0);
	const char **ids = arena && sr_store_search_stories(sr_archive_store(a), &query, arena, &hits, NULL) == SR_OK
	                     ? SR_NEW_ARRAY(arena, const char *, hits.count + 1)
	                     : NULL;
	for (size_t i = 0; ids && i < hits.count; i++)
		ids[i] = sr_str_dup(arena, hits.items[i].id).ptr;
	const char *near = ids ? cli_nearest(name, ids, hits.count) : NULL;
	if (strlen(name) < ID_LETTERS_MIN)
		cli_say("no story %s; of an id give at least %u letters; sitrep stories lists them", name, ID_LETTERS_MIN);
	else if (near)
		cli_say("no story %s; did you mean %s?", name, near);
	else
		cli_say("no story %s; sitrep stories lists them", name);
	sr_arena_free(arena);
}

/* Ids are made of small letters, and may be typed in others. */
static void in_small_letters(const char *name, char *out, size_t size)
{
	size_t n = strnlen(name, size - 1);
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
	out[n] = 0;
}

int cli_find_story(sr_archive *a, const char *name, int64_t *story)
{
	sr_error err = { 0 };
	char small[ID_MAX];
	in_small_letters(name, small, sizeof small);
	sr_status status = sr_store_find_story(sr_archive_store(a), sr_str_c(name), story, NULL, &err);
	if (status == SR_E_NOT_FOUND && strlen(name) < sizeof small)
		status = sr_store_find_story(sr_archive_store(a), sr_str_c(small), story, NULL, &err);
	if (status == SR_OK)
		return EXIT_DONE;
	if (status != SR_E_NOT_FOUND)
		return cli_archive_failed(&err);
	suggest(a, strlen(name) < sizeof small ? small : name);
	return EXIT_NO;
}

int cli_open_story(const cli_context *ctx, const char *name, sr_archive **a, int64_t *story)
{
	int code = cli_archive_open(ctx, false, a);
	if (code != EXIT_DONE)
		return code;
	code = cli_find_story(*a, name, story);
	if (code != EXIT_DONE)
		sr_archive_close(*a);
	return code;
}

/* Whether the store has a story of exactly this id. A store that cannot be read has none. */
static bool in_store(const cli_context *ctx, const char *name)
{
	const sr_archive_options options = { .engine = { .now = ctx->now }, .db = ctx->db };
	sr_archive *a;
	sr_store_story found;
	int64_t story;
	if (sr_archive_open(&options, &a, NULL) != SR_OK)
		return false;
	sr_arena *arena = sr_arena_new(0);
	bool is = arena && sr_store_find_story(sr_archive_store(a), sr_str_c(name), &story, NULL, NULL) == SR_OK &&
	          sr_store_get_story(sr_archive_store(a), story, arena, &found, NULL) == SR_OK && sr_str_eq(found.id, sr_str_c(name));
	sr_arena_free(arena);
	sr_archive_close(a);
	return is;
}

bool cli_is_story(const cli_context *ctx, const char *name)
{
	if (strcmp(name, "-") == 0 || strchr(name, '/') || strchr(name, '.'))
		return false;
	sr_path_kind kind = sr_path_kind_of(name);
	if (kind == SR_PATH_MISSING)
		return true;
	if (!in_store(ctx, name))
		return false;
	if (!ctx->quiet)
		cli_say("%s is the story of the store; ./%s is the %s of that name", name, name, kind == SR_PATH_FOLDER ? "folder" : "file");
	return true;
}

int cli_no_story(const char *name, int code)
{
	if (code == EXIT_NO)
		cli_say("nor is there a file or folder %s", name);
	return code;
}

int cli_find_document(sr_archive *a, const char *name, int64_t *doc)
{
	sr_error err = { 0 };
	sr_status status = sr_store_find_document(sr_archive_store(a), sr_str_c(name), doc, &err);
	if (status == SR_OK)
		return EXIT_DONE;
	if (status != SR_E_NOT_FOUND)
		return cli_archive_failed(&err);
	cli_say("no document %s; a document is named by its number, id, URL, path, or 8 digits of its SHA-256", name);
	return EXIT_NO;
}

bool cli_time(const cli_context *ctx, const char *option, const char *given, sr_time *out)
{
	*out = SR_TIME_NONE;
	if (!given || sr_time_parse(sr_str_c(given), out))
		return true;
	cli_usage(ctx, "--%s %s is not a time such as 2025-11-04 or 2025-11-04T10:00:00Z", option, given);
	return false;
}

bool cli_query(const cli_context *ctx, const char *given, sr_str *out)
{
	*out = sr_str_c(given);
	if (out->len <= SR_STORE_QUERY_MAX)
		return true;
	cli_usage(ctx, "the search is longer than %zu bytes", SR_STORE_QUERY_MAX);
	return false;
}

/* ---- what changed ---- */

static void put_count(sr_buf *out, const char **separator, uint32_t n, const char *word)
{
	if (!n)
		return;
	sr_buf_printf(out, "%s%u %s", *separator, n, word);
	*separator = ", ";
}

/* `bfkht4  3 new, 1 revised · 18 documents, 15 origins · edition 2 · TITLE` */
static void put_change(sr_buf *out, const sr_archive_change *c)
{
	const char *separator = "  ";
	sr_buf_add(out, c->id);
	put_count(out, &separator, c->added, "new");
	put_count(out, &separator, c->revised, "revised");
	put_count(out, &separator, c->withdrawn, "withdrawn");
	sr_buf_printf(out, "%s%u %s", separator[0] == ' ' ? separator : " · ", c->documents, c->documents == 1 ? "document" : "documents");
	if (c->origins)
		sr_buf_printf(out, ", %u %s", c->origins, c->origins == 1 ? "origin" : "origins");
	for (size_t i = 0; i < c->joined_count; i++)
		sr_buf_printf(out, " · joined by %.*s", SR_FMT(c->joined[i]));
	if (c->edition)
		sr_buf_printf(out, " · edition %u", c->edition);
	sr_buf_add_c(out, " · ");
	cli_put_line(out, c->title.len ? c->title : SR_STR("(no title)"));
	sr_buf_add_char(out, '\n');
}

static void put_change_json(sr_buf *out, const sr_archive_change *c)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "story", c->id);
	sr_jsonw_kv_str_opt(&w, "title", c->title);
	sr_jsonw_kv_int(&w, "new", c->added);
	sr_jsonw_kv_int(&w, "revised", c->revised);
	sr_jsonw_kv_int(&w, "withdrawn", c->withdrawn);
	sr_jsonw_kv_int(&w, "documents", c->documents);
	if (c->origins)
		sr_jsonw_kv_int(&w, "origins", c->origins);
	if (c->edition)
		sr_jsonw_kv_int(&w, "edition", c->edition);
	if (c->joined_count) {
		sr_jsonw_key(&w, "joined");
		sr_jsonw_array(&w);
		for (size_t i = 0; i < c->joined_count; i++)
			sr_jsonw_str(&w, c->joined[i]);
		sr_jsonw_array_end(&w);
	}
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

static void say_what_was_not_read(const cli_context *ctx, const sr_archive_report *r)
{
	for (size_t i = 0; i < r->failure_count; i++)
		cli_say_unread(&r->failures[i]);
	for (size_t i = 0; !ctx->quiet && i < r->note_count; i++)
		cli_say("%.*s: %.*s", SR_FMT(r->notes[i].path), SR_FMT(r->notes[i].reason));
}

int cli_print_report(const cli_context *ctx, const sr_archive_report *r, bool json)
{
	sr_buf out;
	sr_buf_init(&out, 0);
	say_what_was_not_read(ctx, r);
	for (size_t i = 0; i < r->story_count; i++)
		if (json)
			put_change_json(&out, &r->stories[i]);
		else
			put_change(&out, &r->stories[i]);
	int code = json ? cli_flush(&out) : cli_flush_list(&out);
	return code != EXIT_DONE ? code : r->failure_count ? EXIT_UNREAD : EXIT_DONE;
}

int cli_correct(const cli_context *ctx, sr_archive *a, sr_store_correction *correction, bool json)
{
	sr_archive_report report;
	sr_error err = { 0 };
	sr_arena *arena = sr_arena_new(0);
	if (!arena) {
		cli_say("out of memory");
		return EXIT_BROKEN;
	}
	sr_status status = sr_archive_correct(a, correction, arena, &report, &err);
	int code = status == SR_OK ? cli_print_report(ctx, &report, json) : cli_archive_failed(&err);
	if (status == SR_OK && !correction->number && !ctx->quiet)
		cli_say("it was so already");
	sr_arena_free(arena);
	return code;
}

int cli_flag_story(cli_context *ctx, int argc, char **argv, sr_store_act act, sr_store_act reverse)
{
	const char *format = NULL;
	bool undo = false, json;
	const cli_option options[] = { { "undo", 'u', &undo, NULL }, { "format", 'f', NULL, &format } };
	sr_archive *a;
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n != 1)
		return cli_usage(ctx, "name one STORY; sitrep stories lists them");
	int code = cli_archive_open_existing(ctx, &a);
	if (code != EXIT_DONE)
		return code;
	sr_store_correction c = { .act = undo ? reverse : act };
	code = cli_find_story(a, argv[0], &c.story);
	if (code == EXIT_DONE)
		code = cli_correct(ctx, a, &c, json);
	sr_archive_close(a);
	return code;
}
