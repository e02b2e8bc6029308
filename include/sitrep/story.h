/* Story: which documents speak of one unfolding event, and which of them are independent.
 *
 * A stream places documents one by one, in the order they come. A document is compared with the ones of
 * the window (the newest SR_STORY_WINDOW documents) that share its rarest words, names and numbers, and
 * joins the story that it is nearest to on the average. What came before is looked at again while it is
 * in the window: stories merge when a later report joins them, and split when a broad one falls apart.
 * Term weights follow the documents of the window. Nothing depends on the number of documents that
 * have left it: neither time nor memory. One parameter set for all input (src/story/params.c).
 *
 * Keys. A document has a key: a number the caller gives, not 0, and larger than those of the documents
 * placed before. A story's key is that of the document that founded it, for good. A story that was merged
 * into another is no more; should it be split off again, it gets its old key back.
 *
 * A stream that lasts. The caller keeps, for each document, the key of its story, whether it is held there
 * by hand, and an opaque profile (one to four kilobytes, written once). From those of the newest
 * SR_STORY_WINDOW documents a new stream is built that goes on exactly as the old one would have.
 *
 * Origins: the documents of a story that come from one report share an origin. Reprints, trimmed and
 * re-headlined wire copy are found by containment of word shingles (Broder 1997); pages that only
 * relay named outlets belong to none of their own. */
#ifndef SITREP_STORY_H
#define SITREP_STORY_H

#include "sitrep/core/story.h"

#define SR_STORY_WINDOW 5000u

typedef struct sr_story_stream sr_story_stream;

/* NULL if out of memory. The stream keeps what it needs of the documents: they need not outlive it. */
sr_story_stream *sr_story_stream_new(void);
void sr_story_stream_free(sr_story_stream *stream);

/* Places the next document. What changed is told by sr_story_stream_events. SR_E_USAGE if the key is not
 * larger than the last one, SR_E_NOMEM. */
sr_status sr_story_stream_place(sr_story_stream *stream, uint64_t key, const sr_document *doc, sr_error *err) SR_MUST_CHECK;
/* The key of the story that a document of the window belongs to now; 0 if it is not in the window. */
uint64_t sr_story_stream_story(const sr_story_stream *stream, uint64_t doc);

typedef enum sr_story_change {
	SR_STORY_JOINED, /* the new document `doc` belongs to `story`, which it may have founded (doc == story) */
	SR_STORY_MERGED, /* all documents of `other`, also those that left the window, now belong to `story`; other is no more */
	SR_STORY_SPLIT,  /* `story` is a story (again): documents of `other` will be moved to it by the events behind this one */
	SR_STORY_MOVED   /* `doc` left the story `other` and belongs to `story` */
} sr_story_change;

typedef struct sr_story_event {
	sr_story_change change;
	uint64_t doc, story, other; /* 0 where the change has none */
} sr_story_event;

/* What the last call of place, merge, split or pin changed, in order: a table of documents and their stories
 * to which the events are applied one by one equals the stream's. Valid until the next such call. */
const sr_story_event *sr_story_stream_events(const sr_story_stream *stream, size_t *count);

/* Corrections by hand. Each stands against all later input: a document held by hand is never moved, and two
 * stories kept apart are never merged, by the stream.
 * merge: the documents of `other` become part of `into`, and those of the window are held there.
 * split: the documents listed leave `story` and found a story of their own, named by the least of their keys
 *        (or by a story that was theirs before); they are held there, what stays is held too, and the two
 *        are kept apart. *made is the new story's key.
 * pin:   the document belongs to `story`; it and what is there already are held.
 * Stories and documents that left the window are moved in the caller's records only (the event says so); then
 * the constraint is not needed here, for nothing new joins them.
 * SR_E_NOT_FOUND: no such document in `story`, SR_E_NOMEM. */
sr_status sr_story_stream_merge(sr_story_stream *stream, uint64_t into, uint64_t other, sr_error *err) SR_MUST_CHECK;
sr_status sr_story_stream_split(sr_story_stream *stream, uint64_t story, const uint64_t *docs, size_t count, uint64_t *made, sr_error *err) SR_MUST_CHECK;
sr_status sr_story_stream_pin(sr_story_stream *stream, uint64_t doc, uint64_t story, sr_error *err) SR_MUST_CHECK;
/* Whether the document is held where it is by hand; false if it is not in the window. */
bool sr_story_stream_is_held(const sr_story_stream *stream, uint64_t doc);
/* Keeps two stories apart, as split does. For restoring: after the import, once for each split made by hand. */
sr_status sr_story_stream_keep_apart(sr_story_stream *stream, uint64_t a, uint64_t b, sr_error *err) SR_MUST_CHECK;

/* Appends the profile of a document of the window to out: what the stream must know of it to go on, in a
 * form of its own (versioned, checked when read). It never changes after the document is placed.
 * SR_E_NOT_FOUND, SR_E_NOMEM. */
sr_status sr_story_stream_export(const sr_story_stream *stream, uint64_t doc, sr_buf *out, sr_error *err) SR_MUST_CHECK;
/* Puts back a document: its key, its story, whether it is held there, its profile. In ascending order of the
 * keys, into a new stream, before any document is placed; the newest SR_STORY_WINDOW are enough, older
 * ones fall out again. The profile is copied. SR_E_CORRUPT: the profile is damaged or of another version (the
 * caller may go on without it, or give the document to sr_story_stream_import_document instead); SR_E_USAGE, SR_E_NOMEM. */
sr_status sr_story_stream_import(sr_story_stream *stream, uint64_t key, uint64_t story, bool held, sr_str profile, sr_error *err) SR_MUST_CHECK;
/* The same from the document itself, whose profile is made anew: after a change of version. */
sr_status sr_story_stream_import_document(sr_story_stream *stream, uint64_t key, uint64_t story, bool held, const sr_document *doc, sr_error *err) SR_MUST_CHECK;

/* Six letters and digits (up to twelve: `letters`) by which people call a story, made from its first document.
 * The caller takes more letters where two stories would share six. In the arena; empty if out of memory. */
sr_str sr_story_name(const sr_document *first, unsigned letters, sr_arena *arena);

/* All documents of a run at once: stories with their origins, largest first (equal ones in order of their
 * first document). Up to SR_STORY_WINDOW of them are weighed together and taken by publication, and by their
 * hash where that is the same, so that the order given decides no story; more are taken as given. Documents within a story are in order of publication. Ids
 * are made from a story's first document in the order given. Everything lives in the arena.
 * SR_E_NOMEM. */
sr_status sr_story_group(sr_document *const *docs, size_t count, sr_arena *arena, sr_story **stories, size_t *story_count,
                         sr_error *err) SR_MUST_CHECK;

/* Numbers the origins of these documents from 1, in order of their first one; origin[i] is that of
 * docs[i]. A page that relays others (digest, or live page made of named outlets' reports) shares the
 * origin of a document that it relays where that is among them, else it has a number of its own.
 * SR_E_NOMEM. */
sr_status sr_story_origins(sr_document *const *docs, size_t count, uint32_t *origin, uint32_t *origin_count,
                           sr_error *err) SR_MUST_CHECK;

#endif
