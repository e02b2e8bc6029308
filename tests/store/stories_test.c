#include "store/fixture.h"

#include <string.h>

#define OK(call)                                                         \
	do {                                                                 \
		if ((call) != SR_OK)                                             \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message); \
	} while (0)

static sr_arena *arena;
static sr_store *store;
static sr_error err;

/* Documents 1 to 6: 1 to 4 in the story p7k2 (number 1), 5 and 6 in q3m9 (number 2). */
static void begin(void)
{
	int64_t story;
	folder_open();
	arena = sr_arena_new(0);
	store = open_store(folder_file("a.db"), NULL);
	OK(add_range(store, 0, 6, &err));
	OK(sr_store_begin(store, at("2025-12-10T12:00:00Z"), &err));
	OK(sr_store_new_story(store, SR_STR("p7k2"), &story, &err));
	CHECK_INT(story, 1);
	OK(sr_store_new_story(store, SR_STR("q3m9"), &story, &err));
	for (int64_t doc = 1; doc <= 6; doc++)
		OK(sr_store_place(store, doc, doc <= 4 ? 1 : 2, &err));
}

static void end(void)
{
	sr_str *faults;
	size_t count = 0;
	if (sr_store_commit(store, &err) != SR_OK)
		sr_store_rollback(store);
	OK(sr_store_check(store, arena, &faults, &count, &err));
	for (size_t i = 0; i < count; i++)
		test_fail(__FILE__, __LINE__, "check: %.*s", SR_FMT(faults[i]));
	sr_store_close(store);
	sr_arena_free(arena);
	folder_close();
}

/* The members of a story as "1 2 3". */
static sr_str members(int64_t story)
{
	sr_store_ids ids = { 0 };
	sr_str all = { 0 };
	OK(sr_store_members(store, story, arena, &ids, NULL, &err));
	for (size_t i = 0; i < ids.count; i++)
		all = sr_str_printf(arena, "%.*s%s%lld", SR_FMT(all), i ? " " : "", (long long)ids.items[i]);
	return all;
}

