/* AVX2: bytes widened to 16 bits, since the 8-bit multiply-add of AVX2 saturates and would not be exact. Some rows are
 * widened once, and each group of outputs once for all of them; tiles of 4 rows by 8 outputs in registers. */
#if defined(__x86_64__)
#include "attend.h"

#define TILE 4u
#define TILE_OUTPUTS 8u
#define FOUR_OF_ALL ((size_t)4 * TILE_OUTPUTS) /* four weights of each output of a tile stand side by side */
/* Numbers of the rows that are widened at a time: at least a tile of the deepest map. */
#define ROOM (96u * 384u)
_Static_assert(ROOM >= TILE * SR_NN_IN_MAX, "a tile of the deepest map has room");

INLINE __m256i wide(const int16_t *x) { return _mm256_load_si256((const void *)x); }

/* rows of `in` bytes, and none up to a multiple of TILE */
static void widen_rows(const uint8_t *a, size_t rows, size_t in, int16_t *out)
{
	for (size_t k = 0; k < rows * in; k += LANES)
		_mm256_store_si256((void *)(out + k), _mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)(a + k))));
	size_t end = (rows + TILE - 1) / TILE * TILE;
	memset(out + rows * in, 0, (end - rows) * in * sizeof *out);
}

/* the weights of TILE_OUTPUTS of the LANES outputs that stand together in the model */
static void widen_weights(const int8_t *w, size_t in, int16_t *out)
{
	for (size_t k = 0; k < in; k += 4, w += 4 * LANES, out += FOUR_OF_ALL)
		for (size_t x = 0; x < FOUR_OF_ALL; x += LANES)
			_mm256_store_si256((void *)(out + x), _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(w + x))));
}

INLINE void tile(const int16_t *a, const int16_t *w, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	/* acc[r][g]: outputs 4g .. 4g + 3, two halves of each sum side by side */
	__m256i acc[TILE][2];
#pragma GCC unroll 4
	for (size_t r = 0; r < TILE; r++)
		acc[r][0] = acc[r][1] = _mm256_setzero_si256();
	for (size_t k = 0; k < l->in; k += 4, w += FOUR_OF_ALL) {
		__m256i b0 = wide(w), b1 = wide(w + LANES);
#pragma GCC unroll 4
		for (size_t r = 0; r < TILE; r++) {
			int64_t four;
			memcpy(&four, a + r * l->in + k, sizeof four);
			__m256i x = _mm256_set1_epi64x(four);
			acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(x, b0));
			acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(x, b1));
		}
	}
	const vi shift = load_whole(l->shift + j);
#pragma GCC unroll 4
	for (size_t r = 0; r < TILE; r++) {
		/* the pairwise sum leaves outputs 0 1 4 5 | 2 3 6 7 in pairs of lanes: put them in order */
		vi sum = (vi)_mm256_permute4x64_epi64(_mm256_hadd_epi32(acc[r][0], acc[r][1]), 0xD8);
		if (r < rows)
			finish(sum + shift, row_scale[r], l->scale + j, l->bias + j, out + r * stride);
	}
}

static void gemm(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t first, size_t count, float *out,
                 size_t stride)
{
	_Alignas(64) int16_t widened[ROOM];
	_Alignas(64) int16_t weights[(size_t)TILE_OUTPUTS * SR_NN_IN_MAX];
	size_t block = ROOM / l->in / TILE * TILE;
	for (size_t from = 0; from < rows; from += block) {
		size_t n = rows - from < block ? rows - from : block;
		widen_rows(a + from * l->in, n, l->in, widened);
		for (size_t j = 0; j < count; j += TILE_OUTPUTS) {
			size_t at = first + j;
			widen_weights(l->w + at / LANES * LANES * l->in + at % LANES * 4, l->in, weights);
			for (size_t r = 0; r < n; r += TILE)
				tile(widened + r * l->in, weights, row_scale + from + r, n - r, l, at, out + (from + r) * stride + j, stride);
		}
	}
}

SR_NN_KERNELS(sr_nn_kernels_avx2, "avx2");
#else
typedef int no_such_processor;
#endif
