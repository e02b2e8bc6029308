#include "table.h"

#include "sitrep/base/data.h"

#include <pthread.h>
#include <string.h>

/* The table without the comments at its head. */
static sr_str rows_of(sr_str table)
{
	while (table.len && (table.ptr[0] == '#' || table.ptr[0] == '\n')) {
		size_t end = sr_str_find_char(table, '\n', 0);
		table = sr_str_slice(table, end == SIZE_MAX ? table.len : end + 1, table.len);
	}
	return table;
}

static sr_str tables[TABLE_COUNT]; /* constant once found */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_tables(void)
{
	static const char *const names[TABLE_COUNT] = {
		[TABLE_AGENCIES] = "html/agencies.tsv",     [TABLE_BYLINE] = "html/byline.tsv", [TABLE_CLASSES] = "html/classes.tsv",
		[TABLE_DATE_WORDS] = "html/date-words.tsv", [TABLE_LINES] = "html/lines.tsv",   [TABLE_META] = "html/meta.tsv",
		[TABLE_MONTHS] = "html/months.tsv",         [TABLE_NOTES] = "html/notes.tsv",
	};
	for (size_t i = 0; i < TABLE_COUNT; i++)
		tables[i] = rows_of(sr_data(names[i]));
}

sr_str table_of(table_name name)
{
	pthread_once(&once, find_tables);
	return tables[name];
}

/* The first row that is not before key in the order of the bytes; empty behind the last. */
static sr_str lower_bound(sr_str table, sr_str key)
{
	size_t low = 0, high = table.len; /* both at starts of rows */
	sr_str found = { 0 };
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		while (mid > low && table.ptr[mid - 1] != '\n')
			mid--;
		const char *newline = memchr(table.ptr + mid, '\n', table.len - mid);
		size_t end = newline ? (size_t)(newline - table.ptr) : table.len, i = 0;
		const char *row = table.ptr + mid;
		while (i < key.len && mid + i < end && row[i] == key.ptr[i])
			i++;
		/* the sign behind the first column is smaller than any within */
		bool before = i < key.len && (mid + i == end || (unsigned char)row[i] < (unsigned char)key.ptr[i]);
		if (before) {
			low = end + 1 < table.len ? end + 1 : table.len;
		} else {
			found = sr_str_make(row, end - mid);
			high = mid;
		}
	}
	return found;
}

sr_str table_find(sr_str table, sr_str key)
{
	sr_str row = lower_bound(table, key);
	if (!key.len || !row.ptr || row.len < key.len || memcmp(row.ptr, key.ptr, key.len) != 0)
		return (sr_str){ 0 };
	if (row.len == key.len)
		return sr_str_make(row.ptr + row.len, 0);
	return row.ptr[key.len] == '\t' ? sr_str_slice(row, key.len + 1, row.len) : (sr_str){ 0 };
}

bool table_has_prefix(sr_str table, sr_str prefix)
{
	return sr_str_starts(lower_bound(table, prefix), prefix);
}

bool table_has_word(sr_str words, const char *word)
{
	sr_str field, wanted = sr_str_c(word);
	while (sr_str_next_field(&words, ' ', &field))
		if (sr_str_eq(field, wanted))
			return true;
	return false;
}
