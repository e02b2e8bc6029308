/* The story stream over the store. The stream knows stories by the key of their founding document; the
 * store numbers them. Which number a key has is kept as a profile of the founder, marked with the
 * story's newest document, so that those of the stream's window are found without looking at others.
 *
 * What the stream says while a slice is placed is carried out at the slice's end: stories that join and part
 * again meanwhile leave no trace. Invariant between slices: for every document of the window the
 * store's story is the number of the stream's story. */
#include "archive_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static sr_str key_of(const uint64_t *n) { return sr_str_make((const char *)n, sizeof *n); }

static int64_t map_get(const sr_strmap *map, uint64_t key)
{
	const int64_t *at = sr_strmap_get(map, key_of(&key));
	return at ? *at : 0;
}

static sr_status map_set(sr_strmap *map, uint64_t key, int64_t value, sr_error *err)
{
	int64_t *at = sr_strmap_put(map, key_of(&key));
	if (!at)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*at = value;
	return SR_OK;
}

/* The newest story with a number keeps the way back from the number to the key. */
static sr_status bind(archive_stream *s, uint64_t key, int64_t number, sr_error *err)
{
	SR_TRY(map_set(&s->numbers, key, number, err));
	return map_set(&s->keys, (uint64_t)number, (int64_t)key, err);
}

void archive_stream_drop(sr_archive *a)
{
	sr_story_stream_free(a->stream.stream);
	sr_arena_free(a->stream.arena);
	a->stream = (archive_stream){ 0 };
}

static void drop_all(sr_archive *a)
{
	archive_stream_drop(a);
	sr_arena_free(a->notice_arena);
	a->notice_arena = NULL;
}

sr_status archive_end(sr_archive *a, sr_status status, sr_error *err)
{
	if (status == SR_OK)
		status = sr_store_commit(a->store, err);
	if (status != SR_OK) {
		sr_store_rollback(a->store);
		drop_all(a);
	}
	return status;
}

/* ---- loading ---- */

static sr_status load_story(void *ctx, const sr_store_profile *p, sr_error *err)
{
	sr_archive *a = ctx;
	int64_t number = 0;
	if (p->bytes.len != sizeof number)
		return sr_fail(err, SR_E_CORRUPT, "the store's record of a story's number is damaged");
	memcpy(&number, p->bytes.ptr, sizeof number);
	if (!number) /* merged into another story */
		return SR_OK;
	return bind(&a->stream, (uint64_t)p->doc, number, err);
}

static sr_status load_held(void *ctx, const sr_store_profile *p, sr_error *err)
{
	return map_set(ctx, (uint64_t)p->doc, 1, err);
}

typedef struct importing {
	sr_archive *a;
	sr_strmap held;
} importing;

/* A document whose profile is damaged or of another version is passed over: it stays where it is, and nothing
 * is compared with it. */
static sr_status load_profile(void *ctx, const sr_store_profile *p, sr_error *err)
{
	importing *in = ctx;
	archive_stream *s = &in->a->stream;
	uint64_t doc = (uint64_t)p->doc, story = (uint64_t)map_get(&s->keys, (uint64_t)p->story);
	s->newest = p->doc;
	if (!story)
		return SR_OK; /* in a story of no founder: put there by hand, long ago */
	sr_status status = sr_story_stream_import(s->stream, doc, story, map_get(&in->held, doc) != 0, p->bytes, err);
	return status == SR_E_CORRUPT ? SR_OK : status;
}

/* The key of the story that a number leads to now; 0 if nothing of it is in the window. */
static sr_status key_now(sr_archive *a, int64_t number, sr_arena *arena, uint64_t *key, sr_error *err)
{
	sr_store_story story;
	SR_TRY(sr_store_get_story(a->store, number, arena, &story, err));
	while (story.redirect)
		SR_TRY(sr_store_get_story(a->store, story.redirect, arena, &story, err));
	*key = (uint64_t)map_get(&a->stream.keys, (uint64_t)story.number);
	return SR_OK;
}

static sr_status load_corrections(sr_archive *a, sr_arena *arena, sr_error *err)
{
	sr_store_correction *list;
	size_t count;
	SR_TRY(sr_store_corrections(a->store, 0, arena, &list, &count, err));
	for (size_t i = 0; i < count; i++) {
		uint64_t x, y;
		if (list[i].act != SR_STORE_SPLIT)
			continue;
		SR_TRY(key_now(a, list[i].story, arena, &x, err));
		SR_TRY(key_now(a, list[i].other, arena, &y, err));
		if (x && y && x != y)
			SR_TRY(sr_story_stream_keep_apart(a->stream.stream, x, y, err));
	}
	return SR_OK;
}

