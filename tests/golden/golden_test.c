/* The example corpus end to end: a golden page, and properties that hold for any input.
 * After a change that is meant to change the page: SITREP_GOLDEN=write make test FILTER=golden_examples,
 * and read the difference. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW "2026-03-16T20:00:00Z"
#define SOURCES_MAX 64

typedef struct corpus {
	const char *argv[SOURCES_MAX + 16];
	size_t options, count; /* sources stand at argv[options .. options + count) */
} corpus;

/* argv of a command over the files of the examples. */
static bool corpus_of(corpus *c, sr_arena *arena, const char *command, const char *format, const char *jobs)
{
	sr_str *paths;
	size_t n;
	const char *const head[] = { "sitrep", command, "--now", NOW, "--format", format, "--jobs", jobs };
	*c = (corpus){ 0 };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		c->argv[c->options++] = head[i];
	if (sr_folder_walk(test_path("examples"), 1000, arena, &paths, &n, NULL) != SR_OK)
		return false;
	for (size_t i = 0; i < n && c->count < SOURCES_MAX; i++)
		c->argv[c->options + c->count++] = paths[i].ptr;
	return c->count > 0;
}

static bool corpus_open(corpus *c, sr_arena *arena, const char *format, const char *jobs)
{
	return corpus_of(c, arena, "brief", format, jobs);
}

static int run(const corpus *c, sr_buf *out)
{
	sr_buf err;
	int status = test_spawn(c->argv, (sr_str){ 0 }, out, &err);
	if (status != 0)
		test_fail(__FILE__, __LINE__, "status %d: %.*s", status, SR_FMT(sr_buf_str(&err)));
	sr_buf_deinit(&err);
	return status;
}

/* The first line that differs tells more than two pages. */
static void check_same_lines(sr_str got, sr_str want)
{
	sr_str a, b;
	for (int line = 1;; line++) {
		bool more_a = sr_str_next_line(&got, &a), more_b = sr_str_next_line(&want, &b);
		if (!more_a && !more_b)
			return;
		if (more_a != more_b || !sr_str_eq(a, b)) {
			test_fail(__FILE__, __LINE__, "line %d is\n  %.*s\nexpected\n  %.*s", line, SR_FMT(more_a ? a : (sr_str){ 0 }),
			          SR_FMT(more_b ? b : (sr_str){ 0 }));
			return;
		}
	}
}

static void check_golden(const char *command, const char *format, const char *file)
{
	sr_arena *arena = sr_arena_new(0);
	corpus c;
	sr_buf out;
	REQUIRE(arena && corpus_of(&c, arena, command, format, "2"));
	/* paths in the page are as given: the golden page was made from the repository's folder */
	bool ok = run(&c, &out) == 0;
	const char *write = getenv("SITREP_GOLDEN");
	if (ok && write && strcmp(write, "write") == 0)
		CHECK_INT(sr_file_write(test_path(file), sr_buf_str(&out), NULL), SR_OK);
	else if (ok)
		check_same_lines(sr_buf_str(&out), test_read(test_path(file)));
	sr_buf_deinit(&out);
	sr_arena_free(arena);
}

TEST(golden_examples) { check_golden("brief", "md", "tests/golden/examples.md"); }

TEST(golden_claims)
{
	static const char *const files[][2] = { { "md", "tests/golden/claims.md" }, { "term", "tests/golden/claims.txt" } };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		test_case(files[i][0]);
		check_golden("claims", files[i][0], files[i][1]);
	}
}

