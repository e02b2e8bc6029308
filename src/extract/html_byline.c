/* Bylines into people and agencies. */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define BYLINE_MAX 300 /* bytes; a longer one is no byline */
#define NAME_MAX 70
#define NAME_WORDS 6
#define PEOPLE_MAX 32

static sr_str lower_of(html_page *p, sr_str s)
{
	for (size_t i = 0; i < s.len;)
		sr_buf_add_cp(&p->scratch, sr_cp_lower(sr_utf8_next(s, &i)));
	sr_str lower = sr_str_dup(p->arena, sr_buf_str(&p->scratch));
	sr_buf_clear(&p->scratch);
	return lower;
}

static bool is_byline_word(sr_str lower, const char *what)
{
	sr_str row = table_find(table_rows(sr_data("html/byline.tsv")), lower);
	return row.ptr && table_has_word(row, what);
}

static sr_str strip(sr_str s)
{
	size_t start = 0, end = s.len;
	while (start < s.len) {
		size_t next = start;
		uint32_t cp = sr_utf8_next(s, &next);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp) || cp == '@')
			break;
		start = next;
	}
	while (end > start) {
		size_t before = end;
		uint32_t cp = sr_utf8_prev(s, &before);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp) || cp == ')' || cp == '.' || cp == '!')
			break;
		end = before;
	}
	return sr_str_slice(s, start, end);
}

/* Takes words that stand before names off the front. */
static sr_str strip_prefix(html_page *p, sr_str s, bool *had)
{
	for (int round = 0; round < 3; round++) {
		sr_str lower = lower_of(p, sr_str_slice(s, 0, 60));
		size_t cut = 0;
		for (size_t i = 1; i <= lower.len && i < 40; i++)
			if ((i == lower.len || lower.ptr[i] == ' ' || lower.ptr[i] == ':' || (unsigned char)lower.ptr[i] == 0xC2)
			    && is_byline_word(sr_str_slice(lower, 0, i), "prefix"))
				cut = i;
		if (!cut || cut >= s.len)
			return s;
		*had = true;
		s = strip(sr_str_slice(s, cut, s.len));
	}
	return s;
}

sr_str html_agency(html_page *p, sr_str name)
{
	return table_find(table_rows(sr_data("html/agencies.tsv")), lower_of(p, name));
}

static bool same_name(html_page *p, sr_str a, sr_str b)
{
	return a.len && b.len && sr_str_eq(lower_of(p, a), lower_of(p, b));
}

/* The length of the ending of an address (".com"), or 0. */
static size_t domain_end(sr_str lower)
{
	static const char *const ends[] = { ".de", ".com", ".org", ".net", ".at", ".ch", ".info", ".eu", ".co.uk" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (sr_str_ends(lower, sr_str_c(ends[i])))
			return strlen(ends[i]);
	return 0;
}

/* "Lindmouth Foundation": a word that only organisations have in their names. */
static bool is_organisation(sr_str lower)
{
	sr_str word, rest = lower;
	while (sr_str_next_field(&rest, ' ', &word))
		if (is_byline_word(word, "org"))
			return true;
	return domain_end(lower) > 0;
}

static sr_str squashed(html_page *p, sr_str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t cp = sr_utf8_next(s, &i);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp))
			sr_buf_add_cp(&p->scratch, sr_cp_lower(cp));
	}
	sr_str bare = sr_str_dup(p->arena, sr_buf_str(&p->scratch));
	sr_buf_clear(&p->scratch);
	return bare;
}

/* "El Correo" of "ElCorreo.com": one name, whatever the signs, blanks and the ending of an address. */
static bool is_site(html_page *p, sr_str name)
{
	sr_str site = p->site.value, bare = squashed(p, name);
	return bare.len && sr_str_eq(bare, squashed(p, sr_str_slice(site, 0, site.len - domain_end(lower_of(p, site)))));
}

/* One word without a capital, the site's own name, or that of the section: not a person. */
static bool is_account(html_page *p, sr_str s)
{
	if (is_site(p, s) || same_name(p, s, p->section.value))
		return true;
	if (sr_str_find_char(s, ' ', 0) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < s.len;)
		if (sr_cp_is_uppercase(sr_utf8_next(s, &i)))
			return false;
	return true;
}

