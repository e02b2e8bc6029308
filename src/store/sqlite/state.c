/* What the stream remembers: whole states in packed parts, and a profile of each document. */
#include "sqlite_store.h"

sr_status sqlite_put_state(sr_store *store, sr_str key, sr_str bytes, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	SR_TRY(db_run(s, ST_state_clear, err, "s", key));
	for (size_t at = 0, n = 0; at < bytes.len; at += PART_BYTES, n++) {
		sr_str packed;
		SR_TRY(db_pack(s, sr_str_slice(bytes, at, at + PART_BYTES), &packed, err));
		SR_TRY(db_run(s, ST_state_insert, err, "sib", key, (int64_t)n, packed));
	}
	return SR_OK;
}

sr_status sqlite_get_state(sr_store *store, sr_str key, sr_buf *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row;
	sr_buf_clear(out);
	SR_TRY(db_bind(s, ST_state_parts, &st, err, "s", key));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no state %.*s", SR_FMT(key));
	while (row) {
		sr_status status = sr_unpack_buf(s->packer, db_blob(st, 0), PART_BYTES, out, err);
		if (status != SR_OK) {
			sqlite3_reset(st);
			return status;
		}
		SR_TRY(db_step(s, st, &row, err));
	}
	return SR_OK;
}

sr_status sqlite_put_profile(sr_store *store, sr_str kind, int64_t doc, int64_t when, sr_str bytes, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sr_str packed;
	SR_TRY(need_document(s, doc, NULL, err));
	SR_TRY(db_pack(s, bytes, &packed, err));
	return db_run(s, ST_profile_put, err, "siib", kind, doc, when, packed);
}

sr_status sqlite_each_profile(sr_store *store, sr_str kind, int64_t since,
                              sr_status (*visit)(void *ctx, const sr_store_profile *profile, sr_error *err), void *ctx, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	sr_buf bytes;
	bool row;
	SR_TRY(db_bind(s, ST_profile_list, &st, err, "si", kind, since));
	sr_buf_init(&bytes, SR_STORE_BLOB_MAX);
	sr_status status = db_step(s, st, &row, err);
	while (status == SR_OK && row) {
		sr_store_profile p = { .doc = sqlite3_column_int64(st, 0), .when = sqlite3_column_int64(st, 1),
			                   .story = sqlite3_column_int64(st, 2) };
		sr_buf_clear(&bytes);
		status = sr_unpack_buf(s->packer, db_blob(st, 3), SR_STORE_BLOB_MAX, &bytes, err);
		p.bytes = sr_buf_str(&bytes);
		if (status == SR_OK)
			status = visit(ctx, &p, err);
		if (status == SR_OK)
			status = db_step(s, st, &row, err);
	}
	sqlite3_reset(st);
	sr_buf_deinit(&bytes);
	return status;
}

sr_status sqlite_drop_profiles(sr_store *store, sr_str kind, int64_t before, sr_error *err)
{
	return db_run(sqlite_of(store), ST_profile_drop, err, "si", kind, before);
}
