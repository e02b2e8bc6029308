/* What the archive's files share. The course of an `add`: archive_sources.c reads and extracts a group of
 * sources, archive_add.c takes their documents in slices through the analysis and commits each slice, with
 * archive_stream.c (which story), archive_notice.c (who is taken back); archive_edition.c writes what is due. */
#ifndef SITREP_ARCHIVE_PRIVATE_H
#define SITREP_ARCHIVE_PRIVATE_H

#include "engine_private.h"

#include "sitrep/base/map.h"
#include "sitrep/engine/archive.h"
#include "sitrep/story.h"

/* Profile kinds of the store. */
#define KIND_STREAM SR_STR("stream") /* of a document: what the stream keeps; when: the document's number */
#define KIND_STORY SR_STR("story")   /* of a story's founder: the story's number; when: its newest document */
#define KIND_HELD SR_STR("held")     /* of a document that a person put where it is */
#define KIND_DUE SR_STR("due")       /* of a story's founder: its edition is due, and why; when: 0, or less once done */

/* The stream with the numbers that the store has for its stories. */
typedef struct archive_stream {
	sr_story_stream *stream; /* NULL: not loaded */
	sr_arena *arena;         /* of the maps; renewed with the stream */
	sr_strmap numbers;       /* story key (8 bytes) to the store's number */
	sr_strmap keys;          /* the store's number to the story key */
	SR_VEC(sr_story_event) events; /* since the last archive_stream_apply */
	int64_t newest;          /* largest document number placed */
} archive_stream;

typedef enum archive_touch_kind { TOUCH_ADDED, TOUCH_REVISED, TOUCH_UNCHANGED, TOUCH_WITHDRAWN, TOUCH_BY_HAND, TOUCH_STORY } archive_touch_kind;
typedef struct archive_touch_item {
	int64_t doc, story; /* one of them */
	archive_touch_kind kind;
} archive_touch_item;
typedef struct archive_join {
	int64_t into, from;
} archive_join;
typedef SR_VEC(archive_touch_item) archive_touches;
typedef SR_VEC(archive_join) archive_joins;
typedef SR_VEC(sr_archive_change) archive_changes;

struct sr_archive {
	sr_archive_options options;
	sr_time now;
	sr_store *store;
	sr_engine *engine; /* NULL until something has to be read or written */
	archive_stream stream;
	sr_strmap notices;      /* headline key to a document that takes it back */
	sr_arena *notice_arena; /* NULL: not loaded */
	/* of the call that is running */
	sr_arena *report_arena;
	archive_touches touches;
	archive_joins joins;
	size_t known;
};

sr_status archive_engine(sr_archive *a, sr_error *err) SR_MUST_CHECK;

/* ---- archive_sources.c ---- */

typedef struct archive_source {
	sr_str path;     /* as given, or as walked to */
	sr_str location; /* absolute */
	sr_buf bytes;    /* freed once the original is stored */
	char sha256[65];
	size_t size;     /* as the file system says */
	sr_documents docs;
	size_t left;     /* documents not committed yet */
	int64_t original; /* 0: not stored yet */
	bool known, failed;
	sr_error err;
} archive_source;

typedef struct archive_group {
	archive_source *sources;
	size_t count;
	sr_arena **arenas; /* one a worker: the documents */
	unsigned workers;
} archive_group;

/* Every file of the sources, in order; what cannot be listed is a failure of the run. */
sr_status archive_list(sr_run *run, const char *const *names, size_t count, archive_source **out, size_t *out_count, sr_error *err)
	SR_MUST_CHECK;
/* How many of the sources from the first on make a group: bounded in bytes and in number. */
size_t archive_group_size(const archive_source *sources, size_t count);
/* Reads them, looks which are in already, extracts the others. */
sr_status archive_group_load(sr_archive *a, archive_group *g, sr_input_type type, sr_error *err) SR_MUST_CHECK;
void archive_group_free(archive_group *g);

/* ---- archive_stream.c ---- */

/* Loads the stream from the store if it is not loaded, or if another process wrote since. In a transaction. */
sr_status archive_stream_ready(sr_archive *a, sr_error *err) SR_MUST_CHECK;
/* Ends a transaction in which status came out: commits; or takes back what was written, and forgets what is held in memory, which is ahead
 * of the store then. */
