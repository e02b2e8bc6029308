/* Health: counts, and the check that reads everything. */
#include "sqlite_store.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FAULTS_MAX 100

static int64_t size_of(const char *path, const char *suffix)
{
	struct stat st;
	char *name = sqlite3_mprintf("%s%s", path, suffix);
	int64_t size = name && stat(name, &st) == 0 ? (int64_t)st.st_size : 0;
	sqlite3_free(name);
	return size;
}

sr_status sqlite_get_stats(sr_store *store, sr_arena *arena, sr_store_stats *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row;
	int64_t version, pages, page_size;
	*out = (sr_store_stats){ .engine = sr_str_printf(arena, "SQLite %s", sqlite3_libversion()),
		                     .path = sr_str_printf(arena, "%s", s->path) };
	int64_t *const counts[] = { &out->documents, &out->revisions, &out->analysed, &out->withdrawn, &out->claims,
		                        &out->originals, &out->original_bytes, &out->original_packed, &out->stories, &out->redirects,
		                        &out->editions, &out->corrections, &out->profiles, &out->states, &out->sources };
	SR_TRY(sqlite_pragma(s, "PRAGMA user_version", &version, err));
	SR_TRY(db_bind(s, ST_stats, &st, err, ""));
	SR_TRY(db_step(s, st, &row, err));
	for (size_t i = 0; row && i < sizeof counts / sizeof *counts; i++)
		*counts[i] = sqlite3_column_int64(st, (int)i);
	sqlite3_reset(st);
	SR_TRY(db_number(s, ST_freelist_count, &pages, NULL, err, ""));
	SR_TRY(db_number(s, ST_page_size, &page_size, NULL, err, ""));
	out->schema = (uint32_t)version;
	out->free_bytes = pages * page_size;
	out->file_bytes = size_of(s->path, "");
	out->log_bytes = size_of(s->path, "-wal");
	return out->engine.ptr && out->path.ptr ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

typedef struct check {
	sqlite_store *s;
	sr_arena *arena; /* of the faults */
	SR_VEC(sr_str) faults;
} check;

static sr_status fault(check *c, sr_str line, sr_error *err)
{
	if (c->faults.count >= FAULTS_MAX)
		return SR_OK;
	sr_str *slot = SR_PUSH(c->arena, &c->faults);
	if (!slot || !line.ptr)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*slot = line;
	return SR_OK;
}

/* Damage, which an error tells of, becomes a fault; anything else ends the check. */
static sr_status forgive(check *c, sr_status status, sr_error *err)
{
	if (status != SR_E_CORRUPT && status != SR_E_NOT_FOUND && status != SR_E_LIMIT && status != SR_E_INVALID)
		return status;
	return fault(c, sr_str_printf(c->arena, "%s", err->message), err);
}

/* Each row of a statement as a line, but `ok`. */
static sr_status list_rows(check *c, statement which, const char *what, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	sr_status status = db_bind(c->s, which, &st, err, "");
	while (status == SR_OK) {
		status = db_step(c->s, st, &row, err);
		if (status != SR_OK || !row)
			break;
		sr_str line = db_view(st, 0);
		if (!sr_str_eq(line, SR_STR("ok")))
			status = fault(c, sr_str_printf(c->arena, "%s%.*s", what, SR_FMT(line)), err);
	}
	if (status == SR_OK)
		return SR_OK;
	if (c->s->statements[which])
		sqlite3_reset(c->s->statements[which]);
	return forgive(c, status, err);
}

typedef sr_status (*check_fn)(sqlite_store *s, int64_t a, int64_t b, sr_arena *scratch, sr_error *err);

static sr_status check_revision(sqlite_store *s, int64_t doc, int64_t number, sr_arena *scratch, sr_error *err)
{
	sr_store_loaded l;
	return sqlite_load(&s->base, doc, (uint32_t)number, SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_VECTORS | SR_STORE_CLAIMS,
	                   scratch, &l, err);
}

static sr_status check_original(sqlite_store *s, int64_t id, int64_t unused, sr_arena *scratch, sr_error *err)
{
	sr_buf bytes;
	(void)unused;
	(void)scratch;
	sr_buf_init(&bytes, SR_STORE_ORIGINAL_MAX);
	sr_status status = sqlite_original_bytes(&s->base, id, &bytes, err);
	sr_buf_deinit(&bytes);
	return status;
}

static sr_status check_edition(sqlite_store *s, int64_t story, int64_t number, sr_arena *scratch, sr_error *err)
{
	sr_store_edition e;
	return sqlite_get_edition(&s->base, story, (uint32_t)number, scratch, &e, err);
}

/* Calls fn for each pair that a statement lists. */
static sr_status check_each(check *c, statement which, check_fn fn, sr_error *err)
{
	sqlite3_stmt *st;
	bool row = true;
	sr_arena *scratch = sr_arena_new(0);
	if (!scratch)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = db_bind(c->s, which, &st, err, "");
	while (status == SR_OK && row) {
		status = forgive(c, db_step(c->s, st, &row, err), err);
		if (status == SR_OK && row) {
			sr_arena_reset(scratch);
			status = forgive(c, fn(c->s, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), scratch, err), err);
		}
	}
	sqlite3_reset(c->s->statements[which]);
	sr_arena_free(scratch);
	return status;
}

