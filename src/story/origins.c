/* Independent origins among documents of one story.
 *
 * Texts are compared by their shingles (runs of four folded words, hashed): the share of one text's
 * shingles that the other has is its containment (Broder 1997). Pairs worth comparing are found by a
 * fixed sample of the shingles, so that the cost follows the overlap there is and not the square of
 * the documents. */
#include "internal.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SHINGLE 4u
#define SHINGLES_MAX 20000u /* of one document */
#define SAMPLE 8u           /* one shingle in so many leads to pairs */
#define LIST_MAX 64u        /* documents that one sampled shingle leads to */

/* What makes two texts one report; measured on tests/story/origins. */
#define BOTH_WAYS 0.50f  /* each holds at least so much of the other: one text, edited */
#define ONE_WAY 0.60f    /* one holds so much of the other: trimmed, or added to */
#define SAME_CREDIT 0.30f/* enough, if both name the same agency */
#define CUT_OFF 0.90f    /* of a text that lies in another, but for its edges */
#define OWN_WORDS 0.35f  /* share of its own that makes an outlet's text its own report */

typedef struct text_set {
	uint64_t *shingles; /* ascending, no repeats */
	uint32_t count;
	uint32_t parent;
} text_set;

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static uint64_t mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	return h;
}

/* Hashes of the words of the text, in order. */
static size_t hash_words(sr_str s, uint64_t *out, size_t max)
{
	size_t n = 0;
	uint64_t h = 0;
	for (size_t i = 0; i <= s.len && n < max;) {
		size_t next = i;
		uint32_t cp = i < s.len ? sr_utf8_next(s, &next) : ' ';
		next = i < s.len ? next : i + 1;
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp)) {
			h = (h ^ sr_cp_lower(cp)) * 1099511628211u + 1;
		} else if (h && cp != '\'' && cp != 0x2019) {
			out[n++] = h;
			h = 0;
		}
		i = next;
	}
	return n;
}

static bool read_set(sr_arena *arena, const sr_document *doc, text_set *out)
{
	uint64_t *words = SR_NEW_ARRAY(arena, uint64_t, SHINGLES_MAX + SHINGLE);
	if (!words)
		return false;
	size_t n = hash_words(doc->text, words, SHINGLES_MAX + SHINGLE - 1), kept = 0;
	size_t count = n >= SHINGLE ? n - SHINGLE + 1 : 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t h = 0;
		for (size_t k = 0; k < SHINGLE; k++)
			h = mix(h + words[i + k]);
		words[i] = h;
	}
	qsort(words, count, sizeof *words, by_value);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || words[i] != words[kept - 1])
			words[kept++] = words[i];
	out->shingles = SR_NEW_ARRAY(arena, uint64_t, kept + 1);
	if (!out->shingles)
		return false;
	memcpy(out->shingles, words, kept * sizeof *words);
	out->count = (uint32_t)kept;
	return true;
}

static uint32_t common(const text_set *a, const text_set *b)
{
	uint32_t i = 0, k = 0, n = 0;
	while (i < a->count && k < b->count) {
		if (a->shingles[i] == b->shingles[k]) {
			n++;
			i++;
			k++;
		} else if (a->shingles[i] < b->shingles[k]) {
			i++;
		} else {
			k++;
		}
	}
	return n;
}

static bool share_byline(const sr_document *a, const sr_document *b)
{
	for (size_t i = 0; i < a->byline_count; i++)
		for (size_t k = 0; k < b->byline_count; k++)
			if (sr_str_eq_nocase(a->bylines[i], b->bylines[k]))
				return true;
	return false;
}

/* Is the longer of two overlapping texts a report of its own, made of the shorter and more? It is if it
 * names people as its authors and is not simply what the shorter was cut from: a text that lies
 * nearly whole within another was cut from it, unless it is the one that names an agency. */
static bool is_own_report(const sr_document *longer, const sr_document *shorter, float held)
{
	bool cut_off = held >= CUT_OFF && !(shorter->credit.len && !longer->credit.len) && (longer->credit.len || !shorter->byline_count);
	return longer->byline_count > 0 && !cut_off && !share_byline(longer, shorter);
}

