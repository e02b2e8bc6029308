/* Captions and photo credits, datelines, and the credits at the end of wire copy. */
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

static sr_str bare(sr_str s)
{
	while (s.len && strchr(" .:-|*()", s.ptr[0]))
		s = sr_str_slice(s, 1, s.len);
	while (s.len && strchr(" :-|*", s.ptr[s.len - 1]))
		s.len--;
	return s;
}

static void take_caption(page *p, sr_str caption, sr_str credit, bool picture)
{
	sr_build *b = p->b;
	sr_image *last = b->images.count ? &b->images.items[b->images.count - 1] : NULL;
	if (picture && last && !last->credit.len) {
		last->caption = caption.len ? sr_build_clean(b, caption) : last->caption;
		last->credit = sr_build_clean(b, credit);
	} else {
		sr_build_image(b, (sr_str){ 0 }, caption, credit);
	}
}

/* Where a photo credit begins within the line ("… in the square. Photo: A. Name / Agency"), and where
 * its name does; false if there is none. */
static bool find_credit(const page *p, sr_str s, sr_str fold, size_t *label, size_t *name)
{
	for (size_t i = 0; fold.len == s.len && i < s.len; i++) {
		bool edge = i == 0 || strchr(".)|/", s.ptr[i - 1]) || (s.ptr[i - 1] == ' ' && i > 1 && strchr(".)|/!?\x99\x9D\"", s.ptr[i - 2]));
		size_t words = edge ? page_words_at(&p->tables, "credit", sr_str_slice(fold, i, fold.len)) : 0;
		if (!words)
			continue;
		sr_str with = sr_str_slice(fold, i, i + words);
		bool colon = sr_str_ends(with, SR_STR(":"));
		bool by = sr_str_ends(with, SR_STR(" by")) || sr_str_ends(with, SR_STR(" of"));
		if ((!colon && !by) || sr_str_count_words(sr_str_slice(s, i + words, s.len)) > 10)
			continue;
		*label = i;
		*name = i + words;
		return true;
	}
	return false;
}

bool page_bracket_credit(const page *p, sr_str s, sr_str *inner, size_t *open)
{
	if (s.len < 4 || s.ptr[s.len - 1] != ')')
		return false;
	size_t i = s.len - 1;
	while (i > 0 && s.ptr[i] != '(')
		i--;
	if (s.ptr[i] != '(' || i == 0)
		return false;
	*open = i;
	*inner = sr_str_slice(s, i + 1, s.len - 1);
	sr_str fold = sr_fold_dup(p->arena, *inner);
	static const char *const words[] = { "photo", "getty", "images", "courtesy", "via ", "handout", "file picture", "screenshot", "/" };
	bool says = false;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		says = says || sr_str_find(fold, sr_str_c(words[k]), 0) != SIZE_MAX;
	return says && sr_str_count_words(*inner) <= 12;
}

/* Capital words with a bar between them ("Outlet / A. Name"), or a few alone. */
static bool is_credit_name(const page *p, const page_line *l, bool alone)
{
	sr_str rest = l->text, word;
	bool bar = sr_str_find(l->text, SR_STR(" / "), 0) != SIZE_MAX || sr_str_find(l->text, SR_STR("/"), 0) != SIZE_MAX;
	if (l->ends || l->words > 8 || (!bar && (!alone || l->words > 4)) || l->kind == SR_LINE_HEADING || l->kind == SR_LINE_LIST)
		return false;
	while (sr_str_next_field(&rest, ' ', &word)) {
		size_t pos = 0;
		uint32_t cp = sr_utf8_next(word, &pos);
		sr_str fold = sr_fold_dup(p->arena, word);
		if (!sr_cp_is_uppercase(cp) && cp != '/' && cp != 0xA9 && !page_word_is(&p->tables, "particle", fold, NULL) &&
		    !page_word_is(&p->tables, "small", fold, NULL))
			return false;
	}
	return true;
}

