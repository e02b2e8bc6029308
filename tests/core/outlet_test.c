#include "harness.h"
#include "sitrep/core/document.h"

TEST(outlet_key)
{
	static const char *const rows[][2] = {
		{ "The Moscow Times", "moscowtimes" }, { "themoscowtimes.com", "moscowtimes" }, { "www.bbc.co.uk", "bbc" },  { "BBC", "bbc" },
		{ "St. Louis Post-Dispatch", "stlouispostdispatch" }, { "L'\xC3\x89quipe", "lequipe" }, { "The", "the" }, { "\xE2\x80\x94", "" },
	};
	sr_arena *arena = sr_arena_new(0);
	REQUIRE(arena);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		test_case(rows[i][0]);
		CHECK_STR(sr_outlet_key(arena, sr_str_c(rows[i][0])), sr_str_c(rows[i][1]));
	}
	sr_arena_free(arena);
}
