/* JSON Feed 1.0 and 1.1 (jsonfeed.org). */
#include "feed_internal.h"
#include "sitrep/base/json.h"
#include "sitrep/base/url.h"

static sr_str member(const sr_jval *v, const char *key) { return sr_jval_str(sr_jval_get(v, key)); }

static sr_str url_member(feed_gather *g, const sr_jval *v, const char *key, sr_str base)
{
	sr_str s = member(v, key);
	return s.len ? sr_url_resolve(g->keep, base, s) : s;
}

static void read_person(feed_gather *g, const sr_jval *v, sr_str base)
{
	feed_put_author(g, 1, (sr_feed_person){ .name = member(v, "name"), .url = url_member(g, v, "url", base),
	                                        .avatar = url_member(g, v, "avatar", base) });
}

/* 1.1 has a list of authors, 1.0 had one. */
static void read_people(feed_gather *g, const sr_jval *v, sr_str base)
{
	const sr_jval *authors = sr_jval_get(v, "authors");
	for (size_t i = 0; i < sr_jval_len(authors); i++)
		read_person(g, sr_jval_at(authors, i), base);
	if (sr_jval_len(authors) == 0)
		read_person(g, sr_jval_get(v, "author"), base);
}

static void put_link(feed_gather *g, feed_slot slot, sr_str url, const char *rel)
{
	feed_put(g, slot, 1, url, false, false);
	feed_put_link(g, url, sr_str_c(rel), (sr_str){ 0 });
}

static sr_str id_of(feed_gather *g, const sr_jval *v)
{
	const sr_jval *id = sr_jval_get(v, "id");
	/* numbers are allowed by what readers accept */
	if (sr_jval_is_number(id))
		return sr_str_printf(g->keep, "%lld", (long long)sr_jval_int(id, 0));
	return sr_jval_str(id);
}

static void read_item(feed_gather *g, const sr_jval *v, sr_str base)
{
	feed_put(g, SLOT_ID, 1, id_of(g, v), false, false);
	feed_put(g, SLOT_TITLE, 1, member(v, "title"), false, false);
	feed_put(g, SLOT_CONTENT, 1, member(v, "content_html"), true, false);
	feed_put(g, SLOT_CONTENT, 2, member(v, "content_text"), false, false);
	feed_put(g, SLOT_SUMMARY, 1, member(v, "summary"), false, false);
	feed_put(g, SLOT_LANGUAGE, 1, member(v, "language"), false, false);
	feed_put(g, SLOT_IMAGE, 1, url_member(g, v, "image", base), false, false);
	feed_put(g, SLOT_IMAGE, 2, url_member(g, v, "banner_image", base), false, false);
	put_link(g, SLOT_LINK, url_member(g, v, "url", base), "alternate");
	sr_str external = url_member(g, v, "external_url", base);
	feed_put(g, SLOT_LINK, 2, external, false, false);
	feed_put_link(g, external, SR_STR("related"), (sr_str){ 0 });
	feed_put(g, SLOT_SOURCE_URL, 1, external, false, false);
	feed_put_time(g, TIME_PUBLISHED, 1, member(v, "date_published"));
	feed_put_time(g, TIME_UPDATED, 1, member(v, "date_modified"));
	read_people(g, v, base);
	const sr_jval *tags = sr_jval_get(v, "tags"), *attachments = sr_jval_get(v, "attachments");
	for (size_t i = 0; i < sr_jval_len(tags); i++)
		feed_put_category(g, sr_jval_str(sr_jval_at(tags, i)));
	for (size_t i = 0; i < sr_jval_len(attachments); i++) {
		const sr_jval *a = sr_jval_at(attachments, i);
		feed_put_enclosure(g, url_member(g, a, "url", base), member(a, "mime_type"), member(a, "title"),
		                   sr_jval_int(sr_jval_get(a, "size_in_bytes"), -1));
	}
	g->base = feed_keep(g, base);
}

static void read_feed(feed_gather *g, const sr_jval *root, sr_str base)
{
	feed_put(g, SLOT_TITLE, 1, member(root, "title"), false, false);
	feed_put(g, SLOT_SUMMARY, 1, member(root, "description"), false, false);
	feed_put(g, SLOT_LANGUAGE, 1, member(root, "language"), false, false);
	feed_put(g, SLOT_IMAGE, 1, url_member(g, root, "icon", base), false, false);
	feed_put(g, SLOT_IMAGE, 2, url_member(g, root, "favicon", base), false, false);
	put_link(g, SLOT_LINK, url_member(g, root, "home_page_url", base), "alternate");
	put_link(g, SLOT_SELF, url_member(g, root, "feed_url", base), "self");
	put_link(g, SLOT_NEXT, url_member(g, root, "next_url", base), "next");
	feed_put(g, SLOT_HUB, 1, url_member(g, sr_jval_at(sr_jval_get(root, "hubs"), 0), "url", base), false, false);
	read_people(g, root, base);
}

/* "https://jsonfeed.org/version/1.1", or just "1.1" */
static sr_str version_of(sr_str s)
{
	for (size_t i = s.len; i > 0; i--)
		if (s.ptr[i - 1] == '/')
			return sr_str_slice(s, i, s.len);
	return s;
}

static sr_status read_root(const sr_jval *root, sr_str url, sr_arena *arena, sr_feed *feed, sr_error *err)
{
	const sr_jval *items = sr_jval_get(root, "items");
	sr_str version = member(root, "version");
	feed_gather g;
	SR_VEC(sr_feed_entry) entries = { 0 };
	if (!sr_jval_is_object(root) || (version.len == 0 && !sr_jval_is_array(items)))
		return sr_fail(err, SR_E_INVALID, "JSON, but no feed: neither version nor items");
	feed_gather_init(&g, (sr_str){ 0 }, arena, arena, false);
	read_feed(&g, root, url);
	feed->kind = SR_FEED_JSON;
	feed->version = sr_str_dup(arena, version_of(version));
	feed_fill_feed(&g, feed);
	for (size_t i = 0; i < sr_jval_len(items) && i < SR_FEED_ENTRIES_MAX && !g.failed; i++) {
		bool failed = g.failed;
		feed_gather_init(&g, (sr_str){ 0 }, arena, arena, true);
		g.failed = failed;
		read_item(&g, sr_jval_at(items, i), url);
		sr_feed_entry *entry = SR_PUSH(arena, &entries);
		if (!entry)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		feed_fill_entry(&g, entry);
	}
	feed->entries = entries.items;
	feed->entry_count = entries.count;
	return g.failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

sr_status feed_read_json(sr_str text, sr_str url, sr_arena *arena, sr_feed *feed, size_t *left_out,
                         sr_error *err)
{
	sr_json *json;
	SR_TRY(sr_json_parse(text, &json, err));
	sr_status status = read_root(sr_json_root(json), url, arena, feed, err);
	size_t items = sr_jval_len(sr_jval_get(sr_json_root(json), "items"));
	*left_out = items > feed->entry_count ? items - feed->entry_count : 0;
	sr_json_free(json);
	return status;
}
