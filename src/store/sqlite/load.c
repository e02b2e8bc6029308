/* Documents out: by number, by name, with their revisions. */
#include "sqlite_store.h"

#include "../changes.h"
#include "../codec.h"

#include "sitrep/base/threads.h"

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

/* A document as its rows have it: fetched by one thread, unpacked by any. */
typedef struct packed {
	unsigned parts;
	int64_t row;       /* of the revision */
	uint32_t current;  /* revision */
	sr_str sha256, text, body, reading, vectors, claims;
	int64_t width;     /* of a vector */
	bool judged;       /* a status that others gave stands above what the document says of itself */
	sr_doc_status status;
	sr_str note;
} packed;

/* ---- fetching ---- */

static sr_status fetch_columns(sqlite3_stmt *st, sr_arena *arena, sr_store_loaded *out, sr_document *d, sr_error *err)
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

static sr_status fetch_head(sqlite_store *s, sr_arena *arena, packed *p, sr_store_loaded *out, sr_error *err)
{
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(s, ST_document_get, &st, err, "i", out->id));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no document %lld", (long long)out->id);
	p->current = (uint32_t)sqlite3_column_int64(st, 0);
	p->judged = sqlite3_column_type(st, 5) != SQLITE_NULL;
	p->status = (sr_doc_status)sqlite3_column_int(st, 5);
	p->note = db_text(st, 6, arena, &failed);
	sr_status status = fetch_columns(st, arena, out, out->doc, err);
	sqlite3_reset(st);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : status;
}

static sr_status fetch_blob(sqlite3_stmt *st, int column, sr_arena *arena, sr_str *out, sr_error *err)
{
	sr_str blob = sqlite3_column_type(st, column) == SQLITE_NULL ? (sr_str){ 0 } : db_blob(st, column);
	*out = sr_str_dup(arena, blob);
	return out->len == blob.len ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

static sr_status fetch_revision(sqlite_store *s, uint32_t number, sr_arena *arena, packed *p, sr_store_loaded *out, sr_error *err)
{
	sqlite3_stmt *st;
	bool row, failed = false;
	sr_status status = SR_OK;
	SR_TRY(db_bind(s, ST_revision_get, &st, err, "ii", out->id, (int64_t)number));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "document %lld has no revision %u", (long long)out->id, number);
	p->row = sqlite3_column_int64(st, 0);
	out->original = sqlite3_column_int64(st, 1);
	out->added = db_time(st, 2);
	out->analysed = sqlite3_column_int(st, 3);
	if (p->parts & SR_STORE_DOCUMENT) {
		p->sha256 = db_text(st, 4, arena, &failed);
		status = failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : fetch_blob(st, 6, arena, &p->text, err);
		if (status == SR_OK)
			status = fetch_blob(st, 7, arena, &p->body, err);
	}
	sqlite3_reset(st);
	return status;
}

static sr_status fetch_analysis(sqlite_store *s, statement which, int64_t row, int column, sr_arena *arena, sr_str *out, int64_t *width,
                                sr_error *err)
{
	sqlite3_stmt *st;
	bool found;
	SR_TRY(db_bind(s, which, &st, err, "i", row));
	SR_TRY(db_step(s, st, &found, err));
	if (!found)
		return SR_OK;
	if (width)
		*width = sqlite3_column_int64(st, 0);
	sr_status status = fetch_blob(st, column, arena, out, err);
	sqlite3_reset(st);
	return status;
}

