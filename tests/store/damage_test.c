/* Damaged files: never a wrong word, never a crash; what can be read is saved, and adding again makes the rest good. */
#include "store/fixture.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DOCUMENTS = 24, RUNS = 120 };

static sr_error err;

#define OK(call)                                                         \
	do {                                                                 \
		if ((call) != SR_OK)                                             \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message); \
	} while (0)

static void make_store(const char *path)
{
	sr_arena *arena = sr_arena_new(0);
	sr_store *store = open_store(path, NULL);
	int64_t story, id;
	uint32_t n;
	sr_store_added added;
	sr_store_correction pin = { .act = SR_STORE_PIN, .story = 1, .note = SR_STR_INIT("ours") };
	const sr_store_original o = { .bytes = SR_STR_INIT("<html>as received</html>"), .location = SR_STR_INIT("/a.html"), .type = SR_STR_INIT("html"), .how = SR_STR_INIT("file") };
	OK(add_range(store, 0, DOCUMENTS, &err));
	OK(sr_store_begin(store, at("2025-12-10T12:00:00Z"), &err));
	OK(sr_store_put_original(store, &o, &id, &err));
	OK(sr_store_new_story(store, SR_STR("p7k2"), &story, &err));
	for (int64_t doc = 1; doc <= DOCUMENTS; doc++)
		OK(sr_store_place(store, doc, story, &err));
	for (int i = 0; i < 4; i++)
		OK(sr_store_put_edition(store, story, sr_str_printf(arena, "{\"sitrep\":1,\"edition\":%d}", i), SR_STR("test"), &n, &err));
	OK(sr_store_put_about(store, story, &(sr_store_about){ .title = SR_STR("The bridge"), .text = SR_STR("A brief of it.") }, &err));
	OK(sr_store_correct(store, &pin, arena, &err));
	OK(sr_store_put_state(store, SR_STR("stream"), SR_STR("what the stream knows"), &err));
	OK(sr_store_put_source(store, SR_STR("/a"), SR_STR("h"), DOCUMENTS, &err));
	OK(sr_store_add(store, &make_changed(arena, 0, 4, "Later.")->in, &added, &err));
	OK(sr_store_commit(store, &err));
	sr_store_close(store);
	sr_arena_free(arena);
}

static void write_bytes(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
}

/* Document n, which may be its changed state, is as made, or the answer is that it is damaged or not there. */
static bool is_whole(sr_store *store, unsigned n, sr_arena *arena)
{
	int64_t id;
	sr_store_loaded l;
	const made *m = make_document(arena, n, 4), *changed = n ? m : make_changed(arena, n, 4, "Later.");
	sr_status status = sr_store_find_document(store, m->doc.canonical, &id, &err);
	if (status == SR_OK)
		status = sr_store_load(store, id, 0, SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_VECTORS | SR_STORE_CLAIMS, arena, &l, &err);
	if (status != SR_OK) {
		CHECK(status == SR_E_CORRUPT || status == SR_E_NOT_FOUND || status == SR_E_LIMIT);
		return false;
	}
	bool same = same_document(l.doc, &m->doc) || same_document(l.doc, &changed->doc);
	if (!same)
		test_fail(__FILE__, __LINE__, "document %u came back as another", n);
	return same && l.analysed;
}

static unsigned count_whole(sr_store *store)
{
	unsigned whole = 0;
	sr_arena *arena = sr_arena_new(0);
	for (unsigned n = 0; n < DOCUMENTS; n++) {
		sr_arena_reset(arena);
		whole += is_whole(store, n, arena);
	}
	sr_arena_free(arena);
	return whole;
}

/* Opens the damaged store, and tells whether all of it is well. */
static bool is_well(const char *path)
{
	sr_store *store;
	sr_str *faults;
	size_t count = 1;
	sr_arena *arena = sr_arena_new(0);
	const sr_store_options options = { .uri = path };
	sr_status status = sr_store_open(&options, &store, &err);
	bool well = false;
	if (status == SR_OK) {
		unsigned whole = count_whole(store);
		status = sr_store_check(store, arena, &faults, &count, &err);
		CHECK(status == SR_OK || status == SR_E_CORRUPT);
		well = status == SR_OK && count == 0;
		CHECK(!well || whole == DOCUMENTS); /* the check finds what loading finds */
	} else {
		CHECK(status == SR_E_CORRUPT || status == SR_E_INVALID || status == SR_E_REFUSED || status == SR_E_IO);
		CHECK(err.message[0]);
	}
	sr_store_close(store);
	sr_arena_free(arena);
	return well;
}

/* Saves what can be saved; the new store is sound, says what it lacks, and adding again makes it whole. */
static unsigned salvage(const char *from, const char *to, bool *possible)
{
	sr_arena *arena = sr_arena_new(0);
	sr_store_salvaged saved;
	sr_str *faults;
	size_t count = 0;
	unsigned whole = 0, after;
	sr_status status = sr_store_salvage(from, to, arena, &saved, &err);
	*possible = status == SR_OK;
	if (status == SR_OK) {
		sr_store *store = open_store(to, NULL);
		whole = count_whole(store);
		CHECK(whole == DOCUMENTS || saved.lost);
		OK(sr_store_check(store, arena, &faults, &count, &err));
		for (size_t i = 0; i < count; i++)
			test_fail(__FILE__, __LINE__, "check: %.*s", SR_FMT(faults[i]));
		OK(add_range(store, 0, DOCUMENTS, &err));
		sr_store_added added;
		OK(sr_store_begin(store, at("2025-12-10"), &err));
		OK(sr_store_add(store, &make_changed(arena, 0, 4, "Later.")->in, &added, &err));
		OK(sr_store_commit(store, &err));
		after = count_whole(store);
		CHECK_INT(after, DOCUMENTS);
		sr_store_close(store);
	} else {
		printf("  %s\n", err.message);
		CHECK_INT(status, SR_E_CORRUPT);
		CHECK_INT(sr_path_kind_of(to), SR_PATH_MISSING);
	}
	unlink(to);
	sr_arena_free(arena);
	return whole;
}

