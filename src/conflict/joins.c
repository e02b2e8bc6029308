/* Which pairs are one conflict. */
#include "pairs.h"

#include <stdlib.h>

#define ALIKE_TERMS 3u
#define ALIKE_COSINE 0.3
#define ALIKE_PAIRS_MAX 400u

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

/* Two pairs are one conflict if they turn on the same thing and share a sentence on the same side, or are about the same
 * two claims whatever they turn on; a rejection turns on whatever it rejects. What is settled stays apart. Sorted by
 * what they must share, those that belong together stand side by side. */
typedef struct handle {
	uint32_t first, second; /* proofs that are shared, or the first of a shared sentence */
	sr_conflict_kind kind;
	bool settled;
	uint64_t key;
	size_t pair;
} handle;

#define ORDER(x, y) ((x) > (y)) - ((x) < (y))

static bool same_claims(const handle *x, const handle *y)
{
	return x->settled == y->settled && x->first == y->first && x->second == y->second && x->kind == y->kind;
}

static int by_claims(const void *a, const void *b)
{
	const handle *x = a, *y = b;
	int c = ORDER(x->settled, y->settled);
	if (!c)
		c = ORDER(x->first, y->first);
	if (!c)
		c = ORDER(x->second, y->second);
	if (!c)
		c = ORDER(x->kind, y->kind);
	if (!c)
		c = ORDER(y->key, x->key); /* PAIRS_ANY_KEY first */
	return c ? c : ORDER(x->pair, y->pair);
}

/* Joins what the handles say belongs together. */
static void join_alike(handle *handles, size_t n, size_t *parent)
{
	qsort(handles, n, sizeof *handles, by_claims);
	for (size_t i = 1, first = 0; i < n; i++) {
		if (!same_claims(&handles[i], &handles[first]))
			first = i;
		else if (handles[first].key == PAIRS_ANY_KEY)
			join(parent, handles[first].pair, handles[i].pair);
		else if (handles[i].key == handles[i - 1].key)
			join(parent, handles[i - 1].pair, handles[i].pair);
	}
}

enum { SHARED_A, SHARED_B, SHARED_BOTH, SHARED_COUNT };

static uint32_t first_of_sentence(const sr_evidence *e, uint32_t proof)
{
	const sr_claim *c = &e->proofs[proof].claim;
	while (proof && e->proofs[proof - 1].claim.doc == c->doc && e->proofs[proof - 1].claim.sentence == c->sentence)
		proof--;
	return proof;
}

#define DENIED_COSINE 0.1

static bool share_word(const sr_evidence *e, sr_term_set a, sr_term_set b)
{
	for (size_t i = 0; i < a.count; i++) {
		sr_term_kind kind = sr_terms_kind(e->terms, a.ids[i]);
		if (kind != SR_TERM_NAME && kind != SR_TERM_NUMBER && !sr_terms_country(e->terms, a.ids[i]) && sr_term_set_has(b, a.ids[i]))
			return true;
	}
	return false;
}

/* "Velmira denies this", on two pages, of charges that say somewhat alike. */
static bool one_denier(const sr_evidence *e, const pair *x, const pair *y)
{
	const sr_proof *a = &e->proofs[x->a.proof], *b = &e->proofs[y->a.proof], *d = &e->proofs[x->b.proof];
	bool bare = x->key == PAIRS_ANY_KEY && y->key == PAIRS_ANY_KEY && x->kind == y->kind;
	return bare && d->party && d->party == e->proofs[y->b.proof].party && share_word(e, a->content, b->content) &&
	       sr_terms_cosine(e->terms, a->content, b->content) >= DENIED_COSINE;
}

/* That nobody died, and that nothing was damaged. */
static bool turn_on_two_things(const sr_evidence *e, const pair *x, const pair *y)
{
	bool terms = x->key < UINT32_MAX && y->key < UINT32_MAX;
	return terms && x->key != y->key && pairs_is_strong(e, (uint32_t)x->key) && pairs_is_strong(e, (uint32_t)y->key);
}

/* Denials of one matter: of assertions that say alike, or by the same two of the same thing, or by one of charges alike. */
static bool one_matter(const sr_evidence *e, const pair *x, const pair *y)
{
	const sr_proof *a = &e->proofs[x->a.proof], *b = &e->proofs[y->a.proof];
	size_t n = sr_term_set_common(a->content, b->content);
	bool same_two = a->party && a->party == b->party && e->proofs[x->b.proof].party == e->proofs[y->b.proof].party;
	return (same_two && n && !turn_on_two_things(e, x, y)) || one_denier(e, x, y) || (n >= ALIKE_TERMS && sr_terms_cosine(e->terms, a->content, b->content) >= ALIKE_COSINE);
}

static bool denies(const pair *x) { return (x->kind == SR_CONFLICT_DENIAL || x->kind == SR_CONFLICT_BLAME) && !x->settled; }

static void join_denials(const pairs *p, size_t *parent)
{
	size_t n = p->items.count < ALIKE_PAIRS_MAX ? p->items.count : ALIKE_PAIRS_MAX;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && denies(&p->items.items[i]); k++)
			if (denies(&p->items.items[k]) && root_of(parent, i) != root_of(parent, k) && one_matter(p->e, &p->items.items[i], &p->items.items[k]))
				join(parent, i, k);
}

/* What was judged to contradict each other as a whole, told again by others. */
static void join_judged(const pairs *p, size_t *parent)
{
	const pair *items = p->items.items;
	for (size_t i = 0; i < p->items.count; i++)
		for (size_t k = i + 1; k < p->items.count && items[i].key == PAIRS_JUDGED_KEY; k++)
			if (items[k].key == PAIRS_JUDGED_KEY && pairs_told_again(p->e, items[i].a.proof, items[k].a.proof) && pairs_told_again(p->e, items[i].b.proof, items[k].b.proof))
				join(parent, i, k);
}

sr_status pairs_join(const pairs *p, size_t *parent)
{
	size_t n = p->items.count;
	handle *handles = SR_NEW_ARRAY(p->e->arena, handle, n);
	if (!handles)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		parent[i] = i;
	for (int shared = 0; shared < SHARED_COUNT && n; shared++) {
		for (size_t i = 0; i < n; i++) {
			const pair *x = &p->items.items[i];
			bool both = shared == SHARED_BOTH;
			uint32_t first = shared == SHARED_B ? x->b.proof : x->a.proof;
			handles[i] = (handle){ .first = both ? first : first_of_sentence(p->e, first), .second = both ? x->b.proof : 0,
				                   .kind = both ? SR_CONFLICT_QUANTITY : x->kind, .settled = x->settled,
				                   .key = both ? PAIRS_ANY_KEY : x->key, .pair = i };
		}
		join_alike(handles, n, parent);
	}
	join_denials(p, parent);
	join_judged(p, parent);
	for (size_t i = 0; i < n; i++)
		parent[i] = root_of(parent, i);
	return SR_OK;
}
