/* Which element says what, and how well. */
#include "feed_internal.h"

#include "sitrep/base/url.h"
#include "sitrep/base/utf8.h"

#include <string.h>

enum { FEED = 1, ENTRY = 2, BOTH = 3 };

typedef struct rule rule;
struct rule {
	uint8_t ns;   /* xml_ns */
	uint8_t scope;
	uint8_t slot; /* feed_slot, or a TIME_ index */
	uint8_t rank;
	const char *name;
	void (*read)(feed_gather *g, const xml_node *node, const rule *r);
};

static sr_str url_of(feed_gather *g, const xml_node *node, sr_str s)
{
	return s.len ? sr_url_resolve(g->scratch, node->base, s) : s;
}

static int64_t integer(sr_str s)
{
	int64_t v = 0;
	s = sr_str_trim(s);
	if (s.len == 0 || s.len > 15)
		return -1;
	for (size_t i = 0; i < s.len; i++) {
		if (!sr_is_digit((unsigned char)s.ptr[i]))
			return -1;
		v = v * 10 + (s.ptr[i] - '0');
	}
	return v;
}

static void put_plain(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put(g, (feed_slot)r->slot, r->rank, xml_text_of(node, g->scratch), false, false);
}

static void put_url(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put(g, (feed_slot)r->slot, r->rank, url_of(g, node, xml_text_of(node, g->scratch)), false, false);
}

/* RSS says nowhere whether a title is HTML: go by its looks. */
static void put_title(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str value = xml_value_of(node, g->scratch);
	feed_put(g, (feed_slot)r->slot, r->rank, value, feed_looks_like_html(value), false);
}

static void put_html(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put(g, (feed_slot)r->slot, r->rank, xml_value_of(node, g->scratch), true, false);
	if (g->is_entry)
		g->base = feed_keep(g, node->base);
}

static int base64_value(unsigned char c)
{
	if (sr_is_upper(c))
		return c - 'A';
	if (sr_is_lower(c))
		return c - 'a' + 26;
	if (sr_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static sr_str base64(feed_gather *g, sr_str s)
{
	char *out = sr_arena_alloc(g->scratch, s.len);
	size_t n = 0;
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; out && i < s.len; i++) {
		int v = base64_value((unsigned char)s.ptr[i]);
		if (v < 0)
			continue;
		bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[n++] = (char)(bits >> have);
		}
	}
	sr_str decoded = sr_str_make(out, n);
	return out && sr_utf8_valid(decoded) ? decoded : s;
}

/* Atom's text constructs (RFC 4287, section 3.1; Atom 0.3 with its modes). */
static void put_construct(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str type = xml_attr_of(node, "type"), mode = xml_attr_of(node, "mode"), value;
	bool html = sr_str_find_nocase(type, SR_STR("html"), 0) != SIZE_MAX;
	if (sr_str_eq(mode, SR_STR("base64")))
		value = base64(g, xml_text_of(node, g->scratch));
	else if (sr_str_eq_nocase(type, SR_STR("xhtml")) && xml_child(node, "div"))
		value = sr_str_trim(xml_child(node, "div")->inner);
	else
		value = xml_value_of(node, g->scratch);
	/* declared or not, tags are not meant to be read */
	html = html || xml_has_elements(node) || (type.len == 0 && feed_looks_like_html(value));
	feed_put(g, (feed_slot)r->slot, r->rank, value, html, false);
	if (g->is_entry && (r->slot == SLOT_CONTENT || g->base.len == 0))
		g->base = feed_keep(g, node->base);
}

static void put_time(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put_time(g, r->slot, r->rank, xml_text_of(node, g->scratch));
}

/* Dublin Core's date of an item does for both where nothing better is said. */
static void put_either_time(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put_time(g, TIME_PUBLISHED, r->rank, xml_text_of(node, g->scratch));
	feed_put_time(g, TIME_UPDATED, r->rank, xml_text_of(node, g->scratch));
}

