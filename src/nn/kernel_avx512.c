/* AVX-512 with VNNI: 64 products an instruction, tiles of up to 12 rows by 32 outputs in registers. */
#if defined(__x86_64__)
#include "attend.h"

#define TILE 12u
#define TILE_OUTPUTS 32u

INLINE void tile(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	__m512i acc[TILE][2];
	const int8_t *w0 = l->w + j * l->in, *w1 = w0 + LANES * l->in;
	__m512i s0 = _mm512_loadu_si512(l->shift + j), s1 = _mm512_loadu_si512(l->shift + j + LANES);
#pragma GCC unroll 12
	for (size_t r = 0; r < rows; r++) {
		acc[r][0] = s0;
		acc[r][1] = s1;
	}
	for (size_t k = 0; k < l->in; k += 4) {
		__m512i b0 = _mm512_loadu_si512(w0 + k * LANES), b1 = _mm512_loadu_si512(w1 + k * LANES);
#pragma GCC unroll 12
		for (size_t r = 0; r < rows; r++) {
			int32_t four;
			memcpy(&four, a + r * l->in + k, sizeof four);
			__m512i x = _mm512_set1_epi32(four);
			acc[r][0] = _mm512_dpbusd_epi32(acc[r][0], x, b0);
			acc[r][1] = _mm512_dpbusd_epi32(acc[r][1], x, b1);
		}
	}
#pragma GCC unroll 12
	for (size_t r = 0; r < rows; r++) {
		finish((vi)acc[r][0], row_scale[r], l->scale + j, l->bias + j, out + r * stride);
		finish((vi)acc[r][1], row_scale[r], l->scale + j + LANES, l->bias + j + LANES, out + r * stride + LANES);
	}
}

#include "tiles.h"

SR_NN_KERNELS(sr_nn_kernels_avx512, "avx512-vnni");
#else
typedef int no_such_processor;
#endif
