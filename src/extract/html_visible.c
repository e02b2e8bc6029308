/* What the page shows of itself: its heading, bylines, dates, captions, and what its URL says. */
#include "html_page.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define NEAR_NODES 400 /* around the heading */
#define BESIDE_NODES 60
#define PROSE_MIN 120 /* bytes of a text that is no label any more */
#define LABEL_MAX 160  /* bytes of a line that may be a byline */

bool html_within(const html_page *p, uint32_t node, uint32_t roles, bool furniture)
{
	const sr_html *h = &p->html;
	for (; node; node = h->nodes[node].parent) {
		uint8_t tag = h->nodes[node].tag;
		if (tag == SR_HTML_body)
			return false;
		if ((p->roles[node] & roles) || (furniture && (tag == SR_HTML_nav || tag == SR_HTML_aside || tag == SR_HTML_footer)))
			return true;
	}
	return false;
}

/* How well a heading's text goes with the title that the page declares: 0..100. */
static unsigned likeness(sr_str heading, sr_str title)
{
	if (!heading.len || !title.len)
		return 0;
	if (sr_str_eq_nocase(heading, title))
		return 100;
	if (sr_str_find_nocase(title, heading, 0) != SIZE_MAX)
		return heading.len < 8 ? 30 : heading.len * 2 < title.len ? 70 : 90;
	if (sr_str_find_nocase(heading, title, 0) != SIZE_MAX)
		return 80;
	size_t words = 0, shared = 0;
	sr_str rest = heading, word;
	while (sr_str_next_field(&rest, ' ', &word) && words < 40) {
		words++;
		shared += word.len > 2 && sr_str_find_nocase(title, word, 0) != SIZE_MAX;
	}
	return words ? (unsigned)(shared * 70 / words) : 0;
}

/* Where a heading stands: in the article or right before it, against the page's own head. */
static int place_score(const html_page *p, uint32_t i)
{
	if (!p->root)
		return 0;
	const sr_html *h = &p->html;
	if (i >= p->root && i < h->nodes[p->root].end)
		return 40;
	if (i < p->root && p->root - i < 150)
		return 40;
	return i < p->root ? 0 : -60;
}

/* A heading that is a link to the first page of the site is the site's name, not the article's. */
static bool leads_home(html_page *p, uint32_t heading, sr_str text)
{
	const sr_html *h = &p->html;
	uint32_t link = sr_html_find(h, heading, h->nodes[heading].end, SR_HTML_a);
	if (link == h->nodes[heading].end || !sr_str_eq(html_text_at(p, link, 400), text))
		return false;
	if (sr_str_find_nocase(sr_html_attr_of(h, link, SR_HTML_AT_rel), SR_STR("home"), 0) != SIZE_MAX)
		return true;
	sr_str url = sr_html_attr_of(h, link, SR_HTML_AT_href);
	for (size_t at; (at = sr_str_find(url, SR_STR("://"), 0)) != SIZE_MAX;) /* the last: archives put theirs in front */
		url = sr_str_slice(url, at + 3, url.len);
	size_t slash = sr_str_find_char(url, '/', 0);
	bool host = slash == SIZE_MAX && url.len > 3 && sr_str_find_char(url, '.', 0) != SIZE_MAX && sr_str_find_char(url, '#', 0) == SIZE_MAX;
	return (host && url.len != sr_html_attr_of(h, link, SR_HTML_AT_href).len) || (slash != SIZE_MAX && slash + 1 == url.len);
}

