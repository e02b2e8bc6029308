#include "harness.h"

#include "sitrep/extract.h"
#include "sitrep/story.h"

#include <stdio.h>

/* Ids of tests/story/origins.jsonl are event-kind-origin-number: a group is event and kind. */
static sr_str group_of(sr_str id)
{
	size_t first = sr_str_find_char(id, '-', 0);
	return sr_str_slice(id, 0, sr_str_find_char(id, '-', first + 1));
}

static char label_of(sr_str id) { return id.ptr[group_of(id).len + 1]; }

typedef struct tally {
	size_t right, wrong, missed, groups;
} tally;

static void count_group(sr_document *const *docs, size_t count, tally *t)
{
	uint32_t origin[64], origins;
	REQUIRE(count <= 64 && sr_story_origins(docs, count, origin, &origins, NULL) == SR_OK);
	t->groups++;
	for (size_t i = 0; i < count; i++) {
		CHECK(origin[i] >= 1 && origin[i] <= origins);
		for (size_t k = 0; k < i; k++) {
			bool same = label_of(docs[i]->id) == label_of(docs[k]->id), joined = origin[i] == origin[k];
			t->right += same && joined;
			t->wrong += !same && joined;
			t->missed += same && !joined;
			if (same && !joined)
				printf("  missed: %.*s and %.*s\n", SR_FMT(docs[k]->id), SR_FMT(docs[i]->id));
			if (!same && joined)
				test_fail(__FILE__, __LINE__, "%.*s and %.*s are independent", SR_FMT(docs[k]->id), SR_FMT(docs[i]->id));
		}
	}
}

TEST(story_origins_of_the_hand_made_groups)
{
	sr_arena *a = sr_arena_new(0);
	sr_documents docs = { 0 };
	tally t = { 0 };
	const char *file = "tests/story/origins.jsonl";
	sr_input in = { .bytes = test_read(test_path(file)), .path = sr_str_c(file), .type = SR_INPUT_JSONL };
	REQUIRE(sr_extract(&in, a, &docs, NULL) == SR_OK);
	for (size_t i = 0, end; i < docs.count; i = end) {
		for (end = i + 1; end < docs.count && sr_str_eq(group_of(docs.items[end]->id), group_of(docs.items[i]->id)); end++)
			;
		test_case(sr_str_dup(a, group_of(docs.items[i]->id)).ptr);
		count_group(docs.items + i, end - i, &t);
	}
	test_case("all");
	double f1 = 2.0 * (double)t.right / (double)(2 * t.right + t.wrong + t.missed);
	printf("  origins: %zu groups, pairwise F1 %.3f (%zu right, %zu wrong, %zu missed)\n", t.groups, f1, t.right, t.wrong, t.missed);
	CHECK(t.groups >= 40);
	CHECK(f1 >= 0.95);
	CHECK_INT(t.wrong, 0);
	sr_arena_free(a);
}

TEST(story_origins_of_a_digest)
{
	sr_relay relay = { .number = 1, .publisher = SR_STR_INIT("The Post"), .title = SR_STR_INIT("Mill burns down") };
	sr_document post = { .title = SR_STR_INIT("Mill burns down"), .text = SR_STR_INIT("The old mill burned down on Friday night, the fire chief said.") };
	sr_document other = { .title = SR_STR_INIT("Parents mourn school"), .text = SR_STR_INIT("Parents stood on the bridge until three in the morning and watched.") };
	sr_document digest = { .kind = SR_DOC_BRIEF, .relays = &relay, .relay_count = 1, .text = SR_STR_INIT("The mill is gone.") };
	sr_document *docs[] = { &other, &post, &digest };
	uint32_t origin[3], origins;
	REQUIRE(sr_story_origins(docs, 3, origin, &origins, NULL) == SR_OK);
	CHECK_INT(origins, 2);
	CHECK_INT(origin[2], origin[1]);
	CHECK(origin[0] != origin[1]);
	relay.title = SR_STR("Something that is not here");
	REQUIRE(sr_story_origins(docs, 3, origin, &origins, NULL) == SR_OK);
	CHECK_INT(origins, 3);
}

/* A digest and its copy are one origin, and what it quotes of an article makes the two none. */
TEST(story_origins_of_a_digest_and_its_copy)
{
	static const char text[] = "The old mill burned down on Friday night, the fire chief said. Parents stood on the bridge until three in the "
	                           "morning and watched. The school will stay shut for a week, and buses will take its pupils to Orrin instead.";
	sr_relay relay = { .number = 1, .publisher = SR_STR_INIT("The Post"), .title = SR_STR_INIT("Something that is not here") };
	sr_document article = { .title = SR_STR_INIT("Mill burns down"), .text = sr_str_c(text) };
	sr_document digest = { .kind = SR_DOC_BRIEF, .relays = &relay, .relay_count = 1, .text = sr_str_c(text) }, copy = digest;
	sr_document *docs[] = { &digest, &article, &copy };
	uint32_t origin[3], origins;
	REQUIRE(sr_story_origins(docs, 3, origin, &origins, NULL) == SR_OK);
	CHECK_INT(origins, 2);
	CHECK_INT(origin[2], origin[0]);
	CHECK(origin[1] != origin[0]);
}
