/* The table of one processor's arithmetic. Every table computes the same bits. */
#ifndef SITREP_NN_KERNELS_H
#define SITREP_NN_KERNELS_H

#include "sitrep/nn.h"

/* Outputs of a linear map that a kernel computes at a time: first and count of gemm are multiples of it. */
#define SR_NN_PANEL 32u
/* Of a head of attention: its depth at most, and a multiple of SR_NN_PANEL. */
#define SR_NN_DEPTH_MAX 128u
/* Numbers of 4 bytes that attend needs as scratch for n rows. */
#define SR_NN_SCRATCH(n, depth) ((3 * (size_t)(depth) / 2 + 6) * (((n) + 15) / 16 * 16))

/* A layer norm's gain and bias, and what its columns are multiplied by before they are quantised. */
typedef struct nn_norm {
	const float *gain, *bias, *factor;
} nn_norm;

struct sr_nn_kernels {
	const char *name;
	/* out[r][j - first] = (sum_k (a[r][k] - SR_NN_ZERO) w[j][k]) * (row_scale[r] * scale[j]) + bias[j] for the outputs
	 * [first, first + count); a is [rows][in], out [rows][stride]. */
	void (*gemm)(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *linear, size_t first, size_t count, float *out,
	             size_t stride);
	/* out[k] = SR_NN_ZERO + round(x[k] / *scale), *scale = max |x| / SR_NN_LEVELS */
	void (*quantise)(const float *x, size_t columns, uint8_t *out, float *scale);
	/* x = norm(x + y) * gain + bias, and x * factor quantised to out; y may be NULL */
	void (*add_norm)(float *x, const float *y, size_t columns, const nn_norm *norm, uint8_t *out, float *scale);
	/* x Phi(x) factor, quantised to out; x is overwritten */
	void (*gelu)(float *x, size_t columns, const float *factor, uint8_t *out, float *scale);
	/* One head over one segment of n rows; q is scaled already, all have `depth` columns. */
	void (*attend)(const float *q, const float *k, const float *v, size_t stride, size_t n, size_t depth, void *scratch, float *out,
	               size_t out_stride);
	/* out[j] = word[j] * scale + position[j] + feature[j] + name[j] */
	void (*embed)(const int8_t *word, float scale, const float *position, const float *feature, const float *name, size_t columns,
	              float *out);
	/* x = x > 0 ? x : x / 10 */
	void (*leaky)(float *x, size_t count);
	/* out[i][j] = t[i] . turned[.][j]; turned is [depth][columns] */
	void (*dots)(const float *t, size_t t_stride, const float *turned, size_t n, size_t depth, float *out, size_t columns);
	/* out[j] += sum over d of y[d][j] * x[d]; y is [depth][columns] */
	void (*weigh)(const float *y, const float *x, size_t depth, size_t columns, float *out);
	/* Index of the largest of n > 0 numbers, the first of equals. */
	size_t (*best)(const float *x, size_t n);
};

/* A kernel file's table, once it has the functions of these names. */
#define SR_NN_KERNELS(table, label)                                                                              \
	const sr_nn_kernels table = { label, gemm, quantise, add_norm, gelu, attend, embed, leaky, dots, weigh, best }

extern const sr_nn_kernels sr_nn_kernels_portable;
#if defined(__x86_64__)
extern const sr_nn_kernels sr_nn_kernels_avx2, sr_nn_kernels_avxvnni, sr_nn_kernels_avx512;
#endif

#endif
