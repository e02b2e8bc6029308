/* The store: everything sitrep remembers between runs.
 *
 * It holds originals as received, documents with their readings and claims, revisions of pages that
 * changed, stories with permanent ids, editions, corrections made by hand, the state of the story
 * stream, and a full-text index. One table of functions stands behind it (src/store/store_ops.h):
 * SQLite today (src/store/sqlite), another engine later.
 *
 * Transactions. Every function that writes needs a transaction, from sr_store_begin to
 * sr_store_commit; outside one it answers SR_E_USAGE. When sr_store_commit answers SR_OK everything
 * since the beginning is on the disk and outlives a killed process and a power cut; before that none
 * of it does. After a write has failed with SR_E_NOMEM, SR_E_IO, SR_E_BUSY or SR_E_CORRUPT the transaction
 * is void: later writes and the commit answer that failure again, and sr_store_rollback ends it. The
 * other failures have written nothing, and one may go on. Give a transaction many documents:
 * each commit costs one wait for the disk. The store never reads the clock: the time given to
 * sr_store_begin is written beside all that the transaction records.
 *
 * Memory. Views given in are borrowed for the call. What comes out lives in the arena given, whole
 * and apart from the store. A handle is used by one thread at a time; several handles, in one or
 * many processes, may share a store: one writes, the others read what was last committed.
 *
 * Errors. Any function that takes an sr_error may answer, besides what stands at it:
 *   SR_E_NOMEM    no memory, or the arena's ceiling
 *   SR_E_IO       the disk is full, read-only, gone or failing; the message says which
 *   SR_E_BUSY     another program writes to the store, and went on for longer than busy_ms
 *   SR_E_CORRUPT  the file is damaged; the message names the part, and sr_store_salvage as the way out
 *   SR_E_REFUSED  a record in the form of a newer sitrep
 *   SR_E_LIMIT    something is over a ceiling below; nothing of it was written
 *   SR_E_USAGE    a write outside a transaction or into a read-only handle
 *   SR_E_NOT_FOUND  no such document, story, edition, revision, key
 */
#ifndef SITREP_STORE_H
#define SITREP_STORE_H

#include "sitrep/core/claim.h"
#include "sitrep/core/dossier.h"
#include "sitrep/core/reading.h"

/* Ceilings. */
#define SR_STORE_ORIGINAL_MAX ((size_t)256 << 20) /* bytes of one original */
#define SR_STORE_BLOB_MAX ((size_t)64 << 20)      /* bytes of one document, reading, edition or profile, unpacked */
#define SR_STORE_STATE_MAX ((size_t)512 << 20)    /* bytes of one state, unpacked */
#define SR_STORE_NAME_MAX ((size_t)4096)          /* bytes of an id, a URL, a path, a key, a name */
#define SR_STORE_ROWS_MAX ((size_t)1000000)       /* entries of any one list given out */
#define SR_STORE_QUERY_MAX ((size_t)1024)         /* bytes of a search */
#define SR_STORE_MENTIONS_MAX ((size_t)512)       /* names, and places, kept for the search of one document */
#define SR_STORE_DAYS_MAX ((size_t)64)            /* days spoken of, kept for the search of one document */

typedef struct sr_store sr_store;

/* ---- opening ---------------------------------------------------------------------------------- */

typedef struct sr_store_options {
	const char *uri;  /* a path, or `sqlite:PATH`; NULL: sr_store_default_path */
	bool create;      /* make the file, and the default path's folder, where there is none */
	bool read_only;
	bool trust;       /* leave out the checks of the file's soundness at opening */
	unsigned busy_ms; /* how long to wait for another writer; 0: 10 seconds */
	const char *vfs;  /* the file layer, for tests; NULL: the system's */
} sr_store_options;

/* $SITREP_DB, else $XDG_DATA_HOME/sitrep/sitrep.db, else ~/.local/share/sitrep/sitrep.db.
 * SR_E_NOT_FOUND if none of the three variables is set. */
sr_status sr_store_default_path(sr_arena *arena, sr_str *path, sr_error *err) SR_MUST_CHECK;

