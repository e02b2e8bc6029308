/* The words of data/verify.tsv, looked up in lower case. */
#include "internal.h"

#include "sitrep/base/data.h"

#include <stdlib.h>

#define MAPS 11
#define WORD_MAX 24 /* no entry of the lexicon is longer */

static const struct {
	const char *name;
	uint32_t bit;
} class_names[] = {
	{ "negation", SR_VW_NEGATION }, { "denial", SR_VW_DENIAL },         { "hedge", SR_VW_HEDGE },
	{ "unverified", SR_VW_UNVERIFIED }, { "saying", SR_VW_SAYING },     { "approx", SR_VW_APPROX },
	{ "confirm", SR_VW_CONFIRM },   { "accuse", SR_VW_ACCUSE },         { "warn", SR_VW_WARN },
	{ "promise", SR_VW_PROMISE },   { "doubt", SR_VW_DOUBT },           { "demand", SR_VW_DEMAND },
	{ "continues", SR_VW_CONTINUES }, { "withdrawn", SR_VW_WITHDRAWN },
	{ "check", SR_VW_CHECK },       { "amount", SR_VW_AMOUNT },
	{ "negation-to", SR_VW_NEGATION_TO }, { "clause", SR_VW_CLAUSE },
	{ "copula", SR_VW_COPULA },       { "saying-small", SR_VW_SAYING_SMALL },
	{ "belonging", SR_VW_BELONGING }, { "past", SR_VW_PAST },           { "to-come", SR_VW_TO_COME },
	{ "particle", SR_VW_PARTICLE },   { "unnamed", SR_VW_UNNAMED },
	{ "open", SR_VW_OPEN },           { "open-to", SR_VW_OPEN_TO },
	{ "cause", SR_VW_CAUSE },         { "admit", SR_VW_ADMIT },
	{ "initially", SR_VW_FIRST },
};

static uint32_t class_bit(sr_str name)
{
	for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
		if (sr_str_eq(name, sr_str_c(class_names[i].name)))
			return class_names[i].bit;
	return 0;
}

static uint32_t loose_bit(sr_str use)
{
	static const char *const uses[] = { "question", "note", "measure", "description", "join", "leads", "stand-in" };
	for (uint32_t i = 0; i < sizeof uses / sizeof *uses; i++)
		if (sr_str_eq(use, sr_str_c(uses[i])))
			return 1u << i;
	return SR_LOOSE_ALL;
}

static int64_t whole(sr_str s)
{
	int64_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n = n * 10 + (s.ptr[i] - '0');
	return n;
}

static bool put_words(sr_strmap *map, sr_str words, int64_t value, bool as_bits)
{
	sr_str word;
	while (sr_str_next_field(&words, ' ', &word)) {
		if (!word.len)
			continue;
		int64_t *at = sr_strmap_put(map, word);
		if (!at)
			return false;
		*at = as_bits ? (*at | value) : value;
	}
	return true;
}

static bool put_frame(sr_lexicon *lex, sr_arena *arena, sr_str needs, sr_str joins, sr_str phrase)
{
	sr_vframe *f = SR_PUSH(arena, &lex->frames);
	if (!f)
		return false;
	f->needs = class_bit(needs);
	f->dates = sr_str_eq(joins, SR_STR("date"));
	f->joins = f->dates || sr_str_eq(joins, SR_STR("join"));
	sr_str word;
	while (f->count < sizeof f->words / sizeof *f->words && sr_str_next_field(&phrase, ' ', &word))
		f->words[f->count++] = word;
	return true;
}

/* Frames with the same first word stand together, the longest first, so that the first one that
 * fits is the one meant. */
static int frame_order(const void *pa, const void *pb)
{
	const sr_vframe *a = pa, *b = pb;
	int c = sr_str_cmp(a->words[0], b->words[0]);
	if (c)
		return c;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	for (size_t i = 1; i < a->count; i++)
		if ((c = sr_str_cmp(a->words[i], b->words[i])) != 0)
			return c;
	return 0;
}

static bool index_frames(sr_lexicon *lex)
{
	if (lex->frames.count)
		qsort(lex->frames.items, lex->frames.count, sizeof *lex->frames.items, frame_order);
	for (size_t i = lex->frames.count; i-- > 0;) {
		int64_t *at = sr_strmap_put(&lex->first, lex->frames.items[i].words[0]);
		if (!at)
			return false;
		*at = (int64_t)i + 1;
	}
	return true;
}

