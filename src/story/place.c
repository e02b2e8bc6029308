/* Placing a document: the stories that it is near to are parted anew, it among them, and what comes of it is
 * told as events.
 *
 * Names. Each old story has an heir among the new clusters: the one that holds its founder, else the one with
 * most of its documents. A cluster is called by the least of the stories that it is heir to (those end in
 * it); a cluster that is heir to none is a new story. Documents held by hand decide before all that. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct old_story {
	uint64_t key;
	uint16_t heir;
	uint32_t most; /* documents of it in its heir; UINT32_MAX where the heir is certain */
} old_story;

typedef struct component {
	uint32_t *members; /* numbers, ascending */
	uint64_t *was;     /* their stories before */
	uint16_t *group;
	uint64_t *name;    /* by group: its story, 0 if not known yet */
	old_story *stories;
	uint32_t count, story_count;
} component;

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static int by_score(const void *a, const void *b)
{
	const edge *x = a, *y = b;
	return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : (x->doc > y->doc) - (x->doc < y->doc);
}

/* A story joins the component with its newest documents, as far as there is room. */
static void take_story(const sr_story_stream *s, component *c, uint64_t key)
{
	for (uint32_t i = 0; i < c->story_count; i++)
		if (c->stories[i].key == key)
			return;
	const story *st = story_find(s, key);
	uint32_t room = story_defaults.component - c->count;
	c->stories[c->story_count++] = (old_story){ .key = key };
	for (uint32_t i = st->count > room ? st->count - room : 0; i < st->count; i++)
		c->members[c->count++] = st->docs[i];
}

static void take_near(const sr_story_stream *s, component *c, uint32_t doc)
{
	edge best[EDGES_MAX];
	const profile *p = doc_at(s, doc);
	take_story(s, c, p->story);
	memcpy(best, p->edges, p->edge_count * sizeof *best);
	if (p->edge_count)
		qsort(best, p->edge_count, sizeof *best, by_score);
	for (uint32_t i = 0; i < p->edge_count && c->count < story_defaults.component; i++)
		if ((float)best[i].score >= 256 * story_defaults.near && in_window(s, best[i].doc))
			take_story(s, c, doc_at(s, best[i].doc)->story);
	qsort(c->members, c->count, sizeof *c->members, by_number);
	for (uint32_t i = 0; i < c->count; i++)
		c->was[i] = doc_at(s, c->members[i])->story;
}

/* How sure is it that group g, with these members, is the heir of the story? */
static uint32_t claim_of(const sr_story_stream *s, const component *c, uint64_t key, uint16_t g)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->count; i++) {
		const profile *p = doc_at(s, c->members[i]);
		if (c->group[i] != g || c->was[i] != key)
			continue;
		if (p->held)
			return UINT32_MAX;
		n = p->key == key ? UINT32_MAX - 1 : n + (n < UINT32_MAX - 1);
	}
	return n;
}

static void seek_heirs(const sr_story_stream *s, component *c)
{
	for (uint32_t k = 0; k < c->story_count; k++) {
		old_story *o = &c->stories[k];
		o->most = 0;
		for (uint32_t i = 0; i < c->count; i++) {
			uint32_t claim = c->was[i] == o->key ? claim_of(s, c, o->key, c->group[i]) : 0;
			if (claim > o->most) {
				o->most = claim;
				o->heir = c->group[i];
			}
		}
	}
	for (uint32_t k = 0; k < c->story_count; k++) {
		const old_story *o = &c->stories[k];
		uint64_t *name = &c->name[o->heir];
		if (!*name || o->key < *name)
			*name = o->key;
	}
	/* what is held keeps its story's name */
	for (uint32_t i = 0; i < c->count; i++)
		if (doc_at(s, c->members[i])->held)
			c->name[c->group[i]] = c->was[i];
}

