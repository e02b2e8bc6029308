#include "sitrep/base/utf8.h"

#include <string.h>

/* Lengths and the allowed range of the second byte, Unicode 15 table 3-7. */
static size_t sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (lead < 0x80)
		return 1;
	if (lead < 0xC2)
		return 0;
	if (lead < 0xE0)
		return 2;
	if (lead < 0xF0) {
		if (lead == 0xE0)
			*low = 0xA0;
		if (lead == 0xED)
			*high = 0x9F;
		return 3;
	}
	if (lead > 0xF4)
		return 0;
	if (lead == 0xF0)
		*low = 0x90;
	if (lead == 0xF4)
		*high = 0x8F;
	return 4;
}

/* Decodes at pos; *length is what to move past, *ok whether it was well formed. */
static uint32_t decode(sr_str s, size_t pos, size_t *length, bool *ok)
{
	static const unsigned char lead_mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned char lead = (unsigned char)s.ptr[pos], low, high;
	size_t n = sequence(lead, &low, &high);
	*ok = false;
	*length = 1;
	if (n == 0)
		return SR_UTF8_REPLACEMENT;
	uint32_t cp = lead & lead_mask[n];
	for (size_t i = 1; i < n; i++) {
		if (pos + i >= s.len)
			return SR_UTF8_REPLACEMENT;
		unsigned char c = (unsigned char)s.ptr[pos + i];
		if (c < low || c > high)
			return SR_UTF8_REPLACEMENT;
		low = 0x80;
		high = 0xBF;
		cp = cp << 6 | (c & 0x3Fu);
		*length = i + 1;
	}
	*ok = true;
	return cp;
}

uint32_t sr_utf8_next_long(sr_str s, size_t *pos)
{
	size_t length;
	bool ok;
	if (*pos >= s.len)
		return 0;
	uint32_t cp = decode(s, *pos, &length, &ok);
	*pos += length;
	return cp;
}

uint32_t sr_utf8_prev(sr_str s, size_t *pos)
{
	if (*pos == 0)
		return 0;
	size_t start = *pos - 1;
	while (start > 0 && *pos - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
		start--;
	size_t at = start;
	*pos = start;
	return sr_utf8_next(s, &at);
}

bool sr_utf8_valid(sr_str s)
{
	for (size_t i = 0; i < s.len;) {
		size_t length;
		bool ok;
		uint64_t eight;
		if (s.len - i >= sizeof eight) { /* most text is ASCII: eight bytes at once */
			memcpy(&eight, s.ptr + i, sizeof eight);
			if (!(eight & 0x8080808080808080u)) {
				i += sizeof eight;
				continue;
			}
		}
		if ((unsigned char)s.ptr[i] < 0x80) {
			i++;
			continue;
		}
		decode(s, i, &length, &ok);
		if (!ok)
			return false;
		i += length;
	}
	return true;
}

bool sr_utf8_boundary(sr_str s, size_t pos)
{
	return pos == s.len || (pos < s.len && ((unsigned char)s.ptr[pos] & 0xC0) != 0x80);
}

size_t sr_utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = SR_UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	out[0] = (char)(lead[n] | cp);
	return n;
}

void sr_buf_add_cp(sr_buf *buf, uint32_t cp)
{
	char bytes[4];
	size_t n = sr_utf8_encode(cp, bytes);
	sr_buf_add(buf, sr_str_make(bytes, n));
}

size_t sr_utf8_repair(sr_buf *out, sr_str s)
{
	size_t bad = 0, good_from = 0;
	for (size_t i = 0; i < s.len;) {
		size_t length;
		bool ok;
		if ((unsigned char)s.ptr[i] < 0x80) {
			i++;
			continue;
		}
		decode(s, i, &length, &ok);
		if (!ok) {
			sr_buf_add(out, sr_str_slice(s, good_from, i));
			sr_buf_add_cp(out, SR_UTF8_REPLACEMENT);
			bad++;
			good_from = i + length;
		}
		i += length;
	}
	sr_buf_add(out, sr_str_slice(s, good_from, s.len));
	return bad;
}

bool sr_cp_is_wide_space(uint32_t cp)
{
	return cp == 0x85 || cp == 0xA0 || cp == 0x1680
	       || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F
	       || cp == 0x3000 || cp == 0xFEFF;
}

bool sr_cp_opens_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xAB || cp == 0x201C || cp == 0x201E || cp == 0x201F || cp == 0x2039 || cp == 0x300C;
}

bool sr_cp_closes_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xBB || cp == 0x201D || cp == 0x201C || cp == 0x203A || cp == 0x300D;
}

bool sr_cp_is_quote(uint32_t cp)
{
	return sr_cp_opens_quote(cp) || sr_cp_closes_quote(cp) || cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x201A;
}

bool sr_cp_is_dash(uint32_t cp) { return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212; }
