#include "sitrep/core/vector.h"

#include <math.h>

int sr_vector_exponent(const float *v, size_t width)
{
	double most = 0;
	int exponent;
	for (size_t i = 0; i < width; i++)
		most = fabs((double)v[i]) > most ? fabs((double)v[i]) : most;
	double part = frexp(most / SR_VECTOR_STEPS, &exponent);
	return part == 0.5 ? exponent - 1 : exponent; /* NOLINT(clang-diagnostic-float-equal): a power of two is exactly that */
}

int sr_vector_steps(float x, int exponent)
{
	long n = lrint(ldexp((double)x, -exponent));
	return n > SR_VECTOR_STEPS ? SR_VECTOR_STEPS : n < -SR_VECTOR_STEPS ? -SR_VECTOR_STEPS : (int)n;
}

void sr_vector_round(float *v, size_t width)
{
	int exponent = sr_vector_exponent(v, width);
	for (size_t i = 0; i < width; i++)
		v[i] = (float)ldexp(sr_vector_steps(v[i], exponent), exponent);
}
