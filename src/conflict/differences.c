/* In what two claims may differ: a number, a time, a negation, an opposite. What is found is told by features (judge.h) and shown by
 * the words that it turns on. */
#include "judge.h"

#include "words.h"

#include <math.h>

#define MINUTES_APART 10
#define LEAST_GAP 0.05 /* of the larger of two numbers */

/* ---- numbers ---- */

static size_t measures_of(const sr_evidence *e, uint32_t proof)
{
	size_t from = pairs_measure_from(e, proof), n = 0;
	while (from + n < e->measure_count && e->measures[from + n].proof == proof)
		n++;
	return n;
}

static bool is_bound(const sr_quantity *q) { return !isfinite(q->low) || !isfinite(q->high); }

static double size_of(const sr_quantity *q) { return isfinite(q->low) ? fabs(q->low) : fabs(q->high); }

static bool of_one_thing(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	return sr_term_set_common(a->of, b->of) > 0 || (sr_measure_of_people(e, a) && sr_measure_of_people(e, b));
}

/* How well two measures go together, with the features that tell of it. 0 if they cannot differ. */
static double read_measures(const sr_evidence *e, const sr_measure *a, const sr_measure *b, double *f)
{
	const sr_quantity *x = a->quantity, *y = b->quantity;
	bool disjoint = x->high < y->low || y->high < x->low;
	double big = fmax(size_of(x), size_of(y)), gap = big > 0 ? fabs(size_of(x) - size_of(y)) / big : 0;
	if (!disjoint || gap <= LEAST_GAP || !sr_str_eq(x->unit, y->unit) || !sr_measure_exact(e, a) || !sr_measure_exact(e, b) || pairs_counts_apart(e, a, b))
		return 0;
	f[JUDGE_OF] = of_one_thing(e, a, b);
	f[JUDGE_UNIT] = x->unit.len > 0;
	f[JUDGE_CONCEPT] = a->concept != UINT32_MAX && a->concept == b->concept;
	f[JUDGE_GAP] = gap;
	f[JUDGE_OPEN] = is_bound(x) || is_bound(y);
	return 1 + f[JUDGE_OF] + f[JUDGE_UNIT] + f[JUDGE_CONCEPT];
}

static const judge_feature of_numbers[] = { JUDGE_OF, JUDGE_UNIT, JUDGE_CONCEPT, JUDGE_GAP, JUDGE_OPEN };

/* Of all pairs of their measures those that go together best. */
bool differ_in_number(const sr_evidence *e, const account *x, const account *y, double *features, difference *out)
{
	if (e->proofs[x->proof].claim.stance == SR_STANCE_DENIES || e->proofs[y->proof].claim.stance == SR_STANCE_DENIES) /* gives no number */
		return false;
	size_t xn = measures_of(e, x->proof), yn = measures_of(e, y->proof), from = pairs_measure_from(e, x->proof), to = pairs_measure_from(e, y->proof);
	const sr_measure *best[2] = { NULL, NULL };
	double most = 0;
	for (size_t i = from; i < from + xn; i++)
		for (size_t k = to; k < to + yn; k++) {
			double f[SR_CANDIDATE_FEATURES] = { 0 }, fit = read_measures(e, &e->measures[i], &e->measures[k], f);
			if (fit <= most)
				continue;
			most = fit;
			best[0] = &e->measures[i];
			best[1] = &e->measures[k];
			for (size_t n = 0; n < sizeof of_numbers / sizeof *of_numbers; n++)
				features[of_numbers[n]] = f[of_numbers[n]];
		}
	if (!best[0] || sr_measure_elsewhere(e, best[0], best[1]) || pairs_number_leans(e, &e->proofs[x->proof]) || pairs_number_leans(e, &e->proofs[y->proof]))
		return false;
	features[JUDGE_NUMBER] = 1;
	features[JUDGE_SINGLE] = xn == 1 && yn == 1;
	bool fewer = size_of(best[0]->quantity) < size_of(best[1]->quantity);
	const sr_measure *low = best[!fewer], *high = best[fewer];
	*out = (difference){ .key = low->concept == UINT32_MAX ? PAIRS_JUDGED_KEY : low->concept, .a = pairs_at(low->proof, low->quantity->span), .b = pairs_at(high->proof, high->quantity->span) };
	return true;
}

