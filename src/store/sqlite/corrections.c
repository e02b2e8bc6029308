/* Corrections by hand: carried out, and written down so that they can be made again. */
#include "sqlite_store.h"

#include "../codec.h"

#define VERSION 1u

/* What an act does; *done false where it was so already. */
typedef sr_status (*act_fn)(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err);

static sr_status first_of(sqlite_store *s, int64_t story, int64_t *doc, sr_error *err)
{
	SR_TRY(need_story(s, story, err));
	SR_TRY(db_number(s, ST_story_first, doc, NULL, err, "i", story));
	return *doc ? SR_OK : sr_fail(err, SR_E_INVALID, "story %lld has no documents", (long long)story);
}

static sr_status act_merge(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err)
{
	if (c->story == c->other)
		return sr_fail(err, SR_E_INVALID, "a story cannot be merged with itself");
	c->docs = SR_NEW_ARRAY(arena, int64_t, 2);
	if (!c->docs)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	c->doc_count = 2;
	SR_TRY(first_of(s, c->story, &c->docs[0], err));
	SR_TRY(first_of(s, c->other, &c->docs[1], err));
	*done = true;
	return sqlite_join(&s->base, c->story, c->other, err);
}

static sr_status need_documents(const sr_store_correction *c, sr_error *err)
{
	return c->doc_count ? SR_OK : sr_fail(err, SR_E_INVALID, "no documents are given");
}

static sr_status act_split(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err)
{
	sqlite3_stmt *st;
	sr_store_ids members;
	bool row;
	(void)arena;
	SR_TRY(need_documents(c, err));
	SR_TRY(need_story(s, c->story, err));
	for (size_t i = 0; i < c->doc_count; i++) {
		int64_t story;
		SR_TRY(need_document(s, c->docs[i], &story, err));
		if (story != c->story)
			return sr_fail(err, SR_E_INVALID, "document %lld is not in that story", (long long)c->docs[i]);
		for (size_t k = 0; k < i; k++)
			if (c->docs[k] == c->docs[i])
				return sr_fail(err, SR_E_INVALID, "document %lld is given twice", (long long)c->docs[i]);
	}
	SR_TRY(sqlite_members(&s->base, c->story, arena, &members, NULL, err));
	if (members.count == c->doc_count)
		return sr_fail(err, SR_E_INVALID, "a split must leave some documents in the story");
	/* without a wish, the new story is called after the old one */
	sr_str id = c->new_id;
	SR_TRY(db_bind(s, ST_story_name, &st, err, "i", c->story));
	SR_TRY(db_step(s, st, &row, err));
	sr_status status = sqlite_new_story(&s->base, id.len || !row ? id : db_view(st, 0), &c->other, err);
	sqlite3_reset(st);
	SR_TRY(status);
	for (size_t i = 0; i < c->doc_count; i++)
		SR_TRY(sqlite_place(&s->base, c->docs[i], c->other, err));
	*done = true;
	return SR_OK;
}

/* Sets one of a story's two flags. */
static sr_status set_flag(sqlite_store *s, int64_t story, int column, statement set, bool value, bool *done, sr_error *err)
{
	sqlite3_stmt *st;
	bool row;
	SR_TRY(need_story(s, story, err));
	SR_TRY(db_bind(s, ST_story_exists, &st, err, "i", story));
	SR_TRY(db_step(s, st, &row, err));
	*done = row && (sqlite3_column_int(st, column) != 0) != value;
	sqlite3_reset(st);
	return *done ? db_run(s, set, err, "ii", story, (int64_t)value) : SR_OK;
}

static sr_status act_pin(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err)
{
	(void)arena;
	return set_flag(s, c->story, 3, ST_story_pin, c->act == SR_STORE_PIN, done, err);
}

static sr_status act_mute(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err)
{
	(void)arena;
	return set_flag(s, c->story, 4, ST_story_mute, c->act == SR_STORE_MUTE, done, err);
}

