/* Resolving references against a base URL (RFC 3986, section 5.2), nothing more. */
#ifndef SITREP_BASE_URL_H
#define SITREP_BASE_URL_H

#include "sitrep/base/str.h"

typedef struct sr_url {
	sr_str scheme, authority, path, query, fragment; /* views; without their separators */
	bool has_authority, has_query, has_fragment;
} sr_url;

/* Splits by RFC 3986, appendix B; never fails. */
sr_url sr_url_split(sr_str s);
/* The reference (white space around it trimmed) made absolute. The trimmed reference itself if it
 * has a scheme already, or if base has none. Otherwise in the arena; empty when out of memory. */
sr_str sr_url_resolve(sr_arena *arena, sr_str base, sr_str reference);

#endif
