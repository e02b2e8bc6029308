/* Answers that were given before: a story's next edition asks mostly about the same pairs. */
#ifndef SITREP_NLI_MEMORY_H
#define SITREP_NLI_MEMORY_H

#include "sitrep/nli.h"

typedef struct nli_memory nli_memory;

/* NULL: no memory. */
nli_memory *nli_memory_new(void);
void nli_memory_free(nli_memory *m);

/* Takes from the memory what it knows: *unknown are the numbers of the others, in order, room for count. On any thread. */
void nli_memory_recall(nli_memory *m, const sr_nli_pair *pairs, size_t count, sr_nli_answer *answers, size_t *unknown, size_t *unknown_count);
/* Keeps the answers of those pairs; of two that fall on one place the later stays. */
void nli_memory_keep(nli_memory *m, const sr_nli_pair *pairs, const sr_nli_answer *answers, const size_t *which, size_t count);

#endif
