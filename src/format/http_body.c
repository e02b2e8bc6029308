#include "http_body.h"

#include "sitrep/base/utf8.h"
#include "sitrep/format/warc.h"

#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>

#define PIECE ((size_t)32 << 10)
#define RATIO_FROM ((size_t)4 << 20)

void sr_body_libraries(sr_buf *out)
{
	uint32_t brotli = BrotliDecoderVersion(); /* 8, 12 and 12 bits */
	sr_buf_printf(out, "zlib %s, brotli %u.%u.%u", zlibVersion(), brotli >> 24, brotli >> 12 & 0xfff, brotli & 0xfff);
}

size_t sr_http_header_end(sr_str s)
{
	for (size_t i = 0; (i = sr_str_find_char(s, '\n', i)) != SIZE_MAX; i++) {
		if (i + 1 < s.len && s.ptr[i + 1] == '\n')
			return i + 2;
		if (i + 2 < s.len && s.ptr[i + 1] == '\r' && s.ptr[i + 2] == '\n')
			return i + 3;
	}
	return 0;
}

bool sr_http_next_field(sr_str *rest, sr_str *name, sr_str *value)
{
	sr_str line;
	while (sr_str_next_line(rest, &line)) {
		size_t colon = sr_str_find_char(line, ':', 0);
		if (colon == SIZE_MAX || colon == 0 || line.ptr[0] == ' ' || line.ptr[0] == '\t')
			continue;
		*name = sr_str_trim(sr_str_slice(line, 0, colon));
		*value = sr_str_trim(sr_str_slice(line, colon + 1, line.len));
		return true;
	}
	return false;
}

bool sr_http_head_read(sr_str s, sr_http_head *head)
{
	sr_str rest, line, name, value;
	*head = (sr_http_head){ 0 };
	if (!sr_str_starts_nocase(s, SR_STR("HTTP/")))
		return false;
	head->end = sr_http_header_end(s);
	if (head->end == 0)
		head->end = s.len;
	rest = sr_str_slice(s, 0, head->end);
	if (!sr_str_next_line(&rest, &line))
		return false;
	size_t at = sr_str_find_char(line, ' ', 0);
	for (size_t i = 1; at != SIZE_MAX && i <= 3 && at + i < line.len && sr_is_digit((unsigned char)line.ptr[at + i]); i++)
		head->status = head->status * 10 + (line.ptr[at + i] - '0');
	while (sr_http_next_field(&rest, &name, &value)) {
		if (sr_str_eq_nocase(name, SR_STR("Content-Type")))
			head->content_type = value;
		else if (sr_str_eq_nocase(name, SR_STR("Content-Encoding")))
			head->encoding = value;
		else if (sr_str_eq_nocase(name, SR_STR("Transfer-Encoding")))
			head->chunked = sr_str_find_nocase(value, SR_STR("chunked"), 0) != SIZE_MAX;
	}
	return true;
}

/* A chunk's size line at *at; SIZE_MAX if it is none. */
static size_t chunk_size(sr_str s, size_t *at)
{
	size_t size = 0, digits = 0, i = *at;
	for (; i < s.len && digits < 9; i++, digits++) {
		unsigned char c = (unsigned char)s.ptr[i], low = c | 32;
		if (sr_is_digit(c))
			size = size * 16 + (size_t)(c - '0');
		else if (low >= 'a' && low <= 'f')
			size = size * 16 + (size_t)(low - 'a' + 10);
		else
			break;
	}
	size_t end = sr_str_find_char(sr_str_slice(s, 0, i + 256), '\n', i);
	if (digits == 0 || end == SIZE_MAX)
		return SIZE_MAX;
	/* what follows the digits can only be an extension or padding */
	if (s.ptr[i] != '\r' && s.ptr[i] != '\n' && s.ptr[i] != ';' && s.ptr[i] != ' ')
		return SIZE_MAX;
	*at = end + 1;
	return size;
}

