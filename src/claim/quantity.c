/* Quantities: numbers in digits and words with what bounds them ("at least"), their unit, and what they count.
 *
 * A quantity is found from left to right as [approximation] [currency] number [range] [unit] [(conversion)], and
 * then what it counts is looked for around it. Dates, times of day, years, ages between commas, ordinals and
 * numbers that are part of a name are not quantities. */
#include "quantity_internal.h"
#include "tree.h"

#include "sitrep/base/utf8.h"

#include <math.h>

#define OF_MAX 6

static bool glued(const work *w, int32_t t) { return w->reading->tokens[t].span.end == w->reading->tokens[t + 1].span.start; }
static bool has_upos(const work *w, int32_t t) { return w->reading->tokens[t].upos != SR_UPOS_NONE; }
static bool upos_is(const work *w, int32_t t, sr_upos u) { return w->reading->tokens[t].upos == (uint8_t)u; }

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

static bool month_name(const work *w, int32_t t)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		                                 "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (tok_is(w, t, names[i]))
			return true;
	return false;
}

static bool month_or_day(const work *w, int32_t t) { return t >= 0 && t < w->count && w->toks[t].cap && month_name(w, t); }

/* "the 30-kilometre march" is no month. */
static bool lower_month(const work *w, int32_t t) { return !w->toks[t].cap && month_name(w, t); }

static bool np_word(const work *w, int32_t t)
{
	const tok *k = &w->toks[t];
	if (!k->word || (k->bits & (W(aux) | W(prep) | W(bound) | W(who) | W_PRONOUN | W(and) | W(to))) || ((k->bits & W(day)) && !lower_month(w, t)) || tok_is(w, t, "'s") || tok_is(w, t, "\xE2\x80\x99s"))
		return false;
	return !((k->bits & W(adv)) && !has_upos(w, t));
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
	if (t <= last && has_upos(w, t)) {
		for (int32_t k = t; k <= last && k < t + OF_MAX; k++) {
			sr_upos u = (sr_upos)w->reading->tokens[k].upos;
			bool hyphen = tok_punct(w, k, '-') && k > t && k < last && glued(w, k);
			if (u == SR_UPOS_NOUN || u == SR_UPOS_PROPN)
				end = k;
			else if (!hyphen && u != SR_UPOS_ADJ && u != SR_UPOS_X && u != SR_UPOS_SYM && !(u == SR_UPOS_VERB && k < last && upos_is(w, k + 1, SR_UPOS_NOUN)))
				break;
			if (end == k && k < last && verb_s(w, k + 1, last))
				break;
			if (end == k && plural_word(w, k) && !(k < last && (upos_is(w, k + 1, SR_UPOS_NOUN) || tok_punct(w, k + 1, '-'))))
				break;
		}
		if (end < 0 && (upos_is(w, t, SR_UPOS_ADJ) || upos_is(w, t, SR_UPOS_VERB)) && np_word(w, t))
			end = t;
		return end;
	}
	for (int32_t k = t; k <= last && k < t + OF_MAX; k++) {
		bool hyphen = tok_punct(w, k, '-') && k > t && k < last && glued(w, k) && glued(w, k - 1);
		if (!hyphen && !np_word(w, k))
			break;
		if (plural_word(w, k) && !(k < last && tok_punct(w, k + 1, '-') && glued(w, k)))
			return k;
	}
	return t <= last && np_word(w, t) ? t : -1;
}

static bool plural_noun_follows(const work *w, int32_t t)
{
	int32_t end = counted_end(w, t, sent_last(w, w->toks[t].sent));
	return end >= 0 && plural_word(w, end);
}

/* ---- what is no quantity ---- */

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

