/* The gazetteer's file, and the keys that names are found by. Shared with the builder in tools/, so
 * that both make the same keys. */
#ifndef SITREP_SRC_GAZETTEER_KEYS_H
#define SITREP_SRC_GAZETTEER_KEYS_H

#include "sitrep/base/str.h"

/* Little-endian, as are all machines that we build for (checked when it is opened). */
#define GAZ_MAGIC "SRGAZ01"
#define GAZ_ENDIAN 0x01020304u

typedef struct gaz_header {
	char magic[8];
	uint32_t endian, file_size;
	uint32_t place_count, key_count, name_bytes;
	uint32_t country_count, region_count; /* places begin with the countries, then the regions */
	uint32_t spare;
	uint64_t checksum; /* sr_checksum of everything behind the header */
} gaz_header;

enum { GAZ_COUNTRY, GAZ_REGION, GAZ_CITY };
enum { GAZ_CAPITAL = 1, GAZ_SEAT = 2 /* of a region */ };

typedef struct gaz_place {
	uint32_t name; /* offset into the names, which end with NUL */
	int32_t lat, lon; /* 1e-5 degrees */
	uint32_t population;
	char country[2];
	uint16_t region; /* ordinal of its region + 1, or 0 */
	uint8_t kind, flags;
	uint16_t spare;
} gaz_place;

/* Sorted by hash, then by target. */
typedef struct gaz_key {
	uint32_t hash;
	uint32_t target; /* place in the low 18 bits, 13 bits of check, highest bit: a demonym */
} gaz_key;

#define GAZ_PLACE_BITS 18
#define GAZ_DEMONYM 0x80000000u

static inline uint32_t gaz_target_place(uint32_t target) { return target & ((1u << GAZ_PLACE_BITS) - 1); }
static inline uint32_t gaz_check(uint32_t target) { return target & 0x7FFC0000u; }

/* The folded name: lower case, no marks, no dots and apostrophes, hyphens as blanks, no "the". */
void gaz_fold(sr_buf *out, sr_str name);
/* The same for a name in ASCII, into out, which has room for it; its length, or SIZE_MAX for other names. */
size_t gaz_fold_plain(sr_str name, char *out);
/* The folded name by the transliteration rules. */
void gaz_loosen(sr_buf *out, sr_str folded);
/* A key for the folded (or loosened) form; place 0 and no flag in the target. */
gaz_key gaz_key_of(sr_str form, bool loose);

#endif
