#include "page.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

typedef enum rule_match { MATCH_STARTS, MATCH_ENDS, MATCH_HAS, MATCH_FILLS, MATCH_PRINTS } rule_match;
struct page_rule {
	sr_str kind, pattern;
	rule_match match;
};

static rule_match match_of(sr_str word)
{
	return sr_str_eq(word, SR_STR("ends")) ? MATCH_ENDS : sr_str_eq(word, SR_STR("has")) ? MATCH_HAS : sr_str_eq(word, SR_STR("fills")) ? MATCH_FILLS
	     : sr_str_eq(word, SR_STR("prints")) ? MATCH_PRINTS : MATCH_STARTS;
}

static sr_status read_lines(page_tables *t)
{
	sr_str rest = sr_data("page-lines.tsv"), f[3];
	while (sr_tsv_next(&rest, f, 3) == 3) {
		struct page_rule *rule = SR_PUSH(t->arena, &t->rules);
		if (!rule)
			return SR_E_NOMEM;
		*rule = (struct page_rule){ f[0], f[2], match_of(f[1]) };
		if (!sr_str_eq(f[1], SR_STR("is")))
			continue;
		int64_t *slot = sr_strmap_put(&t->exact, f[2]);
		if (!slot)
			return SR_E_NOMEM;
		*slot = (int64_t)t->rules.count;
		rule->pattern = (sr_str){ 0 };
	}
	return SR_OK;
}

static sr_status add_word(page_tables *t, sr_str kind, sr_str entry)
{
	size_t equals = sr_str_find_char(entry, '=', 0);
	sr_str word = equals == SIZE_MAX ? entry : sr_str_slice(entry, 0, equals);
	char key[128];
	if (kind.len + 1 + word.len > sizeof key)
		return SR_E_LIMIT;
	memcpy(key, kind.ptr, kind.len);
	key[kind.len] = ' ';
	memcpy(key + kind.len + 1, word.ptr, word.len);
	sr_str *value = SR_PUSH(t->arena, &t->values);
	int64_t *slot = sr_strmap_put(&t->words, sr_str_make(key, kind.len + 1 + word.len));
	if (!value || !slot)
		return SR_E_NOMEM;
	*value = equals == SIZE_MAX ? (sr_str){ 0 } : sr_str_slice(entry, equals + 1, entry.len);
	*slot = (int64_t)t->values.count;
	return SR_OK;
}

sr_status page_tables_init(page_tables *t, sr_arena *arena)
{
	*t = (page_tables){ .arena = arena };
	sr_strmap_init(&t->exact, arena);
	sr_strmap_init(&t->words, arena);
	SR_TRY(read_lines(t));
	sr_str rest = sr_data("page-words.tsv"), f[2], entry;
	while (sr_tsv_next(&rest, f, 2) == 2)
		while (sr_str_next_field(&f[1], ' ', &entry))
			SR_TRY(add_word(t, f[0], entry));
	return SR_OK;
}

/* Bytes of a line that one phrase may stand for: a box that asks for an address, a picture of a gallery and its words. */
#define FILLS_BYTES 600u

static bool fills(sr_str line, sr_str phrase)
{
	size_t times = 0, at = 0;
	while ((at = sr_str_find_nocase(line, phrase, at)) != SIZE_MAX) {
		at += phrase.len;
		times++;
	}
	return times * FILLS_BYTES >= line.len;
}

static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80; }

static bool rule_fits(const struct page_rule *rule, sr_str fold)
{
	sr_str p = rule->pattern;
	if (!p.len || p.len > fold.len || rule->match == MATCH_FILLS || rule->match == MATCH_PRINTS)
		return false;
	if (rule->match == MATCH_HAS)
		return sr_str_find(fold, p, 0) != SIZE_MAX;
	if (rule->match == MATCH_ENDS)
		return sr_str_ends(fold, p);
	bool open = fold.len > p.len && is_word_byte(p.ptr[p.len - 1]) && is_word_byte(fold.ptr[p.len]);
	/* a pattern that ends in a digit is the beginning of a year */
	return fold.ptr[0] == p.ptr[0] && sr_str_starts(fold, p) && (!open || (p.ptr[p.len - 1] >= '0' && p.ptr[p.len - 1] <= '9'));
}

sr_str page_rule_of(const page_tables *t, sr_str fold, bool *exact)
{
	sr_str bare = fold;
	while (bare.len && strchr(":.>-! \t*", bare.ptr[bare.len - 1]))
		bare.len--;
	const int64_t *slot = sr_strmap_get(&t->exact, bare);
	*exact = slot != NULL;
	if (slot)
		return t->rules.items[*slot - 1].kind;
	for (size_t i = 0; i < t->rules.count; i++)
		if (rule_fits(&t->rules.items[i], fold))
			return t->rules.items[i].kind;
	return (sr_str){ 0 };
}

sr_str page_filling_of(const page_tables *t, sr_str line)
{
	for (size_t i = 0; i < t->rules.count; i++) {
		const struct page_rule *rule = &t->rules.items[i];
		if (rule->match == MATCH_FILLS && line.len >= rule->pattern.len && fills(line, rule->pattern))
			return rule->kind;
	}
	return (sr_str){ 0 };
}

size_t page_label_at(const page_tables *t, sr_str line)
{
	for (size_t i = 0; i < t->rules.count; i++) {
		sr_str p = t->rules.items[i].pattern;
		if (t->rules.items[i].match != MATCH_PRINTS || !sr_str_starts(line, p) || line.len < p.len + 2 || line.ptr[p.len] != ' ')
			continue;
		size_t next = p.len + 1, at = next;
		uint32_t cp = sr_utf8_next(line, &at);
		if (sr_cp_is_uppercase(cp) || sr_cp_opens_quote(cp))
			return next;
	}
	return 0;
}

bool page_word_is(const page_tables *t, const char *kind, sr_str fold, sr_str *value)
{
	char key[128];
	size_t n = strlen(kind);
	if (!fold.len || n + 1 + fold.len > sizeof key)
		return false;
	memcpy(key, kind, n);
	key[n] = ' ';
	for (size_t i = 0; i < fold.len; i++)
		key[n + 1 + i] = fold.ptr[i] == ' ' ? '_' : fold.ptr[i];
	const int64_t *slot = sr_strmap_get(&t->words, sr_str_make(key, n + 1 + fold.len));
	if (slot && value)
		*value = t->values.items[*slot - 1];
	return slot != NULL;
}

size_t page_words_at(const page_tables *t, const char *kind, sr_str fold)
{
	size_t best = 0, words = 0;
	for (size_t i = 0; i <= fold.len && words < 4; i++)
		if (i == fold.len || fold.ptr[i] == ' ' || fold.ptr[i] == ':') {
			size_t end = i < fold.len && fold.ptr[i] == ':' ? i + 1 : i;
			words++;
			if (page_word_is(t, kind, sr_str_slice(fold, 0, i), NULL) || page_word_is(t, kind, sr_str_slice(fold, 0, end), NULL))
				best = end;
			if (end > i)
				break;
		}
	return best;
}
