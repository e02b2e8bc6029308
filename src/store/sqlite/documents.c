/* Documents in: whether they are new, and what is written where. */
#include "sqlite_store.h"

#include "../changes.h"
#include "../codec.h"
#include "../names.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/url.h"

/* What is known of an arrival before anything is written. */
typedef struct arrival {
	const sr_document *doc;
	sr_arena *arena; /* of the call */
	sr_str identity;
	char fingerprint[65];
	bool own_identity; /* found by the identity that the document was made with */
	sr_store_added at;
	uint32_t like;     /* the revision that is the same, if unchanged */
} arrival;

/* The row of a statement that finds a document: number, revision, own identity, analysed. */
static sr_status find_row(sqlite_store *s, sqlite3_stmt *st, arrival *a, sr_error *err)
{
	bool row;
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return SR_OK;
	a->at.doc = sqlite3_column_int64(st, 0);
	a->at.revision = (uint32_t)sqlite3_column_int64(st, 1);
	a->own_identity = sqlite3_column_int(st, 2);
	a->at.analysed = sqlite3_column_int(st, 3);
	sqlite3_reset(st);
	return SR_OK;
}

/* Is the page back to what it was, or is this an old copy of it? The later retrieval decides; without, it is a copy. */
static sr_status compare_times(sqlite_store *s, arrival *a, sr_error *err)
{
	sr_document current;
	const sr_document *d = a->doc;
	SR_TRY(load_revision(s, a->at.doc, a->at.revision, a->arena, NULL, &current, err));
	bool later = sr_store_is_later(&current, d);
	if (a->like) {
		bool back = sr_time_known(d->retrieved) && sr_time_known(current.retrieved) && later &&
		            sr_time_cmp(current.retrieved, d->retrieved) != 0;
		a->at.outcome = back ? SR_STORE_REVISED : SR_STORE_UNCHANGED;
	} else {
		a->at.outcome = later ? SR_STORE_REVISED : SR_STORE_OLDER;
	}
	return SR_OK;
}

static void make_new(arrival *a) { a->at = (sr_store_added){ .outcome = SR_STORE_NEW }; }

/* What is here under a name: the document, and which of its revisions is like the arrival. */
static sr_status find_by_name(sqlite_store *s, arrival *a, sr_str name, sr_error *err)
{
	sqlite3_stmt *st;
	SR_TRY(db_bind(s, ST_identity_find, &st, err, "s", name));
	return find_row(s, st, a, err);
}

static sr_status find_like(sqlite_store *s, arrival *a, sr_error *err)
{
	int64_t like = 0;
	if (a->at.doc)
		SR_TRY(db_number(s, ST_fingerprint_find, &like, NULL, err, "is", a->at.doc, sr_str_c(a->fingerprint)));
	a->like = (uint32_t)like;
	return SR_OK;
}

/* Whether what was found is another article, to which the input gave the same name: two files put together that both
 * count their articles from 1, a file that every day's article overwrites. */
static sr_status is_another(sqlite_store *s, arrival *a, bool *another, sr_error *err)
{
	sr_document current;
	bool same = true;
	if (a->at.doc && a->own_identity && !a->like && sr_store_identity_is_local(a->doc)) {
		SR_TRY(load_revision(s, a->at.doc, a->at.revision, a->arena, NULL, &current, err));
		SR_TRY(sr_store_is_same_page(&current, a->doc, a->arena, &same, err));
	}
	*another = !same;
	return SR_OK;
}

#define NAMESAKES_MAX 16u /* articles under one name; what comes then is known by its own bytes */

/* Finds the arrival by its identity. Another article keeps the name that it has, and the arrival gets one of its own. */
static sr_status find_identity(sqlite_store *s, arrival *a, sr_error *err)
{
	sr_str first = a->identity;
	bool another = true;
	for (unsigned n = 1; another && n <= NAMESAKES_MAX + 1; n++) {
		make_new(a);
		if (n > NAMESAKES_MAX)
			a->identity = sr_str_printf(a->arena, "%.*s~%s", SR_FMT(first), a->fingerprint);
		else if (n > 1)
			a->identity = sr_str_printf(a->arena, "%.*s~%u", SR_FMT(first), n);
		if (!a->identity.ptr)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		SR_TRY(find_by_name(s, a, a->identity, err));
		SR_TRY(find_like(s, a, err));
		SR_TRY(is_another(s, a, &another, err));
	}
	return SR_OK;
}

