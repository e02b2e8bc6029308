/* Average link: the two clusters whose pairs score best on the average become one, until no two are good
 * enough (Sneath and Sokal 1973, UPGMA). Pairs that were never looked at closely are taken for bad ones, but no
 * more than make a few pairs in all, so that two large stories are not kept apart by what nobody compared.
 *
 * Documents begin alone, but for those that stay together whatever comes: members of one story that are held
 * there by hand, and settled ones. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct cluster {
	uint32_t size;  /* documents; 0: gone into another */
	uint64_t held;  /* key of the story that its documents are held in, or 0 */
	uint64_t apart; /* key of a story of its documents that is kept apart from some other, or 0 */
	uint32_t best;  /* the nearest of the clusters in front of it, */
	float nearness; /* and how near; -INFINITY if there is none */
} cluster;

typedef struct work {
	sr_story_stream *stream;
	cluster *clusters;
	uint32_t count;
	float *sum;      /* [count][count]: of the scores of pairs looked at */
	uint16_t *pairs; /* how many */
} work;

static float nearness(const work *w, uint32_t a, uint32_t b)
{
	const cluster *x = &w->clusters[a], *y = &w->clusters[b];
	float known = w->pairs[a * w->count + b];
	if (known == 0 || (x->held && y->held && x->held != y->held))
		return -INFINITY;
	if (x->apart && y->apart && stream_is_apart(w->stream, x->apart, y->apart))
		return -INFINITY;
	float all = (float)x->size * (float)y->size, span = (float)story_defaults.span;
	float counted = all < span ? all : span;
	counted = counted > known ? counted : known;
	return (w->sum[a * w->count + b] + story_defaults.missing * (counted - known)) / counted;
}

static void seek_best(const work *w, uint32_t a)
{
	cluster *c = &w->clusters[a];
	c->nearness = -INFINITY;
	for (uint32_t b = 0; b < a; b++) {
		float n = w->clusters[b].size ? nearness(w, a, b) : -INFINITY;
		if (n > c->nearness) {
			c->nearness = n;
			c->best = b;
		}
	}
}

static void add_pairs(work *w, uint32_t into, uint32_t from)
{
	for (uint32_t k = 0; k < w->count; k++) {
		uint32_t n = (uint32_t)w->pairs[into * w->count + k] + w->pairs[from * w->count + k];
		w->sum[into * w->count + k] += w->sum[from * w->count + k];
		w->sum[k * w->count + into] = w->sum[into * w->count + k];
		w->pairs[k * w->count + into] = w->pairs[into * w->count + k] = (uint16_t)(n < UINT16_MAX ? n : UINT16_MAX);
	}
}

static void unite(work *w, uint32_t into, uint32_t from)
{
	cluster *x = &w->clusters[into], *y = &w->clusters[from];
	add_pairs(w, into, from);
	x->size += y->size;
	x->held = x->held ? x->held : y->held;
	x->apart = x->apart ? x->apart : y->apart;
	y->size = 0;
	y->nearness = -INFINITY;
}

/* Unites the two nearest, and puts right who is nearest to whom. */
static bool step(work *w, uint16_t *group, uint32_t members)
{
	uint32_t from = UINT32_MAX;
	for (uint32_t a = 0; a < w->count; a++)
		if (w->clusters[a].size && w->clusters[a].nearness >= story_defaults.threshold &&
		    (from == UINT32_MAX || w->clusters[a].nearness > w->clusters[from].nearness))
			from = a;
	if (from == UINT32_MAX)
		return false;
	uint32_t into = w->clusters[from].best;
	unite(w, into, from);
	for (uint32_t i = 0; i < members; i++)
		group[i] = group[i] == from ? (uint16_t)into : group[i];
	seek_best(w, into);
	for (uint32_t a = into + 1; a < w->count; a++) {
		cluster *c = &w->clusters[a];
		if (!c->size)
			continue;
		float n = nearness(w, a, into);
		if (c->best == from || c->best == into)
			seek_best(w, a);
		else if (n > c->nearness) {
			c->nearness = n;
			c->best = into;
		}
	}
	return true;
}

/* Does the document stay with those of its story that do, and in which way? */
static bool stays(const sr_story_stream *s, uint32_t doc)
{
	return doc_at(s, doc)->held || s->next - doc > story_defaults.settled;
}

static bool in_apart(const sr_story_stream *s, uint64_t key)
{
	for (size_t i = 0; i < s->apart_count; i++)
		if (s->apart[i].a == key || s->apart[i].b == key)
			return true;
	return false;
}

/* First clusters: each document its own, or that of the first one that stays in the same story. */
static uint32_t begin(work *w, const uint32_t *members, uint32_t count, uint16_t *group)
{
	const sr_story_stream *s = w->stream;
	uint32_t n = 0;
	for (uint32_t i = 0; i < count; i++) {
		const profile *p = doc_at(s, members[i]);
		uint32_t with = i;
		if (stays(s, members[i]))
			for (with = 0; with < i && !(doc_at(s, members[with])->story == p->story && stays(s, members[with]));)
				with++;
		group[i] = (uint16_t)(with < i ? group[with] : n++);
		cluster *c = &w->clusters[group[i]];
		c->size++;
		c->held = p->held ? p->story : c->held;
		c->apart = in_apart(s, p->story) ? p->story : c->apart;
	}
	return n;
}

static void add_edges(work *w, const uint32_t *members, uint32_t count, const uint16_t *group)
{
	const sr_story_stream *s = w->stream;
	for (uint32_t i = 0; i < count; i++) {
		const profile *p = doc_at(s, members[i]);
		for (uint32_t e = 0; e < p->edge_count; e++) {
			uint32_t to = p->edges[e].doc;
			uint32_t k = in_window(s, to) ? s->member[to % WINDOW] : 0;
			if (!k || group[k - 1] == group[i])
				continue;
			size_t at = (size_t)group[i] * w->count + group[k - 1], back = (size_t)group[k - 1] * w->count + group[i];
			w->sum[back] = w->sum[at] += (float)p->edges[e].score / 256;
			w->pairs[back] = w->pairs[at] += w->pairs[at] < UINT16_MAX;
		}
	}
}

sr_status link_members(sr_story_stream *s, const uint32_t *members, uint32_t count, uint16_t *group)
{
	work w = { .stream = s, .clusters = calloc(count, sizeof *w.clusters) };
	sr_status status = SR_E_NOMEM;
	if (!w.clusters)
		return status;
	w.count = begin(&w, members, count, group);
	w.sum = calloc((size_t)w.count * w.count, sizeof *w.sum);
	w.pairs = calloc((size_t)w.count * w.count, sizeof *w.pairs);
	if (w.sum && w.pairs) {
		for (uint32_t i = 0; i < count; i++)
			s->member[members[i] % WINDOW] = (uint16_t)(i + 1);
		add_edges(&w, members, count, group);
		for (uint32_t i = 0; i < count; i++)
			s->member[members[i] % WINDOW] = 0;
		for (uint32_t a = 0; a < w.count; a++)
			seek_best(&w, a);
		while (step(&w, group, count))
			;
		status = SR_OK;
	}
	free(w.sum);
	free(w.pairs);
	free(w.clusters);
	return status;
}
