#include "internal.h"

const story_params story_defaults = {
	.share = { 0.45f, 0.30f, 0.15f, 0.10f, 0 },
	.day_penalty = 0.10f,
	.day_free = 1,
	.day_max = 0.6f,
	.candidates = 24,
	.list_max = 256,
	.lead_words = 120,
	.prior = 1000,
	.foreign = 0.15f,
	.threshold = 0.25f,
	.missing = -4,
	.near = -2,
	.span = 12,
	.component = 200,
	.settled = 1500,
};

const pair_weight pair_weights[] = {
	{ PAIR_WORDS, PAIR_ONE, 7.0f },
	{ PAIR_NAMES, PAIR_ONE, 6.0f },
	{ PAIR_NUMBERS, PAIR_ONE, 1.3f },
	{ PAIR_MOST_NAMES, PAIR_ONE, 2.0f },
	{ PAIR_MOST_NUMBERS, PAIR_ONE, 3.0f },
	{ PAIR_RAREST_WORD, PAIR_ONE, 0.7f },
	{ PAIR_RAREST_DAY, PAIR_ONE, 0.35f },
	{ PAIR_RAREST_PAIR, PAIR_ONE, 0.14f },
	{ PAIR_DAYS, PAIR_ONE, -0.7f },
	{ PAIR_UNDATED, PAIR_ONE, -1.2f },
	{ PAIR_TITLE_MOST, PAIR_ONE, -1.7f },
	{ PAIR_ONE, PAIR_ONE, -10.8f },
};
const size_t pair_weight_count = sizeof pair_weights / sizeof *pair_weights;

float pair_score(const float features[PAIR_FEATURES])
{
	float sum = 0;
	for (size_t i = 0; i < pair_weight_count; i++)
		sum += pair_weights[i].weight * features[pair_weights[i].a] * features[pair_weights[i].b];
	return sum;
}