TEST(store_story_members)
{
	begin();
	sr_store_story s;
	sr_store_ids ids;
	uint32_t *origins;
	CHECK_STR(members(1), SR_STR("1 2 3 4"));
	OK(sr_store_place(store, 4, 2, &err));
	OK(sr_store_place(store, 4, 2, &err));
	CHECK_STR(members(1), SR_STR("1 2 3"));
	CHECK_STR(members(2), SR_STR("4 5 6"));
	OK(sr_store_place(store, 5, 0, &err));
	CHECK_STR(members(2), SR_STR("4 6"));
	OK(sr_store_get_story(store, 2, arena, &s, &err));
	CHECK_INT(s.documents, 2);
	CHECK_STR(s.id, SR_STR("q3m9"));
	test_case("origins");
	OK(sr_store_put_origins(store, (int64_t[]){ 1, 2, 3 }, (uint32_t[]){ 1, 2, 1 }, 3, &err));
	OK(sr_store_members(store, 1, arena, &ids, &origins, &err));
	CHECK_INT(origins[0], 1);
	CHECK_INT(origins[1], 2);
	CHECK_INT(origins[2], 1);
	test_case("what is not there");
	CHECK_INT(sr_store_place(store, 9, 1, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_place(store, 1, 9, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_members(store, 9, arena, &ids, NULL, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_get_story(store, 9, arena, &s, &err), SR_E_NOT_FOUND);
	end();
}

TEST(store_story_ids_are_permanent)
{
	begin();
	int64_t story;
	bool moved;
	sr_store_story s;
	OK(sr_store_new_story(store, SR_STR("p7k2"), &story, &err));
	OK(sr_store_get_story(store, story, arena, &s, &err));
	CHECK_STR(s.id, SR_STR("p7k2-2"));
	test_case("by id, number and beginning");
	OK(sr_store_find_story(store, SR_STR("p7k2"), &story, &moved, &err));
	CHECK_INT(story, 1);
	CHECK(!moved);
	OK(sr_store_find_story(store, SR_STR("2"), &story, NULL, &err));
	CHECK_INT(story, 2);
	OK(sr_store_find_story(store, SR_STR("q3m"), &story, NULL, &err));
	CHECK_INT(story, 2);
	CHECK_INT(sr_store_find_story(store, SR_STR("p7k"), &story, NULL, &err), SR_E_INVALID);
	CHECK_INT(sr_store_find_story(store, SR_STR("q3"), &story, NULL, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_find_story(store, SR_STR("99"), &story, NULL, &err), SR_E_NOT_FOUND);
	test_case("through a chain of joins");
	OK(sr_store_join(store, 3, 2, &err));
	OK(sr_store_join(store, 1, 3, &err));
	OK(sr_store_find_story(store, SR_STR("q3m9"), &story, &moved, &err));
	CHECK_INT(story, 1);
	CHECK(moved);
	CHECK_STR(members(1), SR_STR("1 2 3 4 5 6"));
	OK(sr_store_get_story(store, 2, arena, &s, &err));
	CHECK_INT(s.redirect, 1);
	CHECK_INT(s.documents, 0);
	OK(sr_store_get_story(store, 1, arena, &s, &err));
	CHECK_INT(s.documents, 6);
	test_case("nothing goes into what was joined");
	CHECK_INT(sr_store_place(store, 1, 2, &err), SR_E_INVALID);
	CHECK_INT(sr_store_join(store, 1, 2, &err), SR_E_INVALID);
	CHECK_INT(sr_store_join(store, 1, 1, &err), SR_E_INVALID);
	CHECK_INT(sr_store_new_story(store, (sr_str){ 0 }, &story, &err), SR_E_INVALID);
	end();
}

TEST(store_editions)
{
	begin();
	uint32_t n;
	sr_store_edition e, *list;
	sr_store_story s;
	size_t count;
	CHECK_INT(sr_store_get_edition(store, 1, 0, arena, &e, &err), SR_E_NOT_FOUND);
	OK(sr_store_put_edition(store, 1, SR_STR("{\"sitrep\":1}"), SR_STR("4 documents"), &n, &err));
	CHECK_INT(n, 1);
	OK(sr_store_commit(store, &err));
	OK(sr_store_begin(store, at("2025-12-11T12:00:00Z"), &err));
	OK(sr_store_put_edition(store, 1, SR_STR("{\"sitrep\":1,\"x\":2}"), SR_STR("retraction"), &n, &err));
	CHECK_INT(n, 2);
	OK(sr_store_put_edition(store, 2, SR_STR("{}"), SR_STR("2 documents"), &n, &err));
	CHECK_INT(n, 1);
	test_case("the latest, and one by number");
	OK(sr_store_get_edition(store, 1, 0, arena, &e, &err));
	CHECK_INT(e.number, 2);
	CHECK_STR(e.json, SR_STR("{\"sitrep\":1,\"x\":2}"));
	CHECK_STR(e.reason, SR_STR("retraction"));
	OK(sr_store_get_edition(store, 1, 1, arena, &e, &err));
	CHECK_STR(e.json, SR_STR("{\"sitrep\":1}"));
	CHECK_STR(sr_time_format(arena, e.at), SR_STR("2025-12-10T12:00:00Z"));
	CHECK_INT(sr_store_get_edition(store, 1, 3, arena, &e, &err), SR_E_NOT_FOUND);
	test_case("by time");
	OK(sr_store_edition_at(store, 1, at("2025-12-10T18:00:00Z"), &n, &err));
	CHECK_INT(n, 1);
	OK(sr_store_edition_at(store, 1, at("2025-12-11T12:00:00Z"), &n, &err));
	CHECK_INT(n, 2);
	CHECK_INT(sr_store_edition_at(store, 1, at("2025-12-09"), &n, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_edition_at(store, 1, SR_TIME_NONE, &n, &err), SR_E_INVALID);
	test_case("the list");
	OK(sr_store_editions(store, 1, arena, &list, &count, &err));
	CHECK_INT(count, 2);
	CHECK_STR(list[1].reason, SR_STR("retraction"));
	CHECK_INT(list[1].json.len, 0);
	CHECK_INT(sr_store_editions(store, 9, arena, &list, &count, &err), SR_E_NOT_FOUND);
	OK(sr_store_get_story(store, 1, arena, &s, &err));
	CHECK_INT(s.edition, 2);
	CHECK_STR(sr_time_format(arena, s.changed), SR_STR("2025-12-11T12:00:00Z"));
	test_case("they stay with a story that is joined into another");
	OK(sr_store_join(store, 1, 2, &err));
	OK(sr_store_get_edition(store, 2, 1, arena, &e, &err));
	CHECK_INT(sr_store_put_edition(store, 2, SR_STR("{}"), SR_STR("late"), &n, &err), SR_E_INVALID);
	end();
}

static sr_status correct(sr_store_correction c, sr_store_correction *done)
{
	*done = c;
	return sr_store_correct(store, done, arena, &err);
}

TEST(store_corrections)
{
	begin();
	sr_store_correction c, *list;
	sr_store_story s;
	sr_store_loaded l;
	size_t count;
	test_case("pin and mute");
	OK(correct((sr_store_correction){ .act = SR_STORE_PIN, .story = 1, .note = SR_STR("ours") }, &c));
	CHECK_INT(c.number, 1);
	OK(correct((sr_store_correction){ .act = SR_STORE_PIN, .story = 1 }, &c));
	CHECK_INT(c.number, 0);
	OK(correct((sr_store_correction){ .act = SR_STORE_MUTE, .story = 2 }, &c));
	OK(sr_store_get_story(store, 1, arena, &s, &err));
	CHECK(s.pinned && !s.muted);
	OK(sr_store_get_story(store, 2, arena, &s, &err));
	CHECK(!s.pinned && s.muted);
	OK(correct((sr_store_correction){ .act = SR_STORE_UNMUTE, .story = 2 }, &c));
	OK(sr_store_get_story(store, 2, arena, &s, &err));
	CHECK(!s.muted);
	test_case("split");
	OK(correct((sr_store_correction){ .act = SR_STORE_SPLIT, .story = 1, .docs = (int64_t[]){ 3, 4 }, .doc_count = 2 }, &c));
	CHECK_INT(c.number, 4);
	CHECK_INT(c.other, 3);
	CHECK_STR(members(1), SR_STR("1 2"));
	CHECK_STR(members(3), SR_STR("3 4"));
	OK(sr_store_get_story(store, 3, arena, &s, &err));
	CHECK_STR(s.id, SR_STR("p7k2-2"));
	test_case("splits that cannot be");
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_SPLIT, .story = 1, .docs = (int64_t[]){ 1, 2 }, .doc_count = 2 }, &c), SR_E_INVALID);
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_SPLIT, .story = 1, .docs = (int64_t[]){ 5 }, .doc_count = 1 }, &c), SR_E_INVALID);
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_SPLIT, .story = 1, .docs = (int64_t[]){ 1, 1 }, .doc_count = 2 }, &c), SR_E_INVALID);
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_SPLIT, .story = 1 }, &c), SR_E_INVALID);
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_PIN, .story = 9 }, &c), SR_E_NOT_FOUND);
	CHECK_INT(correct((sr_store_correction){ .act = (sr_store_act)99, .story = 1 }, &c), SR_E_INVALID);
	test_case("merge");
	OK(correct((sr_store_correction){ .act = SR_STORE_MERGE, .story = 2, .other = 3 }, &c));
	CHECK_INT(c.number, 5);
	CHECK_STR(members(2), SR_STR("3 4 5 6"));
	CHECK_INT(correct((sr_store_correction){ .act = SR_STORE_MERGE, .story = 2, .other = 2 }, &c), SR_E_INVALID);
	test_case("retract stands against a new revision");
	OK(correct((sr_store_correction){ .act = SR_STORE_RETRACT, .docs = (int64_t[]){ 1, 2 }, .doc_count = 2, .note = SR_STR("a hoax") }, &c));
	sr_store_added added;
	OK(sr_store_add(store, &make_changed(arena, 0, 4, "Truly.")->in, &added, &err));
	CHECK_INT(added.doc, 1);
	OK(sr_store_load(store, 1, 0, SR_STORE_DOCUMENT, arena, &l, &err));
	CHECK(l.retracted);
	CHECK_INT(l.doc->status, SR_DOC_WITHDRAWN);
	OK(correct((sr_store_correction){ .act = SR_STORE_UNRETRACT, .docs = (int64_t[]){ 2 }, .doc_count = 1 }, &c));
	OK(sr_store_load(store, 2, 0, SR_STORE_DOCUMENT, arena, &l, &err));
	CHECK(!l.retracted);
	test_case("all of it is written down");
	OK(sr_store_commit(store, &err));
	sr_store_close(store);
	store = open_store(folder_file("a.db"), NULL);
	OK(sr_store_corrections(store, 0, arena, &list, &count, &err));
	static const char *const want[] = { "pin", "mute", "unmute", "split", "merge", "retract", "unretract" };
	REQUIRE(count == 7);
	for (size_t i = 0; i < count; i++) {
		CHECK_CSTR(sr_store_act_name(list[i].act), want[i]);
		CHECK_INT(list[i].number, (long long)i + 1);
		CHECK_STR(sr_time_format(arena, list[i].at), SR_STR("2025-12-10T12:00:00Z"));
	}
	CHECK_STR(list[0].note, SR_STR("ours"));
	CHECK_INT(list[3].story, 1);
	CHECK_INT(list[3].other, 3);
	CHECK_INT(list[3].doc_count, 2);
	CHECK_INT(list[3].docs[1], 4);
	CHECK_INT(list[4].docs[0], 5);
	CHECK_INT(list[4].docs[1], 3);
	OK(sr_store_corrections(store, 5, arena, &list, &count, &err));
	CHECK_INT(count, 2);
	end();
}

