/* What became of a conflict: those who denied it admit it later, then it is settled, and their admission stands beside the assertion;
 * who gave a number gives the other side's for a later day, or the denial is told as what was said "initially", then it is superseded. */
#include "pairs.h"
#include "words.h"

#include <stdlib.h>

#define STANDS_MAX 8u /* of a side: what so many say is not over because each of them says so */

static bool same_speaker(const sr_proof *a, const sr_proof *b)
{
	return a->party && b->party && (a->party == b->party || pairs_same_voice(&a->claim, &b->claim));
}

static unsigned cue_classes(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_spans *cue = sr_proof_attributed(p) ? &r->attributions[p->claim.attribution].cue : NULL;
	unsigned found = 0;
	for (size_t i = 0; cue && i < cue->count; i++)
		for (uint32_t k = sr_reading_token_at(r, cue->items[i].start); k < r->token_count && r->tokens[k].span.start < cue->items[i].end; k++)
			found |= dispute_word(r->tokens[k].lemma) | dispute_word(sr_span_of(r->doc->text, r->tokens[k].span));
	return found;
}

bool pairs_reverses(const sr_evidence *e, const sr_proof *p)
{
	return (cue_classes(e, p) & ADMITTING_WORD) && p->claim.stance != SR_STANCE_CONFIRMS;
}

/* Said on a later day, or behind it on the same page. */
static bool is_later(const sr_proof *p, const sr_proof *denial)
{
	int32_t x = pairs_day(p->claim.said), y = pairs_day(denial->claim.said);
	bool behind = p->claim.doc == denial->claim.doc && p->claim.span.start > denial->claim.span.start;
	return x != INT32_MIN && y != INT32_MIN ? x > y || (x == y && behind) : behind;
}

/* "It knew": the doer is the speaker, of whom the other tells. */
static bool is_speaker(const sr_proof *p, const frame *x, const frame *y)
{
	for (size_t i = 0; !x->who.count && i < y->who.count; i++)
		if (sr_term_set_has(p->speaker, y->who.terms[i]))
			return true;
	return false;
}

/* Both state one thing of the same doer: the term k of q, and another of p. */
static bool states_too(const sr_evidence *e, const sr_proof *p, const sr_proof *q, size_t k)
{
	const sr_term_at *at = &q->items[k];
	sr_term_kind kind = sr_terms_kind(e->terms, at->term);
	frame x, y;
	if (kind == SR_TERM_NAME || kind == SR_TERM_NUMBER || at->negated || at->unreal || !(q->claim.stance == SR_STANCE_ACCUSES || frame_is_core(e, q, k)))
		return false;
	frame_read(e, q, k, &y);
	for (size_t i = 0; i < p->item_count; i++) {
		if (p->items[i].term != at->term || p->items[i].negated || p->items[i].unreal || !frame_is_core(e, p, i))
			continue;
		frame_read(e, p, i, &x);
		frame_match m = frame_compare(e, p, &x, q, &y);
		size_t fewer = x.what.count < y.what.count ? x.what.count : y.what.count; /* not "the crack in the mill" for one in the dam */
		bool nobody = !x.who.count && !y.who.count && m.what; /* "data had been stolen" */
		if (!m.other_who && m.what >= fewer && (m.who || is_speaker(p, &x, &y) || nobody) && (m.what || (!x.what.count && !y.what.count)))
			return true;
	}
	return false;
}

static bool admits(const sr_evidence *e, const sr_proof *p, const sr_side *asserting)
{
	if (p->heading || p->caption || p->claim.negated || pairs_asks(e, p) || !(cue_classes(e, p) & ADMITTING_WORD))
		return false;
	for (size_t i = 0; i < asserting->count && i < STANDS_MAX; i++) {
		const sr_proof *q = &e->proofs[asserting->stands[i].proof];
		for (size_t k = 0; k < q->item_count; k++)
			if (states_too(e, p, q, k))
				return true;
	}
	return false;
}

/* The proof in which the one who denies admits it; SIZE_MAX if he does not. */
static size_t admission(const sr_evidence *e, const sr_contrast *c, const sr_proof *denial)
{
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *p = &e->proofs[i];
		bool says = p->claim.stance == SR_STANCE_SAYS || p->claim.stance == SR_STANCE_CONFIRMS;
		if (says && sr_proof_attributed(p) && same_speaker(p, denial) && is_later(p, denial) && admits(e, p, &c->sides[0]))
			return i;
	}
	return SIZE_MAX;
}

static bool has_stand(const sr_side *side, size_t proof)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->stands[i].proof == proof)
			return true;
	return false;
}

static int by_proof(const void *a, const void *b)
{
	const sr_stand *x = a, *y = b;
	return (x->proof > y->proof) - (x->proof < y->proof);
}

