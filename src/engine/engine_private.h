#ifndef SITREP_ENGINE_PRIVATE_H
#define SITREP_ENGINE_PRIVATE_H

#include "sitrep/claim.h"
#include "sitrep/engine.h"
#include "sitrep/gazetteer.h"
#include "sitrep/nli.h"
#include "sitrep/tag.h"
#include "sitrep/temporal.h"

struct sr_engine {
	sr_engine_options options;
	sr_tag_model *tagger; /* opened by the first analysis */
	sr_nli *nli; /* opened by the first dossier */
	sr_gazetteer *gazetteer; /* opened by the first dossier */
	sr_temporal *temporal;
	sr_claim_rules *claim_rules;
};

/* One stage of the analysis; see stages.c. */
sr_status engine_read_document(const sr_engine *engine, sr_arena *arena, sr_document *doc, sr_reading *out,
                               sr_error *err);
/* Marks articles that a notice of their own outlet takes back; see withdraw.c. */
sr_status engine_settle_withdrawals(sr_run *run, sr_error *err);
/* What that stands on. The headlines, as keys, that a document says are taken back: SR_E_NOMEM. */
typedef SR_VEC(sr_str) engine_headlines;
sr_status engine_headlines_taken_back(const sr_document *d, sr_arena *arena, engine_headlines *out);
/* The key of a headline; empty for one too short or too long to be told by. */
sr_str engine_headline_key(sr_arena *arena, sr_str title);
/* Whether the notice may take back an article of that headline: one of its own outlet, not newer. */
bool engine_takes_back(const sr_document *notice, const sr_document *article);
/* Gives pages without years theirs; see years.c. */
sr_status engine_settle_years(sr_run *run, sr_error *err);
/* The claims of a story's documents, by the run's documents; they live in the arenas of the run's threads, the list in arena. */
sr_status engine_claims(sr_run *run, const sr_story *story, sr_arena *arena, const struct sr_doc_claims **out, sr_error *err);
void engine_progress(const sr_engine *engine, const char *what, size_t done, size_t total);
/* The order in which a run and the archive look at the documents of a story, whatever order they came in. */
int engine_by_publication(const sr_document *x, const sr_document *y);
/* The files of one SOURCE: itself, or those of a folder. What cannot be listed is a failure of the run, and
 * *count is 0. SR_E_NOMEM. */
sr_status engine_list_source(sr_run *run, const char *name, sr_str **paths, size_t *count, sr_error *err);
/* Records a failure; out of memory only makes the record shorter. */
void run_fail(sr_run *run, sr_str path, const sr_error *err);
/* Lists the lines of a source that were no article. */
void run_fail_lines(sr_run *run, sr_str path, const sr_documents *docs);

#endif
