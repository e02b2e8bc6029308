/* Stretches of the calendar: arithmetic, TIMEX3 values, and the days they begin and end on. */
#include "internal.h"

static const cal none = {
	.gran = G_NONE,
	.year = UNKNOWN,
	.month = UNKNOWN,
	.day = UNKNOWN,
	.week = UNKNOWN,
	.weekday = UNKNOWN,
	.sub = UNKNOWN,
	.hour = UNKNOWN,
	.minute = UNKNOWN,
	.second = UNKNOWN,
};

cal cal_none(void) { return none; }

cal cal_day(int year, int month, int day)
{
	cal c = none;
	c.gran = G_DAY;
	c.year = (int16_t)year;
	c.month = (int8_t)month;
	c.day = (int8_t)day;
	return c;
}

cal cal_from_days(int32_t days)
{
	int y, m, d;
	sr_civil_from_days(days, &y, &m, &d);
	return y < 1 || y > 9999 ? none : cal_day(y, m, d);
}

cal cal_of_time(sr_time t)
{
	cal c = none;
	if (t.precision == SR_PRECISION_NONE)
		return c;
	c.year = t.year;
	c.gran = G_YEAR;
	if (t.precision >= SR_PRECISION_MONTH) {
		c.month = (int8_t)t.month;
		c.gran = G_MONTH;
	}
	if (t.precision >= SR_PRECISION_DAY) {
		c.day = (int8_t)t.day;
		c.gran = G_DAY;
	}
	if (t.precision >= SR_PRECISION_MINUTE) {
		c.hour = (int8_t)t.hour;
		c.minute = (int8_t)t.minute;
		c.gran = G_MINUTE;
		c.zoned = t.zoned;
		c.offset = t.offset;
	}
	return c;
}

bool cal_placed(cal c)
{
	if (c.gran == G_NONE || c.year == UNKNOWN || c.year < 1 || c.year > 9999)
		return false;
	switch ((gran)c.gran) {
	case G_MONTH:
		return c.month != UNKNOWN;
	case G_WEEK:
	case G_WEEKEND:
		return c.week != UNKNOWN;
	case G_HALF:
	case G_SEASON:
	case G_QUARTER:
		return c.sub != UNKNOWN;
	case G_DAY:
	case G_PART:
	case G_HOUR:
	case G_MINUTE:
	case G_SECOND:
		return c.month != UNKNOWN && c.day != UNKNOWN;
	default:
		return true;
	}
}

/* Monday of an ISO week. */
static int32_t week_monday(int year, int week)
{
	int32_t fourth = sr_days_from_civil(year, 1, 4);
	return fourth - sr_weekday(year, 1, 4) + (week - 1) * 7;
}

int32_t cal_days(cal c)
{
	static const int season_month[] = { 3, 6, 9, 12 };
	switch ((gran)c.gran) {
	case G_MONTH:
		return sr_days_from_civil(c.year, c.month, 1);
	case G_QUARTER:
		return sr_days_from_civil(c.year, c.sub * 3 - 2, 1);
	case G_HALF:
		return sr_days_from_civil(c.year, c.sub * 6 - 5, 1);
	case G_SEASON:
		return sr_days_from_civil(c.year, season_month[c.sub & 3], 1);
	case G_WEEK:
		return week_monday(c.year, c.week);
	case G_WEEKEND:
		return week_monday(c.year, c.week) + 5;
	case G_DAY:
	case G_PART:
	case G_HOUR:
	case G_MINUTE:
	case G_SECOND:
		return sr_days_from_civil(c.year, c.month, c.day);
	default:
		return sr_days_from_civil(c.year, 1, 1);
	}
}

