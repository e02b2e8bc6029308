#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/base/map.h"
#include "sitrep/base/time.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdio.h>
#include <string.h>

TEST(base_arena_ceiling_and_alignment)
{
	sr_arena *a = sr_arena_new(64 << 10);
	REQUIRE(a);
	void *p = sr_arena_alloc(a, 3);
	CHECK_INT((uintptr_t)p % 16, 0);
	CHECK(sr_arena_alloc(a, 1 << 20) == NULL);
	CHECK(sr_arena_alloc(a, 100) != NULL);
	CHECK(sr_arena_array(a, SIZE_MAX / 2, 4) == NULL);
	sr_arena_free(a);
}

TEST(base_arena_reset_keeps_room)
{
	enum { PIECES = 5, PIECE = 10 << 10 };
	sr_arena *a = sr_arena_new(64 << 10);
	REQUIRE(a);
	/* what fitted below the ceiling before a reset fits after it, zeroed */
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < PIECES; i++) {
			char *p = sr_arena_alloc(a, PIECE);
			REQUIRE(p);
			CHECK_INT(p[0] | p[PIECE - 1], 0);
			memset(p, 1, PIECE);
		}
		CHECK_INT(sr_arena_used(a), PIECES * PIECE);
		CHECK(sr_arena_alloc(a, 64 << 10) == NULL);
		sr_arena_reset(a);
		CHECK_INT(sr_arena_used(a), 0);
	}
	sr_arena_free(a);
}

TEST(base_arena_injected_failure)
{
	sr_arena *a = sr_arena_new(0);
	REQUIRE(a);
	sr_arena_fail_after(1);
	CHECK(sr_arena_alloc(a, 8) != NULL);
	CHECK(sr_arena_alloc(a, 8) == NULL);
	sr_arena_fail_after(-1);
	CHECK(sr_arena_alloc(a, 8) != NULL);
	sr_arena_free(a);
}

