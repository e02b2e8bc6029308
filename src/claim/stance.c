/* How it was said and how sure anyone is: from the cue, its negation, and modality in the content. */
#include "tree.h"

/* Words of the content that may hedge its main statement. */
#define HEDGE_REACH 16

static bool cue_negated(const work *w, const cand *c)
{
	for (int32_t t = c->cue_span.lo; t < c->cue_tok; t++)
		if (w->toks[t].bits & (W(neg) | W(unwilling)))
			return true;
	return false;
}

/* "denied permission", "rejected the offer": what is asked for or offered is refused, and nothing is said to be untrue. But "denied
 * the deal" says that there is none. */
static bool refuses(const work *w, const cand *c, const cue *q)
{
	uint64_t things = sr_str_eq(q->lemma, SR_STR("deny")) ? W(grant) : W(grant) | W(offer);
	if (q->kind != CUE_VERB)
		return false;
	if (head_of(w, c->cue_tok) == -2) { /* not parsed: the words up to the first preposition */
		int32_t t = c->content_count ? c->content[0].lo : 0, end = c->content_count ? c->content[0].hi : -1;
		while (t <= end && !(w->toks[t].bits & (W(prep) | W(to) | W(that) | things)))
			t++;
		return t <= end && (w->toks[t].bits & things);
	}
	int32_t o = child(w, c->cue_tok, SR_DEPREL_obj);
	if (o < 0 && is_passive(w, c->cue_tok))
		o = child(w, c->cue_tok, SR_DEPREL_nsubj);
	return o >= 0 && (w->toks[o].bits & things);
}

sr_stance cand_stance(const work *w, const cand *c)
{
	if (c->cue < 0)
		return SR_STANCE_SAYS;
	const cue *q = &w->rules->cues[c->cue];
	sr_stance s = q->stance == SR_STANCE_DENIES && refuses(w, c, q) ? SR_STANCE_SAYS : q->stance;
	/* "called it a start", "asked whether": no demand without its preposition or infinitive */
	if (s == SR_STANCE_DEMANDS && (q->frames & FRAME('p')) && c->content_count) {
		int32_t t = c->content[0].lo;
		bool question = w->toks[t].bits & W(wh);
		bool described = (q->frames & FRAME('a')) && c->cue_span.hi == c->cue_tok && ts_empty(c->cue_span2) && !(w->toks[t].bits & W(to));
		int32_t preposition = ts_empty(c->cue_span2) ? c->cue_span.hi : c->cue_span2.hi;
		if (question || described || c->quoted || tok_is(w, preposition, "about"))
			return SR_STANCE_SAYS;
	}
	/* "told people to boil it" */
	bool told_to = s == SR_STANCE_SAYS && q->klass == CLASS_SPEECH && (q->frames & FRAME('t')) && c->content_count && (w->toks[c->content[0].lo].bits & W(to)) &&
	               w->reading->tokens[c->content[0].lo].deprel == SR_DEPREL_mark;
	if (told_to)
		return SR_STANCE_DEMANDS;
	if (!cue_negated(w, c))
		return s;
	return s == SR_STANCE_CONFIRMS ? SR_STANCE_DOUBTS : s == SR_STANCE_DENIES || s == SR_STANCE_DOUBTS ? SR_STANCE_SAYS : s;
}

static bool content_hedged(const work *w, const cand *c)
{
	int words = 0;
	for (size_t i = 0; i < c->content_count; i++)
		for (int32_t t = c->content[i].lo; t <= c->content[i].hi; t++) {
			const tok *k = &w->toks[t];
			if ((k->bits & W(hedge)) && !(k->cap && t != c->content[i].lo && !w->toks[t - 1].open))
				return true;
			words += k->word;
			if (words > HEDGE_REACH || (words > 4 && (k->bits & W(who))))
				return false;
		}
	return false;
}

sr_certainty cand_certainty(const work *w, const cand *c)
{
	for (size_t i = 0; i < c->content_count; i++)
		if (phrase_unverified(w->rules, sr_span_of(w->text, ts_span(w, c->content[i]))))
			return SR_CERTAINTY_UNVERIFIED;
	if (c->cue >= 0) {
		const cue *q = &w->rules->cues[c->cue];
		if (q->stance == SR_STANCE_CONFIRMS && cue_negated(w, c))
			return SR_CERTAINTY_UNVERIFIED;
		if (q->certainty != SR_CERTAINTY_STATED)
			return q->certainty;
		for (int32_t t = c->cue_span.lo; t < c->cue_tok; t++)
			if (w->toks[t].bits & W(hedge))
				return SR_CERTAINTY_HEDGED;
	}
	return content_hedged(w, c) ? SR_CERTAINTY_HEDGED : SR_CERTAINTY_STATED;
}
