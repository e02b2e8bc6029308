/* Which encoding a text is in: marks, claims, and what the bytes themselves say. */
#include "sitrep/base/charset.h"

#include "charset_internal.h"
#include "sitrep/base/utf8.h"

#include <string.h>
#include <unicode/ucsdet.h>

#define PRESCAN 8192            /* the standard asks for 1024; pages declare later than that */
#define DETECT_WINDOW 65536     /* bytes shown to the detector, from shortly before the first that is not ASCII */
#define DETECT_CONFIDENCE 10    /* of 100; below, windows-1252 is the better guess */
#define UTF8_BY_CHANCE 8        /* so many well-formed sequences and no other: not by chance in a multi-byte charset */

static const sr_str utf8_name = SR_STR_INIT("utf-8");

static const struct {
	const char *bytes;
	size_t len;
	const char *label;
} marks[] = {
	{ "\xEF\xBB\xBF", 3, "utf-8" },
	{ "\xFF\xFE\x00\x00", 4, "utf-32le" },
	{ "\x00\x00\xFE\xFF", 4, "utf-32be" },
	{ "\xFF\xFE", 2, "utf-16le" },
	{ "\xFE\xFF", 2, "utf-16be" },
};

sr_str sr_charset_of_content_type(sr_str s)
{
	for (size_t at = 0; (at = sr_str_find_nocase(s, SR_STR("charset"), at)) != SIZE_MAX;) {
		at += 7;
		sr_str rest = sr_str_trim(sr_str_slice(s, at, s.len));
		if (rest.len == 0 || rest.ptr[0] != '=')
			continue;
		rest = sr_str_trim(sr_str_slice(rest, 1, rest.len));
		if (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\'')) {
			size_t end = sr_str_find_char(rest, rest.ptr[0], 1);
			return end == SIZE_MAX ? (sr_str){ 0 } : sr_str_slice(rest, 1, end);
		}
		size_t end = 0;
		while (end < rest.len && !strchr("; \t\r\n\"'>", rest.ptr[end]))
			end++;
		return sr_str_slice(rest, 0, end);
	}
	return (sr_str){ 0 };
}

/* One attribute of a tag (HTML Standard, "get an attribute"); false at the tag's end. */
static bool next_attribute(sr_str s, size_t *pos, sr_str *name, sr_str *value)
{
	size_t i = *pos;
	while (i < s.len && strchr(" \t\r\n\f/", s.ptr[i]))
		i++;
	if (i >= s.len || s.ptr[i] == '>' || s.ptr[i] == '?')
		return false;
	size_t start = i;
	while (i < s.len && !strchr(" \t\r\n\f/=>", s.ptr[i]))
		i++;
	*name = sr_str_slice(s, start, i);
	*value = (sr_str){ 0 };
	while (i < s.len && strchr(" \t\r\n\f", s.ptr[i]))
		i++;
	if (i >= s.len || s.ptr[i] != '=') {
		*pos = i > start ? i : i + 1;
		return true;
	}
	i++;
	while (i < s.len && strchr(" \t\r\n\f", s.ptr[i]))
		i++;
	if (i < s.len && (s.ptr[i] == '"' || s.ptr[i] == '\'')) {
		size_t end = sr_str_find_char(s, s.ptr[i], i + 1);
		if (end == SIZE_MAX)
			return false;
		*value = sr_str_slice(s, i + 1, end);
		*pos = end + 1;
		return true;
	}
	start = i;
	while (i < s.len && !strchr(" \t\r\n\f>", s.ptr[i]))
		i++;
	*value = sr_str_slice(s, start, i);
	*pos = i;
	return true;
}

/* The label that one meta tag declares, if any. */
static sr_str meta_label(sr_str s, size_t pos)
{
	sr_str name, value, charset = { 0 }, content = { 0 };
	bool pragma = false;
	while (next_attribute(s, &pos, &name, &value)) {
		if (sr_str_eq_nocase(name, SR_STR("charset")))
			charset = value;
		else if (sr_str_eq_nocase(name, SR_STR("content")))
			content = value;
		else if (sr_str_eq_nocase(name, SR_STR("http-equiv")))
			pragma = sr_str_eq_nocase(value, SR_STR("content-type"));
	}
	if (charset.len)
		return charset;
	return pragma ? sr_charset_of_content_type(content) : (sr_str){ 0 };
}

