/* All documents of a run at once: stories, in order, with their origins. */
#include "internal.h"

#include <stdlib.h>

sr_str sr_story_name(const sr_document *doc, unsigned letters, sr_arena *arena)
{
	static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
	sr_str hash = doc->sha256.len ? doc->sha256 : doc->id;
	char *id = sr_arena_alloc(arena, letters + 1);
	/* FNV spreads what hex digits hold over all bits */
	uint64_t bits = sr_str_hash(hash) ^ sr_str_hash(doc->id.len && !doc->sha256.len ? doc->id : hash) >> 7;
	for (unsigned i = 0; id && i < letters; i++, bits = bits >> 5 | bits << 59)
		id[i] = alphabet[bits & 31];
	return sr_str_make(id, id ? letters : 0);
}

typedef struct entry {
	sr_time published;
	sr_str hash, id;
	uint32_t doc;
} entry;

static int by_publication(const void *a, const void *b)
{
	const entry *x = a, *y = b;
	int c = sr_time_cmp(x->published, y->published);
	/* documents of one moment are told apart by what they are, not by which came first */
	if (!c)
		c = sr_str_cmp(x->hash, y->hash);
	if (!c)
		c = sr_str_cmp(x->id, y->id);
	return c ? c : (x->doc > y->doc) - (x->doc < y->doc);
}

typedef struct ranked {
	sr_story story;
	uint32_t first;
} ranked;

static int by_size(const void *a, const void *b)
{
	const ranked *x = a, *y = b;
	if (x->story.doc_count != y->story.doc_count)
		return x->story.doc_count < y->story.doc_count ? 1 : -1;
	return (x->first > y->first) - (x->first < y->first);
}

/* Fills one story from its members, which are in the order given. */
static sr_status fill(sr_document *const *docs, entry *members, size_t count, sr_arena *arena, sr_story *out, sr_error *err)
{
	for (size_t i = 0; i < count; i++) {
		members[i].hash = docs[members[i].doc]->sha256;
		members[i].id = docs[members[i].doc]->id;
	}
	qsort(members, count, sizeof *members, by_publication);
	out->docs = SR_NEW_ARRAY(arena, uint32_t, count);
	out->origin = SR_NEW_ARRAY(arena, uint32_t, count);
	sr_document **own = SR_NEW_ARRAY(arena, sr_document *, count);
	if (!out->docs || !out->origin || !own)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < count; i++) {
		out->docs[i] = members[i].doc;
		own[i] = docs[members[i].doc];
	}
	out->doc_count = count;
	return sr_story_origins(own, count, out->origin, &out->origin_count, err);
}

/* A story is named after its first report, in whatever order its documents were given. */
static bool unique_ids(ranked *all, size_t count, sr_document *const *docs, sr_arena *arena)
{
	sr_strmap seen;
	sr_strmap_init(&seen, arena);
	for (size_t i = 0; i < count; i++)
		for (unsigned letters = 6; letters <= 12; letters++) {
			all[i].story.id = sr_story_name(docs[all[i].story.docs[0]], letters, arena);
			int64_t *slot = sr_strmap_put(&seen, all[i].story.id);
			if (!slot)
				return false;
			/* the same bytes given twice under two stories: told apart by length alone */
			if (!*slot || letters == 12) {
				*slot = 1;
				break;
			}
		}
	return true;
}

/* Which documents each story has, in rings that a document leaves and two stories join in one step. Keys are
 * places in the order of coming + 1; nothing is held by hand here, so that no story has a key beyond them. */
typedef struct roll {
	uint32_t *next, *prev; /* of a document: its neighbours in the ring of its story */
	uint32_t *some;        /* of a story: one of its documents + 1, or 0 */
} roll;

static void roll_leave(roll *r, uint32_t story_index, uint32_t doc)
{
	uint32_t next = r->next[doc];
	r->next[r->prev[doc]] = next;
	r->prev[next] = r->prev[doc];
	if (r->some[story_index] == doc + 1)
		r->some[story_index] = next == doc ? 0 : next + 1;
	r->next[doc] = r->prev[doc] = doc;
}

/* Joins the ring of `doc` to the story's. */
static void roll_join(roll *r, uint32_t story_index, uint32_t doc)
{
	if (!r->some[story_index]) {
		r->some[story_index] = doc + 1;
		return;
	}
	uint32_t at = r->some[story_index] - 1, after = r->next[at], last = r->prev[doc];
	r->next[at] = doc;
	r->prev[doc] = at;
	r->next[last] = after;
	r->prev[after] = last;
}

static void roll_apply(roll *r, const sr_story_event *e, const uint32_t *order)
{
	uint32_t to = (uint32_t)(e->story - 1), from = (uint32_t)(e->other - 1), doc = e->doc ? order[e->doc - 1] : 0;
	switch (e->change) {
	case SR_STORY_JOINED:
		r->next[doc] = r->prev[doc] = doc;
		roll_join(r, to, doc);
		break;
	case SR_STORY_MOVED:
		roll_leave(r, from, doc);
		roll_join(r, to, doc);
		break;
	case SR_STORY_MERGED:
		roll_join(r, to, r->some[from] - 1);
		r->some[from] = 0;
		break;
	case SR_STORY_SPLIT:
		break;
	}
}

