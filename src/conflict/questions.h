/* What the encoder of pairs is asked: each two sentences once, whichever way round, whoever prints them. */
#ifndef SITREP_CONFLICT_QUESTIONS_H
#define SITREP_CONFLICT_QUESTIONS_H

#include "pairs.h"

typedef struct questions {
	const pairs *of;
	sr_nli_pair *texts;
	sr_nli_answer *answers; /* of each, when asked */
	size_t count, room;
} questions;

/* SR_E_NOMEM. */
sr_status questions_open(questions *q, const pairs *of, size_t room) SR_MUST_CHECK;
/* The number of the question about the sentences of two claims, from 1; 0 if there is none. */
size_t questions_find(const questions *q, uint32_t a, uint32_t b);
/* The same; a new one if there is none yet and room. Of one and the same text nothing is asked. */
size_t questions_add(questions *q, uint32_t a, uint32_t b);
sr_status questions_ask(questions *q) SR_MUST_CHECK;

#endif
