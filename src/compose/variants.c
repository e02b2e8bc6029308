/* Names that pages write differently: "Mohammad Javad Zarif" and "Mohammed Javad Zarif", "Donald J. Trump" and "Donald Trump". */
#include "composer.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define VARIED_BYTES 5u /* a shorter word is written in one way: "Dan" is not "Don" */
#define VARIED_SOUNDS 3u

static bool is_initial(sr_str word) { return word.len == 1 || (word.len == 2 && word.ptr[1] == '.'); }

/* The word's consonants, doubled ones once; the word itself where that would say too little. */
static void add_sounds(sr_buf *key, sr_str word)
{
	size_t start = key->len, sounds = 0;
	sr_buf_add_char(key, word.ptr[0]);
	for (size_t i = 1; i < word.len; i++) {
		bool sounded = !strchr("aeiouy", word.ptr[i]);
		sounds += sounded;
		if (sounded && key->ptr[key->len - 1] != word.ptr[i])
			sr_buf_add_char(key, word.ptr[i]);
	}
	if (word.len < VARIED_BYTES || sounds + 1 < VARIED_SOUNDS) {
		key->len = start;
		sr_buf_add(key, word);
	}
}

sr_str composer_name_key(sr_arena *arena, sr_str name)
{
	sr_str rest = sr_fold_dup(arena, name), word;
	sr_buf key;
	sr_buf_init(&key, 0);
	unsigned words = 0;
	while (sr_str_next_field(&rest, ' ', &word)) {
		if (!word.len || is_initial(word))
			continue;
		if (words++)
			sr_buf_add_char(&key, ' ');
		add_sounds(&key, word);
	}
	sr_str out = words > 1 && !key.failed ? sr_str_dup(arena, sr_buf_str(&key)) : (sr_str){ 0 };
	sr_buf_deinit(&key);
	return out;
}

static bool next_word(sr_str *rest, sr_str *word)
{
	while (sr_str_next_field(rest, ' ', word))
		if (word->len && !is_initial(*word))
			return true;
	return false;
}

bool composer_name_variant(sr_str a, sr_str b)
{
	sr_str x, y;
	for (;;) {
		bool more = next_word(&a, &x);
		if (more != next_word(&b, &y))
			return false;
		if (!more)
			return true;
		if ((x.len > y.len ? x.len - y.len : y.len - x.len) > 1)
			return false;
	}
}
