#include "internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sr_story_stream {
	sr_arena *arena;
	story_params params;
	vocabulary vocabulary;
	SR_VEC(profile) docs;
	/* scratch of one placing */
	float *score;     /* per document, zero between placings */
	size_t score_capacity;
	SR_VEC(uint32_t) touched;
};

sr_story_stream *story_stream_new_with(const story_params *params)
{
	sr_story_stream *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->params = *params;
	s->arena = sr_arena_new(0);
	if (s->arena && vocabulary_init(&s->vocabulary, s->arena) == SR_OK)
		return s;
	sr_story_stream_free(s);
	return NULL;
}

sr_story_stream *sr_story_stream_new(void) { return story_stream_new_with(&story_defaults); }

void sr_story_stream_free(sr_story_stream *s)
{
	if (!s)
		return;
	vocabulary_deinit(&s->vocabulary);
	free(s->score);
	sr_arena_free(s->arena);
	free(s);
}

size_t sr_story_stream_count(const sr_story_stream *s) { return s->docs.count; }

uint32_t sr_story_stream_find(sr_story_stream *s, uint32_t doc)
{
	uint32_t root = doc;
	while (s->docs.items[root].parent != root)
		root = s->docs.items[root].parent;
	while (s->docs.items[doc].parent != root) {
		uint32_t up = s->docs.items[doc].parent;
		s->docs.items[doc].parent = root;
		doc = up;
	}
	return root;
}

static float rarity(const sr_story_stream *s, uint32_t id)
{
	float seen = (float)s->docs.count + s->params.prior;
	return logf(seen / (1.0f + (float)s->vocabulary.terms.items[id].df));
}

/* The document's weights as of now: frequency by rarity, with the norms of each class. */
static void weigh(sr_story_stream *s, profile *p)
{
	for (uint32_t i = 0; i < p->count; i++) {
		term *t = &p->terms[i];
		float rare = rarity(s, t->id);
		int kind = s->vocabulary.terms.items[t->id].kind;
		t->weight *= rare;
		t->lead *= rare;
		t->title *= rare;
		p->norm[kind] += t->weight * t->weight;
		p->lead_norm[kind] += t->lead * t->lead;
		p->lead_mass[kind] += t->lead;
		p->title_mass[kind] += t->title;
		p->title_norm += kind == TERM_WORD ? t->title * t->title : 0;
	}
	p->title_norm = sqrtf(p->title_norm);
	for (int k = 0; k < TERM_CLASSES; k++) {
		p->norm[k] = sqrtf(p->norm[k]);
		p->lead_norm[k] = sqrtf(p->lead_norm[k]);
	}
}

static float share(const story_params *p, int kind)
{
	return kind == TERM_WORD ? p->word : kind == TERM_NAME ? p->name : kind == TERM_PAIR ? p->pair : p->number;
}

/* Adds to the score of every document in the lists of the new one's terms. */
static bool gather(sr_story_stream *s, const profile *p)
{
	s->touched.count = 0;
	for (uint32_t i = 0; i < p->count; i++) {
		const term *t = &p->terms[i];
		const struct vocabulary_term *v = &s->vocabulary.terms.items[t->id];
		float mine = p->norm[v->kind] > 0 ? share(&s->params, v->kind) * t->weight / p->norm[v->kind] : 0;
		for (uint32_t k = 0; k < v->postings.count; k++) {
			uint32_t d = v->postings.docs[k];
			const profile *other = &s->docs.items[d];
			term key = { .id = t->id }, *hit;
			size_t low = 0, high = other->count;
			while (low < high) {
				size_t mid = low + (high - low) / 2;
				if (other->terms[mid].id < key.id)
					low = mid + 1;
				else
					high = mid;
			}
			hit = &other->terms[low];
			if (s->score[d] == 0) {
				uint32_t *slot = SR_PUSH(s->arena, &s->touched);
				if (!slot)
					return false;
				*slot = d;
			}
			s->score[d] += mine * hit->weight / other->norm[v->kind] + 1e-12f;
		}
	}
	return true;
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

typedef struct candidate {
	float score;
	uint32_t doc, story;
} candidate;

static int by_score(const void *a, const void *b)
{
	const candidate *x = a, *y = b;
	/* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): only filled entries are sorted */
	return x->score != y->score ? (x->score < y->score ? 1 : -1) : (x->doc > y->doc) - (x->doc < y->doc);
}

/* The best candidates, by score after time. Clears the scores. */
static size_t pick(sr_story_stream *s, const profile *p, candidate *best, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < s->touched.count; i++) {
		uint32_t d = s->touched.items[i];
		candidate c = { s->score[d] * time_factor(&s->params, p->day, s->docs.items[d].day), d, 0 };
		s->score[d] = 0;
		if (n == max && by_score(&c, &best[n - 1]) > 0)
			continue;
		size_t at = n < max ? n++ : n - 1;
		while (at > 0 && by_score(&c, &best[at - 1]) < 0) {
			best[at] = best[at - 1];
			at--;
		}
		best[at] = c;
	}
	for (size_t i = 0; i < n; i++)
		best[i].story = sr_story_stream_find(s, best[i].doc);
	return n;
}

