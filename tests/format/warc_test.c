#include "harness.h"

#include "sitrep/format/warc.h"
#include "warc_make.h"

#include <stdlib.h>
#include <string.h>

#define HTML "Content-Type: text/html; charset=utf-8\r\n"

/* "number kind status type url body[fault]" a record, and how it ended. */
static void list(sr_str archive, sr_buf *out)
{
	static const char *const kinds[] = { "other", "response", "resource", "conversion", "revisit" };
	sr_warc *w = sr_warc_new(archive);
	sr_warc_record r;
	sr_status status;
	while ((status = sr_warc_next(w, &r, NULL)) == SR_OK)
		sr_buf_printf(out, "%zu %s %d %.*s %.*s \"%.*s\"%s%s%s\n", r.number, kinds[r.kind], r.http_status, SR_FMT(r.content_type),
		              SR_FMT(r.url), (int)(r.body.len < 60 ? r.body.len : 60), r.body.ptr ? r.body.ptr : "", r.fault ? " [" : "",
		              r.fault ? r.fault : "", r.fault ? "]" : "");
	sr_buf_printf(out, "%s %zu\n", status == SR_E_NOT_FOUND ? "end" : sr_status_name(status), sr_warc_damaged(w));
	sr_warc_free(w);
}

static void check_list(const sr_buf *archive, const char *want)
{
	sr_buf got;
	sr_buf_init(&got, 0);
	list(sr_buf_str(archive), &got);
	CHECK_STR(sr_buf_str(&got), sr_str_c(want));
	sr_buf_deinit(&got);
}

static void make_small(sr_buf *b, bool packed)
{
	sr_buf_init(b, 0);
	warc_record(b, "warcinfo", "-", "application/warc-fields", SR_STR("software: x\r\n"), packed);
	warc_record(b, "request", "https://a.example/", "application/http", SR_STR("GET / HTTP/1.1\r\n\r\n"), packed);
	warc_response(b, "https://a.example/", HTML, SR_STR("<p>one</p>"), packed);
	warc_record(b, "resource", "https://a.example/r", "text/plain", SR_STR("two"), packed);
	warc_record(b, "conversion", "https://a.example/c", "text/plain", SR_STR("three"), packed);
	warc_record(b, "revisit", "https://a.example/v", "application/http", SR_STR("HTTP/1.1 200 OK\r\n\r\n"), packed);
}

#define SMALL                                                                                      \
	"1 other 0   \"\"\n2 other 0   \"\"\n3 response 200 text/html; charset=utf-8 https://a.example/ \"<p>one</p>\"\n" \
	"4 resource 0 text/plain https://a.example/r \"two\"\n5 conversion 0 text/plain https://a.example/c \"three\"\n" \
	"6 revisit 200  https://a.example/v \"\"\nend 0\n"

TEST(warc_kinds)
{
	sr_buf plain, packed, whole;
	test_case("plain");
	make_small(&plain, false);
	check_list(&plain, SMALL);
	test_case("a member a record");
	make_small(&packed, true);
	check_list(&packed, SMALL);
	test_case("all in one member");
	sr_buf_init(&whole, 0);
	warc_gzip(&whole, sr_buf_str(&plain));
	check_list(&whole, SMALL);
	test_case("padding after members");
	for (int i = 0; i < 700; i++)
		sr_buf_add_char(&packed, 0);
	check_list(&packed, SMALL);
	sr_buf_deinit(&plain);
	sr_buf_deinit(&packed);
	sr_buf_deinit(&whole);
}

