/* HTML as found on the web, read by libxml2's SAX parser into a compact tree of our own.
 *
 * The tree is one array of nodes in document order: the children of node i begin at i + 1, its
 * subtree ends before nodes[i].end, and its next sibling is nodes[i].end (if that is below its
 * parent's end). Nothing needs recursion. Text is decoded (entities resolved) but white space is
 * left as it came. Only the elements and attributes that extraction looks at have names here;
 * other elements are SR_HTML_OTHER, other attributes are dropped.
 *
 * All memory belongs to the caller's arena; the tree never points into the input. Input may be
 * anything: beyond a ceiling the tree is cut (or flattened) there and `cuts` names each one met. */
#ifndef SITREP_FORMAT_HTML_H
#define SITREP_FORMAT_HTML_H

#include "sitrep/base/str.h"

/* name, how it behaves: see SR_HTML_BLOCK and friends */
#define SR_HTML_TAGS(X)                                                                          \
	X(a, 0) X(abbr, 0) X(address, B) X(amp_img, 0) X(article, B) X(aside, B) X(audio, S)          \
	X(b, 0) X(blockquote, B) X(body, B) X(br, 0) X(button, S) X(canvas, S) X(caption, B)          \
	X(center, B) X(cite, 0) X(code, 0) X(datalist, S) X(dd, B) X(del, 0) X(details, B)            \
	X(dialog, B) X(div, B) X(dl, B) X(dt, B) X(em, 0) X(embed, S) X(fieldset, B)                  \
	X(figcaption, B) X(figure, B) X(footer, B) X(form, B) X(frame, 0) X(frameset, B)              \
	X(h1, B) X(h2, B) X(h3, B) X(h4, B) X(h5, B) X(h6, B) X(head, B) X(header, B) X(hgroup, B)    \
	X(hr, B) X(html, B) X(i, 0) X(iframe, S) X(img, 0) X(input, 0) X(ins, 0) X(label, 0)          \
	X(legend, B) X(li, B) X(link, 0) X(main, B) X(map, S) X(math, 0) X(menu, B) X(meta, 0)        \
	X(nav, B) X(noframes, B) X(noscript, 0) X(object, 0) X(ol, B) X(optgroup, S) X(option, S)     \
	X(p, B) X(param, 0) X(picture, 0) X(pre, B) X(q, 0) X(rp, S) X(rt, S) X(s, 0) X(script, S)    \
	X(section, B) X(select, S) X(small, 0) X(source, 0) X(span, 0) X(strike, 0) X(strong, 0)      \
	X(style, S) X(sub, 0) X(summary, B) X(sup, 0) X(svg, S) X(table, B) X(tbody, B) X(td, B)      \
	X(template, S) X(textarea, S) X(tfoot, B) X(th, B) X(thead, B) X(time, 0) X(title, B)         \
	X(tr, B) X(track, 0) X(u, 0) X(ul, B) X(video, S) X(wbr, 0)

typedef enum sr_html_tag {
	SR_HTML_TEXT, /* a run of text; never empty */
	SR_HTML_OTHER,
#define X(name, how) SR_HTML_##name,
	SR_HTML_TAGS(X)
#undef X
	SR_HTML_TAG_COUNT
} sr_html_tag;

#define SR_HTML_ATTRS(X)                                                                         \
	X(alt) X(aria_hidden) X(aria_label) X(charset) X(cite) X(class) X(content) X(data_src)        \
	X(data_testid) X(datetime) X(dir) X(hidden) X(href) X(http_equiv) X(id) X(itemprop)           \
	X(itemscope) X(itemtype) X(lang) X(name) X(property) X(rel) X(role) X(src) X(start)           \
	X(style) X(title) X(type) X(value)

typedef enum sr_html_attr_name {
#define X(name) SR_HTML_AT_##name,
	SR_HTML_ATTRS(X)
#undef X
	SR_HTML_ATTR_COUNT
} sr_html_attr_name;

typedef struct sr_html_attr {
	sr_str value;
	uint8_t name; /* sr_html_attr_name */
} sr_html_attr;

