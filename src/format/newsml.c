/* NewsML-G2 (newsItem, alone or in a newsMessage) and NewsML 1.x (NewsItem). The two say the same
 * things under other names, so one table of names serves both. */
#include "news_internal.h"

#include "sitrep/format/date.h"

#include <string.h>

typedef struct name_row {
	size_t field; /* offset of an sr_str in sr_news_item */
	const char *attr; /* where the value stands in an attribute */
	const char *names[4];
} name_row;

#define FIELD(f) offsetof(sr_news_item, f)

/* In order of preference within a row; rows of one field in order as well. */
static const name_row text_rows[] = {
	{ FIELD(headline), NULL, { "headline", "HeadLine", "title" } },
	{ FIELD(slugline), NULL, { "slugline", "SlugLine" } },
	{ FIELD(byline), NULL, { "by", "ByLine" } },
	{ FIELD(dateline), NULL, { "dateline", "DateLine" } },
	{ FIELD(credit), NULL, { "creditline", "CreditLine" } },
	{ FIELD(editorial_note), NULL, { "edNote" } },
	{ FIELD(language), "tag", { "language" } },
	{ FIELD(language), "FormalName", { "Language" } },
	{ FIELD(provider), "literal", { "provider" } },
	{ FIELD(provider), "qcode", { "provider" } },
	{ FIELD(provider), "FormalName", { "Provider", "Party" } },
};

static const char *const first_times[] = { "contentCreated", "firstCreated", "FirstCreated" };
static const char *const version_times[] = { "versionCreated", "ThisRevisionCreated", "contentModified" };

/* The first element of that name that stands outside of the content itself. */
static const xml_node *find_meta(const xml_node *item, const char *name)
{
	for (const xml_node *n = xml_find(item, item, name); n; n = xml_find(item, n, name)) {
		bool inside = false;
		for (const xml_node *up = n->parent; up && up != item && !inside; up = up->parent)
			inside = sr_str_eq(up->name, SR_STR("contentSet")) || sr_str_eq(up->name, SR_STR("ContentItem"));
		if (!inside)
			return n;
	}
	return NULL;
}

static sr_str after_colon(sr_str s)
{
	size_t colon = sr_str_find_char(s, ':', 0);
	return colon == SIZE_MAX ? s : sr_str_slice(s, colon + 1, s.len);
}

static void read_texts(news_list *list, const xml_node *node, sr_news_item *item)
{
	for (size_t i = 0; i < sizeof text_rows / sizeof *text_rows; i++) {
		const name_row *row = &text_rows[i];
		sr_str *field = (sr_str *)(void *)((char *)item + row->field);
		for (size_t k = 0; k < 4 && row->names[k] && !field->len; k++) {
			const xml_node *found = find_meta(node, row->names[k]);
			*field = row->attr ? after_colon(xml_attr_of(found, row->attr)) : news_line(list, found);
		}
	}
	/* a provider's name in words is better than its code */
	sr_str name = news_line(list, xml_child(find_meta(node, "provider"), "name"));
	item->provider = news_either(name, item->provider);
}

static sr_time first_time(const xml_node *node, const char *const *names, size_t count)
{
	sr_time t = SR_TIME_NONE;
	for (size_t i = 0; i < count && !sr_time_known(t); i++) {
		const xml_node *found = find_meta(node, names[i]);
		const xml_node *text = found ? found->first : NULL;
		if (text && text->name.len == 0)
			(void)sr_date_read(text->text, &t);
	}
	return t;
}

static void read_status(news_list *list, const xml_node *node, sr_news_item *item)
{
	const xml_node *g2 = find_meta(node, "pubStatus"), *old = find_meta(node, "Status");
	item->status = news_status_of(news_either(xml_attr_of(g2, "qcode"), xml_attr_of(old, "FormalName")));
	item->embargoed = find_meta(node, "embargoed") || sr_str_eq_nocase(xml_attr_of(old, "FormalName"), SR_STR("Embargoed"));
	for (const xml_node *s = find_meta(node, "signal"); s; s = xml_find(node, s, "signal"))
		item->correction |= news_says_correction(xml_attr_of(s, "qcode"));
	item->correction |= news_says_correction(item->editorial_note) ||
	                    news_says_correction(news_line(list, find_meta(node, "CorrectionLine")));
}

