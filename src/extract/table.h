/* The tables of data/html, looked up by their first column. The index is made once, when a table is first asked for,
 * and is constant from then on. */
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

/* The rest of the row whose first column is key, or a view with NULL ptr. */
sr_str table_find(table_name table, sr_str key);
bool table_has_word(sr_str words, const char *word);

/* For looking up many beginnings of one text: the hash of a key, byte by byte. */
#define TABLE_HASH_START 14695981039346656037u
static inline uint64_t table_hash(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 1099511628211u;
}
sr_str table_find_hashed(table_name table, sr_str key, uint64_t hash);

#endif
