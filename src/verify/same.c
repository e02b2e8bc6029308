/* Words compared: by value, or letter by letter. */
#include "internal.h"

#include "sitrep/base/utf8.h"

sr_str sr_word_text(sr_str text, const sr_vword *word) { return sr_str_slice(text, word->start, word->end); }

bool sr_word_capital(sr_str text, const sr_vword *word)
{
	size_t p = word->start;
	uint32_t cp = sr_utf8_next(text, &p);
	/* capitals of the Latin-1, Greek and Cyrillic blocks; enough for names in news text */
	return sr_is_upper(cp) || (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x400 && cp <= 0x42F);
}

/* Takes the next letter, with either apostrophe as the straight one. */
static uint32_t letter(sr_str s, size_t *pos)
{
	uint32_t cp = sr_utf8_next(s, pos);
	return cp == 0x2019 ? '\'' : cp;
}

static uint32_t folded(uint32_t cp)
{
	return sr_is_upper(cp) || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x410 && cp <= 0x42F) ? cp + 32 : cp;
}

bool sr_word_same(sr_str a_text, const sr_vword *a, sr_str b_text, const sr_vword *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == SR_VW_NUMBER)
		return a->value >= b->value && a->value <= b->value;
	if (a->kind != SR_VW_WORD)
		return true;
	sr_str x = sr_word_text(a_text, a), y = sr_word_text(b_text, b);
	unsigned char first_x = (unsigned char)x.ptr[0], first_y = (unsigned char)y.ptr[0];
	if (first_x < 0x80 && first_y < 0x80 && (first_x ^ first_y) & 0x5F)
		return false; /* most pairs end here */
	bool free_case = a->initial || b->initial;
	size_t i = 0, j = 0;
	while (i < x.len && j < y.len) {
		bool first = i == 0;
		uint32_t cx = letter(x, &i), cy = letter(y, &j);
		if (cx != cy && !(first && free_case && folded(cx) == folded(cy)))
			return false;
	}
	return i == x.len && j == y.len;
}
