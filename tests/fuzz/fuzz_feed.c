#include "sitrep/base/utf8.h"
#include "sitrep/format/feed.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_feed *feed;
	if (arena && sr_feed_read(sr_str_make((const char *)data, size), SR_STR("https://a.example/feed"), (sr_str){ 0 }, arena, &feed,
	                          NULL) == SR_OK)
		for (size_t i = 0; i < feed->entry_count; i++)
			if (!sr_utf8_valid(feed->entries[i].title) || !sr_utf8_valid(feed->entries[i].content))
				abort();
	sr_arena_free(arena);
	return 0;
}
