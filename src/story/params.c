#include "internal.h"

/* Chosen by coordinate search on the public story sets for B-cubed F1 (train/story_weights.c tells how), with
 * a third of their stories held out; figures in bench/README.md. Weights that bought less than a
 * thousandth were taken out. */
const story_params story_defaults = {
	.word = 0.45f,
	.name = 0.30f,
	.pair = 0.15f,
	.number = 0.10f,
	.day_penalty = 0.10f,
	.day_free = 1,
	.day_max = 0.6f,
	.candidates = 24,
	.list_max = 256,
	.lead_words = 120,
	.prior = 1000,
	.rare = 4,
	.threshold = 6.33f,
	.merge = 12.0f,
	.second = 0.19f,
};

const pair_weight pair_weights[] = {
	{ PAIR_WORDS, PAIR_ONE, 6.18f },
	{ PAIR_NAMES, PAIR_ONE, 8.12f },
	{ PAIR_LEAD_WORDS, PAIR_ONE, 3.79f },
	{ PAIR_LEAD_PAIRS, PAIR_ONE, 0.727f },
	{ PAIR_KEPT_NAMES, PAIR_ONE, 4.53f },
	{ PAIR_KEPT_MOST, PAIR_ONE, 3.22f },
	{ PAIR_RARE_PAIRS, PAIR_ONE, -1.09f },
	{ PAIR_RARE_WORDS, PAIR_ONE, 0.485f },
	{ PAIR_RARE_NUMBERS, PAIR_ONE, -1.09f },
	{ PAIR_TITLES, PAIR_ONE, -1.83f },
	{ PAIR_TITLE_KEPT, PAIR_ONE, 10.4f },
	{ PAIR_TITLE_MOST, PAIR_ONE, -3.68f },
	{ PAIR_TITLE_NAMES, PAIR_ONE, -0.856f },
	{ PAIR_DAYS, PAIR_ONE, -0.288f },
	{ PAIR_UNDATED, PAIR_ONE, -0.674f },
	{ PAIR_DAYS, PAIR_DAYS, -0.124f },
	{ PAIR_DAYS, PAIR_NAMES, -1.66f },
	{ PAIR_WORDS, PAIR_NAMES, -8.04f },
	{ PAIR_WORDS, PAIR_WORDS, -10.9f },
	{ PAIR_RARE_NAMES, PAIR_RARE_PAIRS, 2.23f },
	{ PAIR_RARE_NAMES, PAIR_WORDS, -2.12f },
	{ PAIR_NO_RARE, PAIR_ONE, -2.72f },
	{ PAIR_NUMBERS, PAIR_WORDS, 15.1f },
	{ PAIR_DAYS, PAIR_TITLE_MOST, 0.63f },
	{ PAIR_TITLE_MOST, PAIR_TITLE_MOST, 0.676f },
	{ PAIR_NEAR, PAIR_ONE, 1.69f },
	{ PAIR_NEAR, PAIR_TITLE_NAMES, 2.59f },
};
const size_t pair_weight_count = sizeof pair_weights / sizeof *pair_weights;

float pair_score(const float features[PAIR_FEATURES])
{
	float sum = 0;
	for (size_t i = 0; i < pair_weight_count; i++)
		sum += pair_weights[i].weight * features[pair_weights[i].a] * features[pair_weights[i].b];
	return sum;
}
