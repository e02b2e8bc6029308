/* Numbers in digits and words to values. */
#include "quantity_internal.h"

#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "1,250", "3.5", "4.2bn": the value, false if the token is anything else ("4:20", "1st", "A4"). */
static bool digits_value(sr_str s, double *value, double *scale)
{
	char buf[32];
	size_t n = 0, i = 0, group = 0;
	bool dot = false;
	if (s.len == 0 || s.len > 24 || !sr_is_digit((unsigned char)s.ptr[0]))
		return false;
	for (; i < s.len; i++) {
		char c = s.ptr[i];
		if (sr_is_digit((unsigned char)c)) {
			buf[n++] = c;
			group++;
		} else if (c == ',' && !dot && i + 3 < s.len) {
			group = 0;
		} else if (c == '.' && !dot && i + 1 < s.len && sr_is_digit((unsigned char)s.ptr[i + 1])) {
			dot = true;
			buf[n++] = '.';
		} else
			break;
	}
	buf[n] = 0;
	*value = strtod(buf, NULL);
	*scale = 1;
	if (memchr(s.ptr, ',', i) && group < 3 && !dot)
		return false;
	sr_str tail = sr_str_slice(s, i, s.len);
	if (tail.len == 0)
		return true;
	static const struct { const char *suffix; double scale; } scales[] = { { "k", 1e3 }, { "m", 1e6 }, { "mn", 1e6 }, { "bn", 1e9 }, { "tn", 1e12 } };
	for (size_t k = 0; k < sizeof scales / sizeof *scales; k++)
		if (sr_str_eq_nocase(tail, sr_str_c(scales[k].suffix)))
			return *scale = scales[k].scale, true;
	return false;
}

static const number_word *word_number(const work *w, int32_t t)
{
	return t <= w->count - 1 && w->toks[t].number >= 0 ? &w->rules->numbers[w->toks[t].number] : NULL;
}

/* hundred, thousand, million, dozen after a number: multiplies. */
static void multiply(number_scan *s, number *n)
{
	work *w = s->w;
	while (n->hi < s->last) {
		int32_t t = n->hi + 1;
		const number_word *x = word_number(w, t);
		bool of = n->vague && tok_is(w, t, "of") && t < s->last && word_number(w, t + 1) && (word_number(w, t + 1)->kind == NUMBER_VAGUE || word_number(w, t + 1)->kind == NUMBER_TIMES);
		if (of)
			x = word_number(w, ++t);
		if (!x || (x->kind != NUMBER_SCALE && x->kind != NUMBER_HUNDRED && x->kind != NUMBER_TIMES && !of))
			return;
		double by = x->kind == NUMBER_VAGUE ? (x->low >= 2e9 ? 1e9 : x->low >= 2e6 ? 1e6 : x->low >= 2e3 ? 1e3 : x->low >= 200 ? 100 : 12) : x->low;
		if (sr_str_eq_nocase(tok_str(w, t), SR_STR("m")) || sr_str_eq_nocase(tok_str(w, t), SR_STR("k")))
			return;
		n->low *= by;
		n->high *= by;
		n->hi = t;
	}
}

/* "twenty-one", "two hundred and six thousand": words in order of falling size. */
static bool spelled(number_scan *s, int32_t t, number *n)
{
	work *w = s->w;
	const number_word *x = word_number(w, t);
	double total = 0, part = 0;
	int32_t k = t, end = -1;
	if (!x || (x->kind != NUMBER_UNIT && x->kind != NUMBER_HUNDRED))
		return false;
	for (; k <= s->last; k++) {
		x = word_number(w, k);
		if (!x) {
			bool joint = (tok_punct(w, k, '-') || (tok_is(w, k, "and") && part + total >= 100)) && k < s->last && word_number(w, k + 1) &&
			             word_number(w, k + 1)->kind == NUMBER_UNIT && end == k - 1;
			if (!joint || (tok_punct(w, k, '-') && ((int)part % 10 || part < 20)))
				break;
			continue;
		}
		if (x->kind == NUMBER_UNIT) {
			if (end >= 0 && (fmod(part, 100) != 0 && (fmod(part, 10) != 0 || x->low >= 10)))
				break;
			part += x->low;
		} else if (x->kind == NUMBER_HUNDRED && part < 100)
			part = (part == 0 ? 1 : part) * 100;
		else if (x->kind == NUMBER_SCALE && part > 0) {
			total += part * x->low;
			part = 0;
		} else
			break;
		end = k;
	}
	*n = (number){ .low = total + part, .high = total + part, .lo = t, .hi = end, .word = true };
	return true;
}

