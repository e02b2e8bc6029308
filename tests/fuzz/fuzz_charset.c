#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses the markup; up to the first line's end is a Content-Type. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new(0);
	sr_str bytes = sr_str_make((const char *)data, size), type;
	sr_decoded d;
	if (size && arena) {
		sr_markup markup = (sr_markup)(data[0] % 3);
		bytes = sr_str_slice(bytes, 1, size);
		if (sr_str_next_line(&bytes, &type) && sr_charset_decode(bytes, type, markup, arena, &d, NULL) == SR_OK)
			if (!sr_utf8_valid(d.text))
				abort();
	}
	sr_arena_free(arena);
	return 0;
}
