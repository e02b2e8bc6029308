/* AVX2: 32 products an instruction, in pairs of 16 bits, which the bounds of nn.h keep exact for a group of inputs; tiles of
 * 4 rows by 16 outputs. */
#if defined(__x86_64__)
#include "attend.h"

#define TILE 4u
#define TILE_OUTPUTS 16u

/* The sums of one group of inputs, in 16 bits. Each sum goes through a register by itself: gcc 12 would load a whole group
 * first and spill it. */
INLINE void group(const uint8_t *a, size_t stride, size_t rows, const int8_t *w, __m256i sums[TILE][2])
{
#pragma GCC unroll 8
	for (size_t s = 0; s < SR_NN_GROUP / 4; s++) {
		__m256i b0 = _mm256_loadu_si256((const void *)(w + s * 64)), b1 = _mm256_loadu_si256((const void *)(w + s * 64 + 32));
#pragma GCC unroll 4
		for (size_t r = 0; r < rows; r++) {
			int32_t four;
			memcpy(&four, a + r * stride + 4 * s, sizeof four);
			__m256i x = _mm256_set1_epi32(four), p0 = _mm256_maddubs_epi16(x, b0), p1 = _mm256_maddubs_epi16(x, b1);
			sums[r][0] = s ? _mm256_add_epi16(sums[r][0], p0) : p0;
			sums[r][1] = s ? _mm256_add_epi16(sums[r][1], p1) : p1;
			__asm__("" : "+x"(sums[r][0]), "+x"(sums[r][1]));
		}
	}
}

INLINE void tile(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	__m256i acc[TILE][2], sums[TILE][2];
	const __m256i ones = _mm256_set1_epi16(1);
	__m256i s0 = _mm256_loadu_si256((const void *)(l->shift + j)), s1 = _mm256_loadu_si256((const void *)(l->shift + j + W));
#pragma GCC unroll 4
	for (size_t r = 0; r < rows; r++) {
		acc[r][0] = s0;
		acc[r][1] = s1;
	}
	for (size_t k = 0; k < l->in; k += SR_NN_GROUP) {
		group(a + k, l->in, rows, l->w + j * l->in + k * LANES, sums);
#pragma GCC unroll 4
		for (size_t r = 0; r < rows; r++) {
			acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(sums[r][0], ones));
			acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(sums[r][1], ones));
		}
	}
#pragma GCC unroll 4
	for (size_t r = 0; r < rows; r++) {
		finish((vi)acc[r][0], row_scale[r], l->scale + j, l->bias + j, out + r * stride);
		finish((vi)acc[r][1], row_scale[r], l->scale + j + W, l->bias + j + W, out + r * stride + W);
	}
}

#include "tiles.h"

SR_NN_KERNELS(sr_nn_kernels_avx2, "avx2");
#else
typedef int no_such_processor;
#endif
