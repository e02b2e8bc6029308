/* Statements on the dependency tree (Universal Dependencies).
 *
 * A cue verb's content is its clausal complement, the clause it is inserted into, or, where the table allows,
 * its object, infinitive or prepositional phrase; its source is its subject, inherited through coordination,
 * control and participles. Cue nouns take clauses and their possessor; "according to" takes the clause around. */
#include "claim_internal.h"

#define CLIMB_MAX 12

static sr_deprel rel(const work *w, int32_t t) { return (sr_deprel)w->reading->tokens[t].deprel; }
static sr_upos upos(const work *w, int32_t t) { return (sr_upos)w->reading->tokens[t].upos; }
static bool passive(const work *w, int32_t t) { return w->reading->tokens[t].passive; }
static int32_t head_of(const work *w, int32_t t) { return w->toks[t].head; }
static bool nominal(const work *w, int32_t t)
{
	sr_upos u = upos(w, t);
	return u == SR_UPOS_NOUN || u == SR_UPOS_PROPN || u == SR_UPOS_PRON || u == SR_UPOS_NUM || u == SR_UPOS_SYM;
}

static int32_t child(const work *w, int32_t t, sr_deprel r)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (rel(w, k) == r)
			return k;
	return -1;
}

static bool in_speech(const work *w, int32_t t)
{
	int32_t q = w->toks[t].quote;
	return q >= 0 && w->quotes.items[q].speech;
}

static bool droppable(const work *w, int32_t t) { return w->toks[t].punct && !w->toks[t].open && !w->toks[t].close && w->toks[t].punct != '(' && w->toks[t].punct != ')' && w->toks[t].punct != '%' && w->toks[t].punct != '$' && w->toks[t].punct != '[' && w->toks[t].punct != ']'; }

/* Without punctuation at the edges; marks of quotation stay. */
static tokens_span trim(const work *w, tokens_span s)
{
	while (!ts_empty(s) && droppable(w, s.hi))
		s.hi--;
	while (!ts_empty(s) && droppable(w, s.lo))
		s.lo++;
	return s;
}

static tokens_span extent(const work *w, int32_t t) { return (tokens_span){ w->toks[t].lo, w->toks[t].hi }; }

/* ---- cues ---- */

static int32_t cue_of_kind(const work *w, int32_t t, cue_kind kind)
{
	for (int32_t f = w->toks[t].forms; f >= 0; f = w->rules->forms[f].next)
		if (w->rules->cues[w->rules->forms[f].cue].kind == kind)
			return w->rules->forms[f].cue;
	return -1;
}

static int32_t phrase_cue(const work *w, int32_t t, int32_t last, int32_t *words)
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
static tokens_span cue_extent(const work *w, int32_t t, int32_t first)
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

/* ---- sources ---- */

