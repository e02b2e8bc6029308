/* Records to bytes and back: how a document, a reading and its claims stand in a blob.
 *
 * A compact form of our own, the same for every engine: a version, then fields in a fixed order;
 * numbers are LEB128 (signed ones zigzag), strings have their length before and a NUL behind, so that a
 * record read back points into the unpacked bytes and copies nothing; arrays of many small things stand column by
 * column, which packs better. Bytes read back are not trusted: every length, index and span is checked.
 *
 * A change of any record below means a new version here, and readers of the old ones that stay. */
#ifndef SITREP_STORE_CODEC_H
#define SITREP_STORE_CODEC_H

#include "sitrep/core/claim.h"
#include "sitrep/core/reading.h"

/* Appends to out; failures are sticky there (sr_buf_status). The text itself is not in it. */
void sr_encode_document(sr_buf *out, const sr_document *doc);
void sr_encode_reading(sr_buf *out, const sr_reading *reading); /* without the vectors */
/* A byte for the exponent of each sentence's vector, then one for each of its numbers (core/vector.h). */
void sr_encode_vectors(sr_buf *out, const sr_reading *reading);
void sr_encode_claims(sr_buf *out, const sr_claim *claims, size_t count);

/* The bytes must live as long as what is read from them. SR_E_CORRUPT; SR_E_REFUSED for the version of a
 * newer program; SR_E_NOMEM. The document takes text as its own. */
sr_status sr_decode_document(sr_str bytes, sr_str text, sr_arena *arena, sr_document *out, sr_error *err) SR_MUST_CHECK;
sr_status sr_decode_reading(sr_str bytes, const sr_document *doc, sr_arena *arena, sr_reading *out, sr_error *err) SR_MUST_CHECK;
/* Into a reading that has its sentences. Earlier stores kept the numbers as they lie in memory. */
sr_status sr_decode_vectors(sr_str bytes, size_t width, sr_arena *arena, sr_reading *out, sr_error *err) SR_MUST_CHECK;
sr_status sr_decode_claims(sr_str bytes, size_t text_len, sr_arena *arena, sr_claim **claims, size_t *count, sr_error *err)
	SR_MUST_CHECK;

/* ---- the pieces, for the files of the codec and for small lists of the store's own ---- */

void sr_put_number(sr_buf *out, uint64_t n);
void sr_put_signed(sr_buf *out, int64_t n);
void sr_put_double(sr_buf *out, double d);
void sr_put_str(sr_buf *out, sr_str s);
void sr_put_time(sr_buf *out, sr_time t);
void sr_put_span(sr_buf *out, sr_span s);

typedef struct sr_decoder {
	sr_str rest;
	sr_arena *arena;
	size_t text_len; /* that spans must lie in */
	sr_status status; /* sticky: what is read after a failure is zero */
} sr_decoder;
uint64_t sr_get_long_number(sr_decoder *d); /* sr_get_number's way through what takes several bytes */
static inline uint64_t sr_get_number(sr_decoder *d)
{
	if (!d->rest.len || (unsigned char)*d->rest.ptr >= 0x80)
		return sr_get_long_number(d);
	d->rest.len--;
	return (unsigned char)*d->rest.ptr++;
}
uint64_t sr_get_below(sr_decoder *d, uint64_t limit); /* a number >= limit is damage */
int64_t sr_get_signed(sr_decoder *d);
double sr_get_double(sr_decoder *d);
sr_str sr_get_str(sr_decoder *d);
sr_time sr_get_time(sr_decoder *d);
sr_span sr_get_span(sr_decoder *d);
/* Reads a count and allocates that many zeroed items; each takes at least one byte of what is left. */
void *sr_get_array(sr_decoder *d, size_t item_size, size_t *count);
/* The version at the head; a newer one than known is SR_E_REFUSED. */
unsigned sr_get_version(sr_decoder *d, unsigned known);
/* The whole must have been read. */
sr_status sr_decoder_end(sr_decoder *d, const char *what, sr_error *err) SR_MUST_CHECK;

#endif
