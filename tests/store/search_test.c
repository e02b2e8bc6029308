#include "store/fixture.h"

#include <stdio.h>
#include <string.h>

#define OK(call)                                                         \
	do {                                                                 \
		if ((call) != SR_OK)                                             \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message); \
	} while (0)

static sr_arena *arena;
static sr_store *store;
static sr_error err;

/* Adds a document from a row: id, title, site, published, language, person, place, day spoken of, text. */
static void add_row(const sr_str *f)
{
	sr_document *d = SR_NEW(arena, sr_document);
	sr_reading *r = SR_NEW(arena, sr_reading);
	sr_store_added added;
	*d = (sr_document){ .id = f[0], .path = sr_str_printf(arena, "/s/%.*s", SR_FMT(f[0])), .title = f[1], .site = f[2], .language = f[4],
		                .text = f[8], .sha256 = f[0] };
	d->url = sr_str_printf(arena, "https://www.harbour-post.example/%.*s", SR_FMT(f[0]));
	CHECK(!f[3].len || sr_time_parse(f[3], &d->published));
	r->doc = d;
	r->entities = SR_NEW_ARRAY(arena, sr_entity, 2);
	if (f[5].len)
		r->entities[r->entity_count++] = (sr_entity){ .type = SR_ENTITY_PER, .name = f[5] };
	if (f[6].len)
		r->entities[r->entity_count++] = (sr_entity){ .type = SR_ENTITY_LOC, .name = f[6] };
	if (f[7].len) {
		r->times = SR_NEW(arena, sr_timex);
		r->time_count = 1;
		CHECK(sr_time_parse(f[7], &r->times->begin));
		r->times->end = r->times->begin;
	}
	OK(sr_store_add(store, &(sr_store_document){ .doc = d, .reading = r }, &added, &err));
}

static void begin(void)
{
	sr_str rest = test_read(test_path("tests/store/search-documents.tsv")), f[9];
	int64_t story;
	folder_open();
	arena = sr_arena_new(0);
	store = open_store(folder_file("a.db"), NULL);
	OK(sr_store_begin(store, at("2025-12-10T12:00:00Z"), &err));
	while (test_next_row(&rest, f, 9))
		add_row(f);
	OK(sr_store_new_story(store, SR_STR("bridge"), &story, &err));
	OK(sr_store_new_story(store, SR_STR("vote"), &story, &err));
}

static void end(void)
{
	OK(sr_store_commit(store, &err));
	sr_store_close(store);
	sr_arena_free(arena);
	folder_close();
}

/* `text=words place=Kyiv`: values end where the next key begins. */
static sr_store_query parse(sr_str s)
{
	sr_store_query q = { 0 };
	sr_str field, since = { 0 }, until = { 0 }, about = { 0 }, by = { 0 }, with = { 0 }, limit = { 0 };
	const struct {
		const char *key;
		sr_str *to;
	} keys[] = { { "text=", &q.text },     { "outlet=", &q.outlet }, { "place=", &q.place }, { "person=", &q.person }, { "language=", &q.language },
		         { "since=", &since },     { "until=", &until },     { "about=", &about },   { "by=", &by },           { "with=", &with },
		         { "limit=", &limit } };
	while (sr_str_next_field(&s, '|', &field))
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			if (sr_str_starts(field, sr_str_c(keys[i].key)))
				*keys[i].to = sr_str_slice(field, strlen(keys[i].key), field.len);
	CHECK(!since.len || sr_time_parse(since, &q.since));
	CHECK(!until.len || sr_time_parse(until, &q.until));
	CHECK(!about.len || sr_time_parse(about, &q.about));
	q.by_time = by.len > 0;
	q.with_withdrawn = with.len > 0;
	q.limit = limit.len ? (size_t)(limit.ptr[0] - '0') : 0;
	return q;
}

