/* The model's labels, and the batch: documents are planned side by side, their segments are read in chunks of a like size
 * by whichever thread is free, and the readings are built side by side. A segment's rows do not depend on the chunk. */
#include "reader.h"
#include "sitrep/base/file.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Rows of a chunk: enough to make good use of the weights once they are in cache. */
#define CHUNK_ROWS 132u
#define THREADS_MAX 64u
/* Bytes of text in work at once, so that memory does not grow with the number of documents. */
#define WAVE_BYTES ((size_t)2 << 20)

static size_t count_lines(sr_str s)
{
	size_t n = 0;
	for (sr_str line; sr_str_next_line(&s, &line);)
		n++;
	return n;
}

static bool load_labels(sr_tag_model *m)
{
	static const char names[] = "O\nB-PER\nI-PER\nE-PER\nS-PER\nB-ORG\nI-ORG\nE-ORG\nS-ORG\nB-LOC\nI-LOC\nE-LOC\nS-LOC\n"
	                            "B-MISC\nI-MISC\nE-MISC\nS-MISC\n";
	sr_str upos = sr_nn_model_section(m->nn, "labels.upos"), rel = sr_nn_model_section(m->nn, "labels.rel"),
	       lemma = sr_nn_model_section(m->nn, "labels.lemma"), line;
	m->upos_count = count_lines(upos);
	m->relation_count = count_lines(rel);
	m->lemma_count = count_lines(lemma);
	if (!m->upos_count || m->upos_count > LABELS_MAX || !m->relation_count || m->relation_count > RELATIONS_MAX || !m->lemma_count ||
	    m->lemma_count > LABELS_MAX || !sr_str_eq(sr_nn_model_section(m->nn, "labels.ner"), sr_str_c(names)))
		return false;
	m->upos = SR_NEW_ARRAY(m->arena, uint8_t, m->upos_count);
	m->relations = SR_NEW_ARRAY(m->arena, relation, m->relation_count);
	m->lemmas = SR_NEW_ARRAY(m->arena, lemma_rule, m->lemma_count);
	if (!m->upos || !m->relations || !m->lemmas)
		return false;
	for (size_t i = 0; sr_str_next_line(&upos, &line); i++) {
		sr_upos tag;
		if (!sr_upos_parse(line, &tag))
			return false;
		m->upos[i] = (uint8_t)tag;
	}
	for (size_t i = 0; sr_str_next_line(&rel, &line); i++) {
		sr_deprel deprel;
		if (!sr_deprel_parse(line, &deprel))
			return false;
		m->relations[i] = (relation){ (uint8_t)deprel, sr_str_ends(line, SR_STR(":pass")) };
	}
	for (size_t i = 0; sr_str_next_line(&lemma, &line); i++)
		if (!tag_lemma_rule_parse(line, &m->lemmas[i]))
			return false;
	return true;
}

static bool load_maps(sr_tag_model *m)
{
	m->width = sr_nn_model_shape(m->nn).width;
	int64_t arc = sr_nn_model_config(m->nn, "arc", 0), rel = sr_nn_model_config(m->nn, "rel", 0);
	if (arc < 32 || arc > 1024 || rel < 32 || rel > 1024 || arc % 32 || rel % 32)
		return false;
	m->arc_width = (uint32_t)arc;
	m->rel_width = (uint32_t)rel;
	return sr_nn_model_linear(m->nn, "tags", m->width, (uint32_t)(m->upos_count + NAME_TAGS + 2 + m->lemma_count), &m->tags) &&
	       sr_nn_model_linear(m->nn, "arc", m->width, 2 * (m->arc_width + m->rel_width), &m->arc) &&
	       sr_nn_model_linear(m->nn, "arc.pair", m->arc_width, m->arc_width, &m->arc_pair) &&
	       sr_nn_model_linear(m->nn, "rel.pair", m->rel_width, (m->rel_width + 1) * RELATIONS_MAX, &m->rel_pair) &&
	       sr_nn_model_linear(m->nn, "vector", m->width, m->width, &m->vector);
}

