/* AVX2: bytes widened to 16 bits, since the 8-bit multiply-add of AVX2 saturates and would not be exact. */
#if defined(__x86_64__)
#include "attend.h"

#define TILE 3u
#define TILE_OUTPUTS 16u

/* acc[r][g]: outputs 4g .. 4g + 3, two halves of each sum side by side */
INLINE void tile(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	__m256i acc[TILE][4];
	const int8_t *w = l->w + j * l->in;
#pragma GCC unroll 3
	for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
		for (unsigned g = 0; g < 4; g++)
			acc[r][g] = _mm256_setzero_si256();
	for (size_t k = 0; k < l->in; k += 4) {
		__m256i x[TILE];
#pragma GCC unroll 3
		for (size_t r = 0; r < rows; r++) {
			int32_t four;
			memcpy(&four, a + r * l->in + k, sizeof four);
			x[r] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
		}
#pragma GCC unroll 4
		for (unsigned g = 0; g < 4; g++) {
			__m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(w + k * LANES + 16 * g)));
#pragma GCC unroll 3
			for (size_t r = 0; r < rows; r++)
				acc[r][g] = _mm256_add_epi32(acc[r][g], _mm256_madd_epi16(x[r], b));
		}
	}
#pragma GCC unroll 3
	for (size_t r = 0; r < rows; r++) {
		__m256i half[2];
		for (unsigned g = 0; g < 2; g++) {
			/* the pairwise sum leaves outputs 0 1 4 5 | 2 3 6 7 in pairs of lanes: put them in order */
			__m256i pairs = _mm256_hadd_epi32(acc[r][2 * g], acc[r][2 * g + 1]);
			half[g] = _mm256_permute4x64_epi64(pairs, 0xD8);
		}
		i16 v, shift;
		memcpy(&v, half, sizeof v);
		memcpy(&shift, l->shift + j, sizeof shift);
		finish(v + shift, row_scale[r], l->scale + j, l->bias + j, out + r * stride);
	}
}

#include "tiles.h"

SR_NN_KERNELS(sr_nn_kernels_avx2, "avx2");
#else
typedef int no_such_processor;
#endif