static bool no_quantity(number_scan *s, const number *n, bool bounded, bool unit)
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
	bool named = digits && !bounded && before == s->first && w->toks[before].cap && has_upos(w, n->lo) && w->toks[n->lo].head == before &&
	             (upos_is(w, before, SR_UPOS_NOUN) || upos_is(w, before, SR_UPOS_PROPN));
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
	     (has_upos(w, n->lo) && w->reading->tokens[n->lo].upos != SR_UPOS_NUM)))
		return true;
	return false;
}

/* ---- what stands around the number ---- */

/* The longest row of words that ends right before t; its length in tokens, 0 if none. */
static int32_t words_before(const work *w, int32_t first, int32_t t, sr_str words)
{
	int32_t n = 1;
	for (size_t i = 0; i < words.len; i++)
		n += words.ptr[i] == ' ';
	if (t - n < first)
		return 0;
	sr_str rest = words, word;
	for (int32_t k = t - n; sr_str_next_field(&rest, ' ', &word); k++)
		if (!sr_str_eq_nocase(tok_str(w, k), word))
			return 0;
	return n;
}

static int32_t words_at(const work *w, int32_t last, int32_t t, sr_str words)
{
	sr_str rest = words, word;
	int32_t k = t;
	for (; sr_str_next_field(&rest, ' ', &word); k++)
		if (k > last || !sr_str_eq_nocase(tok_str(w, k), word))
			return 0;
	return k - t;
}

static bool preposition(const work *w, int32_t t)
{
	return upos_is(w, t, SR_UPOS_ADP) && w->reading->tokens[t].deprel == SR_DEPREL_case && t > 0 && upos_is(w, t - 1, SR_UPOS_VERB);
}

static approx_kind approx_before(const number_scan *s, int32_t *lo)
{
	approx_kind kind = APPROX_NONE;
	for (int round = 0; round < 3; round++) {
		int32_t best = 0;
		approx_kind found = APPROX_NONE;
		for (size_t i = 0; i < s->w->rules->approx_count; i++) {
			int32_t n = words_before(s->w, s->first, *lo, s->w->rules->approx[i].words);
			if (n > best) {
				best = n;
				found = s->w->rules->approx[i].kind;
			}
		}
		/* "spread over 40 hectares": the verb's own preposition */
		if (best == 1 && (found == APPROX_MORE || found == APPROX_LESS) && preposition(s->w, *lo - 1))
			break;
		if (best == 0 || (found == APPROX_NONE && best == 1 && tok_is(s->w, *lo - 1, "the")))
			break;
		*lo -= best;
		kind = kind == APPROX_NONE ? found : kind;
	}
	return kind;
}

const unit_row *unit_at(const number_scan *s, int32_t t, int32_t *length)
{
	const unit_row *best = NULL;
	*length = 0;
	if (t > s->last)
		return NULL;
	for (size_t i = 0; i < s->w->rules->unit_count; i++) {
		const unit_row *u = &s->w->rules->units[i];
		if (u->before || (*u->words.ptr | 32) != (*tok_str(s->w, t).ptr | 32))
			continue;
		int32_t n = words_at(s->w, s->last, t, u->words);
		if (n > *length) {
			*length = n;
			best = u;
		}
	}
	return best;
}

static const unit_row *currency_before(const number_scan *s, int32_t lo)
{
	if (lo <= s->first)
		return NULL;
	sr_str text = tok_str(s->w, lo - 1);
	for (size_t i = 0; i < s->w->rules->unit_count; i++)
		if (s->w->rules->units[i].before && sr_str_eq_nocase(text, s->w->rules->units[i].words))
			return &s->w->rules->units[i];
	return NULL;
}

