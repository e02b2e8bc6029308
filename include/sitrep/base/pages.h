/* Large zeroed tables, for access in no order: on large pages where the system has them, so that the first touches cost
 * few page faults. */
#ifndef SITREP_BASE_PAGES_H
#define SITREP_BASE_PAGES_H

#include <stddef.h>

/* Zeroed bytes, aligned to a page, or NULL. Give back by sr_pages_free with the same size; NULL is passed over. */
void *sr_pages_new(size_t bytes);
void sr_pages_free(void *pages, size_t bytes);

#endif
