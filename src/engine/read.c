/* From documents to readings: the stages of the analysis, in order, on several threads. */
#include "engine_private.h"

#include "sitrep/base/threads.h"
#include "sitrep/claim.h"
#include "sitrep/lang.h"
#include "sitrep/temporal.h"

typedef sr_status (*stage_fn)(const sr_engine *engine, sr_arena *arena, sr_reading *reading, sr_error *err);

/* The tagger has read what is English, all documents at once; the rest gets words and sentences only. */
static sr_status stage_segment(const sr_engine *engine, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	(void)engine;
	return reading->tokens ? SR_OK : sr_lang_segment(arena, reading, err);
}

static sr_status stage_temporal(const sr_engine *engine, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	return sr_temporal_read(engine->temporal, arena, reading, err);
}

/* A stamp that the text or the clock speaks against is kept, and said to be doubtful. */
static sr_status note_doubt(const sr_engine *engine, sr_arena *arena, sr_document *doc, const sr_reading *reading, sr_error *err)
{
	sr_date_doubt doubt = sr_temporal_doubt(reading, engine->options.now);
	if (doubt == SR_DATE_PLAUSIBLE || doubt == SR_DATE_UNKNOWN)
		return SR_OK;
	sr_str *notes = SR_NEW_ARRAY(arena, sr_str, doc->note_count + 1);
	if (!notes)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < doc->note_count; i++)
		notes[i] = doc->notes[i];
	notes[doc->note_count++] = sr_str_printf(arena, "its publication date is doubtful (%s)", sr_date_doubt_name(doubt));
	doc->notes = notes;
	return SR_OK;
}

static sr_status stage_claim(const sr_engine *engine, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	return sr_claim_read(engine->claim_rules, arena, reading, err);
}

/* Each stage uses what the ones before it found. */
static const stage_fn stages[] = { stage_segment, stage_temporal, stage_claim };

sr_status engine_read_document(const sr_engine *engine, sr_arena *arena, sr_document *doc, sr_reading *out,
                               sr_error *err)
{
	out->doc = doc;
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
		SR_TRY(stages[i](engine, arena, out, err));
	return note_doubt(engine, arena, doc, out, err);
}

/* Tokens, syntax and names of every document whose language is English or not known. */
static sr_status tag_all(sr_run *run, sr_error *err)
{
	sr_engine *engine = run->engine;
	sr_tag_job *jobs = SR_NEW_ARRAY(run->arena, sr_tag_job, run->doc_count);
	size_t n = 0;
	if (run->doc_count && !jobs)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!engine->tagger)
		SR_TRY(sr_tag_model_open(NULL, &engine->tagger, err));
	for (size_t i = 0; i < run->doc_count; i++) {
		sr_document *doc = run->docs[i];
		if (!doc->language.len)
			doc->language = sr_lang_detect(doc->text);
		if (!doc->language.len || sr_str_eq(doc->language, SR_STR("en")))
			jobs[n++] = (sr_tag_job){ .doc = doc, .arena = run->arena, .reading = &run->readings[i] };
	}
	return sr_tag_documents(engine->tagger, jobs, n, engine->options.jobs, err);
}

typedef struct reading_job {
	sr_run *run;
	sr_error *errors;
	sr_status *statuses;
} reading_job;

static void read_one(void *ctx, size_t i, unsigned worker)
{
	reading_job *job = ctx;
	sr_run *run = job->run;
	job->statuses[i] = engine_read_document(run->engine, run->worker_arenas[worker], run->docs[i], &run->readings[i],
	                                        &job->errors[i]);
	if (worker == 0)
		engine_progress(run->engine, "analysing", i + 1, run->doc_count);
}

sr_status sr_run_read(sr_run *run, sr_error *err)
{
	reading_job job = { .run = run };
	run->readings = SR_NEW_ARRAY(run->arena, sr_reading, run->doc_count);
	job.errors = SR_NEW_ARRAY(run->arena, sr_error, run->doc_count);
	job.statuses = SR_NEW_ARRAY(run->arena, sr_status, run->doc_count);
	if (!run->readings || !job.errors || !job.statuses)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(tag_all(run, err));
	sr_parallel((unsigned)run->worker_count, run->doc_count, read_one, &job);
	/* an analysis that failed leaves a reading without findings, and a record of why */
	for (size_t i = 0; i < run->doc_count; i++)
		if (job.statuses[i] != SR_OK)
			run_fail(run, run->docs[i]->path, &job.errors[i]);
	return SR_OK;
}
