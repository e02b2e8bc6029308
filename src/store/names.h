/* Where a store stands by default, and by what a document is known: the same for every engine. */
#ifndef SITREP_STORE_NAMES_H
#define SITREP_STORE_NAMES_H

#include "sitrep/core/document.h"

/* Makes the folders above a file, as `mkdir -p` does. SR_E_IO. */
sr_status sr_store_make_folder(const char *file, sr_error *err) SR_MUST_CHECK;

/* True if b shows a later state of the page than a, by when it was retrieved, else by when it says
 * that it was changed; true too where neither is known: what arrives later is later. */
bool sr_store_is_later(const sr_document *a, const sr_document *b);

/* True if an identity holds for one file or one run only, so that another article may come under it: the path of a
 * file, or an id without a colon. */
bool sr_store_identity_is_local(const sr_document *doc);
/* Whether both may be states of one page: of one outlet, where both name theirs, and with the same title, or with half
 * the words of the shorter in common. */
sr_status sr_store_is_same_page(const sr_document *a, const sr_document *b, sr_arena *scratch, bool *same, sr_error *err) SR_MUST_CHECK;

#endif
