/* The HTML page and the Atom feed are well-formed XML, which lets an XML parser judge them: nothing
 * stands in them but the elements, attributes and addresses that we write. */
#include "fixture.h"
#include "harness.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"
#include "sitrep/base/map.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

typedef struct seen {
	sr_arena *arena;
	sr_strmap ids;
	SR_VEC(sr_str) links; /* to places of the page */
	size_t elements, outside, marks;
	int heading;
} seen;

static bool listed(const char *list, const char *name)
{
	char key[64];
	snprintf(key, sizeof key, " %s ", name);
	return strstr(list, key) != NULL;
}

static const char html_elements[] = " html head meta title style body a header p h1 h2 h3 dl div dt dd nav ul ol li main section article table thead "
                                    "tbody tr th td span b bdi mark figure blockquote figcaption time svg rect footer ";
static const char html_attributes[] = " lang charset http-equiv content name class id href rel aria-label aria-labelledby aria-hidden role scope dir "
                                      "datetime width height x ";

static void check_link(seen *s, sr_str href)
{
	if (sr_str_starts(href, SR_STR("#"))) {
		sr_str *link = SR_PUSH(s->arena, &s->links);
		if (link)
			*link = sr_str_dup(s->arena, sr_str_slice(href, 1, href.len));
		return;
	}
	s->outside++;
	if (!sr_str_starts(href, SR_STR("http://")) && !sr_str_starts(href, SR_STR("https://")))
		test_fail(__FILE__, __LINE__, "a link to \"%.*s\"", SR_FMT(href));
}

static void check_attribute(seen *s, const char *element, const char *name, sr_str value)
{
	if (!listed(html_attributes, name))
		test_fail(__FILE__, __LINE__, "attribute %s in <%s>", name, element);
	if (strcmp(name, "id") == 0) {
		int64_t *count = sr_strmap_put(&s->ids, value);
		if (count && ++*count > 1)
			test_fail(__FILE__, __LINE__, "id \"%.*s\" stands twice", SR_FMT(value));
	}
	if (strcmp(name, "href") == 0)
		check_link(s, value);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	seen *s = ctx;
	const char *element = (const char *)name;
	s->elements++;
	s->marks += strcmp(element, "mark") == 0;
	if (!listed(html_elements, element))
		test_fail(__FILE__, __LINE__, "element <%s>", element);
	if (element[0] == 'h' && element[1] >= '1' && element[1] <= '6' && !element[2]) {
		int level = element[1] - '0';
		if (level > s->heading + 1)
			test_fail(__FILE__, __LINE__, "h%d follows h%d", level, s->heading);
		s->heading = level;
	}
	for (size_t i = 0; attributes && attributes[i]; i += 2)
		check_attribute(s, element, (const char *)attributes[i], sr_str_c((const char *)attributes[i + 1]));
}

/* The parser would print. */
static void quiet(void *ctx, const char *format, ...)
{
	(void)ctx;
	(void)format;
}

static void parse(sr_str text, seen *s, startElementSAXFunc start)
{
	xmlSAXHandler sax = { .startElement = start, .error = quiet, .warning = quiet };
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, s, NULL, 0, NULL);
	if (!parser || xmlParseChunk(parser, text.ptr, (int)text.len, 1) != 0)
		test_fail(__FILE__, __LINE__, "not well-formed: %s", parser && parser->lastError.message ? parser->lastError.message : "?");
	xmlFreeParserCtxt(parser);
}

static void render(const fixture *f, sr_format format, bool texts, sr_buf *out)
{
	sr_render_options options = { .texts = f->texts, .text_count = texts ? f->text_count : 0 };
	sr_buf_init(out, 0);
	CHECK_INT(sr_render(&f->d, format, &options, out, NULL), SR_OK);
}

static void check_page(fixture *f, bool texts, size_t outside_at_most, size_t marks_at_least)
{
	sr_buf out;
	seen s = { .arena = f->arena };
	sr_strmap_init(&s.ids, f->arena);
	render(f, SR_FORMAT_HTML, texts, &out);
	parse(sr_buf_str(&out), &s, on_start);
	CHECK(s.elements > 20);
	CHECK(s.outside <= outside_at_most);
	CHECK(s.marks >= marks_at_least);
	for (size_t i = 0; i < s.links.count; i++)
		if (!sr_strmap_get(&s.ids, s.links.items[i]))
			test_fail(__FILE__, __LINE__, "a link to #%.*s, which is not there", SR_FMT(s.links.items[i]));
	sr_buf_deinit(&out);
}