static void spoil(char *bytes, size_t size, uint32_t *seed)
{
	size_t place = dice(seed) % size;
	switch (dice(seed) % 4) {
	case 0: /* one bit */
		bytes[place] ^= (char)(1u << dice(seed) % 8);
		break;
	case 1: /* some bytes, here and there */
		for (int i = 0; i < 16; i++)
			bytes[dice(seed) % size] ^= (char)(1 + dice(seed) % 255);
		break;
	case 2: /* a sector of zeros */
		memset(bytes + place / 512 * 512, 0, 512);
		break;
	default: /* a page of noise */
		for (size_t i = place / 16384 * 16384, end = i + 16384; i < end && i < size; i++)
			bytes[i] = (char)dice(seed);
	}
}

TEST(store_damaged_anywhere)
{
	uint32_t seed = 4711;
	unsigned damaged = 0, impossible = 0, saved = 0;
	folder_open();
	make_store(folder_file("a.db"));
	sr_str good = test_read(folder_file("a.db"));
	char *bad = malloc(good.len);
	REQUIRE(bad && good.len > 10 * 16384u);
	for (unsigned i = 0; i < RUNS; i++) {
		bool possible;
		memcpy(bad, good.ptr, good.len);
		spoil(bad, good.len, &seed);
		const char *path = folder_file("bad.db");
		write_bytes(path, bad, good.len);
		if (is_well(path))
			continue;
		damaged++;
		saved += salvage(path, folder_file("new.db"), &possible);
		impossible += !possible;
	}
	printf("  %u of %u damaged; %u of %u documents saved; %u beyond saving\n", damaged, (unsigned)RUNS, saved, damaged * DOCUMENTS, impossible);
	CHECK(damaged > RUNS / 4);
	CHECK_INT(impossible, 0);
	CHECK(saved * 10 > damaged * DOCUMENTS * 9); /* nine of ten */
	free(bad);
	folder_close();
}

TEST(store_first_page_lost)
{
	bool possible;
	folder_open();
	make_store(folder_file("a.db"));
	sr_str good = test_read(folder_file("a.db"));
	char *bad = malloc(good.len);
	REQUIRE(bad);
	static const struct {
		const char *label;
		size_t from, to;
	} cases[] = { { "its mark", 0, 16 }, { "its head", 0, 100 }, { "its version", 60, 64 }, { "its kind", 68, 72 }, { "all of it", 0, 16384 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].label);
		memcpy(bad, good.ptr, good.len);
		memset(bad + cases[i].from, 0x5a, cases[i].to - cases[i].from);
		const char *path = folder_file("bad.db");
		write_bytes(path, bad, good.len);
		CHECK(!is_well(path));
		CHECK_INT(salvage(path, folder_file("new.db"), &possible), DOCUMENTS);
	}
	test_case("cut in half");
	write_bytes(folder_file("bad.db"), good.ptr, good.len / 2);
	CHECK(!is_well(folder_file("bad.db")));
	salvage(folder_file("bad.db"), folder_file("new.db"), &possible);
	CHECK(possible);
	test_case("a whole store");
	sr_arena *arena = sr_arena_new(0);
	sr_store_salvaged saved;
	OK(sr_store_salvage(folder_file("a.db"), folder_file("copy.db"), arena, &saved, &err));
	CHECK_INT(saved.lost, 0);
	sr_store *store = open_store(folder_file("copy.db"), NULL);
	sr_store_stats st;
	OK(sr_store_get_stats(store, arena, &st, &err));
	const int64_t got[] = { st.documents, st.revisions, st.analysed, st.originals, st.stories, st.editions, st.corrections, st.states, st.sources };
	static const int64_t want[] = { DOCUMENTS, DOCUMENTS + 1, DOCUMENTS + 1, 1, 1, 4, 1, 1, 1 };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		CHECK_INT(got[i], want[i]);
	sr_store_hits hits;
	OK(sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("later") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	OK(sr_store_search_stories(store, &(sr_store_query){ .text = SR_STR("brief") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	sr_store_close(store);
	test_case("what is not there, and what is");
	CHECK_INT(sr_store_salvage(folder_file("none.db"), folder_file("new.db"), arena, &saved, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_salvage(folder_file("a.db"), folder_file("copy.db"), arena, &saved, &err), SR_E_REFUSED);
	sr_arena_free(arena);
	free(bad);
	folder_close();
}

/* A blob that unpacks to something else than it should: a checksum of its own stands against it. */
TEST(store_damage_within_a_text)
{
	folder_open();
	make_store(folder_file("a.db"));
	sr_str good = test_read(folder_file("a.db"));
	char *bad = malloc(good.len);
	unsigned found = 0;
	REQUIRE(bad);
	memcpy(bad, good.ptr, good.len);
	static const char mark[] = { 'z', 0x28, (char)0xb5, 0x2f, (char)0xfd };
	/* the last byte but six of every packed blob: within its content or its checksum */
	for (size_t i = 0; i + 64 < good.len; i++)
		if (memcmp(good.ptr + i, mark, sizeof mark) == 0) {
			bad[i + 40] ^= 0x10;
			found++;
		}
	CHECK(found >= DOCUMENTS * 3);
	write_bytes(folder_file("bad.db"), bad, good.len);
	sr_store *store = open_store(folder_file("bad.db"), NULL);
	REQUIRE(store);
	CHECK_INT(count_whole(store), 0);
	sr_store_close(store);
	free(bad);
	folder_close();
}
