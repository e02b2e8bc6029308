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
	} classes[] = { { "dispute", DISPUTE_WORD }, { "hour", HOUR_WORD }, { "again", AGAIN_WORD }, { "bound", BOUND_WORD },
		        { "said", SAID_WORD }, { "view", VIEW_WORD }, { "wrong", WRONG_WORD }, { "light", LIGHT_WORD },
		        { "first", FIRST_PERSON }, { "by", BY_WORD }, { "it", IT_WORD }, { "second", SECOND_PERSON },
		        { "third", THIRD_PERSON }, { "asks", ASKING_WORD }, { "idle", IDLE_WORD },
		        { "rejects", REJECTING_WORD }, { "which", WHICH_WORD }, { "such", SUCH_WORD }, { "they", THEY_WORD }, { "lately", LATELY_WORD },
		        { "wish", WISH_WORD }, { "open", OPEN_WORD }, { "untrue", UNTRUE_WORD }, { "intent", INTENT_WORD },
		        { "admits", ADMITTING_WORD }, { "initially", FIRST_WORD }, { "own", OWN_WORD }, { "not", NOT_WORD }, { "steady", STEADY_WORD },
		        { "charges", CHARGING_WORD }, { "blames", BLAMING_WORD }, { "besides", BESIDES_WORD } };
	sr_str rest = sr_data("conflict.tsv"), f[2], word;
	while (sr_tsv_next(&rest, f, 2))
		for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
			while (sr_str_eq(f[0], sr_str_c(classes[i].name)) && sr_str_next_field(&f[1], ' ', &word))
				sr_wordmap_add(&words, word, classes[i].bit);
}

unsigned dispute_word(sr_str word)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
	return (unsigned)sr_wordmap_get(&words, word);
}

unsigned dispute_words_in(const sr_reading *r, sr_span span)
{
	unsigned found = 0;
	for (uint32_t i = sr_reading_token_at(r, span.start); i < r->token_count && r->tokens[i].span.start < span.end; i++)
		if (r->tokens[i].span.start >= span.start)
			found |= dispute_word(sr_span_of(r->doc->text, r->tokens[i].span));
	return found;
}
