/* What short lines of a page are (data/html/lines.tsv), and which paragraphs are notes on the article
 * itself (data/html/notes.tsv). */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define LINE_MAX_BYTES 400 /* of the start of a line that are looked at */
#define NOTE_START 60     /* bytes of a paragraph that tell a correction */
#define PREFIX_WORDS 8
#define SHORT_LINE 150     /* bytes; longer ones are sentences, not labels */

static html_line kind_of(sr_str word)
{
	static const struct {
		const char *name;
		html_line kind;
	} kinds[] = { { "junk", LINE_JUNK },           { "maybe", LINE_MAYBE }, { "section", LINE_SECTION },     { "end", LINE_END },
		          { "correction", LINE_CORRECTION }, { "withdrawn", LINE_WITHDRAWN }, { "paywall", LINE_PAYWALL } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (sr_str_eq(word, sr_str_c(kinds[i].name)))
			return kinds[i].kind;
	return LINE_PLAIN;
}

/* Lower case, curly apostrophes straight, blanks squashed; returns the length. */
static size_t normalise(sr_str line, char *out)
{
	size_t len = 0;
	for (size_t i = 0; i < line.len && len + 8 < LINE_MAX_BYTES;) {
		uint32_t cp = sr_utf8_next(line, &i);
		if (sr_cp_is_space(cp)) {
			if (len && out[len - 1] != ' ')
				out[len++] = ' ';
			continue;
		}
		if (cp == 0x2019 || cp == 0x2018)
			cp = '\'';
		if (cp >= 'A' && cp <= 'Z')
			cp += 32;
		else if (cp >= 0x80)
			cp = sr_cp_lower(cp);
		len += sr_utf8_encode(cp, out + len);
	}
	return len;
}

static bool is_end_sign(uint32_t cp)
{
	return cp < 0x80 ? !sr_is_alpha(cp) && !sr_is_digit(cp) && cp != '(' && cp != ')' : sr_cp_is_punct(cp) || sr_cp_is_space(cp);
}

static sr_str strip_signs(sr_str s)
{
	size_t start = 0, end = s.len;
	while (start < s.len) {
		size_t next = start;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_end_sign(cp) || cp == 0xA9)
			break;
		start = next;
	}
	while (end > start) {
		size_t before = end;
		if (!is_end_sign(sr_utf8_prev(s, &before)))
			break;
		end = before;
	}
	return sr_str_slice(s, start, end);
}

/* True if one of the first words of s may end at i. */
static bool is_word_end(sr_str s, size_t i)
{
	return i == s.len || s.ptr[i] == ' ' || s.ptr[i - 1] == ':' || s.ptr[i] == ':' || s.ptr[i] == '.' || s.ptr[i] == ',';
}

/* What the table says of a line that begins like s; column counts from the one behind the words. */
static html_line by_beginning(table_name table, sr_str s, size_t column)
{
	size_t words = 0;
	uint64_t hash = TABLE_HASH_START;
	for (size_t i = 1; i <= s.len && words < PREFIX_WORDS; i++) {
		hash = table_hash(hash, s.ptr[i - 1]);
		if (!is_word_end(s, i))
			continue;
		words += i == s.len || s.ptr[i] == ' ';
		sr_str row = table_find_hashed(table, sr_str_slice(s, 0, i), hash), field = { 0 };
		for (size_t k = 0; row.ptr && k <= column; k++)
			if (!sr_str_next_field(&row, '\t', &field))
				field = (sr_str){ 0 };
		html_line kind = field.len ? kind_of(field) : LINE_PLAIN;
		if (kind != LINE_PLAIN)
			return kind;
	}
	return LINE_PLAIN;
}

html_line html_line_kind(sr_str line)
{
	char lower[LINE_MAX_BYTES];
	bool label = line.len < SHORT_LINE;
	sr_str start = label ? line : sr_str_slice(line, 0, NOTE_START);
	sr_str s = strip_signs(sr_str_make(lower, normalise(start, lower)));
	html_line kind = by_beginning(TABLE_NOTES, s, 0);
	if (kind != LINE_PLAIN || !label)
		return kind;
	sr_str row = table_find(TABLE_LINES, s), field;
	if (row.ptr && sr_str_next_field(&row, '\t', &field) && kind_of(field) != LINE_PLAIN)
		return kind_of(field);
	return by_beginning(TABLE_LINES, s, 1);
}