/* revision 0: the current one. */
static sr_status fetch(sqlite_store *s, int64_t doc, uint32_t revision, unsigned parts, sr_arena *arena, packed *p, sr_store_loaded *out,
                       sr_error *err)
{
	if (parts & (SR_STORE_READING | SR_STORE_VECTORS))
		parts |= SR_STORE_DOCUMENT;
	*p = (packed){ .parts = parts };
	*out = (sr_store_loaded){ .id = doc, .doc = SR_NEW(arena, sr_document) };
	if (!out->doc)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(fetch_head(s, arena, p, out, err));
	out->revision = revision ? revision : p->current;
	SR_TRY(fetch_revision(s, out->revision, arena, p, out, err));
	if (out->analysed && (parts & (SR_STORE_READING | SR_STORE_VECTORS)))
		SR_TRY(fetch_analysis(s, ST_analysis_reading, p->row, 0, arena, &p->reading, NULL, err));
	if (out->analysed && (parts & SR_STORE_VECTORS))
		SR_TRY(fetch_analysis(s, ST_analysis_vectors, p->row, 1, arena, &p->vectors, &p->width, err));
	if (out->analysed && (parts & SR_STORE_CLAIMS))
		SR_TRY(fetch_analysis(s, ST_analysis_claims, p->row, 0, arena, &p->claims, NULL, err));
	return SR_OK;
}

/* ---- unpacking ---- */

static sr_status unpack(sr_packer *packer, sr_str blob, sr_arena *arena, sr_str *out, sr_error *err)
{
	*out = (sr_str){ 0 };
	return blob.ptr ? sr_unpack(packer, blob, SR_STORE_BLOB_MAX, arena, out, err) : SR_OK;
}

static sr_status unpack_document(sr_packer *packer, const packed *p, sr_arena *arena, sr_document *doc, sr_error *err)
{
	sr_str text, body;
	SR_TRY(sr_unpack(packer, p->text, SR_STORE_BLOB_MAX, arena, &text, err));
	SR_TRY(sr_unpack(packer, p->body, SR_STORE_BLOB_MAX, arena, &body, err));
	SR_TRY(sr_decode_document(body, text, arena, doc, err));
	return sr_str_eq(p->sha256, doc->sha256) ? SR_OK : sr_fail(err, SR_E_CORRUPT, "its row and its body do not agree");
}

static sr_status unpack_vectors(sr_packer *packer, const packed *p, sr_arena *arena, sr_reading *r, sr_error *err)
{
	sr_str bytes;
	SR_TRY(unpack(packer, p->vectors, arena, &bytes, err));
	return bytes.len ? sr_decode_vectors(bytes, p->width > 0 ? (size_t)p->width : 0, arena, r, err) : SR_OK;
}

