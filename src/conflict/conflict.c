#include "pairs.h"

#include "sitrep/base/unicode.h"

#include <stdlib.h>
#include <string.h>

#define FORTNIGHT 14
#define SAME_WORD_MIN 5u

sr_status pairs_add(pairs *p, sr_conflict_kind kind, uint64_t key, sr_stand a, sr_stand b, double strength)
{
	if (p->items.count >= PAIRS_MAX)
		return SR_OK;
	pair *added = SR_PUSH(p->e->arena, &p->items);
	if (!added)
		return SR_E_NOMEM;
	*added = (pair){ .kind = kind, .key = key, .a = a, .b = b, .strength = strength };
	return SR_OK;
}

int32_t pairs_day(sr_time t)
{
	return t.precision >= SR_PRECISION_DAY ? sr_days_from_civil(t.year, t.month, t.day) : INT32_MIN;
}

bool pairs_comparable(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	(void)e;
	if (a == b || a->caption || b->caption || a->heading || b->heading || a->denied || b->denied)
		return false;
	if (a->claim.doc == b->claim.doc && sr_span_overlap(a->claim.span, b->claim.span))
		return false;
	if (a->party && a->party == b->party)
		return false;
	int32_t x = pairs_day(a->claim.said), y = pairs_day(b->claim.said);
	return x == INT32_MIN || y == INT32_MIN || (x - y <= FORTNIGHT && y - x <= FORTNIGHT);
}

bool pairs_same_word(const sr_evidence *e, const sr_proof *a, uint32_t token_a, const sr_proof *b, uint32_t token_b)
{
	sr_str x = sr_span_of(e->docs[a->claim.doc]->text, e->readings[a->claim.doc]->tokens[token_a].span);
	sr_str y = sr_span_of(e->docs[b->claim.doc]->text, e->readings[b->claim.doc]->tokens[token_b].span);
	size_t n = x.len < y.len ? x.len : y.len;
	if (n > SAME_WORD_MIN + 1)
		n = SAME_WORD_MIN + 1;
	return n >= 4 && sr_str_eq_nocase(sr_str_slice(x, 0, n), sr_str_slice(y, 0, n));
}

/* Disjoint sets over pairs (union by smaller index, so that order does not matter). */
static size_t root_of(size_t *parent, size_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

static void join(size_t *parent, size_t a, size_t b)
{
	a = root_of(parent, a);
	b = root_of(parent, b);
	if (a != b)
		parent[a > b ? a : b] = a < b ? a : b;
}

static bool same_side(const pair *x, const pair *y)
{
	return x->kind == y->kind && (x->a.proof == y->a.proof || x->b.proof == y->b.proof)
	       && x->a.proof != y->b.proof && x->b.proof != y->a.proof;
}

/* Two pairs are one conflict if they turn on the same thing and share a claim, or are about the same
 * two claims whatever they turn on. */
static bool belong_together(const pair *x, const pair *y)
{
	if (x->settled != y->settled)
		return false;
	if (x->a.proof == y->a.proof && x->b.proof == y->b.proof)
		return true;
	/* a rejection turns on whatever it rejects */
	bool same_key = x->key == y->key || x->key == PAIRS_ANY_KEY || y->key == PAIRS_ANY_KEY;
	return same_key && same_side(x, y);
}

static sr_status add_stand(sr_evidence *e, sr_side *side, size_t *capacity, sr_stand s)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->stands[i].proof == s.proof)
			return SR_OK;
	void *items = side->stands;
	if (!sr_arena_grow(e->arena, &items, capacity, side->count, sizeof s))
		return SR_E_NOMEM;
	side->stands = items;
	side->stands[side->count++] = s;
	return SR_OK;
}

static int by_proof(const void *a, const void *b)
{
	const sr_stand *x = a, *y = b;
	return (x->proof > y->proof) - (x->proof < y->proof);
}

static uint32_t origins_of(const sr_evidence *e, const sr_side *side)
{
	uint32_t n = 0;
	for (size_t i = 0; i < side->count; i++) {
		bool seen = false;
		for (size_t k = 0; k < i && !seen; k++)
			seen = e->proofs[side->stands[k].proof].origin == e->proofs[side->stands[i].proof].origin;
		n += !seen;
	}
	return n;
}

