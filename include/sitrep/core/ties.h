/* Names of one thing: "Donald Trump", "Donald J. Trump", "Mr. Trump" and "Trump"; "CPA" and "Civil Protection Agency". */
#ifndef SITREP_CORE_TIES_H
#define SITREP_CORE_TIES_H

#include "sitrep/base/arena.h"
#include "sitrep/base/status.h"
#include "sitrep/base/str.h"

/* A name of a page or a story, and whether it may be a person's; empty names are tied to none. */
typedef struct sr_name {
	sr_str name;
	bool person;
} sr_name;

/* to[i], of `count`: the name that names[i] is another form of, or i itself: spellings, initials and nicknames of persons, then last
 * names, acronyms and other short forms that only one name has. SR_E_NOMEM. */
sr_status sr_names_tie(sr_arena *arena, const sr_name *names, size_t count, uint32_t *to) SR_MUST_CHECK;

/* What all ways to write a person's name share: no initials, of longer words the consonants. Empty for a single word; in the arena.
 * Two names of one key are one name if their words are of like length. */
sr_str sr_name_key(sr_arena *arena, sr_str name);
bool sr_name_variant(sr_str a, sr_str b);
/* "bill" and "william", folded: what one person may be called (data/nicknames.tsv). */
bool sr_name_nicknames(sr_str a, sr_str b);

#endif
