/* What the article's own first and last lines say of where it comes from: "LINDMOUTH, March 2 (AFP) -",
 * "(Reuters, dpa)", and bylines that no markup names. */
#include "html_pieces.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define DATELINE_MAX 90 /* bytes before the dash */
#define CREDIT_MAX 60   /* bytes of a line that is nothing but agencies */

static const sr_str dashes[] = { SR_STR_INIT(" - "), SR_STR_INIT(" -- "), SR_STR_INIT(" \xE2\x80\x93 "),
	                             SR_STR_INIT(" \xE2\x80\x94 "), SR_STR_INIT("\xE2\x80\x94"), SR_STR_INIT(".- ") };

static bool find_dash(sr_str s, size_t *words, size_t *behind)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t at = sr_str_find(sr_str_slice(s, 0, DATELINE_MAX), dashes[i], 0);
		if (at == SIZE_MAX || at >= best)
			continue;
		best = at;
		*words = at;
		*behind = at + dashes[i].len;
	}
	return best != SIZE_MAX;
}

/* A place as datelines write it: one to five words, the first with a capital; all capitals if strict. */
static bool is_place(sr_str s, bool strict)
{
	size_t pos = 0, blanks = 0, letters = 0;
	while (pos < s.len) {
		bool first = pos == 0;
		uint32_t cp = sr_utf8_next(s, &pos);
		blanks += cp == ' ';
		letters += sr_cp_is_letter(cp);
		if ((first && !sr_cp_is_uppercase(cp)) || (strict && sr_cp_is_lowercase(cp)) || sr_is_digit(cp) || cp == '"' || cp == ':')
			return false;
	}
	return letters >= 3 && blanks <= 4;
}

/* An agency that no table knows signs with its letters: "(NPA)", behind a place and a day. */
static sr_str unknown_agency(sr_str s, sr_str dateline)
{
	bool dated = false;
	for (size_t i = 0; i < dateline.len; i++)
		dated = dated || sr_is_digit((unsigned char)dateline.ptr[i]);
	for (size_t i = 0; i < s.len; i++)
		if (!sr_is_upper((unsigned char)s.ptr[i]))
			return (sr_str){ 0 };
	return s.len >= 2 && s.len <= 6 && dated ? s : (sr_str){ 0 };
}

static void read_dateline(html_page *p, piece *q)
{
	size_t words, behind;
	if (!find_dash(q->text, &words, &behind))
		return;
	sr_str place = sr_str_trim(sr_str_slice(q->text, 0, words)), agency = { 0 };
	size_t open = sr_str_find_char(place, '(', 0);
	if (open != SIZE_MAX && place.ptr[place.len - 1] == ')') {
		agency = html_agency(p, sr_str_slice(place, open + 1, place.len - 1));
		if (!agency.len)
			agency = unknown_agency(sr_str_slice(place, open + 1, place.len - 1), sr_str_slice(place, 0, open));
		if (!agency.len)
			return;
		place = sr_str_trim(sr_str_slice(place, 0, open));
	}
	size_t comma = sr_str_find_char(place, ',', 0);
	sr_str rest = comma == SIZE_MAX ? (sr_str){ 0 } : sr_str_slice(place, comma + 1, place.len);
	place = sr_str_trim(sr_str_slice(place, 0, comma));
	if (!is_place(place, agency.len == 0) || place.len > 50 || rest.len > 40)
		return;
	p->dateline = place;
	if (agency.len && !p->credit.len)
		p->credit = agency;
	sr_time time = SR_TIME_NONE;
	if (!sr_time_known(p->published.value) && html_date_in(rest, false, &time))
		p->published = (html_when){ time, FROM_TEXT };
	q->text = sr_str_trim(sr_str_slice(q->text, behind, q->text.len));
}

/* True if the line names agencies and nothing else: "(Reuters, dpa)", "AFP/lk" is not one. */
static bool is_credit_line(html_page *p, sr_str s, sr_str *first)
{
	size_t named = 0;
	if (s.len > CREDIT_MAX)
		return false;
	if (s.len > 2 && (s.ptr[0] == '(' || s.ptr[0] == '['))
		s = sr_str_slice(s, 1, s.len - 1);
	for (size_t i = 0, start = 0; i <= s.len; i++) {
		if (i < s.len && !strchr("/,;|", s.ptr[i]))
			continue;
		sr_str agency = html_agency(p, sr_str_trim(sr_str_slice(s, start, i)));
		if (!agency.len)
			return false;
		if (!named++)
			*first = agency;
		start = i + 1;
	}
	return named > 0;
}

void html_read_wire(html_page *p, pieces *all)
{
	sr_str agency = { 0 };
	size_t seen = 0;
	for (size_t i = 0; i < all->count; i++) {
		piece *q = &all->items[i];
		if (!q->keep || q->kind != SR_BLOCK_PARAGRAPH || q->text.len < 80)
			continue;
		if (!p->live)
			read_dateline(p, q);
		break;
	}
	for (size_t i = all->count; i-- > 0 && seen < 8;) {
		piece *q = &all->items[i];
		if (q->text.len > CREDIT_MAX && q->keep)
			seen++;
		if (!is_credit_line(p, q->text, &agency))
			continue;
		q->keep = false;
		if (!p->credit.len)
			p->credit = agency;
		break;
	}
}
