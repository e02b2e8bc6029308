/* Where the article is.
 *
 * Prose is text outside links in blocks that look like sentences. Elements whose tag or class says
 * furniture are cut, unless they hold so much of the page's prose that the word must mean something
 * else (`form` around everything, `has-sidebar`). The root is then found by going down from the body
 * as long as one child holds most of the prose, and by trusting an element that calls itself the text. */
#include "html_page.h"

typedef struct weights {
	uint32_t *own, *link, *block; /* of each node: bytes of text, of those in links, the block around it */
	uint8_t *state;               /* in_link, in_cut */
	uint32_t *marks;              /* punctuation in the block */
} weights;

enum { IN_LINK = 1, IN_CUT = 2 };

enum { BLANK = 1, MARK = 2, WIDE = 4 };

/* Every byte of every page comes by here. WIDE may begin a comma or stop of Chinese or Japanese. */
static const uint8_t kind_of_byte[256] = {
	[' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\v'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK,
	['.'] = MARK,  [','] = MARK,   ['!'] = MARK,   ['?'] = MARK,   [';'] = MARK,   [':'] = MARK,
	[0xE3] = WIDE, [0xEF] = WIDE,
};

/* U+3001, U+3002, U+FF0C */
static bool is_wide_mark(const unsigned char *s)
{
	return (s[0] == 0xE3 && s[1] == 0x80 && (s[2] & 0xFE) == 0x80) || (s[0] == 0xEF && s[1] == 0xBC && s[2] == 0x8C);
}

static void weigh_text(sr_str text, uint32_t *bytes, uint32_t *marks)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	uint32_t n = 0, m = 0;
	uint8_t before = BLANK;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t kind = kind_of_byte[s[i]];
		n += !(kind & before & BLANK);
		m += (kind & MARK) >> 1;
		if ((kind & WIDE) && i + 2 < text.len)
			m += is_wide_mark(s + i);
		before = kind;
	}
	*bytes = n;
	*marks = m;
}

static uint32_t prose_of(const html_page *p, const weights *w, uint32_t i)
{
	uint8_t tag = p->html.nodes[i].tag;
	uint32_t own = w->own[i], link = w->link[i];
	if (own < 30 || (tag >= SR_HTML_h1 && tag <= SR_HTML_h6) || tag == SR_HTML_title)
		return 0;
	uint32_t prose = own > 2 * link ? own - 2 * link : 0;
	if (w->marks[i] == 0)
		prose /= 4;
	if (tag == SR_HTML_li || tag == SR_HTML_td || tag == SR_HTML_dd)
		prose = prose / 3 * 2;
	return prose;
}

/* Fills p->prose, leaving out what is marked ROLE_CUT. first: nothing is yet; the texts are weighed then, and what they weigh
 * stays in their own places of own and marks. */
static void weigh(html_page *p, weights *w, bool first)
{
	const sr_html *h = &p->html;
	w->own[0] = w->link[0] = w->marks[0] = 0;
	for (uint32_t i = 1; i < h->count; i++) {
		const sr_html_node *n = &h->nodes[i];
		if (n->tag != SR_HTML_TEXT)
			w->own[i] = w->link[i] = w->marks[i] = 0;
		uint8_t state = w->state[n->parent] & (IN_LINK | IN_CUT);
		if (n->tag == SR_HTML_a)
			state |= IN_LINK;
		if (sr_html_is_silent(n->tag) || n->tag == SR_HTML_head || (p->roles[i] & ROLE_CUT))
			state |= IN_CUT;
		w->state[i] = state;
		w->block[i] = sr_html_is_block(n->tag) ? i : w->block[n->parent];
		if (n->tag != SR_HTML_TEXT || (state & IN_CUT))
			continue;
		uint32_t b = w->block[i];
		if (first)
			weigh_text(n->text, &w->own[i], &w->marks[i]);
		w->own[b] += w->own[i];
		w->marks[b] += w->marks[i];
		if (state & IN_LINK)
			w->link[b] += w->own[i];
	}
	p->prose[0] = 0;
	for (uint32_t i = 0; i < h->count; i++)
		p->prose[i + 1] = p->prose[i] + (h->nodes[i].tag == SR_HTML_TEXT ? 0 : prose_of(p, w, i));
}

static bool is_furniture_tag(uint8_t tag)
{
	return tag == SR_HTML_nav || tag == SR_HTML_aside || tag == SR_HTML_footer || tag == SR_HTML_form
	       || tag == SR_HTML_menu || tag == SR_HTML_dialog || tag == SR_HTML_figure || tag == SR_HTML_figcaption
	       || tag == SR_HTML_noframes || tag == SR_HTML_noscript || tag == SR_HTML_fieldset;
}

#define TWIN_MIN 150       /* bytes of prose */
#define ARTICLE_PERCENT 92 /* of the prose of an <article>, that its text must hold */
#define LITTLE 200 /* bytes of prose that are no article */

