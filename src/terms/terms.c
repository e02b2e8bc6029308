#include "terms_internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_SET 48u

sr_status terms_intern(sr_terms *t, sr_str name, sr_term_kind kind, uint32_t *id)
{
	int64_t *slot = sr_strmap_put(&t->ids, name);
	if (!slot)
		return SR_E_NOMEM;
	if (!*slot) {
		size_t at = t->terms.count;
		term *added = SR_PUSH(t->arena, &t->terms);
		if (!added)
			return SR_E_NOMEM;
		*added = (term){ .name = t->ids.entries[t->ids.count - 1].key, .kind = kind };
		*slot = (int64_t)at + 1;
	}
	*id = (uint32_t)(*slot - 1);
	return SR_OK;
}

sr_str terms_stem(sr_terms *t, sr_str folded) { return sr_str_dup(t->arena, sr_stemmer_stem(t->stemmer, folded)); }

/* Words that stand for a country: who acts rather than what is acted upon. */
static sr_status load_countries(sr_terms *t)
{
	sr_str rest = sr_data("countries.tsv"), f[4], name;
	for (int64_t row = 1; sr_tsv_next(&rest, f, 4); row++)
		for (int column = 1; column < 4; column++)
			while (sr_str_next_field(&f[column], '|', &name)) {
				int64_t *slot = sr_strmap_put(&t->countries, terms_stem(t, sr_fold_dup(t->arena, name)));
				if (!slot)
					return SR_E_NOMEM;
				*slot = *slot ? *slot : row;
			}
	return SR_OK;
}

sr_terms *sr_terms_new(void)
{
	sr_terms *t = calloc(1, sizeof *t);
	if (!t)
		return NULL;
	t->arena = sr_arena_new(0);
	t->stemmer = sr_stemmer_new();
	if (t->arena && t->stemmer) {
		sr_strmap_init(&t->ids, t->arena);
		sr_strmap_init(&t->concepts, t->arena);
		sr_strmap_init(&t->leads, t->arena);
		sr_strmap_init(&t->opposites, t->arena);
		sr_strmap_init(&t->implied, t->arena);
		sr_strmap_init(&t->countries, t->arena);
		sr_strmap_init(&t->form_ids, t->arena);
		sr_strmap_init(&t->text_ids, t->arena);
		if (terms_load_concepts(t) == SR_OK && load_countries(t) == SR_OK)
			return t;
	}
	sr_terms_free(t);
	return NULL;
}

void sr_terms_free(sr_terms *t)
{
	if (!t)
		return;
	sr_stemmer_free(t->stemmer);
	sr_arena_free(t->arena);
	free(t);
}

static sr_term_kind kind_of(sr_str raw, bool sentence_start)
{
	size_t pos = 0;
	uint32_t cp = sr_utf8_next(raw, &pos);
	if (sr_is_digit(cp))
		return SR_TERM_NUMBER;
	return sr_cp_is_uppercase(cp) && !sentence_start ? SR_TERM_NAME : SR_TERM_WORD;
}

static bool has_word_char(sr_str w)
{
	size_t pos = 0;
	while (pos < w.len) {
		uint32_t cp = sr_utf8_next(w, &pos);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp))
			return true;
	}
	return false;
}

/* Folds and stems each word once. */
static sr_status form_of(sr_terms *t, sr_str raw, uint32_t *index)
{
	int64_t *slot = sr_strmap_put(&t->form_ids, raw);
	if (!slot)
		return SR_E_NOMEM;
	if (!*slot) {
		form *f = SR_PUSH(t->arena, &t->forms);
		if (!f)
			return SR_E_NOMEM;
		*slot = (int64_t)t->forms.count;
		f->folded = sr_fold_dup(t->arena, raw);
		f->stem = terms_stem(t, f->folded);
		f->skipped = !has_word_char(raw) || raw.len >= FOLDED_MAX;
		f->stopword = sr_lang_is_stopword(f->folded) || f->folded.len < 2;
		f->concept = terms_concept_of_word(t, f->folded);
		f->leads = sr_strmap_get(&t->leads, f->stem) != NULL;
		f->scope = scope_bits(raw);
	}
	*index = (uint32_t)*slot - 1;
	return SR_OK;
}

