/* The head of a page: title, byline, date line, outlet, and the crumbs between them. */
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define HEAD_LINES 25u
#define OUTLET_WORDS_MAX 6u
#define ODD_WORDS 2u       /* "web story", "investigation" */
#define ODD_LINE_WORDS 12u

static bool is_cut(char c) { return c == ',' || c == '|' || c == ';' || c == '(' || c == ')' || c == '/'; }

static bool capitalised(sr_str word)
{
	size_t pos = 0;
	while (pos < word.len) {
		uint32_t cp = sr_utf8_next(word, &pos);
		if (sr_cp_is_letter(cp))
			return sr_cp_is_uppercase(cp) || !sr_cp_is_lowercase(cp);
		if (sr_is_digit(cp))
			return false;
	}
	return false;
}

static bool all_upper(sr_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!sr_is_upper((unsigned char)word.ptr[i]) && word.ptr[i] != '-')
			return false;
	return word.len > 0;
}

static bool has_kind(const page *p, sr_str s, const char *kind)
{
	sr_str rest = sr_fold_dup(p->arena, s), word;
	while (sr_str_next_field(&rest, ' ', &word))
		if (page_word_is(&p->tables, kind, word, NULL))
			return true;
	return false;
}

bool page_is_person(const page *p, sr_str name)
{
	sr_str rest = name, word;
	unsigned words = 0;
	bool first = false, last = false;
	for (size_t i = 0; i < name.len; i++)
		if (sr_is_digit((unsigned char)name.ptr[i]) || strchr(":;!?\"@/_=+", name.ptr[i]))
			return false;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		last = capitalised(word);
		first = words == 0 ? last : first;
		words++;
		if ((!last && !page_word_is(&p->tables, "particle", fold, NULL)) || page_word_is(&p->tables, "noperson", fold, NULL) ||
		    page_word_is(&p->tables, "starter", fold, NULL))
			return false;
	}
	return words >= 2 && words <= 5 && first && last && !has_kind(p, name, "outlet") && !page_ends_sentence(sr_str_slice(name, 0, name.len - (name.ptr[name.len - 1] == '.')));
}

/* Capital words and small ones between them, as in names of outlets, desks and places. */
static bool is_namelike(const page *p, sr_str s)
{
	sr_str rest = s, word;
	unsigned words = 0;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		words++;
		if (!capitalised(word) && !page_word_is(&p->tables, "particle", fold, NULL) && !page_word_is(&p->tables, "noperson", fold, NULL) &&
		    !page_word_is(&p->tables, "crumb", fold, NULL) && !page_word_is(&p->tables, "small", fold, NULL))
			return false;
	}
	return words > 0 && words <= 6;
}

static void see_site(page *p, sr_str name)
{
	if (!p->site_seen.len)
		p->site_seen = name;
}

/* One name of a byline. 1: taken; 0: harmless (a place, a role); -1: no byline at all. */
static int take_name(page *p, sr_str name, bool commit)
{
	static const sr_str ends[] = { SR_STR_INIT(" in "), SR_STR_INIT(" at "), SR_STR_INIT(" for "), SR_STR_INIT(" from ") };
	for (size_t i = 0; i < 4; i++) {
		size_t at = sr_str_find(name, ends[i], 0);
		name = at == SIZE_MAX ? name : sr_str_slice(name, 0, at);
	}
	name = sr_str_trim(name);
	sr_str fold = page_fold(p, name), credit;
	if (!name.len)
		return 0;
	bool agency = page_word_is(&p->tables, "agency", fold, &credit), wire = agency;
	if (!agency && ((name.len >= 2 && name.len <= 6 && all_upper(name)) || sr_str_find(fold, SR_STR("agency"), 0) != SIZE_MAX)) {
		credit = name;
		wire = is_namelike(p, name);
	}
	if (wire) {
		if (commit && !p->b->doc->credit.len)
			p->b->doc->credit = sr_build_clean(p->b, credit);
		return 1;
	}
	if (page_is_person(p, name)) {
		if (commit)
			sr_build_byline(p->b, name);
		return 1;
	}
	if (has_kind(p, name, "noperson"))
		return is_namelike(p, name) || sr_str_count_words(name) <= 5 ? 1 : -1;
	if (!is_namelike(p, name))
		return -1;
	if (commit && has_kind(p, name, "outlet"))
		see_site(p, name);
	return has_kind(p, name, "outlet") ? 1 : 0;
}

