/* Story: which documents speak of one unfolding event, and which of them are independent.
 *
 * A stream places documents in one pass, in the order given. A document is compared with the earlier
 * ones that share its rarest words, names and numbers (an inverted index whose lists keep only their
 * newest entries, so that the cost of placing one does not grow with the archive), and joins the
 * story of those it is close to. Stories merge when a later report joins two. Term weights use the
 * document frequencies seen so far. One parameter set for all input (src/story/params.c).
 *
 * Origins: the documents of a story that come from one report share an origin. Reprints, trimmed and
 * re-headlined wire copy are found by containment of word shingles (Broder 1997); pages that only
 * relay named outlets belong to none of their own. */
#ifndef SITREP_STORY_H
#define SITREP_STORY_H

#include "sitrep/core/story.h"

typedef struct sr_story_stream sr_story_stream;

/* NULL if out of memory. The stream keeps what it needs of the documents: they need not outlive it. */
sr_story_stream *sr_story_stream_new(void);
void sr_story_stream_free(sr_story_stream *stream);
/* Places the next document; *story is the number of its story, which may later be merged into another
 * (see sr_story_stream_find). SR_E_NOMEM. */
sr_status sr_story_stream_add(sr_story_stream *stream, const sr_document *doc, uint32_t *story, sr_error *err) SR_MUST_CHECK;
/* The story that the i-th document belongs to now: the number of the story's first document. */
uint32_t sr_story_stream_find(sr_story_stream *stream, uint32_t doc);
size_t sr_story_stream_count(const sr_story_stream *stream);

/* All documents of a run at once, in the order given: stories with their origins, largest first (equal
 * ones in order of their first document). Documents within a story are in order of publication. Ids
 * are made from a story's first document in the order given. Everything lives in the arena.
 * SR_E_NOMEM. */
sr_status sr_story_group(sr_document *const *docs, size_t count, sr_arena *arena, sr_story **stories, size_t *story_count,
                         sr_error *err) SR_MUST_CHECK;

/* Numbers the origins of these documents from 1, in order of their first one; origin[i] is that of
 * docs[i]. A page that relays others (digest, or live page made of named outlets' reports) shares the
 * origin of a document that it relays where that is among them, else it has a number of its own.
 * SR_E_NOMEM. */
sr_status sr_story_origins(sr_document *const *docs, size_t count, sr_arena *arena, uint32_t *origin, uint32_t *origin_count,
                           sr_error *err) SR_MUST_CHECK;

#endif
