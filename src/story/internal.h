/* Private to src/story. */
#ifndef SITREP_SRC_STORY_INTERNAL_H
#define SITREP_SRC_STORY_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/lang.h"
#include "sitrep/story.h"

typedef enum term_class { TERM_WORD, TERM_NAME, TERM_PAIR, TERM_NUMBER, TERM_CLASSES } term_class;

typedef struct term {
	uint32_t id;
	float weight; /* term frequency, damped, before it is weighed by rarity */
} term;

/* A document as the stream remembers it. */
typedef struct profile {
	term *terms; /* ascending ids */
	uint32_t count;
	int32_t day; /* of publication, since 1970; INT32_MIN if not known */
	uint32_t parent;
	float norm[TERM_CLASSES];
} profile;

/* The vocabulary: every form seen maps to a term of a class. */
typedef struct vocabulary {
	sr_arena *arena;
	sr_strmap forms; /* "w" form → id + 1 (0: new), -1 for stop words */
	SR_VEC(struct vocabulary_term) terms;
	sr_stemmer *stemmer;
} vocabulary;

typedef struct posting_list {
	uint32_t *docs;
	uint32_t count, capacity, next; /* a ring of the newest, once full */
} posting_list;

struct vocabulary_term {
	uint32_t df;
	uint8_t kind;
	posting_list postings;
};

/* What the placing is tuned by; see params.c for the meaning and the measured choice. */
typedef struct story_params {
	float word, name, pair, number; /* shares of the classes' cosines */
	float threshold, merge;         /* to join; to join two stories */
	float lead, rest;               /* weight of a word in title and lead, and after */
	float lead_words;
	float prior;                    /* documents assumed to have been seen before the first */
	float day_penalty, day_free, day_max;
	float undated;
	float support;                  /* what a story's further near documents add, each to the power of its rank */
	uint32_t list_max, candidates;
} story_params;
extern const story_params story_defaults;

sr_status vocabulary_init(vocabulary *v, sr_arena *arena) SR_MUST_CHECK;
void vocabulary_deinit(vocabulary *v);
/* The document's terms, with fresh ones added to the vocabulary. */
sr_status profile_read(vocabulary *v, const story_params *params, const sr_document *doc, sr_arena *arena, profile *out) SR_MUST_CHECK;

sr_story_stream *story_stream_new_with(const story_params *params);

#endif
