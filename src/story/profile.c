/* A document as weighted terms: stems of its words, the tokens and pairs of its names, its numbers. */
#include "internal.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 48u
#define WORDS_MAX 4000u /* of one document: what is said behind them does not change its story */

sr_status vocabulary_init(vocabulary *v, sr_arena *arena)
{
	*v = (vocabulary){ .arena = arena, .stemmer = sr_stemmer_new() };
	sr_strmap_init(&v->forms, arena);
	return v->stemmer ? SR_OK : SR_E_NOMEM;
}

void vocabulary_deinit(vocabulary *v) { sr_stemmer_free(v->stemmer); }

static int64_t new_term(vocabulary *v, term_class kind)
{
	struct vocabulary_term *t = SR_PUSH(v->arena, &v->terms);
	if (!t)
		return 0;
	t->kind = (uint8_t)kind;
	return (int64_t)v->terms.count;
}

/* The id of a form of a class, or UINT32_MAX for stop words and where memory ran out. */
static uint32_t term_id(vocabulary *v, term_class kind, sr_str form)
{
	char key[2 * WORD_MAX + 8];
	if (form.len + 2 > sizeof key)
		return UINT32_MAX;
	key[0] = (char)('0' + kind);
	memcpy(key + 1, form.ptr, form.len);
	int64_t *slot = sr_strmap_put(&v->forms, sr_str_make(key, form.len + 1));
	if (!slot)
		return UINT32_MAX;
	if (*slot == 0 && kind == TERM_WORD) {
		int64_t id = -1;
		if (!sr_lang_is_stopword(form)) {
			sr_str stem = sr_stemmer_stem(v->stemmer, form);
			key[0] = 's';
			if (stem.len + 1 > sizeof key)
				return UINT32_MAX;
			memcpy(key + 1, stem.ptr, stem.len);
			int64_t *shared = sr_strmap_put(&v->forms, sr_str_make(key, stem.len + 1));
			if (!shared)
				return UINT32_MAX;
			if (!*shared)
				*shared = new_term(v, TERM_WORD);
			id = *shared;
		}
		key[0] = (char)('0' + kind);
		memcpy(key + 1, form.ptr, form.len);
		slot = sr_strmap_put(&v->forms, sr_str_make(key, form.len + 1));
		if (!slot)
			return UINT32_MAX;
		*slot = id;
	} else if (*slot == 0) {
		*slot = new_term(v, kind);
	}
	return *slot > 0 ? (uint32_t)(*slot - 1) : UINT32_MAX;
}

/* One token of the text, as it is looked at. */
typedef struct token {
	sr_str word;   /* folded, in the scratch arena */
	bool upper;    /* begins with a capital */
	bool number;
	bool start;    /* first of a sentence, or in a title: its capital tells nothing by itself */
	bool joined;   /* nothing but a blank between it and the token before */
	bool lead;
} token;

typedef struct tokens {
	sr_arena *arena;
	SR_VEC(token) items;
	size_t words;
} tokens;

static sr_str fold_word(sr_arena *arena, sr_str word)
{
	bool ascii = true;
	for (size_t i = 0; i < word.len; i++)
		ascii = ascii && (unsigned char)word.ptr[i] < 0x80;
	if (!ascii)
		return sr_fold_dup(arena, word);
	char *p = sr_arena_alloc(arena, word.len);
	for (size_t i = 0; p && i < word.len; i++)
		p[i] = sr_is_upper((unsigned char)word.ptr[i]) ? (char)(word.ptr[i] + 32) : word.ptr[i];
	return sr_str_make(p, p ? word.len : 0);
}

static bool is_part(uint32_t cp) { return sr_cp_is_letter(cp) || sr_cp_is_number(cp); }

static size_t word_end(sr_str s, size_t at)
{
	size_t pos = at;
	while (pos < s.len) {
		size_t next = pos;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_part(cp)) {
			/* 1,500 and 4:20 and O'Neil are one; so is the point within 2.1 */
			size_t ahead = next;
			uint32_t after = next < s.len ? sr_utf8_next(s, &ahead) : ' ';
			bool digits = sr_is_digit((unsigned char)s.ptr[pos - 1]) && sr_is_digit(after) && (cp == ',' || cp == '.' || cp == ':');
			if (!digits)
				break;
		}
		pos = next;
	}
	return pos;
}

