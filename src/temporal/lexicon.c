/* The lexicon: words, the classes they belong to, and a hash table to find them by. */
#include "internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/map.h"
#include "sitrep/base/utf8.h"

#include <string.h>

static const char *const form_names[] = {
	"",
#define X(name) #name,
	FORM_CLASSES(X)
#undef X
};

uint16_t class_find(const sr_temporal *t, sr_str name)
{
	int64_t *place = sr_strmap_get(&t->class_map, name);
	return place ? (uint16_t)*place : 0;
}

uint16_t class_intern(sr_temporal *t, sr_str name)
{
	int64_t *place = sr_strmap_put(&t->class_map, name);
	if (!place)
		return 0;
	if (*place == 0) {
		uint8_t *class_slot = SR_PUSH(t->arena, &t->class_slots);
		if (!class_slot)
			return 0;
		*class_slot = SLOT_NONE;
		*place = (int64_t)t->class_slots.count - 1;
	}
	return (uint16_t)*place;
}

slot slot_parse(sr_str name)
{
	static const char *const names[] = {
		"",
#define X(n) #n,
		SLOTS(X)
#undef X
	};
	for (int i = 1; i < SLOT_COUNT; i++)
		if (sr_str_eq(name, sr_str_c(names[i])))
			return (slot)i;
	return SLOT_NONE;
}

bool value_parse(sr_str s, int32_t *out)
{
	bool minus = s.len > 0 && s.ptr[0] == '-';
	int32_t v = 0;
	if (s.len == minus || s.len > 8)
		return false;
	for (size_t i = minus; i < s.len; i++) {
		if (!sr_is_digit((uint8_t)s.ptr[i]))
			return false;
		v = v * 10 + (s.ptr[i] - '0');
	}
	*out = minus ? -v : v;
	return true;
}

static bool forms_intern(sr_temporal *t)
{
	if (t->class_slots.count > 0)
		return true;
	const uint8_t *no_class = SR_PUSH(t->arena, &t->class_slots);
	const lex_entry *no_word = SR_PUSH(t->arena, &t->lexicon);
	if (!no_class || !no_word)
		return false;
	for (size_t i = 1; i < C_FORMS; i++)
		if (class_intern(t, sr_str_c(form_names[i])) != i)
			return false;
	return true;
}

static lex_entry *entry_of(sr_temporal *t, sr_str word)
{
	bool dot = word.len > 2 && word.ptr[word.len - 1] == '.' && sr_str_find_char(word, '.', 0) == word.len - 1;
	if (dot)
		word.len--;
	int64_t *place = sr_strmap_put(&t->word_map, word);
	if (!place)
		return NULL;
	if (*place == 0) {
		lex_entry *entry = SR_PUSH(t->arena, &t->lexicon);
		if (!entry)
			return NULL;
		*place = (int64_t)t->lexicon.count - 1;
		entry->word = t->word_map.entries[t->word_map.count - 1].key;
		entry->dot = dot;
	}
	return &t->lexicon.items[*place];
}

static sr_status entry_add(lex_entry *entry, lex_class added, sr_error *err)
{
	for (int i = 0; i < entry->count; i++)
		if (entry->classes[i].cls == added.cls)
			return SR_OK;
	if (entry->count == CLASSES_MAX)
		return sr_fail(err, SR_E_INVALID, "too many classes for '%.*s'", SR_FMT(entry->word));
	entry->classes[entry->count++] = added;
	return SR_OK;
}

sr_status lexicon_add_literal(sr_temporal *t, sr_str word, uint16_t cls, slot to, sr_error *err)
{
	lex_entry *entry = entry_of(t, word);
	if (!entry)
		return sr_fail(err, SR_E_NOMEM, "lexicon");
	SR_TRY(entry_add(entry, (lex_class){ .cls = cls }, err));
	/* "week:unit" takes the value that the word has in a class of that slot. */
	for (int i = 0; i < entry->count && to != SLOT_NONE; i++)
		if (t->class_slots.items[entry->classes[i].cls] == to)
			for (int k = 0; k < entry->count; k++)
				if (entry->classes[k].cls == cls)
					entry->classes[k].value = entry->classes[i].value;
	return SR_OK;
}

