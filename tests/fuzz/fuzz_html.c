#include "sitrep/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_arena *arena = sr_arena_new((size_t)400 << 20);
	sr_documents docs = { 0 };
	sr_input input = { .bytes = sr_str_make((const char *)data, size), .path = SR_STR("fuzz"), .type = SR_INPUT_HTML };
	sr_error err;
	if (arena && size)
		(void)!sr_extract(&input, arena, &docs, &err);
	sr_arena_free(arena);
	return 0;
}
