/* What happened when, apart from when it was said; live pages and timelines; doubtful stamps. */
#include "harness.h"

#include "sitrep/temporal.h"

#include <stdio.h>

typedef struct fixture {
	sr_temporal *t;
	sr_arena *arena;
	sr_document doc;
	sr_reading reading;
} fixture;

static void fixture_init(fixture *f, const char *text, const char *published)
{
	*f = (fixture){ .t = sr_temporal_new(NULL), .arena = sr_arena_new(0) };
	f->doc.text = sr_str_c(text);
	if (!sr_time_parse(sr_str_c(published), &f->doc.published))
		f->doc.published = SR_TIME_NONE;
	f->reading.doc = &f->doc;
}

static void fixture_deinit(fixture *f)
{
	sr_temporal_free(f->t);
	sr_arena_free(f->arena);
}

static sr_anchor anchor_of(fixture *f)
{
	CHECK(f->t && sr_temporal_read(f->t, f->arena, &f->reading, NULL) == SR_OK);
	return sr_temporal_anchor(&f->reading, (sr_span){ 0, (uint32_t)f->doc.text.len });
}

/* Row: group, publication time, sentence, when, until, said ("-" where it is not stated). */
TEST(temporal_anchors)
{
	sr_str table = test_read(test_path("tests/temporal/anchors.tsv")), fields[6];
	size_t line = 0;
	while (test_next_row(&table, fields, 6) == 6) {
		char name[96], text[512], published[64];
		fixture f;
		snprintf(name, sizeof name, "%.*s.%zu", SR_FMT(fields[0]), ++line);
		snprintf(text, sizeof text, "%.*s", SR_FMT(fields[2]));
		snprintf(published, sizeof published, "%.*s", SR_FMT(fields[1]));
		test_case(name);
		fixture_init(&f, text, published);
		sr_anchor a = anchor_of(&f);
		sr_str dash = SR_STR("-");
		CHECK_STR(sr_time_known(a.when) ? sr_time_format(f.arena, a.when) : dash, fields[3]);
		CHECK_STR(sr_time_known(a.until) ? sr_time_format(f.arena, a.until) : dash, fields[4]);
		CHECK_STR(a.said_stated ? sr_time_format(f.arena, a.said) : dash, fields[5]);
		CHECK_INT(a.when_stated, sr_time_known(a.when) || sr_time_known(a.until));
		fixture_deinit(&f);
	}
	CHECK(line >= 30);
}

TEST(temporal_live_page)
{
	/* Each update counts from its own time, and what one names is not another's. */
	fixture f;
	fixture_init(&f, "The dam broke yesterday.\n\nTwo days later it was mended.\n\nThe river fell on Monday.",
	             "2025-11-09");
	sr_block blocks[3] = {
		{ .kind = SR_BLOCK_UPDATE, .span = { 0, 24 }, .group = 1 },
		{ .kind = SR_BLOCK_UPDATE, .span = { 26, 55 }, .group = 2 },
		{ .kind = SR_BLOCK_UPDATE, .span = { 57, 82 }, .group = 3 },
	};
	REQUIRE(sr_time_parse(SR_STR("2025-11-07T08:40"), &blocks[0].time));
	REQUIRE(sr_time_parse(SR_STR("2025-11-04T20:15"), &blocks[1].time));
	REQUIRE(sr_time_parse(SR_STR("2025-10-31T12:21"), &blocks[2].time));
	f.doc.blocks = blocks;
	f.doc.block_count = 3;
	(void)anchor_of(&f);
	CHECK_INT(f.reading.time_count, 3);
	if (f.reading.time_count == 3) {
		CHECK_STR(f.reading.times[0].value, SR_STR("2025-11-06"));
		CHECK_STR(f.reading.times[1].value, SR_STR("2025-11-06"));
		CHECK_STR(f.reading.times[2].value, SR_STR("2025-10-27"));
	}
	sr_anchor a = sr_temporal_anchor(&f.reading, blocks[1].span);
	CHECK(!a.said_stated);
	CHECK_STR(sr_time_format(f.arena, a.said), SR_STR("2025-11-04T20:15"));
	fixture_deinit(&f);
}

/* "Said the mill blew up at 6:40": the tree tells that the hour is not that of the saying, whichever verb stood nearest. */
TEST(temporal_hour_of_what_is_said)
{
	static const int32_t heads[] = { 1, -1, 3, 4, 1, 4, 7, 4, 7 };
	sr_token tokens[sizeof heads / sizeof *heads] = { 0 };
	fixture f;
	fixture_init(&f, "He said the mill blew up at 6:40 a.m.", "2031-05-04T12:00");
	sr_sentence sentence = { .span = { 0, (uint32_t)f.doc.text.len }, .token_count = sizeof heads / sizeof *heads };
	for (uint32_t i = 0, at = 0; i < sentence.token_count; i++) {
		size_t end = sr_str_find_char(f.doc.text, ' ', at);
		tokens[i] = (sr_token){ .span = { at, end == SIZE_MAX ? sentence.span.end : (uint32_t)end }, .head = heads[i] };
		at = tokens[i].span.end + 1;
	}
	tokens[1].upos = tokens[4].upos = SR_UPOS_VERB;
	f.reading.sentences = &sentence;
	f.reading.sentence_count = 1;
	f.reading.tokens = tokens;
	f.reading.token_count = sentence.token_count;
	CHECK(f.t && sr_temporal_read(f.t, f.arena, &f.reading, NULL) == SR_OK);
	sr_anchor a = sr_temporal_anchor(&f.reading, (sr_span){ tokens[2].span.start, sentence.span.end });
	CHECK(a.when_stated && !a.said_stated);
	CHECK_STR(sr_time_format(f.arena, a.when), SR_STR("2031-05-04T06:40"));
	fixture_deinit(&f);
}

