#include "sitrep/base/utf8.h"
#include "sitrep/core/document.h"

#define LABEL_BYTES_MAX 60u
#define LABEL_WORDS_MAX 6u

static bool is_label_mark(char c) { return c == ' ' || c == '.' || c == ',' || c == '\'' || c == '-' || c == '(' || c == ')'; }

/* "BRUNT", "McCAIN": of its small letters all are a prefix's. */
static bool shouted(sr_str word)
{
	size_t upper = 0;
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		bool prefix = (i == 1 && c == 'c') || (i <= 2 && c == 'a' && word.len > 4) || (i == 2 && c == 'c');
		if (sr_is_lower(c) && !(word.ptr[0] == 'M' && prefix))
			return false;
		upper += sr_is_upper(c) || c >= 0x80;
	}
	return upper > 0 || is_label_mark(word.ptr[0]);
}

size_t sr_turn_label(sr_str paragraph, sr_str *who)
{
	size_t colon = sr_str_find_char(sr_str_slice(paragraph, 0, LABEL_BYTES_MAX), ':', 0), words = 0, letters = 0;
	if (colon == SIZE_MAX || colon + 2 >= paragraph.len || paragraph.ptr[colon + 1] != ' ' || !sr_is_upper((unsigned char)paragraph.ptr[0]))
		return 0;
	sr_str label = sr_str_slice(paragraph, 0, colon), rest = label, word;
	while (sr_str_next_field(&rest, ' ', &word)) {
		if (++words > LABEL_WORDS_MAX || !word.len || !shouted(word))
			return 0;
		for (size_t i = 0; i < word.len; i++) {
			if (!sr_is_alpha((unsigned char)word.ptr[i]) && (unsigned char)word.ptr[i] < 0x80 && !is_label_mark(word.ptr[i]))
				return 0;
			letters += !is_label_mark(word.ptr[i]);
		}
	}
	if (letters < 2)
		return 0;
	size_t end = label.len;
	for (size_t i = 1; i < end; i++)
		if (label.ptr[i] == ',' || label.ptr[i] == '(')
			end = i;
	*who = sr_str_trim(sr_str_slice(label, 0, end));
	return colon + 2;
}
