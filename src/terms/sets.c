/* Sets of terms, held against each other. */
#include "terms_internal.h"

#include <math.h>
#include <stdlib.h>

int terms_by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

bool sr_term_set_has(sr_term_set set, uint32_t id)
{
	return set.count && bsearch(&id, set.ids, set.count, sizeof *set.ids, terms_by_id) != NULL;
}

size_t sr_term_set_common(sr_term_set a, sr_term_set b)
{
	size_t n = 0;
	for (size_t i = 0; i < a.count; i++)
		n += sr_term_set_has(b, a.ids[i]);
	return n;
}

/* Over what both have, the sum of the weights, or of their squares. */
static inline double sum_of_common(const sr_terms *t, sr_term_set a, sr_term_set b, bool squares)
{
	double sum = 0;
	for (size_t i = 0, k = 0; i < a.count && k < b.count;) { /* both ascend */
		if (a.ids[i] == b.ids[k]) {
			double w = sr_terms_idf(t, a.ids[i]);
			sum += squares ? w * w : w;
			i++;
			k++;
		} else if (a.ids[i] < b.ids[k]) {
			i++;
		} else {
			k++;
		}
	}
	return sum;
}

double sr_terms_shared(const sr_terms *t, sr_term_set a, sr_term_set b) { return sum_of_common(t, a, b, false); }

double sr_terms_weight(const sr_terms *t, sr_term_set a)
{
	double sum = 0;
	for (size_t i = 0; i < a.count; i++)
		sum += sr_terms_idf(t, a.ids[i]);
	return sum;
}

double sr_terms_norm(const sr_terms *t, sr_term_set set)
{
	double sum = 0;
	for (size_t i = 0; i < set.count; i++) {
		double w = sr_terms_idf(t, set.ids[i]);
		sum += w * w;
	}
	return sum;
}

double sr_terms_cosine(const sr_terms *t, sr_term_set a, sr_term_set b)
{
	double dot = sum_of_common(t, a, b, true);
	/* most pairs share nothing: then their weights do not matter */
	return dot > 0 ? dot / sqrt(sr_terms_norm(t, a) * sr_terms_norm(t, b)) : 0;
}

sr_status sr_terms_probe_init(sr_term_probe *p, const sr_terms *t, sr_arena *arena)
{
	*p = (sr_term_probe){ .terms = t, .squared = SR_NEW_ARRAY(arena, double, t->terms.count) };
	return p->squared ? SR_OK : SR_E_NOMEM;
}

void sr_terms_probe_set(sr_term_probe *p, sr_term_set set)
{
	for (size_t i = 0; i < p->set.count; i++)
		p->squared[p->set.ids[i]] = 0;
	for (size_t i = 0; i < set.count; i++) {
		double w = sr_terms_idf(p->terms, set.ids[i]);
		p->squared[set.ids[i]] = w * w;
	}
	p->set = set;
	p->norm = sr_terms_norm(p->terms, set);
}

double sr_terms_probe_cosine(const sr_term_probe *p, sr_term_set other, double norm)
{
	double dot = 0;
	for (size_t i = 0; i < other.count; i++)
		dot += p->squared[other.ids[i]];
	return dot > 0 ? dot / sqrt(p->norm * norm) : 0;
}
