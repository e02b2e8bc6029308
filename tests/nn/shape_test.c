/* Models of other shapes than the shipped one, made here of random numbers: what the file says is what is run, every
 * kernel agrees on it, and a segment's result does not depend on its neighbours. Also each kernel's functions by themselves. */
#include "harness.h"
#include "../src/nn/kernels.h"
#include "sitrep/base/file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTIONS_MAX 128u
#define KERNELS_MAX 8u

static uint32_t seed;

static uint32_t draw(void)
{
	seed = seed * 1664525u + 1013904223u;
	return seed >> 8;
}

static float draw_float(float size) { return size * ((float)(draw() % 20001) / 10000.0f - 1.0f); }

typedef struct file {
	char *bytes;
	size_t len;
	uint32_t sections;
} file;

/* Room for a section of that name at the end of the file. */
static void *section(file *f, const char *name, size_t bytes)
{
	char *entry = f->bytes + 64 + 64 * (size_t)f->sections++;
	uint64_t where[2] = { (f->len + 63) / 64 * 64, bytes };
	snprintf(entry, 48, "%s", name);
	memcpy(entry + 48, where, sizeof where);
	f->len = where[0] + bytes;
	return f->bytes + where[0];
}

static void floats(file *f, const char *name, size_t count, float size, float middle)
{
	float *x = section(f, name, count * sizeof *x);
	for (size_t i = 0; i < count; i++)
		x[i] = middle + draw_float(size);
}

/* Weights of one output, drawn as large as the bound of a group of inputs allows, so that many groups reach it. */
static void weights(int8_t *w, uint32_t in, uint32_t j)
{
	int left[2][2] = { { 0 } }; /* of the pairs at 4k and at 4k + 2, for weights below 0 and not */
	for (uint32_t k = 0; k < in; k++) {
		if (k % SR_NN_GROUP == 0)
			left[0][0] = left[0][1] = left[1][0] = left[1][1] = SR_NN_GROUP_MAX;
		int x = (int)(draw() % 255) - 127, *room = &left[k / 2 % 2][x >= 0];
		x = x >= 0 ? (x < *room ? x : *room) : (-x < *room ? x : -*room);
		*room -= x < 0 ? -x : x;
		w[j / 16 * 16 * in + k / 4 * 64 + j % 16 * 4 + k % 4] = (int8_t)x;
	}
}

static void linear(file *f, const char *name, uint32_t in, uint32_t used)
{
	char part[64];
	uint32_t out = (used + 31) / 32 * 32;
	snprintf(part, sizeof part, "%s.w", name);
	int8_t *w = section(f, part, (size_t)in * out);
	for (uint32_t j = 0; j < out; j++)
		weights(w, in, j);
	snprintf(part, sizeof part, "%s.s", name);
	floats(f, part, out, 0.0002f, 0.001f);
	snprintf(part, sizeof part, "%s.b", name);
	floats(f, part, out, 0.1f, 0);
	snprintf(part, sizeof part, "%s.z", name);
	int32_t *z = section(f, part, out * sizeof *z);
	for (size_t j = 0; j < out; j++)
		for (size_t k = 0; k < in; k++)
			z[j] -= SR_NN_ZERO * w[j / 16 * 16 * in + k / 4 * 64 + j % 16 * 4 + k % 4];
}

/* gain, bias, factor */
static void norm(file *f, const char *name, uint32_t width)
{
	float *x = section(f, name, (size_t)3 * width * sizeof *x);
	for (uint32_t i = 0; i < 3 * width; i++)
		x[i] = i / width == 0 ? 1 + draw_float(0.1f) : i / width == 1 ? draw_float(0.1f) : 1 + draw_float(0.9f);
}

static void layer(file *f, uint32_t i, sr_nn_shape s)
{
	struct {
		const char *part;
		uint32_t in, out;
	} maps[] = { { "qkv", s.width, 3 * s.width }, { "out", s.width, s.width }, { "up", s.width, s.inner }, { "down", s.inner, s.width } };
	char name[64];
	for (size_t k = 0; k < 4; k++) {
		snprintf(name, sizeof name, "layer%u.%s", i, maps[k].part);
		linear(f, name, maps[k].in, maps[k].out);
	}
	for (size_t k = 1; k <= 2; k++) {
		snprintf(name, sizeof name, "layer%u.norm%zu", i, k);
		norm(f, name, s.width);
	}
	snprintf(name, sizeof name, "layer%u.factor", i);
	floats(f, name, s.inner, 0.5f, 1);
}

static void seal(file *f)
{
	uint32_t head[2] = { 2, f->sections };
	memcpy(f->bytes, "SITREPNN", 8);
	memcpy(f->bytes + 8, head, sizeof head);
	uint64_t tail[2] = { f->len, sr_checksum(sr_str_make(f->bytes + 64, f->len - 64)) };
	memcpy(f->bytes + 16, tail, sizeof tail);
}

