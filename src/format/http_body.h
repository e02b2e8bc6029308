/* Reading stored HTTP responses: header fields, chunks. Shared by WARC and mail, whose header fields
 * look the same. */
#ifndef SITREP_SRC_FORMAT_HTTP_BODY_H
#define SITREP_SRC_FORMAT_HTTP_BODY_H

#include "sitrep/base/str.h"

typedef struct sr_http_head {
	int status;
	sr_str content_type, encoding;
	bool chunked;
	size_t end; /* where the body begins */
} sr_http_head;

/* False if s does not begin like an HTTP response. */
bool sr_http_head_read(sr_str s, sr_http_head *head);
/* Past the blank line that ends the header lines; 0 if there is none. */
size_t sr_http_header_end(sr_str s);
/* The next `Name: value` line, the value trimmed (without folded lines); others are passed over. */
bool sr_http_next_field(sr_str *rest, sr_str *name, sr_str *value);
/* Joins a chunked body (RFC 9112, section 7.1), as far as it goes; false if it is not chunked. */
bool sr_http_join_chunks(sr_str body, sr_buf *out);

#endif
