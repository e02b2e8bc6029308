/* Words that make a name in the head of a page: of a person, of an outlet, of anything at all. */
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

bool page_is_capitalised(sr_str word)
{
	size_t pos = 0;
	while (pos < word.len) {
		uint32_t cp = sr_utf8_next(word, &pos);
		if (sr_cp_is_letter(cp))
			return sr_cp_is_uppercase(cp) || !sr_cp_is_lowercase(cp);
		if (sr_is_digit(cp))
			return false;
	}
	return false;
}

bool page_is_upper(sr_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!sr_is_upper((unsigned char)word.ptr[i]) && word.ptr[i] != '-')
			return false;
	return word.len > 0;
}

bool page_has_kind(const page *p, sr_str s, const char *kind)
{
	sr_str rest = sr_fold_dup(p->arena, s), word;
	while (sr_str_next_field(&rest, ' ', &word))
		if (page_word_is(&p->tables, kind, word, NULL))
			return true;
	return false;
}

bool page_is_person(const page *p, sr_str name)
{
	sr_str rest = name, word;
	unsigned words = 0;
	bool first = false, last = false;
	for (size_t i = 0; i < name.len; i++)
		if (sr_is_digit((unsigned char)name.ptr[i]) || strchr(":;!?\"@/_=+", name.ptr[i]))
			return false;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		last = page_is_capitalised(word);
		first = words == 0 ? last : first;
		words++;
		if ((!last && !page_word_is(&p->tables, "particle", fold, NULL)) || page_word_is(&p->tables, "noperson", fold, NULL) ||
		    page_word_is(&p->tables, "starter", fold, NULL))
			return false;
	}
	return words >= 2 && words <= 5 && first && last && !page_has_kind(p, name, "outlet") && !page_ends_sentence(sr_str_slice(name, 0, name.len - (name.ptr[name.len - 1] == '.')));
}

bool page_is_namelike(const page *p, sr_str s)
{
	sr_str rest = s, word;
	unsigned words = 0;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		words++;
		if (!page_is_capitalised(word) && !page_word_is(&p->tables, "particle", fold, NULL) && !page_word_is(&p->tables, "noperson", fold, NULL) &&
		    !page_word_is(&p->tables, "crumb", fold, NULL) && !page_word_is(&p->tables, "small", fold, NULL))
			return false;
	}
	return words > 0 && words <= 6;
}

static sr_str first_word(sr_str s)
{
	size_t end = sr_str_find_char(s, ' ', 0);
	return sr_str_slice(s, 0, end == SIZE_MAX ? s.len : end);
}

/* The last `count` words. */
static sr_str last_words(sr_str s, unsigned count)
{
	size_t i = s.len;
	while (i > 0 && !(s.ptr[i - 1] == ' ' && --count == 0))
		i--;
	return sr_str_slice(s, i, s.len);
}

bool page_has_at_edge(const page *p, sr_str name, const char *kind)
{
	sr_str fold = sr_fold_dup(p->arena, name);
	return page_word_is(&p->tables, kind, last_words(fold, 1), NULL) || page_word_is(&p->tables, kind, first_word(fold), NULL);
}

bool page_is_capital_name(const page *p, sr_str name)
{
	sr_str rest = name, word;
	unsigned words = 0;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		words++;
		if ((!page_is_capitalised(word) && !page_word_is(&p->tables, "particle", fold, NULL)) || page_word_is(&p->tables, "worker", fold, NULL))
			return false;
	}
	return words >= 2 && words <= PAGE_OUTLET_WORDS_MAX;
}

/* "Halvar News Agency", "El Faro de Bermejo": a noun that little but an outlet ends with, or has behind an article. "Leader Meets Press" is
 * a headline, though both are nouns of outlets. */
bool page_is_masthead(const page *p, sr_str name)
{
	sr_str fold = sr_fold_dup(p->arena, name);
	bool article = page_word_is(&p->tables, "article", first_word(fold), NULL) && page_has_kind(p, name, "masthead");
	return page_is_capital_name(p, name) &&
	       (article || page_word_is(&p->tables, "masthead", last_words(fold, 1), NULL) || page_word_is(&p->tables, "masthead", last_words(fold, 2), NULL));
}
