/* Stories: ids that stay, members, what lists show, and editions. */
#include "sqlite_store.h"

#include <stdio.h>

#define SUFFIX_MAX 1000000

sr_status need_story(sqlite_store *s, int64_t story, sr_error *err)
{
	int64_t redirect;
	bool found;
	SR_TRY(db_number(s, ST_story_exists, &redirect, &found, err, "i", story));
	if (!found)
		return sr_fail(err, SR_E_NOT_FOUND, "no story %lld", (long long)story);
	return redirect ? sr_fail(err, SR_E_INVALID, "story %lld was joined into story %lld", (long long)story, (long long)redirect) : SR_OK;
}

sr_status sqlite_new_story(sr_store *store, sr_str id, int64_t *story, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sr_buf name;
	int64_t taken = 1;
	sr_buf_init(&name, SR_STORE_NAME_MAX + 16);
	sr_status status = SR_OK;
	for (int n = 1; status == SR_OK && taken && n < SUFFIX_MAX; n++) {
		sr_buf_clear(&name);
		sr_buf_add(&name, id);
		if (n > 1)
			sr_buf_printf(&name, "-%d", n);
		status = name.failed ? sr_fail(err, SR_E_NOMEM, "out of memory")
		                     : db_number(s, ST_story_taken, &taken, NULL, err, "s", sr_buf_str(&name));
	}
	if (status == SR_OK)
		status = db_run(s, ST_story_insert, err, "st", sr_buf_str(&name), store->now);
	*story = sqlite3_last_insert_rowid(s->db);
	sr_buf_deinit(&name);
	return status;
}

static sr_status by_prefix(sqlite_store *s, sr_str name, int64_t *story, sr_error *err)
{
	sqlite3_stmt *st;
	sr_store_ids ids = { 0 };
	*story = 0;
	if (name.len < 3)
		return SR_OK;
	sr_arena *arena = sr_arena_new(0);
	if (!arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = db_bind(s, ST_story_by_prefix, &st, err, "s", name);
	if (status == SR_OK)
		status = db_ids(s, st, arena, &ids, err);
	if (status == SR_OK && ids.count > 1)
		status = sr_fail(err, SR_E_INVALID, "several stories begin with %.*s: give more letters", SR_FMT(name));
	else if (status == SR_OK && ids.count)
		*story = ids.items[0];
	sr_arena_free(arena);
	return status;
}

static int64_t number_of(sr_str name)
{
	int64_t n = 0;
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] < '0' || name.ptr[i] > '9' || i > 17)
			return 0;
		n = n * 10 + (name.ptr[i] - '0');
	}
	return n;
}

sr_status sqlite_find_story(sr_store *store, sr_str name, int64_t *story, bool *moved, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	bool found = false;
	int64_t redirect = 0;
	SR_TRY(db_number(s, ST_story_by_name, story, NULL, err, "s", name));
	if (!*story) {
		*story = number_of(name);
		if (*story)
			SR_TRY(db_number(s, ST_story_exists, &redirect, &found, err, "i", *story));
		if (!found)
			SR_TRY(by_prefix(s, name, story, err));
	}
	if (!*story)
		return sr_fail(err, SR_E_NOT_FOUND, "no story %.*s", SR_FMT(name));
	/* a redirect leads to a story that has none: joining moves older redirects along */
	SR_TRY(db_number(s, ST_story_exists, &redirect, &found, err, "i", *story));
	*moved = redirect != 0;
	if (redirect)
		*story = redirect;
	return SR_OK;
}

sr_status sqlite_place(sr_store *store, int64_t doc, int64_t story, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	int64_t before;
	SR_TRY(need_document(s, doc, &before, err));
	if (before == story)
		return SR_OK;
	if (story)
		SR_TRY(need_story(s, story, err));
	SR_TRY(db_run(s, ST_document_place, err, "iu", doc, story));
	if (before)
		SR_TRY(db_run(s, ST_story_count, err, "iit", before, (int64_t)-1, store->now));
	return story ? db_run(s, ST_story_count, err, "iit", story, (int64_t)1, store->now) : SR_OK;
}

