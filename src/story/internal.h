/* Private to src/story. A profile is what the stream remembers of a document; the window is the ring of the
 * newest ones with its indexes; place.c decides. */
#ifndef SITREP_SRC_STORY_INTERNAL_H
#define SITREP_SRC_STORY_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/lang.h"
#include "sitrep/story.h"
#include "sitrep/temporal.h"

typedef enum term_class { TERM_WORD, TERM_NAME, TERM_PAIR, TERM_NUMBER, TERM_DAY, TERM_CLASSES } term_class;

/* One term of a document. What is stored stands first; the rest is made from it and from where it is kept. */
typedef struct term {
	uint32_t hash;  /* of class and form: terms of equal hash are one */
	uint8_t count;  /* occurrences in title and text, at most 255; in title and lead; in the title, at most 31 */
	uint8_t lead;
	uint8_t title;
	uint8_t kind;   /* term_class */
	uint8_t rarity; /* in sixteenths: log of the documents seen over those with the term, when it came */
	uint16_t prev_term;  /* the same hash (or one that shares its list) in an earlier document: */
	uint32_t prev;       /* its number + 1, and the term's index; 0 where the list ends */
	float weight, lead_weight; /* damped count times rarity */
} term;

/* A pair that was looked at closely when the later one came. */
typedef struct edge {
	uint32_t doc; /* number of the earlier document; UINT32_MAX if it had left the window on import */
	uint64_t key; /* its key */
	int16_t score;/* in 256ths */
} edge;

#define EDGES_MAX 32u
#define TERMS_MAX 640u
#define PARAGRAPHS_MAX 96u

typedef struct profile {
	void *block;  /* of the heap: holds the arrays below */
	term *terms;  /* ascending hashes */
	uint32_t *paragraphs; /* hashes of outlet and paragraph */
	edge *edges;
	uint32_t count, paragraph_count, edge_count;
	int32_t day;  /* of publication, or of the date printed above the text, since 1970; INT32_MIN if not known */
	float norm[TERM_CLASSES], lead_norm[TERM_CLASSES]; /* Euclidean */
	float lead_mass[TERM_CLASSES], title_mass[TERM_CLASSES]; /* sums of rarities */
	uint64_t key;
	uint64_t story; /* the key of its story */
	bool held;
	bool bare;    /* nothing stands in its text: the title is all there is */
} profile;

/* A story with documents in the window. */
typedef struct story {
	uint64_t key;
	uint32_t *docs; /* numbers, ascending */
	uint32_t count, capacity;
} story;

#define WINDOW SR_STORY_WINDOW
#define HEADS (1u << 20)     /* lists of terms */
#define FURNITURE (1u << 18) /* counters of paragraphs */

/* The tables that are reached by hash, zero at first. */
typedef struct hash_lists {
	uint32_t head[HEADS];      /* number + 1 and term of the newest document of each list */
	uint16_t head_term[HEADS];
	uint16_t df[HEADS];        /* documents of the window by list */
	uint16_t common[HEADS];    /* in how many of a thousand articles a common word of the list stands (data/story/common.tsv) */
	uint32_t furniture[FURNITURE]; /* how often documents of the window print a paragraph */
} hash_lists;

typedef struct apart {
	uint64_t a, b;
} apart;

struct sr_story_stream {
	sr_stemmer *stemmer;
	sr_temporal *temporal;
	profile *docs;       /* ring: document number n stands at n % WINDOW */
	uint32_t first, next;/* numbers of the oldest and of the next document */
	hash_lists *by_hash;     /* of sr_pages_new */
	story *stories; /* ascending keys */
	size_t story_count, story_capacity;
	apart *apart;
	size_t apart_count, apart_capacity;
	sr_story_event *events;
	size_t event_count, event_capacity;
	uint32_t ahead;      /* documents counted before they are placed: all of a run, or 0 */
	/* scratch of one placing, by ring place */
	float *score;     /* zero between placings */
	uint32_t *touched;
	uint16_t *member; /* place in the component + 1; zero between placings */
};

