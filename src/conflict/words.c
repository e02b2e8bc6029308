#include "words.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

static sr_wordmap words;

static void fill(void)
{
	static const struct {
		const char *name;
		unsigned bit;
	} classes[] = { { "dispute", DISPUTE_WORD }, { "hour", HOUR_WORD }, { "again", AGAIN_WORD }, { "bound", BOUND_WORD } };
	sr_str rest = sr_data("conflict.tsv"), f[2], word;
	while (sr_tsv_next(&rest, f, 2))
		for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
			while (sr_str_eq(f[0], sr_str_c(classes[i].name)) && sr_str_next_field(&f[1], ' ', &word))
				sr_wordmap_add(&words, word, classes[i].bit);
}

unsigned dispute_words_in(const sr_reading *r, sr_span span)
{
	static sr_once once = SR_ONCE;
	unsigned found = 0;
	sr_once_run(&once, fill);
	size_t k = sr_reading_sentence_at(r, span.start);
	size_t i = k == SIZE_MAX ? 0 : r->sentences[k].first_token;
	for (; i < r->token_count && r->tokens[i].span.start < span.end; i++)
		if (r->tokens[i].span.start >= span.start)
			found |= sr_wordmap_get(&words, sr_span_of(r->doc->text, r->tokens[i].span));
	return found;
}