bool sr_http_join_chunks(sr_str body, sr_buf *out)
{
	size_t at = 0, size;
	if (chunk_size(body, &(size_t){ 0 }) == SIZE_MAX)
		return false;
	while ((size = chunk_size(body, &at)) != SIZE_MAX && size > 0) {
		sr_buf_add(out, sr_str_slice(body, at, at + size));
		if (size >= body.len - at)
			break;
		at += size;
		while (at < body.len && (body.ptr[at] == '\r' || body.ptr[at] == '\n'))
			at++;
	}
	return true;
}

/* True if so much out of so little is no honest text. */
static bool is_bomb(size_t out, size_t in) { return out > RATIO_FROM && out / SR_WARC_RATIO_MAX > in; }

/* bits as for inflateInit2. */
static sr_status inflate_all(sr_str packed, int bits, sr_buf *out)
{
	char piece[PIECE];
	z_stream z = { 0 };
	sr_status status = SR_OK;
	size_t before = out->len;
	if (inflateInit2(&z, bits) != Z_OK)
		return SR_E_NOMEM;
	z.next_in = (Bytef *)(uintptr_t)packed.ptr;
	z.avail_in = (uInt)packed.len;
	for (int code = Z_OK; status == SR_OK && code != Z_STREAM_END;) {
		z.next_out = (Bytef *)piece;
		z.avail_out = sizeof piece;
		code = inflate(&z, Z_NO_FLUSH);
		sr_buf_add(out, sr_str_make(piece, sizeof piece - z.avail_out));
		if (out->failed || is_bomb(out->len - before, packed.len - z.avail_in))
			status = SR_E_LIMIT;
		else if (code != Z_OK && code != Z_STREAM_END)
			status = SR_E_INVALID;
		else if (code == Z_STREAM_END && bits > 15 && z.avail_in > 18 && z.next_in[0] == 0x1F && z.next_in[1] == 0x8B)
			code = inflateReset(&z); /* several members make one body */
	}
	inflateEnd(&z);
	return status;
}

static sr_status brotli_all(sr_str packed, sr_buf *out)
{
	uint8_t piece[PIECE];
	const uint8_t *in = (const uint8_t *)packed.ptr;
	size_t in_left = packed.len, before = out->len;
	sr_status status = SR_OK;
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	if (!state)
		return SR_E_NOMEM;
	for (BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT; r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && status == SR_OK;) {
		uint8_t *to = piece;
		size_t room = sizeof piece;
		r = BrotliDecoderDecompressStream(state, &in_left, &in, &room, &to, NULL);
		sr_buf_add(out, sr_str_make((const char *)piece, sizeof piece - room));
		if (out->failed || is_bomb(out->len - before, packed.len - in_left))
			status = SR_E_LIMIT;
		else if (r == BROTLI_DECODER_RESULT_ERROR || r == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
			status = SR_E_INVALID;
	}
	BrotliDecoderDestroyInstance(state);
	return status;
}

sr_status sr_body_unpack(sr_str encoding, sr_str packed, sr_buf *out)
{
	encoding = sr_str_trim(encoding);
	if (packed.len > UINT32_MAX)
		return SR_E_LIMIT;
	if (sr_str_eq_nocase(encoding, SR_STR("br")))
		return brotli_all(packed, out);
	if (sr_str_eq_nocase(encoding, SR_STR("gzip")) || sr_str_eq_nocase(encoding, SR_STR("x-gzip")))
		return inflate_all(packed, 15 + 32, out);
	if (!sr_str_eq_nocase(encoding, SR_STR("deflate")))
		return SR_E_UNSUPPORTED;
	/* "deflate" should be zlib's format; some servers send it bare */
	sr_status status = inflate_all(packed, 15, out);
	return status == SR_E_INVALID && out->len == 0 ? inflate_all(packed, -15, out) : status;
}
