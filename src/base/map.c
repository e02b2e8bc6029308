#include "sitrep/base/map.h"

#include <string.h>

/* Eight bytes at a time, folded by multiplication (as wyhash does; Wang Yi 2019). The order of slots shows nowhere. */
static uint64_t mix(uint64_t h, uint64_t word)
{
	__extension__ unsigned __int128 product = (unsigned __int128)(h ^ word) * 0x9E3779B97F4A7C15u;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_of(sr_str key)
{
	uint64_t h = 0x2545F4914F6CDD1Du ^ key.len, word;
	size_t i = 0;
	for (; i + 8 <= key.len; i += 8) {
		memcpy(&word, key.ptr + i, 8);
		h = mix(h, word);
	}
	word = 0;
	if (i < key.len)
		memcpy(&word, key.ptr + i, key.len - i);
	return mix(h, word);
}

void sr_strmap_init(sr_strmap *map, sr_arena *arena) { *map = (sr_strmap){ .arena = arena }; }

/* A slot: the upper half of the key's hash, and its entry's index + 1. Most keys differ in the hash already. */
#define TAG(hash) ((hash) >> 32 << 32)

static sr_map_entry *entry_at(const sr_strmap *map, size_t slot)
{
	uint32_t index = (uint32_t)map->slots[slot];
	return index ? &map->entries[index - 1] : NULL;
}

static size_t slot_of(const sr_strmap *map, sr_str key, uint64_t hash)
{
	size_t mask = map->slot_count - 1, i = (size_t)hash & mask;
	while (map->slots[i] && (TAG(map->slots[i]) != TAG(hash) || !sr_str_eq(entry_at(map, i)->key, key)))
		i = (i + 1) & mask;
	return i;
}

static bool rehash(sr_strmap *map)
{
	size_t slot_count = map->slot_count ? map->slot_count * 2 : 32;
	uint64_t *slots = SR_NEW_ARRAY(map->arena, uint64_t, slot_count);
	if (!slots)
		return false;
	map->slots = slots;
	map->slot_count = slot_count;
	for (size_t i = 0; i < map->count; i++) {
		uint64_t hash = hash_of(map->entries[i].key);
		slots[slot_of(map, map->entries[i].key, hash)] = TAG(hash) | (uint32_t)(i + 1);
	}
	return true;
}

int64_t *sr_strmap_put(sr_strmap *map, sr_str key)
{
	if (map->count * 2 >= map->slot_count && !rehash(map))
		return NULL;
	uint64_t hash = hash_of(key);
	size_t slot = slot_of(map, key, hash);
	if (map->slots[slot])
		return &entry_at(map, slot)->value;
	void *entries = map->entries;
	if (!sr_arena_grow(map->arena, &entries, &map->capacity, map->count, sizeof *map->entries))
		return NULL;
	map->entries = entries;
	sr_str copy = sr_str_dup(map->arena, key);
	if (key.len && !copy.ptr)
		return NULL;
	sr_map_entry *e = &map->entries[map->count++];
	*e = (sr_map_entry){ .key = copy };
	map->slots[slot] = TAG(hash) | (uint32_t)map->count;
	return &e->value;
}

int64_t *sr_strmap_get(const sr_strmap *map, sr_str key)
{
	if (!map->slot_count)
		return NULL;
	sr_map_entry *e = entry_at(map, slot_of(map, key, hash_of(key)));
	return e ? &e->value : NULL;
}
