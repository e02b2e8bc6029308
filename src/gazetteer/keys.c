#include "keys.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

/* Letters that have no decomposition in Unicode but a plain form in everyday spelling. */
static const struct {
	uint32_t cp;
	const char *plain;
} letters[] = { { 0x142, "l" }, { 0xF8, "o" }, { 0x111, "d" }, { 0xF0, "d" }, { 0x131, "i" }, { 0xE6, "ae" }, { 0x153, "oe" },
	            { 0xFE, "th" }, { 0x259, "a" }, { 0x127, "h" } };

static const char *plain_of(uint32_t cp)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].cp == cp)
			return letters[i].plain;
	return NULL;
}

/* What stands between the words of a name. */
static bool parts_words(uint32_t cp)
{
	return sr_cp_is_space(cp) || cp == '-' || cp == ',' || cp == '/' || cp == '(' || cp == ')';
}

/* Dots, and apostrophes in all their forms. */
static bool is_dropped(uint32_t cp) { return cp == '.' || cp == '\'' || cp == '`' || cp == '"' || (cp >= 0x2B0 && cp <= 0x2FF); }

void gaz_fold(sr_buf *out, sr_str name)
{
	sr_buf folded;
	bool blank = false;
	size_t start = out->len;
	sr_buf_init(&folded, 4096);
	sr_fold(&folded, name);
	sr_str s = sr_str_trim(sr_buf_str(&folded));
	if (sr_str_starts(s, SR_STR("the ")))
		s = sr_str_slice(s, 4, s.len);
	for (size_t i = 0; i < s.len;) {
		uint32_t cp = sr_utf8_next(s, &i);
		const char *plain = cp < 0x80 ? NULL : plain_of(cp);
		if (parts_words(cp)) {
			blank = out->len > start;
			continue;
		}
		if (is_dropped(cp))
			continue;
		if (blank)
			sr_buf_add_char(out, ' ');
		blank = false;
		if (plain)
			sr_buf_add_c(out, plain);
		else
			sr_buf_add_cp(out, cp);
	}
	out->failed |= folded.failed;
	sr_buf_deinit(&folded);
}

size_t gaz_fold_plain(sr_str name, char *out)
{
	bool blank = false;
	size_t n = 0;
	name = sr_str_trim(name);
	if (name.len > 3 && sr_str_starts_nocase(name, SR_STR("the")) && sr_cp_is_space((unsigned char)name.ptr[3]))
		name = sr_str_slice(name, 4, name.len);
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		if (c >= 0x80)
			return SIZE_MAX;
		if (parts_words(c)) {
			blank = n > 0;
			continue;
		}
		if (is_dropped(c))
			continue;
		if (blank)
			out[n++] = ' ';
		blank = false;
		out[n++] = (char)(sr_is_upper(c) ? c + 32 : c);
	}
	return n;
}

static bool at_word_end(sr_str s, size_t at) { return at >= s.len || s.ptr[at] == ' '; }

/* The first rule that fits at s[at]; its length in s, or 0. */
static size_t rule_at(sr_str s, size_t at, sr_str *to)
{
	sr_str rules = sr_data("gazetteer/transliteration.tsv"), f[2], rest = sr_str_slice(s, at, s.len);
	while (sr_tsv_next(&rules, f, 2)) {
		bool end = f[0].len > 1 && f[0].ptr[f[0].len - 1] == '$';
		sr_str from = sr_str_slice(f[0], 0, f[0].len - (end ? 1 : 0));
		if (sr_str_starts(rest, from) && (!end || at_word_end(s, at + from.len))) {
			*to = f[1];
			return from.len;
		}
	}
	return 0;
}

void gaz_loosen(sr_buf *out, sr_str folded)
{
	for (size_t i = 0; i < folded.len;) {
		sr_str to;
		size_t n = rule_at(folded, i, &to);
		if (!n) {
			to = sr_str_slice(folded, i, i + 1);
			n = 1;
		}
		for (size_t k = 0; k < to.len; k++)
			/* doubled letters are a matter of taste too */
			if (!out->len || out->ptr[out->len - 1] != to.ptr[k])
				sr_buf_add_char(out, to.ptr[k]);
		i += n;
	}
}

gaz_key gaz_key_of(sr_str form, bool loose)
{
	uint64_t h = sr_str_hash(form);
	/* loose and exact keys live in one table */
	if (loose)
		h ^= 0x9E3779B97F4A7C15u;
	h *= 0xFF51AFD7ED558CCDu;
	h ^= h >> 33;
	return (gaz_key){ .hash = (uint32_t)(h >> 32), .target = (uint32_t)h & 0x7FFC0000u };
}
