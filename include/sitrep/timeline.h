/* Timeline: what happened when, from the claims of one story.
 *
 * An entry is one event with every proof that gives it the same date; entries are in order of date.
 * Only dates that an expression of the text gives are used, never the date of publication alone. */
#ifndef SITREP_TIMELINE_H
#define SITREP_TIMELINE_H

#include "sitrep/evidence.h"

typedef struct sr_moment {
	sr_time when, until;
	uint32_t *proofs; /* the one to be shown first */
	size_t proof_count;
	double weight;
} sr_moment;

#define SR_TIMELINE_MAX 60
#define SR_TIMELINE_PER_DAY 5

/* Whether a reader of that sentence alone learns what happened. */
typedef bool (*sr_tells)(const void *ctx, const sr_proof *proof);

/* Entries by date, of the proofs that tell an event, borne out by others as well; at most SR_TIMELINE_PER_DAY for one date and
 * SR_TIMELINE_MAX in all, fewer of a few reports, the weightiest kept. Owned by the evidence's arena. SR_E_NOMEM. */
sr_status sr_timeline_build(sr_evidence *evidence, sr_tells tells, const void *ctx, sr_moment **out, size_t *count, sr_error *err) SR_MUST_CHECK;

#endif
