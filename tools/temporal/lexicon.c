/* The lexicon: words and the classes they belong to. */
#include "compile.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

static const char *const form_names[] = {
	"",
#define X(name) #name,
	FORM_CLASSES(X)
#undef X
};

uint16_t class_find(const compiler *c, sr_str name)
{
	int64_t *place = sr_strmap_get(&c->class_map, name);
	return place ? (uint16_t)*place : 0;
}

uint16_t class_intern(compiler *c, sr_str name)
{
	int64_t *place = sr_strmap_put(&c->class_map, name);
	if (!place)
		return 0;
	if (*place == 0) {
		uint8_t *class_slot = SR_PUSH(c->arena, &c->class_slots);
		if (!class_slot)
			return 0;
		*class_slot = SLOT_NONE;
		*place = (int64_t)c->class_slots.count - 1;
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

static bool forms_intern(compiler *c)
{
	if (c->class_slots.count > 0)
		return true;
	const uint8_t *no_class = SR_PUSH(c->arena, &c->class_slots);
	const word_entry *no_word = SR_PUSH(c->arena, &c->lexicon);
	if (!no_class || !no_word)
		return false;
	for (size_t i = 1; i < C_FORMS; i++)
		if (class_intern(c, sr_str_c(form_names[i])) != i)
			return false;
	return true;
}

static word_entry *entry_of(compiler *c, sr_str word)
{
	bool dot = word.len > 2 && word.ptr[word.len - 1] == '.' && sr_str_find_char(word, '.', 0) == word.len - 1;
	if (dot)
		word.len--;
	int64_t *place = sr_strmap_put(&c->word_map, word);
	if (!place)
		return NULL;
	if (*place == 0) {
		word_entry *entry = SR_PUSH(c->arena, &c->lexicon);
		if (!entry)
			return NULL;
		*place = (int64_t)c->lexicon.count - 1;
		entry->word = c->word_map.entries[c->word_map.count - 1].key;
		entry->entry.dot = dot;
	}
	return &c->lexicon.items[*place];
}

static sr_status entry_add(word_entry *word, lex_class added, sr_error *err)
{
	lex_entry *entry = &word->entry;
	for (int i = 0; i < entry->count; i++)
		if (entry->classes[i].cls == added.cls)
			return SR_OK;
	if (entry->count == CLASSES_MAX)
		return sr_fail(err, SR_E_INVALID, "too many classes for '%.*s'", SR_FMT(word->word));
	entry->classes[entry->count++] = added;
	return SR_OK;
}

sr_status lexicon_add_literal(compiler *c, sr_str word, uint16_t cls, slot to, sr_error *err)
{
	word_entry *found = entry_of(c, word);
	if (!found)
		return sr_fail(err, SR_E_NOMEM, "lexicon");
	SR_TRY(entry_add(found, (lex_class){ .cls = cls }, err));
	lex_entry *entry = &found->entry;
	/* "week:unit" takes the value that the word has in a class of that slot. */
	for (int i = 0; i < entry->count && to != SLOT_NONE; i++)
		if (c->class_slots.items[entry->classes[i].cls] == to)
			for (int k = 0; k < entry->count; k++)
				if (entry->classes[k].cls == cls)
					entry->classes[k].value = entry->classes[i].value;
	return SR_OK;
}

/* "MONTH=5^": class, value, only capitalised (^) or only not (_). */
static sr_status class_parse(compiler *c, sr_str s, lex_class *out, sr_error *err)
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
	out->cls = class_intern(c, name);
	return out->cls ? SR_OK : sr_fail(err, SR_E_NOMEM, "lexicon");
}

sr_status lexicon_load(compiler *c, sr_str table, sr_error *err)
{
	sr_str fields[CLASSES_MAX + 1];
	size_t n;
	if (!forms_intern(c))
		return sr_fail(err, SR_E_NOMEM, "lexicon");
	while ((n = sr_tsv_next(&table, fields, CLASSES_MAX + 1)) > 0) {
		if (sr_str_starts(fields[0], SR_STR("!"))) {
			uint16_t cls = class_intern(c, sr_str_slice(fields[0], 1, fields[0].len));
			slot s = n > 1 ? slot_parse(fields[1]) : SLOT_NONE;
			if (!cls || s == SLOT_NONE)
				return sr_fail(err, SR_E_INVALID, "lexicon: bad slot row '%.*s'", SR_FMT(fields[0]));
			c->class_slots.items[cls] = (uint8_t)s;
			continue;
		}
		word_entry *entry = entry_of(c, fields[0]);
		if (!entry)
			return sr_fail(err, SR_E_NOMEM, "lexicon");
		for (size_t i = 1; i < n; i++) {
			lex_class cls;
			if (sr_str_empty(fields[i]))
				continue;
			SR_TRY(class_parse(c, fields[i], &cls, err));
			SR_TRY(entry_add(entry, cls, err));
		}
	}
	return SR_OK;
}
