/* A small WARC writer for the tests. */
#ifndef SITREP_TESTS_FORMAT_WARC_MAKE_H
#define SITREP_TESTS_FORMAT_WARC_MAKE_H

#include "sitrep/base/str.h"

/* Appends data as one gzip member. */
void warc_gzip(sr_buf *out, sr_str data);
/* Appends a record; type as in WARC-Type; packed: as a gzip member of its own. */
void warc_record(sr_buf *out, const char *type, const char *url, const char *content_type, sr_str block, bool packed);
/* Appends a response record around an HTTP response of those extra header lines ("A: b\r\n") and body. */
void warc_response(sr_buf *out, const char *url, const char *headers, sr_str body, bool packed);

#endif
