/* References that were escaped once too often. */
#include "sitrep/format/html.h"

#include "sitrep/base/utf8.h"

#include <libxml/HTMLparser.h>

#include <string.h>

#define REFERENCE_MAX 12 /* the longest name of HTML 4 has eight letters */

static uint32_t number_of(sr_str s)
{
	bool hex = s.len > 1 && (s.ptr[0] | 32) == 'x';
	uint32_t value = 0;
	for (size_t i = hex; i < s.len; i++) {
		char c = (char)(s.ptr[i] | 32);
		uint32_t digit = sr_is_digit((unsigned char)s.ptr[i]) ? (uint32_t)(s.ptr[i] - '0')
		                 : hex && c >= 'a' && c <= 'f'       ? (uint32_t)(c - 'a' + 10)
		                                                     : 99;
		if (digit == 99 || value > 0x10FFFF)
			return 0;
		value = value * (hex ? 16 : 10) + digit;
	}
	return value <= 0x10FFFF ? value : 0;
}

/* The code point of the reference between '&' and ';', or 0. */
static uint32_t resolve(sr_str name)
{
	char z[REFERENCE_MAX + 1];
	if (name.len < 2 || name.len > REFERENCE_MAX)
		return 0;
	if (name.ptr[0] == '#')
		return number_of(sr_str_slice(name, 1, name.len));
	memcpy(z, name.ptr, name.len);
	z[name.len] = 0;
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)z);
	return entity ? entity->value : 0;
}

sr_str sr_html_unescape(sr_arena *arena, sr_str text)
{
	size_t amp = sr_str_find_char(text, '&', 0), from = 0, len = 0;
	if (amp == SIZE_MAX || sr_str_find_char(text, ';', amp) == SIZE_MAX)
		return text;
	/* a reference is never shorter than what it stands for */
	char *out = sr_arena_alloc(arena, text.len + 1);
	while (out && amp != SIZE_MAX) {
		size_t end = sr_str_find_char(sr_str_slice(text, 0, amp + REFERENCE_MAX + 2), ';', amp);
		uint32_t cp = end == SIZE_MAX ? 0 : resolve(sr_str_slice(text, amp + 1, end));
		if (cp) {
			memcpy(out + len, text.ptr + from, amp - from);
			len += amp - from;
			len += sr_utf8_encode(cp, out + len);
			from = end + 1;
		}
		amp = sr_str_find_char(text, '&', cp ? from : amp + 1);
	}
	if (!out)
		return text;
	memcpy(out + len, text.ptr + from, text.len - from);
	return sr_str_make(out, len + text.len - from);
}
