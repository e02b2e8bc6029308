/* Shared by the readers of agency formats. */
#ifndef SITREP_SRC_FORMAT_NEWS_INTERNAL_H
#define SITREP_SRC_FORMAT_NEWS_INTERNAL_H

#include "sitrep/format/news.h"
#include "xml.h"

typedef struct news_list {
	sr_arena *arena;
	SR_VEC(sr_news_item) items;
	SR_VEC(sr_str) notes;
	bool failed;
} news_list;

/* Blocks and pictures of NITF's body.content or of XHTML, in document order, into the item. */
void news_read_blocks(news_list *list, const xml_node *body, sr_news_item *item);
/* The element's text with white space squashed, in the arena. */
sr_str news_line(news_list *list, const xml_node *node);
/* "usable", "stat:canceled", "Withheld" … */
sr_news_status news_status_of(sr_str s);
bool news_says_correction(sr_str s);
/* Adds the item unless it holds neither text nor a withdrawal. */
void news_add(news_list *list, const sr_news_item *item);
/* Decodes bytes and reads them as a tree; notes what was wrong. */
sr_status news_tree(news_list *list, sr_str bytes, sr_str content_type, const xml_node **root, sr_error *err) SR_MUST_CHECK;
sr_status news_finish(news_list *list, const char *what, sr_news **out, sr_error *err) SR_MUST_CHECK;
/* Reads one NITF tree (an <nitf> element); fills what is still empty in the item. */
void news_read_nitf(news_list *list, const xml_node *nitf, sr_news_item *item);
/* The first non-empty. */
sr_str news_either(sr_str a, sr_str b);

#endif
