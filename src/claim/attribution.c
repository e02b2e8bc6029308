/* From candidates to attributions: spans, speaker, carrier, and which statement stands inside which. */
#include "cast.h"

#include <stdlib.h>

#define NEST_REACH 64 /* candidates looked at on either side for the one that holds another */
#define NEST_DEPTH_MAX 16

static bool spans_of(const work *w, const tokens_span *items, size_t n, sr_spans *out)
{
	out->items = SR_NEW_ARRAY(w->arena, sr_span, n ? n : 1);
	if (!out->items)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!ts_empty(items[i]))
			out->items[out->count++] = ts_span(w, items[i]);
	return true;
}

/* Party p has spoken last: a pronoun may mean it from now on. */
static sr_status has_spoken(cast *c, const party *p)
{
	uint32_t *said = SR_PUSH(c->w->arena, &c->spoke);
	if (!said)
		return SR_E_NOMEM;
	*said = (uint32_t)(p - c->parties.items);
	return SR_OK;
}

/* The party that speaks in the candidate, as the last to do so; NULL if it is none. */
static sr_status take_speaker(cast *c, const cand *k, party **out)
{
	c->speaking = k;
	party *p = ts_empty(k->source) ? NULL : k->turn ? turn_speaker(c, k->source) : speaker_of(c, k->source);
	*out = p;
	if (!p)
		return SR_OK;
	p->spoke_in = c->w->reading->sentences[k->sent].block + 1;
	bool phrase = k->cue >= 0 && c->w->rules->cues[k->cue].kind == CUE_PHRASE;
	p->spoke_at = phrase ? -1 : k->cue_tok;
	return has_spoken(c, p);
}

static sr_status fill(cast *c, const cand *k, sr_attribution *a, uint32_t *who)
{
	work *w = c->w;
	tokens_span cues[CUE_SPANS_MAX];
	size_t cue_count = cue_spans(w, k, cues);
	if (!spans_of(w, &k->source, 1, &a->source) || !spans_of(w, cues, cue_count, &a->cue) || !spans_of(w, k->content, k->content_count, &a->content))
		return SR_E_NOMEM;
	a->kind = !k->quoted ? SR_QUOTE_INDIRECT : k->plain ? SR_QUOTE_MIXED : SR_QUOTE_DIRECT;
	a->stance = cand_stance(w, k);
	a->certainty = cand_certainty(w, k);
	party *p;
	SR_TRY(take_speaker(c, k, &p));
	*who = p ? (uint32_t)(p - c->parties.items) + 1 : 0;
	if (p) {
		a->speaker = p->name;
		a->role = p->role;
		a->named = p->named;
		a->collective = p->collective;
	} else if (!ts_empty(k->source))
		a->speaker = text_of(w, k->source.lo, k->source.hi);
	return SR_OK;
}

static int by_place(const void *x, const void *y)
{
	const cand *a = *(const cand *const *)x, *b = *(const cand *const *)y;
	int32_t pa = a->cue_tok, pb = b->cue_tok;
	return pa != pb ? (pa > pb) - (pa < pb) : (a > b) - (a < b);
}

/* How many contents cover each token. */
static int32_t *cover_counts(const work *w, const cand *const *order, size_t n)
{
	int32_t *cover = SR_NEW_ARRAY(w->arena, int32_t, (size_t)w->count + 2);
	for (size_t i = 0; cover && i < n; i++)
		for (size_t k = 0; k < order[i]->content_count; k++) {
			cover[order[i]->content[k].lo]++;
			cover[order[i]->content[k].hi + 1]--;
		}
	for (int32_t t = 1; cover && t < w->count; t++)
		cover[t] += cover[t - 1];
	return cover;
}

static bool holds(const cand *c, int32_t t)
{
	for (size_t k = 0; k < c->content_count; k++)
		if (ts_has(c->content[k], t))
			return true;
	return false;
}