TEST(store_search_documents)
{
	begin();
	sr_str rest = test_read(test_path("tests/store/searches.tsv")), f[3];
	OK(sr_store_put_status(store, 5, SR_DOC_WITHDRAWN, (sr_str){ 0 }, &err));
	while (test_next_row(&rest, f, 3)) {
		char label[96];
		snprintf(label, sizeof label, "%.*s", SR_FMT(f[0]));
		test_case(label);
		sr_store_query q = parse(f[1]);
		sr_store_hits hits;
		sr_str ids = { 0 };
		OK(sr_store_search_documents(store, &q, arena, &hits, &err));
		for (size_t i = 0; i < hits.count; i++)
			ids = sr_str_printf(arena, "%.*s%s%.*s", SR_FMT(ids), i ? " " : "", SR_FMT(hits.items[i].id));
		CHECK_STR(ids, f[2]);
		if (!q.limit)
			CHECK_INT(hits.total, hits.count);
	}
	end();
}

TEST(store_search_snippets)
{
	begin();
	sr_store_hits hits;
	OK(sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("pillars") }, arena, &hits, &err));
	REQUIRE(hits.count == 1);
	const sr_store_hit *h = &hits.items[0];
	CHECK_STR(h->outlet, SR_STR("Harbour Post"));
	CHECK(h->score > 0);
	REQUIRE(h->mark_count == 1);
	CHECK_STR(sr_span_of(h->snippet, h->marks[0]), SR_STR("pillar"));
	test_case("of the title where the text has nothing");
	OK(sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("shuts") }, arena, &hits, &err));
	REQUIRE(hits.count == 1);
	CHECK_STR(hits.items[0].snippet, SR_STR("Mayor shuts the old bridge"));
	test_case("the opening where nothing is looked for");
	OK(sr_store_search_documents(store, &(sr_store_query){ .outlet = SR_STR("valley") }, arena, &hits, &err));
	REQUIRE(hits.count == 1);
	CHECK(sr_str_starts(hits.items[0].snippet, SR_STR("Le pont")));
	CHECK_INT(hits.items[0].mark_count, 0);
	test_case("above the ceiling");
	sr_buf long_query;
	sr_buf_init(&long_query, 0);
	while (long_query.len <= SR_STORE_QUERY_MAX)
		sr_buf_add_c(&long_query, "word ");
	CHECK_INT(sr_store_search_documents(store, &(sr_store_query){ .text = sr_buf_str(&long_query) }, arena, &hits, &err), SR_E_LIMIT);
	sr_buf_deinit(&long_query);
	end();
}

/* Whatever is typed, the answer is hits or none. */
TEST(store_search_hostile)
{
	static const char *const texts[] = { "\"", "\"\"", "-", "*", "AND", "OR", "OR OR", "a OR", "(bridge", "title:bridge", "NEAR(a b)", "^bridge",
		                                 "bridge\"*", "''; DROP TABLE document", "-bridge -vote", "\xd0\xbf\xd1\x80", "+a +b", "{a b}:c", "bridge -", "%_" };
	begin();
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		sr_store_hits hits;
		test_case(texts[i]);
		OK(sr_store_search_documents(store, &(sr_store_query){ .text = sr_str_c(texts[i]) }, arena, &hits, &err));
		OK(sr_store_search_stories(store, &(sr_store_query){ .text = sr_str_c(texts[i]), .place = sr_str_c(texts[i]) }, arena, &hits, &err));
	}
	uint32_t seed = 7;
	test_case("random bytes");
	for (int i = 0; i < 300; i++) {
		char text[12];
		sr_store_hits hits;
		size_t n = dice(&seed) % sizeof text;
		for (size_t k = 0; k < n; k++)
			text[k] = "ab\"*-O R(){}:^+,.'%"[dice(&seed) % 19];
		OK(sr_store_search_documents(store, &(sr_store_query){ .text = sr_str_make(text, n) }, arena, &hits, &err));
	}
	end();
}

