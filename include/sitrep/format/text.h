/* Plain text and Markdown at the level of lines: what a line is (heading, list, quotation, rule), and
 * its words without markup. Follows CommonMark 0.30 where pages do, and forgives what they do wrong
 * (doubled escapes, links without target). Linear in the input, whatever it holds. */
#ifndef SITREP_FORMAT_TEXT_H
#define SITREP_FORMAT_TEXT_H

#include "sitrep/base/str.h"

typedef enum sr_line_kind {
	SR_LINE_BLANK,
	SR_LINE_PLAIN,
	SR_LINE_HEADING,   /* `## words` */
	SR_LINE_UNDERLINE, /* `====`, or `----` that may also be a rule: makes the line before a heading */
	SR_LINE_RULE,
	SR_LINE_QUOTE,
	SR_LINE_LIST,
	SR_LINE_FENCE,
	SR_LINE_ROW        /* `| cell | cell |`, the last bar or not; the line of dashes under the head of a table is a rule */
} sr_line_kind;

typedef struct sr_line_mark {
	sr_line_kind kind;
	unsigned level;  /* of a heading (1-6), an underline (1, 2) or a quotation */
	uint32_t number; /* of an entry of a numbered list, else 0 */
	sr_str content;  /* the line without its marker and outer white space */
} sr_line_mark;

sr_line_mark sr_line_read(sr_str line);

typedef struct sr_inline {
	unsigned links;     /* links of any kind */
	bool only_links;    /* nothing but links, pictures and marks between them */
	bool emphasised;    /* the whole line stands in * or _ */
	sr_str url;         /* of the first link: a view of the input; empty for `#` */
	sr_str image_url, image_text; /* of the first picture: views of the input */
} sr_inline;

/* Appends the words of one line of Markdown: links as their text, pictures and bare addresses in
 * angle brackets left out, emphasis, code marks, escapes and character references resolved. */
void sr_inline_read(sr_buf *out, sr_str line, sr_inline *info);

#endif
