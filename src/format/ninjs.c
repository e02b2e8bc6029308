/* ninjs 1.0 to 3.x: what was one member in 1.x ("headline", "body_html") is a list of objects with
 * roles later ("headlines", "bodies"). */
#include "news_internal.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/json.h"
#include "sitrep/format/date.h"

#include <string.h>

static sr_str keep(news_list *list, sr_str s)
{
	sr_str kept = sr_str_dup(list->arena, sr_str_trim(s));
	list->failed |= s.len && !kept.ptr && sr_str_trim(s).len;
	return kept;
}

static sr_str member(news_list *list, const sr_jval *v, const char *key) { return keep(list, sr_jval_str(sr_jval_get(v, key))); }

/* The value of the list's main entry, else of its first. */
static const sr_jval *main_of(const sr_jval *array)
{
	for (size_t i = 0; i < sr_jval_len(array); i++)
		if (sr_str_eq_nocase(sr_jval_str(sr_jval_get(sr_jval_at(array, i), "role")), SR_STR("main")))
			return sr_jval_at(array, i);
	return sr_jval_at(array, 0);
}

static sr_str either_member(news_list *list, const sr_jval *v, const char *key, const char *plural)
{
	sr_str one = member(list, v, key);
	return one.len ? one : member(list, main_of(sr_jval_get(v, plural)), "value");
}

static sr_time time_of(const sr_jval *v, const char *key)
{
	sr_time t = SR_TIME_NONE;
	(void)sr_date_read(sr_jval_str(sr_jval_get(v, key)), &t);
	return t;
}

static void read_body(news_list *list, const sr_jval *v, sr_news_item *item)
{
	static const char *const html_keys[] = { "body_html", "body_html5", "body_xhtml" };
	const sr_jval *bodies = sr_jval_get(v, "bodies"), *body = main_of(bodies);
	for (size_t i = 0; i < 3 && !item->html.len; i++)
		item->html = member(list, v, html_keys[i]);
	if (!item->html.len && body) {
		sr_str type = sr_jval_str(sr_jval_get(body, "contenttype"));
		sr_str value = member(list, body, "value");
		bool html = sr_str_find_nocase(type, SR_STR("html"), 0) != SIZE_MAX;
		*(html ? &item->html : &item->plain) = value;
	}
	if (!item->html.len && !item->plain.len)
		item->plain = member(list, v, "body_text");
}

typedef struct picture_visit {
	news_list *list;
	sr_news_item *item;
} picture_visit;

/* The largest rendition of a picture. */
static sr_str best_rendition(const sr_jval *renditions)
{
	sr_str best = { 0 };
	int64_t width = -1;
	for (size_t i = 0; i < sr_jval_len(renditions); i++) {
		const sr_jval *r = sr_jval_at(renditions, i);
		if (sr_jval_int(sr_jval_get(r, "width"), 0) > width) {
			width = sr_jval_int(sr_jval_get(r, "width"), 0);
			best = sr_jval_str(sr_jval_get(r, "href"));
		}
	}
	return best;
}

static bool first_href(void *ctx, sr_str key, const sr_jval *value)
{
	(void)key;
	*(sr_str *)ctx = sr_jval_str(sr_jval_get(value, "href"));
	return ((sr_str *)ctx)->len == 0;
}

static bool visit_picture(void *ctx, sr_str key, const sr_jval *v)
{
	picture_visit *p = ctx;
	(void)key;
	sr_str type = sr_jval_str(sr_jval_get(v, "type")), href = { 0 };
	if (!sr_str_eq_nocase(type, SR_STR("picture")) || p->item->image_count >= 100)
		return true;
	const sr_jval *renditions = sr_jval_get(v, "renditions");
	href = best_rendition(renditions);
	if (!href.len && sr_jval_is_object(renditions))
		sr_jval_each(renditions, first_href, &href);
	sr_news_image *grown = SR_NEW_ARRAY(p->list->arena, sr_news_image, p->item->image_count + 1);
	if (!grown) {
		p->list->failed = true;
		return false;
	}
	if (p->item->image_count)
		memcpy(grown, p->item->images, p->item->image_count * sizeof *grown);
	sr_str caption = either_member(p->list, v, "description_text", "descriptions");
	grown[p->item->image_count++] = (sr_news_image){ .url = keep(p->list, href), .credit = member(p->list, v, "byline"),
		.caption = caption.len ? caption : either_member(p->list, v, "headline", "headlines") };
	p->item->images = grown;
	return true;
}

