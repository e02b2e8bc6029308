/* The archive: the engine's layer between the pipeline and the store.
 *
 * It adds sources to the store (extracted, read, placed in the story stream), keeps the stories'
 * editions, and carries out corrections by hand. One handle belongs to one thread; it opens the models
 * when it first has to read or to write a dossier, so that looking costs little.
 *
 * Editions. Every change to a story marks it as due. What `sr_archive_add` or a correction touched gets
 * its edition at the end of the call, if the story has at most SR_ARCHIVE_EAGER_MAX documents; a larger one
 * when it is next looked at. Marks are in the store: a killed run is completed by the next one.
 *
 * Errors are those of the store and the engine; SR_E_NOT_FOUND: no such story, document or edition. What
 * is given out lives in the arena given. */
#ifndef SITREP_ENGINE_ARCHIVE_H
#define SITREP_ENGINE_ARCHIVE_H

#include "sitrep/engine.h"
#include "sitrep/store.h"

#define SR_ARCHIVE_EAGER_MAX 64u /* documents of a story whose edition is written at once */

typedef struct sr_archive sr_archive;

typedef struct sr_archive_options {
	sr_engine_options engine;
	const char *db; /* NULL: the default place */
	bool write;     /* without it the store is only read */
	bool create;    /* make the store where there is none */
} sr_archive_options;

/* As sr_store_open. */
sr_status sr_archive_open(const sr_archive_options *options, sr_archive **out, sr_error *err) SR_MUST_CHECK;
void sr_archive_close(sr_archive *archive); /* accepts NULL */
sr_store *sr_archive_store(sr_archive *archive); /* for lists and searches; the archive's own */
sr_time sr_archive_now(const sr_archive *archive);
/* The id that a story founded by this document would have. */
sr_str sr_archive_story_name(const sr_document *founder, sr_arena *arena);

/* ---- adding ----------------------------------------------------------------------------------- */

/* What happened to one story. */
typedef struct sr_archive_change {
	int64_t story;
	sr_str id, title;
	uint32_t added, revised, withdrawn; /* documents */
	uint32_t documents, origins;        /* now; origins 0: not counted yet */
	uint32_t edition;                   /* now; 0: not written yet */
	sr_str *joined;                     /* ids of stories that became part of it */
	size_t joined_count;
} sr_archive_change;

typedef struct sr_archive_report {
	sr_archive_change *stories; /* in order of the stories' numbers */
	size_t story_count;
	size_t added, revised, unchanged; /* documents */
	size_t known;                     /* sources that were in already, not looked into */
	sr_failure *failures;             /* sources and documents that could not be read, in order */
	size_t failure_count;
	sr_failure *notes;                /* what documents say of themselves ("cut after 2 MB") */
	size_t note_count;
} sr_archive_report;

/* Adds sources: files, folders (walked), "-". Memory is bounded by the largest single file, not by their number.
 * What was committed before a failure stays, and the same call completes the rest. */
sr_status sr_archive_add(sr_archive *archive, const char *const *sources, size_t count, sr_input_type type, sr_arena *arena,
                         sr_archive_report *report, sr_error *err) SR_MUST_CHECK;

/* ---- looking ---------------------------------------------------------------------------------- */

/* A story as a page: an edition, with the texts that it cites. */
typedef struct sr_archive_page {
	sr_dossier dossier;
	sr_str *texts; /* by number of the source; empty where the original is gone */
	sr_document **originals;
	size_t original_count; /* of both: one a source */
	sr_str stale;          /* why this is an older edition, though the story has changed since; empty: it is not */
} sr_archive_page;

/* The edition (0: the latest). If the story changed since its latest edition, the next one is written first,
 * and kept if the archive may write; one that does not verify is not written, and the edition before is given. since: an earlier edition, whose changes to this one are
 * listed instead of those to the edition before (0: leave them). */
sr_status sr_archive_show(sr_archive *archive, int64_t story, uint32_t edition, uint32_t since, sr_arena *arena,
                          sr_archive_page *out, sr_error *err) SR_MUST_CHECK;

/* The documents of a story as the run of an engine, analysed, as one story. Free with sr_run_free. */
sr_status sr_archive_run(sr_archive *archive, int64_t story, sr_run **out, sr_error *err) SR_MUST_CHECK;

/* Finds the stored revision with the hash and the path of each source of a dossier: originals[i] is that of
 * sources[i], NULL where the store does not have it. */
sr_status sr_archive_originals(sr_archive *archive, const sr_dossier *dossier, sr_arena *arena, sr_document ***originals,
                               sr_error *err) SR_MUST_CHECK;

/* ---- corrections by hand ---------------------------------------------------------------------- */

/* Records the correction, carries it out in store and stream, and writes the editions due. For SPLIT,
 * correction->other comes back; for the others see sr_store_correct. */
sr_status sr_archive_correct(sr_archive *archive, sr_store_correction *correction, sr_arena *arena, sr_archive_report *report,
                             sr_error *err) SR_MUST_CHECK;

/* ---- after a salvage -------------------------------------------------------------------------- */

/* Makes a store that sr_store_salvage wrote ready for use: what it remembers of its documents is made anew, those
 * whose story was lost are placed, and stories whose editions were lost get one. Opens and ends its own transactions. */
sr_status sr_archive_remember(sr_archive *archive, sr_error *err) SR_MUST_CHECK;

/* ---- changes ---------------------------------------------------------------------------------- */

/* Fills after->changes with what is new, strengthened (more origins), contradicted (a conflict was opened
 * against it) and withdrawn (its source was taken back or corrected) since before. Lines keep
 * the words of the edition they come from; their cites number the sources of after. texts (may be
 * NULL): the text of each source of after, so that a sentence that still stands in a corrected page is not
 * called withdrawn. SR_E_NOMEM. */
sr_status sr_changes_find(const sr_dossier *before, sr_dossier *after, const sr_str *texts, sr_arena *arena, sr_error *err)
	SR_MUST_CHECK;

#endif
