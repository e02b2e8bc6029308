/* AVX-512 with VNNI: 64 products an instruction, tiles of 12 rows by 32 outputs in registers. */
#if defined(__x86_64__)
#ifndef __clang__
/* gcc 12's partial redundancy elimination copies every sum on each step: 2.5 times slower */
#pragma GCC optimize("no-tree-pre")
#endif
#include "floats.h"

#include <immintrin.h>

INLINE void tile(const uint8_t *a, const float *row_scale, const sr_nn_linear *l, size_t j, float *out)
{
	__m512i acc[SR_NN_ROWS][2];
	const int8_t *w0 = l->w + j * l->in, *w1 = w0 + LANES * l->in;
	__m512i s0 = _mm512_loadu_si512(l->shift + j), s1 = _mm512_loadu_si512(l->shift + j + LANES);
#pragma GCC unroll 12
	for (unsigned r = 0; r < SR_NN_ROWS; r++) {
		acc[r][0] = s0;
		acc[r][1] = s1;
	}
	for (size_t k = 0; k < l->in; k += 4) {
		__m512i b0 = _mm512_loadu_si512(w0 + k * LANES), b1 = _mm512_loadu_si512(w1 + k * LANES);
#pragma GCC unroll 12
		for (unsigned r = 0; r < SR_NN_ROWS; r++) {
			int32_t four;
			memcpy(&four, a + r * l->in + k, sizeof four);
			__m512i x = _mm512_set1_epi32(four);
			acc[r][0] = _mm512_dpbusd_epi32(acc[r][0], x, b0);
			acc[r][1] = _mm512_dpbusd_epi32(acc[r][1], x, b1);
		}
	}
#pragma GCC unroll 12
	for (unsigned r = 0; r < SR_NN_ROWS; r++) {
		finish((i16)acc[r][0], row_scale[r], l->scale + j, l->bias + j, out + r * l->out + j);
		finish((i16)acc[r][1], row_scale[r], l->scale + j + LANES, l->bias + j + LANES, out + r * l->out + j + LANES);
	}
}

static void gemm(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, float *out)
{
	for (size_t j = 0; j < l->out; j += 2 * (size_t)LANES)
		for (size_t r = 0; r < rows; r += SR_NN_ROWS)
			tile(a + r * l->in, row_scale + r, l, j, out + r * l->out);
}

const sr_nn_kernels sr_nn_kernels_avx512 = { "avx512-vnni", gemm, quantise, add_norm, gelu, attend, embed, dots };
#else
typedef int no_such_processor;
#endif
