/* What is said, where the cue stands in the passive: whom or what it is done to, and what is said of that. */
#include "tree.h"

/* The last token before the next comma that stands outside quotation marks. */
static int32_t to_comma(const work *w, int32_t t, int32_t last)
{
	while (t < last && (w->toks[t + 1].punct != ',' || in_speech(w, t + 1)))
		t++;
	return t;
}

/* "accused by three women of theft", where the parse makes the charge part of who brings it: a noun without an article, a deed. */
static void charge_behind_agent(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t agent = q->stance == SR_STANCE_ACCUSES && !ts_empty(c->source) ? agent_of(w, t) : -1;
	for (int32_t k = agent >= 0 ? w->toks[agent].first_child : -1; k >= 0; k = w->toks[k].next_sibling) {
		bool deed = rel(w, k) == SR_DEPREL_acl && upos(w, k) == SR_UPOS_VERB;
		int32_t prep = child(w, k, deed ? SR_DEPREL_mark : SR_DEPREL_case);
		bool bare = child(w, k, SR_DEPREL_det) < 0 && upos(w, k) == SR_UPOS_NOUN && rel(w, k) == SR_DEPREL_nmod;
		if (!(bare || deed) || k < agent || prep != w->toks[k].lo || !tok_is(w, prep, "of") || prep <= c->source.lo || prep > c->source.hi)
			continue;
		c->source.hi = prep - 1;
		cand_add_content(c, trim(w, extent(w, k)));
		return;
	}
}

/* "He was accused of theft", "the plan was announced", "known as a reformer": whom or what it is done to, and what is said
 * of it. A participle that modifies a noun has that noun for its subject, if somebody is named who says it. */
void content_of_passive(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t s = child(w, t, SR_DEPREL_nsubj), x = child(w, t, SR_DEPREL_xcomp);
	bool stated = q->frames & (FRAME('o') | FRAME('c') | FRAME('x'));
	if ((q->frames & FRAME('s')) && s >= 0) {
		(void)content_of_preposition(w, c, q, t);
		return;
	}
	if (s >= 0) {
		tokens_span subject = trim(w, extent(w, s));
		bool pronoun = w->toks[subject.lo].bits & (W(who) | W(it));
		bool alone = (q->frames & FRAME('o')) && (!ts_empty(c->source) || (q->klass == CLASS_SPEECH && !pronoun));
		cand_add_content(c, subject);
		if (x >= 0 && stated)
			cand_add_content(c, trim(w, extent(w, x)));
		else if (!((q->frames & FRAME('p')) && content_of_preposition(w, c, q, t)) && !alone)
			c->content_count = 0;
		else
			charge_behind_agent(w, c, q, t);
		return;
	}
	int32_t last = sent_last(w, c->sent);
	int32_t noun = rel(w, t) == SR_DEPREL_acl && head_of(w, t) < t ? head_of(w, t) : -1;
	if (noun >= 0 && (q->frames & FRAME('o')) && !(q->frames & FRAME('k')) && !ts_empty(c->source)) {
		cand_add_content(c, source_extent(w, noun, t));
		if (!((q->frames & FRAME('p')) && content_of_preposition(w, c, q, t)))
			charge_behind_agent(w, c, q, t);
		return;
	}
	if ((q->frames & FRAME('p')) && content_of_preposition(w, c, q, t))
		return;
	int32_t k = q->frames & FRAME('q') ? question_clause(w, t) : -1;
	if (k >= 0)
		cand_add_content(c, trim(w, extent(w, k)));
	else if ((q->frames & FRAME('q')) && t < last && asks(w, t + 1))
		cand_add_content(c, trim(w, (tokens_span){ t + 1, to_comma(w, t + 1, last) }));
}
