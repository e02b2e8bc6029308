/* Statements by word order alone, for tokens without a parse: "X said that …", "…, X said", "…," said X,
 * "according to X". Plainer than the tree's reading (tree.c) and used only where there is no tree. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

#define LEFT_MAX 40
#define ADJUNCT_MAX 12

static bool punct_in(const work *w, int32_t t, const char *set)
{
	char p = w->toks[t].punct;
	for (; *set; set++)
		if (p == *set)
			return true;
	return false;
}

static bool in_speech(const work *w, int32_t t)
{
	int32_t q = w->toks[t].quote;
	return q >= 0 && w->quotes.items[q].speech;
}

/* A quotation that is speech ends at t or right before it. */
static bool ends_speech(const work *w, int32_t first, int32_t t)
{
	return (t >= first && w->toks[t].close && in_speech(w, t)) || (t > first && w->toks[t - 1].close && in_speech(w, t - 1));
}

static bool ends_ly(sr_str s) { return s.len > 4 && sr_str_ends(s, SR_STR("ly")); }

static bool helper_word(const work *w, int32_t t)
{
	return (w->toks[t].bits & (W(aux) | W(neg))) || ((w->toks[t].bits & W(adv)) && !w->toks[t].cap) || ends_ly(tok_str(w, t));
}

static bool starts_np(const work *w, int32_t t)
{
	const tok *k = &w->toks[t];
	return k->cap || (k->bits & (W(det) | W_PRONOUN | W(coll) | W(title) | W(anon) | W(media))) || sr_str_eq_nocase(tok_str(w, t), SR_STR("there"));
}

/* The other words of a cue stand right behind its verb: "left no doubt" is one, "left" is none. */
static bool rest_follows(const work *w, int32_t t, int32_t last, sr_str rest)
{
	sr_str word;
	while (sr_str_next_field(&rest, ' ', &word))
		if (++t > last || !sr_str_eq_nocase(tok_str(w, t), word))
			return false;
	return true;
}

/* The verb cue that t is likely to be, or -1. */
static int32_t verb_cue(const work *w, int32_t t, int32_t first, int32_t last)
{
	const tok *k = &w->toks[t];
	if (k->bits & W(aux))
		return -1;
	for (int32_t f = k->forms; f >= 0; f = w->rules->forms[f].next) {
		const cue_entry *e = &w->rules->forms[f];
		const cue *c = &w->rules->cues[e->cue];
		if (c->kind != CUE_VERB || !rest_follows(w, t, last, c->rest) || (c->klass != CLASS_SPEECH && c->klass != CLASS_FINDING && !(c->frames & FRAME('c'))))
			continue;
		uint64_t before = t > first ? w->toks[t - 1].bits : 0;
		bool next_opens = t < last && ((w->toks[t + 1].bits & W(that)) || starts_np(w, t + 1) || punct_in(w, t + 1, ",:.\""));
		if (t == first && e->form != FORM_ING)
			continue;
		if ((before & W(det)) && !(before & (W_PRONOUN | W(coll))))
			continue;
		if ((before & W(prep)) && e->form != FORM_ING)
			continue;
		if (e->form == FORM_BASE && !(before & (W(aux) | W(adv) | W(who) | W(they) | W(first) | W(coll))) &&
		    !(next_opens && sr_str_ends(tok_str(w, t - 1), SR_STR("s"))))
			continue;
		if (e->form == FORM_S && !next_opens)
			continue;
		if (c->klass != CLASS_SPEECH && !(t < last && (w->toks[t + 1].bits & W(that))))
			continue;
		return e->cue;
	}
	return -1;
}

static int32_t trim_end(const work *w, int32_t t, int32_t low)
{
	while (t > low && w->toks[t].punct && !w->toks[t].close && !punct_in(w, t, ")]%"))
		t--;
	return t;
}

/* "Varga on Tuesday" without the day. */
tokens_span trim_days(const work *w, tokens_span s)
{
	int32_t k = s.hi;
	while (k > s.lo && ((w->toks[k].bits & W(day)) || (w->toks[k].punct == 0 && w->toks[k].number < 0 && sr_is_digit((unsigned char)tok_str(w, k).ptr[0]))))
		k--;
	if (k == s.hi || k <= s.lo)
		return s;
	if (w->toks[k].bits & W(prep))
		k--;
	return (tokens_span){ s.lo, k };
}

