#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/core/document.h"

/* "www.bbc.co.uk" is "bbc". */
static sr_str without_domain(sr_str name)
{
	if (sr_str_find_char(name, ' ', 0) != SIZE_MAX)
		return name;
	if (sr_str_starts_nocase(name, SR_STR("www.")))
		name = sr_str_slice(name, 4, name.len);
	size_t dot = sr_str_find_char(name, '.', 0);
	return dot != SIZE_MAX && dot + 1 < name.len ? sr_str_slice(name, 0, dot) : name;
}

sr_str sr_outlet_key(sr_arena *arena, sr_str name)
{
	sr_str folded = sr_fold_dup(arena, without_domain(name));
	char *out = folded.ptr ? sr_arena_raw(arena, folded.len + 1) : NULL;
	size_t n = 0;
	if (!out)
		return (sr_str){ 0 };
	for (size_t i = 0; i < folded.len; i++) {
		unsigned char c = (unsigned char)folded.ptr[i];
		if (c >= 0x80 || sr_is_digit(c) || (c >= 'a' && c <= 'z'))
			out[n++] = (char)c;
	}
	sr_str key = { out, n };
	return n > 3 && sr_str_starts(key, SR_STR("the")) ? sr_str_slice(key, 3, n) : key;
}
