/* Statements that the parse pushes into each other, parted: where one's content runs into the report of another, it
 * ends there, and each stands for itself. */
#include "tree.h"

static bool carries_words(const work *w, const cand *c)
{
	const cue *q = c->cue >= 0 ? &w->rules->cues[c->cue] : NULL;
	return q && q->kind == CUE_VERB && q->klass == CLASS_SPEECH && (q->frames & FRAME('c')) && c->content_count && !c->dropped;
}

static cue_form form_of(const work *w, const cand *c)
{
	for (int32_t f = w->toks[c->cue_tok].forms; f >= 0; f = w->rules->forms[f].next)
		if (w->rules->forms[f].cue == c->cue)
			return (cue_form)w->rules->forms[f].form;
	return FORM_BASE;
}

static bool comma_before(const work *w, int32_t t, int32_t first) { return t > first && (w->toks[t - 1].punct == ',' || w->toks[t - 1].punct == ';' || w->toks[t - 1].punct == '-'); }

/* Where a clause begins that joins on to others: at its conjunction, if it has one before it. */
static int32_t joint(const work *w, int32_t t, int32_t lo)
{
	int32_t cc = child(w, t, SR_DEPREL_cc), mark = child(w, t, SR_DEPREL_mark);
	if (cc >= 0 && cc < lo)
		return cc;
	return mark >= 0 && mark < lo ? mark : lo;
}

/* The token at which the content s of outer ends because inner's report begins there, or -1. */
static int32_t border(const work *w, const cand *outer, cand *inner, tokens_span s)
{
	int32_t t = inner->cue_tok, first = sent_first(w, inner->sent), lo = inner->cue_span.lo;
	sr_deprel r = rel(w, t);
	int32_t subject = child(w, t, SR_DEPREL_nsubj);
	bool own = subject >= 0 && subject < t;
	if (own && w->toks[subject].lo < lo)
		lo = w->toks[subject].lo;
	if (head_of(w, t) == -1 && s.lo > outer->cue_tok)
		return lo > outer->cue_tok ? lo : -1;
	if (r == SR_DEPREL_conj && s.lo > outer->cue_tok) {
		int32_t at = joint(w, t, lo), mark = child(w, t, SR_DEPREL_mark);
		bool goes_on = mark >= 0 && mark < t && (w->toks[mark].bits & W(that)); /* "said water came in, and that no one told passengers" */
		if (own)
			return comma_before(w, at, first) && !goes_on ? at : -1;
		/* "said that …, and insisted that …": one speaker, in one tense */
		if (form_of(w, outer) != form_of(w, inner) || form_of(w, inner) == FORM_BASE || !(w->toks[at].bits & W(and) || w->toks[at].bits & W(bound)))
			return -1;
		inner->source = outer->source;
		return at;
	}
	if (w->toks[t].hi + 1 < s.hi)
		return -1;
	int32_t start = w->toks[t].lo;
	bool sub = r == SR_DEPREL_advcl && own && child(w, t, SR_DEPREL_mark) >= 0;
	bool relative = r == SR_DEPREL_acl && own && (w->toks[start].bits & W(who));
	return (sub || relative) && start > s.lo && comma_before(w, start, first) ? start : -1;
}

static void cut_at(const work *w, cand *c, size_t index, int32_t at)
{
	tokens_span *s = &c->content[index];
	s->hi = at - 1;
	*s = trim(w, *s);
	c->content_count = ts_empty(*s) ? index : index + 1;
}

/* "X denied it, saying …": the participle after a comma is the outer speaker's, and no part of what was denied. */
static void part_participle(const work *w, cand *p, size_t from, size_t count)
{
	int32_t comma = p->cue_span.lo - 1;
	while (comma > sent_first(w, p->sent) && w->toks[comma].close)
		comma--; /* “a demagogue,” adding */
	int32_t last = comma == p->cue_span.lo - 1 ? comma - 1 : p->cue_span.lo - 1;
	if (p->cue < 0 || w->rules->cues[p->cue].kind != CUE_VERB || !sr_str_ends(tok_str(w, p->cue_tok), SR_STR("ing")) || comma < 1 || w->toks[comma].punct != ',' || w->rules->cues[p->cue].klass == CLASS_ATTITUDE)
		return;
	for (size_t k = from; k < count; k++) {
		cand *outer = &w->cands.items[k];
		tokens_span *s = outer->content_count ? &outer->content[outer->content_count - 1] : NULL;
		if (s && outer->cue >= 0 && outer->cue_tok < comma && s->lo == p->cue_tok && outer->content_count > 1) {
			outer->content_count--;
			continue;
		}
		if (!s || outer->cue < 0 || outer->cue_tok > comma || s->lo >= comma || s->hi < p->cue_tok || s->lo < outer->cue_tok)
			continue;
		s->hi = last;
		if (!ts_empty(outer->source) && w->rules->cues[p->cue].klass == CLASS_SPEECH)
			p->source = outer->source;
	}
}

