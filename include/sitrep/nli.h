/* Whether two sentences of reports of one event can both be true: natural language inference of pairs.
 *
 * An encoder of the reading model's file reads both sentences in one go (a cross-encoder: Devlin et al. 2019), with layers of its
 * own over the reader's words, and tells how sure it is that they contradict each other, and in what. It learnt from pairs
 * written for this project (train/nli). It knows nothing of who speaks and when: the rules of conflict decide which pairs it is
 * asked about, and what becomes of its answer. The answer depends on the two texts alone: not on threads, batches or kernels; so a few
 * thousand answers are remembered, for a story's next edition. */
#ifndef SITREP_NLI_H
#define SITREP_NLI_H

#include "sitrep/core/dossier.h"
#include "sitrep/tag.h"

typedef struct sr_nli sr_nli;

typedef struct sr_nli_pair {
	sr_str a, b; /* in any order: the answer is the same */
} sr_nli_pair;

typedef struct sr_nli_answer {
	float contradict;       /* log odds: above 0, rather yes than no, as far as the pairs go that it learnt from */
	sr_conflict_kind kind;  /* in what, if they do */
} sr_nli_answer;

/* The tagger's model, which outlives it. SR_E_CORRUPT if the model lacks the part, SR_E_NOMEM. */
sr_status sr_nli_open(const sr_tag_model *model, sr_nli **out, sr_error *err) SR_MUST_CHECK;
void sr_nli_free(sr_nli *nli);

/* Any number of threads may ask at once. answers[i] of pairs[i], on up to `threads` threads (0: as many as processors). Of a long text the beginning is read. SR_E_NOMEM. */
sr_status sr_nli_judge(const sr_nli *nli, const sr_nli_pair *pairs, size_t count, unsigned threads, sr_nli_answer *answers, sr_error *err) SR_MUST_CHECK;

#endif
