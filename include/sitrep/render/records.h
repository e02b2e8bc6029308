/* Documents and readings as the contract's JSON lines, and readings as CoNLL-U. */
#ifndef SITREP_RENDER_RECORDS_H
#define SITREP_RENDER_RECORDS_H

#include "sitrep/base/json.h"
#include "sitrep/core/reading.h"

/* One JSON object and a line feed. */
void sr_render_document_line(sr_buf *out, const sr_document *doc);
void sr_render_reading_line(sr_buf *out, const sr_reading *reading);

/* The sentences of one document in CoNLL-U (universaldependencies.org/format.html), with newdoc,
 * sent_id and text comments; fields that are not known are `_`. */
void sr_render_conllu(sr_buf *out, const sr_reading *reading);

#endif
