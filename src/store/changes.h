/* What changed between two states of a document: whether, and what. */
#ifndef SITREP_STORE_CHANGES_H
#define SITREP_STORE_CHANGES_H

#include "sitrep/store.h"

/* SHA-256, in hex, over what counts as a change of a document (see sr_store_add). SR_E_NOMEM. */
sr_status sr_store_fingerprint(const sr_document *doc, char out[65], sr_error *err) SR_MUST_CHECK;

/* Appends what changed from one state to the next; scratch is used meanwhile. Failures stay in out. */
void sr_store_write_changes(sr_buf *out, const sr_document *before, const sr_document *after, sr_arena *scratch);
/* And reads it back: views into bytes. SR_E_CORRUPT, SR_E_REFUSED, SR_E_NOMEM. */
sr_status sr_store_read_changes(sr_str bytes, sr_arena *arena, sr_store_change **out, size_t *count, sr_error *err) SR_MUST_CHECK;

#endif
