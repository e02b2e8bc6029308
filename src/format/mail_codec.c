#include "mail_codec.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"

static int base64_value(unsigned char c)
{
	if (sr_is_upper(c))
		return c - 'A';
	if (sr_is_lower(c))
		return c - 'a' + 26;
	if (sr_is_digit(c))
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static size_t base64(sr_str s, char *out)
{
	uint32_t bits = 0;
	int have = 0;
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		int v = base64_value((unsigned char)s.ptr[i]);
		if (v < 0)
			continue;
		bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[n++] = (char)(bits >> have);
		}
	}
	return n;
}

static int hex(unsigned char c)
{
	unsigned char low = c | 32;
	return sr_is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Bodies: soft line ends vanish. Words: an underscore is a blank. Malformed escapes stay. */
static size_t quoted_printable(sr_str s, char *out, bool word)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (word && c == '_') {
			out[n++] = ' ';
			continue;
		}
		if (c != '=') {
			out[n++] = c;
			continue;
		}
		int high = i + 2 < s.len ? hex((unsigned char)s.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex((unsigned char)s.ptr[i + 2]) : -1;
		if (low >= 0) {
			out[n++] = (char)(high << 4 | low);
			i += 2;
			continue;
		}
		size_t end = i + 1;
		while (end < s.len && (s.ptr[end] == ' ' || s.ptr[end] == '\t' || s.ptr[end] == '\r'))
			end++;
		if (!word && (end >= s.len || s.ptr[end] == '\n'))
			i = end;
		else
			out[n++] = c;
	}
	return n;
}

sr_str mail_decode_body(sr_arena *arena, sr_str encoding, sr_str body, bool *failed)
{
	bool b64 = sr_str_starts_nocase(encoding, SR_STR("base64")), qp = sr_str_starts_nocase(encoding, SR_STR("quoted-printable"));
	if (!b64 && !qp)
		return body;
	char *out = sr_arena_alloc(arena, body.len + 1);
	if (!out) {
		*failed = true;
		return (sr_str){ 0 };
	}
	return sr_str_make(out, b64 ? base64(body, out) : quoted_printable(body, out, false));
}

/* =?charset?B|Q?text?= at s[at]; its length, or 0. */
static size_t encoded_word(sr_str s, size_t at, sr_str *charset, char *how, sr_str *text)
{
	size_t c = sr_str_find_char(s, '?', at + 2), t = c == SIZE_MAX ? c : sr_str_find_char(s, '?', c + 1);
	if (t == SIZE_MAX || t != c + 2)
		return 0;
	size_t end = sr_str_find(s, SR_STR("?="), t + 1);
	if (end == SIZE_MAX)
		return 0;
	*charset = sr_str_slice(s, at + 2, c);
	/* RFC 2231 lets a language follow the charset */
	size_t star = sr_str_find_char(*charset, '*', 0);
	*charset = sr_str_slice(*charset, 0, star);
	*how = (char)(s.ptr[c + 1] | 32);
	*text = sr_str_slice(s, t + 1, end);
	return end + 2 - at;
}

static bool add_word(sr_buf *out, sr_buf *raw, sr_str charset, char how, sr_str text)
{
	char room[1024];
	if (text.len > sizeof room || (how != 'b' && how != 'q'))
		return false;
	size_t n = how == 'b' ? base64(text, room) : quoted_printable(text, room, true);
	sr_buf_clear(raw);
	sr_buf_add(raw, sr_str_make(room, n));
	return sr_charset_convert(charset, sr_buf_str(raw), out, NULL) == SR_OK;
}

sr_str mail_decode_words(sr_arena *arena, sr_str value, bool *failed)
{
	sr_buf out, raw, plain;
	size_t blanks = 0; /* white space since the last encoded word, which vanishes between two */
	bool after_word = false;
	sr_buf_init(&out, (size_t)1 << 20);
	sr_buf_init(&raw, 0);
	sr_buf_init(&plain, (size_t)1 << 20);
	for (size_t i = 0; i < value.len;) {
		sr_str charset, text;
		char how;
		size_t length = sr_str_starts(sr_str_slice(value, i, i + 2), SR_STR("=?")) ? encoded_word(sr_str_slice(value, 0, i + 2048), i, &charset, &how, &text) : 0;
		size_t before = plain.len;
		if (length) {
			if (after_word)
				plain.len -= blanks;
			if (add_word(&plain, &raw, charset, how, text)) {
				after_word = true;
				blanks = 0;
				i += length;
				continue;
			}
			plain.len = before;
		}
		bool blank = value.ptr[i] == ' ';
		blanks = blank ? blanks + 1 : 0;
		after_word = after_word && blank;
		sr_buf_add_char(&plain, value.ptr[i++]);
	}
	(void)sr_utf8_repair(&out, sr_buf_str(&plain));
	sr_str decoded = sr_str_dup(arena, sr_str_trim(sr_buf_str(&out)));
	*failed |= out.failed || plain.failed || (out.len && !decoded.ptr && sr_str_trim(sr_buf_str(&out)).len);
	sr_buf_deinit(&out);
	sr_buf_deinit(&raw);
	sr_buf_deinit(&plain);
	return decoded;
}
