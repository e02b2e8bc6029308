/* Claims that differ in one thing: a number, a time, a negation, an opposite. Rules propose, features decide (judge.c). */
#include "judge.h"

#include "words.h"

#include <math.h>
#include <stdlib.h>

#define COMPARED_MAX 400u  /* claims of a story, the first that state anything */
#define LIKE_MIN 0.3      /* sentences less alike are of different matters */
#define MINUTES_APART 10
#define CANDIDATE_WEIGHT 2.0

typedef struct field {
	sr_evidence *e;
	pairs *found;
	SR_VEC(account) accounts;
	SR_VEC(sr_candidate) out;
} field;

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

static account account_of(const sr_evidence *e, uint32_t proof)
{
	const sr_proof *p = &e->proofs[proof];
	unsigned words = dispute_words_in(e->readings[p->claim.doc], p->claim.span);
	return (account){ .proof = proof, .words = words, .negative = p->claim.stance == SR_STANCE_DENIES || (words & (UNTRUE_WORD | NOT_WORD)),
		              .unreal = pairs_mood(e, p) != 0, .when = pairs_time_of(e, p) };
}

static sr_status gather(field *f)
{
	const sr_evidence *e = f->e;
	size_t *at = SR_NEW_ARRAY(e->arena, size_t, e->proof_count + 1);
	if (!at)
		return SR_E_NOMEM;
	for (uint32_t i = 0; i < e->proof_count && f->accounts.count < COMPARED_MAX; i++) {
		if (!pairs_states(e, &e->proofs[i]))
			continue;
		account *a = SR_PUSH(e->arena, &f->accounts);
		if (!a)
			return SR_E_NOMEM;
		*a = account_of(e, i);
		at[i] = f->accounts.count;
	}
	for (size_t i = 0; i < f->found->uses.count; i++) {
		const use *u = &f->found->uses.items[i];
		account *a = at[u->proof] ? &f->accounts.items[at[u->proof] - 1] : NULL;
		if (a && u->core && (!a->root || u->item < a->root->item))
			a->root = u;
	}
	return SR_OK;
}

static sr_stand whole(const sr_evidence *e, const account *x) { return pairs_at(x->proof, e->proofs[x->proof].claim.span); }

static sr_stand root_of(const sr_evidence *e, const account *x) { return x->root ? pairs_stand(e, x->root) : whole(e, x); }

static sr_status propose(field *f, sr_conflict_kind kind, uint64_t key, sr_stand a, sr_stand b, const double *features)
{
	sr_candidate *c = SR_PUSH(f->e->arena, &f->out);
	if (!c)
		return SR_E_NOMEM;
	*c = (sr_candidate){ .kind = kind, .key = key, .a = a, .b = b, .score = judge_score(kind, features) };
	for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
		c->features[i] = features[i];
	return SR_OK;
}

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

/* How well two measures go together: the features of their kind. 0 if they cannot differ. */
static double read_measures(const sr_evidence *e, const sr_measure *a, const sr_measure *b, double *f)
{
	const sr_quantity *x = a->quantity, *y = b->quantity;
	bool disjoint = x->high < y->low || y->high < x->low;
	double big = fmax(size_of(x), size_of(y)), gap = big > 0 ? fabs(size_of(x) - size_of(y)) / big : 0;
	if (!disjoint || gap <= 0.05 || !sr_str_eq(x->unit, y->unit) || !sr_measure_exact(e, a) || !sr_measure_exact(e, b))
		return 0;
	f[JUDGE_OF] = of_one_thing(e, a, b);
	if (sr_str_eq(x->unit, SR_STR("%")) && !(f[JUDGE_OF] && f[JUDGE_ROOT])) /* polls give many shares, and "85% is taken" has its "20% is held" */
		return 0;
	f[JUDGE_UNIT] = x->unit.len > 0;
	f[JUDGE_CONCEPT] = a->concept != UINT32_MAX && a->concept == b->concept;
	f[JUDGE_GAP] = gap;
	f[JUDGE_OPEN] = is_bound(x) || is_bound(y);
	return 1 + f[JUDGE_OF] + f[JUDGE_UNIT] + f[JUDGE_CONCEPT];
}

