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
	sr_line lines[] = { { .text = line, .cites = cites } };
	sr_section section = { .lines = lines, .line_count = 1 };
	sr_unknown unknown = { .text = line, .reason = SR_UNKNOWN_SINGLE_ORIGIN, .cites = cites };
	sr_quote quote = { .text = line, .cites = cites };
	sr_dossier d = { .title = f->docs[0].title, .updated = f->docs[1].published, .documents = 2, .origins = 2, .sources = f->sources, .source_count = 2 };
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

/* A post's words are a quotation without marks, and its cite may end with who is signed below: with that and no more. */
TEST(verify_signed_posts)
{
	fixture f;
	REQUIRE(fixture_init(&f));
	sr_str words = SR_STR("The horn went twice and then there was nothing at all on the whole river.");
	sr_cite post = fixture_cite(&f, 0, words), list = fixture_cite(&f, 0, SR_STR("*- The pilots of the river"));
	sr_cite who = fixture_cite(&f, 0, SR_STR("\xE2\x80\x94 Mila Orne (@milaorne) March 14, 2026"));
	struct {
		const char *label, *want;
		sr_cite cite;
	} rows[] = {
		{ "the post alone", "", post },
		{ "to its signature", "", { post.source, { post.span.start, who.span.end } } },
		{ "past its signature", "more than a paragraph", { post.source, { post.span.start, list.span.end } } },
		{ "a long paragraph behind a dash", "more than a paragraph", { post.source, { who.span.start, list.span.end } } },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		test_case(rows[i].label);
		sr_str reason = verdict_of(&f, SR_STR("quote"), words, (sr_cites){ &rows[i].cite, 1 });
		if (*rows[i].want ? sr_str_find(reason, sr_str_c(rows[i].want), 0) == SIZE_MAX : reason.len > 0)
			test_fail(__FILE__, __LINE__, "got \"%.*s\", want \"%s\"", SR_FMT(reason), rows[i].want);
	}
	test_case("a paragraph that is no post");
	sr_str plain = SR_STR("Residents of Pell said the light on the point had been dark since Monday.");
	sr_cite own = fixture_cite(&f, 0, plain);
	CHECK(verdict_of(&f, SR_STR("quote"), plain, (sr_cites){ &own, 1 }).len > 0);
	fixture_deinit(&f);
}
