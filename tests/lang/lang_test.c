#include "harness.h"

#include "sitrep/lang.h"

#include <stdio.h>

TEST(lang_segment)
{
	sr_str rest = test_read(test_path("tests/lang/segment.tsv")), f[3];
	while (test_next_row(&rest, f, 3)) {
		char label[64];
		sr_arena *a = sr_arena_new(0);
		sr_buf got;
		snprintf(label, sizeof label, "%.*s", SR_FMT(f[0]));
		test_case(label);
		sr_block block = { .span = { 0, (uint32_t)f[1].len } };
		sr_document doc = { .text = f[1], .blocks = &block, .block_count = 1 };
		sr_reading r = { .doc = &doc };
		REQUIRE(a && sr_lang_segment(a, &r, NULL) == SR_OK);
		sr_buf_init(&got, 0);
		for (size_t i = 0; i < r.sentence_count; i++) {
			if (i)
				sr_buf_add_c(&got, "¦");
			for (uint32_t k = 0; k < r.sentences[i].token_count; k++) {
				if (k)
					sr_buf_add_char(&got, ' ');
				sr_buf_add(&got, sr_span_of(f[1], r.tokens[r.sentences[i].first_token + k].span));
			}
		}
		CHECK_STR(sr_buf_str(&got), f[2]);
		sr_buf_deinit(&got);
		sr_arena_free(a);
	}
}

TEST(lang_detect)
{
	CHECK_STR(sr_lang_detect(SR_STR("The mayor said that the bridge would stay closed until the end of the week.")), SR_STR("en"));
	CHECK_STR(sr_lang_detect(SR_STR("Der Bürgermeister sagte, dass die Brücke bis zum Ende der Woche geschlossen bleibt.")), SR_STR("de"));
	CHECK_STR(sr_lang_detect(SR_STR("Bridge shut")), SR_STR(""));
}

TEST(lang_stem_and_stopwords)
{
	sr_stemmer *s = sr_stemmer_new();
	REQUIRE(s);
	CHECK_STR(sr_stemmer_stem(s, SR_STR("evacuated")), SR_STR("evacu"));
	CHECK_STR(sr_stemmer_stem(s, SR_STR("evacuation")), SR_STR("evacu"));
	CHECK(sr_lang_is_stopword(SR_STR("the")));
	CHECK(!sr_lang_is_stopword(SR_STR("bridge")));
	CHECK(!sr_lang_is_stopword(SR_STR("th")));
	sr_stemmer_free(s);
}
