/* Hand-made sentences with every quantity that stands in them. */
#include "harness.h"

#include "sitrep/claim.h"
#include "sitrep/lang.h"
#include "sitrep/tag.h"

#include <math.h>
#include <stdio.h>

/* "40..inf km of cable" of each quantity, joined by "; ". */
static void print_quantities(const sr_reading *r, sr_buf *out)
{
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		if (i)
			sr_buf_add_c(out, "; ");
		if (q->low == q->high)
			sr_buf_printf(out, "%.10g", q->low);
		else {
			sr_buf_printf(out, "%.10g..", q->low);
			sr_buf_printf(out, "%.10g", q->high);
		}
		if (q->unit.len)
			sr_buf_printf(out, " %.*s", SR_FMT(q->unit));
		if (q->of.len)
			sr_buf_printf(out, " of %.*s", SR_FMT(q->of));
	}
}

/* Words and sentences, with the tagger's findings if there is a model. */
static bool analyse(const sr_tag_model *model, sr_document *doc, sr_arena *arena, sr_reading *r)
{
	if (!model)
		return sr_lang_segment(arena, r, NULL) == SR_OK;
	sr_tag_job job = { .doc = doc, .arena = arena, .reading = r };
	return sr_tag_documents(model, &job, 1, 1, NULL) == SR_OK;
}

/* quantities.tsv: sentence, quantities ("-": none). At least 92 of 100 sentences must be read exactly. */
static void measure(const sr_tag_model *model, const char *how)
{
	sr_claim_rules *rules = sr_claim_rules_new(NULL);
	REQUIRE(rules);
	sr_str rest = test_read(test_path("tests/claim/quantities.tsv")), c[2];
	size_t rows = 0, right = 0;
	while (test_next_row(&rest, c, 2)) {
		sr_arena *arena = sr_arena_new(0);
		sr_block block = { .span = { 0, (uint32_t)c[0].len } };
		sr_document doc = { .text = c[0], .blocks = &block, .block_count = 1 };
		sr_reading r = { .doc = &doc };
		sr_buf got;
		sr_buf_init(&got, 0);
		rows++;
		if (analyse(model, &doc, arena, &r) && sr_claim_read(rules, arena, &r, NULL) == SR_OK)
			print_quantities(&r, &got);
		sr_str want = sr_str_eq(c[1], SR_STR("-")) ? (sr_str){ 0 } : c[1];
		if (sr_str_eq(sr_buf_str(&got), want))
			right++;
		else
			printf("  %.*s\n    got  %.*s\n    want %.*s\n", SR_FMT(c[0]), SR_FMT(sr_buf_str(&got)), SR_FMT(want));
		sr_buf_deinit(&got);
		sr_arena_free(arena);
	}
	printf("  quantities, %s: %zu of %zu sentences exactly right\n", how, right, rows);
	CHECK(rows >= 200);
	CHECK(100 * right >= 92 * rows);
	sr_claim_rules_free(rules);
}

TEST(claim_quantities_without_tags) { measure(NULL, "by words alone"); }

TEST(claim_quantities)
{
	sr_tag_model *model;
	sr_error err;
	if (sr_tag_model_open(test_path("share/sitrep/reading.model"), &model, &err) != SR_OK) {
		test_fail(__FILE__, __LINE__, "%s", err.message);
		return;
	}
	measure(model, "with tags");
	sr_tag_model_free(model);
}
