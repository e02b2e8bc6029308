/* Which place a name means: all names of a story are resolved together.
 *
 * A name's candidates come from the gazetteer file (GeoNames, see share/sitrep/GAZETTEER.md), by exact
 * spelling or, failing that, by the transliteration rules. They are weighed by population, by what
 * stands next to the name ("Paris, Texas"; "the Syrian town of …"), by the countries that the story
 * speaks of, and by nearness to its other places; one name has one sense in one story. The weights
 * are the table at the head of src/gazetteer/resolve.c. Unknown, unlikely and personal names stay
 * unresolved. The file is checked when it is opened (size, checksum, version); whatever it holds,
 * reading it stays within it. */
#ifndef SITREP_GAZETTEER_H
#define SITREP_GAZETTEER_H

#include "sitrep/core/reading.h"

typedef struct sr_gazetteer sr_gazetteer;

/* path NULL: the file `gazetteer.bin` of the share folder. SR_E_NOT_FOUND, SR_E_CORRUPT, SR_E_IO, SR_E_NOMEM. */
sr_status sr_gazetteer_open(const char *path, sr_gazetteer **out, sr_error *err) SR_MUST_CHECK;
void sr_gazetteer_free(sr_gazetteer *gazetteer);
size_t sr_gazetteer_places(const sr_gazetteer *gazetteer);

typedef struct sr_place_mention {
	sr_str name;          /* as in the text; demonyms ("Ukrainian") are welcome */
	sr_str before, after; /* what stands around it in its sentence; 100 bytes are enough */
	sr_entity_type type;  /* as tagged: PER and ORG are left alone */
} sr_place_mention;

typedef enum sr_place_kind { SR_PLACE_NONE, SR_PLACE_COUNTRY, SR_PLACE_REGION, SR_PLACE_CITY } sr_place_kind;

typedef struct sr_resolved_place {
	sr_place_kind kind;  /* SR_PLACE_NONE: unresolved */
	bool government;     /* a capital or country that stands for its government ("Oslo denied …") */
	bool demonym;        /* the name was one of a people or an adjective */
	sr_str name;         /* the gazetteer's spelling; lives as long as the gazetteer */
	sr_str region;       /* of a city, or empty */
	char country[3];     /* ISO 3166, NUL-terminated */
	double lat, lon;     /* degrees; of countries and regions, where their people live */
	uint32_t population; /* 0: unknown */
	uint32_t id;         /* equal for the same place, within one gazetteer file */
} sr_resolved_place;

/* Resolves the count mentions of one story into out[0 .. count). The arena is for the work only.
 * SR_E_NOMEM. */
sr_status sr_gazetteer_resolve(const sr_gazetteer *gazetteer, const sr_place_mention *mentions, size_t count,
                               sr_arena *arena, sr_resolved_place *out, sr_error *err) SR_MUST_CHECK;

#endif