/* Opens, makes or brings up to date (an older schema is migrated in one transaction). A file below
 * 32 MB is checked whole, a larger one for its head and its list of tables.
 *   SR_E_NOT_FOUND    no such file, and not to be made
 *   SR_E_UNSUPPORTED  an engine that is not built yet (`postgres://…`)
 *   SR_E_INVALID      not a database, or one of another program
 *   SR_E_REFUSED      written by a newer sitrep
 *   SR_E_CORRUPT      damaged: the message says to salvage it */
sr_status sr_store_open(const sr_store_options *options, sr_store **out, sr_error *err) SR_MUST_CHECK;
void sr_store_close(sr_store *store); /* an open transaction is rolled back; accepts NULL */

/* Takes the write lock (SR_E_BUSY) and fixes the clock of what follows. SR_E_USAGE inside another
 * transaction, or if now is not known to the day. */
sr_status sr_store_begin(sr_store *store, sr_time now, sr_error *err) SR_MUST_CHECK;
sr_status sr_store_commit(sr_store *store, sr_error *err) SR_MUST_CHECK;
void sr_store_rollback(sr_store *store); /* outside a transaction: nothing */
/* Whether another handle committed since the last call, or since opening: what was read before
 * (a stream's state) must be read again. Ask after sr_store_begin, when no one else can write. */
sr_status sr_store_changed(sr_store *store, bool *changed, sr_error *err) SR_MUST_CHECK;

/* ---- originals -------------------------------------------------------------------------------- */

/* What was received: a file, a page, or a container of many documents. */
typedef struct sr_store_original {
	sr_str bytes;
	sr_str sha256;   /* lower-case hex, of bytes; empty: computed */
	sr_str location; /* URL, or path */
	sr_str type;     /* as sniffed: `html`, `jsonl` */
	sr_str how;      /* `file`, `stdin`, `http` */
	sr_time retrieved;
} sr_store_original;

/* Keeps the bytes once, by SHA-256. Bytes that are here already are only looked up. */
sr_status sr_store_put_original(sr_store *store, const sr_store_original *original, int64_t *id, sr_error *err) SR_MUST_CHECK;
/* All but the bytes, and by sr_store_original_bytes the bytes, whose SHA-256 is checked again. */
sr_status sr_store_get_original(sr_store *store, int64_t id, sr_arena *arena, sr_store_original *out, sr_error *err) SR_MUST_CHECK;
sr_status sr_store_original_bytes(sr_store *store, int64_t id, sr_buf *out, sr_error *err) SR_MUST_CHECK;

/* A source whose documents are all in: a second `add` of the same bytes from the same place need not
 * even extract it. Mark it in the transaction of its last document. */
sr_status sr_store_put_source(sr_store *store, sr_str location, sr_str sha256, uint32_t documents, sr_error *err) SR_MUST_CHECK;
/* *documents is what was given; *known false if this source is not marked. */
sr_status sr_store_known_source(sr_store *store, sr_str location, sr_str sha256, bool *known, uint32_t *documents,
                                sr_error *err) SR_MUST_CHECK;

/* ---- documents -------------------------------------------------------------------------------- */

/* What makes two arrivals the same document: the canonical URL, else the URL, else an id that the input
 * gives (one with a colon, such as a URN, anywhere; any other within its file), else the absolute path.
 * What has none of these, an entry of a container or standard input, is known by its own bytes. A
 * document without a URL whose bytes and text are here under another path is that one too. What a file or an id in a
 * file names may be another article later: of another outlet, or with another title and other words. Then both stay. */
sr_status sr_store_identity(const sr_document *doc, sr_arena *arena, sr_str *out, sr_error *err) SR_MUST_CHECK;

typedef struct sr_store_document {
	const sr_document *doc;    /* text, blocks and all; valid UTF-8 */
	const sr_reading *reading; /* NULL: not analysed */
	const sr_claim *claims;    /* of this document only; claim.doc is not kept */
	size_t claim_count;
	const sr_place *places;    /* resolved, for the search by place; NULL: the reading's LOC names alone */
	size_t place_count;
	int64_t original;          /* from sr_store_put_original; 0: the bytes are not kept */
	sr_str identity;           /* empty: sr_store_identity */
} sr_store_document;

