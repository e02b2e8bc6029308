/* Portable C: what every other kernel must equal. */
#include "attend.h"

static void gemm(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t first, size_t count, float *out,
                 size_t stride)
{
	for (size_t j = first; j < first + count; j += LANES)
		for (size_t r = 0; r < rows; r++) {
			const uint8_t *row = a + r * l->in;
			const int8_t *w = l->w + j * l->in;
			int32_t acc[LANES];
			memcpy(acc, l->shift + j, sizeof acc);
			for (size_t k = 0; k < l->in; k += 4, w += 4 * LANES)
				for (size_t x = 0; x < LANES; x++)
					acc[x] += row[k] * w[4 * x] + row[k + 1] * w[4 * x + 1] + row[k + 2] * w[4 * x + 2] + row[k + 3] * w[4 * x + 3];
			for (size_t x = 0; x < LANES; x += W)
				finish(load_whole(acc + x), row_scale[r], l->scale + j + x, l->bias + j + x, out + r * stride + j - first + x);
		}
}

SR_NN_KERNELS(sr_nn_kernels_portable, "portable");
