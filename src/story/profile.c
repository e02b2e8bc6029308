/* A document as weighted terms: stems of its words, the tokens and pairs of its names, its numbers with what
 * they count, the days that it speaks of. */
#include "internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAIR_MAX 128u      /* bytes of a term of two words */
#define TITLE_WORDS_MIN 4u /* of a title that a text is held against */
#define TITLE_MAX 31u      /* occurrences in a title that are told apart */
#define REPEATS 2u         /* articles of an outlet after which a paragraph or a title is its furniture */
#define LEAD_BYTES 720u     /* of a text: the days there are of its lead */
#define PRINTED_WITHIN 400u/* bytes of a text that may hold its own date, */
#define PRINTED_LINE 120u  /* on a line no longer than this */

typedef struct counts {
	sr_arena *arena;
	sr_stemmer *stemmer;
	sr_strmap seen; /* hash → index + 1 */
	SR_VEC(term) terms;
} counts;

static uint32_t fold_hash(uint64_t h) { return (uint32_t)(h ^ h >> 32); }

static uint32_t term_hash(term_class kind, sr_str a, sr_str b)
{
	uint64_t h = sr_str_hash(a) * 31 + (b.len ? sr_str_hash(b) : 0) + (uint64_t)kind;
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
	return fold_hash(h);
}

static bool count_hash(counts *c, term_class kind, uint32_t hash, const token *k)
{
	int64_t *slot = c->terms.count < TERMS_MAX ? sr_strmap_put(&c->seen, sr_str_make((const char *)&hash, sizeof hash))
	                                           : sr_strmap_get(&c->seen, sr_str_make((const char *)&hash, sizeof hash));
	if (!slot)
		return c->terms.count >= TERMS_MAX;
	if (!*slot) {
		term *t = SR_PUSH(c->arena, &c->terms);
		if (!t)
			return false;
		t->hash = hash;
		t->kind = (uint8_t)kind;
		*slot = (int64_t)c->terms.count;
	}
	term *t = &c->terms.items[*slot - 1];
	t->count = (uint8_t)(t->count + (t->count < 255));
	t->lead = (uint8_t)(t->lead + (k->lead && t->lead < 255));
	t->title = (uint8_t)(t->title + (k->title && t->title < TITLE_MAX));
	return true;
}

static bool count_term(counts *c, term_class kind, sr_str a, sr_str b, const token *k)
{
	return count_hash(c, kind, term_hash(kind, a, b), k);
}

static bool count_word(counts *c, const token *k)
{
	return sr_lang_is_stopword(k->word) || count_term(c, TERM_WORD, sr_stemmer_stem(c->stemmer, k->word), (sr_str){ 0 }, k);
}

/* How the document prints a word within its sentences. */
enum { PRINTED_CAPITAL = 1, PRINTED_SMALL = 2 };

static bool note_cases(const tokens *t, sr_strmap *cases)
{
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		int64_t flag = k->number || k->word.len < 2 ? 0 : !k->upper ? PRINTED_SMALL : k->start ? 0 : PRINTED_CAPITAL;
		int64_t *slot = flag ? sr_strmap_put(cases, k->word) : NULL;
		if (flag && !slot)
			return false;
		if (flag)
			*slot |= flag;
	}
	return true;
}

/* Is the token a name? A capital within a sentence says so. At a sentence's start or in a title it does
 * unless the document prints the word small elsewhere, and only small. */
static bool is_name(const sr_strmap *cases, const token *k)
{
	if (!k->upper || k->number || k->word.len < 2 || sr_lang_is_stopword(k->word))
		return false;
	const int64_t *seen = sr_strmap_get(cases, k->word);
	return !k->start || !seen || (*seen & PRINTED_CAPITAL);
}

