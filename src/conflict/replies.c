/* What the one who denies says instead: "The yard denied the charge. It said that a storm had broken the gate." A denial that does not
 * tell what it denies says nothing by itself; what its speaker says next, before anybody else speaks, is what he holds. */
#include "pairs.h"
#include "words.h"

#define REPLY_NEAR 2u /* sentences */
#define REPLY_TRIED_MAX 8u
#define PERFECT_NEAR 3u
#define CLIMB_MAX 6

/* "Should have known", of which the auxiliary is token i, is a charge, and "must have known" and "may have known" are guesses. */
static bool is_perfect(const sr_reading *r, uint32_t i)
{
	for (uint32_t k = i + 1; k < r->token_count && k <= i + PERFECT_NEAR && r->tokens[k].upos != SR_UPOS_VERB; k++)
		if (r->tokens[k].upos == SR_UPOS_AUX && sr_str_eq(r->tokens[k].lemma, SR_STR("have")))
			return true;
	return false;
}

/* The content's own verb, or what one is said to think or say: "argued that the gate could be closed". */
static bool carries(const sr_reading *r, const sr_sentence *s, sr_span content, uint32_t i)
{
	for (int steps = 0; steps < CLIMB_MAX; steps++) {
		int32_t h = r->tokens[i].head;
		uint32_t head = h < 0 ? UINT32_MAX : s->first_token + (uint32_t)h;
		if (h < 0 || !sr_span_has(content, r->tokens[head].span))
			return h != -2;
		if (r->tokens[i].deprel != SR_DEPREL_ccomp)
			return false;
		i = head;
	}
	return false;
}

unsigned pairs_mood(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	unsigned found = 0;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i];
		unsigned mood = t->deprel == SR_DEPREL_aux && t->head >= 0 ? dispute_word(sr_span_of(r->doc->text, t->span)) & (WISH_WORD | OPEN_WORD) : 0;
		if (mood && sr_span_has(p->claim.span, t->span) && carries(r, s, p->claim.span, s->first_token + (uint32_t)t->head))
			found |= is_perfect(r, i) ? 0 : mood;
	}
	return found;
}

/* An account of something, and not one more denial ("that is not true"), a wish or what may come. */
static bool tells(const sr_evidence *e, const sr_proof *q)
{
	const sr_reading *r = e->readings[q->claim.doc];
	sr_stance s = q->claim.stance;
	bool account = s == SR_STANCE_SAYS || s == SR_STANCE_CONFIRMS || s == SR_STANCE_ACCUSES, verb = s == SR_STANCE_ACCUSES;
	unsigned mood = account ? pairs_mood(e, q) : 0;
	for (uint32_t i = sr_reading_token_at(r, q->claim.span.start); account && i < r->token_count && r->tokens[i].span.start < q->claim.span.end; i++)
		verb |= r->tokens[i].upos == SR_UPOS_VERB || r->tokens[i].upos == SR_UPOS_AUX;
	return account && verb && q->item_count && !(pairs_root_classes(e, q) & UNTRUE_WORD) && !q->heading && !q->caption && !pairs_asks(e, q) && !(mood & WISH_WORD) &&
	       (!(mood & OPEN_WORD) || q->claim.negated);
}

uint32_t pairs_reply(const sr_evidence *e, size_t denial)
{
	const sr_proof *d = &e->proofs[denial];
	const sr_document *doc = e->docs[d->claim.doc];
	const sr_block *here = sr_document_block_at(doc, d->claim.span.start);
	for (size_t i = denial + 1; i < e->first_proof[d->claim.doc + 1] && i <= denial + REPLY_TRIED_MAX; i++) {
		const sr_proof *q = &e->proofs[i];
		const sr_block *there = sr_document_block_at(doc, q->claim.span.start);
		if (q->claim.sentence - d->claim.sentence > REPLY_NEAR || (here && there && here->group != there->group))
			break;
		if (!sr_proof_attributed(q) || sr_span_overlap(d->claim.span, q->claim.span))
			continue;
		if (!q->party || !d->party || (q->party != d->party && !pairs_same_voice(&q->claim, &d->claim)))
			break;
		if (tells(e, q))
			return (uint32_t)i + 1;
	}
	return 0;
}
