/* The encoder: embeddings and layers over a batch of segments that stand end to end, no padding between. */
#include "kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KERNELS_MAX 4u

typedef struct layer {
	sr_nn_linear qkv, out, up, down;
	const float *gain1, *bias1, *gain2, *bias2;
} layer;

struct sr_nn_work {
	const sr_nn_model *model;
	const sr_nn_kernels *kernels;
	sr_nn_shape shape;
	layer *layers;
	const int8_t *words;
	const float *word_scale, *position, *feature, *name, *gain, *bias;
	size_t rows;       /* what the buffers have room for */
	float *x, *wide, *mixed, *row_scale;
	uint8_t *bytes;
	float *scratch;
	size_t scratch_size; /* floats */
	uint8_t *apply_bytes;
	float *apply_scale;
	float *apply_rows;
	size_t apply_size[3];
};

#if defined(__x86_64__)
/* CPUID 7.1 EAX bit 4; compilers differ in whether they know the name. */
static bool has_avxvnni(void)
{
	unsigned a, b, c, d;
	return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#endif

size_t sr_nn_kernels_available(const sr_nn_kernels **out, size_t max)
{
	const sr_nn_kernels *all[KERNELS_MAX];
	size_t n = 0;
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
	    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
		all[n++] = &sr_nn_kernels_avx512;
	if (has_avxvnni())
		all[n++] = &sr_nn_kernels_avxvnni;
	if (__builtin_cpu_supports("avx2"))
		all[n++] = &sr_nn_kernels_avx2;
#endif
	all[n++] = &sr_nn_kernels_portable;
	for (size_t i = 0; i < n && i < max; i++)
		out[i] = all[i];
	return n < max ? n : max;
}

const char *sr_nn_kernels_name(const sr_nn_kernels *k) { return k->name; }

static bool find_layer(const sr_nn_model *m, unsigned i, sr_nn_shape s, layer *l)
{
	char name[64];
	struct {
		const char *part;
		uint32_t in, out;
		sr_nn_linear *to;
	} maps[] = { { "qkv", s.width, 3 * s.width, &l->qkv }, { "out", s.width, s.width, &l->out },
		         { "up", s.width, s.inner, &l->up },       { "down", s.inner, s.width, &l->down } };
	struct {
		const char *part;
		const float **to;
	} norms[] = { { "gain1", &l->gain1 }, { "bias1", &l->bias1 }, { "gain2", &l->gain2 }, { "bias2", &l->bias2 } };
	for (size_t k = 0; k < 4; k++) {
		snprintf(name, sizeof name, "layer%u.%s", i, maps[k].part);
		if (!sr_nn_model_linear(m, name, maps[k].in, maps[k].out, maps[k].to))
			return false;
		snprintf(name, sizeof name, "layer%u.%s", i, norms[k].part);
		*norms[k].to = sr_nn_model_numbers(m, name, s.width);
		if (!*norms[k].to)
			return false;
	}
	return true;
}

static bool find_parts(sr_nn_work *w)
{
	const sr_nn_model *m = w->model;
	sr_nn_shape s = w->shape;
	sr_str words = sr_nn_model_section(m, "words");
	w->words = (const int8_t *)words.ptr;
	w->word_scale = sr_nn_model_numbers(m, "words.s", s.vocabulary);
	w->position = sr_nn_model_numbers(m, "positions", (size_t)s.positions * s.width);
	w->feature = sr_nn_model_numbers(m, "features", (size_t)s.features * s.width);
	w->name = sr_nn_model_numbers(m, "names", (size_t)s.names * s.width);
	w->gain = sr_nn_model_numbers(m, "gain", s.width);
	w->bias = sr_nn_model_numbers(m, "bias", s.width);
	if (words.len != (size_t)s.vocabulary * s.width || !w->word_scale || !w->position || !w->feature || !w->name || !w->gain || !w->bias)
		return false;
	for (unsigned i = 0; i < s.layers; i++)
		if (!find_layer(m, i, s, &w->layers[i]))
			return false;
	return true;
}

sr_nn_work *sr_nn_work_new(const sr_nn_model *model, const sr_nn_kernels *kernels)
{
	sr_nn_work *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->model = model;
	w->shape = sr_nn_model_shape(model);
	w->kernels = kernels;
	if (!kernels)
		(void)sr_nn_kernels_available(&w->kernels, 1);
	w->layers = calloc(w->shape.layers, sizeof *w->layers);
	if (!w->layers || !find_parts(w)) {
		sr_nn_work_free(w);
		return NULL;
	}
	return w;
}

void sr_nn_work_free(sr_nn_work *w)
{
	if (!w)
		return;
	free(w->layers);
	free(w->x);
	free(w->wide);
	free(w->mixed);
	free(w->row_scale);
	free(w->bytes);
	free(w->scratch);
	free(w->apply_bytes);
	free(w->apply_scale);
	free(w->apply_rows);
	free(w);
}

/* Zeroed room for count items; what was there is lost. */
static bool room(void *place, size_t count, size_t item)
{
	void **p = place;
	free(*p);
	*p = calloc(count, item);
	return *p != NULL;
}

static sr_status make_room(sr_nn_work *w, size_t rows)
{
	sr_nn_shape s = w->shape;
	size_t wide = s.inner > 3 * s.width ? s.inner : 3 * s.width, broad = s.inner > s.width ? s.inner : s.width;
	size_t columns = (SR_NN_SEGMENT_MAX + 15) / 16 * 16, scratch = (s.width / s.heads + 4) * columns;
	if (!w->scratch && !room(&w->scratch, scratch, sizeof(float)))
		return SR_E_NOMEM;
	w->scratch_size = scratch;
	if (rows <= w->rows)
		return SR_OK;
	w->rows = 0;
	if (!room(&w->x, rows * s.width, sizeof(float)) || !room(&w->wide, rows * wide, sizeof(float)) ||
	    !room(&w->mixed, rows * s.width, sizeof(float)) || !room(&w->row_scale, rows, sizeof(float)) || !room(&w->bytes, rows * broad, 1))
		return SR_E_NOMEM;
	w->rows = rows;
	return SR_OK;
}

static size_t round_rows(size_t rows) { return (rows + SR_NN_ROWS - 1) / SR_NN_ROWS * SR_NN_ROWS; }

static sr_status check_batch(const sr_nn_work *w, const sr_nn_batch *b, sr_error *err)
{
	if (b->segments && b->begin[0] != 0)
		return sr_fail(err, SR_E_USAGE, "a batch begins with row 0");
	for (size_t i = 0; i < b->segments; i++)
		if (b->begin[i + 1] <= b->begin[i] || b->begin[i + 1] - b->begin[i] > SR_NN_SEGMENT_MAX)
			return sr_fail(err, SR_E_USAGE, "a segment is empty or too long");
	for (size_t r = 0; b->segments && r < b->begin[b->segments]; r++)
		if (b->ids[r] >= w->shape.vocabulary || b->feats[r] >= w->shape.features || b->names[r] >= w->shape.names)
			return sr_fail(err, SR_E_USAGE, "a piece is not in the vocabulary");
	return SR_OK;
}

static void embed_all(sr_nn_work *w, const sr_nn_batch *b)
{
	size_t d = w->shape.width;
	for (size_t s = 0; s < b->segments; s++)
		for (size_t r = b->begin[s]; r < b->begin[s + 1]; r++)
			w->kernels->embed(w->words + (size_t)b->ids[r] * d, w->word_scale[b->ids[r]], w->position + (r - b->begin[s]) * d,
			                  w->feature + (size_t)b->feats[r] * d, w->name + (size_t)b->names[r] * d, d, w->x + r * d);
}

/* x = norm(x + mixed), and its bytes; row by row, so that each step finds the row in cache. */
static void norm_rows(sr_nn_work *w, size_t rows, const float *gain, const float *bias)
{
	size_t d = w->shape.width;
	for (size_t r = 0; r < rows; r++) {
		w->kernels->add_norm(w->x + r * d, w->mixed + r * d, 1, d, gain, bias);
		w->kernels->quantise(w->x + r * d, 1, d, w->bytes + r * d, w->row_scale + r);
	}
}

/* On entry and on return `bytes` holds x. */
static void run_layer(sr_nn_work *w, const layer *l, const sr_nn_batch *b, size_t rows)
{
	const sr_nn_kernels *k = w->kernels;
	size_t d = w->shape.width, inner = w->shape.inner;
	k->gemm(w->bytes, w->row_scale, rows, &l->qkv, w->wide);
	for (size_t s = 0; s < b->segments; s++)
		k->attend(w->wide + b->begin[s] * 3 * d, b->begin[s + 1] - b->begin[s], d, w->shape.heads, w->scratch, w->mixed + b->begin[s] * d);
	k->quantise(w->mixed, rows, d, w->bytes, w->row_scale);
	k->gemm(w->bytes, w->row_scale, rows, &l->out, w->mixed);
	norm_rows(w, rows, l->gain1, l->bias1);
	k->gemm(w->bytes, w->row_scale, rows, &l->up, w->wide);
	for (size_t r = 0; r < rows; r++) {
		k->gelu(w->wide + r * inner, inner);
		k->quantise(w->wide + r * inner, 1, inner, w->bytes + r * inner, w->row_scale + r);
	}
	k->gemm(w->bytes, w->row_scale, rows, &l->down, w->mixed);
	norm_rows(w, rows, l->gain2, l->bias2);
}

sr_status sr_nn_encode(sr_nn_work *w, const sr_nn_batch *b, const float **hidden, sr_error *err)
{
	*hidden = NULL;
	SR_TRY(check_batch(w, b, err));
	size_t rows = b->segments ? round_rows(b->begin[b->segments]) : 0;
	if (make_room(w, rows ? rows : SR_NN_ROWS) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	embed_all(w, b);
	w->kernels->add_norm(w->x, NULL, rows, w->shape.width, w->gain, w->bias);
	w->kernels->quantise(w->x, rows, w->shape.width, w->bytes, w->row_scale);
	for (unsigned i = 0; i < w->shape.layers; i++)
		run_layer(w, &w->layers[i], b, rows);
	*hidden = w->x;
	return SR_OK;
}

/* Makes *place hold at least count items. */
static bool enough(void *place, size_t *have, size_t count, size_t item)
{
	if (count <= *have)
		return true;
	*have = 0;
	if (!room(place, count, item))
		return false;
	*have = count;
	return true;
}

sr_status sr_nn_apply(sr_nn_work *w, const sr_nn_linear *l, const float *x, const uint32_t *pick, size_t rows, float *out)
{
	size_t n = round_rows(rows);
	if (!enough(&w->apply_bytes, &w->apply_size[0], n * l->in, 1) || !enough(&w->apply_scale, &w->apply_size[1], n, sizeof(float)))
		return SR_E_NOMEM;
	for (size_t r = 0; r < rows; r++)
		w->kernels->quantise(x + (pick ? pick[r] : r) * (size_t)l->in, 1, l->in, w->apply_bytes + r * l->in, w->apply_scale + r);
	memset(w->apply_bytes + rows * l->in, 128, (n - rows) * l->in);
	memset(w->apply_scale + rows, 0, (n - rows) * sizeof(float));
	w->kernels->gemm(w->apply_bytes, w->apply_scale, n, l, out);
	return SR_OK;
}

sr_status sr_nn_dots(sr_nn_work *w, const float *t, size_t t_stride, const float *h, size_t h_stride, size_t n, size_t depth, float *out,
                     size_t columns)
{
	if (!enough(&w->apply_rows, &w->apply_size[2], depth * columns, sizeof(float)))
		return SR_E_NOMEM;
	for (size_t d = 0; d < depth; d++)
		for (size_t j = 0; j < columns; j++)
			w->apply_rows[d * columns + j] = j < n ? h[j * h_stride + d] : 0.0f;
	w->kernels->dots(t, t_stride, w->apply_rows, n, depth, out, columns);
	return SR_OK;
}

void sr_nn_weigh(const sr_nn_work *w, const float *x, const float *turned, size_t depth, float *out, size_t columns)
{
	w->kernels->dots(x, depth, turned, 1, depth, out, columns);
}
