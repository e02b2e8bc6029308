/* Independent origins among documents of one story.
 *
 * Texts are compared by their shingles (runs of four folded words, hashed): the share of one text's
 * shingles that the other has is its containment (Broder 1997). Pairs worth comparing are found by a
 * fixed sample of the shingles, so that the cost follows the overlap there is and not the square of
 * the documents. Of those, most are ruled out by a bound: how many shingles of each text fall into each of
 * some buckets says how many the two can have in common at most. */
#include "internal.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SHINGLE 4u
#define SHINGLES_MAX 20000u /* of one document */
#define SAMPLE 8u           /* one shingle in so many leads to pairs */
#define LIST_MAX 64u        /* documents that one sampled shingle leads to */
#define BUCKETS 1024u

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
	uint8_t *buckets;   /* how many of them fall into each; NULL: more than a byte can count */
} text_set;

static uint64_t mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	return h;
}

static uint64_t add_letter(uint64_t h, uint32_t cp) { return (h ^ sr_cp_lower(cp)) * 1099511628211u + 1; }

/* Hashes of the words of the text, in order. */
static size_t hash_words(sr_str s, uint64_t *out, size_t max)
{
	size_t n = 0;
	uint64_t h = 0;
	for (size_t i = 0; i <= s.len && n < max;) {
		size_t next = i;
		uint32_t cp = i < s.len ? sr_utf8_next(s, &next) : ' ';
		next = i < s.len ? next : i + 1;
		if (cp < 0x80 ? sr_is_lower(cp) || sr_is_upper(cp) || sr_is_digit(cp) : sr_cp_is_letter(cp) || sr_cp_is_number(cp)) {
			h = cp < 0x80 && !sr_is_upper(cp) ? (h ^ cp) * 1099511628211u + 1 : add_letter(h, cp);
		} else if (h && cp != '\'' && cp != 0x2019) {
			out[n++] = h;
			h = 0;
		}
		i = next;
	}
	return n;
}

/* What reading a text takes, kept for the next one. */
typedef struct desk {
	uint64_t words[SHINGLES_MAX + SHINGLE], spare[SHINGLES_MAX + SHINGLE];
} desk;

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Puts in order those that are equal in their upper half: few but the repeats of one. */
static void sort_equals(uint64_t *items, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		bool same = true;
		for (end = i + 1; end < count && items[end] >> 32 == items[i] >> 32; end++)
			same &= items[end] == items[i];
		if (!same)
			qsort(items + i, end - i, sizeof *items, by_value);
	}
}

/* Ascending: the upper half by one byte after the other (radix sort; an even number of them, so that all end where they
 * were), which leaves hashes nearly in order. */
static void sort(uint64_t *items, uint64_t *spare, size_t count)
{
	uint32_t starts[4][256] = { 0 };
	for (size_t i = 0; i < count; i++)
		for (unsigned byte = 0; byte < 4; byte++)
			starts[byte][items[i] >> (32 + 8 * byte) & 255]++;
	for (unsigned byte = 0; byte < 4; byte++) {
		uint32_t sum = 0;
		for (unsigned v = 0; v < 256; v++) {
			uint32_t here = starts[byte][v];
			starts[byte][v] = sum;
			sum += here;
		}
		for (size_t i = 0; i < count; i++)
			spare[starts[byte][items[i] >> (32 + 8 * byte) & 255]++] = items[i];
		uint64_t *t = items;
		items = spare;
		spare = t;
	}
	sort_equals(items, count);
}

static bool count_buckets(sr_arena *arena, text_set *set)
{
	set->buckets = SR_NEW_ARRAY(arena, uint8_t, BUCKETS);
	if (!set->buckets)
		return false;
	for (uint32_t i = 0; i < set->count; i++)
		if (++set->buckets[set->shingles[i] % BUCKETS] == 0) {
			set->buckets = NULL;
			break;
		}
	return true;
}

static bool read_set(desk *d, sr_arena *arena, const sr_document *doc, text_set *out)
{
	uint64_t *words = d->words;
	size_t n = hash_words(doc->text, words, SHINGLES_MAX + SHINGLE - 1), kept = 0;
	size_t count = n >= SHINGLE ? n - SHINGLE + 1 : 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t h = 0;
		for (size_t k = 0; k < SHINGLE; k++)
			h = mix(h + words[i + k]);
		words[i] = h;
	}
	sort(words, d->spare, count);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || words[i] != words[kept - 1])
			words[kept++] = words[i];
	out->shingles = sr_arena_raw(arena, kept * sizeof *words);
	if (!out->shingles)
		return false;
	memcpy(out->shingles, words, kept * sizeof *words);
	out->count = (uint32_t)kept;
	return count_buckets(arena, out);
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