static bool is_name(html_page *p, html_source from, sr_str s)
{
	size_t words = 0, letters = 0, digits = 0;
	if (s.len < 2 || s.len > NAME_MAX || sr_str_find(s, SR_STR("://"), 0) != SIZE_MAX
	    || sr_str_find(s, SR_STR("www."), 0) != SIZE_MAX || sr_str_find_char(s, '/', 0) != SIZE_MAX)
		return false;
	bool blank = true;
	for (size_t i = 0; i < s.len;) {
		uint32_t cp = sr_utf8_next(s, &i);
		words += blank && !sr_cp_is_space(cp);
		blank = sr_cp_is_space(cp);
		letters += sr_cp_is_letter(cp);
		digits += sr_cp_is_number(cp);
	}
	sr_time time;
	if (letters < 2 || digits > letters || words > NAME_WORDS || html_date_in(s, false, &time))
		return false;
	sr_str lower = lower_of(p, s);
	if (sr_str_starts(s, SR_STR("the "))) /* "the editor, …": an office */
		return false;
	if (!lower.len) /* no memory */
		return false;
	sr_str bare = sr_str_slice(lower, 0, lower.len - (lower.ptr[lower.len - 1] == '.'));
	/* "Publicado hace 3 horas" */
	sr_str first = sr_str_slice(lower, 0, sr_str_find_char(lower, ' ', 0));
	sr_str kind = table_find(table_rows(sr_data("html/date-words.tsv")), first);
	if (kind.len && !sr_str_eq(kind, SR_STR("small")))
		return false;
	if (html_line_kind(s) != LINE_PLAIN || is_byline_word(bare, "stop") || is_byline_word(bare, "prefix")
	    || html_month(s) || is_organisation(lower))
		return false;
	/* a blog may bear its author's name, where the author is declared to be a person */
	return from == FROM_JSON_LD || !same_name(p, s, p->site.value);
}

/* A declared account, or a first name alone, against the full name that the page shows. */
static bool gives_way(html_page *p, sr_str declared, sr_str shown)
{
	bool full = sr_str_find_char(shown, ' ', 0) != SIZE_MAX;
	if (is_account(p, declared))
		return full || !is_account(p, shown);
	return full && sr_str_find_char(declared, ' ', 0) == SIZE_MAX && sr_str_starts(shown, declared)
	       && shown.ptr[declared.len] == ' ';
}

/* "Mira Kessel am 2. März": the name in front of the first digit, without the words that lead to it. */
static sr_str before_date(html_page *p, sr_str name)
{
	size_t digit = 0;
	while (digit < name.len && !sr_is_digit((unsigned char)name.ptr[digit]))
		digit++;
	if (digit == name.len || digit < 5 || name.ptr[digit - 1] != ' ')
		return name;
	if (name.ptr[digit - 2] == ':') /* "Comments: 4" */
		return (sr_str){ 0 };
	name = strip(sr_str_slice(name, 0, digit));
	for (int round = 0; round < 2; round++) {
		size_t at = name.len;
		while (at > 0 && name.ptr[at - 1] != ' ')
			at--;
		if (at < 3 || !is_byline_word(lower_of(p, sr_str_slice(name, at, name.len)), "tail"))
			break;
		name = strip(sr_str_slice(name, 0, at));
	}
	return name;
}

/* "Mira Kessel Source: Harbour News": the names in front of another label. */
static sr_str before_label(sr_str name)
{
	size_t colon = sr_str_find_char(name, ':', 0);
	if (colon == SIZE_MAX)
		return name;
	size_t end = colon, blanks = 0;
	while (end > 0 && name.ptr[end - 1] != ' ')
		end--;
	for (size_t i = 0; i + 1 < end; i++)
		blanks += name.ptr[i] == ' ';
	return blanks ? strip(sr_str_slice(name, 0, end)) : name;
}

void html_add_person(html_page *p, html_source from, sr_str name)
{
	name = strip(name);
	size_t open = sr_str_find_char(name, '(', 0);
	if (open != SIZE_MAX && open > 2)
		name = strip(sr_str_slice(name, 0, open));
	name = before_label(before_date(p, name));
	sr_str agency = html_agency(p, name);
	if (agency.len) {
		if (!p->credit.len)
			p->credit = agency;
		return;
	}
	if (from == FROM_NOWHERE || !is_name(p, from, name) || p->people.count >= PEOPLE_MAX)
		return;
	/* who is declared is believed before who is shown, but the name of an account gives way to a name */
	if (p->people.count && gives_way(p, p->people.items[0].name, name))
		p->people.count = 0;
	if (p->people.count && p->people.items[0].from < from)
		return;
	for (size_t i = 0; i < p->people.count; i++)
		if (same_name(p, p->people.items[i].name, name))
			return;
	html_person *person = SR_PUSH(p->arena, &p->people);
	if (person)
		*person = (html_person){ sr_str_dup(p->arena, name), from };
}