static sr_status propose_numbers(field *f, const account *x, const account *y, const double *general)
{
	const sr_evidence *e = f->e;
	size_t xn = measures_of(e, x->proof), yn = measures_of(e, y->proof), from = pairs_measure_from(e, x->proof), to = pairs_measure_from(e, y->proof);
	const sr_measure *best[2] = { NULL, NULL };
	double features[SR_CANDIDATE_FEATURES], kept[SR_CANDIDATE_FEATURES], most = 0;
	for (size_t i = from; i < from + xn; i++)
		for (size_t k = to; k < to + yn; k++) {
			for (size_t n = 0; n < SR_CANDIDATE_FEATURES; n++)
				features[n] = general[n];
			double fit = read_measures(e, &e->measures[i], &e->measures[k], features);
			if (fit <= most)
				continue;
			most = fit;
			best[0] = &e->measures[i];
			best[1] = &e->measures[k];
			for (size_t n = 0; n < SR_CANDIDATE_FEATURES; n++)
				kept[n] = features[n];
		}
	if (!best[0] || sr_measure_elsewhere(e, best[0], best[1]) || e->proofs[x->proof].claim.stance == SR_STANCE_DENIES || e->proofs[y->proof].claim.stance == SR_STANCE_DENIES)
		return SR_OK;
	kept[JUDGE_SINGLE] = xn == 1 && yn == 1;
	bool fewer = size_of(best[0]->quantity) < size_of(best[1]->quantity);
	const sr_measure *low = best[!fewer], *high = best[fewer];
	return propose(f, SR_CONFLICT_QUANTITY, low->concept == UINT32_MAX ? PAIRS_JUDGED_KEY : low->concept, pairs_at(low->proof, low->quantity->span), pairs_at(high->proof, high->quantity->span), kept);
}

/* ---- times ---- */

/* How many minutes the earlier of two stretches of time is over before the later begins. */
static int64_t minutes_between(const sr_timex *a, const sr_timex *b)
{
	int64_t ends = sr_time_epoch(sr_time_known(a->end) ? a->end : a->begin), begins = sr_time_epoch(b->begin);
	return (begins - ends) / 60;
}

