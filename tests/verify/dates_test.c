/* Does a cite bear out a date: tests/verify/dates.tsv. */
#include "fixture.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

TEST(verify_dates)
{
	fixture f;
	REQUIRE(fixture_init(&f));
	sr_str rest = test_read(test_path("tests/verify/dates.tsv")), row[3];
	while (test_next_row(&rest, row, 3) == 3) {
		char label[128];
		snprintf(label, sizeof label, "%.*s %.*s", SR_FMT(row[0]), SR_FMT(row[1]));
		test_case(label);
		int doc = sr_str_starts(row[1], SR_STR("relay:"));
		sr_cite cite = fixture_cite(&f, doc, doc ? sr_str_slice(row[1], 6, row[1].len) : row[1]);
		sr_event event = { .text = sr_span_of(f.docs[doc].text, cite.span), .origins = 1, .cites = { &cite, 1 } };
		sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2,
			             .timeline = &event, .timeline_count = 1 };
		sr_verdict v;
		REQUIRE(sr_time_parse(row[0], &event.date));
		REQUIRE(sr_verify(&d, f.originals, 2, 2, f.arena, &v, NULL) == SR_OK);
		bool refused = false;
		for (size_t i = 0; i < v.failure_count; i++)
			refused = refused || sr_str_find(v.failures[i].reason, SR_STR("date"), 0) != SIZE_MAX;
		CHECK_INT(!refused, sr_str_eq(row[2], SR_STR("yes")));
	}
	fixture_deinit(&f);
}