static int32_t agent_of(const work *w, int32_t verb)
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
static bool is_passive(const work *w, int32_t verb)
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
static int32_t source_head(const work *w, int32_t verb, bool *modified)
{
	int32_t v = verb;
	*modified = false;
	for (int i = 0; i < CLIMB_MAX && v >= 0; i++) {
		if (is_passive(w, v))
			return v == verb ? agent_of(w, v) : child(w, v, SR_DEPREL_nsubj);
		int32_t s = child(w, v, SR_DEPREL_nsubj);
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
static tokens_span source_extent(const work *w, int32_t head, int32_t cue_tok)
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
	while (s.hi + 1 < cue_tok && upos(w, s.hi + 1) == SR_UPOS_PROPN)
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

/* ---- contents ---- */

/* "Hundreds came, the city said earlier this week": what follows the cue only says when or where it was said. */
static bool only_adjunct(const work *w, tokens_span s)
{
	if (ts_empty(s) || s.hi - s.lo > 8 || !(w->toks[s.lo].bits & (W(day) | W(adv) | W(prep))))
		return false;
	for (int32_t t = s.lo; t <= s.hi; t++)
		if (upos(w, t) == SR_UPOS_VERB || upos(w, t) == SR_UPOS_AUX || w->toks[t].punct == ',')
			return false;
	return true;
}

static void cut_out(const work *w, cand *c, tokens_span all, tokens_span hole)
{
	if (hole.lo > all.hi || hole.hi < all.lo) {
		cand_add_content(c, trim(w, all));
		return;
	}
	cand_add_content(c, trim(w, (tokens_span){ all.lo, hole.lo - 1 }));
	tokens_span rest = trim(w, (tokens_span){ hole.hi + 1, all.hi });
	if (!c->content_count || !only_adjunct(w, rest))
		cand_add_content(c, rest);
}

/* The cue with its source and everything that depends on it but the content clause. */
static tokens_span cue_hole(const work *w, const cand *c, int32_t clause)
{
	tokens_span h = c->cue_span;
	if (!ts_empty(c->source) && (c->source.lo <= h.hi + 3 && c->source.hi >= h.lo - 3)) {
		h.lo = c->source.lo < h.lo ? c->source.lo : h.lo;
		h.hi = c->source.hi > h.hi ? c->source.hi : h.hi;
	}
	for (int32_t k = w->toks[c->cue_tok].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (k != clause && k > c->cue_tok && !ts_has(extent(w, k), clause) && w->toks[k].lo > c->cue_tok &&
		    (rel(w, k) == SR_DEPREL_obl || rel(w, k) == SR_DEPREL_advmod || rel(w, k) == SR_DEPREL_obj || rel(w, k) == SR_DEPREL_iobj) && w->toks[k].hi > h.hi)
			h.hi = w->toks[k].hi;
	return h;
}

/* What follows a clause that stands after its cue belongs to it, up to a comma or another cue. */
static int32_t clause_end(const work *w, int32_t hi, int32_t last)
{
	for (int32_t k = hi + 1; k <= last; k++) {
		const tok *x = &w->toks[k];
		if (x->punct == ',' || x->punct == ';' || x->punct == ':' || x->punct == '-' || x->punct == '(')
			return hi;
		if (k == hi + 1 && (x->bits & (W(and) | W(bound))) )
			return hi;
		if (cue_of_kind(w, k, CUE_VERB) >= 0 && upos(w, k) == SR_UPOS_VERB)
			return hi;
	}
	return last;
}

static void add_clause(const work *w, cand *c, int32_t clause)
{
	tokens_span all = extent(w, clause);
	if (all.lo > c->cue_tok && !in_speech(w, all.hi)) {
		int32_t o = child(w, c->cue_tok, SR_DEPREL_obj);
		bool told = !ts_empty(c->told);
		if (o > c->cue_tok && !told && w->toks[o].hi + 1 == all.lo)
			all.lo = w->toks[o].lo;
		if ((w->toks[all.lo].bits & W(day)) && all.lo < all.hi && (w->toks[all.lo + 1].bits & W(that)))
			all.lo++;
		all.hi = clause_end(w, all.hi, sent_last(w, c->sent));
	}
	if (ts_has(all, c->cue_tok))
		cut_out(w, c, all, cue_hole(w, c, clause));
	else
		cand_add_content(c, trim(w, all));
}

/* "…, he said": the clause that the cue is inserted into. */
static bool add_host_clause(const work *w, cand *c, int32_t t)
{
	int32_t h = head_of(w, t);
	if (h < 0)
		return false;
	if (rel(w, t) == SR_DEPREL_advcl) {
		/* "As the Courier reported, …" */
		if (!tok_is(w, w->toks[t].lo, "as"))
			return false;
		cut_out(w, c, extent(w, h), extent(w, t));
		return c->content_count > 0;
	}
	if (rel(w, t) != SR_DEPREL_parataxis)
		return false;
	tokens_span all = extent(w, h), own = extent(w, t);
	/* Only what stands before a cue at the end, or around one in the middle. */
	if (own.lo <= h && own.hi < h && own.lo <= all.lo + 1)
		return false;
	cut_out(w, c, all, own);
	return c->content_count > 0;
}

static bool prep_allowed(const work *w, const cue *q, int32_t prep)
{
	for (size_t i = 0; i < q->prep_count; i++)
		if (sr_str_eq_nocase(tok_str(w, prep), q->preps[i]))
			return true;
	return false;
}

/* What depends on the verb or its object and begins where the object ends. */
static int32_t right_after(const work *w, int32_t verb, int32_t object)
{
	int32_t at = w->toks[object].hi + 1;
	for (int32_t k = w->toks[verb].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (k > object && w->toks[k].lo == at && !w->toks[k].punct && rel(w, k) != SR_DEPREL_conj && rel(w, k) != SR_DEPREL_cc && rel(w, k) != SR_DEPREL_parataxis && !(w->toks[at].bits & (W(day) | W(prep))))
			return k;
	return -1;
}

/* A prepositional phrase as content: the preposition belongs to the cue. */
static bool add_prep_phrase(const work *w, cand *c, const cue *q, int32_t t)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		if (k < t || (r != SR_DEPREL_obl && r != SR_DEPREL_nmod && r != SR_DEPREL_advcl && r != SR_DEPREL_acl))
			continue;
		int32_t p = child(w, k, SR_DEPREL_case);
		p = p >= 0 ? p : child(w, k, SR_DEPREL_mark);
		if (p < 0 || p > k || !prep_allowed(w, q, p))
			continue;
		tokens_span s = extent(w, k);
		if (s.lo == p)
			s.lo = p + 1;
		/* "called on the city to act" */
		int32_t x = right_after(w, t, k);
		if (x >= 0 && (rel(w, x) == SR_DEPREL_xcomp || rel(w, x) == SR_DEPREL_advcl) && (w->toks[w->toks[x].lo].bits & W(to)))
			s.hi = w->toks[x].hi;
		cand_add_content(c, trim(w, s));
		if (p == c->cue_span.hi + 1)
			c->cue_span.hi = p;
		else
			c->cue_span2 = (tokens_span){ p, p };
		return true;
	}
	return false;
}

/* "described X as Y", "called X Y": from the object to the end of what is said of it. */
static bool add_description(const work *w, cand *c, int32_t t)
{
	int32_t o = child(w, t, SR_DEPREL_obj), x = child(w, t, SR_DEPREL_xcomp);
	for (int32_t k = w->toks[t].first_child; x < 0 && k >= 0; k = w->toks[k].next_sibling)
		if (k > t && (rel(w, k) == SR_DEPREL_obl || rel(w, k) == SR_DEPREL_advcl)) {
			int32_t p = child(w, k, SR_DEPREL_case);
			p = p >= 0 ? p : child(w, k, SR_DEPREL_mark);
			if (p >= 0 && tok_is(w, p, "as"))
				x = k;
		}
	if (o >= 0 && x < 0)
		x = right_after(w, t, o);
	if (o < 0 || x < 0)
		return false;
	tokens_span a = extent(w, o), b = extent(w, x);
	cand_add_content(c, trim(w, a));
	if (b.lo == a.hi + 1 || !c->content_count)
		c->content[0].hi = trim(w, b).hi;
	else
		cand_add_content(c, trim(w, b));
	return true;
}

static bool tells(const cue *q) { return q->frames & FRAME('t'); }

static int32_t clause_child(const work *w, int32_t t, const cue *q)
{
	int32_t best = -1;
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		if (r == SR_DEPREL_ccomp && (q->frames & (FRAME('c') | FRAME('q'))))
			best = best < 0 ? k : best;
		else if (r == SR_DEPREL_xcomp && (q->frames & FRAME('x')) && best < 0)
			best = k;
		else if (r == SR_DEPREL_csubj && is_passive(w, t) && best < 0)
			best = k;
	}
	return best;
}

/* Speech that hangs on as a loose clause: "He said: we will see." */
static int32_t loose_clause(const work *w, int32_t t)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (rel(w, k) == SR_DEPREL_parataxis && cue_of_kind(w, k, CUE_VERB) < 0)
			return k;
	return -1;
}