sr_status sqlite_put_origins(sr_store *store, const int64_t *docs, const uint32_t *origins, size_t count, sr_error *err)
{
	for (size_t i = 0; i < count; i++)
		SR_TRY(db_run(sqlite_of(store), ST_document_origin, err, "ii", docs[i], (int64_t)origins[i]));
	return SR_OK;
}

sr_status sqlite_members(sr_store *store, int64_t story, sr_arena *arena, sr_store_ids *docs, uint32_t **origins, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row, found;
	int64_t redirect;
	SR_VEC(int64_t) ids = { 0 };
	SR_VEC(uint32_t) numbers = { 0 };
	SR_TRY(db_number(s, ST_story_exists, &redirect, &found, err, "i", story));
	if (!found)
		return sr_fail(err, SR_E_NOT_FOUND, "no story %lld", (long long)story);
	SR_TRY(db_bind(s, ST_story_members, &st, err, "ii", story, (int64_t)SR_STORE_ROWS_MAX));
	for (;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			break;
		int64_t *id = SR_PUSH(arena, &ids);
		uint32_t *origin = SR_PUSH(arena, &numbers);
		if (!id || !origin) {
			sqlite3_reset(st);
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		}
		*id = sqlite3_column_int64(st, 0);
		*origin = (uint32_t)sqlite3_column_int64(st, 1);
	}
	*docs = (sr_store_ids){ ids.items, ids.count };
	if (origins)
		*origins = numbers.items;
	return SR_OK;
}

sr_status sqlite_join(sr_store *store, int64_t into, int64_t from, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	SR_TRY(need_story(s, into, err));
	SR_TRY(need_story(s, from, err));
	SR_TRY(db_run(s, ST_story_index_delete, err, "i", from));
	SR_TRY(db_run(s, ST_story_mention_clear, err, "i", from));
	SR_TRY(db_run(s, ST_story_move, err, "ii", from, into));
	int moved = sqlite3_changes(s->db);
	SR_TRY(db_run(s, ST_story_count, err, "iit", into, (int64_t)moved, store->now));
	SR_TRY(db_run(s, ST_story_redirect, err, "iit", from, into, store->now));
	return db_run(s, ST_story_redirect_chain, err, "ii", from, into);
}

sr_status sqlite_put_about(sr_store *store, int64_t story, const sr_store_about *about, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sr_str brief;
	SR_TRY(need_story(s, story, err));
	SR_TRY(db_run(s, ST_story_index_delete, err, "i", story));
	SR_TRY(db_pack(s, about->text, &brief, err));
	SR_TRY(db_run(s, ST_story_about, err, "isbttei", story, about->title, brief, about->first_reported, about->updated, about->updated,
	              (int64_t)about->origins));
	SR_TRY(db_run(s, ST_story_index_insert, err, "iss", story, about->title, about->text));
	return index_story_mentions(s, story, about, err);
}

sr_status sqlite_get_story(sr_store *store, int64_t story, sr_arena *arena, sr_store_story *out, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(s, ST_story_get, &st, err, "i", story));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_NOT_FOUND, "no story %lld", (long long)story);
	*out = (sr_store_story){
		.number = story,
		.id = db_text(st, 0, arena, &failed),
		.redirect = sqlite3_column_int64(st, 1),
		.title = db_text(st, 2, arena, &failed),
		.first_reported = db_time(st, 3),
		.updated = db_time(st, 4),
		.created = db_time(st, 5),
		.changed = db_time(st, 6),
		.documents = (uint32_t)sqlite3_column_int64(st, 7),
		.origins = (uint32_t)sqlite3_column_int64(st, 8),
		.edition = (uint32_t)sqlite3_column_int64(st, 9),
		.pinned = sqlite3_column_int(st, 10),
		.muted = sqlite3_column_int(st, 11),
	};
	sqlite3_reset(st);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}
