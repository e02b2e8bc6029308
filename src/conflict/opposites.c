/* States: opposite concepts of one thing ("captured", "still held"). */
#include "judge.h"

#include <math.h>

#define SHARES_NEAR 10.0 /* hundredths */

/* The percentage in the proof that stands nearest to the word, or -1. */
static double share_beside(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	uint32_t at = pairs_stand(e, u).focus.start, best = UINT32_MAX;
	double share = -1;
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		uint32_t away = q->span.start > at ? q->span.start - at : at - q->span.start;
		if (!sr_span_has(p->claim.span, q->span) || !sr_str_eq(q->unit, SR_STR("%")) || away >= best)
			continue;
		best = away;
		share = isfinite(q->low) && isfinite(q->high) ? (q->low + q->high) / 2 : isfinite(q->low) ? q->low : q->high;
	}
	return share;
}

/* "85% is taken", "20% is still held": one part and the rest of it, as near as such figures go. */
static bool parts_of_one(const sr_evidence *e, const use *x, const use *y)
{
	double a = share_beside(e, x), b = share_beside(e, y);
	return a >= 0 && b >= 0 && fabs(a + b - 100) <= SHARES_NEAR;
}

static bool is_state(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t at = p->items[u->item].token;
	bool state = r->tokens[at].upos == SR_UPOS_ADJ;
	for (uint32_t i = s->first_token; i < at; i++) /* "was closed" */
		state = state || (r->tokens[i].passive && r->tokens[i].deprel == SR_DEPREL_nsubj && r->tokens[i].head >= 0 && s->first_token + (uint32_t)r->tokens[i].head == at);
	return state;
}

/* What both befell: named in both, and no country, which does things rather than having them done to it. */
static bool of_one_thing(const sr_evidence *e, const use *x, const use *y)
{
	const frame_part *parts[2][2] = { { &x->frame->what, &x->frame->who }, { &y->frame->what, &y->frame->who } };
	bool weak = sr_terms_is_weak(e->terms, x->term) || sr_terms_is_weak(e->terms, y->term);
	size_t n = 0;
	for (size_t k = 0; k < 4; k++)
		n += frame_part_shares(e, parts[0][k / 2], parts[1][k % 2]);
	/* "the door was open", "the door was closed"; but who entered may have left since */
	bool one_subject = x->core && y->core && is_state(e, x) && is_state(e, y) && x->frame->subject != UINT32_MAX && x->frame->subject == y->frame->subject;
	return n >= (weak && !one_subject ? 2u : 1u);
}

/* "Closed on Thursday", "open since Friday": it has changed since. */
static bool changed_since(const sr_evidence *e, const sr_proof *x, const sr_proof *y)
{
	const sr_timex *a = pairs_time_of(e, x), *b = pairs_time_of(e, y);
	int32_t i = a ? pairs_day(a->begin) : INT32_MIN, k = b ? pairs_day(b->begin) : INT32_MIN;
	return i != INT32_MIN && k != INT32_MIN && i != k;
}

static sr_status cross_opposites(pairs *p, const use *a, size_t na, const use *b, size_t nb)
{
	size_t tried = 0;
	for (size_t i = 0; i < na; i++)
		for (size_t k = 0; k < nb; k++) {
			if (a[i].negative || b[k].negative || a[i].proof == b[k].proof)
				continue;
			if (++tried > PAIRS_TRIED_MAX)
				return SR_OK;
			const sr_proof *x = &p->e->proofs[a[i].proof], *y = &p->e->proofs[b[k].proof];
			if (!pairs_comparable(p->e, x, y))
				continue;
			if (!of_one_thing(p->e, &a[i], &b[k]) || sr_term_set_has(x->content, b[k].term) || sr_term_set_has(y->content, a[i].term))
				continue; /* "104 were destroyed and 310 damaged" speaks against neither */
			if (changed_since(p->e, x, y) || pairs_rivals(p->e, x, y) || judge_names_apart(p->e, x, y))
				continue;
			double strength = sr_terms_idf(p->e->terms, a[i].term) + sr_terms_idf(p->e->terms, b[k].term)
			                  + sr_terms_shared(p->e->terms, x->content, y->content);
			bool parts = parts_of_one(p->e, &a[i], &b[k]);
			uint64_t key = (uint64_t)a[i].term << 32 | b[k].term | (parts ? PAIRS_PARTS_KEY : 0);
			size_t before = p->items.count;
			SR_TRY(pairs_add(p, SR_CONFLICT_STATE, key, pairs_stand(p->e, &a[i]), pairs_stand(p->e, &b[k]), strength));
			if (p->items.count > before)
				p->items.items[before].settled = parts;
		}
	return SR_OK;
}

sr_status pairs_from_opposites(pairs *p)
{
	SR_TRY(pairs_gather_uses(p));
	const use *u = p->uses.items;
	size_t count = p->uses.count;
	SR_VEC(size_t) starts = { 0 };
	for (size_t i = 0; i <= count; i++) {
		if (i && i < count && u[i].term == u[i - 1].term)
			continue;
		if (i < count && sr_terms_kind(p->e->terms, u[i].term) != SR_TERM_CONCEPT)
			continue;
		size_t *s = SR_PUSH(p->e->arena, &starts);
		if (!s)
			return SR_E_NOMEM;
		*s = i;
	}
	for (size_t i = 0; i + 1 < starts.count; i++)
		for (size_t k = i + 1; k + 1 < starts.count; k++) {
			const use *a = &u[starts.items[i]], *b = &u[starts.items[k]];
			if (!sr_terms_opposite(p->e->terms, a->term, b->term))
				continue;
			size_t na = 0, nb = 0;
			while (starts.items[i] + na < count && a[na].term == a->term)
				na++;
			while (starts.items[k] + nb < count && b[nb].term == b->term)
				nb++;
			SR_TRY(cross_opposites(p, a, na, b, nb));
		}
	return SR_OK;
}
