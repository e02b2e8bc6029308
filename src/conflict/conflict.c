#include "pairs.h"

#include "sitrep/base/threads.h"

#include <stdlib.h>

#define COMPARED_MAX 512u /* of the weightiest */

/* Making contrasts of joined pairs. */
typedef struct assembly {
	const pairs *p;
	size_t *next;    /* of each pair: the next of its root, or SIZE_MAX */
	size_t *behind;  /* of each root: its first pair met so far, from 1 */
	size_t *seen[2]; /* of each proof: the contrast that it stands on that side of, from 1 */
	size_t *origins; /* of each origin: the round that counted it last */
	size_t round;
} assembly;

static int by_proof(const void *a, const void *b)
{
	const sr_stand *x = a, *y = b;
	return (x->proof > y->proof) - (x->proof < y->proof);
}

/* The stands of a side, each proof once: that of its first pair. */
static sr_status add_stand(assembly *a, sr_side *side, size_t *capacity, int at, sr_stand s, size_t contrast)
{
	if (a->seen[at][s.proof] == contrast)
		return SR_OK;
	a->seen[at][s.proof] = contrast;
	void *items = side->stands;
	if (!sr_arena_grow(a->p->e->arena, &items, capacity, side->count, sizeof s))
		return SR_E_NOMEM;
	side->stands = items;
	side->stands[side->count++] = s;
	return SR_OK;
}

