#include "sitrep/gazetteer.h"

#include <stdlib.h>

#define MENTIONS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lines of three fields: name, before, after. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sr_gazetteer *gazetteer; /* opened once; checking the file takes longer than the rest */
	sr_arena *arena = sr_arena_new(0);
	sr_str rest = sr_str_make((const char *)data, size), line;
	sr_place_mention mentions[MENTIONS_MAX];
	sr_resolved_place places[MENTIONS_MAX];
	size_t n = 0;
	if (!gazetteer && sr_gazetteer_open(NULL, &gazetteer, NULL) != SR_OK)
		abort();
	while (n < MENTIONS_MAX && sr_str_next_line(&rest, &line)) {
		sr_place_mention *m = &mentions[n++];
		*m = (sr_place_mention){ .type = SR_ENTITY_LOC };
		(void)sr_str_next_field(&line, '|', &m->name);
		(void)sr_str_next_field(&line, '|', &m->before);
		m->after = line;
	}
	if (arena && sr_gazetteer_resolve(gazetteer, mentions, n, arena, places, NULL) == SR_OK)
		for (size_t i = 0; i < n; i++)
			if (places[i].kind != SR_PLACE_NONE && (places[i].lat < -90 || places[i].lat > 90))
				abort();
	sr_arena_free(arena);
	return 0;
}
