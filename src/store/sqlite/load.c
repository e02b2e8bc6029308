/* Documents out: by number, by name, with their revisions. */
#include "sqlite_store.h"

#include "../changes.h"
#include "../codec.h"

#include <stdlib.h>
#include <string.h>

sr_status need_document(sqlite_store *s, int64_t doc, int64_t *story, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_TRY(db_bind(s, ST_document_exists, &st, err, "i", doc));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no document %lld", (long long)doc);
	if (story)
		*story = sqlite3_column_int64(st, 2);
	sqlite3_reset(st);
	return SR_OK;
}

/* A blob that is damaged names whose it is. */
static sr_status named(sr_status status, int64_t doc, sr_error *err)
{
	if (status == SR_E_CORRUPT)
		sr_error_prefix(err, "document %lld", (long long)doc);
	return status;
}

/* The revision's row: its columns into out, its text and body into doc, if asked for. */
static sr_status load_row(sqlite_store *s, sqlite3_stmt *st, sr_arena *arena, sr_store_loaded *out, sr_document *doc, sr_error *err)
{
	sr_str text, body;
	bool failed = false;
	out->original = sqlite3_column_int64(st, 1);
	out->added = db_time(st, 2);
	out->analysed = sqlite3_column_int(st, 3);
	if (!doc)
		return SR_OK;
	sr_str sha256 = db_text(st, 4, arena, &failed);
	if (failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_unpack(s->packer, db_blob(st, 6), SR_STORE_BLOB_MAX, arena, &text, err));
	SR_TRY(sr_unpack(s->packer, db_blob(st, 7), SR_STORE_BLOB_MAX, arena, &body, err));
	SR_TRY(sr_decode_document(body, text, arena, doc, err));
	return sr_str_eq(sha256, doc->sha256) ? SR_OK : sr_fail(err, SR_E_CORRUPT, "its row and its body do not agree");
}

/* *id is the revision's row. */
static sr_status load_revision_row(sqlite_store *s, int64_t doc, uint32_t revision, sr_arena *arena, int64_t *id, sr_store_loaded *out,
                                   sr_document *document, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_TRY(db_bind(s, ST_revision_get, &st, err, "ii", doc, (int64_t)revision));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "document %lld has no revision %u", (long long)doc, revision);
	*id = sqlite3_column_int64(st, 0);
	sr_status status = load_row(s, st, arena, out, document, err);
	sqlite3_reset(st);
	return named(status, doc, err);
}

sr_status load_revision(sqlite_store *s, int64_t doc, uint32_t revision, sr_arena *arena, int64_t *id, sr_document *out, sr_error *err)
{
	sr_store_loaded unused = { 0 };
	int64_t row = 0;
	SR_TRY(load_revision_row(s, doc, revision, arena, &row, &unused, out, err));
	if (id)
		*id = row;
	return SR_OK;
}

static sr_status load_columns(sqlite3_stmt *st, sr_arena *arena, sr_store_loaded *out, sr_document *d, sr_error *err)
{
	bool failed = false;
	sr_str *const texts[] = { &d->id, &d->path, &d->url, &d->canonical, &d->title, &d->site, &d->language };
	out->revisions = (uint32_t)sqlite3_column_int64(st, 1);
	out->story = sqlite3_column_int64(st, 2);
	out->origin = (uint32_t)sqlite3_column_int64(st, 3);
	out->retracted = sqlite3_column_int(st, 4);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = db_text(st, 7 + (int)i, arena, &failed);
	d->published = db_time(st, 14);
	d->kind = (sr_doc_kind)sqlite3_column_int(st, 15);
	d->status = (sr_doc_status)sqlite3_column_int(st, 16);
	d->sha256 = db_text(st, 17, arena, &failed);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

/* A status that others gave, and a retraction, stand above what the document says of itself. */
typedef struct judgement {
	bool given;
	sr_doc_status status;
	sr_str note;
} judgement;

static sr_status load_head(sqlite_store *s, int64_t doc, sr_arena *arena, uint32_t *current, sr_store_loaded *out, judgement *j,
                           sr_error *err)
{
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(s, ST_document_get, &st, err, "i", doc));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no document %lld", (long long)doc);
	*current = (uint32_t)sqlite3_column_int64(st, 0);
	j->given = sqlite3_column_type(st, 5) != SQLITE_NULL;
	j->status = (sr_doc_status)sqlite3_column_int(st, 5);
	j->note = db_text(st, 6, arena, &failed);
	sr_status status = load_columns(st, arena, out, out->doc, err);
	sqlite3_reset(st);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : status;
}

