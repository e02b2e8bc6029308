/* Originals as received, in packed parts; and sources that are all in. */
#include "sqlite_store.h"

#include "sitrep/base/file.h"

/* Ceiling of one part read back: what was cut is never longer. */
static sr_status put_parts(sqlite_store *s, int64_t id, sr_str bytes, int64_t *packed_bytes, sr_error *err)
{
	*packed_bytes = 0;
	for (size_t at = 0, n = 0; at < bytes.len; at += PART_BYTES, n++) {
		sr_str packed;
		SR_TRY(db_pack(s, sr_str_slice(bytes, at, at + PART_BYTES), &packed, err));
		*packed_bytes += (int64_t)packed.len;
		SR_TRY(db_run(s, ST_original_part_insert, err, "iib", id, (int64_t)n, packed));
	}
	return SR_OK;
}

sr_status sqlite_put_original(sr_store *store, const sr_store_original *o, int64_t *id, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	char hex[SR_SHA256_HEX + 1];
	sr_str sha256 = o->sha256;
	bool found;
	int64_t packed;
	if (!sha256.len) {
		sr_sha256_hex(o->bytes, hex);
		sha256 = sr_str_c(hex);
	}
	SR_TRY(db_number(s, ST_original_find, id, &found, err, "s", sha256));
	if (found)
		return SR_OK;
	SR_TRY(db_run(s, ST_original_insert, err, "sissstt", sha256, (int64_t)o->bytes.len, o->location, o->type, o->how, o->retrieved,
	              store->now));
	*id = sqlite3_last_insert_rowid(s->db);
	SR_TRY(put_parts(s, *id, o->bytes, &packed, err));
	return db_run(s, ST_original_packed, err, "ii", *id, packed);
}

sr_status sqlite_get_original(sr_store *store, int64_t id, sr_arena *arena, sr_store_original *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(s, ST_original_get, &st, err, "i", id));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no original %lld", (long long)id);
	*out = (sr_store_original){ .sha256 = db_text(st, 0, arena, &failed),
		                        .location = db_text(st, 1, arena, &failed),
		                        .type = db_text(st, 2, arena, &failed),
		                        .how = db_text(st, 3, arena, &failed),
		                        .retrieved = db_time(st, 4) };
	sqlite3_reset(st);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

static sr_status read_parts(sqlite_store *s, sqlite3_stmt *st, sr_buf *out, sr_error *err)
{
	for (bool row;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			return SR_OK;
		sr_status status = sr_unpack_buf(s->packer, db_blob(st, 0), PART_BYTES, out, err);
		if (status != SR_OK) {
			sqlite3_reset(st);
			return status == SR_E_LIMIT && !out->failed ? sr_fail(err, SR_E_CORRUPT, "a part of an original is damaged") : status;
		}
	}
}

sr_status sqlite_original_bytes(sr_store *store, int64_t id, sr_buf *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	sr_store_original o;
	char hex[SR_SHA256_HEX + 1];
	sr_arena *arena = sr_arena_new(0);
	if (!arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = sqlite_get_original(store, id, arena, &o, err);
	sr_buf_clear(out);
	if (status == SR_OK)
		status = db_bind(s, ST_original_parts, &st, err, "i", id);
	if (status == SR_OK)
		status = read_parts(s, st, out, err);
	if (status == SR_OK) {
		sr_sha256_hex(sr_buf_str(out), hex);
		if (!sr_str_eq(o.sha256, sr_str_c(hex)))
			status = sr_fail(err, SR_E_CORRUPT, "original %lld does not agree with its SHA-256", (long long)id);
	}
	sr_arena_free(arena);
	return status;
}

sr_status sqlite_put_source(sr_store *store, sr_str location, sr_str sha256, uint32_t documents, sr_error *err)
{
	return db_run(sqlite_of(store), ST_source_put, err, "ssit", location, sha256, (int64_t)documents, store->now);
}

sr_status sqlite_known_source(sr_store *store, sr_str location, sr_str sha256, bool *known, uint32_t *documents, sr_error *err)
{
	int64_t n;
	SR_TRY(db_number(sqlite_of(store), ST_source_find, &n, known, err, "ss", location, sha256));
	*documents = (uint32_t)n;
	return SR_OK;
}