static sr_str html_label(sr_str head)
{
	for (size_t i = 0; (i = sr_str_find_char(head, '<', i)) != SIZE_MAX; i++) {
		sr_str at = sr_str_slice(head, i, head.len);
		if (sr_str_starts(at, SR_STR("<!--"))) {
			i = sr_str_find(head, SR_STR("-->"), i + 2);
			if (i == SIZE_MAX)
				break;
		} else if (sr_str_starts_nocase(at, SR_STR("<meta")) && at.len > 5 && strchr(" \t\r\n\f/", at.ptr[5])) {
			sr_str label = meta_label(head, i + 6);
			if (sr_charset_lookup(label).len)
				return label;
		}
	}
	return (sr_str){ 0 };
}

static sr_str xml_label(sr_str head)
{
	sr_str name, value;
	size_t pos = sr_str_find(head, SR_STR("<?xml"), 0);
	/* leading junk is common in feeds, so the declaration need not come first */
	if (pos == SIZE_MAX)
		return (sr_str){ 0 };
	for (pos += 5; next_attribute(head, &pos, &name, &value);)
		if (sr_str_eq(name, SR_STR("encoding")))
			return value;
	return (sr_str){ 0 };
}

static sr_str declared(sr_str bytes, sr_markup markup)
{
	sr_str head = sr_str_slice(bytes, 0, PRESCAN), label = { 0 };
	if (markup != SR_MARKUP_NONE)
		label = xml_label(head);
	if (markup == SR_MARKUP_HTML && sr_charset_lookup(label).len == 0)
		label = html_label(head);
	sr_str name = sr_charset_lookup(label);
	/* the declaration could be read, so it does not stand in UTF-16 or UTF-32 (HTML Standard) */
	if (sr_str_starts(name, SR_STR("utf-16")) || sr_str_starts(name, SR_STR("utf-32")))
		return utf8_name;
	return sr_str_eq(name, SR_STR("x-user-defined")) ? SR_STR("windows-1252") : name;
}

/* UTF-16 and UTF-32 without a mark: where the zero bytes of mostly Latin text or markup stand. */
static const char *by_zeros(sr_str s)
{
	size_t zero[4] = { 0 }, n = s.len < 1024 ? s.len & ~(size_t)3 : 1024, quarter = n / 4;
	if (n < 4)
		n = s.len & ~(size_t)1;
	if (n < 2)
		return NULL;
	for (size_t i = 0; i < n; i++)
		zero[i & 3] += s.ptr[i] == 0;
	if (quarter >= 2 && zero[1] + zero[2] + zero[3] > quarter * 27 / 10 && zero[0] * 8 < quarter)
		return "utf-32le";
	if (quarter >= 2 && zero[0] + zero[1] + zero[2] > quarter * 27 / 10 && zero[3] * 8 < quarter)
		return "utf-32be";
	size_t even = zero[0] + zero[2], odd = zero[1] + zero[3], half = n / 2;
	if (odd * 10 > half * 4 && even * 10 < half)
		return "utf-16le";
	if (even * 10 > half * 4 && odd * 10 < half)
		return "utf-16be";
	return NULL;
}

typedef struct utf8_count {
	size_t good, bad; /* sequences beyond ASCII */
} utf8_count;

/* The end of the text may be cut within a sequence; that is not counted. */
static utf8_count count_utf8(sr_str s)
{
	utf8_count c = { 0 };
	for (size_t pos = 0; pos < s.len;) {
		uint64_t eight = 0x80;
		if (s.len - pos >= sizeof eight)
			memcpy(&eight, s.ptr + pos, sizeof eight);
		if (!(eight & 0x8080808080808080u)) {
			pos += sizeof eight;
			continue;
		}
		if ((unsigned char)s.ptr[pos] < 0x80) {
			pos++;
			continue;
		}
		size_t start = pos;
		uint32_t cp = sr_utf8_next(s, &pos);
		bool mark = pos - start == 3 && memcmp(s.ptr + start, "\xEF\xBF\xBD", 3) == 0;
		if (cp != SR_UTF8_REPLACEMENT || mark)
			c.good++;
		else if (pos < s.len || (unsigned char)s.ptr[start] < 0xC2)
			c.bad++;
	}
	return c;
}

