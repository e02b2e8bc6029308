/* From stories to dossiers that verify. */
#include "engine_private.h"

#include "sitrep/base/threads.h"
#include "sitrep/claim.h"
#include "sitrep/compose.h"

typedef struct claims_job {
	sr_run *run;
	const sr_story *story;
	sr_doc_claims *out;
	sr_status *status; /* one a thread, and why */
	sr_error *err;
} claims_job;

static void claims_of_one(void *ctx, size_t i, unsigned worker)
{
	claims_job *job = ctx;
	uint32_t doc = job->story->docs[i];
	sr_claim *items;
	if (job->status[worker] != SR_OK)
		return;
	job->status[worker] = sr_claims_of(job->run->engine->claim_rules, &job->run->readings[doc], doc, job->run->worker_arenas[worker], &items,
	                                   &job->out[doc].count, &job->err[worker]);
	job->out[doc].items = items;
}

sr_status engine_claims(sr_run *run, const sr_story *story, sr_arena *arena, const sr_doc_claims **out, sr_error *err)
{
	claims_job job = { .run = run, .story = story, .out = SR_NEW_ARRAY(arena, sr_doc_claims, run->doc_count) };
	job.status = SR_NEW_ARRAY(arena, sr_status, run->worker_count);
	job.err = SR_NEW_ARRAY(arena, sr_error, run->worker_count);
	if (!job.out || !job.status || !job.err)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_parallel((unsigned)run->worker_count, story->doc_count, claims_of_one, &job);
	for (size_t i = 0; i < run->worker_count; i++)
		if (job.status[i] != SR_OK)
			return sr_fail(err, job.status[i], "%s", job.err[i].message);
	*out = job.out;
	return SR_OK;
}

static sr_status keep_what_holds(sr_run *run, sr_dossier *dossier, sr_arena *arena, sr_verdict *refused, sr_error *err)
{
	sr_verdict verdict;
	size_t dropped;
	SR_TRY(sr_verify_settle(dossier, (const sr_document *const *)run->docs, run->doc_count, (unsigned)run->worker_count, arena, refused, &verdict, &dropped, err));
	if (dossier->quote_count > SR_QUOTES_MAX)
		dossier->quote_count = SR_QUOTES_MAX;
	if (verdict.failure_count == 0)
		return SR_OK;
	return sr_fail(err, SR_E_REFUSED, "the dossier does not verify: %.*s: %.*s", SR_FMT(verdict.failures[0].where), SR_FMT(verdict.failures[0].reason));
}

static sr_status input_of_story(sr_run *run, size_t story, sr_arena *arena, sr_compose_input *out, sr_error *err)
{
	const sr_story *s = &run->stories[story];
	const sr_doc_claims *claims = run->claims;
	if (!claims)
		SR_TRY(engine_claims(run, s, arena, &claims, err));
	*out = (sr_compose_input){ .story = s, .docs = run->docs, .readings = run->readings, .claims = claims,
		                       .jobs = (unsigned)run->worker_count };
	return SR_OK;
}

/* The part of the tagger's model that compares sentences. */
static sr_status open_nli(sr_engine *engine, sr_error *err)
{
	if (!engine->tagger)
		SR_TRY(sr_tag_model_open(NULL, &engine->tagger, err));
	return engine->nli ? SR_OK : sr_nli_open(engine->tagger, &engine->nli, err);
}

sr_status sr_run_dossier(sr_run *run, size_t story, sr_arena *arena, sr_dossier *out, sr_verdict *refused, sr_error *err)
{
	sr_compose_input input;
	if (run->stories[story].doc_count > SR_DOSSIER_SOURCES_MAX) /* it could not be read back */
		return sr_fail(err, SR_E_LIMIT, "the story has %zu documents, and a dossier lists %u at most: give fewer sources, or split it", run->stories[story].doc_count, SR_DOSSIER_SOURCES_MAX);
	SR_TRY(input_of_story(run, story, arena, &input, err));
	if (!run->engine->gazetteer)
		SR_TRY(sr_gazetteer_open(NULL, &run->engine->gazetteer, err));
	input.gazetteer = run->engine->gazetteer;
	SR_TRY(open_nli(run->engine, err));
	input.nli = run->engine->nli;
	SR_TRY(sr_compose(&input, arena, out, err));
	return keep_what_holds(run, out, arena, refused, err);
}

sr_status sr_run_claims(sr_run *run, size_t story, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	sr_compose_input input;
	SR_TRY(input_of_story(run, story, arena, &input, err));
	return sr_compose_voices(&input, arena, out, err);
}
