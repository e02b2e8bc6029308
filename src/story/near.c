/* The nearest documents of the window: a first look over all that share terms, a close one at the best. */
#include "internal.h"

#include <math.h>

typedef struct candidate {
	float score;
	uint32_t doc;
} candidate;

static void add_score(sr_story_stream *s, uint32_t doc, float score, size_t *touched)
{
	float *slot = &s->score[doc % WINDOW];
	if (*slot == 0)
		s->touched[(*touched)++] = doc;
	*slot += score + 1e-12f;
}

/* Adds to the score of every document in the lists of the new one's terms. */
static size_t gather(sr_story_stream *s, const profile *p)
{
	size_t touched = 0;
	for (uint32_t i = 0; i < p->count; i++) {
		const term *t = &p->terms[i];
		float mine = p->norm[t->kind] > 0 ? story_defaults.share[t->kind] * t->weight / p->norm[t->kind] : 0;
		if (mine <= 0)
			continue;
		uint32_t at = s->by_hash->head[t->hash % HEADS];
		uint16_t index = s->by_hash->head_term[t->hash % HEADS];
		for (uint32_t n = 0; at > s->first && n < story_defaults.list_max; n++) {
			const profile *other = doc_at(s, at - 1);
			const term *hit = &other->terms[index];
			if (hit->hash == t->hash)
				add_score(s, at - 1, mine * hit->weight / other->norm[t->kind], &touched);
			at = hit->prev;
			index = hit->prev_term;
		}
	}
	return touched;
}

static float time_factor(const story_params *p, int32_t a, int32_t b)
{
	if (a == INT32_MIN || b == INT32_MIN)
		return 1;
	float days = fabsf((float)a - (float)b) - p->day_free;
	if (days <= 0)
		return 1;
	float loss = p->day_penalty * logf(1 + days);
	return 1 - (loss < p->day_max ? loss : p->day_max);
}

static bool is_better(candidate a, candidate b) { return a.score != b.score ? a.score > b.score : a.doc < b.doc; }

/* The best candidates, by score after time. Clears the scores. */
static size_t pick(sr_story_stream *s, const profile *p, size_t touched, candidate *best, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < touched; i++) {
		uint32_t d = s->touched[i];
		candidate c = { s->score[d % WINDOW] * time_factor(&story_defaults, p->day, doc_at(s, d)->day), d };
		s->score[d % WINDOW] = 0;
		if (n == max && !is_better(c, best[n - 1]))
			continue;
		size_t at = n < max ? n++ : n - 1;
		while (at > 0 && is_better(c, best[at - 1])) {
			best[at] = best[at - 1];
			at--;
		}
		best[at] = c;
	}
	return n;
}

void near_find(sr_story_stream *s, profile *p)
{
	candidate best[EDGES_MAX];
	float features[PAIR_FEATURES];
	size_t max = story_defaults.candidates < EDGES_MAX ? story_defaults.candidates : EDGES_MAX;
	size_t n = pick(s, p, gather(s, p), best, max);
	p->edge_count = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		const profile *other = doc_at(s, best[i].doc);
		pair_read(p, other, stream_seen(s), features);
		if (!s->ahead) {
			features[PAIR_FEW] *= story_defaults.apart;
			features[PAIR_HANDFUL] = 0;
		}
		float score = fmaxf(-story_defaults.certain, fminf(pair_score(features), story_defaults.certain));
		p->edges[i] = (edge){ best[i].doc, other->key, (int16_t)lrintf(256 * score) };
	}
}