static sr_status classify(sqlite_store *s, arrival *a, sr_error *err)
{
	sqlite3_stmt *st;
	const sr_document *d = a->doc;
	SR_TRY(sr_store_fingerprint(d, a->fingerprint, err));
	SR_TRY(find_identity(s, a, err));
	if (!a->at.doc && d->sha256.len && !d->url.len && !d->canonical.len) {
		SR_TRY(db_bind(s, ST_same_bytes_find, &st, err, "ss", d->sha256, sr_str_c(a->fingerprint)));
		SR_TRY(find_row(s, st, a, err));
		SR_TRY(find_like(s, a, err));
	}
	if (!a->at.doc)
		return SR_OK;
	if (a->like == a->at.revision)
		a->at.outcome = SR_STORE_UNCHANGED;
	else if (a->like || a->own_identity)
		return compare_times(s, a, err);
	else /* a copy that went its own way */
		make_new(a);
	return SR_OK;
}

static sr_status arrive(sqlite_store *s, const sr_document *doc, sr_str identity, arrival *a, sr_error *err)
{
	*a = (arrival){ .doc = doc, .identity = identity, .arena = sr_arena_new(0) };
	if (!a->arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!identity.len)
		SR_TRY(sr_store_identity(doc, a->arena, &a->identity, err));
	if (a->identity.len > SR_STORE_NAME_MAX)
		return sr_fail(err, SR_E_LIMIT, "the identity of a document is too long");
	return classify(s, a, err);
}

sr_status sqlite_lookup(sr_store *store, const sr_document *doc, sr_str identity, sr_store_added *out, sr_error *err)
{
	arrival a;
	sr_status status = arrive(sqlite_of(store), doc, identity, &a, err);
	*out = a.at;
	sr_arena_free(a.arena);
	return status;
}

/* What one revision holds, encoded and packed. */
typedef struct packed_document {
	sr_buf text, body, reading, claims, vectors;
} packed_document;

static void packed_init(packed_document *p)
{
	sr_buf *const all[] = { &p->text, &p->body, &p->reading, &p->claims, &p->vectors };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		sr_buf_init(all[i], 0);
}

static void packed_deinit(packed_document *p)
{
	sr_buf *const all[] = { &p->text, &p->body, &p->reading, &p->claims, &p->vectors };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		sr_buf_deinit(all[i]);
}

/* Ends the encoding in plain and packs it. */
static sr_status pack_encoded(sqlite_store *s, sr_buf *plain, sr_buf *out, sr_error *err)
{
	sr_status status = sr_buf_status(plain);
	if (status != SR_OK)
		return sr_fail(err, status, "a document is too large for the store");
	status = sr_pack(s->packer, sr_buf_str(plain), out, err);
	sr_buf_clear(plain);
	return status;
}

static sr_status pack_document(sqlite_store *s, const sr_store_document *in, packed_document *p, sr_error *err)
{
	sr_buf plain;
	sr_buf_init(&plain, SR_STORE_BLOB_MAX);
	sr_status status = sr_pack(s->packer, in->doc->text, &p->text, err);
	if (status == SR_OK) {
		sr_encode_document(&plain, in->doc);
		status = pack_encoded(s, &plain, &p->body, err);
	}
	if (status == SR_OK && in->reading) {
		sr_encode_reading(&plain, in->reading);
		status = pack_encoded(s, &plain, &p->reading, err);
	}
	if (status == SR_OK && in->reading) {
		sr_encode_claims(&plain, in->claims, in->claim_count);
		status = pack_encoded(s, &plain, &p->claims, err);
	}
	if (status == SR_OK && in->reading && in->reading->vectors) {
		sr_encode_vectors(&plain, in->reading);
		status = pack_encoded(s, &plain, &p->vectors, err);
	}
	sr_buf_deinit(&plain);
	return status;
}

static sr_status write_analysis(sqlite_store *s, int64_t revision, const sr_store_document *in, const packed_document *p, sr_error *err)
{
	if (!in->reading)
		return SR_OK;
	return db_run(s, ST_analysis_put, err, "iibbiB", revision, (int64_t)in->claim_count, sr_buf_str(&p->claims),
	              sr_buf_str(&p->reading), (int64_t)in->reading->vector_width, sr_buf_str(&p->vectors));
}

