/* Lists of feeds: OPML 1.0 and 2.0, read and written. */
#ifndef SITREP_FORMAT_OPML_H
#define SITREP_FORMAT_OPML_H

#include "sitrep/base/str.h"

#define SR_OPML_MAX 100000u

typedef struct sr_opml_feed {
	sr_str title, url, site; /* url: of the feed; site: of its pages, may be empty */
	sr_str folder;           /* titles of the outlines around it, joined by '/'; may be empty */
} sr_opml_feed;

typedef struct sr_opml {
	sr_str title;
	sr_opml_feed *feeds; /* in the file's order, a feed named twice only once */
	size_t count;
	sr_str *notes;
	size_t note_count;
} sr_opml;

/* Lives in the arena and may point into bytes. Only http and https feeds are taken. SR_E_INVALID if
 * it is no OPML; SR_E_NOMEM. */
sr_status sr_opml_read(sr_str bytes, sr_arena *arena, sr_opml **out, sr_error *err) SR_MUST_CHECK;
/* Appends an OPML 2.0 file; folders become one level of outlines, in order of first use. */
void sr_opml_write(sr_buf *out, const sr_opml *list);

#endif