/* The noun phrase that ends at `end`, back to the nearest clause border. */
static tokens_span np_left(const work *w, int32_t first, int32_t end)
{
	int32_t t = end, commas = 0;
	if (t < first)
		return TS_NONE;
	if (punct_in(w, t, ",") && !(t > first && w->toks[t - 1].close))
		end = --t, commas = 1;
	for (; t >= first && end - t < LEFT_MAX; t--) {
		const tok *k = &w->toks[t];
		if (k->close || in_speech(w, t) || punct_in(w, t, ";:(-"))
			break;
		if (punct_in(w, t, ",")) {
			if (commas-- <= 0)
				break;
			continue;
		}
		if ((k->bits & (W(bound) | W(that))) && !(k->bits & W(adv)) && t < end && commas <= 0)
			break;
	}
	tokens_span s = { t + 1, end };
	while (!ts_empty(s) && (w->toks[s.lo].bits & (W(and) | W(bound))) && !w->toks[s.lo].cap && s.lo < s.hi)
		s.lo++;
	return trim_days(w, s);
}

/* The noun phrase that begins at t: to the end of the sentence or a clause border. */
static tokens_span np_right(const work *w, int32_t t, int32_t last)
{
	int32_t k = t;
	for (; k <= last; k++) {
		const tok *x = &w->toks[k];
		if (x->open || punct_in(w, k, ".;:?!-"))
			break;
		if (k > t && (x->bits & (W(day) | W(bound))) && !(x->bits & W(who)) && !w->toks[k - 1].cap)
			break;
		if (k > t && (x->bits & W(prep)) && k < last && (w->toks[k + 1].bits & W(day)))
			break;
		if (k > t && punct_in(w, k, ",") && k < last && (w->toks[k + 1].bits & (W(adv) | W(day) | W(and) | W(prep) | W(bound))) && !(w->toks[k + 1].bits & W(who)))
			break;
		if (k > t && punct_in(w, k, ",") && k < last && w->toks[k + 1].forms >= 0 && sr_str_ends(tok_str(w, k + 1), SR_STR("ing")))
			break;
	}
	return (tokens_span){ t, trim_end(w, k - 1, t) };
}

/* After the cue: who is told and adjuncts ("on Tuesday", "in a statement") passed over. Returns where the
 * content may begin, last + 1 if nowhere. */
static int32_t skip_adjuncts(const work *w, cand *c, int32_t t, int32_t last)
{
	const cue *q = &w->rules->cues[c->cue];
	if ((q->frames & FRAME('t')) && t <= last && !(w->toks[t].bits & W(that)) && !punct_in(w, t, ",:") && !w->toks[t].open) {
		int32_t k = t + 1;
		bool pronoun = w->toks[t].bits & W_PRONOUN && !(w->toks[t].bits & W(det));
		while (!pronoun && k <= last && !(w->toks[k].bits & (W(that) | W(to) | W(day) | W(prep))) && w->toks[k].word &&
		       !((w->toks[k].bits & (W(det) | W_PRONOUN)) && k > t + 1) && !(w->toks[k].cap && !w->toks[k - 1].cap && !(w->toks[k - 1].bits & W(det))))
			k++;
		c->told = (tokens_span){ t, k - 1 };
		t = k;
	}
	int32_t limit = t + ADJUNCT_MAX;
	while (t <= last && t < limit && (w->toks[t].bits & (W(prep) | W(day) | W(adv))) && !(w->toks[t].bits & W(that))) {
		bool day = w->toks[t].bits & (W(day) | W(adv));
		t++;
		while (!day && t <= last && t < limit && w->toks[t].word && !(w->toks[t].bits & (W(that) | W(prep) | W(he) | W(she) | W(they)))) {
			day = w->toks[t].bits & W(day);
			t++;
		}
	}
	return t;
}

/* Where a statement that begins at t ends: before the next reporting participle or the end. */
static int32_t content_end(const work *w, int32_t t, int32_t last)
{
	for (int32_t k = t + 3; k < last; k++)
		if (punct_in(w, k, ",") && w->toks[k + 1].forms >= 0 && w->rules->forms[w->toks[k + 1].forms].form == FORM_ING &&
		    w->rules->cues[w->rules->forms[w->toks[k + 1].forms].cue].klass == CLASS_SPEECH && !in_speech(w, k))
			return trim_end(w, k - 1, t);
	return trim_end(w, last, t);
}

