#include "fixture.h"
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The page, in a buffer that the caller frees. */
static void render(const fixture *f, sr_format format, unsigned width, bool color, sr_buf *out)
{
	sr_render_options options = { .width = width, .color = color, .texts = f->texts, .text_count = f->text_count };
	sr_error err;
	sr_time_parse(SR_STR("2031-03-05T09:00Z"), &options.now);
	sr_buf_init(out, 0);
	sr_status status = sr_render(&f->d, format, &options, out, &err);
	if (status != SR_OK)
		test_fail(__FILE__, __LINE__, "%s: %s", sr_format_name(format), err.message);
}

/* Compares with tests/golden/render/NAME; with SITREP_GOLDEN=write in the environment, writes it. */
static void check_golden(const char *name, sr_str got)
{
	char path[200];
	const char *mode = getenv("SITREP_GOLDEN");
	snprintf(path, sizeof path, "tests/golden/render/%s", name);
	if (mode && strcmp(mode, "write") == 0) {
		CHECK_INT(sr_file_write(test_path(path), got, NULL), SR_OK);
		return;
	}
	sr_str want = test_read(test_path(path)), a, b;
	for (size_t line = 1;; line++) {
		bool more = sr_str_next_line(&got, &a), wanted = sr_str_next_line(&want, &b);
		if (!more && !wanted)
			return;
		if (more != wanted || !sr_str_eq(a, b)) {
			test_fail(__FILE__, __LINE__, "%s, line %zu: \"%.*s\", expected \"%.*s\"", path, line, more ? (int)a.len : 0,
			          more ? a.ptr : "", wanted ? (int)b.len : 0, wanted ? b.ptr : "");
			return;
		}
	}
}

TEST(render_golden)
{
	static const struct {
		const char *name;
		fixture *(*make)(void);
		sr_format format;
		unsigned width;
		bool color;
	} pages[] = {
		{ "tunnel.json", fixture_tunnel, SR_FORMAT_JSON, 0, false },
		{ "tunnel.md", fixture_tunnel, SR_FORMAT_MD, 0, false },
		{ "tunnel.atom", fixture_tunnel, SR_FORMAT_ATOM, 0, false },
		{ "tunnel-40.txt", fixture_tunnel, SR_FORMAT_TERM, 40, false },
		{ "tunnel-80.txt", fixture_tunnel, SR_FORMAT_TERM, 80, false },
		{ "tunnel-120-color.txt", fixture_tunnel, SR_FORMAT_TERM, 120, true },
		{ "sparse.json", fixture_sparse, SR_FORMAT_JSON, 0, false },
		{ "sparse.md", fixture_sparse, SR_FORMAT_MD, 0, false },
		{ "sparse.txt", fixture_sparse, SR_FORMAT_TERM, 0, false },
		{ "tunnel.html", fixture_tunnel, SR_FORMAT_HTML, 0, false },
		{ "sparse.html", fixture_sparse, SR_FORMAT_HTML, 0, false },
		{ "hostile.md", fixture_hostile, SR_FORMAT_MD, 0, false },
		{ "hostile-60.txt", fixture_hostile, SR_FORMAT_TERM, 60, false },
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		sr_buf out;
		fixture *f = pages[i].make();
		test_case(pages[i].name);
		render(f, pages[i].format, pages[i].width, pages[i].color, &out);
		/* the style sheet, and its hash, are no part of the golden page */
		size_t body = pages[i].format == SR_FORMAT_HTML ? sr_str_find(sr_buf_str(&out), SR_STR("<body>"), 0) : 0;
		check_golden(pages[i].name, sr_str_slice(sr_buf_str(&out), body, out.len));
		sr_buf_deinit(&out);
		fixture_free(f);
	}
}

