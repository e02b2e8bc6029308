/* Days with names: fixed, tied to a weekday, or tied to Easter. */
#include "internal.h"

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

bool holiday_date(const sr_temporal *t, int which, int year, cal *out)
{
	if (which < 0 || (uint32_t)which >= t->holiday_count)
		return false;
	const named_day *h = &t->holidays[which];
	if (h->kind != HOLIDAY_FIXED && year == UNKNOWN)
		return false;
	switch ((holiday_kind)h->kind) {
	case HOLIDAY_FIXED: *out = cal_day(year, h->month, h->day); return true;
	case HOLIDAY_EASTER: *out = cal_shift(easter(year), U_DAY, h->shift); return true;
	case HOLIDAY_WEEKDAY: *out = cal_shift(weekday_of_month(year, h->month, h->weekday, h->which), U_DAY, h->shift); return true;
	}
	return false;
}
