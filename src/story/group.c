/* All documents of a run at once: stories, in order, with their origins. */
#include "internal.h"

#include <stdlib.h>

/* Six letters and digits of the first document's hash; more where two stories would share them. */
static sr_str story_id(sr_arena *arena, const sr_document *doc, unsigned letters)
{
	static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint64_t bits = 0;
	sr_str hash = doc->sha256.len ? doc->sha256 : doc->id;
	char *id = sr_arena_alloc(arena, letters + 1);
	/* FNV spreads what hex digits hold over all bits */
	bits = sr_str_hash(hash) ^ sr_str_hash(doc->id.len && !doc->sha256.len ? doc->id : hash) >> 7;
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
	return sr_story_origins(own, count, arena, out->origin, &out->origin_count, err);
}

static bool unique_ids(ranked *all, size_t count, sr_document *const *docs, sr_arena *arena)
{
	sr_strmap seen;
	sr_strmap_init(&seen, arena);
	for (size_t i = 0; i < count; i++)
		for (unsigned letters = 6; letters <= 12; letters++) {
			all[i].story.id = story_id(arena, docs[all[i].first], letters);
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

/* Gathers the members of each story: counting sort by the story's number. */
static sr_status gather(sr_story_stream *stream, sr_document *const *docs, size_t count, sr_arena *arena, sr_arena *scratch, ranked **out, size_t *stories,
                        sr_error *err)
{
	uint32_t *at = SR_NEW_ARRAY(scratch, uint32_t, count + 2);
	entry *members = SR_NEW_ARRAY(scratch, entry, count + 1);
	if (!at || !members)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*stories = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t root = sr_story_stream_find(stream, i);
		at[root + 1]++;
		*stories += root == i;
	}
	for (size_t i = 0; i < count; i++)
		at[i + 1] += at[i];
	ranked *all = *out = SR_NEW_ARRAY(scratch, ranked, *stories + 1);
	if (!all)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (uint32_t i = 0; i < count; i++)
		members[at[sr_story_stream_find(stream, i)]++] = (entry){ .published = docs[i]->published, .doc = i };
	/* at[i] is now the end of story i */
	size_t n = 0, start = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (sr_story_stream_find(stream, i) == i) {
			all[n].first = i;
			SR_TRY(fill(docs, members + start, at[i] - start, arena, &all[n].story, err));
			n++;
		}
		start = at[i];
	}
	return SR_OK;
}

sr_status sr_story_group(sr_document *const *docs, size_t count, sr_arena *arena, sr_story **stories, size_t *story_count, sr_error *err)
{
	sr_story_stream *stream = sr_story_stream_new();
	sr_arena *scratch = sr_arena_new(0);
	ranked *all = NULL;
	uint32_t story;
	*stories = NULL;
	*story_count = 0;
	sr_status status = stream && scratch ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < count && status == SR_OK; i++)
		status = sr_story_stream_add(stream, docs[i], &story, err);
	if (status == SR_OK)
		status = gather(stream, docs, count, arena, scratch, &all, story_count, err);
	if (status == SR_OK && all) {
		qsort(all, *story_count, sizeof *all, by_size);
		*stories = SR_NEW_ARRAY(arena, sr_story, *story_count + 1);
		if (!*stories || !unique_ids(all, *story_count, docs, arena))
			status = sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	for (size_t i = 0; all && i < *story_count && status == SR_OK; i++)
		(*stories)[i] = all[i].story;
	sr_arena_free(scratch);
	sr_story_stream_free(stream);
	return status;
}
