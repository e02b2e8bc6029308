#include "sitrep/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Text, Markdown and JSON Lines share the reader of pages; the first byte picks the door. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_documents docs = { 0 };
	sr_input in = { .bytes = sr_str_make((const char *)data + 1, size - 1), .path = SR_STR_INIT("f"), .now = { .year = 2026, .month = 1, .day = 1, .precision = SR_PRECISION_DAY } };
	in.type = data[0] % 3 == 0 ? SR_INPUT_TEXT : data[0] % 3 == 1 ? SR_INPUT_JSONL : SR_INPUT_AUTO;
	if (arena && sr_extract(&in, arena, &docs, NULL) == SR_OK && sr_extract_settle_years(docs.items, docs.count) != SR_OK)
		docs.count = 0;
	sr_arena_free(arena);
	return 0;
}
