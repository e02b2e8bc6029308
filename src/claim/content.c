/* What is said: from a cue on the tree to the spans of its content. */
#include "tree.h"

#define GAP_MAX 2 /* words between a noun and the subject of its relative clause */

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

void content_cut_out(const work *w, cand *c, tokens_span all, tokens_span hole)
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

void content_around(const work *w, cand *c)
{
	int32_t last = sent_last(w, c->sent), k = c->cue_tok + 1;
	cand_add_content(c, trim(w, (tokens_span){ sent_first(w, c->sent), c->source.lo - 2 }));
	while (k < last && w->toks[k].punct != ',')
		k++;
	tokens_span rest = trim(w, (tokens_span){ k + 1, last });
	if (k < last && !only_adjunct(w, rest) && (w->toks[rest.lo].bits & (W(and) | W(bound))))
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

/* "that the line, cut in two places, could open soon": the participle was taken for the clause; the verb k has its "that". */
static bool goes_around(const work *w, int32_t k, tokens_span clause)
{
	return w->toks[clause.hi + 1].punct == ',' && child(w, k, SR_DEPREL_nsubj) < 0 && w->toks[k].lo < clause.lo && k > clause.hi;
}

static void add_clause(const work *w, cand *c, int32_t clause)
{
	tokens_span all = extent(w, clause);
	if (all.lo > c->cue_tok && !in_speech(w, all.hi)) {
		int32_t o = child(w, c->cue_tok, SR_DEPREL_obj);
		bool told = !ts_empty(c->told);
		if (o > c->cue_tok && !told && w->toks[o].hi + 1 == all.lo)
			all.lo = w->toks[o].lo;
		/* a subject that the parse gives to the cue stands before its clause */
		for (int32_t k = w->toks[c->cue_tok].first_child; k >= 0; k = w->toks[k].next_sibling)
			if (rel(w, k) == SR_DEPREL_nsubj && w->toks[k].lo > c->cue_span.hi && w->toks[k].hi + 1 == all.lo && !ts_has(c->source, k))
				all.lo = w->toks[k].lo;
		/* and a clause that follows at once belongs to it */
		for (int32_t k = w->toks[c->cue_tok].first_child; k >= 0; k = w->toks[k].next_sibling)
			if (k > clause && rel(w, k) == SR_DEPREL_ccomp && (w->toks[k].lo == all.hi + 1 || goes_around(w, k, all)) && !w->toks[all.hi + 1].cap)
				all.hi = w->toks[k].hi;
		if ((w->toks[all.lo].bits & W(day)) && all.lo < all.hi && (w->toks[all.lo + 1].bits & W(that)))
			all.lo++;
		all.hi = clause_end(w, all.hi, sent_last(w, c->sent));
	}
	if (ts_has(all, c->cue_tok))
		content_cut_out(w, c, all, cue_hole(w, c, clause));
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
		/* "As the Courier reported, …"; but not "as she accepted her award" */
		int32_t o = child(w, t, SR_DEPREL_obj); /* "as she put it" */
		if (!tok_is(w, w->toks[t].lo, "as") || (o >= 0 && !(w->toks[o].bits & W(it))) || child(w, t, SR_DEPREL_xcomp) >= 0)
			return false;
		content_cut_out(w, c, extent(w, h), extent(w, t));
		return c->content_count > 0;
	}
	if (rel(w, t) != SR_DEPREL_parataxis)
		return false;
	tokens_span all = extent(w, h), own = extent(w, t);
	/* Only what stands before a cue at the end, or around one in the middle. */
	if (own.lo <= h && own.hi < h && own.lo <= all.lo + 1)
		return false;
	content_cut_out(w, c, all, own);
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
static int32_t right_after(const work *w, int32_t verb, int32_t object, uint64_t barred)
{
	int32_t at = w->toks[object].hi + 1;
	for (int32_t k = w->toks[verb].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (k > object && w->toks[k].lo == at && !w->toks[k].punct && rel(w, k) != SR_DEPREL_conj && rel(w, k) != SR_DEPREL_cc && rel(w, k) != SR_DEPREL_parataxis && !(w->toks[at].bits & barred))
			return k;
	return -1;
}

/* A phrase that tells when: "Friday", "last week"; but not "Friday's vote". */
static bool is_day(const work *w, tokens_span s, int32_t head)
{
	if (w->toks[head].bits & W(day))
		return true;
	return (w->toks[s.lo].bits & W(day)) && !(head_of(w, s.lo) == head && rel(w, s.lo) == SR_DEPREL_nmod && child(w, s.lo, SR_DEPREL_case) > s.lo);
}

/* A prepositional phrase as content: the preposition belongs to the cue. */
bool content_of_preposition(const work *w, cand *c, const cue *q, int32_t t)
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
		if (!ts_empty(s) && is_day(w, s, k))
			continue; /* "a statement on Friday" is not about Friday */
		/* "called on the city to act" */
		int32_t x = right_after(w, t, k, W(day) | W(prep));
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

/* "agree with X", "stands by X": the last word of the cue is a preposition, and what it leads to is the content. */
static bool content_of_rest(const work *w, cand *c, int32_t t, int32_t tail)
{
	int32_t noun = rel(w, tail) == SR_DEPREL_case ? head_of(w, tail) : -1;
	if (noun <= tail || head_of(w, noun) != t)
		return false;
	cand_add_content(c, trim(w, (tokens_span){ tail + 1, w->toks[noun].hi }));
	return c->content_count > 0;
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
		x = right_after(w, t, o, W(day) | W(prep));
	if (o < 0 || x < 0)
		return false;
	tokens_span a = extent(w, o), b = extent(w, x);
	cand_add_content(c, trim(w, a));
	if (!c->content_count)
		return false;
	if (b.lo <= a.hi + 1)
		c->content[0].hi = trim(w, (tokens_span){ a.lo, a.hi > b.hi ? a.hi : b.hi }).hi;
	else
		cand_add_content(c, trim(w, b));
	return true;
}

static bool tells(const cue *q) { return q->frames & FRAME('t'); }

/* "ordered the crew out", but "ordered a review": a thing is not told. */
static bool is_told(const work *w, int32_t o)
{
	const uint64_t hears = W(coll) | W(anon) | W(title) | W(group) | W(media) | W(kin) | W(newsman) | W(member) | W(forum);
	return nominal(w, o) && (upos(w, o) != SR_UPOS_NOUN || (w->toks[o].bits & hears) || sr_str_ends(tok_str(w, o), SR_STR("s")));
}

bool asks(const work *w, int32_t t) { return (w->toks[t].bits & W(wh)) || tok_is(w, t, "if") || tok_is(w, t, "whether"); }

/* "Asked if the wall would hold, he said …", where the parse makes the question what he said. */
static bool asked_before(const work *w, int32_t t, int32_t clause)
{
	int32_t mark = child(w, clause, SR_DEPREL_mark);
	return clause < t && mark > 0 && asks(w, mark) && tok_is(w, mark - 1, "asked");
}

static int32_t clause_child(const work *w, int32_t t, const cue *q)
{
	int32_t best = -1;
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		if (r == SR_DEPREL_ccomp && (q->frames & (FRAME('c') | FRAME('q'))))
			best = best < 0 || (k > t && asked_before(w, t, best)) ? k : best;
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
int32_t question_clause(const work *w, int32_t t)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		int32_t m = k > t && rel(w, k) == SR_DEPREL_advcl ? child(w, k, SR_DEPREL_mark) : -1;
		if ((m == t + 1 || (m > t && is_passive(w, t))) && (asks(w, m) || (m == t + 1 && (w->toks[m].bits & W(that)))))
			return k;
	}
	/* "asked by Vance if the dam held, she …", where the clause hangs on what follows */
	int32_t agent = is_passive(w, t) ? agent_of(w, t) : -1, mark = agent >= 0 ? w->toks[agent].hi + 1 : -1;
	bool hangs = mark > t && mark <= sent_last(w, w->toks[t].sent) && asks(w, mark) && rel(w, mark) == SR_DEPREL_mark && head_of(w, mark) > mark;
	return hangs ? head_of(w, mark) : -1;
}

/* "the plan that Brunt announced": the noun of a relative clause, where it is what the verb speaks of. */
static bool what_is_said(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t noun = rel(w, t) == SR_DEPREL_acl ? head_of(w, t) : -1, s = child(w, t, SR_DEPREL_nsubj);
	if (noun < 0 || noun > t || s < 0 || s > t || w->toks[t].quote >= 0 || (w->toks[s].bits & W(who)) || (w->toks[noun].bits & W(day)) || w->toks[s].lo > noun + GAP_MAX || !(q->frames & (FRAME('o') | FRAME('c'))))
		return false;
	for (int32_t k = noun + 1; k < s; k++)
		if (w->toks[k].punct)
			return false;
	cand_add_content(c, source_extent(w, noun, t));
	return c->content_count > 0;
}

/* "While the staff reports halting assaults", where the parse hangs the participle on another verb. */
static bool participle_behind(const work *w, cand *c, int32_t t)
{
	int32_t g = t + 1;
	if (g > sent_last(w, c->sent) || upos(w, g) != SR_UPOS_VERB || rel(w, g) != SR_DEPREL_advcl || head_of(w, g) == t || ts_empty(c->source) ||
	    !sr_str_ends(tok_str(w, g), SR_STR("ing")))
		return false;
	cand_add_content(c, trim(w, (tokens_span){ g, w->toks[g].hi }));
	return c->content_count > 0;
}

void content_of_verb(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t k = clause_child(w, t, q), tail = cue_rest(w, t, q);
	if (k < 0 && tail > t)
		k = clause_child(w, tail, q); /* "made clear that …" */
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
		content_of_passive(w, c, q, t);
		return;
	}
	if ((q->frames & FRAME('p')) && o == c->cue_span.hi + 1 && (w->toks[o].bits & W(self)) && content_of_preposition(w, c, q, t)) {
		c->cue_span.hi = o > c->cue_span.hi ? o : c->cue_span.hi; /* "distanced himself from it" */
		return;
	}
	if ((q->frames & FRAME('o')) && o >= 0 && !ts_has(c->cue_span, o) && !(tells(q) && is_told(w, o) && (q->frames & FRAME('q')))) {
		tokens_span s = extent(w, o);
		/* "accused him of theft", "dismissed it as talk": the charge belongs to it */
		for (int32_t x = w->toks[t].first_child; x >= 0; x = w->toks[x].next_sibling)
			if (x > o && (rel(w, x) == SR_DEPREL_obl || rel(w, x) == SR_DEPREL_advcl) && w->toks[x].lo == s.hi + 1 &&
			    (tells(q) || tok_is(w, w->toks[x].lo, "as") || tok_is(w, w->toks[x].lo, "for")))
				s.hi = w->toks[x].hi;
		cand_add_content(c, trim(w, s));
		return;
	}
	if ((q->frames & FRAME('f')) && o > t && (w->toks[o].bits & W(figure))) {
		int32_t x = right_after(w, t, o, W(day)), hi = x >= 0 ? w->toks[x].hi : w->toks[o].hi;
		for (k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) /* "the number of men | below ground | at 142" */
			if (rel(w, k) == SR_DEPREL_obl && w->toks[k].hi > hi && upos(w, k) == SR_UPOS_NUM)
				hi = w->toks[k].hi;
		cand_add_content(c, trim(w, (tokens_span){ w->toks[o].lo, hi }));
		return;
	}
	if ((q->frames & FRAME('o')) && tail > t && content_of_rest(w, c, t, tail))
		return;
	if ((q->frames & FRAME('p')) && (content_of_preposition(w, c, q, t) || (tail > t && content_of_preposition(w, c, q, tail))))
		return;
	if (!(q->frames & (FRAME('q') | FRAME('c'))))
		return;
	if (participle_behind(w, c, t))
		return;
	if (what_is_said(w, c, q, t))
		return;
	k = question_clause(w, t);
	k = k < 0 && (q->frames & FRAME('q')) ? loose_clause(w, t) : k;
	if (k >= 0)
		add_clause(w, c, k);
	else
		(void)add_host_clause(w, c, t);
}
