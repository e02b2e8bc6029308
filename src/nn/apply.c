/* What stands on the encoder: linear maps, the products of the biaffine scores, and small vector work, by the same kernels. */
#include "work.h"

#include <string.h>

/* Rows of a bilinear form at a time, so that what is between stays in the first cache. */
#define BILINEAR_ROWS 48u

static bool quantise_rows(sr_nn_work *w, const float *x, size_t stride, const uint32_t *pick, size_t rows, size_t in)
{
	uint8_t *bytes = nn_room_for(&w->apply_bytes, rows * in, 1);
	float *scales = nn_room_for(&w->apply_scales, rows, sizeof *scales);
	for (size_t r = 0; bytes && scales && r < rows; r++)
		w->kernels->quantise(x + (pick ? pick[r] : r) * stride, in, bytes + r * in, scales + r);
	return bytes && scales;
}

sr_status sr_nn_apply(sr_nn_work *w, const sr_nn_linear *l, const float *x, size_t stride, const uint32_t *pick, size_t rows, float *out)
{
	if (!quantise_rows(w, x, stride, pick, rows, l->in))
		return SR_E_NOMEM;
	w->kernels->gemm(w->apply_bytes.at, w->apply_scales.at, rows, l, 0, l->out, out, l->out);
	return SR_OK;
}

sr_status sr_nn_dots(sr_nn_work *w, const float *t, size_t t_stride, const float *h, size_t h_stride, size_t n, size_t depth, float *out,
                     size_t columns)
{
	float *turned = nn_room_for(&w->products, depth * columns, sizeof *turned);
	if (!turned)
		return SR_E_NOMEM;
	for (size_t j = 0; j < n; j++)
		for (size_t d = 0; d < depth; d++)
			turned[d * columns + j] = h[j * h_stride + d];
	for (size_t d = 0; d < depth && n < columns; d++)
		memset(turned + d * columns + n, 0, (columns - n) * sizeof *turned);
	w->kernels->dots(t, t_stride, turned, n, depth, out, columns);
	return SR_OK;
}

sr_status sr_nn_bilinear(sr_nn_work *w, const sr_nn_linear *l, size_t columns, const float *x, const uint32_t *x_pick, const float *y,
                         const uint32_t *y_pick, size_t stride, size_t depth, size_t rows, float *out)
{
	static const float one = 1.0f;
	size_t wide = 2 * columns;
	float *products = nn_room_for(&w->products, BILINEAR_ROWS * wide, sizeof *products);
	if (!products || !quantise_rows(w, x, stride, x_pick, rows, l->in))
		return SR_E_NOMEM;
	memset(out, 0, rows * columns * sizeof *out);
	for (size_t from = 0; from < rows; from += BILINEAR_ROWS) {
		size_t n = rows - from < BILINEAR_ROWS ? rows - from : BILINEAR_ROWS;
		const uint8_t *bytes = (const uint8_t *)w->apply_bytes.at + from * l->in;
		const float *scales = (const float *)w->apply_scales.at + from;
		for (size_t d = 0; d <= depth; d += 2) {
			size_t count = d < depth ? wide : l->out - depth * columns;
			w->kernels->gemm(bytes, scales, n, l, d * columns, count, products, wide);
			for (size_t r = 0; r < n; r++)
				w->kernels->weigh(products + r * wide, d < depth ? y + y_pick[from + r] * stride + d : &one, d < depth ? 2 : 1, columns,
				                  out + (from + r) * columns);
		}
	}
	return SR_OK;
}

void sr_nn_leaky(const sr_nn_work *w, float *x, size_t count) { w->kernels->leaky(x, count); }

size_t sr_nn_best(const sr_nn_work *w, const float *x, size_t n) { return n ? w->kernels->best(x, n) : 0; }

void sr_nn_mean(const sr_nn_work *w, const float *x, size_t n, size_t columns, float *out)
{
	float share[SR_NN_SEGMENT_MAX];
	for (size_t i = 0; i < n; i++)
		share[i] = 1.0f / (float)n;
	memset(out, 0, columns * sizeof *out);
	w->kernels->weigh(x, share, n, columns, out);
}