/* Every line of s without its SGR sequences; fails on any other control or hidden character. */
static void check_plain_lines(sr_str s, size_t width, bool color)
{
	sr_str line;
	for (size_t number = 1; sr_str_next_line(&s, &line); number++) {
		sr_buf plain;
		sr_buf_init(&plain, 0);
		for (size_t pos = 0; pos < line.len;) {
			size_t from = pos;
			uint32_t cp = sr_utf8_next(line, &pos);
			if (cp == 0x1B && color && pos < line.len && line.ptr[pos] == '[') {
				size_t m = sr_str_find_char(line, 'm', pos);
				if (m == SIZE_MAX || m > pos + 6)
					test_fail(__FILE__, __LINE__, "line %zu: an escape sequence that is not SGR", number);
				pos = m == SIZE_MAX ? line.len : m + 1;
				continue;
			}
			if (!sr_cp_is_printable(cp) && cp != SR_UTF8_REPLACEMENT)
				test_fail(__FILE__, __LINE__, "line %zu holds U+%04X", number, cp);
			sr_buf_add(&plain, sr_str_slice(line, from, pos));
		}
		if (sr_str_width(sr_buf_str(&plain)) > width)
			test_fail(__FILE__, __LINE__, "line %zu is %zu columns wide, the screen %zu: %.*s", number,
			          sr_str_width(sr_buf_str(&plain)), width, SR_FMT(sr_buf_str(&plain)));
		sr_buf_deinit(&plain);
	}
}

TEST(render_term_keeps_to_the_width)
{
	fixture *fixtures[] = { fixture_tunnel(), fixture_hostile(), fixture_sparse() };
	for (unsigned width = SR_RENDER_WIDTH_MIN; width <= SR_RENDER_WIDTH_MAX; width++) {
		char label[40];
		snprintf(label, sizeof label, "%u", width);
		test_case(label);
		for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
			sr_buf out;
			render(fixtures[i], SR_FORMAT_TERM, width, width % 2 == 0, &out);
			check_plain_lines(sr_buf_str(&out), width, width % 2 == 0);
			sr_buf_deinit(&out);
		}
	}
	for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++)
		fixture_free(fixtures[i]);
}

/* Colour adds escape sequences and nothing else. */
TEST(render_term_color_changes_no_text)
{
	sr_buf plain, color, stripped;
	fixture *f = fixture_tunnel();
	render(f, SR_FORMAT_TERM, 100, false, &plain);
	render(f, SR_FORMAT_TERM, 100, true, &color);
	sr_buf_init(&stripped, 0);
	for (size_t i = 0; i < color.len; i++) {
		if (color.ptr[i] != '\x1b') {
			sr_buf_add_char(&stripped, color.ptr[i]);
			continue;
		}
		i = sr_str_find_char(sr_buf_str(&color), 'm', i);
	}
	CHECK(color.len > plain.len);
	CHECK_STR(sr_buf_str(&stripped), sr_buf_str(&plain));
	sr_buf_deinit(&plain);
	sr_buf_deinit(&color);
	sr_buf_deinit(&stripped);
	fixture_free(f);
}

/* Markdown: whatever could begin a construct stands behind a backslash, unless we wrote it. */
TEST(render_md_hostile_text_stays_text)
{
	sr_buf out;
	fixture *f = fixture_hostile();
	render(f, SR_FORMAT_MD, 0, false, &out);
	sr_str s = sr_buf_str(&out);
	for (size_t i = 0; i < s.len; i++) {
		sr_str rest = sr_str_slice(s, i, s.len);
		if (s.ptr[i] == '\\') {
			i++;
			continue;
		}
		bool ours = true;
		if (s.ptr[i] == '<')
			ours = sr_str_starts(rest, SR_STR("<http")) && sr_str_find_char(rest, '>', 0) < sr_str_find_char(rest, ' ', 0);
		else if (s.ptr[i] == '[')
			ours = i + 1 < s.len && sr_is_digit((unsigned char)s.ptr[i + 1]);
		else if (s.ptr[i] == ']')
			ours = i > 0 && sr_is_digit((unsigned char)s.ptr[i - 1]) && !sr_str_starts(rest, SR_STR("](")) && !sr_str_starts(rest, SR_STR("]:"));
		else if (strchr("`~", s.ptr[i]) && s.ptr[i])
			ours = false;
		else if (sr_str_starts_nocase(rest, SR_STR("www.")))
			ours = false;
		if (!ours)
			test_fail(__FILE__, __LINE__, "markup at byte %zu: %.*s", i, rest.len > 40 ? 40 : (int)rest.len, rest.ptr);
	}
	check_plain_lines(s, SIZE_MAX, false);
	sr_buf_deinit(&out);
	fixture_free(f);
}