/* "asked if", "wondered whether", where the parse has an adverbial clause. */
static int32_t question_clause(const work *w, int32_t t)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		int32_t m = k > t && rel(w, k) == SR_DEPREL_advcl ? child(w, k, SR_DEPREL_mark) : -1;
		if (m == t + 1 && (tok_is(w, m, "if") || tok_is(w, m, "whether") || (w->toks[m].bits & W(that))))
			return k;
	}
	return -1;
}

static void verb_content(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t k = clause_child(w, t, q);
	int32_t o = child(w, t, SR_DEPREL_obj), i = child(w, t, SR_DEPREL_iobj);
	if (tells(q) && (o >= 0 || i >= 0))
		c->told = extent(w, i >= 0 ? i : o);
	if ((q->frames & FRAME('a')) && add_description(w, c, t))
		return;
	if (q->klass == CLASS_SEEM) {
		int32_t x = k >= 0 ? k : child(w, t, SR_DEPREL_xcomp), s = child(w, t, SR_DEPREL_nsubj);
		if (x >= 0 && s >= 0 && !(w->toks[s].bits & W(it)))
			cand_add_content(c, trim(w, extent(w, s)));
		if (x >= 0)
			cand_add_content(c, trim(w, extent(w, x)));
		c->source = TS_NONE;
		return;
	}
	if (k >= 0 && rel(w, k) == SR_DEPREL_xcomp && o >= 0 && o < k && o > t) {
		cand_add_content(c, trim(w, (tokens_span){ w->toks[o].lo, w->toks[k].hi }));
		return;
	}
	if (k >= 0) {
		add_clause(w, c, k);
		return;
	}
	if (is_passive(w, t)) {
		int32_t s = child(w, t, SR_DEPREL_nsubj);
		int32_t x = child(w, t, SR_DEPREL_xcomp);
		bool stated = q->frames & (FRAME('o') | FRAME('c') | FRAME('x'));
		if (s >= 0 && stated && (x >= 0 || (q->frames & FRAME('o'))) && !(w->toks[s].bits & W(who))) {
			cand_add_content(c, trim(w, extent(w, s)));
			if (x >= 0)
				cand_add_content(c, trim(w, extent(w, x)));
		}
		return;
	}
	if ((q->frames & FRAME('o')) && o >= 0 && !(tells(q) && nominal(w, o) && (q->frames & FRAME('q')))) {
		tokens_span s = extent(w, o);
		/* "accused him of theft", "dismissed it as talk": the charge belongs to it */
		for (int32_t x = w->toks[t].first_child; x >= 0; x = w->toks[x].next_sibling)
			if (x > o && (rel(w, x) == SR_DEPREL_obl || rel(w, x) == SR_DEPREL_advcl) && w->toks[x].lo == s.hi + 1 &&
			    (tells(q) || tok_is(w, w->toks[x].lo, "as") || tok_is(w, w->toks[x].lo, "for")))
				s.hi = w->toks[x].hi;
		cand_add_content(c, trim(w, s));
		return;
	}
	if ((q->frames & FRAME('p')) && add_prep_phrase(w, c, q, t))
		return;
	if (!(q->frames & (FRAME('q') | FRAME('c'))))
		return;
	k = question_clause(w, t);
	k = k < 0 && (q->frames & FRAME('q')) ? loose_clause(w, t) : k;
	if (k >= 0)
		add_clause(w, c, k);
	else
		(void)add_host_clause(w, c, t);
}

