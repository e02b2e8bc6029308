/* One quotation with several witnesses. */
#include "sitrep/claim.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define WORDS_MAX 400

typedef struct word_list {
	uint64_t hash[WORDS_MAX];
	size_t count;
} word_list;

/* Folded words without marks; an ellipsis leaves nothing. */
static bool words_of(sr_str s, word_list *out, sr_buf *buf)
{
	sr_buf_clear(buf);
	sr_fold(buf, s);
	sr_str f = sr_buf_str(buf);
	size_t pos = 0, start = SIZE_MAX;
	out->count = 0;
	while (out->count < WORDS_MAX) {
		size_t at = pos;
		uint32_t cp = pos < f.len ? sr_utf8_next(f, &pos) : ' ';
		bool in = pos > at && (sr_is_alpha(cp) || sr_is_digit(cp) || (cp >= 0xC0 && !sr_cp_is_space(cp) && !sr_cp_is_dash(cp) && !sr_cp_is_quote(cp) && cp != 0x2026));
		in = in || (cp == '\'' && start != SIZE_MAX && pos < f.len && sr_is_alpha((unsigned char)f.ptr[pos]));
		if (in && start == SIZE_MAX)
			start = at;
		if (!in && start != SIZE_MAX) {
			out->hash[out->count++] = sr_str_hash(sr_str_slice(f, start, at));
			start = SIZE_MAX;
		}
		if (pos == at)
			break;
	}
	return sr_buf_status(buf) == SR_OK;
}

/* Longest common subsequence of words, one row at a time (Hirschberg's first half). */
static size_t common(const word_list *a, const word_list *b)
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

bool sr_quote_same(sr_str a, sr_str b)
{
	static const double least = 0.8; /* of the shorter's words, in order */
	word_list wa, wb;
	sr_buf buf;
	sr_buf_init(&buf, 0);
	bool read = words_of(a, &wa, &buf) && words_of(b, &wb, &buf);
	sr_buf_deinit(&buf);
	if (!read)
		return false;
	size_t shorter = wa.count < wb.count ? wa.count : wb.count;
	if (shorter < 3)
		return false;
	size_t n = common(&wa, &wb);
	return shorter <= 4 ? n == shorter : (double)n >= least * (double)shorter;
}
