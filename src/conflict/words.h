/* The word classes of data/conflict.tsv. */
#ifndef SITREP_CONFLICT_WORDS_H
#define SITREP_CONFLICT_WORDS_H

#include "sitrep/core/reading.h"

typedef enum dispute_class {
	DISPUTE_WORD = 1,
	HOUR_WORD = 2,
	AGAIN_WORD = 4,
	BOUND_WORD = 8,
	SAID_WORD = 16,    /* a name for something said: "allegation", "report" */
	VIEW_WORD = 32,    /* one for something thought: "idea", "concern" */
	WRONG_WORD = 64,   /* one for a deed that is not told: "wrongdoing", "involvement" */
	LIGHT_WORD = 128,  /* a verb or noun that only leads up to the deed: "have", "role" */
	FIRST_PERSON = 256,
	BY_WORD = 512,
	IT_WORD = 1024,    /* stands for what was said before: "it", "that" */
	THIRD_PERSON = 2048,
	ASKING_WORD = 4096, /* opens a question: "whether" */
	IDLE_WORD = 8192,  /* a verb that alone tells no event: "think", "come" */
	REJECTING_WORD = 16384, /* turns down plans and people as well as what is said: "dismiss" */
	WHICH_WORD = 32768,
	SUCH_WORD = 65536,
	THEY_WORD = 131072,
	SECOND_PERSON = 524288,
	LATELY_WORD = 262144, /* "yet", "recent": as far as the saying and no further */
	WISH_WORD = 1048576,  /* "should": what is wanted */
	OPEN_WORD = 2097152,  /* "will", "could": what may come */
	UNTRUE_WORD = 4194304, /* "false", "true": judges what was said and tells nothing else */
	INTENT_WORD = 8388608, /* "deliberately": who denies that does not deny the deed */
	ADMITTING_WORD = 16777216,
	FIRST_WORD = 33554432, /* "initially": no longer */
	OWN_WORD = 67108864,   /* "'s" behind the one whose it is */
	NOT_WORD = 134217728,
	BLAMING_WORD = 268435456,  /* "fault", "culprit": lays it on somebody */
	CHARGING_WORD = 536870912, /* "suspected", "guilty": a charge, whoever brings it */
	STEADY_WORD = 1073741824   /* a concept whose number does not grow from day to day */
} dispute_class;
#define BESIDES_WORD 0x80000000u /* "else", "other": nobody but those that are told of; as an enumerator it would be no int */

/* The classes of a word; 0 for none. */
unsigned dispute_word(sr_str word);
/* The classes of which a word stands in the span. */
unsigned dispute_words_in(const sr_reading *r, sr_span span);

#endif