bool page_byline(page *p, sr_str names, bool commit)
{
	static const sr_str ands[] = { SR_STR_INIT(" and "), SR_STR_INIT(" und "), SR_STR_INIT(" et "), SR_STR_INIT(" with "), SR_STR_INIT(" y ") };
	size_t start = 0, taken = 0;
	if (sr_str_count_words(names) > 16)
		return false;
	for (size_t i = 0; i <= names.len; i++) {
		size_t width = i == names.len || is_cut(names.ptr[i]) || names.ptr[i] == '&' ? 1 : 0;
		for (size_t k = 0; k < 5 && !width; k++)
			if (sr_str_starts(sr_str_slice(names, i, names.len), ands[k]))
				width = ands[k].len;
		if (!width)
			continue;
		int one = take_name(p, sr_str_trim(sr_str_slice(names, start, i)), commit);
		if (one < 0 || (one == 0 && taken == 0 && i > start))
			return false;
		taken += one > 0;
		start = i + width;
		i += width - 1;
	}
	return taken > 0;
}

void page_people(page *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->b->bylines.count; i++) {
		sr_str name = p->b->bylines.items[i], fold = page_fold(p, name), credit;
		if (page_word_is(&p->tables, "agency", fold, &credit) || (name.len >= 2 && name.len <= 6 && all_upper(name)) ||
		    sr_str_find(fold, SR_STR("agency"), 0) != SIZE_MAX || (sr_str_count_words(name) == 1 && !has_kind(p, name, "noperson") && capitalised(name))) {
			if (!p->b->doc->credit.len)
				p->b->doc->credit = page_word_is(&p->tables, "agency", fold, &credit) ? sr_build_clean(p->b, credit) : name;
		} else if (page_is_person(p, name) || !has_kind(p, name, "noperson")) {
			p->b->bylines.items[kept++] = name;
		}
	}
	p->b->bylines.count = kept;
}

/* How many bytes of text the first words of fold take up: folding may change lengths. */
static size_t same_words(sr_str text, sr_str fold_prefix)
{
	unsigned words = sr_str_count_words(fold_prefix);
	size_t i = 0;
	for (; i < text.len && words; i++)
		if (text.ptr[i] == ' ' || text.ptr[i] == ':')
			if (--words == 0)
				break;
	return i;
}

static size_t skip_signs(sr_str s, size_t i)
{
	while (i < s.len && strchr(" :([|,-*", s.ptr[i]))
		i++;
	return i;
}

bool page_date_label(const page *p, const page_line *l, bool years, sr_printed_date *date, size_t *end, bool *word)
{
	size_t label = page_words_at(&p->tables, "updated", l->fold), pos;
	if (!label)
		label = page_words_at(&p->tables, "published", l->fold);
	*word = label > 0;
	pos = skip_signs(l->text, label ? same_words(l->text, sr_str_slice(l->fold, 0, label)) : 0);
	if (!sr_printed_read(&p->dates, l->text, &pos, years, date))
		return false;
	*end = pos;
	return true;
}

/* Keeps a date of the head under what its label says; the first of each kind stands. */
static void keep_date(page *p, const sr_printed_date *d, bool updated)
{
	if (updated && !p->has_updated) {
		p->updated = *d;
		p->has_updated = true;
	} else if (!updated && !p->has_published) {
		p->published = *d;
		p->has_published = true;
	}
}

static unsigned small_words(sr_str s)
{
	sr_str word;
	unsigned n = 0;
	while (sr_str_next_field(&s, ' ', &word))
		n += !capitalised(word);
	return n;
}

static sr_str first_word(sr_str s)
{
	size_t end = sr_str_find_char(s, ' ', 0);
	return sr_str_slice(s, 0, end == SIZE_MAX ? s.len : end);
}

