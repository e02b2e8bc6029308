/* The table of one processor's arithmetic. Every table computes the same bits. */
#ifndef SITREP_NN_KERNELS_H
#define SITREP_NN_KERNELS_H

#include "sitrep/nn.h"

struct sr_nn_kernels {
	const char *name;
	/* out[r][j] = (sum_k (a[r][k] - 128) w[j][k]) * (row_scale[r] * scale[j]) + bias[j]; a is [rows][in], rows a
	 * multiple of SR_NN_ROWS, out [rows][linear->out]. */
	void (*gemm)(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *linear, float *out);
	/* out[r][k] = 128 + round(x[r][k] / scale[r]), scale[r] = max |x[r]| / 127 */
	void (*quantise)(const float *x, size_t rows, size_t columns, uint8_t *out, float *scale);
	/* x[r] = norm(x[r] + y[r]) * gain + bias; y may be NULL */
	void (*add_norm)(float *x, const float *y, size_t rows, size_t columns, const float *gain, const float *bias);
	/* x = x * Phi(x), count a multiple of 16 */
	void (*gelu)(float *x, size_t count);
	/* One segment's attention. qkv is [n][3 * width], q already scaled; out is [n][width]. scratch holds
	 * (width / heads + 4) * round16(n) floats. */
	void (*attend)(const float *qkv, size_t n, size_t width, size_t heads, float *scratch, float *out);
	/* out[j] = word[j] * scale + position[j] + feature[j] + name[j] */
	void (*embed)(const int8_t *word, float scale, const float *position, const float *feature, const float *name, size_t columns,
	              float *out);
	/* as sr_nn_dots, h already turned: [depth][columns] */
	void (*dots)(const float *t, size_t t_stride, const float *turned, size_t n, size_t depth, float *out, size_t columns);
};

extern const sr_nn_kernels sr_nn_kernels_portable;
#if defined(__x86_64__)
extern const sr_nn_kernels sr_nn_kernels_avx2, sr_nn_kernels_avxvnni, sr_nn_kernels_avx512;
#endif

#endif
