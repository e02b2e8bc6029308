/* Evidence: everything that the documents of one story claim, with what is needed to compare it.
 *
 * Built once a story and read by conflict, timeline and compose. Claims of withdrawn documents are
 * left out: they support nothing. An evidence belongs to one thread; what it holds lives in the arena
 * given and in its terms index. */
#ifndef SITREP_EVIDENCE_H
#define SITREP_EVIDENCE_H

#include "sitrep/core/claim.h"
#include "sitrep/terms.h"

typedef struct sr_proof {
	sr_claim claim;
	sr_term_at *items; /* of the content, in order */
	size_t item_count;
	sr_term_set content;  /* terms of the content */
	sr_term_set sentence; /* terms of the whole sentence */
	double norm;          /* sr_terms_norm of it */
	uint32_t origin;      /* who this comes from: equal numbers are one independent origin */
	uint32_t party;       /* who speaks, folded and numbered from 1; 0 unknown */
	sr_term_set speaker;  /* terms of the name, as far as texts of the story use them */
	double salience;      /* 0..1: how much the story is about this */
	uint8_t lead;         /* which of the first three sentences that tell anything of its document or update, from 1; 0 if none */
	bool caption, heading; /* a live page's words above its updates count as a heading */
	bool habit;           /* speaks of what is done again and again ("every Monday"), not of an event */
	bool open_ended;      /* its time is "since", "until", "before" or "after" one */
	bool denied;          /* stands inside what another claim of its sentence denies */
} sr_proof;

/* A number with what it measures. */
typedef struct sr_measure {
	uint32_t proof;
	uint32_t concept; /* the concept nearest to the number; UINT32_MAX none */
	const sr_quantity *quantity;
	sr_term_set of;   /* terms of what is counted */
	sr_time as_of;
} sr_measure;

typedef struct sr_evidence {
	sr_arena *arena;
	sr_terms *terms;
	const sr_document **docs; /* of the story, oldest first; claim.doc indexes them */
	const sr_reading **readings;
	const uint32_t *doc_origin;
	size_t doc_count;
	sr_proof *proofs; /* by document, in order of the text */
	size_t proof_count;
	size_t *first_proof; /* of each document; doc_count + 1 entries */
	sr_measure *measures; /* the numbers of all proofs, years and clock times left out, in order */
	size_t measure_count;
} sr_evidence;

/* The claims of each document, as sr_claims_of gives them. */
typedef struct sr_doc_claims {
	const sr_claim *items;
	size_t count;
} sr_doc_claims;

/* docs, readings, origins and claims run parallel. The evidence is not changed after that and its terms are settled, so that it
 * may be looked at on several threads, each with a copy of the record that has an arena of its own. SR_E_NOMEM. */
sr_status sr_evidence_build(sr_arena *arena, sr_terms *terms, const sr_document **docs, const sr_reading **readings,
                            const uint32_t *doc_origin, const sr_doc_claims *claims, size_t doc_count,
                            sr_evidence *out, sr_error *err) SR_MUST_CHECK;

/* Whether two numbers measure the same thing. */
bool sr_measure_same(const sr_evidence *e, const sr_measure *a, const sr_measure *b);

/* Whether it counts people, or those of its concept ("26", "26 people", "26 dead"). */
bool sr_measure_of_people(const sr_evidence *e, const sr_measure *m);

/* Whether its words give the number of the whole: "dozens" leaves it open, "three of the wounded" are a part, and "three
 * more" come on top. */
bool sr_measure_exact(const sr_evidence *e, const sr_measure *m);

/* Whether their sentences name towns or regions, and none in common; and whether what is said names any. */
bool sr_measure_elsewhere(const sr_evidence *e, const sr_measure *a, const sr_measure *b);
bool sr_measure_in_town(const sr_evidence *e, const sr_measure *m);

/* The words of a span, and of a proof's content and sentence. */
sr_str sr_proof_text(const sr_evidence *e, const sr_proof *p, sr_span span);
static inline bool sr_proof_attributed(const sr_proof *p) { return p->claim.attribution != SR_NO_ATTRIBUTION; }

#endif
