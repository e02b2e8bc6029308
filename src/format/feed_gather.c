/* Keeping the best of what several elements say about the same thing. */
#include "feed_internal.h"

#include "sitrep/base/utf8.h"
#include "sitrep/format/date.h"

#include <string.h>

#define IMAGES_TRIED 32

void feed_gather_init(feed_gather *g, sr_str in, sr_arena *keep, sr_arena *scratch, bool is_entry)
{
	*g = (feed_gather){ .in = in, .keep = keep, .scratch = scratch, .is_entry = is_entry };
}

void feed_gather_reset(feed_gather *g)
{
	bool failed = g->failed;
	feed_gather_init(g, g->in, g->keep, g->scratch, g->is_entry);
	g->failed = failed;
}

sr_str feed_keep(feed_gather *g, sr_str s)
{
	if (s.len == 0)
		return (sr_str){ 0 };
	if (g->in.len && s.ptr >= g->in.ptr && s.ptr < g->in.ptr + g->in.len)
		return s;
	sr_str kept = sr_str_dup(g->keep, s);
	g->failed |= !kept.ptr;
	return kept;
}

void feed_put(feed_gather *g, feed_slot slot, int rank, sr_str value, bool html, bool replace)
{
	value = sr_str_trim(value);
	if (value.len == 0)
		return;
	if (g->rank[slot] && (g->rank[slot] < rank || (g->rank[slot] == rank && !replace)))
		return;
	g->value[slot] = feed_keep(g, value);
	g->html[slot] = html;
	g->rank[slot] = (uint8_t)rank;
}

void feed_put_time(feed_gather *g, int which, int rank, sr_str text)
{
	sr_time t;
	if ((g->time_rank[which] && g->time_rank[which] <= rank) || !sr_date_read(text, &t))
		return;
	g->time[which] = t;
	g->time_rank[which] = (uint8_t)rank;
}

void feed_put_author(feed_gather *g, int rank, sr_feed_person person)
{
	if (person.name.len + person.email.len + person.url.len == 0 || (g->author_rank && g->author_rank < rank))
		return;
	if (g->author_rank > rank)
		g->authors.count = 0;
	g->author_rank = (uint8_t)rank;
	if (g->authors.count >= SR_FEED_LIST_MAX)
		return;
	sr_feed_person *slot = SR_PUSH(g->keep, &g->authors);
	if (!slot) {
		g->failed = true;
		return;
	}
	slot->name = feed_keep(g, person.name);
	slot->email = feed_keep(g, person.email);
	slot->url = feed_keep(g, person.url);
	slot->avatar = feed_keep(g, person.avatar);
}

void feed_put_link(feed_gather *g, sr_str url, sr_str rel, sr_str type)
{
	url = sr_str_trim(url);
	if (url.len == 0 || g->links.count >= SR_FEED_LIST_MAX)
		return;
	sr_feed_link *slot = SR_PUSH(g->keep, &g->links);
	if (!slot) {
		g->failed = true;
		return;
	}
	slot->url = feed_keep(g, url);
	slot->rel = rel.len ? feed_keep(g, rel) : SR_STR("alternate");
	slot->type = feed_keep(g, type);
}

void feed_put_category(feed_gather *g, sr_str category)
{
	category = sr_str_trim(category);
	if (category.len == 0 || g->categories.count >= SR_FEED_LIST_MAX)
		return;
	sr_str *slot = SR_PUSH(g->keep, &g->categories);
	if (slot)
		*slot = feed_keep(g, category);
	g->failed |= !slot;
}

void feed_put_enclosure(feed_gather *g, sr_str url, sr_str type, sr_str title, int64_t length)
{
	if (url.len == 0 || g->enclosures.count >= SR_FEED_LIST_MAX)
		return;
	for (size_t i = 0; i < g->enclosures.count && i < 16; i++)
		if (sr_str_eq(g->enclosures.items[i].url, url))
			return;
	sr_feed_enclosure *slot = SR_PUSH(g->keep, &g->enclosures);
	if (!slot) {
		g->failed = true;
		return;
	}
	slot->url = feed_keep(g, url);
	slot->type = feed_keep(g, type);
	slot->title = feed_keep(g, title);
	slot->length = length;
}

static bool is_mail(sr_str s)
{
	size_t at = sr_str_find_char(s, '@', 0);
	return at != SIZE_MAX && at > 0 && at + 1 < s.len && sr_str_find_char(s, ' ', 0) == SIZE_MAX;
}

static sr_str without_mailto(sr_str s)
{
	return sr_str_starts_nocase(s, SR_STR("mailto:")) ? sr_str_slice(s, 7, s.len) : s;
}

sr_feed_person feed_person(sr_str s)
{
	sr_feed_person p = { 0 };
	s = sr_str_trim(s);
	size_t open = sr_str_find_char(s, '(', 0), close = sr_str_find_char(s, ')', 0);
	if (open == SIZE_MAX) {
		open = sr_str_find_char(s, '<', 0);
		close = sr_str_find_char(s, '>', 0);
	}
	bool has_inner = open != SIZE_MAX && close != SIZE_MAX && close > open;
	sr_str outer = has_inner ? sr_str_trim(sr_str_slice(s, 0, open)) : s;
	sr_str inner = has_inner ? sr_str_trim(sr_str_slice(s, open + 1, close)) : (sr_str){ 0 };
	outer = without_mailto(outer);
	inner = without_mailto(inner);
	if (is_mail(outer)) {
		p.email = outer;
		p.name = inner;
	} else if (is_mail(inner)) {
		p.name = outer;
		p.email = inner;
	} else
		p.name = s;
	return p;
}

