/* From bytes to lines: front matter, markup, hand-wrapped paragraphs, and the labels of the tables. */
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

/* Beyond what a document may hold, nothing that follows can come into it. */
#define PAGE_BYTES_MAX (2 * SR_TEXT_MAX)

bool page_ends_sentence(sr_str s)
{
	while (s.len) {
		size_t end = s.len;
		uint32_t cp = sr_utf8_prev(s, &end);
		if (cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 || cp == 0x0964 || cp == 0x061F || cp == 0xFF01 || cp == 0xFF1F)
			return true;
		if (!sr_cp_is_quote(cp) && cp != ')' && cp != ']' && !sr_cp_is_space(cp))
			return false;
		s = sr_str_slice(s, 0, end);
	}
	return false;
}

bool page_is_body(const page_line *l)
{
	return l->role == ROLE_TEXT && l->kind != SR_LINE_HEADING && !l->only_links && ((l->ends && l->words >= 6) || l->words >= 24 || l->text.len > PAGE_LABEL_MAX);
}

size_t page_next(const page *p, size_t i)
{
	for (i++; i < p->lines.count && (p->lines.items[i].role == ROLE_DROP || p->lines.items[i].role == ROLE_NOTE); i++)
		;
	return i;
}

sr_str page_fold(page *p, sr_str s) { return sr_fold_dup(p->arena, s); }