static bool holds(const sr_html *h, uint32_t node, uint32_t other)
{
	return other > node && other < h->nodes[node].end;
}

/* Furniture by its class that holds much prose, but neither the title nor anything that calls itself an
 * article, while there is prose elsewhere: a list of other articles, comments. */
static bool is_elsewhere(const html_page *p, uint32_t node, uint64_t total)
{
	const sr_html *h = &p->html;
	if (!p->h1 || holds(h, node, p->h1) || total < html_prose(p, node) + 200ull)
		return false;
	for (uint32_t up = h->nodes[node].parent; up; up = h->nodes[up].parent)
		if ((p->roles[up] & ROLE_BODY) || h->nodes[up].tag == SR_HTML_article)
			return false;
	for (uint32_t i = node; i < h->nodes[node].end; i++)
		if ((p->roles[i] & ROLE_BODY) || h->nodes[i].tag == SR_HTML_article || h->nodes[i].tag == SR_HTML_main)
			return false;
	return true;
}

/* Percent of the page's prose beyond which an element is not believed to be furniture. */
static uint32_t trust_percent(uint8_t tag, uint32_t roles)
{
	if (roles & ROLE_COMMENT)
		return 85;
	if (tag == SR_HTML_figure || tag == SR_HTML_figcaption || (roles & ROLE_CAPTION))
		return 70;
	return 35;
}

/* With tags_only, classes are not believed. */
static void cut_furniture(html_page *p, bool tags_only)
{
	const sr_html *h = &p->html;
	uint64_t total = p->prose[h->count];
	for (uint32_t i = 1; i < h->count; i++) {
		uint8_t tag = h->nodes[i].tag;
		uint32_t roles = p->roles[i];
		if (tag == SR_HTML_TEXT || tag == SR_HTML_body || tag == SR_HTML_html)
			continue;
		bool bad = is_furniture_tag(tag) || (roles & (ROLE_COMMENT | ROLE_HIDDEN))
		           || (!tags_only && (roles & (ROLE_JUNK | ROLE_CAPTION)));
		if (!bad || ((roles & ROLE_LEAD) && !(roles & ROLE_COMMENT) && !is_furniture_tag(tag)))
			continue;
		if (tag == SR_HTML_article && !(roles & (ROLE_COMMENT | ROLE_HIDDEN)) && html_prose(p, i) * 4ull > total)
			continue;
		if (html_prose(p, i) * 100ull > total * trust_percent(tag, roles) && !is_elsewhere(p, i, total))
			continue;
		p->roles[i] |= ROLE_CUT;
	}
}

/* True if a sibling built like the child (same tag and class) holds prose as well: rows of one text. */
static bool has_twin(const html_page *p, uint32_t node, uint32_t child)
{
	const sr_html *h = &p->html;
	sr_str class = sr_html_attr_of(h, child, SR_HTML_AT_class);
	for (uint32_t c = node + 1; c < h->nodes[node].end; c = h->nodes[c].end)
		if (c != child && h->nodes[c].tag == h->nodes[child].tag && html_prose(p, c) > TWIN_MIN
		    && sr_str_eq(sr_html_attr_of(h, c, SR_HTML_AT_class), class))
			return true;
	return false;
}

/* From node down, as long as one child holds percent of the node's prose; within an <article>, nearly all. */
static uint32_t descend(const html_page *p, uint32_t node, uint32_t percent)
{
	const sr_html *h = &p->html;
	for (;;) {
		if (h->nodes[node].tag == SR_HTML_article)
			percent = ARTICLE_PERCENT;
		uint32_t best = 0, most = 0;
		for (uint32_t c = node + 1; c < h->nodes[node].end; c = h->nodes[c].end)
			if (h->nodes[c].tag != SR_HTML_TEXT && html_prose(p, c) > most) {
				most = html_prose(p, c);
				best = c;
			}
		uint8_t tag = best ? h->nodes[best].tag : SR_HTML_TEXT;
		if (!best || most * 100ull < (uint64_t)html_prose(p, node) * percent || tag == SR_HTML_p || tag == SR_HTML_blockquote
		    || tag == SR_HTML_li || has_twin(p, node, best))
			return node;
		node = best;
	}
}

/* The only element with itemprop="articleBody" that holds text. */
static uint32_t find_declared(const html_page *p)
{
	const sr_html *h = &p->html;
	uint32_t found = 0;
	for (uint32_t i = 1; i < h->count; i++) {
		if (h->nodes[i].attr_count == 0 || (p->roles[i] & ROLE_CUT) || html_prose(p, i) < 400
		    || !sr_str_eq(sr_html_attr_of(h, i, SR_HTML_AT_itemprop), SR_STR("articleBody")))
			continue;
		if (found && !holds(h, found, i))
			return 0;
		found = found ? found : i;
	}
	return found;
}

