/* The open gazetteer, and looking a name up in it. */
#ifndef SITREP_SRC_GAZETTEER_INTERNAL_H
#define SITREP_SRC_GAZETTEER_INTERNAL_H

#include "keys.h"
#include "sitrep/base/file.h"
#include "sitrep/gazetteer.h"

#define GAZ_CANDIDATES_MAX 1000u

struct sr_gazetteer {
	sr_mapping mapping;
	const gaz_header *header;
	const gaz_place *places;
	const gaz_key *keys;
	const char *names;
};

typedef struct gaz_candidate {
	uint32_t place;
	bool demonym, loose;
	double fixed; /* what does not depend on the story's other places */
} gaz_candidate;

typedef struct gaz_found {
	gaz_candidate *items;
	size_t count, capacity;
} gaz_found;

/* Appends the places that have the form as a key. False if out of memory. */
bool gaz_find(const sr_gazetteer *g, sr_str form, bool loose, sr_arena *arena, gaz_found *out);
sr_str gaz_name(const sr_gazetteer *g, const gaz_place *p);
sr_str gaz_region_name(const sr_gazetteer *g, const gaz_place *p);

/* context.c: what stands around a name. */
typedef struct gaz_context {
	bool person, other; /* not a place at all */
	bool government;
	int kind;           /* the kind that a word beside it asks for ("region"), or -1 */
	gaz_found around;   /* countries and regions named right beside it ("…, Texas", "the Syrian town of …") */
} gaz_context;
bool gaz_read_context(const sr_gazetteer *g, const sr_place_mention *m, sr_arena *arena, gaz_context *out);
/* The folded name without type words and directions; *kind as above, unchanged where none was there. */
sr_str gaz_plain_name(sr_str folded, int *kind);
/* The folded form in the arena. */
sr_str gaz_fold_dup(sr_arena *arena, sr_str name);

#endif
