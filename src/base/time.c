#include "sitrep/base/time.h"

#include "sitrep/base/utf8.h"

sr_time sr_time_date(int year, int month, int day)
{
	return (sr_time){ .year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day, .precision = SR_PRECISION_DAY };
}

int sr_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && leap);
}

int32_t sr_days_from_civil(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

void sr_civil_from_days(int32_t z, int *year, int *month, int *day)
{
	z += 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp + (mp < 10 ? 3 : -9);
	*year = yoe + era * 400 + (*month <= 2);
}

int sr_weekday(int year, int month, int day)
{
	int d = (sr_days_from_civil(year, month, day) + 3) % 7; /* 1970-01-01 was a Thursday */
	return d < 0 ? d + 7 : d;
}

void sr_iso_week(int year, int month, int day, int *week_year, int *week)
{
	int32_t days = sr_days_from_civil(year, month, day);
	int32_t thursday = days - sr_weekday(year, month, day) + 3;
	int y, m, d;
	sr_civil_from_days(thursday, &y, &m, &d);
	*week_year = y;
	*week = (thursday - sr_days_from_civil(y, 1, 1)) / 7 + 1;
}

sr_time sr_time_add_days(sr_time t, int32_t days)
{
	int y, m, d;
	sr_civil_from_days(sr_days_from_civil(t.year, t.month, t.day) + days, &y, &m, &d);
	if (y < 1 || y > 9999)
		return SR_TIME_NONE;
	t.year = (int16_t)y;
	t.month = (uint8_t)m;
	t.day = (uint8_t)d;
	return t;
}

sr_time sr_time_add_months(sr_time t, int32_t months)
{
	int32_t m = t.year * 12 + (t.month - 1) + months;
	if (m < 12 || m >= 120000)
		return SR_TIME_NONE;
	t.year = (int16_t)(m / 12);
	t.month = (uint8_t)(m % 12 + 1);
	int last = sr_days_in_month(t.year, t.month);
	if (t.day > last)
		t.day = (uint8_t)last;
	return t;
}

sr_time sr_time_truncate(sr_time t, sr_precision precision)
{
	if (t.precision <= precision)
		return t;
	t.precision = (uint8_t)precision;
	if (precision < SR_PRECISION_SECOND)
		t.second = 0;
	if (precision < SR_PRECISION_MINUTE) {
		t.hour = t.minute = 0;
		t.zoned = false;
		t.offset = 0;
	}
	if (precision < SR_PRECISION_DAY)
		t.day = 0;
	if (precision < SR_PRECISION_MONTH)
		t.month = 0;
	return t;
}

int64_t sr_time_epoch(sr_time t)
{
	int64_t s = (int64_t)sr_days_from_civil(t.year, t.month ? t.month : 1, t.day ? t.day : 1) * 86400;
	return s + t.hour * 3600 + t.minute * 60 + t.second - (t.zoned ? t.offset * 60 : 0);
}

sr_time sr_time_from_epoch(int64_t seconds)
{
	int64_t days = seconds / 86400, rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	int y, m, d;
	if (days < -719162 || days > 2932896) /* outside years 1..9999 */
		return SR_TIME_NONE;
	sr_civil_from_days((int32_t)days, &y, &m, &d);
	sr_time t = sr_time_date(y, m, d);
	t.hour = (uint8_t)(rest / 3600);
	t.minute = (uint8_t)(rest / 60 % 60);
	t.second = (uint8_t)(rest % 60);
	t.precision = SR_PRECISION_SECOND;
	t.zoned = true;
	return t;
}

int sr_time_cmp(sr_time a, sr_time b)
{
	if (!sr_time_known(a) || !sr_time_known(b))
		return sr_time_known(b) - sr_time_known(a);
	int64_t x = sr_time_epoch(a), y = sr_time_epoch(b);
	if (x != y)
		return x < y ? -1 : 1;
	return (a.precision > b.precision) - (a.precision < b.precision);
}

bool sr_time_compatible(sr_time a, sr_time b)
{
	if (!sr_time_known(a) || !sr_time_known(b))
		return false;
	uint8_t p = a.precision < b.precision ? a.precision : b.precision;
	if (p > SR_PRECISION_DAY && a.zoned && b.zoned)
		return sr_time_epoch(sr_time_truncate(a, p)) == sr_time_epoch(sr_time_truncate(b, p));
	a = sr_time_truncate(a, p);
	b = sr_time_truncate(b, p);
	return a.year == b.year && a.month == b.month && a.day == b.day && a.hour == b.hour && a.minute == b.minute
	       && a.second == b.second;
}

static bool digits(sr_str s, size_t *pos, size_t n, int *out)
{
	int v = 0;
	if (*pos + n > s.len)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s.ptr[*pos + i];
		if (!sr_is_digit(c))
			return false;
		v = v * 10 + (c - '0');
	}
	*pos += n;
	*out = v;
	return true;
}

