#include "harness.h"

#include "sitrep/base/json.h"
#include "sitrep/base/map.h"
#include "sitrep/extract.h"
#include "sitrep/story.h"

#include <stdio.h>

/* A set of articles with the story that each belongs to. */
typedef struct gold {
	sr_arena *arena;
	sr_documents docs;
	uint32_t *story; /* number of each document's story */
	uint32_t stories;
} gold;

static bool gold_stories(gold *g, sr_str bytes)
{
	sr_strmap numbers, of_id;
	sr_str line;
	sr_strmap_init(&numbers, g->arena);
	sr_strmap_init(&of_id, g->arena);
	while (sr_str_next_line(&bytes, &line)) {
		sr_json *json;
		if (!line.len)
			continue;
		if (sr_json_parse(line, &json, NULL) != SR_OK)
			return false;
		int64_t *number = sr_strmap_put(&numbers, sr_jval_str(sr_jval_get(sr_json_root(json), "story")));
		if (!*number)
			*number = ++g->stories;
		int64_t value = *number;
		*sr_strmap_put(&of_id, sr_jval_str(sr_jval_get(sr_json_root(json), "id"))) = value;
		sr_json_free(json);
	}
	g->story = SR_NEW_ARRAY(g->arena, uint32_t, g->docs.count);
	for (size_t i = 0; i < g->docs.count; i++) {
		int64_t *number = sr_strmap_get(&of_id, g->docs.items[i]->id);
		if (!number)
			return false;
		g->story[i] = (uint32_t)*number - 1;
	}
	return true;
}

static bool gold_read(gold *g, const char *path)
{
	*g = (gold){ .arena = sr_arena_new(0) };
	sr_input in = { .bytes = test_read(path), .path = SR_STR("gold"), .type = SR_INPUT_JSONL };
	return sr_extract(&in, g->arena, &g->docs, NULL) == SR_OK && gold_stories(g, in.bytes);
}

/* B-cubed F1 (Bagga and Baldwin 1998) of grouping the documents in this order. */
static double b_cubed(const gold *g, const uint32_t *order)
{
	size_t n = g->docs.count, count;
	sr_arena *a = sr_arena_new(0);
	sr_document **docs = SR_NEW_ARRAY(a, sr_document *, n);
	uint32_t *whole = SR_NEW_ARRAY(a, uint32_t, g->stories), *common = SR_NEW_ARRAY(a, uint32_t, g->stories);
	sr_story *stories;
	double precision = 0, recall = 0;
	for (size_t i = 0; i < n; i++) {
		docs[i] = g->docs.items[order[i]];
		whole[g->story[i]]++;
	}
	if (sr_story_group(docs, n, a, &stories, &count, NULL) != SR_OK)
		return 0;
	for (size_t s = 0; s < count; s++) {
		for (size_t i = 0; i < stories[s].doc_count; i++)
			common[g->story[order[stories[s].docs[i]]]]++;
		for (size_t i = 0; i < stories[s].doc_count; i++) {
			uint32_t k = g->story[order[stories[s].docs[i]]];
			precision += (double)common[k] / (double)stories[s].doc_count / (double)n;
			recall += (double)common[k] / (double)whole[k] / (double)n;
		}
		for (size_t i = 0; i < stories[s].doc_count; i++)
			common[g->story[order[stories[s].docs[i]]]] = 0;
	}
	sr_arena_free(a);
	return 2 * precision * recall / (precision + recall);
}

static void shuffle(uint32_t *order, size_t n, uint32_t seed)
{
	for (size_t i = n; i > 1; i--) {
		seed = seed * 1664525u + 1013904223u;
		size_t k = (seed >> 8) % i;
		uint32_t kept = order[i - 1];
		order[i - 1] = order[k];
		order[k] = kept;
	}
}

static void hold_to(const char *file, uint32_t shuffles, double least)
{
	const char *path = test_shared(file);
	gold g;
	if (!path) {
		test_skip("no shared data");
		return;
	}
	REQUIRE(gold_read(&g, path));
	uint32_t *order = SR_NEW_ARRAY(g.arena, uint32_t, g.docs.count);
	for (uint32_t i = 0; i < g.docs.count; i++)
		order[i] = i;
	double given = b_cubed(&g, order);
	printf("  %s: B-cubed F1 %.4f\n", file, given);
	CHECK(given >= least);
	for (uint32_t k = 1; k <= shuffles; k++) {
		shuffle(order, g.docs.count, k);
		CHECK_NEAR(b_cubed(&g, order), given, 0.01);
	}
	sr_arena_free(g.arena);
}

TEST(story_gold_events) { hold_to("data/stories/events.jsonl", 3, 0.93); }

TEST(story_gold_incidents) { hold_to("data/stories/incidents.jsonl", 1, 0.93); }
