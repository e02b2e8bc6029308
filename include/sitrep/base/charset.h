/* From bytes of an unknown charset to UTF-8.
 *
 * The order of trust is the WHATWG Encoding and HTML Standards': byte order mark, the transport's
 * word (HTTP or MIME Content-Type), the declaration in the text (XML declaration, HTML meta), then
 * the bytes themselves. Two things are never believed against the bytes: a declared legacy charset
 * where the bytes are well-formed UTF-8 beyond chance, and a declared UTF-8 that mostly is not.
 * Labels are data/charset-labels.tsv. ICU converts and detects. */
#ifndef SITREP_BASE_CHARSET_H
#define SITREP_BASE_CHARSET_H

#include "sitrep/base/str.h"

typedef enum sr_markup { SR_MARKUP_NONE, SR_MARKUP_HTML, SR_MARKUP_XML } sr_markup;

typedef enum sr_charset_from {
	SR_CHARSET_BOM,
	SR_CHARSET_TRANSPORT, /* the Content-Type header */
	SR_CHARSET_DECLARED,  /* in the text itself */
	SR_CHARSET_DETECTED,
	SR_CHARSET_ASSUMED /* nothing spoke: UTF-8 (XML, or plain ASCII), else windows-1252 */
} sr_charset_from;

typedef struct sr_decoded {
	sr_str text;    /* valid UTF-8 without BOM: a part of the input where that was UTF-8, else in the arena */
	sr_str charset; /* what it was read as: the standard's name in lower case; static */
	sr_str claimed; /* what transport or text claimed, where that was overruled, else empty; static */
	sr_charset_from from;
	size_t malformed; /* sequences replaced by U+FFFD */
} sr_decoded;

/* The encoding that a label means ("Latin1" is "windows-1252"), static; empty for no known label. */
sr_str sr_charset_lookup(sr_str label);
/* The charset parameter of a Content-Type value, as written; empty if there is none. */
sr_str sr_charset_of_content_type(sr_str content_type);

/* Decodes a whole text. content_type is the header's value, empty if there was none. markup says
 * which declarations may stand in it. SR_E_NOMEM; SR_E_LIMIT beyond 256 MB. */
sr_status sr_charset_decode(sr_str bytes, sr_str content_type, sr_markup markup, sr_arena *arena, sr_decoded *out,
                            sr_error *err) SR_MUST_CHECK;

/* Appends bytes read as the encoding of that label; *malformed (may be NULL) counts what became
 * U+FFFD. SR_E_UNSUPPORTED for an unknown label, SR_E_NOMEM, SR_E_LIMIT. */
sr_status sr_charset_convert(sr_str label, sr_str bytes, sr_buf *out, size_t *malformed) SR_MUST_CHECK;

#endif