/* The JSON holds every string as it was (malformed bytes replaced). */
TEST(render_json_reads_back)
{
	sr_buf out;
	sr_json *json = NULL;
	sr_error err = { 0 };
	fixture *f = fixture_hostile();
	render(f, SR_FORMAT_JSON, 0, false, &out);
	if (sr_json_parse(sr_buf_str(&out), &json, &err) != SR_OK) {
		test_fail(__FILE__, __LINE__, "%s", err.message);
		return;
	}
	const sr_jval *brief = sr_jval_get(sr_json_root(json), "brief");
	CHECK_INT(sr_jval_len(brief), f->d.brief_count);
	for (size_t i = 0; fixture_attacks[i]; i++) {
		sr_buf want;
		test_case(fixture_attacks[i][0] > ' ' && fixture_attacks[i][0] < 127 ? fixture_attacks[i] : "bytes");
		sr_buf_init(&want, 0);
		sr_utf8_repair(&want, sr_str_c(fixture_attacks[i]));
		const sr_jval *sentence = sr_jval_at(sr_jval_get(sr_jval_at(brief, i), "sentences"), 1);
		CHECK_STR(sr_jval_str(sr_jval_get(sentence, "text")), sr_buf_str(&want));
		CHECK_INT(sr_jval_len(sr_jval_get(sentence, "cites")), 3);
		sr_buf_deinit(&want);
	}
	CHECK(sr_str_find_char(sr_buf_str(&out), '<', 0) == SIZE_MAX);
	sr_json_free(json);
	sr_buf_deinit(&out);
	fixture_free(f);
}

TEST(render_json_follows_the_contract)
{
	sr_buf out;
	sr_json *json = NULL;
	sr_error err;
	fixture *f = fixture_tunnel();
	render(f, SR_FORMAT_JSON, 0, false, &out);
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, &err) == SR_OK);
	const sr_jval *root = sr_json_root(json), *story = sr_jval_get(root, "story");
	CHECK_INT(sr_jval_int(sr_jval_get(root, "sitrep"), 0), 1);
	CHECK_STR(sr_jval_str(sr_jval_get(story, "first_reported")), SR_STR("2031-03-02"));
	CHECK_INT(sr_jval_int(sr_jval_get(story, "origins"), 0), 4);
	const sr_jval *place = sr_jval_at(sr_jval_get(story, "places"), 1);
	CHECK(sr_jval_get(place, "lat") == NULL);
	CHECK(sr_jval_get(place, "country") == NULL);
	const sr_jval *cite = sr_jval_at(sr_jval_get(sr_jval_at(sr_jval_get(root, "unknown"), 0), "cites"), 0);
	CHECK_INT(sr_jval_int(sr_jval_get(cite, "source"), 0), 4);
	CHECK_INT(sr_jval_int(sr_jval_get(cite, "end"), 0) - sr_jval_int(sr_jval_get(cite, "start"), 0), 73);
	const sr_jval *point = sr_jval_at(sr_jval_get(sr_jval_at(sr_jval_get(root, "figures"), 0), "series"), 0);
	CHECK_INT(sr_jval_int(sr_jval_get(point, "low"), 0), 11);
	CHECK(sr_jval_get(point, "high") == NULL); /* at least 11: no upper bound is known */
	const sr_jval *changes = sr_jval_get(root, "changes");
	CHECK_INT(sr_jval_int(sr_jval_get(changes, "since"), 0), 2);
	CHECK_INT(sr_jval_len(sr_jval_get(changes, "new")), 1);
	CHECK(sr_jval_is_array(sr_jval_get(changes, "contradicted")));
	sr_json_free(json);
	sr_buf_deinit(&out);
	fixture_free(f);
}

