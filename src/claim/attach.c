/* Quotations to the statements they belong to.
 *
 * In order of preference: the label of a turn, a signature, "…" — Name; a statement whose content already holds part of the
 * quotation; a cue right after it; a cue before it in its sentence; a colon; the statement of the quotation
 * before it, when only that statement's cue stands between them, when the quotation runs on, or when it is a
 * whole paragraph. */
#include "claim_internal.h"

#define CUE_DISTANCE 30
#define TAIL_MAX 10

static bool takes_quotes(const work *w, const cand *c) { return c->cue < 0 || (w->rules->cues[c->cue].frames & (FRAME('q') | FRAME('n'))); }

static bool only_marks(const work *w, int32_t from, int32_t to)
{
	for (int32_t t = from; t <= to; t++)
		if (w->toks[t].word)
			return false;
	return true;
}

/* Puts the whole quotation into the content of c, in order. */
static void take(work *w, cand *c, quotation *q)
{
	size_t n = 0;
	tokens_span all[CAND_CONTENT_MAX + 1];
	bool placed = false;
	for (size_t i = 0; i < c->content_count; i++) {
		tokens_span s = c->content[i];
		bool beside = s.hi + 1 == q->toks.lo && w->reading->sentences[w->toks[s.hi].sent].block == q->block;
		if (!placed && ((s.lo <= q->toks.hi + 1 && q->toks.lo <= s.hi) || beside)) {
			/* A clause that begins before or ends after the quotation is a mixed statement. */
			c->plain = c->plain || !only_marks(w, s.lo, q->toks.lo - 1) || !only_marks(w, q->toks.hi + 1, s.hi);
			s.lo = s.lo < q->toks.lo ? s.lo : q->toks.lo;
			s.hi = s.hi > q->toks.hi ? s.hi : q->toks.hi;
			placed = true;
		} else if (!placed && s.lo > q->toks.hi) {
			all[n++] = q->toks;
			placed = true;
		}
		all[n++] = s;
	}
	if (!placed)
		all[n++] = q->toks;
	c->content_count = 0;
	for (size_t i = 0; i < n && i < CAND_CONTENT_MAX; i++)
		c->content[c->content_count++] = all[i];
	c->quoted = true;
	q->attribution = (int32_t)(c - w->cands.items);
}

static bool content_touches(const cand *c, tokens_span s)
{
	for (size_t i = 0; i < c->content_count; i++)
		if (c->content[i].lo <= s.hi && s.lo <= c->content[i].hi)
			return true;
	return false;
}

