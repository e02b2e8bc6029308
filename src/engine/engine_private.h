#ifndef SITREP_ENGINE_PRIVATE_H
#define SITREP_ENGINE_PRIVATE_H

#include "sitrep/claim.h"
#include "sitrep/engine.h"
#include "sitrep/gazetteer.h"
#include "sitrep/tag.h"
#include "sitrep/temporal.h"

struct sr_engine {
	sr_engine_options options;
	sr_tag_model *tagger; /* opened by the first analysis */
	sr_gazetteer *gazetteer; /* opened by the first dossier */
	sr_temporal *temporal;
	sr_claim_rules *claim_rules;
};

/* One stage of the analysis; see stages.c. */
sr_status engine_read_document(const sr_engine *engine, sr_arena *arena, sr_document *doc, sr_reading *out,
                               sr_error *err);
/* Marks articles that a notice of their own outlet takes back; see withdraw.c. */
sr_status engine_settle_withdrawals(sr_run *run, sr_error *err);
/* Gives pages without years theirs; see years.c. */
sr_status engine_settle_years(sr_run *run, sr_error *err);
void engine_progress(const sr_engine *engine, const char *what, size_t done, size_t total);
/* Records a failure; out of memory only makes the record shorter. */
void run_fail(sr_run *run, sr_str path, const sr_error *err);

#endif
