#include "harness.h"


#include "sitrep/format/date.h"

#include <stdio.h>

TEST(format_dates)
{
	sr_str rest = test_read(test_path("tests/format/dates.tsv")), f[2];
	sr_arena *arena = sr_arena_new(0);
	size_t n = 0;
	while (test_next_row(&rest, f, 2)) {
		sr_time t;
		char label[32];
		n++;
		snprintf(label, sizeof label, "%zu", n);
		test_case(label);
		bool read = sr_date_read(f[0], &t);
		sr_str got = read ? sr_time_format(arena, t) : SR_STR("-");
		if (!sr_str_eq(got, f[1]))
			test_fail(__FILE__, __LINE__, "\"%.*s\" is %.*s, expected %.*s", SR_FMT(f[0]), SR_FMT(got), SR_FMT(f[1]));
	}
	CHECK(n > 50);
	sr_arena_free(arena);
}
