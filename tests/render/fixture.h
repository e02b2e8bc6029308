/* Dossiers for the tests of render: an invented event, hostile words, and next to nothing. */
#ifndef SITREP_TESTS_RENDER_FIXTURE_H
#define SITREP_TESTS_RENDER_FIXTURE_H

#include "sitrep/render.h"

typedef struct fixture {
	sr_arena *arena;
	sr_dossier d;
	sr_str *texts; /* of source n at n - 1 */
	size_t text_count;
} fixture;

/* A fire in a railway tunnel, told by six sources of four origins; every cite is a real span. */
fixture *fixture_tunnel(void);
/* The same shape filled with what an attacker would write: every string of it is hostile. */
fixture *fixture_hostile(void);
/* A title, one line, one source, and nothing known besides. */
fixture *fixture_sparse(void);
void fixture_free(fixture *f);

/* The strings that fixture_hostile is made of, NULL-terminated. */
extern const char *const fixture_attacks[];

#endif
