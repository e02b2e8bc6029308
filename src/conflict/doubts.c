/* Numbers that rules take for two of one thing, and the encoder of pairs (sitrep/nli.h) for two of two things: real news is full of those. */
#include "pairs.h"

#define ASKED_MAX 48u
#define DOUBTED (-2.5f) /* log odds; what was written to be a contradiction in numbers stands above */

typedef struct asking {
	const pairs *p;
	sr_nli_pair *asked;
	sr_nli_answer *answers;
	size_t count;
	float *told; /* of each pair: what was answered about its sentences; 0 where nothing was asked */
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

static bool shares_side(const pair *x, const pair *y) { return x->a.proof == y->a.proof || x->b.proof == y->b.proof; }

static bool can_be_doubted(const pair *x) { return x->kind == SR_CONFLICT_QUANTITY && !x->settled && !x->reversal; }

/* "6,200 were moved; the town hall says 4,500", told in one long sentence: another pair of that row shows that the numbers are of one thing. */
static bool is_borne_out(const asking *a, const pair *x)
{
	for (size_t i = 0; i < a->p->items.count; i++) {
		const pair *y = &a->p->items.items[i];
		if (a->told[i] > 0 && y->key == x->key && shares_side(x, y))
			return true;
	}
	return false;
}

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
	bool *dropped = SR_NEW_ARRAY(p->e->arena, bool, p->items.count);
	a.told = SR_NEW_ARRAY(p->e->arena, float, p->items.count);
	if (!dropped || !a.told)
		return SR_E_NOMEM;
	for (size_t i = 0; i < p->items.count; i++) {
		size_t number = can_be_doubted(&p->items.items[i]) ? question_of(&a, &p->items.items[i], false) : 0;
		a.told[i] = number ? a.answers[number - 1].contradict : 0;
	}
	for (size_t i = 0; i < p->items.count; i++)
		dropped[i] = a.told[i] <= DOUBTED && !is_borne_out(&a, &p->items.items[i]);
	for (size_t i = 0; i < p->items.count; i++)
		if (!dropped[i])
			p->items.items[kept++] = p->items.items[i];
	p->items.count = kept;
	return SR_OK;
}