typedef struct sr_html_node {
	uint32_t parent; /* of the root: itself */
	uint32_t end;    /* one past the last node of the subtree */
	uint32_t attrs;  /* first of attr_count in sr_html.attrs */
	uint16_t attr_count;
	uint8_t tag;     /* sr_html_tag */
	uint8_t depth;   /* capped at 255 */
	sr_str text;     /* SR_HTML_TEXT only */
} sr_html_node;

typedef struct sr_html {
	sr_html_node *nodes; /* nodes[0] is a root of tag SR_HTML_OTHER around everything */
	uint32_t count;
	sr_html_attr *attrs;
	uint32_t attr_count;
	uint32_t cuts; /* the ceilings that cut or flattened the page, 1 << sr_html_cut each */
} sr_html;

typedef enum sr_html_cut {
	SR_HTML_CUT_BYTES,
	SR_HTML_CUT_ATTRIBUTES,
	SR_HTML_CUT_NODES,
	SR_HTML_CUT_TEXT,
	SR_HTML_CUT_DEPTH,
	SR_HTML_CUT_OPEN,
	SR_HTML_CUT_TIME,
	SR_HTML_CUT_COUNT
} sr_html_cut;
/* "depth", "open elements", … */
const char *sr_html_cut_name(sr_html_cut cut);

typedef struct sr_html_limits {
	size_t bytes;        /* of input; the rest is not read */
	size_t nodes;
	size_t attributes;   /* of one element; the rest is dropped */
	size_t depth;        /* of our tree; what is deeper becomes a child of the last node within */
	size_t open;         /* elements open at once in the parser; reading stops beyond */
	int milliseconds;    /* of this thread's processor time */
	bool is_utf8;        /* the caller has seen to it, and need not wait for it to be looked at again */
} sr_html_limits;

#define SR_HTML_LIMITS                                                                           \
	((sr_html_limits){ .bytes = (size_t)24 << 20, .nodes = 1000000, .attributes = 256,            \
	                   .depth = 250, .open = 800, .milliseconds = 3000 })

void sr_html_library(sr_buf *out); /* "libxml2 2.9.14", as it runs */

/* Parses a page whose bytes are UTF-8 (malformed sequences are replaced; a charset declared in the
 * page is ignored: decode first). SR_OK even where a ceiling cut the page; SR_E_NOMEM. */
sr_status sr_html_parse(sr_str page, const sr_html_limits *limits, sr_arena *arena, sr_html *out,
                        sr_error *err) SR_MUST_CHECK;

/* The attribute's value, trimmed; empty if absent. */
sr_str sr_html_attr_of(const sr_html *html, uint32_t node, sr_html_attr_name name);
bool sr_html_has_attr(const sr_html *html, uint32_t node, sr_html_attr_name name);
/* Appends the text below node: white space collapsed, a blank between block elements, <br> as a
 * blank; scripts, styles and controls left out. */
void sr_html_text_of(const sr_html *html, uint32_t node, sr_buf *out);
/* The raw text below node as one arena string (scripts: JSON-LD). */
sr_str sr_html_raw_of(const sr_html *html, uint32_t node, sr_arena *arena);
/* Text in which references stand that should have been resolved (`&#8222;` within JSON, `&amp;quot;` in an
 * attribute): resolved once more. The text itself where there are none, else in the arena. */
sr_str sr_html_unescape(sr_arena *arena, sr_str text);
/* The next node of that tag in [from, end), or end. */
uint32_t sr_html_find(const sr_html *html, uint32_t from, uint32_t end, sr_html_tag tag);
/* The nearest ancestor-or-self of that tag, or UINT32_MAX. */
uint32_t sr_html_closest(const sr_html *html, uint32_t node, sr_html_tag tag);

/* Elements that break a line of text, and those whose content is never text to read. */
bool sr_html_is_block(uint8_t tag);
bool sr_html_is_silent(uint8_t tag);
const char *sr_html_tag_name(uint8_t tag);

#endif