uint64_t story_new_name(const sr_story_stream *s, const uint32_t *docs, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!story_find(s, doc_at(s, docs[i])->key))
			return doc_at(s, docs[i])->key;
	/* each of them founded a story that goes on without it */
	uint64_t key = doc_at(s, docs[0])->key;
	do
		key += (uint64_t)1 << 40;
	while (story_find(s, key));
	return key;
}

sr_status story_end_in(sr_story_stream *s, uint64_t into, uint64_t other)
{
	for (const story *st; (st = story_find(s, other));)
		SR_TRY(story_move(s, st->docs[0], into));
	return SR_OK;
}

/* Stories whose heir has another name end in it. */
static sr_status apply_ends(sr_story_stream *s, component *c, uint32_t fresh)
{
	for (uint32_t k = 0; k < c->story_count; k++) {
		uint64_t key = c->stories[k].key, into = c->name[c->stories[k].heir];
		if (into == key)
			continue;
		SR_TRY(story_end_in(s, into, key));
		if (key != doc_at(s, fresh)->key)
			SR_TRY(stream_tell(s, SR_STORY_MERGED, 0, into, key));
	}
	return SR_OK;
}

/* A group that is heir to none founds a story. */
static sr_status found(sr_story_stream *s, component *c, uint32_t first)
{
	uint32_t *docs = malloc(c->count * sizeof *docs), n = 0;
	if (!docs)
		return SR_E_NOMEM;
	for (uint32_t i = first; i < c->count; i++)
		if (c->group[i] == c->group[first])
			docs[n++] = c->members[i];
	uint64_t name = c->name[c->group[first]] = story_new_name(s, docs, n);
	free(docs);
	return stream_tell(s, SR_STORY_SPLIT, 0, name, doc_at(s, c->members[first])->story);
}

static sr_status apply(sr_story_stream *s, component *c, uint32_t fresh)
{
	SR_TRY(apply_ends(s, c, fresh));
	for (uint32_t i = 0; i < c->count; i++) {
		uint32_t doc = c->members[i];
		if (!c->name[c->group[i]])
			SR_TRY(found(s, c, i));
		uint64_t name = c->name[c->group[i]], old = doc_at(s, doc)->story;
		if (old == name)
			continue;
		SR_TRY(story_move(s, doc, name));
		if (doc != fresh)
			SR_TRY(stream_tell(s, SR_STORY_MOVED, doc_at(s, doc)->key, name, old));
	}
	return stream_tell(s, SR_STORY_JOINED, doc_at(s, fresh)->key, doc_at(s, fresh)->story, 0);
}

static sr_status regroup(sr_story_stream *s, uint32_t fresh)
{
	uint32_t max = story_defaults.component + 1;
	component c = { 0 };
	c.members = calloc(max, sizeof *c.members);
	c.was = calloc(max, sizeof *c.was);
	c.group = calloc(max, sizeof *c.group);
	c.name = calloc(max, sizeof *c.name);
	c.stories = calloc(max, sizeof *c.stories);
	sr_status status = SR_E_NOMEM;
	if (c.members && c.was && c.group && c.name && c.stories) {
		take_near(s, &c, fresh);
		status = link_members(s, c.members, c.count, c.group);
		if (status == SR_OK) {
			seek_heirs(s, &c);
			status = apply(s, &c, fresh);
		}
	}
	free(c.members);
	free(c.was);
	free(c.group);
	free(c.name);
	free(c.stories);
	return status;
}

sr_status sr_story_stream_place(sr_story_stream *s, uint64_t key, const sr_document *doc, sr_error *err)
{
	profile p;
	s->event_count = 0;
	if (!key || (s->next > s->first && doc_at(s, s->next - 1)->key >= key))
		return sr_fail(err, SR_E_USAGE, "keys of documents must ascend");
	sr_status status = profile_read(s, doc, &p);
	if (status == SR_OK) {
		p.key = key;
		profile_weigh(s, &p);
		near_find(s, &p);
		status = window_push(s, &p, key);
		if (status != SR_OK)
			profile_free(&p);
	}
	if (status == SR_OK)
		status = regroup(s, s->next - 1);
	return status == SR_OK ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}
