/* The same measure for the same day with values that do not overlap. */
#include "pairs.h"

#include <math.h>

static bool disjoint(const sr_quantity *a, const sr_quantity *b) { return a->high < b->low || b->high < a->low; }

/* "About 6,000" and 6,200 are one figure said twice. */
static bool far_apart(const sr_quantity *a, const sr_quantity *b)
{
	double x = isfinite(a->low) ? a->low : a->high, y = isfinite(b->low) ? b->low : b->high;
	double big = fmax(fabs(x), fabs(y));
	return big > 0 && fabs(x - y) / big > 0.05;
}

sr_status pairs_from_quantities(pairs *p)
{
	sr_measure *m;
	size_t count;
	SR_TRY(sr_evidence_measures(p->e, &m, &count));
	/* every pair is looked at: what rules a measure out alone is asked once */
	int32_t *days = SR_NEW_ARRAY(p->e->arena, int32_t, count);
	if (count && !days)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++)
		days[i] = sr_proof_attributed(&p->e->proofs[m[i].proof]) ? pairs_day(m[i].as_of) : INT32_MIN;
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; days[i] != INT32_MIN && k < count; k++) {
			if (days[k] != days[i])
				continue;
			const sr_measure *a = &m[i], *b = &m[k];
			const sr_proof *x = &p->e->proofs[a->proof], *y = &p->e->proofs[b->proof];
			if (x->origin == y->origin || !pairs_comparable(p->e, x, y))
				continue;
			if (!sr_measure_same(p->e, a, b) || !disjoint(a->quantity, b->quantity) || !far_apart(a->quantity, b->quantity))
				continue;
			SR_TRY(pairs_add(p, SR_CONFLICT_QUANTITY, a->concept, (sr_stand){ a->proof, a->quantity->span },
			                 (sr_stand){ b->proof, b->quantity->span }, 4.0));
		}
	return SR_OK;
}
