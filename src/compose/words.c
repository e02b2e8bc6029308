#include "words.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

#include <assert.h>

#define CLASSES (WORDS_UNBENT + 1)
#define PHRASES_MAX 128

static struct {
	sr_wordmap words; /* bit: the class */
	struct {
		sr_str items[PHRASES_MAX];
		size_t count;
	} lists[CLASSES];
	bool first[CLASSES][32]; /* whether one begins with the letter */
} tables;

static void fill(void)
{
	static const char *const names[CLASSES] = { "pronoun", "lead", "opinion", "subject", "opener", "connective", "joint", "unknown", "deictic", "weekday", "open", "bound", "doubt", "showing", "turn", "anonymous", "bond", "counted", "hanging", "sooner", "personal", "impersonal", "beside", "absent", "writer", "cancelled", "unproved", "asked", "column", "standin", "tight", "note", "many", "possessive", "away", "factive", "ahead", "label", "clock", "i", "we", "ought", "verdict", "pointer", "here", "later", "back", "said", "unbent" };
	sr_str rest = sr_data("compose.tsv"), f[2], word;
	while (sr_tsv_next(&rest, f, 2))
		for (unsigned c = 0; c < CLASSES; c++)
			while (sr_str_eq(f[0], sr_str_c(names[c])) && sr_str_next_field(&f[1], ' ', &word)) {
				assert(tables.lists[c].count < PHRASES_MAX);
				tables.lists[c].items[tables.lists[c].count++] = word;
				tables.first[c][(unsigned char)word.ptr[0] % 32] = true;
				sr_wordmap_add(&tables.words, word, UINT64_C(1) << c);
			}
}

static void prepare(void)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
}

bool words_has(word_class class, sr_str word)
{
	prepare();
	return sr_wordmap_get(&tables.words, word) >> class & 1;
}

static bool letter(sr_str s, size_t i)
{
	return i < s.len && ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'));
}

/* phrase has _ for the space between words. */
static bool phrase_at(sr_str text, size_t at, sr_str phrase)
{
	if (at + phrase.len > text.len || letter(text, at + phrase.len))
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
	prepare();
	for (size_t at = 0, in_word = 0; at < text.len; at++) {
		bool starts = !in_word;
		in_word = letter(text, at);
		if (!starts || !in_word || !tables.first[class][(unsigned char)text.ptr[at] % 32])
			continue;
		for (size_t i = 0; i < tables.lists[class].count; i++) {
			sr_str phrase = tables.lists[class].items[i];
			if ((phrase.ptr[0] ^ text.ptr[at]) % 32 == 0 && phrase_at(text, at, phrase))
				return true;
		}
	}
	return false;
}

bool words_start(word_class class, sr_str text)
{
	prepare();
	for (size_t i = 0; i < tables.lists[class].count; i++)
		if (phrase_at(text, 0, tables.lists[class].items[i]))
			return true;
	return false;
}
