/* Two invented documents with blocks, and spans found by their words. */
#ifndef SITREP_TESTS_VERIFY_FIXTURE_H
#define SITREP_TESTS_VERIFY_FIXTURE_H

#include "sitrep/verify.h"

typedef struct fixture {
	sr_arena *arena;
	sr_document docs[2];
	const sr_document *originals[2];
	sr_source sources[2];
} fixture;

bool fixture_init(fixture *f);
void fixture_deinit(fixture *f);
/* The span of words in doc (0 or 1); empty and a failed test if they do not stand there once. "*"
 * before the words: the whole paragraph that begins with them. */
sr_cite fixture_cite(fixture *f, int doc, sr_str words);

#endif