/* "promised to veto it": the promise holds the veto, which is then no statement of its own. */
static bool governed_by_cue(const work *w, int32_t t)
{
	int32_t h = rel(w, t) == SR_DEPREL_xcomp ? head_of(w, t) : -1, k = h >= 0 ? cue_of_kind(w, h, CUE_VERB) : -1;
	return k >= 0 && (w->rules->cues[k].frames & FRAME('x')) && upos(w, h) == SR_UPOS_VERB;
}

/* "…, the staff said on Monday.", where the parse takes the statement's own subject for the speaker: the noun phrase
 * between the last comma and the cue is the source. */
static bool closing_speaker(const work *w, cand *c, const cue *q)
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

static sr_status verb_statement(work *w, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	bool modified;
	int32_t s = source_head(w, t, &modified);
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span = cue_extent(w, t, sent_first(w, sent));
	if (s >= 0)
		c->source = source_extent(w, s, modified ? c->cue_span.lo : t);
	if ((q->frames & FRAME('q')) && (ts_empty(c->source) || (in_speech(w, c->source.hi) && !in_speech(w, t))))
		surface_source(w, c);
	if (closing_speaker(w, c, q)) {
		cand_add_content(c, trim(w, (tokens_span){ sent_first(w, sent), c->source.lo - 2 }));
		return SR_OK;
	}
	verb_content(w, c, q, t);
	/* A source that lies in the content is no source. */
	for (size_t i = 0; i < c->content_count; i++)
		if (!ts_empty(c->source) && c->source.lo >= c->content[i].lo && c->source.hi <= c->content[i].hi)
			c->source = TS_NONE;
	if (governed_by_cue(w, t))
		c->dropped = true;
	if (c->content_count && ts_empty(c->source) && q->klass != CLASS_SEEM && q->klass != CLASS_SPEECH && !is_passive(w, t))
		c->dropped = true;
	if (!c->content_count && q->klass == CLASS_SPEECH && (q->frames & FRAME('c')))
		surface_content(w, c);
	return SR_OK;
}