/* Every text of a statement stands in the passage that it cites first, part by part. */
TEST(golden_claims_stand_in_their_sources)
{
	sr_arena *arena = sr_arena_new(0);
	corpus c, one;
	sr_buf out, read;
	sr_json *json;
	size_t seen = 0;
	REQUIRE(arena && corpus_of(&c, arena, "claims", "json", "2") && corpus_of(&one, arena, "extract", "json", "2"));
	run(&c, &out);
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, NULL) == SR_OK);
	memmove(&one.argv[2], &one.argv[6], sizeof one.argv - 6 * sizeof *one.argv); /* extract takes no format and no clock */
	run(&one, &read);
	const sr_jval *voices = sr_jval_get(sr_json_root(json), "voices");
	sr_str all = sr_buf_str(&read);
	for (size_t i = 0; i < sr_jval_len(voices); i++) {
		const sr_jval *said = sr_jval_get(sr_jval_at(voices, i), "statements");
		for (size_t k = 0; k < sr_jval_len(said); k++) {
			const sr_jval *s = sr_jval_at(said, k);
			sr_str text = sr_jval_str(sr_jval_get(s, "text"));
			size_t dots = sr_str_find(text, SR_STR(" \xE2\x80\xA6 "), 0);
			sr_str part = sr_str_slice(text, 0, dots == SIZE_MAX ? text.len : dots);
			sr_buf quoted;
			sr_jsonw w;
			sr_buf_init(&quoted, 0);
			sr_jsonw_init(&w, &quoted);
			sr_jsonw_str(&w, part);
			if (sr_str_find(all, sr_str_slice(sr_buf_str(&quoted), 1, quoted.len - 1), 0) == SIZE_MAX)
				test_fail(__FILE__, __LINE__, "in no source: %.*s", SR_FMT(part));
			CHECK_INT(sr_jval_len(sr_jval_get(s, "cites")) > 0, 1);
			sr_buf_deinit(&quoted);
			seen++;
		}
	}
	CHECK_INT(seen > 90, 1);
	sr_json_free(json);
	sr_buf_deinit(&out);
	sr_buf_deinit(&read);
	sr_arena_free(arena);
}

TEST(golden_same_bytes_on_any_number_of_threads)
{
	sr_arena *arena = sr_arena_new(0);
	corpus one, four;
	sr_buf a, b;
	REQUIRE(arena && corpus_open(&one, arena, "json", "1") && corpus_open(&four, arena, "json", "4"));
	run(&one, &a);
	run(&four, &b);
	CHECK_STR(sr_buf_str(&b), sr_buf_str(&a));
	sr_buf_deinit(&a);
	sr_buf_deinit(&b);
	sr_arena_free(arena);
}

TEST(golden_every_citation_holds)
{
	sr_arena *arena = sr_arena_new(0);
	corpus c;
	sr_buf out, said, err;
	const char *argv[] = { "sitrep", "verify", "-", NULL };
	REQUIRE(arena && corpus_open(&c, arena, "json", "2"));
	run(&c, &out);
	int status = test_spawn(argv, sr_buf_str(&out), &said, &err);
	CHECK_INT(status, 0);
	if (status)
		test_fail(__FILE__, __LINE__, "%.*s", SR_FMT(sr_buf_str(&said)));
	sr_buf_deinit(&out);
	sr_buf_deinit(&said);
	sr_buf_deinit(&err);
	sr_arena_free(arena);
}

/* What the dossier says apart from its id, which comes from the document that arrived first. */
static void facts_of(sr_str page, sr_buf *out)
{
	sr_str line;
	sr_buf_init(out, 0);
	while (sr_str_next_line(&page, &line)) {
		if (sr_str_starts(line, SR_STR("*Story ")))
			continue;
		sr_buf_add(out, line);
		sr_buf_add_char(out, '\n');
	}
}

TEST(golden_order_of_arrival_changes_no_fact)
{
	sr_arena *arena = sr_arena_new(0);
	corpus c;
	sr_buf page, want;
	REQUIRE(arena && corpus_open(&c, arena, "md", "2"));
	run(&c, &page);
	facts_of(sr_buf_str(&page), &want);
	sr_buf_deinit(&page);
	for (unsigned shuffle = 1; shuffle <= 3; shuffle++) {
		sr_buf again, got;
		char label[32];
		uint32_t state = shuffle * 2654435761u;
		snprintf(label, sizeof label, "shuffle %u", shuffle);
		test_case(label);
		for (size_t i = c.count - 1; i > 0; i--) {
			state = state * 1664525u + 1013904223u;
			size_t k = (state >> 16) % (i + 1);
			const char *swap = c.argv[c.options + i];
			c.argv[c.options + i] = c.argv[c.options + k];
			c.argv[c.options + k] = swap;
		}
		run(&c, &again);
		facts_of(sr_buf_str(&again), &got);
		check_same_lines(sr_buf_str(&got), sr_buf_str(&want));
		sr_buf_deinit(&again);
		sr_buf_deinit(&got);
	}
	sr_buf_deinit(&want);
	sr_arena_free(arena);
}

/* Each source added to the ones before is among the dossier's sources: none is ever lost. */
TEST(golden_adding_a_document_loses_none)
{
	sr_arena *arena = sr_arena_new(0);
	corpus c;
	REQUIRE(arena && corpus_open(&c, arena, "json", "2"));
	size_t all = c.count, before = 0;
	for (size_t n = 1; n <= all; n += 4) {
		const char *cut = c.argv[c.options + n];
		sr_buf out;
		sr_json *json;
		c.argv[c.options + n] = NULL;
		run(&c, &out);
		c.argv[c.options + n] = cut;
		REQUIRE(sr_json_parse(sr_buf_str(&out), &json, NULL) == SR_OK);
		size_t sources = sr_jval_len(sr_jval_get(sr_json_root(json), "sources"));
		if (sources < before)
			test_fail(__FILE__, __LINE__, "%zu sources after %zu", sources, before);
		before = sources;
		sr_json_free(json);
		sr_buf_deinit(&out);
	}
	sr_arena_free(arena);
}