/* The last `count` words. */
static sr_str last_words(sr_str s, unsigned count)
{
	size_t i = s.len;
	while (i > 0 && !(s.ptr[i - 1] == ' ' && --count == 0))
		i--;
	return sr_str_slice(s, i, s.len);
}

/* Words of the kind stand where names of outlets have their noun, and headlines seldom: "Island Radio", "Radio Island". */
static bool has_at_edge(const page *p, sr_str name, const char *kind)
{
	sr_str fold = sr_fold_dup(p->arena, name);
	return page_word_is(&p->tables, kind, last_words(fold, 1), NULL) || page_word_is(&p->tables, kind, first_word(fold), NULL);
}

/* Two words and more, each with a capital, and none of who only works for an outlet. */
static bool is_capital_name(const page *p, sr_str name)
{
	sr_str rest = name, word;
	unsigned words = 0;
	while (sr_str_next_field(&rest, ' ', &word)) {
		sr_str fold = sr_fold_dup(p->arena, word);
		words++;
		if ((!capitalised(word) && !page_word_is(&p->tables, "particle", fold, NULL)) || page_word_is(&p->tables, "worker", fold, NULL))
			return false;
	}
	return words >= 2 && words <= OUTLET_WORDS_MAX;
}

/* "Halvar News Agency", "El Faro de Bermejo": a noun that little but an outlet ends with, or has behind an article. "Leader Meets Press" is
 * a headline, though both are nouns of outlets. */
static bool is_masthead(const page *p, sr_str name)
{
	sr_str fold = sr_fold_dup(p->arena, name);
	bool article = page_word_is(&p->tables, "article", first_word(fold), NULL) && has_kind(p, name, "masthead");
	return is_capital_name(p, name) &&
	       (article || page_word_is(&p->tables, "masthead", last_words(fold, 1), NULL) || page_word_is(&p->tables, "masthead", last_words(fold, 2), NULL));
}

/* A piece of a head line between two cuts. -1: this is no line of facts; else what it adds: 0 nothing, 1 a name, 2 a fact, 3 words
 * that only a line with a date may hold ("web story | 12 August"). */
static int take_piece(page *p, sr_str piece, bool commit, bool *in_byline)
{
	sr_str fold;
	while (piece.len && strchr(" .:-*", piece.ptr[0]))
		piece = sr_str_slice(piece, 1, piece.len);
	piece = sr_str_trim(piece);
	fold = page_fold(p, piece);
	if (!piece.len || page_words_at(&p->tables, "updated", fold) == fold.len || page_words_at(&p->tables, "published", fold) == fold.len ||
	    page_word_is(&p->tables, "section", fold, NULL))
		return 0;
	size_t by = page_words_at(&p->tables, "byline", fold);
	if (by || *in_byline) {
		sr_str names = by ? sr_str_trim(sr_str_slice(piece, same_words(piece, sr_str_slice(fold, 0, by)), piece.len)) : piece;
		while (names.len && names.ptr[0] == ':')
			names = sr_str_trim(sr_str_slice(names, 1, names.len));
		if (!page_byline(p, names, commit))
			return *in_byline && !by && is_namelike(p, piece) ? 0 : -1;
		*in_byline = true;
		return 2;
	}
	bool crumbs = true;
	sr_str rest = fold, word, raw = piece, raw_word;
	while (sr_str_next_field(&rest, ' ', &word) && sr_str_next_field(&raw, ' ', &raw_word))
		crumbs = crumbs && (page_word_is(&p->tables, "crumb", word, NULL) || page_word_is(&p->tables, "section", word, NULL) || word.len <= 1 ||
		                    (raw_word.len <= 3 && all_upper(raw_word)) || (word.ptr[0] >= '0' && word.ptr[0] <= '9'));
	if (crumbs)
		return 0;
	if (is_masthead(p, piece)) {
		if (commit)
			see_site(p, piece);
		return 2;
	}
	/* "the culture desk": who wrote it, though nobody; "Continental Wire" */
	if (has_at_edge(p, piece, "noperson") && sr_str_count_words(piece) <= 5 && !page_ends_sentence(piece)) {
		if (commit && is_capital_name(p, piece) && has_at_edge(p, piece, "outlet"))
			see_site(p, piece);
		return 2;
	}
	if (!is_namelike(p, piece))
		return small_words(piece) <= ODD_WORDS && sr_str_count_words(piece) <= OUTLET_WORDS_MAX && !page_ends_sentence(piece) ? 3 : -1;
	if (commit && has_kind(p, piece, "outlet"))
		see_site(p, piece);
	return 1;
}

