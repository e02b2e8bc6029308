#include "harness.h"
#include "sitrep/embed.h"

#include <math.h>

/* Two sentences of 3 and 1 words with vectors along the axes. */
static const float axes[] = { 1, 0, 0, 1 };
static sr_sentence lengths[] = { { .token_count = 3 }, { .token_count = 1 } };

TEST(embed_cosine_and_bounds)
{
	sr_reading r = { .sentences = lengths, .sentence_count = 2, .vectors = axes, .vector_width = 2 }, none = { 0 };
	CHECK_NEAR(sr_embed_sentences(&r, 0, &r, 0), 1.0, 1e-6);
	CHECK_NEAR(sr_embed_sentences(&r, 0, &r, 1), 0.0, 1e-6);
	CHECK_NEAR(sr_embed_sentences(&r, 0, &r, 2), 0.0, 1e-6);
	CHECK_NEAR(sr_embed_sentences(&r, 0, &none, 0), 0.0, 1e-6);
}

TEST(embed_mean_weighs_by_words)
{
	sr_reading r = { .sentences = lengths, .sentence_count = 2, .vectors = axes, .vector_width = 2 };
	float mean[2];
	sr_embed_mean(&r, 0, 2, mean);
	CHECK_NEAR(mean[0], 3 / sqrt(10), 1e-6);
	CHECK_NEAR(mean[1], 1 / sqrt(10), 1e-6);
	sr_embed_mean(&r, 1, 9, mean);
	CHECK_NEAR(mean[1], 1.0, 1e-6);
	sr_embed_mean(&r, 2, 1, mean);
	CHECK_NEAR(mean[0], 0.0, 1e-6);
}

#define TOKEN(word, tag) { .lemma = SR_STR_INIT(word), .upos = SR_UPOS_##tag }

TEST(embed_likeness_minds_words_and_figures)
{
	sr_token twenty[] = { TOKEN("storm", NOUN), TOKEN("hurt", VERB), TOKEN("20", NUM) };
	sr_token thirty[] = { TOKEN("storm", NOUN), TOKEN("hurt", VERB), TOKEN("31", NUM) };
	sr_reading a = { .sentences = lengths, .sentence_count = 1, .vectors = axes, .vector_width = 2, .tokens = twenty, .token_count = 3 };
	sr_reading b = a, other = a;
	b.tokens = thirty;
	other.vectors = axes + 2;
	CHECK_NEAR(sr_embed_likeness(&a, &a), 1.0, 1e-6);
	CHECK_NEAR(sr_embed_likeness(&a, &b), (1 + 0.2 * 2 / 3 - 0.2) / 1.2, 1e-6);
	CHECK_NEAR(sr_embed_likeness(&a, &other), (0.25 + 0.2) / 1.2, 1e-6);
}
