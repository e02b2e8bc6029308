#include "harness.h"

#include "sitrep/extract.h"

static sr_input input_of(sr_str bytes, const char *path)
{
	return (sr_input){ .bytes = bytes, .path = sr_str_c(path) };
}

TEST(extract_type_names)
{
	for (int t = 0; t < SR_INPUT_TYPE_COUNT; t++) {
		sr_input_type back;
		CHECK(sr_input_type_name((sr_input_type)t)[0] != 0);
		CHECK(sr_input_type_parse(sr_str_c(sr_input_type_name((sr_input_type)t)), &back) && (int)back == t);
	}
	sr_input_type none;
	CHECK(!sr_input_type_parse(SR_STR("pdf"), &none));
}

TEST(extract_sniff)
{
	sr_str rest = test_read(test_path("tests/extract/sniff.tsv")), f[3];
	while (test_next_row(&rest, f, 3) == 3) {
		sr_arena *a = sr_arena_new(0);
		sr_str path = sr_str_dup(a, f[1]);
		sr_error err = { 0 };
		test_case(sr_str_printf(a, "%.*s %.*s", SR_FMT(f[0]), SR_FMT(sr_str_slice(f[2], 0, 40))).ptr);
		sr_input in = input_of(f[2], path.ptr);
		sr_input_type type = sr_extract_sniff(&in, &err);
		CHECK_STR(sr_str_c(sr_input_type_name(type)), f[0]);
		CHECK((type == SR_INPUT_AUTO) == (err.status == SR_E_INVALID));
		sr_arena_free(a);
	}
}

TEST(extract_refuses_what_is_no_text)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	char noise[4096];
	uint32_t x = 1;
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)((x = x * 1664525u + 1013904223u) >> 24);
	sr_input in = input_of(sr_str_make(noise, sizeof noise), "noise");
	CHECK_INT(sr_extract(&in, a, &docs, &err), SR_E_INVALID);
	CHECK_CSTR(err.message, "binary data, not text");
	in = input_of((sr_str){ 0 }, "empty");
	CHECK_INT(sr_extract(&in, a, &docs, &err), SR_E_INVALID);
	CHECK_CSTR(err.message, "empty");
	in = input_of(SR_STR(" \n\t \n"), "blank");
	CHECK_INT(sr_extract(&in, a, &docs, &err), SR_E_INVALID);
	CHECK_INT(docs.count, 0);
	sr_arena_free(a);
}

/* A dateline, marks that look like Markdown's and a line of credit stay in the text of an article: what
 * others have marked in it by position must still fit. */
TEST(extract_jsonl_keeps_text_whole)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	sr_input in = input_of(SR_STR("{\"id\":\"a\",\"text\":\"OSTRAVA, Country (AP) _ ``It burns,'' he said.\\nIt is `` over.''\\n\\n"
	                              "Ann Low in Brno contributed to this article.\"}\n"), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 1);
	CHECK_STR(docs.items[0]->text, SR_STR("OSTRAVA, Country (AP) _ ``It burns,'' he said.\nIt is `` over.''\n\n"
	                                      "Ann Low in Brno contributed to this article."));
	REQUIRE(docs.items[0]->block_count == 3);
	CHECK_STR(sr_span_of(docs.items[0]->text, docs.items[0]->blocks[2].span), SR_STR("Ann Low in Brno contributed to this article."));
	sr_arena_free(a);
}

/* A text that looks like nothing but a title, a byline or layout is the text all the same. */
TEST(extract_jsonl_keeps_short_texts)
{
	static const char *const texts[] = { "yuck !!", "MIX IT ALL UP", "By Ann Low", "Jan. 30", "2000 Carr Futures", "(202) 555-0130" };
	sr_arena *a = sr_arena_new(0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		sr_documents docs = { 0 };
		sr_error err;
		sr_input in = input_of(sr_str_printf(a, "{\"id\":\"a\",\"text\":\"%s\"}\n", texts[i]), "x.jsonl");
		REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
		REQUIRE(docs.count == 1 && docs.items[0]->block_count == 1);
		CHECK_STR(docs.items[0]->text, sr_str_c(texts[i]));
	}
	sr_arena_free(a);
}

/* A page of updates keeps its time labels, as headings, and their times; a character that shows nothing
 * stays as well. */
TEST(extract_jsonl_keeps_labels)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	sr_str text = SR_STR("The Latest on the flood at Brenmoor (all times local):\\n\\n7:40 p.m.\\n\\nThe river has risen by a metre since noon, the mayor says.\\n\\n"
	                     "3:15 p.m.\\n\\nAll schools toâgether will stay closed on Friday, the council says.\\n");
	sr_input in = input_of(sr_str_printf(a, "{\"id\":\"a\",\"date\":\"2026-03-12\",\"text\":\"%.*s\"}\n", SR_FMT(text)), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 1 && docs.items[0]->block_count == 5);
	const sr_document *d = docs.items[0];
	CHECK_INT(d->kind, SR_DOC_LIVE);
	CHECK_STR(sr_span_of(d->text, d->blocks[1].span), SR_STR("7:40 p.m."));
	CHECK_INT(d->blocks[1].kind, SR_BLOCK_HEADING);
	CHECK_INT(d->blocks[2].kind, SR_BLOCK_UPDATE);
	CHECK_INT(d->blocks[4].kind, SR_BLOCK_UPDATE);
	CHECK_INT(d->blocks[4].group, 2);
	CHECK_STR(sr_span_of(d->text, d->blocks[4].span), SR_STR("All schools toâgether will stay closed on Friday, the council says."));
	sr_arena_free(a);
}

