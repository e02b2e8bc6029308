#include "harness.h"
#include "sitrep/base/file.h"
#include "sitrep/nn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 64u
#define ENTRY 64u

static const char *model_path(void) { return test_path("share/sitrep/reading.model"); }

static uint32_t random_next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static const char *const encoders[] = { "", "contrast." };
#define ENCODERS (sizeof encoders / sizeof *encoders)

/* All kernels give the same bits as portable C, on segments of all lengths that matter to their tiles. */
static void check_kernels(const char *encoder)
{
	static const uint32_t lengths[] = { 1, 2, 5, 11, 12, 13, 16, 17, 31, 33, 48, 160, 192 };
	enum { SEGMENTS = sizeof lengths / sizeof *lengths };
	sr_nn_model *m;
	sr_error err;
	REQUIRE(sr_nn_model_open(model_path(), &m, &err) == SR_OK);
	sr_nn_shape shape;
	REQUIRE(sr_nn_model_encoder(m, encoder, &shape));
	uint32_t begin[SEGMENTS + 1] = { 0 }, seed = 7;
	for (size_t s = 0; s < SEGMENTS; s++)
		begin[s + 1] = begin[s] + lengths[s];
	size_t rows = begin[SEGMENTS], bytes = rows * shape.width * sizeof(float);
	uint32_t *ids = calloc(rows, sizeof *ids);
	uint16_t *feats = calloc(rows, sizeof *feats), *names = calloc(rows, sizeof *names);
	float *want = malloc(bytes);
	for (size_t r = 0; r < rows; r++) {
		ids[r] = random_next(&seed) % shape.vocabulary;
		feats[r] = (uint16_t)(random_next(&seed) % shape.features);
		names[r] = (uint16_t)(random_next(&seed) % shape.names);
	}
	sr_nn_batch batch = { ids, feats, names, begin, SEGMENTS };
	const sr_nn_kernels *kernels[8];
	size_t n = sr_nn_kernels_available(kernels, 8);
	CHECK(n >= 1);
	CHECK_CSTR(sr_nn_kernels_name(kernels[n - 1]), "portable");
	for (size_t k = n; k-- > 0;) {
		test_case(sr_nn_kernels_name(kernels[k]));
		const float *hidden;
		sr_nn_work *work = sr_nn_work_new_for(m, encoder, kernels[k]);
		CHECK(work && sr_nn_encode(work, &batch, &hidden, &err) == SR_OK);
		if (work && k == n - 1)
			memcpy(want, hidden, bytes);
		else if (work)
			CHECK_INT(memcmp(want, hidden, bytes), 0);
		sr_nn_work_free(work);
	}
	free(ids);
	free(feats);
	free(names);
	free(want);
	sr_nn_model_free(m);
}

TEST(nn_kernels_agree)
{
	for (size_t i = 0; i < ENCODERS; i++)
		check_kernels(encoders[i]);
}

TEST(nn_encoder_that_is_not_there)
{
	sr_nn_model *m;
	sr_nn_shape shape;
	REQUIRE(sr_nn_model_open(model_path(), &m, NULL) == SR_OK);
	CHECK(!sr_nn_model_encoder(m, "nothing.", &shape));
	CHECK(!sr_nn_work_new_for(m, "nothing.", NULL));
	sr_nn_model_free(m);
}

TEST(nn_encode_refuses_bad_batches)
{
	sr_nn_model *m;
	sr_error err;
	REQUIRE(sr_nn_model_open(model_path(), &m, &err) == SR_OK);
	sr_nn_work *work = sr_nn_work_new(m, NULL);
	REQUIRE(work);
	uint32_t ids[SR_NN_SEGMENT_MAX + 1] = { 0 }, begin[3] = { 0, 2, 2 };
	uint16_t zeros[SR_NN_SEGMENT_MAX + 1] = { 0 };
	const float *hidden;
	sr_nn_batch batch = { ids, zeros, zeros, begin, 2 };
	CHECK_INT(sr_nn_encode(work, &batch, &hidden, &err), SR_E_USAGE);
	batch.segments = 1;
	CHECK_INT(sr_nn_encode(work, &batch, &hidden, &err), SR_OK);
	begin[1] = SR_NN_SEGMENT_MAX + 1;
	CHECK_INT(sr_nn_encode(work, &batch, &hidden, &err), SR_E_USAGE);
	begin[1] = 2;
	ids[1] = sr_nn_model_shape(m).vocabulary;
	CHECK_INT(sr_nn_encode(work, &batch, &hidden, &err), SR_E_USAGE);
	sr_nn_work_free(work);
	sr_nn_model_free(m);
}

/* As src/nn/model.c has it, so that a test can make a damaged file that passes the check. */
static uint64_t checksum(const char *p, size_t n)
{
	const uint64_t prime = 0x9E3779B97F4A7C15u;
	uint64_t lane[4] = { 1, 2, 3, 4 }, total = n;
	size_t i = 0;
	for (; i + 32 <= n; i += 32)
		for (int k = 0; k < 4; k++) {
			uint64_t word;
			memcpy(&word, p + i + 8 * (size_t)k, 8);
			lane[k] = (lane[k] ^ word) * prime;
			lane[k] ^= lane[k] >> 29;
		}
	for (; i < n; i++)
		total = (total ^ (unsigned char)p[i]) * prime;
	for (int k = 0; k < 4; k++)
		total = (total ^ lane[k] ^ (lane[k] >> 32)) * prime;
	return total;
}

typedef struct copy {
	char *bytes;
	size_t len;
} copy;

