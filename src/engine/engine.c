#include "engine_private.h"

#include "sitrep/base/threads.h"

#include <stdlib.h>
#include <time.h>

sr_status sr_engine_new(const sr_engine_options *options, sr_engine **out, sr_error *err)
{
	*out = NULL;
	sr_engine *engine = calloc(1, sizeof *engine);
	if (!engine)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	engine->options = *options;
	if (!engine->options.jobs)
		engine->options.jobs = sr_processors();
	if (!sr_time_known(engine->options.now))
		engine->options.now = sr_time_from_epoch((int64_t)time(NULL));
	if (!(engine->temporal = sr_temporal_new(err)) || !(engine->claim_rules = sr_claim_rules_new(err))) {
		sr_engine_free(engine);
		return err ? err->status : SR_E_NOMEM;
	}
	*out = engine;
	return SR_OK;
}

void sr_engine_free(sr_engine *engine)
{
	if (!engine)
		return;
	sr_claim_rules_free(engine->claim_rules);
	sr_gazetteer_free(engine->gazetteer);
	sr_temporal_free(engine->temporal);
	sr_nli_free(engine->nli);
	sr_tag_model_free(engine->tagger);
	free(engine);
}

sr_time sr_engine_now(const sr_engine *engine) { return engine->options.now; }

void engine_progress(const sr_engine *engine, const char *what, size_t done, size_t total)
{
	if (engine->options.progress)
		engine->options.progress(engine->options.progress_ctx, what, done, total);
}

sr_status sr_run_new(sr_engine *engine, sr_run **out, sr_error *err)
{
	sr_run *run = calloc(1, sizeof *run);
	*out = run;
	if (!run)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	run->engine = engine;
	run->worker_count = engine->options.jobs;
	run->arena = sr_arena_new(0);
	run->worker_arenas = calloc(run->worker_count, sizeof *run->worker_arenas);
	bool ok = run->arena && run->worker_arenas;
	for (size_t i = 0; ok && i < run->worker_count; i++)
		ok = (run->worker_arenas[i] = sr_arena_new(0)) != NULL;
	if (ok)
		return SR_OK;
	sr_run_free(run);
	*out = NULL;
	return sr_fail(err, SR_E_NOMEM, "out of memory");
}

void sr_run_free(sr_run *run)
{
	if (!run)
		return;
	for (size_t i = 0; run->worker_arenas && i < run->worker_count; i++)
		sr_arena_free(run->worker_arenas[i]);
	free(run->worker_arenas);
	sr_arena_free(run->arena);
	free(run);
}
