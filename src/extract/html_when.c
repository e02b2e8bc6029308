/* When a page was published and changed: what it shows, weighed against what it declares.
 *
 * The rules, for pages are wrong in the same ways again and again:
 * - What is printed with the heading, by itself and not as the day of a change, is what readers are told: it is
 *   believed before JSON-LD and meta elements, which often bear the day on which the page was made or touched.
 *   If that day is the declared one of the last change, then the page shows its change, and what is declared stands.
 * - Two against one: what the page shows anywhere near the heading and the meta elements against the JSON-LD or
 *   microdata.
 * - One instant twice, declared in UTC and printed as local time: the local time with the zone that follows.
 * - Where nothing is declared: elements that are dates by tag or class, then lines with a date, each nearest to the
 *   heading first; then dates farther off, the title, the address, and data that scripts hold, where all of it names one day.
 * - A page that only says when it was changed is dated by that. */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define NEAR_NODES 400 /* around the heading */
#define BESIDE_NODES 60
#define START_OF_TEXT 30 /* bytes */
#define LABEL_MAX 160    /* bytes of a line that may be a date */
#define BARE_BEFORE 60   /* bytes of a line that is a date and little else, before the date and behind */
#define BARE_BEHIND 40
#define PROSE_MIN 120    /* bytes of a text that is no label any more */
#define ELSEWHERE 1000   /* added to the distance of what is not of the article */
#define ELEMENTS_MAX 300
#define SCRIPT_SCAN_MAX ((size_t)1 << 20) /* bytes of all scripts of a page */

typedef enum when_kind { WHEN_PLAIN, WHEN_PUBLISHED, WHEN_MODIFIED } when_kind;

static bool american(const html_page *p)
{
	sr_str l = p->language.value;
	return sr_str_eq_nocase(l, SR_STR("en-us")) || sr_str_eq_nocase(l, SR_STR("en_us")) || sr_str_eq_nocase(l, SR_STR("en"));
}

static sr_time day_of(sr_time t)
{
	return sr_time_truncate(t, SR_PRECISION_DAY);
}

static bool same_day(sr_time a, sr_time b)
{
	return sr_time_known(a) && sr_time_known(b) && sr_time_compatible(day_of(a), day_of(b));
}

/* What the words before a date say of it (data/html/date-words.tsv). *strange: there are words that say other things. */
static when_kind label_kind(sr_str label, bool *strange)
{
	sr_str table = table_rows(sr_data("html/date-words.tsv"));
	when_kind kind = WHEN_PLAIN;
	*strange = false;
	for (size_t i = 0; i < label.len;) {
		char lower[64];
		size_t len = 0, next = i;
		uint32_t cp = sr_utf8_next(label, &next);
		if (!sr_cp_is_letter(cp)) {
			/* what stands before such a sign is another thing: "By Mira Kessel | 4 March" */
			if (cp == '|' || cp == 0x2022 || cp == 0xB7 || cp == ',' || cp == ';')
				*strange = false;
			i = next;
			continue;
		}
		for (; sr_cp_is_letter(cp) && len + 8 < sizeof lower; cp = next < label.len ? sr_utf8_next(label, &next) : ' ') {
			i = next;
			len += sr_utf8_encode(sr_cp_lower(cp), lower + len);
		}
		sr_str row = table_find(table, sr_str_make(lower, len));
		if (sr_str_eq(row, SR_STR("modified")))
			kind = WHEN_MODIFIED;
		else if (sr_str_eq(row, SR_STR("published")) && kind == WHEN_PLAIN)
			kind = WHEN_PUBLISHED;
		else if (!row.ptr)
			*strange = true;
	}
	return kind;
}

/* The date that an element is, by attribute or text; *modified: its own words say that it is of a change. */
static bool date_of(html_page *p, uint32_t i, sr_time *time, bool *modified)
{
	const sr_html *h = &p->html;
	bool strange;
	size_t pos = 0, start = 0;
	sr_str text = html_text_at(p, i, LABEL_MAX + 1), value = sr_html_attr_of(h, i, SR_HTML_AT_datetime);
	bool printed = text.len <= LABEL_MAX && html_date_next(text, american(p), &pos, &start, time);
	*modified = text.len <= LABEL_MAX && label_kind(sr_str_slice(text, 0, printed ? start : text.len), &strange) == WHEN_MODIFIED;
	if (!value.len && (h->nodes[i].tag == SR_HTML_abbr || !text.len))
		value = sr_html_attr_of(h, i, SR_HTML_AT_title);
	return (value.len && html_date_value(value, american(p), time)) || printed;
}

