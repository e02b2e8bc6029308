/* The SQLite store: what its files share.
 *
 * Invariants. One connection, one thread. Statements are prepared once, at their first use, and reset
 * before every return, so that no read transaction stays open behind the caller's back. Everything
 * written between begin and commit is one SQLite transaction in WAL mode with synchronous=FULL: its
 * commit is a write to the log and an fsync. Blobs go through `packer`. */
#ifndef SITREP_STORE_SQLITE_STORE_H
#define SITREP_STORE_SQLITE_STORE_H

#include "../store_ops.h"
#include "../pack.h"
#include "statements.h"

#include <sqlite3.h>

#define STORE_APPLICATION_ID 0x53697452 /* "SitR" */
#define STORE_PAGE_SIZE 16384
#define STORE_SCHEMA 2               /* files data/store/001.sql to 00N.sql */
#define PART_BYTES ((size_t)4 << 20) /* long blobs are cut into parts of this size, each packed for itself */

typedef struct sqlite_store {
	sr_store base;
	sqlite3 *db;
	sr_packer *packer;
	char *path;
	int64_t data_version;
	sr_buf packed; /* reused by every blob */
	sqlite3_stmt *statements[ST_COUNT];
} sqlite_store;

static inline sqlite_store *sqlite_of(sr_store *store) { return (sqlite_store *)store; }

/* ---- db.c: statements and errors ---- */

/* The status and message for SQLite's code, said of what was being done ("cannot add a document"). */
sr_status db_fail(sqlite_store *s, int code, sr_error *err);
/* Prepares a statement on any connection; SQLite's code. The caller finalizes it. */
int db_prepare(sqlite3 *db, statement which, sqlite3_stmt **out);
/* The prepared statement, reset and with its parameters bound from the arguments, one a letter of types: i int64_t;
 * u int64_t where 0 is NULL; s sr_str as text; b sr_str as blob, bytes that live until the statement is reset;
 * B the same, NULL if empty; t sr_time as text; e its first second, NULL if unknown; n NULL. */
sr_status db_bind(sqlite_store *s, statement which, sqlite3_stmt **out, sr_error *err, const char *types, ...) SR_MUST_CHECK;
/* *row tells whether there is one; at the end, and on failure, the statement is reset. */
sr_status db_step(sqlite_store *s, sqlite3_stmt *st, bool *row, sr_error *err) SR_MUST_CHECK;
/* Binds and runs a statement whose rows, if any, do not matter. */
sr_status db_run(sqlite_store *s, statement which, sr_error *err, const char *types, ...) SR_MUST_CHECK;
/* Ends the transaction that is open, if one is. */
void db_rollback(sqlite_store *s);
/* The first column of the first row as a number; 0 and *found false where there is none (found may be NULL). */
sr_status db_number(sqlite_store *s, statement which, int64_t *out, bool *found, sr_error *err, const char *types, ...)
	SR_MUST_CHECK;
/* Runs SQL text of several statements. */
sr_status db_script(sqlite_store *s, sr_str sql, sr_error *err) SR_MUST_CHECK;

/* Columns. Strings are copied into the arena; *failed is set when there is no memory. */
sr_str db_text(sqlite3_stmt *st, int column, sr_arena *arena, bool *failed);
sr_time db_time(sqlite3_stmt *st, int column);
/* A view that lives until the next step. */
sr_str db_blob(sqlite3_stmt *st, int column);
sr_str db_view(sqlite3_stmt *st, int column);

/* Packs bytes and gives the view of s->packed. */
sr_status db_pack(sqlite_store *s, sr_str bytes, sr_str *packed, sr_error *err) SR_MUST_CHECK;

/* A list of numbers from the first column of a bound statement. SR_E_LIMIT above SR_STORE_ROWS_MAX. */
sr_status db_ids(sqlite_store *s, sqlite3_stmt *st, sr_arena *arena, sr_store_ids *out, sr_error *err) SR_MUST_CHECK;

/* ---- open.c, migrate.c ---- */

sr_status sqlite_connect(const char *path, const sr_store_options *options, sqlite_store **out, sr_error *err) SR_MUST_CHECK;
void sqlite_close(sr_store *store);
/* Makes or brings up to date the schema, up to the given version (tests of migration stop early). */
sr_status sqlite_migrate(sqlite_store *s, int from, int to, sr_error *err) SR_MUST_CHECK;
/* quick: structure of the pages only. A fault is SR_E_CORRUPT. */
sr_status sqlite_check_quickly(sqlite_store *s, sr_error *err) SR_MUST_CHECK;
/* The tables of the newest schema are all there. */
sr_status sqlite_check_tables(sqlite_store *s, sr_error *err) SR_MUST_CHECK;
/* The number that a pragma or a query answers. */
sr_status sqlite_pragma(sqlite_store *s, const char *sql, int64_t *out, sr_error *err) SR_MUST_CHECK;

