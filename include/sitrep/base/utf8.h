/* UTF-8 (RFC 3629): decoding, validation, and the few character classes that need no tables.
 * Everything richer (categories, word breaks, NFC) belongs to `lang`, which uses ICU. */
#ifndef SITREP_BASE_UTF8_H
#define SITREP_BASE_UTF8_H

#include "sitrep/base/str.h"

#define SR_UTF8_REPLACEMENT 0xFFFDu

/* Decodes the code point at s.ptr[*pos] and moves *pos past it. A malformed sequence gives
 * SR_UTF8_REPLACEMENT and moves past its maximal ill-formed prefix (Unicode 15, section 3.9). */
static inline uint32_t sr_utf8_next(sr_str s, size_t *pos);
/* The code point that ends at *pos, moving *pos back to its start. s must be valid UTF-8. */
uint32_t sr_utf8_prev(sr_str s, size_t *pos);
bool sr_utf8_valid(sr_str s);
/* True if pos is 0, s.len, or the first byte of a sequence. */
bool sr_utf8_boundary(sr_str s, size_t pos);
/* Writes 1-4 bytes to out and returns how many; an invalid code point is written as U+FFFD. */
size_t sr_utf8_encode(uint32_t cp, char out[4]);
void sr_buf_add_cp(sr_buf *buf, uint32_t cp);
/* Appends s with every malformed sequence replaced by U+FFFD; returns how many there were. */
size_t sr_utf8_repair(sr_buf *out, sr_str s);

uint32_t sr_utf8_next_long(sr_str s, size_t *pos); /* sr_utf8_next's way through what is not ASCII */
static inline uint32_t sr_utf8_next(sr_str s, size_t *pos)
{
	if (*pos < s.len && (unsigned char)s.ptr[*pos] < 0x80)
		return (unsigned char)s.ptr[(*pos)++];
	return sr_utf8_next_long(s, pos);
}

/* White_Space of the Unicode Character Database, plus zero-width space and BOM. */
bool sr_cp_is_wide_space(uint32_t cp); /* of those above ASCII */
static inline bool sr_cp_is_space(uint32_t cp) { return cp < 0x80 ? cp == ' ' || (cp >= 9 && cp <= 13) : sr_cp_is_wide_space(cp); }
/* Quotation marks that open or close (straight ones do both). */
bool sr_cp_is_quote(uint32_t cp);
bool sr_cp_opens_quote(uint32_t cp);
bool sr_cp_closes_quote(uint32_t cp);
bool sr_cp_is_dash(uint32_t cp);
static inline bool sr_is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }
static inline bool sr_is_upper(uint32_t cp) { return cp >= 'A' && cp <= 'Z'; }
static inline bool sr_is_lower(uint32_t cp) { return cp >= 'a' && cp <= 'z'; }
static inline bool sr_is_alpha(uint32_t cp) { return sr_is_upper(cp) || sr_is_lower(cp); }

#endif
