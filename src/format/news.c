#include "news_internal.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"

/* Elements of NITF and XHTML that make a block of their own, and what kind. */
static const struct {
	const char *name;
	sr_news_block_kind kind;
} block_names[] = {
	{ "p", SR_NEWS_PARAGRAPH },   { "hl1", SR_NEWS_HEADING },  { "hl2", SR_NEWS_HEADING },      { "h1", SR_NEWS_HEADING },
	{ "h2", SR_NEWS_HEADING },    { "h3", SR_NEWS_HEADING },   { "h4", SR_NEWS_HEADING },       { "h5", SR_NEWS_HEADING },
	{ "h6", SR_NEWS_HEADING },    { "bq", SR_NEWS_QUOTE },     { "blockquote", SR_NEWS_QUOTE }, { "li", SR_NEWS_LIST },
	{ "dd", SR_NEWS_LIST },       { "dt", SR_NEWS_LIST },      { "td", SR_NEWS_LIST },          { "th", SR_NEWS_LIST },
	{ "pre", SR_NEWS_PARAGRAPH }, { "media-caption", SR_NEWS_CAPTION }, { "figcaption", SR_NEWS_CAPTION },
};

/* What is no part of the text to read. */
static bool is_silent(sr_str name)
{
	static const char *const names[] = { "script", "style", "media", "note", "nitf-table-metadata", "custom-table", "head", "body.head", "datasource" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (sr_str_eq(name, sr_str_c(names[i])))
			return true;
	return false;
}

static int block_row(sr_str name)
{
	for (size_t i = 0; i < sizeof block_names / sizeof *block_names; i++)
		if (sr_str_eq_nocase(name, sr_str_c(block_names[i].name)))
			return (int)i;
	return -1;
}

sr_str news_either(sr_str a, sr_str b) { return a.len ? a : b; }

sr_str news_line(news_list *list, const xml_node *node)
{
	if (!node)
		return (sr_str){ 0 };
	sr_buf buf;
	sr_buf_init(&buf, (size_t)1 << 24);
	xml_add_text(node, &buf);
	sr_str line = sr_str_dup(list->arena, sr_buf_str(&buf));
	list->failed |= buf.failed || (buf.len && !line.ptr);
	sr_buf_deinit(&buf);
	return line;
}

static void add_block(news_list *list, sr_news_item *item, size_t *capacity, sr_news_block_kind kind, sr_str text)
{
	if (!text.len || item->block_count >= SR_NEWS_BLOCKS_MAX)
		return;
	if (!sr_arena_grow(list->arena, (void **)&item->blocks, capacity, item->block_count, sizeof *item->blocks)) {
		list->failed = true;
		return;
	}
	item->blocks[item->block_count++] = (sr_news_block){ kind, text };
}

static void add_media(news_list *list, sr_news_item *item, size_t *capacity, const xml_node *media)
{
	const xml_node *reference = xml_child(media, "media-reference");
	sr_news_image image = { .url = xml_attr_of(reference, "source"), .caption = news_line(list, xml_child(media, "media-caption")),
		                    .credit = news_line(list, xml_child(media, "media-producer")) };
	if (image.url.len + image.caption.len == 0)
		return;
	if (!sr_arena_grow(list->arena, (void **)&item->images, capacity, item->image_count, sizeof *item->images)) {
		list->failed = true;
		return;
	}
	item->images[item->image_count++] = image;
}

/* True if a block element stands below: then this one is only a frame around it. */
static bool holds_blocks(const xml_node *node)
{
	for (const xml_node *c = node->first; c; c = c->next)
		if (c->name.len && (block_row(c->name) >= 0 || holds_blocks(c)))
			return true;
	return false;
}

/* The line of one text node alone. */
static sr_str squashed(news_list *list, const xml_node *text)
{
	xml_node only = *text, parent = { .first = &only, .last = &only };
	only.next = NULL;
	only.parent = &parent;
	return news_line(list, &parent);
}

typedef struct block_walk {
	news_list *list;
	sr_news_item *item;
	size_t blocks, images;
} block_walk;

/* Depth is bounded by XML_DEPTH_MAX. above: the kind of the nearest block around. */
static void walk(block_walk *w, const xml_node *node, sr_news_block_kind above)
{
	for (const xml_node *c = node->first; c; c = c->next) {
		if (c->name.len == 0) {
			/* text between blocks, or of a body without any */
			sr_str text = sr_str_trim(c->text);
			if (text.len)
				add_block(w->list, w->item, &w->blocks, above, squashed(w->list, c));
			continue;
		}
		if (sr_str_eq_nocase(c->name, SR_STR("media")))
			add_media(w->list, w->item, &w->images, c);
		if (is_silent(c->name))
			continue;
		int row = block_row(c->name);
		sr_news_block_kind kind = row >= 0 && block_names[row].kind != SR_NEWS_PARAGRAPH ? block_names[row].kind : above;
		if (holds_blocks(c))
			walk(w, c, kind);
		else
			add_block(w->list, w->item, &w->blocks, kind, news_line(w->list, c));
	}
}

void news_read_blocks(news_list *list, const xml_node *body, sr_news_item *item)
{
	block_walk w = { .list = list, .item = item };
	if (body && item->block_count == 0)
		walk(&w, body, SR_NEWS_PARAGRAPH);
}

static bool has(sr_str s, const char *word) { return sr_str_find_nocase(s, sr_str_c(word), 0) != SIZE_MAX; }

sr_news_status news_status_of(sr_str s)
{
	if (has(s, "cancel"))
		return SR_NEWS_CANCELED;
	return has(s, "withheld") ? SR_NEWS_WITHHELD : SR_NEWS_USABLE;
}

bool news_says_correction(sr_str s)
{
	static const char *const words[] = { "correct", "corrig", "berichtig", "korrig" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (has(s, words[i]))
			return true;
	return false;
}

void news_add(news_list *list, const sr_news_item *item)
{
	bool text = item->block_count || item->html.len || item->plain.len;
	if ((!text && item->status == SR_NEWS_USABLE) || list->items.count >= SR_NEWS_ITEMS_MAX)
		return;
	sr_news_item *slot = SR_PUSH(list->arena, &list->items);
	if (slot)
		*slot = *item;
	list->failed |= !slot;
}

sr_status news_tree(news_list *list, sr_str bytes, sr_str content_type, const xml_node **root, sr_error *err)
{
	sr_decoded d;
	xml_reader *r = SR_NEW(list->arena, xml_reader);
	if (!r)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_charset_decode(bytes, content_type, SR_MARKUP_XML, list->arena, &d, err));
	xml_init(r, d.text, (sr_str){ 0 }, list->arena);
	*root = xml_tree(r);
	if (!*root)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (int i = 0; i < XML_FAULT_COUNT; i++) {
		sr_str note = xml_fault_note(r, (xml_fault)i, list->arena);
		sr_str *slot = note.len ? SR_PUSH(list->arena, &list->notes) : NULL;
		if (slot)
			*slot = note;
	}
	return SR_OK;
}

sr_status news_finish(news_list *list, const char *what, sr_news **out, sr_error *err)
{
	sr_news *news = SR_NEW(list->arena, sr_news);
	if (list->failed || !news)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (list->items.count == 0)
		return sr_fail(err, SR_E_INVALID, "no %s with text in it", what);
	*news = (sr_news){ .items = list->items.items, .count = list->items.count, .notes = list->notes.items,
		               .note_count = list->notes.count };
	*out = news;
	return SR_OK;
}
