#include "harness.h"

#include "sitrep/extract.h"
#include "sitrep/story.h"

/* Reads a JSONL corpus of tests/story; docs live in the arena. */
static bool load(const char *file, sr_arena *a, sr_documents *docs)
{
	sr_input in = { .bytes = test_read(test_path(file)), .path = sr_str_c(file), .type = SR_INPUT_JSONL };
	return sr_extract(&in, a, docs, NULL) == SR_OK;
}

TEST(story_group_tells_events_apart)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_story *stories;
	size_t count;
	REQUIRE(load("tests/story/events.jsonl", a, &docs));
	REQUIRE(sr_story_group(docs.items, docs.count, a, &stories, &count, NULL) == SR_OK);
	/* the id of each document begins with the name of its event */
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < stories[i].doc_count; k++) {
			sr_str x = docs.items[stories[i].docs[0]]->id, y = docs.items[stories[i].docs[k]]->id;
			CHECK_STR(sr_str_slice(y, 0, sr_str_find_char(y, '-', 0)), sr_str_slice(x, 0, sr_str_find_char(x, '-', 0)));
		}
	CHECK_INT(count, 3);
	for (size_t i = 1; i < count; i++)
		CHECK(stories[i - 1].doc_count >= stories[i].doc_count);
	CHECK_INT(stories[0].id.len, 6);
	sr_arena_free(a);
}

TEST(story_group_of_nothing)
{
	sr_arena *a = sr_arena_new(0);
	sr_story *stories;
	size_t count = 7;
	CHECK(sr_story_group(NULL, 0, a, &stories, &count, NULL) == SR_OK);
	CHECK_INT(count, 0);
	sr_arena_free(a);
}

/* The same documents have the same stories under the same names, whatever order they are given in. */
TEST(story_names_of_any_order)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	sr_story *stories, *other;
	size_t count, other_count;
	REQUIRE(load("tests/story/events.jsonl", a, &docs));
	REQUIRE(sr_story_group(docs.items, docs.count, a, &stories, &count, NULL) == SR_OK);
	for (size_t i = 0; i < docs.count / 2; i++) {
		sr_document *last = docs.items[docs.count - 1 - i];
		docs.items[docs.count - 1 - i] = docs.items[i];
		docs.items[i] = last;
	}
	REQUIRE(sr_story_group(docs.items, docs.count, a, &other, &other_count, NULL) == SR_OK);
	CHECK_INT(other_count, count);
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t k = 0; k < other_count; k++)
			found = found || (sr_str_eq(stories[i].id, other[k].id) && stories[i].doc_count == other[k].doc_count);
		CHECK(found);
	}
	sr_arena_free(a);
}
