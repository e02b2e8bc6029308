/* Who may stand as the speaker of a quotation, and in what role: tests/verify/speakers.tsv. */
#include "fixture.h"
#include "harness.h"

#include <stdio.h>

TEST(verify_speakers)
{
	fixture f;
	REQUIRE(fixture_init(&f));
	sr_str rest = test_read(test_path("tests/verify/speakers.tsv")), row[6];
	while (test_next_row(&rest, row, 6) == 6) {
		char label[96];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[0]));
		test_case(label);
		sr_cite cite = fixture_cite(&f, 1, row[1]);
		sr_quote quote = { .text = row[2], .speaker = row[3], .named = row[3].ptr[0] < 'a', .role = sr_str_eq(row[4], SR_STR("-")) ? (sr_str){ 0 } : row[4], .origins = 1, .cites = { &cite, 1 } };
		sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2, .quotes = &quote, .quote_count = 1 };
		sr_verdict v;
		sr_error err;
		REQUIRE(sr_verify(&d, f.originals, 2, 2, f.arena, &v, &err) == SR_OK);
		sr_str reason = v.failure_count ? v.failures[0].reason : (sr_str){ 0 };
		bool good = sr_str_eq(row[5], SR_STR("ok"));
		if (good ? reason.len > 0 : sr_str_find(reason, row[5], 0) == SIZE_MAX)
			test_fail(__FILE__, __LINE__, "%.*s: got \"%.*s\", want \"%.*s\"", SR_FMT(row[3]), SR_FMT(reason), SR_FMT(row[5]));
	}
	fixture_deinit(&f);
}
