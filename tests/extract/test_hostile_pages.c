/* Pages made to be slow, huge or deep: each within its memory and without running away; and real pages mutated, which
 * must neither crash nor pass a ceiling. SITREP_MUTATIONS asks for more of them than usual. */
#include "extract/hostile.h"
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/extract.h"
#include "sitrep/format/html.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#define MEGABYTES 200
#define ARENA_CEILING ((size_t)60 << 20)

static bool has_note(const sr_documents *docs, const char *note)
{
	for (size_t i = 0; i < docs->count; i++)
		for (size_t k = 0; k < docs->items[i]->note_count; k++)
			if (sr_str_find(docs->items[i]->notes[k], sr_str_c(note), 0) != SIZE_MAX)
				return true;
	return false;
}

/* Extracts, gives how many bytes of text came out, and checks that a note names the ceiling (NULL: any or none). */
static size_t extract(sr_str page, const char *note)
{
	sr_arena *arena = sr_arena_new(ARENA_CEILING);
	sr_documents docs = { 0 };
	sr_error err = { 0 };
	sr_input input = { .bytes = page, .path = SR_STR("hostile"), .type = SR_INPUT_HTML };
	size_t text = 0;
	double start = test_cpu_ms();
	sr_status status = arena ? sr_extract(&input, arena, &docs, &err) : SR_E_NOMEM;
	double took = test_cpu_ms() - start;
	CHECK_INT(status, SR_OK);
	if (took > TEST_RUNAWAY_MS)
		test_fail(__FILE__, __LINE__, "%.0f ms for %zu bytes", took, page.len);
	if (note && !has_note(&docs, note))
		test_fail(__FILE__, __LINE__, "no note names the ceiling on \"%s\"", note);
	for (size_t i = 0; i < docs.count; i++)
		text += docs.items[i]->text.len;
	sr_arena_free(arena);
	return text;
}

/* In a process of its own, for its peak of memory, the page itself included. */
static void check_memory(sr_str page)
{
#ifndef SANITIZED
	struct rusage used;
	int status;
	pid_t child = fork();
	if (child == 0) {
		extract(page, NULL);
		_exit(0);
	}
	REQUIRE(child > 0 && wait4(child, &status, 0, &used) == child && WIFEXITED(status));
	if (used.ru_maxrss > MEGABYTES * 1024L)
		test_fail(__FILE__, __LINE__, "%ld MB for %zu bytes", used.ru_maxrss / 1024, page.len);
#else
	(void)page;
#endif
}

static void repeat(sr_buf *b, const char *s, size_t times)
{
	for (size_t i = 0; i < times; i++)
		sr_buf_add_c(b, s);
}


TEST(hostile_pages)
{
	size_t count;
	const hostile_page *pages = hostile_pages(&count);
	for (size_t i = 0; i < count; i++) {
		const hostile_page *h = &pages[i];
		sr_buf b;
		test_case(h->name);
		sr_buf_init(&b, 0);
		hostile_build(h, &b);
		size_t text = extract(sr_buf_str(&b), h->note);
		if (h->has_text)
			CHECK(text > 60);
		check_memory(sr_buf_str(&b));
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
	CHECK_INT(html.cuts, 1u << SR_HTML_CUT_DEPTH);
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
	long times = wanted ? strtol(wanted, NULL, 10) : 300;
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
			extract(sr_buf_str(&mutant), NULL);
	}
	sr_buf_deinit(&page);
	sr_buf_deinit(&mutant);
	sr_arena_free(arena);
}
