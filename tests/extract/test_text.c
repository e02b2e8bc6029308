#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/utf8.h"
#include "sitrep/extract.h"

#include <stdlib.h>
#include <string.h>

/* The clock of these tests: pages that print no year are of the year before it at the latest. */
static const sr_time now = { .year = 2024, .month = 9, .day = 1, .precision = SR_PRECISION_DAY };

static void print_time(sr_buf *out, const char *name, sr_time t)
{
	if (!sr_time_known(t))
		return;
	sr_buf_printf(out, " %s=", name);
	sr_time_write(out, t);
}

static void print_field(sr_buf *out, const char *name, sr_str value)
{
	if (value.len)
		sr_buf_printf(out, "%s: %.*s\n", name, SR_FMT(value));
}

/* A document as a few lines that a person can check. */
static void print_document(sr_buf *out, const sr_document *d)
{
	sr_buf_printf(out, "kind: %s %s", sr_doc_kind_name(d->kind), sr_doc_status_name(d->status));
	print_time(out, "published", d->published);
	print_time(out, "modified", d->modified);
	sr_buf_add_c(out, d->year_assumed ? " year-assumed" : "");
	sr_buf_add_c(out, d->paywalled ? " paywalled\n" : "\n");
	print_field(out, "title", d->title);
	print_field(out, "site", d->site);
	print_field(out, "section", d->section);
	print_field(out, "url", d->url);
	print_field(out, "credit", d->credit);
	print_field(out, "dateline", d->dateline);
	print_field(out, "correction", d->correction);
	for (size_t i = 0; i < d->byline_count; i++)
		print_field(out, "by", d->bylines[i]);
	for (size_t i = 0; i < d->image_count; i++)
		sr_buf_printf(out, "image: %.*s | %.*s | %.*s\n", SR_FMT(d->images[i].url), SR_FMT(d->images[i].caption), SR_FMT(d->images[i].credit));
	for (size_t i = 0; i < d->relay_count; i++)
		sr_buf_printf(out, "relay %u: %.*s | %.*s | %.*s\n", d->relays[i].number, SR_FMT(d->relays[i].publisher), SR_FMT(d->relays[i].title),
		              SR_FMT(d->relays[i].description));
	for (size_t i = 0, m = 0; i < d->block_count; i++) {
		const sr_block *b = &d->blocks[i];
		sr_buf_add_c(out, sr_block_kind_name(b->kind));
		if (b->group)
			sr_buf_printf(out, " %u", b->group);
		print_time(out, "at", b->time);
		print_time(out, "until", b->until);
		sr_buf_printf(out, ": %.*s\n", SR_FMT(sr_span_of(d->text, b->span)));
		for (; m < d->mark_count && d->marks[m].offset <= b->span.end; m++) {
			uint32_t at = d->marks[m].offset, from = at > b->span.start + 12 ? at - 12 : b->span.start;
			sr_buf_printf(out, "  [%u] behind ...%.*s\n", d->marks[m].number, SR_FMT(sr_str_slice(d->text, from, at)));
		}
	}
}

/* What every document must keep to, whatever it was made from. */
static bool is_sound(const sr_document *d)
{
	uint32_t end = 0;
	if (!sr_utf8_valid(d->text) || d->text.len > SR_TEXT_MAX || !d->block_count)
		return false;
	for (size_t i = 0; i < d->block_count; i++) {
		sr_span s = d->blocks[i].span;
		bool gap = i == 0 ? s.start == 0 : s.start == end + 2;
		if (!gap || s.end <= s.start || s.end > d->text.len || !sr_utf8_boundary(d->text, s.start) || !sr_utf8_boundary(d->text, s.end))
			return false;
		end = s.end;
	}
	for (size_t i = 0; i < d->mark_count; i++)
		if (d->marks[i].offset > d->text.len || (i && d->marks[i].offset < d->marks[i - 1].offset))
			return false;
	return end == d->text.len;
}

/* SITREP_BLESS=1 writes what came out as what is wanted, to be read before it is committed. */
TEST(extract_text_golden)
{
	sr_arena *a = sr_arena_new(0);
	sr_str *paths;
	size_t count, cases = 0;
	REQUIRE(sr_folder_walk(test_path("tests/extract/text"), 1000, a, &paths, &count, NULL) == SR_OK);
	for (size_t i = 0; i < count; i++) {
		if (sr_str_ends(paths[i], SR_STR(".want")))
			continue;
		const char *base = strrchr(paths[i].ptr, '/') + 1;
		sr_documents docs = { 0 };
		sr_error err = { 0 };
		sr_buf got;
		sr_buf_init(&got, 0);
		test_case(base);
		cases++;
		sr_input in = { .bytes = test_read(paths[i].ptr), .path = sr_str_c(base), .now = now };
		if (sr_extract(&in, a, &docs, &err) != SR_OK)
			sr_buf_printf(&got, "error: %s\n", err.message);
		for (size_t k = 0; k < docs.count; k++) {
			print_document(&got, docs.items[k]);
			CHECK(is_sound(docs.items[k]));
		}
		sr_str want = sr_str_printf(a, "%.*s.want", SR_FMT(paths[i]));
		if (getenv("SITREP_BLESS"))
			CHECK(sr_file_write(want.ptr, sr_buf_str(&got), NULL) == SR_OK);
		CHECK_STR(sr_buf_str(&got), test_read(want.ptr));
		sr_buf_deinit(&got);
	}
	CHECK(cases >= 10);
	sr_arena_free(a);
}

static uint32_t next_random(uint32_t *x) { return *x = *x * 1664525u + 1013904223u; }

