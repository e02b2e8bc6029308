/* The rule set: the tables of data/claim, read once into maps keyed by lower-case words. */
#include "claim_internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 48

static const char *const class_names[WI_COUNT] = {
#define X(name) #name,
	WORD_CLASSES(X)
#undef X
};

/* The lower-case form of an ASCII-or-UTF-8 word in buf; empty if it is too long to be in a table. */
static sr_str lower_into(sr_str s, char buf[WORD_MAX])
{
	if (s.len > WORD_MAX)
		return (sr_str){ 0 };
	for (size_t i = 0; i < s.len; i++)
		buf[i] = sr_is_upper((unsigned char)s.ptr[i]) ? (char)(s.ptr[i] + 32) : s.ptr[i];
	return sr_str_make(buf, s.len);
}

const lex_entry *rules_lookup(const sr_claim_rules *rules, sr_str word)
{
	char buf[WORD_MAX];
	sr_str key = lower_into(word, buf);
	if (key.len == 0)
		return NULL;
	const int64_t *v = sr_strmap_get(&rules->words, key);
	return v ? &rules->lex[*v - 1] : NULL;
}

bool rules_hold(const sr_claim_rules *rules, sr_str word, uint64_t bits)
{
	const lex_entry *e = rules_lookup(rules, word);
	return e && (e->bits & bits);
}

bool phrase_unverified(const sr_claim_rules *rules, sr_str text)
{
	for (size_t at = 0; at + 1 < text.len; at++) {
		if (!rules->unverified_first[(unsigned char)text.ptr[at] & 31][(unsigned char)text.ptr[at + 1] & 31])
			continue;
		for (size_t i = 0; i < rules->unverified_count; i++)
			if (sr_str_starts_nocase(sr_str_slice(text, at, text.len), rules->unverified[i]))
				return true;
	}
	return false;
}

/* ---- building ---- */

typedef struct builder {
	sr_claim_rules *rules;
	size_t cue_cap, form_cap, lex_cap, unver_cap, number_cap, unit_cap, approx_cap;
	sr_error *err;
} builder;

#define GROW(b, list, cap, count) \
	sr_arena_grow((b)->rules->arena, (void **)&(list), &(cap), (count), sizeof *(list))

static lex_entry *entry_for(builder *b, sr_str word)
{
	sr_claim_rules *r = b->rules;
	int64_t *v = sr_strmap_put(&r->words, word);
	if (!v)
		return NULL;
	if (*v == 0) {
		if (!GROW(b, r->lex, b->lex_cap, r->lex_count))
			return NULL;
		r->lex[r->lex_count++] = (lex_entry){ .forms = -1, .number = -1 };
		*v = (int64_t)r->lex_count;
	}
	return &r->lex[*v - 1];
}

static sr_status add_form(builder *b, sr_str word, size_t cue_index, cue_form form)
{
	sr_claim_rules *r = b->rules;
	lex_entry *e = entry_for(b, word);
	if (!e || !GROW(b, r->forms, b->form_cap, r->form_count))
		return sr_fail(b->err, SR_E_NOMEM, "no memory for the cue table");
	for (int32_t f = e->forms; f >= 0; f = r->forms[f].next)
		if (r->forms[f].cue == cue_index)
			return SR_OK;
	r->forms[r->form_count] = (cue_entry){ (uint16_t)cue_index, (uint8_t)form, e->forms };
	e->forms = (int32_t)r->form_count++;
	return SR_OK;
}

static bool vowel(char c) { return memchr("aeiou", c, 5) != NULL; }

static sr_status add_suffixed(builder *b, char *buf, size_t stem, sr_str suffix, size_t cue_index, cue_form form)
{
	memcpy(buf + stem, suffix.ptr, suffix.len);
	return add_form(b, sr_str_make(buf, stem + suffix.len), cue_index, form);
}

/* The regular inflections of English verbs. */
static sr_status add_verb_forms(builder *b, sr_str lemma, size_t cue_index)
{
	char buf[WORD_MAX + 8];
	size_t n = lemma.len;
	const char *w = lemma.ptr;
	SR_TRY(add_form(b, lemma, cue_index, FORM_BASE));
	if (n < 2 || n > WORD_MAX - 4)
		return SR_OK;
	memcpy(buf, w, n);
	char last = w[n - 1], before = w[n - 2];
	bool y = last == 'y' && !vowel(before), e = last == 'e';
	bool sibilant = last == 's' || last == 'x' || last == 'z' || last == 'o' || (last == 'h' && (before == 's' || before == 'c'));
	size_t stem = y ? n - 1 : n;
	SR_TRY(add_suffixed(b, buf, stem, y ? SR_STR("ies") : sibilant ? SR_STR("es") : SR_STR("s"), cue_index, FORM_S));
	stem = y || e ? n - 1 : n;
	SR_TRY(add_suffixed(b, buf, stem, y ? SR_STR("ied") : SR_STR("ed"), cue_index, FORM_PAST));
	stem = e && before != 'e' ? n - 1 : n;
	memcpy(buf, w, n);
	return add_suffixed(b, buf, stem, SR_STR("ing"), cue_index, FORM_ING);
}