static void find_heading(html_page *p, sr_str declared)
{
	const sr_html *h = &p->html;
	int best = 49;
	size_t seen = 0;
	p->h1 = 0;
	for (uint32_t i = 1; i < h->count && seen < 200; i++) {
		uint8_t tag = h->nodes[i].tag;
		bool heading = tag >= SR_HTML_h1 && tag <= SR_HTML_h4;
		if (!heading && !((p->roles[i] & ROLE_TITLE) && tag != SR_HTML_TEXT && tag != SR_HTML_meta))
			continue;
		sr_str text = html_text_at(p, i, 400);
		seen++;
		if (text.len < 3 || text.len > 350 || html_within(p, i, ROLE_COMMENT, false))
			continue;
		int score = 2 * (int)likeness(text, declared) + (tag == SR_HTML_h1 ? 60 : tag == SR_HTML_h2 ? 15 : 0) + place_score(p, i);
		if (p->roles[i] & ROLE_TITLE)
			score += 30;
		if (sr_str_eq_nocase(text, p->site.value) || leads_home(p, i, text))
			score -= 150;
		if (html_within(p, i, 0, true))
			score /= 2;
		if (score <= best)
			continue;
		best = score;
		p->h1 = i;
	}
}

/* "Headline - Site" without the site, "Site: Headline" likewise. */
static sr_str without_site(const html_page *p, sr_str title)
{
	static const char *const signs[] = { " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ", " \xC2\xAB ", " :: ",
		                                 " \xC2\xB7 ", " \xE2\x80\xA2 ", " // " };
	size_t last = SIZE_MAX, width = 0;
	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
		for (size_t at = sr_str_find(title, sr_str_c(signs[k]), 0); at != SIZE_MAX; at = sr_str_find(title, sr_str_c(signs[k]), at + 1))
			if (last == SIZE_MAX || at > last) {
				last = at;
				width = strlen(signs[k]);
			}
	if (last == SIZE_MAX)
		return title;
	sr_str head = sr_str_slice(title, 0, last), tail = sr_str_slice(title, last + width, title.len);
	if (sr_str_eq_nocase(sr_str_trim(tail), p->site.value))
		return head;
	if (sr_str_eq_nocase(sr_str_trim(head), p->site.value))
		return tail;
	return head.len >= 15 && head.len >= tail.len ? head : title;
}

sr_str html_own_title(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t t = sr_html_find(h, 0, h->count, SR_HTML_title);
	return t < h->count ? html_text_at(p, t, 500) : (sr_str){ 0 };
}

void html_find_heading(html_page *p)
{
	find_heading(p, p->title.value.len ? p->title.value : html_own_title(p));
}

static void settle_title(html_page *p)
{
	const sr_html *h = &p->html;
	sr_str own = html_own_title(p), declared = p->title.value.len ? p->title.value : own;
	html_find_heading(p);
	sr_str shown = p->h1 ? html_text_at(p, p->h1, 400) : (sr_str){ 0 };
	bool headline = p->h1 && h->nodes[p->h1].tag == SR_HTML_h1 && place_score(p, p->h1) > 0 && shown.len >= 15;
	unsigned like = likeness(shown, declared);
	if (shown.len && (like >= (p->title.from >= FROM_META ? 50 : 90) || headline))
		p->title = (html_fact){ shown, FROM_MARKUP };
	html_set(p, &p->title, FROM_MARKUP, shown);
	html_set(p, &p->title, FROM_TEXT, without_site(p, own));
	if (p->title.from == FROM_META)
		p->title.value = without_site(p, p->title.value);
}

/* The name within a box about the author: its first heading, link or strong word. */
static sr_str name_in_box(html_page *p, uint32_t box)
{
	const sr_html *h = &p->html;
	for (uint32_t i = box + 1; i < h->nodes[box].end; i++) {
		uint8_t tag = h->nodes[i].tag;
		bool label = (tag >= SR_HTML_h1 && tag <= SR_HTML_h6) || tag == SR_HTML_strong || tag == SR_HTML_b || tag == SR_HTML_a;
		if (!label)
			continue;
		sr_str text = html_text_at(p, i, LABEL_MAX);
		if (text.len >= 4 && text.len < 60 && html_line_kind(text) == LINE_PLAIN)
			return text;
	}
	return (sr_str){ 0 };
}

