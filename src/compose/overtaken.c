/* Counts that a later one of the same thing has overtaken: "12 are dead", once 26 are. */
#include "composer.h"

#include <stdlib.h>

#define COMPARED_MAX 300u /* measures of one concept, the latest ones */

typedef struct dated {
	uint32_t concept, index;
	int32_t day;
} dated;

static int by_concept_and_day(const void *a, const void *b)
{
	const dated *x = a, *y = b;
	if (x->concept != y->concept)
		return x->concept < y->concept ? -1 : 1;
	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static bool overtakes(const composer *c, const dated *later, const dated *earlier)
{
	const sr_measure *a = &c->e.measures[later->index], *b = &c->e.measures[earlier->index];
	bool other = a->quantity->low > b->quantity->high || a->quantity->high < b->quantity->low;
	return later->day > earlier->day && other && sr_measure_same(&c->e, a, b);
}

sr_status composer_overtaken(composer *c, bool **out)
{
	dated *items = SR_NEW_ARRAY(c->arena, dated, c->e.measure_count + 1);
	size_t n = 0;
	*out = SR_NEW_ARRAY(c->arena, bool, c->e.proof_count + 1);
	if (!items || !*out)
		return SR_E_NOMEM;
	for (size_t i = 0; i < c->e.measure_count; i++) {
		sr_time t = c->e.measures[i].as_of;
		if (t.precision >= SR_PRECISION_DAY && c->e.measures[i].concept != UINT32_MAX)
			items[n++] = (dated){ c->e.measures[i].concept, (uint32_t)i, sr_days_from_civil(t.year, t.month, t.day) };
	}
	if (n)
		qsort(items, n, sizeof *items, by_concept_and_day);
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first; end < n && items[end].concept == items[first].concept; end++)
			for (size_t k = first; k < end && k - first < COMPARED_MAX && !(*out)[c->e.measures[items[end].index].proof]; k++)
				(*out)[c->e.measures[items[end].index].proof] = overtakes(c, &items[k], &items[end]);
	}
	return SR_OK;
}