static void put_generator(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str name = xml_text_of(node, g->scratch), version = xml_attr_of(node, "version"), uri = xml_attr_of(node, "uri");
	if (uri.len == 0)
		uri = xml_attr_of(node, "url");
	if (version.len || uri.len)
		name = sr_str_printf(g->scratch, "%.*s%s%.*s%s%.*s", SR_FMT(name), version.len ? " v" : "", SR_FMT(version),
		                     uri.len ? " " : "", SR_FMT(uri));
	feed_put(g, SLOT_GENERATOR, r->rank, name, false, false);
}

static void put_rss_link(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str url = xml_text_of(node, g->scratch);
	if (url.len == 0)
		url = xml_attr_of(node, "href");
	url = url_of(g, node, url);
	feed_put_link(g, url, (sr_str){ 0 }, (sr_str){ 0 });
	feed_put(g, SLOT_LINK, r->rank, url, false, true);
}

static void put_atom_link(feed_gather *g, const xml_node *node, const rule *r)
{
	static const struct {
		const char *rel;
		feed_slot slot;
		uint8_t scope;
	} relations[] = { { "self", SLOT_SELF, FEED }, { "next", SLOT_NEXT, FEED }, { "hub", SLOT_HUB, FEED } };
	sr_str url = xml_attr_of(node, "href"), rel = xml_attr_of(node, "rel"), type = xml_attr_of(node, "type");
	if (url.len == 0)
		url = xml_text_of(node, g->scratch);
	url = url_of(g, node, url);
	if (sr_str_eq(rel, SR_STR("enclosure"))) {
		feed_put_enclosure(g, url, type, xml_attr_of(node, "title"), integer(xml_attr_of(node, "length")));
		return;
	}
	if (sr_str_eq(rel, SR_STR("via"))) {
		feed_put(g, SLOT_SOURCE_URL, 3, url, false, false);
		feed_put(g, SLOT_SOURCE_TITLE, 3, xml_attr_of(node, "title"), false, false);
	}
	feed_put_link(g, url, rel, type);
	if (rel.len == 0 || sr_str_eq(rel, SR_STR("alternate"))) {
		/* several alternates: the page, not its PDF */
		bool page = type.len == 0 || sr_str_find(type, SR_STR("html"), 0) != SIZE_MAX;
		feed_put(g, SLOT_LINK, r->rank + (page ? 0 : 1), url, false, false);
	}
	for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
		if (!g->is_entry && sr_str_eq(rel, sr_str_c(relations[i].rel)))
			feed_put(g, relations[i].slot, 1, url, false, false);
}

static void put_person_text(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put_author(g, r->rank, feed_person(xml_text_of(node, g->scratch)));
}

static void put_person(feed_gather *g, const xml_node *node, const rule *r)
{
	if (!xml_has_elements(node)) {
		put_person_text(g, node, r);
		return;
	}
	sr_feed_person p = { .name = xml_text_of(xml_child(node, "name"), g->scratch),
		                 .email = xml_text_of(xml_child(node, "email"), g->scratch),
		                 .url = xml_text_of(xml_child(node, "uri"), g->scratch) };
	if (p.url.len == 0)
		p.url = xml_text_of(xml_child(node, "url"), g->scratch);
	if (p.url.len == 0)
		p.url = xml_text_of(xml_child(node, "homepage"), g->scratch);
	p.url = url_of(g, node, p.url);
	feed_put_author(g, r->rank, p);
}

static void put_category(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	sr_str label = xml_attr_of(node, "label");
	if (label.len == 0)
		label = xml_attr_of(node, "term");
	if (label.len == 0)
		label = xml_attr_of(node, "text");
	feed_put_category(g, label.len ? label : xml_value_of(node, g->scratch));
	for (const xml_node *c = xml_child(node, "category"); c; c = c->next)
		if (c->ns == node->ns && sr_str_eq(c->name, SR_STR("category")))
			feed_put_category(g, xml_attr_of(c, "text"));
}

