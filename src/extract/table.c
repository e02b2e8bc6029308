#include "table.h"

#include "sitrep/base/data.h"

#include <pthread.h>
#include <string.h>

#define SLOTS 16384u /* open addressing; rows fill at most half */

typedef struct slot {
	const char *row; /* NULL: free */
	uint16_t key, rest; /* bytes of the first column; of what is behind it, from key + 1 */
	uint32_t table;
} slot;

static slot slots[SLOTS]; /* constant once made */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static slot *slot_of(table_name table, sr_str key, uint64_t hash)
{
	/* the low bits of FNV-1a alone are those of the last bytes */
	size_t i = (size_t)((hash ^ hash >> 32) + table * 2654435761u) % SLOTS;
	for (; slots[i].row; i = (i + 1) % SLOTS)
		if (slots[i].table == table && slots[i].key == key.len && memcmp(slots[i].row, key.ptr, key.len) == 0)
			break;
	return &slots[i];
}

static uint64_t hash_of(sr_str key)
{
	uint64_t hash = TABLE_HASH_START;
	for (size_t i = 0; i < key.len; i++)
		hash = table_hash(hash, key.ptr[i]);
	return hash;
}

static void make_slots(void)
{
	static const char *const names[TABLE_COUNT] = {
		[TABLE_AGENCIES] = "html/agencies.tsv",     [TABLE_BYLINE] = "html/byline.tsv", [TABLE_CLASSES] = "html/classes.tsv",
		[TABLE_DATE_WORDS] = "html/date-words.tsv", [TABLE_LINES] = "html/lines.tsv",   [TABLE_META] = "html/meta.tsv",
		[TABLE_MONTHS] = "html/months.tsv",         [TABLE_NOTES] = "html/notes.tsv",
	};
	size_t rows = 0;
	for (table_name t = 0; t < TABLE_COUNT; t++) {
		sr_str rest = sr_data(names[t]), row;
		while (rows < SLOTS / 2 && sr_str_next_line(&rest, &row)) {
			sr_str key = sr_str_slice(row, 0, sr_str_find_char(row, '\t', 0));
			if (!key.len || row.ptr[0] == '#' || key.len == row.len || row.len > UINT16_MAX)
				continue;
			*slot_of(t, key, hash_of(key)) = (slot){ row.ptr, (uint16_t)key.len, (uint16_t)(row.len - key.len - 1), t };
			rows++;
		}
	}
}

sr_str table_find_hashed(table_name table, sr_str key, uint64_t hash)
{
	pthread_once(&once, make_slots);
	const slot *s = slot_of(table, key, hash);
	return s->row && key.len ? sr_str_make(s->row + s->key + 1, s->rest) : (sr_str){ 0 };
}

sr_str table_find(table_name table, sr_str key)
{
	return table_find_hashed(table, key, hash_of(key));
}

bool table_has_word(sr_str words, const char *word)
{
	sr_str field, wanted = sr_str_c(word);
	while (sr_str_next_field(&words, ' ', &field))
		if (sr_str_eq(field, wanted))
			return true;
	return false;
}
