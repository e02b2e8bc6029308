/* Vectors at eight bits: the least power of two that reaches every number, and nothing moves twice. */
#include "harness.h"

#include "sitrep/core/vector.h"

#include <string.h>

TEST(vector_steps)
{
	static const struct {
		const char *label;
		float v[2];
		int exponent, steps[2];
	} cases[] = {
		{ "nothing", { 0, 0 }, 0, { 0, 0 } },
		{ "just reached", { 127, -1 }, 0, { 127, -1 } },
		{ "just not", { 127.5f, -1 }, 1, { 64, 0 } }, /* halves go to the even */
		{ "small", { 0.25f, -0.124f }, -8, { 64, -32 } },
		{ "large", { 1000, 1 }, 3, { 125, 0 } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].label);
		int exponent = sr_vector_exponent(cases[i].v, 2);
		CHECK_INT(exponent, cases[i].exponent);
		for (size_t k = 0; k < 2; k++)
			CHECK_INT(sr_vector_steps(cases[i].v[k], exponent), cases[i].steps[k]);
		float once[2], twice[2];
		memcpy(once, cases[i].v, sizeof once);
		sr_vector_round(once, 2);
		memcpy(twice, once, sizeof twice);
		sr_vector_round(twice, 2);
		for (size_t k = 0; k < 2; k++)
			CHECK(once[k] >= twice[k] && once[k] <= twice[k]);
	}
	CHECK_INT(sr_vector_steps(1000, 0), SR_VECTOR_STEPS);
	CHECK_INT(sr_vector_steps(-1000, 0), -SR_VECTOR_STEPS);
}