/* A number says most with what it counts: "84 people", "3 year", "june 12". */
static bool count_number(counts *c, const tokens *t, size_t i)
{
	const token *k = &t->items.items[i], *next = i + 1 < t->items.count ? k + 1 : NULL;
	if (k->word.len >= 2 && !count_term(c, TERM_NUMBER, k->word, (sr_str){ 0 }, k))
		return false;
	if (next && !next->number && next->near && !sr_lang_is_stopword(next->word) &&
	    !count_term(c, TERM_NUMBER, k->word, sr_str_slice(next->word, 0, 5), k))
		return false;
	return i == 0 || !k->near || !k[-1].upper || k[-1].number || count_term(c, TERM_NUMBER, sr_str_slice(k[-1].word, 0, 3), k->word, k);
}

static bool count_all(const tokens *t, counts *c)
{
	sr_strmap cases;
	sr_strmap_init(&cases, t->arena);
	if (!note_cases(t, &cases))
		return false;
	bool before = false;
	for (size_t i = 0; i < t->items.count; i++) {
		const token *k = &t->items.items[i];
		bool name = is_name(&cases, k), ok = true;
		if (k->number)
			ok = count_number(c, t, i);
		else if (k->word.len > 1)
			ok = count_word(c, k);
		ok = ok && (!name || count_term(c, TERM_NAME, k->word, (sr_str){ 0 }, k));
		ok = ok && (!name || !before || !k->joined || count_term(c, TERM_PAIR, k[-1].word, k->word, k));
		if (!ok)
			return false;
		before = name;
	}
	return true;
}

/* The day of a TIMEX3 value that names one ("2026-03-12", "2026-03-12T04:05"). */
static bool day_of(sr_str value, int32_t *day)
{
	sr_time t;
	if (value.len < 10 || !sr_time_parse(sr_str_slice(value, 0, 10), &t) || t.precision < SR_PRECISION_DAY)
		return false;
	*day = (int32_t)sr_days_from_civil(t.year, t.month, t.day);
	return true;
}

/* A page without a date of its own often prints it above or below its title, on a short line. */
static bool printed_day(const sr_reading *reading, int32_t *day)
{
	sr_str text = reading->doc->text;
	for (size_t i = 0; i < reading->time_count; i++) {
		sr_span at = reading->times[i].span;
		if (at.start > PRINTED_WITHIN)
			return false;
		size_t start = at.start, end = sr_str_find_char(text, '\n', at.end);
		while (start > 0 && text.ptr[start - 1] != '\n')
			start--;
		if ((end == SIZE_MAX ? text.len : end) - start <= PRINTED_LINE && day_of(reading->times[i].value, day))
			return true;
	}
	return false;
}

static bool count_days(counts *c, const sr_reading *reading, size_t lead_bytes)
{
	for (size_t i = 0; i < reading->time_count; i++) {
		token k = { .lead = reading->times[i].span.start < lead_bytes };
		int32_t day;
		if (day_of(reading->times[i].value, &day) &&
		    !count_hash(c, TERM_DAY, term_hash(TERM_DAY, sr_str_make((const char *)&day, sizeof day), (sr_str){ 0 }), &k))
			return false;
	}
	return true;
}

/* The days that the text speaks of; and its own day, as given or as printed. */
static bool take_days(const sr_story_stream *s, counts *c, const sr_document *doc, bool foreign, int32_t *day)
{
	sr_document own = *doc;
	sr_reading reading = { .doc = &own };
	*day = INT32_MIN;
	if (sr_temporal_read(s->temporal, c->arena, &reading, NULL) != SR_OK)
		return false;
	if (own.published.precision >= SR_PRECISION_DAY) {
		*day = (int32_t)sr_days_from_civil(own.published.year, own.published.month, own.published.day);
	} else if (printed_day(&reading, day)) {
		int year, month, date;
		sr_civil_from_days(*day, &year, &month, &date);
		own.published = sr_time_date(year, month, date);
		reading = (sr_reading){ .doc = &own };
		if (sr_temporal_read(s->temporal, c->arena, &reading, NULL) != SR_OK)
			return false;
	}
	return foreign || count_days(c, &reading, LEAD_BYTES);
}

static uint32_t paragraph_hash(sr_str outlet, sr_str paragraph)
{
	return fold_hash((sr_str_hash(paragraph) ^ sr_str_hash(outlet)) * 0x9e3779b97f4a7c15u);
}

