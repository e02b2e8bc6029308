/* The same event on different days. */
#include "pairs.h"

#define HEAD_ITEMS 3u
#define DAYS_APART_MAX 45

/* The expression that gives the proof's day, if one does. */
static const sr_timex *day_of(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		if (sr_span_has(p->claim.sentence_span, t->span) && t->begin.precision == SR_PRECISION_DAY && !t->said
		    && sr_time_cmp(t->begin, p->claim.when) == 0)
			return t;
	}
	return NULL;
}

/* The same speaker says the same thing first: what is said is one event. */
static bool same_event(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	size_t shared = 0;
	bool strong = false;
	if (!a->party || a->party != b->party || !sr_proof_attributed(a) || !sr_proof_attributed(b))
		return false;
	for (size_t i = 0; i < a->item_count && i < HEAD_ITEMS; i++)
		for (size_t k = 0; k < b->item_count && k < HEAD_ITEMS; k++)
			if (a->items[i].term == b->items[k].term) {
				shared++;
				strong |= sr_terms_kind(e->terms, a->items[i].term) == SR_TERM_CONCEPT && !sr_terms_is_weak(e->terms, a->items[i].term);
				break;
			}
	return strong && shared >= 2;
}

static bool usable(const sr_proof *p)
{
	return !p->caption && !p->heading && p->claim.when_stated && p->claim.when.precision == SR_PRECISION_DAY
	       && !sr_time_known(p->claim.until) && p->content.count >= 4;
}

sr_status pairs_from_dates(pairs *p)
{
	sr_evidence *e = p->e;
	for (size_t i = 0; i < e->proof_count; i++) {
		if (!usable(&e->proofs[i]))
			continue;
		for (size_t k = i + 1; k < e->proof_count; k++) {
			const sr_proof *a = &e->proofs[i], *b = &e->proofs[k];
			int32_t apart = usable(b) ? pairs_day(a->claim.when) - pairs_day(b->claim.when) : 0;
			if (!apart || apart > DAYS_APART_MAX || apart < -DAYS_APART_MAX)
				continue;
			if (!same_event(e, a, b))
				continue;
			const sr_timex *x = day_of(e, a), *y = day_of(e, b);
			if (x && y)
				SR_TRY(pairs_add(p, SR_CONFLICT_DATE, UINT64_MAX - 1, (sr_stand){ (uint32_t)i, x->span },
				                 (sr_stand){ (uint32_t)k, y->span }, 3.0));
		}
	}
	return SR_OK;
}
