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

/* The subject of a verb. The parse may give it two, that of the statement before it and its own: its own stands outside
 * quotation marks and nearest before it. A day is none: "shared since Friday allegedly shows". */
static int32_t subject_of(const work *w, int32_t verb)
{
	int32_t best = -1;
	for (int32_t k = w->toks[verb].first_child; k >= 0; k = w->toks[k].next_sibling) {
		if (rel(w, k) != SR_DEPREL_nsubj || ((w->toks[k].bits & W(day)) && w->toks[k].lo == w->toks[k].hi))
			continue;
		bool one_name = best >= 0 && w->toks[best].hi + 1 == w->toks[k].lo && w->toks[w->toks[best].hi].word; /* "spokesperson Ada Brunt" in two parts */
		if (best < 0 || (k < verb && !one_name && (!in_speech(w, k) || in_speech(w, verb))))
			best = k;
	}
	return best;
}

/* "Many have left, he said, adding that …", where the parse hangs the adding on what is said: the saying between the two; else -1. */
static int32_t saying_behind(const work *w, int32_t clause, int32_t verb)
{
	int32_t saying = rel(w, clause) == SR_DEPREL_ccomp ? head_of(w, clause) : -1;
	bool adds = w->toks[verb].forms >= 0 && w->rules->forms[w->toks[verb].forms].form == FORM_ING;
	return adds && saying > clause && saying < verb && cue_of_kind(w, saying, CUE_VERB) >= 0 ? saying : -1;
}