static uint32_t count_points(sr_str s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

/* "key: value" lines between two --- lines at the very top. */
void page_front_matter(page *p, sr_str *text)
{
	sr_str rest = *text, line, value;
	sr_document *d = p->b->doc;
	if (!d || !sr_str_next_line(&rest, &line) || !sr_str_eq(sr_str_trim(line), SR_STR("---")))
		return;
	sr_str body = rest;
	bool closed = false;
	for (int n = 0; n < 200 && !closed && sr_str_next_line(&body, &line); n++)
		closed = sr_str_eq(sr_str_trim(line), SR_STR("---")) || sr_str_eq(sr_str_trim(line), SR_STR("..."));
	if (!closed)
		return;
	while (sr_str_next_line(&rest, &line) && rest.ptr != body.ptr) {
		size_t colon = sr_str_find_char(line, ':', 0);
		if (colon == SIZE_MAX || !page_word_is(&p->tables, "front", page_fold(p, sr_str_trim(sr_str_slice(line, 0, colon))), &value))
			continue;
		sr_str v = sr_str_trim(sr_str_slice(line, colon + 1, line.len));
		if (v.len > 1 && (v.ptr[0] == '"' || v.ptr[0] == '\'' || v.ptr[0] == '[') && (v.ptr[v.len - 1] == v.ptr[0] || v.ptr[v.len - 1] == ']'))
			v = sr_str_slice(v, 1, v.len - 1);
		if (sr_str_eq(value, SR_STR("author"))) {
			(void)page_byline(p, sr_build_clean(p->b, v), true);
			continue;
		}
		if (sr_str_eq(value, SR_STR("published"))) {
			if (!sr_time_known(d->published))
				(void)sr_time_parse(v, &d->published);
			continue;
		}
		sr_str *field = sr_str_eq(value, SR_STR("title")) ? &d->title : sr_str_eq(value, SR_STR("site")) ? &d->site
		              : sr_str_eq(value, SR_STR("url")) ? &d->url : sr_str_eq(value, SR_STR("language")) ? &d->language
		              : sr_str_eq(value, SR_STR("section")) ? &d->section : sr_str_eq(value, SR_STR("id")) ? &d->id : NULL;
		if (field)
			*field = sr_build_clean(p->b, v);
		else if (sr_str_eq(value, SR_STR("modified")))
			(void)sr_time_parse(v, &d->modified);
	}
	*text = body;
}

#define CAPTION_MAX 500u /* bytes */

/* "The bridge. (Photo: A. Name) Story Highlights The mayor …": where the line goes on behind the picture's credit; 0 if it has none. */
static size_t picture_ends(const page *p, sr_str line)
{
	sr_str credit;
	size_t open;
	for (size_t i = 1; i + 2 < line.len && i < CAPTION_MAX; i++)
		if (line.ptr[i] == ')' && line.ptr[i + 1] == ' ' && page_label_at(&p->tables, sr_str_slice(line, i + 2, line.len)) &&
		    page_bracket_credit(p, sr_str_slice(line, 0, i + 1), &credit, &open))
			return i + 2;
	return 0;
}

static void add_line(page *p, sr_line_mark mark, bool gap, sr_buf *words, sr_buf *clean)
{
	sr_inline info;
	sr_buf_clear(words);
	sr_buf_clear(clean);
	sr_inline_read(words, mark.content, &info);
	if (sr_extract_clean(clean, sr_buf_str(words)) != SR_OK)
		p->b->status = p->b->status == SR_OK ? SR_E_NOMEM : p->b->status;
	if (info.image_url.len)
		sr_build_image(p->b, info.image_url, info.image_text, (sr_str){ 0 });
	/* an empty entry of a list stays: its number may belong to the line below */
	if (!clean->len && mark.kind != SR_LINE_LIST && !info.url.len)
		return;
	page_line *l = SR_PUSH(p->arena, &p->lines);
	if (!l) {
		p->b->status = SR_E_NOMEM;
		return;
	}
	sr_str shown = sr_buf_str(clean);
	l->text = sr_str_dup(p->arena, sr_str_slice(shown, page_label_at(&p->tables, shown), shown.len));
	l->fold = l->text.len <= PAGE_LABEL_MAX ? page_fold(p, l->text) : (sr_str){ 0 };
	l->url = info.url;
	l->kind = mark.kind;
	l->level = mark.level;
	l->number = mark.number;
	l->gap = gap;
	l->only_links = info.only_links;
	l->emphasised = info.emphasised;
	l->words = sr_str_count_words(l->text);
	l->ends = page_ends_sentence(l->text);
	l->wide = count_points(mark.content);
}

static uint32_t first_word(sr_str s)
{
	size_t end = sr_str_find_char(s, ' ', 0);
	return count_points(end == SIZE_MAX ? s : sr_str_slice(s, 0, end));
}

static bool may_join(const page_line *a, const page_line *b)
{
	return !b->gap && b->kind == SR_LINE_PLAIN && (a->kind == SR_LINE_PLAIN || a->kind == SR_LINE_QUOTE || a->kind == SR_LINE_LIST) && !a->only_links &&
	       !b->only_links && a->text.len;
}

#define HEAD_LINES 8u
#define FACTS_WORDS_MAX 12u

/* "Halvar News Agency - 4 March 2026 21:37", "By Ada Brunt": a short line of the head that a title does not go on in. */
static bool tells_facts(const page *p, const page_line *l)
{
	if (l->words > FACTS_WORDS_MAX || l->ends)
		return false;
	if (page_words_at(&p->tables, "byline", l->fold))
		return true;
	for (size_t i = 0; i < l->text.len; i++) {
		sr_printed_date d;
		size_t end = i;
		bool edge = i == 0 || l->text.ptr[i - 1] == ' ';
		if (edge && sr_printed_read(&p->dates, l->text, &end, true, &d) && d.day)
			return true;
	}
	return false;
}

#define WRAP_MIN 40
#define WRAP_MAX 200

/* The sentence of a goes on in b. */
static bool broken_within(const page_line *a, const page_line *b)
{
	return !a->ends && b->text.len && sr_is_lower((unsigned char)b->text.ptr[0]);
}

/* A text wrapped by hand shows itself: nearly every line that goes on is as long as it could be. Of a short text all must
 * be, and a sentence must go on. */
static uint32_t wrap_width(const page *p)
{
	uint32_t width = 0;
	size_t pairs = 0, full = 0, within = 0;
	for (size_t i = 1; i < p->lines.count; i++) {
		const page_line *a = &p->lines.items[i - 1];
		if (may_join(a, a + 1) && a->wide > width)
			width = a->wide;
	}
	if (width < WRAP_MIN || width > WRAP_MAX)
		return 0;
	for (size_t i = 1; i < p->lines.count; i++) {
		const page_line *a = &p->lines.items[i - 1], *b = &p->lines.items[i];
		if (!may_join(a, b))
			continue;
		pairs++;
		full += a->wide + 1 + first_word(b->text) > width - width / 16;
		within += broken_within(a, b);
	}
	bool wrapped = pairs >= 4 ? full * 10 >= pairs * 7 : pairs >= 2 && full == pairs && within > 0;
	return wrapped ? width : 0;
}

static void join_wrapped(page *p)
{
	uint32_t width = wrap_width(p);
	if (!width)
		return;
	sr_buf joined;
	sr_buf_init(&joined, PAGE_BYTES_MAX);
	size_t kept = 0;
	for (size_t i = 0; i < p->lines.count;) {
		page_line l = p->lines.items[i];
		size_t k = i + 1;
		sr_buf_clear(&joined);
		sr_buf_add(&joined, l.text);
		for (; k < p->lines.count; k++) {
			const page_line *a = &p->lines.items[k - 1], *b = &p->lines.items[k];
			bool broken = a->wide + 1 + first_word(b->text) > width - width / 5 || !a->ends;
			if (!may_join(&l, b) || b->gap || !broken || (k < HEAD_LINES && (tells_facts(p, a) || tells_facts(p, b))))
				break;
			sr_buf_add_char(&joined, ' ');
			sr_buf_add(&joined, b->text);
		}
		if (k > i + 1) {
			l.text = sr_str_dup(p->arena, sr_buf_str(&joined));
			l.fold = l.text.len <= PAGE_LABEL_MAX ? page_fold(p, l.text) : (sr_str){ 0 };
			l.words = sr_str_count_words(l.text);
			l.ends = page_ends_sentence(l.text);
		}
		p->lines.items[kept++] = l;
		i = k;
	}
	p->lines.count = kept;
	sr_buf_deinit(&joined);
}

void page_read(page *p, sr_str text)
{
	sr_buf words, clean;
	sr_str line;
	bool gap = true, fence = false, picture = false;
	const char *start = text.ptr;
	sr_buf_init(&words, 0);
	sr_buf_init(&clean, 0);
	while (sr_str_next_line(&text, &line) && p->b->status == SR_OK) {
		if (p->lines.count >= SR_BUILD_BLOCKS_MAX || (size_t)(line.ptr - start) > PAGE_BYTES_MAX) {
			sr_build_note(p->b, "cut after %zu lines", p->lines.count);
			break;
		}
		line = sr_str_slice(line, 0, PAGE_BYTES_MAX);
		sr_line_mark mark = sr_line_read(line);
		page_line *last = p->lines.count ? &p->lines.items[p->lines.count - 1] : NULL;
		fence = fence != (mark.kind == SR_LINE_FENCE);
		if (mark.kind == SR_LINE_UNDERLINE && !gap && last && last->kind == SR_LINE_PLAIN && last->words <= 20 && !last->ends) {
			last->kind = SR_LINE_HEADING;
			last->level = mark.level;
		}
		if (mark.kind == SR_LINE_BLANK || mark.kind == SR_LINE_UNDERLINE || mark.kind == SR_LINE_RULE || mark.kind == SR_LINE_FENCE) {
			gap = true;
			continue;
		}
		/* "14. Mai 2024" is no entry of a list */
		size_t at = 0;
		sr_printed_date date;
		bool day = mark.kind == SR_LINE_LIST && mark.number && sr_printed_read(&p->dates, sr_str_trim(line), &at, false, &date) && date.day;
		if (fence || day)
			mark = (sr_line_mark){ SR_LINE_PLAIN, 0, 0, sr_str_trim(line) };
		size_t before = p->lines.count, images = p->b->images.count;
		size_t second = picture_ends(p, mark.content);
		if (second) {
			sr_line_mark first = mark;
			first.content = sr_str_slice(mark.content, 0, second);
			add_line(p, first, gap, &words, &clean);
			mark.content = sr_str_slice(mark.content, second, mark.content.len);
		}
		add_line(p, mark, gap || second, &words, &clean);
		if (p->lines.count > before) {
			p->lines.items[before].picture = picture;
			gap = false;
		}
		picture = p->b->images.count > images;
	}
	sr_buf_deinit(&words);
	sr_buf_deinit(&clean);
	if (p->b->status == SR_OK)
		join_wrapped(p);
}

/* Home | Town | Valley: short items between bars. */
static bool is_menu(sr_str s)
{
	size_t bars = 0, words = 0, longest = 0;
	for (size_t i = 0; i <= s.len; i++) {
		bool bar = i < s.len && (s.ptr[i] == '|' || sr_str_starts(sr_str_slice(s, i, s.len), SR_STR("\xC2\xB7")) ||
		                         sr_str_starts(sr_str_slice(s, i, s.len), SR_STR("\xE2\x80\xA2")));
		if (bar || i == s.len) {
			longest = words > longest ? words : longest;
			words = 0;
			bars += bar;
		} else if (s.ptr[i] == ' ' && i + 1 < s.len && s.ptr[i + 1] != '|') {
			words++;
		}
	}
	return bars >= 2 && longest <= 4 && !page_ends_sentence(s);
}

/* "1:56 Protesters march past the harbour": an entry of a player's list, or a length alone. */
static bool is_clip(const page_line *l)
{
	size_t i = 0, colon;
	while (i < l->text.len && i < 2 && sr_is_digit((unsigned char)l->text.ptr[i]))
		i++;
	colon = i;
	if (i == 0 || i + 3 > l->text.len || l->text.ptr[colon] != ':' || !sr_is_digit((unsigned char)l->text.ptr[i + 1]) || !sr_is_digit((unsigned char)l->text.ptr[i + 2]))
		return false;
	return i + 3 == l->text.len || (l->text.ptr[i + 3] == ' ' && !l->ends && l->words >= 3 && l->words <= 25 && i == 1);
}

/* What embeds of social networks leave behind: a handle alone. "— Name (@handle) date" stays: it says whose the post is. */
static bool is_embed(const page_line *l)
{
	return (l->only_links && l->text.len && (l->text.ptr[0] == '@' || l->text.ptr[0] == '#')) || (l->words == 1 && l->text.ptr[0] == '@');
}

static void add_correction(page *p, sr_str note, sr_doc_status status)
{
	sr_document *d = p->b->doc;
	if (d->correction.len < SR_BUILD_FIELD_MAX)
		d->correction = d->correction.len ? sr_str_printf(p->b->arena, "%.*s %.*s", SR_FMT(d->correction), SR_FMT(note)) : sr_build_clean(p->b, note);
	if (d->status != SR_DOC_WITHDRAWN)
		d->status = status;
}

/* The lines under a bare label of links: links, list entries and headlines. */
static void drop_links_under(page *p, size_t i)
{
	for (size_t k = i + 1, n = 0; k < p->lines.count && n < 12; k++, n++) {
		page_line *l = &p->lines.items[k];
		bool headline = !l->ends && l->words >= 3 && l->words <= 20 && l->kind != SR_LINE_HEADING && (k == i + 1 || !l->gap);
		if (!l->only_links && !headline)
			return;
		l->role = ROLE_DROP;
	}
}

static void take_url(page *p, size_t i)
{
	for (size_t k = i; k < p->lines.count && k <= i + 1; k++) {
		page_line *l = &p->lines.items[k];
		if (!l->url.len)
			continue;
		if (!p->b->doc->url.len)
			p->b->doc->url = sr_build_clean(p->b, l->url);
		l->role = ROLE_DROP;
		return;
	}
}

static void label_line(page *p, size_t i)
{
	page_line *l = &p->lines.items[i];
	bool exact, link = l->url.len > 0;
	sr_str kind = page_filling_of(&p->tables, l->text);
	exact = kind.len > 0;
	if (!exact)
		kind = page_rule_of(&p->tables, l->fold, &exact);
	if (is_embed(l) || (l->kind != SR_LINE_HEADING && l->kind != SR_LINE_ROW && is_menu(l->text)) || (!l->text.len && l->kind != SR_LINE_LIST))
		l->role = ROLE_DROP;
	if (!kind.len || sr_str_eq(kind, SR_STR("footer")) || (!exact && l->words > 40))
		return;
	if (sr_str_eq(kind, SR_STR("drop")) || sr_str_eq(kind, SR_STR("share"))) {
		l->role = ROLE_DROP;
	} else if (sr_str_eq(kind, SR_STR("paid"))) {
		l->role = ROLE_DROP;
		p->b->doc->paywalled = true;
	} else if (sr_str_eq(kind, SR_STR("related")) || sr_str_eq(kind, SR_STR("promo"))) {
		bool sentence = sr_str_eq(kind, SR_STR("promo")) && !link && l->ends && l->words > 4;
		l->role = sentence ? ROLE_TEXT : ROLE_DROP;
		if (exact || (!sentence && l->words <= 3))
			drop_links_under(p, i);
	} else if (sr_str_eq(kind, SR_STR("url"))) {
		size_t next = i + 1;
		if (link || (next < p->lines.count && p->lines.items[next].url.len && p->lines.items[next].only_links)) {
			l->role = ROLE_DROP;
			take_url(p, i);
		}
	} else if (sr_str_eq(kind, SR_STR("note")) || sr_str_eq(kind, SR_STR("withdrawn"))) {
		bool back = sr_str_eq(kind, SR_STR("withdrawn"));
		add_correction(p, l->text, back ? SR_DOC_WITHDRAWN : SR_DOC_CORRECTED);
		/* what takes the page back must stay citable, and a page's first line, if it is no sentence, is its title */
		l->role = back || (i == 0 && !l->ends && p->lines.count > 1) ? ROLE_TEXT : ROLE_NOTE;
	} else if (sr_str_eq(kind, SR_STR("timeline")) && !l->ends) {
		l->role = ROLE_TIMELINE;
	} else if (sr_str_eq(kind, SR_STR("sources")) && !l->ends) {
		l->role = ROLE_SOURCES;
	}
}

/* Updated (3 articles): the count that a digest prints of what it was made from. */
static bool is_count(const page *p, const page_line *l)
{
	size_t open = sr_str_find_char(l->fold, '(', 0);
	if (open == SIZE_MAX || !sr_str_ends(l->fold, SR_STR(")")) || l->words > 5 || open == 0)
		return false;
	sr_str before = sr_str_trim(sr_str_slice(l->fold, 0, open));
	return page_word_is(&p->tables, "updated", before, NULL) || page_word_is(&p->tables, "published", before, NULL) ||
	       page_word_is(&p->tables, "crumb", before, NULL);
}

/* Furniture that reads like prose, for those who keep all lines. */
static void keep_furniture(page *p, const page_line *l)
{
	if (!l->ends)
		return;
	sr_str *text = SR_PUSH(p->b->arena, &p->b->furniture);
	if (text)
		*text = sr_str_dup(p->b->arena, l->text);
}

void page_label(page *p)
{
	size_t clips = 0;
	for (size_t i = 0; i < p->lines.count; i++)
		clips += is_clip(&p->lines.items[i]);
	for (size_t i = 0; i < p->lines.count; i++) {
		page_line *l = &p->lines.items[i];
		if (l->role != ROLE_TEXT)
			continue;
		if (is_count(p, l) || (clips >= 2 && is_clip(l)))
			l->role = ROLE_DROP;
		else
			label_line(p, i);
		if (l->role == ROLE_DROP)
			keep_furniture(p, l);
		/* a line that is only a link leads elsewhere, unless it speaks in whole sentences */
		if (l->role == ROLE_TEXT && l->only_links && l->kind != SR_LINE_HEADING && !(l->ends && l->words >= 6) && i > 2)
			l->role = ROLE_DROP;
	}
}