typedef struct seen {
	sr_buf list;
	int64_t stop_at;
} seen;

static sr_status see(void *ctx, const sr_store_profile *p, sr_error *e)
{
	seen *s = ctx;
	sr_buf_printf(&s->list, "%lld:%lld:%lld:%.*s ", (long long)p->doc, (long long)p->when, (long long)p->story, SR_FMT(p->bytes));
	return p->doc == s->stop_at ? sr_fail(e, SR_E_LIMIT, "enough") : SR_OK;
}

TEST(store_profiles)
{
	begin();
	seen s = { .stop_at = 0 };
	sr_buf_init(&s.list, 0);
	for (int64_t doc = 6; doc >= 1; doc--)
		OK(sr_store_put_profile(store, SR_STR("stream"), doc, doc * 100, sr_str_printf(arena, "p%lld", (long long)doc), &err));
	OK(sr_store_put_profile(store, SR_STR("other"), 1, 5, SR_STR("x"), &err));
	OK(sr_store_put_profile(store, SR_STR("stream"), 5, 600, SR_STR("again"), &err));
	OK(sr_store_each_profile(store, SR_STR("stream"), 400, see, &s, &err));
	CHECK_STR(sr_buf_str(&s.list), SR_STR("4:400:1:p4 5:600:2:again 6:600:2:p6 "));
	test_case("stopped");
	sr_buf_clear(&s.list);
	s.stop_at = 2;
	CHECK_INT(sr_store_each_profile(store, SR_STR("stream"), INT64_MIN, see, &s, &err), SR_E_LIMIT);
	CHECK_STR(sr_buf_str(&s.list), SR_STR("1:100:1:p1 2:200:1:p2 "));
	test_case("forgotten");
	s.stop_at = 0;
	sr_buf_clear(&s.list);
	OK(sr_store_drop_profiles(store, SR_STR("stream"), 500, &err));
	OK(sr_store_each_profile(store, SR_STR("stream"), INT64_MIN, see, &s, &err));
	CHECK_STR(sr_buf_str(&s.list), SR_STR("5:600:2:again 6:600:2:p6 "));
	CHECK_INT(sr_store_put_profile(store, SR_STR("stream"), 77, 1, SR_STR("x"), &err), SR_E_NOT_FOUND);
	sr_buf_deinit(&s.list);
	end();
}