static sr_status propose_times(field *f, const account *x, const account *y, const double *features)
{
	if (!x->when || !y->when || !features[JUDGE_ROOT] || features[JUDGE_UNREAL])
		return SR_OK;
	const account *first = sr_time_cmp(x->when->begin, y->when->begin) <= 0 ? x : y, *second = first == x ? y : x;
	if (sr_time_compatible(first->when->begin, second->when->begin) || minutes_between(first->when, second->when) <= MINUTES_APART)
		return SR_OK; /* "Friday night", "at 9:40 p.m. on Friday" */
	return propose(f, SR_CONFLICT_DATE, PAIRS_DAY_KEY, pairs_at(first->proof, first->when->span), pairs_at(second->proof, second->when->span), features);
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

static sr_status propose_denial(field *f, const account *x, const account *y, const double *general)
{
	double features[SR_CANDIDATE_FEATURES];
	if (x->negative == y->negative)
		return SR_OK;
	const account *told = x->negative ? y : x, *denied = x->negative ? x : y;
	for (size_t n = 0; n < SR_CANDIDATE_FEATURES; n++)
		features[n] = general[n];
	if (pairs_other_numbers(f->e, told->proof, denied->proof))
		return SR_OK;
	features[JUDGE_NEGATED] = negates_told(f->e, told, denied);
	return propose(f, SR_CONFLICT_DENIAL, denied->root ? denied->root->term : PAIRS_JUDGED_KEY, root_of(f->e, told), root_of(f->e, denied), features);
}

static sr_status propose_opposites(field *f, const account *x, const account *y, const double *general)
{
	const sr_evidence *e = f->e;
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	const sr_term_at *best[2] = { NULL, NULL };
	double features[SR_CANDIDATE_FEATURES], most = 0;
	if (general[JUDGE_OTHER_WHO]) /* "the city is safe", "his life is in danger" */
		return SR_OK;
	for (size_t n = 0; n < SR_CANDIDATE_FEATURES; n++)
		features[n] = general[n];
	for (size_t i = 0; i < a->item_count; i++)
		for (size_t k = 0; k < b->item_count; k++) {
			const sr_term_at *s = &a->items[i], *t = &b->items[k];
			if (s->negated != t->negated || s->unreal || t->unreal || s->aside || t->aside || !sr_terms_opposite(e->terms, s->term, t->term))
				continue;
			if (!frame_is_core(e, a, i) || !frame_is_core(e, b, k))
				continue;
			if (sr_term_set_has(b->sentence, s->term) || sr_term_set_has(a->sentence, t->term)) /* "104 were destroyed and 310 damaged" */
				continue;
			double strong = !sr_terms_is_weak(e->terms, s->term) && !sr_terms_is_weak(e->terms, t->term);
			if (1 + strong <= most)
				continue;
			most = 1 + strong;
			best[0] = s;
			best[1] = t;
			features[JUDGE_CONCEPT] = strong;
		}
	if (!best[0])
		return SR_OK;
	sr_stand s = pairs_at(x->proof, e->readings[a->claim.doc]->tokens[best[0]->token].span);
	sr_stand t = pairs_at(y->proof, e->readings[b->claim.doc]->tokens[best[1]->token].span);
	bool in_order = best[0]->term < best[1]->term;
	uint64_t low = in_order ? best[0]->term : best[1]->term, high = in_order ? best[1]->term : best[0]->term;
	return propose(f, SR_CONFLICT_STATE, low << 32 | high, in_order ? s : t, in_order ? t : s, features);
}

/* "You know of it" tells nothing of anybody. */
static bool is_the_hearers(const account *x) { return x->root && x->root->frame->by_hearer; }

static sr_status compare(field *f, const account *x, const account *y)
{
	double features[SR_CANDIDATE_FEATURES];
	if (is_the_hearers(x) || is_the_hearers(y) || !pairs_comparable(f->e, &f->e->proofs[x->proof], &f->e->proofs[y->proof]) ||
	    pairs_likeness(f->e, &f->e->proofs[x->proof], &f->e->proofs[y->proof]) < LIKE_MIN)
		return SR_OK;
	judge_read(f->e, x, y, features);
	bool same_words = features[JUDGE_WORDS] >= 1 && features[JUDGE_LENGTH] >= 1; /* of two days */
	if (same_words || pairs_rivals(f->e, &f->e->proofs[x->proof], &f->e->proofs[y->proof]))
		return SR_OK;
	SR_TRY(propose_numbers(f, x, y, features));
	SR_TRY(propose_times(f, x, y, features));
	SR_TRY(propose_denial(f, x, y, features));
	return propose_opposites(f, x, y, features);
}

static sr_status find(field *f)
{
	SR_TRY(pairs_gather_uses(f->found));
	SR_TRY(gather(f));
	for (size_t i = 0; i < f->accounts.count; i++)
		for (size_t k = i + 1; k < f->accounts.count; k++)
			SR_TRY(compare(f, &f->accounts.items[i], &f->accounts.items[k]));
	return SR_OK;
}

sr_status pairs_from_candidates(pairs *p)
{
	field f = { .e = p->e, .found = p };
	SR_TRY(find(&f));
	for (size_t i = 0; i < f.out.count; i++) {
		const sr_candidate *c = &f.out.items[i];
		if (c->score > 0)
			SR_TRY(pairs_add(p, c->kind, c->key, c->a, c->b, CANDIDATE_WEIGHT + c->score));
	}
	return SR_OK;
}

sr_status sr_conflict_candidates(sr_evidence *evidence, sr_candidate **out, size_t *count, sr_error *err)
{
	pairs p = { .e = evidence };
	field f = { .e = evidence, .found = &p };
	sr_status status = find(&f);
	*out = f.out.items;
	*count = f.out.count;
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