uint32_t profile_paragraphs(const sr_document *doc, uint32_t *out)
{
	sr_str outlet = words_outlet(doc);
	uint32_t n = 0;
	if (outlet.len && doc->title.len)
		out[n++] = paragraph_hash(outlet, doc->title);
	for (size_t i = 0; outlet.len && i < doc->block_count && n < PARAGRAPHS_MAX; i++)
		out[n++] = paragraph_hash(outlet, sr_span_of(doc->text, doc->blocks[i].span));
	return n;
}

/* Has the outlet printed it often enough? Counted ahead, a document has counted itself. */
static bool is_furniture(const sr_story_stream *s, sr_str outlet, sr_str paragraph)
{
	return outlet.len && s->by_hash->furniture[paragraph_hash(outlet, paragraph) % FURNITURE] >= REPEATS + (s->ahead ? 1 : 0);
}

/* A headline that returns every day says nothing of the day. */
static bool take_title(const sr_story_stream *s, tokens *t, const sr_document *doc)
{
	if (!is_furniture(s, words_outlet(doc), doc->title) && !words_take(t, words_of_title(doc->title), true, 0))
		return false;
	return words_take(t, words_of_address(doc->url), true, 0);
}

/* Takes the paragraphs that are not furniture of the outlet. */
static bool take_text(const sr_story_stream *s, tokens *t, const sr_document *doc)
{
	sr_str outlet = words_outlet(doc);
	size_t lead = story_defaults.lead_words + t->words, before = t->words;
	for (size_t i = 0; i < doc->block_count && i < 500; i++) {
		sr_str paragraph = sr_span_of(doc->text, doc->blocks[i].span);
		if (is_furniture(s, outlet, paragraph))
			continue;
		if (!words_take(t, paragraph, false, lead))
			return false;
	}
	/* a text that is nothing else must speak for itself */
	return t->words > before || words_take(t, doc->text, false, lead);
}

/* Has the text next to nothing of what its title says? Then it is a notice or a list of other headlines. */
static bool is_foreign(const sr_story_stream *s, tokens *t, size_t title_tokens, bool *ok)
{
	sr_strmap said;
	sr_strmap_init(&said, t->arena);
	size_t words = 0, found = 0;
	for (size_t i = t->items.count; i-- > 0;) {
		const token *k = &t->items.items[i];
		if (k->word.len < 3 || sr_lang_is_stopword(k->word))
			continue;
		int64_t *slot = sr_strmap_put(&said, sr_stemmer_stem(s->stemmer, k->word));
		if (!slot)
			return *ok = false;
		if (i >= title_tokens) {
			*slot = 1;
		} else if (*slot < 2) { /* each of the title's words once */
			words++;
			found += *slot == 1;
			*slot = 2;
		}
	}
	return words >= TITLE_WORDS_MIN && (float)found < story_defaults.foreign * (float)words;
}

bool profile_alloc(profile *p, uint32_t terms, uint32_t paragraphs, uint32_t edges)
{
	size_t edge_bytes = edges * sizeof(edge), term_bytes = terms * sizeof(term);
	char *block = calloc(1, edge_bytes + term_bytes + paragraphs * sizeof(uint32_t) + 1);
	if (!block)
		return false;
	p->block = block;
	p->edges = (edge *)(void *)block;
	p->terms = (term *)(void *)(block + edge_bytes);
	p->paragraphs = (uint32_t *)(void *)(block + edge_bytes + term_bytes);
	p->count = terms;
	p->paragraph_count = paragraphs;
	p->edge_count = 0;
	return true;
}

void profile_free(profile *p)
{
	free(p->block);
	p->block = NULL;
}

static int by_hash(const void *a, const void *b)
{
	uint32_t x = ((const term *)a)->hash, y = ((const term *)b)->hash;
	return (x > y) - (x < y);
}