/* "MONTH=5^": class, value, only capitalised (^) or only not (_). */
static sr_status class_parse(sr_temporal *t, sr_str s, lex_class *out, sr_error *err)
{
	*out = (lex_class){ 0 };
	if (sr_str_ends(s, SR_STR("^")) || sr_str_ends(s, SR_STR("_"))) {
		out->flags = s.ptr[s.len - 1] == '^' ? LEX_CAP : LEX_LOW;
		s.len--;
	}
	size_t equals = sr_str_find_char(s, '=', 0);
	sr_str name = sr_str_slice(s, 0, equals);
	if (equals != SIZE_MAX && !value_parse(sr_str_slice(s, equals + 1, s.len), &out->value))
		return sr_fail(err, SR_E_INVALID, "bad value in '%.*s'", SR_FMT(s));
	out->cls = class_intern(t, name);
	return out->cls ? SR_OK : sr_fail(err, SR_E_NOMEM, "lexicon");
}

sr_status lexicon_load(sr_temporal *t, sr_str table, sr_error *err)
{
	sr_str fields[CLASSES_MAX + 1];
	size_t n;
	if (!forms_intern(t))
		return sr_fail(err, SR_E_NOMEM, "lexicon");
	while ((n = sr_tsv_next(&table, fields, CLASSES_MAX + 1)) > 0) {
		if (sr_str_starts(fields[0], SR_STR("!"))) {
			uint16_t cls = class_intern(t, sr_str_slice(fields[0], 1, fields[0].len));
			slot s = n > 1 ? slot_parse(fields[1]) : SLOT_NONE;
			if (!cls || s == SLOT_NONE)
				return sr_fail(err, SR_E_INVALID, "lexicon: bad slot row '%.*s'", SR_FMT(fields[0]));
			t->class_slots.items[cls] = (uint8_t)s;
			continue;
		}
		lex_entry *entry = entry_of(t, fields[0]);
		if (!entry)
			return sr_fail(err, SR_E_NOMEM, "lexicon");
		for (size_t i = 1; i < n; i++) {
			lex_class cls;
			if (sr_str_empty(fields[i]))
				continue;
			SR_TRY(class_parse(t, fields[i], &cls, err));
			SR_TRY(entry_add(entry, cls, err));
		}
	}
	return SR_OK;
}

static uint32_t hash_of(sr_str word)
{
	uint32_t h = WORD_HASH_START;
	for (size_t i = 0; i < word.len; i++)
		h = word_hash_step(h, (uint8_t)word.ptr[i]);
	return h;
}

sr_status lexicon_index(sr_temporal *t, sr_error *err)
{
	size_t size = 64;
	while (size < t->lexicon.count * 4)
		size *= 2;
	t->hash = SR_NEW_ARRAY(t->arena, uint32_t, size);
	if (!t->hash)
		return sr_fail(err, SR_E_NOMEM, "lexicon");
	t->hash_mask = (uint32_t)size - 1;
	for (size_t i = 1; i < t->lexicon.count; i++) {
		uint32_t at = hash_of(t->lexicon.items[i].word) & t->hash_mask;
		while (t->hash[at])
			at = (at + 1) & t->hash_mask;
		t->hash[at] = (uint32_t)i;
	}
	return SR_OK;
}

uint16_t lexicon_find(const sr_temporal *t, const char *word, size_t len, uint32_t hash)
{
	for (uint32_t at = hash & t->hash_mask; t->hash[at]; at = (at + 1) & t->hash_mask) {
		sr_str have = t->lexicon.items[t->hash[at]].word;
		if (have.len == len && memcmp(have.ptr, word, len) == 0)
			return (uint16_t)t->hash[at];
	}
	return 0;
}
