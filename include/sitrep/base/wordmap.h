/* A small fixed table of words with bits, for lists that many threads look up: made once (sr_once, threads.h) in
 * static storage, read-only afterwards. Letters A-Z count as a-z. The words' bytes belong to the caller and must
 * outlive the table (data files and literals do). */
#ifndef SITREP_BASE_WORDMAP_H
#define SITREP_BASE_WORDMAP_H

#include "sitrep/base/str.h"

#define SR_WORDMAP_SLOTS 1024u /* a power of two */
#define SR_WORDMAP_MAX (SR_WORDMAP_SLOTS / 2) /* words */

typedef struct sr_wordmap {
	struct {
		sr_str word;
		uint64_t bits;
	} slots[SR_WORDMAP_SLOTS];
	size_t count;
} sr_wordmap;

/* Adds bits to a word's. A list too long for the table is a bug of ours (assert). */
void sr_wordmap_add(sr_wordmap *map, sr_str word, uint64_t bits);
/* The word's bits; 0 if it is not in the table. */
uint64_t sr_wordmap_get(const sr_wordmap *map, sr_str word);

#endif
