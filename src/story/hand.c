/* Corrections by hand. What is held stays where it is: see link.c for how the stream heeds it. */
#include "internal.h"

#include <stdlib.h>

/* Holds the documents of the story that are in the window. */
static void hold(sr_story_stream *s, uint64_t key)
{
	const story *st = story_find(s, key);
	for (uint32_t i = 0; st && i < st->count; i++)
		doc_at(s, st->docs[i])->held = true;
}

static sr_status report(sr_status status, sr_error *err)
{
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}

/* Stories that become one are not kept apart any longer. */
static void forget_apart(sr_story_stream *s, uint64_t a, uint64_t b)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->apart_count; i++)
		if (!((s->apart[i].a == a && s->apart[i].b == b) || (s->apart[i].a == b && s->apart[i].b == a)))
			s->apart[kept++] = s->apart[i];
	s->apart_count = kept;
}

sr_status sr_story_stream_merge(sr_story_stream *s, uint64_t into, uint64_t other, sr_error *err)
{
	s->event_count = 0;
	if (!into || !other || into == other)
		return sr_fail(err, SR_E_USAGE, "a story cannot be merged into itself");
	forget_apart(s, into, other);
	sr_status status = story_end_in(s, into, other);
	if (status == SR_OK)
		status = stream_tell(s, SR_STORY_MERGED, 0, into, other);
	hold(s, into);
	return report(status, err);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static sr_status split_off(sr_story_stream *s, uint64_t from, const uint32_t *docs, size_t count, uint64_t made)
{
	SR_TRY(stream_tell(s, SR_STORY_SPLIT, 0, made, from));
	for (size_t i = 0; i < count; i++) {
		if (doc_at(s, docs[i])->story == made) /* listed twice */
			continue;
		SR_TRY(story_move(s, docs[i], made));
		SR_TRY(stream_tell(s, SR_STORY_MOVED, doc_at(s, docs[i])->key, made, from));
	}
	hold(s, made);
	hold(s, from);
	return SR_OK;
}

sr_status sr_story_stream_split(sr_story_stream *s, uint64_t from, const uint64_t *docs, size_t count, uint64_t *made, sr_error *err)
{
	s->event_count = 0;
	if (!count)
		return sr_fail(err, SR_E_USAGE, "no document to split off");
	uint32_t *numbers = malloc(count * sizeof *numbers);
	if (!numbers)
		return report(SR_E_NOMEM, err);
	for (size_t i = 0; i < count; i++) {
		numbers[i] = window_find(s, docs[i]);
		if (numbers[i] == UINT32_MAX || doc_at(s, numbers[i])->story != from) {
			free(numbers);
			return sr_fail(err, SR_E_NOT_FOUND, "document %llu is not of the story, or has left the window", (unsigned long long)docs[i]);
		}
	}
	qsort(numbers, count, sizeof *numbers, by_number);
	*made = story_new_name(s, numbers, (uint32_t)count);
	sr_status status = split_off(s, from, numbers, count, *made);
	free(numbers);
	return status == SR_OK ? sr_story_stream_keep_apart(s, from, *made, err) : report(status, err);
}

sr_status sr_story_stream_pin(sr_story_stream *s, uint64_t doc, uint64_t to, sr_error *err)
{
	s->event_count = 0;
	uint32_t number = window_find(s, doc);
	if (number == UINT32_MAX || !to)
		return sr_fail(err, SR_E_NOT_FOUND, "document %llu has left the window", (unsigned long long)doc);
	profile *p = doc_at(s, number);
	uint64_t from = p->story;
	sr_status status = story_move(s, number, to);
	p->held = true;
	if (status == SR_OK && from != to)
		status = stream_tell(s, SR_STORY_MOVED, doc, to, from);
	return report(status, err);
}

sr_status sr_story_stream_keep_apart(sr_story_stream *s, uint64_t a, uint64_t b, sr_error *err)
{
	if (stream_is_apart(s, a, b))
		return SR_OK;
	sr_status status = window_grow((void **)&s->apart, &s->apart_capacity, s->apart_count, sizeof *s->apart);
	if (status == SR_OK)
		s->apart[s->apart_count++] = (apart){ a, b };
	return report(status, err);
}
