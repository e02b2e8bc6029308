/* What a quantity counts: the noun phrase behind it, or the one before it that has a figure ("the toll rose to 12"). */
#include "quantity_internal.h"
#include "tree.h"

#include "sitrep/base/utf8.h"

#define OF_MAX 6
#define NAMED_BEFORE_MAX 24 /* tokens */

static bool plural_word(const work *w, int32_t t)
{
	static const char *const odd[] = { "people", "men", "women", "children", "dead", "police", "troops", "personnel", "staff", "cattle", "sheep", "feet", "teeth", "lives", "missing" };
	sr_str s = tok_str(w, t);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		if (sr_str_eq_nocase(s, sr_str_c(odd[i])))
			return true;
	return s.len > 3 && sr_str_ends(s, SR_STR("s")) && !sr_str_ends(s, SR_STR("ss")) && !sr_str_ends(s, SR_STR("us")) && !sr_str_ends(s, SR_STR("'s")) &&
	       !(w->toks[t].bits & (W(aux) | W(prep) | W(det)));
}

bool month_name(const work *w, int32_t t)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		                                 "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (tok_is(w, t, names[i]))
			return true;
	return false;
}

/* "the 30-kilometre march" is no month. */
static bool lower_month(const work *w, int32_t t) { return !w->toks[t].cap && month_name(w, t); }

static bool np_word(const work *w, int32_t t)
{
	const tok *k = &w->toks[t];
	if (!k->word || (k->bits & (W(aux) | W(prep) | W(bound) | W(who) | W_PRONOUN | W(and) | W(to))) || ((k->bits & W(day)) && !lower_month(w, t)) || tok_is(w, t, "'s") || tok_is(w, t, "\xE2\x80\x99s"))
		return false;
	return !((k->bits & W(adv)) && !tok_has_upos(w, t));
}

/* "embankment holds the lake": a word in -s before an article is a verb, whatever the tagger takes it for. */
static bool verb_s(const work *w, int32_t t, int32_t last)
{
	return !w->toks[t].cap && w->toks[t].word && sr_str_ends(tok_str(w, t), SR_STR("s")) && t < last && (w->toks[t + 1].bits & W(det)) && w->toks[t + 1].number < 0 && !w->toks[t + 1].cap;
}

/* A noun phrase that counts begins at t: its last token, or -1. */
static int32_t counted_end(const work *w, int32_t t, int32_t last)
{
	int32_t end = -1;
	if (t <= last && tok_has_upos(w, t)) {
		for (int32_t k = t; k <= last && k < t + OF_MAX; k++) {
			sr_upos u = (sr_upos)w->reading->tokens[k].upos;
			bool hyphen = tok_punct(w, k, '-') && k > t && k < last && tok_glued(w, k);
			if (u == SR_UPOS_NOUN || u == SR_UPOS_PROPN)
				end = k;
			else if (!hyphen && u != SR_UPOS_ADJ && u != SR_UPOS_X && u != SR_UPOS_SYM && !(u == SR_UPOS_VERB && k < last && tok_upos_is(w, k + 1, SR_UPOS_NOUN)))
				break;
			if (end == k && k < last && verb_s(w, k + 1, last))
				break;
			if (end == k && plural_word(w, k) && !(k < last && (tok_upos_is(w, k + 1, SR_UPOS_NOUN) || tok_punct(w, k + 1, '-'))))
				break;
		}
		if (end < 0 && (tok_upos_is(w, t, SR_UPOS_ADJ) || tok_upos_is(w, t, SR_UPOS_VERB)) && np_word(w, t))
			end = t;
		return end;
	}
	for (int32_t k = t; k <= last && k < t + OF_MAX; k++) {
		bool hyphen = tok_punct(w, k, '-') && k > t && k < last && tok_glued(w, k) && tok_glued(w, k - 1);
		if (!hyphen && !np_word(w, k))
			break;
		if (plural_word(w, k) && !(k < last && tok_punct(w, k + 1, '-') && tok_glued(w, k)))
			return k;
	}
	return t <= last && np_word(w, t) ? t : -1;
}

bool plural_noun_follows(const work *w, int32_t t)
{
	int32_t end = counted_end(w, t, sent_last(w, w->toks[t].sent));
	return end >= 0 && plural_word(w, end);
}

static int32_t skip_det(const work *w, int32_t t, int32_t last)
{
	while (t < last && (w->toks[t].bits & W(det)) && w->toks[t].number < 0)
		t++;
	return t;
}

