#include "sitrep/base/unicode.h"

#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utext.h>
#include <unicode/ubrk.h>
#include <unicode/uversion.h>

#define FOLD_SHORT 1024u /* bytes: what is longer grows in its buffer */

void sr_unicode_library(sr_buf *out)
{
	UVersionInfo version;
	char text[U_MAX_VERSION_STRING_LENGTH];
	u_getVersion(version);
	u_versionToString(version, text);
	sr_buf_printf(out, "ICU %s", text);
}

bool sr_cp_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return sr_is_alpha(cp);
	return (U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool sr_cp_is_number(uint32_t cp) { return cp < 0x80 ? sr_is_digit(cp) : u_charType((UChar32)cp) == U_DECIMAL_DIGIT_NUMBER; }
bool sr_cp_is_uppercase(uint32_t cp) { return cp < 0x80 ? sr_is_upper(cp) : u_isUUppercase((UChar32)cp); }
bool sr_cp_is_lowercase(uint32_t cp) { return cp < 0x80 ? sr_is_lower(cp) : u_isULowercase((UChar32)cp); }
bool sr_cp_is_punct(uint32_t cp) { return (U_GET_GC_MASK((UChar32)cp) & (U_GC_P_MASK | U_GC_S_MASK)) != 0; }

uint32_t sr_cp_lower(uint32_t cp)
{
	if (cp < 0x80)
		return sr_is_upper(cp) ? cp + 32 : cp;
	return (uint32_t)u_tolower((UChar32)cp);
}

uint32_t sr_cp_upper(uint32_t cp)
{
	if (cp < 0x80)
		return sr_is_lower(cp) ? cp - 32 : cp;
	return (uint32_t)u_toupper((UChar32)cp);
}

bool sr_cp_is_printable(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 0x20 && cp < 0x7F;
	if (cp == 0x200C || cp == 0x200D) /* joiners, which change the shapes of some scripts and emoji */
		return true;
	uint32_t hidden = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
	return (U_GET_GC_MASK((UChar32)cp) & hidden) == 0 && !U_IS_UNICODE_NONCHAR(cp);
}

int sr_cp_width(uint32_t cp)
{
	if (cp < 0x300)
		return cp >= 0xA0 ? cp != 0xAD : sr_cp_is_printable(cp);
	/* vowels and final consonants of conjoining Hangul are drawn into the syllable before them */
	if (!sr_cp_is_printable(cp) || (U_GET_GC_MASK((UChar32)cp) & (U_GC_MN_MASK | U_GC_ME_MASK)) || cp == 0x200C
	    || cp == 0x200D || (cp >= 0x1160 && cp <= 0x11FF))
		return 0;
	int32_t width = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t sr_str_width(sr_str s)
{
	size_t columns = 0, pos = 0;
	uint32_t last = 0;
	while (pos < s.len) {
		uint32_t cp = sr_utf8_next(s, &pos);
		bool widens = cp == 0xFE0F && sr_cp_width(last) == 1 && u_hasBinaryProperty((UChar32)last, UCHAR_EMOJI);
		columns += (size_t)(widens ? 1 : sr_cp_width(cp));
		last = cp;
	}
	return columns;
}

static bool is_ascii(sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* Runs an ICU normaliser over s; gives UTF-16 that the caller frees, or NULL. */
static UChar *normalise(const UNormalizer2 *form, sr_str s, int32_t *length)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;
	if (s.len > INT32_MAX / 8)
		return NULL;
	UChar *in = malloc((s.len + 1) * sizeof *in);
	if (!in)
		return NULL;
	u_strFromUTF8(in, (int32_t)s.len + 1, &n, s.ptr, (int32_t)s.len, &e);
	int32_t capacity = n * 2 + 64;
	UChar *out = U_SUCCESS(e) ? malloc((size_t)capacity * sizeof *out) : NULL;
	if (out) {
		*length = unorm2_normalize(form, in, n, out, capacity, &e);
		if (e == U_BUFFER_OVERFLOW_ERROR) {
			e = U_ZERO_ERROR;
			free(out);
			capacity = *length + 1;
			out = malloc((size_t)capacity * sizeof *out);
			if (out)
				*length = unorm2_normalize(form, in, n, out, capacity, &e);
		}
	}
	free(in);
	if (U_FAILURE(e)) {
		free(out);
		return NULL;
	}
	return out;
}

sr_status sr_nfc(sr_buf *out, sr_str s)
{
	UErrorCode e = U_ZERO_ERROR;
	if (is_ascii(s)) {
		sr_buf_add(out, s);
		return sr_buf_status(out);
	}
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
	int32_t n;
	UChar *text = U_SUCCESS(e) ? normalise(nfc, s, &n) : NULL;
	if (!text)
		return SR_E_NOMEM;
	for (int32_t i = 0; i < n;) {
		UChar32 cp;
		U16_NEXT(text, i, n, cp);
		sr_buf_add_cp(out, (uint32_t)cp);
	}
	free(text);
	return sr_buf_status(out);
}

static uint32_t plain(uint32_t cp)
{
	if (sr_cp_is_dash(cp))
		return '-';
	if (cp == 0x2018 || cp == 0x2019 || cp == 0x201A)
		return '\'';
	if (sr_cp_opens_quote(cp) || sr_cp_closes_quote(cp))
		return '"';
	return sr_cp_is_space(cp) ? ' ' : cp;
}

/* What folds by itself, without ICU: ASCII, and the marks of print from U+2013 to U+201F (not U+2016, U+2017, U+201B).
 * False for anything else; *n: bytes taken. */
static bool folds_alone(sr_str s, size_t i, char *out, size_t *n)
{
	static const char marks[] = { '-', '-', '-', 0, 0, '\'', '\'', '\'', 0, '"', '"', '"', '"' };
	unsigned char c = (unsigned char)s.ptr[i], last;
	*n = 1;
	if (c < 0x80) {
		*out = (char)(sr_is_upper(c) ? c + 32 : c >= 9 && c <= 13 ? ' ' : c);
		return true;
	}
	if (c != 0xE2 || i + 2 >= s.len || (unsigned char)s.ptr[i + 1] != 0x80)
		return false;
	last = (unsigned char)s.ptr[i + 2];
	*n = 3;
	*out = last >= 0x93 && last <= 0x9F ? marks[last - 0x93] : 0;
	return *out != 0;
}

/* Into out, which has room for s.len; SIZE_MAX if that takes ICU. */
static size_t fold_alone(sr_str s, char *out)
{
	size_t n, count = 0;
	for (size_t i = 0; i < s.len; i += n) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c >= ' ' && c < 0x80) { /* nearly all */
			out[count++] = (char)(sr_is_upper(c) ? c + 32 : c);
			n = 1;
			continue;
		}
		if (!folds_alone(s, i, &out[count++], &n))
			return SIZE_MAX;
	}
	return count;
}