/* A dash between blanks: its bytes with them, or 0. */
static size_t dash_at(sr_str s)
{
	static const sr_str dashes[] = { SR_STR_INIT(" - "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 ") };
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (sr_str_starts(s, dashes[i]))
			return dashes[i].len;
	return 0;
}

/* Is the line nothing but facts of the head (dates, byline, outlet, place, crumbs)? Takes them. */
static bool facts_line(page *p, page_line *l, bool commit)
{
	sr_str s = l->text;
	bool in_byline = false;
	size_t facts = 0, soft = 0, odd = 0, start = 0, i = 0;
	bool day = false;
	if (!l->fold.len || l->words > 24)
		return false;
	while (i <= s.len) {
		size_t end = i;
		sr_printed_date d;
		bool edge = i == 0 || strchr(" (|,/:", s.ptr[i - 1]) != NULL;
		bool dated = i < s.len && edge && (sr_is_digit((unsigned char)s.ptr[i]) || sr_is_alpha((unsigned char)s.ptr[i])) &&
		             sr_printed_read(&p->dates, s, &end, false, &d) && (d.day || d.hour >= 0);
		size_t mark = i < s.len ? dash_at(sr_str_slice(s, i, s.len)) : 0;
		/* " By " opens a byline wherever it stands in such a line */
		bool by = i > 0 && i + 4 < s.len && s.ptr[i - 1] == ' ' && (sr_str_starts(sr_str_slice(s, i, s.len), SR_STR("By ")) ||
		          (sr_str_starts(sr_str_slice(s, i, s.len), SR_STR("by ")) && start < i && facts));
		if (i == s.len || is_cut(s.ptr[i]) || dated || mark || by) {
			sr_str piece = sr_str_slice(s, start, i);
			int one = take_piece(p, piece, commit, &in_byline);
			if (one < 0)
				return false;
			facts += one == 2;
			soft += one == 1;
			odd += one == 3;
			if (dated) {
				bool updated = page_words_at(&p->tables, "updated", page_fold(p, sr_str_trim(piece))) > 0;
				if (commit && d.day)
					keep_date(p, &d, updated);
				facts++;
				day = day || d.day;
				i = start = end;
				continue;
			}
			start = by ? i : i + (mark ? mark : 1);
			if (by)
				in_byline = false;
		}
		i++;
	}
	return facts > 0 && soft <= 3 && (odd == 0 || (odd == 1 && day && !l->ends && l->words <= ODD_LINE_WORDS));
}

static size_t head_end(page *p)
{
	size_t limit = p->lines.count < HEAD_LINES ? p->lines.count : HEAD_LINES, end = SIZE_MAX;
	for (size_t i = 0; i < limit; i++) {
		page_line *l = &p->lines.items[i];
		if (l->role == ROLE_UPDATE || l->role == ROLE_DAY || l->role == ROLE_TIMELINE || l->role == ROLE_SOURCES)
			return end < i ? end : i;
		bool facts = l->role == ROLE_TEXT && facts_line(p, l, false);
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
		bool masthead = i + 1 < end && l->kind != SR_LINE_HEADING && is_masthead(p, l->text) && p->lines.items[i + 1].role == ROLE_TEXT && p->lines.items[i + 1].words >= 3;
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
	else if (!section && is_namelike(p, l->text) && (has_at_edge(p, l->text, "outlet") || (first && l->words >= 2)))
		see_site(p, l->text);
	l->role = ROLE_DROP;
}

/* "Title | Outlet" where the title is known: gives the outlet. */
static bool title_with_site(page *p, const page_line *l, sr_str title_fold)
{
	static const sr_str bars[] = { SR_STR_INIT(" | "), SR_STR_INIT(" - "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 "), SR_STR_INIT(" \xC2\xB7 ") };
	if (l->fold.len <= title_fold.len || !sr_str_starts(l->fold, title_fold))
		return false;
	for (size_t i = 0; i < 5; i++) {
		size_t at = sr_str_find(l->text, bars[i], title_fold.len > 8 ? title_fold.len - 8 : 0);
		if (at != SIZE_MAX && sr_str_count_words(sr_str_slice(l->text, at, l->text.len)) <= 7) {
			see_site(p, sr_str_trim(sr_str_slice(l->text, at + bars[i].len, l->text.len)));
			return true;
		}
	}
	return false;
}

/* A menu at the very top often begins with the outlet's own name. */
static void site_of_menu(page *p)
{
	const page_line *l = &p->lines.items[0];
	size_t bar = sr_str_find_char(l->text, '|', 0);
	if (l->role != ROLE_DROP || bar == SIZE_MAX)
		return;
	sr_str name = sr_str_trim(sr_str_slice(l->text, 0, bar));
	if (name.len && is_namelike(p, name) && has_kind(p, name, "outlet"))
		see_site(p, name);
}

static void take_head_line(page *p, size_t i, size_t title, size_t end)
{
	page_line *l = &p->lines.items[i];
	const sr_document *d = p->b->doc;
	if (i == title)
		return;
	if (facts_line(p, l, false)) {
		(void)facts_line(p, l, true);
		l->role = ROLE_DATE;
		return;
	}
	bool before = title != SIZE_MAX && i < title;
	bool known = false;
	for (size_t k = 0; k < p->b->bylines.count; k++)
		known = known || sr_str_eq_nocase(p->b->bylines.items[k], l->text);
	bool beside = (i + 1 < end && facts_line(p, &p->lines.items[i + 1], false)) || (i > 0 && p->lines.items[i - 1].role == ROLE_DATE);
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
	site_of_menu(p);
	for (size_t i = 0; i < end; i++)
		if (p->lines.items[i].role == ROLE_TEXT && facts_line(p, &p->lines.items[i], false)) {
			(void)facts_line(p, &p->lines.items[i], true);
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
		if (l->role == ROLE_TEXT && fold.len && (same_line(l, fold) || (i < end && title_with_site(p, l, fold)))) {
			l->role = ROLE_DROP;
			if (title == SIZE_MAX && i < end)
				title = i;
		}
	}
	for (size_t i = 0; i < end; i++)
		if (p->lines.items[i].role == ROLE_TEXT)
			take_head_line(p, i, title, end);
}

/* Letters and digits only, in lower case, to compare a name with a host. */
static sr_str squashed(page *p, sr_str s)
{
	sr_str fold = page_fold(p, s);
	char *out = sr_arena_alloc(p->arena, fold.len + 1);
	size_t n = 0;
	for (size_t i = 0; out && i < fold.len; i++)
		if ((fold.ptr[i] >= 'a' && fold.ptr[i] <= 'z') || sr_is_digit((unsigned char)fold.ptr[i]))
			out[n++] = fold.ptr[i];
	return sr_str_make(out, out ? n : 0);
}

void page_site(page *p)
{
	sr_document *d = p->b->doc;
	sr_str url = d->url, host = { 0 };
	size_t at = sr_str_find(url, SR_STR("://"), 0);
	if (at != SIZE_MAX) {
		host = sr_str_slice(url, at + 3, url.len);
		for (size_t i = 0; i < host.len; i++)
			if (strchr("/?#:", host.ptr[i]))
				host = sr_str_slice(host, 0, i);
		if (sr_str_starts_nocase(host, SR_STR("www.")))
			host = sr_str_slice(host, 4, host.len);
	}
	if (d->site.len)
		return;
	sr_str name = squashed(p, p->site_seen), label = squashed(p, host);
	if (host.len && p->site_seen.len && name.len >= 3 && !sr_str_starts(label, name) &&
	    !(sr_str_starts(name, SR_STR("the")) && sr_str_starts(label, sr_str_slice(name, 3, name.len))))
		p->site_seen = (sr_str){ 0 };
	d->site = sr_build_clean(p->b, p->site_seen.len ? p->site_seen : host);
}
