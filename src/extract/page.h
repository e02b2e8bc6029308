/* A page of noisy text while it is being taken apart: its lines, each with what it was found to be.
 *
 * The passes run in this order, each deciding only about lines that are still ROLE_TEXT:
 * read (lines) → label (tables) → sections (sources, timeline) → head (title, byline, date) → live
 * (updates) → captions → emit. Private to this folder. */
#ifndef SITREP_SRC_EXTRACT_PAGE_H
#define SITREP_SRC_EXTRACT_PAGE_H

#include "build.h"

#include "sitrep/format/printed_date.h"
#include "sitrep/format/text.h"

typedef enum line_role {
	ROLE_TEXT,
	ROLE_DROP,
	ROLE_TITLE,
	ROLE_HEADING,
	ROLE_DATE,     /* date line, byline or both: the head's facts */
	ROLE_UPDATE,   /* label of a dated update, and the update's first words if there are any */
	ROLE_DAY,      /* heading of a day of updates */
	ROLE_SOURCES,  /* the heading of the list, and its lines */
	ROLE_TIMELINE, /* the heading */
	ROLE_EVENT,    /* an entry of the timeline */
	ROLE_CAPTION,
	ROLE_CREDIT,
	ROLE_NOTE
} line_role;

typedef struct page_line {
	sr_str text; /* clean words, in the arena */
	sr_str fold; /* folded, only where text is short enough to be a label */
	sr_str url;  /* of its first link */
	sr_line_kind kind;
	line_role role;
	unsigned level, words;
	uint32_t number;
	bool gap;        /* blank lines stood before it */
	bool only_links, emphasised;
	bool ends;       /* like a sentence */
	bool picture;    /* a picture stood right before it */
	sr_printed_date date;    /* UPDATE, DAY, EVENT: its label */
	uint32_t skip;   /* bytes of text that the label takes up */
	uint32_t wide;   /* code points, before markup was taken off */
} page_line;

#define PAGE_LABEL_MAX 300u
#define PAGE_OUTLET_WORDS_MAX 6u

/* The rules of data/page-lines.tsv and data/page-words.tsv. */
typedef struct page_tables {
	sr_arena *arena;
	sr_strmap exact, words; /* "line" → rule; "kind word" → index + 1 of a value */
	SR_VEC(struct page_rule) rules;
	SR_VEC(sr_str) values;
} page_tables;

typedef struct page {
	sr_build *b;
	sr_arena *arena;
	sr_time now;
	page_tables tables;
	sr_printed_words dates;
	SR_VEC(page_line) lines;
	size_t body;        /* first line of the article's text */
	sr_time stated;     /* a full date that the page or its address states, for years left out */
	sr_str site_seen;   /* a name of the outlet as the page prints it */
	sr_str host;
	sr_printed_date published, updated; /* as the head prints them */
	bool has_published, has_updated;
	bool live, digest;
} page;

sr_status page_tables_init(page_tables *t, sr_arena *arena) SR_MUST_CHECK;
/* The kind of a whole line ("drop", "related", …), empty if no rule fits. */
sr_str page_rule_of(const page_tables *t, sr_str fold, bool *exact);
/* The same for a line of any length, unfolded, whose words come round and round (rules that say `fills`). */
sr_str page_filling_of(const page_tables *t, sr_str line);
/* Bytes of a label that stands glued before a line's first words (rules that say `prints`), or 0. */
size_t page_label_at(const page_tables *t, sr_str line);
/* Is this word (or `_`-joined words) of the kind? Its value, where it has one, in *value. */
bool page_word_is(const page_tables *t, const char *kind, sr_str fold, sr_str *value);
/* The longest run of words at the start of fold that is of the kind: its bytes, or 0. */
size_t page_words_at(const page_tables *t, const char *kind, sr_str fold);

/* Reads one label of a date at the start of text: words such as "Updated", the date, and what closes
 * it. *end is where the text goes on; false if there is no date. */
bool page_date_label(const page *p, const page_line *l, bool years, sr_printed_date *date, size_t *end, bool *word);

/* lines: splits, reads markup, joins what was wrapped by hand. */
void page_read(page *p, sr_str text);
void page_label(page *p);
void page_front_matter(page *p, sr_str *text);
/* head */
void page_head(page *p);
/* facts: is the line nothing but facts of the head (dates, byline, outlet, place, crumbs)? With commit, takes them. */
bool page_facts(page *p, page_line *l, bool commit);
/* byline */
bool page_is_cut(char c); /* parts names and facts */
bool page_byline(page *p, sr_str names, bool commit);
/* Agencies and desks among bylines that came with the page: off the list, an agency into the credit. */
void page_people(page *p);
/* names */
bool page_is_capitalised(sr_str word);
bool page_is_upper(sr_str word); /* capitals and hyphens only */
bool page_has_kind(const page *p, sr_str s, const char *kind); /* a word of s is of the kind */
/* Words of the kind stand where names of outlets have their noun, and headlines seldom: "Island Radio", "Radio Island". */
bool page_has_at_edge(const page *p, sr_str name, const char *kind);
bool page_is_person(const page *p, sr_str name);
/* Capital words and small ones between them, as in names of outlets, desks and places. */
bool page_is_namelike(const page *p, sr_str s);
/* Two words and more, each with a capital, and none of who only works for an outlet. */
bool page_is_capital_name(const page *p, sr_str name);
bool page_is_masthead(const page *p, sr_str name);
/* site */
void page_see_site(page *p, sr_str name); /* the first name seen stands */
/* "Title | Outlet" where the title is known: gives the outlet. */
bool page_title_site(page *p, const page_line *l, sr_str title_fold);
void page_menu_site(page *p); /* a menu at the very top often begins with the outlet's own name */
void page_site(page *p);
/* sections */
void page_sections(page *p);
void page_live(page *p);
void page_times(page *p);
size_t page_run_in(const page *p, sr_str text, bool *strong);
/* captions */
void page_captions(page *p);
/* The last bracket of the line, if it names who made a picture: "(A. Name / Agency)". inner: what stands in it, open: where. */
bool page_bracket_credit(const page *p, sr_str s, sr_str *inner, size_t *open);
void page_dateline(page *p);
void page_footers(page *p);

/* Small helpers. */
bool page_ends_sentence(sr_str s);
bool page_is_body(const page_line *l);
size_t page_next(const page *p, size_t i); /* the next line that is not dropped, or lines.count */
sr_str page_fold(page *p, sr_str s);
int page_year(const page *p, const sr_printed_date *date, bool *assumed);

#endif
