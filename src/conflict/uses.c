/* The terms that attributed claims state, for the rules that cross them. */
#include "pairs.h"
#include "words.h"

#include <stdlib.h>

static int by_term(const void *a, const void *b)
{
	const use *x = a, *y = b;
	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	if (x->proof != y->proof)
		return x->proof < y->proof ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static bool ends_asking(sr_str s) { return s.len && s.ptr[s.len - 1] == '?'; }

bool pairs_asks(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, p->claim.span.start);
	bool whether = first < r->token_count && (dispute_word(sr_span_of(r->doc->text, r->tokens[first].span)) & ASKING_WORD);
	return whether || ends_asking(sr_proof_text(e, p, p->claim.span)) || ends_asking(sr_proof_text(e, p, p->claim.sentence_span));
}

unsigned pairs_root_classes(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	unsigned found = 0;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i];
		if (!sr_span_has(p->claim.span, t->span))
			continue;
		bool inside = t->head >= 0 && sr_span_has(p->claim.span, r->tokens[s->first_token + (uint32_t)t->head].span);
		found |= inside ? 0 : dispute_word(sr_span_of(r->doc->text, t->span));
	}
	return found;
}

bool pairs_rejects(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	if (p->claim.stance != SR_STANCE_DENIES || !sr_proof_attributed(p))
		return false;
	const sr_attribution *a = &r->attributions[p->claim.attribution];
	bool rejects = false;
	for (size_t i = 0; i < a->cue.count; i++)
		for (uint32_t k = sr_reading_token_at(r, a->cue.items[i].start); k < r->token_count && r->tokens[k].span.start < a->cue.items[i].end; k++)
			rejects |= dispute_word(r->tokens[k].lemma) & REJECTING_WORD;
	return rejects;
}

bool pairs_turns_down(const sr_evidence *e, const sr_proof *p)
{
	return pairs_rejects(e, p) && !(pairs_root_classes(e, p) & (SAID_WORD | VIEW_WORD | IT_WORD));
}

bool pairs_denies_intent(const sr_evidence *e, const sr_proof *told, const sr_proof *denial)
{
	return (dispute_words_in(e->readings[denial->claim.doc], denial->claim.span) & INTENT_WORD) &&
	       !(dispute_words_in(e->readings[told->claim.doc], told->claim.span) & INTENT_WORD);
}

/* What is demanded, promised or doubted is not said to be so. */
bool pairs_states(const sr_evidence *e, const sr_proof *p)
{
	sr_stance s = p->claim.stance;
	return !p->caption && !p->heading && !p->habit && p->party && sr_proof_attributed(p) && s != SR_STANCE_DEMANDS && s != SR_STANCE_PROMISES &&
	       s != SR_STANCE_DOUBTS && !pairs_asks(e, p) && !pairs_turns_down(e, p);
}

/* "found that he had not conspired": what the word leads to is negated, which is told of another word. */
static bool leads_to_negation(const sr_proof *p, uint32_t item)
{
	for (uint32_t i = item + 1; i < p->item_count; i++)
		if (p->items[i].negated && !p->items[i].aside)
			return true;
	return false;
}

static bool is_child(const sr_reading *r, uint32_t k, const sr_sentence *s, uint32_t head, uint8_t deprel) { return r->tokens[k].deprel == deprel && r->tokens[k].head == (int32_t)(head - s->first_token); }

static bool is_no(const sr_reading *r, uint32_t k) { return dispute_word(sr_span_of(r->doc->text, r->tokens[k].span)) & NOT_WORD; }

/* "Has not proven helpful": the word is what a negated verb leads to, or (the parse may part the two) stands right behind it. */
static bool below_negation(const sr_evidence *e, const sr_proof *p, uint32_t item)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	const sr_token *t = &r->tokens[p->items[item].token];
	uint32_t head = t->head >= 0 && t->deprel == SR_DEPREL_xcomp ? s->first_token + (uint32_t)t->head : UINT32_MAX, i = p->items[item].token;
	if (t->upos == SR_UPOS_ADJ && i > s->first_token && r->tokens[i - 1].upos == SR_UPOS_VERB)
		head = i - 1;
	for (uint32_t k = s->first_token; head != UINT32_MAX && k < head; k++)
		if (is_child(r, k, s, head, SR_DEPREL_advmod) && is_no(r, k))
			return true;
	return false;
}

/* "Told him of the mill, but not about the blow": not spoken of is not denied. */
static bool only_left_out(const sr_evidence *e, const sr_proof *p, uint32_t item)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t i = p->items[item].token;
	for (uint32_t k = s->first_token + 1; p->items[item].negated && k < i; k++)
		if (is_child(r, k, s, i, SR_DEPREL_case) && is_no(r, k - 1) && (k < s->first_token + 2 || r->tokens[k - 2].upos == SR_UPOS_CCONJ))
			return true;
	return false;
}

/* "came", "knows": that two such words meet says little. */
static bool is_idle(const sr_evidence *e, const sr_proof *p, uint32_t item)
{
	const sr_token *t = &e->readings[p->claim.doc]->tokens[p->items[item].token];
	return t->upos == SR_UPOS_VERB && (dispute_word(t->lemma) & (IDLE_WORD | LIGHT_WORD));
}

/* Adds a term of a claim if the claim states it. */
static sr_status add_use(pairs *out, uint32_t proof, uint32_t item)
{
	const sr_evidence *e = out->e;
	const sr_proof *p = &e->proofs[proof];
	const sr_term_at *at = &p->items[item];
	sr_term_kind kind = sr_terms_kind(e->terms, at->term);
	bool denies = p->claim.stance == SR_STANCE_DENIES, core = frame_is_core(e, p, item);
	bool name = e->readings[p->claim.doc]->tokens[at->token].upos == SR_UPOS_PROPN; /* "Jeff Sessions" is no meeting */
	if (name || kind == SR_TERM_NAME || kind == SR_TERM_NUMBER || (at->unreal && !denies) || (denies && !core))
		return SR_OK;
	if (!core && (at->aside || !pairs_is_strong(e, at->term)))
		return SR_OK;
	if (kind == SR_TERM_WORD && is_idle(e, p, item))
		return SR_OK;
	if (!at->negated && !denies && (leads_to_negation(p, item) || below_negation(e, p, item)))
		return SR_OK;
	if (only_left_out(e, p, item))
		return SR_OK;
	use *u = SR_PUSH(e->arena, &out->uses);
	frame *f = SR_NEW(e->arena, frame);
	if (!u || !f)
		return SR_E_NOMEM;
	frame_read(e, p, item, f);
	*u = (use){ at->term, proof, item, at->negated != denies, core, f };
	return SR_OK;
}

sr_status pairs_gather_uses(pairs *out)
{
	const sr_evidence *e = out->e;
	if (out->gathered)
		return SR_OK;
	out->gathered = true;
	for (uint32_t i = 0; i < e->proof_count; i++)
		for (uint32_t k = 0; pairs_states(e, &e->proofs[i]) && k < e->proofs[i].item_count; k++)
			SR_TRY(add_use(out, i, k));
	if (out->uses.count)
		qsort(out->uses.items, out->uses.count, sizeof *out->uses.items, by_term);
	return SR_OK;
}

sr_stand pairs_stand(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	return pairs_at(u->proof, e->readings[p->claim.doc]->tokens[p->items[u->item].token].span);
}
