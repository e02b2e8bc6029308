/* What the two files of salvage share. */
#ifndef SITREP_STORE_SQLITE_SALVAGE_H
#define SITREP_STORE_SQLITE_SALVAGE_H

#include "sqlite_store.h"

typedef struct salvage {
	sqlite_store *s; /* the new store */
	sqlite3 *bad;    /* the copy of the damaged one: a connection of its own, because damage voids a transaction */
	sr_arena *arena; /* of the losses */
	sr_store_salvaged *out;
	SR_VEC(sr_str) losses;
	int64_t pages; /* of the copy */
} salvage;

/* Writes a loss down: "revision 12". */
void salvage_lose(salvage *v, const char *what, int64_t number);
/* The end of a table, behind the number known (0: all of it). */
void salvage_lose_end(salvage *v, const char *what, int64_t known);
/* Makes sound what the copied rows say: drops what cannot be unpacked and what belongs to nothing, gives every
 * document a current revision, and fills the columns, names and indexes from the blobs. */
sr_status salvage_settle(salvage *v, sr_error *err) SR_MUST_CHECK;
/* The stream's memory is kept whole or, with the marks of sources that are all in, not at all. */
sr_status salvage_forget_memory(salvage *v, sr_error *err) SR_MUST_CHECK;
sr_status salvage_settle_memory(salvage *v, sr_error *err) SR_MUST_CHECK;

#endif
