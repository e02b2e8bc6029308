/* The floating-point half of a kernel, included once by each kernel file, which is compiled for its
 * processor. Written in vectors of 16 lanes (GCC's and clang's vector types, which split them where the
 * processor has narrower ones) and built without contraction, so that each file computes the same bits. */
#ifndef SITREP_NN_FLOATS_H
#define SITREP_NN_FLOATS_H

#include "kernels.h"

#include <math.h>
#include <string.h>

#define LANES 16u
#define INLINE static inline __attribute__((always_inline))

typedef float v16 __attribute__((vector_size(64)));
typedef float v8 __attribute__((vector_size(32)));
typedef float v4 __attribute__((vector_size(16)));
typedef int32_t i16 __attribute__((vector_size(64)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef int8_t s8x16 __attribute__((vector_size(16)));

INLINE v16 load(const float *p)
{
	v16 v;
	memcpy(&v, p, sizeof v);
	return v;
}

INLINE void store(float *p, v16 v) { memcpy(p, &v, sizeof v); }

INLINE v16 splat(float x) { return x - (v16){ 0 }; }

INLINE v16 pick(i16 mask, v16 yes, v16 no) { return (v16)((mask & (i16)yes) | (~mask & (i16)no)); }
INLINE v16 larger(v16 a, v16 b) { return pick(a > b, a, b); }
INLINE v16 smaller(v16 a, v16 b) { return pick(a < b, a, b); }

INLINE float sum(v16 v)
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

static void quantise(const float *x, size_t rows, size_t columns, uint8_t *out, float *scale)
{
	/* adding 1.5 * 2^23 rounds to the nearest whole number and leaves it in the low bits */
	const v16 magic = splat(12582912.0f);
	for (size_t r = 0; r < rows; r++, x += columns, out += columns) {
		i16 top = { 0 };
		for (size_t k = 0; k < columns; k += LANES) {
			i16 a = (i16)load(x + k) & 0x7FFFFFFF; /* |x|: as whole numbers these order alike */
			i16 more = a > top;
			top = (a & more) | (top & ~more);
		}
		float m = largest((v16)top);
		scale[r] = m / 127.0f;
		v16 inverse = splat(m > 1e-30f ? 127.0f / m : 0.0f);
		for (size_t k = 0; k < columns; k += LANES) {
			i16 q = (i16)(load(x + k) * inverse + magic) - (0x4B400000 - 128);
			u8x16 b = __builtin_convertvector(q, u8x16);
			memcpy(out + k, &b, sizeof b);
		}
	}
}

static void add_norm(float *x, const float *y, size_t rows, size_t columns, const float *gain, const float *bias)
{
	for (size_t r = 0; r < rows; r++, x += columns) {
		v16 total = { 0 }, squares = { 0 };
		for (size_t k = 0; k < columns; k += LANES) {
			v16 v = load(x + k);
			if (y) {
				v = v + load(y + r * columns + k);
				store(x + k, v);
			}
			total = total + v;
		}
		float mean = sum(total) / (float)columns;
		for (size_t k = 0; k < columns; k += LANES) {
			v16 d = load(x + k) - mean;
			squares = squares + d * d;
		}
		float factor = 1.0f / sqrtf(sum(squares) / (float)columns + 1e-12f);
		for (size_t k = 0; k < columns; k += LANES)
			store(x + k, (load(x + k) - mean) * factor * load(gain + k) + load(bias + k));
	}
}

/* x Phi(x); Phi(x) - 1/2 by an odd polynomial on [-4, 4] (least maximum error, 4e-6), constant outside */
static void gelu(float *x, size_t count)
{
	static const float c[] = { 3.989227082e-01f,  -6.641058997e-02f, 9.877471546e-03f,  -1.133919699e-03f, 9.890751117e-05f,
		                         -6.294924941e-06f, 2.716100919e-07f, -7.003250698e-09f, 8.063073004e-11f };
	for (size_t i = 0; i < count; i += LANES) {
		v16 v = load(x + i);
		v16 z = larger(smaller(v, splat(4.0f)), splat(-4.0f));
		v16 t = z * z, p = splat(c[8]);
		for (int k = 7; k >= 0; k--)
			p = p * t + c[k];
		store(x + i, v * (z * p + 0.5f));
	}
}

/* e^x, x held to [-60, 60]: 2^n e^r with |r| <= ln 2 / 2, e^r by its Taylor polynomial of degree 5 (error 3e-6) */
INLINE v16 exp_bounded(v16 x)
{
	x = smaller(larger(x, splat(-60.0f)), splat(60.0f));
	v16 shifted = x * 1.44269504f + 12582912.0f;
	v16 n = shifted - 12582912.0f;
	v16 r = x - n * 0.693147181f;
	v16 p = splat(1.0f / 120.0f);
	p = p * r + 1.0f / 24.0f;
	p = p * r + 1.0f / 6.0f;
	p = p * r + 0.5f;
	p = p * r + 1.0f;
	p = p * r + 1.0f;
	i16 power = (((i16)shifted - 0x4B400000) + 127) << 23;
	return p * (v16)power;
}

/* scores -> e^score, 0 in the columns of the last 16 that `tail` leaves out; returns 1 / their sum. No maximum is taken off
 * first: scores beyond 60 do not occur, and would only be levelled. */
INLINE float soft(float *s, size_t columns, i16 tail)
{
	v16 total = { 0 };
	for (size_t j = 0; j + LANES < columns; j += LANES) {
		v16 e = exp_bounded(load(s + j));
		store(s + j, e);
		total = total + e;
	}
	v16 e = (v16)((i16)exp_bounded(load(s + columns - LANES)) & tail);
	store(s + columns - LANES, e);
	return 1.0f / sum(total + e);
}

/* out[i][x] = sum over d < depth of a[i][d] * b[d][x], for `count` rows and `wide` vectors of columns: all sums in registers. */
INLINE void tile_product(const float *a, size_t a_stride, size_t count, const float *b, size_t b_stride, size_t depth, size_t wide, v16 acc[4][2])
{
	for (size_t i = 0; i < count; i++)
		for (size_t x = 0; x < wide; x++)
			acc[i][x] = (v16){ 0 };
#pragma GCC unroll 2
	for (size_t d = 0; d < depth; d++)
		for (size_t x = 0; x < wide; x++) {
			v16 v = load(b + d * b_stride + x * LANES);
			for (size_t i = 0; i < count; i++)
				acc[i][x] = acc[i][x] + v * a[i * a_stride + d];
		}
}

/* count (1 or 4) rows of scores: s[i][j] = q[i] . k[j], with k turned */
INLINE void scores(const float *q, size_t stride, size_t count, const float *turned, size_t depth, size_t columns, float *s)
{
	v16 acc[4][2];
	size_t j = 0;
	for (; j + 2 * LANES <= columns; j += 2 * LANES) {
		tile_product(q, stride, count, turned + j, columns, depth, 2, acc);
		for (size_t i = 0; i < count; i++) {
			store(s + i * columns + j, acc[i][0]);
			store(s + i * columns + j + LANES, acc[i][1]);
		}
	}
	for (; j < columns; j += LANES) {
		tile_product(q, stride, count, turned + j, columns, depth, 1, acc);
		for (size_t i = 0; i < count; i++)
			store(s + i * columns + j, acc[i][0]);
	}
}

/* out[i] = factor[i] * sum over j < n of p[i][j] * v[j] */
INLINE void mix(const float *p, size_t count, const float *factor, size_t columns, const float *v, size_t stride, size_t n, size_t depth,
                float *out, size_t out_stride)
{
	v16 acc[4][2];
	size_t d = 0;
	for (; d + 2 * LANES <= depth; d += 2 * LANES) {
		tile_product(p, columns, count, v + d, stride, n, 2, acc);
		for (size_t i = 0; i < count; i++) {
			store(out + i * out_stride + d, acc[i][0] * factor[i]);
			store(out + i * out_stride + d + LANES, acc[i][1] * factor[i]);
		}
	}
	for (; d < depth; d += LANES) {
		tile_product(p, columns, count, v + d, stride, n, 1, acc);
		for (size_t i = 0; i < count; i++)
			store(out + i * out_stride + d, acc[i][0] * factor[i]);
	}
}

static void attend(const float *qkv, size_t n, size_t width, size_t heads, float *scratch, float *out)
{
	size_t depth = width / heads, stride = 3 * width, columns = (n + LANES - 1) / LANES * LANES;
	float *turned = scratch, *s = scratch + depth * columns;
	const i16 lane = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	i16 tail = lane < (int32_t)(n + LANES - columns);
	for (size_t h = 0; h < heads; h++) {
		const float *q = qkv + h * depth, *k = q + width, *v = k + width;
		for (size_t j = 0; j < n; j++)
			for (size_t d = 0; d < depth; d++)
				turned[d * columns + j] = k[j * stride + d];
		for (size_t d = 0; d < depth; d++)
			for (size_t j = n; j < columns; j++)
				turned[d * columns + j] = 0.0f;
		float factor[4];
		size_t i = 0;
		for (; i + 4 <= n; i += 4) {
			scores(q + i * stride, stride, 4, turned, depth, columns, s);
			for (size_t x = 0; x < 4; x++)
				factor[x] = soft(s + x * columns, columns, tail);
			mix(s, 4, factor, columns, v, stride, n, depth, out + i * width + h * depth, width);
		}
		for (; i < n; i++) {
			scores(q + i * stride, stride, 1, turned, depth, columns, s);
			factor[0] = soft(s, columns, tail);
			mix(s, 1, factor, columns, v, stride, n, depth, out + i * width + h * depth, width);
		}
	}
}

static void embed(const int8_t *word, float scale, const float *position, const float *feature, const float *name, size_t columns, float *out)
{
	for (size_t k = 0; k < columns; k += LANES) {
		s8x16 b;
		memcpy(&b, word + k, sizeof b);
		store(out + k, __builtin_convertvector(b, v16) * scale + load(position + k) + load(feature + k) + load(name + k));
	}
}

static void dots(const float *t, size_t t_stride, const float *turned, size_t n, size_t depth, float *out, size_t columns)
{
	size_t i = 0;
	for (; i + 4 <= n; i += 4)
		scores(t + i * t_stride, t_stride, 4, turned, depth, columns, out + i * columns);
	for (; i < n; i++)
		scores(t + i * t_stride, t_stride, 1, turned, depth, columns, out + i * columns);
}

/* acc -> out for one group of 16 outputs */
INLINE void finish(i16 acc, float row_scale, const float *scale, const float *bias, float *out)
{
	store(out, __builtin_convertvector(acc, v16) * (load(scale) * row_scale) + load(bias));
}

#endif