TEST(store_search_stories)
{
	begin();
	const sr_place place = { .name = SR_STR_INIT("Kovalivka") };
	const sr_story_entity person = { .name = SR_STR_INIT("Olena Marchuk"), .type = SR_ENTITY_PER, .mentions = 4 };
	const sr_store_about bridge = { .title = SR_STR_INIT("The bridge at Kovalivka"), .text = SR_STR_INIT("The bridge is shut.\nBoats cross."),
		                            .first_reported = at("2025-11-01"), .updated = at("2025-11-05"), .documents = 2, .origins = 2,
		                            .places = &place, .place_count = 1, .entities = &person, .entity_count = 1 };
	const sr_store_about vote = { .title = SR_STR_INIT("The vote"), .text = SR_STR_INIT("A count of boats."), .updated = at("2025-11-20") };
	sr_store_hits hits;
	sr_store_correction pin = { .act = SR_STORE_PIN, .story = 1 }, mute = { .act = SR_STORE_MUTE, .story = 2 };
	OK(sr_store_search_stories(store, &(sr_store_query){ .by_time = true }, arena, &hits, &err));
	CHECK_INT(hits.count, 0); /* empty stories are not shown */
	OK(sr_store_place(store, 1, 1, &err));
	OK(sr_store_place(store, 2, 1, &err));
	OK(sr_store_place(store, 3, 2, &err));
	OK(sr_store_put_about(store, 1, &bridge, &err));
	OK(sr_store_put_about(store, 2, &vote, &err));
	OK(sr_store_put_about(store, 1, &bridge, &err)); /* again: replaces */
	test_case("newest first");
	OK(sr_store_search_stories(store, &(sr_store_query){ .by_time = true }, arena, &hits, &err));
	REQUIRE(hits.count == 2);
	CHECK_STR(hits.items[0].id, SR_STR("vote"));
	CHECK_STR(hits.items[1].title, bridge.title);
	CHECK_INT(hits.items[1].documents, 2);
	test_case("by words");
	OK(sr_store_search_stories(store, &(sr_store_query){ .text = SR_STR("boat") }, arena, &hits, &err));
	CHECK_INT(hits.count, 2);
	OK(sr_store_search_stories(store, &(sr_store_query){ .text = SR_STR("bridge") }, arena, &hits, &err));
	REQUIRE(hits.count == 1);
	CHECK_STR(hits.items[0].id, SR_STR("bridge"));
	test_case("by place, person, time");
	OK(sr_store_search_stories(store, &(sr_store_query){ .place = SR_STR("kovalivka"), .person = SR_STR("marchuk") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	OK(sr_store_search_stories(store, &(sr_store_query){ .since = at("2025-11-06") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	OK(sr_store_search_stories(store, &(sr_store_query){ .until = at("2025-11-05") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	test_case("pinned and muted");
	OK(sr_store_correct(store, &pin, arena, &err));
	OK(sr_store_search_stories(store, &(sr_store_query){ .by_time = true }, arena, &hits, &err));
	CHECK_STR(hits.items[0].id, SR_STR("bridge"));
	CHECK(hits.items[0].pinned);
	OK(sr_store_correct(store, &mute, arena, &err));
	OK(sr_store_search_stories(store, &(sr_store_query){ .by_time = true }, arena, &hits, &err));
	CHECK_INT(hits.count, 1);
	OK(sr_store_search_documents(store, &(sr_store_query){ .story = 2 }, arena, &hits, &err));
	CHECK_INT(hits.count, 0);
	OK(sr_store_search_documents(store, &(sr_store_query){ .story = 2, .with_muted = true }, arena, &hits, &err));
	CHECK_INT(hits.count, 1);
	CHECK_STR(hits.items[0].story_id, SR_STR("vote"));
	test_case("joined");
	OK(sr_store_join(store, 1, 2, &err));
	OK(sr_store_search_stories(store, &(sr_store_query){ .with_muted = true }, arena, &hits, &err));
	CHECK_INT(hits.count, 1);
	CHECK_INT(hits.items[0].documents, 3);
	end();
}