/* Every text of the folder, cut, doubled and damaged at random places. */
TEST(extract_text_mutations_stay_sound)
{
	sr_arena *a = sr_arena_new(0);
	sr_str *paths;
	size_t count;
	uint32_t x = 7;
	REQUIRE(sr_folder_walk(test_path("tests/extract/text"), 1000, a, &paths, &count, NULL) == SR_OK);
	for (size_t i = 0; i < count; i++) {
		sr_str original = test_read(paths[i].ptr);
		for (int n = 0; n < 60; n++) {
			sr_arena *run = sr_arena_new(0);
			sr_documents docs = { 0 };
			sr_buf bytes;
			sr_buf_init(&bytes, 0);
			size_t from = next_random(&x) % original.len, to = from + next_random(&x) % (original.len - from);
			sr_buf_add(&bytes, sr_str_slice(original, 0, to));
			sr_buf_add(&bytes, sr_str_slice(original, from, original.len));
			for (int k = 0; k < 8; k++)
				bytes.ptr[next_random(&x) % bytes.len] = "\xE2\n[]()#*_ |:\x80"[(next_random(&x) >> 16) % 13];
			sr_input in = { .bytes = sr_buf_str(&bytes), .path = SR_STR("m.txt"), .type = SR_INPUT_TEXT, .now = now };
			sr_status status = sr_extract(&in, run, &docs, NULL);
			bool sound = status == SR_OK ? docs.count == 1 && is_sound(docs.items[0]) : status == SR_E_INVALID && docs.count == 0;
			if (!sound)
				test_fail(__FILE__, __LINE__, "%s, mutation %d: status %d", paths[i].ptr, n, status);
			sr_buf_deinit(&bytes);
			sr_arena_free(run);
		}
	}
	sr_arena_free(a);
}

/* Milliseconds that one hostile input takes; it must come to a clear end. */
static double milliseconds_for(sr_str unit, size_t bytes, sr_str tail)
{
	sr_buf b;
	sr_documents docs = { 0 };
	sr_error err = { 0 };
	sr_buf_init(&b, 0);
	while (b.len + unit.len <= bytes)
		sr_buf_add(&b, unit);
	sr_buf_add(&b, tail);
	sr_arena *a = sr_arena_new((size_t)1 << 30);
	sr_input in = { .bytes = sr_buf_str(&b), .path = SR_STR("big.txt"), .type = SR_INPUT_TEXT, .now = now };
	double start = test_cpu_ms();
	sr_status status = sr_extract(&in, a, &docs, &err);
	double took = test_cpu_ms() - start;
	CHECK(status == SR_OK || err.message[0]);
	if (status == SR_OK)
		CHECK(is_sound(docs.items[0]));
	sr_arena_free(a);
	sr_buf_deinit(&b);
	return took;
}

TEST(extract_text_hostile_sizes)
{
	static const struct {
		const char *name, *unit;
		size_t bytes;
		const char *tail;
	} cases[] = { { "50 MB of paragraphs", "The council met on Tuesday and voted on the harbour, its chair said.\n\n", (size_t)50 << 20, "" },
		          { "one line of 10 MB", "words upon words ", (size_t)10 << 20, "" },
		          { "100,000 tiny lines", "ab\n", 300000, "" },
		          { "brackets", "[", (size_t)2 << 20, "" },
		          { "half links", "[](", (size_t)2 << 20, ")" },
		          { "pictures", "![", (size_t)2 << 20, "](x)" },
		          { "stars", "*a", (size_t)2 << 20, "" },
		          { "backslashes", "\\", (size_t)2 << 20, "_" },
		          { "quotes", "> ", (size_t)2 << 20, "" },
		          { "dates", "Updated May 4, 2024, 10:00 P.M.\nThe bridge was closed for an hour.\n", (size_t)2 << 20, "" },
		          { "corrections", "Correction: it was not so.\n", (size_t)2 << 20, "" },
		          { "marks", "Sources\n1. A: b c.\n2. D: e f.\nThe end came late for all [1][2].\n", (size_t)2 << 20, "" },
		          { "related", "Related articles\n", (size_t)2 << 20, "" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].name);
		double took = milliseconds_for(sr_str_c(cases[i].unit), cases[i].bytes, sr_str_c(cases[i].tail));
		/* some are far larger than what other tests send; a quadratic step takes minutes here */
		if (took > 3 * TEST_RUNAWAY_MS)
			test_fail(__FILE__, __LINE__, "%.0f ms", took);
	}
}

static sr_document dated(sr_time published, bool assumed)
{
	return (sr_document){ .published = published, .year_assumed = assumed };
}

TEST(extract_years_settle_by_the_documents_beside)
{
	sr_block block = { .time = sr_time_date(2026, 11, 5) };
	sr_document page = dated(sr_time_date(2026, 11, 11), true), a = dated(sr_time_date(2025, 11, 4), false),
	            b = dated(sr_time_date(2025, 12, 9), false), c = dated(sr_time_date(2024, 11, 9), false);
	page.blocks = &block;
	page.block_count = 1;
	sr_document *docs[] = { &page, &a, &b, &c };
	CHECK_INT(sr_extract_settle_years(docs, 4), SR_OK);
	CHECK_INT(page.published.year, 2025);
	CHECK_INT(block.time.year, 2025);
	CHECK_INT(a.published.year, 2025);
	sr_document alone = dated(sr_time_date(2026, 2, 1), true);
	docs[0] = &alone;
	CHECK_INT(sr_extract_settle_years(docs, 4), SR_OK);
	CHECK_INT(alone.published.year, 2026);
}
