/* Invented articles in any number: the same seed gives the same text. */
#ifndef SITREP_TESTS_INVENT_H
#define SITREP_TESTS_INVENT_H

#include "sitrep/base/str.h"

/* One JSON line an article, appended to out. The articles tell of `stories` events in turn; paragraphs each. */
void invent_articles(sr_buf *out, uint64_t seed, unsigned count, unsigned stories, unsigned paragraphs);
/* A number below n, from a generator of its own (xorshift64, Marsaglia 2003). */
unsigned invent_number(uint64_t *state, unsigned n);

#endif