static bool has_date(const sr_jval *list, const char *date)
{
	for (size_t i = 0; i < sr_jval_len(list); i++)
		if (sr_str_starts(sr_jval_str(sr_jval_get(sr_jval_at(list, i), "date")), sr_str_c(date)))
			return true;
	return false;
}

/* The model inputs: four real pages of one event. Nothing of their words stands here, only what must
 * come out of them. */
TEST(golden_seeds)
{
	static const char *const dates[] = { "2023", "2025-08", "2025-10-26", "2025-10-31", "2025-11-04", "2025-11-05", "2025-11-10",
		                                 "2025-12-01", "2025-12-02", "2025-12-09" };
	static const char *const kinds[] = { "state", "denial", "date" };
	const char *folder = test_shared("seeds");
	sr_buf out, err;
	sr_json *json;
	if (!folder) {
		test_skip("the shared seeds are not here");
		return;
	}
	const char *argv[] = { "sitrep", "brief", "--now", "2026-11-23T12:00:00Z", "--format", "json", folder, NULL };
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 0);
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, NULL) == SR_OK);
	const sr_jval *root = sr_json_root(json), *conflicts = sr_jval_get(root, "conflicts"), *quotes = sr_jval_get(root, "quotes");
	CHECK_INT(sr_jval_int(sr_jval_get(sr_jval_get(root, "story"), "documents"), 0), 4);
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		test_case(dates[i]);
		CHECK(has_date(sr_jval_get(root, "timeline"), dates[i]));
	}
	/* two figures for one place are parts of one whole: told, with who says so, and not open */
	bool settled = false;
	for (size_t k = 0; k < sr_jval_len(conflicts); k++)
		settled |= sr_str_eq(sr_jval_str(sr_jval_get(sr_jval_at(conflicts, k), "status")), SR_STR("settled"));
	test_case("settled");
	CHECK(settled);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		bool found = false;
		test_case(kinds[i]);
		for (size_t k = 0; k < sr_jval_len(conflicts); k++)
			found |= sr_str_eq(sr_jval_str(sr_jval_get(sr_jval_at(conflicts, k), "kind")), sr_str_c(kinds[i]));
		CHECK(found);
	}
	test_case("one quotation in two outlets");
	CHECK_INT(sr_jval_len(sr_jval_get(sr_jval_at(quotes, 0), "cites")), 2);
	test_case("unverified");
	CHECK(sr_jval_len(sr_jval_get(root, "unknown")) >= 2);
	sr_json_free(json);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

/* A page by itself, with a headline or without, is a dossier that verifies. */
TEST(golden_each_document_alone)
{
	static const char *const texts[] = { "Hi.", "A wall fell at noon, the mayor said. \"We saw it fall and ran to the bridge,\" she said.\n" };
	sr_arena *arena = sr_arena_new(0);
	corpus c;
	REQUIRE(arena && corpus_open(&c, arena, "json", "2"));
	for (size_t i = 0; i < c.count + 2; i++) {
		const char *source = i < c.count ? c.argv[c.options + i] : "-";
		sr_str input = i < c.count ? (sr_str){ 0 } : sr_str_c(texts[i - c.count]);
		const char *brief[] = { "sitrep", "brief", "--now", NOW, "--format", "json", source, NULL };
		const char *verify[] = { "sitrep", "verify", "-", NULL };
		sr_buf page, err, said, err2;
		test_case(strrchr(source, '/') ? strrchr(source, '/') + 1 : i == c.count ? "one word" : "two sentences");
		CHECK_INT(test_spawn(brief, input, &page, &err), 0);
		/* what came through a pipe is no file to verify against */
		if (i < c.count)
			CHECK_INT(test_spawn(verify, sr_buf_str(&page), &said, &err2), 0);
		else
			sr_buf_init(&said, 0), sr_buf_init(&err2, 0);
		sr_buf_deinit(&page);
		sr_buf_deinit(&err);
		sr_buf_deinit(&said);
		sr_buf_deinit(&err2);
	}
	sr_arena_free(arena);
}
