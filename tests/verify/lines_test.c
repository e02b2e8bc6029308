/* One line against the spans it cites: tests/verify/lines.tsv, good lines and tampered ones. */
#include "fixture.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

static sr_cites cites_of(fixture *f, sr_str column)
{
	SR_VEC(sr_cite) cites = { 0 };
	sr_str one;
	while (sr_str_next_field(&column, '|', &one)) {
		one = sr_str_trim(one);
		int doc = sr_str_starts(one, SR_STR("relay:"));
		sr_cite *c = SR_PUSH(f->arena, &cites);
		if (c)
			*c = fixture_cite(f, doc, doc ? sr_str_slice(one, 6, one.len) : one);
	}
	return (sr_cites){ cites.items, cites.count };
}

/* The reason of the only part's failure, empty if it holds. */
static sr_str verdict_of(fixture *f, sr_str mode, sr_str line, sr_cites cites)
{
	sr_line lines[] = { { line, cites } };
	sr_section section = { .lines = lines, .line_count = 1 };
	sr_unknown unknown = { .text = line, .cites = cites };
	sr_quote quote = { .text = line, .cites = cites };
	sr_dossier d = { .title = f->docs[0].title, .documents = 2, .origins = 2, .sources = f->sources, .source_count = 2 };
	if (sr_str_eq(mode, SR_STR("quote"))) {
		d.quotes = &quote;
		d.quote_count = 1;
	} else if (sr_str_eq(mode, SR_STR("record"))) {
		d.unknown = &unknown;
		d.unknown_count = 1;
	} else {
		d.brief = &section;
		d.brief_count = 1;
	}
	sr_verdict v;
	sr_error err;
	if (sr_verify(&d, f->originals, 2, 2, f->arena, &v, &err) != SR_OK)
		return sr_str_dup(f->arena, sr_str_c(err.message));
	return v.failure_count ? v.failures[0].reason : (sr_str){ 0 };
}

TEST(verify_lines)
{
	fixture f;
	REQUIRE(fixture_init(&f));
	sr_str rest = test_read(test_path("tests/verify/lines.tsv")), row[5];
	while (test_next_row(&rest, row, 5) == 5) {
		char label[96];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[0]));
		test_case(label);
		sr_str reason = verdict_of(&f, row[1], row[3], cites_of(&f, row[2]));
		bool good = sr_str_eq(row[4], SR_STR("ok"));
		if (good ? reason.len > 0 : sr_str_find(reason, row[4], 0) == SIZE_MAX)
			test_fail(__FILE__, __LINE__, "\"%.*s\": got \"%.*s\", want \"%.*s\"", SR_FMT(row[3]), SR_FMT(reason), SR_FMT(row[4]));
	}
	fixture_deinit(&f);
}