gran gran_of_unit(unit u)
{
	static const uint8_t grans[] = {
		[U_SEC] = G_SECOND,         [U_MIN] = G_MINUTE,     [U_HOUR] = G_HOUR,       [U_DAY] = G_DAY,
		[U_WEEKEND] = G_WEEKEND,    [U_WEEK] = G_WEEK,      [U_FORTNIGHT] = G_WEEK,  [U_MONTH] = G_MONTH,
		[U_QUARTER] = G_QUARTER,    [U_HALF] = G_HALF,      [U_SEASON] = G_SEASON,   [U_YEAR] = G_YEAR,
		[U_DECADE] = G_DECADE,      [U_CENTURY] = G_CENTURY, [U_MILLENNIUM] = G_MILLENNIUM,
		[U_PERIOD] = G_YEAR,
	};
	return (gran)grans[u];
}

static cal week_of(int32_t days, bool weekend)
{
	cal c = cal_from_days(days);
	int week_year, week;
	if (c.gran == G_NONE)
		return c;
	sr_iso_week(c.year, c.month, c.day, &week_year, &week);
	c = none;
	c.gran = weekend ? G_WEEKEND : G_WEEK;
	c.year = (int16_t)week_year;
	c.week = (int8_t)week;
	return c;
}

cal cal_to(cal c, gran g)
{
	cal out = none;
	out.gran = (uint8_t)g;
	if (c.gran == G_NONE || c.gran < g || g == G_NONE)
		return g != G_NONE && c.gran != G_NONE ? c : none;
	if (g == G_WEEK || g == G_WEEKEND)
		return cal_placed(c) ? week_of(cal_days(c), g == G_WEEKEND) : none;
	out.year = c.year;
	/* The months of weeks, quarters and seasons come from their first day. */
	cal first = cal_placed(c) && c.month == UNKNOWN && c.gran > G_YEAR ? cal_from_days(cal_days(c)) : c;
	switch (g) {
	case G_MONTH:
		out.month = first.month;
		break;
	case G_QUARTER:
		out.sub = c.gran == G_QUARTER ? c.sub : first.month == UNKNOWN ? UNKNOWN : (int8_t)((first.month + 2) / 3);
		break;
	case G_HALF:
		out.sub = c.gran == G_HALF ? c.sub : first.month == UNKNOWN ? UNKNOWN : (int8_t)((first.month + 5) / 6);
		break;
	case G_SEASON:
		out.sub = c.gran == G_SEASON ? c.sub : first.month == UNKNOWN ? UNKNOWN : (int8_t)((first.month + 9) % 12 / 3);
		if (c.gran != G_SEASON && first.month != UNKNOWN && first.month < 3)
			out.year--;
		break;
	case G_DECADE:
		out.year = c.year == UNKNOWN ? UNKNOWN : (int16_t)(c.year / 10 * 10);
		break;
	case G_CENTURY:
		out.year = c.year == UNKNOWN ? UNKNOWN : (int16_t)(c.year / 100 * 100);
		break;
	case G_MILLENNIUM:
		out.year = c.year == UNKNOWN ? UNKNOWN : (int16_t)(c.year / 1000 * 1000);
		break;
	case G_DAY:
		out.month = c.month;
		out.day = c.day;
		break;
	case G_HOUR:
	case G_MINUTE:
	case G_SECOND:
		out = c;
		out.gran = (uint8_t)g;
		break;
	default:
		break;
	}
	return out;
}

static cal shift_months(cal c, int n)
{
	int32_t m = c.year * 12 + c.month - 1 + n;
	if (m < 12 || m >= 120000)
		return none;
	c.year = (int16_t)(m / 12);
	c.month = (int8_t)(m % 12 + 1);
	if (c.day != UNKNOWN && c.day > sr_days_in_month(c.year, c.month))
		c.day = (int8_t)sr_days_in_month(c.year, c.month);
	return c;
}

static cal shift_days(cal c, int64_t n)
{
	int64_t to = cal_days(c) + n;
	if (to < -719162 || to > 2932896)
		return none;
	cal moved = cal_from_days((int32_t)to);
	c.year = moved.year;
	c.month = moved.month;
	c.day = moved.day;
	return c;
}

