/* One thread's room for the network, shared by encode.c and apply.c. */
#ifndef SITREP_NN_WORK_H
#define SITREP_NN_WORK_H

#include "kernels.h"

/* Memory that grows and is not kept when it does; aligned to a cache line. */
typedef struct nn_room {
	void *at;
	size_t bytes;
} nn_room;

/* At least count items of that size, or NULL. */
void *nn_room_for(nn_room *room, size_t count, size_t item);

typedef struct nn_layer {
	sr_nn_linear qkv, out, up, down;
	nn_norm norms[2];    /* behind attention, and behind the inner maps */
	const float *factor; /* of the inner numbers */
} nn_layer;

struct sr_nn_work {
	const sr_nn_model *model;
	const char *prefix; /* of the encoder's sections */
	const sr_nn_kernels *kernels;
	sr_nn_shape shape;
	nn_layer *layers;
	const int8_t *words;
	const float *word_scale, *position, *feature, *name;
	nn_norm norm;
	/* of all rows of a batch: the hidden states, what attention mixed, and the states as bytes with their scales */
	nn_room x, mixed, bytes, scales;
	/* of one head, or of some rows */
	nn_room wide, inner_bytes, inner_scales, scratch;
	/* of the heads of the model */
	nn_room apply_bytes, apply_scales, products;
};

#endif
