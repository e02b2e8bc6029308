/* The window: a ring of the newest documents, with lists by term, counts, and their stories.
 *
 * A list of a term runs from its newest document to older ones through the terms themselves, so that a
 * document that leaves the window needs no unlinking: a list ends where it leads out of the window. Terms
 * whose hashes share a list are told apart by the hash. Counts are of lists; that terms share one makes a rare
 * term look less rare, never the other way. */
#include "internal.h"

#include "sitrep/base/pages.h"

#include <stdlib.h>
#include <string.h>

sr_story_stream *sr_story_stream_new(void)
{
	sr_story_stream *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->stemmer = sr_stemmer_new();
	s->temporal = sr_temporal_new(NULL);
	s->docs = calloc(WINDOW, sizeof *s->docs);
	s->by_hash = sr_pages_new(sizeof *s->by_hash);
	s->score = calloc(WINDOW, sizeof *s->score);
	s->touched = calloc(WINDOW, sizeof *s->touched);
	s->member = calloc(WINDOW, sizeof *s->member);
	if (s->stemmer && s->temporal && s->docs && s->by_hash && s->score && s->touched && s->member) {
		profile_know_common(s);
		return s;
	}
	sr_story_stream_free(s);
	return NULL;
}

void sr_story_stream_free(sr_story_stream *s)
{
	if (!s)
		return;
	for (uint32_t i = s->first; i < s->next; i++)
		profile_free(doc_at(s, i));
	for (size_t i = 0; i < s->story_count; i++)
		free(s->stories[i].docs);
	sr_stemmer_free(s->stemmer);
	sr_temporal_free(s->temporal);
	sr_pages_free(s->by_hash, sizeof *s->by_hash);
	void *const owned[] = { s->docs, s->stories, s->apart, s->events, s->score, s->touched, s->member };
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	free(s);
}

sr_status window_grow(void **items, size_t *capacity, size_t count, size_t size)
{
	if (count < *capacity)
		return SR_OK;
	size_t wanted = *capacity ? *capacity * 2 : 16;
	void *grown = realloc(*items, wanted * size);
	if (!grown)
		return SR_E_NOMEM;
	*items = grown;
	*capacity = wanted;
	return SR_OK;
}

sr_status stream_tell(sr_story_stream *s, sr_story_change change, uint64_t doc, uint64_t story_key, uint64_t other)
{
	SR_TRY(window_grow((void **)&s->events, &s->event_capacity, s->event_count, sizeof *s->events));
	s->events[s->event_count++] = (sr_story_event){ change, doc, story_key, other };
	return SR_OK;
}

const sr_story_event *sr_story_stream_events(const sr_story_stream *s, size_t *count)
{
	*count = s->event_count;
	return s->events;
}

