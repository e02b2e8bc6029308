/* The evaluation tool: one file a command, the commands are a table (main.c). */
#ifndef SITREP_EVAL_EVAL_H
#define SITREP_EVAL_EVAL_H

#include "sitrep/base/str.h"
#include "sitrep/core/reading.h"

/* The file's bytes, at most 1 GB, in buf (which the caller ends); says why not on standard error. */
bool eval_read(const char *path, sr_buf *buf);
/* Writes to standard output; false if it is gone. */
bool eval_write(sr_str s);

/* Each takes the arguments after its name and returns the exit status. */
int eval_similarity(int argc, char **argv);
int eval_candidates(int argc, char **argv);
int eval_contrast(int argc, char **argv);
int eval_rouge(int argc, char **argv);

/* How much above 0 the encoder's answer (sr_nli_answer) must be before it counts, of two tagged texts; INFINITY where one says no more
 * than the other does, -INFINITY where it takes back just that. */
float eval_contrast_bar(const sr_reading *a, const sr_reading *b);

#endif
