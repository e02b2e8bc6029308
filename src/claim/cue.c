/* Cue words on the tree: which tokens are cues, and which tokens around them belong to the cue. */
#include "tree.h"

#include <stdlib.h>

#define CUE_TOKENS_MAX 32

/* Words that may stand between the words of one cue: "made it very clear", "took direct aim". */
#define GAP_MAX 3

int32_t cue_rest(const work *w, int32_t t, const cue *q)
{
	sr_str rest = q->rest, word;
	int32_t at = t, last = sent_last(w, w->toks[t].sent);
	while (sr_str_next_field(&rest, ' ', &word)) {
		int32_t k = at + 1, end = at + GAP_MAX < last ? at + GAP_MAX : last;
		while (k <= end && !sr_str_eq_nocase(tok_str(w, k), word))
			k++;
		if (k > end || !(head_of(w, k) == t || head_of(w, k) == at || k == at + 1))
			return -1;
		at = k;
	}
	return at;
}

int32_t cue_of_kind(const work *w, int32_t t, cue_kind kind)
{
	int32_t best = -1;
	for (int32_t f = w->toks[t].forms; f >= 0; f = w->rules->forms[f].next) {
		int32_t index = w->rules->forms[f].cue;
		const cue *q = &w->rules->cues[index];
		if (q->kind != kind)
			continue;
		if (q->rest.len && cue_rest(w, t, q) >= 0)
			return index;
		if (!q->rest.len && best < 0)
			best = index;
	}
	return best;
}

int32_t phrase_cue(const work *w, int32_t t, int32_t last, int32_t *words)
{
	for (int32_t f = w->toks[t].forms; f >= 0; f = w->rules->forms[f].next) {
		const cue *c = &w->rules->cues[w->rules->forms[f].cue];
		if (c->kind != CUE_PHRASE)
			continue;
		sr_str rest = c->lemma, word;
		int32_t n = 0;
		bool same = true;
		while (same && sr_str_next_field(&rest, ' ', &word)) {
			same = t + n <= last && sr_str_eq_nocase(tok_str(w, t + n), word);
			n++;
		}
		if (same) {
			*words = n;
			return w->rules->forms[f].cue;
		}
	}
	return -1;
}

/* The verb with its auxiliaries, adverbs and, for an infinitive, the verb that governs it. */
tokens_span cue_extent(const work *w, int32_t t, int32_t first)
{
	tokens_span s = { t, t };
	int32_t governor = rel(w, t) == SR_DEPREL_xcomp ? head_of(w, t) : -1;
	while (s.lo > first) {
		int32_t k = s.lo - 1;
		sr_deprel r = rel(w, k);
		bool helper = (head_of(w, k) == t || (governor >= 0 && head_of(w, k) == governor)) && (r == SR_DEPREL_aux || r == SR_DEPREL_advmod || r == SR_DEPREL_cop);
		bool to = governor >= 0 && (w->toks[k].bits & W(to));
		if (!helper && !to && k != governor)
			break;
		if (w->toks[k].punct || (r == SR_DEPREL_advmod && (w->toks[k].bits & W(wh))))
			break;
		s.lo = k;
	}
	int32_t k = w->toks[t].first_child;
	for (; k >= 0; k = w->toks[k].next_sibling)
		if (k == s.hi + 1 && rel(w, k) == SR_DEPREL_compound && upos(w, k) == SR_UPOS_ADP)
			s.hi = k;
	return s;
}
/* ---- how far a cue reaches, once its source and content are known ---- */

typedef struct reach {
	const work *w;
	const cand *c;
	int32_t toks[CUE_TOKENS_MAX];
	size_t count;
} reach;

static bool taken(const reach *r, int32_t t)
{
	if (ts_has(r->c->source, t))
		return true;
	for (size_t i = 0; i < r->c->content_count; i++)
		if (ts_has(r->c->content[i], t))
			return true;
	return false;
}

static void add_token(reach *r, int32_t t)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->toks[i] == t)
			return;
	if (r->count < CUE_TOKENS_MAX && !taken(r, t))
		r->toks[r->count++] = t;
}

static void add_span(reach *r, tokens_span s)
{
	for (int32_t t = s.lo; t <= s.hi; t++)
		add_token(r, t);
}

/* "to discuss", "went on to say". */
static void add_infinitive(reach *r)
{
	const work *w = r->w;
	int32_t t = r->c->cue_span.lo - 1;
	if (t >= sent_first(w, r->c->sent) && (w->toks[t].bits & W(to)) && rel(w, t) == SR_DEPREL_mark)
		add_token(r, t);
}

