#include "harness.h"

#include "../../src/extract/build.h"

#include "sitrep/base/utf8.h"

TEST(extract_clean)
{
	sr_str rest = test_read(test_path("tests/extract/clean.tsv")), f[2];
	while (test_next_row(&rest, f, 2) == 2) {
		sr_buf got, again;
		sr_buf_init(&got, 0);
		sr_buf_init(&again, 0);
		test_case("row");
		CHECK(sr_extract_clean(&got, f[0]) == SR_OK);
		CHECK_STR(sr_buf_str(&got), f[1]);
		CHECK(sr_extract_clean(&again, sr_buf_str(&got)) == SR_OK);
		CHECK_STR(sr_buf_str(&again), sr_buf_str(&got));
		sr_buf_deinit(&got);
		sr_buf_deinit(&again);
	}
}

TEST(extract_build_joins_blocks_by_one_blank_line)
{
	sr_arena *a = sr_arena_new(0);
	sr_build b;
	sr_documents docs = { 0 };
	sr_input in = { .bytes = SR_STR("x"), .path = SR_STR("p") };
	REQUIRE(sr_build_begin(&b, &in, a, NULL) == SR_OK);
	CHECK(sr_build_block(&b, SR_BLOCK_HEADING, SR_STR("  Head\tline ")) != NULL);
	CHECK(sr_build_block(&b, SR_BLOCK_PARAGRAPH, SR_STR(" \n ")) == NULL);
	CHECK(sr_build_block(&b, SR_BLOCK_PARAGRAPH, SR_STR("Body\ntext.")) != NULL);
	sr_build_byline(&b, SR_STR("Ann"));
	sr_build_byline(&b, SR_STR("ann "));
	REQUIRE(sr_build_end(&b, &docs, NULL) == SR_OK);
	REQUIRE(docs.count == 1);
	const sr_document *d = docs.items[0];
	CHECK_STR(d->text, SR_STR("Head line\n\nBody text."));
	REQUIRE(d->block_count == 2);
	CHECK_STR(sr_span_of(d->text, d->blocks[1].span), SR_STR("Body text."));
	CHECK_INT(d->byline_count, 1);
	CHECK_STR(d->id, SR_STR("p"));
	CHECK_STR(d->sha256, SR_STR("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"));
	sr_arena_free(a);
}

TEST(extract_build_stops_at_its_ceiling_with_a_note)
{
	sr_arena *a = sr_arena_new(0);
	sr_build b;
	sr_documents docs = { 0 };
	sr_input in = { .bytes = SR_STR("x") };
	sr_buf big;
	sr_buf_init(&big, 0);
	for (int i = 0; i < 300000; i++)
		sr_buf_add_c(&big, "w\xC3\xB6rds und mehr ");
	REQUIRE(sr_build_begin(&b, &in, a, NULL) == SR_OK);
	CHECK(sr_build_block(&b, SR_BLOCK_PARAGRAPH, sr_buf_str(&big)) != NULL);
	CHECK(sr_build_block(&b, SR_BLOCK_PARAGRAPH, SR_STR("more")) == NULL);
	REQUIRE(sr_build_end(&b, &docs, NULL) == SR_OK);
	CHECK(docs.items[0]->text.len <= SR_TEXT_MAX);
	CHECK(docs.items[0]->text.len > SR_TEXT_MAX - 1000);
	CHECK(sr_utf8_valid(docs.items[0]->text));
	CHECK_INT(docs.items[0]->note_count, 1);
	sr_buf_deinit(&big);
	sr_arena_free(a);
}

TEST(extract_build_reports_injected_failure)
{
	for (long n = 1; n < 12; n++) {
		sr_arena *a = sr_arena_new(0);
		sr_build b;
		sr_documents docs = { 0 };
		sr_input in = { .bytes = SR_STR("x"), .path = SR_STR("p") };
		sr_error err = { 0 };
		sr_arena_fail_after(n - 1);
		sr_status status = sr_build_begin(&b, &in, a, &err);
		if (status == SR_OK) {
			sr_build_block(&b, SR_BLOCK_PARAGRAPH, SR_STR("text"));
			sr_build_image(&b, SR_STR("u"), SR_STR("c"), SR_STR(""));
			status = sr_build_end(&b, &docs, &err);
		}
		sr_arena_fail_after(-1);
		CHECK(status == SR_OK || status == SR_E_NOMEM);
		CHECK((status == SR_OK) == (docs.count == 1));
		if (n < 5)
			CHECK_INT(status, SR_E_NOMEM);
		sr_arena_free(a);
	}
}

TEST(extract_build_cuts_a_first_block_that_is_too_long)
{
	sr_arena *a = sr_arena_new(0);
	sr_build b;
	sr_buf raw;
	sr_documents docs = { 0 };
	sr_input in = { .bytes = SR_STR("x"), .path = SR_STR("p") };
	sr_buf_init(&raw, 0);
	while (raw.len <= SR_TEXT_MAX)
		sr_buf_add_c(&raw, "the mayor said no ");
	REQUIRE(sr_build_begin(&b, &in, a, NULL) == SR_OK);
	CHECK(sr_build_block(&b, SR_BLOCK_PARAGRAPH, sr_buf_str(&raw)) != NULL);
	REQUIRE(sr_build_end(&b, &docs, NULL) == SR_OK);
	REQUIRE(docs.count == 1);
	CHECK(docs.items[0]->text.len > SR_TEXT_MAX - 200);
	CHECK(sr_str_starts(sr_buf_str(&raw), docs.items[0]->text));
	REQUIRE(docs.items[0]->note_count == 1);
	CHECK_STR(docs.items[0]->notes[0], SR_STR("cut after 2 MB of text"));
	sr_buf_deinit(&raw);
	sr_arena_free(a);
}