static sr_status unpack_analysis(sr_packer *packer, const packed *p, sr_arena *arena, sr_store_loaded *out, sr_error *err)
{
	sr_str bytes;
	if (p->parts & (SR_STORE_READING | SR_STORE_VECTORS)) {
		SR_TRY(unpack(packer, p->reading, arena, &bytes, err));
		SR_TRY(sr_decode_reading(bytes, out->doc, arena, &out->reading, err));
	}
	if (p->parts & SR_STORE_VECTORS)
		SR_TRY(unpack_vectors(packer, p, arena, &out->reading, err));
	if (!(p->parts & SR_STORE_CLAIMS))
		return SR_OK;
	/* spans of claims can be checked only against a text that is here */
	size_t text_len = out->doc->text.ptr ? out->doc->text.len : SR_STORE_BLOB_MAX;
	SR_TRY(unpack(packer, p->claims, arena, &bytes, err));
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

static sr_status unpack_all(sr_packer *packer, const packed *p, sr_arena *arena, sr_store_loaded *out, sr_error *err)
{
	if (p->parts & SR_STORE_DOCUMENT)
		SR_TRY(unpack_document(packer, p, arena, out->doc, err));
	if (p->judged && out->revision == p->current) {
		out->doc->status = p->status;
		if (p->note.len)
			out->doc->correction = p->note;
	}
	if (out->retracted)
		out->doc->status = SR_DOC_WITHDRAWN;
	if (out->analysed)
		SR_TRY(unpack_analysis(packer, p, arena, out, err));
	return check_claims(out, err);
}

sr_status load_revision(sqlite_store *s, int64_t doc, uint32_t revision, sr_arena *arena, int64_t *id, sr_document *out, sr_error *err)
{
	packed p = { .parts = SR_STORE_DOCUMENT };
	sr_store_loaded l = { .id = doc };
	SR_TRY(fetch_revision(s, revision, arena, &p, &l, err));
	SR_TRY(named(unpack_document(s->packer, &p, arena, out, err), doc, err));
	if (id)
		*id = p.row;
	return SR_OK;
}

sr_status sqlite_load(sr_store *store, int64_t doc, uint32_t revision, unsigned parts, sr_arena *arena, sr_store_loaded *out,
                      sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	packed p;
	SR_TRY(fetch(s, doc, revision, parts, arena, &p, out, err));
	return named(unpack_all(s->packer, &p, arena, out, err), doc, err);
}

/* ---- many ---- */

typedef struct batch {
	const packed *items;
	sr_store_loaded *out;
	size_t count;
	unsigned threads;
	sr_packer **packers; /* one a thread, as are the arenas */
	sr_arena **arenas;
	sr_status *status;   /* of each thread's first that failed, and which that was */
	sr_error *err;
	size_t *failed;
} batch;

static void unpack_one(void *ctx, size_t i, unsigned worker)
{
	batch *b = ctx;
	if (b->status[worker] != SR_OK)
		return;
	b->status[worker] = named(unpack_all(b->packers[worker], &b->items[i], b->arenas[worker], &b->out[i], &b->err[worker]), b->out[i].id, &b->err[worker]);
	b->failed[worker] = i;
}

static sr_status open_batch(batch *b, sr_arena *arena)
{
	b->packers = SR_NEW_ARRAY(arena, sr_packer *, b->threads);
	b->arenas = SR_NEW_ARRAY(arena, sr_arena *, b->threads);
	b->status = SR_NEW_ARRAY(arena, sr_status, b->threads);
	b->err = SR_NEW_ARRAY(arena, sr_error, b->threads);
	b->failed = SR_NEW_ARRAY(arena, size_t, b->threads);
	if (!b->packers || !b->arenas || !b->status || !b->err || !b->failed)
		return SR_E_NOMEM;
	for (unsigned i = 0; i < b->threads; i++)
		if (!(b->packers[i] = sr_packer_new()) || !(b->arenas[i] = sr_arena_new(0)))
			return SR_E_NOMEM;
	return SR_OK;
}

static void close_batch(batch *b, sr_arena *arena)
{
	for (unsigned i = 0; i < b->threads; i++) {
		if (b->packers)
			sr_packer_free(b->packers[i]);
		if (b->arenas)
			sr_arena_take(arena, b->arenas[i]);
	}
}

/* The failure of the first document that has one, whichever thread met it. */
static sr_status first_failure(const batch *b, sr_error *err)
{
	unsigned first = b->threads;
	for (unsigned i = 0; i < b->threads; i++)
		if (b->status[i] != SR_OK && (first == b->threads || b->failed[i] < b->failed[first]))
			first = i;
	return first == b->threads ? SR_OK : sr_fail(err, b->status[first], "%s", b->err[first].message);
}

sr_status sqlite_load_many(sr_store *store, const int64_t *docs, size_t count, unsigned parts, unsigned jobs, sr_arena *arena,
                           sr_store_loaded *out, sr_error *err)
{
	packed *items = SR_NEW_ARRAY(arena, packed, count);
	batch b = { .items = items, .out = out, .count = count, .threads = jobs ? jobs : sr_processors() };
	if (!items)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (b.threads > count)
		b.threads = (unsigned)count;
	for (size_t i = 0; i < count; i++)
		SR_TRY(fetch(sqlite_of(store), docs[i], 0, parts, arena, &items[i], &out[i], err));
	sr_status status = open_batch(&b, arena);
	if (status == SR_OK) {
		sr_parallel(b.threads, count, unpack_one, &b);
		status = first_failure(&b, err);
	} else {
		(void)sr_fail(err, status, "out of memory");
	}
	close_batch(&b, arena);
	return status;
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
