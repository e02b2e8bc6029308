/* Statements on the dependency tree (Universal Dependencies).
 *
 * A cue verb's content is its clausal complement, the clause it is inserted into, or, where the table allows,
 * its object, infinitive or prepositional phrase; its source is its subject, inherited through coordination,
 * control and participles. Cue nouns take clauses and their possessor; "according to" takes the clause around. */
#include "tree.h"

/* "promised to veto it": the promise holds the veto, which is then no statement of its own. */
static bool governed_by_cue(const work *w, int32_t t)
{
	int32_t h = rel(w, t) == SR_DEPREL_xcomp ? head_of(w, t) : -1, k = h >= 0 ? cue_of_kind(w, h, CUE_VERB) : -1;
	return k >= 0 && (w->rules->cues[k].frames & FRAME('x')) && upos(w, h) == SR_UPOS_VERB;
}

/* "The agency quoted the ministry as saying …", "the minister was quoted by the agency as saying …": the one quoted
 * speaks, through the one who quotes, whose own statement this is not. */
static void quoted_saying(work *w, cand *c, size_t from)
{
	int32_t h = head_of(w, c->cue_tok), t = c->cue_tok, as = child(w, t, SR_DEPREL_mark);
	int32_t index = h >= 0 && h < t ? cue_of_kind(w, h, CUE_VERB) : -1;
	as = as >= 0 ? as : child(w, t, SR_DEPREL_case);
	if (index < 0 || !(w->rules->cues[index].frames & FRAME('k')) || as < 0 || !tok_is(w, as, "as"))
		return;
	bool is_pass = is_passive(w, h);
	int32_t speaks = child(w, h, is_pass ? SR_DEPREL_nsubj : SR_DEPREL_obj), quotes = is_pass ? agent_of(w, h) : child(w, h, SR_DEPREL_nsubj);
	speaks = speaks < 0 && !is_pass ? child(w, h, SR_DEPREL_iobj) : speaks;
	if (speaks < 0)
		return;
	c->source = source_extent(w, speaks, speaks < h ? h : t);
	if (quotes >= 0)
		c->through = source_extent(w, quotes, quotes < h ? h : t);
	for (size_t i = from; i < w->cands.count; i++)
		if (w->cands.items[i].cue_tok == h)
			w->cands.items[i].dropped = true;
}

/* The other words of a cue: with what stands between, unless that is what is spoken of ("called him out"). */
static void cue_words(const work *w, cand *c, const cue *q)
{
	int32_t t = c->cue_tok, last = cue_rest(w, t, q), o = child(w, t, SR_DEPREL_obj);
	if (last <= c->cue_span.hi)
		return;
	if (o > t && o < last && !(w->toks[o].bits & W(it)))
		c->cue_span2 = (tokens_span){ last, last };
	else
		c->cue_span.hi = last;
}

/* "Telling NBC’s “Today” show that …": whoever a possessive belongs to owns a noun, whatever the parse takes that for. */
static bool only_owns(const work *w, int32_t source, int32_t verb)
{
	int32_t mark = source >= 0 && source < verb ? child(w, source, SR_DEPREL_case) : -1;
	return mark > source && (sr_str_eq(tok_str(w, mark), SR_STR("'s")) || sr_str_eq(tok_str(w, mark), SR_STR("\xE2\x80\x99s"))) && mark == w->toks[source].hi;
}

/* "The council would back the plan", "would be seen as weak", "do you support him?": nobody holds that. What is said is said in
 * any mood. */
static bool not_held(const work *w, const cand *c, const cue *q)
{
	bool nobody = ts_empty(c->source);
	if (q->klass != CLASS_ATTITUDE && !(q->klass == CLASS_THOUGHT && nobody))
		return false;
	for (int32_t k = w->toks[c->cue_tok].first_child; k >= 0 && k < c->cue_tok; k = w->toks[k].next_sibling)
		if (rel(w, k) == SR_DEPREL_aux && (w->toks[k].bits & W(modal)) && !(q->frames & FRAME('w')))
			return true;
	return !nobody && (w->toks[c->source.lo].bits & W(you)) && tok_is(w, sent_last(w, c->sent), "?");
}