static bool is_byline_node(html_page *p, uint32_t i)
{
	uint8_t tag = p->html.nodes[i].tag;
	if (tag == SR_HTML_TEXT || tag == SR_HTML_meta || tag == SR_HTML_link || tag == SR_HTML_body)
		return false;
	if (tag == SR_HTML_a && sr_str_find_nocase(sr_html_attr_of(&p->html, i, SR_HTML_AT_rel), SR_STR("author"), 0) != SIZE_MAX)
		return true;
	if (tag == SR_HTML_a && html_is_author_path(p, sr_html_attr_of(&p->html, i, SR_HTML_AT_href)))
		return true;
	return (p->roles[i] & ROLE_BYLINE) != 0;
}

/* A box with a heading and a byline of its own in it (a card): the inner one speaks. */
static bool is_box_around_byline(html_page *p, uint32_t box)
{
	const sr_html *h = &p->html;
	bool heading = false, byline = false;
	for (uint32_t i = box + 1; i < h->nodes[box].end && !(heading && byline); i++) {
		heading = heading || (h->nodes[i].tag >= SR_HTML_h1 && h->nodes[i].tag <= SR_HTML_h6);
		byline = byline || is_byline_node(p, i);
	}
	return heading && byline;
}

/* Elements that are bylines by class or rel: between the title and the end of the text first, then what
 * follows it, then what stands before. Furniture of the article counts where there is nothing else. */
static void find_bylines(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t from = p->h1 && p->h1 < p->root ? p->h1 : p->root, end = h->nodes[p->root].end;
	const struct {
		uint32_t from, end;
		bool furniture; /* counts there as well */
	} ranges[] = { { from, end, false }, { p->root, end, true }, { end, end + NEAR_NODES, true },
		           { from > NEAR_NODES ? from - NEAR_NODES : 1, from, false } };
	size_t seen = 0, before = p->people.count;
	for (size_t r = 0; r < sizeof ranges / sizeof *ranges && p->people.count == before; r++)
		for (uint32_t i = ranges[r].from; i < ranges[r].end && i < h->count && seen < 200; i++) {
			if (!is_byline_node(p, i) || html_within(p, i, ROLE_COMMENT | ROLE_CAPTION, !ranges[r].furniture)
			    || sr_html_closest(h, i, SR_HTML_figure) != UINT32_MAX || is_box_around_byline(p, i))
				continue;
			sr_str text = html_text_at(p, i, LABEL_MAX);
			seen++;
			if (text.len >= 120)
				text = name_in_box(p, i);
			html_add_byline(p, FROM_MARKUP, text);
			if (p->people.count != before || (before && p->people.items[0].from == FROM_MARKUP))
				return;
		}
}

/* The last text of the article that is long enough to be a paragraph. */
static uint32_t last_prose(const html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t i = h->nodes[p->root].end;
	while (i > p->root && (h->nodes[i - 1].tag != SR_HTML_TEXT || h->nodes[i - 1].text.len < PROSE_MIN))
		i--;
	return i;
}

/* "Text:" or "Interview" by itself, and the name in what follows it: credits set as pairs, before the first paragraph or
 * behind the last (between them may stand those of a book or a film). */
static void find_labelled_names(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t end = h->nodes[p->root].end + BESIDE_NODES, behind = last_prose(p);
	bool label = false, within = false;
	for (uint32_t i = p->h1 && p->h1 < p->root ? p->h1 : p->root; i < end && i < h->count && !p->people.count; i++) {
		within = within ? i < behind : h->nodes[i].tag == SR_HTML_TEXT && h->nodes[i].text.len >= PROSE_MIN && i < behind;
		if (within)
			continue;
		if (h->nodes[i].tag != SR_HTML_TEXT || sr_html_is_silent(h->nodes[h->nodes[i].parent].tag))
			continue;
		sr_str text = sr_str_trim(h->nodes[i].text);
		if (!text.len)
			continue;
		if (label && text.len < 60 && !html_within(p, i, ROLE_COMMENT | ROLE_CAPTION, true))
			html_take_name(p, text);
		bool alone = sr_str_ends(text, SR_STR(":")) || sr_html_is_block(h->nodes[h->nodes[i].parent].tag);
		label = alone && text.len < 30 && html_is_byline_label(p, text);
	}
}

