/* The same measure for the same day with values that do not overlap. */
#include "pairs.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>

#define NEAR 2u /* sentences */
#define FINEST 0.01 /* step of a number that is told */
#define DIGITS_MAX 20

#define OF_ONE_MATTER 0.3 /* likeness of a page's own sentence and of the one that it is held against */
#define LASTING_ALIKE 0.5 /* and of two sentences that tell how long something took: much takes years */

static bool disjoint_below(const sr_quantity *a, const sr_quantity *b) { return a->high < b->low; }

static bool disjoint(const sr_quantity *a, const sr_quantity *b) { return disjoint_below(a, b) || disjoint_below(b, a); }

/* "6,200" is the 6,000 that another gives: rounded to the last digit of that. */
static bool rounds_to(double x, double y)
{
	double last = FINEST;
	for (int i = 0; i < DIGITS_MAX && last * 10 <= y && fabs(y / (last * 10) - round(y / (last * 10))) < FINEST; i++)
		last *= 10;
	return fabs(round(x / last) * last - y) < last / 10;
}

/* "About 6,000" and 6,200 are one figure said twice. */
static bool far_apart(const sr_quantity *a, const sr_quantity *b, bool steady)
{
	double x = isfinite(a->low) ? a->low : a->high, y = isfinite(b->low) ? b->low : b->high;
	double big = fmax(fabs(x), fabs(y));
	if (steady && x > 0 && y > 0) /* it does not grow between the two sayings: what differs, differs */
		return !rounds_to(x, y) && !rounds_to(y, x);
	return big > 0 && fabs(x - y) / big > 0.05;
}