/* Looks at the candidates closely, and orders them by what comes of it. */
static void judge(const sr_story_stream *s, const profile *p, candidate *best, size_t n)
{
	float features[PAIR_FEATURES];
	for (size_t i = 0; i < n; i++) {
		pair_read(&s->vocabulary, p, &s->docs.items[best[i].doc], s->params.rare, features);
		best[i].score = pair_score(features);
	}
	qsort(best, n, sizeof *best, by_score);
}

/* A story's score: its nearest document's, tempered by the next one's. */
static float story_score(const story_params *p, const candidate *c, size_t n, size_t first)
{
	for (size_t i = first + 1; i < n; i++)
		if (c[i].story == c[first].story)
			return (1 - p->second) * c[first].score + p->second * c[i].score;
	return c[first].score;
}

static bool post(sr_story_stream *s, uint32_t doc)
{
	const profile *p = &s->docs.items[doc];
	for (uint32_t i = 0; i < p->count; i++) {
		struct vocabulary_term *t = &s->vocabulary.terms.items[p->terms[i].id];
		posting_list *l = &t->postings;
		t->df++;
		if (l->count < s->params.list_max) {
			if (l->count == l->capacity) {
				uint32_t capacity = l->capacity ? l->capacity * 2 : 2;
				uint32_t *grown = SR_NEW_ARRAY(s->arena, uint32_t, capacity);
				if (!grown)
					return false;
				if (l->count)
					memcpy(grown, l->docs, l->count * sizeof *grown);
				l->docs = grown;
				l->capacity = capacity;
			}
			l->docs[l->count++] = doc;
		} else {
			l->docs[l->next] = doc;
			l->next = (l->next + 1) % s->params.list_max;
		}
	}
	return true;
}

static bool make_room(sr_story_stream *s)
{
	if (s->docs.count < s->score_capacity)
		return true;
	size_t capacity = s->score_capacity ? s->score_capacity * 2 : 256;
	float *grown = realloc(s->score, capacity * sizeof *grown);
	if (!grown)
		return false;
	memset(grown + s->score_capacity, 0, (capacity - s->score_capacity) * sizeof *grown);
	s->score = grown;
	s->score_capacity = capacity;
	return true;
}

static void unite(sr_story_stream *s, uint32_t a, uint32_t b)
{
	uint32_t first = a < b ? a : b, second = a < b ? b : a;
	if (first != second)
		s->docs.items[second].parent = first;
}

/* Joins the document to the story that it is nearest to, if it is near enough; and that story to
 * another, if the document is as good as part of both. */
static void join(sr_story_stream *s, uint32_t index, const candidate *c, size_t n)
{
	float scores[64], top = s->params.threshold;
	uint32_t home = UINT32_MAX;
	for (size_t i = 0; i < n; i++) {
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first = first && c[k].story != c[i].story;
		scores[i] = first ? story_score(&s->params, c, n, i) : -INFINITY;
		if (scores[i] >= top && (home == UINT32_MAX || scores[i] > top)) {
			top = scores[i];
			home = c[i].story;
		}
	}
	if (home == UINT32_MAX)
		return;
	unite(s, index, home);
	for (size_t i = 0; i < n; i++)
		if (c[i].story != home && scores[i] >= s->params.merge)
			unite(s, sr_story_stream_find(s, index), sr_story_stream_find(s, c[i].story));
}

sr_status sr_story_stream_add(sr_story_stream *s, const sr_document *doc, uint32_t *story, sr_error *err)
{
	candidate best[64];
	profile p;
	if (!make_room(s) || profile_read(&s->vocabulary, &s->params, doc, s->arena, &p) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	weigh(s, &p);
	if (!gather(s, &p))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	size_t n = pick(s, &p, best, s->params.candidates < 64 ? s->params.candidates : 64);
	judge(s, &p, best, n);
	uint32_t index = (uint32_t)s->docs.count;
	profile *slot = SR_PUSH(s->arena, &s->docs);
	if (!slot)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	p.parent = index;
	*slot = p;
	join(s, index, best, n);
	if (!post(s, index))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*story = sr_story_stream_find(s, index);
	return SR_OK;
}
