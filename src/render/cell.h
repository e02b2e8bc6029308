/* A cell: styled text wrapped to a number of terminal columns. Private to render.
 *
 * Invariants: no line is wider than the cell (sr_str_width); text handed in is clean (page_clean),
 * so that every escape sequence in a line is one of ours; a line carries its own beginning and end
 * of style and can be printed anywhere. */
#ifndef SITREP_RENDER_CELL_H
#define SITREP_RENDER_CELL_H

#include "sitrep/base/str.h"

typedef enum style {
	STYLE_PLAIN,
	STYLE_TITLE,
	STYLE_STRONG,
	STYLE_FAINT, /* labels and side remarks */
	STYLE_REF,   /* source numbers */
	STYLE_DATE,
	STYLE_ALERT, /* an open question, a withdrawn report */
	STYLE_DONE,  /* a settled question */
	STYLE_COUNT
} style;

typedef struct cell_line {
	size_t start, end; /* into the cell's text */
	size_t width;
} cell_line;

typedef struct cell_piece {
	style style;
	sr_str text;
} cell_piece;

typedef struct cell {
	sr_arena *arena;
	size_t width;
	bool color;
	sr_buf text;
	SR_VEC(cell_line) lines;
	size_t line_start, line_width; /* of the line being filled */
	SR_VEC(cell_piece) word;       /* what must stay together: it may still grow */
	size_t word_width;
	bool word_blank;               /* a blank parts it from the word before */
	style active;
	bool failed;
} cell;

void cell_init(cell *c, sr_arena *arena, size_t width, bool color);
void cell_deinit(cell *c);
/* Adds clean text, word by word, after a blank. */
void cell_add(cell *c, style s, sr_str text);
/* Adds a word that stays with the one before it, after a blank or without. */
void cell_tail(cell *c, style s, sr_str word);
void cell_glue(cell *c, style s, sr_str word);
/* Ends the line, if anything stands in it. Also to be called at the end. */
void cell_break(cell *c);
/* Appends line i (nothing past the last), filled with blanks to the cell's width if pad. */
void cell_write(const cell *c, size_t i, bool pad, sr_buf *out);

#endif
