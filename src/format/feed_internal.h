/* What feed.c (the walk), feed_rules.c (which element says what) and feed_json.c share: a gatherer
 * that keeps, for each value, the best source seen so far. */
#ifndef SITREP_SRC_FORMAT_FEED_INTERNAL_H
#define SITREP_SRC_FORMAT_FEED_INTERNAL_H

#include "sitrep/format/feed.h"
#include "xml.h"

typedef enum feed_slot {
	SLOT_ID,
	SLOT_TITLE,
	SLOT_SUMMARY,
	SLOT_CONTENT,
	SLOT_LANGUAGE,
	SLOT_RIGHTS,
	SLOT_GENERATOR,
	SLOT_IMAGE,
	SLOT_IMAGE_TITLE,
	SLOT_IMAGE_CREDIT,
	SLOT_SOURCE_TITLE,
	SLOT_SOURCE_URL,
	SLOT_LINK,
	SLOT_SELF,
	SLOT_NEXT,
	SLOT_HUB,
	SLOT_COUNT
} feed_slot;

enum { TIME_PUBLISHED, TIME_UPDATED, TIME_COUNT };

/* Ranks: 1 is the format's own element, larger numbers stand in for it. 0: nothing yet. */
typedef struct feed_gather {
	sr_str in;        /* the decoded text: views into it need no copy */
	sr_arena *keep;   /* what lasts */
	sr_arena *scratch; /* trees; forgotten after each entry */
	bool is_entry;
	sr_str value[SLOT_COUNT];
	bool html[SLOT_COUNT];
	uint8_t rank[SLOT_COUNT];
	sr_time time[TIME_COUNT];
	uint8_t time_rank[TIME_COUNT];
	uint8_t author_rank;
	sr_str base;
	SR_VEC(sr_feed_link) links;
	SR_VEC(sr_feed_person) authors;
	SR_VEC(sr_str) categories;
	SR_VEC(sr_feed_enclosure) enclosures;
	int ttl_minutes, period_minutes, frequency;
	uint32_t skip_hours;
	uint8_t skip_days;
	bool failed; /* out of memory */
} feed_gather;

void feed_gather_init(feed_gather *g, sr_str in, sr_arena *keep, sr_arena *scratch, bool is_entry);
void feed_gather_reset(feed_gather *g);
/* Keeps the value if it is the best so far; among equals the first, unless replace. */
void feed_put(feed_gather *g, feed_slot slot, int rank, sr_str value, bool html, bool replace);
void feed_put_time(feed_gather *g, int which, int rank, sr_str text);
void feed_put_author(feed_gather *g, int rank, sr_feed_person person);
void feed_put_link(feed_gather *g, sr_str url, sr_str rel, sr_str type);
void feed_put_category(feed_gather *g, sr_str category);
void feed_put_enclosure(feed_gather *g, sr_str url, sr_str type, sr_str title, int64_t length);
/* "mail (name)", "name (mail)", "name <mail>" or either alone. */
sr_feed_person feed_person(sr_str s);
bool feed_looks_like_html(sr_str s);
/* The address of the first picture in HTML; empty if none. */
sr_str feed_first_image(sr_str html, sr_arena *arena);
sr_str feed_keep(feed_gather *g, sr_str s);

/* Applies the rule for the element, if there is one. */
void feed_apply(feed_gather *g, const xml_node *node);
/* Moves what was gathered. */
void feed_fill_entry(feed_gather *g, sr_feed_entry *entry);
void feed_fill_feed(feed_gather *g, sr_feed *feed);

/* *left_out: entries beyond the ceiling. */
sr_status feed_read_json(sr_str text, sr_str url, sr_arena *arena, sr_feed *feed, size_t *left_out,
                         sr_error *err) SR_MUST_CHECK;

#endif