/* A model of that shape with a section of `missing` left out, if one has that name. */
static bool make(file *f, sr_nn_shape s, const char *missing)
{
	size_t most = (size_t)8 << 20;
	*f = (file){ .bytes = aligned_alloc(64, most), .len = 64 + 64 * SECTIONS_MAX };
	if (!f->bytes)
		return false;
	memset(f->bytes, 0, most);
	seed = 5;
	char config[256];
	int n = snprintf(config, sizeof config, "width %u\nheads %u\nlayers %u\ninner %u\nvocabulary %u\npositions %u\nfeatures %u\nnames %u\n", s.width,
	                 s.heads, s.layers, s.inner, s.vocabulary, s.positions, s.features, s.names);
	memcpy(section(f, "config", (size_t)n), config, (size_t)n);
	int8_t *words = section(f, "words", (size_t)s.vocabulary * s.width);
	for (size_t i = 0; i < (size_t)s.vocabulary * s.width; i++)
		words[i] = (int8_t)(draw() % 255 - 127);
	floats(f, "words.s", s.vocabulary, 0.001f, 0.005f);
	floats(f, "positions", (size_t)s.positions * s.width, 0.2f, 0);
	floats(f, "features", (size_t)s.features * s.width, 0.2f, 0);
	floats(f, "names", (size_t)s.names * s.width, 0.2f, 0);
	norm(f, "norm", s.width);
	for (uint32_t i = 0; i < s.layers; i++)
		layer(f, i, s);
	for (uint32_t i = 0; missing && i < f->sections; i++)
		if (strcmp(f->bytes + 64 + 64 * (size_t)i, missing) == 0)
			f->bytes[64 + 64 * (size_t)i] = '-';
	seal(f);
	return true;
}

static const sr_nn_shape shapes[] = {
	{ 64, 2, 1, 32, 7, 192, 3, 2 },    { 96, 1, 3, 160, 50, 200, 1, 1 },   { 384, 12, 2, 512, 300, 256, 28, 16 },
	{ 128, 1, 2, 96, 64, 192, 40, 4 }, { 384, 6, 3, 1536, 90, 256, 28, 16 },
};

typedef struct batch_of {
	uint32_t ids[512], begin[16];
	uint16_t feats[512], names[512];
	sr_nn_batch batch;
} batch_of;

static void fill(batch_of *b, sr_nn_shape s)
{
	static const uint32_t lengths[] = { 1, 2, 3, 7, 12, 15, 16, 17, 40, 65, 96 };
	uint32_t rows = 0;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		b->begin[i] = rows;
		b->begin[i + 1] = rows += lengths[i];
	}
	for (uint32_t r = 0; r < rows; r++) {
		b->ids[r] = draw() % s.vocabulary;
		b->feats[r] = (uint16_t)(draw() % s.features);
		b->names[r] = (uint16_t)(draw() % s.names);
	}
	b->batch = (sr_nn_batch){ b->ids, b->feats, b->names, b->begin, sizeof lengths / sizeof *lengths };
}

/* Each segment as a batch of its own gives what it gave among others. */
static void check_alone(sr_nn_work *work, const batch_of *b, const float *all, uint32_t width)
{
	for (size_t s = 0; s < b->batch.segments; s++) {
		uint32_t from = b->begin[s], begin[2] = { 0, b->begin[s + 1] - from };
		sr_nn_batch one = { b->ids + from, b->feats + from, b->names + from, begin, 1 };
		const float *hidden;
		CHECK_INT(sr_nn_encode(work, &one, &hidden, NULL), SR_OK);
		CHECK(hidden && memcmp(hidden, all + (size_t)from * width, (size_t)begin[1] * width * sizeof(float)) == 0);
	}
}

static void check_shape_runs(sr_nn_shape shape)
{
	file f;
	sr_nn_model *m = NULL;
	sr_error err = { 0 };
	const sr_nn_kernels *kernels[KERNELS_MAX];
	size_t n = sr_nn_kernels_available(kernels, KERNELS_MAX);
	REQUIRE(make(&f, shape, NULL));
	CHECK_INT(sr_nn_model_read(sr_str_make(f.bytes, f.len), &m, &err), SR_OK);
	static batch_of b;
	fill(&b, shape);
	size_t bytes = (size_t)b.begin[b.batch.segments] * shape.width * sizeof(float);
	float *want = calloc(1, bytes);
	for (size_t k = n; m && want && k-- > 0;) {
		const float *hidden = NULL;
		sr_nn_work *work = sr_nn_work_new(m, kernels[k]);
		CHECK(work && sr_nn_encode(work, &b.batch, &hidden, &err) == SR_OK);
		if (hidden && k == n - 1)
			memcpy(want, hidden, bytes);
		CHECK(hidden && memcmp(want, hidden, bytes) == 0 && isfinite(want[0]));
		if (hidden)
			check_alone(work, &b, want, shape.width);
		sr_nn_work_free(work);
	}
	free(want);
	sr_nn_model_free(m);
	free(f.bytes);
}

