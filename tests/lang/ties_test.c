#include "sitrep/lang.h"
#include "harness.h"

#include <stdio.h>

#define NAMES_MAX 8

TEST(lang_ties)
{
	sr_str rest = test_read(test_path("tests/lang/ties.tsv")), f[3], part;
	while (test_next_row(&rest, f, 3)) {
		sr_arena *arena = sr_arena_new(0);
		sr_name names[NAMES_MAX];
		uint32_t to[NAMES_MAX];
		size_t n = 0, got = 0;
		char label[100], found[40] = "";
		snprintf(label, sizeof label, "%.*s", SR_FMT(f[1]));
		test_case(label);
		for (sr_str list = f[1]; n < NAMES_MAX && sr_str_next_field(&list, '|', &part);)
			names[n++] = (sr_name){ .name = sr_str_trim(part), .person = sr_str_eq(f[0], SR_STR("p")) };
		CHECK(sr_names_tie(arena, names, n, to) == SR_OK);
		for (size_t i = 0; i < n; i++)
			got += (size_t)snprintf(found + got, sizeof found - got, i ? " %u" : "%u", to[i]);
		CHECK_STR(sr_str_c(found), f[2]);
		sr_arena_free(arena);
	}
}