TEST(render_html_holds_nothing_but_our_markup)
{
	fixture *tunnel = fixture_tunnel(), *hostile = fixture_hostile(), *sparse = fixture_sparse();
	test_case("tunnel");
	check_page(tunnel, true, 2, 20);
	test_case("without texts");
	check_page(tunnel, false, 2, 0);
	test_case("hostile");
	check_page(hostile, true, 2, 0);
	test_case("sparse");
	check_page(sparse, true, 0, 1);
	fixture_free(tunnel);
	fixture_free(hostile);
	fixture_free(sparse);
}

static void on_feed(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	seen *s = ctx;
	s->elements++;
	if (!listed(" feed id title updated author name generator entry link content ", (const char *)name))
		test_fail(__FILE__, __LINE__, "element <%s>", (const char *)name);
	for (size_t i = 0; attributes && attributes[i]; i += 2)
		if (strcmp((const char *)attributes[i], "href") == 0)
			check_link(s, sr_str_c((const char *)attributes[i + 1]));
}

TEST(render_atom_is_well_formed)
{
	fixture *fixtures[] = { fixture_tunnel(), fixture_hostile(), fixture_sparse() };
	for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
		sr_buf out;
		seen s = { .arena = fixtures[i]->arena };
		test_case(i == 0 ? "tunnel" : i == 1 ? "hostile" : "sparse");
		render(fixtures[i], SR_FORMAT_ATOM, false, &out);
		parse(sr_buf_str(&out), &s, on_feed);
		CHECK_INT(s.elements >= 6 + 4 * fixtures[i]->d.update_count, 1);
		sr_buf_deinit(&out);
		fixture_free(fixtures[i]);
	}
}

TEST(render_html_cites_read_as_numbers)
{
	sr_buf out;
	fixture *f = fixture_tunnel();
	render(f, SR_FORMAT_HTML, true, &out);
	sr_str page = sr_buf_str(&out);
	CHECK(sr_str_find(page, SR_STR(">[1]</a><a "), 0) != SIZE_MAX);
	CHECK(sr_str_find(page, SR_STR("<mark>17 people had been treated</mark>, according to the clinic."), 0) != SIZE_MAX);
	CHECK(sr_str_find(page, SR_STR("default-src 'none'; style-src 'sha256-"), 0) != SIZE_MAX);
	CHECK(sr_str_find(page, SR_STR("http-equiv=\"Content-Security-Policy\""), 0) < sr_str_find(page, SR_STR("<style>"), 0));
	CHECK(sr_str_find(page, sr_data("web/dossier.css"), 0) != SIZE_MAX);
	CHECK(sr_str_find(sr_data("web/dossier.css"), SR_STR("url("), 0) == SIZE_MAX);
	CHECK(sr_str_find(sr_data("web/dossier.css"), SR_STR("@import"), 0) == SIZE_MAX);
	sr_buf_deinit(&out);
	fixture_free(f);
}

/* A browser refuses the style sheet unless the policy's hash, in base64, is that of the element. */
TEST(render_html_policy_has_the_hash_of_the_style)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char want[SR_SHA256_HEX + 1], got[SR_SHA256_HEX + 8] = { 0 };
	unsigned bits = 0, held = 0;
	size_t n = 0;
	sr_buf out;
	fixture *f = fixture_sparse();
	render(f, SR_FORMAT_HTML, true, &out);
	sr_str page = sr_buf_str(&out), lead = SR_STR("'sha256-");
	size_t start = sr_str_find(page, lead, 0), style = sr_str_find(page, SR_STR("<style>"), 0), end = sr_str_find(page, SR_STR("</style>"), 0);
	REQUIRE(start != SIZE_MAX && style != SIZE_MAX && end != SIZE_MAX);
	for (size_t i = start + lead.len; i < start + lead.len + 43; i++) {
		const char *digit = strchr(digits, page.ptr[i]);
		REQUIRE(digit);
		bits = bits << 6 | (unsigned)(digit - digits);
		held += 6;
		for (; held >= 4 && n < SR_SHA256_HEX; held -= 4)
			got[n++] = "0123456789abcdef"[bits >> (held - 4) & 15];
	}
	sr_sha256_hex(sr_str_slice(page, style + 7, end), want);
	CHECK_CSTR(got, want);
	CHECK(sr_str_starts(sr_str_slice(page, start + lead.len + 43, page.len), SR_STR("='")));
	sr_buf_deinit(&out);
	fixture_free(f);
}