static cal shift_subs(cal c, int n, int per_year, int first)
{
	int32_t q = c.year * per_year + c.sub - first + n;
	if (q < per_year || q >= 10000 * per_year)
		return none;
	c.year = (int16_t)(q / per_year);
	c.sub = (int8_t)(q % per_year + first);
	return c;
}

cal cal_shift(cal c, unit u, int n)
{
	static const int years[] = { [U_YEAR] = 1, [U_DECADE] = 10, [U_CENTURY] = 100, [U_MILLENNIUM] = 1000,
	                             [U_PERIOD] = 1 };
	static const int months[] = { [U_MONTH] = 1, [U_QUARTER] = 3, [U_HALF] = 6, [U_SEASON] = 3 };
	if (!cal_placed(c) || n > 100000 || n < -100000)
		return none;
	if (u >= U_YEAR) {
		int64_t y = c.year + (int64_t)n * years[u];
		if (y < 1 || y > 9999)
			return none;
		c.year = (int16_t)y;
		if (c.gran == G_WEEK || c.gran == G_WEEKEND)
			c.week = c.week > 52 ? 52 : c.week;
		else if (c.day != UNKNOWN && c.month != UNKNOWN && c.day > sr_days_in_month(c.year, c.month))
			c.day = (int8_t)sr_days_in_month(c.year, c.month);
		return c;
	}
	if (c.gran == G_QUARTER && u == U_QUARTER)
		return shift_subs(c, n, 4, 1);
	if (c.gran == G_HALF && u == U_HALF)
		return shift_subs(c, n, 2, 1);
	if (c.gran == G_SEASON && u == U_SEASON)
		return shift_subs(c, n, 4, 0);
	if (u == U_MONTH || u == U_QUARTER || u == U_HALF || u == U_SEASON)
		return c.month != UNKNOWN ? shift_months(c, n * months[u]) : none;
	if (u == U_WEEK || u == U_FORTNIGHT || u == U_WEEKEND) {
		int64_t days = (int64_t)n * (u == U_FORTNIGHT ? 14 : 7);
		if (c.gran == G_WEEK || c.gran == G_WEEKEND) {
			int64_t to = cal_days(c) + days;
			return to < -719000 || to > 2932000 ? none : week_of((int32_t)to, c.gran == G_WEEKEND);
		}
		return c.day != UNKNOWN ? shift_days(c, days) : none;
	}
	if (c.day == UNKNOWN)
		return none;
	if (u == U_DAY)
		return shift_days(c, n);
	/* Hours, minutes and seconds need a time of day. */
	if (c.hour == UNKNOWN)
		return none;
	int64_t step = u == U_HOUR ? 3600 : u == U_MIN ? 60 : 1;
	int64_t seconds = c.hour * 3600 + (c.minute == UNKNOWN ? 0 : c.minute) * 60 + n * step;
	int64_t day = seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
	seconds -= day * 86400;
	c = shift_days(c, day);
	c.hour = (int8_t)(seconds / 3600);
	c.minute = c.minute == UNKNOWN && u == U_HOUR ? UNKNOWN : (int8_t)(seconds / 60 % 60);
	return c;
}

static void put2(sr_buf *out, int v)
{
	if (v == UNKNOWN)
		sr_buf_add_c(out, "XX");
	else
		sr_buf_printf(out, "%02d", v);
}

static void put_year(sr_buf *out, int year)
{
	if (year == UNKNOWN)
		sr_buf_add_c(out, "XXXX");
	else
		sr_buf_printf(out, year < 0 ? "BC%04d" : "%04d", year < 0 ? -year : year);
}