/* Takes the words of s; title: capitals tell nothing. */
static bool take_words(tokens *t, sr_str s, bool title, size_t lead_words)
{
	bool start = true, joined = false;
	for (size_t i = 0; i < s.len && t->words < WORDS_MAX;) {
		size_t next = i;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_part(cp)) {
			start = start || cp == '.' || cp == '!' || cp == '?' || cp == '\n' || cp == ':' || sr_cp_opens_quote(cp);
			joined = joined && cp == ' ';
			i = next;
			continue;
		}
		size_t end = word_end(s, i);
		sr_str raw = sr_str_slice(s, i, end);
		i = end;
		if (raw.len > WORD_MAX)
			continue;
		token *k = SR_PUSH(t->arena, &t->items);
		if (!k)
			return false;
		k->word = fold_word(t->arena, raw);
		k->upper = sr_cp_is_uppercase(cp);
		k->number = sr_is_digit(cp);
		k->start = start || title;
		k->joined = joined;
		k->lead = title || t->words < lead_words;
		t->words++;
		start = false;
		joined = true;
	}
	return true;
}

typedef struct counts {
	sr_arena *arena;
	sr_strmap seen; /* id → index + 1 */
	SR_VEC(term) terms;
} counts;

static bool count_term(counts *c, uint32_t id, float weight)
{
	if (id == UINT32_MAX)
		return true;
	int64_t *slot = sr_strmap_put(&c->seen, sr_str_make((const char *)&id, sizeof id));
	if (!slot)
		return false;
	if (!*slot) {
		term *t = SR_PUSH(c->arena, &c->terms);
		if (!t)
			return false;
		t->id = id;
		*slot = (int64_t)c->terms.count;
	}
	c->terms.items[*slot - 1].weight += weight;
	return true;
}

/* Is the token a name? Capitals within a sentence say so; at its start, the same word elsewhere must. */
static bool is_name(const sr_strmap *names, const token *k)
{
	return k->upper && !k->number && k->word.len > 1 && (!k->start || sr_strmap_get(names, k->word));
}

static bool count_all(vocabulary *v, const story_params *params, const tokens *t, counts *c)
{
	sr_strmap names;
	sr_strmap_init(&names, t->arena);
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		if (k->upper && !k->start && !sr_strmap_put(&names, k->word))
			return false;
	}
	bool before = false;
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		float w = k->lead ? params->lead : params->rest;
		bool name = is_name(&names, k);
		if (k->number) {
			if (k->word.len >= 2 && !count_term(c, term_id(v, TERM_NUMBER, k->word), w))
				return false;
		} else if (k->word.len > 1 && !count_term(c, term_id(v, TERM_WORD, k->word), w)) {
			return false;
		}
		if (name && !sr_lang_is_stopword(k->word) && !count_term(c, term_id(v, TERM_NAME, k->word), w))
			return false;
		if (name && before && k->joined) {
			char pair[2 * WORD_MAX + 2];
			sr_str a = k[-1].word;
			if (a.len + k->word.len + 1 <= 2 * WORD_MAX) {
				memcpy(pair, a.ptr, a.len);
				pair[a.len] = ' ';
				memcpy(pair + a.len + 1, k->word.ptr, k->word.len);
				if (!count_term(c, term_id(v, TERM_PAIR, sr_str_make(pair, a.len + 1 + k->word.len)), w))
					return false;
			}
		}
		before = name;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const term *)a)->id, y = ((const term *)b)->id;
	return (x > y) - (x < y);
}

sr_status profile_read(vocabulary *v, const story_params *params, const sr_document *doc, sr_arena *arena, profile *out)
{
	sr_arena *scratch = sr_arena_new(0);
	if (!scratch)
		return SR_E_NOMEM;
	tokens t = { .arena = scratch };
	counts c = { .arena = scratch };
	sr_strmap_init(&c.seen, scratch);
	sr_status status = SR_E_NOMEM;
	if (take_words(&t, doc->title, true, 0) && take_words(&t, doc->text, false, (size_t)params->lead_words + t.words) && count_all(v, params, &t, &c)) {
		*out = (profile){ .count = (uint32_t)c.terms.count, .day = INT32_MIN };
		out->terms = SR_NEW_ARRAY(arena, term, c.terms.count + 1);
		if (out->terms) {
			for (size_t i = 0; i < c.terms.count; i++)
				out->terms[i] = (term){ c.terms.items[i].id, 1 + logf(1 + c.terms.items[i].weight) };
			qsort(out->terms, out->count, sizeof *out->terms, by_id);
			status = SR_OK;
		}
		if (doc->published.precision >= SR_PRECISION_DAY)
			out->day = sr_days_from_civil(doc->published.year, doc->published.month, doc->published.day);
	}
	sr_arena_free(scratch);
	return status;
}
