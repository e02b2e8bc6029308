/* Feeds: RSS 0.90-2.0 and 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed 1.x, news sitemaps, with the
 * extensions that news uses (Dublin Core, content, Media RSS, iTunes, syndication).
 *
 * Feeds are read as far as they go; what was wrong is in the notes. Where several elements can give
 * a value, the format's own comes before Dublin Core, that before iTunes and Media RSS
 * (the tables in src/format/feed_rules.c). URLs are absolute where a base is known. Nothing is
 * fetched and no entity is expanded. */
#ifndef SITREP_FORMAT_FEED_H
#define SITREP_FORMAT_FEED_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

#define SR_FEED_ENTRIES_MAX 50000u /* the rest is left out, with a note */
#define SR_FEED_LIST_MAX 1000u     /* links, people, categories, enclosures of one entry */

typedef enum sr_feed_kind { SR_FEED_RSS, SR_FEED_ATOM, SR_FEED_JSON, SR_FEED_SITEMAP } sr_feed_kind;

typedef struct sr_feed_person {
	sr_str name, email, url, avatar;
} sr_feed_person;

typedef struct sr_feed_link {
	sr_str url, rel, type; /* rel: "alternate" where none is given */
} sr_feed_link;

typedef struct sr_feed_enclosure {
	sr_str url, type, title;
	int64_t length; /* bytes; -1: not given */
} sr_feed_enclosure;

typedef struct sr_feed_entry {
	sr_str id;
	sr_str title;
	bool title_is_html;
	sr_str link;    /* of the article itself */
	sr_str summary; /* as given: mostly HTML, see summary_is_html */
	sr_str content; /* the full text, where the feed gives it apart */
	bool summary_is_html, content_is_html;
	sr_str base;    /* that relative URLs in the HTML are meant against */
	sr_str language, rights;
	sr_time published, updated;
	sr_str image, image_caption, image_credit;
	sr_str source_title, source_url; /* of the feed or outlet that it was taken from */
	sr_feed_link *links;
	size_t link_count;
	sr_feed_person *authors;
	size_t author_count;
	sr_str *categories;
	size_t category_count;
	sr_feed_enclosure *enclosures;
	size_t enclosure_count;
} sr_feed_entry;

typedef struct sr_feed {
	sr_feed_kind kind;
	sr_str version; /* "2.0", "1.0"; empty if it does not say */
	sr_str id, title, link, description, language, rights, generator;
	sr_str self, next, hub; /* links of those relations */
	sr_str image, image_title;
	sr_time published, updated;
	int ttl_minutes;    /* how long to wait before asking again; 0: not said */
	uint32_t skip_hours; /* bit h: not at that hour (UTC) */
	uint8_t skip_days;   /* bit 0 Monday .. 6 Sunday */
	sr_feed_link *links;
	size_t link_count;
	sr_feed_person *authors;
	size_t author_count;
	sr_str *categories;
	size_t category_count;
	sr_feed_entry *entries; /* in the feed's order */
	size_t entry_count;
	sr_str *notes; /* what was wrong, one line each */
	size_t note_count;
} sr_feed;

/* True if the text (its first kilobytes are enough) looks like a feed or a sitemap. */
bool sr_feed_looks_like(sr_str head);

/* Reads a feed. url: where it came from, or empty; content_type: the HTTP header's, or empty. The
 * feed lives in the arena and points into bytes where it can: keep both. SR_E_INVALID if it is no
 * feed at all; SR_E_NOMEM. */
sr_status sr_feed_read(sr_str bytes, sr_str url, sr_str content_type, sr_arena *arena, sr_feed **out,
                       sr_error *err) SR_MUST_CHECK;

#endif
