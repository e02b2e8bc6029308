/* NITF 3.x. */
#include "news_internal.h"

#include "sitrep/format/date.h"

static sr_time time_attr(const xml_node *node, const char *attr)
{
	sr_time t = SR_TIME_NONE;
	if (node)
		(void)sr_date_read(xml_attr_of(node, attr), &t);
	return t;
}

static void fill(sr_str *field, sr_str value)
{
	if (!field->len)
		*field = value;
}

static void fill_time(sr_time *field, sr_time value)
{
	if (!sr_time_known(*field))
		*field = value;
}

static void read_head(news_list *list, const xml_node *nitf, sr_news_item *item)
{
	const xml_node *head = xml_child(nitf, "head"), *doc = xml_find(nitf, nitf, "docdata"), *note = xml_find(nitf, nitf, "ed-msg");
	const xml_node *correction = xml_find(nitf, nitf, "correction"), *pub = xml_find(nitf, nitf, "pubdata");
	sr_str status = xml_attr_of(doc, "management-status");
	if (item->status == SR_NEWS_USABLE)
		item->status = news_status_of(status);
	item->embargoed |= sr_str_eq_nocase(status, SR_STR("embargoed"));
	fill(&item->id, xml_attr_of(xml_child(doc, "doc-id"), "id-string"));
	fill(&item->provider, xml_attr_of(xml_child(doc, "doc-id"), "regsrc"));
	fill(&item->provider, xml_attr_of(pub, "name"));
	fill(&item->slugline, xml_attr_of(xml_child(doc, "fixture"), "fix-id"));
	fill(&item->section, xml_attr_of(pub, "position.section"));
	fill(&item->editorial_note, xml_attr_of(note, "info"));
	fill(&item->editorial_note, news_line(list, note));
	fill_time(&item->published, time_attr(xml_child(doc, "date.release"), "norm"));
	fill_time(&item->published, time_attr(xml_child(doc, "date.issue"), "norm"));
	fill_time(&item->published, time_attr(pub, "date.publication"));
	fill(&item->headline, news_line(list, xml_child(head, "title")));
	if (correction) {
		item->correction = true;
		fill(&item->editorial_note, xml_attr_of(correction, "info"));
	}
	item->correction |= news_says_correction(item->editorial_note);
}

void news_read_nitf(news_list *list, const xml_node *nitf, sr_news_item *item)
{
	const xml_node *top = xml_find(nitf, nitf, "body.head"), *content = xml_find(nitf, nitf, "body.content");
	const xml_node *headline = xml_find(top, top, "hl1");
	sr_str line = headline ? news_line(list, headline) : news_line(list, xml_child(top, "hedline"));
	fill(&item->headline, line);
	fill(&item->byline, news_line(list, xml_find(top, top, "person")));
	fill(&item->byline, news_line(list, xml_child(top, "byline")));
	const xml_node *dateline = xml_child(top, "dateline");
	fill(&item->dateline, news_line(list, xml_find(dateline, dateline, "location")));
	fill(&item->credit, news_line(list, xml_child(top, "distributor")));
	fill(&item->language, nitf->lang);
	read_head(list, nitf, item);
	/* a day only: worth less than the head's times */
	fill_time(&item->published, time_attr(xml_find(dateline, dateline, "story.date"), "norm"));
	news_read_blocks(list, content ? content : xml_child(nitf, "body"), item);
}

sr_status sr_nitf_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err)
{
	news_list list = { .arena = arena };
	const xml_node *root;
	*out = NULL;
	SR_TRY(news_tree(&list, bytes, content_type, &root, err));
	for (const xml_node *n = xml_find(root, root, "nitf"); n; n = xml_find(root, n, "nitf")) {
		sr_news_item item = { 0 };
		news_read_nitf(&list, n, &item);
		news_add(&list, &item);
	}
	return news_finish(&list, "NITF article", out, err);
}