static void put_keywords(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	sr_str rest = xml_text_of(node, g->scratch), field;
	while (sr_str_next_field(&rest, ',', &field))
		feed_put_category(g, field);
}

static void put_enclosure(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str url = url_of(g, node, xml_attr_of(node, "url")), type = xml_attr_of(node, "type");
	feed_put_enclosure(g, url, type, (sr_str){ 0 }, integer(xml_attr_of(node, "length")));
	if (sr_str_starts(type, SR_STR("image/")))
		feed_put(g, SLOT_IMAGE, r->rank, url, false, false);
}

/* media:content and what may stand in it. */
static void put_media(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str url = url_of(g, node, xml_attr_of(node, "url")), type = xml_attr_of(node, "type");
	bool image = sr_str_eq_nocase(xml_attr_of(node, "medium"), SR_STR("image")) || sr_str_starts(type, SR_STR("image/"));
	if (image) {
		feed_put(g, SLOT_IMAGE, r->rank, url, false, false);
		for (const xml_node *c = node->first; c; c = c->next) {
			if (xml_is(c, NS_MEDIA, "description"))
				feed_put(g, SLOT_IMAGE_TITLE, r->rank, xml_text_of(c, g->scratch), false, false);
			else if (xml_is(c, NS_MEDIA, "credit"))
				feed_put(g, SLOT_IMAGE_CREDIT, r->rank, xml_text_of(c, g->scratch), false, false);
		}
	} else if (g->is_entry) {
		feed_put_enclosure(g, url, type, xml_text_of(xml_child(node, "title"), g->scratch),
		                   integer(xml_attr_of(node, "fileSize")));
	}
}

static void put_thumbnail(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put(g, SLOT_IMAGE, r->rank, url_of(g, node, xml_attr_of(node, "url")), false, false);
}

static void put_children(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	for (const xml_node *c = node->first; c; c = c->next)
		if (c->name.len && !sr_str_eq(c->name, node->name))
			feed_apply(g, c);
}

/* itunes:image href, RDF's image reference, RSS's image with url and title. */
static void put_image(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str url = xml_attr_of(node, "href");
	if (url.len == 0)
		url = xml_text_of(xml_child(node, "url"), g->scratch);
	if (url.len == 0)
		url = xml_attr_of(node, "resource");
	if (url.len == 0)
		url = xml_attr_of(node, "about");
	feed_put(g, SLOT_IMAGE, r->rank, url_of(g, node, url), false, false);
	feed_put(g, SLOT_IMAGE_TITLE, r->rank, xml_value_of(xml_child(node, "title"), g->scratch), false, false);
}

static void put_guid(feed_gather *g, const xml_node *node, const rule *r)
{
	sr_str id = xml_value_of(node, g->scratch), permalink = xml_attr_of(node, "isPermaLink");
	feed_put(g, SLOT_ID, r->rank, id, false, false);
	if (!sr_str_eq_nocase(permalink, SR_STR("false")) &&
	    (sr_str_starts(id, SR_STR("http://")) || sr_str_starts(id, SR_STR("https://"))))
		feed_put(g, SLOT_LINK, 5, id, false, false);
}

static void put_rss_source(feed_gather *g, const xml_node *node, const rule *r)
{
	feed_put(g, SLOT_SOURCE_TITLE, r->rank, xml_text_of(node, g->scratch), false, false);
	feed_put(g, SLOT_SOURCE_URL, r->rank, url_of(g, node, xml_attr_of(node, "url")), false, false);
}

