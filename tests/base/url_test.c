#include "harness.h"

#include "sitrep/base/url.h"

/* RFC 3986, sections 5.4.1 and 5.4.2, and what the web adds. */
TEST(url_resolve)
{
	static const char *const cases[][2] = {
		{ "g:h", "g:h" }, { "g", "http://a/b/c/g" }, { "./g", "http://a/b/c/g" }, { "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" }, { "//g", "http://g" }, { "?y", "http://a/b/c/d;p?y" }, { "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q#s" }, { "g#s", "http://a/b/c/g#s" }, { "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" }, { "", "http://a/b/c/d;p?q" }, { ".", "http://a/b/c/" }, { "./", "http://a/b/c/" },
		{ "..", "http://a/b/" }, { "../g", "http://a/b/g" }, { "../..", "http://a/" }, { "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" }, { "/./g", "http://a/g" }, { "/../g", "http://a/g" }, { "g.", "http://a/b/c/g." },
		{ "..g", "http://a/b/c/..g" }, { "./../g", "http://a/b/g" }, { "g/./h", "http://a/b/c/g/h" },
		{ "g/../h", "http://a/b/c/h" }, { "g;x=1/../y", "http://a/b/c/y" }, { "g?y/../x", "http://a/b/c/g?y/../x" },
		{ " \n/g ", "http://a/g" },
	};
	sr_arena *arena = sr_arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i][0]);
		CHECK_STR(sr_url_resolve(arena, SR_STR("http://a/b/c/d;p?q"), sr_str_c(cases[i][0])), sr_str_c(cases[i][1]));
	}
	test_case("base without path");
	CHECK_STR(sr_url_resolve(arena, SR_STR("https://a.example"), SR_STR("x")), SR_STR("https://a.example/x"));
	test_case("no base");
	CHECK_STR(sr_url_resolve(arena, SR_STR(""), SR_STR("x/y")), SR_STR("x/y"));
	test_case("opaque base");
	CHECK_STR(sr_url_resolve(arena, SR_STR("mailto:a@b"), SR_STR("x")), SR_STR("x"));
	sr_arena_free(arena);
}
