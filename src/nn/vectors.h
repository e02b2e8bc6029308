/* Vectors as wide as the processor's registers (GCC's and clang's vector types) and the few operations that compilers do
 * not find by themselves. Each has a portable meaning that the processor's instruction equals bit for bit. Sums are taken
 * over LANES lanes on every processor, which a narrower one holds in PARTS vectors. */
#ifndef SITREP_NN_VECTORS_H
#define SITREP_NN_VECTORS_H

#include <stdint.h>
#include <string.h>

#ifndef __clang__
/* gcc 12's partial redundancy elimination copies every sum of a tile on each step: up to 2.5 times slower */
#pragma GCC optimize("no-tree-pre")
#endif
#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define LANES 16u
#if defined(__AVX512F__)
#define W 16u /* numbers of 4 bytes in a vector */
#elif defined(__AVX2__)
#define W 8u
#else
#define W 4u
#endif
#define PARTS (LANES / W)
#define INLINE static inline __attribute__((always_inline))

typedef float vf __attribute__((vector_size(4 * W)));
typedef int32_t vi __attribute__((vector_size(4 * W)));
typedef uint32_t vu __attribute__((vector_size(4 * W)));
typedef int16_t vh __attribute__((vector_size(2 * W)));
typedef uint8_t vb __attribute__((vector_size(W)));
typedef int8_t vs __attribute__((vector_size(W)));
typedef float v4 __attribute__((vector_size(16)));

/* adding 1.5 * 2^23 rounds to the nearest whole number and leaves it in the low bits */
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4B400000

INLINE vf load(const float *p)
{
	vf v;
	memcpy(&v, p, sizeof v);
	return v;
}

INLINE vi load_whole(const int32_t *p)
{
	vi v;
	memcpy(&v, p, sizeof v);
	return v;
}

INLINE void store(float *p, vf v) { memcpy(p, &v, sizeof v); }

INLINE vf splat(float x) { return x - (vf){ 0 }; }
INLINE vf magnitude(vf v) { return (vf)((vi)v & 0x7FFFFFFF); }
/* the nearest whole numbers, of values below 2^22 */
INLINE vi nearest(vf v) { return (vi)(v + ROUNDER) - ROUNDER_BITS; }

/* a > b ? a : b and a < b ? a : b, by lane; whole numbers that fit stored as numbers of one and of two bytes. */
#if defined(__AVX512F__)
INLINE vf larger(vf a, vf b) { return (vf)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE vf smaller(vf a, vf b) { return (vf)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE void store_bytes(uint8_t *p, vi v) { _mm_storeu_si128((void *)p, _mm512_cvtepi32_epi8((__m512i)v)); }
INLINE void store_halves(int16_t *p, vi v) { _mm256_storeu_si256((void *)p, _mm512_cvtepi32_epi16((__m512i)v)); }
#elif defined(__AVX2__)
INLINE vf larger(vf a, vf b) { return (vf)_mm256_max_ps((__m256)a, (__m256)b); }
INLINE vf smaller(vf a, vf b) { return (vf)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE __m128i halves(vi v) { return _mm_packs_epi32(_mm256_castsi256_si128((__m256i)v), _mm256_extracti128_si256((__m256i)v, 1)); }
INLINE void store_bytes(uint8_t *p, vi v) { _mm_storel_epi64((void *)p, _mm_packus_epi16(halves(v), halves(v))); }
INLINE void store_halves(int16_t *p, vi v) { _mm_storeu_si128((void *)p, halves(v)); }
#else
INLINE vf chosen(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }
INLINE vf larger(vf a, vf b) { return chosen(a > b, a, b); }
INLINE vf smaller(vf a, vf b) { return chosen(a < b, a, b); }
INLINE void store_bytes(uint8_t *p, vi v)
{
	vb b = __builtin_convertvector(v, vb);
	memcpy(p, &b, sizeof b);
}
INLINE void store_halves(int16_t *p, vi v)
{
	vh h = __builtin_convertvector(v, vh);
	memcpy(p, &h, sizeof h);
}
#endif

/* sum + a.low * b.low + a.high * b.high, each lane taken as two numbers of 16 bits. */
#if defined(__AVX512VNNI__)
INLINE vi add_pairs(vi sum, vi a, vi b) { return (vi)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)a, (__m512i)b); }
#elif defined(__AVXVNNI__)
INLINE vi add_pairs(vi sum, vi a, vi b) { return (vi)_mm256_dpwssd_avx_epi32((__m256i)sum, (__m256i)a, (__m256i)b); }
#elif defined(__AVX2__)
INLINE vi add_pairs(vi sum, vi a, vi b) { return sum + (vi)_mm256_madd_epi16((__m256i)a, (__m256i)b); }
#else
INLINE vi add_pairs(vi sum, vi a, vi b)
{
	/* shifts of signed lanes to the right are arithmetic in both compilers */
	vi a_low = (vi)((vu)a << 16) >> 16, b_low = (vi)((vu)b << 16) >> 16;
	return sum + a_low * b_low + (a >> 16) * (b >> 16);
}
#endif

/* Of the PARTS vectors of LANES lanes, always in this order: i and i + 8, i and i + 4, i and i + 2. */
INLINE float sum_of(const vf *v)
{
	v4 x[4];
	memcpy(x, v, sizeof x);
	v4 sums = (x[0] + x[2]) + (x[1] + x[3]);
	return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

INLINE float largest(const vf *v)
{
	float x[LANES];
	memcpy(x, v, sizeof x);
	for (unsigned n = LANES / 2; n > 0; n /= 2)
		for (unsigned i = 0; i < n; i++)
			x[i] = x[i + n] > x[i] ? x[i + n] : x[i];
	return x[0];
}

#endif
