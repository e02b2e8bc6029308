/* The walk through a feed: containers are entered, entries and everything else are read one subtree
 * at a time into scratch memory, so that a feed of any length needs little more than its records. */
#include "sitrep/format/feed.h"

#include "feed_internal.h"
#include "sitrep/base/charset.h"
#include "sitrep/base/url.h"
#include "sitrep/base/utf8.h"

#include <string.h>

typedef struct walk {
	xml_reader *r;
	sr_feed *feed;
	sr_arena *arena;
	sr_str in, url;
	feed_gather about, entry;
	SR_VEC(sr_feed_entry) entries;
	SR_VEC(sr_str) notes;
	size_t left_out;
	bool found; /* an element that only feeds have */
} walk;

static const struct {
	const char *name;
	sr_feed_kind kind;
	const char *entry;
} roots[] = {
	{ "rss", SR_FEED_RSS, "item" },       { "rdf", SR_FEED_RSS, "item" },
	{ "channel", SR_FEED_RSS, "item" },   { "feed", SR_FEED_ATOM, "entry" },
	{ "urlset", SR_FEED_SITEMAP, "url" }, { "sitemapindex", SR_FEED_SITEMAP, "sitemap" },
};

/* Row of the root table, or -1. */
static int root_of(sr_str name)
{
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (sr_str_eq_nocase(name, sr_str_c(roots[i].name)))
			return (int)i;
	return -1;
}

static void note(walk *w, sr_str text)
{
	sr_str *slot = text.len ? SR_PUSH(w->arena, &w->notes) : NULL;
	if (slot)
		*slot = text;
}

static sr_str start_attr(const xml_reader *r, const char *name)
{
	for (size_t i = 0; i < r->attr_count; i++)
		if (sr_str_eq_nocase(r->attrs[i].name, sr_str_c(name)))
			return sr_str_trim(r->attrs[i].value);
	return (sr_str){ 0 };
}

/* What the root's own tag says: kind, version, language. */
static void read_root(walk *w, int row)
{
	const xml_open *open = &w->r->stack[w->r->depth];
	sr_str tag = sr_str_slice(w->in, (size_t)(open->qname.ptr - w->in.ptr), open->inner);
	sr_str version = start_attr(w->r, "version");
	if (!w->found)
		w->feed->kind = roots[row].kind;
	else if (row != 2)
		return;
	w->found = true;
	if (sr_str_eq_nocase(open->name, SR_STR("rdf")))
		version = sr_str_find(tag, SR_STR("simple/0.9"), 0) != SIZE_MAX ? SR_STR("0.9") : SR_STR("1.0");
	else if (roots[row].kind == SR_FEED_ATOM && version.len == 0)
		version = sr_str_find(tag, SR_STR("purl.org/atom/ns"), 0) != SIZE_MAX ? SR_STR("0.3") : SR_STR("1.0");
	if (version.len)
		w->feed->version = sr_str_dup(w->arena, version);
	if (open->lang.len)
		w->feed->language = sr_str_dup(w->arena, open->lang);
}

static bool is_entry(const walk *w, sr_str name)
{
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (roots[i].kind == w->feed->kind && sr_str_eq_nocase(name, sr_str_c(roots[i].entry)))
			return true;
	return false;
}

static sr_status read_entry(walk *w)
{
	xml_node *node = xml_subtree(w->r);
	if (!node)
		return SR_E_NOMEM;
	if (w->entries.count >= SR_FEED_ENTRIES_MAX) {
		w->left_out++;
		return SR_OK;
	}
	sr_str about = xml_attr_of(node, "about");
	feed_gather_reset(&w->entry);
	for (const xml_node *c = node->first; c; c = c->next)
		if (c->name.len)
			feed_apply(&w->entry, c);
	/* RSS 1.0 names its items by their address */
	feed_put(&w->entry, SLOT_ID, 6, about, false, false);
	if (sr_str_starts(about, SR_STR("http")))
		feed_put(&w->entry, SLOT_LINK, 6, about, false, false);
	feed_put(&w->entry, SLOT_LANGUAGE, 9, node->lang, false, false);
	if (w->entry.base.len == 0)
		w->entry.base = feed_keep(&w->entry, node->base);
	sr_feed_entry *entry = SR_PUSH(w->arena, &w->entries);
	if (!entry)
		return SR_E_NOMEM;
	feed_fill_entry(&w->entry, entry);
	return w->entry.failed ? SR_E_NOMEM : SR_OK;
}

