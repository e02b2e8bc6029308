/* Reading the noisy text of one page into a builder: shared by the text and JSONL extractors, and
 * of use to any format whose body is plain text. */
#ifndef SITREP_SRC_EXTRACT_TEXT_H
#define SITREP_SRC_EXTRACT_TEXT_H

#include "build.h"

/* Fills the document's blocks from the text, and those of its fields that are still empty from what
 * the page says of itself. now bounds years that a page leaves out. */
void sr_text_read(sr_build *b, sr_str text, sr_time now);

#endif
