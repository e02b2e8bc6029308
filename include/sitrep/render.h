/* Rendering: a dossier as a page for the terminal, Markdown, one HTML file, the contract's JSON, or
 * an Atom feed of its updates.
 *
 * The dossier's words come from other people's pages and are hostile: no format lets them become
 * markup, escape sequences or reordered text. Control characters and bidirectional formatting
 * characters are left out everywhere but in JSON, which keeps every string as it is (escaped).
 * The same dossier and options give the same bytes. */
#ifndef SITREP_RENDER_H
#define SITREP_RENDER_H

#include "sitrep/core/dossier.h"

typedef enum sr_format {
	SR_FORMAT_TERM,
	SR_FORMAT_MD,
	SR_FORMAT_HTML,
	SR_FORMAT_JSON,
	SR_FORMAT_ATOM,
	SR_FORMAT_COUNT
} sr_format;

#define SR_RENDER_WIDTH 80
#define SR_RENDER_WIDTH_MIN 20
#define SR_RENDER_WIDTH_MAX 120

typedef struct sr_render_options {
	sr_time now;         /* when the page is made; used where the dossier itself has no date */
	unsigned width;      /* term: columns, clamped to the two limits above; 0: SR_RENDER_WIDTH */
	bool color;          /* term: SGR colours and weights; nothing but plain text without it */
	const sr_str *texts; /* html: the text of the source numbered n at texts[n - 1], so that a reader
	                      * can check a citation in place; may be NULL, entries may be empty */
	size_t text_count;
} sr_render_options;

/* Appends the page to out. options may be NULL. SR_E_NOMEM, SR_E_LIMIT (out's ceiling), SR_E_USAGE
 * for a format that is none. */
sr_status sr_render(const sr_dossier *dossier, sr_format format, const sr_render_options *options, sr_buf *out,
                    sr_error *err) SR_MUST_CHECK;

const char *sr_format_name(sr_format format); /* "term", "md", … */
bool sr_format_parse(sr_str s, sr_format *out);

#endif