TEST(store_states)
{
	begin();
	sr_buf big, back;
	sr_buf_init(&big, 0);
	sr_buf_init(&back, 0);
	while (big.len < (size_t)9 << 20)
		sr_buf_printf(&big, "%zu,", big.len);
	CHECK_INT(sr_store_get_state(store, SR_STR("stream"), &back, &err), SR_E_NOT_FOUND);
	OK(sr_store_put_state(store, SR_STR("stream"), sr_buf_str(&big), &err));
	OK(sr_store_get_state(store, SR_STR("stream"), &back, &err));
	CHECK(sr_str_eq(sr_buf_str(&back), sr_buf_str(&big)));
	OK(sr_store_put_state(store, SR_STR("stream"), SR_STR("short"), &err));
	OK(sr_store_get_state(store, SR_STR("stream"), &back, &err));
	CHECK_STR(sr_buf_str(&back), SR_STR("short"));
	OK(sr_store_put_state(store, SR_STR("stream"), (sr_str){ 0 }, &err));
	CHECK_INT(sr_store_get_state(store, SR_STR("stream"), &back, &err), SR_E_NOT_FOUND);
	sr_buf_deinit(&big);
	sr_buf_deinit(&back);
	end();
}

TEST(store_stats)
{
	begin();
	sr_store_stats st;
	int64_t id;
	uint32_t n;
	sr_store_correction c;
	const sr_store_original o = { .bytes = SR_STR_INIT("hello"), .location = SR_STR_INIT("/a"), .type = SR_STR_INIT("text"), .how = SR_STR_INIT("file") };
	OK(sr_store_put_original(store, &o, &id, &err));
	OK(sr_store_put_edition(store, 1, SR_STR("{}"), SR_STR("x"), &n, &err));
	OK(sr_store_join(store, 1, 2, &err));
	OK(correct((sr_store_correction){ .act = SR_STORE_RETRACT, .docs = (int64_t[]){ 1 }, .doc_count = 1 }, &c));
	OK(sr_store_put_state(store, SR_STR("s"), SR_STR("x"), &err));
	OK(sr_store_put_profile(store, SR_STR("stream"), 1, 1, SR_STR("x"), &err));
	OK(sr_store_put_source(store, SR_STR("/a"), SR_STR("h"), 1, &err));
	OK(sr_store_get_stats(store, arena, &st, &err));
	const int64_t got[] = { st.documents, st.revisions, st.analysed, st.withdrawn, st.claims, st.originals, st.original_bytes, st.stories,
		                    st.redirects, st.editions, st.corrections, st.profiles, st.states, st.sources, st.schema };
	static const int64_t want[] = { 6, 6, 6, 1, 12, 1, 5, 1, 1, 1, 1, 1, 1, 1, 2 };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		CHECK_INT(got[i], want[i]);
	CHECK(sr_str_starts(st.engine, SR_STR("SQLite 3")));
	CHECK(st.file_bytes > 0 && st.original_packed > 0);
	end();
}