typedef enum sr_store_outcome {
	SR_STORE_NEW,
	SR_STORE_REVISED,
	SR_STORE_OLDER, /* an earlier state of a page that is here, by its times: kept as a revision, not current */
	SR_STORE_UNCHANGED
} sr_store_outcome;

typedef struct sr_store_added {
	int64_t doc;       /* permanent, from 1, in order of arrival; 0: not here (sr_store_lookup) */
	uint32_t revision; /* from 1: the one that is current after the call */
	sr_store_outcome outcome;
	bool analysed;     /* the current revision has a reading */
} sr_store_added;

/* What sr_store_add would answer for this document, for the price of a look: ask before analysing.
 * For SR_STORE_REVISED, revision is the number that is current now. SR_STORE_NEW leaves doc 0. */
sr_status sr_store_lookup(sr_store *store, const sr_document *doc, sr_str identity, sr_store_added *out, sr_error *err)
	SR_MUST_CHECK;
/* Adds a document, or a revision of one that is here. What counts as a change: the text, title, site, bylines,
 * times, kind, correction, credit (not times of assumed year, and not the status, which other documents
 * may have given). Bytes that changed elsewhere (an advertisement) do not. What is like any revision that is
 * here is unchanged, unless it was retrieved later than the current one: then the page went back. An
 * unchanged document that arrives under another name is found by that name too from then on; if it
 * had no reading and one is given now, the reading is kept. */
sr_status sr_store_add(sr_store *store, const sr_store_document *in, sr_store_added *out, sr_error *err) SR_MUST_CHECK;
/* Replaces what the current revision holds (a new model's reading, years settled since): no revision,
 * the text must be the same (SR_E_INVALID). */
sr_status sr_store_put_analysis(sr_store *store, int64_t doc, const sr_store_document *in, sr_error *err) SR_MUST_CHECK;
/* Status that other documents give it (a notice that takes it back), with the note's text. Holds for
 * the revision that is current. A retraction by hand is a correction (below) and stands above this. */
sr_status sr_store_put_status(sr_store *store, int64_t doc, sr_doc_status status, sr_str note, sr_error *err) SR_MUST_CHECK;

enum { /* parts to load */
	SR_STORE_DOCUMENT = 1, /* the document itself; without it, only what the columns hold */
	SR_STORE_READING = 2,  /* implies the document */
	SR_STORE_VECTORS = 4,  /* the reading's vectors */
	SR_STORE_CLAIMS = 8
};

typedef struct sr_store_loaded {
	int64_t id;
	uint32_t revision, revisions; /* the one loaded; how many there are */
	int64_t original;
	int64_t story;   /* 0: in none */
	uint32_t origin; /* within its story; 0: not set */
	bool retracted;  /* by hand: doc->status is SR_DOC_WITHDRAWN, whatever the revision says */
	sr_time added;   /* when this revision came in */
	sr_document *doc;
	sr_reading reading; /* .doc is NULL if not loaded or not analysed */
	bool analysed;
	sr_claim *claims;   /* .doc is 0 */
	size_t claim_count;
} sr_store_loaded;

/* revision 0: the current one. Without SR_STORE_DOCUMENT, doc has id, path, url, canonical, title, site,
 * language, published, kind, status, sha256 only. */
sr_status sr_store_load(sr_store *store, int64_t doc, uint32_t revision, unsigned parts, sr_arena *arena,
                        sr_store_loaded *out, sr_error *err) SR_MUST_CHECK;

/* The current revisions of many, in the order given; unpacked on `jobs` threads (0: all processors). Otherwise as sr_store_load. */
sr_status sr_store_load_many(sr_store *store, const int64_t *docs, size_t count, unsigned parts, unsigned jobs, sr_arena *arena,
                             sr_store_loaded *out, sr_error *err) SR_MUST_CHECK;

/* A document by what a person calls it: its id, URL or path, its number, or the beginning (8 digits or more) of
 * its SHA-256, tried in this order. SR_E_INVALID if several answer to the name; the message names some. */
sr_status sr_store_find_document(sr_store *store, sr_str name, int64_t *doc, sr_error *err) SR_MUST_CHECK;

