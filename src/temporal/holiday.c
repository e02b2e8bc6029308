/* Days with names: fixed, tied to a weekday, or tied to Easter. */
#include "internal.h"

#include "sitrep/base/utf8.h"

/* Gregorian Easter, the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8). */
static cal easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return cal_day(year, n / 31, n % 31 + 1);
}

/* The which-th weekday of a month, from its end if negative. */
static cal weekday_of_month(int year, int month, int weekday, int which)
{
	int first = sr_weekday(year, month, 1), days = sr_days_in_month(year, month);
	int day = 1 + (weekday - first + 7) % 7 + (which > 0 ? which - 1 : 0) * 7;
	while (which < 0 && day + 7 <= days)
		day += 7;
	return cal_day(year, month, day);
}

bool holiday_date(const sr_temporal *t, int holiday, int year, cal *out)
{
	if (holiday < 0 || (size_t)holiday >= t->holidays.count)
		return false;
	sr_str when = t->holidays.items[holiday], field;
	int32_t v[4] = { 0 };
	if (sr_str_starts(when, SR_STR("easter"))) {
		sr_str offset = sr_str_slice(when, when.len > 6 && when.ptr[6] == '+' ? 7 : 6, when.len);
		if (year == UNKNOWN || !value_parse(offset, &v[0]))
			return false;
		*out = cal_shift(easter(year), U_DAY, v[0]);
		return true;
	}
	char separator = sr_str_find_char(when, ' ', 0) == SIZE_MAX ? '-' : ' ';
	for (int i = 0; i < 4 && sr_str_next_field(&when, separator, &field); i++)
		if (!value_parse(field, &v[i]))
			return false;
	if (v[0] < 1 || v[0] > 12)
		return false;
	if (separator == '-') {
		*out = cal_day(year, v[0], v[1]);
		return true;
	}
	if (year == UNKNOWN)
		return false;
	*out = cal_shift(weekday_of_month(year, v[0], v[1], v[2]), U_DAY, v[3]);
	return true;
}
