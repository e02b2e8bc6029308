/* Quantities: numbers in digits and words with what bounds them ("at least"), their unit, and what they count.
 *
 * A quantity is found from left to right as [approximation] [currency] number [range] [unit] [(conversion)], and
 * then what it counts is looked for around it. Values: number.c; what is no quantity: no_quantity.c; what is counted: counted.c. */
#include "quantity_internal.h"

#include "sitrep/base/utf8.h"

#include <math.h>

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
	return tok_upos_is(w, t, SR_UPOS_ADP) && w->reading->tokens[t].deprel == SR_DEPREL_case && t > 0 && tok_upos_is(w, t - 1, SR_UPOS_VERB);
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
	bool dash = tok_punct(w, t, '-') && (!n->word || !tok_glued(w, t));
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
	bool hyphen = hi + 1 < s->last && tok_punct(w, hi + 1, '-') && tok_glued(w, hi);
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
	sr_deprel role = tok_has_upos(w, n->lo) ? w->reading->tokens[n->lo].deprel : SR_DEPREL_dep;
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
