#include "codec.h"

#include "sitrep/core/vector.h"

#include <math.h>

void sr_encode_vectors(sr_buf *out, const sr_reading *r)
{
	for (size_t s = 0; s < r->sentence_count; s++) {
		const float *v = r->vectors + s * r->vector_width;
		int exponent = sr_vector_exponent(v, r->vector_width);
		sr_buf_add_char(out, (char)exponent);
		for (size_t k = 0; k < r->vector_width; k++)
			sr_buf_add_char(out, (char)sr_vector_steps(v[k], exponent));
	}
}

static void read_bytes(const signed char *from, size_t sentences, size_t width, float *v)
{
	for (size_t s = 0; s < sentences; s++) {
		float unit = (float)ldexp(1, *from++);
		for (size_t k = 0; k < width; k++)
			*v++ = unit * (float)*from++;
	}
}

sr_status sr_decode_vectors(sr_str bytes, size_t width, sr_arena *arena, sr_reading *out, sr_error *err)
{
	size_t n = out->sentence_count;
	bool as_in_memory = width && bytes.len == n * width * sizeof(float);
	if (!as_in_memory && (!width || bytes.len != n * (width + 1)))
		return sr_fail(err, SR_E_CORRUPT, "its vectors do not fit its sentences");
	out->vector_width = width;
	if (as_in_memory) {
		out->vectors = (const float *)(const void *)bytes.ptr; /* the arena aligns to 16 bytes */
		return SR_OK;
	}
	float *vectors = SR_NEW_ARRAY(arena, float, n * width + 1);
	if (!vectors)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	read_bytes((const signed char *)bytes.ptr, n, width, vectors);
	out->vectors = vectors;
	return SR_OK;
}