static sr_status pass_over(void *ctx, const sr_store_profile *profile, sr_error *err)
{
	(void)ctx;
	(void)profile;
	(void)err;
	return SR_OK;
}

/* States and profiles are known by name. */
static sr_status check_named(check *c, sr_error *err)
{
	sqlite3_stmt *st;
	bool row = true;
	sr_buf bytes;
	sr_buf_init(&bytes, SR_STORE_STATE_MAX);
	sr_status status = db_bind(c->s, ST_state_keys, &st, err, "");
	while (status == SR_OK && row) {
		status = forgive(c, db_step(c->s, st, &row, err), err);
		if (status == SR_OK && row)
			status = forgive(c, sqlite_get_state(&c->s->base, db_view(st, 0), &bytes, err), err);
	}
	row = true;
	if (status == SR_OK)
		status = db_bind(c->s, ST_profile_kinds, &st, err, "");
	while (status == SR_OK && row) {
		status = forgive(c, db_step(c->s, st, &row, err), err);
		if (status == SR_OK && row)
			status = forgive(c, sqlite_each_profile(&c->s->base, db_view(st, 0), INT64_MIN, pass_over, NULL, err), err);
	}
	sr_buf_deinit(&bytes);
	return status;
}

static sr_status check_corrections(check *c, sr_error *err)
{
	sr_store_correction *list;
	size_t count;
	sr_arena *scratch = sr_arena_new(0);
	if (!scratch)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = forgive(c, sqlite_corrections(&c->s->base, 0, scratch, &list, &count, err), err);
	sr_arena_free(scratch);
	return status;
}

/* FTS5 compares its index with the texts; it answers as a write does, so a handle for reading leaves it out. */
static sr_status check_index(check *c, statement which, const char *what, sr_error *err)
{
	if (c->s->base.read_only)
		return SR_OK;
	sr_status status = db_run(c->s, which, err, "");
	return status == SR_E_CORRUPT ? fault(c, sr_str_printf(c->arena, "the full-text index of the %s does not agree with them", what), err)
	                              : status;
}

sr_status sqlite_check(sr_store *store, sr_arena *arena, sr_str **faults, size_t *count, sr_error *err)
{
	check c = { .s = sqlite_of(store), .arena = arena };
	SR_TRY(list_rows(&c, ST_integrity_check, "", err));
	SR_TRY(list_rows(&c, ST_foreign_key_check, "a row that points at nothing in the table ", err));
	SR_TRY(list_rows(&c, ST_miscounted, "a wrong count of documents in story ", err));
	SR_TRY(list_rows(&c, ST_without_revision, "no current revision of document ", err));
	SR_TRY(check_each(&c, ST_revision_keys, check_revision, err));
	SR_TRY(check_each(&c, ST_original_keys, check_original, err));
	SR_TRY(check_each(&c, ST_edition_keys, check_edition, err));
	SR_TRY(check_named(&c, err));
	SR_TRY(check_corrections(&c, err));
	SR_TRY(check_index(&c, ST_index_check, "documents", err));
	SR_TRY(check_index(&c, ST_story_index_check, "stories", err));
	*faults = c.faults.items;
	*count = c.faults.count;
	return SR_OK;
}
