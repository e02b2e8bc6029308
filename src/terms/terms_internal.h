/* What the files of this room share. */
#ifndef SITREP_TERMS_INTERNAL_H
#define SITREP_TERMS_INTERNAL_H

#include "scope.h"

#include "sitrep/base/map.h"
#include "sitrep/lang.h"

#define FOLDED_MAX 64

typedef struct term {
	sr_str name;
	sr_term_kind kind;
	uint32_t texts; /* document frequency */
	bool weak, thing;
} term;

/* A word as it stands in the texts. */
typedef struct form {
	sr_str folded, stem;
	bool skipped, stopword; /* skipped: no letter or digit, or too long */
	bool leads;             /* the first of two words that are a concept */
	uint32_t concept, term; /* alone: id + 1; 0 for none, or none yet */
	uint16_t scope;         /* scope_bits */
} form;

/* The words of a reading. */
typedef struct text_forms {
	const sr_reading *reading;
	uint32_t *forms;  /* of each token */
	uint16_t *scopes; /* scope_bits of each */
} text_forms;

struct sr_terms {
	sr_arena *arena;
	sr_stemmer *stemmer;
	sr_strmap ids;      /* name (concepts as "=name") to id + 1 */
	sr_strmap concepts; /* word, or "stem stem", to the concept's id + 1 */
	sr_strmap leads;    /* the first stems of those that are two */
	sr_strmap opposites;/* "=a|=b" for both orders */
	sr_strmap implied;  /* "=a|=b": whatever is a is b */
	sr_strmap countries;/* stem of a one-word name, capital or demonym to the country's row */
	SR_VEC(term) terms;
	sr_strmap form_ids; /* word to its form + 1 */
	SR_VEC(form) forms;
	sr_strmap text_ids; /* a reading's address to its text_forms + 1 */
	SR_VEC(text_forms) texts;
	size_t text_count;
	double *idf; /* of each term, once they are settled */
};

/* The id of a term of that name, made if it is new. SR_E_NOMEM. */
sr_status terms_intern(sr_terms *t, sr_str name, sr_term_kind kind, uint32_t *id);
sr_str terms_stem(sr_terms *t, sr_str folded);
/* Orders ids, for qsort and bsearch. */
int terms_by_id(const void *a, const void *b);
/* Reads data/terms/concepts.tsv and implies.tsv. SR_E_NOMEM. */
sr_status terms_load_concepts(sr_terms *t);
/* The concept of a word, or of one that it is a plain form of; id + 1, 0 for none. */
uint32_t terms_concept_of_word(const sr_terms *t, sr_str folded);

#endif
