/* A piece of HTML that is an article already (a feed's content, a mail's body, a NewsML body): all of
 * it is read, block by block, without looking for the article in it. */
#ifndef SITREP_SRC_EXTRACT_FRAGMENT_H
#define SITREP_SRC_EXTRACT_FRAGMENT_H

#include "build.h"

/* Appends the blocks and pictures of html (UTF-8). base: for relative addresses, may be empty. */
void sr_fragment_read(sr_build *b, sr_str html, sr_str base);
/* Appends plain text, a paragraph a blank line (a line, where there are none). */
void sr_fragment_read_plain(sr_build *b, sr_str text);
/* The plain text of a short piece of HTML (a title) in the arena. */
sr_str sr_fragment_line(sr_build *b, sr_str html);
/* Language of the builder's text, where the detector is sure; else the primary subtag of declared. */
sr_str sr_fragment_language(sr_build *b, sr_str declared);
/* Takes a byline apart ("By A and B, Agency"): people become bylines, an agency the credit where there
 * is none yet. */
void sr_fragment_byline(sr_build *b, sr_str line);

#endif
