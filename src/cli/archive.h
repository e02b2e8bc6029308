/* What the commands over the store share. */
#ifndef SITREP_CLI_ARCHIVE_H
#define SITREP_CLI_ARCHIVE_H

#include "cli.h"

#include "sitrep/engine/archive.h"
#include "sitrep/render.h"

/* Opens the store: for reading, or for writing (made where there is none). EXIT_DONE, or the exit status after
 * saying why not: EXIT_NO if there is no store to read. */
int cli_archive_open(const cli_context *ctx, bool write, sr_archive **out);
/* Says what went wrong and answers the exit status that it means. */
int cli_archive_failed(const sr_error *err);
/* The story that a person means by a name. If there is none, says so, with the nearest id. */
int cli_find_story(sr_archive *a, const char *name, int64_t *story);
/* Opens the store for reading and finds a story in it; on EXIT_DONE the caller closes the archive. */
int cli_open_story(const cli_context *ctx, const char *name, sr_archive **a, int64_t *story);
/* Whether a name is a story's where it may be a file's too: what looks like no file and is none, and of what is one
 * the id of a story in the store, which is said; behind "./" it is the file. */
bool cli_is_story(const cli_context *ctx, const char *name);
/* Of such a name, after cli_open_story failed: that it is no file either. Returns the code given. */
int cli_no_story(const char *name, int code);
int cli_find_document(sr_archive *a, const char *name, int64_t *doc);

/* Prints a dossier; texts are those of its sources, for html. */
int cli_print_dossier(const sr_dossier *dossier, sr_format format, sr_time now, const sr_str *texts, size_t text_count);

/* A time as people give it (`2025-11`, `2025-11-04T10:00:00Z`); NULL is unknown. False after saying what is wrong. */
bool cli_time(const cli_context *ctx, const char *option, const char *given, sr_time *out);

/* The words of a search; NULL is none. False after saying that they are too many. */
bool cli_query(const cli_context *ctx, const char *given, sr_str *out);

/* What a call changed, one line a story; and failures on standard error. EXIT_DONE or EXIT_UNREAD. */
int cli_print_report(const cli_context *ctx, const sr_archive_report *report, bool json);
/* A correction by hand, from open to report. */
int cli_correct(const cli_context *ctx, sr_archive *a, sr_store_correction *correction, bool json);

/* As cli_archive_open for writing, but makes no store: there is nothing to correct in an empty one. */
int cli_archive_open_existing(const cli_context *ctx, sr_archive **out);
/* pin and mute: one STORY, --undo. */
int cli_flag_story(cli_context *ctx, int argc, char **argv, sr_store_act act, sr_store_act undo);
/* Leaves the head and the sources of a dossier. */
void cli_only_head(sr_dossier *d);
/* Prints the latest edition of a story, reduced by keep to one part; EXIT_NO if that part is empty. */
int cli_show_part(const cli_context *ctx, const char *name, const char *format, void (*keep)(sr_dossier *));

#endif
