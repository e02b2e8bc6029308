/* How fast the tagger reads, on one core: bench-tagging FILE.jsonl [ROUNDS] with lines {"text": …}.
 *
 * Prints words a second by processor time (what other programs do meanwhile then matters less) and by the clock, and what
 * the matrix products of the same work take alone: every linear map of the model over as many rows, nothing else. */
#include "../src/nn/kernels.h"
#include "../src/tag/reader.h"
#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/tag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 144u /* a chunk of the tagger */
#define MAPS_MAX 256u

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct inputs {
	sr_arena *arena;
	SR_VEC(sr_document) docs;
	size_t bytes;
} inputs;

static bool load(inputs *in, const char *path)
{
	sr_buf buf;
	sr_buf_init(&buf, 0);
	sr_error err;
	if (sr_file_read(path, SR_BUF_CEILING, &buf, &err) != SR_OK) {
		fprintf(stderr, "%s: %s\n", path, err.message);
		return false;
	}
	sr_str rest = sr_buf_str(&buf), line;
	while (sr_str_next_line(&rest, &line)) {
		sr_json *json;
		if (!line.len || sr_json_parse(line, &json, NULL) != SR_OK)
			continue;
		sr_document *doc = SR_PUSH(in->arena, &in->docs);
		*doc = (sr_document){ .text = sr_str_dup(in->arena, sr_jval_str(sr_jval_get(sr_json_root(json), "text"))) };
		in->bytes += doc->text.len;
		sr_json_free(json);
	}
	sr_buf_deinit(&buf);
	return in->docs.count > 0;
}

/* Best of the rounds. */
static void read_all(const sr_tag_model *model, const inputs *in, int rounds, size_t *tokens, double *cpu, double *wall)
{
	*cpu = *wall = 1e9;
	for (int round = 0; round < rounds; round++) {
		sr_arena *arena = sr_arena_new(0);
		size_t n = in->docs.count;
		sr_reading *readings = SR_NEW_ARRAY(arena, sr_reading, n);
		sr_tag_job *jobs = SR_NEW_ARRAY(arena, sr_tag_job, n);
		for (size_t i = 0; i < n; i++)
			jobs[i] = (sr_tag_job){ .doc = &in->docs.items[i], .arena = arena, .reading = &readings[i] };
		double c = seconds(CLOCK_PROCESS_CPUTIME_ID), w = seconds(CLOCK_MONOTONIC);
		if (sr_tag_documents(model, jobs, n, 1, NULL) != SR_OK)
			exit(4);
		c = seconds(CLOCK_PROCESS_CPUTIME_ID) - c;
		w = seconds(CLOCK_MONOTONIC) - w;
		*cpu = c < *cpu ? c : *cpu;
		*wall = w < *wall ? w : *wall;
		*tokens = 0;
		for (size_t i = 0; i < n; i++)
			*tokens += readings[i].token_count;
		sr_arena_free(arena);
	}
}

