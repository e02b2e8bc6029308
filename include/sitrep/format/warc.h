/* WARC 1.0 and 1.1 (ISO 28500): archives of the web, plain or gzip (a member a record, or all in
 * one), read record by record from memory, so that only one record is unpacked at a time.
 *
 * A damaged stretch is passed over up to the next record that begins well. */
#ifndef SITREP_FORMAT_WARC_H
#define SITREP_FORMAT_WARC_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

#define SR_WARC_RECORD_MAX ((size_t)32 << 20) /* bytes kept of one record, and of one body unpacked */
#define SR_WARC_RATIO_MAX 200u  /* unpacked to packed, once 4 MB are unpacked: beyond, it is a bomb */

typedef enum sr_warc_kind {
	SR_WARC_OTHER, /* warcinfo, request, metadata, and what is unknown */
	SR_WARC_RESPONSE,
	SR_WARC_RESOURCE,
	SR_WARC_CONVERSION,
	SR_WARC_REVISIT
} sr_warc_kind;

/* Views live until the next call on the reader. */
typedef struct sr_warc_record {
	size_t number; /* from 1, counting every record */
	sr_warc_kind kind;
	sr_str url;
	sr_time date;
	bool http;           /* the block is an HTTP response; the next three are its */
	int http_status;
	sr_str content_type; /* of the body: HTTP's, else the record's */
	sr_str content_encoding; /* what is still packed around the body: one that is not read ("zstd") */
	sr_str body;         /* chunks joined, unpacked */
	const char *fault;   /* what was wrong with the record, or NULL: "cut off", "larger than 32 MB" */
} sr_warc_record;

typedef struct sr_warc sr_warc;

/* bytes must outlive the reader. NULL if out of memory. */
sr_warc *sr_warc_new(sr_str bytes);
void sr_warc_free(sr_warc *warc);
/* The next record. SR_E_NOT_FOUND at the end; SR_E_INVALID if nothing in it is WARC; SR_E_NOMEM. A
 * record with a fault is SR_OK: its body is what could be read. */
sr_status sr_warc_next(sr_warc *warc, sr_warc_record *record, sr_error *err) SR_MUST_CHECK;
/* Stretches that were passed over as damaged so far. */
size_t sr_warc_damaged(const sr_warc *warc);

void sr_body_libraries(sr_buf *out); /* "zlib 1.2.13, brotli 1.0.9", as they run */

/* Unpacks a gzip, zlib or raw deflate body, or a brotli one, by the name of its Content-Encoding.
 * SR_E_UNSUPPORTED for other encodings; SR_E_INVALID if nothing could be unpacked; SR_E_LIMIT beyond
 * out's ceiling or the ratio. What was unpacked before a failure is in out. */
sr_status sr_body_unpack(sr_str encoding, sr_str packed, sr_buf *out) SR_MUST_CHECK;

#endif
