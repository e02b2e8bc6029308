/* Names of one thing on the pages of a story: spellings, nicknames, last names, acronyms and other short forms. */
#include "ties.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#define STEPS_MAX 8

/* The ways in which one page's name is short for another's. */
typedef enum short_form { SHORT_LAST_NAME, SHORT_TAIL, SHORT_HEAD, SHORT_INITIALS, SHORT_COUNT } short_form;

/* The short form of that kind that the name has; empty if none: "Arkady", "General Staff" of "Ukrainian General Staff"
 * and of "General Staff of the Armed Forces", "CPA". In the arena. */
static sr_str short_of(sr_arena *arena, sr_str name, short_form form)
{
	size_t words = sr_str_count_words(name), first = sr_str_find_char(name, ' ', 0), of = sr_str_find(name, SR_STR(" of "), 0);
	if (words < 2)
		return (sr_str){ 0 };
	if (form == SHORT_LAST_NAME) {
		size_t i = name.len;
		while (i > 0 && name.ptr[i - 1] != ' ')
			i--;
		return sr_fold_dup(arena, sr_str_slice(name, i, name.len));
	}
	if (form == SHORT_TAIL)
		return words > 2 && of == SIZE_MAX ? sr_fold_dup(arena, sr_str_slice(name, first + 1, name.len)) : (sr_str){ 0 };
	if (form == SHORT_HEAD)
		return of != SIZE_MAX && sr_str_count_words(sr_str_slice(name, 0, of)) > 1 ? sr_fold_dup(arena, sr_str_slice(name, 0, of)) : (sr_str){ 0 };
	char letters[8];
	size_t n = 0;
	sr_str word;
	while (sr_str_next_field(&name, ' ', &word))
		if (word.len && sr_is_upper((unsigned char)word.ptr[0]) && n < sizeof letters)
			letters[n++] = word.ptr[0];
	return (n >= 3 || (n == 2 && words == 2)) && n < sizeof letters ? sr_fold_dup(arena, sr_str_make(letters, n)) : (sr_str){ 0 };
}

/* "Mr. Trump", "Messrs. Trump": the title is no part of the name. */
static sr_str without_title(sr_str name)
{
	size_t end = sr_str_find_char(name, ' ', 0);
	return end != SIZE_MAX && end > 2 && name.ptr[end - 1] == '.' ? sr_str_slice(name, end + 1, name.len) : name;
}

static uint32_t root_of(const uint32_t *to, uint32_t i)
{
	for (int step = 0; step < STEPS_MAX && to[i] != i; step++)
		i = to[i];
	return i;
}

/* Names that are a short form of exactly one other name of the story are that other. */
static sr_status tie_short(sr_arena *arena, const sr_name *names, size_t count, short_form form, uint32_t *to)
{
	sr_strmap map;
	sr_strmap_init(&map, arena);
	for (size_t i = 0; i < count; i++) {
		sr_str key = to[i] == i ? short_of(arena, names[i].name, form) : (sr_str){ 0 };
		int64_t *slot = key.len ? sr_strmap_put(&map, key) : NULL;
		if (key.len && !slot)
			return SR_E_NOMEM;
		if (slot)
			*slot = *slot ? -1 : (int64_t)i + 1;
	}
	for (size_t i = 0; i < count; i++) {
		const int64_t *slot = names[i].name.len && to[i] == i ? sr_strmap_get(&map, sr_fold_dup(arena, names[i].name)) : NULL;
		if (slot && *slot > 0 && root_of(to, (uint32_t)*slot - 1) != i)
			to[i] = (uint32_t)*slot - 1;
	}
	return SR_OK;
}

typedef sr_str (*key_fn)(sr_arena *arena, sr_str name);
typedef bool (*alike_fn)(sr_arena *arena, sr_str a, sr_str b);

/* Persons' names of one key that are alike are the first of them. */
static sr_status tie_alike(sr_arena *arena, const sr_name *names, size_t count, key_fn key_of, alike_fn alike, uint32_t *to)
{
	sr_strmap map;
	sr_strmap_init(&map, arena);
	for (size_t i = 0; i < count; i++) {
		sr_str key = names[i].person && to[i] == i ? key_of(arena, names[i].name) : (sr_str){ 0 };
		int64_t *slot = key.len ? sr_strmap_put(&map, key) : NULL;
		if (key.len && !slot)
			return SR_E_NOMEM;
		if (slot && !*slot)
			*slot = (int64_t)i + 1;
		else if (slot && alike(arena, names[*slot - 1].name, names[i].name))
			to[i] = (uint32_t)*slot - 1;
	}
	return SR_OK;
}

static bool two_spellings(sr_arena *arena, sr_str a, sr_str b)
{
	(void)arena;
	return name_variant(a, b);
}

static sr_str last_name(sr_arena *arena, sr_str name) { return short_of(arena, name, SHORT_LAST_NAME); }

/* "Bill Barr" is William Barr. */
static bool called_for_short(sr_arena *arena, sr_str a, sr_str b)
{
	sr_str x = sr_fold_dup(arena, a), y = sr_fold_dup(arena, b), first, other;
	return sr_str_next_field(&x, ' ', &first) && sr_str_next_field(&y, ' ', &other) && name_nicknames(first, other);
}

sr_status sr_names_tie(sr_arena *arena, const sr_name *given, size_t count, uint32_t *to)
{
	sr_name *names = SR_NEW_ARRAY(arena, sr_name, count + 1);
	if (!names)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		names[i] = (sr_name){ .name = given[i].person ? without_title(given[i].name) : given[i].name, .person = given[i].person };
		to[i] = (uint32_t)i;
	}
	SR_TRY(tie_alike(arena, names, count, name_key, two_spellings, to));
	SR_TRY(tie_alike(arena, names, count, last_name, called_for_short, to));
	for (int form = 0; form < SHORT_COUNT; form++)
		SR_TRY(tie_short(arena, names, count, (short_form)form, to));
	for (size_t i = 0; i < count; i++)
		to[i] = root_of(to, (uint32_t)i);
	return SR_OK;
}
