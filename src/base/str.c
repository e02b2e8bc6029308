#include "sitrep/base/str.h"

#include "sitrep/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static unsigned char lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c; }

static bool same_nocase(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower((unsigned char)a[i]) != lower((unsigned char)b[i]))
			return false;
	return true;
}

sr_str sr_str_c(const char *s) { return s ? sr_str_make(s, strlen(s)) : (sr_str){ 0 }; }

bool sr_str_eq(sr_str a, sr_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }

bool sr_str_eq_nocase(sr_str a, sr_str b) { return a.len == b.len && same_nocase(a.ptr, b.ptr, a.len); }

int sr_str_cmp(sr_str a, sr_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

bool sr_str_starts(sr_str s, sr_str p) { return s.len >= p.len && sr_str_eq(sr_str_make(s.ptr, p.len), p); }

bool sr_str_ends(sr_str s, sr_str x) { return s.len >= x.len && sr_str_eq(sr_str_slice(s, s.len - x.len, s.len), x); }

bool sr_str_starts_nocase(sr_str s, sr_str p) { return s.len >= p.len && same_nocase(s.ptr, p.ptr, p.len); }

bool sr_str_ends_nocase(sr_str s, sr_str x)
{
	return s.len >= x.len && sr_str_eq_nocase(sr_str_slice(s, s.len - x.len, s.len), x);
}

size_t sr_str_find(sr_str s, sr_str needle, size_t from)
{
	if (from > s.len)
		return SIZE_MAX;
	if (needle.len == 0)
		return from;
	if (s.len - from < needle.len)
		return SIZE_MAX;
	const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t sr_str_find_nocase(sr_str s, sr_str needle, size_t from)
{
	unsigned char first = needle.len ? lower((unsigned char)needle.ptr[0]) : 0;
	for (size_t i = from; needle.len <= s.len && i <= s.len - needle.len; i++)
		if (!needle.len || (lower((unsigned char)s.ptr[i]) == first && same_nocase(s.ptr + i, needle.ptr, needle.len)))
			return i;
	return SIZE_MAX;
}

size_t sr_str_find_char(sr_str s, char c, size_t from)
{
	if (from >= s.len)
		return SIZE_MAX;
	const char *hit = memchr(s.ptr + from, c, s.len - from);
	return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

sr_str sr_str_slice(sr_str s, size_t start, size_t end)
{
	if (end > s.len)
		end = s.len;
	if (start >= end)
		return (sr_str){ 0 };
	return sr_str_make(s.ptr + start, end - start);
}

sr_str sr_str_trim(sr_str s)
{
	size_t start = 0, end = s.len;
	while (start < end) {
		size_t next = start;
		if (!sr_cp_is_space(sr_utf8_next(s, &next)))
			break;
		start = next;
	}
	while (end > start) {
		size_t before = end;
		if (!sr_cp_is_space(sr_utf8_prev(s, &before)))
			break;
		end = before;
	}
	return sr_str_slice(s, start, end);
}

uint64_t sr_str_hash(sr_str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
	return h;
}

sr_str sr_str_dup(sr_arena *arena, sr_str s)
{
	if (s.len == 0)
		return (sr_str){ 0 };
	char *p = sr_arena_raw(arena, s.len + 1);
	if (!p)
		return (sr_str){ 0 };
	memcpy(p, s.ptr, s.len);
	p[s.len] = 0;
	return sr_str_make(p, s.len);
}

sr_str sr_str_with_capital(sr_arena *arena, sr_str s, bool capital)
{
	bool other = s.len && (capital ? s.ptr[0] >= 'a' && s.ptr[0] <= 'z' : s.ptr[0] >= 'A' && s.ptr[0] <= 'Z');
	char *p = other ? sr_arena_raw(arena, s.len) : NULL;
	if (!other)
		return s;
	if (!p)
		return (sr_str){ 0 };
	memcpy(p, s.ptr, s.len);
	p[0] = (char)(p[0] ^ ('a' ^ 'A'));
	return sr_str_make(p, s.len);
}

sr_str sr_str_vprintf(sr_arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *p = n > 0 ? sr_arena_alloc(arena, (size_t)n + 1) : NULL;
	if (p)
		vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return p ? sr_str_make(p, (size_t)n) : (sr_str){ 0 };
}

sr_str sr_str_printf(sr_arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	sr_str s = sr_str_vprintf(arena, format, args);
	va_end(args);
	return s;
}

bool sr_str_next_line(sr_str *rest, sr_str *line)
{
	if (rest->len == 0)
		return false;
	size_t i = 0;
	while (i < rest->len && rest->ptr[i] != '\n' && rest->ptr[i] != '\r')
		i++;
	*line = sr_str_make(rest->ptr, i);
	if (i < rest->len)
		i += rest->ptr[i] == '\r' && i + 1 < rest->len && rest->ptr[i + 1] == '\n' ? 2 : 1;
	*rest = sr_str_make(rest->ptr + i, rest->len - i);
	return true;
}

sr_str sr_str_last_word(sr_str s)
{
	size_t k = s.len;
	while (k > 0 && s.ptr[k - 1] != ' ')
		k--;
	return sr_str_slice(s, k, s.len);
}

size_t sr_str_count_words(sr_str s)
{
	size_t words = 0;
	bool inside = false;
	for (size_t i = 0; i < s.len; i++) {
		bool space = s.ptr[i] == ' ' || s.ptr[i] == '\n';
		words += !space && !inside;
		inside = !space;
	}
	return words;
}

bool sr_str_next_field(sr_str *rest, char separator, sr_str *field)
{
	if (!rest->ptr)
		return false;
	size_t i = sr_str_find_char(*rest, separator, 0);
	if (i == SIZE_MAX) {
		*field = *rest;
		*rest = (sr_str){ 0 };
	} else {
		*field = sr_str_make(rest->ptr, i);
		*rest = sr_str_make(rest->ptr + i + 1, rest->len - i - 1);
	}
	return true;
}

sr_str sr_span_of(sr_str text, sr_span span) { return sr_str_slice(text, span.start, span.end); }