TEST(nn_shapes_come_from_the_file)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		char label[64];
		snprintf(label, sizeof label, "%u layers of %u by %u", shapes[i].layers, shapes[i].width, shapes[i].inner);
		test_case(label);
		check_shape_runs(shapes[i]);
	}
}

TEST(nn_shapes_that_make_no_sense)
{
	static const sr_nn_shape wrong[] = {
		{ 64, 3, 1, 32, 7, 192, 3, 2 },   { 64, 4, 1, 32, 7, 192, 3, 2 },  { 256, 1, 1, 32, 7, 192, 3, 2 }, { 64, 2, 0, 32, 7, 192, 3, 2 },
		{ 64, 2, 65, 32, 7, 192, 3, 2 },  { 64, 2, 1, 40, 7, 192, 3, 2 },  { 64, 2, 1, 32, 7, 191, 3, 2 },  { 64, 2, 1, 32, 0, 192, 3, 2 },
		{ 64, 2, 1, SR_NN_IN_MAX + 32, 7, 192, 3, 2 },
	};
	sr_nn_shape whole = { 64, 2, 1, 32, 7, 192, 3, 2 };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		file f;
		sr_nn_model *m = NULL;
		sr_error err = { 0 };
		/* the sections of a sound model, and a configuration that says otherwise */
		REQUIRE(make(&f, whole, "config"));
		char config[256];
		int n = snprintf(config, sizeof config, "width %u\nheads %u\nlayers %u\ninner %u\nvocabulary %u\npositions %u\nfeatures %u\nnames %u\n",
		                 wrong[i].width, wrong[i].heads, wrong[i].layers, wrong[i].inner, wrong[i].vocabulary, wrong[i].positions,
		                 wrong[i].features, wrong[i].names);
		memcpy(section(&f, "config", (size_t)n), config, (size_t)n);
		seal(&f);
		CHECK_INT(sr_nn_model_read(sr_str_make(f.bytes, f.len), &m, &err), SR_E_CORRUPT);
		CHECK(strstr(err.message, "shape"));
		sr_nn_model_free(m);
		free(f.bytes);
	}
}

TEST(nn_missing_parts_are_refused)
{
	static const char *const parts[] = { "words", "words.s", "positions", "names", "norm", "layer0.qkv.w", "layer1.up.z", "layer1.norm2", "layer1.factor" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		file f;
		sr_nn_model *m = NULL;
		test_case(parts[i]);
		REQUIRE(make(&f, (sr_nn_shape){ 64, 2, 2, 32, 7, 192, 3, 2 }, parts[i]));
		CHECK_INT(sr_nn_model_read(sr_str_make(f.bytes, f.len), &m, NULL), SR_OK);
		sr_nn_work *work = m ? sr_nn_work_new(m, NULL) : NULL;
		CHECK(work == NULL);
		sr_nn_work_free(work);
		sr_nn_model_free(m);
		free(f.bytes);
	}
}

/* The heads' functions against plain arithmetic: one kernel's answers, which the others must equal. */
#define ROWS_OF 37u
#define IN 64u
#define COLUMNS 16u
#define DEPTH 6u

typedef struct answers {
	float map[ROWS_OF * 128], bilinear[ROWS_OF * COLUMNS], dots[ROWS_OF * 48], mean[IN];
	size_t best[5];
} answers;

static bool same_bits(const void *a, const void *b, size_t bytes) { return memcmp(a, b, bytes) == 0; }

static bool same_answers(const answers *a, const answers *b)
{
	return same_bits(a->map, b->map, sizeof a->map) && same_bits(a->bilinear, b->bilinear, sizeof a->bilinear) &&
	       same_bits(a->dots, b->dots, sizeof a->dots) && same_bits(a->mean, b->mean, sizeof a->mean) && same_bits(a->best, b->best, sizeof a->best);
}