static sr_status noun_statement(work *w, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	int32_t owner = -1, clause = -1;
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		if (r == SR_DEPREL_nmod && k < t)
			owner = k;
		if (k > t && (r == SR_DEPREL_acl || r == SR_DEPREL_ccomp)) {
			int32_t m = child(w, k, SR_DEPREL_mark);
			bool that = m >= 0 && (w->toks[m].bits & W(that)), to = m >= 0 && (w->toks[m].bits & W(to));
			if ((that && (q->frames & FRAME('c'))) || (to && (q->frames & FRAME('x'))))
				clause = k;
		}
	}
	if (clause < 0 && owner < 0 && !(q->frames & FRAME('z')))
		return SR_OK;
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	if (owner >= 0) {
		c->source = extent(w, owner);
		int32_t k = child(w, owner, SR_DEPREL_case);
		if (k >= 0 && k == c->source.hi)
			c->source.hi--;
		c->source = trim(w, c->source);
	}
	if (clause >= 0)
		cand_add_content(c, trim(w, extent(w, clause)));
	else
		(void)add_prep_phrase(w, c, q, t);
	c->dropped = c->content_count == 0;
	return SR_OK;
}

static sr_status adjective_statement(work *w, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	int32_t s = child(w, t, SR_DEPREL_nsubj), cop = child(w, t, SR_DEPREL_cop);
	if (s < 0 || cop < 0)
		return SR_OK;
	int32_t k = child(w, t, SR_DEPREL_ccomp);
	k = k >= 0 ? k : child(w, t, SR_DEPREL_xcomp);
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->source = source_extent(w, s, t);
	c->cue_span = (tokens_span){ cop < t ? cop : t, t };
	for (int32_t x = w->toks[t].first_child; x >= 0 && x < t; x = w->toks[x].next_sibling)
		if (rel(w, x) == SR_DEPREL_aux && x < c->cue_span.lo)
			c->cue_span.lo = x;
	if (k >= 0 && k > t)
		cand_add_content(c, trim(w, extent(w, k)));
	else
		(void)add_prep_phrase(w, c, q, t);
	c->dropped = c->content_count == 0;
	return SR_OK;
}

/* The head of the clause that t stands in. */
static int32_t clause_head(const work *w, int32_t t)
{
	for (int i = 0; i < CLIMB_MAX && head_of(w, t) >= 0; i++) {
		sr_deprel r = rel(w, t);
		if (r == SR_DEPREL_ccomp || r == SR_DEPREL_advcl || r == SR_DEPREL_acl || r == SR_DEPREL_parataxis || (r == SR_DEPREL_conj && !nominal(w, t)))
			return t;
		t = head_of(w, t);
	}
	return t;
}

static bool nominal_part(const work *w, int32_t t)
{
	sr_deprel r = rel(w, t);
	return r == SR_DEPREL_det || r == SR_DEPREL_amod || r == SR_DEPREL_compound || r == SR_DEPREL_nummod || r == SR_DEPREL_nmod || r == SR_DEPREL_flat || r == SR_DEPREL_advmod || r == SR_DEPREL_case || r == SR_DEPREL_punct;
}

static sr_status phrase_statement(work *w, uint32_t sent, int32_t t, int32_t words, int32_t index)
{
	int32_t last = sent_last(w, sent), n = t + words;
	/* The noun that the phrase leads to: the head of the noun phrase right after it. */
	for (int i = 0; i < CLIMB_MAX && n <= last && head_of(w, n) > n && nominal_part(w, n); i++)
		n = head_of(w, n);
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span.hi = t + words - 1;
	if (t + words > last) {
		c->dropped = true;
		return SR_OK;
	}
	tokens_span own = extent(w, n);
	own.lo = t;
	c->source = trim(w, (tokens_span){ t + words, own.hi });
	int32_t h = head_of(w, n);
	for (int i = 0; i < CLIMB_MAX && h >= t && h < t + words; i++)
		h = head_of(w, h);
	if (h >= 0 && !ts_empty(c->source)) {
		int32_t clause = clause_head(w, h);
		tokens_span all = extent(w, clause);
		while (all.lo < all.hi && (rel(w, all.lo) == SR_DEPREL_cc || (rel(w, all.lo) == SR_DEPREL_mark && rel(w, clause) != SR_DEPREL_ccomp)) )
			all.lo++;
		cut_out(w, c, all, own);
	}
	return SR_OK;
}