/* The feed that the entry was copied from. Its authors are the entry's where that has none. */
static void put_atom_source(feed_gather *g, const xml_node *node, const rule *r)
{
	static const rule author = { NS_ATOM, ENTRY, 0, 7, "author", put_person };
	feed_put(g, SLOT_SOURCE_TITLE, r->rank, xml_text_of(xml_child(node, "title"), g->scratch), false, false);
	for (const xml_node *c = node->first; c; c = c->next) {
		sr_str rel = xml_attr_of(c, "rel");
		if (sr_str_eq(c->name, SR_STR("author")))
			put_person(g, c, &author);
		else if (sr_str_eq(c->name, SR_STR("link")))
			feed_put(g, SLOT_SOURCE_URL, sr_str_eq(rel, SR_STR("self")) ? r->rank + 1 : r->rank,
			         url_of(g, c, xml_attr_of(c, "href")), false, false);
	}
}

static void put_ttl(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	int64_t minutes = integer(xml_text_of(node, g->scratch));
	if (minutes > 0 && minutes <= 60 * 24 * 366)
		g->ttl_minutes = (int)minutes;
}

static void put_period(feed_gather *g, const xml_node *node, const rule *r)
{
	static const struct {
		const char *name;
		int minutes;
	} periods[] = { { "hourly", 60 }, { "daily", 1440 }, { "weekly", 10080 }, { "monthly", 43200 }, { "yearly", 525600 } };
	(void)r;
	sr_str s = xml_text_of(node, g->scratch);
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
		if (sr_str_eq_nocase(s, sr_str_c(periods[i].name)))
			g->period_minutes = periods[i].minutes;
}

static void put_frequency(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	int64_t times = integer(xml_text_of(node, g->scratch));
	if (times > 0 && times <= 1440)
		g->frequency = (int)times;
}

static void put_skip_hours(feed_gather *g, const xml_node *node, const rule *r)
{
	(void)r;
	for (const xml_node *c = node->first; c; c = c->next) {
		int64_t hour = c->name.len ? integer(xml_text_of(c, g->scratch)) : -1;
		if (hour >= 0 && hour <= 24) /* RSS 0.91 counts 1 to 24 */
			g->skip_hours |= (uint32_t)1 << (hour % 24);
	}
}

static void put_skip_days(feed_gather *g, const xml_node *node, const rule *r)
{
	static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	(void)r;
	for (const xml_node *c = node->first; c; c = c->next)
		for (size_t i = 0; i < 7; i++)
			if (c->name.len && sr_str_eq_nocase(xml_text_of(c, g->scratch), sr_str_c(days[i])))
				g->skip_days |= (uint8_t)(1u << i);
}

/* Rows of one name stand together only by habit; the first that fits namespace, name and scope is
 * taken. */