/* How far a node is from the heading, in nodes; what follows the heading is nearer than what stands before. */
static uint32_t distance_of(const html_page *p, uint32_t i)
{
	const sr_html_node *nodes = p->html.nodes;
	uint32_t distance = i >= p->h1 ? i - p->h1 : 2 * (p->h1 - i) + 20;
	bool outside = p->root && (i >= nodes[p->root].end || (i < p->root && p->h1 == 0));
	return distance + (outside && p->h1 < nodes[p->root].end ? ELSEWHERE : 0);
}

typedef struct sighting {
	sr_time time;
	uint32_t distance; /* UINT32_MAX: there is none */
} sighting;

static void keep_nearer(sighting *best, sr_time time, uint32_t distance)
{
	if (distance < best->distance)
		*best = (sighting){ time, distance };
}

/* Elements that are dates by tag or class. */
static void find_elements(html_page *p, sighting *published, sighting *modified)
{
	const sr_html *h = &p->html;
	size_t seen = 0;
	for (uint32_t i = 1; i < h->count && seen < ELEMENTS_MAX; i++) {
		uint8_t tag = h->nodes[i].tag;
		uint32_t roles = p->roles[i];
		sr_time time = SR_TIME_NONE;
		bool changed;
		if (tag == SR_HTML_TEXT || (tag != SR_HTML_time && !(roles & (ROLE_DATE | ROLE_MODIFIED))) || tag == SR_HTML_meta)
			continue;
		if (html_within(p, i, ROLE_COMMENT | ROLE_LIVE | ROLE_EMBED, true) || h->nodes[i].end - i > 60)
			continue;
		seen++;
		if (!date_of(p, i, &time, &changed))
			continue;
		changed = changed || ((roles & ROLE_MODIFIED) && !(roles & ROLE_DATE));
		keep_nearer(changed ? modified : published, time, distance_of(p, i));
	}
}

/* True if the text of a node is read by nobody. */
static bool is_unread(const html_page *p, uint32_t i)
{
	uint8_t parent = p->html.nodes[p->html.nodes[i].parent].tag;
	return sr_html_is_silent(parent) || parent == SR_HTML_title;
}

/* Short lines with a date, nearest to the heading. */
static sighting find_lines(html_page *p)
{
	const sr_html *h = &p->html;
	sighting best = { .distance = UINT32_MAX };
	for (uint32_t i = 1; i < h->count; i++) {
		if (h->nodes[i].tag != SR_HTML_TEXT || h->nodes[i].text.len < 6)
			continue;
		/* a paragraph may begin with the date */
		sr_str text = h->nodes[i].text;
		if (text.len > LABEL_MAX)
			text = sr_str_slice(sr_str_trim(text), 0, START_OF_TEXT);
		if (h->nodes[i].text.len > LABEL_MAX && (!text.len || !sr_is_digit((unsigned char)text.ptr[0])))
			continue;
		uint32_t distance = i >= p->h1 ? i - p->h1 : 2 * (p->h1 - i) + 40;
		sr_time time = SR_TIME_NONE;
		if (distance < best.distance && !is_unread(p, i) && html_date_in(text, american(p), &time)
		    && !html_within(p, i, ROLE_COMMENT | ROLE_LIVE | ROLE_EMBED, true))
			best = (sighting){ time, distance };
	}
	return best;
}

/* The nodes between the heading and the first paragraph. */
static void head_of(const html_page *p, uint32_t *from, uint32_t *end)
{
	const sr_html *h = &p->html;
	*from = p->h1 ? p->h1 : p->root;
	*end = *from;
	if (!p->root || *from >= h->nodes[p->root].end || p->root > *from + NEAR_NODES)
		return;
	*end = *from > p->root ? *from : p->root;
	for (uint32_t last = *end + BESIDE_NODES; *end < last && *end < h->count; ++*end)
		if (h->nodes[*end].tag == SR_HTML_TEXT && sr_str_trim(h->nodes[*end].text).len >= PROSE_MIN && !is_unread(p, *end))
			break;
}

