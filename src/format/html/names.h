/* Names of elements and attributes, and how elements behave. Private to format/html. */
#ifndef SITREP_FORMAT_HTML_NAMES_H
#define SITREP_FORMAT_HTML_NAMES_H

#include "sitrep/format/html.h"

/* name as libxml2 gives it: NUL-terminated, lower case */
uint8_t html_tag_by_name(const char *name);
/* -1 if extraction does not look at it */
int html_attr_by_name(const char *name);
/* An element without content that libxml2 (HTML 4) does not know as one. */
bool html_is_void(uint8_t tag);

/* Drops what would make the parser quadratic (attributes beyond the ceiling in one tag) and
 * replaces malformed UTF-8 and NUL. Returns page itself where nothing had to be done, else a copy
 * in buf. *tags is an upper bound of the elements that follow. */
sr_str html_defuse(sr_str page, size_t max_attributes, sr_buf *buf, size_t *tags, bool *dropped);

#endif
