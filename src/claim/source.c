/* Who says it: from a cue on the tree to the noun phrase that is its source. */
#include "tree.h"

int32_t agent_of(const work *w, int32_t verb)
{
	for (int32_t k = w->toks[verb].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (rel(w, k) == SR_DEPREL_obl) {
			int32_t c = child(w, k, SR_DEPREL_case);
			if (c >= 0 && (w->toks[c].bits & W(by)))
				return k;
		}
	return -1;
}

/* In the passive, by its auxiliary or, for a bare participle ("asked about it, he …"), by its form. */
bool is_passive(const work *w, int32_t verb)
{
	bool bare = rel(w, verb) == SR_DEPREL_advcl || rel(w, verb) == SR_DEPREL_acl;
	for (int32_t k = w->toks[verb].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (passive(w, k))
			return true;
		else if (rel(w, k) == SR_DEPREL_nsubj || rel(w, k) == SR_DEPREL_aux || rel(w, k) == SR_DEPREL_mark)
			bare = false;
	return bare && w->toks[verb].forms >= 0 && w->rules->forms[w->toks[verb].forms].form == FORM_PAST;
}

/* A noun that can speak for itself, rather than a statement, letter or rally. */
static bool can_speak(const work *w, int32_t noun)
{
	sr_upos u = upos(w, noun);
	return u == SR_UPOS_PROPN || u == SR_UPOS_PRON || (w->toks[noun].bits & (W(coll) | W(anon) | W(title) | W(group) | W(media))) || sr_str_ends(tok_str(w, noun), SR_STR("s"));
}

/* The token whose subtree is the source, or -1. *participle: the source is the noun that the cue modifies. */
int32_t source_head(const work *w, int32_t verb, bool *modified)
{
	int32_t v = verb;
	*modified = false;
	for (int i = 0; i < CLIMB_MAX && v >= 0; i++) {
		if (is_passive(w, v))
			return v == verb ? agent_of(w, v) : child(w, v, SR_DEPREL_nsubj);
		int32_t s = child(w, v, SR_DEPREL_nsubj);
		/* a day says nothing: "shared since Friday allegedly shows" */
		if (s >= 0 && !(w->toks[s].bits & W(day) && w->toks[s].lo == w->toks[s].hi))
			return s;
		sr_deprel r = rel(w, v);
		int32_t h = head_of(w, v);
		if (h < 0)
			return -1;
		if (r == SR_DEPREL_acl) {
			int32_t governor = head_of(w, h);
			int32_t own = cue_of_kind(w, verb, CUE_VERB);
			bool says = own >= 0 && w->rules->cues[own].klass != CLASS_FINDING;
			if (says && !can_speak(w, h) && governor >= 0 && upos(w, governor) == SR_UPOS_VERB && governor < h && !is_passive(w, governor)) {
				v = governor;
				continue;
			}
			*modified = true;
			return h;
		}
		if (r == SR_DEPREL_ccomp && v == verb && child(w, v, SR_DEPREL_mark) < 0 && i == 0)
			return -1;
		if (r != SR_DEPREL_conj && r != SR_DEPREL_xcomp && r != SR_DEPREL_advcl && r != SR_DEPREL_parataxis && r != SR_DEPREL_ccomp && r != SR_DEPREL_dep)
			return -1;
		if (r == SR_DEPREL_xcomp && child(w, h, SR_DEPREL_obj) >= 0 && (cue_of_kind(w, h, CUE_VERB) >= 0) &&
		    (w->rules->cues[cue_of_kind(w, h, CUE_VERB)].frames & FRAME('t')))
			return child(w, h, SR_DEPREL_obj);
		v = h;
	}
	return -1;
}

/* A noun phrase without a clause that modifies its end, where that clause holds the cue. */
tokens_span source_extent(const work *w, int32_t head, int32_t cue_tok)
{
	tokens_span s = extent(w, head);
	if (ts_has(s, cue_tok)) {
		if (cue_tok > head) {
			s.hi = head;
			for (int32_t k = w->toks[head].first_child; k >= 0; k = w->toks[k].next_sibling)
				if (k > head && w->toks[k].hi < cue_tok && w->toks[k].hi > s.hi && !w->toks[k].punct)
					s.hi = w->toks[k].hi;
		} else
			s.lo = cue_tok + 1;
	}
	/* "spokesperson Ada Brunt said", where the parse leaves the name apart */
	while (s.hi + 1 < cue_tok && (upos(w, s.hi + 1) == SR_UPOS_PROPN || (w->toks[s.hi + 1].cap && w->toks[s.hi].cap)))
		s.hi++;
	if (s.lo < s.hi && rel(w, s.lo) == SR_DEPREL_cc)
		s.lo++;
	s = trim_days(w, s);
	/* "by X", "according to X" */
	int32_t c = child(w, head, SR_DEPREL_case);
	while (c >= 0 && c == s.lo && c < head) {
		s.lo = w->toks[c].hi + 1;
		c = w->toks[c].next_sibling;
		while (c >= 0 && rel(w, c) != SR_DEPREL_case)
			c = w->toks[c].next_sibling;
	}
	return trim(w, s);
}
/* "…, the staff said on Monday.", where the parse takes the statement's own subject for the speaker: the noun phrase
 * between the last comma and the cue is the source. */
bool closing_speaker(const work *w, cand *c, const cue *q)
{
	int32_t first = sent_first(w, c->sent), last = sent_last(w, c->sent), t = c->cue_span.lo - 1, after = c->cue_tok + 1;
	if (!(q->frames & FRAME('q')) || q->klass != CLASS_SPEECH || ts_empty(c->source) || c->source.lo != first || c->source.hi >= t || in_speech(w, t))
		return false;
	if (after < last && !(w->toks[after].bits & (W(day) | W(prep) | W(adv))) && w->toks[after].punct != ',')
		return false;
	for (; t > first && c->cue_span.lo - t < 14 && w->toks[t].punct != ','; t--)
		if (upos(w, t) == SR_UPOS_VERB || upos(w, t) == SR_UPOS_AUX || (w->toks[t].bits & W(and)))
			return false;
	if (w->toks[t].punct != ',' || t <= c->source.hi || t + 1 == c->cue_span.lo || !(w->toks[t + 1].cap || (w->toks[t + 1].bits & (W(det) | W_PRONOUN))))
		return false;
	for (int32_t k = c->source.hi + 1; k < t; k++)
		if (upos(w, k) == SR_UPOS_VERB || upos(w, k) == SR_UPOS_AUX) {
			c->source = (tokens_span){ t + 1, c->cue_span.lo - 1 };
			return true;
		}
	return false;
}
