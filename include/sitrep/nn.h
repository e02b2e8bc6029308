/* The reading model's file and its arithmetic: a small transformer encoder in 8-bit integers.
 *
 * A model is one memory-mapped file of named sections (src/nn/model.c says how it is laid out). It is
 * checked when opened: magic, version, size, checksum, and the bounds and shapes of all sections. It is
 * read-only afterwards and may be used by any number of threads; each thread brings its own sr_nn_work.
 *
 * Activations are quantised row by row (one row a piece of a word), to 7 bits, and weights output by output, to as many
 * levels of 8 bits as let a group of products be summed in 16 bits: AVX2 multiplies bytes twice as fast so. What the maps of a
 * layer take in is first brought to like sizes, column by column (SmoothQuant: Xiao et al. 2023). A row's result does not depend
 * on what else is in the batch. Sums are exact integers, everything in floating point is written once, in vectors as wide as the
 * processor's and sums over sixteen lanes, which every kernel compiles with the same order of operations and no contraction: all
 * kernels give the same bits. */
#ifndef SITREP_NN_H
#define SITREP_NN_H

#include "sitrep/base/str.h"

/* Pieces of a segment at most, the root's included. */
#define SR_NN_SEGMENT_MAX 192u
/* Inputs of a linear map at most. */
#define SR_NN_IN_MAX 4096u

typedef struct sr_nn_model sr_nn_model;
typedef struct sr_nn_kernels sr_nn_kernels;

/* A quantised activation is SR_NN_ZERO and up to SR_NN_LEVELS more or less. */
#define SR_NN_ZERO 64
#define SR_NN_LEVELS 63
/* Of each SR_NN_GROUP inputs those that stand at 4k and 4k + 1, and those at 4k + 2 and 4k + 3: an output's positive weights
 * among them add up to SR_NN_GROUP_MAX at most, and so do its negative ones, so that no sum of products leaves 16 bits. */
#define SR_NN_GROUP 32u
#define SR_NN_GROUP_MAX 258

/* y = x w' + b with x quantised; `in` is a multiple of SR_NN_GROUP and `out` of 32 (padded with zeros). */
typedef struct sr_nn_linear {
	const int8_t *w;      /* [out/16][in/4][16][4] */
	const float *scale;   /* [out] */
	const float *bias;    /* [out] */
	const int32_t *shift; /* [out]: -SR_NN_ZERO times the sum of the output's weights */
	uint32_t in, out, used; /* used: outputs that mean something, the rest is padding */
} sr_nn_linear;

typedef struct sr_nn_shape {
	uint32_t width, heads, layers, inner, vocabulary, positions, features, names;
} sr_nn_shape;

/* Opens the model file at path. SR_E_NOT_FOUND, SR_E_IO, SR_E_INVALID (not a model of this version),
 * SR_E_CORRUPT (damaged or cut short), SR_E_NOMEM. */
sr_status sr_nn_model_open(const char *path, sr_nn_model **out, sr_error *err) SR_MUST_CHECK;
/* The same from bytes that outlive the model and are aligned to 64. */
sr_status sr_nn_model_read(sr_str bytes, sr_nn_model **out, sr_error *err) SR_MUST_CHECK;
void sr_nn_model_free(sr_nn_model *model);

sr_nn_shape sr_nn_model_shape(const sr_nn_model *model);
/* A model may hold further encoders of the same width over the same words: their sections, and their layers, inner, features and
 * names in "config", have a prefix ("contrast."). "" is the first. False if there is no such encoder. */
bool sr_nn_model_encoder(const sr_nn_model *model, const char *prefix, sr_nn_shape *out);
/* Hex of the file's checksum: names the model in what is stored. NUL-terminated, 16 digits. */
const char *sr_nn_model_id(const sr_nn_model *model);
/* A section's bytes; empty if there is none. */
sr_str sr_nn_model_section(const sr_nn_model *model, const char *name);
/* A section of count numbers of 4 bytes, or NULL if it is not there or of another size. */
const void *sr_nn_model_numbers(const sr_nn_model *model, const char *name, size_t count);
/* The linear map `name` of in -> used; false if its sections are missing or of another shape. */
bool sr_nn_model_linear(const sr_nn_model *model, const char *name, uint32_t in, uint32_t used, sr_nn_linear *out);
/* A whole number of the section "config" (lines `key value`), or `otherwise`. */
int64_t sr_nn_model_config(const sr_nn_model *model, const char *key, int64_t otherwise);

