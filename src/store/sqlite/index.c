/* What the filters of a search look in: names and places spoken of, and days. */
#include "sqlite_store.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"

#include <stdio.h>

#define NAME_PLACE 4 /* after the types of entities: a place that the gazetteer knows */
#define DAYS_APART_MAX 7 /* a longer stretch counts for its first and last day */

/* The number of a folded name, made if new; 0 for a name without letters. */
static sr_status name_number(sqlite_store *s, int64_t type, sr_str name, sr_arena *arena, int64_t *out, sr_error *err)
{
	bool found;
	sr_str folded = sr_str_trim(sr_fold_dup(arena, name));
	*out = 0;
	if (!folded.len || folded.len > SR_STORE_NAME_MAX)
		return SR_OK;
	SR_TRY(db_number(s, ST_mention_name_find, out, &found, err, "is", type, folded));
	if (found)
		return SR_OK;
	SR_TRY(db_run(s, ST_mention_name_insert, err, "is", type, folded));
	*out = sqlite3_last_insert_rowid(s->db);
	return SR_OK;
}

/* Names of one thing, each once, up to the ceiling. */
typedef struct mentions {
	sqlite_store *s;
	sr_arena *arena;
	sr_strmap seen;
	statement put;
	int64_t owner;
} mentions;

static sr_status mention(mentions *m, int64_t type, sr_str name, sr_error *err)
{
	int64_t number;
	sr_str key = sr_str_printf(m->arena, "%d %.*s", (int)type, SR_FMT(name));
	if (m->seen.count >= SR_STORE_MENTIONS_MAX || sr_strmap_get(&m->seen, key))
		return SR_OK;
	if (!sr_strmap_put(&m->seen, key))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(name_number(m->s, type, name, m->arena, &number, err));
	return number ? db_run(m->s, m->put, err, "ii", number, m->owner) : SR_OK;
}

static sr_status mention_document(mentions *m, const sr_store_document *in, sr_error *err)
{
	for (size_t i = 0; i < in->place_count; i++)
		SR_TRY(mention(m, NAME_PLACE, in->places[i].name, err));
	for (size_t i = 0; in->reading && i < in->reading->entity_count; i++)
		SR_TRY(mention(m, (int64_t)in->reading->entities[i].type, in->reading->entities[i].name, err));
	return SR_OK;
}

static sr_status put_days(sqlite_store *s, int64_t doc, const sr_reading *r, sr_error *err)
{
	size_t n = 0;
	for (size_t i = 0; i < r->time_count && n < SR_STORE_DAYS_MAX; i++) {
		const sr_timex *t = &r->times[i];
		bool begins = t->begin.precision >= SR_PRECISION_DAY, ends = t->end.precision >= SR_PRECISION_DAY;
		if (t->type > SR_TIMEX_TIME || (!begins && !ends))
			continue;
		int32_t first = begins ? sr_days_from_civil(t->begin.year, t->begin.month, t->begin.day) : 0;
		int32_t last = ends ? sr_days_from_civil(t->end.year, t->end.month, t->end.day) : first;
		first = begins ? first : last;
		int32_t step = last - first > DAYS_APART_MAX ? last - first : 1;
		for (int32_t day = first; day <= last && n < SR_STORE_DAYS_MAX; day += step, n++)
			SR_TRY(db_run(s, ST_day_put, err, "ii", (int64_t)day, doc));
	}
	return SR_OK;
}

static sr_status begin_mentions(mentions *m, sr_error *err)
{
	m->arena = sr_arena_new(0);
	if (!m->arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_strmap_init(&m->seen, m->arena);
	return SR_OK;
}

sr_status index_mentions(sqlite_store *s, int64_t doc, const sr_store_document *in, sr_error *err)
{
	mentions m = { .s = s, .put = ST_mention_put, .owner = doc };
	SR_TRY(db_run(s, ST_mention_clear, err, "i", doc));
	SR_TRY(db_run(s, ST_day_clear, err, "i", doc));
	SR_TRY(begin_mentions(&m, err));
	sr_status status = mention_document(&m, in, err);
	sr_arena_free(m.arena);
	return status == SR_OK && in->reading ? put_days(s, doc, in->reading, err) : status;
}

sr_status index_story_mentions(sqlite_store *s, int64_t story, const sr_store_about *about, sr_error *err)
{
	mentions m = { .s = s, .put = ST_story_mention_put, .owner = story };
	SR_TRY(db_run(s, ST_story_mention_clear, err, "i", story));
	SR_TRY(begin_mentions(&m, err));
	sr_status status = SR_OK;
	for (size_t i = 0; status == SR_OK && i < about->place_count; i++)
		status = mention(&m, NAME_PLACE, about->places[i].name, err);
	for (size_t i = 0; status == SR_OK && i < about->entity_count; i++)
		status = mention(&m, (int64_t)about->entities[i].type, about->entities[i].name, err);
	sr_arena_free(m.arena);
	return status;
}