static bool is_marked_modified(const html_page *p, uint32_t node)
{
	for (int up = 0; up < 3 && node; up++, node = p->html.nodes[node].parent)
		if (p->roles[node] & (ROLE_DATE | ROLE_MODIFIED))
			return (p->roles[node] & ROLE_MODIFIED) && !(p->roles[node] & ROLE_DATE);
	return false;
}

/* What stands with the heading. */
typedef struct printed_dates {
	sr_time published, modified;
} printed_dates;

static void keep_first(sr_time *kept, sr_time time)
{
	if (!sr_time_known(*kept))
		*kept = time;
}

/* Reads a line that is dates, with hardly more than their labels. changed: the label stood before it. */
static void read_bare_dates(const html_page *p, sr_str text, bool changed, printed_dates *out)
{
	sr_time time;
	for (size_t pos = 0, start = 0, last = 0; html_date_next(text, american(p), &pos, &start, &time); last = pos) {
		bool strange;
		when_kind kind = label_kind(sr_str_slice(text, last, start), &strange);
		changed = kind == WHEN_PLAIN ? changed : kind == WHEN_MODIFIED;
		if (strange || start - last > BARE_BEFORE || text.len - pos > BARE_BEHIND + (last || changed ? LABEL_MAX : 0))
			return;
		keep_first(changed ? &out->modified : &out->published, time);
	}
}

static printed_dates find_printed(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t from, end;
	printed_dates printed = { SR_TIME_NONE, SR_TIME_NONE };
	bool changed = false; /* the text before was a label without a date: "Updated:" */
	head_of(p, &from, &end);
	for (uint32_t i = from; i < end; i++) {
		if (h->nodes[i].tag != SR_HTML_TEXT || is_unread(p, i))
			continue;
		sr_str text = sr_str_trim(h->nodes[i].text);
		bool strange, before = changed;
		if (!text.len)
			continue;
		changed = text.len < START_OF_TEXT && label_kind(text, &strange) == WHEN_MODIFIED;
		if (text.len <= LABEL_MAX && !html_within(p, i, ROLE_COMMENT | ROLE_LIVE | ROLE_EMBED | ROLE_HIDDEN, true))
			read_bare_dates(p, text, before || is_marked_modified(p, i), &printed);
	}
	return printed;
}

/* The instant of `declared`, given in UTC, in the zone of the clock that shows `shown`, if they are one instant. */
static bool in_local_time(sr_time declared, sr_time shown, sr_time *out)
{
	if (!declared.zoned || declared.offset || declared.precision < SR_PRECISION_MINUTE || shown.precision < SR_PRECISION_MINUTE)
		return false;
	sr_time clock = sr_time_truncate(shown, SR_PRECISION_MINUTE), instant = sr_time_truncate(declared, SR_PRECISION_MINUTE);
	clock.zoned = false;
	int64_t minutes = (sr_time_epoch(clock) - sr_time_epoch(instant)) / 60;
	if (minutes % 15 != 0 || minutes < -12 * 60 || minutes > 14 * 60)
		return false;
	*out = clock;
	out->precision = declared.precision;
	out->second = declared.second;
	out->zoned = true;
	out->offset = (int16_t)minutes;
	return true;
}

/* `4/5/2020` read the other way is the day that is declared as well. */
static bool agrees_either_way(sr_time declared, sr_time printed)
{
	if (printed.day > 12 || printed.precision < SR_PRECISION_DAY)
		return false;
	return same_day(declared, sr_time_date(printed.year, printed.day, printed.month));
}

static void weigh_printed(html_page *p, sr_time printed)
{
	sr_time declared = p->published.value;
	if (!sr_time_known(printed) || p->published.from > FROM_META)
		return;
	if (same_day(declared, printed) || agrees_either_way(declared, printed) || same_day(p->modified.value, printed))
		return;
	p->published = (html_when){ printed, FROM_MARKUP };
	if (same_day(p->meta_published, printed))
		p->published.value = p->meta_published;
}

