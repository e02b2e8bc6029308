/* Sorted tab-separated tables of data/, looked up where they stand: nothing is built or kept. */
#ifndef SITREP_SRC_EXTRACT_TABLE_H
#define SITREP_SRC_EXTRACT_TABLE_H

#include "sitrep/base/str.h"

/* The rest of the row whose first column is key, or a view with NULL ptr. Rows must be sorted by
 * the bytes of the first column; comments (#) may only stand at the head of the table. */
sr_str table_find(sr_str table, sr_str key);
/* True if a row begins with these bytes. */
bool table_has_prefix(sr_str table, sr_str prefix);
/* The table without the comments at its head. */
sr_str table_rows(sr_str table);
bool table_has_word(sr_str words, const char *word);

#endif