static bool short_tail(const work *w, int32_t t, int32_t last)
{
	if (last - t > 30)
		return false;
	for (int32_t k = t; k <= last; k++)
		if ((w->toks[k].bits & (W(aux) | W(that))) && !(w->toks[k].bits & W(who)) && !w->toks[k].close && sr_str_eq(tok_str(w, k), SR_STR("'s")) == false)
			return w->toks[k].bits & W(who);
	return true;
}

/* "Asked whether the mill is safe, he answered": what he was asked. */
static bool only_asked(const work *w, const cand *c, int32_t first)
{
	const sr_token *t = &w->reading->tokens[first];
	return t->upos == SR_UPOS_VERB && t->deprel == SR_DEPREL_advcl && w->toks[first].head == c->cue_tok;
}

static void before_content(const work *w, cand *c, int32_t first, int32_t end)
{
	if (only_asked(w, c, first))
		return;
	while (end > first && punct_in(w, end, ",") && !w->toks[end].close)
		end--;
	if (end > first + 1)
		cand_add_content(c, (tokens_span){ first, end });
}

static void inherit_source(const work *w, cand *c)
{
	for (size_t i = w->cands.count - 1; i-- > 0 && w->cands.items[i].sent == c->sent;) /* in order of the sentences so far */
		if (!ts_empty(w->cands.items[i].source)) {
			c->source = w->cands.items[i].source;
			return;
		}
	int32_t first = sent_first(w, c->sent), t = first;
	while (t < c->cue_span.lo && w->toks[t].word && !(w->toks[t].bits & (W(aux) | W(adv) | W(prep))) && w->toks[t].forms < 0 &&
	       !sr_str_ends(tok_str(w, t), SR_STR("ed")))
		t++;
	c->source = (tokens_span){ first, t - 1 };
}

/* The content of a cue whose source is known: after it, or before the source where the cue closes the sentence. */
void surface_content(const work *w, cand *c)
{
	int32_t first = sent_first(w, c->sent), last = sent_last(w, c->sent);
	const cue *q = &w->rules->cues[c->cue];
	if (ts_empty(c->source))
		return;
	bool inverted = c->source.lo > c->cue_tok;
	int32_t lo = c->cue_span.lo;
	bool quote_left = ends_speech(w, first, lo - 1);
	if (inverted) {
		if (!quote_left)
			before_content(w, c, first, lo - 1);
		return;
	}
	int32_t k = skip_adjuncts(w, c, c->cue_span.hi + 1, last);
	if (k <= last && w->toks[k].open && in_speech(w, k))
		return;
	if (k <= last && ((w->toks[k].bits & W(that)) || ((q->frames & FRAME('c')) && (starts_np(w, k) || w->toks[k].number >= 0 || (w->toks[k].bits & W(wh)))) ||
	                  ((q->frames & FRAME('o')) && w->toks[k].word) || ((q->frames & FRAME('x')) && (w->toks[k].bits & W(to))))) {
		cand_add_content(c, (tokens_span){ k, content_end(w, k, last) });
		return;
	}
	quote_left = ends_speech(w, first, c->source.lo - 1);
	bool closes = k > last || punct_in(w, k, ".,");
	if (closes && c->source.lo > first && punct_in(w, c->source.lo - 1, ",") && !in_speech(w, c->source.lo - 1) && !quote_left) {
		before_content(w, c, first, c->source.lo - 1);
		if (k < last && punct_in(w, k, ","))
			cand_add_content(c, (tokens_span){ k + 1, content_end(w, k + 1, last) });
	}
}

/* A source right beside a quotation's cue: "…," said X; "…," X said. Leaves none where nothing stands there. */
void surface_source(const work *w, cand *c)
{
	int32_t first = sent_first(w, c->sent), last = sent_last(w, c->sent), lo = c->cue_span.lo, t = c->cue_tok;
	bool quote_left = ends_speech(w, first, lo - 1);
	c->source = TS_NONE;
	if (quote_left && t < last && starts_np(w, t + 1) && !sr_str_ends(tok_str(w, t), SR_STR("ing")))
		c->source = np_right(w, t + 1, last);
	else if (lo > first && starts_np(w, lo - 1) && !in_speech(w, lo - 1))
		c->source = np_left(w, first, lo - 1);
}

