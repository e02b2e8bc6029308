#include "table.h"

#include <string.h>

sr_str table_rows(sr_str table)
{
	while (table.len && (table.ptr[0] == '#' || table.ptr[0] == '\n')) {
		size_t end = sr_str_find_char(table, '\n', 0);
		table = sr_str_slice(table, end == SIZE_MAX ? table.len : end + 1, table.len);
	}
	return table;
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
