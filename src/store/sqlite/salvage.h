/* What the two files of salvage share. */
#ifndef SITREP_STORE_SQLITE_SALVAGE_H
#define SITREP_STORE_SQLITE_SALVAGE_H

#include "sqlite_store.h"

typedef struct salvage {
	sqlite_store *s; /* the new store, the copy of the damaged one attached to it as `bad` */
	sr_arena *arena; /* of the losses */
	sr_store_salvaged *out;
	SR_VEC(sr_str) losses;
	int64_t pages; /* of the copy */
} salvage;

/* Writes a loss down: "revision 12". */
void salvage_lose(salvage *v, const char *what, int64_t number);
/* Makes sound what the copied rows say: drops what cannot be unpacked and what belongs to nothing, gives every
 * document a current revision, and fills the columns, names and indexes from the blobs. */
sr_status salvage_settle(salvage *v, sr_error *err) SR_MUST_CHECK;

#endif
