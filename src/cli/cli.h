/* The command line: a table of commands (commands.c), one file a command, and what they share. */
#ifndef SITREP_CLI_H
#define SITREP_CLI_H

#include "sitrep/engine.h"
#include "sitrep/render.h"

#include <stdio.h>

/* Exit statuses of the contract. */
enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_UNREAD = 3, EXIT_BROKEN = 4 };

typedef struct cli_context {
	const char *db;
	sr_time now; /* unknown if --now is not given */
	unsigned jobs;
	bool quiet, verbose;
	bool dossiers; /* the command writes dossiers: see sr_engine_options */
	const struct cli_command *command;
} cli_context;

typedef struct cli_command {
	const char *name;
	const char *arguments; /* as shown after the name */
	const char *summary;   /* one line */
	const char *help;      /* options and examples; NULL: the command is not built yet */
	int (*run)(cli_context *ctx, int argc, char **argv);
} cli_command;

extern const cli_command cli_commands[];
extern const size_t cli_command_count;

/* An option of a command: a flag sets *flag, a value goes to *value. */
typedef struct cli_option {
	const char *name; /* without dashes */
	char letter;      /* 0: none */
	bool *flag;
	const char **value;
} cli_option;

/* Takes the options out of argv; operands stay, in order, "--" ends options. Returns the number of
 * operands, or -1 after saying what is wrong (then EXIT_USAGE). */
int cli_parse(const cli_context *ctx, const cli_option *options, size_t count, int argc, char **argv);
/* The nearest word of a list by edit distance, or NULL if none is near. */
const char *cli_nearest(const char *word, const char *const *words, size_t count);
/* The place of an option's value among the words that it may be, or -1 after saying what is wrong: the nearest word, or all. */
int cli_choose(const cli_context *ctx, const char *option, const char *given, const char *const *words, size_t count);
/* A number from 1 to most (named where it is below UINT32_MAX), digits only; NULL leaves *out. False after saying what is wrong. */
bool cli_number(const cli_context *ctx, const char *option, const char *given, size_t most, size_t *out);
/* --format of a page: `term` on a terminal, else `md`; atom says whether this command has it. False after saying what is wrong. */
bool cli_page_format(const cli_context *ctx, const char *given, bool atom, sr_format *out);
/* --format of lists: `text` or `json`. False after saying what is wrong. */
bool cli_list_format(const cli_context *ctx, const char *given, bool *json);
/* --type; NULL leaves the type to be sniffed. False after saying what is wrong. */
bool cli_type(const cli_context *ctx, const char *given, sr_input_type *out);

/* "sitrep: " and a line on standard error; control characters are replaced. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A source and why it could not be read. */
void cli_say_unread(const sr_failure *failure);
int cli_usage(const cli_context *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes out and flushes; EXIT_BROKEN if standard output fails. */
int cli_write(sr_str s);
/* The same of a buffer, which is freed. */
int cli_flush(sr_buf *out);
/* The same of a list in lines, which are parted at blanks where a terminal is narrower. */
int cli_flush_list(sr_buf *out);
/* Columns of standard output; 0: no terminal. */
unsigned cli_terminal_width(void);
/* Other people's words on one line, controls made blanks. */
void cli_put_line(sr_buf *out, sr_str s);
/* Reads SOURCEs into a new run, saying on standard error what could not be read. On EXIT_DONE or
 * EXIT_UNREAD *engine and *run are set and freed by cli_close. */
int cli_open(const cli_context *ctx, int count, char **sources, const char *type, sr_engine **engine, sr_run **run);
/* The same of a command that prints JSON lines: takes its options (--type, --format json) from the arguments, and says the notes too. */
int cli_open_for_lines(const cli_context *ctx, int argc, char **argv, sr_engine **engine, sr_run **run);
void cli_close(sr_engine *engine, sr_run *run);
/* Reports failures after the first `from` ones; EXIT_UNREAD if there are any in all, else EXIT_DONE. */
int cli_report(const sr_run *run, size_t from);

/* What a command prints of the stories among its SOURCEs. The caller sets type, all, atom, nothing and print. */
typedef struct cli_stories {
	const char *type;    /* forced type of the sources; NULL: sniffed */
	const char *nothing; /* said where there is no story */
	bool all, atom;      /* all stories; atom is a format of this command */
	bool lines;          /* print prints a line, not a page */
	size_t story;        /* from 1; 0: the largest */
	sr_format format;
	int (*print)(const cli_context *ctx, sr_run *run, size_t story, sr_format format);
} cli_stories;
/* Sets format and story from the options' words (NULL: not given); false if they are wrong, which is said. */
bool cli_stories_parse(const cli_context *ctx, const char *format, const char *story, cli_stories *s);
/* Reads, groups and prints; the command's exit status. */
int cli_stories_print(const cli_context *ctx, int count, char **sources, const cli_stories *s);

/* Whether escape sequences may be sent to it: a terminal that is not dumb. */
bool cli_obeys(int descriptor);
/* The progress line for an engine of this command; NULL where none is wanted. */
void (*cli_progress(const cli_context *ctx))(void *, const char *, size_t, size_t);

/* Says what documents note about themselves ("cut after 2 MB"); after reading, what the reading found too. */
void cli_report_notes(const cli_context *ctx, const sr_run *run);

/* Renders a page of one story of the run for standard output and writes it. EXIT_DONE or EXIT_BROKEN. */
int cli_print_page(const sr_run *run, size_t story, const sr_dossier *dossier, sr_format format, sr_arena *arena);

int cmd_brief(cli_context *ctx, int argc, char **argv);
int cmd_add(cli_context *ctx, int argc, char **argv);
int cmd_stories(cli_context *ctx, int argc, char **argv);
int cmd_show(cli_context *ctx, int argc, char **argv);
int cmd_claims(cli_context *ctx, int argc, char **argv);
int cmd_conflicts(cli_context *ctx, int argc, char **argv);
int cmd_timeline(cli_context *ctx, int argc, char **argv);
int cmd_search(cli_context *ctx, int argc, char **argv);
int cmd_merge(cli_context *ctx, int argc, char **argv);
int cmd_split(cli_context *ctx, int argc, char **argv);
int cmd_retract(cli_context *ctx, int argc, char **argv);
int cmd_pin(cli_context *ctx, int argc, char **argv);
int cmd_mute(cli_context *ctx, int argc, char **argv);
int cmd_extract(cli_context *ctx, int argc, char **argv);
int cmd_read(cli_context *ctx, int argc, char **argv);
int cmd_verify(cli_context *ctx, int argc, char **argv);
int cmd_doctor(cli_context *ctx, int argc, char **argv);
int cmd_cluster(cli_context *ctx, int argc, char **argv);
extern const char help_add[], help_stories[], help_show[], help_claims[], help_conflicts[], help_timeline[], help_search[];
extern const char help_merge[], help_split[], help_retract[], help_pin[], help_mute[];
extern const char help_brief[], help_verify[], help_extract[], help_read[], help_doctor[], help_cluster[];

#endif