/* At least as many as the two have in common. */
static uint32_t common_at_most(const text_set *a, const text_set *b)
{
	uint32_t differ = 0, fewer = a->count < b->count ? a->count : b->count;
	if (!a->buckets || !b->buckets)
		return fewer;
	for (size_t i = 0; i < BUCKETS; i++)
		differ += (uint32_t)abs(a->buckets[i] - b->buckets[i]);
	return (a->count + b->count - differ) / 2;
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

/* Whether n shingles in common make two texts one report, if neither is more than that. */
static bool overlap(const sr_document *a, const text_set *x, const sr_document *b, const text_set *y, uint32_t n)
{
	float of_a = (float)n / (float)x->count, of_b = (float)n / (float)y->count;
	float high = of_a > of_b ? of_a : of_b, low = of_a > of_b ? of_b : of_a;
	return low >= BOTH_WAYS || high >= ONE_WAY || (high >= SAME_CREDIT && a->credit.len && sr_str_eq_nocase(a->credit, b->credit));
}

static bool one_report(const sr_document *a, const text_set *x, const sr_document *b, const text_set *y)
{
	if (!x->count || !y->count || !overlap(a, x, b, y, common_at_most(x, y)))
		return false;
	uint32_t n = common(x, y);
	float of_a = (float)n / (float)x->count, of_b = (float)n / (float)y->count;
	float high = of_a > of_b ? of_a : of_b, low = of_a > of_b ? of_b : of_a;
	const sr_document *longer = of_a > of_b ? b : a, *shorter = of_a > of_b ? a : b;
	if (1 - low >= OWN_WORDS && high >= SAME_CREDIT && is_own_report(longer, shorter, high))
		return false;
	return overlap(a, x, b, y, n);
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

static bool only_relays(const sr_document *d) { return d->kind == SR_DOC_BRIEF && d->relay_count > 0; }

/* Who has a sampled shingle: the first LIST_MAX documents that do, in order. */
typedef struct lead {
	uint64_t shingle;
	uint32_t first, last, count; /* first and last: into the notes, from 1 */
} lead;

typedef struct note {
	uint32_t doc, next;
} note;

typedef struct leads {
	lead *slots; /* by shingle, open addressing */
	size_t mask;
	note *notes;
	uint32_t note_count;
	uint32_t *seen; /* a document: how many sampled shingles the one at hand shares with it */
} leads;

static uint32_t sampled(const text_set *s)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < s->count; k++)
		n += s->shingles[k] % SAMPLE == 0;
	return n;
}

static bool leads_open(leads *l, const text_set *sets, size_t count, sr_arena *arena)
{
	size_t total = 0, slots = 16;
	for (size_t i = 0; i < count; i++)
		total += sampled(&sets[i]);
	while (slots < total * 2)
		slots *= 2;
	*l = (leads){ .slots = SR_NEW_ARRAY(arena, lead, slots), .mask = slots - 1, .notes = SR_NEW_ARRAY(arena, note, total + 1),
		          .seen = SR_NEW_ARRAY(arena, uint32_t, count + 1) };
	return l->slots && l->notes && l->seen;
}

static lead *lead_of(leads *l, uint64_t shingle)
{
	size_t i = (size_t)(shingle / SAMPLE) & l->mask;
	while (l->slots[i].count && l->slots[i].shingle != shingle)
		i = (i + 1) & l->mask;
	l->slots[i].shingle = shingle;
	return &l->slots[i];
}

/* Counts those before that share the shingle, and notes the document beside them. */
static void follow(leads *l, uint64_t shingle, uint32_t doc)
{
	lead *x = lead_of(l, shingle);
	for (uint32_t n = x->first; n; n = l->notes[n].next)
		l->seen[l->notes[n].doc]++;
	if (x->count == LIST_MAX)
		return;
	l->notes[++l->note_count] = (note){ .doc = doc };
	if (x->count++)
		l->notes[x->last].next = l->note_count;
	else
		x->first = l->note_count;
	x->last = l->note_count;
}

/* Compares document i with the earlier ones that it shares sampled shingles with. */
static void compare(sr_document *const *docs, text_set *sets, uint32_t i, leads *l)
{
	memset(l->seen, 0, i * sizeof *l->seen);
	for (uint32_t k = 0; k < sets[i].count; k++)
		if (sets[i].shingles[k] % SAMPLE == 0)
			follow(l, sets[i].shingles[k], i);
	for (uint32_t d = 0; d < i; d++)
		if (l->seen[d] >= 2 || (l->seen[d] && sets[i].count < 8 * SAMPLE))
			if (find(sets, d) != find(sets, i) && one_report(docs[d], &sets[d], docs[i], &sets[i]))
				unite(sets, d, i);
}

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

static bool read_sets(sr_document *const *docs, text_set *sets, size_t count, sr_arena *arena)
{
	desk *d = sr_arena_raw(arena, sizeof *d);
	bool ok = d != NULL;
	for (uint32_t i = 0; ok && i < count; i++) {
		sets[i].parent = i;
		ok = read_set(d, arena, docs[i], &sets[i]);
	}
	return ok;
}

/* Articles are compared with articles and digests with digests: what a digest has of its sources says nothing of these. */
static bool compare_kind(sr_document *const *docs, text_set *sets, size_t count, bool relays, sr_arena *arena)
{
	leads l = { 0 };
	for (uint32_t i = 0; i < count; i++) {
		if (only_relays(docs[i]) != relays)
			continue;
		if (!l.slots && !leads_open(&l, sets, count, arena))
			return false;
		compare(docs, sets, i, &l);
	}
	return true;
}

sr_status sr_story_origins(sr_document *const *docs, size_t count, uint32_t *origin, uint32_t *origin_count, sr_error *err)
{
	sr_arena *scratch = sr_arena_new(0);
	text_set *sets = scratch ? SR_NEW_ARRAY(scratch, text_set, count + 1) : NULL;
	bool ok = sets && read_sets(docs, sets, count, scratch) && compare_kind(docs, sets, count, false, scratch) &&
	          compare_kind(docs, sets, count, true, scratch);
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
