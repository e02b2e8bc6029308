/* Private to src/story. */
#ifndef SITREP_SRC_STORY_INTERNAL_H
#define SITREP_SRC_STORY_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/lang.h"
#include "sitrep/story.h"

typedef enum term_class { TERM_WORD, TERM_NAME, TERM_PAIR, TERM_NUMBER, TERM_CLASSES } term_class;

typedef struct term {
	uint32_t id;
	float weight; /* in the whole text: damped frequency by rarity when the document came */
	float lead;   /* the same in title and lead only; 0 if it is not there */
	float title;  /* and in the title only */
} term;

/* A document as the stream remembers it. */
typedef struct profile {
	term *terms; /* ascending ids */
	uint32_t count;
	int32_t day; /* of publication, since 1970; INT32_MIN if not known */
	uint32_t parent;
	float norm[TERM_CLASSES], lead_norm[TERM_CLASSES]; /* Euclidean */
	float lead_mass[TERM_CLASSES], title_mass[TERM_CLASSES]; /* sums */
	float title_norm;                                  /* of its words */
} profile;

/* What two documents have in common; each from 0 to 1 but where said. */
typedef enum pair_feature {
	PAIR_WORDS,      /* cosines of a class, whole texts */
	PAIR_NAMES,
	PAIR_PAIRS,
	PAIR_NUMBERS,
	PAIR_LEAD_WORDS, /* the same of title and lead */
	PAIR_LEAD_NAMES,
	PAIR_LEAD_PAIRS,
	PAIR_KEPT_NAMES, /* share of the leads' name weight that the other text has anywhere: the smaller, */
	PAIR_KEPT_MOST,  /* and the larger of the two directions */
	PAIR_KEPT_PAIRS,
	PAIR_KEPT_WORDS,
	PAIR_RARE_NAMES, /* shared terms that hardly any document has, damped: log(1 + n) */
	PAIR_RARE_PAIRS,
	PAIR_RARE_WORDS,
	PAIR_RARE_NUMBERS,
	PAIR_TITLES,     /* cosine of the titles' words */
	PAIR_TITLE_KEPT, /* share of the titles' word weight that the other text has: the smaller, */
	PAIR_TITLE_MOST, /* and the larger of the two directions */
	PAIR_TITLE_NAMES,/* the same of names: the larger */
	PAIR_TITLE_NUMBERS,
	PAIR_DAYS,       /* log(1 + days apart); 0 if not known */
	PAIR_UNDATED,    /* 1 if either has no date */
	PAIR_NEAR,       /* 1 if both have, within three days */
	PAIR_NO_RARE,    /* 1 if they share no rare name and no rare pair */
	PAIR_ONE,        /* 1: for terms of a single feature */
	PAIR_FEATURES
} pair_feature;

/* The vocabulary: every form seen maps to a term of a class. */
typedef struct vocabulary {
	sr_arena *arena;
	sr_strmap forms; /* "w" form → id + 1 (0: new), -1 for stop words */
	SR_VEC(struct vocabulary_term) terms;
	sr_strmap paragraphs; /* outlet and paragraph → documents that printed it */
	sr_stemmer *stemmer;
} vocabulary;

typedef struct posting_list {
	uint32_t *docs;
	uint32_t count, capacity, next; /* a ring of the newest, once full */
} posting_list;

struct vocabulary_term {
	uint32_t df;
	uint32_t capital, small; /* of a name: documents that print it within a sentence so, and as a plain word */
	uint8_t kind;
	posting_list postings;
};

/* What the placing is tuned by; see params.c for the measured choice. */
typedef struct story_params {
	/* The first look, over all documents that share terms: shares of the classes' cosines, and what
	 * is lost with the log of the days beyond the first. */
	float word, name, pair, number;
	float day_penalty, day_free, day_max;
	uint32_t candidates; /* that get a second look */
	uint32_t list_max;   /* newest documents kept for a term */
	float lead_words;    /* of a text that are its lead */
	float prior;         /* documents assumed to have been seen before the first */
	uint32_t rare;       /* documents that a rare term may have been seen in */
	/* The second look: to join a story; to join two stories; share of the story's second-nearest
	 * document in its score. */
	float threshold, merge, second;
} story_params;

/* The second look's score: the sum of weight times the product of two features. */
typedef struct pair_weight {
	pair_feature a, b;
	float weight;
} pair_weight;
extern const pair_weight pair_weights[];
extern const size_t pair_weight_count;
float pair_score(const float features[PAIR_FEATURES]);

extern const story_params story_defaults;

sr_status vocabulary_init(vocabulary *v, sr_arena *arena) SR_MUST_CHECK;
void vocabulary_deinit(vocabulary *v);
/* The document's terms, with fresh ones added to the vocabulary. Paragraphs that an outlet has printed
 * under several articles are passed over, and so is the outlet's name behind a title. */
sr_status profile_read(vocabulary *v, const story_params *params, const sr_document *doc, sr_arena *arena, profile *out) SR_MUST_CHECK;

/* rare: documents that a rare term may have been seen in. */
void pair_read(const vocabulary *v, const profile *a, const profile *b, uint32_t rare, float out[PAIR_FEATURES]);

sr_story_stream *story_stream_new_with(const story_params *params);

#endif