static bool fit(const sr_quantity *x, const sr_quantity *y)
{
	double big = fmax(size_of(x), size_of(y)), gap = big > 0 ? fabs(size_of(x) - size_of(y)) / big : 0;
	return (x->low <= y->high && y->low <= x->high) || gap <= LEAST_GAP;
}

/* "Three more", "could be", a town of the land: rules see that the numbers are not of one thing. */
static bool may_both_be(const sr_evidence *e, const account *x, const account *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	size_t xn = measures_of(e, x->proof), yn = measures_of(e, y->proof), from = pairs_measure_from(e, x->proof), to = pairs_measure_from(e, y->proof);
	for (size_t i = from; i < from + xn; i++)
		for (size_t k = to; k < to + yn; k++)
			if (!sr_measure_exact(e, &e->measures[i]) || !sr_measure_exact(e, &e->measures[k]) || sr_measure_elsewhere(e, &e->measures[i], &e->measures[k]) ||
			    pairs_count_of_part(e, &e->measures[i], &e->measures[k]))
				return true;
	return pairs_mood(e, a) || pairs_mood(e, b) || pairs_number_leans(e, a) || pairs_number_leans(e, b);
}

bool differ_in_figures(const sr_evidence *e, const account *x, const account *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	if (may_both_be(e, x, y))
		return false;
	const sr_reading *r = e->readings[a->claim.doc], *t = e->readings[b->claim.doc];
	bool differ = false;
	for (size_t i = 0; i < r->quantity_count; i++)
		for (size_t k = 0; sr_span_has(a->claim.span, r->quantities[i].span) && k < t->quantity_count; k++) {
			const sr_quantity *q = &r->quantities[i], *s = &t->quantities[k];
			if (!sr_span_has(b->claim.span, s->span) || !sr_str_eq(q->unit, s->unit))
				continue;
			if (fit(q, s))
				return false;
			differ = true;
		}
	return differ;
}

/* ---- times ---- */

const sr_timex *pairs_time_of(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_timex *finest = NULL;
	for (size_t i = sr_reading_time_from(r, p->claim.span.start); i < r->time_count && r->times[i].span.start < p->claim.span.end; i++) {
		const sr_timex *t = &r->times[i];
		if ((t->type != SR_TIMEX_DATE && t->type != SR_TIMEX_TIME) || !sr_time_known(t->begin) || !sr_span_has(p->claim.span, t->span))
			continue;
		if (finest && !sr_time_compatible(finest->begin, t->begin))
			return NULL;
		if (!finest || t->begin.precision > finest->begin.precision)
			finest = t;
	}
	return finest;
}

/* How many minutes the earlier of two stretches of time is over before the later begins. */
static int64_t minutes_between(const sr_timex *a, const sr_timex *b)
{
	int64_t ends = sr_time_epoch(sr_time_known(a->end) ? a->end : a->begin), begins = sr_time_epoch(b->begin);
	return (begins - ends) / 60;
}

/* "Stuck since 7 March", "did not open on 11 March": both may be so. */
static bool one_lasts(const sr_evidence *e, const account *x, const account *y) { return e->proofs[x->proof].open_ended != e->proofs[y->proof].open_ended; }

bool differ_in_time(const sr_evidence *e, const account *x, const account *y, double *features, difference *out)
{
	if (!x->when || !y->when || one_lasts(e, x, y))
		return false;
	const account *first = sr_time_cmp(x->when->begin, y->when->begin) <= 0 ? x : y, *second = first == x ? y : x;
	if (sr_time_compatible(first->when->begin, second->when->begin) || minutes_between(first->when, second->when) <= MINUTES_APART)
		return false; /* "Friday night", "at 9:40 p.m. on Friday" */
	features[JUDGE_TIME] = 1;
	*out = (difference){ .key = PAIRS_DAY_KEY, .a = pairs_at(first->proof, first->when->span), .b = pairs_at(second->proof, second->when->span) };
	return true;
}

