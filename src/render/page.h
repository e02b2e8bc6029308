/* What the formats share: the page (a dossier, its options and the order of its dated lists), and
 * the small texts that every format says in the same words. Private to render. */
#ifndef SITREP_RENDER_PAGE_H
#define SITREP_RENDER_PAGE_H

#include "sitrep/render.h"

typedef struct page {
	const sr_dossier *d;
	sr_render_options options;
	sr_arena *arena;           /* of this one rendering */
	int year;                  /* dates of this year are printed without it; 0: none */
	const sr_update **updates; /* newest first */
	const sr_event **timeline; /* oldest first */
	sr_buf *out;
} page;

typedef sr_status (*render_fn)(page *p);
sr_status render_term(page *p);
sr_status render_md(page *p);
sr_status render_html(page *p);
sr_status render_json(page *p);
sr_status render_atom(page *p);

/* The string as one safe line: white space made single blanks and trimmed, controls, bidirectional
 * and invisible formatting characters dropped, malformed UTF-8 replaced. In the page's arena. */
sr_str page_clean(const page *p, sr_str s);
/* The same of a speaker, who stands at the head of a line: with a capital. */
sr_str page_name(const page *p, sr_str s);
/* Takes a buffer's content into the page's arena and frees it. Lost memory is marked in p->out, so
 * that a page is never silently shorter. */
sr_str page_keep(const page *p, sr_buf *buf);
sr_str page_format(const page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `4 Nov`, `4 Nov 2025`, `Nov 2025`, `2025`, with the clock (`13:10 UTC`) if asked and known. The
 * year is left out if it is the given one. */
void date_write(sr_buf *out, sr_time t, int without_year, bool clock);
void date_range(sr_buf *out, sr_time from, sr_time until, int without_year);
/* The date with the year in full, and the year's form by the page's own rule. */
sr_str page_date_full(const page *p, sr_time t);
sr_str page_date(const page *p, sr_time t);
sr_str page_date_clock(const page *p, sr_time t);
sr_str page_event_date(const page *p, const sr_event *e);

/* The distinct source numbers of cites, ascending; count in *count. */
uint32_t *page_numbers(const page *p, sr_cites cites, size_t *count);
/* `[1][3]`, empty without cites. */
sr_str page_refs(const page *p, sr_cites cites);
const sr_source *page_source(const page *p, uint32_t n);

/* Who holds a position, `Name (role), via Outlet, 4 Nov`, all of it cleaned; what is not known is left
 * out. Holders that read alike (a wire story in three outlets) are one entry with the cites of all. */
typedef struct held_by {
	sr_str label;
	sr_cites cites;
} held_by;
held_by *page_holders(const page *p, const sr_position *position, size_t *count);
sr_str page_speaker(const page *p, const sr_quote *q);
/* `4 documents`, `1 origin`. */
sr_str page_count(const page *p, uint32_t n, const char *one, const char *many);
/* `Story p7k2 · edition 4 · newest report 9 Dec 2025 · 4 documents, 4 origins · 2 questions disputed` */
sr_str page_meta(const page *p);
uint32_t page_open_conflicts(const page *p);
/* `12`, `12–15`, `at least 12`, `up to 15`, with the unit. */
sr_str page_amount(const page *p, const sr_figure *f, const sr_figure_point *point);
sr_str page_measure(const page *p, const sr_figure *f);
/* Where there is none, the file's name and `(publisher not named)`. */
sr_str page_publisher(const page *p, const sr_source *s);
/* Publisher aside: `AFP, 4 Nov 2025`; what is not known is left out. */
sr_str page_source_facts(const page *p, const sr_source *s);
/* What it is and its headline, in one sentence each; may be empty. */
sr_str page_source_what(const page *p, const sr_source *s);
sr_str page_source_title(const page *p, const sr_source *s);
/* `Withdrawn. Digest. Same origin as [1].`; empty for an own, usable article. */
sr_str page_source_notes(const page *p, const sr_source *s);
/* `two outlets, one origin`; empty if there is nothing to say. */
sr_str page_quote_note(const page *p, const sr_quote *q);
/* The address if it is plain http or https without anything that a format could trip over. */
bool page_url_ok(sr_str url);
/* Whether the blank at the place stands in "4 Nov", which no line may break. */
bool page_binds(sr_str s, size_t at);
const char *page_status(const sr_conflict *c); /* `open`; `settled: the shares make about one whole` */
const char *page_reason(sr_unknown_reason reason); /* `not verified` */

/* `Speaker not identified` where there is no name. */
sr_str page_voice_name(const page *p, const sr_voice *v);
/* `head of the brigade`, `not named`; may be empty. */
sr_str page_voice_facts(const page *p, const sr_voice *v);
/* `via Bild, hedged, on 3 Nov, 2 origins`; may be empty. */
sr_str page_statement_note(const page *p, const sr_statement *s);

/* The lists of changes with their headings, in the order of printing. */
typedef struct change_list {
	const char *heading;
	const sr_line *lines;
	size_t count;
} change_list;
#define CHANGE_LISTS 4
void page_changes(const page *p, change_list lists[CHANGE_LISTS]);
sr_str page_change(const page *p, const sr_line *line); /* as it is shown: "denied it — the company" */
bool page_any_change(const page *p);

#endif
