/* Chosen by hand in round steps, against the public story sets (incidents and confusable pairs of events) and
 * the example corpus; no weight was fitted by a program. What each is for stands with the features, in internal.h. */
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
	.day_share = 0.02f,
	.apart = 0.25f,
	.foreign = 0.15f,
	.threshold = 0,
	.missing = -4,
	.nearest = 0.2f,
	.certain = 6,
	.near = -2,
	.span = 8,
	.component = 200,
	.settled = 1500,
};

const pair_weight pair_weights[] = {
	{ PAIR_NAMES, PAIR_ONE, 8.0f },
	{ PAIR_NUMBERS, PAIR_ONE, 3.5f },
	{ PAIR_LEAD_WORDS, PAIR_ONE, 1.0f },
	{ PAIR_LEAD_NAMES, PAIR_ONE, 2.5f },
	{ PAIR_LEAD_PAIRS, PAIR_ONE, 1.0f },
	{ PAIR_MOST_NUMBERS, PAIR_ONE, 1.0f },
	{ PAIR_KEPT_WORDS, PAIR_ONE, -3.0f },
	{ PAIR_TITLE_KEPT, PAIR_ONE, 4.0f },
	{ PAIR_TITLE_MOST, PAIR_ONE, -2.0f },
	{ PAIR_RAREST_WORD, PAIR_ONE, 1.0f },
	{ PAIR_RAREST_DAY, PAIR_ONE, 0.5f },
	{ PAIR_RAREST_PAIR, PAIR_ONE, 0.1f },
	{ PAIR_SHARED_WORDS, PAIR_ONE, 2.0f },
	{ PAIR_SHORTER, PAIR_ONE, -1.5f },
	{ PAIR_DAYS, PAIR_ONE, -0.7f },
	{ PAIR_UNDATED, PAIR_ONE, -1.5f },
	{ PAIR_FEW, PAIR_ONE, 0.85f },
	{ PAIR_HANDFUL, PAIR_ONE, 4.0f },
	{ PAIR_ONE, PAIR_ONE, -12.6f },
};
const size_t pair_weight_count = sizeof pair_weights / sizeof *pair_weights;

float pair_score(const float features[PAIR_FEATURES])
{
	float sum = 0;
	for (size_t i = 0; i < pair_weight_count; i++)
		sum += pair_weights[i].weight * features[pair_weights[i].a] * features[pair_weights[i].b];
	return sum;
}
