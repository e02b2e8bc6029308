/* Verification: proves that a dossier says nothing that its sources do not say.
 *
 * It stands at the door and shares no code with the composer. It is given a dossier and the
 * originals and proves, for every line, quotation, figure, position and entry:
 *   - each cite names a source of the dossier whose original is here and has the same SHA-256;
 *   - the span is in bounds, on UTF-8 and word borders, trimmed, not empty and not overlong;
 *   - the words are a source's own words in order, possibly with parts left out, or words of the
 *     fixed frames of data/verify.tsv; numbers agree by value; a quotation stands unbroken inside
 *     quotation marks of the source; nothing that turns the meaning (a negation, a denial, a
 *     hedge, the speaker) was left out; every cite carries part of the line;
 *   - dates stand in the span or follow from it and the time at which the source said it.
 * The word alignment is a dynamic program over words (a longest-subsequence alignment with
 * penalties for gaps, after Needleman and Wunsch 1970). It proves support of form, not truth.
 *
 * Everything returned lives in the arena given. */
#ifndef SITREP_VERIFY_H
#define SITREP_VERIFY_H

#include "sitrep/core/dossier.h"

#define SR_VERIFY_SPAN_MAX 1500u    /* bytes: a longer cite proves nothing */
#define SR_VERIFY_CITES_MAX 48u     /* cites of one line */
#define SR_VERIFY_LINE_MAX 4096u    /* bytes of one line */
#define SR_VERIFY_FAILURES_MAX 5000u
#define SR_DOSSIER_ITEMS_MAX 20000u /* entries of any one list in a dossier read back, but of its sources */
#define SR_DOSSIER_ENTRIES_MAX 100000u /* of all lists together, but of its sources: each may cost a look at a whole page */
#define SR_DOSSIER_SOURCES_MAX 200000u /* no dossier with more is written */

typedef enum sr_part {
	SR_PART_STORY,
	SR_PART_PLACE,
	SR_PART_ENTITY,
	SR_PART_SOURCE,
	SR_PART_HEADING,
	SR_PART_SENTENCE,
	SR_PART_QUESTION,
	SR_PART_STANDING, /* of a conflict: its status, and what settles it */
	SR_PART_POSITION,
	SR_PART_HOLDER,
	SR_PART_UNKNOWN,
	SR_PART_QUOTE,
	SR_PART_FIGURE,
	SR_PART_POINT,
	SR_PART_EVENT,
	SR_PART_UPDATE,
	SR_PART_NOTE, /* of an update */
	SR_PART_CHANGE
} sr_part;

typedef struct sr_flaw {
	sr_part part;
	uint32_t at[3]; /* indices down to the part: section and line, conflict, position and holder */
	uint64_t idle;  /* the line holds, but not these of its cites (bit n: cite n); 0: the part itself fails */
	uint32_t origins; /* it holds, but for its number of origins, which is this one; 0: the part itself fails */
	bool named;     /* it holds, but for that its speaker is told not to be named, who is; false: the part itself fails */
	sr_str where;   /* as a path of the JSON: `brief[0].sentences[2]` */
	sr_str text;    /* what failed, as printed */
	sr_str reason;
} sr_flaw;

typedef struct sr_verdict {
	sr_flaw *failures;
	size_t failure_count; /* 0: everything holds */
	size_t lines;         /* things checked: lines, quotes, positions, points, entries */
	size_t cites;         /* cites checked */
} sr_verdict;

/* Checks dossier against the originals, which may be more than needed and in any order. They are
 * matched to sources by SHA-256 and, where several share it, by path. A failed check is not an
 * error: SR_OK with failures in verdict. jobs: threads, 0 for all processors; the verdict is the same on any number.
 * SR_E_NOMEM. */
sr_status sr_verify(const sr_dossier *dossier, const sr_document *const *originals, size_t count, unsigned jobs,
                    sr_arena *arena, sr_verdict *verdict, sr_error *err) SR_MUST_CHECK;

/* Takes out of dossier, in place, every part (or only the idle cites) that verdict says failed, puts right a number of origins
 * or a name that is told to be none, where that alone is wrong, and takes out what is left empty by that (a section without lines, a position without holders, a conflict with fewer than two
 * positions). Failures of the story's own numbers or of a source cannot be cured by leaving a line
 * out: they are counted in the result, and the dossier must not be printed unless it is 0. */
size_t sr_verify_prune(sr_dossier *dossier, const sr_verdict *verdict);

/* Verifies and prunes until what is left holds, which takes a few rounds, because a part may lean on
 * one that went; what held is not looked at again. *dropped counts what was taken out. first (may be NULL) is the
 * verdict of the first round, verdict that of the last: if it still has failures, they are of a kind that leaving out
 * does not cure. */
sr_status sr_verify_settle(sr_dossier *dossier, const sr_document *const *originals, size_t count, unsigned jobs, sr_arena *arena,
                           sr_verdict *first, sr_verdict *verdict, size_t *dropped, sr_error *err) SR_MUST_CHECK;

/* Reads a dossier back from the contract's JSON. Unknown members are passed over, but a page of claims is no dossier. SR_E_INVALID
 * names the member that is missing or of the wrong kind; SR_E_LIMIT, SR_E_NOMEM. */
sr_status sr_dossier_read(sr_str json, sr_arena *arena, sr_dossier *dossier, sr_error *err) SR_MUST_CHECK;

#endif