static inline profile *doc_at(const sr_story_stream *s, uint32_t number) { return &s->docs[number % WINDOW]; }
static inline bool in_window(const sr_story_stream *s, uint32_t number) { return number >= s->first && number < s->next; }

/* What two documents have in common; each from 0 to 1 but where said. */
typedef enum pair_feature {
	PAIR_WORDS, /* root of the cosine of a class, whole texts */
	PAIR_NAMES,
	PAIR_PAIRS,
	PAIR_NUMBERS,
	PAIR_LEAD_WORDS, /* the same of title and lead */
	PAIR_LEAD_NAMES,
	PAIR_LEAD_PAIRS,
	PAIR_LEAD_NUMBERS,
	PAIR_KEPT_NAMES,   /* share of one lead's weight of a class that the other text has anywhere: the smaller, */
	PAIR_MOST_NAMES,   /* and the larger of the two directions */
	PAIR_MOST_NUMBERS,
	PAIR_KEPT_WORDS,
	PAIR_TITLE_KEPT,   /* the same of the titles' words, in the text alone: a headline that recurs is no evidence */
	PAIR_TITLE_MOST,
	PAIR_TITLE_NAMES,
	PAIR_RAREST_WORD,  /* rarity of the rarest shared term, as a log */
	PAIR_RAREST_PAIR,
	PAIR_RAREST_DAY,
	PAIR_SHARED_WORDS, /* log(1 + sum of the rarities of the shared words that stand in either lead) */
	PAIR_SHORTER,      /* log(1 + terms of the shorter) */
	PAIR_DAYS,         /* log(1 + days apart); 0 if not known */
	PAIR_UNDATED,      /* 1 if either has no date */
	PAIR_FEW,          /* how small the window is, log: of a handful handed over together, two are likelier one story */
	PAIR_HANDFUL,      /* the same of no more than a dozen, who were most likely chosen because they are */
	PAIR_ONE,          /* 1: for terms of a single feature */
	PAIR_FEATURES
} pair_feature;

/* What the placing is tuned by; see params.c. */
typedef struct story_params {
	/* The first look, over all documents that share terms: shares of the classes' cosines, and what
	 * is lost with the log of the days beyond the first. */
	float share[TERM_CLASSES];
	float day_penalty, day_free, day_max;
	uint32_t candidates; /* that get a second look */
	uint32_t list_max;   /* newest documents of a term's list that are looked at */
	uint32_t lead_words; /* of a text that are its lead */
	uint32_t prior;      /* documents assumed to have been seen before the first, */
	float day_share;     /* and the share of them that speak of any one day */
	float apart;         /* what is left of PAIR_FEW where documents arrive one by one, not handed over together */
	float foreign;       /* share of a title's words that a text must have to be believed its own */
	/* Stories: the mean pair score to be one; that of pairs which were not looked at; so many of these
	 * count for a document. */
	float threshold, missing;
	float nearest;       /* share of the best pair's score in that of two stories */
	float certain;       /* pair scores go no further, so that two reprints do not outvote the rest */
	float near;          /* pair score from which a document's story is looked at again */
	uint32_t span;
	uint32_t component;  /* documents looked at again when one is placed */
	uint32_t settled;    /* documents after which members of a story no longer part */
} story_params;
extern const story_params story_defaults;

/* The second look's score: the sum of weight times the product of two features. */
typedef struct pair_weight {
	pair_feature a, b;
	float weight;
} pair_weight;
extern const pair_weight pair_weights[];
extern const size_t pair_weight_count;
float pair_score(const float features[PAIR_FEATURES]);
/* seen: documents of the window. */
void pair_read(const profile *a, const profile *b, uint32_t seen, float out[PAIR_FEATURES]);