static sr_status read_start(walk *w)
{
	xml_open *open = &w->r->stack[w->r->depth];
	int row = root_of(open->name);
	if (row >= 0)
		read_root(w, row);
	/* before the feed begins, look inside whatever wraps it */
	if (row >= 0 || !w->found || (sr_str_eq(open->name, SR_STR("items")) && open->ns == NS_NONE)) {
		/* a container stays open while the scratch memory that holds its strings is reused */
		open->base = sr_str_dup(w->arena, open->base);
		open->lang = sr_str_dup(w->arena, open->lang);
		return SR_OK;
	}
	sr_status status = SR_OK;
	if (is_entry(w, open->name)) {
		status = read_entry(w);
	} else {
		xml_node *node = xml_subtree(w->r);
		if (!node)
			return SR_E_NOMEM;
		feed_apply(&w->about, node);
		status = w->about.failed ? SR_E_NOMEM : SR_OK;
	}
	sr_arena_reset(w->r->arena);
	return status;
}

static sr_status walk_xml(walk *w, sr_arena *scratch)
{
	xml_init(w->r, w->in, w->url, scratch);
	feed_gather_init(&w->about, w->in, w->arena, scratch, false);
	feed_gather_init(&w->entry, w->in, w->arena, scratch, true);
	for (;;) {
		switch (xml_next(w->r)) {
		case XML_START:
			SR_TRY(read_start(w));
			break;
		case XML_END_OF_INPUT:
			return SR_OK;
		case XML_NOMEM:
			return SR_E_NOMEM;
		default:
			break;
		}
	}
}

static void note_left_out(walk *w)
{
	if (w->left_out)
		note(w, sr_str_printf(w->arena, "%zu entries beyond the ceiling of %u were left out", w->left_out,
		                      SR_FEED_ENTRIES_MAX));
}

static void finish(walk *w)
{
	feed_fill_feed(&w->about, w->feed);
	w->feed->entries = w->entries.items;
	w->feed->entry_count = w->entries.count;
	for (int i = 0; i < XML_FAULT_COUNT; i++)
		note(w, xml_fault_note(w->r, (xml_fault)i, w->arena));
	note_left_out(w);
	w->feed->notes = w->notes.items;
	w->feed->note_count = w->notes.count;
}

static sr_status read_xml(walk *w, sr_error *err)
{
	sr_arena *scratch = sr_arena_new((size_t)256 << 20);
	w->r = SR_NEW(w->arena, xml_reader);
	sr_status status = scratch && w->r ? walk_xml(w, scratch) : SR_E_NOMEM;
	if (status == SR_OK && !w->found)
		status = sr_fail(err, SR_E_INVALID, "no feed in it: no rss, RDF, feed or urlset element");
	else if (status == SR_OK)
		finish(w);
	else
		status = sr_fail(err, status, "out of memory");
	sr_arena_free(scratch);
	return status;
}

bool sr_feed_looks_like(sr_str head)
{
	head = sr_str_trim(head);
	if (head.len && head.ptr[0] == '{')
		return sr_str_find(head, SR_STR("jsonfeed.org/version"), 0) != SIZE_MAX;
	for (size_t i = 0; (i = sr_str_find_char(head, '<', i)) != SIZE_MAX; i++) {
		size_t end = i + 1;
		while (end < head.len && (sr_is_alpha((unsigned char)head.ptr[end]) || head.ptr[end] == ':'))
			end++;
		sr_str name = sr_str_slice(head, i + 1, end);
		size_t colon = sr_str_find_char(name, ':', 0);
		if (colon != SIZE_MAX)
			name = sr_str_slice(name, colon + 1, name.len);
		if (name.len)
			return root_of(name) >= 0;
	}
	return false;
}

static void note_charset(walk *w, const sr_decoded *d)
{
	if (d->claimed.len)
		note(w, sr_str_printf(w->arena, "says it is %.*s, is not; read as %.*s", SR_FMT(d->claimed), SR_FMT(d->charset)));
	if (d->malformed)
		note(w, sr_str_printf(w->arena, "%zu characters that are not %.*s were replaced", d->malformed,
		                      SR_FMT(d->charset)));
}

sr_status sr_feed_read(sr_str bytes, sr_str url, sr_str content_type, sr_arena *arena, sr_feed **out, sr_error *err)
{
	sr_decoded d;
	walk w = { .arena = arena, .url = url, .feed = SR_NEW(arena, sr_feed) };
	*out = NULL;
	if (!w.feed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_charset_decode(bytes, content_type, SR_MARKUP_XML, arena, &d, err));
	w.in = d.text;
	note_charset(&w, &d);
	sr_str start = sr_str_trim(sr_str_slice(d.text, 0, 4096));
	if (start.len == 0)
		return sr_fail(err, SR_E_INVALID, "empty");
	if (start.ptr[0] == '{') {
		SR_TRY(feed_read_json(d.text, url, arena, w.feed, &w.left_out, err));
		note_left_out(&w);
		w.feed->notes = w.notes.items;
		w.feed->note_count = w.notes.count;
	} else
		SR_TRY(read_xml(&w, err));
	*out = w.feed;
	return SR_OK;
}
