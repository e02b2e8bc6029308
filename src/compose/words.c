#include "words.h"

#include "sitrep/base/data.h"

static sr_str list_of(word_class class)
{
	static const char *const names[] = { "opener", "connective", "joint", "unknown" };
	sr_str rest = sr_data("compose.tsv"), f[2];
	while (sr_tsv_next(&rest, f, 2))
		if (sr_str_eq(f[0], sr_str_c(names[class])))
			return f[1];
	return (sr_str){ 0 };
}

bool words_has(word_class class, sr_str word)
{
	sr_str list = list_of(class), one;
	while (sr_str_next_field(&list, ' ', &one))
		if (sr_str_eq_nocase(one, word))
			return true;
	return false;
}

static bool letter(sr_str s, size_t i)
{
	return i < s.len && ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'));
}

/* phrase has _ for the space between words. */
static bool phrase_at(sr_str text, size_t at, sr_str phrase)
{
	if (at + phrase.len > text.len || (at && letter(text, at - 1)) || letter(text, at + phrase.len))
		return false;
	for (size_t i = 0; i < phrase.len; i++) {
		char want = phrase.ptr[i] == '_' ? ' ' : phrase.ptr[i], have = text.ptr[at + i];
		if (have >= 'A' && have <= 'Z')
			have = (char)(have + 32);
		if (have != want)
			return false;
	}
	return true;
}

bool words_in(word_class class, sr_str text)
{
	sr_str list = list_of(class), phrase;
	while (sr_str_next_field(&list, ' ', &phrase))
		for (size_t at = 0; at < text.len; at++)
			if (phrase_at(text, at, phrase))
				return true;
	return false;
}
