/* Pages made to be slow, huge or deep: each within its time and memory; and real pages mutated, which
 * must neither crash nor pass a ceiling. SITREP_MUTATIONS asks for more of them than usual. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/extract.h"
#include "sitrep/format/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWER 20
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOWER 20
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif
#define MILLISECONDS 300
#define ARENA_CEILING ((size_t)60 << 20)

static double milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Extracts and gives back how many bytes of text came out; fails the case beyond time or memory. */
static size_t extract(sr_str page)
{
	sr_arena *arena = sr_arena_new(ARENA_CEILING);
	sr_documents docs = { 0 };
	sr_error err = { 0 };
	sr_input input = { .bytes = page, .path = SR_STR("hostile"), .type = SR_INPUT_HTML };
	size_t text = 0;
	double start = milliseconds();
	sr_status status = arena ? sr_extract(&input, arena, &docs, &err) : SR_E_NOMEM;
	double took = milliseconds() - start;
	fprintf(stderr, "%.0f ms %zu bytes arena\n", took, sr_arena_used(arena));
	CHECK_INT(status, SR_OK);
	if (took > MILLISECONDS * SLOWER)
		test_fail(__FILE__, __LINE__, "%.0f ms for %zu bytes", took, page.len);
	for (size_t i = 0; i < docs.count; i++)
		text += docs.items[i]->text.len;
	sr_arena_free(arena);
	return text;
}

static void repeat(sr_buf *b, const char *s, size_t times)
{
	for (size_t i = 0; i < times; i++)
		sr_buf_add_c(b, s);
}

static const char prose[] = "<p>The harbour of Lindmouth was closed on Monday, the port authority said, after a crane fell.</p>\n";

typedef struct hostile {
	const char *name, *head, *unit;
	size_t times;
	const char *tail;
	bool has_text;
} hostile;

static const hostile pages[] = {
	{ "nested-div", "<body>", "<div>", 100000, prose, false },
	{ "nested-span", "<body><p>Text before, and enough of it to be seen as prose, said the port.</p>", "<span>", 100000, "x", true },
	{ "nested-tables", "<body>", "<table><tr><td>x</td><td>y", 30000, "", false },
	{ "attributes", "<body><p ", "a1=\"x\" ", 0, "", false },
	{ "ten-megabytes", "<body><article><h1>Crane</h1>", prose, 105000, "</article>", true },
	{ "ten-megabytes-of-tags", "<body>", "<b>", 3400000, "", false },
	{ "end-tags", "<body>", "</b>", 2500000, prose, true },
	{ "end-tags-deep", "<body><div><div><div><div><div><div><div>", "<i></b>", 1000000, prose, false },
	{ "unclosed-comment", "<body><!-- ", "xxxxxxxx", 1200000, "", false },
	{ "unclosed-quote", "<body><p title=\"", "xxxxxxxx", 1200000, "", false },
	{ "open-tags", "", "<a", 5000000, "", false },
	{ "headings", "<body>", "<h1 class=\"entry-title author date\">Crane falls, 1 March 2020, by Joe</h1>", 50000, prose, false },
	{ "times", "<body><h1>Crane falls across quay</h1>", "<time datetime=\"2026-03-02\">2 March 2026</time><i class=author>X</i>", 50000, prose, false },
	{ "links", "<body>", "<a href=x>a</a> ", 300000, prose, false },
	{ "entities", "<body><p>", "&amp;&#38;&nbsp;", 300000, "", false },
};

TEST(hostile_pages)
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		const hostile *h = &pages[i];
		sr_buf b;
		test_case(h->name);
		sr_buf_init(&b, 0);
		sr_buf_add_c(&b, h->head);
		if (strcmp(h->name, "attributes") == 0)
			for (size_t k = 0; k < 50000; k++)
				sr_buf_printf(&b, "a%zu=\"x\" ", k);
		repeat(&b, h->unit, h->times);
		sr_buf_add_c(&b, h->tail);
		size_t text = extract(sr_buf_str(&b));
		if (h->has_text)
			CHECK(text > 60);
		sr_buf_deinit(&b);
	}
}

