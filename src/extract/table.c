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

sr_str table_find(sr_str table, sr_str key)
{
	size_t low = 0, high = table.len; /* both at starts of rows */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		while (mid > low && table.ptr[mid - 1] != '\n')
			mid--;
		const char *newline = memchr(table.ptr + mid, '\n', table.len - mid);
		size_t end = newline ? (size_t)(newline - table.ptr) : table.len;
		sr_str row = sr_str_slice(table, mid, end);
		size_t tab = sr_str_find_char(row, '\t', 0);
		sr_str first = sr_str_slice(row, 0, tab == SIZE_MAX ? row.len : tab);
		int c = sr_str_cmp(key, first);
		if (c == 0)
			return sr_str_slice(row, first.len + (tab != SIZE_MAX), row.len);
		if (c < 0)
			high = mid;
		else
			low = end + 1 < table.len ? end + 1 : table.len;
	}
	return (sr_str){ 0 };
}

bool table_has_word(sr_str words, const char *word)
{
	sr_str field, wanted = sr_str_c(word);
	while (sr_str_next_field(&words, ' ', &field))
		if (sr_str_eq(field, wanted))
			return true;
	return false;
}