/* "fierce criticism of", and "expressed", "raised", "made" before it. */
static void add_noun_parts(reach *r)
{
	const work *w = r->w;
	int32_t t = r->c->cue_tok, verb = rel(w, t) == SR_DEPREL_obj ? head_of(w, t) : -1;
	for (int32_t k = w->toks[t].first_child; k >= 0 && k < t; k = w->toks[k].next_sibling) {
		sr_deprel d = rel(w, k);
		if (d == SR_DEPREL_amod || d == SR_DEPREL_compound || (d == SR_DEPREL_det && !(w->toks[k].bits & W_PRONOUN)))
			add_span(r, extent(w, k));
	}
	int32_t in = child(w, t, SR_DEPREL_case);
	if (in >= 0 && in == t - 1 && tok_is(w, in, "in"))
		add_token(r, in); /* "in support of" */
	if (verb >= 0 && verb < t && upos(w, verb) == SR_UPOS_VERB && (w->toks[verb].bits & W(light)))
		add_span(r, cue_extent(w, verb, sent_first(w, r->c->sent)));
}

#define LEAD_MAX 3 /* words between a speaker and his cue that belong to the cue: "went on to say" */

/* "went on to say", "took to Twitter to applaud": a verb of motion or beginning between the speaker and the cue. "by
 * saying", "in arguing". */
static void add_lead(reach *r)
{
	const work *w = r->w;
	const cand *c = r->c;
	int32_t t = c->cue_tok, lo = c->cue_span.lo, first = c->source.hi + 1, governor = head_of(w, t);
	if (rel(w, t) != SR_DEPREL_advcl)
		return;
	if (!ts_empty(c->source) && c->source.hi < lo && lo - first <= LEAD_MAX && governor >= first && governor < lo && upos(w, governor) == SR_UPOS_VERB) {
		int32_t says = cue_of_kind(w, governor, CUE_VERB);
		for (int32_t k = first; k < lo; k++)
			if (w->toks[k].punct)
				return;
		if (says >= 0 && (w->rules->cues[says].frames & FRAME('c')))
			return;
		add_span(r, (tokens_span){ first, lo - 1 });
	} else if (lo > sent_first(w, c->sent) && rel(w, lo - 1) == SR_DEPREL_mark && ((w->toks[lo - 1].bits & W(by)) || tok_is(w, lo - 1, "in")))
		add_token(r, lo - 1);
}

/* "said repeatedly", "said Tuesday", "put it", "said:", "said in a statement". */
static void add_behind(reach *r)
{
	const work *w = r->w;
	int32_t last = sent_last(w, r->c->sent), t = r->c->cue_span.hi + 1, verb = r->c->cue_tok;
	for (; t <= last && head_of(w, t) == verb && (rel(w, t) == SR_DEPREL_advmod || (rel(w, t) == SR_DEPREL_obl && (w->toks[t].bits & W(day)))) &&
	       !(w->toks[t].bits & W(wh)); t++)
		add_span(r, extent(w, t));
	if (t <= last && (w->toks[t].bits & W(it)) && rel(w, t) == SR_DEPREL_obj)
		add_token(r, t++);
	/* the medium, up to its noun */
	if (t < last && (w->toks[t].bits & W(prep)) && rel(w, t) == SR_DEPREL_case && head_of(w, t) > t && (w->toks[head_of(w, t)].bits & W(medium)) && head_of(w, head_of(w, t)) == verb) {
		add_span(r, (tokens_span){ t, head_of(w, t) });
		t = head_of(w, t) + 1;
	}
	if (t <= last && w->toks[t].punct == ':')
		add_token(r, t);
}

static int by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

size_t cue_spans(const work *w, const cand *c, tokens_span *out)
{
	reach r = { .w = w, .c = c };
	size_t n = 0;
	add_span(&r, c->cue_span);
	add_span(&r, c->cue_span2);
	if (c->cue >= 0 && head_of(w, c->cue_tok) != -2) {
		cue_kind kind = w->rules->cues[c->cue].kind;
		if (kind == CUE_VERB) {
			for (int32_t k = w->toks[c->cue_tok].first_child; k >= 0 && k < c->cue_tok; k = w->toks[k].next_sibling)
				if (rel(w, k) == SR_DEPREL_aux)
					add_token(&r, k);
			add_infinitive(&r);
			add_lead(&r);
			add_behind(&r);
		} else if (kind == CUE_NOUN)
			add_noun_parts(&r);
	}
	qsort(r.toks, r.count, sizeof *r.toks, by_number);
	for (size_t i = 0; i < r.count; i++)
		if (n && out[n - 1].hi + 1 == r.toks[i])
			out[n - 1].hi++;
		else if (n < CUE_SPANS_MAX)
			out[n++] = (tokens_span){ r.toks[i], r.toks[i] };
	return n;
}