static bool one_report(const sr_document *a, const text_set *x, const sr_document *b, const text_set *y)
{
	if (!x->count || !y->count)
		return false;
	float n = (float)common(x, y), of_a = n / (float)x->count, of_b = n / (float)y->count;
	float high = of_a > of_b ? of_a : of_b, low = of_a > of_b ? of_b : of_a;
	const sr_document *longer = of_a > of_b ? b : a, *shorter = of_a > of_b ? a : b;
	bool same_credit = a->credit.len && sr_str_eq_nocase(a->credit, b->credit);
	if (1 - low >= OWN_WORDS && high >= SAME_CREDIT && is_own_report(longer, shorter, high))
		return false;
	return low >= BOTH_WAYS || high >= ONE_WAY || (same_credit && high >= SAME_CREDIT);
}

static uint32_t find(text_set *sets, uint32_t i)
{
	while (sets[i].parent != i)
		i = sets[i].parent = sets[sets[i].parent].parent;
	return i;
}

static void unite(text_set *sets, uint32_t a, uint32_t b)
{
	a = find(sets, a);
	b = find(sets, b);
	sets[a < b ? b : a].parent = a < b ? a : b;
}

/* Compares document i with the earlier ones that it shares sampled shingles with. */
static bool compare(sr_document *const *docs, text_set *sets, uint32_t i, sr_strmap *lists, sr_arena *arena)
{
	uint32_t *seen = SR_NEW_ARRAY(arena, uint32_t, i + 1);
	if (!seen)
		return false;
	for (uint32_t k = 0; k < sets[i].count; k++) {
		uint64_t h = sets[i].shingles[k];
		if (h % SAMPLE)
			continue;
		int64_t *slot = sr_strmap_put(lists, sr_str_make((const char *)&h, sizeof h));
		uint32_t *list = slot && *slot ? (uint32_t *)(intptr_t)*slot : SR_NEW_ARRAY(arena, uint32_t, LIST_MAX + 1);
		if (!slot || !list)
			return false;
		*slot = (int64_t)(intptr_t)list;
		for (uint32_t n = 0; n < list[0]; n++)
			seen[list[n + 1]]++;
		if (list[0] < LIST_MAX)
			list[++list[0]] = i;
	}
	for (uint32_t d = 0; d < i; d++)
		if (seen[d] >= 2 || (seen[d] && sets[i].count < 8 * SAMPLE))
			if (find(sets, d) != find(sets, i) && one_report(docs[d], &sets[d], docs[i], &sets[i]))
				unite(sets, d, i);
	return true;
}

static bool only_relays(const sr_document *d) { return d->kind == SR_DOC_BRIEF && d->relay_count > 0; }

/* A digest shares the origin of the first document that it lists among its sources, by title. */
static void join_relays(sr_document *const *docs, text_set *sets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool joined = false;
		for (size_t r = 0; only_relays(docs[i]) && r < docs[i]->relay_count && !joined; r++)
			for (size_t k = 0; k < count && !joined; k++)
				if (k != i && docs[k]->title.len && sr_str_eq_nocase(docs[k]->title, docs[i]->relays[r].title)) {
					unite(sets, (uint32_t)i, (uint32_t)k);
					joined = true;
				}
	}
}

sr_status sr_story_origins(sr_document *const *docs, size_t count, sr_arena *arena, uint32_t *origin, uint32_t *origin_count, sr_error *err)
{
	(void)arena;
	sr_arena *scratch = sr_arena_new(0);
	text_set *sets = scratch ? SR_NEW_ARRAY(scratch, text_set, count + 1) : NULL;
	sr_strmap lists;
	bool ok = sets != NULL;
	if (ok)
		sr_strmap_init(&lists, scratch);
	for (uint32_t i = 0; ok && i < count; i++) {
		sets[i].parent = i;
		ok = read_set(scratch, docs[i], &sets[i]) && (only_relays(docs[i]) || compare(docs, sets, i, &lists, scratch));
	}
	*origin_count = 0;
	if (ok)
		join_relays(docs, sets, count);
	for (uint32_t i = 0; ok && i < count; i++) {
		uint32_t root = find(sets, i);
		origin[i] = root == i ? ++*origin_count : origin[root];
	}
	sr_arena_free(scratch);
	return ok ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}