static sr_status read_forms(sr_terms *t, const sr_reading *r, text_forms *out)
{
	*out = (text_forms){ .reading = r, .forms = sr_arena_raw(t->arena, r->token_count * sizeof *out->forms),
		                 .scopes = sr_arena_raw(t->arena, r->token_count * sizeof *out->scopes) };
	if (!out->forms || !out->scopes)
		return SR_E_NOMEM;
	for (size_t i = 0; i < r->token_count; i++) {
		SR_TRY(form_of(t, sr_span_of(r->doc->text, r->tokens[i].span), &out->forms[i]));
		out->scopes[i] = t->forms.items[out->forms[i]].scope;
	}
	return SR_OK;
}

/* Each reading's words are looked up once. */
static sr_status forms_of(sr_terms *t, const sr_reading *r, text_forms *out)
{
	if (t->texts.count && t->texts.items[t->texts.count - 1].reading == r) {
		*out = t->texts.items[t->texts.count - 1];
		return SR_OK;
	}
	int64_t *slot = sr_strmap_put(&t->text_ids, sr_str_make((const char *)&r, sizeof r));
	if (!slot)
		return SR_E_NOMEM;
	if (!*slot) {
		text_forms read, *added;
		SR_TRY(read_forms(t, r, &read));
		if (!(added = SR_PUSH(t->arena, &t->texts)))
			return SR_E_NOMEM;
		*added = read;
		*slot = (int64_t)t->texts.count;
	}
	*out = t->texts.items[*slot - 1];
	return SR_OK;
}

/* The concept that a word (with its follower) stands for, or 0; id + 1. */
static int64_t concept_of(const sr_terms *t, const form *f, const form *next)
{
	if (f->leads && next && next->folded.len && next->folded.len < FOLDED_MAX) {
		char pair[2 * FOLDED_MAX + 2];
		size_t n = (size_t)snprintf(pair, sizeof pair, "%.*s %.*s", SR_FMT(f->stem), SR_FMT(next->stem));
		const int64_t *two = n < sizeof pair ? sr_strmap_get(&t->concepts, sr_str_make(pair, n)) : NULL;
		if (two)
			return *two;
	}
	return f->concept;
}

/* A stretch of tokens to be read. */
typedef struct stretch {
	const sr_reading *reading;
	text_forms text;
	size_t first, end;  /* tokens */
	uint32_t start;     /* of the sentence that it begins in, or UINT32_MAX */
} stretch;

static form *form_at(const sr_terms *t, const stretch *s, size_t i) { return &t->forms.items[s->text.forms[i]]; }

/* "cease-fire": the words of a pair may have a hyphen between them. */
static bool is_hyphen(const stretch *s, size_t i)
{
	return i < s->end && sr_str_eq(sr_span_of(s->reading->doc->text, s->reading->tokens[i].span), SR_STR("-"));
}

static int64_t concept_at(const sr_terms *t, const stretch *s, size_t i)
{
	size_t next = i + 1 + is_hyphen(s, i + 1);
	return concept_of(t, form_at(t, s, i), next < s->end ? form_at(t, s, next) : NULL);
}

/* The second word of a hyphenated pair says nothing else. */
static bool ends_pair(const sr_terms *t, const stretch *s, size_t i)
{
	if (i < s->first + 2 || !is_hyphen(s, i - 1))
		return false;
	const form *lead = form_at(t, s, i - 2);
	return lead->leads && concept_at(t, s, i - 2) != (int64_t)lead->concept;
}

