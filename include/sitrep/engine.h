/* The engine: runs the line from sources to dossiers.
 *
 * sr_engine holds what is made once and shared by threads (rules, models). sr_run holds the documents
 * and readings of one run; everything it gives out lives until sr_run_free. A source that cannot be
 * read is a recorded failure, not the end of the run. Results do not depend on the number of threads. */
#ifndef SITREP_ENGINE_H
#define SITREP_ENGINE_H

#include "sitrep/core/claim.h"
#include "sitrep/core/dossier.h"
#include "sitrep/core/reading.h"
#include "sitrep/core/story.h"
#include "sitrep/extract.h"
#include "sitrep/verify.h"

#define SR_SOURCE_BYTES_MAX ((size_t)256 << 20)
#define SR_SOURCE_FILES_MAX ((size_t)1000000)

typedef struct sr_engine_options {
	unsigned jobs; /* threads; 0: one a processor */
	sr_time now;   /* the clock of the run; unknown: the system's */
	bool dossiers; /* dossiers will be asked for: what they need is opened while the sources are read */
	/* Called from time to time by the thread that runs the engine; may be NULL. */
	void (*progress)(void *ctx, const char *what, size_t done, size_t total);
	void *progress_ctx;
} sr_engine_options;

typedef struct sr_engine sr_engine;
/* SR_E_NOMEM, SR_E_NOT_FOUND or SR_E_CORRUPT for a missing or damaged model or table. */
sr_status sr_engine_new(const sr_engine_options *options, sr_engine **out, sr_error *err) SR_MUST_CHECK;
void sr_engine_free(sr_engine *engine);
sr_time sr_engine_now(const sr_engine *engine);

typedef struct sr_failure {
	sr_str path;
	sr_status status;
	sr_str reason;
} sr_failure;

typedef struct sr_run {
	sr_engine *engine;
	sr_arena *arena;          /* of the run's own records */
	sr_arena **worker_arenas; /* one a thread */
	size_t worker_count;
	sr_document **docs;
	size_t doc_count;
	sr_reading *readings; /* one a document, after sr_run_read */
	sr_failure *failures; /* in the order of the sources */
	size_t failure_count;
	sr_story *stories; /* after sr_run_group, largest first, then newest */
	size_t story_count;
	const struct sr_doc_claims *claims; /* of every document, if made ahead of the dossier; or NULL */
} sr_run;

sr_status sr_run_new(sr_engine *engine, sr_run **out, sr_error *err) SR_MUST_CHECK;
void sr_run_free(sr_run *run);

/* Reads and extracts sources: files, folders (walked), "-" for standard input. */
sr_status sr_run_load(sr_run *run, const char *const *sources, size_t count, sr_input_type type, sr_error *err)
	SR_MUST_CHECK;
/* A page that prints no year has the year that the clock or its company gives it. Here it takes that of a dossier made of it, so that the
 * dossier holds against the same pages at any time. Before the run is read. SR_E_NOMEM. */
sr_status sr_run_take_years(sr_run *run, const sr_dossier *dossier, sr_error *err) SR_MUST_CHECK;
/* Analyses every document. */
sr_status sr_run_read(sr_run *run, sr_error *err) SR_MUST_CHECK;
/* Groups the documents into stories. */
sr_status sr_run_group(sr_run *run, sr_error *err) SR_MUST_CHECK;
/* Writes the dossier of one story and verifies it: what fails is left out, and listed in refused (may
 * be NULL). SR_E_REFUSED if what fails cannot be left out, SR_E_LIMIT if it has more documents than a dossier may list. */
sr_status sr_run_dossier(sr_run *run, size_t story, sr_arena *arena, sr_dossier *out, sr_verdict *refused,
                         sr_error *err) SR_MUST_CHECK;
/* Who said what in one story: a dossier that holds its head, its voices and its sources only. */
sr_status sr_run_claims(sr_run *run, size_t story, sr_arena *arena, sr_dossier *out, sr_error *err) SR_MUST_CHECK;

#endif
