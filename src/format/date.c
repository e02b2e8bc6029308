/* Reads tokens from left to right and lets each say what it can only be: a time has a colon, a year
 * four digits, a zone follows the time. What says nothing (weekdays, "at", commas) is passed over. */
#include "sitrep/format/date.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define DATE_MAX 128 /* bytes; longer texts are no dates */

typedef struct parts {
	int year, month, day, hour, minute, second, offset; /* -1: not seen (offset: see zoned) */
	int year_digits;
	bool zoned, pm, am;
} parts;

static bool month_by_table(sr_str word, int *month)
{
	char room[64];
	sr_str rest = sr_data("months.tsv"), f[16];
	size_t best = 0;
	sr_buf folded;
	if (word.len > sizeof room / 2)
		return false;
	sr_buf_init(&folded, 0);
	sr_fold(&folded, word);
	word = sr_buf_str(&folded);
	for (size_t n; (n = sr_tsv_next(&rest, f, 16));)
		for (size_t i = 1; i < n; i++)
			if (f[i].len > best && sr_str_starts(word, f[i])) {
				best = f[i].len;
				*month = 0;
				for (size_t k = 0; k < f[0].len; k++)
					*month = *month * 10 + (f[0].ptr[k] - '0');
			}
	sr_buf_deinit(&folded);
	return best > 0;
}

