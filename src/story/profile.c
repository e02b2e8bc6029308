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
	sr_strmap_init(&v->paragraphs, arena);
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

/* The id of a name that some document has printed, or UINT32_MAX. */
static uint32_t known_name(const vocabulary *v, sr_str form)
{
	char key[WORD_MAX + 2] = { '0' + TERM_NAME };
	if (form.len > WORD_MAX)
		return UINT32_MAX;
	memcpy(key + 1, form.ptr, form.len);
	const int64_t *slot = sr_strmap_get(&v->forms, sr_str_make(key, form.len + 1));
	return slot && *slot > 0 ? (uint32_t)(*slot - 1) : UINT32_MAX;
}

/* One token of the text, as it is looked at. */
typedef struct token {
	sr_str word;   /* folded, in the scratch arena */
	bool upper;    /* begins with a capital */
	bool number;
	bool start;    /* first of a sentence, or in a title: its capital tells nothing by itself */
	bool joined;   /* nothing but a blank between it and the token before */
	bool near;     /* or a hyphen or a dot */
	bool lead, title;
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

/* Small numbers are as often spelled out: "four wounded" and "4 wounded" count the same. */
static sr_str number_word(sr_str word)
{
	static const char *const words[] = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
	static const char *const digits[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" };
	for (size_t i = 1; i < 12; i++)
		if (sr_str_eq(word, sr_str_c(words[i])))
			return sr_str_c(digits[i]);
	return (sr_str){ 0 };
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
	bool start = true, joined = false, near = false;
	for (size_t i = 0; i < s.len && t->words < WORDS_MAX;) {
		size_t next = i;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!is_part(cp)) {
			start = start || cp == '.' || cp == '!' || cp == '?' || cp == '\n' || cp == ':' || sr_cp_opens_quote(cp);
			joined = joined && cp == ' ';
			near = near && (cp == ' ' || cp == '-' || cp == '.');
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
		sr_str digits = number_word(k->word);
		if (digits.len) {
			k->word = digits;
			k->number = true;
		}
		k->start = start || title;
		k->joined = joined;
		k->near = near;
		k->title = title;
		k->lead = title || t->words < lead_words;
		t->words++;
		start = false;
		joined = near = true;
	}
	return true;
}

/* The last part of an address is often the headline: /2024/06/03/ferry-runs-aground-a1. */
static sr_str address_words(sr_str url)
{
	size_t end = url.len, cut;
	for (size_t i = 0; i < url.len && end == url.len; i++)
		end = url.ptr[i] == '?' || url.ptr[i] == '#' ? i : end;
	while (end > 0 && url.ptr[end - 1] == '/')
		end--;
	for (cut = end; cut > 0 && url.ptr[cut - 1] != '/'; cut--)
		;
	sr_str slug = sr_str_slice(url, cut, end);
	size_t hyphens = 0;
	for (size_t i = 0; i < slug.len; i++)
		hyphens += slug.ptr[i] == '-' || slug.ptr[i] == '_';
	return hyphens >= 3 ? slug : (sr_str){ 0 };
}

/* "Headline - Outlet", "Headline | Station | City": the first part, if it is long enough to be one. */
static sr_str bare_title(sr_str title)
{
	static const sr_str bars[] = { SR_STR_INIT(" - "), SR_STR_INIT(" | "), SR_STR_INIT(" \xC2\xAB "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 ") };
	size_t cut = title.len, words = 0;
	for (size_t i = 0; i < 5; i++) {
		size_t at = sr_str_find(title, bars[i], 0);
		cut = at < cut ? at : cut;
	}
	for (size_t i = 0; i < cut; i++)
		words += title.ptr[i] == ' ';
	return words >= 3 ? sr_str_slice(title, 0, cut) : title;
}

/* The host of an address, the archive's own prefix aside, or else the outlet's name. */
static sr_str outlet_of(const sr_document *doc)
{
	sr_str url = doc->url;
	for (size_t at; (at = sr_str_find(url, SR_STR("://"), 0)) != SIZE_MAX;)
		url = sr_str_slice(url, at + 3, url.len);
	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] == '/' || url.ptr[i] == ':')
			return sr_str_slice(url, 0, i);
	return url.len ? url : doc->site;
}

#define REPEATS 2 /* articles of an outlet after which a paragraph is its furniture */

/* Counts the paragraph for its outlet; true if it has become furniture. */
static bool is_repeated(vocabulary *v, sr_str outlet, sr_str paragraph, bool *ok)
{
	struct {
		uint64_t outlet, text;
	} key = { sr_str_hash(outlet), sr_str_hash(paragraph) };
	int64_t *seen = outlet.len ? sr_strmap_put(&v->paragraphs, sr_str_make((const char *)&key, sizeof key)) : NULL;
	if (outlet.len && !seen)
		*ok = false;
	return seen && (*seen)++ >= REPEATS;
}

static bool take_text(vocabulary *v, tokens *t, const sr_document *doc, size_t lead_words)
{
	sr_str outlet = outlet_of(doc);
	bool ok = true;
	size_t before = t->words;
	for (size_t i = 0; i < doc->block_count && i < 500 && ok; i++) {
		sr_str paragraph = sr_span_of(doc->text, doc->blocks[i].span);
		if (!is_repeated(v, outlet, paragraph, &ok))
			ok = ok && take_words(t, paragraph, false, lead_words);
	}
	/* a text that is nothing else must speak for itself */
	return ok && (t->words > before || take_words(t, doc->text, false, lead_words));
}

typedef struct counts {
	sr_arena *arena;
	sr_strmap seen; /* id → index + 1 */
	SR_VEC(term) terms;
} counts;

static bool count_term(counts *c, uint32_t id, const token *k)
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
	c->terms.items[*slot - 1].weight += 1;
	c->terms.items[*slot - 1].lead += k->lead;
	c->terms.items[*slot - 1].title += k->title;
	return true;
}

/* How the document prints a word within its sentences. */
enum { PRINTED_CAPITAL = 1, PRINTED_SMALL = 2 };

static bool note_cases(vocabulary *v, const tokens *t, sr_strmap *cases)
{
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		int64_t flag = k->number || k->word.len < 2 ? 0 : !k->upper ? PRINTED_SMALL : k->start ? 0 : PRINTED_CAPITAL;
		int64_t *slot = flag ? sr_strmap_put(cases, k->word) : NULL;
		if (flag && !slot)
			return false;
		if (!flag || *slot & flag)
			continue;
		*slot |= flag;
		if (sr_lang_is_stopword(k->word))
			continue;
		uint32_t id = flag == PRINTED_CAPITAL ? term_id(v, TERM_NAME, k->word) : known_name(v, k->word);
		if (id != UINT32_MAX) {
			v->terms.items[id].capital += flag == PRINTED_CAPITAL;
			v->terms.items[id].small += flag == PRINTED_SMALL;
		}
	}
	return true;
}