/* Lines that are not the article's stay, for the offsets' sake, but nobody states them. */
TEST(extract_jsonl_knows_crumbs)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	sr_input in = input_of(SR_STR("{\"id\":\"a\",\"title\":\"Bridge vote\",\"date\":\"2026-03-12\",\"text\":\"The council met on Monday and voted for the bridge, its "
	                              "chair said.\\n\\nSign up for Daily Newsletters\\n\\nImage copyright Harbour Post Image caption The chair of the council\\n\\nThe "
	                              "bridge will be open on Friday, he said in a letter to all.\"}\n"), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 1 && docs.items[0]->block_count == 4);
	static const sr_block_kind want[] = { SR_BLOCK_PARAGRAPH, SR_BLOCK_CRUMB, SR_BLOCK_CRUMB, SR_BLOCK_PARAGRAPH };
	for (size_t i = 0; i < 4; i++)
		CHECK_INT(docs.items[0]->blocks[i].kind, want[i]);
	sr_arena_free(a);
}

/* Whole sentences can be furniture too: a notice of rights, a box that asks for an address, a gallery's captions. One such
 * phrase in a long text does not make the text furniture. */
TEST(extract_jsonl_knows_boxes)
{
	static const char body[] = "The council met on Monday and voted for the bridge, its chair said.";
	static const char *const boxes[] = {
		"Copyright © 2031 The Harbour Post, Limited. Click here for reprint permission and for all other rights.",
		"Harbour Morning newsletter Your guide to the port, every weekday at six, for all who work there. Email Sign Up By signing up you agree to "
		"receive email newsletters or alerts from the Harbour Post. You can unsubscribe at any time.",
		"Photos: The new bridge The bridge at night, seen from the port. Hide Caption 1 of 2 Photos: The new bridge Workers lift the last part of "
		"it on Friday, March 13.",
	};
	sr_arena *a = sr_arena_new(0);
	for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
		sr_documents docs = { 0 };
		sr_error err;
		sr_input in = input_of(sr_str_printf(a, "{\"id\":\"a\",\"text\":\"%s\\n\\n%s\\n\\n%s\"}\n", body, boxes[i], body), "x.jsonl");
		REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
		REQUIRE(docs.count == 1 && docs.items[0]->block_count == 3);
		CHECK_INT(docs.items[0]->blocks[0].kind, SR_BLOCK_PARAGRAPH);
		CHECK_INT(docs.items[0]->blocks[1].kind, SR_BLOCK_CRUMB);
	}
	sr_buf text;
	sr_buf_init(&text, 0);
	for (int i = 0; i < 20; i++)
		sr_buf_printf(&text, "%s ", body);
	sr_documents docs = { 0 };
	sr_error err;
	sr_input in = input_of(sr_str_printf(a, "{\"id\":\"a\",\"text\":\"%s\\n%s %s\"}\n", body, text.ptr, boxes[1]), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 1 && docs.items[0]->block_count == 2);
	CHECK_INT(docs.items[0]->blocks[1].kind, SR_BLOCK_PARAGRAPH);
	sr_buf_deinit(&text);
	sr_arena_free(a);
}

/* A number is an id; and a byte that is no UTF-8 costs a letter, not the article. */
TEST(extract_jsonl_takes_what_is_nearly_right)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	sr_input in = input_of(SR_STR("{\"id\":17,\"text\":\"One caf\xe9 burned.\"}\n{\"id\":-3,\"text\":\"Two.\"}\n"), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 2);
	CHECK_STR(docs.items[0]->id, SR_STR("17"));
	CHECK_STR(docs.items[0]->text, SR_STR("One caf\xEF\xBF\xBD burned."));
	CHECK_INT(docs.items[0]->note_count, 1);
	CHECK_STR(docs.items[1]->id, SR_STR("-3"));
	CHECK_INT(docs.items[1]->note_count, 0);
	CHECK_INT(docs.refused_count, 0);
	sr_arena_free(a);
}

TEST(extract_jsonl)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_error err;
	sr_input in = input_of(SR_STR("{\"id\":\"a\",\"title\":\"T\",\"date\":\"2026-03-01\",\"authors\":\"Ann Low, Bo Hay\",\"source\":\"The Post\",\"text\":\"One.\\n\\nTwo.\"}\n"
	                              "not json\n\n{\"text\":\"Three.\"}\n"), "x.jsonl");
	REQUIRE(sr_extract(&in, a, &docs, &err) == SR_OK);
	REQUIRE(docs.count == 2);
	CHECK_STR(docs.items[0]->id, SR_STR("a"));
	CHECK_STR(docs.items[0]->path, SR_STR("x.jsonl#1"));
	CHECK_STR(docs.items[0]->text, SR_STR("One.\n\nTwo."));
	CHECK_STR(docs.items[0]->site, SR_STR("The Post"));
	CHECK_INT(docs.items[0]->byline_count, 2);
	CHECK_INT(docs.items[0]->published.day, 1);
	CHECK_STR(docs.items[1]->id, SR_STR("x.jsonl#4"));
	REQUIRE(docs.refused_count == 1);
	CHECK(sr_str_starts(docs.refused[0], SR_STR("line 2: ")));
	sr_arena_free(a);
}