/* First candidate of a sentence; candidates are in order of sentences. */
static size_t first_cand(const work *w, uint32_t sent)
{
	size_t lo = 0, hi = w->sorted_cands;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (w->cands.items[mid].sent < sent)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static int32_t cand_lo(const cand *c)
{
	return !ts_empty(c->source) && c->source.lo < c->cue_span.lo ? c->source.lo : c->cue_span.lo;
}

static cand *overlapping(work *w, const quotation *q)
{
	uint32_t from = w->toks[q->toks.lo].sent, to = w->toks[q->toks.hi].sent;
	cand *best = NULL;
	for (size_t i = first_cand(w, from); i < w->sorted_cands && w->cands.items[i].sent <= to; i++) {
		cand *c = &w->cands.items[i];
		if (!content_touches(c, q->toks) || ts_has(q->toks, c->cue_tok))
			continue;
		if (!best || (takes_quotes(w, c) && (!takes_quotes(w, best) || c->content[0].lo >= best->content[0].lo)))
			best = c;
	}
	return best;
}

static bool participle(const work *w, const cand *c)
{
	sr_str s = tok_str(w, c->cue_tok);
	return c->cue >= 0 && sr_str_ends(s, SR_STR("ing"));
}

/* "Brunt said, pointing to …" at the head of a sentence, where the saying has no words of its own. */
static bool opens_with_cue(const work *w, int32_t first)
{
	size_t i = first_cand(w, w->toks[first].sent);
	const cand *c = i < w->sorted_cands ? &w->cands.items[i] : NULL;
	return c && c->sent == w->toks[first].sent && cand_lo(c) == first && !c->content_count && !c->dropped && c->cue >= 0 && w->rules->cues[c->cue].klass == CLASS_SPEECH;
}

static cand *cue_after(work *w, const quotation *q)
{
	uint32_t sent = w->toks[q->toks.hi].sent;
	int32_t next = q->toks.hi + 1;
	/* A segmenter may end the sentence with the quotation: `…missing." Brunt said.` */
	if (next < w->count && w->reading->sentences[w->toks[next].sent].block == q->block &&
	    (!w->toks[next].cap || w->reading->sentences[w->toks[next].sent].token_count <= TAIL_MAX || opens_with_cue(w, next)))
		sent = w->toks[next].sent;
	for (size_t i = first_cand(w, sent); i < w->sorted_cands && w->cands.items[i].sent == sent; i++) {
		cand *c = &w->cands.items[i];
		int32_t lo = cand_lo(c);
		if (lo <= q->toks.hi || !takes_quotes(w, c))
			continue;
		if (lo - q->toks.hi >= 6 || !only_marks(w, q->toks.hi + 1, lo - 1) || participle(w, c))
			return NULL;
		if (c->content_count && !c->quoted) {
			char end = q->toks.hi > q->toks.lo ? w->toks[q->toks.hi - 1].punct : 0;
			if ((end != ',' && end != '?' && end != '!') || (c->content[c->content_count - 1].lo > c->cue_tok && !content_touches(c, q->toks)))
				return NULL;
			/* What the parse put before the quotation is another statement. */
			if (!content_touches(c, q->toks) || c->content[0].lo < q->toks.lo)
				c->content_count = 0;
		}
		return c;
	}
	return NULL;
}

/* "The mayor said in a statement." and the quotation in the next sentence. */
static bool announces(const work *w, const quotation *q)
{
	uint32_t sent = w->toks[q->toks.lo - 1].sent;
	const cand *only = NULL;
	if (w->reading->sentences[sent].block != q->block || sent_last(w, sent) + 1 != q->toks.lo)
		return false;
	for (size_t i = first_cand(w, sent); i < w->sorted_cands && w->cands.items[i].sent == sent; i++) {
		const cand *c = &w->cands.items[i];
		if (c->dropped)
			continue;
		if (c->content_count || only)
			return false;
		only = c;
	}
	return only && !ts_empty(only->source) && only->cue >= 0 && (w->rules->cues[only->cue].frames & FRAME('c')) && only->cue_tok > only->source.hi && w->rules->cues[only->cue].klass == CLASS_SPEECH;
}

/* "Brunt reported that as the council prepared to begin voting: “…”": who reports is quoted, not who prepares to begin. */
static bool says(const work *w, const cand *c)
{
	return c->cue >= 0 && w->rules->cues[c->cue].klass == CLASS_SPEECH && !(c->cue_tok && (w->toks[c->cue_tok - 1].bits & W(to)));
}

static cand *cue_before(work *w, const quotation *q)
{
	int32_t before = q->toks.lo - 1;
	if (before < 0)
		return NULL;
	uint32_t sent = w->toks[q->toks.lo].sent;
	bool colon = w->toks[before].punct == ':';
	if (w->toks[before].sent != sent) {
		if (!colon && !announces(w, q))
			return NULL;
		sent = w->toks[before].sent;
	}
	cand *best = NULL;
	for (size_t i = first_cand(w, sent); i < w->sorted_cands && w->cands.items[i].sent == sent; i++) {
		cand *c = &w->cands.items[i];
		if (c->cue_tok < q->toks.lo && q->toks.lo - c->cue_tok < CUE_DISTANCE && takes_quotes(w, c) && (!c->content_count || c->quoted || colon) && !(best && says(w, best) && !says(w, c)))
			best = c;
	}
	return best;
}

/* "Speaker: quotation", where no verb stands before the colon. */
static sr_status colon_before(work *w, quotation *q)
{
	int32_t colon = q->toks.lo - 1;
	if (colon < 1 || w->toks[colon].punct != ':')
		return SR_OK;
	uint32_t sent = w->toks[colon].sent;
	int32_t first = sent_first(w, sent);
	bool parsed = w->toks[first].head != -2;
	if (colon - first > (parsed ? CUE_DISTANCE : 12) || colon == first)
		return SR_OK;
	/* "Here is what we know:" stands before what is set off, too */
	const sr_entity *e = entity_at(w, first, colon - 1);
	if (q->set_off && !(e && (e->type == SR_ENTITY_PER || e->type == SR_ENTITY_ORG)))
		return SR_OK;
	for (int32_t t = first; t < colon && !parsed; t++)
		if (w->toks[t].bits & (W(aux) | W(bound)))
			return SR_OK;
	cand *c = cand_new(w, sent, -1, colon);
	if (!c)
		return SR_E_NOMEM;
	c->source = (tokens_span){ first, colon - 1 };
	tree_subject(w, c);
	take(w, c, q);
	return SR_OK;
}

/* A signature right behind the quotation, or in the paragraph below it. */
static bool signed_by(const work *w, const quotation *q, signature *out)
{
	int32_t next = q->set_off ? behind_links(w, q->toks.hi + 1) : q->toks.hi + 1;
	if (q->words < 3 || !signature_at(w, next, out))
		return false;
	uint32_t block = w->reading->sentences[w->toks[next].sent].block;
	return block == q->block || (block == q->block + 1 && w->reading->sentences[w->toks[next].sent].first_token == (uint32_t)next);
}

static sr_status take_signed(work *w, quotation *q, const signature *s)
{
	cand *c = cand_new(w, w->toks[s->dash].sent, -1, s->dash);
	if (!c)
		return SR_E_NOMEM;
	c->source = s->who;
	c->account = s->account;
	take(w, c, q);
	return SR_OK;
}

static sr_status take_turn(work *w, quotation *q, tokens_span label)
{
	cand *c = cand_new(w, w->toks[label.hi].sent, -1, q->toks.lo - 1);
	if (!c)
		return SR_E_NOMEM;
	c->source = label;
	c->turn = true;
	take(w, c, q);
	return SR_OK;
}

static bool whole_block(const work *w, const quotation *q)
{
	int32_t before = q->toks.lo - 1, after = q->toks.hi + 1;
	bool starts = before < 0 || w->reading->sentences[w->toks[before].sent].block != q->block;
	bool ends = after >= w->count || w->reading->sentences[w->toks[after].sent].block != q->block;
	return starts && ends;
}

static cand *same_speaker(work *w, const quotation *q, const quotation *p)
{
	if (!p || p->attribution < 0)
		return NULL;
	cand *c = &w->cands.items[p->attribution];
	if (q->continues && p->runs_on)
		return c;
	if (q->block != p->block)
		return q->block == p->block + 1 && whole_block(w, q) ? c : NULL;
	uint32_t from = w->toks[p->toks.hi].sent, to = w->toks[q->toks.lo].sent;
	int32_t before = q->toks.lo - 1;
	if (to > from + 1 || (to == from + 1 && w->toks[before].sent == to && !only_marks(w, sent_first(w, to), before)))
		return NULL;
	/* The cue must be what stands between, or the two quotations follow each other. */
	bool between = c->cue_tok > p->toks.hi && c->cue_tok < q->toks.lo;
	return between || only_marks(w, p->toks.hi + 1, before) ? c : NULL;
}

sr_status quotes_attach(work *w)
{
	const quotation *last = NULL;
	w->sorted_cands = w->cands.count;
	for (size_t i = 0; i < w->quotes.count; i++) {
		quotation *q = &w->quotes.items[i];
		signature s;
		tokens_span label = turn_label(w, q);
		bool is_turn = !ts_empty(label), is_signed = !is_turn && signed_by(w, q, &s);
		if (is_signed)
			SR_TRY(take_signed(w, q, &s));
		if (is_turn)
			SR_TRY(take_turn(w, q, label));
		last = is_signed || is_turn ? q : last;
		if (!q->speech || is_signed || is_turn)
			continue;
		cand *c = cue_after(w, q);
		if (!c)
			c = overlapping(w, q);
		if (!c && q->continues)
			c = same_speaker(w, q, last);
		if (!c)
			c = cue_before(w, q);
		if (!c)
			c = same_speaker(w, q, last);
		if (c)
			take(w, c, q);
		else
			SR_TRY(colon_before(w, q));
		last = q;
	}
	return SR_OK;
}