static void read_content(news_list *list, const xml_node *node, sr_news_item *item)
{
	for (const xml_node *c = xml_find(node, node, "inlineXML"); c && !item->block_count; c = xml_find(node, c, "inlineXML")) {
		const xml_node *nitf = xml_find(c, c, "nitf"), *body = xml_find(c, c, "body");
		if (nitf)
			news_read_nitf(list, nitf, item);
		news_read_blocks(list, body ? body : c, item);
	}
	const xml_node *data = xml_find(node, node, "inlineData");
	if (data && !item->block_count) {
		bool html = sr_str_find_nocase(xml_attr_of(data, "contenttype"), SR_STR("html"), 0) != SIZE_MAX;
		*(html ? &item->html : &item->plain) = xml_text_of(data, list->arena);
	}
	const xml_node *old = xml_find(node, node, "DataContent");
	if (old && !item->block_count && !item->plain.len) {
		const xml_node *nitf = xml_find(old, old, "nitf");
		if (nitf)
			news_read_nitf(list, nitf, item);
		else if (xml_has_elements(old))
			news_read_blocks(list, old, item);
		else
			item->plain = xml_text_of(old, list->arena);
	}
}

static void read_pictures(news_list *list, const xml_node *node, sr_news_item *item)
{
	for (const xml_node *c = xml_find(node, node, "remoteContent"); c; c = xml_find(node, c, "remoteContent")) {
		if (!sr_str_starts(xml_attr_of(c, "contenttype"), SR_STR("image/")) || item->image_count >= 100)
			continue;
		sr_news_image *grown = SR_NEW_ARRAY(list->arena, sr_news_image, item->image_count + 1);
		if (!grown) {
			list->failed = true;
			return;
		}
		if (item->image_count)
			memcpy(grown, item->images, item->image_count * sizeof *grown);
		grown[item->image_count++] = (sr_news_image){ .url = xml_attr_of(c, "href") };
		item->images = grown;
	}
}

static void read_item(news_list *list, const xml_node *node)
{
	sr_news_item item = { .id = xml_attr_of(node, "guid"), .version = xml_attr_of(node, "version") };
	const xml_node *id = xml_find(node, node, "PublicIdentifier");
	item.id = news_either(item.id, news_line(list, id));
	if (sr_str_starts(item.id, SR_STR("http")))
		item.url = item.id;
	read_texts(list, node, &item);
	read_status(list, node, &item);
	item.published = first_time(node, first_times, sizeof first_times / sizeof *first_times);
	item.updated = first_time(node, version_times, sizeof version_times / sizeof *version_times);
	item.language = news_either(item.language, node->lang);
	read_content(list, node, &item);
	read_pictures(list, node, &item);
	news_add(list, &item);
}

/* True if the item stands within another: then it is the outer one's content. */
static bool is_nested(const xml_node *item)
{
	for (const xml_node *up = item->parent; up; up = up->parent)
		if (sr_str_eq(up->name, item->name))
			return true;
	return false;
}

sr_status sr_newsml_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err)
{
	static const char *const names[] = { "newsItem", "NewsItem" };
	news_list list = { .arena = arena };
	const xml_node *root;
	*out = NULL;
	SR_TRY(news_tree(&list, bytes, content_type, &root, err));
	for (size_t i = 0; i < 2; i++)
		for (const xml_node *n = xml_find(root, root, names[i]); n && list.items.count < SR_NEWS_ITEMS_MAX; n = xml_find(root, n, names[i]))
			if (!is_nested(n))
				read_item(&list, n);
	return news_finish(&list, "NewsML item", out, err);
}
