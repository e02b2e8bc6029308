/* What a call changed, by story. Documents are noted as they come and looked up at the end, when every one of
 * them has its story. */
#include "archive_private.h"

#include <stdlib.h>

sr_status archive_report_start(sr_archive *a, sr_error *err)
{
	sr_arena_free(a->report_arena);
	a->report_arena = sr_arena_new(0);
	a->touches = (archive_touches){ 0 };
	a->joins = (archive_joins){ 0 };
	a->known = 0;
	return a->report_arena ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

static sr_status push(sr_archive *a, archive_touch_item item, sr_error *err)
{
	archive_touch_item *t = SR_PUSH(a->report_arena, &a->touches);
	if (!t)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*t = item;
	return SR_OK;
}

static sr_status story_of(sr_archive *a, int64_t doc, int64_t *story, sr_error *err)
{
	sr_store_loaded loaded = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_store_load(a->store, doc, 0, 0, arena, &loaded, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	*story = status == SR_OK ? loaded.story : 0;
	sr_arena_free(arena);
	return status;
}

sr_status archive_touch(sr_archive *a, int64_t doc, archive_touch_kind kind, sr_error *err)
{
	static const char *const reasons[] = { [TOUCH_REVISED] = "revision", [TOUCH_WITHDRAWN] = "withdrawal", [TOUCH_BY_HAND] = "correction by hand" };
	int64_t story = 0;
	SR_TRY(push(a, (archive_touch_item){ .doc = doc, .kind = kind }, err));
	if (kind == TOUCH_ADDED || kind == TOUCH_UNCHANGED) /* the story of a new document is marked when it is placed */
		return SR_OK;
	SR_TRY(story_of(a, doc, &story, err));
	return story ? archive_mark_due(a, story, sr_str_c(reasons[kind]), err) : SR_OK;
}

sr_status archive_touch_story(sr_archive *a, int64_t story, sr_error *err)
{
	return push(a, (archive_touch_item){ .story = story, .kind = TOUCH_STORY }, err);
}

sr_status archive_note_join(sr_archive *a, int64_t into, int64_t from, sr_error *err)
{
	archive_join *j = SR_PUSH(a->report_arena, &a->joins);
	if (!j)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*j = (archive_join){ into, from };
	return SR_OK;
}

static int by_number(const void *x, const void *y)
{
	int64_t a = ((const sr_archive_change *)x)->story, b = ((const sr_archive_change *)y)->story;
	return (a > b) - (a < b);
}

/* The entry of a story, made if it is new. */
static sr_archive_change *entry(sr_strmap *map, archive_changes *list, sr_arena *arena, int64_t story)
{
	int64_t *at = sr_strmap_put(map, sr_str_make((const char *)&story, sizeof story));
	if (!at)
		return NULL;
	if (!*at) {
		sr_archive_change *c = SR_PUSH(arena, list);
		if (!c)
			return NULL;
		c->story = story;
		*at = (int64_t)list->count;
	}
	return &list->items[*at - 1];
}

static sr_status count_touch(sr_archive *a, const archive_touch_item *t, sr_strmap *map, archive_changes *list, sr_arena *arena,
                             sr_archive_report *report, sr_error *err)
{
	int64_t story = t->story;
	if (t->kind == TOUCH_UNCHANGED) {
		report->unchanged++;
		return SR_OK;
	}
	if (!story)
		SR_TRY(story_of(a, t->doc, &story, err));
	report->added += t->kind == TOUCH_ADDED;
	report->revised += t->kind == TOUCH_REVISED;
	if (!story)
		return SR_OK;
	sr_archive_change *c = entry(map, list, arena, story);
	if (!c)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	c->added += t->kind == TOUCH_ADDED;
	c->revised += t->kind == TOUCH_REVISED;
	c->withdrawn += t->kind == TOUCH_WITHDRAWN;
	return SR_OK;
}

static sr_status describe(sr_archive *a, sr_archive_change *c, sr_arena *arena, sr_error *err)
{
	sr_store_story s;
	SR_TRY(sr_store_get_story(a->store, c->story, arena, &s, err));
	c->id = s.id;
	c->title = s.title;
	c->documents = s.documents;
	c->origins = s.origins;
	c->edition = s.edition;
	c->joined = SR_NEW_ARRAY(arena, sr_str, a->joins.count + 1);
	if (!c->joined)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < a->joins.count; i++) {
		if (a->joins.items[i].into != c->story)
			continue;
		SR_TRY(sr_store_get_story(a->store, a->joins.items[i].from, arena, &s, err));
		c->joined[c->joined_count++] = s.id;
	}
	return SR_OK;
}

sr_status archive_report(sr_archive *a, sr_arena *arena, sr_archive_report *report, sr_error *err)
{
	sr_strmap map;
	archive_changes list = { 0 };
	sr_strmap_init(&map, arena);
	for (size_t i = 0; i < a->touches.count; i++)
		SR_TRY(count_touch(a, &a->touches.items[i], &map, &list, arena, report, err));
	if (list.count)
		qsort(list.items, list.count, sizeof *list.items, by_number);
	for (size_t i = 0; i < list.count; i++)
		SR_TRY(describe(a, &list.items[i], arena, err));
	report->stories = list.items;
	report->story_count = list.count;
	report->known = a->known;
	return SR_OK;
}
