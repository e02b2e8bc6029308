/* Reading the noisy text of one page into a builder: shared by the text and JSONL extractors, and
 * of use to any format whose body is plain text. */
#ifndef SITREP_SRC_EXTRACT_TEXT_H
#define SITREP_SRC_EXTRACT_TEXT_H

#include "build.h"

/* Fills the document's blocks from the text, and those of its fields that are still empty from what
 * the page says of itself. now bounds years that a page leaves out. */
void sr_text_read(sr_build *b, sr_str text, sr_time now);
/* For a page that is in blocks already, once all else of it is filled in: if it is a digest of others' reports, with a list of
 * numbered sources and marks like "[2]", its blocks are read again, as a plain page's are; else it stays as it is. scratch
 * holds the tables. */
void sr_text_digest(sr_build *b, sr_time now, sr_arena *scratch);

#endif
