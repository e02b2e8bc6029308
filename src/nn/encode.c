/* The encoder: embeddings and layers over a batch of segments that stand end to end, no padding between. */
#include "work.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KERNELS_MAX 4u

/* Rows whose way through a layer's last three maps is taken in one go: a chunk of the tagger at a time. */
#define BLOCK 144u
/* Rows ahead whose embeddings are fetched from memory. */
#define AHEAD 4u
#define LINE 64u /* bytes of the cache */
#define NAME_BYTES 48u /* of a section */

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

static const float *own_numbers(const sr_nn_work *w, const char *name, size_t count)
{
	char full[NAME_BYTES];
	snprintf(full, sizeof full, "%s%s", w->prefix, name);
	return sr_nn_model_numbers(w->model, full, count);
}

/* Gain, bias and factor stand one after the other. */
static bool find_norm(const sr_nn_work *w, const char *name, nn_norm *norm)
{
	size_t width = w->shape.width;
	const float *x = own_numbers(w, name, 3 * width);
	if (x)
		*norm = (nn_norm){ x, x + width, x + 2 * width };
	return x;
}

static bool find_layer(const sr_nn_work *w, unsigned i, nn_layer *l)
{
	char name[NAME_BYTES];
	sr_nn_shape s = w->shape;
	struct {
		const char *part;
		uint32_t in, out;
		sr_nn_linear *to;
	} maps[] = { { "qkv", s.width, 3 * s.width, &l->qkv }, { "out", s.width, s.width, &l->out },
		         { "up", s.width, s.inner, &l->up },       { "down", s.inner, s.width, &l->down } };
	for (size_t k = 0; k < 4; k++) {
		snprintf(name, sizeof name, "%slayer%u.%s", w->prefix, i, maps[k].part);
		if (!sr_nn_model_linear(w->model, name, maps[k].in, maps[k].out, maps[k].to))
			return false;
	}
	for (size_t k = 0; k < 2; k++) {
		snprintf(name, sizeof name, "layer%u.norm%zu", i, k + 1);
		if (!find_norm(w, name, &l->norms[k]))
			return false;
	}
	snprintf(name, sizeof name, "layer%u.factor", i);
	l->factor = own_numbers(w, name, s.inner);
	return l->factor;
}

static bool find_parts(sr_nn_work *w)
{
	const sr_nn_model *m = w->model;
	sr_nn_shape s = w->shape;
	sr_str words = sr_nn_model_section(m, "words");
	w->words = (const int8_t *)words.ptr;
	w->word_scale = sr_nn_model_numbers(m, "words.s", s.vocabulary);
	w->position = own_numbers(w, "positions", (size_t)s.positions * s.width);
	w->feature = own_numbers(w, "features", (size_t)s.features * s.width);
	w->name = own_numbers(w, "names", (size_t)s.names * s.width);
	if (words.len != (size_t)s.vocabulary * s.width || !w->word_scale || !w->position || !w->feature || !w->name ||
	    !find_norm(w, "norm", &w->norm))
		return false;
	for (unsigned i = 0; i < s.layers; i++)
		if (!find_layer(w, i, &w->layers[i]))
			return false;
	return true;
}

sr_nn_work *sr_nn_work_new(const sr_nn_model *model, const sr_nn_kernels *kernels) { return sr_nn_work_new_for(model, "", kernels); }

sr_nn_work *sr_nn_work_new_for(const sr_nn_model *model, const char *prefix, const sr_nn_kernels *kernels)
{
	sr_nn_work *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->model = model;
	w->prefix = prefix;
	w->kernels = kernels;
	if (!kernels)
		(void)sr_nn_kernels_available(&w->kernels, 1);
	bool known = sr_nn_model_encoder(model, prefix, &w->shape);
	w->layers = known ? calloc(w->shape.layers, sizeof *w->layers) : NULL;
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
	nn_room *rooms[] = { &w->x,           &w->mixed,        &w->bytes,   &w->scales,      &w->wide,        &w->inner_bytes,
		                 &w->inner_scales, &w->scratch, &w->apply_bytes, &w->apply_scales, &w->products };
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		free(rooms[i]->at);
	free(w);
}

void *nn_room_for(nn_room *room, size_t count, size_t item)
{
	size_t bytes = (count * item + LINE - 1) / LINE * LINE;
	if (bytes <= room->bytes && room->at)
		return room->at;
	free(room->at);
	room->at = aligned_alloc(LINE, bytes ? bytes : LINE);
	room->bytes = room->at ? bytes : 0;
	return room->at;
}

