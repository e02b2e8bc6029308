/* Salvaged rows made sound. */
#include "salvage.h"

#include "../codec.h"
#include "../names.h"

#include "sitrep/base/data.h"

#define LOSSES_MAX 100

static void tell(salvage *v, sr_str line)
{
	sr_str *slot = v->losses.count < LOSSES_MAX ? SR_PUSH(v->arena, &v->losses) : NULL;
	if (slot)
		*slot = line;
}

void salvage_lose(salvage *v, const char *what, int64_t number)
{
	v->out->lost++;
	tell(v, sr_str_printf(v->arena, "%s %lld", what, (long long)number));
}

void salvage_lose_end(salvage *v, const char *what, int64_t known)
{
	v->out->lost++;
	v->out->more = true;
	tell(v, known ? sr_str_printf(v->arena, "the table of every %s from number %lld on: its end cannot be read", what, (long long)known + 1)
	              : sr_str_printf(v->arena, "the table of every %s: its first page cannot be read", what));
}

typedef struct pair {
	int64_t a, b;
} pair;

/* The rows of a statement, gathered before anything is changed. */
static sr_status gather(salvage *v, statement which, sr_arena *arena, pair **out, size_t *count, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_VEC(pair) list = { 0 };
	SR_TRY(db_bind(v->s, which, &st, err, ""));
	for (;;) {
		SR_TRY(db_step(v->s, st, &row, err));
		if (!row)
			break;
		pair *p = SR_PUSH(arena, &list);
		if (!p) {
			sqlite3_reset(st);
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		}
		*p = (pair){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1) };
	}
	*out = list.items;
	*count = list.count;
	return SR_OK;
}

typedef sr_status (*row_fn)(salvage *v, pair p, sr_arena *scratch, sr_error *err);

static sr_status each(salvage *v, statement which, row_fn fn, sr_error *err)
{
	pair *rows;
	size_t count = 0;
	sr_arena *list = sr_arena_new(0), *scratch = sr_arena_new(0);
	sr_status status = list && scratch ? gather(v, which, list, &rows, &count, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; status == SR_OK && i < count; i++) {
		sr_arena_reset(scratch);
		status = fn(v, rows[i], scratch, err);
	}
	sr_arena_free(list);
	sr_arena_free(scratch);
	return status;
}

static bool is_damage(sr_status status) { return status == SR_E_CORRUPT || status == SR_E_LIMIT || status == SR_E_NOT_FOUND; }

/* A revision whose text or body cannot be read is lost. */
static sr_status settle_revision(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_document doc;
	sr_status status = load_revision(v->s, p.a, (uint32_t)p.b, scratch, NULL, &doc, err);
	if (!is_damage(status))
		return status;
	salvage_lose(v, "a revision of document", p.a);
	SR_TRY(db_run(v->s, ST_salvage_analysis_drop, err, "ii", p.a, p.b));
	return db_run(v->s, ST_salvage_revision_drop, err, "ii", p.a, p.b);
}

/* A document whose row is lost is made again from its newest revision. */
static sr_status settle_orphan(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_document doc;
	sr_str identity;
	int64_t newest;
	SR_TRY(db_number(v->s, ST_salvage_newest, &newest, NULL, err, "i", p.a));
	SR_TRY(load_revision(v->s, p.a, (uint32_t)newest, scratch, NULL, &doc, err));
	SR_TRY(sr_store_identity(&doc, scratch, &identity, err));
	return db_run(v->s, ST_salvage_document_insert, err, "isi", p.a, identity, newest);
}

static sr_status settle_document(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	int64_t newest;
	(void)scratch;
	SR_TRY(db_number(v->s, ST_salvage_newest, &newest, NULL, err, "i", p.a));
	if (!newest) {
		salvage_lose(v, "all of document", p.a);
		return db_run(v->s, ST_salvage_document_drop, err, "i", p.a);
	}
	SR_TRY(db_run(v->s, ST_salvage_document_fit, err, "ii", p.a, newest));
	return SR_OK;
}

/* A reading that cannot be read is dropped: adding the document again gives it one. Then the indexes. */
static sr_status settle_analysis(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_store_loaded l;
	unsigned parts = SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_VECTORS | SR_STORE_CLAIMS;
	sr_status status = sqlite_load(&v->s->base, p.a, (uint32_t)p.b, parts, scratch, &l, err);
	if (is_damage(status)) {
		salvage_lose(v, "the reading of document", p.a);
		SR_TRY(db_run(v->s, ST_salvage_analysis_drop, err, "ii", p.a, p.b));
		status = sqlite_load(&v->s->base, p.a, (uint32_t)p.b, parts, scratch, &l, err);
	}
	SR_TRY(status);
	return SR_OK;
}

