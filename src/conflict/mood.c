/* What a claim only wants or expects: "should resign", "could close the gates", "will be opened" are no accounts of what is. */
#include "pairs.h"
#include "words.h"

#define PERFECT_NEAR 3u /* tokens */
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
