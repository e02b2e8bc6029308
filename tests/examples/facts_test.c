/* The facts of the example corpus, each by itself: where the golden page says that something changed,
 * this says what was lost. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"

#include <stdio.h>
#include <string.h>

#define ARGS_MAX 64

static bool gather(void *ctx, sr_str key, const sr_jval *v);

/* All strings and numbers below v, a line each. */
static void gather_value(sr_buf *out, const sr_jval *v)
{
	if (sr_jval_is_string(v)) {
		sr_buf_add(out, sr_jval_str(v));
		sr_buf_add_char(out, '\n');
	} else if (sr_jval_is_number(v)) {
		sr_buf_printf(out, "%g\n", sr_jval_double(v, 0));
	}
	for (size_t i = 0; i < sr_jval_len(v); i++)
		gather_value(out, sr_jval_at(v, i));
	sr_jval_each(v, gather, out);
}

static bool gather(void *ctx, sr_str key, const sr_jval *v)
{
	(void)key;
	gather_value(ctx, v);
	return true;
}

static bool holds_all(sr_str entry, sr_str needles)
{
	sr_str one;
	while (sr_str_next_field(&needles, '|', &one))
		if (sr_str_find(entry, one, 0) == SIZE_MAX)
			return false;
	return true;
}

static bool some_entry_holds(const sr_jval *part, sr_str needles)
{
	bool found = false;
	for (size_t i = 0; i < sr_jval_len(part) && !found; i++) {
		sr_buf entry;
		sr_buf_init(&entry, 0);
		gather_value(&entry, sr_jval_at(part, i));
		found = holds_all(sr_buf_str(&entry), needles);
		sr_buf_deinit(&entry);
	}
	return found;
}

/* The brief of the numbered files, with one option and its value (NULL: it has none). */
static void run_brief(const char *option, const char *value, sr_arena *arena, sr_buf *out)
{
	const char *argv[ARGS_MAX] = { "sitrep", "brief", "--now", "2026-03-16T20:00:00Z", option, value };
	size_t n = value ? 6 : 5, count = 0;
	sr_str *paths;
	sr_buf err;
	if (sr_folder_walk(test_path("examples"), 1000, arena, &paths, &count, NULL) != SR_OK)
		test_fail(__FILE__, __LINE__, "no examples");
	for (size_t i = 0; i < count && n + 1 < ARGS_MAX; i++)
		argv[n++] = paths[i].ptr;
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, out, &err), 0);
	sr_buf_deinit(&err);
}

TEST(examples_facts)
{
	sr_arena *arena = sr_arena_new(0);
	sr_json *json = NULL;
	sr_buf out;
	REQUIRE(arena);
	run_brief("--format", "json", arena, &out);
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, NULL) == SR_OK);
	sr_str rest = test_read(test_path("tests/examples/facts.tsv")), row[3];
	while (test_next_row(&rest, row, 3) == 3) {
		char label[96], part[32];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[0]));
		snprintf(part, sizeof part, "%.*s", SR_FMT(row[1]));
		test_case(label);
		if (!some_entry_holds(sr_jval_get(sr_json_root(json), part), row[2]))
			test_fail(__FILE__, __LINE__, "no entry of %s holds all of: %.*s", part, SR_FMT(row[2]));
	}
	sr_json_free(json);
	sr_buf_deinit(&out);
	sr_arena_free(arena);
}

/* Reprints of one wire share an origin, and a digest has none of its own. */
TEST(examples_origins)
{
	sr_arena *arena = sr_arena_new(0);
	sr_json *json = NULL;
	sr_buf out;
	int64_t wire = 0;
	size_t reprints = 0;
	REQUIRE(arena);
	run_brief("--format", "json", arena, &out);
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, NULL) == SR_OK);
	const sr_jval *sources = sr_jval_get(sr_json_root(json), "sources");
	for (size_t i = 0; i < sr_jval_len(sources); i++) {
		const sr_jval *s = sr_jval_at(sources, i);
		if (!sr_str_eq(sr_jval_str(sr_jval_get(s, "credit")), SR_STR("NPA")))
			continue;
		wire = wire ? wire : sr_jval_int(sr_jval_get(s, "origin"), 0);
		CHECK_INT(sr_jval_int(sr_jval_get(s, "origin"), 0), wire);
		reprints++;
	}
	CHECK_INT(reprints, 3);
	CHECK_INT(sr_jval_len(sources), 18);
	CHECK(sr_jval_int(sr_jval_get(sr_jval_get(sr_json_root(json), "story"), "origins"), 0) <= 15);
	sr_json_free(json);
	sr_buf_deinit(&out);
	sr_arena_free(arena);
}

/* The tram strike and the mine pond are stories of their own. */
TEST(examples_three_stories)
{
	sr_arena *arena = sr_arena_new(0);
	sr_buf out;
	sr_str rest, line;
	size_t stories = 0;
	REQUIRE(arena);
	run_brief("--list", NULL, arena, &out);
	rest = sr_buf_str(&out);
	while (sr_str_next_line(&rest, &line)) {
		sr_str want = stories == 0 ? SR_STR("18 documents") : SR_STR("1 document,");
		if (sr_str_find(line, want, 0) == SIZE_MAX)
			test_fail(__FILE__, __LINE__, "story %zu is \"%.*s\", expected %.*s", stories + 1, SR_FMT(line), SR_FMT(want));
		stories++;
	}
	CHECK_INT(stories, 3);
	sr_buf_deinit(&out);
	sr_arena_free(arena);
}
