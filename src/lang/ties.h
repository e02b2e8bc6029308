/* Ways to write one name. Private to this folder. */
#ifndef SITREP_LANG_TIES_H
#define SITREP_LANG_TIES_H

#include "sitrep/lang.h"

/* What all ways to write a person's name share: no initials, of longer words the consonants. Empty for a single word; in the arena.
 * Two names of one key are one name if their words are of like length. */
sr_str name_key(sr_arena *arena, sr_str name);
bool name_variant(sr_str a, sr_str b);
/* "bill" and "william", folded: what one person may be called (data/nicknames.tsv). */
bool name_nicknames(sr_str a, sr_str b);

#endif
