/* Which pieces are the article's: labels, furniture among the paragraphs, link lists, headings over
 * nothing, repetitions, and what follows the end. */
#include "html_pieces.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define SECTION_PIECES_MAX 500 /* of a section of furniture, which is looked through from its heading */
#define END_AFTER_BYTES 400 /* of kept prose, before a line may say that the article is over */

static bool is_prose(const piece *q)
{
	return q->kind != SR_BLOCK_HEADING && q->text.len >= 80 && q->link_bytes * 2 < q->text.len;
}

static bool ends_sentence(sr_str s)
{
	size_t pos = s.len;
	for (int i = 0; i < 3 && pos > 0; i++) {
		uint32_t cp = sr_utf8_prev(s, &pos);
		if (cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x2026 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F)
			return true;
		if (!sr_cp_is_quote(cp) && cp != ')' && cp != ']')
			return false;
	}
	return false;
}

/* "1:05 p.m.": its full stop ends no sentence. */
static bool ends_in_clock(sr_str s)
{
	return sr_str_ends_nocase(s, SR_STR("a.m.")) || sr_str_ends_nocase(s, SR_STR("p.m."));
}

static size_t kept_prose(const pieces *all, size_t before)
{
	size_t sum = 0;
	for (size_t i = 0; i < before; i++)
		if (all->items[i].keep && is_prose(&all->items[i]))
			sum += all->items[i].text.len;
	return sum;
}

/* Some pages set whole sentences as headings. */
static void demote_headings(pieces *all)
{
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (q->kind == SR_BLOCK_HEADING && q->text.len > (ends_sentence(q->text) ? 90 : 180) && q->level > 1) {
			q->kind = SR_BLOCK_PARAGRAPH;
			q->level = 0;
		}
	}
}

static void read_labels(html_page *p, pieces *all)
{
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		q->line = (uint8_t)html_line_kind(q->text);
		if (q->line == LINE_MAYBE && (q->kind != SR_BLOCK_HEADING || q->text.len > 70))
			q->line = LINE_PLAIN;
		q->keep = q->line == LINE_PLAIN || q->line == LINE_MAYBE;
		if (q->line == LINE_CORRECTION || q->line == LINE_WITHDRAWN) {
			q->keep = true;
			p->withdrawn = p->withdrawn || q->line == LINE_WITHDRAWN;
			if (!p->correction.len)
				p->correction = q->text;
		}
		if (q->line == LINE_PAYWALL)
			p->paywalled = true;
	}
}

static void drop_links(pieces *all)
{
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (q->kind == SR_BLOCK_HEADING || q->list)
			continue;
		size_t share = q->link_bytes * 100u / q->text.len;
		if ((share >= 80 && q->text.len < 400) || (share >= 60 && q->text.len < 120))
			q->keep = false;
	}
}

/* A list is kept or dropped as a whole. */
static void drop_lists(pieces *all)
{
	for (size_t i = 0; i < all->count;) {
		uint32_t list = all->items[i].list;
		size_t end = i, bytes = 0, links = 0;
		for (; end < all->count && all->items[end].list == list; end++) {
			bytes += all->items[end].text.len;
			links += all->items[end].link_bytes;
		}
		if (list && links * 100 >= bytes * 50)
			for (size_t k = i; k < end; k++)
				all->items[k].keep = false;
		i = end;
	}
}

/* From the heading of a section of furniture to the next heading of its rank. */
static void drop_sections(pieces *all)
{
	size_t total = kept_prose(all, all->count);
	for (size_t i = 0; i < all->count; i++) {
		bool maybe = all->items[i].line == LINE_MAYBE;
		if (all->items[i].line != LINE_SECTION && !maybe)
			continue;
		size_t end = i + 1, prose = 0, bytes = 1, links = 0;
		uint8_t level = all->items[i].level ? all->items[i].level : 6;
		for (; end < all->count && end - i < SECTION_PIECES_MAX; end++) {
			const piece *q = &all->items[end];
			if (q->kind == SR_BLOCK_HEADING && q->level <= level && q->line != LINE_SECTION && q->link_bytes * 2 < q->text.len)
				break;
			prose += q->keep && is_prose(q) ? q->text.len : 0;
			bytes += q->text.len;
			links += q->link_bytes;
		}
		if (prose * 100 > total * 30 || (maybe && (prose * 100 > total * 20 || links * 100 < bytes * 35)))
			continue;
		for (size_t k = i; k < end; k++)
			all->items[k].keep = false;
		i = end - 1;
	}
}