/* What has a figure: "the toll rose to 12", "a magnitude of 6.7". */
static bool has_figure(const work *w, int32_t t)
{
	static const char *const names[] = { "toll", "count", "total", "tally", "magnitude", "turnout", "capacity" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (tok_is(w, t, names[i]))
			return true;
	return false;
}

/* "infections stood at 611" */
static bool stands_at(const number_scan *s, int32_t lo, tokens_span *of)
{
	const work *w = s->w;
	if (lo - 2 < s->first || !tok_is(w, lo - 1, "at") || !tok_has_upos(w, lo - 2) || !sr_str_eq(w->reading->tokens[lo - 2].lemma, SR_STR("stand")))
		return false;
	int32_t subject = child(w, lo - 2, SR_DEPREL_nsubj);
	*of = (tokens_span){ subject, subject };
	return subject >= s->first && subject < lo && np_word(w, subject);
}

/* "the number of dead at 26", "the toll to 12": what a figure without a noun counts. */
static bool named_before(const number_scan *s, int32_t lo, tokens_span *of)
{
	const work *w = s->w;
	for (int32_t t = lo - 1; t >= s->first && lo - t < NAMED_BEFORE_MAX; t--) {
		bool figure = has_figure(w, t);
		if ((figure || tok_is(w, t, "number")) && t + 2 < lo && tok_is(w, t + 1, "of")) { /* "its tally of the dead stood at 17" */
			int32_t from = skip_det(w, t + 2, s->last), end = counted_end(w, from, lo - 1);
			if (end >= 0) {
				*of = (tokens_span){ from, end };
				return true;
			}
		}
		if (figure) {
			int32_t from = t > s->first && np_word(w, t - 1) && !w->toks[t - 1].cap && !(w->toks[t - 1].bits & W(det)) ? t - 1 : t;
			*of = (tokens_span){ from, t };
			return true;
		}
	}
	return false;
}

tokens_span what_counts(const number_scan *s, const number *n, int32_t hi, bool unit, bool hyphen)
{
	const work *w = s->w;
	int32_t t = hi + 1, end;
	tokens_span of;
	if (!unit && n->lo > s->first && has_figure(w, n->lo - 1)) /* "a magnitude 6.4 earthquake" */
		return (tokens_span){ n->lo - 1, n->lo - 1 };
	if (t <= s->last && unit && !hyphen) {
		if (tok_is(w, t, "of") || tok_is(w, t, "in") || tok_is(w, t, "worth")) {
			bool in = tok_is(w, t, "in");
			t += tok_is(w, t, "worth") && t < s->last && tok_is(w, t + 1, "of") ? 2 : 1;
			int32_t from = skip_det(w, t, s->last);
			end = counted_end(w, from, s->last);
			/* "20% in the north" measures nothing called north; "$5 million in aid" does */
			if (end >= 0 && !(in && (from > t || w->toks[from].cap || w->toks[from].number >= 0 || !sr_is_alpha((unsigned char)tok_str(w, from).ptr[0]))))
				return (tokens_span){ from, end };
		}
		return TS_NONE;
	}
	if (t <= s->last && (tok_is(w, t, "of") && t < s->last)) {
		/* "dozens of people", "three of the four gates" */
		int32_t from = skip_det(w, t + 1, s->last);
		if (w->toks[from].number >= 0 && !n->vague)
			from = from < s->last ? from + 1 : from;
		else if (sr_is_digit((unsigned char)tok_str(w, from).ptr[0]) && from < s->last)
			from++;
		end = counted_end(w, from, s->last);
		return end >= 0 ? (tokens_span){ from, end } : TS_NONE;
	}
	if (t <= s->last && (tok_is(w, t, "more") || tok_is(w, t, "other") || tok_is(w, t, "further") || tok_is(w, t, "additional")))
		t++;
	end = t <= s->last ? counted_end(w, t, s->last) : -1;
	if (end >= 0)
		return (tokens_span){ t, end };
	/* "17 are missing", "12 were killed" */
	if (t == hi + 1 && t < s->last && (w->toks[t].bits & W(aux))) {
		int32_t k = t;
		while (k < s->last && ((w->toks[k].bits & (W(aux) | W(adv))) || sr_str_ends(tok_str(w, k), SR_STR("ly"))))
			k++;
		if (w->toks[k].word && (sr_str_ends(tok_str(w, k), SR_STR("ed")) || tok_is(w, k, "missing") || tok_is(w, k, "dead") || tok_is(w, k, "hurt")))
			return (tokens_span){ k, k };
	}
	return named_before(s, n->lo, &of) || stands_at(s, n->lo, &of) ? of : TS_NONE;
}
