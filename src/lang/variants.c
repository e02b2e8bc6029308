/* Names that pages write differently: "Mohammad Javad Zarif" and "Mohammed Javad Zarif", "Donald J. Trump" and "Donald Trump". */
#include "ties.h"

#include "sitrep/base/data.h"
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

sr_str name_key(sr_arena *arena, sr_str name)
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

bool name_variant(sr_str a, sr_str b)
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

/* Whether the row of the table has both as forms of one name. */
static bool one_row(sr_str name, sr_str forms, sr_str a, sr_str b)
{
	sr_str form;
	bool has_a = sr_str_eq(name, a), has_b = sr_str_eq(name, b);
	while (sr_str_next_field(&forms, ' ', &form)) {
		has_a = has_a || sr_str_eq(form, a);
		has_b = has_b || sr_str_eq(form, b);
	}
	return has_a && has_b;
}

bool name_nicknames(sr_str a, sr_str b)
{
	sr_str rest = sr_data("nicknames.tsv"), f[2];
	while (sr_tsv_next(&rest, f, 2) == 2)
		if (one_row(f[0], f[1], a, b))
			return true;
	return false;
}