/* "20-30", "20 to 30", "two or three", "between 20 and 30". */
static void read_range(number_scan *s, number *n)
{
	work *w = s->w;
	int32_t t = n->hi + 1;
	number second;
	if (t >= s->last || n->vague)
		return;
	bool between = n->lo > s->first && tok_is(w, n->lo - 1, "between") && tok_is(w, t, "and");
	bool dash = tok_punct(w, t, '-') && (!n->word || !glued(w, t));
	bool to = tok_is(w, t, "to") && !(n->lo > s->first && tok_is(w, n->lo - 1, "from"));
	bool either = tok_is(w, t, "or");
	int32_t next = t + 1;
	if (next < s->last && currency_before(s, next + 1))
		next++;
	if ((!between && !dash && !to && !either) || !number_read(s, next, &second) || second.vague)
		return;
	/* "2 to 3 million": the scale belongs to both */
	double low = n->low;
	if (second.hi > second.lo && low < 1000 && second.high >= 1000)
		low *= pow(1000, floor(log10(second.high) / 3));
	if (low >= second.high)
		return;
	n->low = low;
	n->high = second.high;
	n->hi = second.hi;
	if (between)
		n->lo--;
}

/* "(12 miles)" after a measure. */
static int32_t conversion_end(number_scan *s, int32_t t)
{
	number n;
	int32_t length;
	if (t + 2 > s->last || !tok_punct(s->w, t, '(') || !number_read(s, t + 1 + (tok_is(s->w, t + 1, "about") ? 1 : 0), &n))
		return -1;
	int32_t k = n.hi + 1;
	if (tok_punct(s->w, k, '-'))
		k++;
	if (!unit_at(s, k, &length) && !currency_before(s, n.lo))
		return -1;
	k += length;
	return k <= s->last && tok_punct(s->w, k, ')') ? k : -1;
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

#define NAMED_BEFORE_MAX 24 /* tokens */

/* "infections stood at 611" */
static bool stands_at(const number_scan *s, int32_t lo, tokens_span *of)
{
	const work *w = s->w;
	if (lo - 2 < s->first || !tok_is(w, lo - 1, "at") || !has_upos(w, lo - 2) || !sr_str_eq(w->reading->tokens[lo - 2].lemma, SR_STR("stand")))
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

/* What the quantity that ends at hi counts. */
static tokens_span what_counts(const number_scan *s, const number *n, int32_t hi, bool unit, bool hyphen)
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

static bool duration(sr_str unit)
{
	static const char *const units[] = { "s", "min", "h", "d", "wk", "mo", "yr" };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (sr_str_eq(unit, sr_str_c(units[i])))
			return true;
	return false;
}

static void bound(approx_kind kind, bool after_more, sr_quantity *q)
{
	if (kind == APPROX_MIN || kind == APPROX_MORE || after_more)
		q->high = INFINITY;
	else if (kind == APPROX_MAX || kind == APPROX_LESS)
		q->low = -INFINITY;
}

static void set_of(const work *w, sr_quantity *q, const sr_quantity *before, tokens_span of, bool more)
{
	if (!ts_empty(of)) {
		q->of_span = ts_span(w, of);
		q->of = sr_span_of(w->text, q->of_span);
	} else if (more && before) {
		q->of = before->of;
		q->of_span = before->of_span;
	}
}

/* The quantity whose number begins at t; returns the token after it. */
static sr_status take_number(number_scan *s, number *n, int32_t *next)
{
	work *w = s->w;
	int32_t lo, hi, length;
	const unit_row *money = currency_before(s, n->lo);
	read_range(s, n);
	lo = money ? n->lo - 1 : n->lo;
	approx_kind kind = approx_before(s, &lo);
	hi = n->hi;
	/* "$5 m" and "12 k" with a scale apart */
	if (money && hi < s->last && tok_is(w, hi + 1, "m"))
		n->low *= 1e6, n->high *= 1e6, hi++;
	bool hyphen = hi + 1 < s->last && tok_punct(w, hi + 1, '-') && glued(w, hi);
	const unit_row *unit = unit_at(s, hi + 1 + hyphen, &length);
	if (unit && money && (sr_str_eq(unit->unit, SR_STR("%")) == false))
		unit = sr_str_eq(unit->unit, money->unit) ? unit : NULL;
	*next = hi + 1;
	if (unit)
		hi += length + hyphen;
	else if (no_quantity(s, n, kind != APPROX_NONE, money != NULL))
		return SR_OK;
	if (no_quantity(s, n, kind != APPROX_NONE, true))
		return SR_OK;
	int32_t conversion = unit ? conversion_end(s, hi + 1) : -1;
	hi = conversion > 0 ? conversion : hi;
	bool more = hi + 2 <= s->last && tok_is(w, hi + 1, "or") && (tok_is(w, hi + 2, "more") || tok_is(w, hi + 2, "so"));
	bool plus = hi < s->last && tok_punct(w, hi + 1, '+');
	tokens_span of = what_counts(s, n, hi + (more ? 2 : plus), unit != NULL || money != NULL, hyphen && unit);
	/* A bare number that counts nothing is a mark, a score or an age; not what is done to it ("damaged 310") nor
	 * where a stretch begins ("from 200 to 300"). */
	sr_deprel role = has_upos(w, n->lo) ? w->reading->tokens[n->lo].deprel : SR_DEPREL_dep;
	bool object = (role == SR_DEPREL_obj || role == SR_DEPREL_nsubj) && !tok_punct(w, hi + 1, '-'); /* or "84 were on board" */
	bool from = n->lo > s->first && tok_is(w, n->lo - 1, "from") && tok_is(w, hi + 1, "to");
	if (!object && !from && !unit && !money && ts_empty(of) && kind == APPROX_NONE && !more && !n->vague && n->low < 1000 && n->low >= 1 && !(lo < n->lo && tok_is(w, lo, "another")) &&
	    !(hi < s->last && tok_is(w, hi + 1, "more")))
		return SR_OK;
	sr_quantity *q = SR_PUSH(w->arena, &s->out);
	if (!q)
		return SR_E_NOMEM;
	const sr_quantity *before = s->out.count > 1 ? q - 1 : NULL;
	hi += more ? 2 : plus;
	*q = (sr_quantity){ .span = ts_span(w, (tokens_span){ lo, hi }), .low = n->low, .high = n->high };
	q->unit = unit ? unit->unit : money ? money->unit : (sr_str){ 0 };
	if (unit && unit->factor != 1)
		q->low *= unit->factor, q->high *= unit->factor;
	if (unit && duration(unit->unit) && tok_is(w, lo, "over"))
		kind = APPROX_NONE; /* "over five days": during */
	bound(kind, (more && tok_is(w, hi, "more")) || plus, q);
	if (!unit && !money && n->low < 1 && n->word) {
		q->low *= 100; /* "half of", "a third of" are shares */
		q->high *= 100;
		q->unit = SR_STR("%");
	}
	set_of(w, q, before, of, hi < s->last && (tok_is(w, hi + 1, "more") || (lo < n->lo && tok_is(w, lo, "another"))));
	*next = hi + 1;
	/* "three of the four gates" is one count */
	if (n->word && !unit && !money && !ts_empty(of) && of.lo > hi + 1 && tok_is(w, hi + 1, "of"))
		*next = of.hi + 1;
	return SR_OK;
}

sr_status quantities_find(work *w)
{
	number_scan s = { .w = w };
	for (uint32_t k = 0; k < w->reading->sentence_count; k++) {
		s.first = sent_first(w, k);
		s.last = sent_last(w, k);
		for (int32_t t = s.first; t <= s.last;) {
			number n;
			sr_str text = tok_str(w, t);
			bool maybe = w->toks[t].number >= 0 || sr_is_digit((unsigned char)text.ptr[0]) || ((text.ptr[0] | 32) == 'a' && text.len <= 2);
			if (!maybe || !number_read(&s, t, &n)) {
				t++;
				continue;
			}
			SR_TRY(take_number(&s, &n, &t));
		}
	}
	w->reading->quantities = s.out.items;
	w->reading->quantity_count = s.out.count;
	return SR_OK;
}
