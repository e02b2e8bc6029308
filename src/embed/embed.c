#include "sitrep/embed.h"

#include <math.h>
#include <string.h>

#define LANES 8u
#define WIDTH_MAX 4096u
/* Cosines below this all mean "unrelated"; their differences are noise (chosen on STS headlines of 2013 and 2014). */
#define UNRELATED 0.25f

float sr_embed_cosine(const float *a, const float *b, size_t width)
{
	float lane[LANES] = { 0 }, total = 0;
	for (size_t k = 0; k < width; k++)
		lane[k % LANES] += a[k] * b[k];
	for (size_t k = 0; k < LANES; k++)
		total += lane[k];
	return total;
}

float sr_embed_sentences(const sr_reading *a, size_t i, const sr_reading *b, size_t j)
{
	if (!a->vectors || !b->vectors || a->vector_width != b->vector_width || i >= a->sentence_count || j >= b->sentence_count)
		return 0;
	return sr_embed_cosine(a->vectors + i * a->vector_width, b->vectors + j * b->vector_width, a->vector_width);
}

void sr_embed_mean(const sr_reading *r, size_t first, size_t count, float *out)
{
	size_t width = r->vector_width;
	memset(out, 0, width * sizeof *out);
	for (size_t s = first; r->vectors && s < r->sentence_count && s - first < count; s++)
		for (size_t k = 0; k < width; k++)
			out[k] += r->vectors[s * width + k] * (float)r->sentences[s].token_count;
	float length = sqrtf(sr_embed_cosine(out, out, width));
	for (size_t k = 0; length > 0 && k < width; k++)
		out[k] /= length;
}

float sr_embed_likeness(const sr_reading *a, const sr_reading *b)
{
	float x[WIDTH_MAX], y[WIDTH_MAX];
	if (a->vector_width != b->vector_width || a->vector_width > WIDTH_MAX)
		return 0;
	sr_embed_mean(a, 0, a->sentence_count, x);
	sr_embed_mean(b, 0, b->sentence_count, y);
	float cosine = sr_embed_cosine(x, y, a->vector_width);
	return cosine > UNRELATED ? cosine : UNRELATED;
}