static sr_status read_into(sr_story_stream *s, const sr_document *doc, sr_arena *scratch, profile *out)
{
	tokens t = { .arena = scratch };
	counts c = { .arena = scratch, .stemmer = s->stemmer };
	uint32_t paragraphs[PARAGRAPHS_MAX], paragraph_count = profile_paragraphs(doc, paragraphs);
	bool ok = true;
	sr_strmap_init(&c.seen, scratch);
	if (!take_title(s, &t, doc))
		return SR_E_NOMEM;
	size_t titled = t.items.count;
	if (!take_text(s, &t, doc))
		return SR_E_NOMEM;
	bool foreign = is_foreign(s, &t, titled, &ok);
	if (foreign)
		t.items.count = titled;
	if (!ok || !count_all(&t, &c) || !take_days(s, &c, doc, foreign, &out->day))
		return SR_E_NOMEM;
	if (!profile_alloc(out, (uint32_t)c.terms.count, paragraph_count, EDGES_MAX))
		return SR_E_NOMEM;
	if (c.terms.count) {
		memcpy(out->terms, c.terms.items, c.terms.count * sizeof(term));
		qsort(out->terms, out->count, sizeof(term), by_hash);
	}
	memcpy(out->paragraphs, paragraphs, paragraph_count * sizeof *paragraphs);
	return SR_OK;
}

sr_status profile_read(sr_story_stream *s, const sr_document *doc, profile *out)
{
	sr_arena *scratch = sr_arena_new(0);
	*out = (profile){ .day = INT32_MIN };
	sr_status status = scratch ? read_into(s, doc, scratch, out) : SR_E_NOMEM;
	sr_arena_free(scratch);
	return status;
}

void profile_know_common(sr_story_stream *s)
{
	sr_str rows = sr_data("story/common.tsv"), f[3];
	for (size_t n; (n = sr_tsv_next(&rows, f, 3)) > 0;) {
		unsigned share = 0;
		for (size_t i = 0; i < f[1].len && sr_is_digit((unsigned char)f[1].ptr[i]) && share < 1000; i++)
			share = share * 10 + (unsigned)(f[1].ptr[i] - '0');
		term_class kind = sr_is_digit((unsigned char)f[0].ptr[0]) ? TERM_NUMBER : n > 2 ? TERM_NAME : TERM_WORD;
		s->by_hash->common[term_hash(kind, f[0], (sr_str){ 0 }) % HEADS] = (uint16_t)share;
	}
}

/* The documents assumed to have been seen before the first used common words as news does. */
void profile_weigh(sr_story_stream *s, profile *p)
{
	float seen = (float)stream_seen(s) + (float)story_defaults.prior, own = s->ahead ? 0 : 1;
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t list = p->terms[i].hash % HEADS;
		float share = p->terms[i].kind == TERM_DAY ? story_defaults.day_share : (float)s->by_hash->common[list] / 1000;
		float before = (float)story_defaults.prior * share;
		float rare = 16 * logf(seen / (own + (float)s->by_hash->df[list] + before));
		p->terms[i].rarity = (uint8_t)(rare < 1 ? 1 : rare > 255 ? 255 : rare + 0.5f);
	}
	profile_sum(p);
}

/* Frequency counts less and less; 0 stays 0. */
static float damped(unsigned n) { return n > 0 ? 1 + logf((float)n) : 0; }

void profile_sum(profile *p)
{
	p->bare = true;
	for (uint32_t i = 0; i < p->count; i++) {
		term *t = &p->terms[i];
		float rare = (float)t->rarity / 16;
		t->weight = damped(t->count) * rare;
		t->lead_weight = damped(t->lead) * rare;
		p->bare = p->bare && t->count <= t->title;
		p->norm[t->kind] += t->weight * t->weight;
		p->lead_norm[t->kind] += t->lead_weight * t->lead_weight;
		p->lead_mass[t->kind] += t->lead_weight;
		p->title_mass[t->kind] += t->title ? rare : 0;
	}
	for (int k = 0; k < TERM_CLASSES; k++) {
		p->norm[k] = sqrtf(p->norm[k]);
		p->lead_norm[k] = sqrtf(p->lead_norm[k]);
	}
}
