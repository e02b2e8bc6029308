#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"
#include "sitrep/lang.h"

#define LINE_WORDS 64

static sr_wordmap stopwords;

static void fill(void)
{
	sr_str rest = sr_data("lang/stopwords.tsv"), f[LINE_WORDS];
	for (size_t n; (n = sr_tsv_next(&rest, f, LINE_WORDS));)
		for (size_t i = 0; i < n; i++)
			sr_wordmap_add(&stopwords, f[i], 1);
}

bool sr_lang_is_stopword(sr_str word)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
	return sr_wordmap_get(&stopwords, word) != 0;
}
