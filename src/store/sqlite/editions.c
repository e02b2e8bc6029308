/* Editions: each a whole dossier, numbered within its story. */
#include "sqlite_store.h"

static sr_status latest(sqlite_store *s, int64_t story, uint32_t *number, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_TRY(db_bind(s, ST_story_exists, &st, err, "i", story));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no story %lld", (long long)story);
	*number = (uint32_t)sqlite3_column_int64(st, 2);
	sqlite3_reset(st);
	return SR_OK;
}

sr_status sqlite_put_edition(sr_store *store, int64_t story, sr_str json, sr_str reason, uint32_t *number, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sr_str packed;
	SR_TRY(need_story(s, story, err));
	SR_TRY(latest(s, story, number, err));
	SR_TRY(db_pack(s, json, &packed, err));
	*number += 1;
	SR_TRY(db_run(s, ST_edition_insert, err, "iitesb", story, (int64_t)*number, store->now, store->now, reason, packed));
	return db_run(s, ST_story_edition, err, "iit", story, (int64_t)*number, store->now);
}

sr_status sqlite_get_edition(sr_store *store, int64_t story, uint32_t number, sr_arena *arena, sr_store_edition *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row, failed = false;
	if (!number)
		SR_TRY(latest(s, story, &number, err));
	SR_TRY(db_bind(s, ST_edition_get, &st, err, "ii", story, (int64_t)number));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "story %lld has no edition %u", (long long)story, number);
	*out = (sr_store_edition){ .number = number, .at = db_time(st, 1), .reason = db_text(st, 2, arena, &failed) };
	sr_status status = failed ? sr_fail(err, SR_E_NOMEM, "out of memory")
	                          : sr_unpack(s->packer, db_blob(st, 3), SR_STORE_BLOB_MAX, arena, &out->json, err);
	sqlite3_reset(st);
	return status;
}

sr_status sqlite_edition_at(sr_store *store, int64_t story, sr_time at, uint32_t *number, sr_error *err)
{
	int64_t n;
	if (!sr_time_known(at))
		return sr_fail(err, SR_E_INVALID, "an edition is looked for at no time");
	SR_TRY(db_number(sqlite_of(store), ST_edition_at, &n, NULL, err, "ii", story, sr_time_epoch(at)));
	*number = (uint32_t)n;
	return n ? SR_OK : sr_fail(err, SR_E_NOT_FOUND, "story %lld has no edition that old", (long long)story);
}

sr_status sqlite_editions(sr_store *store, int64_t story, sr_arena *arena, sr_store_edition **out, size_t *count, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row, failed = false;
	uint32_t unused;
	SR_VEC(sr_store_edition) list = { 0 };
	SR_TRY(latest(s, story, &unused, err));
	SR_TRY(db_bind(s, ST_edition_list, &st, err, "ii", story, (int64_t)SR_STORE_ROWS_MAX));
	for (;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			break;
		sr_store_edition *e = SR_PUSH(arena, &list);
		if (e)
			*e = (sr_store_edition){ .number = (uint32_t)sqlite3_column_int64(st, 0), .at = db_time(st, 1),
				                     .reason = db_text(st, 2, arena, &failed) };
		if (!e || failed) {
			sqlite3_reset(st);
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		}
	}
	*out = list.items;
	*count = list.count;
	return SR_OK;
}
