/* Who said what, against a gold file made by hand: over the example corpus, and over documents of the shared data
 * where they are present (their rows hold only hashes). */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/claim.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <string.h>

typedef struct tally {
	size_t rows, found, speaker, via, stance, certainty;
} tally;

static sr_str without_marks(sr_str s)
{
	static const sr_str marks[] = { SR_STR_INIT("\""), SR_STR_INIT("\xE2\x80\x9C"), SR_STR_INIT("\xE2\x80\x98"), SR_STR_INIT("'") };
	if (sr_str_starts(s, SR_STR("that ")))
		s = sr_str_slice(s, 5, s.len);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (sr_str_starts(s, marks[i]))
			return without_marks(sr_str_slice(s, marks[i].len, s.len));
	return s;
}

static bool hash_is(sr_str s, sr_str want)
{
	char hex[SR_SHA256_HEX + 1];
	sr_sha256_hex(s, hex);
	return sr_str_starts(sr_str_c(hex), want);
}

/* The key is the beginning of the content, or "hash:length" of it. */
static bool key_fits(sr_str content, sr_str key, bool hashed)
{
	content = without_marks(content);
	if (!hashed)
		return sr_str_starts(content, key);
	size_t colon = sr_str_find_char(key, ':', 0);
	if (colon == SIZE_MAX || colon < 16)
		return false;
	size_t n = 0;
	for (size_t i = colon + 1; i < key.len; i++)
		n = n * 10 + (size_t)(key.ptr[i] - '0');
	return content.len >= n && hash_is(sr_str_slice(content, 0, n), sr_str_slice(key, 0, colon));
}

/* Lower case, no article. */
static sr_str plain_name(sr_arena *arena, sr_str s)
{
	static const sr_str articles[] = { SR_STR_INIT("the "), SR_STR_INIT("a "), SR_STR_INIT("an ") };
	sr_str copy = sr_str_dup(arena, s);
	for (size_t i = 0; i < copy.len; i++)
		if (copy.ptr[i] >= 'A' && copy.ptr[i] <= 'Z')
			((char *)(size_t)copy.ptr)[i] = (char)(copy.ptr[i] + 32);
	for (size_t i = 0; i < 3; i++)
		if (sr_str_starts(copy, articles[i]))
			return sr_str_slice(copy, articles[i].len, copy.len);
	return copy;
}

static bool who_fits(const sr_attribution *a, sr_arena *arena, const sr_str *c, bool hashed)
{
	const char *kind = a->collective ? "C" : a->named ? "N" : "U";
	sr_str name = plain_name(arena, a->speaker);
	bool same = hashed ? hash_is(name, c[2]) : sr_str_eq(name, plain_name(arena, c[2]));
	return same && sr_str_eq(c[3], sr_str_c(kind));
}

static bool a_via_known(const sr_str *c) { return !sr_str_eq(c[4], SR_STR("-")); }

static bool via_fits(const sr_attribution *a, sr_arena *arena, sr_str want)
{
	return sr_str_eq(want, SR_STR("-")) ? a->via.len == 0 : sr_str_eq(plain_name(arena, a->via), plain_name(arena, want));
}

static void check_row(const sr_reading *r, sr_arena *arena, const sr_str *c, bool hashed, tally *t)
{
	const sr_attribution *best = NULL;
	for (size_t i = 0; r && i < r->attribution_count; i++) {
		const sr_attribution *a = &r->attributions[i];
		if (a->content.count && key_fits(sr_span_of(r->doc->text, a->content.items[0]), c[1], hashed) && (!best || (who_fits(a, arena, c, hashed) && !who_fits(best, arena, c, hashed))))
			best = a;
	}
	t->rows++;
	if (!best) {
		printf("  not found: %.*s\n", SR_FMT(c[1]));
		return;
	}
	bool who = who_fits(best, arena, c, hashed);
	bool stance = sr_str_eq(c[5], sr_str_c(sr_stance_name(best->stance))), certainty = sr_str_eq(c[6], sr_str_c(sr_certainty_name(best->certainty)));
	bool via = hashed && a_via_known(c) ? hash_is(plain_name(arena, best->via), c[4]) : via_fits(best, arena, c[4]);
	t->found++;
	t->via += via;
	t->speaker += who;
	t->stance += stance;
	t->certainty += certainty;
	if (!hashed && (!who || !stance || !certainty))
		printf("  %.*s: %.*s %s %s, expected %.*s %.*s %.*s\n", SR_FMT(c[1]), SR_FMT(best->speaker), sr_stance_name(best->stance), sr_certainty_name(best->certainty), SR_FMT(c[2]), SR_FMT(c[5]), SR_FMT(c[6]));
}

static const sr_reading *reading_of(const sr_run *run, sr_str file)
{
	for (size_t i = 0; i < run->doc_count; i++) {
		sr_str path = run->docs[i]->path;
		if (sr_str_ends(path, file) && (path.len == file.len || path.ptr[path.len - file.len - 1] == '/'))
			return &run->readings[i];
	}
	return NULL;
}

static void measure(const char *folder, const char *table, bool hashed)
{
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 3, 17) };
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	sr_error err = { 0 };
	tally t = { 0 };
	REQUIRE(sr_engine_new(&options, &engine, NULL) == SR_OK);
	if (sr_run_new(engine, &run, NULL) == SR_OK && sr_run_load(run, &folder, 1, 0, &err) == SR_OK && sr_run_read(run, &err) == SR_OK) {
		sr_str rest = test_read(test_path(table)), c[7];
		while (test_next_row(&rest, c, 7))
			check_row(reading_of(run, c[0]), run->arena, c, hashed, &t);
		printf("  %s: %zu rows, found %zu, speaker %zu, via %zu, stance %zu, certainty %zu\n", table, t.rows, t.found, t.speaker, t.via, t.stance, t.certainty);
		CHECK(t.rows >= 50);
		CHECK(100 * t.speaker >= 88 * t.rows);
		CHECK(100 * t.via >= 88 * t.rows);
		CHECK(100 * t.stance >= 85 * t.rows);
		CHECK(100 * t.certainty >= 85 * t.rows);
	} else
		test_fail(__FILE__, __LINE__, "the corpus could not be read: %s", err.message);
	sr_run_free(run);
	sr_engine_free(engine);
}

TEST(claim_gold_examples)
{
	measure(test_path("examples"), "tests/claim/gold.tsv", false);
}

TEST(claim_gold_shared)
{
	const char *folder = test_shared("seeds");
	if (!folder) {
		test_skip("no shared data");
		return;
	}
	measure(folder, "tests/claim/gold-seeds.tsv", true);
}
