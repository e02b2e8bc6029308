/* What the files that walk over a dossier share: one part of it, its cites, and how it fails. */
#ifndef SITREP_VERIFY_WALK_H
#define SITREP_VERIFY_WALK_H

#include "align.h"

/* One thing to check, where it is and how it reads. */
typedef struct sr_vpart {
	sr_part kind;
	uint32_t at[3];
	char where[96];
	sr_str text;
} sr_vpart;

#define SR_CHANGES_STRENGTHENED 1u /* lists of changes, by number */
#define SR_CHANGES_CONTRADICTED 2u
#define SR_CHANGES_WITHDRAWN 3u

/* parts.c. where is a printf format. */
sr_vpart sr_part_at(sr_part kind, uint32_t a, uint32_t b, uint32_t c, sr_str text, const char *where, ...) __attribute__((format(printf, 6, 7)));
void sr_part_fails(sr_vcontext *ctx, const sr_vpart *p, sr_str reason);
/* The words follow from the cites, which have been resolved. */
sr_status sr_check_text(sr_vcontext *ctx, const sr_vpart *p, const sr_vcite *cites, size_t count, sr_vmode mode) SR_MUST_CHECK;
/* A line with its cites; date and until, if known, must each follow from one of them. */
sr_status sr_check_line(sr_vcontext *ctx, const sr_vpart *p, sr_cites cites, sr_vmode mode, sr_time date, sr_time until) SR_MUST_CHECK;
/* Speaker, role and channel of a record against one cite; said must follow from it. */
sr_status sr_check_speaker(sr_vcontext *ctx, const sr_vpart *p, sr_str who, sr_str role, sr_str via, sr_time said, const sr_vcite *cite, bool *holds) SR_MUST_CHECK;

/* Who is told to be named bears a name, not "one woman", "the operator", "residents of Oss"; and who is told not to be bears none, as
 * far as the document (may be NULL) shows it. */
sr_status sr_check_named(sr_vcontext *ctx, const sr_vpart *p, sr_str who, bool named, const sr_document *doc) SR_MUST_CHECK;

/* cites.c. The source of that number with its original; NULL if there is none. */
const sr_source *sr_verify_source(const sr_vcontext *ctx, uint32_t n, const sr_document **doc);
/* Resolves cites into out (as many as there are). False, with the failure recorded, if one is bad. */
bool sr_cites_resolve(sr_vcontext *ctx, const sr_vpart *p, const sr_cite *cites, size_t count, sr_vcite *out);
/* Appends those that resolve, as far as there is room for SR_VERIFY_CITES_MAX in out; the others fail elsewhere. */
void sr_cites_append(const sr_vcontext *ctx, sr_cites cites, sr_vcite *out, size_t *count);
/* True, with the failure recorded, if one of them is of words that no longer stand. */
bool sr_cites_taken_back(sr_vcontext *ctx, const sr_vpart *p, const sr_vcite *cites, size_t count);

/* origins.c. Notes the outlets of the sources, whose originals have been found. */
sr_status sr_origins_know(sr_vcontext *ctx) SR_MUST_CHECK;
/* The number of distinct origins of the cites; vias (may be NULL): per cite, who relays it. */
sr_status sr_origins_of(sr_vcontext *ctx, const sr_vcite *cites, const sr_str *vias, size_t count, uint32_t *n) SR_MUST_CHECK;
/* The number told is that of the cites, or a lower one where somebody says so through whom cannot be seen. */
sr_status sr_check_origins(sr_vcontext *ctx, const sr_vpart *p, uint32_t told, sr_cites cites) SR_MUST_CHECK;
/* Records that the part tells a wrong number, which pruning puts right. */
void sr_origins_wrong(sr_vcontext *ctx, const sr_vpart *p, uint32_t told, uint32_t right);

/* standing.c. Whether a conflict stands as it says, and is of its kind, by the cites of its holders; empty if so, else the reason. */
sr_status sr_standing_holds(sr_vcontext *ctx, const sr_conflict *x, sr_str *reason) SR_MUST_CHECK;
sr_status sr_dispute_stands(sr_vcontext *ctx, const sr_conflict *x, const sr_vcite *cites, size_t count, sr_str *reason) SR_MUST_CHECK;
/* Somebody who holds a side of a conflict is cited with one of the cites. */
bool sr_is_held(const sr_vcontext *ctx, sr_cites cites);
/* The cites show why that is not known. */
sr_status sr_unknown_stands(sr_vcontext *ctx, sr_unknown_reason why, const sr_vcite *cites, size_t count, bool *holds) SR_MUST_CHECK;
/* "Contradicts NAME": who is named holds the other side of an open conflict that the update tells a side of, and held it before. */
sr_status sr_note_stands(sr_vcontext *ctx, const sr_update *u, const sr_vcite *cites, size_t count, bool *holds) SR_MUST_CHECK;

/* questions.c. Besides its words, their order: empty if the question is a frame around what the cites say, else the reason. holders: who
 * holds what each cites says. */
sr_status sr_question_holds(sr_vcontext *ctx, sr_str question, const sr_vcite *cites, const sr_str *holders, size_t count, sr_str names, sr_str *reason) SR_MUST_CHECK;

/* figures.c */
sr_status sr_check_figure(sr_vcontext *ctx, uint32_t f) SR_MUST_CHECK;

/* head.c. After the sources. */
sr_status sr_check_head(sr_vcontext *ctx) SR_MUST_CHECK;
/* sources.c. Notes i, from 1, under the key (unset: memory is out; empty: nothing to note), unless one stands there before it. */
sr_status sr_note_first(sr_strmap *map, sr_str key, size_t i) SR_MUST_CHECK;
bool sr_prints_alike(sr_vcontext *ctx, sr_time a, sr_time b);

/* disputes.c */
sr_status sr_check_conflict(sr_vcontext *ctx, uint32_t c) SR_MUST_CHECK;
/* The names of all who hold a position in any conflict. */
sr_status sr_holders_named(sr_vcontext *ctx, sr_str *all) SR_MUST_CHECK;

#endif
