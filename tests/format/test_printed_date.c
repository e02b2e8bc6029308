#include "harness.h"

#include "sitrep/format/printed_date.h"

static void print_date(sr_buf *out, const sr_printed_date *d)
{
	sr_buf_printf(out, "%d-%d-%d", d->year, d->month, d->day);
	if (d->until_day)
		sr_buf_printf(out, "..%d-%d", d->until_month, d->until_day);
	if (d->weekday >= 0)
		sr_buf_printf(out, " wd%d", d->weekday);
	if (d->hour >= 0)
		sr_buf_printf(out, " %d:%02d:%02d", d->hour, d->minute, d->second);
	if (d->zoned)
		sr_buf_printf(out, " %+d", d->offset);
}

TEST(format_printed_dates)
{
	sr_str rest = test_read(test_path("tests/format/printed_dates.tsv")), f[3];
	sr_arena *a = sr_arena_new(0);
	sr_printed_words words;
	REQUIRE(sr_printed_words_init(&words, a) == SR_OK);
	while (test_next_row(&rest, f, 3) == 3) {
		sr_buf got;
		sr_printed_date d;
		size_t pos = 0;
		test_case(sr_str_dup(a, f[0]).ptr);
		sr_buf_init(&got, 0);
		if (sr_printed_read(&words, f[0], &pos, true, &d))
			print_date(&got, &d);
		else
			sr_buf_add_c(&got, "none");
		CHECK_STR(sr_buf_str(&got), f[1]);
		CHECK_STR(sr_str_slice(f[0], pos, f[0].len), sr_str_eq(f[2], SR_STR("-")) ? (sr_str){ 0 } : f[2]);
		sr_buf_deinit(&got);
	}
	sr_arena_free(a);
}

TEST(format_printed_date_years)
{
	sr_printed_date nov = { .month = 11, .day = 11, .weekday = -1, .hour = -1 }, tue = { .month = 11, .day = 11, .weekday = 1, .hour = -1 };
	CHECK_INT(sr_printed_year_before(&nov, sr_time_date(2025, 12, 1)), 2025);
	CHECK_INT(sr_printed_year_before(&nov, sr_time_date(2025, 11, 10)), 2025);
	CHECK_INT(sr_printed_year_before(&nov, sr_time_date(2025, 11, 9)), 2024);
	CHECK_INT(sr_printed_year_before(&tue, sr_time_date(2027, 1, 1)), 2025);
	CHECK_INT(sr_printed_year_before(&nov, SR_TIME_NONE), 0);
	CHECK_INT(sr_printed_year_near(&nov, sr_time_date(2025, 1, 20)), 2024);
	CHECK_INT(sr_printed_year_near(&nov, sr_time_date(2025, 10, 30)), 2025);
	sr_printed_date turn = { .month = 12, .day = 30, .until_month = 1, .until_day = 2, .weekday = -1, .hour = -1 };
	CHECK_INT(sr_printed_date_until(&turn, sr_time_date(2024, 12, 30)).year, 2025);
}

TEST(format_printed_date_find)
{
	sr_arena *a = sr_arena_new(0);
	sr_printed_words words;
	sr_span span;
	sr_printed_date d;
	sr_str s = SR_STR("In room 12 of 40 they met on 3 May 2021, not in 2020.");
	REQUIRE(sr_printed_words_init(&words, a) == SR_OK);
	REQUIRE(sr_printed_find(&words, s, 0, &span, &d));
	CHECK_STR(sr_span_of(s, span), SR_STR("3 May 2021"));
	CHECK(!sr_printed_find(&words, s, span.end, &span, &d));
	sr_arena_free(a);
}