TEST(temporal_timeline_entry)
{
	/* An entry of a page's own timeline happened on its day, whatever else it names. */
	fixture f;
	fixture_init(&f, "Envoys prepare to meet the governor the following day.", "2025-12-09");
	sr_block block = { .kind = SR_BLOCK_EVENT, .span = { 0, 54 } };
	REQUIRE(sr_time_parse(SR_STR("2025-12-01"), &block.time));
	f.doc.blocks = &block;
	f.doc.block_count = 1;
	sr_anchor a = anchor_of(&f);
	CHECK_INT(f.reading.time_count, 1);
	if (f.reading.time_count == 1)
		CHECK_STR(f.reading.times[0].value, SR_STR("2025-12-02"));
	CHECK_STR(sr_time_format(f.arena, a.when), SR_STR("2025-12-01"));
	CHECK_STR(sr_time_format(f.arena, a.until), SR_STR("2025-12-01"));
	CHECK_STR(sr_time_format(f.arena, a.said), SR_STR("2025-12-09"));
	fixture_deinit(&f);
}

static void check_doubt(const char *label, const char *text, const char *published, const char *retrieved,
                        const char *url, sr_date_doubt wanted)
{
	fixture f;
	sr_time now;
	test_case(label);
	fixture_init(&f, text, published);
	f.doc.url = sr_str_c(url);
	CHECK(sr_time_parse(sr_str_c(retrieved), &now));
	f.doc.retrieved = now;
	(void)anchor_of(&f);
	CHECK_CSTR(sr_date_doubt_name(sr_temporal_doubt(&f.reading, now)), sr_date_doubt_name(wanted));
	fixture_deinit(&f);
}

TEST(temporal_doubt)
{
	const char *quiet = "The mill burned down, the mayor said on Tuesday.",
	    *dated = "The mill burned down, the mayor said on Nov. 4.";
	check_doubt("plausible", quiet, "2025-11-05", "2025-11-20", "", SR_DATE_PLAUSIBLE);
	check_doubt("fresh", quiet, "2025-11-05", "2025-11-05", "", SR_DATE_PLAUSIBLE);
	check_doubt("unknown", quiet, "", "2025-11-05", "", SR_DATE_UNKNOWN);
	check_doubt("future", quiet, "2026-11-05", "2025-11-05", "", SR_DATE_FUTURE);
	check_doubt("zone", quiet, "2025-11-06", "2025-11-05T22:00:00Z", "", SR_DATE_PLAUSIBLE);
	check_doubt("ancient", quiet, "1970-01-01", "2025-11-05", "", SR_DATE_ANCIENT);
	check_doubt("printed by the address", quiet, "2025-11-20", "2025-11-20",
	            "https://example.org/2025/11/04/mill", SR_DATE_PRINTED);
	check_doubt("printed by the text", dated, "2025-11-20", "2025-11-20", "", SR_DATE_PRINTED);
	check_doubt("dated and fresh", dated, "2025-11-05", "2025-11-05", "", SR_DATE_PLAUSIBLE);
	check_doubt("dated and kept", dated, "2025-11-20", "2026-02-01", "", SR_DATE_PLAUSIBLE);
	check_doubt("too early by the address", quiet, "2025-10-01", "2025-11-20",
	            "https://example.org/2025-11-04-mill", SR_DATE_TOO_EARLY);
	check_doubt("too early by the text", dated, "2025-10-20", "2025-11-20", "", SR_DATE_TOO_EARLY);
}

/* Nothing in the text tells the order of a numeric date; the outlet's address does. */
TEST(temporal_date_order_by_address)
{
	static const char *const rows[][2] = { { "https://www.example.co.uk/a", "2025-03-02" },
		                                   { "https://news.example.gov/a", "2025-02-03" },
		                                   { "https://www.example.com/uk/a", "2025-XX-XX" },
		                                   { "", "2025-XX-XX" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture f;
		fixture_init(&f, "The notice of 02/03/2025 was withdrawn.", "2025-11-05");
		f.doc.url = sr_str_c(rows[i][0]);
		(void)anchor_of(&f);
		CHECK_INT(f.reading.time_count, 1);
		if (f.reading.time_count == 1)
			CHECK_STR(f.reading.times[0].value, sr_str_c(rows[i][1]));
		fixture_deinit(&f);
	}
}

/* Injected failures of allocation end in SR_E_NOMEM, never in a fault. */
TEST(temporal_no_memory)
{
	size_t failed = 0;
	for (long n = 0; n < 40; n++) {
		fixture f;
		sr_error err = { 0 };
		fixture_init(&f, "It sank on Nov. 4, 2025, two days after the storm of Saturday night.", "2025-11-05");
		sr_arena_fail_after(n);
		sr_status status = sr_temporal_read(f.t, f.arena, &f.reading, &err);
		sr_arena_fail_after(-1);
		failed += status == SR_E_NOMEM;
		CHECK(status == SR_OK || status == SR_E_NOMEM);
		fixture_deinit(&f);
	}
	CHECK(failed > 0);
	for (long n = 0; n < 4000; n += 37) {
		sr_arena_fail_after(n);
		sr_temporal *t = sr_temporal_new(NULL);
		sr_arena_fail_after(-1);
		sr_temporal_free(t);
	}
}