/* "half a million", "two and a half", "a third", "two thirds", "three quarters". */
static bool fraction(number_scan *s, number *n)
{
	work *w = s->w;
	int32_t t = n->hi + 1;
	if (t + 2 <= s->last && tok_is(w, t, "and") && tok_is(w, t + 1, "a") && tok_is(w, t + 2, "half")) {
		n->low = n->high = n->low + 0.5;
		n->hi = t + 2;
		multiply(s, n); /* "two and a half million" */
		return true;
	}
	if (t <= s->last && tok_punct(w, t, '-'))
		t++;
	const number_word *x = t <= s->last ? word_number(w, t) : NULL;
	if (x && x->kind == NUMBER_HALF && n->word && n->low <= 20) {
		n->low = n->high = n->low * x->low;
		n->hi = t;
	}
	return true;
}

bool number_read(number_scan *s, int32_t t, number *n)
{
	work *w = s->w;
	double value, scale;
	int32_t length = 0;
	if (t > s->last)
		return false;
	sr_str text = tok_str(w, t);
	if (digits_value(text, &value, &scale)) {
		*n = (number){ .low = value * scale, .high = value * scale, .lo = t, .hi = t };
		multiply(s, n);
		return fraction(s, n);
	}
	if (spelled(s, t, n)) {
		multiply(s, n);
		return fraction(s, n);
	}
	int32_t k = t;
	if ((tok_is(w, t, "a") || tok_is(w, t, "an")) && t < s->last)
		k++;
	const number_word *x = word_number(w, k);
	if (!x)
		return false;
	if (x->kind == NUMBER_HALF && tok_is(w, k, "half") && k + 1 < s->last && (tok_is(w, k + 1, "a") || tok_is(w, k + 1, "an")) && (word_number(w, k + 2) || unit_at(s, k + 2, &length))) {
		*n = (number){ .low = x->low, .high = x->low, .lo = k, .hi = k + 1, .word = true };
		multiply(s, n);
		return length > 0 || n->hi > k + 1;
	}
	if (x->kind == NUMBER_HALF && (k > t || tok_is(w, k, "half")) && k < s->last && (tok_is(w, k + 1, "of") || tok_is(w, k + 1, "the") || (k > t && tok_is(w, k, "third")))) {
		*n = (number){ .low = x->low, .high = x->low, .lo = t, .hi = k, .word = true };
		return tok_is(w, k + 1, "of") || tok_is(w, k + 1, "the");
	}
	if (x->kind == NUMBER_VAGUE && (k > t || !sr_str_eq_nocase(text, SR_STR("few")))) {
		*n = (number){ .low = x->low, .high = x->high, .lo = t, .hi = k, .word = true, .vague = true };
		multiply(s, n);
		if (tok_is(w, k, "tens") && n->hi == k)
			return false;
		return true;
	}
	if (x->kind == NUMBER_TIMES && k > t && !tok_is(w, k, "score")) {
		*n = (number){ .low = x->low, .high = x->low, .lo = t, .hi = k, .word = true };
		return true;
	}
	if (x->kind == NUMBER_SCALE && k > t && x->low >= 1e3 && tok_str(w, k).len > 2) {
		*n = (number){ .low = x->low, .high = x->low, .lo = t, .hi = k, .word = true };
		return true;
	}
	if (x->kind == NUMBER_HUNDRED && k > t) {
		bool ok = spelled(s, k, n);
		n->lo = t;
		if (ok)
			multiply(s, n);
		return ok;
	}
	return false;
}
