/* Conflict: where the claims of one story cannot all be true, and who stands on which side.
 *
 * Claims are paired by rule, and a pair counts only between different speakers on the same matter. Where two sentences are
 * alike as a whole and differ in one thing, a rule only proposes and weighed features decide (sr_conflict_candidates):
 *   state     opposite concepts ("captured", "still hold") near the same thing;
 *   denial    one says it, the other denies or negates it;
 *   blame     one accuses or blames, the other rejects that;
 *   quantity  the same measure for the same day with values that do not overlap;
 *   date      the same event on different days.
 * Pairs that share claims are one conflict with as many sides as positions. */
#ifndef SITREP_CONFLICT_H
#define SITREP_CONFLICT_H

#include "sitrep/core/dossier.h"
#include "sitrep/evidence.h"
#include "sitrep/nli.h"

/* A claim as it takes part: the word, number or date that the conflict turns on. */
typedef struct sr_stand {
	uint32_t proof; /* into evidence.proofs */
	sr_span focus;  /* of that word, number or date, in the proof's document */
	uint32_t reply; /* the proof, from 1, in which the speaker of a denial without words of its own says what he holds; 0: none */
} sr_stand;

typedef struct sr_side {
	sr_stand *stands; /* in order of the evidence */
	size_t count;
} sr_side;

typedef struct sr_contrast {
	sr_conflict_kind kind;
	sr_conflict_status status;
	sr_settled_by settled_by;
	sr_side sides[2]; /* asserting, denying; or the one and the other */
	double weight;    /* heavier ones matter more */
	uint64_t identity; /* a hash of what is disputed: of the kind and of the words that the first claims of both sides share */
} sr_contrast;

#define SR_CONTRASTS_MAX 64

/* What is weighed of a pair, by data/conflict-judge.tsv, before the model's encoder of pairs is asked about it. */
#define SR_CANDIDATE_FEATURES 34u
extern const char *const sr_candidate_feature_names[SR_CANDIDATE_FEATURES];

/* Two claims that may contradict each other. */
typedef struct sr_candidate {
	uint32_t a, b; /* proofs */
	double features[SR_CANDIDATE_FEATURES]; /* each about 0 to 1 */
	double score;  /* by which the likeliest are chosen */
} sr_candidate;

/* All pairs of claims that might be asked about, owned by the evidence's arena: for those who weigh the features. SR_E_NOMEM. */
sr_status sr_conflict_candidates(sr_evidence *evidence, sr_candidate **out, size_t *count, sr_error *err) SR_MUST_CHECK;

/* Contrasts in order of weight, owned by the evidence's arena. nli NULL: by rules alone. jobs: threads, 0 for all processors. SR_E_NOMEM. */
sr_status sr_conflict_find(sr_evidence *evidence, const sr_nli *nli, unsigned jobs, sr_contrast **out, size_t *count, sr_error *err) SR_MUST_CHECK;

#endif