static void read_pictures(news_list *list, const sr_jval *v, sr_news_item *item)
{
	picture_visit p = { list, item };
	const sr_jval *associations = sr_jval_get(v, "associations");
	if (sr_jval_is_object(associations))
		sr_jval_each(associations, visit_picture, &p);
	for (size_t i = 0; i < sr_jval_len(associations); i++)
		(void)visit_picture(&p, (sr_str){ 0 }, sr_jval_at(associations, i));
}

static void read_item(news_list *list, const sr_jval *v)
{
	sr_news_item item = { 0 };
	if (!sr_jval_is_object(v))
		return;
	item.id = member(list, v, "uri");
	if (sr_str_starts(item.id, SR_STR("http")))
		item.url = item.id;
	item.version = member(list, v, "version");
	item.headline = either_member(list, v, "headline", "headlines");
	if (!item.headline.len)
		item.headline = member(list, v, "title");
	item.slugline = member(list, v, "slugline");
	item.byline = news_either(member(list, v, "byline"), member(list, v, "by"));
	item.dateline = member(list, v, "dateline");
	item.language = member(list, v, "language");
	item.credit = news_either(member(list, v, "creditline"), member(list, v, "source"));
	item.provider = news_either(member(list, sr_jval_at(sr_jval_get(v, "infosource"), 0), "name"), member(list, v, "copyrightholder"));
	item.editorial_note = member(list, v, "ednote");
	item.section = member(list, v, "section");
	item.status = news_status_of(sr_jval_str(sr_jval_get(v, "pubstatus")));
	item.embargoed = sr_jval_str(sr_jval_get(v, "embargoed")).len > 0;
	item.correction = news_says_correction(item.editorial_note) || news_says_correction(sr_jval_str(sr_jval_get(v, "signal")));
	item.published = time_of(v, "contentcreated");
	if (!sr_time_known(item.published))
		item.published = time_of(v, "firstcreated");
	item.updated = time_of(v, "versioncreated");
	if (!sr_time_known(item.published)) {
		item.published = item.updated;
		item.updated = SR_TIME_NONE;
	}
	read_body(list, v, &item);
	read_pictures(list, v, &item);
	news_add(list, &item);
}

static sr_status read_value(news_list *list, sr_str text, sr_error *err)
{
	sr_json *json;
	SR_TRY(sr_json_parse(text, &json, err));
	const sr_jval *root = sr_json_root(json);
	if (sr_jval_is_array(root))
		for (size_t i = 0; i < sr_jval_len(root); i++)
			read_item(list, sr_jval_at(root, i));
	else
		read_item(list, root);
	sr_json_free(json);
	return SR_OK;
}

sr_status sr_ninjs_read(sr_str bytes, sr_str content_type, sr_arena *arena, sr_news **out, sr_error *err)
{
	news_list list = { .arena = arena };
	sr_decoded d;
	*out = NULL;
	SR_TRY(sr_charset_decode(bytes, content_type, SR_MARKUP_NONE, arena, &d, err));
	sr_error whole = { 0 };
	sr_status status = read_value(&list, d.text, &whole);
	if (status == SR_E_INVALID) {
		/* one object a line */
		sr_str rest = d.text, line;
		while (sr_str_next_line(&rest, &line))
			if (sr_str_trim(line).len && read_value(&list, line, NULL) == SR_OK)
				status = SR_OK;
	}
	if (status != SR_OK)
		return sr_fail(err, status, "%s", whole.message);
	return news_finish(&list, "ninjs item", out, err);
}
