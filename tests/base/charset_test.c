#include "harness.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>

typedef struct decode_case {
	const char *name, *content_type;
	sr_markup markup;
	sr_str bytes;
	const char *charset;
	sr_charset_from from;
	size_t malformed;
	const char *text;
} decode_case;

#define B(literal) SR_STR_INIT(literal)

static const decode_case decode_cases[] = {
	{ "ascii", "", SR_MARKUP_NONE, B("plain"), "utf-8", SR_CHARSET_ASSUMED, 0, "plain" },
	{ "empty", "", SR_MARKUP_HTML, B(""), "utf-8", SR_CHARSET_ASSUMED, 0, "" },
	{ "utf-8 unmarked", "", SR_MARKUP_NONE, B("na\xC3\xAFve"), "utf-8", SR_CHARSET_DETECTED, 0, "naïve" },
	{ "utf-8 mark", "", SR_MARKUP_NONE, B("\xEF\xBB\xBFx\xC3\xA9"), "utf-8", SR_CHARSET_BOM, 0, "xé" },
	{ "mark beats header", "text/html; charset=koi8-r", SR_MARKUP_HTML, B("\xEF\xBB\xBF\xC3\xA9"), "utf-8", SR_CHARSET_BOM, 0, "é" },
	{ "utf-16le mark", "", SR_MARKUP_NONE, B("\xFF\xFEh\0i\0\xAC\x20"), "utf-16le", SR_CHARSET_BOM, 0, "hi€" },
	{ "utf-16be mark, surrogates", "", SR_MARKUP_NONE, B("\xFE\xFF\xD8\x3D\xDE\x00\0!"), "utf-16be", SR_CHARSET_BOM, 0, "😀!" },
	{ "utf-16le lone surrogate", "", SR_MARKUP_NONE, B("\xFF\xFE\x3D\xD8!\0"), "utf-16le", SR_CHARSET_BOM, 1, "\xEF\xBF\xBD!" },
	{ "utf-16 odd end", "", SR_MARKUP_NONE, B("\xFF\xFEh\0i"), "utf-16le", SR_CHARSET_BOM, 1, "h\xEF\xBF\xBD" },
	{ "utf-32le mark", "", SR_MARKUP_NONE, B("\xFF\xFE\0\0h\0\0\0\xAC\x20\0\0"), "utf-32le", SR_CHARSET_BOM, 0, "h€" },
	{ "utf-32be mark", "", SR_MARKUP_NONE, B("\0\0\xFE\xFF\0\0\0h"), "utf-32be", SR_CHARSET_BOM, 0, "h" },
	{ "utf-16le bare", "", SR_MARKUP_XML, B("<\0?\0x\0m\0l\0>\0"), "utf-16le", SR_CHARSET_DETECTED, 0, "<?xml>" },
	{ "utf-16be bare", "", SR_MARKUP_XML, B("\0<\0?\0x\0m\0l\0>"), "utf-16be", SR_CHARSET_DETECTED, 0, "<?xml>" },
	{ "utf-32be bare", "", SR_MARKUP_NONE, B("\0\0\0a\0\0\0b\0\0\0c"), "utf-32be", SR_CHARSET_DETECTED, 0, "abc" },
	{ "utf-16 claimed but is not", "text/plain; charset=utf-16le", SR_MARKUP_NONE, B("\xFF\xFEo\0k\0"), "utf-16le", SR_CHARSET_BOM, 0, "ok" },
	{ "latin1 is 1252", "text/html; charset=ISO-8859-1", SR_MARKUP_HTML, B("\x93quoted\x94 caf\xE9"), "windows-1252", SR_CHARSET_TRANSPORT, 0, "“quoted” café" },
	{ "quoted parameter", "text/html; x=1; Charset = \"Windows-1251\"", SR_MARKUP_HTML, B("\xCC\xE8\xF0"), "windows-1251", SR_CHARSET_TRANSPORT, 0, "Мир" },
	{ "unknown label falls to meta", "text/html; charset=nonsense", SR_MARKUP_HTML, B("<meta charset=koi8-u>\xED\xC9\xD2"), "koi8-u", SR_CHARSET_DECLARED, 0, "<meta charset=koi8-u>Мир" },
	{ "meta http-equiv", "", SR_MARKUP_HTML, B("<META content='text/html; charset=cp1251' http-equiv=Content-Type>\xCC"), "windows-1251", SR_CHARSET_DECLARED, 0, "<META content='text/html; charset=cp1251' http-equiv=Content-Type>М" },
	{ "meta in a comment", "", SR_MARKUP_HTML, B("<!-- <meta charset=koi8-r> --><meta charset=\"windows-1253\">\xE1"), "windows-1253", SR_CHARSET_DECLARED, 0, "<!-- <meta charset=koi8-r> --><meta charset=\"windows-1253\">α" },
	{ "meta says utf-16", "", SR_MARKUP_HTML, B("<meta charset=utf-16>\xC3\xA9"), "utf-8", SR_CHARSET_DECLARED, 0, "<meta charset=utf-16>é" },
	{ "content without pragma", "", SR_MARKUP_HTML, B("<meta content='x; charset=koi8-r'>\xC3\xA9"), "utf-8", SR_CHARSET_DETECTED, 0, "<meta content='x; charset=koi8-r'>é" },
	{ "xml declaration", "", SR_MARKUP_XML, B("<?xml version='1.0' encoding='iso-8859-2'?>\xB1"), "iso-8859-2", SR_CHARSET_DECLARED, 0, "<?xml version='1.0' encoding='iso-8859-2'?>ą" },
	{ "declared latin but is utf-8", "text/html; charset=iso-8859-1", SR_MARKUP_HTML, B("caf\xC3\xA9"), "utf-8", SR_CHARSET_DETECTED, 0, "café" },
	{ "declared utf-8, some damage", "text/html; charset=utf-8", SR_MARKUP_HTML, B("\xC3\xA9\xC3\xA8\xC3\xA0 \xFF"), "utf-8", SR_CHARSET_TRANSPORT, 1, "éèà \xEF\xBF\xBD" },
	{ "two bytes may be gbk", "text/html; charset=gb2312", SR_MARKUP_HTML, B("\xC1\xAA\xCD\xA8"), "gbk", SR_CHARSET_TRANSPORT, 0, "联通" },
	{ "shift_jis", "text/html; charset=x-sjis", SR_MARKUP_HTML, B("\x93\xFA\x96\x7B"), "shift_jis", SR_CHARSET_TRANSPORT, 0, "日本" },
	{ "euc-kr reads uhc", "text/html; charset=ks_c_5601-1987", SR_MARKUP_HTML, B("\xC7\xD1\x81\x41"), "euc-kr", SR_CHARSET_TRANSPORT, 0, "한갂" },
	{ "big5", "text/html; charset=big5", SR_MARKUP_HTML, B("\xA4\xA4\xA4\xE5"), "big5", SR_CHARSET_TRANSPORT, 0, "中文" },
	{ "gb18030 four bytes", "text/html; charset=gb18030", SR_MARKUP_HTML, B("\x94\x39\xDA\x33"), "gb18030", SR_CHARSET_TRANSPORT, 0, "\xF0\x9F\x92\xA9" },
	{ "euc-jp malformed", "text/html; charset=euc-jp", SR_MARKUP_HTML, B("\xC6\xFC\xFF!"), "euc-jp", SR_CHARSET_TRANSPORT, 1, "日\xEF\xBF\xBD!" },
	{ "iso-2022-jp", "text/plain; charset=iso-2022-jp", SR_MARKUP_NONE, B("\x1B$BF|K\\\x1B(B."), "iso-2022-jp", SR_CHARSET_TRANSPORT, 0, "日本." },
	{ "iso-8859-16", "text/plain; charset=iso-8859-16", SR_MARKUP_NONE, B("\xAA\xDE\xA4"), "iso-8859-16", SR_CHARSET_TRANSPORT, 0, "ȘȚ€" },
	{ "user-defined", "text/plain; charset=x-user-defined", SR_MARKUP_NONE, B("a\x80\xFF"), "x-user-defined", SR_CHARSET_TRANSPORT, 0, "a\xEF\x9E\x80\xEF\x9F\xBF" },
	{ "replacement", "text/html; charset=hz-gb-2312", SR_MARKUP_HTML, B("~{<script>"), "replacement", SR_CHARSET_TRANSPORT, 1, "\xEF\xBF\xBD" },
	{ "iso-8859-8-i", "text/html; charset=logical", SR_MARKUP_HTML, B("\xF9\xEC\xE5\xED"), "iso-8859-8-i", SR_CHARSET_TRANSPORT, 0, "שלום" },
	{ "short and foreign", "", SR_MARKUP_NONE, B("\x80"), "windows-1252", SR_CHARSET_ASSUMED, 0, "€" },
};

