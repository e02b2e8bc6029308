#include "sitrep/base/wordmap.h"

#include <assert.h>

/* FNV-1a over lower case. */
static size_t slot_of(const sr_wordmap *map, sr_str word)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 16777619u;
	}
	size_t i = (h ^ h >> 15) & (SR_WORDMAP_SLOTS - 1);
	while (map->slots[i].bits && !sr_str_eq_nocase(map->slots[i].word, word))
		i = (i + 1) & (SR_WORDMAP_SLOTS - 1);
	return i;
}

void sr_wordmap_add(sr_wordmap *map, sr_str word, uint64_t bits)
{
	size_t i = slot_of(map, word);
	if (!map->slots[i].bits) {
		assert(map->count < SR_WORDMAP_MAX);
		map->count++;
		map->slots[i].word = word;
	}
	map->slots[i].bits |= bits;
}

uint64_t sr_wordmap_get(const sr_wordmap *map, sr_str word) { return map->slots[slot_of(map, word)].bits; }
