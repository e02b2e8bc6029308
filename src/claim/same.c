/* One quotation with several witnesses. */
#include "sitrep/claim.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <pthread.h>
#include <string.h>

#define WORDS_MAX 400
#define LEAST 0.8 /* of the shorter's words stand in the longer, in order */

#define FIRM_MAX 128

/* Words that may not differ: negations, which count as one word, and spelled numbers, as their digits. */
static struct {
	uint64_t word, is;
} firm_words[FIRM_MAX];
static size_t firm_count;
static pthread_once_t firm_once = PTHREAD_ONCE_INIT;

static void add_firm(sr_str word, uint64_t is)
{
	if (firm_count < FIRM_MAX) {
		firm_words[firm_count].word = sr_str_hash(word);
		firm_words[firm_count++].is = is;
	}
}

static void make_firm(void)
{
	sr_str rest = sr_data("claim/words.tsv"), f[3], word;
	while (sr_tsv_next(&rest, f, 2))
		if (sr_str_eq(f[0], SR_STR("neg")))
			while (sr_str_next_field(&f[1], ' ', &word))
				add_firm(word, 1);
	rest = sr_data("claim/numbers.tsv");
	while (sr_tsv_next(&rest, f, 3)) /* "one" is a pronoun, too */
		if (sr_str_eq(f[0], SR_STR("scale")) || sr_str_eq(f[0], SR_STR("hundred")) || (sr_str_eq(f[0], SR_STR("one")) && !sr_str_eq(f[2], SR_STR("1"))))
			add_firm(f[1], sr_str_hash(f[2]));
}

static uint64_t firm_word(sr_str word)
{
	pthread_once(&firm_once, make_firm);
	uint64_t h = sr_str_hash(word);
	if (sr_str_ends(word, SR_STR("n't")))
		return 1;
	if (sr_is_digit((unsigned char)word.ptr[0]))
		return h;
	for (size_t i = 0; i < firm_count; i++)
		if (firm_words[i].word == h)
			return firm_words[i].is;
	return 0;
}

static unsigned bit_of(uint64_t hash) { return (unsigned)(hash ^ hash >> 32) & (SR_QUOTE_BITS - 1); }

/* Folded words without marks; an ellipsis leaves none. hash and firm have room for WORDS_MAX. */
static bool words_of(sr_str s, uint64_t *hash, uint64_t *firm, sr_quote_words *out, sr_buf *buf)
{
	sr_buf_clear(buf);
	sr_fold(buf, s);
	sr_str f = sr_buf_str(buf);
	size_t pos = 0, start = SIZE_MAX;
	*out = (sr_quote_words){ .hash = hash, .firm = firm, .elided = sr_str_find(s, SR_STR("\xE2\x80\xA6"), 0) != SIZE_MAX || sr_str_find(s, SR_STR("..."), 0) != SIZE_MAX };
	while (out->count < WORDS_MAX) {
		size_t at = pos;
		uint32_t cp = pos < f.len ? sr_utf8_next(f, &pos) : ' ';
		bool in = pos > at && (sr_is_alpha(cp) || sr_is_digit(cp) || (cp >= 0xC0 && !sr_cp_is_space(cp) && !sr_cp_is_dash(cp) && !sr_cp_is_quote(cp) && cp != 0x2026));
		in = in || (cp == '\'' && start != SIZE_MAX && pos < f.len && sr_is_alpha((unsigned char)f.ptr[pos]));
		if (in && start == SIZE_MAX)
			start = at;
		if (!in && start != SIZE_MAX) {
			sr_str word = sr_str_slice(f, start, at);
			firm[out->count] = firm_word(word);
			uint64_t h = hash[out->count++] = sr_str_hash(word);
			out->bits[bit_of(h) / 64] |= UINT64_C(1) << bit_of(h) % 64;
			start = SIZE_MAX;
		}
		if (pos == at)
			break;
	}
	return sr_buf_status(buf) == SR_OK;
}

sr_status sr_quote_read(sr_str text, sr_arena *arena, sr_quote_words *out)
{
	uint64_t hash[WORDS_MAX], firm[WORDS_MAX];
	sr_buf buf;
	sr_buf_init(&buf, 0);
	bool read = words_of(text, hash, firm, out, &buf);
	sr_buf_deinit(&buf);
	uint64_t *kept = read ? sr_arena_raw(arena, 2 * out->count * sizeof *kept) : NULL;
	if (!kept)
		return SR_E_NOMEM;
	memcpy(kept, hash, out->count * sizeof *kept);
	memcpy(kept + out->count, firm, out->count * sizeof *kept);
	out->hash = kept;
	out->firm = kept + out->count;
	return SR_OK;
}

/* A stretch of words, read from either end. */
typedef struct stretch {
	const uint64_t *at;
	size_t count;
	int step; /* 1, or -1: at is the last */
} stretch;