/* The element with most prose among those that call themselves the text (or are an <article>). */
static uint32_t find_named(const html_page *p, uint32_t within, bool article)
{
	const sr_html *h = &p->html;
	uint32_t best = 0, most = 0;
	for (uint32_t i = within; i < h->nodes[within].end; i++) {
		bool named = article ? h->nodes[i].tag == SR_HTML_article : (p->roles[i] & ROLE_BODY) != 0;
		if (!named || (p->roles[i] & ROLE_CUT) || h->nodes[i].tag == SR_HTML_TEXT)
			continue;
		/* the innermost of those that hold nearly the same */
		if (html_prose(p, i) > most || (html_prose(p, i) * 100ull >= (uint64_t)most * 95 && best && i < h->nodes[best].end)) {
			most = html_prose(p, i) > most ? html_prose(p, i) : most;
			best = i;
		}
	}
	return best;
}

static uint32_t common_ancestor(const sr_html *h, uint32_t a, uint32_t b)
{
	while (a && !(b >= a && b < h->nodes[a].end))
		a = h->nodes[a].parent;
	return a;
}

/* True if other belongs to the same article as node: no <article> of its own, no heading of its own that
 * would begin another one. */
static bool is_continued(const sr_html *h, uint32_t top, uint32_t other)
{
	uint32_t branch = other;
	while (h->nodes[branch].parent != top) {
		if (h->nodes[branch].tag == SR_HTML_article)
			return false;
		branch = h->nodes[branch].parent;
	}
	if (h->nodes[branch].tag == SR_HTML_article)
		return false;
	for (uint32_t i = branch; i < other; i++)
		if (h->nodes[i].tag == SR_HTML_h1 || h->nodes[i].tag == SR_HTML_h2)
			return false;
	return true;
}

/* The text may come in several elements that each call themselves the text: what holds them all. */
static uint32_t widen(const html_page *p, uint32_t named)
{
	const sr_html *h = &p->html;
	uint32_t root = named;
	for (uint32_t i = 1; i < h->count; i++) {
		bool body = (p->roles[i] & ROLE_BODY) && !(p->roles[i] & ROLE_CUT);
		if (i == named || (body && holds(h, i, named)))
			continue;
		if (p->roles[i] & ROLE_CUT) {
			i = h->nodes[i].end - 1;
			continue;
		}
		if (!body || html_prose(p, i) * 100ull < (uint64_t)html_prose(p, named) * 12) {
			if (body)
				i = h->nodes[i].end - 1;
			continue;
		}
		if (!holds(h, root, i)) {
			uint32_t top = common_ancestor(h, root, i);
			if (is_continued(h, top, i) && is_continued(h, top, named) && html_prose(p, top) > 0)
				root = top;
		}
		i = h->nodes[i].end - 1;
	}
	return root;
}

static uint32_t choose(html_page *p)
{
	uint32_t body = 0; /* not <body>: a stray end tag may have closed that one early */
	uint64_t total = html_prose(p, body);
	if (total == 0)
		return body;
	uint32_t named = find_declared(p);
	if (named)
		return named;
	named = find_named(p, body, false);
	if (named && html_prose(p, named) * 100ull >= total * 40)
		return widen(p, named);
	uint32_t article = find_named(p, body, true);
	uint32_t from = article && html_prose(p, article) * 100ull >= total * 40 ? article : body;
	uint32_t root = descend(p, from, 75);
	named = find_named(p, root, false);
	if (named && html_prose(p, named) * 100ull >= (uint64_t)html_prose(p, root) * 60)
		return named;
	return root;
}

void html_find_root(html_page *p)
{
	size_t n = p->html.count;
	weights w = { SR_NEW_ARRAY(p->arena, uint32_t, n), SR_NEW_ARRAY(p->arena, uint32_t, n),
		          SR_NEW_ARRAY(p->arena, uint32_t, n), SR_NEW_ARRAY(p->arena, uint8_t, n),
		          SR_NEW_ARRAY(p->arena, uint32_t, n) };
	p->prose = SR_NEW_ARRAY(p->arena, uint32_t, n + 1);
	if (!w.own || !w.link || !w.block || !w.state || !w.marks || !p->prose) {
		p->build->status = SR_E_NOMEM;
		return;
	}
	weigh(p, &w, true);
	uint64_t total = p->prose[n];
	cut_furniture(p, false);
	weigh(p, &w, false);
	if (p->prose[n] < LITTLE && total > 2 * p->prose[n] + LITTLE) {
		/* nearly all is gone: the classes of this page cannot mean what they say elsewhere */
		for (size_t i = 0; i < n; i++)
			p->roles[i] &= ~(uint32_t)ROLE_CUT;
		weigh(p, &w, false);
		cut_furniture(p, true);
		weigh(p, &w, false);
	}
	p->root = choose(p);
}
