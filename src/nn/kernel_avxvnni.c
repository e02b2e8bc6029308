/* AVX-VNNI: 32 products an instruction, tiles of 6 rows by 16 outputs. */
#if defined(__x86_64__)
#include "attend.h"

#define TILE 6u
#define TILE_OUTPUTS 16u

INLINE void tile(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	__m256i acc[TILE][2];
	const int8_t *w = l->w + j * l->in;
	__m256i s0 = _mm256_loadu_si256((const void *)(l->shift + j)), s1 = _mm256_loadu_si256((const void *)(l->shift + j + 8));
#pragma GCC unroll 6
	for (size_t r = 0; r < rows; r++) {
		acc[r][0] = s0;
		acc[r][1] = s1;
	}
	for (size_t k = 0; k < l->in; k += 4) {
		__m256i b0 = _mm256_loadu_si256((const void *)(w + k * LANES)), b1 = _mm256_loadu_si256((const void *)(w + k * LANES + 32));
#pragma GCC unroll 6
		for (size_t r = 0; r < rows; r++) {
			int32_t four;
			memcpy(&four, a + r * l->in + k, sizeof four);
			__m256i x = _mm256_set1_epi32(four);
			acc[r][0] = _mm256_dpbusd_avx_epi32(acc[r][0], x, b0);
			acc[r][1] = _mm256_dpbusd_avx_epi32(acc[r][1], x, b1);
		}
	}
#pragma GCC unroll 6
	for (size_t r = 0; r < rows; r++) {
		finish((vi)acc[r][0], row_scale[r], l->scale + j, l->bias + j, out + r * stride);
		finish((vi)acc[r][1], row_scale[r], l->scale + j + W, l->bias + j + W, out + r * stride + W);
	}
}

#include "tiles.h"

SR_NN_KERNELS(sr_nn_kernels_avxvnni, "avx-vnni");
#else
typedef int no_such_processor;
#endif
