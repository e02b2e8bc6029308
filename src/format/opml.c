#include "sitrep/format/opml.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/map.h"
#include "xml.h"

typedef struct reading {
	sr_arena *arena;
	sr_strmap seen;
	SR_VEC(sr_opml_feed) feeds;
	SR_VEC(sr_str) notes;
	size_t left_out;
	bool failed;
} reading;

/* Attribute names come in any case. */
static sr_str attr(const xml_node *node, const char *name)
{
	for (size_t i = 0; i < node->attr_count; i++)
		if (sr_str_eq_nocase(node->attrs[i].name, sr_str_c(name)))
			return sr_str_trim(node->attrs[i].value);
	return (sr_str){ 0 };
}

static void add(reading *r, const xml_node *outline, sr_str url, sr_str folder)
{
	bool web = sr_str_starts_nocase(url, SR_STR("http://")) || sr_str_starts_nocase(url, SR_STR("https://"));
	if (!web || r->feeds.count >= SR_OPML_MAX) {
		r->left_out++;
		return;
	}
	if (sr_strmap_get(&r->seen, url))
		return;
	sr_opml_feed *feed = SR_PUSH(r->arena, &r->feeds);
	if (!feed || !sr_strmap_put(&r->seen, url)) {
		r->failed = true;
		return;
	}
	feed->url = url;
	feed->title = attr(outline, "title");
	if (!feed->title.len)
		feed->title = attr(outline, "text");
	feed->site = attr(outline, "htmlUrl");
	feed->folder = folder;
}

/* Depth is bounded by XML_DEPTH_MAX. */
static void walk(reading *r, const xml_node *node, sr_str folder)
{
	for (const xml_node *c = node->first; c && !r->failed; c = c->next) {
		if (!sr_str_eq_nocase(c->name, SR_STR("outline")))
			continue;
		sr_str url = attr(c, "xmlUrl"), title = attr(c, "text"), inner = folder;
		if (url.len)
			add(r, c, url, folder);
		else if (title.len && c->first && folder.len < 1024) {
			inner = folder.len ? sr_str_printf(r->arena, "%.*s/%.*s", SR_FMT(folder), SR_FMT(title)) : title;
			r->failed |= !inner.ptr;
		}
		walk(r, c, inner);
	}
}

sr_status sr_opml_read(sr_str bytes, sr_arena *arena, sr_opml **out, sr_error *err)
{
	reading r = { .arena = arena };
	sr_decoded d;
	xml_reader *xml = SR_NEW(arena, xml_reader);
	*out = NULL;
	if (!xml)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_charset_decode(bytes, (sr_str){ 0 }, SR_MARKUP_XML, arena, &d, err));
	sr_strmap_init(&r.seen, arena);
	xml_init(xml, d.text, (sr_str){ 0 }, arena);
	const xml_node *root = xml_tree(xml), *top = root ? xml_find(root, root, "opml") : NULL;
	sr_opml *list = SR_NEW(arena, sr_opml);
	if (!root || !list)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!top)
		return sr_fail(err, SR_E_INVALID, "no OPML: no opml element in it");
	for (const xml_node *body = xml_find(top, top, "body"); body; body = xml_find(top, body, "body"))
		walk(&r, body, (sr_str){ 0 });
	list->title = xml_text_of(xml_find(top, top, "title"), arena);
	for (int i = 0; i < XML_FAULT_COUNT + 1; i++) {
		sr_str note = i < XML_FAULT_COUNT ? xml_fault_note(xml, (xml_fault)i, arena)
		              : r.left_out ? sr_str_printf(arena, "%zu outlines without a web address were left out", r.left_out)
		                           : (sr_str){ 0 };
		sr_str *slot = note.len ? SR_PUSH(arena, &r.notes) : NULL;
		if (slot)
			*slot = note;
	}
	if (r.failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	list->feeds = r.feeds.items;
	list->count = r.feeds.count;
	list->notes = r.notes.items;
	list->note_count = r.notes.count;
	*out = list;
	return SR_OK;
}

static void add_escaped(sr_buf *out, sr_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '&')
			sr_buf_add_c(out, "&amp;");
		else if (c == '<')
			sr_buf_add_c(out, "&lt;");
		else if (c == '"')
			sr_buf_add_c(out, "&quot;");
		else
			sr_buf_add_char(out, c < 0x20 ? ' ' : s.ptr[i]);
	}
}

static void add_attr(sr_buf *out, const char *name, sr_str value)
{
	sr_buf_printf(out, " %s=\"", name);
	add_escaped(out, value);
	sr_buf_add_char(out, '"');
}

static void add_feed(sr_buf *out, const sr_opml_feed *feed, const char *indent)
{
	sr_buf_printf(out, "%s<outline type=\"rss\"", indent);
	add_attr(out, "text", feed->title.len ? feed->title : feed->url);
	add_attr(out, "xmlUrl", feed->url);
	if (feed->site.len)
		add_attr(out, "htmlUrl", feed->site);
	sr_buf_add_c(out, "/>\n");
}

/* Chains the feeds of each folder: next[i] is the one after feed i in its folder, or SIZE_MAX; head[i]
 * is true for the first. False if out of memory. */
static bool chain(const sr_opml *list, sr_arena *arena, size_t **next, bool **head)
{
	sr_strmap last;
	sr_strmap_init(&last, arena);
	*next = SR_NEW_ARRAY(arena, size_t, list->count + 1);
	*head = SR_NEW_ARRAY(arena, bool, list->count + 1);
	for (size_t i = 0; i < list->count && *next && *head; i++) {
		int64_t *slot = sr_strmap_put(&last, list->feeds[i].folder);
		if (!slot)
			return false;
		(*next)[i] = SIZE_MAX;
		(*head)[i] = *slot == 0;
		if (*slot)
			(*next)[*slot - 1] = i;
		*slot = (int64_t)i + 1;
	}
	return *next && *head;
}

static void add_folder(sr_buf *out, const sr_opml *list, size_t from, const size_t *next)
{
	sr_buf_add_c(out, "<outline");
	add_attr(out, "text", list->feeds[from].folder);
	sr_buf_add_c(out, ">\n");
	for (size_t i = from; i != SIZE_MAX; i = next[i])
		add_feed(out, &list->feeds[i], "\t");
	sr_buf_add_c(out, "</outline>\n");
}

void sr_opml_write(sr_buf *out, const sr_opml *list)
{
	sr_buf_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>");
	add_escaped(out, list->title.len ? list->title : SR_STR("Feeds"));
	sr_buf_add_c(out, "</title></head>\n<body>\n");
	sr_arena *arena = sr_arena_new(0);
	size_t *next = NULL;
	bool *head = NULL;
	if (!arena || !chain(list, arena, &next, &head))
		out->failed = true;
	for (size_t i = 0; i < list->count && !out->failed; i++) {
		if (!list->feeds[i].folder.len)
			add_feed(out, &list->feeds[i], "");
		else if (head[i])
			add_folder(out, list, i, next);
	}
	sr_arena_free(arena);
	sr_buf_add_c(out, "</body>\n</opml>\n");
}
