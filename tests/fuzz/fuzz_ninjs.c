#include "sitrep/base/utf8.h"
#include "sitrep/format/news.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_news *out;
	if (arena && sr_ninjs_read(sr_str_make((const char *)data, size), (sr_str){ 0 }, arena, &out, NULL) == SR_OK)
		for (size_t i = 0; i < out->count; i++)
			if (!sr_utf8_valid(out->items[i].headline) || !sr_utf8_valid(out->items[i].plain))
				abort();
	sr_arena_free(arena);
	return 0;
}