static uint32_t origins_of(assembly *a, const sr_side *side)
{
	uint32_t n = 0;
	a->round++;
	for (size_t i = 0; i < side->count; i++) {
		size_t *seen = &a->origins[a->p->e->proofs[side->stands[i].proof].origin];
		n += *seen != a->round;
		*seen = a->round;
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

static size_t stands_of(const sr_evidence *e, const sr_side *side, const sr_claim *speaker)
{
	size_t n = 0;
	for (size_t i = 0; i < side->count; i++)
		n += pairs_same_voice(&e->proofs[side->stands[i].proof].claim, speaker);
	return n;
}

/* Who stands on both sides, by pairs with others, stands where most of his claims do. */
static void keep_apart(const sr_evidence *e, sr_contrast *c)
{
	for (int s = 0; s < 2; s++) {
		sr_side *side = &c->sides[s], *other = &c->sides[1 - s];
		size_t kept = 0;
		for (size_t i = 0; i < side->count; i++) {
			const sr_claim *speaker = &e->proofs[side->stands[i].proof].claim;
			size_t here = stands_of(e, side, speaker), there = stands_of(e, other, speaker);
			if (here > there || (here == there && s == 0) || !there || (i + 1 == side->count && !kept))
				side->stands[kept++] = side->stands[i];
		}
		side->count = kept;
	}
}

/* The pairs of one root, from itself on. */
static sr_status make_contrast(assembly *a, size_t root, sr_contrast *out)
{
	size_t capacity[2] = { 0, 0 };
	double best = 0;
	const pair *first = &a->p->items.items[root];
	*out = (sr_contrast){ .kind = first->kind, .status = first->settled ? SR_CONFLICT_SETTLED : SR_CONFLICT_OPEN };
	out->settled_by = first->settled ? SR_SETTLED_BY_SHARES : SR_SETTLED_BY_NONE;
	for (size_t i = root; i != SIZE_MAX; i = a->next[i]) {
		const pair *x = &a->p->items.items[i];
		if (x->strength > best) {
			best = x->strength;
			out->kind = x->kind;
		}
		SR_TRY(add_stand(a, &out->sides[0], &capacity[0], 0, x->a, root + 1));
		SR_TRY(add_stand(a, &out->sides[1], &capacity[1], 1, x->b, root + 1));
	}
	for (int s = 0; s < 2; s++) {
		if (!out->sides[s].stands) /* there is none without memory: the root's own pair adds to both */
			return SR_E_NOMEM;
		qsort(out->sides[s].stands, out->sides[s].count, sizeof(sr_stand), by_proof);
	}
	if (out->kind == SR_CONFLICT_QUANTITY && out->sides[1].stands[0].proof < out->sides[0].stands[0].proof) { /* who spoke first comes first */
		sr_side earlier = out->sides[1];
		out->sides[1] = out->sides[0];
		out->sides[0] = earlier;
	}
	if (out->kind != SR_CONFLICT_DATE) /* one speaker's two dates */
		keep_apart(a->p->e, out);
	for (int s = 0; s < 2; s++) {
		out->weight += origins_of(a, &out->sides[s]);
	}
	out->weight = out->weight * 2 + best;
	return identify(a->p->e, out);
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

/* Roots are the smallest of theirs: going back, each pair finds the chain of those behind it. */
static void chain(assembly *a, const size_t *parent)
{
	size_t *behind = a->behind;
	for (size_t i = a->p->items.count; i-- > 0;) {
		a->next[i] = behind[parent[i]] ? behind[parent[i]] - 1 : SIZE_MAX;
		behind[parent[i]] = i + 1;
	}
}

static sr_status assembly_open(assembly *a, const pairs *p)
{
	sr_arena *arena = p->e->arena;
	uint32_t origin_max = 0;
	for (size_t i = 0; i < p->e->proof_count; i++)
		origin_max = p->e->proofs[i].origin > origin_max ? p->e->proofs[i].origin : origin_max;
	*a = (assembly){ .p = p, .next = SR_NEW_ARRAY(arena, size_t, p->items.count), .behind = SR_NEW_ARRAY(arena, size_t, p->items.count),
		             .seen = { SR_NEW_ARRAY(arena, size_t, p->e->proof_count), SR_NEW_ARRAY(arena, size_t, p->e->proof_count) },
		             .origins = SR_NEW_ARRAY(arena, size_t, (size_t)origin_max + 1) };
	return a->next && a->behind && a->seen[0] && a->seen[1] && a->origins ? SR_OK : SR_E_NOMEM;
}

/* Of the same two sentences, and on one side of the same words: "four aftershocks of around 4.0" against "three". But not the dead of both,
 * and the injured. */
static bool are_one(const sr_evidence *e, const sr_contrast *x, const sr_contrast *y, int turned)
{
	const sr_stand *a = x->sides[0].stands, *b = x->sides[1].stands, *c = y->sides[turned].stands, *d = y->sides[1 - turned].stands;
	return pairs_same_sentence(e, a->proof, c->proof) && pairs_same_sentence(e, b->proof, d->proof) && (sr_span_overlap(a->focus, c->focus) || sr_span_overlap(b->focus, d->focus));
}

/* The weightiest of rows that are one. */
static size_t drop_told_twice(const sr_evidence *e, sr_contrast *found, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		bool told = false;
		for (size_t k = 0; k < kept && !told; k++)
			told = are_one(e, &found[i], &found[k], 0) || are_one(e, &found[i], &found[k], 1);
		if (!told)
			found[kept++] = found[i];
	}
	return kept;
}

static sr_status assemble(pairs *p, sr_contrast **out, size_t *count)
{
	size_t n = p->items.count;
	size_t *parent = SR_NEW_ARRAY(p->e->arena, size_t, n);
	assembly a;
	SR_VEC(sr_contrast) found = { 0 };
	if (!parent)
		return SR_E_NOMEM;
	SR_TRY(assembly_open(&a, p));
	SR_TRY(pairs_join(p, parent));
	chain(&a, parent);
	for (size_t i = 0; i < n; i++) {
		if (parent[i] != i)
			continue;
		sr_contrast *c = SR_PUSH(p->e->arena, &found);
		if (!c)
			return SR_E_NOMEM;
		SR_TRY(make_contrast(&a, i, c));
	}
	*out = NULL;
	*count = 0;
	if (!found.count)
		return SR_OK;
	qsort(found.items, found.count, sizeof *found.items, by_weight);
	found.count = drop_told_twice(p->e, found.items, found.count < COMPARED_MAX ? found.count : COMPARED_MAX);
	*out = found.items;
	*count = found.count < SR_CONTRASTS_MAX ? found.count : SR_CONTRASTS_MAX;
	for (size_t i = 0; i < *count; i++)
		SR_TRY(pairs_outcome(p->e, &found.items[i]));
	qsort(found.items, *count, sizeof *found.items, by_weight);
	return SR_OK;
}

/* The rules, in two halves that take about as long: each half in memory of its own. Pairs are told in the order of the
 * rules, whoever finds them first. */
typedef struct half {
	sr_evidence e; /* the evidence, but for its arena */
	pairs found;
	sr_status status;
} half;

typedef sr_status (*rule)(pairs *);
#define HALVES 2u
#define RULES_MAX 6u

static void find_half(void *ctx, size_t i, unsigned worker)
{
	static const rule rules[HALVES][RULES_MAX] = { { pairs_from_opposites, pairs_from_polarity, pairs_from_reversals, pairs_from_blames },
		                                           { pairs_from_rejections, pairs_from_quantities, pairs_from_dates, pairs_from_clocks } };
	half *h = &((half *)ctx)[i];
	(void)worker;
	h->found.e = &h->e;
	for (size_t k = 0; k < RULES_MAX && rules[i][k] && h->status == SR_OK; k++)
		h->status = rules[i][k](&h->found);
}

static sr_status gather(half *halves, pairs *all)
{
	for (size_t i = 0; i < HALVES; i++) {
		const pairs *p = &halves[i].found;
		SR_TRY(halves[i].status);
		for (size_t k = 0; k < p->items.count && all->items.count < PAIRS_MAX; k++) {
			pair *added = SR_PUSH(all->e->arena, &all->items);
			if (!added)
				return SR_E_NOMEM;
			*added = p->items.items[k];
		}
	}
	return SR_OK;
}

/* Who takes back a denial settles the conflict that the denial is part of; only where there is none is that one by itself. */
static sr_status drop_settling(pairs *all)
{
	bool *denied = SR_NEW_ARRAY(all->e->arena, bool, all->e->proof_count + 1);
	size_t kept = 0;
	if (!denied)
		return SR_E_NOMEM;
	for (size_t i = 0; i < all->items.count; i++)
		denied[all->items.items[i].b.proof] |= !all->items.items[i].reversal;
	for (size_t i = 0; i < all->items.count; i++)
		if (!all->items.items[i].reversal || !denied[all->items.items[i].b.proof])
			all->items.items[kept++] = all->items.items[i];
	all->items.count = kept;
	return SR_OK;
}

static sr_status find_pairs(sr_evidence *evidence, unsigned jobs, pairs *all)
{
	half halves[HALVES];
	bool enough = true;
	for (size_t i = 0; i < HALVES; i++) {
		halves[i] = (half){ .e = *evidence };
		enough = (halves[i].e.arena = sr_arena_new(0)) && enough;
	}
	if (enough)
		sr_parallel(jobs, HALVES, find_half, halves);
	sr_status status = enough ? gather(halves, all) : SR_E_NOMEM;
	for (size_t i = 0; i < HALVES; i++)
		sr_arena_take(evidence->arena, halves[i].e.arena);
	if (status == SR_OK)
		status = pairs_drop_doubted(all);
	if (status == SR_OK)
		status = pairs_from_candidates(all);
	return status == SR_OK ? drop_settling(all) : status;
}

sr_status sr_conflict_find(sr_evidence *evidence, const sr_nli *nli, unsigned jobs, sr_contrast **out, size_t *count, sr_error *err)
{
	pairs p = { .e = evidence, .nli = nli, .jobs = jobs };
	sr_status status = find_pairs(evidence, jobs, &p);
	if (status == SR_OK)
		status = assemble(&p, out, count);
	return status == SR_OK ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}
