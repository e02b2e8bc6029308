/* Dates as pages write them: machine forms, and days with month names or numbers in the languages of
 * data/html/months.tsv, with a time of day and zone behind them. */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define SCAN_MAX 400 /* bytes of running text that are looked at */
#define TOKENS_MAX 96

typedef struct token {
	uint32_t start, end;
	int number; /* -1: a word */
	uint8_t digits;
	uint8_t month; /* of a word that names one */
} token;

typedef struct scan {
	sr_str s;
	token tokens[TOKENS_MAX];
	size_t count;
	bool month_first;
} scan;

uint8_t html_month(sr_str word)
{
	char lower[64];
	size_t len = 0;
	if (word.len > 30)
		return 0;
	for (size_t i = 0; i < word.len;)
		len += sr_utf8_encode(sr_cp_lower(sr_utf8_next(word, &i)), lower + len);
	sr_str row = table_find(table_rows(sr_data("html/months.tsv")), sr_str_make(lower, len));
	return row.len == 1 ? (uint8_t)(row.ptr[0] - '0') : row.len == 2 ? (uint8_t)(10 * (row.ptr[0] - '0') + row.ptr[1] - '0') : 0;
}

static void add_number(scan *c, size_t *i)
{
	token *t = &c->tokens[c->count++];
	*t = (token){ .start = (uint32_t)*i };
	while (*i < c->s.len && sr_is_digit((unsigned char)c->s.ptr[*i])) {
		if (t->digits < 9)
			t->number = t->number * 10 + (c->s.ptr[*i] - '0');
		t->digits++;
		++*i;
	}
	t->end = (uint32_t)*i;
}

static void tokenise(scan *c)
{
	for (size_t i = 0; i < c->s.len && c->count < TOKENS_MAX;) {
		size_t at = i;
		if (sr_is_digit((unsigned char)c->s.ptr[i])) {
			add_number(c, &i);
			continue;
		}
		while (i < c->s.len) {
			size_t next = i;
			if (!sr_cp_is_letter(sr_utf8_next(c->s, &next)))
				break;
			i = next;
		}
		if (i == at) {
			sr_utf8_next(c->s, &i);
			continue;
		}
		sr_str word = sr_str_slice(c->s, at, i);
		c->tokens[c->count++] = (token){ .start = (uint32_t)at, .end = (uint32_t)i, .number = -1,
			                             .month = word.len >= 3 ? html_month(word) : 0 };
	}
}

/* What stands between two tokens. */
static sr_str gap(const scan *c, size_t i)
{
	return sr_str_slice(c->s, c->tokens[i].end, c->tokens[i + 1].start);
}

static bool gap_is(const scan *c, size_t i, const char *signs)
{
	sr_str g = gap(c, i);
	for (size_t k = 0; k < g.len; k++)
		if (!strchr(signs, g.ptr[k]))
			return false;
	return g.len <= 4;
}

static bool plausible(int year, int month, int day)
{
	return year >= 1970 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= sr_days_in_month(year, month);
}

static int full_year(const token *t)
{
	if (t->digits == 4)
		return t->number;
	return t->digits == 2 ? (t->number < 70 ? 2000 : 1900) + t->number : 0;
}

/* The word between a day and a month, or a month and a year: `de`, `of`, `st`. */
static size_t pass_particle(const scan *c, size_t i)
{
	static const char *const particles[] = { "de", "del", "of", "st", "nd", "rd", "th", "er", "г", "di", "den" };
	if (i < c->count && c->tokens[i].number < 0)
		for (size_t k = 0; k < sizeof particles / sizeof *particles; k++)
			if (sr_str_eq_nocase(sr_str_slice(c->s, c->tokens[i].start, c->tokens[i].end), sr_str_c(particles[k])))
				return i + 1;
	return i;
}

