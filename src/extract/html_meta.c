/* Microdata, meta elements and links: what the page's head and attributes say of it. */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <string.h>

void html_set(html_page *p, html_fact *fact, html_source from, sr_str value)
{
	value = sr_str_trim(sr_html_unescape(p->arena, value));
	if (!value.len || (fact->value.len && fact->from <= from))
		return;
	*fact = (html_fact){ value, from };
}

void html_set_time(html_when *when, html_source from, sr_str value)
{
	sr_time time = SR_TIME_NONE;
	if ((sr_time_known(when->value) && when->from <= from) || !html_date_value(value, false, &time))
		return;
	*when = (html_when){ time, from };
}

sr_str html_text_at(html_page *p, uint32_t node, size_t max)
{
	sr_html_text_of(&p->html, node, &p->scratch);
	sr_str text = sr_str_dup(p->arena, sr_str_slice(sr_buf_str(&p->scratch), 0, max));
	sr_buf_clear(&p->scratch);
	return text;
}

enum { META_NONE, META_TITLE, META_SITE, META_AUTHOR, META_PUBLISHED, META_MODIFIED, META_CANONICAL, META_SECTION,
	   META_LANGUAGE, META_DESCRIPTION, META_IMAGE, META_TYPE };

/* data/html/meta.tsv says which name or property means what, and how early it is believed. */
static int meaning_of(sr_str name, int *rank)
{
	static const char *const meanings[] = { "-", "title", "site", "author", "published", "modified", "canonical",
		                                    "section", "language", "description", "image", "type" };
	char lower[64];
	if (name.len >= sizeof lower)
		return META_NONE;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = (char)(sr_is_upper((unsigned char)name.ptr[i]) ? name.ptr[i] + 32 : name.ptr[i]);
	sr_str row = table_find(table_rows(sr_data("html/meta.tsv")), sr_str_make(lower, name.len)), field;
	if (!row.ptr || !sr_str_next_field(&row, '\t', &field))
		return META_NONE;
	*rank = row.len ? row.ptr[0] - '0' : 1;
	for (int i = 1; i < (int)(sizeof meanings / sizeof *meanings); i++)
		if (sr_str_eq(field, sr_str_c(meanings[i])))
			return i;
	return META_NONE;
}

typedef struct meta_values {
	sr_str value[12];
	int rank[12];
} meta_values;

static void take(html_page *p, meta_values *m, int what, int rank, sr_str value)
{
	if (what == META_AUTHOR && rank == 1) {
		html_add_byline(p, FROM_META, value);
		return;
	}
	if (m->value[what].len && m->rank[what] <= rank)
		return;
	m->value[what] = value;
	m->rank[what] = rank;
}

static void read_metas(html_page *p, meta_values *m)
{
	const sr_html *h = &p->html;
	for (uint32_t i = 0; (i = sr_html_find(h, i, h->count, SR_HTML_meta)) < h->count; i++) {
		static const sr_html_attr_name names[] = { SR_HTML_AT_property, SR_HTML_AT_name, SR_HTML_AT_itemprop };
		sr_str content = sr_html_attr_of(h, i, SR_HTML_AT_content);
		for (size_t k = 0; content.len && k < 3; k++) {
			int rank = 1;
			sr_str name = sr_html_attr_of(h, i, names[k]);
			int what = name.len ? meaning_of(name, &rank) : META_NONE;
			if (what != META_NONE)
				take(p, m, what, rank, content);
		}
	}
}

static void read_links(html_page *p)
{
	const sr_html *h = &p->html;
	for (uint32_t i = 0; (i = sr_html_find(h, i, h->count, SR_HTML_link)) < h->count; i++)
		if (sr_str_eq_nocase(sr_html_attr_of(h, i, SR_HTML_AT_rel), SR_STR("canonical")))
			html_set(p, &p->canonical, FROM_META, sr_html_attr_of(h, i, SR_HTML_AT_href));
	uint32_t root = sr_html_find(h, 0, h->count, SR_HTML_html);
	if (root < h->count)
		html_set(p, &p->language, FROM_MARKUP, sr_html_attr_of(h, root, SR_HTML_AT_lang));
}

