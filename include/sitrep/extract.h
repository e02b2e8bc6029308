/* Extract: bytes as received to clean documents.
 *
 * The type of the input is sniffed (or forced), and a table of one row a type (src/extract/extract.c)
 * says who reads it. A container (JSONL, WARC, feed) gives several documents. */
#ifndef SITREP_EXTRACT_H
#define SITREP_EXTRACT_H

#include "sitrep/core/document.h"

typedef enum sr_input_type {
	SR_INPUT_AUTO,
	SR_INPUT_TEXT,
	SR_INPUT_MARKDOWN,
	SR_INPUT_HTML,
	SR_INPUT_FEED, /* RSS, Atom, RDF, JSON Feed, news sitemap */
	SR_INPUT_WARC, /* plain or gzip */
	SR_INPUT_NITF,
	SR_INPUT_NEWSML,
	SR_INPUT_NINJS,
	SR_INPUT_JSONL, /* one article a line, see the contract */
	SR_INPUT_EML,
	SR_INPUT_TYPE_COUNT
} sr_input_type;

/* The words of `--type` ("auto", "text", …). The name of a value out of range is "". */
const char *sr_input_type_name(sr_input_type type);
bool sr_input_type_parse(sr_str s, sr_input_type *out);

/* One thing received. Views are borrowed for the call: documents copy what they keep. */
typedef struct sr_input {
	sr_str bytes;
	sr_str path;         /* as given on the command line; may be empty */
	sr_str url;          /* where it was fetched from; may be empty */
	sr_str content_type; /* of HTTP, with its charset; may be empty */
	sr_time retrieved;
	sr_time now;         /* the run's clock: only bounds what a year left out can be, never a date itself */
	sr_input_type type;
} sr_input;

/* What came out, in the order of the input. Starts zeroed; grows in the arena of the calls. */
typedef struct sr_documents {
	sr_document **items;
	size_t count, capacity;
	/* Of lines that were no article, why not: "line 2: …"; behind SR_REFUSED_MAX of them how many more there are. */
	sr_str *refused;
	size_t refused_count;
} sr_documents;
#define SR_REFUSED_MAX 20u

/* Larger inputs are refused (containers are read entry by entry and bound each entry by this). */
#define SR_INPUT_MAX ((size_t)256 << 20)
/* Articles that one container may hold. */
#define SR_INPUT_ENTRIES_MAX ((size_t)1 << 20)

/* The type that the input looks like; SR_INPUT_AUTO if it is nothing that we read, with the reason
 * in err: empty, or bytes that are no text ("looks like a PDF file"). Looks at the first 16 kB. */
sr_input_type sr_extract_sniff(const sr_input *input, sr_error *err);

/* Reads the input and appends its documents to out, everything allocated in the arena.
 * SR_E_INVALID: empty, binary, or nothing to read in it; SR_E_UNSUPPORTED: a type that is not read;
 * SR_E_LIMIT: over a ceiling; SR_E_NOMEM. What was appended before a failure stays. A broken entry
 * of a container is passed over and named in a note of the entry before it, or, where there is
 * none, in err; it is a failure only if nothing could be read. */
sr_status sr_extract(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err) SR_MUST_CHECK;

/* Moves all dates of a document by years; the last of February stays it. */
void sr_extract_move_years(sr_document *doc, int years);

/* For the documents of one run: where a page prints no year at all (year_assumed), its dates are
 * moved back to the year in which most of the other documents lie within two months of them; with
 * no such year they stay. SR_E_NOMEM. */
sr_status sr_extract_settle_years(sr_document **docs, size_t count) SR_MUST_CHECK;

#endif