static bool parse_kind(sr_str s, cue_kind *out)
{
	static const char *const names[] = { "verb", "noun", "adj", "phrase" };
	for (int i = 0; i < 4; i++)
		if (sr_str_eq(s, sr_str_c(names[i])))
			return *out = (cue_kind)i, true;
	return false;
}

static bool parse_class(sr_str s, cue_class *out)
{
	static const char *const names[] = { "speech", "finding", "thought", "attitude", "seem" };
	for (int i = 0; i < 5; i++)
		if (sr_str_eq(s, sr_str_c(names[i])))
			return *out = (cue_class)i, true;
	return false;
}

static bool parse_stance(sr_str s, sr_stance *out)
{
	for (int i = SR_STANCE_SAYS; i <= SR_STANCE_DEMANDS; i++)
		if (sr_str_eq(s, sr_str_c(sr_stance_name((sr_stance)i))))
			return *out = (sr_stance)i, true;
	return false;
}

static bool parse_certainty(sr_str s, sr_certainty *out)
{
	for (int i = SR_CERTAINTY_STATED; i <= SR_CERTAINTY_UNVERIFIED; i++)
		if (sr_str_eq(s, sr_str_c(sr_certainty_name((sr_certainty)i))))
			return *out = (sr_certainty)i, true;
	return false;
}

static sr_status add_cue_words(builder *b, const cue *c, size_t index, sr_str irregular)
{
	sr_str word;
	if (c->kind == CUE_VERB)
		SR_TRY(add_verb_forms(b, c->lemma, index));
	else if (c->kind == CUE_PHRASE) {
		sr_str rest = c->lemma;
		sr_str_next_field(&rest, ' ', &word);
		return add_form(b, word, index, FORM_BASE);
	} else
		SR_TRY(add_form(b, c->lemma, index, FORM_BASE));
	while (sr_str_next_field(&irregular, ' ', &word)) {
		if (sr_str_eq(word, SR_STR("-")))
			continue;
		cue_form form = sr_str_ends(word, SR_STR("ing")) ? FORM_ING : FORM_PAST;
		SR_TRY(add_form(b, word, index, form));
	}
	return SR_OK;
}

static sr_status read_cues(builder *b)
{
	sr_claim_rules *r = b->rules;
	sr_str rest = sr_data("claim/cues.tsv"), f[8];
	while (sr_tsv_next(&rest, f, 8)) {
		cue c = { .lemma = f[1] };
		if (!parse_kind(f[0], &c.kind) || !parse_class(f[2], &c.klass) || !parse_stance(f[5], &c.stance) ||
		    !parse_certainty(f[6], &c.certainty) || r->cue_count >= UINT16_MAX)
			return sr_fail(b->err, SR_E_CORRUPT, "cue table: row %.*s", SR_FMT(f[1]));
		for (size_t i = 0; i < f[3].len; i++)
			if (f[3].ptr[i] != '-')
				c.frames |= FRAME(f[3].ptr[i]);
		sr_str preps = f[4], p;
		while (c.prep_count < CUE_PREPS_MAX && sr_str_next_field(&preps, ',', &p))
			if (!sr_str_eq(p, SR_STR("-")))
				c.preps[c.prep_count++] = p;
		size_t blank = c.kind == CUE_VERB ? sr_str_find_char(c.lemma, ' ', 0) : SIZE_MAX;
		if (blank != SIZE_MAX) {
			c.rest = sr_str_slice(c.lemma, blank + 1, c.lemma.len);
			c.lemma = sr_str_slice(c.lemma, 0, blank);
		}
		if (!GROW(b, r->cues, b->cue_cap, r->cue_count))
			return sr_fail(b->err, SR_E_NOMEM, "no memory for the cue table");
		r->cues[r->cue_count] = c;
		SR_TRY(add_cue_words(b, &c, r->cue_count++, f[7]));
	}
	return r->cue_count ? SR_OK : sr_fail(b->err, SR_E_CORRUPT, "cue table: empty");
}

