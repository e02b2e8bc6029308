#include "sitrep/base/utf8.h"
#include "sitrep/format/mail.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_mail *out;
	if (arena && sr_mail_read(sr_str_make((const char *)data, size), arena, &out, NULL) == SR_OK)
		if (!sr_utf8_valid(out->subject) || !sr_utf8_valid(out->html) || !sr_utf8_valid(out->plain))
			abort();
	sr_arena_free(arena);
	return 0;
}