#define CARRIER_MAX 12 /* words between what is issued and the participle that tells what it says */

/* "issued a statement saying …", "sent a letter to the yard on Monday, asking …": the verb that issues what the participle t
 * speaks in, and in *noun what it issues; -1 if it speaks in none. */
static int32_t issues(const work *w, int32_t t, int32_t *noun)
{
	int32_t h = head_of(w, t), verb = -1;
	if (rel(w, t) == SR_DEPREL_acl && h >= 0 && rel(w, h) == SR_DEPREL_obj) {
		verb = head_of(w, h);
		*noun = h;
	} else if (rel(w, t) == SR_DEPREL_advcl && h >= 0) {
		verb = h;
		*noun = child(w, h, SR_DEPREL_obj);
	}
	if (verb < 0 || *noun < verb || t < *noun || t - *noun > CARRIER_MAX || !(w->toks[*noun].bits & W(medium)) || !(w->toks[verb].bits & W(light)))
		return -1;
	for (int32_t k = *noun + 1; k < t; k++)
		if (upos(w, k) == SR_UPOS_VERB)
			return -1;
	return verb;
}

/* What is issued is no statement beside what it says, and its words belong to the cue. */
static void part_carrier(const work *w, cand *p, size_t from)
{
	bool says = p->cue >= 0 && w->rules->cues[p->cue].kind == CUE_VERB && w->rules->cues[p->cue].klass == CLASS_SPEECH && p->content_count && !p->dropped;
	int32_t noun, verb = says && form_of(w, p) == FORM_ING ? issues(w, p->cue_tok, &noun) : -1;
	if (verb < 0)
		return;
	for (size_t k = from; k < w->cands.count; k++)
		if (w->cands.items[k].cue_tok == verb || w->cands.items[k].cue_tok == noun)
			w->cands.items[k].dropped = true;
	p->cue_span.lo = cue_extent(w, verb, sent_first(w, p->sent)).lo;
	bool modified;
	int32_t s = source_head(w, verb, &modified);
	if (s >= 0)
		p->source = source_extent(w, s, verb);
}

/* "made it clear": the adjective is a word of the verb's cue, and none of its own. */
static void part_words(const work *w, const cand *c, size_t from)
{
	if (c->cue < 0 || !w->rules->cues[c->cue].rest.len)
		return;
	int32_t hi = ts_empty(c->cue_span2) ? c->cue_span.hi : c->cue_span2.hi;
	for (size_t k = from; k < w->cands.count; k++)
		if (w->cands.items[k].cue_tok > c->cue_tok && w->cands.items[k].cue_tok <= hi && w->rules->cues[w->cands.items[k].cue].kind != CUE_VERB)
			w->cands.items[k].dropped = true;
}

/* The last semicolon of the span outside quotation marks, or -1. */
static int32_t semicolon(const work *w, tokens_span s)
{
	for (int32_t k = s.hi; k > s.lo; k--)
		if (w->toks[k].punct == ';' && !in_speech(w, k))
			return k;
	return -1;
}

/* "The staff said that it held; none had fallen, Vance reported": each has said what stands on his side. */
static void part_at_semicolon(const work *w, cand *p, size_t from)
{
	tokens_span *s = p->content_count ? &p->content[0] : NULL;
	int32_t at = s && s->hi < p->cue_tok ? semicolon(w, *s) : -1;
	for (size_t k = from; at >= 0 && k < w->cands.count; k++) {
		cand *other = &w->cands.items[k];
		if (other == p || !carries_words(w, other) || ts_empty(other->source) || other->source.lo < s->lo || other->cue_tok >= at || other->source.hi >= at)
			continue;
		for (size_t n = 0; n < other->content_count; n++)
			if (ts_has(other->content[n], at))
				cut_at(w, other, n, at);
		*s = trim(w, (tokens_span){ at + 1, s->hi });
		return;
	}
}

void part_statements(const work *w, size_t from)
{
	for (size_t i = from; i < w->cands.count; i++) {
		cand *p = &w->cands.items[i];
		part_participle(w, p, from, w->cands.count);
		part_carrier(w, p, from);
		part_words(w, p, from);
		if (!carries_words(w, p))
			continue;
		part_at_semicolon(w, p, from);
		int32_t at = -1;
		for (size_t k = from; k < w->cands.count; k++) {
			const cand *outer = &w->cands.items[k];
			for (size_t n = 0; k != i && at < 0 && n < outer->content_count; n++)
				if (ts_has(outer->content[n], p->cue_tok))
					at = border(w, outer, p, outer->content[n]);
		}
		for (size_t k = from; at >= 0 && k < w->cands.count; k++) {
			cand *outer = &w->cands.items[k];
			for (size_t n = 0; k != i && n < outer->content_count; n++)
				if (ts_has(outer->content[n], p->cue_tok) && at > outer->content[n].lo)
					cut_at(w, outer, n, at);
		}
	}
}
