/* What agencies send: NITF 3.x, NewsML-G2 and NewsML 1.x, ninjs 1.x to 3.x (IPTC). One record for
 * all three. The XML ones are read forgivingly (see src/format/xml.h); nothing is fetched and no
 * entity is expanded. */
#ifndef SITREP_FORMAT_NEWS_H
#define SITREP_FORMAT_NEWS_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

#define SR_NEWS_ITEMS_MAX 10000u
#define SR_NEWS_BLOCKS_MAX 20000u

typedef enum sr_news_status { SR_NEWS_USABLE, SR_NEWS_WITHHELD, SR_NEWS_CANCELED } sr_news_status;
typedef enum sr_news_block_kind {
	SR_NEWS_PARAGRAPH,
	SR_NEWS_HEADING,
	SR_NEWS_QUOTE,
	SR_NEWS_LIST,
	SR_NEWS_CAPTION
} sr_news_block_kind;

typedef struct sr_news_block {
	sr_news_block_kind kind;
	sr_str text; /* white space squashed */
} sr_news_block;

typedef struct sr_news_image {
	sr_str url, caption, credit;
} sr_news_image;

typedef struct sr_news_item {
	sr_str id, version, url;
	sr_str headline, slugline, byline, dateline, credit, provider, language, section;
	sr_str editorial_note; /* "ednote": what the desk tells its customers */
	bool correction;       /* the item says that it corrects an earlier version */
	bool embargoed;
	sr_news_status status;
	sr_time published; /* first created, or dated */
	sr_time updated;   /* this version */
	sr_news_block *blocks; /* body as blocks (NITF, XHTML), or else: */
	size_t block_count;
	sr_str html, plain; /* body as it came in JSON or as inline data; at most one is set */
	sr_news_image *images;
	size_t image_count;
} sr_news_item;

typedef struct sr_news {
	sr_news_item *items;
	size_t count;
	sr_str *notes; /* what was wrong with the markup */
	size_t note_count;
} sr_news;

/* Each lives in the arena and may point into bytes. content_type: the HTTP header's, or empty.
 * SR_E_INVALID if there is no item in it; SR_E_NOMEM. Items that hold no text (pictures, packages)
 * are left out unless they are withheld or canceled. */
sr_status sr_nitf_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err) SR_MUST_CHECK;
sr_status sr_newsml_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err) SR_MUST_CHECK;
/* One ninjs object, an array of them, or one a line. */
sr_status sr_ninjs_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err) SR_MUST_CHECK;

#endif