/* The term of token i; UINT32_MAX for none. */
static sr_status term_of(sr_terms *t, const stretch *s, size_t i, uint32_t *id)
{
	form *f = form_at(t, s, i);
	*id = UINT32_MAX;
	if (f->skipped || ends_pair(t, s, i))
		return SR_OK;
	int64_t concept = concept_at(t, s, i);
	if (concept) {
		*id = (uint32_t)(concept - 1);
	} else if (!f->stopword) {
		if (!f->term) {
			sr_span at = s->reading->tokens[i].span;
			SR_TRY(terms_intern(t, f->stem, kind_of(sr_span_of(s->reading->doc->text, at), at.start == s->start), id));
			f->term = *id + 1;
		}
		*id = f->term - 1;
	}
	return SR_OK;
}

static size_t first_token_at(const sr_reading *r, uint32_t offset)
{
	size_t low = 0, high = r->token_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (r->tokens[mid].span.start < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static sr_status stretch_of(sr_terms *t, const sr_reading *r, sr_span span, stretch *out)
{
	size_t sentence = sr_reading_sentence_at(r, span.start);
	*out = (stretch){ .reading = r, .first = first_token_at(r, span.start), .end = first_token_at(r, span.end),
		              .start = sentence == SIZE_MAX ? UINT32_MAX : r->sentences[sentence].span.start };
	if (out->end < out->first)
		out->end = out->first;
	return forms_of(t, r, &out->text);
}

sr_status sr_terms_read(sr_terms *t, const sr_reading *r, sr_span span, sr_term_at **out, size_t *count)
{
	stretch s;
	scope marks;
	SR_TRY(stretch_of(t, r, span, &s));
	sr_term_at *items = sr_arena_raw(t->arena, (s.end - s.first) * sizeof *items);
	size_t n = 0;
	if (!items)
		return SR_E_NOMEM;
	scope_start(&marks, r, span, s.text.scopes, t->arena);
	for (size_t i = s.first; i < s.end; i++) {
		if (!scope_next(&marks, i, &items[n]))
			continue;
		SR_TRY(term_of(t, &s, i, &items[n].term));
		n += items[n].term != UINT32_MAX;
	}
	if (marks.failed)
		return SR_E_NOMEM;
	*out = items;
	*count = n;
	return SR_OK;
}

bool sr_terms_mentions(const sr_terms *t, const sr_reading *r, sr_span span, sr_str concept)
{
	char name[FOLDED_MAX + 1];
	int n = snprintf(name, sizeof name, "=%.*s", SR_FMT(concept));
	const int64_t *id = n > 0 && (size_t)n < sizeof name ? sr_strmap_get(&t->ids, sr_str_make(name, (size_t)n)) : NULL;
	const int64_t *text = sr_strmap_get(&t->text_ids, sr_str_make((const char *)&r, sizeof r));
	if (!id || !text)
		return false;
	const uint32_t *forms = t->texts.items[*text - 1].forms;
	size_t end = first_token_at(r, span.end);
	for (size_t i = first_token_at(r, span.start); i < end; i++)
		if (concept_of(t, &t->forms.items[forms[i]], i + 1 < end ? &t->forms.items[forms[i + 1]] : NULL) == *id)
			return true;
	return false;
}

/* Sorts what stands in the set, and leaves each once. Most are short. */
static void make_set(sr_term_set *set, size_t count)
{
	uint32_t *ids = set->ids;
	if (count > SHORT_SET)
		qsort(ids, count, sizeof *ids, terms_by_id);
	for (size_t i = 1; i < count && count <= SHORT_SET; i++) {
		uint32_t id = ids[i];
		size_t k = i;
		for (; k > 0 && ids[k - 1] > id; k--)
			ids[k] = ids[k - 1];
		ids[k] = id;
	}
	for (size_t i = 0; i < count; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[set->count++] = ids[i];
}

sr_status sr_terms_set(sr_terms *t, const sr_term_at *items, size_t count, sr_term_set *out)
{
	*out = (sr_term_set){ .ids = sr_arena_raw(t->arena, count * sizeof *out->ids) };
	if (!out->ids)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++)
		out->ids[i] = items[i].term;
	make_set(out, count);
	return SR_OK;
}

sr_status sr_terms_set_of(sr_terms *t, const sr_reading *r, sr_span span, sr_term_set *out)
{
	stretch s;
	size_t n = 0;
	SR_TRY(stretch_of(t, r, span, &s));
	*out = (sr_term_set){ .ids = sr_arena_raw(t->arena, (s.end - s.first) * sizeof *out->ids) };
	if (!out->ids)
		return SR_E_NOMEM;
	for (size_t i = s.first; i < s.end; i++) {
		if (scope_negates(s.text.scopes, r->token_count, i))
			continue;
		SR_TRY(term_of(t, &s, i, &out->ids[n]));
		n += out->ids[n] != UINT32_MAX;
	}
	make_set(out, n);
	return SR_OK;
}

sr_status sr_terms_known(sr_terms *t, sr_str words, sr_term_set *out)
{
	sr_str rest = words, word;
	size_t n = 0;
	*out = (sr_term_set){ .ids = sr_arena_raw(t->arena, (words.len / 2 + 1) * sizeof *out->ids) };
	if (!out->ids)
		return SR_E_NOMEM;
	while (sr_str_next_field(&rest, ' ', &word)) {
		uint32_t index;
		if (!word.len)
			continue;
		SR_TRY(form_of(t, word, &index));
		const form *f = &t->forms.items[index];
		const int64_t *id = f->stopword ? NULL : sr_strmap_get(&t->ids, f->stem);
		if (f->concept)
			out->ids[n++] = f->concept - 1;
		else if (id)
			out->ids[n++] = (uint32_t)*id - 1;
	}
	make_set(out, n);
	return SR_OK;
}

void sr_terms_count(sr_terms *t, sr_term_set set)
{
	t->text_count++;
	for (size_t i = 0; i < set.count; i++)
		t->terms.items[set.ids[i]].texts++;
}

static double idf_of(const sr_terms *t, uint32_t texts) { return log((1.0 + (double)t->text_count) / (1.0 + texts)) + 0.1; }

/* Most terms stand in as few texts as many others: a logarithm for each of those numbers, not for each term. */
#define IDF_KEPT 1024u

sr_status sr_terms_settle(sr_terms *t)
{
	double *of = SR_NEW_ARRAY(t->arena, double, IDF_KEPT);
	t->idf = SR_NEW_ARRAY(t->arena, double, t->terms.count);
	if (!of || !t->idf)
		return SR_E_NOMEM;
	for (size_t i = 0; i < t->terms.count; i++) {
		uint32_t texts = t->terms.items[i].texts;
		if (texts < IDF_KEPT && !(of[texts] > 0))
			of[texts] = idf_of(t, texts);
		t->idf[i] = texts < IDF_KEPT ? of[texts] : idf_of(t, texts);
	}
	return SR_OK;
}

double sr_terms_idf(const sr_terms *t, uint32_t id) { return t->idf[id]; }

sr_term_kind sr_terms_kind(const sr_terms *t, uint32_t id) { return t->terms.items[id].kind; }

bool sr_terms_is_thing(const sr_terms *t, uint32_t id) { return t->terms.items[id].thing; }

bool sr_terms_is_weak(const sr_terms *t, uint32_t id) { return t->terms.items[id].weak; }

uint32_t sr_terms_country(const sr_terms *t, uint32_t id)
{
	const int64_t *row = sr_strmap_get(&t->countries, t->terms.items[id].name);
	return row ? (uint32_t)*row : 0;
}

sr_str sr_terms_name(const sr_terms *t, uint32_t id)
{
	sr_str name = t->terms.items[id].name;
	return t->terms.items[id].kind == SR_TERM_CONCEPT ? sr_str_slice(name, 1, name.len) : name;
}
