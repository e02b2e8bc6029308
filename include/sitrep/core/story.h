/* A story: the documents of one unfolding event and the independent origins among them. */
#ifndef SITREP_CORE_STORY_H
#define SITREP_CORE_STORY_H

#include "sitrep/core/reading.h"

typedef struct sr_story {
	sr_str id;       /* short and permanent, made from its first document */
	uint32_t *docs;  /* indexes into the run's documents, oldest publication first */
	size_t doc_count;
	uint32_t *origin; /* per entry of docs: number of its independent origin, from 1 */
	uint32_t origin_count;
} sr_story;

#endif