static sr_status load_blob(sqlite_store *s, statement which, int64_t revision, int column, sr_arena *arena, sr_str *out, int64_t *width,
                           sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	*out = (sr_str){ 0 };
	SR_TRY(db_bind(s, which, &st, err, "i", revision));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return SR_OK;
	sr_status status = SR_OK;
	if (width)
		*width = sqlite3_column_int64(st, 0);
	if (sqlite3_column_type(st, column) != SQLITE_NULL)
		status = sr_unpack(s->packer, db_blob(st, column), SR_STORE_BLOB_MAX, arena, out, err);
	sqlite3_reset(st);
	return status;
}

static sr_status load_vectors(sqlite_store *s, int64_t revision, sr_arena *arena, sr_reading *r, sr_error *err)
{
	sr_str bytes;
	int64_t width = 0;
	SR_TRY(load_blob(s, ST_analysis_vectors, revision, 1, arena, &bytes, &width, err));
	if (!bytes.len)
		return SR_OK;
	if (width <= 0 || bytes.len != r->sentence_count * (size_t)width * sizeof(float))
		return sr_fail(err, SR_E_CORRUPT, "its vectors do not fit its sentences");
	r->vector_width = (size_t)width;
	r->vectors = (const float *)(const void *)bytes.ptr; /* the arena aligns to 16 bytes */
	return SR_OK;
}

static sr_status load_analysis(sqlite_store *s, int64_t revision, unsigned parts, sr_arena *arena, sr_store_loaded *out, sr_error *err)
{
	sr_str bytes;
	if (parts & (SR_STORE_READING | SR_STORE_VECTORS)) {
		SR_TRY(load_blob(s, ST_analysis_reading, revision, 0, arena, &bytes, NULL, err));
		SR_TRY(sr_decode_reading(bytes, out->doc, arena, &out->reading, err));
	}
	if (parts & SR_STORE_VECTORS)
		SR_TRY(load_vectors(s, revision, arena, &out->reading, err));
	if (!(parts & SR_STORE_CLAIMS))
		return SR_OK;
	/* spans of claims can be checked only against a text that is here */
	size_t text_len = out->doc->text.ptr ? out->doc->text.len : SR_STORE_BLOB_MAX;
	SR_TRY(load_blob(s, ST_analysis_claims, revision, 0, arena, &bytes, NULL, err));
	return sr_decode_claims(bytes, text_len, arena, &out->claims, &out->claim_count, err);
}

/* Claims point into the reading that is loaded beside them. */
static sr_status check_claims(const sr_store_loaded *l, sr_error *err)
{
	for (size_t i = 0; l->reading.doc && i < l->claim_count; i++) {
		const sr_claim *c = &l->claims[i];
		if (c->sentence >= l->reading.sentence_count ||
		    (c->attribution != SR_NO_ATTRIBUTION && c->attribution >= l->reading.attribution_count))
			return sr_fail(err, SR_E_CORRUPT, "its claims do not fit its reading");
	}
	return SR_OK;
}

sr_status sqlite_load(sr_store *store, int64_t doc, uint32_t revision, unsigned parts, sr_arena *arena, sr_store_loaded *out,
                      sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	judgement j = { 0 };
	uint32_t current = 0;
	int64_t id = 0;
	if (parts & (SR_STORE_READING | SR_STORE_VECTORS))
		parts |= SR_STORE_DOCUMENT;
	*out = (sr_store_loaded){ .id = doc, .doc = SR_NEW(arena, sr_document) };
	if (!out->doc)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(load_head(s, doc, arena, &current, out, &j, err));
	out->revision = revision ? revision : current;
	SR_TRY(load_revision_row(s, doc, out->revision, arena, &id, out, parts & SR_STORE_DOCUMENT ? out->doc : NULL, err));
	if (j.given && out->revision == current) {
		out->doc->status = j.status;
		if (j.note.len)
			out->doc->correction = j.note;
	}
	if (out->retracted)
		out->doc->status = SR_DOC_WITHDRAWN;
	if (out->analysed)
		SR_TRY(named(load_analysis(s, id, parts, arena, out, err), doc, err));
	return named(check_claims(out, err), doc, err);
}