/* Document numbers are dense and ascending: the newest ones are those above this. */
static sr_status window_start(sr_archive *a, sr_arena *arena, int64_t *start, sr_error *err)
{
	sr_store_stats stats;
	SR_TRY(sr_store_get_stats(a->store, arena, &stats, err));
	*start = stats.documents - (int64_t)SR_STORY_WINDOW + 1;
	return SR_OK;
}

static sr_status load(sr_archive *a, sr_arena *arena, sr_error *err)
{
	importing in = { .a = a };
	int64_t start;
	a->stream.stream = sr_story_stream_new();
	a->stream.arena = sr_arena_new(0);
	if (!a->stream.stream || !a->stream.arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_strmap_init(&a->stream.numbers, a->stream.arena);
	sr_strmap_init(&a->stream.keys, a->stream.arena);
	sr_strmap_init(&in.held, arena);
	SR_TRY(window_start(a, arena, &start, err));
	SR_TRY(sr_store_each_profile(a->store, KIND_STORY, start, load_story, a, err));
	SR_TRY(sr_store_each_profile(a->store, KIND_HELD, start, load_held, &in.held, err));
	SR_TRY(sr_store_each_profile(a->store, KIND_STREAM, start, load_profile, &in, err));
	return load_corrections(a, arena, err);
}

sr_status archive_stream_ready(sr_archive *a, sr_error *err)
{
	bool changed;
	SR_TRY(sr_store_changed(a->store, &changed, err));
	if (changed) /* what other programs wrote since is not in what we hold */
		drop_all(a);
	if (a->stream.stream)
		return SR_OK;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? load(a, arena, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_arena_free(arena);
	if (status != SR_OK)
		archive_stream_drop(a);
	return status;
}

/* ---- placing ---- */

static sr_status take_events(archive_stream *s, sr_error *err)
{
	size_t n;
	const sr_story_event *events = sr_story_stream_events(s->stream, &n);
	for (size_t i = 0; i < n; i++) {
		sr_story_event *e = SR_PUSH(s->arena, &s->events);
		if (!e)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		*e = events[i];
	}
	return SR_OK;
}

sr_status archive_keep_profile(sr_archive *a, const sr_story_stream *stream, int64_t doc, sr_error *err)
{
	sr_buf profile;
	sr_buf_init(&profile, SR_STORE_BLOB_MAX);
	sr_status status = sr_story_stream_export(stream, (uint64_t)doc, &profile, err);
	if (status == SR_OK)
		status = sr_store_put_profile(a->store, KIND_STREAM, doc, doc, sr_buf_str(&profile), err);
	sr_buf_deinit(&profile);
	return status;
}

sr_status archive_stream_place(sr_archive *a, int64_t doc, const sr_document *d, sr_error *err)
{
	archive_stream *s = &a->stream;
	SR_TRY(sr_story_stream_place(s->stream, (uint64_t)doc, d, err));
	SR_TRY(take_events(s, err));
	s->newest = doc;
	return archive_keep_profile(a, s->stream, doc, err);
}

/* ---- carrying out ---- */

/* A new story of the store for a key; the name of its founder is its id. */
static sr_status make_story(sr_archive *a, uint64_t key, int64_t *number, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_store_loaded founder = { 0 };
	sr_status status = arena ? sr_store_load(a->store, (int64_t)key, 0, SR_STORE_DOCUMENT, arena, &founder, err)
	                         : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK) {
		sr_str id = sr_archive_story_name(founder.doc, arena);
		status = id.len ? sr_store_new_story(a->store, id, number, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	if (status == SR_OK)
		status = bind(&a->stream, key, *number, err);
	sr_arena_free(arena);
	return status;
}

static sr_status number_of(sr_archive *a, uint64_t key, int64_t *number, sr_error *err)
{
	*number = map_get(&a->stream.numbers, key);
	return *number ? SR_OK : make_story(a, key, number, err);
}

/* Where a story's documents are now, if it was merged into another and not split off again. */
static uint64_t merged_into(const archive_stream *s, uint64_t key)
{
	for (size_t i = 0; i < s->events.count; i++) {
		const sr_story_event *e = &s->events.items[i];
		if (e->change == SR_STORY_MERGED && e->other == key) {
			bool back = false;
			for (size_t k = i + 1; k < s->events.count && !back; k++)
				back = s->events.items[k].change == SR_STORY_SPLIT && s->events.items[k].story == key;
			if (!back)
				return e->story;
		}
	}
	return 0;
}

/* The story that the documents of a key ended in. */
static uint64_t final_of(const archive_stream *s, uint64_t key)
{
	for (uint64_t next; (next = merged_into(s, key)) != 0;)
		key = next;
	return key;
}

/* Remembers the story's number with its founder, as of the newest document. */
static sr_status keep_number(sr_archive *a, uint64_t key, int64_t number, sr_error *err)
{
	return sr_store_put_profile(a->store, KIND_STORY, (int64_t)key, a->stream.newest, sr_str_make((const char *)&number, sizeof number), err);
}

sr_status archive_stream_bind(sr_archive *a, int64_t key, int64_t number, sr_error *err)
{
	SR_TRY(number ? bind(&a->stream, (uint64_t)key, number, err) : map_set(&a->stream.numbers, (uint64_t)key, 0, err));
	return keep_number(a, (uint64_t)key, number, err);
}

int64_t archive_stream_key(const sr_archive *a, int64_t number)
{
	return a->stream.stream ? map_get(&a->stream.keys, (uint64_t)number) : 0;
}

/* Stories of earlier slices that are no more. Their key is free for a new story, should it come back. */
static sr_status join_stories(sr_archive *a, sr_error *err)
{
	archive_stream *s = &a->stream;
	for (size_t i = 0; i < s->events.count; i++) {
		const sr_story_event *e = &s->events.items[i];
		int64_t from = e->change == SR_STORY_MERGED ? map_get(&s->numbers, e->other) : 0, into;
		uint64_t final = from ? final_of(s, e->other) : 0;
		if (!from || final == e->other)
			continue;
		SR_TRY(number_of(a, final, &into, err));
		SR_TRY(sr_store_join(a->store, into, from, err));
		SR_TRY(archive_note_join(a, into, from, err));
		SR_TRY(archive_stream_bind(a, (int64_t)e->other, 0, err));
		SR_TRY(archive_mark_due(a, into, SR_STR("merge"), err));
	}
	return SR_OK;
}

static sr_status move_document(sr_archive *a, const sr_story_event *e, sr_error *err)
{
	archive_stream *s = &a->stream;
	uint64_t key = sr_story_stream_story(s->stream, e->doc);
	int64_t number, left = e->change == SR_STORY_MOVED ? map_get(&s->numbers, e->other) : 0;
	SR_TRY(number_of(a, key ? key : final_of(s, e->story), &number, err));
	SR_TRY(sr_store_place(a->store, (int64_t)e->doc, number, err));
	SR_TRY(keep_number(a, (uint64_t)map_get(&s->keys, (uint64_t)number), number, err));
	if (left && left != number)
		SR_TRY(archive_mark_due(a, left, SR_STR("split"), err));
	return archive_mark_due(a, number, e->change == SR_STORY_MOVED ? SR_STR("split") : SR_STR("new documents"), err);
}

sr_status archive_stream_apply(sr_archive *a, sr_error *err)
{
	archive_stream *s = &a->stream;
	SR_TRY(join_stories(a, err));
	for (size_t i = 0; i < s->events.count; i++)
		if (s->events.items[i].change == SR_STORY_JOINED || s->events.items[i].change == SR_STORY_MOVED)
			SR_TRY(move_document(a, &s->events.items[i], err));
	s->events.count = 0;
	return SR_OK;
}

sr_status archive_mark_due(sr_archive *a, int64_t story, sr_str reason, sr_error *err)
{
	int64_t key = archive_stream_key(a, story);
	char bytes[64];
	sr_arena *arena = NULL;
	sr_status status = SR_OK;
	sr_store_ids members = { 0 };
	if (!key) { /* an old story: any document of it will do for the mark */
		arena = sr_arena_new(0);
		status = arena ? sr_store_members(a->store, story, arena, &members, NULL, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
		key = status == SR_OK && members.count ? members.items[0] : 0;
	}
	snprintf(bytes, sizeof bytes, "%" PRId64 " %.*s", story, SR_FMT(reason));
	if (status == SR_OK && key)
		status = sr_store_put_profile(a->store, KIND_DUE, key, 0, sr_str_c(bytes), err);
	sr_arena_free(arena);
	return status;
}
