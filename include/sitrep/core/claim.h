/* The claim: one statement, by one speaker or by the outlet itself, in one document.
 *
 * A claim points into its document and adds what is needed to compare it with others. */
#ifndef SITREP_CORE_CLAIM_H
#define SITREP_CORE_CLAIM_H

#include "sitrep/core/reading.h"

#define SR_NO_ATTRIBUTION UINT32_MAX

typedef struct sr_claim {
	uint32_t doc;         /* index of the document among those of the run */
	uint32_t sentence;    /* into reading.sentences */
	sr_span sentence_span;/* the whole sentence */
	sr_span span;         /* the content itself, inside the sentence */
	uint32_t attribution; /* into reading.attributions; SR_NO_ATTRIBUTION: the outlet's own words */
	sr_str speaker;       /* who says it; the outlet's name for its own words, may be empty */
	sr_str role;
	bool named, collective;
	sr_str via;           /* outlet that relays the speaker inside the document */
	uint32_t relay;       /* number of the digest's own source, 0 if none */
	sr_stance stance;
	sr_certainty certainty;
	bool negated;         /* the content's main predicate is negated */
	bool direct;          /* the content is a quotation */
	sr_time said;         /* when it was said or reported */
	bool said_stated;     /* an expression of the text gives `said` ("said on Tuesday") */
	sr_time when, until;  /* when what it speaks of happened; both empty if not stated */
	bool when_stated;     /* an expression in the sentence gives `when` (else it is only the said time) */
} sr_claim;

#endif