/* Two against one: what is shown and what the meta elements say, against the JSON-LD or microdata. */
static void vote(html_page *p, sr_time shown)
{
	if (p->published.from <= FROM_MICRODATA && !same_day(p->published.value, p->meta_published) && same_day(shown, p->meta_published))
		p->published = (html_when){ p->meta_published, FROM_META };
}

static void set_if_open(html_page *p, html_source from, bool found, sr_time time)
{
	if (found && sr_time_known(time) && !sr_time_known(p->published.value))
		p->published = (html_when){ time, from };
}

/* "datePublished": "2026-03-04…" in the scripts of the page, where no other such member names another day. */
static bool date_in_scripts(html_page *p, sr_time *out)
{
	static const sr_str keys[] = { SR_STR_INIT("\"published_at\""), SR_STR_INIT("\"datePublished\""), SR_STR_INIT("\"publishedAt\""),
		                           SR_STR_INIT("\"publishDate\""), SR_STR_INIT("\"publicationDate\"") };
	const sr_html *h = &p->html;
	size_t budget = SCRIPT_SCAN_MAX;
	*out = SR_TIME_NONE;
	for (uint32_t i = 1; i < h->count && budget; i++) {
		if (h->nodes[i].tag != SR_HTML_TEXT || h->nodes[h->nodes[i].parent].tag != SR_HTML_script)
			continue;
		sr_str text = sr_str_slice(h->nodes[i].text, 0, budget);
		budget -= text.len;
		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
			for (size_t at = sr_str_find(text, keys[k], 0); at != SIZE_MAX; at = sr_str_find(text, keys[k], at + 1)) {
				size_t start = at + keys[k].len;
				while (start < text.len && (text.ptr[start] == ' ' || text.ptr[start] == ':' || text.ptr[start] == '"'))
					start++;
				sr_time time;
				size_t end = sr_str_find_char(text, '"', start);
				if (end == SIZE_MAX || end - start > 40 || !html_date_value(sr_str_slice(text, start, end), false, &time))
					continue;
				if (sr_time_known(*out) && !same_day(*out, time))
					return false;
				*out = sr_time_known(*out) ? *out : time;
			}
	}
	return sr_time_known(*out);
}

void html_read_dates(html_page *p)
{
	sighting element = { .distance = UINT32_MAX }, modified = element, line = element;
	printed_dates printed = find_printed(p);
	sr_time time = SR_TIME_NONE;
	sr_str url = p->canonical.value.len ? p->canonical.value : p->input->url;
	find_elements(p, &element, &modified);
	if (!sr_time_known(modified.time))
		modified.time = printed.modified;
	if (sr_time_known(modified.time) && p->modified.from > FROM_MARKUP)
		p->modified = (html_when){ modified.time, FROM_MARKUP };
	bool weak = sr_time_known(p->published.value) && p->published.from > FROM_META;
	if (sr_time_known(p->published.value) && !weak) {
		if (in_local_time(p->published.value, printed.published, &time) || in_local_time(p->published.value, element.time, &time)) {
			p->published.value = time;
			return;
		}
		vote(p, element.time);
		vote(p, printed.published);
		weigh_printed(p, printed.published);
		return;
	}
	/* a date that the content system filled in by itself gives way to one that is shown close by */
	if (element.distance < ELSEWHERE)
		p->published = (html_when){ element.time, FROM_MARKUP };
	if (p->published.from > FROM_MARKUP) {
		line = find_lines(p);
		/* hAtom: an entry that only says when it was updated was published then */
		bool hatom = modified.distance < NEAR_NODES && modified.distance < line.distance && line.distance >= BESIDE_NODES;
		if (hatom && !weak)
			p->published = (html_when){ modified.time, FROM_MARKUP };
		else if (line.distance < (weak ? BESIDE_NODES : NEAR_NODES))
			p->published = (html_when){ line.time, FROM_TEXT };
	}
	set_if_open(p, FROM_TEXT, true, element.time);
	set_if_open(p, FROM_TEXT, html_date_in(html_own_title(p), american(p), &time), time);
	set_if_open(p, FROM_URL, html_date_in_url(url, &time), time);
	set_if_open(p, FROM_TEXT, true, modified.time);
	set_if_open(p, FROM_TEXT, !sr_time_known(p->published.value) && date_in_scripts(p, &time), time);
}
