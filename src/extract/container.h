/* Containers: counting what was read of them and what was passed over, so that nothing is lost
 * silently. */
#ifndef SITREP_SRC_EXTRACT_CONTAINER_H
#define SITREP_SRC_EXTRACT_CONTAINER_H

#include "sitrep/extract.h"

typedef struct sr_container {
	const char *what; /* "entries of the feed" */
	size_t read, bad;
	sr_error first; /* of what was passed over */
} sr_container;

/* Counts one entry's outcome; label names it ("entry 12"). Only SR_E_NOMEM comes back. */
sr_status sr_container_count(sr_container *c, sr_status status, const char *label, size_t number,
                             const sr_error *failure, sr_error *err) SR_MUST_CHECK;
/* Notes at the last document what was passed over; a failure only if nothing was read. */
sr_status sr_container_report(const sr_container *c, sr_arena *arena, sr_documents *out, sr_error *err) SR_MUST_CHECK;
/* Adds a note to a finished document. False if out of memory. */
bool sr_container_note(sr_arena *arena, sr_document *doc, sr_str note);
/* The path of an entry: "feed.xml#12"; empty if the container has none. */
sr_str sr_container_path(const sr_input *input, sr_arena *arena, size_t number);

#endif
