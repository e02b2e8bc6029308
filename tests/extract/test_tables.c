/* The tables of data/html are looked up by bisection: their rows must be sorted by bytes, once each. */
#include "harness.h"

#include "sitrep/base/data.h"

static const char *const tables[] = { "html/agencies.tsv", "html/byline.tsv", "html/classes.tsv", "html/lines.tsv",
	                                  "html/meta.tsv",     "html/months.tsv", "html/notes.tsv" };

TEST(html_tables_are_sorted)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		sr_str rest = sr_data(tables[i]), line, before = { 0 };
		size_t rows = 0;
		bool head = true;
		test_case(tables[i]);
		while (sr_str_next_line(&rest, &line)) {
			if (head && line.len && line.ptr[0] == '#')
				continue;
			head = false;
			sr_str key = sr_str_slice(line, 0, sr_str_find_char(line, '\t', 0));
			if (!key.len || key.len == line.len || (rows && sr_str_cmp(before, key) >= 0))
				test_fail(__FILE__, __LINE__, "row \"%.*s\" after \"%.*s\"", SR_FMT(line), SR_FMT(before));
			before = key;
			rows++;
		}
		CHECK(rows > 20);
	}
}
