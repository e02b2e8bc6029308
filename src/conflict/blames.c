/* Who is to blame: one lays it on another, and that one on somebody else. */
#include "pairs.h"
#include "words.h"

#define NEAR_BLAME 0.2 /* likeness of sentences that may be of one matter */
#define BLAMES_MAX 200u

/* "He blamed the yard", "the fault was the yard's", and not "no fault": a word of its sentence lays it on somebody. */
static bool lays_it_on(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	size_t k = 0; /* items stand in order of the text */
	for (uint32_t i = sr_reading_token_at(r, p->claim.sentence_span.start); i < r->token_count && r->tokens[i].span.start < p->claim.sentence_span.end; i++) {
		while (k < p->item_count && p->items[k].token < i)
			k++;
		bool negated = k < p->item_count && p->items[k].token == i && p->items[k].negated;
		if (!negated && (dispute_word(sr_span_of(r->doc->text, r->tokens[i].span)) & BLAMING_WORD))
			return true;
	}
	return false;
}

static bool blames(const sr_evidence *e, const sr_proof *p)
{
	sr_stance s = p->claim.stance;
	return p->party && sr_proof_attributed(p) && !p->heading && !p->caption && s != SR_STANCE_DENIES && s != SR_STANCE_DOUBTS && s != SR_STANCE_DEMANDS && !p->claim.negated &&
	       !pairs_asks(e, p) && lays_it_on(e, p);
}

/* All that the one names the other names too. */
static bool names_alike(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	bool any = false, other = false;
	for (size_t i = 0; i < a->item_count; i++) {
		uint32_t t = a->items[i].term;
		if (e->readings[a->claim.doc]->tokens[a->items[i].token].upos != SR_UPOS_PROPN || sr_term_set_has(a->speaker, t))
			continue;
		any = true;
		other = other || !sr_term_set_has(b->content, t);
	}
	return any && !other;
}

static bool one_blames_other(const sr_proof *a, const sr_proof *b)
{
	return sr_term_set_common(a->content, b->speaker) > 0 || sr_term_set_common(b->content, a->speaker) > 0;
}

static bool one_matter(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	return one_blames_other(a, b) && !sr_term_set_common(a->speaker, b->speaker) && (a->claim.doc == b->claim.doc || sr_term_set_common(a->content, b->content)) && pairs_likeness(e, a, b) >= NEAR_BLAME;
}

sr_status pairs_from_blames(pairs *p)
{
	const sr_evidence *e = p->e;
	uint32_t at[BLAMES_MAX];
	size_t n = 0;
	for (uint32_t i = 0; i < e->proof_count && n < BLAMES_MAX; i++)
		if (blames(e, &e->proofs[i]))
			at[n++] = i;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			const sr_proof *a = &e->proofs[at[i]], *b = &e->proofs[at[k]];
			bool apart = a->claim.doc != b->claim.doc || a->claim.sentence != b->claim.sentence;
			if (apart && pairs_comparable(e, a, b) && !names_alike(e, a, b) && !names_alike(e, b, a) && one_matter(e, a, b))
				SR_TRY(pairs_add(p, SR_CONFLICT_BLAME, PAIRS_ANY_KEY, pairs_at(at[i], a->claim.span), pairs_at(at[k], b->claim.span), 2.0 + sr_terms_shared(e->terms, a->content, b->content)));
		}
	return SR_OK;
}