TEST(warc_bodies)
{
	sr_buf a, z;
	sr_buf_init(&a, 0);
	sr_buf_init(&z, 0);
	warc_gzip(&z, SR_STR("<p>packed</p>"));
	warc_response(&a, "u1", HTML "Transfer-Encoding: chunked\r\n", SR_STR("3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\n\r\n"), false);
	warc_response(&a, "u2", HTML "Transfer-Encoding: chunked\r\n", SR_STR("<p>joined by the crawler</p>"), false);
	warc_response(&a, "u3", HTML "Content-Encoding: gzip\r\n", sr_buf_str(&z), false);
	warc_response(&a, "u4", HTML "Content-Encoding: gzip\r\n", SR_STR("<p>unpacked by the crawler</p>"), false);
	warc_response(&a, "u5", HTML "Content-Encoding: zstd\r\n", SR_STR("????"), false);
	warc_response(&a, "u6", HTML "Content-Encoding: deflate\r\n", SR_STR("\x4b\x4c\x4a\x06\x00"), false);
	warc_response(&a, "u7", HTML "Content-Encoding: gzip\r\n", sr_str_slice(sr_buf_str(&z), 0, z.len - 9), false);
	warc_response(&a, "u8", HTML "Content-Encoding: br\r\n", SR_STR("\x0b\x02\x80hello\x03"), false);
	warc_record(&a, "response", "<u9>", "application/http", SR_STR("HTTP/1.0 404 Not Found\nContent-Type: text/html\n\nno"), false);
	check_list(&a, "1 response 200 text/html; charset=utf-8 u1 \"abcdefgh\"\n"
	               "2 response 200 text/html; charset=utf-8 u2 \"<p>joined by the crawler</p>\"\n"
	               "3 response 200 text/html; charset=utf-8 u3 \"<p>packed</p>\"\n"
	               "4 response 200 text/html; charset=utf-8 u4 \"<p>unpacked by the crawler</p>\"\n"
	               "5 response 200 text/html; charset=utf-8 u5 \"????\" [in an encoding that is not read]\n"
	               "6 response 200 text/html; charset=utf-8 u6 \"abc\"\n"
	               "7 response 200 text/html; charset=utf-8 u7 \"<p>packed</p>\" [its body is damaged]\n"
	               "8 response 200 text/html; charset=utf-8 u8 \"hello\"\n"
	               "9 response 404 text/html u9 \"no\"\nend 0\n");
	sr_buf_deinit(&a);
	sr_buf_deinit(&z);
}

TEST(warc_damage)
{
	sr_buf a, b, got;
	test_case("cut off, plain");
	sr_buf_init(&a, 0);
	warc_response(&a, "u1", HTML, SR_STR("<p>one</p>"), false);
	warc_response(&a, "u2", HTML, SR_STR("<p>two</p>"), false);
	a.len -= 8;
	check_list(&a, "1 response 200 text/html; charset=utf-8 u1 \"<p>one</p>\"\n"
	               "2 response 200 text/html; charset=utf-8 u2 \"<p>two\" [cut off]\nend 0\n");
	test_case("junk between records");
	a.len = 0;
	warc_response(&a, "u1", HTML, SR_STR("<p>one</p>"), false);
	sr_buf_add_c(&a, "junk\nmore WARC/1.0 junk\n");
	warc_response(&a, "u2", HTML, SR_STR("<p>two</p>"), false);
	check_list(&a, "1 response 200 text/html; charset=utf-8 u1 \"<p>one</p>\"\n"
	               "2 response 200 text/html; charset=utf-8 u2 \"<p>two</p>\"\nend 1\n");
	test_case("no length");
	a.len = 0;
	sr_buf_add_c(&a, "WARC/1.0\r\nWARC-Type: resource\r\n\r\nbody\r\n");
	warc_response(&a, "u2", HTML, SR_STR("<p>two</p>"), false);
	check_list(&a, "1 resource 0   \"\" [without its length]\n2 response 200 text/html; charset=utf-8 u2 \"<p>two</p>\"\nend 1\n");
	test_case("a member spoilt");
	sr_buf_init(&b, 0);
	warc_response(&b, "u1", HTML, SR_STR("<p>one</p>"), true);
	size_t start = b.len;
	warc_response(&b, "u2", HTML, SR_STR("<p>two, somewhat longer than the others</p>"), true);
	memset(b.ptr + start + 60, 0x55, 90);
	warc_response(&b, "u3", HTML, SR_STR("<p>three</p>"), true);
	warc_response(&b, "u4", HTML, SR_STR("<p>four</p>"), true);
	sr_buf_init(&got, 0);
	list(sr_buf_str(&b), &got);
	CHECK(sr_str_find(sr_buf_str(&got), SR_STR("u1 \"<p>one</p>\"\n"), 0) != SIZE_MAX);
	CHECK(sr_str_find(sr_buf_str(&got), SR_STR("u3 \"<p>three</p>\"\n"), 0) != SIZE_MAX);
	CHECK(sr_str_find(sr_buf_str(&got), SR_STR("u4 \"<p>four</p>\"\nend 1\n"), 0) != SIZE_MAX);
	test_case("cut off, packed");
	b.len = 0;
	warc_response(&b, "u1", HTML, SR_STR("<p>one</p>"), true);
	warc_response(&b, "u2", HTML, SR_STR("<p>two</p>"), true);
	b.len -= 12;
	sr_buf_clear(&got);
	list(sr_buf_str(&b), &got);
	CHECK(sr_str_find(sr_buf_str(&got), SR_STR("u1 \"<p>one</p>\"\n2 response 200"), 0) != SIZE_MAX);
	sr_buf_deinit(&a);
	sr_buf_deinit(&b);
	sr_buf_deinit(&got);
	test_case("no archive");
	sr_buf plain;
	sr_buf_init(&plain, 0);
	sr_buf_add_c(&plain, "hello\nworld");
	check_list(&plain, "invalid input 0\n");
	sr_buf_deinit(&plain);
}

