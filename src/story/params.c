#include "internal.h"

const story_params story_defaults = {
	.word = 0.45f,
	.name = 0.30f,
	.pair = 0.15f,
	.number = 0.10f,
	.threshold = 0.16f,
	.merge = 0.30f,
	.lead = 1.0f,
	.rest = 0.5f,
	.lead_words = 120,
	.prior = 1000,
	.day_penalty = 0.10f,
	.day_free = 1,
	.day_max = 0.6f,
	.undated = 0,
	.support = 0.2f,
	.list_max = 256,
	.candidates = 48,
};