void sr_fold(sr_buf *out, sr_str s)
{
	UErrorCode e = U_ZERO_ERROR;
	char folded[FOLD_SHORT];
	size_t count = s.len <= sizeof folded ? fold_alone(s, folded) : SIZE_MAX;
	if (count != SIZE_MAX) {
		sr_buf_add(out, sr_str_make(folded, count));
		return;
	}
	if (is_ascii(s)) {
		for (size_t i = 0; i < s.len; i++)
			sr_buf_add_char(out, (char)plain(sr_cp_lower((unsigned char)s.ptr[i])));
		return;
	}
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&e);
	int32_t n;
	UChar *text = U_SUCCESS(e) ? normalise(nfkd, s, &n) : NULL;
	if (!text) {
		out->failed = true;
		return;
	}
	for (int32_t i = 0; i < n;) {
		UChar32 cp;
		U16_NEXT(text, i, n, cp);
		if (U_GET_GC_MASK(cp) & U_GC_MN_MASK)
			continue;
		sr_buf_add_cp(out, plain((uint32_t)u_foldCase(cp, U_FOLD_CASE_DEFAULT)));
	}
	free(text);
}

sr_str sr_fold_dup(sr_arena *arena, sr_str s)
{
	char folded[FOLD_SHORT];
	size_t count = s.len <= sizeof folded ? fold_alone(s, folded) : SIZE_MAX;
	if (count != SIZE_MAX)
		return sr_str_dup(arena, sr_str_make(folded, count));
	sr_buf buf;
	sr_buf_init(&buf, 0);
	sr_fold(&buf, s);
	sr_str text = sr_str_dup(arena, sr_buf_str(&buf));
	sr_buf_deinit(&buf);
	return text;
}

/* Both walks are an ICU break iterator over a UText of the UTF-8, so that offsets are bytes. */
typedef struct walker {
	UBreakIterator *it;
	UText *text;
	int32_t at;
} walker;

struct sr_words {
	walker w;
};
struct sr_breaks {
	walker w;
};

static bool walker_open(walker *w, UBreakIteratorType type)
{
	UErrorCode e = U_ZERO_ERROR;
	w->it = ubrk_open(type, "en", NULL, 0, &e);
	return U_SUCCESS(e);
}

static void walker_close(walker *w)
{
	if (w->it)
		ubrk_close(w->it);
	if (w->text)
		utext_close(w->text);
}

static sr_status walker_start(walker *w, sr_str text)
{
	UErrorCode e = U_ZERO_ERROR;
	w->text = utext_openUTF8(w->text, text.ptr ? text.ptr : "", (int64_t)text.len, &e);
	ubrk_setUText(w->it, w->text, &e);
	if (U_FAILURE(e))
		return SR_E_NOMEM;
	w->at = ubrk_first(w->it);
	return SR_OK;
}

static bool walker_next(walker *w, sr_span *out)
{
	int32_t end = ubrk_next(w->it);
	if (end == UBRK_DONE)
		return false;
	*out = (sr_span){ (uint32_t)w->at, (uint32_t)end };
	w->at = end;
	return true;
}

sr_words *sr_words_new(void)
{
	sr_words *words = calloc(1, sizeof *words);
	if (words && !walker_open(&words->w, UBRK_WORD)) {
		sr_words_free(words);
		return NULL;
	}
	return words;
}

void sr_words_free(sr_words *words)
{
	if (!words)
		return;
	walker_close(&words->w);
	free(words);
}

sr_status sr_words_start(sr_words *words, sr_str text) { return walker_start(&words->w, text); }

bool sr_words_next(sr_words *words, sr_span *segment, bool *is_word)
{
	if (!walker_next(&words->w, segment))
		return false;
	*is_word = ubrk_getRuleStatus(words->w.it) >= UBRK_WORD_NUMBER;
	return true;
}

sr_breaks *sr_breaks_new(void)
{
	sr_breaks *breaks = calloc(1, sizeof *breaks);
	if (breaks && !walker_open(&breaks->w, UBRK_SENTENCE)) {
		sr_breaks_free(breaks);
		return NULL;
	}
	return breaks;
}

void sr_breaks_free(sr_breaks *breaks)
{
	if (!breaks)
		return;
	walker_close(&breaks->w);
	free(breaks);
}

sr_status sr_breaks_start(sr_breaks *breaks, sr_str text) { return walker_start(&breaks->w, text); }
bool sr_breaks_next(sr_breaks *breaks, sr_span *sentence) { return walker_next(&breaks->w, sentence); }
