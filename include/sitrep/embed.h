/* How alike sentences and short texts are, by the sentence vectors that the tagger leaves in a reading.
 *
 * Vectors are of length 1; likeness is their cosine, about 0 for unrelated sentences and 1 for equal ones (after
 * Reimers and Gurevych 2019, Sentence-BERT). */
#ifndef SITREP_EMBED_H
#define SITREP_EMBED_H

#include "sitrep/core/reading.h"

/* Of sentences i and j of two readings; 0 where either has no vectors. */
float sr_embed_sentences(const sr_reading *a, size_t i, const sr_reading *b, size_t j);

/* The mean direction of sentences [first, first + count) of a reading, in proportion to their words, at length 1; all zero
 * where there is nothing to go by. out has room for reading->vector_width floats. */
void sr_embed_mean(const sr_reading *reading, size_t first, size_t count, float *out);

/* Do two headlines or blurbs say the same? Up to 1: the cosine of their means, levelled below 0.25, with the share of content
 * words that they have in common, less a part where both give figures and these differ ("20 hurt", "31 hurt"). */
float sr_embed_likeness(const sr_reading *a, const sr_reading *b);

/* The cosine of two vectors of length 1. Summed in a fixed order. */
float sr_embed_cosine(const float *a, const float *b, size_t width);

#endif