static sr_status write_revision(sqlite_store *s, const arrival *a, const sr_store_document *in, uint32_t number, sr_str changes,
                                sr_error *err)
{
	packed_document p;
	const sr_document *d = in->doc;
	packed_init(&p);
	sr_status status = pack_document(s, in, &p, err);
	if (status == SR_OK)
		status = db_run(s, ST_revision_insert, err, "iissutBbb", a->at.doc, (int64_t)number, d->sha256, sr_str_c(a->fingerprint),
		                in->original, s->base.now, changes, sr_buf_str(&p.text), sr_buf_str(&p.body));
	if (status == SR_OK)
		status = write_analysis(s, sqlite3_last_insert_rowid(s->db), in, &p, err);
	packed_deinit(&p);
	return status;
}

/* By all of these it can be found: with them an arrival under another name leads here. */
static sr_status write_names(sqlite_store *s, const arrival *a, sr_error *err)
{
	const sr_document *d = a->doc;
	const sr_str names[] = { d->id, d->path, d->url, d->canonical };
	if (a->identity.len)
		SR_TRY(db_run(s, ST_identity_put, err, "si", a->identity, a->at.doc));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].len)
			SR_TRY(db_run(s, ST_name_put, err, "si", names[i], a->at.doc));
	return SR_OK;
}

/* The site's name, or, where the page names none, the host of its URL, for comparing. */
static sr_str outlet_of(const sr_document *d, sr_arena *arena)
{
	if (d->site.len)
		return sr_fold_dup(arena, d->site);
	return sr_fold_dup(arena, sr_url_split(d->canonical.len ? d->canonical : d->url).authority);
}

static sr_status write_columns(sqlite_store *s, const arrival *a, bool insert, sr_error *err)
{
	const sr_document *d = a->doc;
	sr_str outlet = outlet_of(d, a->arena);
	if (!insert)
		return db_run(s, ST_document_update, err, "issssssssteiis", a->at.doc, d->id, d->path, d->url, d->canonical, d->title, d->site,
		              outlet, d->language, d->published, d->published, (int64_t)d->kind, (int64_t)d->status, d->sha256);
	return db_run(s, ST_document_insert, err, "sssssssssteiis", a->identity, d->id, d->path, d->url, d->canonical, d->title, d->site,
	              outlet, d->language, d->published, d->published, (int64_t)d->kind, (int64_t)d->status, d->sha256);
}

static sr_status index_document(sqlite_store *s, int64_t doc, const sr_store_document *in, sr_error *err)
{
	SR_TRY(db_run(s, ST_document_index_insert, err, "iss", doc, in->doc->title, in->doc->text));
	return index_mentions(s, doc, in, err);
}

static sr_status add_new(sqlite_store *s, arrival *a, const sr_store_document *in, sr_error *err)
{
	SR_TRY(write_columns(s, a, true, err));
	a->at = (sr_store_added){ .doc = sqlite3_last_insert_rowid(s->db), .revision = 1, .outcome = SR_STORE_NEW,
		                      .analysed = in->reading != NULL };
	SR_TRY(write_revision(s, a, in, 1, (sr_str){ 0 }, err));
	SR_TRY(write_names(s, a, err));
	return index_document(s, a->at.doc, in, err);
}

static sr_status encode_changes(sqlite_store *s, const arrival *a, sr_buf *out, sr_error *err)
{
	sr_document before;
	sr_buf plain;
	SR_TRY(load_revision(s, a->at.doc, a->at.revision, a->arena, NULL, &before, err));
	sr_buf_init(&plain, SR_STORE_BLOB_MAX);
	sr_store_write_changes(&plain, &before, a->doc, a->arena);
	sr_status status = pack_encoded(s, &plain, out, err);
	sr_buf_deinit(&plain);
	return status;
}

static sr_status add_revision(sqlite_store *s, arrival *a, const sr_store_document *in, sr_error *err)
{
	sr_buf changes;
	bool current = a->at.outcome == SR_STORE_REVISED;
	int64_t revisions;
	sqlite3_stmt *st;
	bool row;
	SR_TRY(db_bind(s, ST_document_exists, &st, err, "i", a->at.doc));
	SR_TRY(db_step(s, st, &row, err));
	revisions = row ? sqlite3_column_int64(st, 1) : 0;
	sqlite3_reset(st);
	sr_buf_init(&changes, 0);
	sr_status status = encode_changes(s, a, &changes, err);
	if (status == SR_OK)
		status = write_revision(s, a, in, (uint32_t)revisions + 1, sr_buf_str(&changes), err);
	sr_buf_deinit(&changes);
	SR_TRY(status);
	SR_TRY(write_names(s, a, err));
	if (!current)
		return db_run(s, ST_document_older, err, "ii", a->at.doc, revisions + 1);
	/* the index forgets the text that it read before the rows say otherwise */
	SR_TRY(db_run(s, ST_document_index_delete, err, "i", a->at.doc));
	SR_TRY(write_columns(s, a, false, err));
	SR_TRY(db_run(s, ST_document_revised, err, "ii", a->at.doc, revisions + 1));
	a->at.revision = (uint32_t)revisions + 1;
	a->at.analysed = in->reading != NULL;
	return index_document(s, a->at.doc, in, err);
}