/* The token whose subtree is the source, or -1. *participle: the source is the noun that the cue modifies. */
int32_t source_head(const work *w, int32_t verb, bool *modified)
{
	int32_t v = verb;
	*modified = false;
	for (int i = 0; i < CLIMB_MAX && v >= 0; i++) {
		if (is_passive(w, v)) {
			int32_t own = v == verb ? cue_of_kind(w, v, CUE_VERB) : -1;
			bool feels = own >= 0 && (w->rules->cues[own].frames & FRAME('s'));
			return v == verb && !feels ? agent_of(w, v) : child(w, v, SR_DEPREL_nsubj);
		}
		int32_t s = subject_of(w, v);
		if (s >= 0)
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
		int32_t saying = v == verb && r == SR_DEPREL_advcl ? saying_behind(w, h, verb) : -1;
		if (saying >= 0) {
			v = saying;
			continue;
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

/* "It is a victory for Moor, who …", "he was one of the few who …": the noun is all of a clause; its subject is not what it names. */
static int32_t behind_copula(const work *w, int32_t head, int32_t lo)
{
	for (int32_t k = w->toks[head].first_child; k >= 0 && k < head; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		bool clause = r == SR_DEPREL_nsubj || r == SR_DEPREL_cop || r == SR_DEPREL_aux || r == SR_DEPREL_expl || r == SR_DEPREL_csubj || r == SR_DEPREL_mark;
		if (clause && w->toks[k].hi >= lo && w->toks[k].hi < head)
			lo = w->toks[k].hi + 1;
	}
	return lo;
}

/* "Moor was one of the few who said", "the bill is an act that says": whoever the clause tells that of. -1 for none: "it was a
 * mayor who said". */
static int32_t told_of(const work *w, int32_t head)
{
	int32_t cop = child(w, head, SR_DEPREL_cop), subject = child(w, head, SR_DEPREL_nsubj);
	bool named = upos(w, head) == SR_UPOS_PROPN || child(w, head, SR_DEPREL_case) >= 0;
	bool thing = subject >= 0 && (upos(w, subject) == SR_UPOS_PROPN || upos(w, subject) == SR_UPOS_NOUN);
	return cop >= 0 && cop < head && !named && thing && subject < cop ? subject : -1;
}

/* A noun phrase without a clause that modifies its end, where that clause holds the cue. */
static bool and_between(const work *w, int32_t lo, int32_t hi)
{
	for (int32_t i = lo + 1; i < hi; i++)
		if (rel(w, i) == SR_DEPREL_cc && tok_is(w, i, "and"))
			return true;
	return false;
}

/* "Vance and officials of the yard", where the parse gives the verb two subjects: both say it. */
static tokens_span joined_subjects(const work *w, int32_t head, tokens_span s)
{
	int32_t verb = rel(w, head) == SR_DEPREL_nsubj ? head_of(w, head) : -1;
	for (int32_t k = verb >= 0 ? w->toks[verb].first_child : -1; k >= 0 && k < verb; k = w->toks[k].next_sibling) {
		if (k == head || rel(w, k) != SR_DEPREL_nsubj || !and_between(w, k < head ? k : head, k < head ? head : k))
			continue;
		if (k < head && w->toks[k].hi + 2 >= s.lo && w->toks[k].lo < s.lo)
			s.lo = w->toks[k].lo;
		if (k > head && w->toks[k].lo <= s.hi + 2 && w->toks[k].hi > s.hi)
			s.hi = w->toks[k].hi;
	}
	return s;
}

/* "Ada Brunt students hold …", where the parse gives the verb two subjects, the name and those who are called after it: they speak. */
static tokens_span people_named_so(const work *w, int32_t head, tokens_span s)
{
	int32_t verb = rel(w, head) == SR_DEPREL_nsubj ? head_of(w, head) : -1;
	for (int32_t k = verb >= 0 ? w->toks[verb].first_child : -1; k >= 0 && k < verb; k = w->toks[k].next_sibling)
		if (k > head && rel(w, k) == SR_DEPREL_nsubj && upos(w, k) == SR_UPOS_NOUN && w->toks[k].lo == s.hi + 1 && sr_str_ends(tok_str(w, k), SR_STR("s")))
			s.hi = w->toks[k].hi;
	return s;
}

tokens_span source_extent(const work *w, int32_t head, int32_t cue_tok)
{
	int32_t subject = told_of(w, head);
	if (subject >= 0)
		return source_extent(w, subject, cue_tok);
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
	s.lo = behind_copula(w, head, s.lo);
	/* "spokesperson Ada Brunt said", where the parse leaves the name apart */
	while (s.hi + 1 < cue_tok && (upos(w, s.hi + 1) == SR_UPOS_PROPN || (w->toks[s.hi + 1].cap && w->toks[s.hi].cap)))
		s.hi++;
	if (s.lo < s.hi && rel(w, s.lo) == SR_DEPREL_cc)
		s.lo++;
	s = joined_subjects(w, head, people_named_so(w, head, s));
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
/* A cue at the end of its sentence, or with no more than a day or place behind it. */
static bool closes_sentence(const work *w, const cand *c)
{
	int32_t after = c->cue_tok + 1, last = sent_last(w, c->sent);
	return after >= last || (w->toks[after].bits & (W(day) | W(prep) | W(adv))) || w->toks[after].punct == ',';
}

static bool predicate_in(const work *w, int32_t lo, int32_t hi)
{
	for (int32_t k = lo; k <= hi; k++)
		if (upos(w, k) == SR_UPOS_VERB || upos(w, k) == SR_UPOS_AUX)
			return true;
	return false;
}

/* "…, the staff said on Monday.", where the parse takes the statement's own subject for the speaker, or hangs the cue on
 * the statement: the noun phrase between the last comma and the cue is the source. */
bool closing_speaker(const work *w, cand *c, const cue *q)
{
	int32_t first = sent_first(w, c->sent), t = c->cue_span.lo - 1;
	if (!(q->frames & FRAME('q')) || q->klass != CLASS_SPEECH || ts_empty(c->source) || !closes_sentence(w, c))
		return false;
	if (c->source.hi == t && c->source.lo > first + 1) {
		int32_t before = c->source.lo - 1, subject = child(w, c->cue_tok, SR_DEPREL_nsubj);
		bool astray = subject >= 0 && (rel(w, c->cue_tok) == SR_DEPREL_acl || subject < before);
		return astray && w->toks[before].punct == ',' && !in_speech(w, before) && predicate_in(w, first, before - 1) && !(w->toks[c->source.lo].bits & W(who));
	}
	if (c->source.lo != first || c->source.hi >= t || in_speech(w, t) || (w->toks[t].bits & (W(by) | W(prep)))) /* "each time by | adding" */
		return false;
	for (; t > first && c->cue_span.lo - t < 14 && w->toks[t].punct != ','; t--)
		if (upos(w, t) == SR_UPOS_VERB || upos(w, t) == SR_UPOS_AUX || (w->toks[t].bits & W(and)))
			return false;
	if (w->toks[t].punct != ',' || t <= c->source.hi || t + 1 == c->cue_span.lo || !(w->toks[t + 1].cap || (w->toks[t + 1].bits & (W(det) | W_PRONOUN))))
		return false;
	if (!predicate_in(w, c->source.hi + 1, t - 1))
		return false;
	c->source = (tokens_span){ t + 1, c->cue_span.lo - 1 };
	return true;
}
