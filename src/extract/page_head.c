/* The head of a page: where it ends, which line is the title, and what the lines around it are. */
#include "page.h"

#define HEAD_LINES 25u

static size_t head_end(page *p)
{
	size_t limit = p->lines.count < HEAD_LINES ? p->lines.count : HEAD_LINES, end = SIZE_MAX;
	for (size_t i = 0; i < limit; i++) {
		page_line *l = &p->lines.items[i];
		if (l->role == ROLE_UPDATE || l->role == ROLE_DAY || l->role == ROLE_TIMELINE || l->role == ROLE_SOURCES)
			return end < i ? end : i;
		bool facts = l->role == ROLE_TEXT && page_facts(p, l, false);
		if (end == SIZE_MAX && page_is_body(l) && !facts)
			end = i;
		/* a byline or date close below what looked like a sentence: that was still the head */
		if (end != SIZE_MAX && facts && i <= end + 3 && l->words <= 14 && p->lines.items[end].words <= 24)
			end = SIZE_MAX;
		if (end != SIZE_MAX && i > end + 3)
			break;
	}
	return end == SIZE_MAX ? (p->lines.count < limit ? p->lines.count : limit) : end;
}

static bool same_line(const page_line *a, sr_str fold) { return a->fold.len && sr_str_eq(a->fold, fold); }

/* The line that is the title, or SIZE_MAX. */
static size_t find_title(const page *p, size_t end)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < end; i++)
		if (p->lines.items[i].role == ROLE_TEXT && p->lines.items[i].kind == SR_LINE_HEADING && p->lines.items[i].level == 1)
			return i;
	for (size_t i = 0; i < end; i++)
		for (size_t k = i + 1; k < end && p->lines.items[i].words >= 3; k++)
			if (p->lines.items[i].role == ROLE_TEXT && same_line(&p->lines.items[k], p->lines.items[i].fold))
				return i;
	for (size_t i = 0; i < end; i++) {
		const page_line *l = &p->lines.items[i];
		if (l->role != ROLE_TEXT || l->kind == SR_LINE_QUOTE || l->kind == SR_LINE_LIST || l->only_links || !l->fold.len || l->words > 40 || !l->words ||
		    page_word_is(&p->tables, "section", l->fold, NULL))
			continue;
		bool masthead = i + 1 < end && l->kind != SR_LINE_HEADING && page_is_masthead(p, l->text) && p->lines.items[i + 1].role == ROLE_TEXT && p->lines.items[i + 1].words >= 3;
		if (!masthead && (l->kind == SR_LINE_HEADING || l->words >= 4))
			return i;
		if (best == SIZE_MAX && l->words >= 2)
			best = i;
	}
	return best;
}

static void take_crumb(page *p, page_line *l, bool first)
{
	bool section = page_word_is(&p->tables, "section", l->fold, NULL);
	if (section && !p->b->doc->section.len)
		p->b->doc->section = sr_build_clean(p->b, l->text);
	else if (!section && page_is_namelike(p, l->text) && (page_has_at_edge(p, l->text, "outlet") || (first && l->words >= 2)))
		page_see_site(p, l->text);
	l->role = ROLE_DROP;
}

static void take_head_line(page *p, size_t i, size_t title, size_t end)
{
	page_line *l = &p->lines.items[i];
	const sr_document *d = p->b->doc;
	if (i == title)
		return;
	if (page_facts(p, l, false)) {
		(void)page_facts(p, l, true);
		l->role = ROLE_DATE;
		return;
	}
	bool before = title != SIZE_MAX && i < title;
	bool known = false;
	for (size_t k = 0; k < p->b->bylines.count; k++)
		known = known || sr_str_eq_nocase(p->b->bylines.items[k], l->text);
	bool beside = (i + 1 < end && page_facts(p, &p->lines.items[i + 1], false)) || (i > 0 && p->lines.items[i - 1].role == ROLE_DATE);
	if (known || (d->site.len && sr_str_eq_nocase(d->site, l->text))) {
		l->role = ROLE_DROP;
	} else if (!before && title != SIZE_MAX && beside && l->words <= 4 && l->kind != SR_LINE_HEADING && page_is_person(p, l->text)) {
		sr_build_byline(p->b, l->text);
		l->role = ROLE_DATE;
	} else if ((before && l->words <= 6 && !l->ends) || page_word_is(&p->tables, "section", l->fold, NULL) ||
	           (l->words <= 3 && !l->ends && l->kind != SR_LINE_HEADING)) {
		take_crumb(p, l, i == 0);
	}
}

void page_head(page *p)
{
	if (!p->lines.count)
		return;
	sr_document *d = p->b->doc;
	size_t end = p->body = head_end(p), title = SIZE_MAX;
	page_menu_site(p);
	for (size_t i = 0; i < end; i++)
		if (p->lines.items[i].role == ROLE_TEXT && page_facts(p, &p->lines.items[i], false)) {
			(void)page_facts(p, &p->lines.items[i], true);
			p->lines.items[i].role = ROLE_DATE;
		}
	if (!d->title.len) {
		title = find_title(p, end);
		if (title != SIZE_MAX) {
			d->title = sr_build_clean(p->b, p->lines.items[title].text);
			p->lines.items[title].role = ROLE_TITLE;
		}
	}
	sr_str fold = page_fold(p, d->title);
	for (size_t i = 0; i < p->lines.count; i++) {
		page_line *l = &p->lines.items[i];
		if (l->role == ROLE_TEXT && fold.len && (same_line(l, fold) || (i < end && page_title_site(p, l, fold)))) {
			l->role = ROLE_DROP;
			if (title == SIZE_MAX && i < end)
				title = i;
		}
	}
	for (size_t i = 0; i < end; i++)
		if (p->lines.items[i].role == ROLE_TEXT)
			take_head_line(p, i, title, end);
}
