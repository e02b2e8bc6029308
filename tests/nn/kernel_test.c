/* What stands between the products, against the same written plainly in doubles. The kernels equal one another
 * (nn_kernels_agree); here portable C equals the formula, to what its whole numbers allow. */
#include "harness.h"
#include "../src/nn/kernels.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH 96u
#define LONGEST 33u

static const sr_nn_kernels *const kernels = &sr_nn_kernels_portable;

static float draw(uint32_t *seed, float size)
{
	*seed = *seed * 1664525u + 1013904223u;
	return size * ((float)(*seed >> 8) / (float)(1 << 23) - 1.0f);
}

/* out[i] = sum over j of softmax(q[i] . k[j]) v[j]; rows of q, k, v side by side */
static void attend_plainly(const float *qkv, size_t n, size_t depth, double *out)
{
	for (size_t i = 0; i < n; i++) {
		double total = 0;
		for (size_t d = 0; d < depth; d++)
			out[i * depth + d] = 0;
		for (size_t j = 0; j < n; j++) {
			double score = 0;
			for (size_t d = 0; d < depth; d++)
				score += (double)qkv[3 * depth * i + d] * (double)qkv[3 * depth * j + depth + d];
			score = exp(score);
			total += score;
			for (size_t d = 0; d < depth; d++)
				out[i * depth + d] += score * (double)qkv[3 * depth * j + 2 * depth + d];
		}
		for (size_t d = 0; d < depth; d++)
			out[i * depth + d] /= total;
	}
}

TEST(nn_attention_is_attention)
{
	static const size_t lengths[] = { 1, 2, 3, 4, 5, 15, 16, 17, 31, 32, LONGEST }, depths[] = { 32, WIDTH };
	/* scores nearly flat, as usual, and up to some 20 apart */
	static const float sizes[] = { 0.05f, 0.5f, 1.2f };
	static float qkv[LONGEST * 3 * WIDTH], out[LONGEST * WIDTH];
	static double want[LONGEST * WIDTH];
	void *scratch = aligned_alloc(64, SR_NN_SCRATCH(LONGEST, WIDTH) * 4);
	uint32_t seed = 3;
	REQUIRE(scratch);
	for (size_t c = 0; c < sizeof lengths / sizeof *lengths * 2 * 3; c++) {
		size_t n = lengths[c / 6], depth = depths[c % 2];
		for (size_t k = 0; k < n * 3 * depth; k++)
			qkv[k] = draw(&seed, sizes[c / 2 % 3]);
		kernels->attend(qkv, qkv + depth, qkv + 2 * depth, 3 * depth, n, depth, scratch, out, depth);
		attend_plainly(qkv, n, depth, want);
		for (size_t k = 0; k < n * depth; k++)
			CHECK_NEAR((double)out[k], want[k], 0.004 * (double)sizes[c / 2 % 3]);
	}
	free(scratch);
}

TEST(nn_rows_between_products)
{
	float x[WIDTH], y[WIDTH], gain[WIDTH], bias[WIDTH], scale;
	double sum[WIDTH], mean = 0, variance = 0;
	uint8_t bytes[WIDTH];
	uint32_t seed = 9;
	for (size_t k = 0; k < WIDTH; k++) {
		x[k] = draw(&seed, 5);
		y[k] = draw(&seed, 2);
		gain[k] = 1 + draw(&seed, 0.5f);
		bias[k] = draw(&seed, 1);
		sum[k] = (double)x[k] + (double)y[k];
		mean += sum[k] / WIDTH;
	}
	for (size_t k = 0; k < WIDTH; k++)
		variance += (sum[k] - mean) * (sum[k] - mean) / WIDTH;
	kernels->add_norm(x, y, WIDTH, gain, bias, bytes, &scale);
	for (size_t k = 0; k < WIDTH; k++) {
		CHECK_NEAR((double)x[k], (sum[k] - mean) / sqrt(variance) * (double)gain[k] + (double)bias[k], 1e-4);
		CHECK_NEAR((double)scale * (bytes[k] - 128.0), (double)x[k], 0.51 * (double)scale);
	}
	for (size_t k = 0; k < WIDTH; k++) {
		x[k] = (float)k / 10 - 4.8f;
		sum[k] = 0.5 * (double)x[k] * (1 + erf((double)x[k] / sqrt(2)));
	}
	kernels->gelu(x, WIDTH, bytes, &scale);
	for (size_t k = 0; k < WIDTH; k++) {
		CHECK_NEAR((double)x[k], sum[k], 0.0012);
		CHECK_NEAR((double)scale * (bytes[k] - 128.0), (double)x[k], 0.51 * (double)scale);
	}
	float none[32] = { 0 };
	kernels->quantise(none, 32, bytes, &scale);
	CHECK_INT(bytes[0], 128);
	CHECK_NEAR((double)scale, 0, 0);
}
