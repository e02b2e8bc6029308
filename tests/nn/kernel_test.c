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

/* The largest and smallest bytes against weights whose groups are as heavy as they may be, on every kernel. */
#define INPUTS (2 * SR_NN_GROUP)
#define ROWS 7u

TEST(nn_products_at_their_bounds)
{
	/* of a pair of places in every four, the first four weights that meet there in a group; the others are 0, or the same where all four are */
	static const int8_t heavy[][4] = { { 127, 127, 4, 0 }, { -127, -127, -4, 0 }, { 16, 16, 16, 16 }, { -16, -16, -16, -16 }, { 127, -127, 127, -127 } };
	_Alignas(64) static int8_t w[SR_NN_PANEL * INPUTS];
	_Alignas(64) static int32_t shift[SR_NN_PANEL];
	_Alignas(64) static float scale[SR_NN_PANEL], bias[SR_NN_PANEL], out[ROWS * SR_NN_PANEL];
	uint8_t a[ROWS * INPUTS];
	float row_scale[ROWS];
	uint32_t seed = 21;
	for (uint32_t j = 0; j < SR_NN_PANEL; j++)
		for (uint32_t k = 0; k < INPUTS; k++) {
			uint32_t at = k % SR_NN_GROUP / 4 * 2 + k % 2;
			const int8_t *h = heavy[j % (sizeof heavy / sizeof *heavy)];
			bool small = h[0] == h[3];
			w[j / 16 * 16 * INPUTS + k / 4 * 64 + j % 16 * 4 + k % 4] = small || at < 4 ? h[at % 4] : 0;
			scale[j] = 1;
		}
	for (uint32_t r = 0; r < ROWS; r++) {
		row_scale[r] = 1;
		for (uint32_t k = 0; k < INPUTS; k++)
			a[r * INPUTS + k] = r == 0 ? 0 : r == 1 ? 2 * SR_NN_LEVELS + 1 : draw(&seed, 1) < 0 ? 0 : 2 * SR_NN_LEVELS + 1;
	}
	const sr_nn_linear map = { .w = w, .scale = scale, .bias = bias, .shift = shift, .in = INPUTS, .out = SR_NN_PANEL, .used = SR_NN_PANEL };
	const sr_nn_kernels *all[4];
	for (size_t n = sr_nn_kernels_available(all, 4); n-- > 0;) {
		test_case(sr_nn_kernels_name(all[n]));
		all[n]->gemm(a, row_scale, ROWS, &map, 0, SR_NN_PANEL, out, SR_NN_PANEL);
		for (uint32_t r = 0; r < ROWS; r++)
			for (uint32_t j = 0; j < SR_NN_PANEL; j++) {
				int want = 0;
				for (uint32_t k = 0; k < INPUTS; k++)
					want += a[r * INPUTS + k] * w[j / 16 * 16 * INPUTS + k / 4 * 64 + j % 16 * 4 + k % 4];
				CHECK_INT((int)out[r * SR_NN_PANEL + j], want);
			}
	}
}

TEST(nn_rows_between_products)
{
	float x[WIDTH], y[WIDTH], gain[WIDTH], bias[WIDTH], factor[WIDTH], scale;
	double sum[WIDTH], mean = 0, variance = 0;
	uint8_t bytes[WIDTH];
	uint32_t seed = 9;
	for (size_t k = 0; k < WIDTH; k++) {
		x[k] = draw(&seed, 5);
		y[k] = draw(&seed, 2);
		gain[k] = 1 + draw(&seed, 0.5f);
		bias[k] = draw(&seed, 1);
		factor[k] = 1 + draw(&seed, 0.9f);
		sum[k] = (double)x[k] + (double)y[k];
		mean += sum[k] / WIDTH;
	}
	for (size_t k = 0; k < WIDTH; k++)
		variance += (sum[k] - mean) * (sum[k] - mean) / WIDTH;
	kernels->add_norm(x, y, WIDTH, &(nn_norm){ gain, bias, factor }, bytes, &scale);
	for (size_t k = 0; k < WIDTH; k++) {
		CHECK_NEAR((double)x[k], (sum[k] - mean) / sqrt(variance) * (double)gain[k] + (double)bias[k], 1e-4);
		CHECK_NEAR((double)scale * (bytes[k] - (double)SR_NN_ZERO), (double)x[k] * (double)factor[k], 0.51 * (double)scale);
	}
	for (size_t k = 0; k < WIDTH; k++) {
		x[k] = (float)k / 10 - 4.8f;
		sum[k] = 0.5 * (double)factor[k] * (double)x[k] * (1 + erf((double)x[k] / sqrt(2)));
	}
	kernels->gelu(x, WIDTH, factor, bytes, &scale);
	for (size_t k = 0; k < WIDTH; k++) {
		CHECK_NEAR((double)x[k], sum[k], 0.0012 * (double)factor[k]);
		CHECK_NEAR((double)scale * (bytes[k] - (double)SR_NN_ZERO), (double)x[k], 0.51 * (double)scale);
	}
	float none[32] = { 0 };
	kernels->quantise(none, 32, bytes, &scale);
	CHECK_INT(bytes[0], SR_NN_ZERO);
	CHECK_NEAR((double)scale, 0, 0);
}
