#include "warc_make.h"

#include <stdlib.h>
#include <zlib.h>

void warc_gzip(sr_buf *out, sr_str data)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	char piece[65536];
	z.next_in = (Bytef *)(uintptr_t)data.ptr;
	z.avail_in = (uInt)data.len;
	for (int code = Z_OK; code != Z_STREAM_END;) {
		z.next_out = (Bytef *)piece;
		z.avail_out = sizeof piece;
		code = deflate(&z, Z_FINISH);
		sr_buf_add(out, sr_str_make(piece, sizeof piece - z.avail_out));
	}
	deflateEnd(&z);
}

void warc_record(sr_buf *out, const char *type, const char *url, const char *content_type, sr_str block, bool packed)
{
	sr_buf record;
	sr_buf_init(&record, 0);
	sr_buf_printf(&record,
	              "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-11-04T10:00:00Z\r\n"
	              "WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
	              type, url, content_type, block.len);
	sr_buf_add(&record, block);
	sr_buf_add_c(&record, "\r\n\r\n");
	if (packed)
		warc_gzip(out, sr_buf_str(&record));
	else
		sr_buf_add(out, sr_buf_str(&record));
	sr_buf_deinit(&record);
}

void warc_response(sr_buf *out, const char *url, const char *headers, sr_str body, bool packed)
{
	sr_buf http;
	sr_buf_init(&http, 0);
	sr_buf_printf(&http, "HTTP/1.1 200 OK\r\n%s\r\n", headers);
	sr_buf_add(&http, body);
	warc_record(out, "response", url, "application/http; msgtype=response", sr_buf_str(&http), packed);
	sr_buf_deinit(&http);
}