static sr_status open_parts(sr_tag_model *m, const char *path, sr_error *err)
{
	sr_str found = sr_str_c(path);
	m->arena = sr_arena_new(0);
	if (!m->arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!path)
		SR_TRY(sr_share_path("reading.model", m->arena, &found, err));
	SR_TRY(sr_nn_model_open(found.ptr, &m->nn, err));
	if (tag_rules_load(&m->rules, m->arena) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_nn_work *work = sr_nn_work_new(m->nn, NULL);
	bool whole = work && load_labels(m) && load_maps(m) && tag_pieces_open(&m->pieces, m->nn);
	sr_nn_work_free(work);
	return whole ? SR_OK : sr_fail(err, SR_E_CORRUPT, "%s: the reading model lacks a part", found.ptr);
}

sr_status sr_tag_model_open(const char *path, sr_tag_model **out, sr_error *err)
{
	*out = NULL;
	sr_tag_model *m = calloc(1, sizeof *m);
	if (!m)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = open_parts(m, path, err);
	if (status != SR_OK) {
		sr_tag_model_free(m);
		return status;
	}
	*out = m;
	return SR_OK;
}

void sr_tag_model_free(sr_tag_model *m)
{
	if (!m)
		return;
	sr_nn_model_free(m->nn);
	sr_arena_free(m->arena);
	free(m);
}

const char *sr_tag_model_id(const sr_tag_model *m) { return sr_nn_model_id(m->nn); }

const sr_nn_model *sr_tag_model_network(const sr_tag_model *m) { return m->nn; }

size_t sr_tag_pieces(const sr_tag_model *m, sr_str text, uint32_t *ids, size_t max)
{
	size_t n = 0, at = 0;
	sr_buf folded;
	sr_buf_init(&folded, 0);
	while (n < max && at < text.len) {
		uint32_t some[WORD_PIECES_MAX];
		size_t end = at;
		while (end < text.len && !sr_cp_is_space((unsigned char)text.ptr[end]))
			end++;
		size_t found = end > at ? tag_pieces_of(&m->pieces, sr_str_slice(text, at, end), &folded, some) : 0;
		for (size_t i = 0; i < found && n < max; i++)
			ids[n++] = some[i];
		at = end + 1;
	}
	sr_buf_deinit(&folded);
	return n;
}

typedef struct run {
	const sr_tag_model *model;
	sr_tag_job *jobs;
	plan *plans;
	task *tasks;
	size_t task_count;
	size_t *chunks; /* first task of each chunk, and the end */
	sr_status *chunk_status;
	tag_worker workers[THREADS_MAX];
} run;

static void plan_job(void *ctx, size_t i, unsigned worker)
{
	run *r = ctx;
	(void)worker;
	r->jobs[i].status = tag_plan_make(r->model, r->jobs[i].doc, &r->plans[i]);
	if (r->jobs[i].status != SR_OK)
		r->plans[i].segments.count = 0;
}

static bool ready(const run *r, tag_worker *w)
{
	if (!w->work)
		w->work = sr_nn_work_new(r->model->nn, NULL);
	if (!w->keep)
		w->keep = sr_arena_new(0);
	if (!w->scratch)
		w->scratch = sr_arena_new(0);
	return w->work && w->keep && w->scratch;
}

static void chunk_job(void *ctx, size_t i, unsigned worker)
{
	run *r = ctx;
	tag_worker *w = &r->workers[worker];
	size_t a = r->chunks[i], b = r->chunks[i + 1];
	r->chunk_status[i] = ready(r, w) ? tag_read_chunk(r->model, w, r->tasks + a, b - a) : SR_E_NOMEM;
}

/* All segments in order, cut into chunks. Returns their number, or SIZE_MAX. */
static size_t make_chunks(run *r, size_t count, sr_arena *arena)
{
	size_t total = 0, n = 0, rows = 0, chunks = 0;
	for (size_t i = 0; i < count; i++)
		total += r->plans[i].segments.count;
	r->tasks = SR_NEW_ARRAY(arena, task, total + 1);
	r->chunks = SR_NEW_ARRAY(arena, size_t, total + 2);
	r->chunk_status = SR_NEW_ARRAY(arena, sr_status, total + 1);
	if (!r->tasks || !r->chunks || !r->chunk_status)
		return SIZE_MAX;
	for (size_t i = 0; i < count; i++)
		for (size_t s = 0; s < r->plans[i].segments.count; s++) {
			segment *g = &r->plans[i].segments.items[s];
			if (g->unread)
				continue;
			if (rows && rows + g->rows > CHUNK_ROWS) {
				r->chunks[++chunks] = n;
				rows = 0;
			}
			rows += g->rows;
			r->tasks[n++] = (task){ &r->plans[i], g };
		}
	if (rows)
		r->chunks[++chunks] = n;
	return chunks;
}

/* A chunk that failed fails the documents that it held a part of. */
static void blame(run *r, size_t chunks, size_t count)
{
	for (size_t c = 0; c < chunks; c++)
		for (size_t t = r->chunks[c]; t < r->chunks[c + 1] && r->chunk_status[c] != SR_OK; t++)
			for (size_t i = 0; i < count; i++)
				if (r->tasks[t].plan == &r->plans[i])
					r->jobs[i].status = r->chunk_status[c];
}

/* Reads jobs [0, count). The readings are built on this thread, so that jobs may share an arena. */
static sr_status wave(run *r, sr_tag_job *jobs, size_t count, unsigned threads)
{
	sr_arena *arena = sr_arena_new(0);
	sr_status status = SR_OK;
	r->jobs = jobs;
	r->plans = arena ? SR_NEW_ARRAY(arena, plan, count + 1) : NULL;
	if (!r->plans) {
		sr_arena_free(arena);
		return SR_E_NOMEM;
	}
	sr_parallel(threads, count, plan_job, r);
	size_t chunks = make_chunks(r, count, arena);
	if (chunks == SIZE_MAX) {
		status = SR_E_NOMEM;
	} else {
		sr_parallel(threads, chunks, chunk_job, r);
		blame(r, chunks, count);
	}
	for (size_t i = 0; i < count; i++) {
		if (status == SR_OK && jobs[i].status == SR_OK)
			jobs[i].status = tag_build_reading(r->model, &r->plans[i], jobs[i].doc, jobs[i].arena, jobs[i].reading);
		if (status == SR_OK)
			status = jobs[i].status;
		sr_arena_free(r->plans[i].scratch);
	}
	for (size_t t = 0; t < THREADS_MAX; t++)
		sr_arena_reset(r->workers[t].keep);
	sr_arena_free(arena);
	return status;
}

sr_status sr_tag_documents(const sr_tag_model *model, sr_tag_job *jobs, size_t count, unsigned threads, sr_error *err)
{
	run r = { .model = model };
	sr_status status = SR_OK;
	threads = threads ? threads : sr_processors();
	threads = threads > THREADS_MAX ? THREADS_MAX : threads;
	for (size_t i = 0, n; i < count; i += n) {
		size_t bytes = jobs[i].doc->text.len;
		for (n = 1; i + n < count && bytes + jobs[i + n].doc->text.len <= WAVE_BYTES; n++)
			bytes += jobs[i + n].doc->text.len;
		sr_status s = wave(&r, jobs + i, n, threads);
		if (status == SR_OK)
			status = s;
	}
	for (size_t t = 0; t < THREADS_MAX; t++) {
		sr_nn_work_free(r.workers[t].work);
		sr_arena_free(r.workers[t].keep);
		sr_arena_free(r.workers[t].scratch);
		free(r.workers[t].answers);
	}
	return status == SR_OK ? SR_OK : sr_fail(err, status, "cannot read the text: %s", sr_status_name(status));
}

sr_status sr_tag_document(const sr_tag_model *model, const sr_document *doc, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	sr_tag_job job = { .doc = doc, .arena = arena, .reading = reading };
	return sr_tag_documents(model, &job, 1, 1, err);
}