TEST(html_tree_ceilings)
{
	sr_buf b;
	sr_arena *arena = sr_arena_new(0);
	sr_html html;
	sr_html_limits limits = SR_HTML_LIMITS;
	limits.depth = 10;
	limits.nodes = 100;
	sr_buf_init(&b, 0);
	repeat(&b, "<div>", 30);
	sr_buf_add_c(&b, "deep text");
	REQUIRE(arena && sr_html_parse(sr_buf_str(&b), &limits, arena, &html, NULL) == SR_OK);
	CHECK_CSTR(html.cut, "depth");
	/* what is too deep becomes a child of the last node within, and is not lost */
	CHECK_STR(html.nodes[html.count - 1].text, SR_STR("deep text"));
	CHECK(html.nodes[html.count - 1].depth <= 10);
	repeat(&b, "<p>x", 200);
	REQUIRE(sr_html_parse(sr_buf_str(&b), &limits, arena, &html, NULL) == SR_OK);
	CHECK_INT(html.count, 100);
	for (uint32_t i = 0; i < html.count; i++)
		CHECK(html.nodes[i].end > i && html.nodes[i].end <= html.count && html.nodes[i].parent <= i);
	sr_arena_free(arena);
	sr_buf_deinit(&b);
}

/* A reference that a border of the parser's buffer would cut, in an attribute longer than any buffer. */
TEST(html_long_attribute)
{
	sr_buf b;
	sr_arena *arena = sr_arena_new(0);
	sr_html html;
	const sr_html_limits limits = SR_HTML_LIMITS;
	sr_buf_init(&b, 0);
	sr_buf_add_c(&b, "<p title=\"");
	repeat(&b, "&#34;ab", 20000);
	sr_buf_add_c(&b, "\">text</p>");
	REQUIRE(arena && sr_html_parse(sr_buf_str(&b), &limits, arena, &html, NULL) == SR_OK);
	uint32_t p = sr_html_find(&html, 0, html.count, SR_HTML_p);
	REQUIRE(p < html.count);
	CHECK_INT(sr_html_attr_of(&html, p, SR_HTML_AT_title).len, 60000);
	CHECK_INT(html.nodes[p].end, p + 2);
	sr_arena_free(arena);
	sr_buf_deinit(&b);
}

static uint64_t state;

static uint64_t next_random(void) /* splitmix64 */
{
	uint64_t z = (state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static const char *const fragments[] = { "<", ">", "\"", "</div>", "<table>", "<p>", "&#", "&amp", "<!--", "-->", "<script>", "</article>",
	                                     "<svg>", "\xFF", "\xE2\x80", "<a href=", "{\"@type\":\"NewsArticle\"", "]]>", "<br>", "<time datetime=2026" };

/* One to eight changes: bytes, pieces cut, doubled or put in, the end cut off. */
static void mutate(sr_str page, sr_buf *out)
{
	sr_buf_clear(out);
	size_t edits = 1 + next_random() % 8, at = 0;
	for (size_t i = 0; i < edits && at < page.len; i++) {
		size_t stop = at + next_random() % (page.len - at), len = next_random() % 4000;
		sr_buf_add(out, sr_str_slice(page, at, stop));
		switch (next_random() % 5) {
		case 0:
			sr_buf_add_c(out, fragments[next_random() % (sizeof fragments / sizeof *fragments)]);
			break;
		case 1:
			stop += len;
			break;
		case 2:
			sr_buf_add(out, sr_str_slice(page, stop, stop + len));
			break;
		case 3:
			sr_buf_add_char(out, (char)next_random());
			break;
		default:
			if (next_random() % 8 == 0)
				return;
		}
		at = stop;
	}
	if (at < page.len)
		sr_buf_add(out, sr_str_slice(page, at, page.len));
}

TEST(mutated_pages)
{
	const char *folder = test_shared("data/extraction/html"), *wanted = getenv("SITREP_MUTATIONS");
	long times = wanted ? atol(wanted) : 300;
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count;
	sr_buf page, mutant;
	if (!folder) {
		sr_arena_free(arena);
		test_skip("no shared data");
		return;
	}
	REQUIRE(arena && sr_folder_walk(folder, 100000, arena, &paths, &count, NULL) == SR_OK && count > 0);
	sr_buf_init(&page, 0);
	sr_buf_init(&mutant, 0);
	state = 20260302;
	for (long i = 0; i < times; i++) {
		sr_buf_clear(&page);
		REQUIRE(sr_file_read(paths[(size_t)i % count].ptr, SR_INPUT_MAX, &page, NULL) == SR_OK);
		mutate(sr_buf_str(&page), &mutant);
		if (mutant.len)
			extract(sr_buf_str(&mutant));
	}
	sr_buf_deinit(&page);
	sr_buf_deinit(&mutant);
	sr_arena_free(arena);
}