static void ask(sr_nn_work *work, const sr_nn_linear *map, const sr_nn_linear *form, const float *x, const uint32_t *pick, answers *a)
{
	static const size_t lengths[5] = { 1, 5, 16, 37, 64 };
	CHECK_INT(sr_nn_apply(work, map, x, IN, pick, ROWS_OF, a->map), SR_OK);
	CHECK_INT(sr_nn_bilinear(work, form, COLUMNS, x, pick, x, pick, IN, DEPTH, ROWS_OF, a->bilinear), SR_OK);
	CHECK_INT(sr_nn_dots(work, x, IN, x, IN, ROWS_OF, IN, a->dots, 48), SR_OK);
	sr_nn_mean(work, x, ROWS_OF, IN, a->mean);
	for (size_t i = 0; i < 5; i++)
		a->best[i] = sr_nn_best(work, x + i * IN, lengths[i]);
}

static void check_plainly(const sr_nn_linear *map, const float *x, const uint32_t *pick, const answers *a)
{
	double mean = 0, dot = 0, top = 0, sum = 0;
	for (size_t r = 0; r < ROWS_OF; r++)
		mean += (double)x[r * IN + 3] / ROWS_OF;
	CHECK_NEAR((double)a->mean[3], mean, 1e-5);
	for (size_t k = 0; k < IN; k++)
		dot += (double)x[2 * IN + k] * (double)x[5 * IN + k];
	CHECK_NEAR((double)a->dots[2 * 48 + 5], dot, 1e-4);
	const float *row = x + pick[4] * IN;
	for (size_t k = 0; k < IN; k++)
		top = fabs((double)row[k]) > top ? fabs((double)row[k]) : top;
	for (size_t k = 0, j = 33; k < IN; k++)
		sum += rint((double)row[k] * SR_NN_LEVELS / top) * (double)map->w[(j - j % 16) * IN + (k - k % 4) * 16 + j % 16 * 4 + k % 4];
	CHECK_NEAR((double)a->map[4 * map->out + 33], sum * top / SR_NN_LEVELS * (double)map->scale[33] + (double)map->bias[33], 1e-4);
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < (size_t[]){ 1, 5, 16, 37, 64 }[i]; k++)
			CHECK(x[i * IN + k] < x[i * IN + a->best[i]] || (k >= a->best[i] && x[i * IN + k] <= x[i * IN + a->best[i]]));
}

/* The form's answer from the map's own outputs, which check_plainly has looked at by another map. */
static void check_bilinear(sr_nn_work *work, const sr_nn_linear *form, const float *x, const uint32_t *pick, const answers *a)
{
	float *z = calloc((size_t)ROWS_OF * form->out, sizeof *z);
	REQUIRE(z);
	CHECK_INT(sr_nn_apply(work, form, x, IN, pick, ROWS_OF, z), SR_OK);
	for (size_t r = 0; r < ROWS_OF; r++)
		for (size_t j = 0; j < COLUMNS; j++) {
			double want = (double)z[r * form->out + DEPTH * COLUMNS + j];
			for (size_t d = 0; d < DEPTH; d++)
				want += (double)x[pick[r] * IN + d] * (double)z[r * form->out + d * COLUMNS + j];
			CHECK_NEAR((double)a->bilinear[r * COLUMNS + j], want, 1e-4);
		}
	free(z);
}

TEST(nn_heads_agree)
{
	file f;
	sr_nn_model *m = NULL;
	sr_nn_linear map, form;
	REQUIRE(make(&f, shapes[0], NULL));
	linear(&f, "map", IN, 90);
	linear(&f, "form", IN, (DEPTH + 1) * COLUMNS);
	seal(&f);
	CHECK_INT(sr_nn_model_read(sr_str_make(f.bytes, f.len), &m, NULL), SR_OK);
	REQUIRE(m && sr_nn_model_linear(m, "map", IN, 90, &map) && sr_nn_model_linear(m, "form", IN, (DEPTH + 1) * COLUMNS, &form));
	static float x[ROWS_OF * IN];
	uint32_t pick[ROWS_OF];
	for (size_t i = 0; i < ROWS_OF * IN; i++)
		x[i] = (float)(int)(draw() % 41) / 10 - 2; /* with many equals */
	for (uint32_t r = 0; r < ROWS_OF; r++)
		pick[r] = draw() % ROWS_OF;
	const sr_nn_kernels *kernels[KERNELS_MAX];
	static answers want, got;
	for (size_t n = sr_nn_kernels_available(kernels, KERNELS_MAX), k = n; k-- > 0;) {
		sr_nn_work *work = sr_nn_work_new(m, kernels[k]);
		test_case(sr_nn_kernels_name(kernels[k]));
		REQUIRE(work);
		ask(work, &map, &form, x, pick, k == n - 1 ? &want : &got);
		if (k == n - 1) {
			check_plainly(&map, x, pick, &want);
			check_bilinear(work, &form, x, pick, &want);
		} else {
			CHECK(same_answers(&want, &got));
		}
		sr_nn_work_free(work);
	}
	sr_nn_model_free(m);
	free(f.bytes);
}