static bool accept(sr_str s, size_t *pos, char c)
{
	if (*pos >= s.len || s.ptr[*pos] != c)
		return false;
	++*pos;
	return true;
}

static bool parse_zone(sr_str s, size_t *pos, sr_time *t)
{
	int h, m = 0;
	if (accept(s, pos, 'Z') || accept(s, pos, 'z')) {
		t->zoned = true;
		return true;
	}
	int sign = accept(s, pos, '+') ? 1 : accept(s, pos, '-') ? -1 : 0;
	if (!sign || !digits(s, pos, 2, &h))
		return false;
	accept(s, pos, ':');
	if (*pos < s.len && !digits(s, pos, 2, &m))
		return false;
	if (h > 18 || m > 59)
		return false;
	t->zoned = true;
	t->offset = (int16_t)(sign * (h * 60 + m));
	return true;
}

static bool parse_clock(sr_str s, size_t *pos, sr_time *t)
{
	int h, m, sec = 0, ignored;
	if (!digits(s, pos, 2, &h) || !accept(s, pos, ':') || !digits(s, pos, 2, &m))
		return false;
	t->precision = SR_PRECISION_MINUTE;
	if (accept(s, pos, ':')) {
		if (!digits(s, pos, 2, &sec))
			return false;
		t->precision = SR_PRECISION_SECOND;
		if (accept(s, pos, '.') || accept(s, pos, ','))
			while (digits(s, pos, 1, &ignored))
				;
	}
	if (h > 23 || m > 59 || sec > 60)
		return false;
	t->hour = (uint8_t)h;
	t->minute = (uint8_t)m;
	t->second = (uint8_t)(sec == 60 ? 59 : sec);
	accept(s, pos, ' ');
	return *pos == s.len || parse_zone(s, pos, t);
}

bool sr_time_parse(sr_str s, sr_time *out)
{
	int y, m = 0, d = 0;
	size_t pos = 0;
	sr_time t = { 0 };
	s = sr_str_trim(s);
	if (!digits(s, &pos, 4, &y) || y < 1)
		return false;
	t.precision = SR_PRECISION_YEAR;
	if (accept(s, &pos, '-')) {
		if (!digits(s, &pos, 2, &m) || m < 1 || m > 12)
			return false;
		t.precision = SR_PRECISION_MONTH;
		if (accept(s, &pos, '-')) {
			if (!digits(s, &pos, 2, &d) || d < 1 || d > sr_days_in_month(y, m))
				return false;
			t.precision = SR_PRECISION_DAY;
		}
	}
	t.year = (int16_t)y;
	t.month = (uint8_t)m;
	t.day = (uint8_t)d;
	if (pos < s.len) {
		bool separator = accept(s, &pos, 'T') || accept(s, &pos, 't') || accept(s, &pos, ' ');
		if (!separator || t.precision != SR_PRECISION_DAY || !parse_clock(s, &pos, &t))
			return false;
	}
	*out = t;
	return pos == s.len;
}

void sr_time_write(sr_buf *out, sr_time t)
{
	if (!sr_time_known(t))
		return;
	sr_buf_printf(out, "%04d", t.year);
	if (t.precision >= SR_PRECISION_MONTH)
		sr_buf_printf(out, "-%02u", t.month);
	if (t.precision >= SR_PRECISION_DAY)
		sr_buf_printf(out, "-%02u", t.day);
	if (t.precision < SR_PRECISION_MINUTE)
		return;
	sr_buf_printf(out, "T%02u:%02u", t.hour, t.minute);
	/* RFC 3339 wants seconds; a zone without seconds would not be read by others */
	if (t.precision >= SR_PRECISION_SECOND || t.zoned)
		sr_buf_printf(out, ":%02u", t.second);
	if (!t.zoned)
		return;
	if (t.offset == 0)
		sr_buf_add_char(out, 'Z');
	else
		sr_buf_printf(out, "%c%02d:%02d", t.offset < 0 ? '-' : '+', (t.offset < 0 ? -t.offset : t.offset) / 60,
		              (t.offset < 0 ? -t.offset : t.offset) % 60);
}

sr_str sr_time_format(sr_arena *arena, sr_time t)
{
	sr_buf buf;
	sr_buf_init(&buf, 64);
	sr_time_write(&buf, t);
	sr_str s = sr_str_dup(arena, sr_buf_str(&buf));
	sr_buf_deinit(&buf);
	return s;
}