static bool month_of(sr_str word, int *month)
{
	static const char english[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	for (int i = 0; i < 12 && word.len >= 3; i++)
		if (sr_str_starts_nocase(word, sr_str_make(english + 3 * i, 3))) {
			*month = i + 1;
			return true;
		}
	return word.len >= 3 && month_by_table(word, month);
}

static bool zone_of(sr_str word, int *offset)
{
	sr_str rest = sr_data("timezones.tsv"), f[2];
	*offset = 0;
	if (sr_str_eq(word, SR_STR("GMT")) || sr_str_eq(word, SR_STR("UTC")) || sr_str_eq(word, SR_STR("Z")))
		return true;
	while (sr_tsv_next(&rest, f, 2))
		if (sr_str_eq_nocase(f[0], word)) {
			bool west = f[1].ptr[0] == '-';
			for (size_t i = west; i < f[1].len; i++)
				*offset = *offset * 10 + (f[1].ptr[i] - '0');
			*offset = west ? -*offset : *offset;
			return true;
		}
	return false;
}

static bool digit_at(sr_str s, size_t i) { return i < s.len && sr_is_digit((unsigned char)s.ptr[i]); }
static char char_at(sr_str s, size_t i) { return i < s.len ? s.ptr[i] : 0; }

/* Up to max digits at *i; -1 if there are none. */
static int number(sr_str s, size_t *i, int max, int *digits)
{
	int value = 0, n = 0;
	for (; n < max && digit_at(s, *i); n++, ++*i)
		value = value * 10 + (s.ptr[*i] - '0');
	if (digits)
		*digits = n;
	return n ? value : -1;
}

/* hh:mm[:ss[.fff]] at i, with ':' or the French 'h'. */
static bool read_clock(sr_str s, size_t *pos, parts *p)
{
	size_t i = *pos;
	int hour = number(s, &i, 2, NULL);
	char mark = char_at(s, i);
	if (hour < 0 || (mark != ':' && mark != 'h') || !digit_at(s, i + 1) || p->hour >= 0)
		return false;
	i++;
	p->hour = hour;
	p->minute = number(s, &i, 2, NULL);
	if (char_at(s, i) == ':' && digit_at(s, i + 1)) {
		i++;
		p->second = number(s, &i, 2, NULL);
		if ((char_at(s, i) == '.' || char_at(s, i) == ',') && digit_at(s, i + 1))
			for (i++; digit_at(s, i);)
				i++;
	}
	*pos = i;
	return true;
}

/* +hhmm, +hh:mm, +hh at i (a sign). */
static bool read_offset(sr_str s, size_t *pos, parts *p)
{
	size_t i = *pos + 1;
	int digits, sign = s.ptr[*pos] == '-' ? -1 : 1, value = number(s, &i, 4, &digits), minutes = 0;
	if (value < 0 || p->hour < 0 || (p->zoned && p->offset != 0))
		return false;
	if (digits > 2) {
		minutes = value % 100;
		value /= 100;
	} else if (char_at(s, i) == ':') {
		i++;
		minutes = number(s, &i, 2, NULL);
	}
	if (value > 14 || minutes < 0 || minutes > 59)
		return false;
	p->zoned = true;
	p->offset = sign * (value * 60 + minutes);
	*pos = i;
	return true;
}

/* Three numbers with one separator between them: year first, or day and month as they can be told. */
static bool read_numeric(sr_str s, size_t *pos, parts *p, bool *ambiguous)
{
	size_t i = *pos;
	int n1, n3, a = number(s, &i, 4, &n1);
	char mark = char_at(s, i);
	if ((mark != '-' && mark != '/' && mark != '.') || !digit_at(s, i + 1) || p->year >= 0 || p->day >= 0)
		return false;
	i++;
	int b = number(s, &i, 2, NULL);
	if (char_at(s, i) != mark || !digit_at(s, i + 1))
		return false;
	i++;
	int c = number(s, &i, 4, &n3);
	if (n1 == 4) {
		p->year = a;
		p->year_digits = 4;
		p->month = b;
		p->day = c;
	} else {
		bool day_first = mark == '.' || a > 12 || a == b;
		if (!day_first && b <= 12)
			*ambiguous = true;
		p->day = day_first ? a : b;
		p->month = day_first ? b : a;
		p->year = c;
		p->year_digits = n3;
	}
	*pos = i;
	return true;
}

static void read_number(sr_str s, size_t *pos, parts *p)
{
	int digits, value = number(s, pos, 9, &digits);
	if (digits == 8 && p->year < 0 && p->day < 0) {
		p->year = value / 10000;
		p->year_digits = 4;
		p->month = value / 100 % 100;
		p->day = value % 100;
	} else if (digits == 6 && p->hour < 0 && p->day >= 0) {
		p->hour = value / 10000;
		p->minute = value / 100 % 100;
		p->second = value % 100;
	} else if (digits == 4 && p->year < 0) {
		p->year = value;
		p->year_digits = 4;
	} else if (digits <= 2 && p->day < 0) {
		p->day = value;
	} else if (digits <= 2 && p->year < 0) {
		p->year = value;
		p->year_digits = digits;
	}
}

static bool is_half(sr_str word, char half)
{
	return word.len >= 1 && (word.ptr[0] | 32) == half &&
	       (word.len == 1 || (word.len == 2 && (word.ptr[1] | 32) == 'm'));
}

static void read_word(sr_str s, size_t *pos, parts *p)
{
	size_t i = *pos;
	int month, offset;
	while (i < s.len && (sr_is_alpha((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80))
		i++;
	sr_str word = sr_str_slice(s, *pos, i);
	*pos = i;
	if (p->hour >= 0 && (is_half(word, 'p') || is_half(word, 'a'))) {
		p->pm |= is_half(word, 'p');
		p->am |= is_half(word, 'a');
	} else if (p->hour >= 0 && zone_of(word, &offset)) {
		if (!p->zoned) {
			p->zoned = true;
			p->offset = offset;
		}
	} else if (month_of(word, &month)) {
		/* "mar. 5 nov": the weekday comes first, so the later word is the month */
		p->month = month;
	}
}

static void read_tokens(sr_str s, parts *p, bool *ambiguous)
{
	for (size_t i = 0; i < s.len;) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (sr_is_digit(c)) {
			if (!read_clock(s, &i, p) && !read_numeric(s, &i, p, ambiguous))
				read_number(s, &i, p);
		} else if (sr_is_alpha(c) || c >= 0x80) {
			read_word(s, &i, p);
		} else if ((c == '+' || c == '-') && read_offset(s, &i, p)) {
			continue;
		} else
			i++;
	}
}

static bool assemble(parts *p, sr_time *out)
{
	if (p->year < 0 || p->month < 1 || p->month > 12 || p->day < 1)
		return false;
	if (p->year_digits <= 2)
		p->year += p->year < 50 ? 2000 : 1900; /* RFC 2822, section 4.3 */
	else if (p->year_digits == 3)
		p->year += 1900;
	if (p->year < 1000 || p->day > sr_days_in_month(p->year, p->month))
		return false;
	*out = sr_time_date(p->year, p->month, p->day);
	if (p->hour < 0)
		return true;
	if (p->pm && p->hour < 12)
		p->hour += 12;
	if (p->am && p->hour == 12)
		p->hour = 0;
	bool midnight = p->hour == 24 && p->minute == 0 && p->second <= 0;
	if ((p->hour > 23 && !midnight) || p->minute < 0 || p->minute > 59 || p->second > 60)
		return true; /* a day is known, its time is nonsense */
	out->hour = (uint8_t)(midnight ? 0 : p->hour);
	out->minute = (uint8_t)p->minute;
	out->second = (uint8_t)(p->second == 60 ? 59 : p->second < 0 ? 0 : p->second);
	out->precision = p->second < 0 ? SR_PRECISION_MINUTE : SR_PRECISION_SECOND;
	out->zoned = p->zoned;
	out->offset = (int16_t)p->offset;
	if (midnight)
		*out = sr_time_add_days(*out, 1);
	return true;
}

/* Unix time in seconds or milliseconds. */
static bool read_epoch(sr_str s, sr_time *out)
{
	int64_t value = 0;
	if (s.len != 9 && s.len != 10 && s.len != 13)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!digit_at(s, i))
			return false;
		value = value * 10 + (s.ptr[i] - '0');
	}
	*out = sr_time_from_epoch(s.len == 13 ? value / 1000 : value);
	return true;
}

bool sr_date_read(sr_str s, sr_time *out)
{
	parts p = { -1, -1, -1, -1, -1, -1, 0, 0, false, false, false };
	bool ambiguous = false;
	s = sr_str_trim(s);
	*out = SR_TIME_NONE;
	if (s.len < 4 || s.len > DATE_MAX)
		return false;
	if (digit_at(s, 0) && (sr_time_parse(s, out) || read_epoch(s, out)))
		return true;
	if (s.len == 14) { /* yyyymmddhhmmss */
		size_t digits = 0;
		while (digit_at(s, digits))
			digits++;
		if (digits == 14) {
			size_t day = 0, clock = 8;
			read_number(sr_str_slice(s, 0, 8), &day, &p);
			read_number(s, &clock, &p);
			return assemble(&p, out);
		}
	}
	read_tokens(s, &p, &ambiguous);
	if (ambiguous || !assemble(&p, out)) {
		*out = SR_TIME_NONE;
		return false;
	}
	return true;
}