/* One sentence without quotation or attribution, as captions are. */
static bool may_be_caption(const page *p, const page_line *l)
{
	sr_str rest = l->fold, word;
	if (l->role != ROLE_TEXT || !l->fold.len || l->words < 3 || l->words > 40 || l->kind != SR_LINE_PLAIN)
		return false;
	while (sr_str_next_field(&rest, ' ', &word)) {
		if (word.len && strchr(".,", word.ptr[word.len - 1]))
			word.len--;
		if (page_word_is(&p->tables, "said", word, NULL) || (word.len && word.ptr[0] == '"'))
			return false;
	}
	return true;
}

static bool is_section_end(const page *p, size_t i)
{
	size_t next = page_next(p, i);
	return next >= p->lines.count || p->lines.items[next].role == ROLE_UPDATE || p->lines.items[next].role == ROLE_DAY ||
	       p->lines.items[next].role == ROLE_SOURCES || p->lines.items[next].role == ROLE_TIMELINE;
}

static void caption_line(page *p, size_t i)
{
	page_line *l = &p->lines.items[i];
	size_t label, name, open;
	sr_str inner;
	/* the line before it, if nothing but dropped lines stand between */
	page_line *before = i > 0 ? &p->lines.items[i - 1] : NULL;
	if (l->picture && l->emphasised && l->words <= 60) {
		bool credit = find_credit(p, l->text, l->fold, &label, &name);
		take_caption(p, credit ? sr_str_slice(l->text, 0, label) : l->text, credit ? bare(sr_str_slice(l->text, name, l->text.len)) : (sr_str){ 0 }, true);
		l->role = ROLE_CAPTION;
	} else if (page_bracket_credit(p, l->text, &inner, &open) && l->words <= 60) {
		take_caption(p, sr_str_trim(sr_str_slice(l->text, 0, open)), inner, l->picture);
		l->role = ROLE_CAPTION;
	} else if (find_credit(p, l->text, l->fold, &label, &name) && sr_str_count_words(sr_str_slice(l->text, 0, label)) <= 50) {
		take_caption(p, bare(sr_str_slice(l->text, 0, label)), bare(sr_str_slice(l->text, name, l->text.len)), l->picture);
		l->role = ROLE_CAPTION;
	} else if (before && p->live && is_section_end(p, i) && is_credit_name(p, l, true) && i > p->body) {
		bool pair = may_be_caption(p, before) && page_next(p, i) < p->lines.count && !l->gap;
		take_caption(p, pair ? before->text : (sr_str){ 0 }, l->text, false);
		if (pair)
			before->role = ROLE_CAPTION;
		l->role = ROLE_CREDIT;
	} else if (is_credit_name(p, l, false) && l->words >= 2 && (!before || before->role != ROLE_TITLE)) {
		bool pair = before && !l->gap && i > 0 && may_be_caption(p, before);
		take_caption(p, pair ? before->text : (sr_str){ 0 }, l->text, false);
		if (pair)
			before->role = ROLE_CAPTION;
		l->role = ROLE_CREDIT;
	}
}

void page_captions(page *p)
{
	for (size_t i = 0; i < p->lines.count; i++)
		if (p->lines.items[i].role == ROLE_TEXT && p->lines.items[i].fold.len)
			caption_line(p, i);
}

static bool is_upper_name(sr_str s)
{
	size_t letters = 0, pos = 0;
	while (pos < s.len) {
		uint32_t cp = sr_utf8_next(s, &pos);
		if (sr_cp_is_letter(cp)) {
			if (sr_cp_is_lowercase(cp))
				return false;
			letters++;
		} else if (sr_is_digit(cp)) {
			return false;
		}
	}
	return letters >= 4;
}