static sr_status verb_statement(work *w, size_t from, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	bool modified;
	int32_t s = source_head(w, t, &modified);
	if (only_owns(w, s, t))
		return SR_OK;
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span = cue_extent(w, t, sent_first(w, sent));
	cue_words(w, c, q);
	if (s >= 0)
		c->source = source_extent(w, s, modified ? c->cue_span.lo : t);
	/* "Asked whether …, X said": who was asked is not who asks */
	if ((q->frames & FRAME('q')) && !is_passive(w, t) && (ts_empty(c->source) || (in_speech(w, c->source.hi) && !in_speech(w, t))))
		surface_source(w, c);
	quoted_saying(w, c, from);
	if (closing_speaker(w, c, q)) {
		content_around(w, c);
		return SR_OK;
	}
	content_of_verb(w, c, q, t);
	/* A source that lies in the content is no source. */
	for (size_t i = 0; i < c->content_count; i++)
		if (!ts_empty(c->source) && c->source.lo >= c->content[i].lo && c->source.hi <= c->content[i].hi)
			c->source = TS_NONE;
	if (!ts_empty(c->source) && (w->toks[c->source.hi].bits & (W(prep) | W(by))) && !w->toks[c->source.hi].cap)
		c->source = TS_NONE;
	if (governed_by_cue(w, t))
		c->dropped = true;
	if (c->content_count && ts_empty(c->source) && q->klass != CLASS_SEEM && q->klass != CLASS_SPEECH && !is_passive(w, t))
		c->dropped = true;
	if (not_held(w, c, q))
		c->dropped = true;
	if (!c->content_count && q->klass == CLASS_SPEECH && (q->frames & FRAME('c')))
		surface_content(w, c);
	return SR_OK;
}

/* The noun phrase of a possessor, without its 's. */
static tokens_span owner_extent(const work *w, int32_t owner)
{
	tokens_span s = extent(w, owner);
	int32_t k = child(w, owner, SR_DEPREL_case);
	if (k >= 0 && k == s.hi)
		s.hi--;
	return trim(w, s);
}

/* "In his view, it was lost." */
static sr_status view_statement(work *w, uint32_t sent, int32_t t, int32_t index, int32_t owner)
{
	int32_t in = child(w, t, SR_DEPREL_case), h = head_of(w, t);
	if (in < 0 || !tok_is(w, in, "in") || h < 0)
		return SR_OK;
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span2 = (tokens_span){ in, in };
	c->source = owner_extent(w, owner);
	content_cut_out(w, c, extent(w, h), (tokens_span){ in, w->toks[t].hi });
	return SR_OK;
}

/* The clause of a cue noun: "the claim that …", "a promise to …"; -1 if none. */
static int32_t noun_clause(const work *w, const cue *q, int32_t t)
{
	int32_t clause = -1;
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		sr_deprel r = rel(w, k);
		int32_t m = k > t && (r == SR_DEPREL_acl || r == SR_DEPREL_ccomp) ? child(w, k, SR_DEPREL_mark) : -1;
		bool that = m >= 0 && (w->toks[m].bits & W(that)), to = m >= 0 && (w->toks[m].bits & W(to));
		if ((that && (q->frames & FRAME('c'))) || (to && (q->frames & FRAME('x'))))
			clause = k;
	}
	return clause;
}

/* "The union's argument is that …": the predicate is what the noun says. False if it is none. */
static bool noun_predicate(const work *w, cand *c, const cue *q, int32_t t)
{
	int32_t h = rel(w, t) == SR_DEPREL_nsubj ? head_of(w, t) : -1, cop = h > t ? child(w, h, SR_DEPREL_cop) : -1, mark = h > t ? child(w, h, SR_DEPREL_mark) : -1;
	if (cop < t || mark <= cop || !(q->frames & (FRAME('c') | FRAME('p'))) || !(w->toks[mark].bits & (W(that) | W(to) | W(wh))))
		return false;
	cand_add_content(c, trim(w, (tokens_span){ mark, w->toks[h].hi }));
	c->cue_span2 = (tokens_span){ cop, cop };
	int32_t of = child(w, t, SR_DEPREL_nmod); /* "the argument of the union" */
	if (ts_empty(c->source) && of > t && tok_is(w, child(w, of, SR_DEPREL_case), "of"))
		c->source = source_extent(w, of, t);
	return c->content_count > 0;
}

/* "expressed", "made", "has" before a cue noun that it carries: the verb, or -1. */
static int32_t light_verb(const work *w, int32_t t)
{
	int32_t verb = rel(w, t) == SR_DEPREL_obj ? head_of(w, t) : -1;
	return verb >= 0 && verb < t && upos(w, verb) == SR_UPOS_VERB && (w->toks[verb].bits & W(light)) ? verb : -1;
}

