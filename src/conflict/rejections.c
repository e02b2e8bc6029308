/* "The company rejects that": a denial whose object is what was said just before it, and accusations
 * that the accused answers. */
#include "pairs.h"

#define LOOK_BACK 4u

/* A denial with no matter of its own: "denies it", "rejects that". */
static bool is_bare(const sr_proof *p) { return p->item_count <= 2; }

static sr_stand stand_whole(const sr_evidence *e, size_t i) { return (sr_stand){ (uint32_t)i, e->proofs[i].claim.span }; }

/* A rejection answers an accusation before anything nearer; of one sentence's claims the widest. */
static bool answers_better(const sr_evidence *e, size_t have, size_t other)
{
	const sr_proof *a = &e->proofs[have], *b = &e->proofs[other];
	bool accuses_a = a->claim.stance == SR_STANCE_ACCUSES, accuses_b = b->claim.stance == SR_STANCE_ACCUSES;
	if (accuses_a != accuses_b)
		return accuses_b;
	return a->claim.sentence == b->claim.sentence
	       && b->claim.span.end - b->claim.span.start > a->claim.span.end - a->claim.span.start;
}

/* The nearest earlier claim of the same document and update by somebody else. */
static size_t antecedent(const sr_evidence *e, size_t at)
{
	const sr_proof *p = &e->proofs[at];
	const sr_document *doc = e->docs[p->claim.doc];
	const sr_block *here = sr_document_block_at(doc, p->claim.span.start);
	size_t best = SIZE_MAX;
	for (size_t i = at; i-- > e->first_proof[p->claim.doc];) {
		const sr_proof *q = &e->proofs[i];
		const sr_block *there = sr_document_block_at(doc, q->claim.span.start);
		if (p->claim.sentence - q->claim.sentence > LOOK_BACK || (here && there && here->group != there->group))
			break;
		if (q->heading || q->caption || q->claim.stance == SR_STANCE_DENIES || q->party == p->party
		    || sr_span_overlap(p->claim.span, q->claim.span))
			continue;
		if (!sr_proof_attributed(q) || (best != SIZE_MAX && !answers_better(e, best, i)))
			continue;
		best = i;
	}
	return best;
}

static bool is_blame(const sr_evidence *e, const sr_proof *p)
{
	if (p->claim.stance == SR_STANCE_ACCUSES)
		return true;
	for (size_t i = 0; i < p->item_count; i++)
		if (sr_terms_kind(e->terms, p->items[i].term) == SR_TERM_CONCEPT
		    && sr_str_eq(sr_terms_name(e->terms, p->items[i].term), SR_STR("cause")))
			return true;
	return false;
}

sr_status pairs_from_rejections(pairs *p)
{
	sr_evidence *e = p->e;
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *d = &e->proofs[i];
		if (d->claim.stance != SR_STANCE_DENIES || d->caption || d->heading)
			continue;
		size_t before = antecedent(e, i);
		if (before == SIZE_MAX)
			continue;
		const sr_proof *a = &e->proofs[before];
		double shared = sr_terms_shared(e->terms, a->content, d->content);
		if (!is_bare(d) && shared <= 0)
			continue;
		sr_conflict_kind kind = is_blame(e, a) ? SR_CONFLICT_BLAME : SR_CONFLICT_DENIAL;
		double strength = 2.0 + shared;
		SR_TRY(pairs_add(p, kind, PAIRS_ANY_KEY, stand_whole(e, before), stand_whole(e, i), strength));
	}
	return SR_OK;
}