sr_status archive_end(sr_archive *a, sr_status status, sr_error *err) SR_MUST_CHECK;
void archive_stream_drop(sr_archive *a);
/* Places a new document and stores its profile. */
sr_status archive_stream_place(sr_archive *a, int64_t doc, const sr_document *d, sr_error *err) SR_MUST_CHECK;
/* Stores the profile that a stream has of a document. */
sr_status archive_keep_profile(sr_archive *a, const sr_story_stream *stream, int64_t doc, sr_error *err) SR_MUST_CHECK;
/* Carries out in the store what was placed since the last call, and marks the stories as due. */
sr_status archive_stream_apply(sr_archive *a, sr_error *err) SR_MUST_CHECK;
/* Tells the stream of a correction that the store has carried out. */
sr_status archive_stream_correct(sr_archive *a, const sr_store_correction *c, sr_error *err) SR_MUST_CHECK;
/* The key of a story by its number; 0: nothing of it is in the window. And the way to set it: number 0 forgets the key. */
int64_t archive_stream_key(const sr_archive *a, int64_t number);
sr_status archive_stream_bind(sr_archive *a, int64_t key, int64_t number, sr_error *err) SR_MUST_CHECK;
/* Marks the story: its next edition is due. In a transaction. */
sr_status archive_mark_due(sr_archive *a, int64_t story, sr_str reason, sr_error *err) SR_MUST_CHECK;

/* ---- archive_notice.c ---- */

/* Settles whom a new or changed document takes back, and whether it is itself taken back. withdrawn: the
 * documents whose status changed. In a transaction. */
sr_status archive_notice_settle(sr_archive *a, int64_t doc, const sr_document *d, sr_arena *arena, sr_store_ids *withdrawn, sr_error *err)
	SR_MUST_CHECK;

/* ---- archive_report.c ---- */

sr_status archive_report_start(sr_archive *a, sr_error *err) SR_MUST_CHECK;
/* Notes what happened to a document or a story; what is already in its story marks that as due. */
sr_status archive_touch(sr_archive *a, int64_t doc, archive_touch_kind kind, sr_error *err) SR_MUST_CHECK;
sr_status archive_touch_story(sr_archive *a, int64_t story, sr_error *err) SR_MUST_CHECK;
/* Notes that a story became part of another. */
sr_status archive_note_join(sr_archive *a, int64_t into, int64_t from, sr_error *err) SR_MUST_CHECK;
sr_status archive_report(sr_archive *a, sr_arena *arena, sr_archive_report *report, sr_error *err) SR_MUST_CHECK;

/* ---- archive_edition.c ---- */

typedef struct archive_due {
	int64_t story; /* redirects followed */
	int64_t mark;  /* the document whose profile is the mark */
	sr_str reason;
	uint32_t documents;
	bool again;    /* the story stands in the list before */
} archive_due;
typedef SR_VEC(archive_due) archive_dues;

sr_status archive_due_list(sr_archive *a, sr_arena *arena, archive_dues *out, sr_error *err) SR_MUST_CHECK;
/* Writes the editions due of stories up to SR_ARCHIVE_EAGER_MAX documents; and that of one story, whatever its size, which
 * whose dossier it gives back if the story has documents. Both begin and commit their own transactions. */
sr_status archive_write_due(sr_archive *a, sr_error *err) SR_MUST_CHECK;
sr_status archive_write_story(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err) SR_MUST_CHECK;
/* What the next edition would be, without keeping it. */
sr_status archive_draft(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err) SR_MUST_CHECK;

/* ---- archive_story.c ---- */

/* Opens all that writing a dossier takes, before several threads do so. */
sr_status archive_compose_ready(sr_archive *a, sr_error *err) SR_MUST_CHECK;
/* The documents of a story, analysed; ids: their numbers in the store. Free with sr_run_free. */
sr_status archive_load_run(sr_archive *a, int64_t story, sr_run **out, int64_t **ids, sr_error *err) SR_MUST_CHECK;
/* The stored revision that a source of a dossier names, by its hash; *out is NULL if it is not here. */
sr_status archive_find_original(sr_archive *a, const sr_source *s, sr_arena *arena, sr_document **out, sr_error *err) SR_MUST_CHECK;
/* Settles what depends on the other documents: years, order, origins. moved: whose dates changed by that, one a document. */
sr_status archive_settle_story(sr_run *run, bool **moved, sr_error *err) SR_MUST_CHECK;

#endif