/* The kernels this processor can run, best first; the last is portable C. */
size_t sr_nn_kernels_available(const sr_nn_kernels **out, size_t max);
const char *sr_nn_kernels_name(const sr_nn_kernels *kernels);

/* Room for one thread's activations; grows as needed, up to its ceiling of segments. */
typedef struct sr_nn_work sr_nn_work;
/* kernels NULL: the best. NULL if out of memory. */
sr_nn_work *sr_nn_work_new(const sr_nn_model *model, const sr_nn_kernels *kernels);
/* The same for another encoder of the model; the prefix outlives the work. NULL also if a part of it is missing. */
sr_nn_work *sr_nn_work_new_for(const sr_nn_model *model, const char *prefix, const sr_nn_kernels *kernels);
void sr_nn_work_free(sr_nn_work *work);

/* A batch: pieces of several segments end to end. `ids` below the vocabulary, `feats` below features,
 * `names` below names; segment s is the rows [begin[s], begin[s + 1]), at most SR_NN_SEGMENT_MAX. */
typedef struct sr_nn_batch {
	const uint32_t *ids;
	const uint16_t *feats, *names;
	const uint32_t *begin;
	size_t segments;
} sr_nn_batch;

/* Runs the encoder; *hidden is [rows][width], valid until the next call with this work. SR_E_USAGE if the
 * batch breaks the rules above, SR_E_NOMEM. */
sr_status sr_nn_encode(sr_nn_work *work, const sr_nn_batch *batch, const float **hidden, sr_error *err) SR_MUST_CHECK;

/* Applies a linear map to rows of floats: row r of the input is x + pick[r] * stride (pick NULL: r * stride). out is
 * [rows][linear->out]. SR_E_NOMEM. */
sr_status sr_nn_apply(sr_nn_work *work, const sr_nn_linear *linear, const float *x, size_t stride, const uint32_t *pick, size_t rows,
                      float *out) SR_MUST_CHECK;

/* out[i][j] = t[i] . h[j] for rows of `depth` floats (a multiple of 16), row strides given; out is [n][columns]
 * with columns >= n, a multiple of 16. SR_E_NOMEM. */
sr_status sr_nn_dots(sr_nn_work *work, const float *t, size_t t_stride, const float *h, size_t h_stride, size_t n, size_t depth, float *out,
                     size_t columns) SR_MUST_CHECK;

/* out[r][j] = z[depth][j] + sum over d of y[d] * z[d][j], where z = linear(x), x = row x_pick[r] of x and y = row y_pick[r] of
 * y, both at `stride`; depth is even, columns a multiple of 16, and linear maps to (depth + 1) * columns. SR_E_NOMEM. */
sr_status sr_nn_bilinear(sr_nn_work *work, const sr_nn_linear *linear, size_t columns, const float *x, const uint32_t *x_pick,
                         const float *y, const uint32_t *y_pick, size_t stride, size_t depth, size_t rows, float *out) SR_MUST_CHECK;

/* x = x > 0 ? x : x / 10, for a multiple of 16 floats. */
void sr_nn_leaky(const sr_nn_work *work, float *x, size_t count);
/* out = the mean of n rows (1 to SR_NN_SEGMENT_MAX) of `columns` floats, a multiple of 16. */
void sr_nn_mean(const sr_nn_work *work, const float *x, size_t n, size_t columns, float *out);
/* Index of the largest of n numbers, the first of equals; 0 if n is 0. */
size_t sr_nn_best(const sr_nn_work *work, const float *x, size_t n);

#endif
