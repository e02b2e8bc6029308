/* Concepts: several words that say the same thing, what speaks against what, and what implies what. */
#include "terms_internal.h"

#include "sitrep/base/data.h"

#include <stdio.h>
#include <string.h>

#define FORM_MIN 3u /* letters of a word that an ending is taken from */

static sr_status add_word(sr_terms *t, sr_str word, uint32_t concept)
{
	size_t bar = sr_str_find_char(word, '_', 0);
	sr_str key;
	if (bar == SIZE_MAX) {
		key = word;
	} else {
		sr_str a = terms_stem(t, sr_str_slice(word, 0, bar)), b = terms_stem(t, sr_str_slice(word, bar + 1, word.len));
		key = sr_str_printf(t->arena, "%.*s %.*s", SR_FMT(a), SR_FMT(b));
		if (!sr_strmap_put(&t->leads, a))
			return SR_E_NOMEM;
	}
	int64_t *slot = sr_strmap_put(&t->concepts, key);
	if (!key.ptr || !slot)
		return SR_E_NOMEM;
	if (!*slot)
		*slot = (int64_t)concept + 1;
	return SR_OK;
}

static sr_status add_opposites(sr_terms *t, sr_str name, sr_str list)
{
	sr_str other;
	while (list.len && sr_str_next_field(&list, ',', &other)) {
		sr_str a = sr_str_printf(t->arena, "=%.*s|=%.*s", SR_FMT(name), SR_FMT(other));
		sr_str b = sr_str_printf(t->arena, "=%.*s|=%.*s", SR_FMT(other), SR_FMT(name));
		if (!sr_strmap_put(&t->opposites, a) || !sr_strmap_put(&t->opposites, b))
			return SR_E_NOMEM;
	}
	return SR_OK;
}

static sr_status load_rows(sr_terms *t)
{
	sr_str rest = sr_data("terms/concepts.tsv"), f[4], word;
	while (sr_tsv_next(&rest, f, 4)) {
		uint32_t id;
		SR_TRY(terms_intern(t, sr_str_printf(t->arena, "=%.*s", SR_FMT(f[0])), SR_TERM_CONCEPT, &id));
		t->terms.items[id].thing = sr_str_eq(f[1], SR_STR("thing"));
		t->terms.items[id].weak = t->terms.items[id].thing || sr_str_eq(f[1], SR_STR("weak"));
		SR_TRY(add_opposites(t, f[0], f[2]));
		while (sr_str_next_field(&f[3], ' ', &word))
			if (word.len)
				SR_TRY(add_word(t, word, id));
	}
	return SR_OK;
}

static sr_status load_implied(sr_terms *t)
{
	sr_str rest = sr_data("terms/implies.tsv"), f[2];
	while (sr_tsv_next(&rest, f, 2))
		if (!sr_strmap_put(&t->implied, sr_str_printf(t->arena, "=%.*s|=%.*s", SR_FMT(f[0]), SR_FMT(f[1]))))
			return SR_E_NOMEM;
	return SR_OK;
}

sr_status terms_load_concepts(sr_terms *t)
{
	SR_TRY(load_rows(t));
	return load_implied(t);
}

typedef struct ending {
	sr_str cut, put;
	bool doubled; /* of a doubled letter one is left */
} ending;

/* The concept of a word, or of one that it is a plain form of: stems would take a department for a departure and units for what is
 * united. id + 1; 0 for none. */
uint32_t terms_concept_of_word(const sr_terms *t, sr_str folded)
{
	static const ending endings[] = {
		{ SR_STR_INIT("s"), SR_STR_INIT(""), false },   { SR_STR_INIT("es"), SR_STR_INIT(""), false },   { SR_STR_INIT("ies"), SR_STR_INIT("y"), false },
		{ SR_STR_INIT("ied"), SR_STR_INIT("y"), false }, { SR_STR_INIT("ed"), SR_STR_INIT(""), false },   { SR_STR_INIT("d"), SR_STR_INIT(""), false },
		{ SR_STR_INIT("ed"), SR_STR_INIT(""), true },    { SR_STR_INIT("ing"), SR_STR_INIT(""), false },  { SR_STR_INIT("ing"), SR_STR_INIT("e"), false },
		{ SR_STR_INIT("ing"), SR_STR_INIT(""), true },   { SR_STR_INIT("ing"), SR_STR_INIT("ed"), false }, { SR_STR_INIT("ed"), SR_STR_INIT("ing"), false },
	};
	char base[FOLDED_MAX + 4];
	const int64_t *found = sr_strmap_get(&t->concepts, folded);
	for (size_t i = 0; !found && i < sizeof endings / sizeof *endings && folded.len < FOLDED_MAX; i++) {
		const ending *e = &endings[i];
		if (!sr_str_ends(folded, e->cut) || folded.len < e->cut.len + FORM_MIN)
			continue;
		size_t n = folded.len - e->cut.len;
		if (e->doubled && folded.ptr[n - 1] != folded.ptr[n - 2])
			continue;
		n -= e->doubled;
		memcpy(base, folded.ptr, n);
		memcpy(base + n, e->put.ptr, e->put.len);
		found = sr_strmap_get(&t->concepts, sr_str_make(base, n + e->put.len));
	}
	return found ? (uint32_t)*found : 0;
}

/* Whether the map has "=a|=b". */
static bool related(const sr_terms *t, const sr_strmap *map, uint32_t a, uint32_t b)
{
	char key[160];
	sr_str x = t->terms.items[a].name, y = t->terms.items[b].name;
	if (t->terms.items[a].kind != SR_TERM_CONCEPT || t->terms.items[b].kind != SR_TERM_CONCEPT)
		return false;
	int n = snprintf(key, sizeof key, "%.*s|%.*s", SR_FMT(x), SR_FMT(y));
	return n > 0 && (size_t)n < sizeof key && sr_strmap_get(map, sr_str_make(key, (size_t)n));
}

bool sr_terms_opposite(const sr_terms *t, uint32_t a, uint32_t b) { return related(t, &t->opposites, a, b); }

bool sr_terms_implies(const sr_terms *t, uint32_t a, uint32_t b) { return related(t, &t->implied, a, b); }