static bool make_room(sr_nn_work *w, size_t rows)
{
	sr_nn_shape s = w->shape;
	size_t depth = s.width / s.heads, broad = s.inner > s.width ? s.inner : s.width;
	size_t wide = rows * 3 * depth > BLOCK * broad ? rows * 3 * depth : BLOCK * broad;
	return nn_room_for(&w->x, rows * s.width, sizeof(float)) && nn_room_for(&w->mixed, rows * s.width, sizeof(float)) &&
	       nn_room_for(&w->bytes, rows * s.width, 1) && nn_room_for(&w->scales, rows, sizeof(float)) &&
	       nn_room_for(&w->wide, wide, sizeof(float)) && nn_room_for(&w->inner_bytes, (size_t)BLOCK * s.inner, 1) &&
	       nn_room_for(&w->inner_scales, BLOCK, sizeof(float)) && nn_room_for(&w->scratch, SR_NN_SCRATCH(SR_NN_SEGMENT_MAX, depth), 4);
}

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

static void embed_all(sr_nn_work *w, const sr_nn_batch *b, size_t rows)
{
	size_t d = w->shape.width;
	float *x = w->x.at, *scales = w->scales.at;
	uint8_t *bytes = w->bytes.at;
	for (size_t s = 0; s < b->segments; s++)
		for (size_t r = b->begin[s]; r < b->begin[s + 1]; r++) {
			const int8_t *ahead = w->words + (size_t)b->ids[r + AHEAD < rows ? r + AHEAD : r] * d;
			for (size_t k = 0; k < d; k += LINE)
				__builtin_prefetch(ahead + k);
			w->kernels->embed(w->words + (size_t)b->ids[r] * d, w->word_scale[b->ids[r]], w->position + (r - b->begin[s]) * d,
			                  w->feature + (size_t)b->feats[r] * d, w->name + (size_t)b->names[r] * d, d, x + r * d);
			w->kernels->add_norm(x + r * d, NULL, d, &w->norm, bytes + r * d, scales + r);
		}
}

/* One head at a time: its queries, keys and values of all rows, then each segment by itself. */
static void mix_rows(sr_nn_work *w, const nn_layer *l, const sr_nn_batch *b, size_t rows)
{
	const sr_nn_kernels *k = w->kernels;
	size_t d = w->shape.width, depth = d / w->shape.heads, stride = 3 * depth;
	float *wide = w->wide.at, *mixed = w->mixed.at;
	for (size_t h = 0; h < w->shape.heads; h++) {
		for (size_t part = 0; part < 3; part++)
			k->gemm(w->bytes.at, w->scales.at, rows, &l->qkv, part * d + h * depth, depth, wide + part * depth, stride);
		for (size_t s = 0; s < b->segments; s++) {
			const float *q = wide + b->begin[s] * stride;
			k->attend(q, q + depth, q + 2 * depth, stride, b->begin[s + 1] - b->begin[s], depth, w->scratch.at,
			          mixed + b->begin[s] * d + h * depth, d);
		}
	}
}

/* The rest of a layer for some rows. y is what attention mixed, and is overwritten; x and its bytes are replaced. */
static void feed_rows(sr_nn_work *w, const nn_layer *l, size_t rows, float *x, float *y, uint8_t *bytes, float *scales)
{
	const sr_nn_kernels *k = w->kernels;
	size_t d = w->shape.width, inner = w->shape.inner;
	float *wide = w->wide.at, *inner_scales = w->inner_scales.at;
	uint8_t *inner_bytes = w->inner_bytes.at;
	for (size_t r = 0; r < rows; r++)
		k->quantise(y + r * d, d, bytes + r * d, scales + r);
	k->gemm(bytes, scales, rows, &l->out, 0, d, y, d);
	for (size_t r = 0; r < rows; r++)
		k->add_norm(x + r * d, y + r * d, d, &l->norms[0], bytes + r * d, scales + r);
	k->gemm(bytes, scales, rows, &l->up, 0, inner, wide, inner);
	for (size_t r = 0; r < rows; r++)
		k->gelu(wide + r * inner, inner, l->factor, inner_bytes + r * inner, inner_scales + r);
	k->gemm(inner_bytes, inner_scales, rows, &l->down, 0, d, y, d);
	for (size_t r = 0; r < rows; r++)
		k->add_norm(x + r * d, y + r * d, d, &l->norms[1], bytes + r * d, scales + r);
}

sr_status sr_nn_encode(sr_nn_work *w, const sr_nn_batch *b, const float **hidden, sr_error *err)
{
	*hidden = NULL;
	SR_TRY(check_batch(w, b, err));
	size_t rows = b->segments ? b->begin[b->segments] : 0, d = w->shape.width;
	if (!make_room(w, rows))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	embed_all(w, b, rows);
	for (unsigned i = 0; i < w->shape.layers; i++) {
		mix_rows(w, &w->layers[i], b, rows);
		for (size_t r = 0; r < rows; r += BLOCK)
			feed_rows(w, &w->layers[i], rows - r < BLOCK ? rows - r : BLOCK, (float *)w->x.at + r * d, (float *)w->mixed.at + r * d,
			          (uint8_t *)w->bytes.at + r * d, (float *)w->scales.at + r);
	}
	*hidden = w->x.at;
	return SR_OK;
}