/* ---- negations and opposites ---- */

/* "Fired tear gas", "no tear gas was used": something that the one says is not so the other tells. */
static bool negates_told(const sr_evidence *e, const account *told, const account *denied)
{
	const sr_proof *a = &e->proofs[told->proof], *b = &e->proofs[denied->proof];
	for (size_t i = 0; i < b->item_count; i++) {
		bool not = b->items[i].negated || (b->claim.stance == SR_STANCE_DENIES && !b->items[i].aside);
		if (not && !judge_is_name(e, b->items[i].term) && sr_term_set_has(a->content, b->items[i].term))
			return true;
	}
	return false;
}

static sr_stand root_of(const sr_evidence *e, const account *x) { return x->root ? pairs_stand(e, x->root) : pairs_whole(e, x->proof); }

bool differ_in_negation(const sr_evidence *e, const account *x, const account *y, double *features, difference *out)
{
	if (x->negative == y->negative)
		return false;
	const account *told = x->negative ? y : x, *denied = x->negative ? x : y;
	if (!pairs_denied_of_then(e, &e->proofs[told->proof], &e->proofs[denied->proof]) || pairs_other_numbers(e, told->proof, denied->proof))
		return false;
	features[JUDGE_NEGATION] = 1;
	features[JUDGE_NEGATED] = negates_told(e, told, denied);
	*out = (difference){ .key = denied->root ? denied->root->term : PAIRS_JUDGED_KEY, .a = root_of(e, told), .b = root_of(e, denied) };
	return true;
}

static bool are_opposite(const sr_evidence *e, const sr_term_at *s, const sr_term_at *t)
{
	return s->negated == t->negated && !s->unreal && !t->unreal && !s->aside && !t->aside && sr_terms_opposite(e->terms, s->term, t->term);
}

bool opposed_in_passing(const sr_evidence *e, const account *x, const account *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	for (size_t i = 0; i < a->item_count; i++)
		for (size_t k = 0; k < b->item_count; k++)
			if ((a->items[i].aside || b->items[k].aside) && sr_terms_opposite(e->terms, a->items[i].term, b->items[k].term))
				return true;
	return false;
}

bool differ_in_opposites(const sr_evidence *e, const account *x, const account *y, double *features, difference *out)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	const sr_term_at *best[2] = { NULL, NULL };
	double most = 0;
	for (size_t i = 0; i < a->item_count; i++)
		for (size_t k = 0; k < b->item_count; k++) {
			const sr_term_at *s = &a->items[i], *t = &b->items[k];
			if (!are_opposite(e, s, t) || !frame_is_core(e, a, i) || !frame_is_core(e, b, k))
				continue;
			if (sr_term_set_has(b->sentence, s->term) || sr_term_set_has(a->sentence, t->term)) /* "104 were destroyed and 310 damaged" */
				continue;
			double strong = !sr_terms_is_weak(e->terms, s->term) && !sr_terms_is_weak(e->terms, t->term);
			if (1 + strong <= most)
				continue;
			most = 1 + strong;
			best[0] = s;
			best[1] = t;
		}
	if (!best[0])
		return false;
	features[JUDGE_OPPOSITE] = most / 2;
	sr_stand s = pairs_at(x->proof, e->readings[a->claim.doc]->tokens[best[0]->token].span);
	sr_stand t = pairs_at(y->proof, e->readings[b->claim.doc]->tokens[best[1]->token].span);
	bool in_order = best[0]->term < best[1]->term;
	uint64_t low = in_order ? best[0]->term : best[1]->term, high = in_order ? best[1]->term : best[0]->term;
	*out = (difference){ .key = low << 32 | high, .a = in_order ? s : t, .b = in_order ? t : s };
	return true;
}
