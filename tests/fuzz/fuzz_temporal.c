/* Any text, with any publication time from its first line, must be read without fault; spans lie in
 * the text, in order, and do not overlap; values are never empty. */
#include "sitrep/base/utf8.h"
#include "sitrep/temporal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const sr_reading *reading)
{
	uint32_t at = 0;
	for (size_t i = 0; i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		if (t->span.start < at || t->span.end <= t->span.start || t->span.end > reading->doc->text.len ||
		    t->value.len == 0)
			abort();
		at = t->span.end;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sr_temporal *rules;
	sr_str text = sr_str_make((const char *)data, size), line;
	sr_arena *arena = sr_arena_new((size_t)64 << 20);
	sr_document doc = { 0 };
	sr_reading reading = { .doc = &doc };
	if (!rules)
		rules = sr_temporal_new(NULL);
	if (!rules || !arena)
		abort();
	sr_str_next_line(&text, &line);
	if (!sr_time_parse(line, &doc.published))
		doc.published = SR_TIME_NONE;
	doc.retrieved = doc.published;
	if (sr_utf8_valid(text)) {
		doc.text = text;
		if (sr_temporal_read(rules, arena, &reading, NULL) == SR_OK) {
			check(&reading);
			(void)sr_temporal_anchor(&reading, (sr_span){ 0, (uint32_t)text.len });
			(void)sr_temporal_doubt(&reading, doc.published);
		}
	}
	sr_arena_free(arena);
	return 0;
}
