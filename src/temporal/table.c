/* The rule set's life: the compiled table is part of the program, so there is nothing to do but to point into it. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* From the assembly file that the build writes. */
extern const table_header sr_temporal_table;

sr_temporal *sr_temporal_new(sr_error *err)
{
	const table_header *h = &sr_temporal_table;
	const char *base = (const char *)h;
	sr_temporal *t = calloc(1, sizeof *t);
	if (!t) {
		(void)sr_fail(err, SR_E_NOMEM, "out of memory");
		return NULL;
	}
#define X(type, name) t->name = (const type *)(const void *)(base + h->parts[TABLE_##name].offset);
	TABLE_PARTS(X)
#undef X
	t->hash_mask = h->parts[TABLE_hash].count - 1;
	t->holiday_count = h->parts[TABLE_holidays].count;
#define X(field, name) t->c_##field = h->named[NAMED_##field];
	NAMED_CLASSES(X)
#undef X
	return t;
}

void sr_temporal_free(sr_temporal *t) { free(t); }

uint16_t lexicon_find(const sr_temporal *t, const char *word, size_t len, uint32_t hash)
{
	for (uint32_t at = hash & t->hash_mask; t->hash[at]; at = (at + 1) & t->hash_mask) {
		const lex_entry *e = &t->lexicon[t->hash[at]];
		if (e->length == len && memcmp(t->words + e->word, word, len) == 0)
			return (uint16_t)t->hash[at];
	}
	return 0;
}
