/* From sources to documents, a group of files at a time, so that memory does not grow with their number. */
#include "archive_private.h"

#include "sitrep/base/file.h"
#include "sitrep/base/threads.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define GROUP_BYTES ((size_t)8 << 20) /* of files read together; a larger file is a group of its own */
#define GROUP_FILES 256u

typedef SR_VEC(archive_source) source_list;

static size_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

/* Where a source is, whatever the folder the command runs in. */
static sr_str location_of(sr_arena *arena, sr_str path)
{
	char *real = realpath(path.ptr, NULL);
	sr_str location = sr_str_dup(arena, real ? sr_str_c(real) : path);
	free(real);
	return location;
}

static sr_status add_file(sr_run *run, sr_str path, source_list *list, sr_error *err)
{
	archive_source *s = SR_PUSH(run->arena, list);
	if (!s)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	s->path = path;
	s->location = location_of(run->arena, path);
	s->size = size_of(path.ptr);
	sr_buf_init(&s->bytes, SR_SOURCE_BYTES_MAX);
	return SR_OK;
}

sr_status archive_list(sr_run *run, const char *const *names, size_t count, archive_source **out, size_t *out_count, sr_error *err)
{
	source_list list = { 0 };
	for (size_t i = 0; i < count; i++) {
		sr_str *paths;
		size_t n;
		SR_TRY(engine_list_source(run, names[i], &paths, &n, err));
		for (size_t k = 0; k < n; k++)
			SR_TRY(add_file(run, paths[k], &list, err));
	}
	*out = list.items;
	*out_count = list.count;
	return SR_OK;
}

size_t archive_group_size(const archive_source *sources, size_t count)
{
	size_t n = 0, bytes = 0;
	while (n < count && n < GROUP_FILES && (n == 0 || bytes + sources[n].size <= GROUP_BYTES))
		bytes += sources[n++].size;
	return n;
}

typedef struct load {
	sr_archive *a;
	archive_group *g;
	sr_input_type type;
} load;

static void read_one(void *ctx, size_t i, unsigned worker)
{
	archive_source *s = &((load *)ctx)->g->sources[i];
	(void)worker;
	s->failed = sr_file_read(s->path.ptr, SR_SOURCE_BYTES_MAX, &s->bytes, &s->err) != SR_OK;
	if (!s->failed)
		sr_sha256_hex(sr_buf_str(&s->bytes), s->sha256);
}

static void extract_one(void *ctx, size_t i, unsigned worker)
{
	load *l = ctx;
	archive_source *s = &l->g->sources[i];
	if (s->failed || s->known)
		return;
	sr_input input = { .bytes = sr_buf_str(&s->bytes), .path = s->path, .now = l->a->now, .type = l->type };
	s->failed = sr_extract(&input, l->g->arenas[worker], &s->docs, &s->err) != SR_OK;
	s->left = s->docs.count;
}

static sr_status skip_known(sr_archive *a, archive_group *g, sr_error *err)
{
	for (size_t i = 0; i < g->count; i++) {
		archive_source *s = &g->sources[i];
		uint32_t documents;
		if (!s->failed)
			SR_TRY(sr_store_known_source(a->store, s->location, sr_str_c(s->sha256), &s->known, &documents, err));
		if (s->known)
			sr_buf_deinit(&s->bytes);
	}
	return SR_OK;
}

sr_status archive_group_load(sr_archive *a, archive_group *g, sr_input_type type, sr_error *err)
{
	load l = { a, g, type };
	g->workers = a->options.engine.jobs ? a->options.engine.jobs : sr_processors();
	g->arenas = calloc(g->workers, sizeof *g->arenas);
	if (!g->arenas)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (unsigned i = 0; i < g->workers; i++)
		if (!(g->arenas[i] = sr_arena_new(0)))
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_parallel(g->workers, g->count, read_one, &l);
	SR_TRY(skip_known(a, g, err));
	sr_parallel(g->workers, g->count, extract_one, &l);
	return SR_OK;
}

void archive_group_free(archive_group *g)
{
	for (size_t i = 0; i < g->count; i++)
		sr_buf_deinit(&g->sources[i].bytes);
	for (unsigned i = 0; g->arenas && i < g->workers; i++)
		sr_arena_free(g->arenas[i]);
	free(g->arenas);
	g->arenas = NULL;
}
