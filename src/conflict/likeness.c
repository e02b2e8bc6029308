/* How alike two sentences are as a whole, by the tagger's sentence vectors; and by that, who takes back what he said: "no data had been
 * stolen", and days later "it admitted that data of its customers had been stolen". */
#include "pairs.h"
#include "words.h"

#include "sitrep/embed.h"

#define ALIKE 0.5
#define TOLD_AGAIN 0.75
#define COMPARED_MAX 400u /* claims of a story, the first that state anything */

double pairs_likeness(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	return (double)sr_embed_sentences(e->readings[a->claim.doc], a->claim.sentence, e->readings[b->claim.doc], b->claim.sentence);
}

bool pairs_told_again(const sr_evidence *e, uint32_t a, uint32_t b) { return a == b || pairs_likeness(e, &e->proofs[a], &e->proofs[b]) >= TOLD_AGAIN; }

/* A claim, and what it says is not so: NULL none. */
typedef struct account {
	uint32_t proof;
	const use *negative;
} account;

typedef SR_VEC(account) account_vec;

/* The claims that the terms have been gathered from. */
static sr_status gather(pairs *p, account_vec *out)
{
	size_t *at = SR_NEW_ARRAY(p->e->arena, size_t, p->e->proof_count + 1);
	if (!at)
		return SR_E_NOMEM;
	for (size_t i = 0; i < p->uses.count; i++) {
		const use *u = &p->uses.items[i];
		if (!at[u->proof] && out->count < COMPARED_MAX) {
			account *a = SR_PUSH(p->e->arena, out);
			if (!a)
				return SR_E_NOMEM;
			*a = (account){ .proof = u->proof };
			at[u->proof] = out->count;
		}
		if (at[u->proof] && u->negative && u->core)
			out->items[at[u->proof] - 1].negative = u;
	}
	return SR_OK;
}

static bool takes_back(const sr_evidence *e, const account *now, const account *then)
{
	const sr_proof *a = &e->proofs[now->proof], *b = &e->proofs[then->proof];
	int32_t x = pairs_day(a->claim.said), y = pairs_day(b->claim.said);
	if (!then->negative || now->negative || x == INT32_MIN || y == INT32_MIN || x <= y || !pairs_same_voice(&a->claim, &b->claim) || !pairs_reverses(e, a))
		return false;
	return sr_term_set_has(a->content, then->negative->term) && pairs_likeness(e, a, b) >= ALIKE;
}

static sr_stand whole(const sr_evidence *e, const account *x) { return pairs_at(x->proof, e->proofs[x->proof].claim.span); }

sr_status pairs_from_reversals(pairs *p)
{
	account_vec all = { 0 };
	SR_TRY(pairs_gather_uses(p));
	SR_TRY(gather(p, &all));
	for (size_t i = 0; i < all.count; i++)
		for (size_t k = 0; k < all.count; k++)
			if (takes_back(p->e, &all.items[i], &all.items[k])) {
				SR_TRY(pairs_add(p, SR_CONFLICT_DENIAL, PAIRS_ANY_KEY, whole(p->e, &all.items[i]), whole(p->e, &all.items[k]), 2.0));
				p->items.items[p->items.count - 1].reversal = true;
			}
	return SR_OK;
}
