/* Denials and states: a term that one claim asserts and another negates, and opposite concepts. */
#include "pairs.h"

#include <math.h>
#include <stdlib.h>

#define SIDE_MAX 64u
#define NEAR_NAME 4u
#define SHARES_NEAR 10.0 /* hundredths */
#define NEAR_WORD 2u

static int by_term(const void *a, const void *b)
{
	const use *x = a, *y = b;
	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	if (x->proof != y->proof)
		return x->proof < y->proof ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static sr_status gather(pairs *out)
{
	const sr_evidence *e = out->e;
	if (out->gathered)
		return SR_OK;
	out->gathered = true;
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *p = &e->proofs[i];
		bool denies = p->claim.stance == SR_STANCE_DENIES;
		if (p->caption || p->heading || p->habit || !sr_proof_attributed(p))
			continue;
		for (size_t k = 0; k < p->item_count; k++) {
			if (p->items[k].aside || (p->items[k].unreal && !p->items[k].negated && !denies))
				continue;
			use *u = SR_PUSH(e->arena, &out->uses);
			if (!u)
				return SR_E_NOMEM;
			*u = (use){ p->items[k].term, (uint32_t)i, (uint32_t)k, p->items[k].negated != denies };
		}
	}
	if (out->uses.count)
		qsort(out->uses.items, out->uses.count, sizeof *out->uses.items, by_term);
	return SR_OK;
}

static sr_stand stand_of(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	return (sr_stand){ u->proof, r->tokens[p->items[u->item].token].span };
}

/* Idf of what two sets share besides one term, and how many that is. */
static double others(const sr_evidence *e, sr_term_set a, sr_term_set b, uint32_t but, size_t *count)
{
	double sum = 0;
	*count = 0;
	for (size_t i = 0; i < a.count; i++)
		if (a.ids[i] != but && sr_term_set_has(b, a.ids[i])) {
			sum += sr_terms_idf(e->terms, a.ids[i]);
			++*count;
		}
	return sum;
}

/* A thing that both speak of close to the opposite words: a name, or a word that is no concept. */
static size_t shared_arguments(const sr_evidence *e, const use *x, const use *y)
{
	size_t n = 0;
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	for (size_t i = 0; i < a->item_count; i++) {
		size_t away_a = i > x->item ? i - x->item : x->item - i;
		sr_term_kind kind = sr_terms_kind(e->terms, a->items[i].term);
		size_t near = kind == SR_TERM_NAME ? NEAR_NAME : NEAR_WORD;
		if (away_a == 0 || away_a > near || kind == SR_TERM_CONCEPT || kind == SR_TERM_NUMBER
		    || sr_terms_is_country(e->terms, a->items[i].term))
			continue;
		for (size_t k = 0; k < b->item_count; k++) {
			size_t away_b = k > y->item ? k - y->item : y->item - k;
			if (away_b && away_b <= near && a->items[i].term == b->items[k].term) {
				n++;
				break;
			}
		}
	}
	return n;
}

/* How sure it is that both speak of the same matter; 0 for no. */
static double same_matter(const sr_evidence *e, const use *x, const use *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	size_t in_content, in_sentence;
	double content = others(e, a->content, b->content, x->term, &in_content);
	double sentence = others(e, a->sentence, b->sentence, x->term, &in_sentence);
	bool same_word = pairs_same_word(e, a, a->items[x->item].token, b, b->items[y->item].token);
	sr_term_kind kind = sr_terms_kind(e->terms, x->term);
	double base = sr_terms_idf(e->terms, x->term);
	if (kind == SR_TERM_NAME || kind == SR_TERM_NUMBER)
		return 0;
	if (kind == SR_TERM_CONCEPT && sr_terms_is_weak(e->terms, x->term) && !shared_arguments(e, x, y))
		return 0;
	if (kind == SR_TERM_CONCEPT && same_word && in_sentence >= 1)
		return base + sentence;
	if (kind == SR_TERM_CONCEPT && in_content >= 1)
		return base + content;
	if (kind == SR_TERM_WORD && in_content >= 3)
		return content;
	return 0;
}

static sr_status cross(pairs *p, const use *from, size_t count)
{
	size_t tried = 0, negatives = 0;
	const use **negative = SR_NEW_ARRAY(p->e->arena, const use *, count);
	if (!negative)
		return SR_E_NOMEM;
	for (size_t k = 0; k < count; k++)
		if (from[k].negative)
			negative[negatives++] = &from[k];
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < negatives && !from[i].negative; k++) {
			const use *x = &from[i], *y = negative[k];
			if (++tried > SIDE_MAX * SIDE_MAX)
				return SR_OK;
			if (!pairs_comparable(p->e, &p->e->proofs[x->proof], &p->e->proofs[y->proof]))
				continue;
			double strength = same_matter(p->e, x, y);
			if (strength > 0)
				SR_TRY(pairs_add(p, SR_CONFLICT_DENIAL, x->term, stand_of(p->e, x), stand_of(p->e, y), strength));
		}
	return SR_OK;
}

sr_status pairs_from_polarity(pairs *p)
{
	SR_TRY(gather(p));
	const use *u = p->uses.items;
	for (size_t start = 0, end; start < p->uses.count; start = end) {
		bool any_negative = false;
		for (end = start; end < p->uses.count && u[end].term == u[start].term; end++)
			any_negative |= u[end].negative;
		if (any_negative)
			SR_TRY(cross(p, u + start, end - start));
	}
	return SR_OK;
}

/* The percentage in the proof that stands nearest to the word, or -1. */
static double share_beside(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	uint32_t at = stand_of(e, u).focus.start, best = UINT32_MAX;
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

static sr_status cross_opposites(pairs *p, const use *a, size_t na, const use *b, size_t nb)
{
	size_t tried = 0;
	for (size_t i = 0; i < na; i++)
		for (size_t k = 0; k < nb; k++) {
			if (a[i].negative || b[k].negative || a[i].proof == b[k].proof)
				continue;
			if (++tried > SIDE_MAX * SIDE_MAX)
				return SR_OK;
			const sr_proof *x = &p->e->proofs[a[i].proof], *y = &p->e->proofs[b[k].proof];
			if (!pairs_comparable(p->e, x, y))
				continue;
			bool weak = sr_terms_is_weak(p->e->terms, a[i].term) || sr_terms_is_weak(p->e->terms, b[k].term);
			if (shared_arguments(p->e, &a[i], &b[k]) < (weak ? 2u : 1u))
				continue;
			double strength = sr_terms_idf(p->e->terms, a[i].term) + sr_terms_idf(p->e->terms, b[k].term)
			                  + sr_terms_shared(p->e->terms, x->content, y->content);
			bool parts = parts_of_one(p->e, &a[i], &b[k]);
			uint64_t key = (uint64_t)a[i].term << 32 | b[k].term | (parts ? PAIRS_PARTS_KEY : 0);
			size_t before = p->items.count;
			SR_TRY(pairs_add(p, SR_CONFLICT_STATE, key, stand_of(p->e, &a[i]), stand_of(p->e, &b[k]), strength));
			if (p->items.count > before)
				p->items.items[before].settled = parts;
		}
	return SR_OK;
}

sr_status pairs_from_opposites(pairs *p)
{
	SR_TRY(gather(p));
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