/* Processor seconds a row of all maps of the encoder (heads false) or of its heads. */
static double products(const sr_nn_model *model, bool heads, int rounds)
{
	static const char *const parts[] = { "qkv", "out", "up", "down" };
	sr_nn_shape s = sr_nn_model_shape(model);
	uint32_t arc = (uint32_t)sr_nn_model_config(model, "arc", 0), rel = (uint32_t)sr_nn_model_config(model, "rel", 0);
	sr_nn_linear maps[MAPS_MAX];
	size_t n = 0, widest = 0, deepest = 0;
	char name[64];
	for (uint32_t i = 0; !heads && i < s.layers; i++)
		for (int k = 0; k < 4; k++, n++) {
			snprintf(name, sizeof name, "layer%u.%s", i, parts[k]);
			(void)sr_nn_model_linear(model, name, k == 3 ? s.inner : s.width, k == 0 ? 3 * s.width : k == 2 ? s.inner : s.width, &maps[n]);
		}
	if (heads) {
		uint32_t lemmas = 0;
		sr_str rest = sr_nn_model_section(model, "labels.lemma"), line;
		while (sr_str_next_line(&rest, &line))
			lemmas++;
		(void)sr_nn_model_linear(model, "tags", s.width, 17 + 17 + 2 + lemmas, &maps[n++]);
		(void)sr_nn_model_linear(model, "arc", s.width, 2 * (arc + rel), &maps[n++]);
		(void)sr_nn_model_linear(model, "arc.pair", arc, arc, &maps[n++]);
		(void)sr_nn_model_linear(model, "rel.pair", rel, (rel + 1) * 48, &maps[n++]);
	}
	for (size_t i = 0; i < n; i++) {
		widest = maps[i].out > widest ? maps[i].out : widest;
		deepest = maps[i].in > deepest ? maps[i].in : deepest;
	}
	uint8_t *a = calloc(ROWS, deepest);
	float *scale = calloc(ROWS, sizeof *scale), *out = calloc(ROWS * widest, sizeof *out);
	const sr_nn_kernels *kernels;
	double best = 1e9;
	(void)sr_nn_kernels_available(&kernels, 1);
	for (int round = 0; round < rounds * 8; round++) {
		double c = seconds(CLOCK_PROCESS_CPUTIME_ID);
		for (size_t i = 0; i < n; i++)
			kernels->gemm(a, scale, ROWS, &maps[i], 0, maps[i].out, out, maps[i].out);
		c = seconds(CLOCK_PROCESS_CPUTIME_ID) - c;
		best = c < best ? c : best;
	}
	free(a);
	free(scale);
	free(out);
	return best / ROWS;
}

/* Rows of the encoder (pieces and roots) and of the heads (words and roots). */
static void count_rows(const sr_tag_model *model, const inputs *in, size_t *rows, size_t *places)
{
	*rows = *places = 0;
	for (size_t i = 0; i < in->docs.count; i++) {
		plan p = { 0 };
		if (tag_plan_make(model, &in->docs.items[i], &p) != SR_OK)
			exit(4);
		for (size_t s = 0; s < p.segments.count; s++) {
			*rows += p.segments.items[s].rows;
			*places += p.segments.items[s].count + 1;
		}
		sr_arena_free(p.scratch);
	}
}

int main(int argc, char **argv)
{
	inputs in = { .arena = sr_arena_new(0) };
	sr_error err;
	sr_tag_model *model;
	sr_nn_model *nn;
	sr_str path;
	int rounds = argc > 2 ? atoi(argv[2]) : 5;
	if (argc < 2 || !load(&in, argv[1])) {
		fprintf(stderr, "usage: bench-tagging FILE.jsonl [ROUNDS]\n");
		return 2;
	}
	if (sr_share_path("reading.model", in.arena, &path, &err) != SR_OK || sr_tag_model_open(path.ptr, &model, &err) != SR_OK ||
	    sr_nn_model_open(path.ptr, &nn, &err) != SR_OK) {
		fprintf(stderr, "%s\n", err.message);
		return 4;
	}
	size_t tokens = 0;
	double cpu, wall, encoder = products(nn, false, rounds), heads = products(nn, true, rounds);
	read_all(model, &in, rounds, &tokens, &cpu, &wall);
	size_t rows, places;
	count_rows(model, &in, &rows, &places);
	double alone = (double)rows * encoder + (double)places * heads;
	const sr_nn_kernels *kernels;
	(void)sr_nn_kernels_available(&kernels, 1);
	printf("{\"kernel\":\"%s\",\"documents\":%zu,\"tokens\":%zu,\"tokens_per_cpu_second\":%.0f,\"tokens_per_second\":%.0f,"
	       "\"products_alone_tokens_per_cpu_second\":%.0f,\"rows_a_token\":%.3f,\"share_of_products\":%.2f}\n",
	       sr_nn_kernels_name(kernels), in.docs.count, tokens, (double)tokens / cpu, (double)tokens / wall,
	       (double)tokens / alone, (double)rows / (double)tokens, alone / cpu);
	sr_tag_model_free(model);
	sr_nn_model_free(nn);
	sr_arena_free(in.arena);
	return 0;
}
