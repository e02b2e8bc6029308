/* Attention of one head over one segment, included by each kernel file after floats.h. Its two products are
 * sums of whole numbers of 16 bits, which are exact and so alike on every processor:
 *
 *   queries and keys   12 bits and a sign, one scale each for the segment; of a head's depth at most (SR_NN_DEPTH_MAX)
 *                      a sum stays below 2^31
 *   weights            15 bits; those of one row add up to 2^15 and at most half of one for each key, values
 *                      have 15 bits and a sign: a sum stays below 2^31
 *
 * The exponentials are taken without taking the row's maximum off first: scores beyond 60 do not occur, and
 * would only be levelled. */
#ifndef SITREP_NN_ATTEND_H
#define SITREP_NN_ATTEND_H

#include "floats.h"

#define SCORE_TOP 4095.0f
#define VALUE_TOP 32767.0f
#define ROWS 4u /* taken together */
#define WIDE 2u /* vectors of columns, if there are as many */

/* 1 / step, where `top` of the largest magnitude's steps make it up; *step is set */
INLINE float steps_of(const float *x, size_t stride, size_t n, size_t depth, float top, float *step)
{
	vf high[PARTS] = { 0 };
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < depth; d += LANES)
			for (size_t p = 0; p < PARTS; p++)
				raise_to(&high[p], load(x + i * stride + d + p * W));
	float m = largest(high);
	*step = m / top;
	return m > 1e-30f ? top / m : 0.0f;
}

/* depth floats as numbers of 16 bits */
INLINE void to_halves(const float *x, size_t depth, float inverse, int16_t *out)
{
	for (size_t d = 0; d < depth; d += W)
		store_halves(out + d, nearest(load(x + d) * inverse));
}

/* queries[i][d] of n rows, and none in the rows up to a multiple of ROWS */
INLINE float pack_queries(const float *q, size_t stride, size_t n, size_t depth, int16_t *queries)
{
	float step, inverse = steps_of(q, stride, n, depth, SCORE_TOP, &step);
	for (size_t i = 0; i < n; i++)
		to_halves(q + i * stride, depth, inverse, queries + i * depth);
	size_t end = (n + ROWS - 1) / ROWS * ROWS;
	memset(queries + n * depth, 0, (end - n) * depth * sizeof *queries);
	return step;
}

/* keys[d / 2][j] = the pair d, d + 1 of row j */
INLINE float pack_keys(const float *k, size_t stride, size_t n, size_t depth, size_t columns, int32_t *keys)
{
	float step, inverse = steps_of(k, stride, n, depth, SCORE_TOP, &step);
	for (size_t j = 0; j < n; j++) {
		int32_t pairs[SR_NN_DEPTH_MAX / 2];
		to_halves(k + j * stride, depth, inverse, (int16_t *)pairs);
		for (size_t x = 0; x < depth / 2; x++)
			keys[x * columns + j] = pairs[x];
	}
	for (size_t d = 0; d < depth / 2; d++)
		for (size_t j = n; j < columns; j++)
			keys[d * columns + j] = 0;
	return step;
}

/* values[j / 2][d] = the pair of rows j, j + 1 */
INLINE float pack_values(const float *v, size_t stride, size_t n, size_t depth, int32_t *values)
{
	float step, inverse = steps_of(v, stride, n, depth, VALUE_TOP, &step);
	for (size_t j = 0; j < n; j += 2)
		for (size_t d = 0; d < depth; d += W) {
			vi even = nearest(load(v + j * stride + d) * inverse), odd = { 0 };
			if (j + 1 < n)
				odd = nearest(load(v + (j + 1) * stride + d) * inverse);
			vi both = (even & 0xFFFF) | (vi)((vu)odd << 16);
			memcpy(values + j / 2 * depth + d, &both, sizeof both);
		}
	return step;
}