/* True for the word at [start, end) that stands between two names. */
static bool splits(html_page *p, sr_str s, size_t start, size_t end)
{
	return start > 0 && end < s.len && is_byline_word(lower_of(p, sr_str_slice(s, start, end)), "split");
}

void html_add_byline(html_page *p, html_source from, sr_str line)
{
	bool had = false;
	line = sr_str_trim(sr_html_unescape(p->arena, line));
	if (line.len > BYLINE_MAX || !line.len || sr_str_find(line, SR_STR("://"), 0) != SIZE_MAX)
		return;
	line = strip_prefix(p, strip(line), &had);
	size_t start = 0;
	for (size_t i = 0; i <= line.len; i++) {
		char c = i < line.len ? line.ptr[i] : ',';
		if (c == ',' || c == ';' || c == '|' || c == '&' || c == '/' || c == '\n') {
			html_add_person(p, from, sr_str_slice(line, start, i));
			start = i + 1;
			continue;
		}
		if (c != ' ')
			continue;
		size_t end = i + 1;
		while (end < line.len && line.ptr[end] != ' ')
			end++;
		if (end - i - 1 <= 5 && splits(p, line, i + 1, end)) {
			html_add_person(p, from, sr_str_slice(line, start, i));
			start = end;
			i = end - 1;
		}
	}
}

/* Every word a capital, but for what stands between or within names. */
static bool is_capitalised(html_page *p, sr_str s, size_t least)
{
	sr_str word;
	size_t words = 0;
	while (sr_str_next_field(&s, ' ', &word)) {
		word = strip(word);
		if (!word.len)
			continue;
		words++;
		size_t pos = 0;
		if (!sr_cp_is_uppercase(sr_utf8_next(word, &pos)) && word.len > 4)
			return false;
		if (!sr_cp_is_uppercase(sr_utf8_next(word, &(size_t){ 0 })) && !is_byline_word(lower_of(p, word), "split")
		    && !is_byline_word(lower_of(p, word), "particle"))
			return false;
	}
	return words >= least && words <= 12;
}

static bool starts_with_prefix(html_page *p, sr_str s)
{
	bool had = false;
	strip_prefix(p, s, &had);
	return had;
}

/* "2.3.2026 - Mira Kessel": what stands behind the date and a dash or bar, or a word that leads to names. */
static sr_str behind_date(html_page *p, sr_str line, bool *had)
{
	sr_time time;
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < line.len; i++)
		if (sr_is_digit((unsigned char)line.ptr[i]))
			last = i;
	if (last == SIZE_MAX || line.len > 80 || !html_date_in(sr_str_slice(line, 0, last + 1), false, &time))
		return line;
	sr_str rest = sr_str_trim(sr_str_slice(line, last + 1, line.len));
	if (rest.len < 6 || !(rest.ptr[0] == '-' || rest.ptr[0] == '|' || rest.ptr[0] == ',' || (unsigned char)rest.ptr[0] >= 0xC2
	                      || starts_with_prefix(p, rest)))
		return line;
	*had = true;
	return strip(rest);
}

bool html_is_author_path(html_page *p, sr_str url)
{
	sr_str segment;
	size_t n = 0;
	while (n++ < 12 && sr_str_next_field(&url, '/', &segment))
		if (segment.len && segment.len < 20 && url.len && is_byline_word(lower_of(p, segment), "path"))
			return true;
	return false;
}

bool html_take_byline(html_page *p, sr_str line)
{
	bool dated = false, had = false;
	line = sr_str_trim(line);
	if (line.len < 6 || line.len > 120)
		return false;
	sr_str names = strip_prefix(p, behind_date(p, line, &dated), &had);
	bool plain = dated && had; /* "2.3.2026 13:30 von Mira": a first name is enough */
	had = had || dated;
	size_t end = 0;
	while (end < names.len && !strchr(",|\n(", names.ptr[end]))
		end++;
	if (!had || !is_capitalised(p, sr_str_slice(names, 0, end), plain ? 1 : 2))
		return false;
	html_add_byline(p, FROM_TEXT, names);
	return true;
}

bool html_is_byline_label(html_page *p, sr_str text)
{
	sr_str lower = lower_of(p, text);
	bool colon = sr_str_ends(lower, SR_STR(":"));
	sr_str word = sr_str_trim(sr_str_slice(lower, 0, lower.len - colon));
	return is_byline_word(lower, "label") || is_byline_word(word, "label") || (colon && (is_byline_word(lower, "prefix") || is_byline_word(word, "prefix")));
}

void html_take_name(html_page *p, sr_str line)
{
	if (is_capitalised(p, line, 2) && !sr_str_ends(line, SR_STR(".")))
		html_add_byline(p, FROM_TEXT, line);
}
