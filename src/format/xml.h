/* A forgiving XML reader for feeds and agency formats, and small trees made from it.
 *
 * Why not libxml2's: in recovery it loses text (a bare ampersand takes its surroundings along) and
 * nests the rest of a feed into an element that was never closed. This reader balances instead:
 * every start is followed by its end, whatever the input. Document type declarations are passed
 * over unread, so that there is nothing to expand or to fetch. Undeclared entities are looked up
 * among HTML's. What was wrong is counted by kind, for the notes.
 *
 * Invariants: pos only grows; the stack holds at most XML_DEPTH_MAX open elements, deeper ones are
 * read as if their tags were not there; views point into the input or the reader's arena. */
#ifndef SITREP_SRC_FORMAT_XML_H
#define SITREP_SRC_FORMAT_XML_H

#include "sitrep/base/str.h"

#define XML_DEPTH_MAX 200
#define XML_ATTRS_MAX 128
#define XML_BINDINGS_MAX 64
#define XML_NODES_MAX 200000u /* of one tree */

/* Namespaces by meaning: every URI in use for a vocabulary is one value (table in xml_names.c). */
typedef enum xml_ns {
	NS_NONE, /* also RSS's own namespaces, and unknown default ones */
	NS_ATOM,
	NS_RDF,
	NS_DC, /* elements and terms */
	NS_CONTENT,
	NS_MEDIA,
	NS_ITUNES,
	NS_SYNDICATION,
	NS_XHTML,
	NS_XML,
	NS_SITEMAP,
	NS_NEWS,
	NS_IMAGE,
	NS_NAR, /* IPTC G2 */
	NS_OTHER
} xml_ns;

typedef enum xml_fault {
	XML_JUNK_BEFORE,
	XML_JUNK_AFTER,
	XML_BARE_AMPERSAND,
	XML_HTML_ENTITY,
	XML_UNKNOWN_ENTITY,
	XML_BARE_LESS,
	XML_CONTROL,
	XML_BAD_ATTRIBUTE,
	XML_MANY_ATTRIBUTES,
	XML_UNDECLARED_PREFIX,
	XML_STRAY_END,
	XML_UNCLOSED,
	XML_UNTERMINATED, /* comment, CDATA, declaration or tag without its end */
	XML_DEEP,
	XML_MANY_NODES,
	XML_CUT_OFF,
	XML_FAULT_COUNT
} xml_fault;

typedef struct xml_attr {
	xml_ns ns;
	sr_str name, value; /* local name; decoded, not trimmed */
} xml_attr;

typedef struct xml_open {
	sr_str qname;   /* as written, with its prefix */
	sr_str name;    /* local */
	xml_ns ns;
	sr_str base, lang; /* inherited */
	size_t inner;   /* where its content starts */
	size_t bindings; /* how many held before it */
} xml_open;

typedef struct xml_binding {
	sr_str prefix;
	xml_ns ns;
} xml_binding;

typedef enum xml_event { XML_START, XML_END, XML_TEXT, XML_END_OF_INPUT, XML_NOMEM } xml_event;

typedef struct xml_reader {
	sr_str in;
	size_t pos;
	sr_arena *arena; /* of decoded text; may be changed between events */
	xml_open stack[XML_DEPTH_MAX + 1]; /* stack[0] is the document */
	size_t depth;
	xml_attr attrs[XML_ATTRS_MAX]; /* of the start just read */
	size_t attr_count;
	xml_binding bindings[XML_BINDINGS_MAX];
	size_t binding_count;
	size_t too_deep;  /* open elements beyond the stack */
	size_t to_close;  /* ends still to be reported before reading on */
	bool self_closing;
	sr_str text;      /* of XML_TEXT: decoded */
	bool text_is_cdata;
	size_t end;       /* of XML_END: where the element's content ended */
	xml_open closed;  /* of XML_END */
	bool no_memory;   /* the next event is XML_NOMEM */
	bool rooted;      /* the root element was seen */
	size_t none_after[4]; /* searched in vain from here on: see find_end */
	size_t faults[XML_FAULT_COUNT], first_fault[XML_FAULT_COUNT];
} xml_reader;

/* base: the document's URL, or empty. The reader is large: keep it off small stacks. */
void xml_init(xml_reader *r, sr_str in, sr_str base, sr_arena *arena);
/* XML_START: the element is r->stack[r->depth]. XML_END: it was r->closed. */
xml_event xml_next(xml_reader *r);
void xml_fault_at(xml_reader *r, xml_fault fault, size_t at);
/* One line on a fault for the notes ("2 bare ampersands (first at byte 80)"); empty if there was none. */
sr_str xml_fault_note(const xml_reader *r, xml_fault fault, sr_arena *arena);

/* A tree. Text is in nodes without a name. */
typedef struct xml_node {
	struct xml_node *parent, *first, *last, *next;
	sr_str name;
	xml_ns ns;
	xml_attr *attrs;
	size_t attr_count;
	sr_str text;  /* text nodes */
	sr_str inner; /* source of the content */
	sr_str base, lang;
} xml_node;

/* After XML_START: reads up to that element's end and gives its tree, in r->arena; NULL: no memory.
 * Beyond XML_NODES_MAX nodes the rest is left out. */
xml_node *xml_subtree(xml_reader *r);
/* Whole input as one tree under a nameless document node; NULL: no memory. */
xml_node *xml_tree(xml_reader *r);

/* First child of that name, any namespace; NULL if none. node may be NULL. */
const xml_node *xml_child(const xml_node *node, const char *name);
/* The next node after this one of that name in document order below top, or NULL; start with top. */
const xml_node *xml_find(const xml_node *top, const xml_node *after, const char *name);
sr_str xml_attr_of(const xml_node *node, const char *name); /* trimmed; empty if absent */
bool xml_is(const xml_node *node, xml_ns ns, const char *name);
bool xml_has_elements(const xml_node *node);
/* Text below the node, joined, trimmed; in the arena where more than one piece. */
sr_str xml_text_of(const xml_node *node, sr_arena *arena);
/* The text, or, where there are elements within, the source of the content; trimmed. */
sr_str xml_value_of(const xml_node *node, sr_arena *arena);
/* Appends the text below the node with white space squashed. */
void xml_add_text(const xml_node *node, sr_buf *out);

/* xml_names.c */
xml_ns xml_ns_of_uri(sr_str uri);
/* For prefixes that nobody declared; NS_OTHER if unknown. */
xml_ns xml_ns_of_prefix(sr_str prefix);
/* 0 if HTML 4 has no such entity. */
uint32_t xml_html_entity(sr_str name);
/* Elements of HTML, which stray about in feeds. */
bool xml_is_html_name(sr_str name);
/* Character and entity references decoded (one level). r may be NULL; then nothing is counted. */
sr_str xml_decode(sr_arena *arena, sr_str raw, xml_reader *r);

#endif
