#include "codec.h"

#include <string.h>

void sr_put_number(sr_buf *out, uint64_t n)
{
	char bytes[10];
	size_t k = 0;
	for (; n >= 0x80; n >>= 7)
		bytes[k++] = (char)((n & 0x7f) | 0x80);
	bytes[k++] = (char)n;
	sr_buf_add(out, sr_str_make(bytes, k));
}

void sr_put_signed(sr_buf *out, int64_t n) { sr_put_number(out, ((uint64_t)n << 1) ^ (n < 0 ? UINT64_MAX : 0)); }

void sr_put_double(sr_buf *out, double d)
{
	uint64_t bits;
	char bytes[8];
	memcpy(&bits, &d, sizeof bits);
	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(bits >> (8 * i) & 0xff);
	sr_buf_add(out, sr_str_make(bytes, 8));
}

void sr_put_str(sr_buf *out, sr_str s)
{
	sr_put_number(out, s.len);
	if (!s.len)
		return;
	sr_buf_add(out, s);
	sr_buf_add_char(out, 0);
}

/* precision | zoned << 3, then only what that precision knows. */
void sr_put_time(sr_buf *out, sr_time t)
{
	const uint8_t parts[] = { t.month, t.day, t.hour, t.minute, t.second };
	static const uint8_t known[] = { 0, 0, 1, 2, 4, 5 };
	unsigned precision = t.precision <= SR_PRECISION_SECOND ? t.precision : SR_PRECISION_SECOND;
	sr_put_number(out, precision | (t.zoned ? 8u : 0u));
	if (!precision)
		return;
	sr_put_signed(out, t.year);
	for (unsigned i = 0; i < known[precision]; i++)
		sr_put_number(out, parts[i]);
	if (t.zoned)
		sr_put_signed(out, t.offset);
}

void sr_put_span(sr_buf *out, sr_span s)
{
	sr_put_number(out, s.start);
	sr_put_signed(out, (int64_t)s.end - s.start);
}

static void damaged(sr_decoder *d)
{
	if (d->status == SR_OK)
		d->status = SR_E_CORRUPT;
	d->rest = (sr_str){ 0 };
}

uint64_t sr_get_long_number(sr_decoder *d)
{
	uint64_t n = 0;
	for (unsigned shift = 0; shift < 64 && d->rest.len; shift += 7) {
		unsigned char c = (unsigned char)*d->rest.ptr++;
		d->rest.len--;
		n |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return n;
	}
	damaged(d);
	return 0;
}

uint64_t sr_get_below(sr_decoder *d, uint64_t limit)
{
	uint64_t n = sr_get_number(d);
	if (n < limit)
		return n;
	damaged(d);
	return 0;
}

int64_t sr_get_signed(sr_decoder *d)
{
	uint64_t n = sr_get_number(d);
	return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

double sr_get_double(sr_decoder *d)
{
	uint64_t bits = 0;
	double out = 0;
	if (d->rest.len < 8) {
		damaged(d);
		return 0;
	}
	for (int i = 0; i < 8; i++)
		bits |= (uint64_t)(unsigned char)d->rest.ptr[i] << (8 * i);
	d->rest = sr_str_make(d->rest.ptr + 8, d->rest.len - 8);
	memcpy(&out, &bits, sizeof out);
	return out;
}

sr_str sr_get_str(sr_decoder *d)
{
	size_t n = sr_get_number(d);
	if (n == 0)
		return (sr_str){ 0 };
	if (n >= d->rest.len || d->rest.ptr[n] != 0) {
		damaged(d);
		return (sr_str){ 0 };
	}
	sr_str s = sr_str_make(d->rest.ptr, n);
	d->rest = sr_str_make(d->rest.ptr + n + 1, d->rest.len - n - 1);
	return s;
}

sr_time sr_get_time(sr_decoder *d)
{
	sr_time t = { 0 };
	unsigned head = (unsigned)sr_get_below(d, 16);
	t.precision = head & 7;
	t.zoned = head & 8;
	if (!t.precision)
		return t;
	t.year = (int16_t)sr_get_signed(d);
	if (t.precision >= SR_PRECISION_MONTH)
		t.month = (uint8_t)sr_get_below(d, 13);
	if (t.precision >= SR_PRECISION_DAY)
		t.day = (uint8_t)sr_get_below(d, 32);
	if (t.precision >= SR_PRECISION_MINUTE) {
		t.hour = (uint8_t)sr_get_below(d, 25);
		t.minute = (uint8_t)sr_get_below(d, 61);
	}
	if (t.precision >= SR_PRECISION_SECOND)
		t.second = (uint8_t)sr_get_below(d, 62);
	if (t.zoned)
		t.offset = (int16_t)sr_get_signed(d);
	if (t.precision > SR_PRECISION_SECOND || t.year < 0)
		damaged(d);
	return t;
}

sr_span sr_get_span(sr_decoder *d)
{
	uint64_t start = sr_get_number(d);
	int64_t length = sr_get_signed(d);
	if (length < 0 || start > d->text_len || (uint64_t)length > d->text_len - start) {
		damaged(d);
		return (sr_span){ 0 };
	}
	return (sr_span){ (uint32_t)start, (uint32_t)(start + (uint64_t)length) };
}

void *sr_get_array(sr_decoder *d, size_t item_size, size_t *count)
{
	size_t n = sr_get_number(d);
	*count = 0;
	if (n == 0 || d->status != SR_OK)
		return NULL;
	if (n > d->rest.len) {
		damaged(d);
		return NULL;
	}
	void *items = sr_arena_array(d->arena, n, item_size);
	if (!items) {
		damaged(d);
		d->status = SR_E_NOMEM;
		return NULL;
	}
	*count = n;
	return items;
}

unsigned sr_get_version(sr_decoder *d, unsigned known)
{
	unsigned version = (unsigned)sr_get_below(d, 1u << 16);
	if (version > known && d->status == SR_OK) {
		damaged(d);
		d->status = SR_E_REFUSED;
	} else if (version == 0) {
		damaged(d);
	}
	return version;
}

sr_status sr_decoder_end(sr_decoder *d, const char *what, sr_error *err)
{
	if (d->status == SR_OK && d->rest.len)
		d->status = SR_E_CORRUPT;
	switch (d->status) {
	case SR_OK:
		return SR_OK;
	case SR_E_NOMEM:
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	case SR_E_REFUSED:
		return sr_fail(err, SR_E_REFUSED, "%s was written by a newer version of sitrep", what);
	default:
		return sr_fail(err, SR_E_CORRUPT, "%s is damaged", what);
	}
}
