/* One page while it is read: the tree, what is known of each node, and what the page says of itself.
 * Private to the HTML extractor (html*.c). All memory lives in a scratch arena of the page. */
#ifndef SITREP_SRC_EXTRACT_HTML_PAGE_H
#define SITREP_SRC_EXTRACT_HTML_PAGE_H

#include "build.h"

#include "sitrep/base/json.h"
#include "sitrep/base/map.h"
#include "sitrep/format/html.h"

/* What the class, id, role and itemprop words of an element say (data/html/classes.tsv). */
typedef enum html_role {
	ROLE_BODY = 1 << 0,    /* the text of the article */
	ROLE_CONTENT = 1 << 1, /* something that holds articles */
	ROLE_JUNK = 1 << 2,    /* furniture */
	ROLE_COMMENT = 1 << 3,
	ROLE_CAPTION = 1 << 4,
	ROLE_BYLINE = 1 << 5,
	ROLE_DATE = 1 << 6,
	ROLE_MODIFIED = 1 << 7,
	ROLE_LEAD = 1 << 8,
	ROLE_TITLE = 1 << 9,
	ROLE_PAYWALL = 1 << 10,
	ROLE_LIVE = 1 << 11, /* an entry of a live html_page */
	ROLE_EMBED = 1 << 12,
	ROLE_CORRECTION = 1 << 13,
	ROLE_PULLQUOTE = 1 << 14,
	ROLE_HIDDEN = 1 << 15,
	ROLE_CUT = 1 << 16 /* settled: neither this element nor what is in it belongs to the article */
} html_role;

/* One value of a field, and who says so: smaller ranks are believed. */
typedef enum html_source {
	FROM_JSON_LD,
	FROM_MICRODATA,
	FROM_META,
	FROM_MARKUP, /* <time>, rel=author, classes */
	FROM_TEXT,
	FROM_URL,
	FROM_NOWHERE
} html_source;

typedef struct html_fact {
	sr_str value;
	html_source from;
} html_fact;

typedef struct html_when {
	sr_time value;
	html_source from;
} html_when;

typedef struct html_person {
	sr_str name;
	html_source from;
} html_person;

typedef struct html_live {
	sr_str text; /* headline and body */
	sr_time time;
} html_live;

typedef struct html_page {
	sr_arena *arena;
	sr_html html;
	uint32_t *roles;   /* of each node */
	uint32_t *prose;   /* before node i: how many bytes of prose stand in nodes [0, i); count + 1 entries */
	uint8_t *known_words; /* a filter before data/html/classes.tsv: a bit for the hash of each of its words */
	sr_strmap role_of; /* class value to roles */
	sr_build *build;
	sr_buf scratch; /* empty between calls; initialised by whoever makes the page, and freed there */
	const sr_input *input;

	html_fact title, site, canonical, section, language, description, body;
	html_when published, modified;
	sr_time meta_published; /* what the meta elements say, believed or not */
	bool meta_weak;         /* of it: an element that content systems fill by themselves */
	SR_VEC(html_person) people;
	SR_VEC(sr_image) images;
	SR_VEC(html_live) updates; /* of a LiveBlogPosting */
	sr_str credit, dateline;
	sr_str correction;
	bool paywalled, live, withdrawn;
	bool article; /* the page says that it is one article */

	uint32_t root; /* the element that holds the article */
	uint32_t h1;   /* the element that shows the title, or 0 */
} html_page;

/* html_roles.c */
void html_find_roles(html_page *p);
/* Roles of the words of one attribute value. */
uint32_t html_roles_of(html_page *p, sr_str words);

/* html_root.c: weighs prose, marks what is cut, and finds the root. */
void html_find_root(html_page *p);
static inline uint32_t html_prose(const html_page *p, uint32_t node)
{
	return p->prose[p->html.nodes[node].end] - p->prose[node];
}

/* html_blocks.c: the root's blocks into the builder. */
void html_emit(html_page *p);

/* html_jsonld.c, html_meta.c, html_byline.c: fill the fields that better sources left open. */
void html_read_json_ld(html_page *p);
void html_read_meta(html_page *p);
/* html_visible.c: the title and its heading; then, once the root is known, bylines and images. */
void html_find_heading(html_page *p);
void html_find_title(html_page *p);
void html_read_visible(html_page *p);
/* The text of <title>. */
sr_str html_own_title(html_page *p);
/* html_when.c: the dates that the page shows, and which of them and of those declared is believed. */
void html_read_dates(html_page *p);
/* True if the node or what holds it has one of these roles, or (furniture) is of nav, aside or footer. */
bool html_within(const html_page *p, uint32_t node, uint32_t roles, bool furniture);
void html_set(html_page *p, html_fact *fact, html_source from, sr_str value);
void html_set_time(html_when *when, html_source from, sr_str value);
void html_add_person(html_page *p, html_source from, sr_str name);
/* Takes names apart ("By A and B, Agency") and adds the people; sets the credit of an agency. */
void html_add_byline(html_page *p, html_source from, sr_str line);
/* True if the line is plainly a byline ("By Mira Kessel and Jon Abara"); it is then taken. */
bool html_take_byline(html_page *p, sr_str line);
/* "Text:": a label that stands before names; and a line that is nothing but names, behind such a label. */
bool html_is_byline_label(html_page *p, sr_str text);
void html_take_name(html_page *p, sr_str line);
/* True if a link leads to the page of a person ("/author/mira-kessel"). */
bool html_is_author_path(html_page *p, sr_str url);
/* The number of the month that a word names, or 0. */
uint8_t html_month(sr_str word);
/* The agency that a name is, as we print it, or empty. */
sr_str html_agency(html_page *p, sr_str name);
/* The trimmed, collapsed text of a node, in the arena; at most max bytes of it. */
sr_str html_text_at(html_page *p, uint32_t node, size_t max);

/* html_date.c: a date in running text of any of the languages of data/html/months.tsv: the first one
 * in s. month_first: `4/5/2020` is April 5. False if there is none. */
bool html_date_in(sr_str s, bool month_first, sr_time *out);
/* The first date in s at or after *pos: where it starts; *pos moves behind its day (not its time of day). */
bool html_date_next(sr_str s, bool month_first, size_t *pos, size_t *start, sr_time *out);
/* Any machine form: ISO 8601, RFC 822, epoch seconds, and what html_date_in reads. */
bool html_date_value(sr_str s, bool month_first, sr_time *out);
bool html_date_in_url(sr_str url, sr_time *out);

/* html_lines.c: what a short line of the page is (data/html/lines.tsv). */
typedef enum html_line {
	LINE_PLAIN,
	LINE_JUNK,    /* leave it out */
	LINE_MAYBE,   /* as a heading: of furniture, if nearly all below it is links */
	LINE_SECTION, /* heading of furniture: leave out what belongs to it */
	LINE_END,     /* nothing of the article follows */
	LINE_CORRECTION,
	LINE_WITHDRAWN,
	LINE_PAYWALL
} html_line;
html_line html_line_kind(sr_str line);

#endif
