/* Pages made to be slow, huge or deep: for the tests, and for the benchmark of what they cost. */
#ifndef SITREP_TESTS_EXTRACT_HOSTILE_H
#define SITREP_TESTS_EXTRACT_HOSTILE_H

#include "sitrep/base/str.h"

typedef struct hostile_page {
	const char *name, *head, *unit; /* %zu in the unit: its number */
	size_t times;
	const char *tail;
	bool has_text;
	const char *note; /* of the ceiling that it hits; NULL: none */
} hostile_page;

/* All of them, static. */
const hostile_page *hostile_pages(size_t *count);
/* Appends the page. */
void hostile_build(const hostile_page *page, sr_buf *out);

#endif