/* ICU's best guess that the table knows; NULL-name if none is good enough. */
static sr_charset_row detect(sr_str s, bool markup)
{
	sr_charset_row best = { 0 };
	UErrorCode e = U_ZERO_ERROR;
	size_t first = 0;
	int32_t found = 0;
	while (first < s.len && (unsigned char)s.ptr[first] < 0x80)
		first++;
	first = first > 512 ? first - 512 : 0;
	sr_str window = sr_str_slice(s, first, first + DETECT_WINDOW);
	UCharsetDetector *d = ucsdet_open(&e);
	ucsdet_enableInputFilter(d, markup);
	ucsdet_setText(d, window.ptr, (int32_t)window.len, &e);
	const UCharsetMatch **matches = ucsdet_detectAll(d, &found, &e);
	for (int32_t i = 0; U_SUCCESS(e) && i < found && best.name.len == 0; i++) {
		if (ucsdet_getConfidence(matches[i], &e) < DETECT_CONFIDENCE)
			break;
		sr_charset_row row = sr_charset_row_of(sr_str_c(ucsdet_getName(matches[i], &e)));
		/* those are told by their zeros or well-formedness, and by_zeros said no */
		if (!sr_str_starts(row.name, SR_STR("utf-")) && !sr_str_eq(row.name, SR_STR("replacement")))
			best = row;
	}
	ucsdet_close(d);
	return best;
}

static bool is_multibyte(sr_str name)
{
	static const char *const names[] = { "gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (sr_str_eq(name, sr_str_c(names[i])))
			return true;
	return false;
}

/* True if the claim cannot be right, going by the bytes. */
static bool refuted(sr_str claim, utf8_count c)
{
	if (sr_str_eq(claim, utf8_name))
		return c.bad * 2 > c.good;
	if (sr_str_starts(claim, SR_STR("utf-")) || sr_str_eq(claim, SR_STR("iso-2022-jp")) ||
	    sr_str_eq(claim, SR_STR("replacement")))
		return false;
	return c.bad == 0 && c.good >= (is_multibyte(claim) ? UTF8_BY_CHANCE : 1);
}

/* Fills in charset, from and claimed; *skip is the length of the mark. */
static void choose(sr_str bytes, sr_str content_type, sr_markup markup, sr_decoded *out, size_t *skip)
{
	*skip = 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (sr_str_starts(bytes, sr_str_make(marks[i].bytes, marks[i].len))) {
			*skip = marks[i].len;
			out->charset = sr_charset_lookup(sr_str_c(marks[i].label));
			out->from = SR_CHARSET_BOM;
			return;
		}
	const char *wide = by_zeros(bytes);
	sr_str claim = sr_charset_lookup(sr_charset_of_content_type(content_type));
	out->from = SR_CHARSET_TRANSPORT;
	if (claim.len == 0 && !wide) {
		claim = declared(bytes, markup);
		out->from = SR_CHARSET_DECLARED;
	}
	utf8_count c = wide ? (utf8_count){ 0 } : count_utf8(bytes);
	if (claim.len && (wide ? sr_str_starts(claim, SR_STR("utf-16")) || sr_str_starts(claim, SR_STR("utf-32"))
	                       : !refuted(claim, c))) {
		out->charset = claim;
		return;
	}
	out->claimed = claim;
	out->from = SR_CHARSET_DETECTED;
	if (wide)
		out->charset = sr_charset_lookup(sr_str_c(wide));
	else if (c.bad * 2 <= c.good) {
		out->charset = utf8_name;
		out->from = c.good ? SR_CHARSET_DETECTED : SR_CHARSET_ASSUMED;
	} else {
		out->charset = detect(bytes, markup != SR_MARKUP_NONE).name;
		if (out->charset.len == 0) {
			out->charset = sr_charset_lookup(SR_STR("windows-1252"));
			out->from = SR_CHARSET_ASSUMED;
		}
	}
}

sr_status sr_charset_decode(sr_str bytes, sr_str content_type, sr_markup markup, sr_arena *arena, sr_decoded *out,
                            sr_error *err)
{
	size_t skip;
	*out = (sr_decoded){ 0 };
	if (bytes.len > SR_BUF_CEILING / 4)
		return sr_fail(err, SR_E_LIMIT, "%zu MB of text is over the limit of %zu MB", bytes.len >> 20,
		               SR_BUF_CEILING >> 22);
	choose(bytes, content_type, markup, out, &skip);
	sr_str rest = sr_str_slice(bytes, skip, bytes.len);
	if (sr_str_eq(out->charset, utf8_name) && sr_utf8_valid(rest)) {
		out->text = rest;
		return SR_OK;
	}
	sr_buf buf;
	sr_buf_init(&buf, 0);
	sr_status status = sr_charset_convert_row(sr_charset_row_of(out->charset), rest, &buf, &out->malformed);
	if (status == SR_OK) {
		out->text = sr_str_dup(arena, sr_buf_str(&buf));
		if (buf.len && !out->text.ptr)
			status = SR_E_NOMEM;
	}
	sr_buf_deinit(&buf);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "cannot read %.*s: %s", SR_FMT(out->charset),
	                                         sr_status_name(status));
}