static void put_clock(sr_buf *out, cal c)
{
	sr_buf_add_c(out, "T");
	put2(out, c.hour);
	if (c.minute != UNKNOWN) {
		sr_buf_add_c(out, ":");
		put2(out, c.minute);
	}
	if (c.second != UNKNOWN) {
		sr_buf_add_c(out, ":");
		put2(out, c.second);
	}
	/* As TIMEX2 and its users have it, only Greenwich is written; the bounds carry every zone. */
	if (c.zoned && c.offset == 0)
		sr_buf_add_c(out, "Z");
}

static void put_day(sr_buf *out, cal c)
{
	put_year(out, c.year);
	if (c.weekday_only && c.month == UNKNOWN) {
		sr_buf_printf(out, "-WXX-%d", c.weekday + 1);
		return;
	}
	sr_buf_add_c(out, "-");
	put2(out, c.month);
	sr_buf_add_c(out, "-");
	put2(out, c.day);
}

sr_str cal_write(sr_arena *arena, cal c)
{
	static const char *const seasons[] = { "SP", "SU", "FA", "WI" };
	static const char *const parts[] = { "TMO", "TMI", "TAF", "TEV", "TNI", "TDT" };
	sr_buf out;
	sr_buf_init(&out, 64);
	switch ((gran)c.gran) {
	case G_NONE:
		break;
	case G_MILLENNIUM:
		sr_buf_printf(&out, "%d", c.year / 1000);
		break;
	case G_CENTURY:
		sr_buf_printf(&out, "%02d", c.year / 100);
		break;
	case G_DECADE:
		sr_buf_printf(&out, "%03d", c.year / 10);
		break;
	case G_YEAR:
		put_year(&out, c.year);
		break;
	case G_HALF:
	case G_QUARTER:
		put_year(&out, c.year);
		sr_buf_printf(&out, c.sub == UNKNOWN ? "-%cX" : "-%c%d", c.gran == G_HALF ? 'H' : 'Q', c.sub);
		break;
	case G_SEASON:
		put_year(&out, c.year);
		sr_buf_printf(&out, "-%s", seasons[c.sub & 3]);
		break;
	case G_MONTH:
		put_year(&out, c.year);
		sr_buf_add_c(&out, "-");
		put2(&out, c.month);
		break;
	case G_WEEK:
	case G_WEEKEND:
		put_year(&out, c.year);
		sr_buf_add_c(&out, "-W");
		put2(&out, c.week);
		if (c.gran == G_WEEKEND)
			sr_buf_add_c(&out, "-WE");
		break;
	case G_DAY:
		put_day(&out, c);
		break;
	case G_PART:
		put_day(&out, c);
		sr_buf_add_c(&out, parts[c.sub < 0 || c.sub >= PART_COUNT ? PART_DAYTIME : c.sub]);
		break;
	case G_HOUR:
	case G_MINUTE:
	case G_SECOND:
		put_day(&out, c);
		put_clock(&out, c);
		break;
	}
	sr_str value = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return value;
}

static sr_time time_of_day(int32_t days)
{
	int y, m, d;
	sr_civil_from_days(days, &y, &m, &d);
	return sr_time_date(y, m, d);
}

static sr_time time_of_month(int year, int month)
{
	return (sr_time){ .year = (int16_t)year, .month = (uint8_t)month, .precision = SR_PRECISION_MONTH };
}

static sr_time time_of_year(int year) { return (sr_time){ .year = (int16_t)year, .precision = SR_PRECISION_YEAR }; }