/* ---- index.c: what searches look in ---- */

/* Replaces what is known of the document's names, places and days. */
sr_status index_mentions(sqlite_store *s, int64_t doc, const sr_store_document *in, sr_error *err) SR_MUST_CHECK;
sr_status index_story_mentions(sqlite_store *s, int64_t story, const sr_store_about *about, sr_error *err) SR_MUST_CHECK;

/* The text as FTS5 expressions: what must stand there, and what must not; either may be empty. SR_E_NOMEM. */
sr_status match_expression(sr_str text, sr_arena *arena, sr_str *match, sr_str *exclude, sr_error *err) SR_MUST_CHECK;

/* ---- documents.c, load.c, stories.c: what others of them need ---- */

sr_status load_revision(sqlite_store *s, int64_t doc, uint32_t revision, sr_arena *arena, int64_t *id, sr_document *out,
                        sr_error *err) SR_MUST_CHECK;
/* Fills a document's columns, names and indexes from its current revision, after salvage. */
sr_status restore_document(sqlite_store *s, int64_t doc, sr_error *err) SR_MUST_CHECK;
sr_status need_document(sqlite_store *s, int64_t doc, int64_t *story, sr_error *err) SR_MUST_CHECK;
sr_status need_story(sqlite_store *s, int64_t story, sr_error *err) SR_MUST_CHECK;

sr_status sqlite_put_original(sr_store *, const sr_store_original *, int64_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_get_original(sr_store *, int64_t, sr_arena *, sr_store_original *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_original_bytes(sr_store *, int64_t, sr_buf *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_source(sr_store *, sr_str, sr_str, uint32_t, sr_error *) SR_MUST_CHECK;
sr_status sqlite_known_source(sr_store *, sr_str, sr_str, bool *, uint32_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_lookup(sr_store *, const sr_document *, sr_str, sr_store_added *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_add(sr_store *, const sr_store_document *, sr_store_added *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_analysis(sr_store *, int64_t, const sr_store_document *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_status(sr_store *, int64_t, sr_doc_status, sr_str, sr_error *) SR_MUST_CHECK;
sr_status sqlite_load(sr_store *, int64_t, uint32_t, unsigned, sr_arena *, sr_store_loaded *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_load_many(sr_store *, const int64_t *, size_t, unsigned, unsigned, sr_arena *, sr_store_loaded *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_find_document(sr_store *, sr_str, int64_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_documents(sr_store *, int64_t, size_t, sr_arena *, sr_store_ids *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_revisions(sr_store *, int64_t, sr_arena *, sr_store_revision **, size_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_new_story(sr_store *, sr_str, int64_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_find_story(sr_store *, sr_str, int64_t *, bool *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_place(sr_store *, int64_t, int64_t, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_origins(sr_store *, const int64_t *, const uint32_t *, size_t, sr_error *) SR_MUST_CHECK;
sr_status sqlite_members(sr_store *, int64_t, sr_arena *, sr_store_ids *, uint32_t **, sr_error *) SR_MUST_CHECK;
sr_status sqlite_join(sr_store *, int64_t, int64_t, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_about(sr_store *, int64_t, const sr_store_about *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_get_story(sr_store *, int64_t, sr_arena *, sr_store_story *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_edition(sr_store *, int64_t, sr_str, sr_str, uint32_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_get_edition(sr_store *, int64_t, uint32_t, sr_arena *, sr_store_edition *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_edition_at(sr_store *, int64_t, sr_time, uint32_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_editions(sr_store *, int64_t, sr_arena *, sr_store_edition **, size_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_correct(sr_store *, sr_store_correction *, sr_arena *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_corrections(sr_store *, int64_t, sr_arena *, sr_store_correction **, size_t *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_state(sr_store *, sr_str, sr_str, sr_error *) SR_MUST_CHECK;
sr_status sqlite_get_state(sr_store *, sr_str, sr_buf *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_put_profile(sr_store *, sr_str, int64_t, int64_t, sr_str, sr_error *) SR_MUST_CHECK;
sr_status sqlite_each_profile(sr_store *, sr_str, int64_t, sr_status (*)(void *, const sr_store_profile *, sr_error *), void *,
                              sr_error *) SR_MUST_CHECK;
sr_status sqlite_drop_profiles(sr_store *, sr_str, int64_t, sr_error *) SR_MUST_CHECK;
sr_status sqlite_search_documents(sr_store *, const sr_store_query *, sr_arena *, sr_store_hits *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_search_stories(sr_store *, const sr_store_query *, sr_arena *, sr_store_hits *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_get_stats(sr_store *, sr_arena *, sr_store_stats *, sr_error *) SR_MUST_CHECK;
sr_status sqlite_check(sr_store *, sr_arena *, sr_str **, size_t *, sr_error *) SR_MUST_CHECK;

#endif