/* Each reader takes the date that begins at token i and gives the token after it, or 0. */
static size_t read_numbers(const scan *c, size_t i, sr_time *out)
{
	const token *t = &c->tokens[i];
	if (i + 2 >= c->count || t[0].number < 0 || t[1].number < 0 || t[2].number < 0)
		return 0;
	sr_str g1 = sr_str_trim(gap(c, i)), g2 = sr_str_trim(gap(c, i + 1));
	if (g1.len != 1 || !sr_str_eq(g1, g2) || !strchr("./-|", g1.ptr[0])) {
		/* 2020年1月2日 */
		if (!(t[0].digits == 4 && g1.len == 3 && g2.len == 3 && (unsigned char)g1.ptr[0] >= 0xE5))
			return 0;
	}
	if (t[0].digits == 4 && plausible(t[0].number, t[1].number, t[2].number) && t[2].digits <= 2) {
		*out = sr_time_date(t[0].number, t[1].number, t[2].number);
		return i + 3;
	}
	int year = full_year(&t[2]), day = t[0].number, month = t[1].number;
	if (t[0].digits > 2 || t[1].digits > 2 || (t[2].digits != 4 && (t[2].digits != 2 || g1.ptr[0] == '-')))
		return 0;
	if ((c->month_first && g1.ptr[0] == '/' && day <= 12) || (g1.ptr[0] == '/' && month > 12)) {
		int swap = day;
		day = month;
		month = swap;
	}
	if (!plausible(year, month, day))
		return 0;
	*out = sr_time_date(year, month, day);
	return i + 3;
}

static size_t read_day_month(const scan *c, size_t i, sr_time *out)
{
	const token *t = c->tokens;
	if (t[i].number < 1 || t[i].digits > 2)
		return 0;
	size_t m = pass_particle(c, i + 1);
	if (m >= c->count || !t[m].month || !gap_is(c, m - 1, ". -\xC2\xA0/"))
		return 0;
	size_t y = pass_particle(c, m + 1);
	if (y >= c->count || t[y].number < 0 || !gap_is(c, y - 1, "., -\xC2\xA0/'") || (t[y].digits != 4 && t[y].digits != 2))
		return 0;
	if (!plausible(full_year(&t[y]), t[m].month, t[i].number))
		return 0;
	*out = sr_time_date(full_year(&t[y]), t[m].month, t[i].number);
	return y + 1;
}

static size_t read_month_day(const scan *c, size_t i, sr_time *out)
{
	const token *t = c->tokens;
	if (!t[i].month || i + 2 >= c->count || t[i + 1].number < 1 || t[i + 1].digits > 2 || !gap_is(c, i, ". \xC2\xA0"))
		return 0;
	size_t y = pass_particle(c, i + 2);
	if (y >= c->count || t[y].digits != 4 || t[y].number < 0 || !gap_is(c, y - 1, "., \xC2\xA0")
	    || !plausible(t[y].number, t[i].month, t[i + 1].number))
		return 0;
	*out = sr_time_date(t[y].number, t[i].month, t[i + 1].number);
	return y + 1;
}

/* hh:mm behind the date, `8.30 Uhr`, with am/pm. */
static void read_clock(const scan *c, size_t i, sr_time *t)
{
	for (size_t skip = 0; skip < 3 && i + 1 < c->count; skip++, i++) {
		const token *h = &c->tokens[i], *m = h + 1;
		if (h->number < 0 || m->number < 0) {
			if (h->number >= 0)
				return;
			continue;
		}
		sr_str g = gap(c, i);
		bool colon = sr_str_eq(g, SR_STR(":"));
		sr_str after = i + 2 < c->count ? sr_str_slice(c->s, m[1].start, m[1].end) : (sr_str){ 0 };
		if (m->digits != 2 || h->digits > 2 || h->number > 23 || m->number > 59
		    || !(colon || (sr_str_eq(g, SR_STR(".")) && sr_str_eq_nocase(after, SR_STR("uhr")))))
			return;
		int hour = h->number;
		if (sr_str_starts_nocase(after, SR_STR("p")) && hour < 12 && after.len <= 2)
			hour += 12;
		if (sr_str_starts_nocase(after, SR_STR("a")) && hour == 12 && after.len <= 2)
			hour = 0;
		t->hour = (uint8_t)hour;
		t->minute = (uint8_t)m->number;
		t->precision = SR_PRECISION_MINUTE;
		return;
	}
}