/* words.c: a document as words. */
typedef struct token {
	sr_str word;   /* folded, in the scratch arena */
	bool upper;    /* begins with a capital */
	bool number;
	bool start;    /* first of a sentence, or in a title: its capital tells nothing by itself */
	bool joined;   /* nothing but a blank between it and the token before */
	bool near;     /* or a hyphen or a dot */
	bool lead, title;
} token;

typedef struct tokens {
	sr_arena *arena;
	SR_VEC(token) items;
	size_t words;
} tokens;

/* Takes the words of s; title: capitals tell nothing. False: no memory. */
bool words_take(tokens *t, sr_str s, bool title, size_t lead_words);
/* The headline within an address, or nothing; the title without the outlet's name; the outlet. */
sr_str words_of_address(sr_str url);
sr_str words_of_title(sr_str title);
sr_str words_outlet(const sr_document *doc);

/* profile.c: reads a document into a heap block. Paragraphs that the outlet has printed in other documents are
 * passed over. No weights yet. SR_E_NOMEM. */
sr_status profile_read(sr_story_stream *s, const sr_document *doc, profile *out) SR_MUST_CHECK;
/* The hashes of its title and paragraphs with the outlet's name, PARAGRAPHS_MAX of them; none where the outlet is not known. */
uint32_t profile_paragraphs(const sr_document *doc, uint32_t *out);
/* Room for so many of each; arrays zeroed. False: no memory. */
bool profile_alloc(profile *p, uint32_t terms, uint32_t paragraphs, uint32_t edges);
void profile_free(profile *p);
/* Fills the lists' `common` from its table. */
void profile_know_common(sr_story_stream *s);
/* Rarities as of now; then weights and norms from counts and rarities. */
void profile_weigh(sr_story_stream *s, profile *p);
void profile_sum(profile *p);

/* window.c */
/* Makes p the next document, and lets the oldest go if the window is full; p's block is the window's then. */
sr_status window_push(sr_story_stream *s, profile *p, uint64_t story_key) SR_MUST_CHECK;
uint32_t window_find(const sr_story_stream *s, uint64_t key); /* number, or UINT32_MAX */
/* The story of that key, or NULL; until stories change. */
story *story_find(const sr_story_stream *s, uint64_t key);
/* Moves a document of the window to the story of that key, which is made if it is not there. */
sr_status story_move(sr_story_stream *s, uint32_t doc, uint64_t key) SR_MUST_CHECK;
sr_status stream_tell(sr_story_stream *s, sr_story_change change, uint64_t doc, uint64_t story, uint64_t other) SR_MUST_CHECK;
bool stream_is_apart(const sr_story_stream *s, uint64_t a, uint64_t b);
sr_status window_grow(void **items, size_t *capacity, size_t count, size_t size) SR_MUST_CHECK;

/* Documents that weights stand on now. */
static inline uint32_t stream_seen(const sr_story_stream *s) { return s->ahead ? s->ahead : s->next - s->first; }
/* Counts its terms and paragraphs in (1) or out (-1). */
void window_count_terms(sr_story_stream *s, const profile *p, int step);
void window_count_paragraphs(sr_story_stream *s, const uint32_t *paragraphs, uint32_t count, int step);

/* near.c: fills p's edges with the nearest documents of the window. */
void near_find(sr_story_stream *s, profile *p);

/* place.c: weighs the profile, which gets that key, and finds its story; takes the profile over. */
sr_status place_profile(sr_story_stream *s, uint64_t key, profile *p) SR_MUST_CHECK;
/* A key that no story of the window has, from those of the documents (ascending); and the end of a story,
 * all of whose documents in the window go into another. */
uint64_t story_new_name(const sr_story_stream *s, const uint32_t *docs, uint32_t count);
sr_status story_end_in(sr_story_stream *s, uint64_t into, uint64_t other) SR_MUST_CHECK;

/* link.c: parts the members by average link. members: numbers, ascending; group[i]: the first member of i's cluster. */
sr_status link_members(sr_story_stream *s, const uint32_t *members, uint32_t count, uint16_t *group) SR_MUST_CHECK;

#endif
