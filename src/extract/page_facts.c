/* Lines of facts: dates, bylines, outlets and crumbs, between cuts, and nothing else. */
#include "page.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define ODD_WORDS 2u       /* "web story", "investigation" */
#define ODD_LINE_WORDS 12u

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
		n += !page_is_capitalised(word);
	return n;
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
			return *in_byline && !by && page_is_namelike(p, piece) ? 0 : -1;
		*in_byline = true;
		return 2;
	}
	bool crumbs = true;
	sr_str rest = fold, word, raw = piece, raw_word;
	while (sr_str_next_field(&rest, ' ', &word) && sr_str_next_field(&raw, ' ', &raw_word))
		crumbs = crumbs && (page_word_is(&p->tables, "crumb", word, NULL) || page_word_is(&p->tables, "section", word, NULL) || word.len <= 1 ||
		                    (raw_word.len <= 3 && page_is_upper(raw_word)) || (word.ptr[0] >= '0' && word.ptr[0] <= '9'));
	if (crumbs)
		return 0;
	if (page_is_masthead(p, piece)) {
		if (commit)
			page_see_site(p, piece);
		return 2;
	}
	/* "the culture desk": who wrote it, though nobody; "Continental Wire" */
	if (page_has_at_edge(p, piece, "noperson") && sr_str_count_words(piece) <= 5 && !page_ends_sentence(piece)) {
		if (commit && page_is_capital_name(p, piece) && page_has_at_edge(p, piece, "outlet"))
			page_see_site(p, piece);
		return 2;
	}
	if (!page_is_namelike(p, piece))
		return small_words(piece) <= ODD_WORDS && sr_str_count_words(piece) <= PAGE_OUTLET_WORDS_MAX && !page_ends_sentence(piece) ? 3 : -1;
	if (commit && page_has_kind(p, piece, "outlet"))
		page_see_site(p, piece);
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

bool page_facts(page *p, page_line *l, bool commit)
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
		if (i == s.len || page_is_cut(s.ptr[i]) || dated || mark || by) {
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
