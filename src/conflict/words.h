/* The word classes of data/conflict.tsv. */
#ifndef SITREP_CONFLICT_WORDS_H
#define SITREP_CONFLICT_WORDS_H

#include "sitrep/core/reading.h"

typedef enum dispute_class { DISPUTE_WORD = 1, HOUR_WORD = 2, AGAIN_WORD = 4, BOUND_WORD = 8 } dispute_class;

/* The classes of which a word stands in the span. */
unsigned dispute_words_in(const sr_reading *r, sr_span span);

#endif
