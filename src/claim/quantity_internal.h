/* Shared by the two files that read quantities. */
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

/* The longest unit that begins at t, and its length in tokens; NULL and 0 if none. */
const unit_row *unit_at(const number_scan *s, int32_t t, int32_t *length);
/* Reads the number that begins at t, with its scale; false if there is none. */
bool number_read(number_scan *s, int32_t t, number *n);

#endif