bool feed_looks_like_html(sr_str s)
{
	for (size_t i = 0; i + 2 < s.len; i++) {
		unsigned char next = (unsigned char)s.ptr[i + 1];
		if (s.ptr[i] == '<' && (sr_is_alpha(next) || next == '/' || next == '!'))
			return sr_str_find_char(s, '>', i) != SIZE_MAX;
		if (s.ptr[i] == '&' && (sr_is_alpha(next) || next == '#')) {
			size_t end = sr_str_find_char(sr_str_slice(s, 0, i + 12), ';', i);
			if (end != SIZE_MAX && sr_str_find_char(sr_str_slice(s, i, end), ' ', 0) == SIZE_MAX)
				return true;
		}
	}
	return false;
}

sr_str feed_first_image(sr_str html, sr_arena *arena)
{
	size_t tried = 0;
	for (size_t i = 0; (i = sr_str_find_nocase(html, SR_STR("<img"), i)) != SIZE_MAX && tried < IMAGES_TRIED; i += 4, tried++) {
		sr_str tag = sr_str_slice(html, i, i + 2048);
		size_t end = sr_str_find_char(tag, '>', 0);
		tag = sr_str_slice(tag, 0, end);
		size_t src = sr_str_find_nocase(tag, SR_STR(" src="), 0);
		if (src == SIZE_MAX)
			continue;
		sr_str value = sr_str_slice(tag, src + 5, tag.len);
		char quote = value.len ? value.ptr[0] : 0;
		if (quote == '"' || quote == '\'')
			value = sr_str_slice(value, 1, sr_str_find_char(value, quote, 1));
		else {
			size_t n = 0;
			while (n < value.len && !strchr(" \t\r\n>", value.ptr[n]))
				n++;
			value = sr_str_slice(value, 0, n);
		}
		value = sr_str_trim(xml_decode(arena, value, NULL));
		/* tracking pixels come as data URLs more often than pictures do */
		if (value.len && !sr_str_starts_nocase(value, SR_STR("data:")))
			return value;
	}
	return (sr_str){ 0 };
}

static void image_from_html(feed_gather *g)
{
	static const feed_slot where[] = { SLOT_CONTENT, SLOT_SUMMARY };
	for (size_t i = 0; i < 2 && g->rank[SLOT_IMAGE] == 0; i++)
		if (g->value[where[i]].len)
			feed_put(g, SLOT_IMAGE, 9, feed_first_image(g->value[where[i]], g->scratch), false, false);
}

void feed_fill_entry(feed_gather *g, sr_feed_entry *e)
{
	image_from_html(g);
	*e = (sr_feed_entry){
		.id = g->value[SLOT_ID], .title = g->value[SLOT_TITLE], .link = g->value[SLOT_LINK],
		.summary = g->value[SLOT_SUMMARY], .content = g->value[SLOT_CONTENT],
		.title_is_html = g->html[SLOT_TITLE], .summary_is_html = g->html[SLOT_SUMMARY],
		.content_is_html = g->html[SLOT_CONTENT], .base = g->base,
		.language = g->value[SLOT_LANGUAGE], .rights = g->value[SLOT_RIGHTS],
		.published = g->time[TIME_PUBLISHED], .updated = g->time[TIME_UPDATED],
		.image = g->value[SLOT_IMAGE], .image_caption = g->value[SLOT_IMAGE_TITLE],
		.image_credit = g->value[SLOT_IMAGE_CREDIT],
		.source_title = g->value[SLOT_SOURCE_TITLE], .source_url = g->value[SLOT_SOURCE_URL],
		.links = g->links.items, .link_count = g->links.count,
		.authors = g->authors.items, .author_count = g->authors.count,
		.categories = g->categories.items, .category_count = g->categories.count,
		.enclosures = g->enclosures.items, .enclosure_count = g->enclosures.count,
	};
}

void feed_fill_feed(feed_gather *g, sr_feed *f)
{
	image_from_html(g);
	f->id = g->value[SLOT_ID];
	f->title = g->value[SLOT_TITLE];
	f->link = g->value[SLOT_LINK];
	f->description = g->value[SLOT_SUMMARY];
	if (g->value[SLOT_LANGUAGE].len)
		f->language = g->value[SLOT_LANGUAGE];
	f->rights = g->value[SLOT_RIGHTS];
	f->generator = g->value[SLOT_GENERATOR];
	f->self = g->value[SLOT_SELF];
	f->next = g->value[SLOT_NEXT];
	f->hub = g->value[SLOT_HUB];
	f->image = g->value[SLOT_IMAGE];
	f->image_title = g->value[SLOT_IMAGE_TITLE];
	f->published = g->time[TIME_PUBLISHED];
	f->updated = g->time[TIME_UPDATED];
	f->ttl_minutes = g->ttl_minutes;
	if (f->ttl_minutes == 0 && g->period_minutes)
		f->ttl_minutes = g->period_minutes / (g->frequency ? g->frequency : 1);
	f->skip_hours = g->skip_hours;
	f->skip_days = g->skip_days;
	f->links = g->links.items;
	f->link_count = g->links.count;
	f->authors = g->authors.items;
	f->author_count = g->authors.count;
	f->categories = g->categories.items;
	f->category_count = g->categories.count;
}