TEST(charset_decode)
{
	sr_arena *arena = sr_arena_new(0);
	for (size_t i = 0; i < sizeof decode_cases / sizeof *decode_cases; i++) {
		const decode_case *c = &decode_cases[i];
		sr_decoded d;
		sr_error err;
		test_case(c->name);
		if (sr_charset_decode(c->bytes, sr_str_c(c->content_type), c->markup, arena, &d, &err) != SR_OK) {
			test_fail(__FILE__, __LINE__, "%s", err.message);
			continue;
		}
		CHECK_STR(d.charset, sr_str_c(c->charset));
		CHECK_INT(d.from, c->from);
		CHECK_INT(d.malformed, c->malformed);
		CHECK_STR(d.text, sr_str_c(c->text));
	}
	sr_arena_free(arena);
}

/* A paragraph long enough for statistics, encoded by each legacy charset and given bare. */
TEST(charset_detects_bare_legacy_text)
{
	static const struct {
		const char *charset, *bytes, *has;
	} cases[] = {
		{ "windows-1251", "\xC2 \xE3\xEE\xF0\xEE\xE4\xE5 \xEF\xF0\xEE\xF8\xEB\xEE \xE1\xEE\xEB\xFC\xF8\xEE\xE5 \xF1\xEE\xE1\xF0\xE0\xED\xE8\xE5 \xE6\xE8\xF2\xE5\xEB\xE5\xE9, "
		                  "\xED\xE0 \xEA\xEE\xF2\xEE\xF0\xEE\xEC \xE3\xEE\xE2\xEE\xF0\xE8\xEB\xE8 \xEE \xE2\xEE\xE4\xE5 \xE8 \xEE \xE4\xEE\xF0\xEE\xE3\xE0\xF5.", "собрание" },
		{ "koi8-r", "\xF7 \xC7\xCF\xD2\xCF\xC4\xC5 \xD0\xD2\xCF\xDB\xCC\xCF \xC2\xCF\xCC\xD8\xDB\xCF\xC5 \xD3\xCF\xC2\xD2\xC1\xCE\xC9\xC5 \xD6\xC9\xD4\xC5\xCC\xC5\xCA, "
		            "\xCE\xC1 \xCB\xCF\xD4\xCF\xD2\xCF\xCD \xC7\xCF\xD7\xCF\xD2\xC9\xCC\xC9 \xCF \xD7\xCF\xC4\xC5 \xC9 \xCF \xC4\xCF\xD2\xCF\xC7\xC1\xC8.", "собрание" },
		{ "windows-1252", "Le maire a d\xE9""clar\xE9 que la d\xE9""cision \xE9tait prise et que l\x92""eau serait coup\xE9""e apr\xE8s la f\xEAte.", "l’eau" },
	};
	sr_arena *arena = sr_arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_decoded d;
		test_case(cases[i].charset);
		REQUIRE(sr_charset_decode(sr_str_c(cases[i].bytes), (sr_str){ 0 }, SR_MARKUP_NONE, arena, &d, NULL) == SR_OK);
		CHECK_STR(d.charset, sr_str_c(cases[i].charset));
		CHECK(sr_str_find(d.text, sr_str_c(cases[i].has), 0) != SIZE_MAX);
	}
	sr_arena_free(arena);
}

