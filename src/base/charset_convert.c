/* Conversion by label: UTF-8 and the three encodings that ICU lacks by our own code, the rest by
 * ICU's converters, in pieces, with a callback that counts what is malformed. */
#include "sitrep/base/charset.h"

#include "charset_internal.h"
#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#define LABEL_MAX 40

sr_charset_row sr_charset_row_of(sr_str label)
{
	sr_str rest = sr_data("charset-labels.tsv"), f[3];
	label = sr_str_trim(label);
	if (label.len == 0 || label.len > LABEL_MAX)
		return (sr_charset_row){ 0 };
	while (sr_tsv_next(&rest, f, 3))
		if (sr_str_eq_nocase(f[0], label))
			return (sr_charset_row){ .name = f[1], .converter = f[2] };
	return (sr_charset_row){ 0 };
}

sr_str sr_charset_lookup(sr_str label) { return sr_charset_row_of(label).name; }

/* The upper half of ISO-8859-16 from 0xA0 (Unicode's mapping file 8859-16.TXT). */
static const uint16_t latin10[96] = {
	0xA0, 0x104, 0x105, 0x141, 0x20AC, 0x201E, 0x160, 0xA7, 0x161, 0xA9, 0x218, 0xAB,
	0x179, 0xAD, 0x17A, 0x17B, 0xB0, 0xB1, 0x10C, 0x142, 0x17D, 0x201D, 0xB6, 0xB7,
	0x17E, 0x10D, 0x219, 0xBB, 0x152, 0x153, 0x178, 0x17C, 0xC0, 0xC1, 0xC2, 0x102,
	0xC4, 0x106, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF,
	0x110, 0x143, 0xD2, 0xD3, 0xD4, 0x150, 0xD6, 0x15A, 0x170, 0xD9, 0xDA, 0xDB,
	0xDC, 0x118, 0x21A, 0xDF, 0xE0, 0xE1, 0xE2, 0x103, 0xE4, 0x107, 0xE6, 0xE7,
	0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0x111, 0x144, 0xF2, 0xF3,
	0xF4, 0x151, 0xF6, 0x15B, 0x171, 0xF9, 0xFA, 0xFB, 0xFC, 0x119, 0x21B, 0xFF,
};

static uint32_t user_defined(unsigned char c) { return c < 0x80 ? c : 0xF780u + (c - 0x80u); }
static uint32_t iso_8859_16(unsigned char c) { return c < 0xA0 ? c : latin10[c - 0xA0]; }

static void convert_single(sr_str bytes, sr_buf *out, uint32_t (*map)(unsigned char))
{
	for (size_t i = 0; i < bytes.len; i++)
		sr_buf_add_cp(out, map((unsigned char)bytes.ptr[i]));
}

static void U_CALLCONV on_malformed(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
                                    UConverterCallbackReason reason, UErrorCode *error)
{
	static const UChar replacement = SR_UTF8_REPLACEMENT;
	(void)units;
	(void)length;
	if (reason > UCNV_IRREGULAR)
		return; /* reset, close, clone */
	*error = U_ZERO_ERROR;
	++*(size_t *)(uintptr_t)context;
	ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

/* Appends n UTF-16 units, which hold whole characters but for a high surrogate that may be split
 * from its other half by the end of the piece: it is kept in *high. */
static void add_utf16(sr_buf *out, const UChar *units, size_t n, UChar *high)
{
	for (size_t i = 0; i < n; i++) {
		UChar u = units[i];
		if (*high) {
			bool pair = U16_IS_TRAIL(u);
			sr_buf_add_cp(out, pair ? (uint32_t)U16_GET_SUPPLEMENTARY(*high, u) : SR_UTF8_REPLACEMENT);
			*high = 0;
			if (pair)
				continue;
		}
		if (U16_IS_LEAD(u))
			*high = u;
		else
			sr_buf_add_cp(out, u);
	}
}

static sr_status convert_icu(sr_str converter, sr_str bytes, sr_buf *out, size_t *malformed)
{
	char name[LABEL_MAX + 1];
	UChar piece[4096] = { 0 }, high = 0;
	UErrorCode e = U_ZERO_ERROR;
	const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
	if (converter.len > LABEL_MAX)
		return SR_E_UNSUPPORTED;
	memcpy(name, converter.ptr, converter.len);
	name[converter.len] = 0;
	UConverter *c = ucnv_open(name, &e);
	if (U_FAILURE(e))
		return e == U_MEMORY_ALLOCATION_ERROR ? SR_E_NOMEM : SR_E_UNSUPPORTED;
	ucnv_setToUCallBack(c, on_malformed, malformed, NULL, NULL, &e);
	do {
		UChar *to = piece;
		if (e == U_BUFFER_OVERFLOW_ERROR)
			e = U_ZERO_ERROR;
		ucnv_toUnicode(c, &to, piece + sizeof piece / sizeof *piece, &at, end, NULL, 1, &e);
		add_utf16(out, piece, (size_t)(to - piece), &high);
	} while (e == U_BUFFER_OVERFLOW_ERROR && !out->failed);
	if (high)
		sr_buf_add_cp(out, SR_UTF8_REPLACEMENT);
	ucnv_close(c);
	if (e == U_MEMORY_ALLOCATION_ERROR)
		return SR_E_NOMEM;
	return sr_buf_status(out);
}

sr_status sr_charset_convert_row(sr_charset_row row, sr_str bytes, sr_buf *out, size_t *malformed)
{
	if (bytes.len == 0)
		return SR_OK;
	if (sr_str_eq(row.name, SR_STR("utf-8")))
		*malformed += sr_utf8_repair(out, bytes);
	else if (sr_str_eq(row.name, SR_STR("x-user-defined")))
		convert_single(bytes, out, user_defined);
	else if (sr_str_eq(row.name, SR_STR("iso-8859-16")))
		convert_single(bytes, out, iso_8859_16);
	else if (sr_str_eq(row.name, SR_STR("replacement"))) {
		/* the standard's answer to encodings that hide markup in innocent bytes */
		sr_buf_add_cp(out, SR_UTF8_REPLACEMENT);
		++*malformed;
	} else
		return convert_icu(row.converter, bytes, out, malformed);
	return sr_buf_status(out);
}

sr_status sr_charset_convert(sr_str label, sr_str bytes, sr_buf *out, size_t *malformed)
{
	size_t ignored = 0;
	sr_charset_row row = sr_charset_row_of(label);
	if (malformed)
		*malformed = 0;
	if (sr_str_empty(row.name))
		return SR_E_UNSUPPORTED;
	return sr_charset_convert_row(row, bytes, out, malformed ? malformed : &ignored);
}