/* The stories in order of their first document. */
static sr_status gather(const roll *r, sr_document *const *docs, size_t count, sr_arena *arena, sr_arena *scratch, ranked **out, size_t *stories,
                        sr_error *err)
{
	entry *members = SR_NEW_ARRAY(scratch, entry, count + 1);
	ranked *all = *out = SR_NEW_ARRAY(scratch, ranked, count + 1);
	if (!members || !all)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*stories = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (!r->some[i])
			continue;
		uint32_t first = r->some[i] - 1, at = first, start = UINT32_MAX, n = 0;
		do {
			members[n++] = (entry){ .published = docs[at]->published, .doc = at };
			start = at < start ? at : start;
			at = r->next[at];
		} while (at != first);
		ranked *found = &all[(*stories)++];
		found->first = start;
		SR_TRY(fill(docs, members, n, arena, &found->story, err));
	}
	return SR_OK;
}

static void apply_events(const sr_story_stream *stream, roll *r, const uint32_t *order)
{
	size_t events;
	const sr_story_event *e = sr_story_stream_events(stream, &events);
	for (size_t k = 0; k < events; k++)
		roll_apply(r, &e[k], order);
}

/* More documents than the window holds come as they come. */
static sr_status place_as_given(sr_story_stream *stream, sr_document *const *docs, size_t count, const uint32_t *order, roll *r, sr_error *err)
{
	for (size_t i = 0; i < count; i++) {
		SR_TRY(sr_story_stream_place(stream, i + 1, docs[i], err));
		apply_events(stream, r, order);
	}
	return SR_OK;
}

/* Up to then all are at hand: terms are weighed by all of them, and they come in order of publication, or by what
 * they are where that is the same or not known. The order in which they were given then changes nothing. */
static sr_status place_together(sr_story_stream *stream, sr_document *const *docs, size_t count, const uint32_t *order, roll *r, sr_arena *scratch)
{
	uint32_t paragraphs[PARAGRAPHS_MAX];
	profile *profiles = SR_NEW_ARRAY(scratch, profile, count + 1);
	if (!profiles)
		return SR_E_NOMEM;
	stream->ahead = (uint32_t)count;
	for (size_t i = 0; i < count; i++)
		window_count_paragraphs(stream, paragraphs, profile_paragraphs(docs[i], paragraphs), 1);
	sr_status status = SR_OK;
	size_t placed = 0;
	for (size_t i = 0; i < count && status == SR_OK; i++) {
		status = profile_read(stream, docs[order[i]], &profiles[i]);
		if (status == SR_OK)
			window_count_terms(stream, &profiles[i], 1);
	}
	for (; placed < count && status == SR_OK; placed++) {
		status = place_profile(stream, placed + 1, &profiles[placed]);
		if (status == SR_OK)
			apply_events(stream, r, order);
	}
	for (size_t i = placed; i < count; i++)
		profile_free(&profiles[i]);
	return status;
}

static sr_status place_all(sr_story_stream *stream, sr_document *const *docs, size_t count, sr_arena *scratch, roll *r, sr_error *err)
{
	entry *entries = SR_NEW_ARRAY(scratch, entry, count + 1);
	uint32_t *order = SR_NEW_ARRAY(scratch, uint32_t, count + 1);
	r->next = SR_NEW_ARRAY(scratch, uint32_t, count + 1);
	r->prev = SR_NEW_ARRAY(scratch, uint32_t, count + 1);
	r->some = SR_NEW_ARRAY(scratch, uint32_t, count + 1);
	if (!entries || !order || !r->next || !r->prev || !r->some)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (uint32_t i = 0; i < count; i++)
		entries[i] = (entry){ docs[i]->published, docs[i]->sha256, docs[i]->id, i };
	if (count && count <= SR_STORY_WINDOW)
		qsort(entries, count, sizeof *entries, by_publication);
	for (size_t i = 0; i < count; i++)
		order[i] = entries[i].doc;
	if (count > SR_STORY_WINDOW)
		return place_as_given(stream, docs, count, order, r, err);
	sr_status status = place_together(stream, docs, count, order, r, scratch);
	return status == SR_OK ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

sr_status sr_story_group(sr_document *const *docs, size_t count, sr_arena *arena, sr_story **stories, size_t *story_count, sr_error *err)
{
	sr_story_stream *stream = sr_story_stream_new();
	sr_arena *scratch = sr_arena_new(0);
	ranked *all = NULL;
	roll r = { 0 };
	*stories = NULL;
	*story_count = 0;
	sr_status status = stream && scratch ? place_all(stream, docs, count, scratch, &r, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK && r.some)
		status = gather(&r, docs, count, arena, scratch, &all, story_count, err);
	if (status == SR_OK && all) {
		qsort(all, *story_count, sizeof *all, by_size);
		*stories = SR_NEW_ARRAY(arena, sr_story, *story_count + 1);
		if (!*stories || !unique_ids(all, *story_count, docs, arena))
			status = sr_fail(err, SR_E_NOMEM, "out of memory");
		for (size_t i = 0; *stories && status == SR_OK && i < *story_count; i++)
			(*stories)[i] = all[i].story;
	}
	sr_arena_free(scratch);
	sr_story_stream_free(stream);
	return status;
}