static int by_name(const void *a, const void *b) { return sr_str_cmp(*(const sr_str *)a, *(const sr_str *)b); }

/* The same for the same two claims in every edition, whatever else joins their sides. Claims that share no word ("denies
 * it") are told by those of the assertion. */
static sr_status identify(const sr_evidence *e, sr_contrast *c)
{
	sr_term_set a = e->proofs[c->sides[0].stands[0].proof].content, b = e->proofs[c->sides[1].stands[0].proof].content;
	sr_str *names = SR_NEW_ARRAY(e->arena, sr_str, a.count + 1);
	size_t n = 0;
	if (!names)
		return SR_E_NOMEM;
	for (int all = 0; all < 2 && n == 0; all++)
		for (size_t i = 0; i < a.count; i++)
			if (all || sr_term_set_has(b, a.ids[i]))
				names[n++] = sr_terms_name(e->terms, a.ids[i]);
	if (n)
		qsort(names, n, sizeof *names, by_name);
	c->identity = sr_str_hash(sr_str_c(sr_conflict_kind_name(c->kind)));
	for (size_t i = 0; i < n; i++)
		c->identity = c->identity * 1099511628211u ^ sr_str_hash(names[i]);
	c->identity ^= c->identity >> 29;
	return SR_OK;
}

static sr_status make_contrast(const pairs *p, const size_t *parent, size_t root, sr_contrast *out)
{
	size_t capacity[2] = { 0, 0 };
	double best = 0;
	const pair *first = &p->items.items[root];
	*out = (sr_contrast){ .kind = first->kind, .status = first->settled ? SR_CONFLICT_SETTLED : SR_CONFLICT_OPEN };
	for (size_t i = root; i < p->items.count; i++) {
		const pair *x = &p->items.items[i];
		if (parent[i] != root)
			continue;
		if (x->strength > best) {
			best = x->strength;
			out->kind = x->kind;
		}
		SR_TRY(add_stand(p->e, &out->sides[0], &capacity[0], x->a));
		SR_TRY(add_stand(p->e, &out->sides[1], &capacity[1], x->b));
	}
	for (int s = 0; s < 2; s++) {
		qsort(out->sides[s].stands, out->sides[s].count, sizeof(sr_stand), by_proof);
		out->weight += origins_of(p->e, &out->sides[s]);
	}
	out->weight = out->weight * 2 + best;
	return identify(p->e, out);
}

static int by_weight(const void *a, const void *b)
{
	const sr_contrast *x = a, *y = b;
	if (x->status != y->status) /* what is open comes first */
		return x->status > y->status ? 1 : -1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return by_proof(&x->sides[0].stands[0], &y->sides[0].stands[0]);
}

static sr_status assemble(pairs *p, sr_contrast **out, size_t *count)
{
	size_t n = p->items.count;
	size_t *parent = SR_NEW_ARRAY(p->e->arena, size_t, n);
	if (!parent)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		parent[i] = i;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (belong_together(&p->items.items[i], &p->items.items[k]))
				join(parent, i, k);
	for (size_t i = 0; i < n; i++)
		parent[i] = root_of(parent, i);
	SR_VEC(sr_contrast) found = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (parent[i] != i)
			continue;
		sr_contrast *c = SR_PUSH(p->e->arena, &found);
		if (!c)
			return SR_E_NOMEM;
		SR_TRY(make_contrast(p, parent, i, c));
	}
	if (found.count)
		qsort(found.items, found.count, sizeof *found.items, by_weight);
	*out = found.items;
	*count = found.count < SR_CONTRASTS_MAX ? found.count : SR_CONTRASTS_MAX;
	return SR_OK;
}

sr_status sr_conflict_find(sr_evidence *evidence, sr_contrast **out, size_t *count, sr_error *err)
{
	static sr_status (*const rules[])(pairs *) = { pairs_from_opposites, pairs_from_polarity, pairs_from_rejections,
		                                           pairs_from_quantities, pairs_from_dates, pairs_from_clocks };
	pairs p = { .e = evidence };
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i](&p) != SR_OK)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (assemble(&p, out, count) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}