static sr_status act_retract(sqlite_store *s, sr_store_correction *c, sr_arena *arena, bool *done, sr_error *err)
{
	(void)arena;
	SR_TRY(need_documents(c, err));
	for (size_t i = 0; i < c->doc_count; i++)
		SR_TRY(need_document(s, c->docs[i], NULL, err));
	for (size_t i = 0; i < c->doc_count; i++) {
		SR_TRY(db_run(s, ST_document_retract, err, "ii", c->docs[i], (int64_t)(c->act == SR_STORE_RETRACT)));
		*done |= sqlite3_changes(s->db) > 0;
	}
	return SR_OK;
}

static const act_fn acts[] = {
	[SR_STORE_MERGE] = act_merge,     [SR_STORE_SPLIT] = act_split,     [SR_STORE_PIN] = act_pin,
	[SR_STORE_UNPIN] = act_pin,       [SR_STORE_MUTE] = act_mute,       [SR_STORE_UNMUTE] = act_mute,
	[SR_STORE_RETRACT] = act_retract, [SR_STORE_UNRETRACT] = act_retract,
};
enum { ACTS = sizeof acts / sizeof *acts };

static sr_status record(sqlite_store *s, sr_store_correction *c, sr_error *err)
{
	sr_buf docs;
	sr_str packed;
	sr_buf_init(&docs, 0);
	sr_put_number(&docs, VERSION);
	sr_put_number(&docs, c->doc_count);
	for (size_t i = 0; i < c->doc_count; i++)
		sr_put_signed(&docs, c->docs[i]);
	sr_status status = docs.failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : db_pack(s, sr_buf_str(&docs), &packed, err);
	sr_buf_deinit(&docs);
	SR_TRY(status);
	SR_TRY(db_run(s, ST_correction_insert, err, "ituusbs", (int64_t)c->act, c->at, c->story, c->other, c->new_id, packed, c->note));
	c->number = sqlite3_last_insert_rowid(s->db);
	return SR_OK;
}

sr_status sqlite_correct(sr_store *store, sr_store_correction *c, sr_arena *arena, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	bool done = false;
	c->number = 0;
	c->at = store->now;
	if ((size_t)c->act >= ACTS)
		return sr_fail(err, SR_E_INVALID, "no such correction");
	SR_TRY(acts[c->act](s, c, arena, &done, err));
	return done ? record(s, c, err) : SR_OK;
}

static sr_status read_correction(sqlite_store *s, sqlite3_stmt *st, sr_arena *arena, sr_store_correction *c, sr_error *err)
{
	bool failed = false;
	sr_str bytes;
	int64_t act = sqlite3_column_int64(st, 1);
	*c = (sr_store_correction){ .number = sqlite3_column_int64(st, 0),
		                        .act = (sr_store_act)act,
		                        .at = db_time(st, 2),
		                        .story = sqlite3_column_int64(st, 3),
		                        .other = sqlite3_column_int64(st, 4),
		                        .new_id = db_text(st, 5, arena, &failed),
		                        .note = db_text(st, 7, arena, &failed) };
	if (failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (act < 0 || act >= ACTS)
		return sr_fail(err, SR_E_CORRUPT, "correction %lld is damaged", (long long)c->number);
	SR_TRY(sr_unpack(s->packer, db_blob(st, 6), SR_STORE_BLOB_MAX, arena, &bytes, err));
	sr_decoder d = { .rest = bytes, .arena = arena };
	sr_get_version(&d, VERSION);
	c->docs = sr_get_array(&d, sizeof *c->docs, &c->doc_count);
	for (size_t i = 0; i < c->doc_count; i++)
		c->docs[i] = sr_get_signed(&d);
	return sr_decoder_end(&d, "a correction", err);
}

sr_status sqlite_corrections(sr_store *store, int64_t after, sr_arena *arena, sr_store_correction **out, size_t *count, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *st;
	bool row;
	SR_VEC(sr_store_correction) list = { 0 };
	SR_TRY(db_bind(s, ST_correction_list, &st, err, "ii", after, (int64_t)SR_STORE_ROWS_MAX));
	for (;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			break;
		sr_store_correction *c = SR_PUSH(arena, &list);
		sr_status status = c ? read_correction(s, st, arena, c, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
		if (status != SR_OK) {
			sqlite3_reset(st);
			return status;
		}
	}
	*out = list.items;
	*count = list.count;
	return SR_OK;
}
