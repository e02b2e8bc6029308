/* The floating-point half of a kernel, included once by each kernel file, which is compiled for its
 * processor. Written in vectors of its width, sums in 16 lanes, and built without contraction, so that each file computes the
 * same bits. Everything works on one row: a row's result does not depend on its neighbours. */
#ifndef SITREP_NN_FLOATS_H
#define SITREP_NN_FLOATS_H

#include "kernels.h"
#include "vectors.h"

#include <math.h>

INLINE void raise_to(vf *top, vf v) { *top = larger(*top, magnitude(v)); }

INLINE vf times(vf v, const float *factor, size_t k) { return factor ? v * load(factor + k) : v; }

/* bytes of a row, times factor if there is one, whose largest magnitudes are `top`, lane by lane; returns the scale */
INLINE float to_bytes(const float *x, size_t columns, const float *factor, const vf top[PARTS], uint8_t *out)
{
	float m = largest(top);
	vf inverse = splat(m > 1e-30f ? (float)SR_NN_LEVELS / m : 0.0f);
	for (size_t k = 0; k < columns; k += W)
		store_bytes(out + k, nearest(times(load(x + k), factor, k) * inverse) + SR_NN_ZERO);
	return m / (float)SR_NN_LEVELS;
}

static void quantise(const float *x, size_t columns, uint8_t *out, float *scale)
{
	vf top[PARTS] = { 0 };
	for (size_t k = 0; k < columns; k += LANES)
		for (size_t p = 0; p < PARTS; p++)
			raise_to(&top[p], load(x + k + p * W));
	*scale = to_bytes(x, columns, NULL, top, out);
}

static void add_norm(float *x, const float *y, size_t columns, const nn_norm *norm, uint8_t *out, float *scale)
{
	vf total[PARTS] = { 0 }, squares[PARTS] = { 0 }, top[PARTS] = { 0 };
	for (size_t k = 0; k < columns; k += LANES)
		for (size_t p = 0; p < PARTS; p++) {
			float *at = x + k + p * W;
			vf v = load(at);
			if (y) {
				v = v + load(y + k + p * W);
				store(at, v);
			}
			total[p] = total[p] + v;
		}
	float mean = sum_of(total) / (float)columns;
	for (size_t k = 0; k < columns; k += LANES)
		for (size_t p = 0; p < PARTS; p++) {
			vf d = load(x + k + p * W) - mean;
			squares[p] = squares[p] + d * d;
		}
	float by = 1.0f / sqrtf(sum_of(squares) / (float)columns + 1e-12f);
	for (size_t k = 0; k < columns; k += LANES)
		for (size_t p = 0; p < PARTS; p++) {
			size_t i = k + p * W;
			vf v = (load(x + i) - mean) * by * load(norm->gain + i) + load(norm->bias + i);
			store(x + i, v);
			raise_to(&top[p], times(v, norm->factor, i));
		}
	*scale = to_bytes(x, columns, norm->factor, top, out);
}

/* x Phi(x); Phi(x) - 1/2 by an odd polynomial on [-3.5, 3.5] (least maximum error, 3e-5), constant outside (2e-4) */
static void gelu(float *x, size_t columns, const float *factor, uint8_t *out, float *scale)
{
	static const float c[] = { 3.988177933e-01f, -6.607216998e-02f, 9.561960788e-03f, -1.003446181e-03f,
		                       7.079324364e-05f, -2.947827802e-06f, 5.387940278e-08f };
	vf top[PARTS] = { 0 };
	for (size_t k = 0; k < columns; k += LANES)
		for (size_t part = 0; part < PARTS; part++) {
			float *at = x + k + part * W;
			vf v = load(at), z = larger(smaller(v, splat(3.5f)), splat(-3.5f)), t = z * z, p = splat(c[6]);
			for (int i = 5; i >= 0; i--)
				p = p * t + c[i];
			v = v * (z * p + 0.5f) * load(factor + k + part * W);
			store(at, v);
			raise_to(&top[part], v);
		}
	*scale = to_bytes(x, columns, NULL, top, out);
}

static void leaky(float *x, size_t count)
{
	for (size_t k = 0; k < count; k += W) {
		vf v = load(x + k);
		store(x + k, larger(v, v * 0.1f));
	}
}

static void embed(const int8_t *word, float scale, const float *position, const float *feature, const float *name, size_t columns, float *out)
{
	for (size_t k = 0; k < columns; k += W) {
		vs b;
		memcpy(&b, word + k, sizeof b);
		store(out + k, __builtin_convertvector(b, vf) * scale + load(position + k) + load(feature + k) + load(name + k));
	}
}

/* out[i][x] = sum over d < depth of a[i][d] * b[d][x], for `count` rows and `wide` vectors of columns: all sums in registers. */
INLINE void float_tile(const float *a, size_t a_stride, size_t count, const float *b, size_t b_stride, size_t depth, size_t wide, float *out)
{
	vf acc[4][2];
	for (size_t i = 0; i < count; i++)
		for (size_t x = 0; x < wide; x++)
			acc[i][x] = (vf){ 0 };
#pragma GCC unroll 2
	for (size_t d = 0; d < depth; d++)
		for (size_t x = 0; x < wide; x++) {
			vf v = load(b + d * b_stride + x * W);
			for (size_t i = 0; i < count; i++)
				acc[i][x] = acc[i][x] + v * a[i * a_stride + d];
		}
	for (size_t i = 0; i < count; i++)
		for (size_t x = 0; x < wide; x++)
			store(out + i * b_stride + x * W, acc[i][x]);
}

INLINE void float_rows(const float *t, size_t t_stride, size_t count, const float *turned, size_t depth, float *out, size_t columns)
{
	size_t j = 0;
	for (; j + 2 * W <= columns; j += 2 * (size_t)W)
		float_tile(t, t_stride, count, turned + j, columns, depth, 2, out + j);
	for (; j < columns; j += W)
		float_tile(t, t_stride, count, turned + j, columns, depth, 1, out + j);
}

static void dots(const float *t, size_t t_stride, const float *turned, size_t n, size_t depth, float *out, size_t columns)
{
	size_t i = 0;
	for (; i + 4 <= n; i += 4)
		float_rows(t + i * t_stride, t_stride, 4, turned, depth, out + i * columns, columns);
	for (; i < n; i++)
		float_rows(t + i * t_stride, t_stride, 1, turned, depth, out + i * columns, columns);
}

static void weigh(const float *y, const float *x, size_t depth, size_t columns, float *out)
{
	for (size_t j = 0; j < columns; j += W) {
		vf total = load(out + j);
		for (size_t d = 0; d < depth; d++)
			total = total + load(y + d * columns + j) * x[d];
		store(out + j, total);
	}
}

static size_t best(const float *x, size_t n)
{
	float top = x[0];
	size_t i = 0;
	if (n >= LANES) {
		vf high[PARTS];
		memcpy(high, x, sizeof high);
		for (i = LANES; i + LANES <= n; i += LANES)
			for (size_t p = 0; p < PARTS; p++)
				high[p] = larger(high[p], load(x + i + p * W));
		top = largest(high);
	}
	for (; i < n; i++)
		top = x[i] > top ? x[i] : top;
	for (i = 0; i < n && x[i] != top;)
		i++;
	return i < n ? i : 0;
}

/* acc -> out for the outputs of one vector */
INLINE void finish(vi acc, float row_scale, const float *scale, const float *bias, float *out)
{
	store(out, __builtin_convertvector(acc, vf) * (load(scale) * row_scale) + load(bias));
}

#endif
