/* Packed bytes: what a blob of the store looks like, whatever the engine.
 *
 * A packed blob is one tag byte and then, `z`, one zstd frame (level 3, its size and a checksum of the
 * content in it), or, `r`, eight bytes of sr_checksum in little-endian order and the bytes as they are,
 * where packing would not pay. Either way damage is noticed when it is read back. */
#ifndef SITREP_STORE_PACK_H
#define SITREP_STORE_PACK_H

#include "sitrep/base/str.h"

typedef struct sr_packer sr_packer; /* holds zstd's contexts, so that each blob need not make its own */
sr_packer *sr_packer_new(void);     /* NULL if out of memory */
void sr_packer_free(sr_packer *packer);

void sr_packer_library(sr_buf *out); /* "zstd 1.5.4", as it runs */

/* Replaces what out held. SR_E_NOMEM. */
sr_status sr_pack(sr_packer *packer, sr_str bytes, sr_buf *out, sr_error *err) SR_MUST_CHECK;
/* The same for bytes that do not shrink, such as floats. */
sr_status sr_pack_raw(sr_str bytes, sr_buf *out, sr_error *err) SR_MUST_CHECK;

/* Size of the content, from the head alone. SR_E_CORRUPT; SR_E_LIMIT if it is above the ceiling. */
sr_status sr_unpacked_size(sr_str packed, size_t ceiling, size_t *size, sr_error *err) SR_MUST_CHECK;
/* Into the arena, with a NUL behind it; what is packed raw is copied too. SR_E_CORRUPT, SR_E_LIMIT, SR_E_NOMEM. */
sr_status sr_unpack(sr_packer *packer, sr_str packed, size_t ceiling, sr_arena *arena, sr_str *out, sr_error *err)
	SR_MUST_CHECK;
/* Appended to a buffer. */
sr_status sr_unpack_buf(sr_packer *packer, sr_str packed, size_t ceiling, sr_buf *out, sr_error *err) SR_MUST_CHECK;

#endif