/* What decides it stands beside those who said it before. */
static sr_status add_stands(const sr_evidence *e, sr_side *side, const sr_stand *more, size_t count)
{
	sr_stand *stands = SR_NEW_ARRAY(e->arena, sr_stand, side->count + count);
	if (!stands)
		return SR_E_NOMEM;
	for (size_t i = 0; i < side->count; i++)
		stands[i] = side->stands[i];
	side->stands = stands;
	for (size_t i = 0; i < count; i++)
		if (!has_stand(side, more[i].proof))
			stands[side->count++] = more[i];
	qsort(stands, side->count, sizeof *stands, by_proof);
	return SR_OK;
}

static sr_status end_of_denial(const sr_evidence *e, sr_contrast *c)
{
	const sr_side *side = &c->sides[1];
	sr_stand admitted[STANDS_MAX];
	size_t count = 0;
	bool all = side->count <= STANDS_MAX, once = all;
	for (size_t i = 0; i < side->count && (all || once); i++) {
		const sr_proof *p = &e->proofs[side->stands[i].proof];
		size_t found = all ? admission(e, c, p) : SIZE_MAX;
		all = found != SIZE_MAX;
		once = once && (cue_classes(e, p) & FIRST_WORD);
		if (all)
			admitted[count++] = pairs_at((uint32_t)found, e->proofs[found].claim.span);
	}
	if (!all && once)
		c->status = SR_CONFLICT_SUPERSEDED;
	if (!all)
		return SR_OK;
	c->status = SR_CONFLICT_SETTLED;
	c->settled_by = SR_SETTLED_BY_ADMISSION;
	return add_stands(e, &c->sides[0], admitted, count);
}

static const sr_measure *measure_of(const sr_evidence *e, const sr_stand *s)
{
	for (size_t i = pairs_measure_from(e, s->proof); i < e->measure_count && e->measures[i].proof == s->proof; i++)
		if (e->measures[i].quantity->span.start == s->focus.start)
			return &e->measures[i];
	return NULL;
}

static bool apart(const sr_measure *a, const sr_measure *b) { return a->quantity->high < b->quantity->low || b->quantity->high < a->quantity->low; }

static bool is_of_side(const sr_evidence *e, const sr_measure *n, const sr_side *side)
{
	for (size_t i = 0; i < side->count && i < STANDS_MAX; i++) {
		const sr_measure *m = measure_of(e, &side->stands[i]);
		if (m && !apart(m, n))
			return true;
	}
	return false;
}

/* The other side's number, which whoever gave this one gives for a later day; NULL if he does not. */
static const sr_measure *overtaken_by(const sr_evidence *e, const sr_stand *s, const sr_side *other)
{
	const sr_measure *m = measure_of(e, s);
	for (size_t i = 0; m && i < e->measure_count; i++) {
		const sr_measure *n = &e->measures[i];
		const sr_proof *p = &e->proofs[n->proof];
		bool gives = sr_proof_attributed(p) && p->claim.stance != SR_STANCE_DENIES && p->claim.stance != SR_STANCE_DOUBTS && !p->caption && !p->heading;
		if (gives && apart(m, n) && pairs_day(n->as_of) > pairs_day(m->as_of) && same_speaker(p, &e->proofs[s->proof]) && sr_measure_exact(e, n) &&
		    sr_measure_same(e, m, n) && is_of_side(e, n, other))
			return n;
	}
	return NULL;
}

/* Everybody on the one side has come to give the other's number. */
static sr_status end_of_number(const sr_evidence *e, sr_contrast *c, sr_side *side, sr_side *other)
{
	sr_stand later[STANDS_MAX];
	bool all = side->count <= STANDS_MAX;
	for (size_t i = 0; i < side->count && all; i++) {
		const sr_measure *n = overtaken_by(e, &side->stands[i], other);
		all = n != NULL;
		if (all)
			later[i] = pairs_at(n->proof, n->quantity->span);
	}
	if (!all)
		return SR_OK;
	c->status = SR_CONFLICT_SUPERSEDED;
	return add_stands(e, other, later, side->count);
}

sr_status pairs_outcome(const sr_evidence *e, sr_contrast *c)
{
	if (c->status != SR_CONFLICT_OPEN)
		return SR_OK;
	if (c->kind == SR_CONFLICT_DENIAL || c->kind == SR_CONFLICT_BLAME)
		return end_of_denial(e, c);
	for (size_t k = 0; c->kind == SR_CONFLICT_QUANTITY && k < 2 && c->status == SR_CONFLICT_OPEN; k++)
		SR_TRY(end_of_number(e, c, &c->sides[k], &c->sides[1 - k]));
	return SR_OK;
}