static sr_status replace_analysis(sqlite_store *s, int64_t doc, uint32_t revision, const sr_store_document *in, sr_error *err)
{
	packed_document p;
	int64_t id;
	sr_document stored;
	sr_arena *arena = sr_arena_new(0);
	if (!arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	packed_init(&p);
	sr_status status = load_revision(s, doc, revision, arena, &id, &stored, err);
	if (status == SR_OK && !sr_str_eq(stored.text, in->doc->text))
		status = sr_fail(err, SR_E_INVALID, "an analysis of another text than document %lld has", (long long)doc);
	if (status == SR_OK)
		status = pack_document(s, in, &p, err);
	if (status == SR_OK)
		status = db_run(s, ST_revision_body, err, "ib", id, sr_buf_str(&p.body));
	if (status == SR_OK)
		status = write_analysis(s, id, in, &p, err);
	packed_deinit(&p);
	sr_arena_free(arena);
	return status;
}

sr_status sqlite_add(sr_store *store, const sr_store_document *in, sr_store_added *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	arrival a;
	sr_status status = arrive(s, in->doc, in->identity, &a, err);
	if (status == SR_OK && a.at.outcome == SR_STORE_NEW)
		status = add_new(s, &a, in, err);
	else if (status == SR_OK && a.at.outcome != SR_STORE_UNCHANGED)
		status = add_revision(s, &a, in, err);
	else if (status == SR_OK) {
		status = write_names(s, &a, err);
		if (status == SR_OK && in->reading && !a.at.analysed && a.like == a.at.revision) {
			status = replace_analysis(s, a.at.doc, a.at.revision, in, err);
			if (status == SR_OK)
				status = index_mentions(s, a.at.doc, in, err);
			a.at.analysed = true;
		}
	}
	*out = a.at;
	sr_arena_free(a.arena);
	return status;
}

sr_status sqlite_put_analysis(sr_store *store, int64_t doc, const sr_store_document *in, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	arrival a = { .doc = in->doc, .at.doc = doc };
	int64_t revision;
	bool found;
	SR_TRY(db_number(s, ST_document_exists, &revision, &found, err, "i", doc));
	if (!found)
		return sr_fail(err, SR_E_NOT_FOUND, "no document %lld", (long long)doc);
	SR_TRY(replace_analysis(s, doc, (uint32_t)revision, in, err));
	SR_TRY(db_run(s, ST_document_index_delete, err, "i", doc));
	a.arena = sr_arena_new(0);
	sr_status status = a.arena ? write_columns(s, &a, false, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_arena_free(a.arena);
	return status == SR_OK ? index_document(s, doc, in, err) : status;
}

sr_status sqlite_put_status(sr_store *store, int64_t doc, sr_doc_status status, sr_str note, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	SR_TRY(need_document(s, doc, NULL, err));
	return db_run(s, ST_document_judge, err, "iis", doc, (int64_t)status, note);
}

sr_status restore_document(sqlite_store *s, int64_t doc, sr_error *err)
{
	sr_store_loaded l = { 0 };
	sr_document current;
	arrival a = { .at.doc = doc, .doc = &current }; /* under the identity that its row has */
	a.arena = sr_arena_new(0);
	if (!a.arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = sqlite_load(&s->base, doc, 0, SR_STORE_DOCUMENT | SR_STORE_READING, a.arena, &l, err);
	if (status == SR_OK) /* as the page itself says, not as others judge it */
		status = load_revision(s, doc, l.revision, a.arena, NULL, &current, err);
	const sr_store_document in = { .doc = &current, .reading = l.analysed ? &l.reading : NULL };
	if (status == SR_OK)
		status = write_names(s, &a, err);
	if (status == SR_OK)
		status = write_columns(s, &a, false, err);
	if (status == SR_OK)
		status = index_document(s, doc, &in, err);
	sr_arena_free(a.arena);
	return status;
}
