/* What the parts of the HTML page share. Private to render.
 *
 * The page is written so that it is well-formed XML as well, which the tests use: void elements
 * closed, every attribute quoted, text escaped by html_text alone. */
#ifndef SITREP_RENDER_HTML_H
#define SITREP_RENDER_HTML_H

#include "page.h"

typedef struct html {
	page *p;
	size_t refs; /* citations written so far: each has an address of its own */
} html;

void html_lit(html *h, const char *markup);
/* Clean text, escaped for content and quoted attributes alike. */
void html_text(html *h, sr_str clean);
/* Text of others: cleaned, escaped, and isolated so that its direction does not spill over. */
void html_words(html *h, sr_str raw);
/* <time datetime="…">shown</time>; nothing if t is unknown. */
void html_time(html *h, sr_time t, sr_str shown);

/* ` [1][3]`: each number a link to a card that shows the cited passages in their context. */
void html_refs(html *h, sr_cites cites);

#endif
