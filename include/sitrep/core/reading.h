/* The reading: what the analysis of one document found, as arrays of spans into its text.
 *
 * Filled stage by stage: lang (language), tag (sentences, tokens, entities), temporal (times),
 * claim (quantities, attributions). All arrays are in order of the text and belong to the
 * reading's arena. */
#ifndef SITREP_CORE_READING_H
#define SITREP_CORE_READING_H

#include "sitrep/core/document.h"

/* Universal POS tags, universaldependencies.org/u/pos, in alphabetical order. */
#define SR_UPOS_LIST(X)                                                                       \
	X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) \
	X(PUNCT) X(SCONJ) X(SYM) X(VERB) X(X)
typedef enum sr_upos {
	SR_UPOS_NONE = 0,
#define X(name) SR_UPOS_##name,
	SR_UPOS_LIST(X)
#undef X
	SR_UPOS_COUNT
} sr_upos;

/* Universal dependency relations without subtypes, universaldependencies.org/u/dep. */
#define SR_DEPREL_LIST(X)                                                                      \
	X(acl) X(advcl) X(advmod) X(amod) X(appos) X(aux) X(case) X(cc) X(ccomp) X(clf) X(compound) \
	X(conj) X(cop) X(csubj) X(dep) X(det) X(discourse) X(dislocated) X(expl) X(fixed) X(flat)   \
	X(goeswith) X(iobj) X(list) X(mark) X(nmod) X(nsubj) X(nummod) X(obj) X(obl) X(orphan)      \
	X(parataxis) X(punct) X(reparandum) X(root) X(vocative) X(xcomp)
typedef enum sr_deprel {
	SR_DEPREL_NONE = 0,
#define X(name) SR_DEPREL_##name,
	SR_DEPREL_LIST(X)
#undef X
	SR_DEPREL_COUNT
} sr_deprel;

typedef struct sr_token {
	sr_span span;
	sr_str lemma;     /* empty if not known */
	uint8_t upos;     /* sr_upos */
	uint8_t deprel;   /* sr_deprel */
	bool passive;     /* relation has the subtype :pass (nsubj:pass, aux:pass) */
	int32_t head;     /* index of the head within the sentence, -1 for the root, -2 if not parsed */
} sr_token;

typedef struct sr_sentence {
	sr_span span;
	uint32_t first_token, token_count; /* into reading.tokens */
	uint32_t block;                    /* into document.blocks */
} sr_sentence;

typedef enum sr_entity_type { SR_ENTITY_PER, SR_ENTITY_ORG, SR_ENTITY_LOC, SR_ENTITY_MISC } sr_entity_type;

typedef struct sr_entity {
	sr_span span;
	sr_entity_type type;
	sr_str name;       /* the fullest form of the name in the document */
	uint32_t name_id;  /* equal for mentions of one thing within the document, from 1 */
} sr_entity;

typedef enum sr_timex_type { SR_TIMEX_DATE, SR_TIMEX_TIME, SR_TIMEX_DURATION, SR_TIMEX_SET } sr_timex_type;

typedef struct sr_timex {
	sr_span span;
	sr_timex_type type;
	sr_str value;      /* TIMEX3 value */
	/* The interval meant, for DATE and TIME that can be placed on the calendar; either side may be
	 * unknown: "before May" has only an end, "since May" only a beginning. Both inclusive. */
	sr_time begin, end;
	bool said;         /* the time of the saying, not of what happened ("said on Tuesday") */
} sr_timex;

typedef struct sr_quantity {
	sr_span span;
	double low, high;  /* equal for an exact number; a missing bound is -INFINITY or INFINITY */
	sr_str unit;       /* "%", "km", "USD"; empty for plain counts */
	sr_str of;         /* what is counted or measured, in the text's words */
	sr_span of_span;   /* where those words stand; empty if `of` is not a single span */
} sr_quantity;

typedef enum sr_quote_kind { SR_QUOTE_DIRECT, SR_QUOTE_INDIRECT, SR_QUOTE_MIXED } sr_quote_kind;
typedef enum sr_stance {
	SR_STANCE_SAYS,
	SR_STANCE_DENIES,
	SR_STANCE_CONFIRMS,
	SR_STANCE_ACCUSES,
	SR_STANCE_DOUBTS,
	SR_STANCE_WARNS,
	SR_STANCE_PROMISES,
	SR_STANCE_DEMANDS
} sr_stance;
typedef enum sr_certainty { SR_CERTAINTY_STATED, SR_CERTAINTY_HEDGED, SR_CERTAINTY_UNVERIFIED } sr_certainty;

typedef struct sr_spans {
	sr_span *items;
	size_t count;
} sr_spans;

typedef struct sr_attribution {
	sr_spans source, cue, content; /* PolNeAR's scheme; source and cue may be empty */
	sr_quote_kind kind;
	sr_str speaker;  /* resolved: the person or body who says it, in its fullest form */
	sr_str role;     /* "spokesperson", "an officer of a motorised brigade"; may be empty */
	bool named;      /* false: an unnamed or merely described source */
	bool collective; /* residents, soldiers, officials */
	sr_str via;      /* the outlet or channel that relays it, if not the document's own */
	sr_stance stance;
	sr_certainty certainty;
	/* A statement about what was said ("Bild reports that soldiers said …") holds another: index + 1 of the outermost
	 * one whose content holds this cue, 0 if none; and the list of those that this one holds, by index + 1. */
	uint32_t within, inner, next_inner;
} sr_attribution;

typedef struct sr_reading {
	const sr_document *doc;
	sr_sentence *sentences;
	size_t sentence_count;
	sr_token *tokens;
	size_t token_count;
	sr_entity *entities;
	size_t entity_count;
	sr_timex *times;
	size_t time_count;
	sr_quantity *quantities;
	size_t quantity_count;
	sr_attribution *attributions;
	size_t attribution_count;
	/* A unit vector a sentence, [sentence_count][vector_width]; close for sentences that say alike. */
	const float *vectors;
	size_t vector_width;
} sr_reading;

const char *sr_upos_name(sr_upos upos);       /* "NOUN"; "_" for none */
const char *sr_deprel_name(sr_deprel deprel); /* "nsubj"; "_" for none */
bool sr_upos_parse(sr_str s, sr_upos *out);
bool sr_deprel_parse(sr_str s, sr_deprel *out); /* a subtype after ':' is passed over */
const char *sr_entity_type_name(sr_entity_type type);
const char *sr_timex_type_name(sr_timex_type type);
const char *sr_quote_kind_name(sr_quote_kind kind);
const char *sr_stance_name(sr_stance stance);
const char *sr_certainty_name(sr_certainty certainty);

/* Index of the sentence that holds offset, or SIZE_MAX. O(log sentences). */
size_t sr_reading_sentence_at(const sr_reading *reading, uint32_t offset);
/* Index of the first token that ends behind the offset; token_count if none does. O(log tokens). */
uint32_t sr_reading_token_at(const sr_reading *reading, uint32_t offset);
/* The same of times, entities and quantities. */
size_t sr_reading_time_from(const sr_reading *reading, uint32_t offset);
size_t sr_reading_entity_from(const sr_reading *reading, uint32_t offset);
size_t sr_reading_quantity_from(const sr_reading *reading, uint32_t offset);

#endif