static sr_status read_words(builder *b, const char *table)
{
	sr_claim_rules *r = b->rules;
	sr_str rest = sr_data(table), f[2], word;
	while (sr_tsv_next(&rest, f, 2)) {
		if (sr_str_eq(f[0], SR_STR("unverified"))) {
			if (!GROW(b, r->unverified, b->unver_cap, r->unverified_count))
				return sr_fail(b->err, SR_E_NOMEM, "no memory for the word table");
			if (f[1].len < 2)
				return sr_fail(b->err, SR_E_CORRUPT, "word table: too short: %.*s", SR_FMT(f[1]));
			r->unverified[r->unverified_count++] = f[1];
			r->unverified_first[(unsigned char)f[1].ptr[0] & 31][(unsigned char)f[1].ptr[1] & 31] = true;
			continue;
		}
		int k = 0;
		while (k < WI_COUNT && !sr_str_eq(f[0], sr_str_c(class_names[k])))
			k++;
		if (k == WI_COUNT)
			return sr_fail(b->err, SR_E_CORRUPT, "word table: class %.*s", SR_FMT(f[0]));
		while (sr_str_next_field(&f[1], ' ', &word)) {
			if (word.len == 0)
				continue;
			lex_entry *e = entry_for(b, word);
			if (!e)
				return sr_fail(b->err, SR_E_NOMEM, "no memory for the word table");
			e->bits |= UINT64_C(1) << k;
		}
	}
	return SR_OK;
}

static double number_of(sr_str s)
{
	char buf[32];
	size_t n = s.len < sizeof buf - 1 ? s.len : sizeof buf - 1;
	memcpy(buf, s.ptr, n);
	buf[n] = 0;
	return strtod(buf, NULL);
}

static sr_status add_number(builder *b, number_kind kind, const sr_str *f)
{
	sr_claim_rules *r = b->rules;
	lex_entry *e = entry_for(b, f[1]);
	if (!e || !GROW(b, r->numbers, b->number_cap, r->number_count))
		return sr_fail(b->err, SR_E_NOMEM, "no memory for the number table");
	double low = number_of(f[2]);
	r->numbers[r->number_count] = (number_word){ kind, low, f[3].len ? number_of(f[3]) : low };
	e->number = (int32_t)r->number_count++;
	return SR_OK;
}

static sr_status add_unit(builder *b, const sr_str *f, bool before)
{
	sr_claim_rules *r = b->rules;
	if (!GROW(b, r->units, b->unit_cap, r->unit_count))
		return sr_fail(b->err, SR_E_NOMEM, "no memory for the unit table");
	r->units[r->unit_count++] = (unit_row){ f[1], f[2], f[3].len ? number_of(f[3]) : 1, before };
	return SR_OK;
}

static sr_status add_approx(builder *b, const sr_str *f)
{
	static const char *const names[] = { "about", "min", "max", "more", "less", "none" };
	sr_claim_rules *r = b->rules;
	for (int i = 0; i < 6; i++)
		if (sr_str_eq(f[2], sr_str_c(names[i]))) {
			if (!GROW(b, r->approx, b->approx_cap, r->approx_count))
				return sr_fail(b->err, SR_E_NOMEM, "no memory for the number table");
			r->approx[r->approx_count++] = (approx_row){ f[1], (approx_kind)i };
			return SR_OK;
		}
	return sr_fail(b->err, SR_E_CORRUPT, "number table: approximation %.*s", SR_FMT(f[2]));
}

static sr_status read_numbers(builder *b)
{
	static const char *const kinds[] = { "one", "hundred", "scale", "vague", "part", "times" };
	sr_str rest = sr_data("claim/numbers.tsv"), f[4];
	while (sr_tsv_next(&rest, f, 4)) {
		int k = 0;
		while (k < 6 && !sr_str_eq(f[0], sr_str_c(kinds[k])))
			k++;
		if (k < 6)
			SR_TRY(add_number(b, (number_kind)k, f));
		else if (sr_str_eq(f[0], SR_STR("unit")) || sr_str_eq(f[0], SR_STR("before")))
			SR_TRY(add_unit(b, f, f[0].len == 6));
		else if (sr_str_eq(f[0], SR_STR("approx")))
			SR_TRY(add_approx(b, f));
		else
			return sr_fail(b->err, SR_E_CORRUPT, "number table: row %.*s", SR_FMT(f[0]));
	}
	return SR_OK;
}

sr_claim_rules *sr_claim_rules_new(sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_claim_rules *r = arena ? SR_NEW(arena, sr_claim_rules) : NULL;
	if (!r) {
		sr_arena_free(arena);
		(void)sr_fail(err, SR_E_NOMEM, "no memory for the claim rules");
		return NULL;
	}
	r->arena = arena;
	sr_strmap_init(&r->words, arena);
	builder b = { .rules = r, .err = err };
	if (read_cues(&b) != SR_OK || read_words(&b, "claim/words.tsv") != SR_OK || read_words(&b, "claim/given-names.tsv") != SR_OK || read_numbers(&b) != SR_OK) {
		sr_arena_free(arena);
		return NULL;
	}
	return r;
}

void sr_claim_rules_free(sr_claim_rules *rules)
{
	if (rules)
		sr_arena_free(rules->arena);
}
