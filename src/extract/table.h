/* Sorted tab-separated tables of data/, looked up where they stand: nothing is built or kept. */
#ifndef SITREP_SRC_EXTRACT_TABLE_H
#define SITREP_SRC_EXTRACT_TABLE_H

#include "sitrep/base/str.h"

typedef enum table_name {
	TABLE_AGENCIES,
	TABLE_BYLINE,
	TABLE_CLASSES,
	TABLE_DATE_WORDS,
	TABLE_LINES,
	TABLE_META,
	TABLE_MONTHS,
	TABLE_NOTES,
	TABLE_COUNT
} table_name;
/* The rows of one of the tables in data/html. */
sr_str table_of(table_name name);

/* The rest of the row whose first column is key, or a view with NULL ptr. Rows must be sorted by
 * the bytes of the first column; comments (#) may only stand at the head of the table. */
sr_str table_find(sr_str table, sr_str key);
/* True if a row begins with these bytes. */
bool table_has_prefix(sr_str table, sr_str prefix);
bool table_has_word(sr_str words, const char *word);

#endif
