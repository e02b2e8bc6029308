/* Pieces of text between the gathering of the root's blocks and the choice among them. */
#ifndef SITREP_SRC_EXTRACT_HTML_PIECES_H
#define SITREP_SRC_EXTRACT_HTML_PIECES_H

#include "html_page.h"

typedef struct piece {
	sr_str text;
	sr_block_kind kind;
	uint8_t level;       /* of a heading */
	uint8_t line;        /* html_line */
	bool keep, lead, in_table;
	uint32_t link_bytes;
	uint32_t node;       /* the block element it stands in */
	uint32_t list, live; /* the outermost list and the live entry around it, or 0 */
	uint32_t group;
	sr_time time;
} piece;

typedef SR_VEC(piece) pieces;

/* html_blocks.c: the pieces of the root and of the standfirsts before it. */
void html_gather_all(html_page *p, pieces *out);
/* html_choose.c: settles `keep` (and group and time of updates) for each. */
void html_choose(html_page *p, pieces *all);
/* html_wire.c: takes the dateline off the first paragraph, and credits from the last lines. */
void html_read_wire(html_page *p, pieces *all);

#endif
