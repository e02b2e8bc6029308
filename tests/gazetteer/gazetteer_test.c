#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/gazetteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MENTIONS_MAX 8
#define SEEN_SHARE 0.95   /* of the cases that the tables and weights were settled on */
#define UNSEEN_SHARE 0.90 /* of those written afterwards */

static sr_gazetteer *open_or_skip(void)
{
	sr_gazetteer *g = NULL;
	sr_error err = { 0 };
	sr_status status = sr_gazetteer_open(test_path("share/sitrep/gazetteer.bin"), &g, &err);
	if (status != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return g;
}

/* Takes the brackets out of the text and finds the mentions. */
static size_t read_story(sr_arena *arena, sr_str marked, sr_place_mention *mentions)
{
	size_t starts[MENTIONS_MAX] = { 0 }, ends[MENTIONS_MAX] = { 0 }, n = 0, at = 0;
	char *text = sr_arena_alloc(arena, marked.len + 1);
	sr_entity_type types[MENTIONS_MAX];
	for (size_t i = 0; i < marked.len; i++) {
		if (marked.ptr[i] == '[' && n < MENTIONS_MAX) {
			starts[n] = at;
			types[n] = SR_ENTITY_LOC;
		} else if (marked.ptr[i] == '|') {
			types[n] = marked.ptr[i + 1] == 'P' ? SR_ENTITY_PER : SR_ENTITY_ORG;
			i += 3;
		} else if (marked.ptr[i] == ']') {
			ends[n++] = at;
		} else
			text[at++] = marked.ptr[i];
	}
	for (size_t i = 0; i < n; i++)
		mentions[i] = (sr_place_mention){ .name = sr_str_make(text + starts[i], ends[i] - starts[i]), .before = sr_str_make(text, starts[i]),
			                              .after = sr_str_make(text + ends[i], at - ends[i]), .type = types[i] };
	return n;
}

static sr_str show(sr_arena *arena, const sr_resolved_place *p, bool with_region)
{
	if (p->kind == SR_PLACE_NONE)
		return SR_STR("-");
	bool region = with_region && p->region.len;
	return sr_str_printf(arena, "%.*s@%s%s%.*s%s", SR_FMT(p->name), p->country, region ? "/" : "", SR_FMT(region ? p->region : SR_STR("")),
	                     p->government ? "!" : "");
}

/* A name may be that of the region with its type: "Kherson Oblast" for Kherson. */
static bool is_right(sr_arena *arena, const sr_resolved_place *p, sr_str want)
{
	return sr_str_eq(show(arena, p, sr_str_find_char(want, '/', 0) != SIZE_MAX), want);
}

static void run_cases(const char *file, size_t least, double share)
{
	sr_gazetteer *g = open_or_skip();
	sr_str rest = test_read(test_path(file)), f[3];
	size_t cases = 0, right = 0;
	bool list = getenv("GAZETTEER_LIST") != NULL;
	REQUIRE(g);
	while (test_next_row(&rest, f, 3) == 3) {
		sr_arena *arena = sr_arena_new(0);
		sr_place_mention mentions[MENTIONS_MAX];
		sr_resolved_place places[MENTIONS_MAX];
		size_t n = read_story(arena, f[1], mentions), good = 0, k = 0;
		sr_str wanted = f[2], want;
		CHECK_INT(sr_gazetteer_resolve(g, mentions, n, arena, places, NULL), SR_OK);
		for (; k < n && sr_str_next_field(&wanted, ';', &want); k++) {
			bool ok = is_right(arena, &places[k], sr_str_trim(want));
			good += ok;
			if (!ok && list) {
				sr_str got = show(arena, &places[k], true);
				printf("%.*s: %.*s is %.*s, expected %.*s\n", SR_FMT(f[0]), SR_FMT(mentions[k].name), SR_FMT(got), SR_FMT(sr_str_trim(want)));
			}
		}
		if (k != n || wanted.len)
			test_fail(__FILE__, __LINE__, "%.*s: %zu names, but not as many expected", SR_FMT(f[0]), n);
		cases++;
		right += good == n;
		sr_arena_free(arena);
	}
	if (list)
		printf("%zu of %zu cases right\n", right, cases);
	CHECK(cases >= least);
	if ((double)right < share * (double)cases)
		test_fail(__FILE__, __LINE__, "%zu of %zu cases right", right, cases);
	sr_gazetteer_free(g);
}

TEST(gazetteer_cases) { run_cases("tests/gazetteer/cases.tsv", 150, SEEN_SHARE); }
TEST(gazetteer_unseen_cases) { run_cases("tests/gazetteer/unseen.tsv", 45, UNSEEN_SHARE); }

TEST(gazetteer_one_story_one_sense_and_order)
{
	sr_gazetteer *g = open_or_skip();
	sr_arena *arena = sr_arena_new(0);
	REQUIRE(g && arena);
	sr_place_mention m[] = {
		{ .name = SR_STR("Valencia"), .type = SR_ENTITY_LOC }, { .name = SR_STR("Caracas"), .type = SR_ENTITY_LOC },
		{ .name = SR_STR("Valencia"), .type = SR_ENTITY_LOC }, { .name = SR_STR("Venezuela"), .type = SR_ENTITY_LOC },
		{ .name = SR_STR(""), .type = SR_ENTITY_LOC },         { .name = SR_STR("Valencia"), .type = SR_ENTITY_ORG },
	};
	sr_resolved_place p[6], q[6];
	REQUIRE(sr_gazetteer_resolve(g, m, 6, arena, p, NULL) == SR_OK);
	CHECK_CSTR(p[0].country, "VE");
	CHECK_INT(p[0].id, p[2].id);
	CHECK_INT(p[4].kind, SR_PLACE_NONE);
	CHECK_INT(p[5].kind, SR_PLACE_NONE);
	CHECK_NEAR(p[1].lat, 10.49, 0.1);
	CHECK_NEAR(p[1].lon, -66.88, 0.1);
	CHECK(p[1].population > 1000000);
	CHECK_INT(p[3].kind, SR_PLACE_COUNTRY);
	REQUIRE(sr_gazetteer_resolve(g, m, 6, arena, q, NULL) == SR_OK);
	for (int i = 0; i < 6; i++)
		CHECK_INT(p[i].id, q[i].id);
	CHECK(sr_gazetteer_places(g) > 170000);
	sr_arena_free(arena);
	sr_gazetteer_free(g);
}

/* Many names of one story stay within time: the work must not grow with their square. */
TEST(gazetteer_many_mentions)
{
	sr_gazetteer *g = open_or_skip();
	sr_arena *arena = sr_arena_new(0);
	enum { N = 20000 };
	REQUIRE(g && arena);
	sr_place_mention *m = SR_NEW_ARRAY(arena, sr_place_mention, N);
	sr_resolved_place *p = SR_NEW_ARRAY(arena, sr_resolved_place, N);
	REQUIRE(m && p);
	for (int i = 0; i < N; i++)
		m[i] = (sr_place_mention){ .name = i % 2 ? sr_str_printf(arena, "Nowhere%d", i) : SR_STR("San Antonio"), .type = SR_ENTITY_LOC };
	CHECK_INT(sr_gazetteer_resolve(g, m, N, arena, p, NULL), SR_OK);
	CHECK_CSTR(p[0].country, "US");
	sr_arena_free(arena);
	sr_gazetteer_free(g);
}

static void write_spoilt(const char *path, const char *bytes, size_t len)
{
	CHECK_INT(sr_file_write(path, sr_str_make(bytes, len), NULL), SR_OK);
}

/* A spoilt file is refused; one with a right checksum and wrong content is read within its bounds. */
TEST(gazetteer_hostile_file)
{
	sr_arena *arena = sr_arena_new(0);
	sr_buf file;
	sr_gazetteer *g;
	sr_error err = { 0 };
	enum { HEADER = 48, CHECKSUM = 40 };
	sr_str path = sr_str_printf(arena, "%s", test_path("build/gazetteer-spoilt.bin"));
	sr_buf_init(&file, 0);
	REQUIRE(sr_file_read(test_path("share/sitrep/gazetteer.bin"), (size_t)1 << 28, &file, NULL) == SR_OK);
	CHECK_INT(sr_gazetteer_open("/nonexistent/gazetteer.bin", &g, &err) == SR_OK, 0);
	test_case("cut off");
	write_spoilt(path.ptr, file.ptr, file.len / 2);
	CHECK_INT(sr_gazetteer_open(path.ptr, &g, &err), SR_E_CORRUPT);
	test_case("too short");
	write_spoilt(path.ptr, file.ptr, 20);
	CHECK_INT(sr_gazetteer_open(path.ptr, &g, &err), SR_E_CORRUPT);
	test_case("a byte changed");
	file.ptr[file.len / 2] ^= 1;
	write_spoilt(path.ptr, file.ptr, file.len);
	CHECK_INT(sr_gazetteer_open(path.ptr, &g, &err), SR_E_CORRUPT);
	test_case("another version");
	file.ptr[6] = '2';
	write_spoilt(path.ptr, file.ptr, file.len);
	CHECK_INT(sr_gazetteer_open(path.ptr, &g, &err), SR_E_CORRUPT);
	file.ptr[6] = '1';
	test_case("right checksum, wrong content");
	uint64_t state = 88172645463325252u;
	for (size_t i = 0; i < file.len / 6; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		file.ptr[HEADER + state % (file.len - HEADER - 1)] = (char)(state >> 40);
	}
	file.ptr[file.len - 1] = 0;
	uint64_t sum = sr_checksum(sr_str_slice(sr_buf_str(&file), HEADER, file.len));
	memcpy(file.ptr + CHECKSUM, &sum, sizeof sum);
	write_spoilt(path.ptr, file.ptr, file.len);
	REQUIRE(sr_gazetteer_open(path.ptr, &g, &err) == SR_OK);
	static const char *const names[] = { "Paris", "London", "San Antonio", "Georgia", "Moscow", "Springfield", "Kharkov", "Syrian" };
	sr_place_mention m[8];
	sr_resolved_place p[8];
	for (int i = 0; i < 8; i++)
		m[i] = (sr_place_mention){ .name = sr_str_c(names[i]), .after = SR_STR(", Texas, said"), .before = SR_STR("the Syrian town of"), .type = SR_ENTITY_LOC };
	CHECK_INT(sr_gazetteer_resolve(g, m, 8, arena, p, NULL), SR_OK);
	sr_gazetteer_free(g);
	remove(path.ptr);
	sr_buf_deinit(&file);
	sr_arena_free(arena);
}