/* "…, Brunt reports." where the tagger takes the verb for a noun. */
static bool closing_verb(const work *w, int32_t t, int32_t first, int32_t last, int32_t *index)
{
	int32_t c = cue_of_kind(w, t, CUE_VERB);
	if (c < 0 || t <= first || !w->toks[t - 1].cap || !(w->rules->cues[c].frames & FRAME('q')) || !sr_str_ends(tok_str(w, t), SR_STR("s")))
		return false;
	int32_t k = t - 1;
	while (k > first && w->toks[k - 1].cap && w->toks[k - 1].word)
		k--;
	bool after = t == last || (t + 1 == last && w->toks[last].punct == '.');
	*index = c;
	return after && (k == first || w->toks[k - 1].punct == ',' || w->toks[k - 1].close);
}

/* "X denied it, saying …": the participle after a comma is the outer speaker's, and no part of what was denied. */
static void part_participles(const work *w, size_t from)
{
	for (size_t i = from; i < w->cands.count; i++) {
		cand *p = &w->cands.items[i];
		int32_t comma = p->cue_span.lo - 1;
		if (p->cue < 0 || !sr_str_ends(tok_str(w, p->cue_tok), SR_STR("ing")) || comma < 1 || w->toks[comma].punct != ',' || w->rules->cues[p->cue].klass == CLASS_ATTITUDE)
			continue;
		for (size_t k = from; k < i; k++) {
			cand *outer = &w->cands.items[k];
			tokens_span *s = outer->content_count ? &outer->content[outer->content_count - 1] : NULL;
			if (!s || outer->cue < 0 || outer->cue_tok > comma || s->lo >= comma || s->hi < p->cue_tok || s->lo < outer->cue_tok)
				continue;
			s->hi = comma - 1;
			if (!ts_empty(outer->source) && w->rules->cues[p->cue].klass == CLASS_SPEECH)
				p->source = outer->source;
		}
	}
}

void tree_subject(const work *w, cand *c)
{
	int32_t t = c->source.lo;
	if (head_of(w, t) == -2)
		return;
	for (int i = 0; i < CLIMB_MAX && head_of(w, t) >= 0 && head_of(w, t) < c->cue_tok; i++)
		t = head_of(w, t);
	int32_t s = child(w, t, SR_DEPREL_nsubj);
	if (s < 0 || s > c->cue_tok || t > c->cue_tok || upos(w, t) != SR_UPOS_VERB)
		return;
	c->source = source_extent(w, s, t);
	c->cue_span = cue_extent(w, t, sent_first(w, c->sent));
	c->cue_tok = t;
}

sr_status tree_sentence(work *w, uint32_t sent)
{
	size_t from = w->cands.count;
	int32_t first = sent_first(w, sent), last = sent_last(w, sent), words, c;
	for (int32_t t = first; t <= last; t++) {
		if (w->toks[t].forms < 0 || in_speech(w, t))
			continue;
		sr_upos u = upos(w, t);
		if ((c = phrase_cue(w, t, last, &words)) >= 0)
			SR_TRY(phrase_statement(w, sent, t, words, c));
		else if (u != SR_UPOS_VERB && closing_verb(w, t, first, last, &c))
			SR_TRY(surface_verb(w, sent, t, c));
		else if (u == SR_UPOS_VERB && (c = cue_of_kind(w, t, CUE_VERB)) >= 0)
			SR_TRY(verb_statement(w, sent, t, c));
		else if (u == SR_UPOS_NOUN && (c = cue_of_kind(w, t, CUE_NOUN)) >= 0)
			SR_TRY(noun_statement(w, sent, t, c));
		else if (u == SR_UPOS_ADJ && (c = cue_of_kind(w, t, CUE_ADJ)) >= 0)
			SR_TRY(adjective_statement(w, sent, t, c));
	}
	part_participles(w, from);
	return SR_OK;
}