/* Larger records than the window's pieces, in order and whole. */
TEST(warc_large_records)
{
	sr_buf a, body;
	sr_buf_init(&a, 0);
	sr_buf_init(&body, 0);
	for (int i = 0; i < 200000; i++)
		sr_buf_printf(&body, "%d ", i * 7919);
	for (int i = 0; i < 5; i++) {
		warc_response(&a, "u", HTML, sr_buf_str(&body), true);
		warc_record(&a, "request", "u", "application/http", sr_buf_str(&body), true);
	}
	sr_warc *w = sr_warc_new(sr_buf_str(&a));
	sr_warc_record r;
	size_t whole = 0, others = 0;
	while (sr_warc_next(w, &r, NULL) == SR_OK) {
		whole += sr_str_eq(r.body, sr_buf_str(&body)) && !r.fault;
		others += r.kind == SR_WARC_OTHER && !r.fault;
	}
	CHECK_INT(whole, 5);
	CHECK_INT(others, 5);
	sr_warc_free(w);
	sr_buf_deinit(&a);
	sr_buf_deinit(&body);
}

TEST(warc_bombs)
{
	sr_buf zeros, once, a;
	sr_warc_record r;
	sr_buf_init(&zeros, 0);
	sr_buf_init(&once, 0);
	sr_buf_init(&a, 0);
	char block[65536];
	memset(block, ' ', sizeof block);
	for (int i = 0; i < 24 * 16; i++)
		sr_buf_add(&zeros, sr_str_make(block, sizeof block));
	warc_gzip(&once, sr_buf_str(&zeros));

	test_case("a packed body");
	warc_response(&a, "u1", HTML "Content-Encoding: gzip\r\n", sr_buf_str(&once), false);
	warc_response(&a, "u2", HTML, SR_STR("ok"), false);
	double start = test_cpu_ms();
	sr_warc *w = sr_warc_new(sr_buf_str(&a));
	CHECK_INT(sr_warc_next(w, &r, NULL), SR_OK);
	CHECK_CSTR(r.fault, "its body unpacks beyond the ceiling");
	CHECK_INT(sr_warc_next(w, &r, NULL), SR_OK);
	CHECK_STR(r.body, SR_STR("ok"));
	CHECK(test_cpu_ms() - start < TEST_RUNAWAY_MS);
	sr_warc_free(w);

	test_case("a packed record, and after it a good one");
	a.len = 0;
	warc_response(&a, "u1", HTML, sr_buf_str(&zeros), true);
	warc_response(&a, "u2", HTML, SR_STR("ok"), true);
	start = test_cpu_ms();
	w = sr_warc_new(sr_buf_str(&a));
	CHECK_INT(sr_warc_next(w, &r, NULL), SR_OK);
	CHECK_CSTR(r.fault, "packed too well to be true");
	CHECK_INT(sr_warc_next(w, &r, NULL), SR_OK);
	CHECK_STR(r.body, SR_STR("ok"));
	CHECK(test_cpu_ms() - start < TEST_RUNAWAY_MS);
	sr_warc_free(w);

	test_case("ten thousand member heads");
	a.len = 0;
	warc_response(&a, "u1", HTML, SR_STR("ok"), true);
	for (int i = 0; i < 10000; i++)
		sr_buf_add(&a, SR_STR("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\xFF\xFF"));
	start = test_cpu_ms();
	w = sr_warc_new(sr_buf_str(&a));
	size_t records = 0;
	while (sr_warc_next(w, &r, NULL) == SR_OK)
		records++;
	CHECK_INT(records, 1);
	CHECK(test_cpu_ms() - start < TEST_RUNAWAY_MS);
	sr_warc_free(w);
	sr_buf_deinit(&zeros);
	sr_buf_deinit(&once);
	sr_buf_deinit(&a);
}
