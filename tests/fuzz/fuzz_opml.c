#include "sitrep/format/opml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read and written again reads as the same number of feeds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_opml *list, *back;
	sr_buf out;
	sr_buf_init(&out, 0);
	if (arena && size < 65536 && sr_opml_read(sr_str_make((const char *)data, size), arena, &list, NULL) == SR_OK) {
		sr_opml_write(&out, list);
		if (sr_opml_read(sr_buf_str(&out), arena, &back, NULL) != SR_OK || back->count != list->count)
			abort();
	}
	sr_buf_deinit(&out);
	sr_arena_free(arena);
	return 0;
}
