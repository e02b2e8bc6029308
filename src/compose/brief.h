/* The brief while it is made: what brief.c chooses and sections.c writes. */
#ifndef SITREP_COMPOSE_BRIEF_H
#define SITREP_COMPOSE_BRIEF_H

#include "composer.h"

#include <math.h>

#define LINES_GATHERED_MAX 5u /* of a section, with those that have none of their own */

typedef struct draft_line {
	uint32_t proof;
	uint32_t dated_by; /* the proof by whose time it stands: itself, or the one that it introduces */
	sr_span shown;     /* its part of the sentence */
	sr_cites cites;
} draft_line;

typedef struct draft {
	sr_section section;
	draft_line lines[LINES_GATHERED_MAX];
	size_t count;
	sr_time newest;
	double weight;
	sr_time weightiest; /* when what its weightiest line tells was */
	bool disputed; /* a conflict with its sides */
} draft;

static inline double days_between(sr_time a, sr_time b) { return fabs((double)(sr_time_epoch(a) - sr_time_epoch(b))) / 86400.0; }

/* The day on which it happened, where that is told, else that of the report; what was said shortly before is of the report's day. */
sr_time brief_time_of(const composer *c, const sr_proof *p);
/* Puts the sections in order and writes them; worth: of each proof. They are used up. SR_E_NOMEM. */
sr_status brief_write(composer *c, draft *drafts, size_t count, const double *worth) SR_MUST_CHECK;

#endif