TEST(base_vec_grows_in_place_of_itself)
{
	sr_arena *a = sr_arena_new(0);
	SR_VEC(uint32_t) v = { 0 };
	for (uint32_t i = 0; i < 1000; i++) {
		uint32_t *slot = SR_PUSH(a, &v);
		REQUIRE(slot);
		*slot = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		if (v.items[i] != i)
			test_fail(__FILE__, __LINE__, "item %u is %u", i, v.items[i]);
	sr_arena_free(a);
}

TEST(base_buf_ceiling_is_sticky)
{
	sr_buf b;
	sr_buf_init(&b, 10);
	sr_buf_add_c(&b, "12345678");
	sr_buf_add_c(&b, "abc");
	CHECK_INT(sr_buf_status(&b), SR_E_LIMIT);
	sr_buf_add_c(&b, "x");
	CHECK_STR(sr_buf_str(&b), SR_STR("12345678"));
	sr_buf_deinit(&b);
}

TEST(base_error_messages_hold_no_control_characters)
{
	sr_error e = { 0 };
	CHECK_INT(sr_fail(&e, SR_E_INVALID, "bad \x1b[31m name\n"), SR_E_INVALID);
	CHECK_CSTR(e.message, "bad  [31m name ");
	sr_error_prefix(&e, "file %d", 7);
	CHECK_CSTR(e.message, "file 7: bad  [31m name ");
}

TEST(base_str_lines_and_fields)
{
	sr_str rest = SR_STR("one\r\ntwo\n\nfour"), line;
	const char *want[] = { "one", "two", "", "four" };
	for (size_t i = 0; i < 4; i++) {
		REQUIRE(sr_str_next_line(&rest, &line));
		CHECK_STR(line, sr_str_c(want[i]));
	}
	CHECK(!sr_str_next_line(&rest, &line));
	CHECK_STR(sr_str_trim(SR_STR(" \t\xc2\xa0x y\xe2\x80\x83\n")), SR_STR("x y"));
	CHECK_INT(sr_str_find_nocase(SR_STR("Die Straße"), SR_STR("STRA"), 0), 4);
}

TEST(base_utf8_table)
{
	/* Unicode 15, tables 3-8 to 3-11: maximal subparts each become one U+FFFD */
	static const struct {
		const char *name, *in;
		size_t len, replacements;
	} cases[] = {
		{ "ascii", "abc", 3, 0 },
		{ "overlong", "\xC0\xAF", 2, 2 },
		{ "surrogate", "\xED\xA0\x80", 3, 3 },
		{ "beyond the last plane", "\xF4\x91\x92\x93", 4, 4 },
		{ "truncated in the middle", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 9, 4 },
		{ "lone continuation", "\x80", 1, 1 },
		{ "four bytes", "\xF0\x9F\x98\x80", 4, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out;
		test_case(cases[i].name);
		sr_buf_init(&out, 0);
		sr_str s = sr_str_make(cases[i].in, cases[i].len);
		CHECK_INT(sr_utf8_valid(s), cases[i].replacements == 0);
		CHECK_INT(sr_utf8_repair(&out, s), cases[i].replacements);
		CHECK(sr_utf8_valid(sr_buf_str(&out)));
		sr_buf_deinit(&out);
	}
}

TEST(base_utf8_prev_mirrors_next)
{
	sr_str s = SR_STR("aé€😀z");
	size_t at[8], n = 0, pos = 0;
	while (pos < s.len) {
		at[n++] = pos;
		sr_utf8_next(s, &pos);
	}
	while (n--) {
		sr_utf8_prev(s, &pos);
		CHECK_INT(pos, at[n]);
	}
}

TEST(base_time_parse_and_write)
{
	static const char *const same[] = { "2025", "2025-11", "2025-11-04", "2025-11-04T10:00", "2025-11-04T10:00:00Z",
		                                "2025-11-04T10:00:59+02:00", "2024-02-29", "0001-01-01" };
	static const char *const bad[] = { "", "25", "2025-13", "2025-02-29", "2025-11-04T25:00", "2025-11-04x", "0000",
		                               "2025-11-", "2025-11-04T10:00:00+99:00" };
	sr_arena *a = sr_arena_new(0);
	sr_time t;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		REQUIRE(sr_time_parse(sr_str_c(same[i]), &t));
		CHECK_STR(sr_time_format(a, t), sr_str_c(same[i]));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (sr_time_parse(sr_str_c(bad[i]), &t))
			test_fail(__FILE__, __LINE__, "\"%s\" was read as a time", bad[i]);
	REQUIRE(sr_time_parse(SR_STR("2025-11-04 10:00:59.123+0200"), &t));
	CHECK_STR(sr_time_format(a, t), SR_STR("2025-11-04T10:00:59+02:00"));
	sr_arena_free(a);
}

TEST(base_time_calendar)
{
	int y, m, d, w;
	CHECK_INT(sr_days_from_civil(1970, 1, 1), 0);
	CHECK_INT(sr_days_from_civil(2000, 3, 1), 11017);
	for (int32_t day = -200000; day < 200000; day += 37) {
		sr_civil_from_days(day, &y, &m, &d);
		if (sr_days_from_civil(y, m, d) != day)
			test_fail(__FILE__, __LINE__, "day %d does not come back", (int)day);
	}
	CHECK_INT(sr_weekday(2025, 11, 4), 1);
	sr_iso_week(2027, 1, 1, &y, &w);
	CHECK_INT(y, 2026);
	CHECK_INT(w, 53);
	sr_time t = sr_time_add_months(sr_time_date(2024, 1, 31), 1);
	CHECK_INT(t.day, 29);
	CHECK_INT(sr_time_epoch(sr_time_from_epoch(1730714400)), 1730714400);
	CHECK(sr_time_cmp(sr_time_date(2025, 1, 2), SR_TIME_NONE) < 0);
}

TEST(base_json_round_trip)
{
	sr_buf out;
	sr_jsonw w;
	sr_json *json;
	sr_error e;
	sr_buf_init(&out, 0);
	sr_jsonw_init(&w, &out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "s", SR_STR("a\"\\\n</script>\xE2\x80\xA8\xff"));
	sr_jsonw_kv_double(&w, "x", 0.1);
	sr_jsonw_key(&w, "list");
	sr_jsonw_array(&w);
	sr_jsonw_int(&w, -3);
	sr_jsonw_null(&w);
	sr_jsonw_array_end(&w);
	sr_jsonw_object_end(&w);
	CHECK_STR(sr_buf_str(&out),
	          SR_STR("{\"s\":\"a\\\"\\\\\\n\\u003c/script>\\u2028\xEF\xBF\xBD\",\"x\":0.1,\"list\":[-3,null]}"));
	REQUIRE(sr_json_parse(sr_buf_str(&out), &json, &e) == SR_OK);
	const sr_jval *root = sr_json_root(json);
	CHECK_INT(sr_jval_int(sr_jval_at(sr_jval_get(root, "list"), 0), 0), -3);
	CHECK_INT(sr_jval_str(sr_jval_get(root, "s")).len, 19);
	sr_json_free(json);
	sr_buf_deinit(&out);
}

TEST(base_json_refuses)
{
	static const char *const bad[] = { "", "{", "{\"a\":1} x", "[1,]", "{'a':1}", "\"\xff\"", "nul" };
	sr_json *json;
	sr_error e;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		test_case(bad[i]);
		CHECK_INT(sr_json_parse(sr_str_c(bad[i]), &json, &e), SR_E_INVALID);
	}
	test_case("too deep");
	char deep[200];
	memset(deep, '[', sizeof deep);
	CHECK_INT(sr_json_parse(sr_str_make(deep, sizeof deep), &json, &e), SR_E_INVALID);
}

TEST(base_sha256_vectors)
{
	/* FIPS 180-4 examples */
	char hex[SR_SHA256_HEX + 1], million[1000];
	sr_sha256_hex(SR_STR(""), hex);
	CHECK_CSTR(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	sr_sha256_hex(SR_STR("abc"), hex);
	CHECK_CSTR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sr_sha256_hex(SR_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hex);
	CHECK_CSTR(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	memset(million, 'a', sizeof million);
	sr_sha256_hex(sr_str_make(million, sizeof million), hex);
	CHECK_CSTR(hex, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
}

TEST(base_strmap)
{
	sr_arena *a = sr_arena_new(0);
	sr_strmap map;
	sr_strmap_init(&map, a);
	for (int i = 0; i < 2000; i++) {
		char key[16];
		snprintf(key, sizeof key, "k%d", i % 1000);
		int64_t *v = sr_strmap_put(&map, sr_str_c(key));
		REQUIRE(v);
		*v += i;
	}
	CHECK_INT(map.count, 1000);
	CHECK_INT(*sr_strmap_get(&map, SR_STR("k7")), 7 + 1007);
	CHECK(sr_strmap_get(&map, SR_STR("k1000")) == NULL);
	CHECK_STR(map.entries[3].key, SR_STR("k3"));
	sr_arena_free(a);
}

TEST(base_unicode_fold_and_nfc)
{
	sr_arena *a = sr_arena_new(0);
	sr_buf b;
	CHECK_STR(sr_fold_dup(a, SR_STR("Jörgen’s “ÉTÉ”–x")), SR_STR("jorgen's \"ete\"-x"));
	sr_buf_init(&b, 0);
	CHECK_INT(sr_nfc(&b, SR_STR("e\xCC\x81")), SR_OK);
	CHECK_STR(sr_buf_str(&b), SR_STR("\xC3\xA9"));
	sr_buf_deinit(&b);
	sr_arena_free(a);
}

/* What folds without ICU folds as with it: a letter that needs ICU, beside it, must change nothing. */
TEST(base_unicode_fold_alone)
{
	sr_buf alone, beside;
	sr_buf_init(&alone, 0);
	sr_buf_init(&beside, 0);
	for (uint32_t cp = 1; cp < 0x2100; cp = cp == 0x7F ? 0x2010 : cp + 1) {
		sr_buf_clear(&alone);
		sr_buf_clear(&beside);
		char bytes[16] = "aB";
		size_t n = 2 + sr_utf8_encode(cp, bytes + 2);
		sr_fold(&alone, sr_str_make(bytes, n));
		memcpy(bytes + n, "\xC3\xB8", 2); /* ø */
		sr_fold(&beside, sr_str_make(bytes, n + 2));
		CHECK_STR(sr_buf_str(&alone), sr_str_slice(sr_buf_str(&beside), 0, beside.len - 2));
	}
	sr_buf_deinit(&alone);
	sr_buf_deinit(&beside);
}

TEST(base_arena_take)
{
	sr_arena *a = sr_arena_new(0), *b = sr_arena_new(0), *empty = sr_arena_new(0);
	REQUIRE(a && b && empty);
	char *mine = SR_NEW_ARRAY(a, char, 100), *small = SR_NEW_ARRAY(b, char, 100), *large = SR_NEW_ARRAY(b, char, 5 << 20);
	REQUIRE(mine && small && large);
	mine[99] = small[99] = large[(5 << 20) - 1] = 'x';
	size_t used = sr_arena_used(a) + sr_arena_used(b);
	sr_arena_take(a, b);
	sr_arena_take(a, NULL);
	CHECK(sr_arena_used(a) == used);
	sr_arena_take(empty, a);
	CHECK(sr_arena_used(empty) == used && mine[99] == 'x' && small[99] == 'x' && large[(5 << 20) - 1] == 'x');
	CHECK(SR_NEW_ARRAY(empty, char, 1 << 20) != NULL);
	sr_arena_free(empty);
}

TEST(base_unicode_words)
{
	sr_str text = SR_STR("It's 3.5 km—à Oslo.");
	static const char *const want[] = { "It's", "3.5", "km", "à", "Oslo" };
	sr_words *words = sr_words_new();
	sr_span s;
	bool is_word;
	size_t n = 0;
	REQUIRE(words && sr_words_start(words, text) == SR_OK);
	while (sr_words_next(words, &s, &is_word))
		if (is_word && n < 5)
			CHECK_STR(sr_span_of(text, s), sr_str_c(want[n++]));
	CHECK_INT(n, 5);
	sr_words_free(words);
}

TEST(base_file_outcomes)
{
	sr_buf b;
	sr_error e;
	sr_buf_init(&b, 0);
	CHECK_INT(sr_file_read("/nonexistent/x", 100, &b, &e), SR_E_NOT_FOUND);
	CHECK_INT(sr_file_read("/", 100, &b, &e), SR_E_INVALID);
	CHECK_CSTR(e.message, "is a folder");
	CHECK_INT(sr_file_read(test_path("CMakeLists.txt"), 10, &b, &e), SR_E_LIMIT);
	sr_buf_deinit(&b);
}

TEST(base_vec_of_many_megabytes_leaves_no_copies)
{
	sr_arena *a = sr_arena_new((size_t)100 << 20);
	SR_VEC(uint64_t) v = { 0 }, other = { 0 };
	for (uint64_t i = 0; i < 6000000; i++) {
		uint64_t *slot = SR_PUSH(a, &v), *second = i % 1000 ? &(uint64_t){ 0 } : SR_PUSH(a, &other);
		REQUIRE(slot && second);
		*slot = *second = i;
	}
	for (uint64_t i = 0; i < v.count; i += 977)
		if (v.items[i] != i)
			test_fail(__FILE__, __LINE__, "item %llu is %llu", (unsigned long long)i, (unsigned long long)v.items[i]);
	CHECK_INT(other.items[5999], 5999000);
	sr_arena_free(a);
}
