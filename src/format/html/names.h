/* Names of elements and attributes, and how elements behave. Private to format/html. */
#ifndef SITREP_FORMAT_HTML_NAMES_H
#define SITREP_FORMAT_HTML_NAMES_H

#include "sitrep/format/html.h"

#include "sitrep/base/arena.h"

/* name as libxml2 gives it: NUL-terminated, lower case */
uint8_t html_tag_by_name(const char *name);
/* -1 if extraction does not look at it */
int html_attr_by_name(const char *name);
/* An element without content that libxml2 (HTML 4) does not know as one. */
bool html_is_void(uint8_t tag);

/* The text of a script, which the parser does not see. */
typedef struct html_raw {
	size_t at; /* in the page that the parser reads: the '>' that ends the start tag */
	sr_str text;
} html_raw;

typedef struct html_defused {
	sr_str page; /* what the parser reads: the page itself where nothing had to be done */
	sr_buf buf, valid;
	SR_VEC(html_raw) raws; /* in order; of the arena, their texts of the page or of valid */
	size_t tags;           /* an upper bound of the elements */
	bool dropped;          /* attributes beyond the ceiling were left out */
} html_defused;

/* Takes out what the parser need not see (comments, the text of scripts and styles) and what would make it
 * quadratic (attributes beyond the ceiling in one tag), and replaces malformed UTF-8 and NUL. SR_E_NOMEM.
 * In any case html_defused_deinit must follow, once page and raws are done with. */
sr_status html_defuse(sr_str page, size_t max_attributes, sr_arena *arena, html_defused *out);
void html_defused_deinit(html_defused *d);

#endif