typedef struct sr_store_ids {
	int64_t *items;
	size_t count;
} sr_store_ids;
/* Numbers above `after`, ascending, at most limit (0: SR_STORE_ROWS_MAX). */
sr_status sr_store_documents(sr_store *store, int64_t after, size_t limit, sr_arena *arena, sr_store_ids *out, sr_error *err)
	SR_MUST_CHECK;

/* What a revision changed: a field with both values, or a block of the text that came or went. */
typedef struct sr_store_change {
	sr_str field;  /* "title", "published", …; "text" for a block */
	sr_str before; /* empty: it was not there */
	sr_str after;  /* empty: it is not there any more */
} sr_store_change;

typedef struct sr_store_revision {
	uint32_t number; /* from 1 */
	sr_time added;
	sr_str sha256;
	int64_t original;
	sr_store_change *changes; /* against the one before; none for the first; at most 256 */
	size_t change_count;
} sr_store_revision;
sr_status sr_store_revisions(sr_store *store, int64_t doc, sr_arena *arena, sr_store_revision **out, size_t *count,
                             sr_error *err) SR_MUST_CHECK;

/* ---- stories ---------------------------------------------------------------------------------- */

/* Makes an empty story. The id is permanent; one that is taken gets a suffix (`p7k2-2`). */
sr_status sr_store_new_story(sr_store *store, sr_str id, int64_t *story, sr_error *err) SR_MUST_CHECK;
/* A story by its id, the beginning (3 letters or more) of its id or its number, redirects followed (*moved says that one
 * was; may be NULL). SR_E_INVALID if several ids begin so. */
sr_status sr_store_find_story(sr_store *store, sr_str name, int64_t *story, bool *moved, sr_error *err) SR_MUST_CHECK;

/* Puts a document into a story (out of the one it was in). story 0: into none. */
sr_status sr_store_place(sr_store *store, int64_t doc, int64_t story, sr_error *err) SR_MUST_CHECK;
/* Origin numbers of documents of one story, all of them at once or those that changed. */
sr_status sr_store_put_origins(sr_store *store, const int64_t *docs, const uint32_t *origins, size_t count, sr_error *err)
	SR_MUST_CHECK;
/* Documents of a story by publication, then number; origins (may be NULL) one each. */
sr_status sr_store_members(sr_store *store, int64_t story, sr_arena *arena, sr_store_ids *docs, uint32_t **origins,
                           sr_error *err) SR_MUST_CHECK;
/* Joins `from` into `into`: its documents move (their origins are unset), its id leads to `into` for
 * ever. Its editions stay with its number. SR_E_INVALID for a story and itself. For what the stream
 * does; by hand it is a correction. */
sr_status sr_store_join(sr_store *store, int64_t into, int64_t from, sr_error *err) SR_MUST_CHECK;

/* What lists and searches of stories show and filter by. */
typedef struct sr_store_about {
	sr_str title;
	sr_str text;  /* for the full-text search: the brief's sentences, one a line */
	sr_time first_reported, updated;
	uint32_t documents, origins;
	const sr_place *places;
	size_t place_count;
	const sr_story_entity *entities;
	size_t entity_count;
} sr_store_about;
sr_status sr_store_put_about(sr_store *store, int64_t story, const sr_store_about *about, sr_error *err) SR_MUST_CHECK;

typedef struct sr_store_story {
	int64_t number;
	sr_str id;
	int64_t redirect; /* the story that it was joined into; 0: none */
	sr_str title;
	sr_time first_reported, updated; /* of its documents */
	sr_time created, changed;        /* in the store; changed: by its latest edition, else by its latest document */
	uint32_t documents, origins;     /* documents is counted; origins as given by sr_store_put_about */
	uint32_t edition;                /* the latest; 0: none */
	bool pinned, muted;
} sr_store_story;
/* The story itself: redirects are not followed. */
sr_status sr_store_get_story(sr_store *store, int64_t story, sr_arena *arena, sr_store_story *out, sr_error *err) SR_MUST_CHECK;

/* ---- editions --------------------------------------------------------------------------------- */

typedef struct sr_store_edition {
	uint32_t number; /* from 1, within the story */
	sr_time at;
	sr_str reason;   /* why it was made: "1 document", "retraction" */
	sr_str json;     /* the dossier in the contract's JSON; empty in lists */
} sr_store_edition;
/* The next edition; its number comes back in *number. at is the transaction's clock. */
sr_status sr_store_put_edition(sr_store *store, int64_t story, sr_str json, sr_str reason, uint32_t *number, sr_error *err)
	SR_MUST_CHECK;
