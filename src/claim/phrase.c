/* Whom a noun phrase of several parts is about: its head, or all that "and" joins. */
#include "cast.h"
#include "tree.h"

/* The noun that the tree ties the name behind the comma to; -1: none, or another. */
static int32_t named_noun(const work *w, int32_t comma)
{
	int32_t t = comma + 1;
	for (int i = 0; i < CLIMB_MAX && head_of(w, t) > comma; i++)
		t = head_of(w, t);
	return rel(w, t) == SR_DEPREL_appos ? head_of(w, t) : -1;
}

/* "one of the millers", "a soldier": people, of whom one may be called so. */
static bool tells_people(const work *w, int32_t noun)
{
	return upos(w, noun) == SR_UPOS_NUM || (upos(w, noun) == SR_UPOS_NOUN && (plural(w, noun) || (w->toks[noun].bits & W(anon))));
}

bool names_another(const work *w, int32_t head, int32_t comma)
{
	bool of = false;
	for (int32_t t = head + 1; t < comma; t++)
		of = of || tok_is(w, t, "of");
	int32_t noun = of ? named_noun(w, comma) : -1;
	if (noun <= head || noun >= comma)
		return of && (w->toks[head].bits & W(kin));
	return (w->toks[head].bits & W(kin)) || tells_people(w, noun);
}

bool names_several(const work *w, tokens_span s)
{
	int32_t t = s.lo, end = s.hi;
	while (t < s.hi && ((w->toks[t].bits & (W(det) | W(title) | W(form))) || is_punct(w, t, '.')) && !entity_at(w, t, t))
		t++;
	const sr_entity *e = entity_at(w, t, t), *last;
	while (t < s.hi && e && e->type == SR_ENTITY_PER && entity_at(w, t, t) == e)
		t++;
	for (int32_t k = t; k <= s.hi && end == s.hi; k++) /* "Ada Brunt and Karl Dorn, the owners", "sought by Brunt and cuts desired by Dorn" */
		if (is_punct(w, k, ',') || (w->toks[k].bits & (W(who) | W(prep))) || upos(w, k) == SR_UPOS_VERB)
			end = k - 1;
	if (!e || e->type != SR_ENTITY_PER || t == s.lo || t >= end || !tok_is(w, t, "and"))
		return false;
	last = entity_at(w, t + 1, end);
	for (int32_t k = t + 1; k <= end; k++)
		if ((w->toks[k].bits & W(coll)) || (upos(w, k) == SR_UPOS_PROPN && plural_form(tok_str(w, k)) && !(w->toks[k].bits & W(day))))
			return true;
	return last && last != e && last->type == SR_ENTITY_PER && last->span.end == w->reading->tokens[end].span.end;
}
