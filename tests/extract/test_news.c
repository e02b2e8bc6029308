#include "harness.h"

#include "sitrep/extract.h"

#include <stdio.h>

/* A document in a few lines, to compare whole. */
static void show(const sr_document *d, sr_buf *out)
{
	sr_arena *a = sr_arena_new(0);
	sr_buf_printf(out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|", SR_FMT(d->path), SR_FMT(d->id), SR_FMT(d->url), SR_FMT(d->title), SR_FMT(d->site),
	              SR_FMT(d->credit), SR_FMT(d->dateline));
	for (size_t i = 0; i < d->byline_count; i++)
		sr_buf_printf(out, "%s%.*s", i ? "+" : "", SR_FMT(d->bylines[i]));
	sr_str published = sr_time_format(a, d->published), modified = sr_time_format(a, d->modified);
	sr_buf_printf(out, "|%.*s|%.*s|%s|%.*s|%.*s\n", SR_FMT(published), SR_FMT(modified), sr_doc_status_name(d->status), SR_FMT(d->correction),
	              SR_FMT(d->language));
	for (size_t i = 0; i < d->block_count; i++) {
		sr_str text = sr_span_of(d->text, d->blocks[i].span);
		sr_buf_printf(out, "%s: %.*s\n", sr_block_kind_name(d->blocks[i].kind), SR_FMT(text));
	}
	for (size_t i = 0; i < d->image_count; i++)
		sr_buf_printf(out, "image %.*s \"%.*s\" %.*s\n", SR_FMT(d->images[i].url), SR_FMT(d->images[i].caption), SR_FMT(d->images[i].credit));
	for (size_t i = 0; i < d->note_count; i++)
		sr_buf_printf(out, "note %.*s\n", SR_FMT(d->notes[i]));
	sr_arena_free(a);
}

static void check_sample(const char *name, sr_input_type type, const char *want)
{
	char path[128];
	sr_arena *arena = sr_arena_new(0);
	sr_documents out = { 0 };
	sr_error err = { 0 };
	sr_buf got;
	snprintf(path, sizeof path, "tests/extract/samples/%s", name);
	sr_input in = { .bytes = test_read(test_path(path)), .path = sr_str_c(name) };
	test_case(name);
	CHECK_INT(sr_extract_sniff(&in, NULL), type);
	if (sr_extract(&in, arena, &out, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	sr_buf_init(&got, 0);
	for (size_t i = 0; i < out.count; i++)
		show(out.items[i], &got);
	CHECK_STR(sr_buf_str(&got), sr_str_c(want));
	sr_buf_deinit(&got);
	sr_arena_free(arena);
}

TEST(extract_news_formats)
{
	check_sample("flood.nitf", SR_INPUT_NITF,
	             "flood.nitf|wire-2025-77||Flood cuts the road to Velmira|Lindmouth Wire|AFP|VELMIRA|Ada Brook|2025-11-04T08:15:00Z||usable||en\n"
	             "paragraph: The river Osse left its bed on Tuesday & cut the road.\nheading: What is open\nquote: \"We have one road,\"\n"
	             "quote: the mayor\nlist: the hill road\nlist: the ferry\nimage flood.jpg \"The road\" E. Moor\n");
	check_sample("dam.newsml", SR_INPUT_NEWSML,
	             "dam.newsml#1|urn:newsml:wire.example:20251104:77||Dam holds|Lindmouth Wire|Lindmouth Wire|BRENMOOR|Ivo Lund+Ada Brook|2025-11-04T08:00:00+01:00|"
	             "2025-11-04T10:00:00Z|corrected|CORRECTS height of the dam in the second paragraph|en\nparagraph: The dam held.\nparagraph: It is 40 metres high.\n"
	             "dam.newsml#2|urn:newsml:wire.example:20251104:78||Second dam fails|||||" "|2025-11-04T11:00:00Z|withdrawn|Kill: the report was wrong|\n"
	             "paragraph: Kill: the report was wrong\nnote canceled by its publisher\n");
	check_sample("old.newsml", SR_INPUT_NEWSML,
	             "old.newsml|urn:old:1||Ferry stops||||Ada Brook|2025-11-04T08:00:00Z|2025-11-04T09:00:00Z|withdrawn||\n"
	             "paragraph: The ferry stopped.\nparagraph: It will sail on Friday.\nnote withheld by its publisher\n");
	check_sample("quay.ninjs", SR_INPUT_NINJS,
	             "quay.ninjs|https://wire.example/items/9|https://wire.example/items/9|Quay reopens|Lindmouth Wire||LINDMOUTH|Ada Brook|2025-11-04T09:00:00Z|"
	             "2025-11-04T09:30:00Z|usable||en\nparagraph: The quay is open.\nquote: At last,\nimage https://wire.example/q.jpg \"The quay\" E. Moor\n");
	check_sample("quay3.ninjs", SR_INPUT_NINJS,
	             "quay3.ninjs|urn:9b||Quay closes again|||||2025-11-04T09:00:00Z|2025-11-04T12:00:00Z|withdrawn|Withheld pending checks|\n"
	             "paragraph: The quay closed.\nnote withheld by its publisher\n");
	check_sample("letter.eml", SR_INPUT_EML,
	             "letter.eml|m1@post.example|https://post.example/letters/1|Café – quay news|The Harbour Post||||2025-11-04T06:30:00+01:00||usable||\n"
	             "heading: Quay news\nparagraph: The quay’s crane is back.\nparagraph: More at noon.\n");
}

TEST(extract_news_refuses)
{
	static const struct {
		sr_input_type type;
		const char *text;
	} cases[] = { { SR_INPUT_NITF, "<nitf/>" }, { SR_INPUT_NITF, "words" }, { SR_INPUT_NEWSML, "<newsItem guid='x'/>" },
		          { SR_INPUT_NINJS, "{\"uri\":\"x\"}" }, { SR_INPUT_NINJS, "{" }, { SR_INPUT_EML, "no header at all" },
		          { SR_INPUT_EML, "Subject: x\n\n" }, { SR_INPUT_EML, "Content-Type: multipart/mixed\n\nx" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_arena *arena = sr_arena_new(0);
		sr_documents out = { 0 };
		sr_error err = { 0 };
		sr_input in = { .bytes = sr_str_c(cases[i].text), .type = cases[i].type };
		test_case(cases[i].text);
		CHECK_INT(sr_extract(&in, arena, &out, &err), SR_E_INVALID);
		CHECK(err.message[0] != 0);
		CHECK_INT(out.count, 0);
		sr_arena_free(arena);
	}
}