TEST(render_dates)
{
	static const struct {
		const char *date, *until, *want;
	} cases[] = {
		{ "2031", NULL, "2031" },
		{ "2031-03", NULL, "Mar 2031" },
		{ "2031-03-04", NULL, "4 Mar" },
		{ "2030-03-04", NULL, "4 Mar 2030" },
		{ "2031-03-04T05:06Z", NULL, "4 Mar, 05:06 UTC" },
		{ "2031-03-04T05:06-03:30", NULL, "4 Mar, 05:06 -03:30" },
		{ "2031-03-04T05:06", NULL, "4 Mar, 05:06" },
		{ "2031-03-04", "2031-03-06", "4–6 Mar" },
		{ "2031-02-27", "2031-03-06", "27 Feb – 6 Mar" },
		{ "2030-12-31", "2031-01-02", "31 Dec 2030 – 2 Jan" },
		{ "2029-12-31", "2030-01-02", "31 Dec 2029 – 2 Jan 2030" },
		{ "2030-11", "2030-12", "Nov 2030 – Dec 2030" },
		{ "2031-03-04T01:00Z", "2031-03-04T02:00Z", "4 Mar" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out;
		char want[120];
		fixture *f = fixture_sparse();
		sr_event event = { .text = SR_STR("Event"), .cites = f->d.brief[0].lines[0].cites };
		test_case(cases[i].want);
		CHECK(sr_time_parse(sr_str_c(cases[i].date), &event.date));
		if (cases[i].until)
			CHECK(sr_time_parse(sr_str_c(cases[i].until), &event.until));
		f->d.timeline = &event;
		f->d.timeline_count = 1;
		render(f, SR_FORMAT_MD, 0, false, &out); /* made in 2031, so that this year is left out */
		snprintf(want, sizeof want, "- **%s** Event [1]\n", cases[i].want);
		CHECK(sr_str_find(sr_buf_str(&out), sr_str_c(want), 0) != SIZE_MAX);
		sr_buf_deinit(&out);
		fixture_free(f);
	}
}

TEST(render_display_width)
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = {
		{ "", 0 }, { "abc", 3 }, { "a\xcc\x81", 1 }, { "\xe6\x9d\xb1\xe4\xba\xac", 4 }, { "\xef\xbc\xa1", 2 },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2 }, { "\xd7\xa9\xd6\xb8", 1 }, { "\xe2\x98\x80\xef\xb8\x8f", 2 },
		{ "\xe2\x80\x94", 1 }, { "\xf0\x9f\x9a\x92", 2 }, { "x\xef\xb8\x8f", 1 }, { "\xc2\xad\xe2\x80\x8d", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].text);
		CHECK_INT(sr_str_width(sr_str_c(cases[i].text)), cases[i].width);
	}
}

TEST(render_refuses_what_it_cannot_do)
{
	sr_buf out;
	sr_error err = { 0 };
	sr_format format;
	fixture *f = fixture_tunnel();
	sr_buf_init(&out, 100);
	CHECK_INT(sr_render(&f->d, SR_FORMAT_COUNT, NULL, &out, &err), SR_E_USAGE);
	CHECK_INT(sr_render(&f->d, SR_FORMAT_MD, NULL, &out, &err), SR_E_LIMIT);
	sr_buf_deinit(&out);
	CHECK(!sr_format_parse(SR_STR("pdf"), &format));
	CHECK(sr_format_parse(SR_STR("atom"), &format) && format == SR_FORMAT_ATOM);
	/* no memory at any point is an error, never a shorter page */
	sr_buf whole;
	render(f, SR_FORMAT_TERM, 80, false, &whole);
	for (long n = 0;; n += 7) {
		sr_buf_init(&out, 0);
		sr_arena_fail_after(n);
		sr_status status = sr_render(&f->d, SR_FORMAT_TERM, NULL, &out, &err);
		sr_arena_fail_after(-1);
		bool same = sr_str_eq(sr_buf_str(&out), sr_buf_str(&whole));
		sr_buf_deinit(&out);
		if (status == SR_OK) {
			CHECK(same);
			break;
		}
		CHECK_INT(status, SR_E_NOMEM);
	}
	sr_buf_deinit(&whole);
	fixture_free(f);
}
