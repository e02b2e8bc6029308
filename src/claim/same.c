/* One quotation with several witnesses. */
#include "sitrep/claim.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define WORDS_MAX 400
#define LEAST 0.8 /* of the shorter's words stand in the longer, in order */

static unsigned bit_of(uint64_t hash) { return (unsigned)(hash ^ hash >> 32) & (SR_QUOTE_BITS - 1); }

/* Folded words without marks; an ellipsis leaves nothing. hash has room for WORDS_MAX. */
static bool words_of(sr_str s, uint64_t *hash, sr_quote_words *out, sr_buf *buf)
{
	sr_buf_clear(buf);
	sr_fold(buf, s);
	sr_str f = sr_buf_str(buf);
	size_t pos = 0, start = SIZE_MAX;
	*out = (sr_quote_words){ .hash = hash };
	while (out->count < WORDS_MAX) {
		size_t at = pos;
		uint32_t cp = pos < f.len ? sr_utf8_next(f, &pos) : ' ';
		bool in = pos > at && (sr_is_alpha(cp) || sr_is_digit(cp) || (cp >= 0xC0 && !sr_cp_is_space(cp) && !sr_cp_is_dash(cp) && !sr_cp_is_quote(cp) && cp != 0x2026));
		in = in || (cp == '\'' && start != SIZE_MAX && pos < f.len && sr_is_alpha((unsigned char)f.ptr[pos]));
		if (in && start == SIZE_MAX)
			start = at;
		if (!in && start != SIZE_MAX) {
			uint64_t h = hash[out->count++] = sr_str_hash(sr_str_slice(f, start, at));
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
	uint64_t hash[WORDS_MAX];
	sr_buf buf;
	sr_buf_init(&buf, 0);
	bool read = words_of(text, hash, out, &buf);
	sr_buf_deinit(&buf);
	uint64_t *kept = read ? sr_arena_raw(arena, out->count * sizeof *kept) : NULL;
	if (!kept)
		return SR_E_NOMEM;
	memcpy(kept, hash, out->count * sizeof *kept);
	out->hash = kept;
	return SR_OK;
}

/* Longest common subsequence of words, one row at a time (Hirschberg's first half). */
static size_t common(const sr_quote_words *a, const sr_quote_words *b)
{
	uint16_t row[WORDS_MAX + 1] = { 0 };
	for (size_t i = 0; i < a->count; i++) {
		uint16_t diagonal = 0;
		for (size_t j = 1; j <= b->count; j++) {
			uint16_t keep = row[j];
			row[j] = a->hash[i] == b->hash[j - 1] ? (uint16_t)(diagonal + 1) : row[j] > row[j - 1] ? row[j] : row[j - 1];
			diagonal = keep;
		}
	}
	return row[b->count];
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
	return common(a, b) >= needed(x->count);
}

bool sr_quote_same(sr_str a, sr_str b)
{
	uint64_t ha[WORDS_MAX], hb[WORDS_MAX];
	sr_quote_words wa, wb;
	sr_buf buf;
	sr_buf_init(&buf, 0);
	bool read = words_of(a, ha, &wa, &buf) && words_of(b, hb, &wb, &buf);
	sr_buf_deinit(&buf);
	return read && sr_quote_words_same(&wa, &wb);
}