static sr_status settle_columns(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	(void)scratch;
	SR_TRY(db_run(v->s, ST_salvage_identity, err, "i", p.a));
	return restore_document(v->s, p.a, err);
}

static sr_status settle_original(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_buf bytes;
	(void)scratch;
	sr_buf_init(&bytes, SR_STORE_ORIGINAL_MAX);
	sr_status status = sqlite_original_bytes(&v->s->base, p.a, &bytes, err);
	sr_buf_deinit(&bytes);
	if (!is_damage(status))
		return status;
	salvage_lose(v, "the bytes of original", p.a);
	return db_run(v->s, ST_salvage_original_drop, err, "i", p.a);
}

static sr_status settle_edition(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_store_edition e;
	sr_status status = sqlite_get_edition(&v->s->base, p.a, (uint32_t)p.b, scratch, &e, err);
	if (!is_damage(status))
		return status;
	salvage_lose(v, "an edition of story", p.a);
	return db_run(v->s, ST_salvage_edition_drop, err, "ii", p.a, p.b);
}

static sr_status settle_story(salvage *v, pair p, sr_arena *scratch, sr_error *err)
{
	sr_store_story story;
	sqlite3_stmt *st;
	bool row;
	sr_str text;
	SR_TRY(sqlite_get_story(&v->s->base, p.a, scratch, &story, err));
	SR_TRY(db_bind(v->s, ST_salvage_brief, &st, err, "i", p.a));
	SR_TRY(db_step(v->s, st, &row, err));
	if (!row)
		return SR_OK;
	sr_status status = sr_unpack(v->s->packer, db_blob(st, 0), SR_STORE_BLOB_MAX, scratch, &text, err);
	sqlite3_reset(st);
	if (is_damage(status))
		return db_run(v->s, ST_salvage_brief_drop, err, "i", p.a);
	SR_TRY(status);
	return db_run(v->s, ST_story_index_insert, err, "iss", p.a, story.title, text);
}

sr_status salvage_settle(salvage *v, sr_error *err)
{
	static const struct {
		statement rows;
		row_fn fn;
	} steps[] = {
		{ ST_revision_keys, settle_revision },   { ST_salvage_orphans, settle_orphan },   { ST_salvage_documents, settle_document },
		{ ST_original_keys, settle_original },   { ST_edition_keys, settle_edition },     { ST_revision_keys, settle_analysis },
		{ ST_salvage_documents, settle_columns }, { ST_salvage_stories, settle_story },
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		SR_TRY(each(v, steps[i].rows, steps[i].fn, err));
	return db_script(v->s, sr_data("store/salvage.sql"), err);
}

static sr_status pass_over(void *ctx, const sr_store_profile *profile, sr_error *err)
{
	(void)ctx;
	(void)profile;
	(void)err;
	return SR_OK;
}

static sr_status read_memory(salvage *v, statement names, sr_buf *bytes, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_TRY(db_bind(v->s, names, &st, err, ""));
	for (;;) {
		SR_TRY(db_step(v->s, st, &row, err));
		if (!row)
			return SR_OK;
		sr_status status = names == ST_state_keys ? sqlite_get_state(&v->s->base, db_view(st, 0), bytes, err)
		                                          : sqlite_each_profile(&v->s->base, db_view(st, 0), INT64_MIN, pass_over, NULL, err);
		if (status != SR_OK) {
			sqlite3_reset(st);
			return status;
		}
	}
}

sr_status salvage_forget_memory(salvage *v, sr_error *err)
{
	salvage_lose(v, "the stream's memory of documents up to number", v->out->kept ? (int64_t)v->out->kept : 0);
	return db_script(v->s, SR_STR("DELETE FROM profile; DELETE FROM state_part; DELETE FROM source"), err);
}

sr_status salvage_settle_memory(salvage *v, sr_error *err)
{
	sr_buf bytes;
	sr_buf_init(&bytes, SR_STORE_STATE_MAX);
	sr_status status = read_memory(v, ST_state_keys, &bytes, err);
	if (status == SR_OK)
		status = read_memory(v, ST_profile_kinds, &bytes, err);
	sr_buf_deinit(&bytes);
	return is_damage(status) ? salvage_forget_memory(v, err) : status;
}