bool html_date_next(sr_str s, bool month_first, size_t *pos, size_t *start, sr_time *out)
{
	size_t from = *pos;
	scan c = { .s = sr_str_slice(s, from, from + SCAN_MAX < s.len ? from + SCAN_MAX : s.len), .month_first = month_first };
	bool digit = false;
	for (size_t i = 0; i < c.s.len && !digit; i++)
		digit = sr_is_digit((unsigned char)c.s.ptr[i]);
	if (!digit)
		return false;
	tokenise(&c);
	for (size_t i = 0; i < c.count; i++) {
		size_t next = read_numbers(&c, i, out);
		if (!next)
			next = read_day_month(&c, i, out);
		if (!next)
			next = read_month_day(&c, i, out);
		if (!next)
			continue;
		read_clock(&c, next, out);
		*start = from + c.tokens[i].start;
		*pos = from + c.tokens[next - 1].end;
		return true;
	}
	return false;
}

bool html_date_in(sr_str s, bool month_first, sr_time *out)
{
	size_t pos = 0, start;
	return html_date_next(s, month_first, &pos, &start, out);
}

static bool all_digits(sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!sr_is_digit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

/* 20200102, 20200102T1530, epoch seconds or milliseconds. */
static bool read_compact(sr_str s, sr_time *out)
{
	int64_t value = 0;
	if (s.len > 13 || !all_digits(s))
		return false;
	for (size_t i = 0; i < s.len; i++)
		value = value * 10 + (s.ptr[i] - '0');
	if (s.len == 8 && plausible((int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100))) {
		*out = sr_time_date((int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100));
		return true;
	}
	if (s.len == 13)
		value /= 1000;
	if (s.len != 10 && s.len != 13)
		return false;
	*out = sr_time_from_epoch(value);
	return true;
}

bool html_date_value(sr_str s, bool month_first, sr_time *out)
{
	s = sr_str_trim(s);
	if (s.len < 6 || s.len > 200)
		return false;
	if (sr_time_parse(s, out) && plausible(out->year, out->month ? out->month : 1, out->day ? out->day : 1))
		return out->precision >= SR_PRECISION_DAY;
	/* a fraction or a zone that the standard form does not have: the day and the minute still stand */
	for (size_t len = 19; len >= 10; len -= len == 19 ? 3 : 6)
		if (s.len > len && s.ptr[4] == '-' && sr_time_parse(sr_str_slice(s, 0, len), out))
			return plausible(out->year, out->month, out->day);
	return read_compact(s, out) || html_date_in(s, month_first, out);
}

/* The run of digits at s[*i], at most four; moves past it. -1 if there is none. */
static int take_digits(sr_str s, size_t *i, size_t *digits)
{
	int value = 0;
	*digits = 0;
	while (*i < s.len && sr_is_digit((unsigned char)s.ptr[*i]) && *digits < 5) {
		value = value * 10 + (s.ptr[*i] - '0');
		++*i;
		++*digits;
	}
	return *digits ? value : -1;
}

/* `2017/7/12`, `2017-07-12`, `29-10-2021` at place i of a URL. */
static bool read_url_date(sr_str url, size_t i, sr_time *out)
{
	int part[3];
	size_t digits[3];
	char sign = 0;
	for (int k = 0; k < 3; k++) {
		part[k] = take_digits(url, &i, &digits[k]);
		if (part[k] < 0)
			return false;
		if (k == 2)
			break;
		if (i >= url.len || (url.ptr[i] != '/' && url.ptr[i] != '-' && url.ptr[i] != '_') || (sign && url.ptr[i] != sign))
			return false;
		sign = url.ptr[i++];
	}
	if (digits[1] > 2)
		return false;
	if (digits[0] == 4 && digits[2] <= 2 && part[0] >= 1990 && plausible(part[0], part[1], part[2])) {
		*out = sr_time_date(part[0], part[1], part[2]);
		return true;
	}
	if (digits[2] == 4 && digits[0] <= 2 && part[2] >= 1990 && sign != '/' && plausible(part[2], part[1], part[0])) {
		*out = sr_time_date(part[2], part[1], part[0]);
		return true;
	}
	return false;
}

bool html_date_in_url(sr_str url, sr_time *out)
{
	for (size_t i = 0; i + 7 < url.len; i++) {
		bool start = i == 0 || url.ptr[i - 1] == '/' || url.ptr[i - 1] == '-' || url.ptr[i - 1] == '_';
		if (start && sr_is_digit((unsigned char)url.ptr[i]) && read_url_date(url, i, out))
			return true;
	}
	return false;
}