/* 2^x, x held to [-86, 86]: 2^n 2^r with |r| <= 1/2, 2^r by its Taylor polynomial of degree 5 (error 3e-6) */
INLINE vf power_of_two(vf x)
{
	x = smaller(larger(x, splat(-86.0f)), splat(86.0f));
	vf shifted = x + ROUNDER, r = x - (shifted - ROUNDER), p = splat(1.33335581e-3f);
	p = p * r + 9.61812911e-3f;
	p = p * r + 5.55041087e-2f;
	p = p * r + 2.40226507e-1f;
	p = p * r + 6.93147181e-1f;
	p = p * r + 1.0f;
	vi exponent = (vi)((vu)((vi)shifted - (ROUNDER_BITS - 127)) << 23);
	return p * (vf)exponent;
}

/* acc[i][x] += pairs of a, a row's `steps` of them at a_stride, with b[step][x] */
INLINE void pair_tile(const int32_t *a, size_t a_stride, const int32_t *b, size_t b_stride, size_t steps, size_t wide, vi acc[ROWS][WIDE])
{
	for (size_t i = 0; i < ROWS; i++)
		for (size_t x = 0; x < wide; x++)
			acc[i][x] = (vi){ 0 };
	for (size_t s = 0; s < steps; s++)
		for (size_t x = 0; x < wide; x++) {
			vi v = load_whole(b + s * b_stride + x * W);
			for (size_t i = 0; i < ROWS; i++)
				acc[i][x] = add_pairs(acc[i][x], a[i * a_stride + s] - (vi){ 0 }, v);
		}
}

/* e[i][j] = 2^(factor * q[i] . k[j]) of `wide` vectors of columns from j, 0 beyond the keys; total[i] goes on */
INLINE void exponentials(const int32_t *q, const int32_t *keys, size_t depth, size_t n, size_t columns, size_t j, size_t wide, float factor,
                         float *e, vf total[ROWS][PARTS])
{
	static const int32_t lanes[LANES] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	const vi lane = load_whole(lanes);
	vi acc[ROWS][WIDE];
	pair_tile(q, depth / 2, keys + j, columns, depth / 2, wide, acc);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t x = 0; x < wide; x++) {
			vf p = power_of_two(__builtin_convertvector(acc[i][x], vf) * factor);
			p = (vf)((vi)p & (lane < (int32_t)(n - j - x * W)));
			store(e + i * columns + j + x * W, p);
			total[i][(j / W + x) % PARTS] += p;
		}
}

static void attend(const float *q, const float *k, const float *v, size_t stride, size_t n, size_t depth, void *scratch, float *out,
                   size_t out_stride)
{
	size_t columns = (n + LANES - 1) / LANES * LANES;
	int32_t *keys = scratch, *values = keys + depth / 2 * columns, *queries = values + depth / 2 * columns, *weights = queries + depth / 2 * columns;
	float *e = (float *)(void *)(weights + ROWS * columns / 2);
	float factor = pack_queries(q, stride, n, depth, (int16_t *)queries) * 1.44269504f;
	factor *= pack_keys(k, stride, n, depth, columns, keys);
	float step = pack_values(v, stride, n, depth, values) / VALUE_TOP;
	for (size_t i = 0; i < n; i += ROWS) {
		vf total[ROWS][PARTS] = { 0 };
		size_t count = n - i < ROWS ? n - i : ROWS, j = 0;
		for (; j + WIDE * W <= columns; j += WIDE * W)
			exponentials(queries + i * depth / 2, keys, depth, n, columns, j, WIDE, factor, e, total);
		for (; j < columns; j += W)
			exponentials(queries + i * depth / 2, keys, depth, n, columns, j, 1, factor, e, total);
		for (size_t r = 0; r < ROWS; r++)
			to_halves(e + r * columns, columns, VALUE_TOP / sum_of(total[r]), (int16_t *)(weights + r * columns / 2));
		for (size_t d = 0; d < depth; d += (size_t)WIDE * W) {
			vi acc[ROWS][WIDE];
			pair_tile(weights, columns / 2, values + d, depth, (n + 1) / 2, WIDE, acc);
			for (size_t r = 0; r < count; r++)
				for (size_t x = 0; x < WIDE; x++)
					store(out + (i + r) * out_stride + d + x * W, __builtin_convertvector(acc[r][x], vf) * step);
		}
	}
}

#endif