/* number 0: the latest. */
sr_status sr_store_get_edition(sr_store *store, int64_t story, uint32_t number, sr_arena *arena, sr_store_edition *out,
                               sr_error *err) SR_MUST_CHECK;
/* Number of the latest edition made at or before `at`; SR_E_NOT_FOUND if the first is later. */
sr_status sr_store_edition_at(sr_store *store, int64_t story, sr_time at, uint32_t *number, sr_error *err) SR_MUST_CHECK;
/* All of them, oldest first, without their json. */
sr_status sr_store_editions(sr_store *store, int64_t story, sr_arena *arena, sr_store_edition **out, size_t *count,
                            sr_error *err) SR_MUST_CHECK;

/* ---- corrections by hand ---------------------------------------------------------------------- */

typedef enum sr_store_act {
	SR_STORE_MERGE,    /* other is joined into story */
	SR_STORE_SPLIT,    /* docs leave story for a story of their own, which comes back in other */
	SR_STORE_PIN,
	SR_STORE_UNPIN,
	SR_STORE_MUTE,
	SR_STORE_UNMUTE,
	SR_STORE_RETRACT,  /* docs are withdrawn, whatever arrives later */
	SR_STORE_UNRETRACT
} sr_store_act;
const char *sr_store_act_name(sr_store_act act); /* "merge" */

typedef struct sr_store_correction {
	int64_t number; /* from 1, in the order made */
	sr_store_act act;
	sr_time at;
	int64_t story, other; /* 0 where the act has none */
	sr_str new_id;        /* SPLIT: id wished for the new story */
	int64_t *docs;        /* SPLIT, RETRACT, UNRETRACT; for MERGE the store fills in one witness of each story: */
	size_t doc_count;     /* docs[0] of story, docs[1] of other, so that a stream can be told to join them */
	sr_str note;          /* the person's reason, may be empty */
} sr_store_correction;

/* Records and carries out. number, at, docs of MERGE and other of SPLIT are set by the call; docs then belong to
 * the arena. What is so already (a pinned story pinned) is SR_OK and recorded once only: number 0.
 * SR_E_INVALID: a story merged into itself, a split of all documents or of one that is elsewhere, an
 * act without documents that needs some. */
sr_status sr_store_correct(sr_store *store, sr_store_correction *correction, sr_arena *arena, sr_error *err) SR_MUST_CHECK;
/* Those with numbers above `after`, in order: to be replayed over a fresh stream. */
sr_status sr_store_corrections(sr_store *store, int64_t after, sr_arena *arena, sr_store_correction **out, size_t *count,
                               sr_error *err) SR_MUST_CHECK;

/* ---- the stream's memory ---------------------------------------------------------------------- */

/* Whole states by key; a second put replaces. An empty value deletes. Packed by the store. */
sr_status sr_store_put_state(sr_store *store, sr_str key, sr_str bytes, sr_error *err) SR_MUST_CHECK;
sr_status sr_store_get_state(sr_store *store, sr_str key, sr_buf *out, sr_error *err) SR_MUST_CHECK;

/* What the stream knows of one document, by kind ("stream"). `when` orders and bounds what is loaded:
 * sr_time_epoch of the document's time. A second put replaces. */
sr_status sr_store_put_profile(sr_store *store, sr_str kind, int64_t doc, int64_t when, sr_str bytes, sr_error *err)
	SR_MUST_CHECK;
typedef struct sr_store_profile {
	int64_t doc, when, story;
	sr_str bytes; /* lives for the visit only */
} sr_store_profile;
/* Visits those with when >= since, in order of document numbers, until visit answers other than SR_OK, which
 * is then the answer. Nothing may be written meanwhile. */
sr_status sr_store_each_profile(sr_store *store, sr_str kind, int64_t since,
                                sr_status (*visit)(void *ctx, const sr_store_profile *profile, sr_error *err), void *ctx,
                                sr_error *err) SR_MUST_CHECK;