static int signed_whole(sr_str s)
{
	bool less = s.len && s.ptr[0] == '-';
	return less ? -(int)whole(sr_str_slice(s, 1, s.len)) : (int)whole(s);
}

/* "-1:0" for each of the words. */
static bool put_pair(sr_lexicon *lex, sr_arena *arena, sr_strmap *map, sr_str numbers, sr_str words)
{
	sr_str first = { 0 }, second = { 0 };
	sr_vpair *pair = SR_PUSH(arena, &lex->pairs);
	if (!pair || !sr_str_next_field(&numbers, ':', &first) || !sr_str_next_field(&numbers, ':', &second))
		return false;
	*pair = (sr_vpair){ signed_whole(first), signed_whole(second) };
	return put_words(map, words, (int64_t)lex->pairs.count, false);
}

static bool put_row(sr_lexicon *lex, sr_arena *arena, const sr_str *f)
{
	if (sr_str_eq(f[0], SR_STR("class")))
		return put_words(&lex->words, f[2], class_bit(f[1]), true);
	if (sr_str_eq(f[0], SR_STR("number")))
		return put_words(&lex->words, f[2], (whole(f[1]) + 1) << SR_VW_CLASS_BITS, true);
	if (sr_str_eq(f[0], SR_STR("scale")))
		return put_words(&lex->scales, f[2], whole(f[1]), false);
	if (sr_str_eq(f[0], SR_STR("month")))
		return put_words(&lex->months, f[2], whole(f[1]), false);
	if (sr_str_eq(f[0], SR_STR("weekday")))
		return put_words(&lex->weekdays, f[2], whole(f[1]) + 1, false);
	if (sr_str_eq(f[0], SR_STR("days")))
		return put_pair(lex, arena, &lex->days, f[1], f[2]);
	if (sr_str_eq(f[0], SR_STR("week")))
		return put_pair(lex, arena, &lex->week, f[1], f[2]);
	if (sr_str_eq(f[0], SR_STR("stretch")))
		return put_pair(lex, arena, &lex->stretch, f[1], f[2]);
	if (sr_str_eq(f[0], SR_STR("loose")))
		return put_words(&lex->loose, f[2], loose_bit(f[1]), true);
	if (sr_str_eq(f[0], SR_STR("describe"))) {
		lex->described = f[2];
		return true;
	}
	if (sr_str_eq(f[0], SR_STR("unit")))
		return put_words(&lex->units, f[2], ++lex->unit_rows, false) && put_words(&lex->unit_names, f[1], lex->unit_rows, false);
	return put_frame(lex, arena, f[1], f[2], f[3]);
}

sr_status sr_lexicon_load(sr_lexicon *lex, sr_arena *arena, sr_error *err)
{
	*lex = (sr_lexicon){ 0 };
	sr_strmap *const maps[MAPS] = { &lex->words, &lex->scales, &lex->months, &lex->weekdays, &lex->loose, &lex->days, &lex->week, &lex->stretch,
	                     &lex->units,   &lex->unit_names, &lex->first };
	for (size_t i = 0; i < MAPS; i++)
		sr_strmap_init(maps[i], arena);
	sr_str rest = sr_data("verify.tsv"), fields[4];
	while (sr_tsv_next(&rest, fields, 4))
		if (!put_row(lex, arena, fields))
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	return index_frames(lex) ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

int64_t sr_word_lookup(const sr_strmap *map, sr_str word)
{
	char lower[WORD_MAX];
	size_t n = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (n == sizeof lower)
			return 0;
		/* the typographic apostrophe, U+2019, counts as the straight one */
		if (i + 2 < word.len && word.ptr[i] == '\xE2' && word.ptr[i + 1] == '\x80' && word.ptr[i + 2] == '\x99') {
			lower[n++] = '\'';
			i += 2;
		} else {
			char c = word.ptr[i];
			lower[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
		}
	}
	const int64_t *v = sr_strmap_get(map, sr_str_make(lower, n));
	return v ? *v : 0;
}

const sr_vpair *sr_word_pair(const sr_lexicon *lex, const sr_strmap *map, sr_str word)
{
	int64_t at = sr_word_lookup(map, word);
	return at ? &lex->pairs.items[at - 1] : NULL;
}