/* The statement is the noun's: that of the verb, which had the noun for its content, goes. */
static void carried(work *w, cand *c, size_t from, int32_t verb)
{
	bool modified;
	int32_t s = source_head(w, verb, &modified);
	if (s >= 0 && ts_empty(c->source))
		c->source = source_extent(w, s, verb);
	for (size_t i = from; i < w->cands.count; i++)
		if (w->cands.items[i].cue_tok == verb)
			w->cands.items[i].dropped = true;
}

/* Whose the noun is, where no possessor stands before it: "advice from a guide"; "she is a defender of …"; the subject of
 * a verb that only carries it, or that is done in it: "rallied in support of". Who denies, hears or faces a report holds none. */
static tokens_span holder_of(const work *w, int32_t t)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling) {
		int32_t p = k > t && rel(w, k) == SR_DEPREL_nmod ? child(w, k, SR_DEPREL_case) : -1;
		if (p >= 0 && (w->toks[p].bits & W(holder)))
			return source_extent(w, k, t);
	}
	int32_t subject = child(w, t, SR_DEPREL_nsubj), in = child(w, t, SR_DEPREL_case), verb = head_of(w, t);
	if (subject >= 0 && subject < t)
		return source_extent(w, subject, t);
	bool held = light_verb(w, t) >= 0 || (rel(w, t) == SR_DEPREL_obl && in >= 0 && tok_is(w, in, "in"));
	bool modified;
	int32_t s = held && verb >= 0 && verb < t && upos(w, verb) == SR_UPOS_VERB && !is_passive(w, verb) ? source_head(w, verb, &modified) : -1;
	return s >= 0 && s < verb ? source_extent(w, s, verb) : TS_NONE;
}

static sr_status noun_statement(work *w, size_t from, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	int32_t owner = -1, clause = noun_clause(w, q, t), verb = light_verb(w, t);
	for (int32_t k = w->toks[t].first_child; k >= 0 && k < t; k = w->toks[k].next_sibling)
		if (rel(w, k) == SR_DEPREL_nmod)
			owner = k;
	if (clause < 0 && owner >= 0 && (q->frames & FRAME('v')) && tok_is(w, child(w, t, SR_DEPREL_case), "in"))
		return view_statement(w, sent, t, index, owner);
	if (clause < 0 && owner < 0 && verb < 0 && !(q->frames & FRAME('z')))
		return SR_OK;
	/* "has withdrawn its report of a failure": it is said no more */
	if ((rel(w, t) == SR_DEPREL_obj || passive(w, t)) && head_of(w, t) >= 0 && (w->toks[head_of(w, t)].bits & W(recant)))
		return SR_OK;
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->source = owner >= 0 ? owner_extent(w, owner) : holder_of(w, t);
	if (clause >= 0)
		cand_add_content(c, trim(w, extent(w, clause)));
	else if (!noun_predicate(w, c, q, t))
		(void)content_of_preposition(w, c, q, t);
	/* "the end of support for the plan", "faces opposition to it": nobody is told who holds it */
	bool only_named = q->klass == CLASS_ATTITUDE && ts_empty(c->source) && clause < 0 && verb < 0 && (rel(w, t) == SR_DEPREL_nmod || rel(w, t) == SR_DEPREL_obj);
	c->dropped = c->content_count == 0 || only_named;
	for (size_t i = 0; i < c->content_count; i++)
		if (!ts_empty(c->source) && c->source.lo <= c->content[i].hi && c->content[i].lo <= c->source.hi)
			c->source = TS_NONE;
	if (verb >= 0 && !c->dropped)
		carried(w, c, from, verb);
	return SR_OK;
}

