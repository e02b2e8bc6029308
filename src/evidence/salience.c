/* Salience: how much of the story's weight of terms a sentence carries, for its length; more of the first sentences, which tell what a
 * report is of; and the more, the nearer its vector is to the story's middle. The weight of a term is the number of documents that use
 * it, and of those that have it in their title. Chosen on round-ups of news (`sitrep-eval rouge`). */
#include "salience.h"

#include "sitrep/embed.h"

#include <math.h>
#include <stdlib.h>

#define MIDDLE_SENTENCES 5u /* of a document, from which the story's middle is taken */
#define MIDDLE_POWER 3.0
#define LENGTH_POWER 0.75
#define LENGTH_LEAST 4.0 /* terms */

/* What each term weighs, from 0 on; NULL without memory. */
static double *weigh_terms(const sr_evidence *e, const sr_term_set *titles)
{
	size_t count = 1;
	for (size_t i = 0; i < e->proof_count; i++) {
		sr_term_set s = e->proofs[i].sentence;
		count = s.count && s.ids[s.count - 1] >= count ? s.ids[s.count - 1] + 1 : count;
	}
	double *weight = SR_NEW_ARRAY(e->arena, double, count);
	uint32_t *last = SR_NEW_ARRAY(e->arena, uint32_t, count);
	if (!weight || !last)
		return NULL;
	for (size_t t = 0; t < count; t++)
		weight[t] = -1; /* what one document alone has weighs nothing */
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *p = &e->proofs[i];
		for (size_t k = 0; k < p->sentence.count; k++) {
			uint32_t t = p->sentence.ids[k];
			weight[t] += last[t] != p->claim.doc + 1;
			last[t] = p->claim.doc + 1;
		}
	}
	for (size_t d = 0; d < e->doc_count; d++)
		for (size_t k = 0; k < titles[d].count; k++)
			if (titles[d].ids[k] < count)
				weight[titles[d].ids[k]] += 1;
	return weight;
}

/* The direction of what the documents begin with, the first sentence most; NULL where any of them has no vectors (earlier stores kept
 * none), or without memory. */
static float *middle_of(const sr_evidence *e)
{
	size_t width = e->doc_count ? e->readings[0]->vector_width : 0;
	float *middle = width ? SR_NEW_ARRAY(e->arena, float, width) : NULL;
	double length = 0;
	if (!middle)
		return NULL;
	for (size_t d = 0; d < e->doc_count; d++) {
		const sr_reading *r = e->readings[d];
		if (r->vector_width != width)
			return NULL;
		for (size_t s = 0; s < r->sentence_count && s < MIDDLE_SENTENCES; s++)
			for (size_t k = 0; k < width; k++)
				middle[k] += r->vectors[s * width + k] / (float)(1 + s);
	}
	for (size_t k = 0; k < width; k++)
		length += (double)middle[k] * (double)middle[k];
	for (size_t k = 0; length > 0 && k < width; k++)
		middle[k] = (float)((double)middle[k] / sqrt(length));
	return length > 0 ? middle : NULL;
}

static double nearness(const sr_evidence *e, const sr_proof *p, const float *middle)
{
	const sr_reading *r = e->readings[p->claim.doc];
	if (!middle)
		return 1;
	double near = (double)sr_embed_cosine(r->vectors + p->claim.sentence * r->vector_width, middle, r->vector_width);
	return near > 0 ? pow(near, MIDDLE_POWER) : 0;
}

sr_status evidence_weigh(sr_evidence *e, const sr_term_set *titles)
{
	static const double of_place[SALIENCE_LEADS + 1] = { 1.0, 2.5, 1.8, 1.5 };
	const double *weight = weigh_terms(e, titles);
	const float *middle = middle_of(e);
	double top = 0;
	if (!weight)
		return SR_E_NOMEM;
	for (size_t i = 0; i < e->proof_count; i++) {
		sr_proof *p = &e->proofs[i];
		double sum = 0;
		for (size_t k = 0; k < p->sentence.count; k++)
			sum += weight[p->sentence.ids[k]];
		p->salience = sum > 0 ? of_place[p->lead] * nearness(e, p, middle) * sum / pow(LENGTH_LEAST + (double)p->sentence.count, LENGTH_POWER) : 0;
		top = p->salience > top ? p->salience : top;
	}
	for (size_t i = 0; i < e->proof_count && top > 0; i++)
		e->proofs[i].salience /= top;
	return SR_OK;
}