TEST(charset_claimed_utf8_that_is_not)
{
	sr_arena *arena = sr_arena_new(0);
	sr_decoded d;
	sr_str bytes = SR_STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>La d\xE9""cision du maire est tomb\xE9""e apr\xE8s le d\xEEner.");
	REQUIRE(sr_charset_decode(bytes, (sr_str){ 0 }, SR_MARKUP_XML, arena, &d, NULL) == SR_OK);
	CHECK_STR(d.charset, SR_STR("windows-1252"));
	CHECK_STR(d.claimed, SR_STR("utf-8"));
	CHECK(sr_str_find(d.text, SR_STR("décision"), 0) != SIZE_MAX);
	sr_arena_free(arena);
}

/* Every label of the table opens, and ASCII letters read back as themselves where they must. */
TEST(charset_every_label_converts)
{
	sr_str rest = sr_data("charset-labels.tsv"), f[3];
	size_t labels = 0;
	while (sr_tsv_next(&rest, f, 3)) {
		sr_buf out;
		sr_buf_init(&out, 0);
		labels++;
		if (sr_charset_convert(f[0], SR_STR("abcd"), &out, NULL) != SR_OK)
			test_fail(__FILE__, __LINE__, "no converter for %.*s", SR_FMT(f[0]));
		else if (!sr_str_starts(f[1], SR_STR("utf-16")) && !sr_str_starts(f[1], SR_STR("utf-32")) &&
		         !sr_str_eq(f[1], SR_STR("replacement")))
			CHECK_STR(sr_buf_str(&out), SR_STR("abcd"));
		sr_buf_deinit(&out);
	}
	CHECK(labels >= 228); /* the standard's count */
	CHECK_STR(sr_charset_lookup(SR_STR(" LATIN1\n")), SR_STR("windows-1252"));
	CHECK(sr_str_empty(sr_charset_lookup(SR_STR("latin"))));
	CHECK_INT(sr_charset_convert(SR_STR("no such"), SR_STR("x"), &(sr_buf){ 0 }, NULL), SR_E_UNSUPPORTED);
}

/* Characters that lie across the converter's pieces come out whole. */
TEST(charset_pieces_meet)
{
	size_t n = 30000;
	char *bytes = malloc(n * 4);
	REQUIRE(bytes);
	for (size_t i = 0; i < n; i++)
		memcpy(bytes + i * 4, "\x3D\xD8\x00\xDE", 4);
	sr_buf out;
	size_t malformed, wrong = 0;
	sr_buf_init(&out, 0);
	CHECK_INT(sr_charset_convert(SR_STR("utf-16le"), sr_str_make(bytes + 2, n * 4 - 2), &out, &malformed), SR_OK);
	CHECK_INT(malformed, 1);
	CHECK_INT(out.len, 3 + (n - 1) * 4);
	for (size_t i = 3; i + 4 <= out.len; i += 4)
		wrong += memcmp(out.ptr + i, "\xF0\x9F\x98\x80", 4) != 0;
	CHECK_INT(wrong, 0);
	sr_buf_deinit(&out);
	free(bytes);
}