/* What an element with itemprop says: content, datetime, or its text. */
static sr_str item_value(html_page *p, uint32_t node)
{
	static const sr_html_attr_name names[] = { SR_HTML_AT_content, SR_HTML_AT_datetime };
	for (size_t k = 0; k < 2; k++) {
		sr_str value = sr_html_attr_of(&p->html, node, names[k]);
		if (value.len)
			return value;
	}
	return html_text_at(p, node, 400);
}

static void read_item_author(html_page *p, uint32_t node)
{
	const sr_html *h = &p->html;
	for (uint32_t i = node + 1; i < h->nodes[node].end; i++)
		if (sr_str_eq(sr_html_attr_of(h, i, SR_HTML_AT_itemprop), SR_STR("name"))) {
			html_add_byline(p, FROM_MICRODATA, item_value(p, i));
			return;
		}
	if (h->nodes[node].tag != SR_HTML_meta || sr_html_has_attr(h, node, SR_HTML_AT_content))
		html_add_byline(p, FROM_MICRODATA, item_value(p, node));
}

static bool within_comment(const html_page *p, uint32_t node)
{
	for (; node; node = p->html.nodes[node].parent)
		if ((p->roles[node] & ROLE_COMMENT) && p->html.nodes[node].tag != SR_HTML_body)
			return true;
	return false;
}

static void read_microdata(html_page *p)
{
	const sr_html *h = &p->html;
	bool named = false;
	for (uint32_t i = 1; i < h->count; i++) {
		sr_str prop = h->nodes[i].attr_count ? sr_html_attr_of(h, i, SR_HTML_AT_itemprop) : (sr_str){ 0 }, word;
		if (!prop.len || within_comment(p, i))
			continue;
		while (sr_str_next_field(&prop, ' ', &word)) {
			if (sr_str_eq(word, SR_STR("headline")))
				html_set(p, &p->title, FROM_MICRODATA, item_value(p, i));
			else if (sr_str_eq(word, SR_STR("datePublished")))
				html_set_time(&p->published, FROM_MICRODATA, item_value(p, i));
			else if (sr_str_eq(word, SR_STR("dateModified")))
				html_set_time(&p->modified, FROM_MICRODATA, item_value(p, i));
			else if (sr_str_eq(word, SR_STR("articleSection")))
				html_set(p, &p->section, FROM_MICRODATA, item_value(p, i));
			else if (sr_str_eq(word, SR_STR("author")) && !named) {
				size_t before = p->people.count;
				read_item_author(p, i);
				named = p->people.count > before && h->nodes[i].tag == SR_HTML_meta;
			}
		}
	}
}

static void add_image(html_page *p, sr_str url)
{
	sr_image *image = p->images.count == 0 && url.len ? SR_PUSH(p->arena, &p->images) : NULL;
	if (image)
		image->url = url;
}

void html_read_meta(html_page *p)
{
	meta_values m = { 0 };
	read_microdata(p);
	read_metas(p, &m);
	read_links(p);
	html_set(p, &p->title, FROM_META, m.value[META_TITLE]);
	html_set(p, &p->site, FROM_META, m.value[META_SITE]);
	p->meta_weak = m.rank[META_PUBLISHED] >= 3;
	html_set_time(&p->published, p->meta_weak ? FROM_TEXT : FROM_META, m.value[META_PUBLISHED]);
	html_date_value(m.value[META_PUBLISHED], false, &p->meta_published);
	html_set_time(&p->modified, FROM_META, m.value[META_MODIFIED]);
	html_set(p, &p->canonical, FROM_META, m.value[META_CANONICAL]);
	html_set(p, &p->section, FROM_META, m.value[META_SECTION]);
	html_set(p, &p->language, FROM_META, m.value[META_LANGUAGE]);
	html_set(p, &p->description, FROM_META, m.value[META_DESCRIPTION]);
	html_add_byline(p, FROM_META, m.value[META_AUTHOR]);
	add_image(p, m.value[META_IMAGE]);
	p->article = p->article || sr_str_eq_nocase(m.value[META_TYPE], SR_STR("article"));
}