sr_status sqlite_documents(sr_store *store, int64_t after, size_t limit, sr_arena *arena, sr_store_ids *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	SR_TRY(db_bind(s, ST_document_list, &st, err, "ii", after, (int64_t)limit));
	return db_ids(s, st, arena, out, err);
}

/* One number: found; none: not; several: which of them? */
static sr_status choose(const sr_store_ids *ids, sr_str name, int64_t *doc, sr_error *err)
{
	if (ids->count == 1) {
		*doc = ids->items[0];
		return SR_OK;
	}
	sr_buf list;
	sr_buf_init(&list, 256);
	for (size_t i = 0; i < ids->count && i < 5; i++)
		sr_buf_printf(&list, "%s%lld", i ? ", " : "", (long long)ids->items[i]);
	sr_status status = sr_fail(err, SR_E_INVALID, "several documents answer to %.*s: %s%s", SR_FMT(name), list.ptr ? list.ptr : "",
	                           ids->count > 5 ? " and more" : "");
	sr_buf_deinit(&list);
	return status;
}

static bool is_number(sr_str s, int64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || i > 17)
			return false;
		*out = *out * 10 + (s.ptr[i] - '0');
	}
	return s.len > 0;
}

static bool is_hex(sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
			return false;
	return s.len >= 8 && s.len <= 64;
}

static sr_status find_by(sqlite_store *s, statement which, sr_str name, sr_arena *arena, sr_store_ids *out, sr_error *err)
{
	sqlite3_stmt *st;
	SR_TRY(db_bind(s, which, &st, err, "s", name));
	return db_ids(s, st, arena, out, err);
}

static sr_status find_document(sqlite_store *s, sr_str name, sr_arena *arena, int64_t *doc, sr_error *err)
{
	sr_store_ids ids = { 0 };
	int64_t found;
	bool exists;
	SR_TRY(find_by(s, ST_document_by_name, name, arena, &ids, err));
	if (!ids.count && is_number(name, doc)) {
		SR_TRY(db_number(s, ST_document_exists, &found, &exists, err, "i", *doc));
		if (exists)
			return SR_OK;
	}
	if (!ids.count && is_hex(name))
		SR_TRY(find_by(s, ST_document_by_sha256, name, arena, &ids, err));
	return ids.count ? choose(&ids, name, doc, err) : sr_fail(err, SR_E_NOT_FOUND, "no document %.*s", SR_FMT(name));
}

sr_status sqlite_find_document(sr_store *store, sr_str name, int64_t *doc, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	if (!arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = find_document(sqlite_of(store), name, arena, doc, err);
	sr_arena_free(arena);
	return status;
}

static sr_status read_revision(sqlite_store *s, sqlite3_stmt *st, sr_arena *arena, sr_store_revision *r, sr_error *err)
{
	bool failed = false;
	sr_str bytes;
	r->number = (uint32_t)sqlite3_column_int64(st, 0);
	r->added = db_time(st, 1);
	r->sha256 = db_text(st, 2, arena, &failed);
	r->original = sqlite3_column_int64(st, 3);
	if (failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (sqlite3_column_type(st, 4) == SQLITE_NULL)
		return SR_OK;
	SR_TRY(sr_unpack(s->packer, db_blob(st, 4), SR_STORE_BLOB_MAX, arena, &bytes, err));
	return sr_store_read_changes(bytes, arena, &r->changes, &r->change_count, err);
}

sr_status sqlite_revisions(sr_store *store, int64_t doc, sr_arena *arena, sr_store_revision **out, size_t *count, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row = true;
	SR_VEC(sr_store_revision) list = { 0 };
	SR_TRY(need_document(s, doc, NULL, err));
	SR_TRY(db_bind(s, ST_revision_list, &st, err, "i", doc));
	for (;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			break;
		sr_store_revision *r = SR_PUSH(arena, &list);
		sr_status status = r ? read_revision(s, st, arena, r, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
		if (status != SR_OK) {
			sqlite3_reset(st);
			return named(status, doc, err);
		}
	}
	*out = list.items;
	*count = list.count;
	return SR_OK;
}