/* Is the token a name? Capitals within a sentence say so. At its start or in a title, the same word
 * elsewhere in the document must, or else the way that other documents print it. */
static bool is_name(vocabulary *v, const sr_strmap *cases, const token *k)
{
	if (!k->upper || k->number || k->word.len < 2)
		return false;
	const int64_t *seen = sr_strmap_get(cases, k->word);
	if (!k->start || (seen && *seen & PRINTED_CAPITAL))
		return true;
	if (seen && *seen & PRINTED_SMALL)
		return false;
	uint32_t id = known_name(v, k->word);
	return id != UINT32_MAX && v->terms.items[id].capital > v->terms.items[id].small;
}

static bool count_pair(vocabulary *v, counts *c, term_class kind, sr_str a, sr_str b, const token *k)
{
	char pair[2 * WORD_MAX + 2];
	if (a.len + b.len + 1 > 2 * WORD_MAX)
		return true;
	memcpy(pair, a.ptr, a.len);
	pair[a.len] = ' ';
	memcpy(pair + a.len + 1, b.ptr, b.len);
	return count_term(c, term_id(v, kind, sr_str_make(pair, a.len + 1 + b.len)), k);
}

/* A number says most with what it counts: "84 people", "3 year", "june 12". */
static bool count_number(vocabulary *v, counts *c, const tokens *t, size_t i)
{
	const token *k = &t->items.items[i], *next = i + 1 < t->items.count ? k + 1 : NULL;
	if (k->word.len >= 2 && !count_term(c, term_id(v, TERM_NUMBER, k->word), k))
		return false;
	if (next && !next->number && next->near && !sr_lang_is_stopword(next->word) &&
	    !count_pair(v, c, TERM_NUMBER, k->word, sr_str_slice(next->word, 0, 5), k))
		return false;
	return i == 0 || !k->near || !k[-1].upper || k[-1].number || count_pair(v, c, TERM_NUMBER, sr_str_slice(k[-1].word, 0, 3), k->word, k);
}

static bool count_all(vocabulary *v, const tokens *t, counts *c)
{
	sr_strmap cases;
	sr_strmap_init(&cases, t->arena);
	if (!note_cases(v, t, &cases))
		return false;
	bool before = false;
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		bool name = is_name(v, &cases, k) && !sr_lang_is_stopword(k->word), ok = true;
		if (k->number)
			ok = count_number(v, c, t, i);
		else if (k->word.len > 1)
			ok = count_term(c, term_id(v, TERM_WORD, k->word), k);
		ok = ok && (!name || count_term(c, term_id(v, TERM_NAME, k->word), k));
		ok = ok && (!name || !before || !k->joined || count_pair(v, c, TERM_PAIR, k[-1].word, k->word, k));
		if (!ok)
			return false;
		before = name;
	}
	return true;
}

/* Frequency counts less and less; 0 stays 0. */
static float damped(float n) { return n > 0 ? 1 + logf(n) : 0; }

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
	if (take_words(&t, bare_title(doc->title), true, 0) && take_words(&t, address_words(doc->url), true, 0) && take_text(v, &t, doc, (size_t)params->lead_words + t.words) && count_all(v, &t, &c)) {
		*out = (profile){ .count = (uint32_t)c.terms.count, .day = INT32_MIN };
		out->terms = SR_NEW_ARRAY(arena, term, c.terms.count + 1);
		if (out->terms) {
			for (size_t i = 0; i < c.terms.count; i++)
				out->terms[i] = (term){ c.terms.items[i].id, damped(c.terms.items[i].weight), damped(c.terms.items[i].lead),
				                         c.terms.items[i].title > 0 };
			qsort(out->terms, out->count, sizeof *out->terms, by_id);
			status = SR_OK;
		}
		if (doc->published.precision >= SR_PRECISION_DAY)
			out->day = sr_days_from_civil(doc->published.year, doc->published.month, doc->published.day);
	}
	sr_arena_free(scratch);
	return status;
}
