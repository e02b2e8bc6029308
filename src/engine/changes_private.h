/* Shared by changes.c and changes_withdrawn.c: the statements of two editions, and where their sources went. */
#ifndef SITREP_ENGINE_CHANGES_PRIVATE_H
#define SITREP_ENGINE_CHANGES_PRIVATE_H

#include "engine_private.h"

typedef struct statement {
	sr_str text, key; /* key: folded */
	sr_str who;       /* who says it, where the text does not tell */
	sr_cites cites;   /* numbered as in the edition after; sources that are not in it have number 0 */
	sr_cites said;    /* as its own edition numbers them */
	uint32_t origins;
	bool fresh;       /* after: cites a source that was not there before */
	bool lost;        /* before: cites a source that was taken back or replaced */
	bool headline;    /* may stand in the list of what is new: not a mere entry of a list */
	uint32_t conflict; /* of the edition after: its number from 1, for a position */
} statement;

typedef SR_VEC(statement) statements;
typedef SR_VEC(sr_line) lines;

typedef struct source_map {
	uint32_t n;        /* of the edition after; 0: not in it */
	uint32_t successor; /* the page that took its place: another text at the same address */
	bool taken_back;
	bool replaced; /* the edition after lists it only as the earlier state of another */
} source_map;

typedef struct finder {
	const sr_dossier *before;
	sr_dossier *after;
	const sr_str *texts;
	sr_arena *arena;
	source_map *map; /* one a source of before */
	bool *known;     /* one a source of after: it was there before */
	statements old, now;
} finder;

/* The place of the source with that number; SIZE_MAX: the dossier lists none. */
size_t changes_source(const sr_dossier *d, uint32_t n);
/* Puts a statement on a list once; cites of sources that are gone are left out. */
sr_status changes_put(finder *f, lines *list, const statement *s) SR_MUST_CHECK;
/* changes_withdrawn.c: what leaned on a source that was taken back or replaced, and is said no more. */
sr_status changes_list_withdrawn(finder *f, lines *out) SR_MUST_CHECK;

#endif