/* The end of the dateline's dash, and where its words end; false if there is none nearby. */
static bool find_dash(sr_str s, size_t *words, size_t *behind)
{
	static const sr_str dashes[] = { SR_STR_INIT(" - "), SR_STR_INIT(" -- "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 "),
		                             SR_STR_INIT("\xE2\x80\x94"), SR_STR_INIT(" \xE2\x88\x92 ") };
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t at = sr_str_find(sr_str_slice(s, 0, 90), dashes[i], 0);
		if (at != SIZE_MAX && at < best) {
			best = at;
			*words = at;
			*behind = at + dashes[i].len;
		}
	}
	return best != SIZE_MAX;
}

/* "KYIV, Nov 4 (Agency) - ": a dateline is taken off the first paragraph. */
void page_dateline(page *p)
{
	size_t words = 0, behind = 0;
	page_line *l = NULL;
	for (size_t i = p->body; i < p->lines.count && i < p->body + 3 && !l; i++)
		l = p->lines.items[i].role == ROLE_TEXT && p->lines.items[i].kind == SR_LINE_PLAIN && page_is_body(&p->lines.items[i]) ? &p->lines.items[i] : NULL;
	if (!l || p->live || !find_dash(l->text, &words, &behind))
		return;
	sr_str place = sr_str_slice(l->text, 0, words), agency = { 0 }, credit = { 0 };
	size_t open = sr_str_find_char(place, '(', 0);
	if (open != SIZE_MAX && place.ptr[place.len - 1] == ')') {
		agency = sr_str_slice(place, open + 1, place.len - 1);
		place = sr_str_trim(sr_str_slice(place, 0, open));
	}
	sr_span span;
	sr_printed_date d;
	bool dated = sr_printed_find(&p->dates, place, 0, &span, &d);
	if (dated && span.end + 1 >= place.len)
		place = sr_str_slice(place, 0, span.start);
	while (place.len && strchr(" ,.", place.ptr[place.len - 1]))
		place.len--;
	bool known = agency.len && page_word_is(&p->tables, "agency", page_fold(p, agency), &credit);
	bool wire = agency.len && (known || (is_upper_name(agency) && agency.len <= 8) || agency.len <= 4);
	size_t pos = 0;
	bool name = place.len && sr_cp_is_uppercase(sr_utf8_next(place, &pos)) && sr_str_count_words(place) <= 6;
	if (!name || (agency.len && !wire) || (!wire && !dated && !is_upper_name(place)))
		return;
	sr_document *doc = p->b->doc;
	doc->dateline = sr_build_clean(p->b, place);
	if (agency.len) {
		/* the byline may have spelled out what stands here by its letters */
		doc->credit = sr_build_clean(p->b, known ? credit : agency);
	}
	if (dated && !p->has_published) {
		p->published = d;
		p->has_published = true;
	}
	l->text = sr_str_trim(sr_str_slice(l->text, behind, l->text.len));
}

void page_footers(page *p)
{
	size_t seen = 0;
	for (size_t i = p->lines.count; i > 0 && seen < 6; i--) {
		page_line *l = &p->lines.items[i - 1];
		bool exact;
		sr_str credit, name = bare(l->fold);
		if (l->role != ROLE_TEXT)
			continue;
		seen++;
		if (sr_str_starts(name, SR_STR("source:")) || sr_str_starts(name, SR_STR("with ")))
			name = sr_str_trim(sr_str_slice(name, name.ptr[0] == 's' ? 7 : 5, name.len));
		if (name.len && name.ptr[name.len - 1] == '.')
			name.len--;
		if (page_word_is(&p->tables, "agency", name, &credit)) {
			if (!p->b->doc->credit.len)
				p->b->doc->credit = sr_build_clean(p->b, credit);
			l->role = ROLE_DROP;
		} else if (l->fold.len && sr_str_eq(page_rule_of(&p->tables, l->fold, &exact), SR_STR("footer"))) {
			l->role = ROLE_DROP;
		} else if (page_is_body(l)) {
			return;
		}
	}
}