/* Lines near the title that read like bylines, whatever holds them. */
static void find_text_bylines(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t around = p->h1 ? p->h1 : p->root, from = around > 60 ? around - 60 : 1;
	for (uint32_t i = from; i < around + 200 && i < h->count && !p->people.count; i++) {
		uint8_t tag = h->nodes[i].tag;
		bool label = sr_html_is_block(tag) || tag == SR_HTML_span || tag == SR_HTML_em || tag == SR_HTML_i || tag == SR_HTML_time;
		if (!label || h->nodes[i].end - i > 20 || html_within(p, i, ROLE_COMMENT, false))
			continue;
		sr_str text = html_text_at(p, i, LABEL_MAX);
		if (text.len < 120)
			html_take_byline(p, text);
	}
}

#define IMAGES_MAX 60

/* "… Photo: Name" of a caption: the credit, cut off the caption. */
static sr_str split_credit(sr_str *caption)
{
	static const char *const words[] = { "Photo: ", "Foto: ", "Bild: ", "Photo by ", "Image: ", "Credit: ", "(Photo: ", "(Foto: ",
		                                 "Photograph: ", "Photo : ", "Picture: ", "\xC2\xA9 " };
	size_t best = SIZE_MAX, width = 0;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t at = sr_str_find_nocase(*caption, sr_str_c(words[k]), 0);
		if (at == SIZE_MAX || at >= best)
			continue;
		best = at;
		width = strlen(words[k]);
	}
	if (best == SIZE_MAX)
		return (sr_str){ 0 };
	sr_str credit = sr_str_slice(*caption, best + width, caption->len);
	if (best && caption->ptr[best] == '(' && credit.len && credit.ptr[credit.len - 1] == ')')
		credit.len--;
	*caption = sr_str_trim(sr_str_slice(*caption, 0, best));
	return credit;
}

static uint32_t holder_of(const html_page *p, uint32_t image)
{
	const sr_html *h = &p->html;
	if (sr_html_find(h, image, h->nodes[image].end, SR_HTML_img) < h->nodes[image].end)
		return image;
	uint32_t node = h->nodes[image].parent;
	for (int up = 0; up < 5 && node; up++, node = h->nodes[node].parent)
		if (h->nodes[node].tag == SR_HTML_figure)
			return node;
	return h->nodes[image].parent;
}

/* Images with a caption, in figures or in what holds image and caption, near the article. */
static void find_images(html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t from = p->h1 && p->h1 < p->root ? p->h1 : p->root, end = h->nodes[p->root].end;
	for (uint32_t i = from; i < end && p->images.count < IMAGES_MAX; i++) {
		bool caption_tag = h->nodes[i].tag == SR_HTML_figcaption || ((p->roles[i] & ROLE_CAPTION) && h->nodes[i].tag != SR_HTML_figure);
		if (!caption_tag || h->nodes[i].tag == SR_HTML_TEXT || h->nodes[i].end - i > 80)
			continue;
		uint32_t holder = holder_of(p, i), img = sr_html_find(h, holder, h->nodes[holder].end, SR_HTML_img);
		if (img == h->nodes[holder].end || html_within(p, i, ROLE_COMMENT, false))
			continue;
		sr_str caption = html_text_at(p, i, 600), credit = split_credit(&caption);
		sr_str url = sr_html_attr_of(h, img, SR_HTML_AT_data_src);
		if (!url.len)
			url = sr_html_attr_of(h, img, SR_HTML_AT_src);
		sr_image *image = SR_PUSH(p->arena, &p->images);
		if (image)
			*image = (sr_image){ sr_str_starts(url, SR_STR("data:")) ? (sr_str){ 0 } : url, caption, credit };
		i = h->nodes[i].end - 1;
	}
}

void html_read_visible(html_page *p)
{
	find_bylines(p);
	find_text_bylines(p);
	find_labelled_names(p);
	find_images(p);
}

void html_find_title(html_page *p)
{
	settle_title(p);
}
