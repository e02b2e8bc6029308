/* Shared by the files that read quantities. */
#ifndef SITREP_QUANTITY_INTERNAL_H
#define SITREP_QUANTITY_INTERNAL_H

#include "claim_internal.h"

typedef struct number_scan {
	work *w;
	int32_t first, last; /* of the sentence */
	size_t time;         /* first expression of time that may still matter */
	SR_VEC(sr_quantity) out;
} number_scan;

typedef struct number {
	double low, high;
	int32_t lo, hi; /* tokens */
	bool word;      /* written in words */
	bool vague;     /* "dozens", "several" */
} number;

static inline bool tok_punct(const work *w, int32_t t, char c) { return t >= 0 && t < w->count && w->toks[t].punct == c; }
static inline bool tok_glued(const work *w, int32_t t) { return w->reading->tokens[t].span.end == w->reading->tokens[t + 1].span.start; }
static inline bool tok_has_upos(const work *w, int32_t t) { return w->reading->tokens[t].upos != SR_UPOS_NONE; }
static inline bool tok_upos_is(const work *w, int32_t t, sr_upos u) { return w->reading->tokens[t].upos == (uint8_t)u; }

/* quantity.c: the longest unit that begins at t, and its length in tokens; NULL and 0 if none. */
const unit_row *unit_at(const number_scan *s, int32_t t, int32_t *length);
/* number.c: reads the number that begins at t, with its scale; false if there is none. */
bool number_read(number_scan *s, int32_t t, number *n);
/* counted.c: what the quantity that ends at hi counts; TS_NONE if nothing. */
tokens_span what_counts(const number_scan *s, const number *n, int32_t hi, bool unit, bool hyphen);
bool plural_noun_follows(const work *w, int32_t t); /* from t on */
bool month_name(const work *w, int32_t t);
/* no_quantity.c: a date, an age, part of a name. bounded: "at least" or the like stands before it; unit: a unit or currency beside it. */
bool no_quantity(number_scan *s, const number *n, bool bounded, bool unit);

#endif