/* The item of the measure's concept that stands nearest to the number; item_count for none. */
static size_t concept_item(const sr_evidence *e, const sr_measure *m)
{
	const sr_proof *p = &e->proofs[m->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	uint32_t best_away = UINT32_MAX;
	size_t best = p->item_count;
	for (size_t i = 0; i < p->item_count; i++) {
		uint32_t at = r->tokens[p->items[i].token].span.start;
		uint32_t away = at > m->quantity->span.start ? at - m->quantity->span.start : m->quantity->span.start - at;
		if (p->items[i].term != m->concept || away >= best_away)
			continue;
		best_away = away;
		best = i;
	}
	return best;
}

/* "The raid killed six", "the earlier strike killed eighty": two deeds. */
static bool of_two_deeds(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	size_t i = concept_item(e, a), k = concept_item(e, b);
	const sr_proof *p = &e->proofs[a->proof], *q = &e->proofs[b->proof];
	frame x, y;
	if (i == p->item_count || k == q->item_count)
		return false;
	frame_read(e, p, i, &x);
	frame_read(e, q, k, &y);
	size_t fewer = x.who.count < y.who.count ? x.who.count : y.who.count;
	return fewer && frame_part_common(e, &x.who, &y.who) < fewer;
}

#define PART_SHARE 0.5

/* "Two died in Westhaven", "14 have died": of a town, and of all the land. */
bool pairs_count_of_part(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	const sr_measure *small = a->quantity->low < b->quantity->low ? a : b, *big = small == a ? b : a;
	return isfinite(big->quantity->low) && small->quantity->high < PART_SHARE * big->quantity->low && sr_measure_in_town(e, small) && !sr_measure_in_town(e, big);
}

/* A measure with what another must share with it. */
typedef struct dated {
	int32_t day;
	uint32_t concept, index;
} dated;

static int by_day(const void *a, const void *b)
{
	const dated *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->concept != y->concept)
		return x->concept < y->concept ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/* One page may hold two figures against each other, one right behind the other, but not in one breath ("three dead, 41 missing"). */
static bool told_apart(const sr_proof *x, const sr_proof *y)
{
	uint32_t away = x->claim.sentence > y->claim.sentence ? x->claim.sentence - y->claim.sentence : y->claim.sentence - x->claim.sentence;
	return x->origin != y->origin || (x->party && y->party && x->claim.doc == y->claim.doc && away && away <= NEAR);
}

/* How many were aboard is no matter of the day on which it is told; how many have died is. */
static bool is_steady(const sr_evidence *e, uint32_t concept) { return dispute_word(sr_terms_name(e->terms, concept)) & STEADY_WORD; }

bool pairs_number_leans(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_token *first = &r->tokens[r->sentences[p->claim.sentence].first_token];
	return !sr_proof_attributed(p) && (dispute_word(sr_span_of(r->doc->text, first->span)) & (IT_WORD | THIRD_PERSON | THEY_WORD));
}

static bool is_duration(const sr_evidence *e, const sr_measure *m)
{
	const sr_reading *r = e->readings[e->proofs[m->proof].claim.doc];
	for (size_t i = sr_reading_time_from(r, m->quantity->span.start); i < r->time_count && r->times[i].span.start < m->quantity->span.end; i++)
		if (r->times[i].type == SR_TIMEX_DURATION && sr_span_overlap(r->times[i].span, m->quantity->span))
			return true;
	return false;
}

bool pairs_counts_apart(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	int32_t x = pairs_day(a->as_of), y = pairs_day(b->as_of);
	bool grows = a->concept != UINT32_MAX && !is_steady(e, a->concept) && x != INT32_MIN && y != INT32_MIN && x != y;
	return grows || of_two_deeds(e, a, b) || pairs_count_of_part(e, a, b) || pairs_mood(e, &e->proofs[a->proof]) || pairs_mood(e, &e->proofs[b->proof]);
}

static sr_status compare(pairs *p, const sr_measure *a, const sr_measure *b)
{
	const sr_proof *x = &p->e->proofs[a->proof], *y = &p->e->proofs[b->proof];
	if (!(sr_proof_attributed(x) || sr_proof_attributed(y)) || !told_apart(x, y) || !pairs_comparable(p->e, x, y))
		return SR_OK;
	if (!disjoint(a->quantity, b->quantity) || !far_apart(a->quantity, b->quantity, is_steady(p->e, a->concept)) || !sr_measure_same(p->e, a, b) ||
	    of_two_deeds(p->e, a, b) || sr_measure_elsewhere(p->e, a, b) || pairs_count_of_part(p->e, a, b))
		return SR_OK;
	if (is_duration(p->e, a) && pairs_likeness(p->e, x, y) < LASTING_ALIKE)
		return SR_OK;
	if (!(sr_proof_attributed(x) && sr_proof_attributed(y)) && (pairs_number_leans(p->e, x) || pairs_number_leans(p->e, y) || pairs_likeness(p->e, x, y) < OF_ONE_MATTER))
		return SR_OK;
	/* the smaller number is always of the one side, so that whoever gives it stands there */
	bool fewer = disjoint_below(a->quantity, b->quantity);
	const sr_measure *low = fewer ? a : b, *high = fewer ? b : a;
	return pairs_add(p, SR_CONFLICT_QUANTITY, a->concept, pairs_at(low->proof, low->quantity->span), pairs_at(high->proof, high->quantity->span), 4.0);
}

/* "Denied that nine died" gives no number. */
static bool gives_number(const sr_proof *p)
{
	return p->claim.stance != SR_STANCE_DENIES && p->claim.stance != SR_STANCE_DOUBTS;
}

/* Those that may be compared at all, sorted; and where each of the measures stands among them, from 1. */
static sr_status sort_measures(const pairs *p, const sr_measure *m, size_t count, dated **out, uint32_t **place)
{
	bool may_come = false;
	size_t n = 0;
	dated *items = SR_NEW_ARRAY(p->e->arena, dated, count + 1);
	*place = SR_NEW_ARRAY(p->e->arena, uint32_t, count + 1);
	*out = items;
	if (!items || !*place)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		int32_t day = pairs_day(m[i].as_of);
		if (i == 0 || m[i].proof != m[i - 1].proof)
			may_come = pairs_mood(p->e, &p->e->proofs[m[i].proof]) != 0; /* "could rise to 59 feet" */
		if (!may_come && day != INT32_MIN && m[i].concept != UINT32_MAX && gives_number(&p->e->proofs[m[i].proof]) && sr_measure_exact(p->e, &m[i]))
			items[n++] = (dated){ is_steady(p->e, m[i].concept) ? 0 : day, m[i].concept, (uint32_t)i };
	}
	if (n)
		qsort(items, n, sizeof *items, by_day);
	items[n].day = INT32_MIN;
	for (size_t i = 0; i < n; i++)
		(*place)[items[i].index] = (uint32_t)i + 1;
	return SR_OK;
}

sr_status pairs_from_quantities(pairs *p)
{
	const sr_measure *m = p->e->measures;
	size_t count = p->e->measure_count;
	dated *sorted;
	uint32_t *place;
	SR_TRY(sort_measures(p, m, count, &sorted, &place));
	for (size_t i = 0; i < count; i++) {
		const dated *x = place[i] ? &sorted[place[i] - 1] : NULL;
		size_t tried = 0;
		for (const dated *y = x ? x + 1 : NULL; y && y->day == x->day && y->concept == x->concept && tried++ < PAIRS_TRIED_MAX; y++)
			SR_TRY(compare(p, &m[i], &m[y->index]));
	}
	return SR_OK;
}