static const rule rules[] = {
	{ NS_NONE, BOTH, SLOT_TITLE, 1, "title", put_title },
	{ NS_ATOM, BOTH, SLOT_TITLE, 1, "title", put_construct },
	{ NS_DC, BOTH, SLOT_TITLE, 3, "title", put_title },
	{ NS_MEDIA, ENTRY, SLOT_TITLE, 4, "title", put_title },
	{ NS_ITUNES, BOTH, SLOT_TITLE, 5, "title", put_title },
	{ NS_NEWS, ENTRY, SLOT_TITLE, 1, "title", put_title },

	{ NS_NONE, BOTH, SLOT_LINK, 1, "link", put_rss_link },
	{ NS_ATOM, BOTH, SLOT_LINK, 2, "link", put_atom_link },
	{ NS_SITEMAP, ENTRY, SLOT_LINK, 1, "loc", put_rss_link },
	{ NS_NONE, ENTRY, SLOT_LINK, 1, "loc", put_rss_link },

	{ NS_NONE, ENTRY, SLOT_ID, 1, "guid", put_guid },
	{ NS_ATOM, BOTH, SLOT_ID, 1, "id", put_url },
	{ NS_DC, ENTRY, SLOT_ID, 3, "identifier", put_plain },

	{ NS_NONE, BOTH, SLOT_SUMMARY, 1, "description", put_html },
	{ NS_ATOM, ENTRY, SLOT_SUMMARY, 1, "summary", put_construct },
	{ NS_ATOM, FEED, SLOT_SUMMARY, 1, "subtitle", put_construct },
	{ NS_ATOM, FEED, SLOT_SUMMARY, 1, "tagline", put_construct },
	{ NS_DC, BOTH, SLOT_SUMMARY, 3, "description", put_html },
	{ NS_DC, BOTH, SLOT_SUMMARY, 3, "abstract", put_html },
	{ NS_ITUNES, BOTH, SLOT_SUMMARY, 4, "summary", put_html },
	{ NS_MEDIA, ENTRY, SLOT_SUMMARY, 5, "description", put_html },

	{ NS_CONTENT, ENTRY, SLOT_CONTENT, 1, "encoded", put_html },
	{ NS_ATOM, ENTRY, SLOT_CONTENT, 1, "content", put_construct },
	{ NS_XHTML, ENTRY, SLOT_CONTENT, 2, "body", put_html },
	{ NS_NONE, ENTRY, SLOT_CONTENT, 3, "encoded", put_html },
	{ NS_NONE, ENTRY, SLOT_CONTENT, 3, "fulltext", put_html },

	{ NS_NONE, ENTRY, TIME_PUBLISHED, 1, "pubDate", put_time },
	{ NS_NONE, FEED, TIME_PUBLISHED, 1, "pubDate", put_time },
	{ NS_NONE, FEED, TIME_UPDATED, 1, "lastBuildDate", put_time },
	{ NS_ATOM, BOTH, TIME_PUBLISHED, 1, "published", put_time },
	{ NS_ATOM, BOTH, TIME_PUBLISHED, 1, "issued", put_time },
	{ NS_ATOM, BOTH, TIME_PUBLISHED, 2, "created", put_time },
	{ NS_ATOM, BOTH, TIME_UPDATED, 1, "updated", put_time },
	{ NS_ATOM, BOTH, TIME_UPDATED, 1, "modified", put_time },
	{ NS_DC, BOTH, TIME_UPDATED, 2, "modified", put_time },
	{ NS_DC, BOTH, TIME_PUBLISHED, 2, "issued", put_time },
	{ NS_DC, BOTH, TIME_PUBLISHED, 2, "created", put_time },
	{ NS_DC, ENTRY, 0, 3, "date", put_either_time },
	{ NS_DC, FEED, TIME_UPDATED, 3, "date", put_time },
	{ NS_NEWS, ENTRY, TIME_PUBLISHED, 1, "publication_date", put_time },
	{ NS_SITEMAP, ENTRY, TIME_UPDATED, 1, "lastmod", put_time },
	{ NS_NONE, ENTRY, TIME_UPDATED, 1, "lastmod", put_time },

	{ NS_NONE, FEED, 0, 1, "managingEditor", put_person_text },
	{ NS_NONE, FEED, 0, 2, "webMaster", put_person_text },
	{ NS_NONE, BOTH, 0, 1, "author", put_person },
	{ NS_ATOM, BOTH, 0, 2, "author", put_person },
	{ NS_DC, BOTH, 0, 3, "creator", put_person_text },
	{ NS_DC, BOTH, 0, 3, "author", put_person_text },
	{ NS_ITUNES, BOTH, 0, 5, "author", put_person_text },

	{ NS_NONE, FEED, SLOT_LANGUAGE, 1, "language", put_plain },
	{ NS_DC, BOTH, SLOT_LANGUAGE, 3, "language", put_plain },
	{ NS_NEWS, ENTRY, SLOT_LANGUAGE, 1, "language", put_plain },
	{ NS_NONE, BOTH, SLOT_RIGHTS, 1, "copyright", put_title },
	{ NS_ATOM, BOTH, SLOT_RIGHTS, 1, "rights", put_construct },
	{ NS_ATOM, BOTH, SLOT_RIGHTS, 1, "copyright", put_construct },
	{ NS_DC, BOTH, SLOT_RIGHTS, 3, "rights", put_title },
	{ NS_MEDIA, BOTH, SLOT_RIGHTS, 4, "copyright", put_plain },
	{ NS_NONE, FEED, SLOT_GENERATOR, 1, "generator", put_generator },
	{ NS_ATOM, FEED, SLOT_GENERATOR, 1, "generator", put_generator },

	{ NS_NONE, BOTH, 0, 1, "category", put_category },
	{ NS_ATOM, BOTH, 0, 1, "category", put_category },
	{ NS_ITUNES, BOTH, 0, 1, "category", put_category },
	{ NS_MEDIA, BOTH, 0, 1, "category", put_category },
	{ NS_DC, BOTH, 0, 1, "subject", put_category },
	{ NS_ITUNES, BOTH, 0, 1, "keywords", put_keywords },
	{ NS_MEDIA, BOTH, 0, 1, "keywords", put_keywords },
	{ NS_NEWS, ENTRY, 0, 1, "keywords", put_keywords },

	{ NS_NONE, ENTRY, SLOT_IMAGE, 5, "enclosure", put_enclosure },
	{ NS_MEDIA, BOTH, SLOT_IMAGE, 2, "content", put_media },
	{ NS_MEDIA, BOTH, SLOT_IMAGE, 3, "thumbnail", put_thumbnail },
	{ NS_MEDIA, BOTH, 0, 0, "group", put_children },
	{ NS_MEDIA, ENTRY, SLOT_IMAGE_CREDIT, 3, "credit", put_plain },
	{ NS_NONE, BOTH, SLOT_IMAGE, 1, "image", put_image },
	{ NS_ITUNES, BOTH, SLOT_IMAGE, 4, "image", put_image },
	{ NS_ATOM, FEED, SLOT_IMAGE, 1, "logo", put_url },
	{ NS_ATOM, FEED, SLOT_IMAGE, 2, "icon", put_url },
	{ NS_IMAGE, ENTRY, 0, 0, "image", put_children },
	{ NS_IMAGE, ENTRY, SLOT_IMAGE, 1, "loc", put_url },
	{ NS_IMAGE, ENTRY, SLOT_IMAGE_TITLE, 1, "caption", put_plain },
	{ NS_IMAGE, ENTRY, SLOT_IMAGE_TITLE, 2, "title", put_plain },

	{ NS_NONE, ENTRY, SLOT_SOURCE_TITLE, 1, "source", put_rss_source },
	{ NS_ATOM, ENTRY, SLOT_SOURCE_TITLE, 1, "source", put_atom_source },
	{ NS_DC, ENTRY, SLOT_SOURCE_TITLE, 4, "publisher", put_plain },
	{ NS_NEWS, ENTRY, 0, 0, "news", put_children },
	{ NS_NEWS, ENTRY, 0, 0, "publication", put_children },
	{ NS_NEWS, ENTRY, SLOT_SOURCE_TITLE, 1, "name", put_plain },

	{ NS_NONE, FEED, 0, 1, "ttl", put_ttl },
	{ NS_NONE, FEED, 0, 1, "skipHours", put_skip_hours },
	{ NS_NONE, FEED, 0, 1, "skipDays", put_skip_days },
	{ NS_SYNDICATION, FEED, 0, 1, "updatePeriod", put_period },
	{ NS_SYNDICATION, FEED, 0, 1, "updateFrequency", put_frequency },
};

void feed_apply(feed_gather *g, const xml_node *node)
{
	uint8_t scope = g->is_entry ? ENTRY : FEED;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].ns == node->ns && rules[i].scope & scope && sr_str_eq_nocase(node->name, sr_str_c(rules[i].name))) {
			rules[i].read(g, node, &rules[i]);
			return;
		}
}