sr_status surface_verb(work *w, uint32_t sent, int32_t t, int32_t cue_index)
{
	int32_t first = sent_first(w, sent), last = sent_last(w, sent), lo = t;
	while (lo > first && helper_word(w, lo - 1))
		lo--;
	cand *c = cand_new(w, sent, cue_index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span.lo = lo;
	bool after_mark = lo > first && (w->toks[lo - 1].close || punct_in(w, lo - 1, ",?!"));
	bool quote_left = ends_speech(w, first, lo - 1);
	if (after_mark && t < last && starts_np(w, t + 1) && (quote_left || short_tail(w, t + 1, last)))
		c->source = np_right(w, t + 1, last);
	else if (lo > first && (w->toks[lo - 1].bits & W(and)))
		inherit_source(w, c);
	else
		c->source = np_left(w, first, lo - 1);
	if (ts_empty(c->source) && w->rules->forms[w->toks[t].forms].form == FORM_ING)
		inherit_source(w, c);
	surface_content(w, c);
	return SR_OK;
}

static sr_status phrase_statement(work *w, uint32_t sent, int32_t t, int32_t words, int32_t cue_index)
{
	int32_t first = sent_first(w, sent), last = sent_last(w, sent), end = t + words;
	cand *c = cand_new(w, sent, cue_index, t);
	if (!c)
		return SR_E_NOMEM;
	c->cue_span.hi = t + words - 1;
	while (end <= last && !w->toks[end].open && !punct_in(w, end, ",;:.-"))
		end++;
	if (end == t + words)
		return SR_OK;
	c->source = (tokens_span){ t + words, end - 1 };
	if (t > first + 1)
		before_content(w, c, first, t - 1);
	if (end < last && punct_in(w, end, ","))
		cand_add_content(c, (tokens_span){ end + 1, content_end(w, end + 1, last) });
	return SR_OK;
}

sr_status surface_sentence(work *w, uint32_t sent)
{
	int32_t first = sent_first(w, sent), last = sent_last(w, sent), words;
	for (int32_t t = first; t <= last; t++) {
		if (w->toks[t].forms < 0 || in_speech(w, t))
			continue;
		int32_t c = phrase_cue(w, t, last, &words);
		if (c >= 0) {
			SR_TRY(phrase_statement(w, sent, t, words, c));
			continue;
		}
		c = verb_cue(w, t, first, last);
		if (c >= 0)
			SR_TRY(surface_verb(w, sent, t, c));
	}
	return SR_OK;
}

/* ---- "Ada Brunt: the dam is safe", "TAPPER: Good evening." ---- */

#define LABEL_MAX 7

/* The colon after a name or a kind of report that opens a paragraph, or -1. */
static int32_t label_colon(const work *w, int32_t first, int32_t last)
{
	int32_t t = first;
	bool names = false;
	for (; t <= last && t - first < LABEL_MAX && w->toks[t].punct != ':'; t++) {
		const tok *k = &w->toks[t];
		bool joint = t > first && (k->punct == '.' || k->punct == ',' || tok_is(w, t, "of") || tok_is(w, t, "the") || tok_is(w, t, "and"));
		if (!joint && !(k->cap && k->word))
			return -1;
		names = names || (k->bits & (W(study) | W(coll) | W(group)));
	}
	if (t == first || t >= last - 2 || w->toks[t].punct != ':' || (w->toks[first].bits & W(label)))
		return -1;
	const sr_entity *e = entity_at(w, first, t - 1);
	names = names || (e && (e->type == SR_ENTITY_PER || e->type == SR_ENTITY_ORG));
	bool shouted = t - first <= 3;
	for (int32_t k = first; k < t && shouted; k++) {
		sr_str s = tok_str(w, k);
		shouted = s.len >= 3 && sr_is_upper((unsigned char)s.ptr[1]);
	}
	return names || shouted ? t : -1;
}

sr_status surface_label(work *w, uint32_t sent)
{
	const sr_reading *r = w->reading;
	uint32_t block = r->sentences[sent].block;
	int32_t first = sent_first(w, sent), colon;
	if (r->doc->blocks[block].kind == SR_BLOCK_TURN || (sent && r->sentences[sent - 1].block == block) || (colon = label_colon(w, first, sent_last(w, sent))) < 0)
		return SR_OK;
	uint32_t end = sent;
	while (end + 1 < r->sentence_count && r->sentences[end + 1].block == block)
		end++;
	cand *c = cand_new(w, sent, -1, colon);
	if (!c)
		return SR_E_NOMEM;
	c->source = (tokens_span){ first, colon - 1 };
	c->plain = true;
	cand_add_content(c, (tokens_span){ colon + 1, trim_end(w, sent_last(w, end), colon + 1) });
	return SR_OK;
}
