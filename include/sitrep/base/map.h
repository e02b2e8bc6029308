/* An arena-owned hash map from byte strings to integers: open addressing with linear
 * probing, insertion order kept so that walking it is reproducible. */
#ifndef SITREP_BASE_MAP_H
#define SITREP_BASE_MAP_H

#include "sitrep/base/str.h"

typedef struct sr_map_entry {
	sr_str key;
	int64_t value;
} sr_map_entry;

typedef struct sr_strmap {
	sr_arena *arena;
	sr_map_entry *entries; /* in order of insertion */
	size_t count, capacity;
	uint64_t *slots; /* half a hash, and the index + 1 into entries; 0 empty */
	size_t slot_count;
} sr_strmap;

void sr_strmap_init(sr_strmap *map, sr_arena *arena);
/* The value's place for key, inserted as 0 (key copied into the arena) if new; NULL: no memory.
 * The pointer holds until the next insertion. */
int64_t *sr_strmap_put(sr_strmap *map, sr_str key);
/* NULL if absent. */
int64_t *sr_strmap_get(const sr_strmap *map, sr_str key);

#endif
