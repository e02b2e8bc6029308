/* One function a type of input, all of the shape of sr_extract; input->type is settled, the bytes
 * are not empty and within SR_INPUT_MAX. */
#ifndef SITREP_SRC_EXTRACT_EXTRACTORS_H
#define SITREP_SRC_EXTRACT_EXTRACTORS_H

#include "sitrep/extract.h"

typedef sr_status sr_extractor(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err);

sr_extractor sr_extract_text; /* plain text and Markdown */
sr_extractor sr_extract_jsonl;
sr_extractor sr_extract_html;
sr_extractor sr_extract_feed;
sr_extractor sr_extract_warc;
sr_extractor sr_extract_news; /* NITF, NewsML, ninjs */
sr_extractor sr_extract_mail;

#endif
