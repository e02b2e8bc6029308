/* Numbers that rules take for two of one thing, and the encoder of pairs (sitrep/nli.h) for two of two things: real news is full of those. */
#include "pairs.h"

#define ASKED_MAX 48u
#define DOUBTED (-2.5f) /* log odds; what was written to be a contradiction in numbers stands above */

typedef struct asking {
	const pairs *p;
	sr_nli_pair *asked;
	sr_nli_answer *answers;
	size_t count;
} asking;

static sr_str sentence_of(const sr_evidence *e, uint32_t proof) { return sr_proof_text(e, &e->proofs[proof], e->proofs[proof].claim.sentence_span); }

/* The question about the pair's sentences, from 1; a new one if it is to be asked and there is room, else 0. */
static size_t question_of(asking *a, const pair *x, bool to_ask)
{
	sr_str left = sentence_of(a->p->e, x->a.proof), right = sentence_of(a->p->e, x->b.proof);
	for (size_t i = 0; i < a->count; i++)
		if (sr_str_eq(a->asked[i].a, left) && sr_str_eq(a->asked[i].b, right))
			return i + 1;
	if (!to_ask || a->count == ASKED_MAX)
		return 0;
	a->asked[a->count++] = (sr_nli_pair){ left, right };
	return a->count;
}

static bool can_be_doubted(const pair *x) { return x->kind == SR_CONFLICT_QUANTITY && !x->settled && !x->reversal; }

sr_status pairs_drop_doubted(pairs *p)
{
	asking a = { .p = p, .asked = SR_NEW_ARRAY(p->e->arena, sr_nli_pair, ASKED_MAX), .answers = SR_NEW_ARRAY(p->e->arena, sr_nli_answer, ASKED_MAX) };
	size_t kept = 0;
	if (!a.asked || !a.answers)
		return SR_E_NOMEM;
	for (size_t i = 0; p->nli && i < p->items.count; i++)
		if (can_be_doubted(&p->items.items[i]))
			(void)question_of(&a, &p->items.items[i], true);
	if (!a.count)
		return SR_OK;
	SR_TRY(sr_nli_judge(p->nli, a.asked, a.count, p->jobs, a.answers, NULL));
	for (size_t i = 0; i < p->items.count; i++) {
		size_t number = can_be_doubted(&p->items.items[i]) ? question_of(&a, &p->items.items[i], false) : 0;
		if (!number || a.answers[number - 1].contradict > DOUBTED)
			p->items.items[kept++] = p->items.items[i];
	}
	p->items.count = kept;
	return SR_OK;
}