static void drop_end(pieces *all)
{
	size_t prose = 0;
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (q->keep && is_prose(q))
			prose += q->text.len;
		if (q->line != LINE_END || prose < END_AFTER_BYTES)
			continue;
		for (; i < all->count; i++)
			all->items[i].keep = false;
	}
}

static bool same_text(sr_str a, sr_str b)
{
	return a.len && sr_str_eq_nocase(sr_str_trim(a), sr_str_trim(b));
}

static void drop_title(html_page *p, pieces *all)
{
	for (size_t i = 0; i < all->count && i < 12; i++) {
		piece *q = &all->items[i];
		if (same_text(q->text, p->title.value) || (q->kind == SR_BLOCK_HEADING && q->level == 1))
			q->keep = false;
	}
}

/* Before the first paragraph: dates, bylines, places of publication. */
static void drop_preamble(html_page *p, pieces *all)
{
	size_t prose = 0; /* the first may be a standfirst */
	for (size_t i = 0; i < all->count && i < 20 && prose < 2; i++) {
		piece *q = &all->items[i];
		sr_time time;
		prose += is_prose(q);
		if (is_prose(q))
			continue;
		if (q->kind == SR_BLOCK_HEADING || q->text.len > 140)
			continue;
		if (html_take_byline(p, q->text)) {
			q->keep = false;
			continue;
		}
		if (q->line == LINE_CORRECTION || q->line == LINE_WITHDRAWN)
			continue;
		if ((!ends_sentence(q->text) || ends_in_clock(q->text)) && ((prose == 0 && q->text.len < 25 && q->text.ptr[q->text.len - 1] != ',') || html_date_in(q->text, false, &time)))
			q->keep = false;
	}
}

static void drop_repeats(html_page *p, pieces *all)
{
	sr_strmap seen;
	sr_strmap_init(&seen, p->arena);
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (!q->keep || q->text.len < 30 || q->in_table)
			continue;
		int64_t *times = sr_strmap_put(&seen, q->text);
		if (times && (*times)++ > 0)
			q->keep = false;
	}
}

/* A heading needs something below it: text, or a heading of a lower rank that has. */
static void drop_empty_headings(pieces *all)
{
	const piece *next = NULL;
	for (size_t i = all->count; i-- > 0;) {
		piece *q = &all->items[i];
		if (!q->keep)
			continue;
		if (q->kind == SR_BLOCK_HEADING && (!next || (next->kind == SR_BLOCK_HEADING && next->level <= q->level)))
			q->keep = false;
		else
			next = q;
	}
}

/* "09:40", "9.40 Uhr": the label of an update. */
static bool is_clock(sr_str s)
{
	size_t digits = 0, letters = 0;
	for (size_t i = 0; i < s.len; i++) {
		digits += sr_is_digit((unsigned char)s.ptr[i]);
		letters += sr_is_alpha((unsigned char)s.ptr[i]);
	}
	return digits >= 3 && digits <= 4 && letters <= 6;
}

static void date_updates(html_page *p, pieces *all)
{
	const sr_html *h = &p->html;
	uint32_t group = 0, last = 0;
	sr_time time = SR_TIME_NONE;
	size_t dated = 0;
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (!q->live)
			continue;
		if (q->live != last) {
			last = q->live;
			group++;
			time = SR_TIME_NONE;
			uint32_t t = sr_html_find(h, last, h->nodes[last].end, SR_HTML_time);
			if (t < h->nodes[last].end)
				html_date_value(sr_html_attr_of(h, t, SR_HTML_AT_datetime), false, &time);
			dated += sr_time_known(time);
		}
		q->group = group;
		q->time = time;
		if (q->text.len < 30 && is_clock(q->text))
			q->keep = false;
	}
	if (dated >= 2) {
		p->live = true;
		return;
	}
	for (size_t i = 0; i < all->count; i++) {
		all->items[i].group = 0;
		all->items[i].time = SR_TIME_NONE;
	}
}

/* Bylines may also stand below the text. */
static void take_last_byline(html_page *p, pieces *all)
{
	size_t seen = 0;
	for (size_t i = all->count; i-- > 0 && seen < 4;) {
		piece *q = &all->items[i];
		if (!q->keep)
			continue;
		seen++;
		if (q->text.len < 130 && html_take_byline(p, q->text)) {
			q->keep = false;
			return;
		}
	}
}

void html_choose(html_page *p, pieces *all)
{
	demote_headings(all);
	read_labels(p, all);
	drop_links(all);
	drop_lists(all);
	drop_sections(all);
	drop_end(all);
	drop_title(p, all);
	drop_preamble(p, all);
	drop_repeats(p, all);
	drop_empty_headings(all);
	date_updates(p, all);
	html_read_wire(p, all);
	take_last_byline(p, all);
}