/* Forgets those with when < before. */
sr_status sr_store_drop_profiles(sr_store *store, sr_str kind, int64_t before, sr_error *err) SR_MUST_CHECK;

/* ---- search ----------------------------------------------------------------------------------- */

/* text: words that must all stand there (their stems count), "phrases in quotes", word* for a
 * beginning, -word to leave out, OR between words. Nothing in it is an error: other characters
 * are blanks. Empty: all that the filters let through. */
typedef struct sr_store_query {
	sr_str text;
	sr_time since, until;   /* documents: published; stories: updated. Both inclusive, to their own precision */
	sr_time changed;        /* stories: changed in the store then or later */
	sr_time about;          /* a day, month or year that the document speaks of */
	sr_str outlet;          /* a part of the site's name */
	sr_str place;           /* a whole word or words of a place's name */
	sr_str person;          /* a whole word or words of a person's or body's name */
	sr_str language;
	int64_t story;          /* documents of this story only */
	bool with_withdrawn, with_muted;
	bool by_time;           /* newest first, even where there is text; else best first */
	size_t limit, offset;   /* limit 0: 20; at most 1000 */
} sr_store_query;

typedef struct sr_store_hit {
	int64_t doc;       /* 0 for a story */
	int64_t story;     /* 0: the document is in none */
	sr_str id, title, outlet, url, story_id;
	sr_time time;      /* document: published; story: updated */
	sr_time changed;   /* of a story, in the store */
	sr_doc_status status;
	uint32_t documents, edition; /* of a story */
	bool pinned, muted;          /* of a story */
	sr_str snippet;    /* of the text, some 30 words; the title's if only that matched */
	sr_span *marks;    /* where the words stand in the snippet */
	size_t mark_count;
	double score;      /* higher is better; 0 without text */
} sr_store_hit;

typedef struct sr_store_hits {
	sr_store_hit *items;
	size_t count;
	size_t total; /* without the limit; counted up to 10,000 */
} sr_store_hits;
sr_status sr_store_search_documents(sr_store *store, const sr_store_query *query, sr_arena *arena, sr_store_hits *out,
                                    sr_error *err) SR_MUST_CHECK;
/* Pinned stories come first; stories without documents are left out. */
sr_status sr_store_search_stories(sr_store *store, const sr_store_query *query, sr_arena *arena, sr_store_hits *out,
                                  sr_error *err) SR_MUST_CHECK;

/* ---- health ----------------------------------------------------------------------------------- */

void sr_store_libraries(sr_buf *out); /* "SQLite 3.40.1, zstd 1.5.4", as they run */

typedef struct sr_store_stats {
	sr_str engine;  /* "SQLite 3.40.1" */
	sr_str path;
	uint32_t schema;
	int64_t documents, revisions, analysed, withdrawn, claims;
	int64_t originals, original_bytes, original_packed;
	int64_t stories, redirects, editions, corrections, profiles, states, sources;
	int64_t file_bytes, free_bytes, log_bytes;
} sr_store_stats;
sr_status sr_store_get_stats(sr_store *store, sr_arena *arena, sr_store_stats *out, sr_error *err) SR_MUST_CHECK;

/* Reads everything (pages, rows, packed blobs with their checksums, the index against the texts) and
 * lists what is wrong, one line each, at most 100; none: sound. Takes as long as reading the file does. */
sr_status sr_store_check(sr_store *store, sr_arena *arena, sr_str **faults, size_t *count, sr_error *err) SR_MUST_CHECK;

typedef struct sr_store_salvaged {
	size_t kept, lost; /* rows of what cannot be made anew; lost: known to have been there and unreadable */
	bool more;         /* and an unknown number more: a table, or the end of one, cannot be read */
	sr_str *losses;    /* one line each, at most 100 */
	size_t loss_count;
} sr_store_salvaged;
/* Copies all that can still be read of the damaged store at `from` into a new one at `to` (which must
 * not exist: SR_E_REFUSED). The damaged file is not touched. SR_E_CORRUPT if not even its list of tables can be read. */
sr_status sr_store_salvage(const char *from, const char *to, sr_arena *arena, sr_store_salvaged *out, sr_error *err)
	SR_MUST_CHECK;

#endif
