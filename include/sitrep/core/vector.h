/* Sentence vectors at eight bits a number: all numbers of a vector are whole multiples, at most 127 times, of one power of two. The
 * tagger leaves them so, and the store, which keeps them as bytes, gives them back bit for bit. */
#ifndef SITREP_CORE_VECTOR_H
#define SITREP_CORE_VECTOR_H

#include <stddef.h>

#define SR_VECTOR_STEPS 127

/* The exponent of the vector's power of two: the least that 127 times it reaches every number; 0 where all are 0. Numbers are finite. */
int sr_vector_exponent(const float *v, size_t width);
/* How many times the power of two the number is, to the nearest, at most SR_VECTOR_STEPS. */
int sr_vector_steps(float x, int exponent);
/* Moves each number to the nearest such multiple. Doing it again changes nothing. */
void sr_vector_round(float *v, size_t width);

#endif