/* The place of the key in the table, or where it belongs. */
static size_t story_place(const sr_story_stream *s, uint64_t key)
{
	size_t low = 0, high = s->story_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (s->stories[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

story *story_find(const sr_story_stream *s, uint64_t key)
{
	size_t at = story_place(s, key);
	return at < s->story_count && s->stories[at].key == key ? &s->stories[at] : NULL;
}

static story *story_make(sr_story_stream *s, uint64_t key)
{
	size_t at = story_place(s, key);
	if (at < s->story_count && s->stories[at].key == key)
		return &s->stories[at];
	if (window_grow((void **)&s->stories, &s->story_capacity, s->story_count, sizeof *s->stories) != SR_OK)
		return NULL;
	memmove(s->stories + at + 1, s->stories + at, (s->story_count - at) * sizeof *s->stories);
	s->story_count++;
	s->stories[at] = (story){ .key = key };
	return &s->stories[at];
}

static uint32_t doc_place(const story *st, uint32_t doc)
{
	uint32_t low = 0, high = st->count;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (st->docs[mid] < doc)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void story_drop(sr_story_stream *s, uint64_t key, uint32_t doc)
{
	story *st = story_find(s, key);
	uint32_t at = st ? doc_place(st, doc) : 0;
	if (!st || at == st->count || st->docs[at] != doc)
		return;
	memmove(st->docs + at, st->docs + at + 1, (st->count - at - 1) * sizeof *st->docs);
	if (--st->count > 0)
		return;
	free(st->docs);
	memmove(st, st + 1, (size_t)(s->stories + s->story_count - st - 1) * sizeof *st);
	s->story_count--;
}

static sr_status story_put(sr_story_stream *s, uint64_t key, uint32_t doc)
{
	story *st = story_make(s, key);
	if (!st)
		return SR_E_NOMEM;
	if (st->count == st->capacity) {
		uint32_t capacity = st->capacity ? st->capacity * 2 : 4;
		uint32_t *grown = realloc(st->docs, capacity * sizeof *grown);
		if (!grown)
			return SR_E_NOMEM;
		st->docs = grown;
		st->capacity = capacity;
	}
	uint32_t at = doc_place(st, doc);
	memmove(st->docs + at + 1, st->docs + at, (st->count - at) * sizeof *st->docs);
	st->docs[at] = doc;
	st->count++;
	return SR_OK;
}

sr_status story_move(sr_story_stream *s, uint32_t doc, uint64_t key)
{
	profile *p = doc_at(s, doc);
	if (p->story == key)
		return SR_OK;
	SR_TRY(story_put(s, key, doc));
	story_drop(s, p->story, doc);
	p->story = key;
	return SR_OK;
}

void window_count_terms(sr_story_stream *s, const profile *p, int step)
{
	for (uint32_t i = 0; i < p->count; i++)
		s->by_hash->df[p->terms[i].hash % HEADS] = (uint16_t)(s->by_hash->df[p->terms[i].hash % HEADS] + step);
}

void window_count_paragraphs(sr_story_stream *s, const uint32_t *paragraphs, uint32_t count, int step)
{
	for (uint32_t i = 0; i < count; i++)
		s->by_hash->furniture[paragraphs[i] % FURNITURE] += (uint32_t)step;
}

static void window_count(sr_story_stream *s, const profile *p, int step)
{
	window_count_terms(s, p, step);
	window_count_paragraphs(s, p->paragraphs, p->paragraph_count, step);
}

static void drop_oldest(sr_story_stream *s)
{
	profile *p = doc_at(s, s->first);
	window_count(s, p, -1);
	story_drop(s, p->story, s->first);
	profile_free(p);
	s->first++;
}

sr_status window_push(sr_story_stream *s, profile *p, uint64_t story_key)
{
	if (s->next - s->first == WINDOW)
		drop_oldest(s);
	uint32_t number = s->next;
	SR_TRY(story_put(s, story_key, number));
	p->story = story_key;
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t list = p->terms[i].hash % HEADS;
		p->terms[i].prev = s->by_hash->head[list];
		p->terms[i].prev_term = s->by_hash->head_term[list];
		s->by_hash->head[list] = number + 1;
		s->by_hash->head_term[list] = (uint16_t)i;
	}
	if (!s->ahead)
		window_count(s, p, 1);
	*doc_at(s, number) = *p;
	s->next++;
	return SR_OK;
}

uint32_t window_find(const sr_story_stream *s, uint64_t key)
{
	uint32_t low = s->first, high = s->next;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (doc_at(s, mid)->key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->next && doc_at(s, low)->key == key ? low : UINT32_MAX;
}

uint64_t sr_story_stream_story(const sr_story_stream *s, uint64_t doc)
{
	uint32_t at = window_find(s, doc);
	return at == UINT32_MAX ? 0 : doc_at(s, at)->story;
}

bool sr_story_stream_is_held(const sr_story_stream *s, uint64_t doc)
{
	uint32_t at = window_find(s, doc);
	return at != UINT32_MAX && doc_at(s, at)->held;
}

bool stream_is_apart(const sr_story_stream *s, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < s->apart_count; i++)
		if ((s->apart[i].a == a && s->apart[i].b == b) || (s->apart[i].a == b && s->apart[i].b == a))
			return true;
	return false;
}
