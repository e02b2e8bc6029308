#include "sitrep/base/data.h"
#include "sitrep/lang.h"

bool sr_lang_is_stopword(sr_str word)
{
	/* the list is short and tab-separated: one search for "word" between its separators */
	sr_str list = sr_data("lang/stopwords.tsv");
	if (word.len == 0 || word.len > 12)
		return false;
	for (size_t at = 0; (at = sr_str_find(list, word, at)) != SIZE_MAX; at++) {
		char before = at ? list.ptr[at - 1] : '\n';
		char after = at + word.len < list.len ? list.ptr[at + word.len] : '\n';
		if ((before == '\t' || before == '\n') && (after == '\t' || after == '\n'))
			return true;
	}
	return false;
}
