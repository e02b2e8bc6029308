/* Terms: what a stretch of text is about, in a form that can be compared.
 *
 * A term is a stemmed content word, a number, or a concept of data/terms/concepts.tsv that stands for
 * several words ("surrounded", "cut off" and "encirclement" are one). Ids are given in order of first
 * appearance, so they repeat from run to run. An index serves one group of texts and one thread. */
#ifndef SITREP_TERMS_H
#define SITREP_TERMS_H

#include "sitrep/core/reading.h"

typedef struct sr_terms sr_terms;

typedef enum sr_term_kind { SR_TERM_WORD, SR_TERM_NAME, SR_TERM_NUMBER, SR_TERM_CONCEPT } sr_term_kind;

/* One occurrence, in order of the text. */
typedef struct sr_term_at {
	uint32_t term;
	uint32_t token; /* into reading.tokens: the (first) word */
	bool negated;   /* in the scope of a negation in its clause */
	bool unreal;    /* tried, planned, possible or conditional */
	bool aside;     /* not part of what the span states itself: in a modifier or a subordinate clause
	                 * (parsed text only) */
} sr_term_at;

/* A set: ids sorted, without doubles. */
typedef struct sr_term_set {
	uint32_t *ids;
	size_t count;
} sr_term_set;

/* NULL if out of memory. Everything given out lives as long as the index. */
sr_terms *sr_terms_new(void);
void sr_terms_free(sr_terms *terms);

/* The terms inside span. The reading must outlive the index, which looks its words up once. SR_E_NOMEM. */
sr_status sr_terms_read(sr_terms *terms, const sr_reading *reading, sr_span span, sr_term_at **out, size_t *count)
	SR_MUST_CHECK;
sr_status sr_terms_set(sr_terms *terms, const sr_term_at *items, size_t count, sr_term_set *out) SR_MUST_CHECK;
/* The set of those that sr_terms_read gives. */
sr_status sr_terms_set_of(sr_terms *terms, const sr_reading *reading, sr_span span, sr_term_set *out) SR_MUST_CHECK;
/* The set of those terms read so far that the words, blanks between them, stand for. */
sr_status sr_terms_known(sr_terms *terms, sr_str words, sr_term_set *out) SR_MUST_CHECK;
/* Counts a set as one text for the document frequencies. */
void sr_terms_count(sr_terms *terms, sr_term_set set);

/* Weighs the terms, once all texts are counted. After it nothing may be read, made into a set or counted any more, and
 * whatever takes a const index may be called on several threads. SR_E_NOMEM. */
sr_status sr_terms_settle(sr_terms *terms) SR_MUST_CHECK;
/* Inverse document frequency, log((1 + N) / (1 + n)) + 0.1, over the texts counted. This, and what builds on it, of settled
 * terms only. */
double sr_terms_idf(const sr_terms *terms, uint32_t term);
sr_term_kind sr_terms_kind(const sr_terms *terms, uint32_t term);
/* True for a concept too common to identify a matter by itself. */
bool sr_terms_is_weak(const sr_terms *terms, uint32_t term);
/* True for one of those that stands for things or people ("bridge", "voters"), not for what happens to them. */
bool sr_terms_is_thing(const sr_terms *terms, uint32_t term);
/* Which country a name, capital or demonym stands for, by its row in data/countries.tsv from 1; 0 for none. */
uint32_t sr_terms_country(const sr_terms *terms, uint32_t term);
/* The stem, number or concept name. */
sr_str sr_terms_name(const sr_terms *terms, uint32_t term);
/* True if a word for the concept of that name stands in the span of a reading that was read before. */
bool sr_terms_mentions(const sr_terms *terms, const sr_reading *reading, sr_span span, sr_str concept);
/* True if two concepts are opposites. */
bool sr_terms_opposite(const sr_terms *terms, uint32_t a, uint32_t b);
/* True if of two concepts whatever is the first is the second too ("killed" is hurt: data/terms/implies.tsv). */
bool sr_terms_implies(const sr_terms *terms, uint32_t a, uint32_t b);

bool sr_term_set_has(sr_term_set set, uint32_t term);
size_t sr_term_set_common(sr_term_set a, sr_term_set b); /* how many both hold */
/* Sum of the idf of what both hold; and the cosine of the idf-weighted sets, 0..1. */
double sr_terms_shared(const sr_terms *terms, sr_term_set a, sr_term_set b);
double sr_terms_weight(const sr_terms *terms, sr_term_set a);
double sr_terms_cosine(const sr_terms *terms, sr_term_set a, sr_term_set b);
/* Sum of the squared idf of a set: what the cosine divides by. */
double sr_terms_norm(const sr_terms *terms, sr_term_set a);

/* One set at a time, held against many: the same cosine, with what it takes looked up once. */
typedef struct sr_term_probe {
	const sr_terms *terms;
	double *squared; /* of each term of the index: its squared idf if the set has it, else 0 */
	sr_term_set set;
	double norm;
} sr_term_probe;
sr_status sr_terms_probe_init(sr_term_probe *probe, const sr_terms *terms, sr_arena *arena) SR_MUST_CHECK;
void sr_terms_probe_set(sr_term_probe *probe, sr_term_set set);
/* norm: sr_terms_norm of the other set. */
double sr_terms_probe_cosine(const sr_term_probe *probe, sr_term_set other, double norm);

#endif
