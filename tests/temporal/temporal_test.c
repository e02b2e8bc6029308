/* The examples of the rule table and the corpus of news phrases: expressions are marked with
 * [brackets] in the text, and their types and values listed beside it. */
#include "harness.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/tag.h"
#include "sitrep/temporal.h"

#include <stdio.h>
#include <string.h>

static sr_temporal *rules(void)
{
	static sr_temporal *shared;
	sr_error err = { 0 };
	if (!shared && !(shared = sr_temporal_new(&err)))
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return shared;
}

/* Takes the brackets out; fills spans. */
static sr_str unmark(sr_arena *arena, sr_str marked, sr_span *spans, size_t max, size_t *count)
{
	char *text = sr_arena_alloc(arena, marked.len + 1);
	size_t n = 0;
	*count = 0;
	for (size_t i = 0; text && i < marked.len; i++)
		if (marked.ptr[i] == '[' && *count < max)
			spans[*count].start = (uint32_t)n;
		else if (marked.ptr[i] == ']' && *count < max)
			spans[(*count)++].end = (uint32_t)n;
		else
			text[n++] = marked.ptr[i];
	return sr_str_make(text, n);
}

static void describe(sr_buf *out, const sr_reading *reading)
{
	for (size_t i = 0; i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		sr_buf_printf(out, "%s[%.*s] %s %.*s", i ? "; " : "", SR_FMT(sr_span_of(reading->doc->text, t->span)),
		              sr_timex_type_name(t->type), SR_FMT(t->value));
	}
}

/* tagger: NULL for what words alone tell. */
static sr_reading read_text(sr_tag_model *tagger, sr_arena *arena, sr_document *doc, sr_str text, sr_str published)
{
	sr_reading reading = { .doc = doc };
	doc->text = text;
	if (tagger)
		CHECK(sr_tag_document(tagger, doc, arena, &reading, NULL) == SR_OK);
	if (!sr_time_parse(published, &doc->published))
		doc->published = SR_TIME_NONE;
	CHECK(sr_temporal_read(rules(), arena, &reading, NULL) == SR_OK);
	return reading;
}

/* The expression at the span has the type and value "TYPE VALUE". */
static void check_one(const sr_reading *reading, sr_span span, sr_str wanted)
{
	char have[128] = "nothing";
	for (size_t i = 0; i < reading->time_count; i++)
		if (reading->times[i].span.start == span.start && reading->times[i].span.end == span.end)
			snprintf(have, sizeof have, "%s %.*s", sr_timex_type_name(reading->times[i].type),
			         SR_FMT(reading->times[i].value));
	if (!sr_str_eq(sr_str_c(have), wanted)) {
		sr_buf all;
		sr_buf_init(&all, 0);
		describe(&all, reading);
		test_fail(__FILE__, __LINE__, "[%.*s] is %s, not %.*s; found: %.*s",
		          SR_FMT(sr_span_of(reading->doc->text, span)), have, SR_FMT(wanted), SR_FMT(sr_buf_str(&all)));
		sr_buf_deinit(&all);
	}
}

TEST(temporal_rules)
{
	sr_str table = sr_data("temporal/rules.tsv"), fields[7];
	size_t n, seen = 0;
	REQUIRE(rules());
	while ((n = sr_tsv_next(&table, fields, 7)) > 0) {
		char name[96];
		if (fields[0].ptr[0] == '@')
			continue;
		snprintf(name, sizeof name, "%.*s", SR_FMT(fields[0]));
		test_case(name);
		REQUIRE(n == 7);
		seen++;
		sr_arena *arena = sr_arena_new(0);
		sr_span span = { 0, 0 };
		size_t count;
		sr_document doc = { 0 };
		sr_str text = unmark(arena, fields[5], &span, 1, &count);
		sr_reading reading = read_text(NULL, arena, &doc, text, fields[4]);
		if (sr_str_eq(fields[6], SR_STR("NONE")))
			CHECK_INT(reading.time_count, 0);
		else if (count == 1)
			check_one(&reading, span, fields[6]);
		else
			test_fail(__FILE__, __LINE__, "the example marks no expression");
		sr_arena_free(arena);
	}
	CHECK(seen > 100);
}

/* Row: group, publication time, text with [expressions], "TYPE value; TYPE value" or "-". Exactly the
 * marked expressions are found. Returns how many rows there are. */
static size_t check_cases(const char *path, sr_tag_model *tagger)
{
	sr_str table = test_read(test_path(path)), fields[4];
	size_t line = 0;
	while (test_next_row(&table, fields, 4) == 4) {
		char name[96];
		snprintf(name, sizeof name, "%.*s.%zu", SR_FMT(fields[0]), ++line);
		test_case(name);
		sr_arena *arena = sr_arena_new(0);
		sr_span spans[16] = { { 0, 0 } };
		size_t count, at = 0;
		sr_document doc = { 0 };
		sr_str text = unmark(arena, fields[2], spans, 16, &count), wanted = fields[3], one;
		sr_reading reading = read_text(tagger, arena, &doc, text, fields[1]);
		if (reading.time_count != count) {
			sr_buf all;
			sr_buf_init(&all, 0);
			describe(&all, &reading);
			test_fail(__FILE__, __LINE__, "%zu expressions, not %zu: %.*s", reading.time_count, count,
			          SR_FMT(sr_buf_str(&all)));
			sr_buf_deinit(&all);
		}
		while (at < count && sr_str_next_field(&wanted, ';', &one))
			check_one(&reading, spans[at++], sr_str_trim(one));
		CHECK_INT(at, count);
		sr_arena_free(arena);
	}
	return line;
}

TEST(temporal_cases)
{
	REQUIRE(rules());
	CHECK(check_cases("tests/temporal/cases.tsv", NULL) >= 250);
}

/* What only the tagger's tree tells. */
TEST(temporal_tagged_cases)
{
	sr_error err = { 0 };
	sr_tag_model *tagger;
	REQUIRE(rules() && sr_tag_model_open(test_path("share/sitrep/reading.model"), &tagger, &err) == SR_OK);
	CHECK(check_cases("tests/temporal/tagged.tsv", tagger) >= 10);
	sr_tag_model_free(tagger);
}

typedef struct shared_job {
	const sr_temporal *t;
	sr_str text;
	sr_buf *results;
} shared_job;

static void read_shared(void *ctx, size_t i, unsigned worker)
{
	shared_job *job = ctx;
	sr_arena *arena = sr_arena_new(0);
	sr_document doc = { .text = job->text, .published = sr_time_date(2025, 11, 5) };
	sr_reading reading = { .doc = &doc };
	(void)worker;
	sr_buf_init(&job->results[i], 0);
	if (arena && sr_temporal_read(job->t, arena, &reading, NULL) == SR_OK)
		describe(&job->results[i], &reading);
	sr_arena_free(arena);
}

/* One rule set serves any number of threads, with the same answers. */
TEST(temporal_threads)
{
	enum { jobs = 64 };
	sr_buf results[jobs] = { 0 };
	shared_job job = { .t = rules(), .text = test_read(test_path("tests/temporal/cases.tsv")), .results = results };
	REQUIRE(job.t);
	sr_parallel(4, jobs, read_shared, &job);
	for (size_t i = 0; i < jobs; i++) {
		CHECK(results[i].len > 1000);
		CHECK(sr_str_eq(sr_buf_str(&results[i]), sr_buf_str(&results[0])));
	}
	for (size_t i = 0; i < jobs; i++)
		sr_buf_deinit(&results[i]);
}
