/* Numbers that rules take for two of one thing, and the encoder of pairs (sitrep/nli.h) for two of two things: real news is full of those. */
#include "questions.h"

#define ASKED_MAX 48u
#define DOUBTED (-2.5f) /* log odds; what was written to be a contradiction in numbers stands above */

typedef struct doubts {
	const pairs *p;
	float *told; /* of each pair: what was answered about its sentences; 0 where nothing was asked */
} doubts;

static bool shares_side(const pair *x, const pair *y) { return x->a.proof == y->a.proof || x->b.proof == y->b.proof; }

static bool can_be_doubted(const pair *x) { return x->kind == SR_CONFLICT_QUANTITY && !x->settled && !x->reversal; }

/* "6,200 were moved; the town hall says 4,500", told in one long sentence: another pair of that row shows that the numbers are of one thing. */
static bool is_borne_out(const doubts *a, const pair *x)
{
	for (size_t i = 0; i < a->p->items.count; i++) {
		const pair *y = &a->p->items.items[i];
		if (a->told[i] > 0 && y->key == x->key && shares_side(x, y))
			return true;
	}
	return false;
}

static sr_status drop(pairs *p, const questions *q)
{
	doubts d = { .p = p, .told = SR_NEW_ARRAY(p->e->arena, float, p->items.count) };
	bool *dropped = SR_NEW_ARRAY(p->e->arena, bool, p->items.count);
	size_t kept = 0;
	if (!d.told || !dropped)
		return SR_E_NOMEM;
	for (size_t i = 0; i < p->items.count; i++) {
		const pair *x = &p->items.items[i];
		size_t number = can_be_doubted(x) ? questions_find(q, x->a.proof, x->b.proof) : 0;
		d.told[i] = number ? q->answers[number - 1].contradict : 0;
	}
	for (size_t i = 0; i < p->items.count; i++)
		dropped[i] = d.told[i] <= DOUBTED && !is_borne_out(&d, &p->items.items[i]);
	for (size_t i = 0; i < p->items.count; i++)
		if (!dropped[i])
			p->items.items[kept++] = p->items.items[i];
	p->items.count = kept;
	return SR_OK;
}

sr_status pairs_drop_doubted(pairs *p)
{
	questions q;
	if (!p->nli)
		return SR_OK;
	SR_TRY(questions_open(&q, p, ASKED_MAX));
	for (size_t i = 0; i < p->items.count; i++)
		if (can_be_doubted(&p->items.items[i]))
			(void)questions_add(&q, p->items.items[i].a.proof, p->items.items[i].b.proof);
	if (!q.count)
		return SR_OK;
	SR_TRY(questions_ask(&q));
	return drop(p, &q);
}