/* Who speaks inside the words of another has not taken the word from him: "Vance said Brunt denied it. …, he said". */
static sr_status gives_back(cast *c, const cand *const *order, const uint32_t *who, size_t i)
{
	for (size_t d = 1; d < NEST_REACH && d <= i; d++)
		if (who[i - d] && holds(order[i - d], order[i]->cue_tok))
			return has_spoken(c, &c->parties.items[who[i - d] - 1]);
	return SR_OK;
}

/* The neighbour in the order whose content holds the cue of candidate i: index + 1, or 0. */
static uint32_t holder(const cand *const *order, size_t n, size_t i)
{
	for (size_t d = 1; d < NEST_REACH; d++) {
		if (d <= i && holds(order[i - d], order[i]->cue_tok))
			return (uint32_t)(i - d + 1);
		if (i + d < n && holds(order[i + d], order[i]->cue_tok))
			return (uint32_t)(i + d + 1);
	}
	return 0;
}

/* What is said inside somebody's words ends where those end. */
static void clip(sr_attribution *inner, const sr_attribution *outer)
{
	const sr_span *around = NULL;
	for (size_t i = 0; inner->cue.count && i < outer->content.count && !around; i++)
		around = sr_span_has(outer->content.items[i], inner->cue.items[0]) ? &outer->content.items[i] : NULL;
	for (size_t i = 0; around && i < inner->content.count; i++) {
		sr_span *s = &inner->content.items[i];
		if (!sr_span_overlap(*s, *around))
			continue;
		s->start = s->start < around->start ? around->start : s->start;
		s->end = s->end > around->end ? around->end : s->end;
	}
}

/* Statements inside statements: each goes to the outermost one around it. */
static sr_status nest(work *w, const cand *const *order, size_t n)
{
	sr_attribution *a = w->reading->attributions;
	const int32_t *cover = cover_counts(w, order, n);
	if (!cover)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (cover[order[i]->cue_tok] > (int32_t)holds(order[i], order[i]->cue_tok))
			a[i].within = holder(order, n, i);
	for (size_t i = n; i-- > 0;) {
		uint32_t root = a[i].within;
		int steps = 0;
		while (root && a[root - 1].within && steps++ < NEST_DEPTH_MAX)
			root = a[root - 1].within;
		/* two that hold each other stand side by side */
		a[i].within = steps < NEST_DEPTH_MAX && root != i + 1 ? root : 0;
	}
	for (size_t i = n; i-- > 0;)
		if (a[i].within) {
			clip(&a[i], &a[a[i].within - 1]);
			a[i].next_inner = a[a[i].within - 1].inner;
			a[a[i].within - 1].inner = (uint32_t)i + 1;
		}
	return SR_OK;
}

sr_status attributions_make(work *w)
{
	cast c = { .w = w };
	sr_strmap_init(&c.last_names, w->arena);
	sr_strmap_init(&c.aliases, w->arena);
	SR_TRY(names_collect(&c));
	const cand **order = SR_NEW_ARRAY(w->arena, const cand *, w->cands.count + 1);
	w->reading->attributions = SR_NEW_ARRAY(w->arena, sr_attribution, w->cands.count + 1);
	w->reading->attribution_count = 0;
	uint32_t *who = SR_NEW_ARRAY(w->arena, uint32_t, w->cands.count + 1); /* party + 1 of each that is kept */
	if (!order || !who || !w->reading->attributions)
		return SR_E_NOMEM;
	size_t n = 0;
	for (size_t i = 0; i < w->cands.count; i++)
		if (w->cands.items[i].aside || (w->cands.items[i].content_count && !w->cands.items[i].dropped))
			order[n++] = &w->cands.items[i];
	qsort(order, n, sizeof *order, by_place);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (order[i]->aside) {
			party *p;
			SR_TRY(take_speaker(&c, order[i], &p));
			continue;
		}
		order[kept] = order[i];
		SR_TRY(fill(&c, order[i], &w->reading->attributions[w->reading->attribution_count++], &who[kept]));
		SR_TRY(gives_back(&c, order, who, kept++));
	}
	SR_TRY(nest(w, order, kept));
	return via_find(&c, order, who, kept);
}
