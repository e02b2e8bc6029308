/* A document as words: folded, with what their print tells. */
#include "internal.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#define WORD_MAX 48u
#define WORDS_MAX 4000u /* of one document: what is said behind them does not change its story */

static sr_str fold_word(sr_arena *arena, sr_str word)
{
	bool ascii = true;
	for (size_t i = 0; i < word.len; i++)
		ascii = ascii && (unsigned char)word.ptr[i] < 0x80;
	if (!ascii)
		return sr_fold_dup(arena, word);
	char *p = sr_arena_alloc(arena, word.len);
	for (size_t i = 0; p && i < word.len; i++)
		p[i] = sr_is_upper((unsigned char)word.ptr[i]) ? (char)(word.ptr[i] + 32) : word.ptr[i];
	return sr_str_make(p, p ? word.len : 0);
}

/* Small numbers are as often spelled out: "four wounded" and "4 wounded" count the same. */
static sr_str number_word(sr_str word)
{
	static const char *const words[] = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
	static const char *const digits[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" };
	for (size_t i = 1; i < 12; i++)
		if (sr_str_eq(word, sr_str_c(words[i])))
			return sr_str_c(digits[i]);
	return (sr_str){ 0 };
}

static bool is_part(uint32_t cp) { return sr_cp_is_letter(cp) || sr_cp_is_number(cp); }

static size_t word_end(sr_str s, size_t at)
{
	size_t pos = at;
	while (pos < s.len) {
		size_t next = pos;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_part(cp)) {
			/* 1,500 and 4:20 and O'Neil are one; so is the point within 2.1 */
			size_t ahead = next;
			uint32_t after = next < s.len ? sr_utf8_next(s, &ahead) : ' ';
			bool digits = sr_is_digit((unsigned char)s.ptr[pos - 1]) && sr_is_digit(after) && (cp == ',' || cp == '.' || cp == ':');
			if (!digits)
				break;
		}
		pos = next;
	}
	return pos;
}

/* Takes the words of s; title: capitals tell nothing. */
bool words_take(tokens *t, sr_str s, bool title, size_t lead_words)
{
	bool start = true, joined = false, near = false;
	for (size_t i = 0; i < s.len && t->words < WORDS_MAX;) {
		size_t next = i;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_part(cp)) {
			start = start || cp == '.' || cp == '!' || cp == '?' || cp == '\n' || cp == ':' || sr_cp_opens_quote(cp);
			joined = joined && cp == ' ';
			near = near && (cp == ' ' || cp == '-' || cp == '.');
			i = next;
			continue;
		}
		size_t end = word_end(s, i);
		sr_str raw = sr_str_slice(s, i, end);
		i = end;
		if (raw.len > WORD_MAX)
			continue;
		token *k = SR_PUSH(t->arena, &t->items);
		if (!k)
			return false;
		k->word = fold_word(t->arena, raw);
		k->upper = sr_cp_is_uppercase(cp);
		k->number = sr_is_digit(cp);
		sr_str digits = number_word(k->word);
		if (digits.len) {
			k->word = digits;
			k->number = true;
		}
		k->start = start || title;
		k->joined = joined;
		k->near = near;
		k->title = title;
		k->lead = title || t->words < lead_words;
		t->words++;
		start = false;
		joined = near = true;
	}
	return true;
}

/* The last part of an address is often the headline: /2024/06/03/ferry-runs-aground-a1. */
sr_str words_of_address(sr_str url)
{
	size_t end = url.len, cut;
	for (size_t i = 0; i < url.len && end == url.len; i++)
		end = url.ptr[i] == '?' || url.ptr[i] == '#' ? i : end;
	while (end > 0 && url.ptr[end - 1] == '/')
		end--;
	for (cut = end; cut > 0 && url.ptr[cut - 1] != '/'; cut--)
		;
	sr_str slug = sr_str_slice(url, cut, end);
	size_t hyphens = 0;
	for (size_t i = 0; i < slug.len; i++)
		hyphens += slug.ptr[i] == '-' || slug.ptr[i] == '_';
	return hyphens >= 3 ? slug : (sr_str){ 0 };
}

/* "Headline - Outlet", "Headline | Station | City": the first part, if it is long enough to be one. */
sr_str words_of_title(sr_str title)
{
	static const sr_str bars[] = { SR_STR_INIT(" - "), SR_STR_INIT(" | "), SR_STR_INIT(" \xC2\xAB "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 ") };
	size_t cut = title.len, words = 0;
	for (size_t i = 0; i < 5; i++) {
		size_t at = sr_str_find(title, bars[i], 0);
		cut = at < cut ? at : cut;
	}
	for (size_t i = 0; i < cut; i++)
		words += title.ptr[i] == ' ';
	return words >= 3 ? sr_str_slice(title, 0, cut) : title;
}

/* The host of an address, the archive's own prefix aside, or else the outlet's name. */
sr_str words_outlet(const sr_document *doc)
{
	sr_str url = doc->url;
	for (size_t at; (at = sr_str_find(url, SR_STR("://"), 0)) != SIZE_MAX;)
		url = sr_str_slice(url, at + 3, url.len);
	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] == '/' || url.ptr[i] == ':')
			return sr_str_slice(url, 0, i);
	return url.len ? url : doc->site;
}