#define MASK_WORDS ((WORDS_MAX + 63u) / 64u)

/* Where in a that word stands, 64 places a number. */
static void places_of(stretch a, uint64_t word, uint64_t mask[MASK_WORDS])
{
	for (size_t w = 0; w * 64 < a.count; w++) {
		size_t from = w * 64, n = a.count - from < 64 ? a.count - from : 64;
		mask[w] = 0;
		for (size_t i = 0; i < n; i++)
			mask[w] |= (uint64_t)(a.at[(ptrdiff_t)(from + i) * a.step] == word) << i;
	}
}

static size_t grown(const uint64_t *row, size_t columns)
{
	size_t n = 0;
	for (size_t w = 0; w * 64 < columns; w++)
		n += (size_t)__builtin_popcountll(~row[w] & (columns - w * 64 >= 64 ? UINT64_MAX : (UINT64_C(1) << (columns - w * 64)) - 1));
	return n;
}

/* Length of the longest common subsequence of words, a row at a time, 64 columns at once (Hyyrö 2004: a bit is 0 where the row grows).
 * *enough: after how many words of b it is as long as wanted. */
static size_t common(stretch a, stretch b, size_t wanted, size_t *enough)
{
	uint64_t row[MASK_WORDS], mask[MASK_WORDS];
	size_t words = (a.count + 63) / 64, length = 0;
	memset(row, 0xff, sizeof row);
	*enough = b.count;
	for (size_t j = 0; j < b.count; j++) {
		uint64_t carry = 0;
		places_of(a, b.at[(ptrdiff_t)j * b.step], mask);
		for (size_t w = 0; w < words; w++) {
			uint64_t both = row[w] & mask[w], sum = row[w] + both, all = sum + carry;
			carry = (sum < both) | (all < carry);
			row[w] = all | (row[w] & ~mask[w]);
		}
		if (wanted <= a.count || j + 1 == b.count) /* else only the last is looked at */
			length = grown(row, a.count);
		if (length >= wanted && *enough == b.count)
			*enough = j + 1;
	}
	return length;
}

/* The next firm word of x from *i on, before end; 0: none. */
static uint64_t next_firm(const sr_quote_words *x, size_t *i, size_t end)
{
	while (*i < end && !x->firm[*i])
		++*i;
	return *i < end ? x->firm[(*i)++] : 0;
}

/* "We will leave" and "we will not leave": whether x negates and counts as that part of y does which has its words. */
static bool says_as_much(const sr_quote_words *x, const sr_quote_words *y, size_t shared)
{
	size_t end, back, i = 0;
	(void)common((stretch){ x->hash, x->count, 1 }, (stretch){ y->hash, y->count, 1 }, shared, &end);
	(void)common((stretch){ x->hash + x->count - 1, x->count, -1 }, (stretch){ y->hash + end - 1, end, -1 }, shared, &back);
	size_t j = end - back;
	for (uint64_t a = next_firm(x, &i, x->count), b = next_firm(y, &j, end); a || b; b = next_firm(y, &j, end)) {
		if (a == b)
			a = next_firm(x, &i, x->count);
		else if (!b || !x->elided)
			return false;
	}
	return true;
}

static size_t needed(size_t shorter)
{
	size_t n = (size_t)(LEAST * (double)shorter);
	return shorter <= 4 ? shorter : n + ((double)n < LEAST * (double)shorter);
}

bool sr_quote_words_same(const sr_quote_words *a, const sr_quote_words *b)
{
	const sr_quote_words *x = a->count < b->count ? a : b, *y = x == a ? b : a;
	if (x->count < 3)
		return false;
	/* most pairs end here: too many of the shorter's words do not stand in the other */
	size_t may_miss = x->count - needed(x->count);
	for (size_t i = 0; i < x->count; i++) {
		unsigned bit = bit_of(x->hash[i]);
		if (!(y->bits[bit / 64] >> bit % 64 & 1) && may_miss-- == 0)
			return false;
	}
	size_t ignored, shared = common((stretch){ x->hash, x->count, 1 }, (stretch){ y->hash, y->count, 1 }, SIZE_MAX, &ignored);
	return shared >= needed(x->count) && says_as_much(x, y, shared);
}

bool sr_quote_same(sr_str a, sr_str b)
{
	uint64_t ha[WORDS_MAX], hb[WORDS_MAX], fa[WORDS_MAX], fb[WORDS_MAX];
	sr_quote_words wa, wb;
	sr_buf buf;
	sr_buf_init(&buf, 0);
	bool read = words_of(a, ha, fa, &wa, &buf) && words_of(b, hb, fb, &wb, &buf);
	sr_buf_deinit(&buf);
	return read && sr_quote_words_same(&wa, &wb);
}
