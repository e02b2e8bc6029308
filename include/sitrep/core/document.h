/* The document: one clean article as extracted from what was received.
 *
 * `text` is the article's blocks joined by one blank line; every offset anywhere in sitrep is a
 * byte offset into the text of a document. All memory belongs to the arena the document was made
 * in. Unknown fields are empty, never guessed. */
#ifndef SITREP_CORE_DOCUMENT_H
#define SITREP_CORE_DOCUMENT_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

/* A text longer than this is cut at a block border, and a note says so. */
#define SR_TEXT_MAX ((size_t)2 << 20)

typedef enum sr_doc_kind { SR_DOC_ARTICLE, SR_DOC_LIVE, SR_DOC_BRIEF, SR_DOC_PAGE } sr_doc_kind;
typedef enum sr_doc_status { SR_DOC_USABLE, SR_DOC_CORRECTED, SR_DOC_WITHDRAWN } sr_doc_status;
typedef enum sr_block_kind {
	SR_BLOCK_PARAGRAPH,
	SR_BLOCK_HEADING,
	SR_BLOCK_QUOTE,
	SR_BLOCK_LIST,
	SR_BLOCK_CAPTION,
	SR_BLOCK_UPDATE, /* a paragraph of a dated update of a live page: time is when it was posted */
	SR_BLOCK_EVENT,  /* an entry of the page's own timeline: time is when it happened */
	SR_BLOCK_ROW,    /* of a table, its cells parted by " | ": no sentence, so nobody states it */
	SR_BLOCK_CRUMB,  /* a line that is not the article's ("Sign up for our newsletter") in a text that stays as given: nobody states it */
	SR_BLOCK_TURN    /* a paragraph of a transcript, in the words of who stands before its colon, or of who spoke before */
} sr_block_kind;
/* Whether the words of such a block are somebody's. */
static inline bool sr_block_speaks(sr_block_kind kind) { return kind != SR_BLOCK_ROW && kind != SR_BLOCK_CRUMB; }

typedef struct sr_block {
	sr_block_kind kind;
	sr_span span;   /* into text, without the blank lines around it */
	sr_time time;   /* of the update that the block belongs to, or of the event, if dated */
	sr_time until;  /* last day of an event that lasted longer, else unknown */
	uint32_t group; /* update number from 1 in order of the page, 0 outside updates */
} sr_block;

typedef struct sr_image {
	sr_str url, caption, credit;
} sr_image;

/* One entry of a digest's own numbered list of sources: `[2]` in the text is relays[i].number. */
typedef struct sr_relay {
	uint32_t number;
	sr_str publisher, title, description, url;
} sr_relay;

/* Where a reference to one of them stood in the text (it is taken out): behind the words that it
 * supports, so offset is the end of the marked sentence or clause. In order of the text. */
typedef struct sr_relay_mark {
	uint32_t offset, number;
} sr_relay_mark;

typedef struct sr_document {
	sr_str id;       /* given by the input, else its path or URL */
	sr_str path;     /* as given on the command line, `archive.warc.gz#12` inside a container */
	sr_str url, canonical;
	sr_str title, site, section, language; /* language: BCP 47 primary subtag */
	sr_str *bylines; /* people, without "by" and titles */
	size_t byline_count;
	sr_time published, modified, retrieved;
	bool year_assumed; /* the page states no year: that of its dates is the latest that the clock allows */
	sr_doc_kind kind;
	sr_doc_status status;
	sr_str credit;   /* wire agency, `AFP` */
	sr_str dateline; /* place of the dateline, `KYIV` */
	sr_str correction; /* text of a correction or withdrawal note */
	bool paywalled;
	sr_str text;
	sr_block *blocks; /* in order, not overlapping */
	size_t block_count;
	sr_image *images;
	size_t image_count;
	sr_relay *relays;
	size_t relay_count;
	sr_relay_mark *marks;
	size_t mark_count;
	sr_str *notes; /* what went wrong or was left out, one line each: "cut after 2 MB" */
	size_t note_count;
	sr_str sha256; /* of the bytes received, lower-case hex */
} sr_document;

/* The contract's words (`article`, `usable`, `paragraph`). The parsers answer false for others. */
const char *sr_doc_kind_name(sr_doc_kind kind);
const char *sr_doc_status_name(sr_doc_status status);
const char *sr_block_kind_name(sr_block_kind kind);
bool sr_doc_kind_parse(sr_str s, sr_doc_kind *out);
bool sr_doc_status_parse(sr_str s, sr_doc_status *out);

/* The label of a turn, "MAYOR ANA BRUNT: We closed it.": bytes up to the words behind it, and who speaks, without "(R-Oss)" and
 * ", BYLINE"; 0 if the paragraph opens with none. It is in capitals, of six words at most. */
size_t sr_turn_label(sr_str paragraph, sr_str *who);

/* The block that holds the byte at offset, or NULL. O(log blocks). */
const sr_block *sr_document_block_at(const sr_document *doc, uint32_t offset);
/* An outlet's name as it is compared: letters and digits, folded, without "the", of a domain its own label ("The Moscow
 * Times" and "themoscowtimes.com" are alike). In the arena; empty without any letter, NULL without memory. */
sr_str sr_outlet_key(sr_arena *arena, sr_str name);

/* The digest's own source for the words at offset: that of the next mark behind it in its block; NULL if there is none. */
const sr_relay *sr_document_relay_at(const sr_document *doc, uint32_t offset);
/* When the byte at offset was said: its update's time, else the publication time. An entry of a
 * timeline is said by the page when it was published, whatever its own date. */
sr_time sr_document_time_at(const sr_document *doc, uint32_t offset);

#endif
