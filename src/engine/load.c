/* From sources to documents: walks folders, reads files, extracts on several threads, and gathers the
 * results in the order of the sources. */
#include "engine_private.h"

#include "sitrep/base/file.h"
#include "sitrep/base/threads.h"

#include <string.h>

typedef struct source {
	sr_str path;
	sr_documents docs;
	sr_error err;
	bool failed;
} source;

typedef struct load {
	sr_run *run;
	sr_input_type type;
	SR_VEC(source) sources;
	size_t models; /* jobs before the sources */
} load;

void run_fail(sr_run *run, sr_str path, const sr_error *err)
{
	size_t capacity = run->failure_count; /* grown one power of two at a time */
	bool full = (capacity & (capacity - 1)) == 0;
	if (full) {
		sr_failure *grown = SR_NEW_ARRAY(run->arena, sr_failure, capacity ? capacity * 2 : 1);
		if (!grown)
			return;
		if (capacity)
			memcpy(grown, run->failures, capacity * sizeof *grown);
		run->failures = grown;
	}
	run->failures[run->failure_count++] = (sr_failure){ .path = sr_str_dup(run->arena, path), .status = err->status,
		                                                .reason = sr_str_dup(run->arena, sr_str_c(err->message)) };
}

void run_fail_lines(sr_run *run, sr_str path, const sr_documents *docs)
{
	for (size_t i = 0; i < docs->refused_count; i++) {
		sr_error reason;
		(void)sr_fail(&reason, SR_E_INVALID, "%.*s", SR_FMT(docs->refused[i]));
		run_fail(run, path, &reason);
	}
}

static sr_status add_source(load *l, sr_str path, sr_error *err)
{
	source *s = SR_PUSH(l->run->arena, &l->sources);
	if (!s)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	s->path = path;
	return SR_OK;
}

static bool is_url(sr_str s) { return sr_str_starts_nocase(s, SR_STR("http://")) || sr_str_starts_nocase(s, SR_STR("https://")); }

sr_status engine_list_source(sr_run *run, const char *name, sr_str **paths, size_t *count, sr_error *err)
{
	sr_str path = sr_str_dup(run->arena, sr_str_c(name));
	sr_error reason;
	*count = 0;
	if (!path.len) {
		(void)sr_fail(&reason, SR_E_NOT_FOUND, "an empty name");
		run_fail(run, path, &reason);
		return SR_OK;
	}
	if (is_url(path)) {
		(void)sr_fail(&reason, SR_E_UNSUPPORTED, "fetching from the network is not built yet; save the page and name the file");
		run_fail(run, path, &reason);
		return SR_OK;
	}
	if (sr_path_kind_of(name) != SR_PATH_FOLDER) {
		*paths = SR_NEW(run->arena, sr_str);
		if (!*paths)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		**paths = path;
		*count = 1;
		return SR_OK;
	}
	if (sr_folder_walk(name, SR_SOURCE_FILES_MAX, run->arena, paths, count, &reason) != SR_OK) {
		*count = 0;
		run_fail(run, path, &reason);
		return SR_OK;
	}
	if (*count == 0) {
		(void)sr_fail(&reason, SR_E_NOT_FOUND, "no files in the folder");
		run_fail(run, path, &reason);
	}
	return SR_OK;
}

/* Models to open beside the sources. One that cannot be opened is tried again by the stage that needs it, which
 * then tells why. */
#define MODELS 2u

static void open_model(sr_engine *engine, size_t which)
{
	if (which == 0 && !engine->tagger && sr_tag_model_open(NULL, &engine->tagger, NULL) != SR_OK)
		engine->tagger = NULL;
	if (which == 1 && !engine->gazetteer && sr_gazetteer_open(NULL, &engine->gazetteer, NULL) != SR_OK)
		engine->gazetteer = NULL;
}

static void load_one(void *ctx, size_t i, unsigned worker)
{
	load *l = ctx;
	if (i < l->models) {
		open_model(l->run->engine, i);
		return;
	}
	i -= l->models;
	source *s = &l->sources.items[i];
	const sr_engine_options *options = &l->run->engine->options;
	sr_buf bytes;
	sr_buf_init(&bytes, SR_SOURCE_BYTES_MAX);
	sr_status status = sr_file_read(s->path.ptr, SR_SOURCE_BYTES_MAX, &bytes, &s->err);
	if (status == SR_OK) {
		sr_input input = { .bytes = sr_buf_str(&bytes), .path = s->path, .now = options->now, .type = l->type };
		status = sr_extract(&input, l->run->worker_arenas[worker], &s->docs, &s->err);
	}
	s->failed = status != SR_OK;
	sr_buf_deinit(&bytes);
	if (worker == 0)
		engine_progress(l->run->engine, "reading sources", i + 1, l->sources.count);
}

static sr_status gather(load *l, sr_error *err)
{
	size_t count = l->run->doc_count;
	for (size_t i = 0; i < l->sources.count; i++)
		count += l->sources.items[i].docs.count;
	sr_document **docs = SR_NEW_ARRAY(l->run->arena, sr_document *, count);
	if (!docs)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (l->run->doc_count)
		memcpy(docs, l->run->docs, l->run->doc_count * sizeof *docs);
	l->run->docs = docs;
	for (size_t i = 0; i < l->sources.count; i++) {
		const source *s = &l->sources.items[i];
		for (size_t k = 0; k < s->docs.count; k++)
			docs[l->run->doc_count++] = s->docs.items[k];
		if (s->failed)
			run_fail(l->run, s->path, &s->err);
		else
			run_fail_lines(l->run, s->path, &s->docs);
	}
	return SR_OK;
}

sr_status sr_run_load(sr_run *run, const char *const *sources, size_t count, sr_input_type type, sr_error *err)
{
	load l = { .run = run, .type = type, .models = run->engine->options.dossiers ? MODELS : 0 };
	for (size_t i = 0; i < count; i++) {
		sr_str *paths;
		size_t n;
		SR_TRY(engine_list_source(run, sources[i], &paths, &n, err));
		for (size_t k = 0; k < n; k++)
			SR_TRY(add_source(&l, paths[k], err));
	}
	sr_parallel((unsigned)run->worker_count, l.models + l.sources.count, load_one, &l);
	SR_TRY(gather(&l, err));
	SR_TRY(engine_settle_years(run, err));
	return engine_settle_withdrawals(run, err);
}
