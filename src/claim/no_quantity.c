/* Numbers that are no quantities: dates, times of day, years, ages between commas, and what is part of a name. */
#include "quantity_internal.h"

#include <math.h>

static bool month_or_day(const work *w, int32_t t) { return t >= 0 && t < w->count && w->toks[t].cap && month_name(w, t); }

static bool clock_word(const work *w, int32_t t)
{
	return tok_is(w, t, "a.m.") || tok_is(w, t, "p.m.") || tok_is(w, t, "am") || tok_is(w, t, "pm") || tok_is(w, t, "o'clock") || tok_is(w, t, "a.m") || tok_is(w, t, "p.m") || tok_is(w, t, "noon");
}

static bool in_time(number_scan *s, int32_t t)
{
	const sr_reading *r = s->w->reading;
	sr_span at = r->tokens[t].span;
	while (s->time < r->time_count && r->times[s->time].span.end <= at.start)
		s->time++;
	for (size_t i = s->time; i < r->time_count && r->times[i].span.start < at.end; i++)
		if (r->times[i].type != SR_TIMEX_DURATION && sr_span_overlap(r->times[i].span, at))
			return true;
	return false;
}

bool no_quantity(number_scan *s, const number *n, bool bounded, bool unit)
{
	work *w = s->w;
	int32_t before = n->lo - 1, after = n->hi + 1;
	bool digits = !n->word;
	if (in_time(s, n->lo) && !unit)
		return true;
	if (digits && (month_or_day(w, before) || (month_or_day(w, after) && n->low <= 31)))
		return true;
	if (after <= s->last && clock_word(w, after))
		return true;
	if (unit)
		return false;
	if (digits && tok_punct(w, before, ',') && month_or_day(w, before - 2))
		return true;
	if (digits && n->low >= 1500 && n->low <= 2100 && n->low == floor(n->low) && tok_str(w, n->lo).len == 4 && !bounded)
		return true;
	if (digits && tok_str(w, n->lo).len > 1 && tok_str(w, n->lo).ptr[0] == '0' && tok_str(w, n->lo).ptr[1] != '.')
		return true;
	/* ", 71," after a name: an age */
	if (digits && tok_punct(w, before, ',') && after <= s->last && (tok_punct(w, after, ',') || tok_punct(w, after, '.')) && before > s->first && w->toks[before - 1].cap)
		return true;
	if (digits && tok_punct(w, before, '[') )
		return true;
	/* "Flight 370 never arrived" */
	bool named = digits && !bounded && before == s->first && w->toks[before].cap && tok_has_upos(w, n->lo) && w->toks[n->lo].head == before &&
	             (tok_upos_is(w, before, SR_UPOS_NOUN) || tok_upos_is(w, before, SR_UPOS_PROPN));
	if (named && !(after <= s->last && plural_noun_follows(w, after)))
		return true;
	/* "Highway 61", "Article 5", "No. 4" */
	if (digits && !bounded && before >= s->first && w->toks[before].cap && w->toks[before].word && !(w->toks[before].bits & (W(prep) | W(det) | W(bound) | W(aux))) &&
	    before != s->first && !(after <= s->last && plural_noun_follows(w, after)))
		return true;
	if (digits && (tok_is(w, before, "no") || tok_is(w, before, "number") || tok_is(w, before, "page") || tok_is(w, before, "chapter") || tok_is(w, before, "section")))
		return true;
	if (n->word && n->low == 1 && n->hi == n->lo &&
	    (after > s->last || !w->toks[after].word || (w->toks[after].bits & (W(prep) | W(aux) | W(who) | W(bound) | W(adv))) || tok_is(w, after, "another") || tok_is(w, after, "day") ||
	     (tok_has_upos(w, n->lo) && w->reading->tokens[n->lo].upos != SR_UPOS_NUM)))
		return true;
	return false;
}