void cal_bounds(cal c, sr_time *begin, sr_time *end)
{
	*begin = *end = SR_TIME_NONE;
	if (!cal_placed(c))
		return;
	switch ((gran)c.gran) {
	case G_NONE:
		return;
	case G_MILLENNIUM:
	case G_CENTURY:
	case G_DECADE:
	case G_YEAR: {
		int last = c.gran == G_MILLENNIUM ? 999 : c.gran == G_CENTURY ? 99 : c.gran == G_DECADE ? 9 : 0;
		*begin = time_of_year(c.year);
		*end = time_of_year(c.year + last > 9999 ? 9999 : c.year + last);
		return;
	}
	case G_HALF:
	case G_QUARTER: {
		int months = c.gran == G_HALF ? 6 : 3;
		*begin = time_of_month(c.year, (c.sub - 1) * months + 1);
		*end = time_of_month(c.year, c.sub * months);
		return;
	}
	case G_SEASON: /* the meteorological seasons of the northern half */
		*begin = time_of_month(c.year, c.sub * 3 + 3);
		if (c.sub == SEASON_WINTER)
			*end = time_of_month(c.year + 1 > 9999 ? 9999 : c.year + 1, 2);
		else
			*end = time_of_month(c.year, c.sub * 3 + 5);
		return;
	case G_MONTH:
		*begin = *end = time_of_month(c.year, c.month);
		return;
	case G_WEEK:
	case G_WEEKEND:
		*begin = time_of_day(cal_days(c));
		*end = time_of_day(cal_days(c) + (c.gran == G_WEEK ? 6 : 1));
		return;
	case G_DAY:
	case G_PART:
	case G_HOUR:
		*begin = *end = sr_time_date(c.year, c.month, c.day);
		return;
	case G_MINUTE:
	case G_SECOND:
		*begin = sr_time_date(c.year, c.month, c.day);
		if (c.hour != UNKNOWN && c.minute != UNKNOWN && c.hour < 24) {
			begin->hour = (uint8_t)c.hour;
			begin->minute = (uint8_t)c.minute;
			begin->second = (uint8_t)(c.second == UNKNOWN ? 0 : c.second);
			begin->precision = c.second == UNKNOWN ? SR_PRECISION_MINUTE : SR_PRECISION_SECOND;
			begin->zoned = c.zoned;
			begin->offset = c.zoned ? c.offset : 0;
		}
		*end = *begin;
		return;
	}
}

sr_str duration_write(sr_arena *arena, int32_t hundredths, unit u, bool vague)
{
	static const struct {
		const char *prefix, *suffix;
		int factor;
	} forms[] = {
		[U_SEC] = { "PT", "S", 1 },      [U_MIN] = { "PT", "M", 1 },     [U_HOUR] = { "PT", "H", 1 },
		[U_DAY] = { "P", "D", 1 },       [U_WEEKEND] = { "P", "D", 2 },  [U_WEEK] = { "P", "W", 1 },
		[U_FORTNIGHT] = { "P", "W", 2 }, [U_MONTH] = { "P", "M", 1 },    [U_QUARTER] = { "P", "Q", 1 },
		[U_HALF] = { "P", "M", 6 },      [U_SEASON] = { "P", "M", 3 },   [U_YEAR] = { "P", "Y", 1 },
		[U_DECADE] = { "P", "Y", 10 },   [U_CENTURY] = { "P", "Y", 100 }, [U_MILLENNIUM] = { "P", "Y", 1000 },
		[U_PERIOD] = { "P", "X", 1 },
	};
	if (vague) {
		const char *suffix = u == U_DECADE ? "DE" : u == U_CENTURY ? "CE" : u == U_MILLENNIUM ? "ML" : forms[u].suffix;
		return sr_str_printf(arena, "%sX%s", forms[u].prefix, suffix);
	}
	int64_t n = (int64_t)hundredths * forms[u].factor;
	if (n % 100 == 0)
		return sr_str_printf(arena, "%s%lld%s", forms[u].prefix, (long long)(n / 100), forms[u].suffix);
	if (n % 10 == 0)
		return sr_str_printf(arena, "%s%lld.%lld%s", forms[u].prefix, (long long)(n / 100),
		                     (long long)(n % 100 / 10), forms[u].suffix);
	return sr_str_printf(arena, "%s%lld.%02lld%s", forms[u].prefix, (long long)(n / 100), (long long)(n % 100),
	                     forms[u].suffix);
}
