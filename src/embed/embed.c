#include "sitrep/embed.h"

#include <math.h>
#include <string.h>

#define LANES 8u
#define WIDTH_MAX 4096u
/* Cosines below this all mean "unrelated"; their differences are noise (chosen on STS headlines of 2013 and 2014). */
#define UNRELATED 0.25f
/* What shared words add, and what figures that differ take off (chosen on the same two sets). */
#define WORDS_WEIGHT 0.2f
#define FIGURES_WEIGHT 0.2f
/* Words of a text that are compared one by one. */
#define WORDS_MAX 200u

float sr_embed_cosine(const float *a, const float *b, size_t width)
{
	float lane[LANES] = { 0 }, total = 0;
	for (size_t k = 0; k < width; k++)
		lane[k % LANES] += a[k] * b[k];
	for (size_t k = 0; k < LANES; k++)
		total += lane[k];
	return total;
}

float sr_embed_sentences(const sr_reading *a, size_t i, const sr_reading *b, size_t j)
{
	if (!a->vectors || !b->vectors || a->vector_width != b->vector_width || i >= a->sentence_count || j >= b->sentence_count)
		return 0;
	return sr_embed_cosine(a->vectors + i * a->vector_width, b->vectors + j * b->vector_width, a->vector_width);
}

void sr_embed_mean(const sr_reading *r, size_t first, size_t count, float *out)
{
	size_t width = r->vector_width;
	memset(out, 0, width * sizeof *out);
	for (size_t s = first; r->vectors && s < r->sentence_count && s - first < count; s++)
		for (size_t k = 0; k < width; k++)
			out[k] += r->vectors[s * width + k] * (float)r->sentences[s].token_count;
	float length = sqrtf(sr_embed_cosine(out, out, width));
	for (size_t k = 0; length > 0 && k < width; k++)
		out[k] /= length;
}

static bool content(const sr_token *t)
{
	return t->upos == SR_UPOS_NOUN || t->upos == SR_UPOS_PROPN || t->upos == SR_UPOS_VERB || t->upos == SR_UPOS_ADJ || t->upos == SR_UPOS_NUM;
}

/* The different lemmas of a text's words (figures: of its numbers only). Returns how many, at most WORDS_MAX. */
static size_t lemmas(const sr_reading *r, bool figures, sr_str out[WORDS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < r->token_count && n < WORDS_MAX; i++) {
		const sr_token *t = &r->tokens[i];
		bool known = figures ? t->upos != SR_UPOS_NUM : !content(t);
		for (size_t k = 0; k < n && !known; k++)
			known = sr_str_eq_nocase(out[k], t->lemma);
		if (!known)
			out[n++] = t->lemma;
	}
	return n;
}

static size_t shared(const sr_str *a, size_t n, const sr_str *b, size_t m)
{
	size_t both = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (sr_str_eq_nocase(a[i], b[j])) {
				both++;
				break;
			}
	return both;
}

/* 1 if both texts give figures and none is the same, 0.6 if some differ, else 0. */
static float figures_differ(const sr_reading *a, const sr_reading *b)
{
	sr_str x[WORDS_MAX], y[WORDS_MAX];
	size_t n = lemmas(a, true, x), m = lemmas(b, true, y), both = shared(x, n, y, m);
	if (n == 0 || m == 0 || (both == n && both == m))
		return 0;
	return both == 0 ? 1.0f : 0.6f;
}

/* Dice's coefficient of the content words. */
static float words_shared(const sr_reading *a, const sr_reading *b)
{
	sr_str x[WORDS_MAX], y[WORDS_MAX];
	size_t n = lemmas(a, false, x), m = lemmas(b, false, y);
	return n + m ? 2.0f * (float)shared(x, n, y, m) / (float)(n + m) : 0;
}

float sr_embed_likeness(const sr_reading *a, const sr_reading *b)
{
	float x[WIDTH_MAX], y[WIDTH_MAX];
	if (a->vector_width != b->vector_width || a->vector_width > WIDTH_MAX)
		return 0;
	sr_embed_mean(a, 0, a->sentence_count, x);
	sr_embed_mean(b, 0, b->sentence_count, y);
	float cosine = sr_embed_cosine(x, y, a->vector_width);
	cosine = cosine > UNRELATED ? cosine : UNRELATED;
	float sum = cosine + WORDS_WEIGHT * words_shared(a, b) - FIGURES_WEIGHT * figures_differ(a, b);
	return sum / (1 + WORDS_WEIGHT);
}
