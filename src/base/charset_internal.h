/* Between charset.c (which encoding) and charset_convert.c (reading it). */
#ifndef SITREP_SRC_BASE_CHARSET_INTERNAL_H
#define SITREP_SRC_BASE_CHARSET_INTERNAL_H

#include "sitrep/base/charset.h"

/* A row of the label table: the standard's name and ICU's name ("-": our own code). */
typedef struct sr_charset_row {
	sr_str name, converter;
} sr_charset_row;

/* Empty for an unknown label. */
sr_charset_row sr_charset_row_of(sr_str label);
/* As sr_charset_convert; *malformed is added to. */
sr_status sr_charset_convert_row(sr_charset_row row, sr_str bytes, sr_buf *out, size_t *malformed) SR_MUST_CHECK;

#endif
