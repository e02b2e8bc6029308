/* The builder that every extractor fills: it joins cleaned blocks by one blank line, keeps their
 * spans, and puts the growing lists of a document in the arena.
 *
 *     sr_build b;
 *     SR_TRY(sr_build_begin(&b, input, arena, err));
 *     b.doc->title = sr_build_clean(&b, raw_title);
 *     sr_build_block(&b, SR_BLOCK_PARAGRAPH, raw_text);
 *     return sr_build_end(&b, out, err);      // also frees what the builder holds
 *
 * The calls between begin and end never fail by themselves: the first failure is kept and comes
 * back from end (or from sr_build_status, for those who want to stop early). */
#ifndef SITREP_SRC_EXTRACT_BUILD_H
#define SITREP_SRC_EXTRACT_BUILD_H

#include "sitrep/extract.h"

#define SR_BUILD_BLOCKS_MAX 200000u /* blocks of one document; the rest is left out with a note */
#define SR_BUILD_FIELD_MAX 4096u    /* bytes of one metadata value; longer ones are cut */
#define SR_BUILD_LIST_MAX 1000u     /* bylines, images, relays, notes of one document */

typedef struct sr_build {
	sr_arena *arena;
	sr_document *doc; /* id, path, url, retrieved and sha256 are set; all else may be set freely */
	sr_buf text;      /* the document's text so far */
	sr_buf clean;     /* scratch */
	SR_VEC(sr_block) blocks;
	SR_VEC(sr_str) bylines;
	SR_VEC(sr_image) images;
	SR_VEC(sr_relay) relays;
	SR_VEC(sr_relay_mark) marks;
	SR_VEC(sr_str) notes;
	SR_VEC(sr_str) furniture; /* lines that end like sentences and that a rule took out of the text */
	bool full; /* the text or block ceiling was reached and noted */
	sr_status status;
} sr_build;

sr_status sr_build_begin(sr_build *b, const sr_input *input, sr_arena *arena, sr_error *err) SR_MUST_CHECK;
/* Moves everything into the document and appends it to out, or, with out NULL or after a failure,
 * drops it. Frees the builder's own buffers either way. */
sr_status sr_build_end(sr_build *b, sr_documents *out, sr_error *err) SR_MUST_CHECK;
sr_status sr_build_status(const sr_build *b) SR_MUST_CHECK;

/* Cleans raw and appends it as a block, unless nothing is left of it. The block that was added, to
 * set time, until and group; NULL if none was (then a throw-away is not needed: test it). The
 * pointer holds until the next block. */
sr_block *sr_build_block(sr_build *b, sr_block_kind kind, sr_str raw);

/* One line of clean text in the arena, cut at SR_BUILD_FIELD_MAX; empty if nothing is left. */
sr_str sr_build_clean(sr_build *b, sr_str raw);

/* Adds a person; cleaned; empty and repeated ones (case aside) are passed over. */
void sr_build_byline(sr_build *b, sr_str name);
/* The fields of image and relay are cleaned; an image with none of them is passed over. */
void sr_build_image(sr_build *b, sr_str url, sr_str caption, sr_str credit);
void sr_build_relay(sr_build *b, uint32_t number, sr_str publisher, sr_str title, sr_str description, sr_str url);
/* offset: into the document's text; in ascending order. */
void sr_build_mark(sr_build *b, uint32_t offset, uint32_t number);
/* What went wrong or was left out, one line. */
void sr_build_note(sr_build *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the clean form of raw: valid UTF-8 in NFC, control characters, soft hyphens, zero-width
 * and direction marks off (joiners only where they join nothing), all white space squashed to
 * single blanks, none at the ends. Clean text stays the same when cleaned again. */
sr_status sr_extract_clean(sr_buf *out, sr_str raw) SR_MUST_CHECK;

#endif
