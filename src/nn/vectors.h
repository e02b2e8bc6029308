/* Vectors of 16 lanes (GCC's and clang's vector types, which are split where the processor has narrower
 * ones) and the few operations that compilers do not find by themselves. Each has a portable meaning
 * that the processor's instruction equals bit for bit. */
#ifndef SITREP_NN_VECTORS_H
#define SITREP_NN_VECTORS_H

#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define LANES 16u
#define INLINE static inline __attribute__((always_inline))

typedef float v16 __attribute__((vector_size(64)));
typedef float v8 __attribute__((vector_size(32)));
typedef float v4 __attribute__((vector_size(16)));
typedef int32_t i16 __attribute__((vector_size(64)));
typedef uint32_t w16 __attribute__((vector_size(64)));
typedef int16_t h16 __attribute__((vector_size(32)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef int8_t s8x16 __attribute__((vector_size(16)));

/* adding 1.5 * 2^23 rounds to the nearest whole number and leaves it in the low bits */
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4B400000

INLINE v16 load(const float *p)
{
	v16 v;
	memcpy(&v, p, sizeof v);
	return v;
}

INLINE void store(float *p, v16 v) { memcpy(p, &v, sizeof v); }

INLINE v16 splat(float x) { return x - (v16){ 0 }; }
INLINE v16 magnitude(v16 v) { return (v16)((i16)v & 0x7FFFFFFF); }
/* the nearest whole numbers, of values below 2^22 */
INLINE i16 nearest(v16 v) { return (i16)(v + ROUNDER) - ROUNDER_BITS; }

/* a > b ? a : b and a < b ? a : b, by lane. */
#if defined(__AVX512F__)
INLINE v16 larger(v16 a, v16 b) { return (v16)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE v16 smaller(v16 a, v16 b) { return (v16)_mm512_min_ps((__m512)a, (__m512)b); }
#elif defined(__AVX2__)
typedef struct halves {
	__m256 x[2];
} halves;
INLINE halves cut(v16 v)
{
	halves h;
	memcpy(&h, &v, sizeof h);
	return h;
}
INLINE v16 joined(__m256 low, __m256 high)
{
	halves h = { { low, high } };
	v16 v;
	memcpy(&v, &h, sizeof v);
	return v;
}
INLINE v16 larger(v16 a, v16 b)
{
	halves x = cut(a), y = cut(b);
	return joined(_mm256_max_ps(x.x[0], y.x[0]), _mm256_max_ps(x.x[1], y.x[1]));
}
INLINE v16 smaller(v16 a, v16 b)
{
	halves x = cut(a), y = cut(b);
	return joined(_mm256_min_ps(x.x[0], y.x[0]), _mm256_min_ps(x.x[1], y.x[1]));
}
#else
INLINE v16 chosen(i16 mask, v16 yes, v16 no) { return (v16)((mask & (i16)yes) | (~mask & (i16)no)); }
INLINE v16 larger(v16 a, v16 b) { return chosen(a > b, a, b); }
INLINE v16 smaller(v16 a, v16 b) { return chosen(a < b, a, b); }
#endif

/* sum + a.low * b.low + a.high * b.high, each lane taken as two numbers of 16 bits. */
#if defined(__AVX512VNNI__)
INLINE i16 add_pairs(i16 sum, i16 a, i16 b) { return (i16)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)a, (__m512i)b); }
#elif defined(__AVX2__)
INLINE i16 add_pairs(i16 sum, i16 a, i16 b)
{
	__m256i x[2], y[2], z[2];
	memcpy(x, &a, sizeof x);
	memcpy(y, &b, sizeof y);
	memcpy(z, &sum, sizeof z);
	for (int k = 0; k < 2; k++)
		z[k] = _mm256_add_epi32(z[k], _mm256_madd_epi16(x[k], y[k]));
	memcpy(&sum, z, sizeof z);
	return sum;
}
#else
INLINE i16 add_pairs(i16 sum, i16 a, i16 b)
{
	/* shifts of signed lanes to the right are arithmetic in both compilers */
	i16 a_low = (i16)((w16)a << 16) >> 16, b_low = (i16)((w16)b << 16) >> 16;
	return sum + a_low * b_low + (a >> 16) * (b >> 16);
}
#endif

INLINE float sum_of(v16 v)
{
	v8 a = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
	v4 b = __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
	return (b[0] + b[2]) + (b[1] + b[3]);
}

INLINE float largest(v16 v)
{
	v = larger(v, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
	v = larger(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
	v = larger(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
	v = larger(v, __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
	return v[0];
}

#endif