static bool load(copy *c)
{
	sr_mapping mapping = { 0 };
	if (sr_mapping_open(&mapping, model_path(), NULL) != SR_OK)
		return false;
	c->len = mapping.data.len;
	c->bytes = aligned_alloc(64, (c->len + 63) / 64 * 64);
	if (c->bytes)
		memcpy(c->bytes, mapping.data.ptr, c->len);
	sr_mapping_close(&mapping);
	return c->bytes != NULL;
}

static sr_status read_copy(const copy *c, size_t len, sr_error *err)
{
	sr_nn_model *m = NULL;
	sr_status status = sr_nn_model_read(sr_str_make(c->bytes, len), &m, err);
	for (size_t i = 0; m && i < ENCODERS; i++) {
		sr_nn_work *work = sr_nn_work_new_for(m, encoders[i], NULL);
		if (!work)
			status = SR_E_CORRUPT;
		sr_nn_work_free(work);
	}
	sr_nn_model_free(m);
	return status;
}

/* The heaviest group of a map of `in` inputs is within the bound. */
static void check_groups(const sr_nn_model *m, const char *map, uint32_t in)
{
	char name[80];
	snprintf(name, sizeof name, "%s.w", map);
	sr_str w = sr_nn_model_section(m, name);
	int heaviest = 0;
	REQUIRE(in && w.len && w.len % ((size_t)16 * in) == 0);
	for (size_t group = 0; group < w.len / (16 * SR_NN_GROUP); group++)
		for (size_t lane = 0; lane < 32; lane++) { /* two pairs of places of each of 16 outputs */
			int sums[2] = { 0 };
			for (size_t k = 0; k < SR_NN_GROUP / 2; k++) {
				int x = (unsigned char)w.ptr[group * 16 * SR_NN_GROUP + k / 2 * 64 + lane * 2 + k % 2];
				x -= x > 127 ? 256 : 0;
				sums[x < 0] += x < 0 ? -x : x;
			}
			for (size_t i = 0; i < 2; i++)
				heaviest = sums[i] > heaviest ? sums[i] : heaviest;
		}
	test_case(map);
	CHECK(heaviest > 0 && heaviest <= SR_NN_GROUP_MAX);
}

TEST(nn_model_damage_is_named)
{
	copy c;
	sr_error err;
	REQUIRE(load(&c));
	CHECK_INT(read_copy(&c, c.len, &err), SR_OK);
	CHECK_INT(read_copy(&c, 0, &err), SR_E_INVALID);
	CHECK_INT(read_copy(&c, 63, &err), SR_E_INVALID);
	CHECK_INT(read_copy(&c, 64, &err), SR_E_CORRUPT);
	CHECK_INT(read_copy(&c, c.len - 1, &err), SR_E_CORRUPT);
	CHECK(strstr(err.message, "damaged"));
	c.bytes[c.len / 2] ^= 1;
	CHECK_INT(read_copy(&c, c.len, &err), SR_E_CORRUPT);
	CHECK(strstr(err.message, "checksum"));
	c.bytes[c.len / 2] ^= 1;
	c.bytes[8] ^= 2;
	CHECK_INT(read_copy(&c, c.len, &err), SR_E_INVALID);
	CHECK(strstr(err.message, "version"));
	c.bytes[8] ^= 2;
	c.bytes[0] = 'X';
	CHECK_INT(read_copy(&c, c.len, &err), SR_E_INVALID);
	free(c.bytes);
}

/* Files whose checksum fits but whose table lies: refused or read, never a crash. */
TEST(nn_model_lies_are_survived)
{
	copy c;
	sr_error err;
	uint32_t sections, seed = 11, refused = 0;
	REQUIRE(load(&c));
	memcpy(&sections, c.bytes + 12, 4);
	for (int round = 0; round < 24; round++) {
		size_t entry = HEADER + ENTRY * (random_next(&seed) % sections), field = round % 3 == 0 ? random_next(&seed) % 40 : 48 + random_next(&seed) % 16;
		char was = c.bytes[entry + field];
		c.bytes[entry + field] = (char)random_next(&seed);
		uint64_t sum = checksum(c.bytes + HEADER, c.len - HEADER);
		memcpy(c.bytes + 24, &sum, 8);
		refused += read_copy(&c, c.len, &err) != SR_OK;
		c.bytes[entry + field] = was;
	}
	CHECK(refused > 0);
	free(c.bytes);
}

/* What the AVX2 kernel relies on. */
TEST(nn_model_keeps_the_groups_bound)
{
	sr_nn_model *m = NULL;
	REQUIRE(sr_nn_model_open(model_path(), &m, NULL) == SR_OK);
	sr_nn_shape s;
	const uint32_t arc = (uint32_t)sr_nn_model_config(m, "arc", 0), rel = (uint32_t)sr_nn_model_config(m, "rel", 0);
	char name[64];
	for (size_t e = 0; e < ENCODERS; e++) {
		REQUIRE(sr_nn_model_encoder(m, encoders[e], &s));
		for (uint32_t i = 0; i < s.layers * 4; i++) {
			const char *const parts[] = { "qkv", "out", "up", "down" };
			snprintf(name, sizeof name, "%slayer%u.%s", encoders[e], i / 4, parts[i % 4]);
			check_groups(m, name, i % 4 == 3 ? s.inner : s.width);
		}
	}
	check_groups(m, "contrast.mix", s.width);
	check_groups(m, "contrast.answer", s.width);
	check_groups(m, "tags", s.width);
	check_groups(m, "arc", s.width);
	check_groups(m, "arc.pair", arc);
	check_groups(m, "rel.pair", rel);
	check_groups(m, "vector", s.width);
	sr_nn_model_free(m);
}

TEST(nn_model_missing_file)
{
	sr_nn_model *m;
	sr_error err;
	CHECK_INT(sr_nn_model_open("/nonexistent/reading.model", &m, &err), SR_E_NOT_FOUND);
	CHECK(m == NULL);
}