static sr_status adjective_statement(work *w, uint32_t sent, int32_t t, int32_t index)
{
	const cue *q = &w->rules->cues[index];
	int32_t cop = child(w, t, SR_DEPREL_cop);
	sr_deprel r = rel(w, t);
	bool modified, loose = r == SR_DEPREL_conj || r == SR_DEPREL_advcl || r == SR_DEPREL_acl || r == SR_DEPREL_xcomp;
	int32_t s = cop >= 0 || loose ? source_head(w, t, &modified) : -1;
	if (s < 0)
		return SR_OK;
	int32_t k = child(w, t, SR_DEPREL_ccomp);
	k = k >= 0 ? k : child(w, t, SR_DEPREL_xcomp);
	cand *c = cand_new(w, sent, index, t);
	if (!c)
		return SR_E_NOMEM;
	c->source = source_extent(w, s, t);
	c->cue_span = cue_extent(w, t, sent_first(w, sent));
	if (cop >= 0 && cop < c->cue_span.lo)
		c->cue_span.lo = cop;
	for (int32_t x = w->toks[t].first_child; x >= 0 && x < t; x = w->toks[x].next_sibling)
		if (rel(w, x) == SR_DEPREL_aux && x < c->cue_span.lo)
			c->cue_span.lo = x;
	if (k >= 0 && k > t)
		cand_add_content(c, trim(w, extent(w, k)));
	else
		(void)content_of_preposition(w, c, q, t);
	c->dropped = c->content_count == 0;
	return SR_OK;
}

/* The head of the clause that t stands in; through: of all that it is a part of. */
static int32_t clause_head(const work *w, int32_t t, bool through)
{
	for (int i = 0; i < CLIMB_MAX && head_of(w, t) >= 0; i++) {
		sr_deprel r = rel(w, t);
		bool part = r == SR_DEPREL_ccomp || r == SR_DEPREL_advcl || r == SR_DEPREL_acl || (r == SR_DEPREL_conj && !nominal(w, t));
		if (r == SR_DEPREL_parataxis || (part && !through))
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

static bool comma_between(const work *w, int32_t lo, int32_t hi)
{
	for (int32_t k = lo + 1; k < hi; k++)
		if (w->toks[k].punct == ',')
			return true;
	return false;
}

static sr_status phrase_statement(work *w, uint32_t sent, int32_t t, int32_t words, int32_t index)
{
	int32_t last = sent_last(w, sent), n = t + words;
	/* The noun that the phrase leads to: the head of the noun phrase right after it. */
	for (int i = 0; i < CLIMB_MAX && n <= last && head_of(w, n) > n && nominal_part(w, n) && !comma_between(w, n, head_of(w, n)); i++)
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
		/* behind a comma at the end, it speaks for all that stands before it */
		bool closes = t > sent_first(w, sent) && w->toks[t - 1].punct == ',' && own.hi >= last - 1;
		int32_t clause = clause_head(w, h, closes);
		/* "X, according to an officer, is lost, he said": the saying holds it all, but not in "According to an officer, he said" */
		int32_t opens = rel(w, w->toks[clause].lo) == SR_DEPREL_cc ? w->toks[clause].lo + 1 : w->toks[clause].lo;
		int32_t saying = closes || upos(w, clause) != SR_UPOS_VERB ? -1 : cue_of_kind(w, clause, CUE_VERB), who = child(w, clause, SR_DEPREL_nsubj);
		if (saying >= 0 && opens < own.lo && who > own.hi && (w->toks[who].bits & W_PRONOUN) && (w->rules->cues[saying].frames & FRAME('q'))) {
			c->dropped = c->aside = true;
			return SR_OK;
		}
		tokens_span all = extent(w, clause);
		while (all.lo < all.hi && (rel(w, all.lo) == SR_DEPREL_cc || (rel(w, all.lo) == SR_DEPREL_mark && rel(w, clause) != SR_DEPREL_ccomp)) )
			all.lo++;
		content_cut_out(w, c, all, own);
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

/* "The alleged assault", "his repeated calls": the participle describes, whatever the tagger takes it for. */
static bool describes(const work *w, int32_t t, int32_t first)
{
	return t > first && (w->toks[t - 1].bits & W(article)) && w->rules->forms[w->toks[t].forms].form == FORM_PAST;
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
		else if (u == SR_UPOS_VERB && (c = cue_of_kind(w, t, CUE_VERB)) >= 0 && !describes(w, t, first))
			SR_TRY(verb_statement(w, from, sent, t, c));
		else if (u == SR_UPOS_NOUN && (c = cue_of_kind(w, t, CUE_NOUN)) >= 0)
			SR_TRY(noun_statement(w, from, sent, t, c));
		else if (u == SR_UPOS_ADJ && (c = cue_of_kind(w, t, CUE_ADJ)) >= 0)
			SR_TRY(adjective_statement(w, sent, t, c));
	}
	part_statements(w, from);
	return SR_OK;
}
