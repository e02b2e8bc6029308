#include "sitrep/format/printed_date.h"

#include "sitrep/base/data.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

/* A line's parts are read from a short window of tokens: dates have at most some twenty. */
#define WINDOW 28
#define WORD_MAX 40

typedef enum word_kind { W_NONE, W_MONTH, W_WEEKDAY, W_HALF, W_ZONE, W_JOIN, W_PART } word_kind;
static const sr_str kind_names[] = { SR_STR_INIT(""),     SR_STR_INIT("month"), SR_STR_INIT("weekday"), SR_STR_INIT("half"),
	                                 SR_STR_INIT("zone"), SR_STR_INIT("join"),  SR_STR_INIT("part") };
#define VALUE_BIAS 4096

typedef struct token {
	char type; /* 'n' number, 'w' known word, 'x' other word, '-' a dash, else the character itself; 0 the end */
	bool gap;  /* white space before it */
	int value, digits;
	word_kind kind;
	uint32_t start, end;
} token;

typedef struct reader {
	token t[WINDOW + 1];
	size_t count;
	bool years;
} reader;

sr_status sr_printed_words_init(sr_printed_words *words, sr_arena *arena)
{
	sr_str rest = sr_data("dates.tsv"), f[3], word;
	sr_strmap_init(&words->words, arena);
	while (sr_tsv_next(&rest, f, 3) == 3) {
		int kind = 0, value = 0;
		for (int k = W_MONTH; k <= W_PART; k++)
			if (sr_str_eq(f[0], kind_names[k]))
				kind = k;
		bool minus = sr_str_starts(f[1], SR_STR("-"));
		for (size_t i = minus; i < f[1].len; i++)
			value = value * 10 + (f[1].ptr[i] - '0');
		while (sr_str_next_field(&f[2], ' ', &word)) {
			int64_t *slot = sr_strmap_put(&words->words, word);
			if (!slot)
				return SR_E_NOMEM;
			/* the first meaning of a word stands: `mar` is a month before it is a weekday */
			if (!*slot)
				*slot = (int64_t)kind * (2 * VALUE_BIAS) + VALUE_BIAS + (minus ? -value : value);
		}
	}
	return SR_OK;
}

static void look_up(const sr_printed_words *words, sr_str word, token *t)
{
	char lower[WORD_MAX];
	sr_buf folded;
	t->type = 'x';
	if (word.len >= WORD_MAX)
		return;
	bool ascii = true;
	for (size_t i = 0; i < word.len; i++) {
		ascii = ascii && (unsigned char)word.ptr[i] < 0x80;
		lower[i] = (char)(sr_is_upper((unsigned char)word.ptr[i]) ? word.ptr[i] + 32 : word.ptr[i]);
	}
	sr_buf_init(&folded, 4 * WORD_MAX);
	if (!ascii)
		sr_fold(&folded, word);
	const int64_t *slot = sr_strmap_get(&words->words, ascii ? sr_str_make(lower, word.len) : sr_buf_str(&folded));
	if (slot) {
		t->type = 'w';
		t->kind = (word_kind)(*slot / (2 * VALUE_BIAS));
		t->value = (int)(*slot % (2 * VALUE_BIAS)) - VALUE_BIAS;
	}
	sr_buf_deinit(&folded);
}

/* "a.m.", "P. M.": two letters and their dots; the length, or 0. */
static size_t dotted_half(sr_str s, size_t at, token *t)
{
	if (at + 3 > s.len || s.ptr[at + 1] != '.')
		return 0;
	char first = (char)(s.ptr[at] | 32);
	size_t m = s.ptr[at + 2] == ' ' ? at + 3 : at + 2;
	if ((first != 'a' && first != 'p') || m >= s.len || (s.ptr[m] | 32) != 'm' || (m + 1 < s.len && sr_is_alpha((unsigned char)s.ptr[m + 1])))
		return 0;
	t->type = 'w';
	t->kind = W_HALF;
	t->value = first == 'p' ? 12 : 0;
	return (m + 1 < s.len && s.ptr[m + 1] == '.' ? m + 2 : m + 1) - at;
}

static size_t word_end(sr_str s, size_t at)
{
	size_t pos = at;
	while (pos < s.len && pos - at < 200) {
		size_t next = pos;
		uint32_t cp = sr_utf8_next(s, &next);
		if (!sr_cp_is_letter(cp) && !(cp == '\'' && pos > at))
			break;
		pos = next;
	}
	return pos;
}

/* Can a day or a clock begin with it? */
static bool begins_date(const token *t) { return t->type == 'n' || (t->type == 'w' && (t->kind == W_MONTH || t->kind == W_WEEKDAY || t->kind == W_PART)); }

/* Up to WINDOW tokens from pos; only one if no date can begin with it. */
static void tokenise(const sr_printed_words *words, sr_str s, size_t pos, reader *r)
{
	bool gap = false;
	r->count = 0;
	while (pos < s.len && r->count < WINDOW) {
		size_t next = pos;
		uint32_t cp = sr_utf8_next(s, &next);
		if (sr_cp_is_space(cp)) {
			gap = true;
			pos = next;
			continue;
		}
		token *t = &r->t[r->count++];
		*t = (token){ .gap = gap, .start = (uint32_t)pos };
		gap = false;
		size_t half = cp < 0x80 && sr_is_alpha(cp) ? dotted_half(s, pos, t) : 0;
		if (half) {
			next = pos + half;
		} else if (sr_is_digit(cp)) {
			for (next = pos; next < s.len && sr_is_digit((unsigned char)s.ptr[next]); next++)
				if (t->digits++ < 6)
					t->value = t->value * 10 + (s.ptr[next] - '0');
			t->type = 'n';
		} else if (sr_cp_is_letter(cp)) {
			next = word_end(s, pos);
			look_up(words, sr_str_slice(s, pos, next), t);
		} else {
			t->type = sr_cp_is_dash(cp) || cp == 0x2212 ? '-' : cp < 0x80 ? (char)cp : '?';
		}
		t->end = (uint32_t)next;
		pos = next;
		if (r->count == 1 && !begins_date(t))
			break;
	}
	r->t[r->count] = (token){ .start = (uint32_t)pos, .end = (uint32_t)pos, .gap = true };
}

static const token *at(const reader *r, size_t i) { return &r->t[i < r->count ? i : r->count]; }
static bool is_number(const token *t, int digits_low, int digits_high) { return t->type == 'n' && t->digits >= digits_low && t->digits <= digits_high; }
static bool is_word(const token *t, word_kind kind) { return t->type == 'w' && t->kind == kind; }
static bool is_year(const token *t) { return is_number(t, 4, 4) && t->value >= 1000; }
static bool is_day(const token *t) { return is_number(t, 1, 2) && t->value >= 1 && t->value <= 31; }

static bool is_ordinal_end(const token *t, sr_str s)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "er" };
	for (size_t i = 0; i < 5; i++)
		if (!t->gap && t->end - t->start == 2 && sr_str_eq_nocase(sr_str_slice(s, t->start, t->end), sr_str_c(ends[i])))
			return true;
	return false;
}

static bool valid(const sr_printed_date *d)
{
	return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= sr_days_in_month(d->year ? d->year : 2000, d->month);
}

/* [,] [de] 2025: an optional year behind day and month. */
static size_t year_behind(const reader *r, size_t i, int *year)
{
	size_t k = i;
	while (k - i < 2 && (at(r, k)->type == ',' || (is_word(at(r, k), W_JOIN) && at(r, k)->end - at(r, k)->start <= 3)))
		k++;
	if (!is_year(at(r, k)) || at(r, k + 1)->type == ':')
		return i;
	*year = at(r, k)->value;
	return k + 1;
}

/* 2025-11-04, 2025/11/04, 4.11.2025, 13/11/2025, 11/13/2025. */
static size_t numeric_date(const reader *r, size_t i, sr_printed_date *d)
{
	const token *a = at(r, i), *b = at(r, i + 2), *c = at(r, i + 4);
	char sep = at(r, i + 1)->type;
	if (a->type != 'n' || b->type != 'n' || c->type != 'n' || at(r, i + 3)->type != sep || at(r, i + 1)->gap || at(r, i + 3)->gap || c->gap)
		return 0;
	if (is_year(a) && (sep == '-' || sep == '/' || sep == '.') && b->digits <= 2 && c->digits <= 2) {
		d->year = a->value, d->month = b->value, d->day = c->value;
	} else if (is_year(c) && a->digits <= 2 && b->digits <= 2 && (sep == '.' || sep == '/' || sep == '-')) {
		bool month_first = sep != '.' && b->value > 12;
		/* 04/11/2025 means two days, and nothing in it says which */
		if (sep != '.' && !month_first && a->value <= 12 && a->value != b->value)
			return 0;
		d->year = c->value, d->month = month_first ? a->value : b->value, d->day = month_first ? b->value : a->value;
	} else {
		return 0;
	}
	return valid(d) ? i + 5 : 0;
}

/* November 4[th][-6][, 2025]; Nov. 30 - Dec. 2; with years, also November 2025. */
static size_t month_first(const reader *r, sr_str s, size_t i, sr_printed_date *d)
{
	size_t k = i;
	if (r->years && is_word(at(r, k), W_PART)) {
		k++;
		if (at(r, k)->type == '-')
			k++;
	}
	bool part = k > i;
	if (!is_word(at(r, k), W_MONTH))
		return 0;
	d->month = at(r, k++)->value;
	if (at(r, k)->type == '.' && !at(r, k)->gap)
		k++;
	if (!part && is_day(at(r, k)) && at(r, k + 1)->type != ':' && !is_word(at(r, k + 1), W_HALF)) {
		d->day = at(r, k++)->value;
		if (is_ordinal_end(at(r, k), s))
			k++;
		if (at(r, k)->type == '-' && is_day(at(r, k + 1)) && at(r, k + 2)->type != ':') {
			d->until_month = d->month, d->until_day = at(r, k + 1)->value;
			k += 2;
		} else if (at(r, k)->type == '-' && is_word(at(r, k + 1), W_MONTH)) {
			size_t day = at(r, k + 2)->type == '.' ? k + 3 : k + 2;
			if (is_day(at(r, day))) {
				d->until_month = at(r, k + 1)->value, d->until_day = at(r, day)->value;
				k = day + 1;
			}
		}
		k = year_behind(r, k, &d->year);
		return valid(d) ? k : 0;
	}
	size_t behind = r->years ? year_behind(r, k, &d->year) : k;
	return behind > k ? behind : 0;
}

/* 4[th|.] [of] November[,] [2025]; 4-6 November. */
static size_t day_first(const reader *r, sr_str s, size_t i, sr_printed_date *d)
{
	size_t k = i;
	if (!is_day(at(r, k)))
		return 0;
	d->day = at(r, k++)->value;
	if (is_ordinal_end(at(r, k), s) || at(r, k)->type == '.')
		k++;
	if (at(r, k)->type == '-' && is_day(at(r, k + 1))) {
		d->until_day = at(r, k + 1)->value;
		k += at(r, k + 2)->type == '.' || is_ordinal_end(at(r, k + 2), s) ? 3 : 2;
	}
	if (is_word(at(r, k), W_JOIN))
		k++;
	if (!is_word(at(r, k), W_MONTH))
		return 0;
	d->month = at(r, k++)->value;
	d->until_month = d->until_day ? d->month : 0;
	if (at(r, k)->type == '.' && !at(r, k)->gap && is_year(at(r, k + 1)))
		k++;
	k = year_behind(r, k, &d->year);
	return valid(d) ? k : 0;
}

static size_t read_day(const reader *r, sr_str s, size_t i, sr_printed_date *d)
{
	size_t start = i, k;
	if (is_word(at(r, i), W_WEEKDAY)) {
		d->weekday = at(r, i++)->value;
		while (at(r, i)->type == ',' || at(r, i)->type == '.' || is_word(at(r, i), W_JOIN))
			i++;
	}
	sr_printed_date found = *d;
	if ((k = numeric_date(r, i, &found)) || (found = *d, k = month_first(r, s, i, &found)) || (found = *d, k = day_first(r, s, i, &found))) {
		*d = found;
		return k;
	}
	if (r->years && start == i && is_year(at(r, i)) && at(r, i)->value <= 2200) {
		d->year = at(r, i)->value;
		return i + 1;
	}
	return 0;
}

/* Z, GMT+2, EST, (CET), +02:00 */
static size_t read_zone(const reader *r, size_t i, sr_printed_date *d)
{
	bool bracket = at(r, i)->type == '(';
	size_t k = bracket ? i + 1 : i;
	int base = 0;
	bool named = is_word(at(r, k), W_ZONE);
	if (named)
		base = at(r, k++)->value;
	const token *sign = at(r, k), *hours = at(r, k + 1);
	if ((sign->type == '+' || sign->type == '-') && hours->type == 'n' && !hours->gap && (!sign->gap || named || sign->type == '+') && (!named || base == 0)) {
		int minutes = hours->digits == 4 ? hours->value / 100 * 60 + hours->value % 100 : hours->value * 60;
		k += 2;
		if (hours->digits == 2 && at(r, k)->type == ':' && is_number(at(r, k + 1), 2, 2)) {
			minutes += at(r, k + 1)->value;
			k += 2;
		} else if (!named && hours->digits != 4) {
			return i;
		}
		if (minutes > 14 * 60 || (hours->digits != 4 && hours->digits > 2))
			return i;
		base = sign->type == '-' ? -minutes : minutes;
		named = true;
	}
	if (!named || (bracket && at(r, k)->type != ')'))
		return i;
	d->zoned = true;
	d->offset = base;
	return bracket ? k + 1 : k;
}

/* 14:05[:30], 14.05, 14h05, 8:26 A.M., 8 p.m., each with a zone if there is one. */
static size_t read_clock(const reader *r, sr_str s, size_t i, sr_printed_date *d)
{
	size_t k = i;
	if (!is_number(at(r, k), 1, 2))
		return 0;
	int hour = at(r, k)->value, minute = 0, second = 0;
	const token *sep = at(r, k + 1), *min = at(r, k + 2);
	bool h = sep->type == 'w' && sep->end - sep->start == 1 && (s.ptr[sep->start] | 32) == 'h';
	bool colon = sep->type == ':' && !sep->gap;
	bool clear = false;
	if ((colon || h || (sep->type == '.' && !sep->gap)) && is_number(min, 2, 2) && !min->gap && min->value < 60) {
		minute = min->value;
		clear = colon || h;
		k += 3;
		if (colon && at(r, k)->type == ':' && is_number(at(r, k + 1), 2, 2) && at(r, k + 1)->value < 61) {
			second = at(r, k + 1)->value;
			k += 2;
			if (at(r, k)->type == '.' && at(r, k + 1)->type == 'n' && !at(r, k + 1)->gap)
				k += 2; /* fractions of a second */
		}
	} else {
		k++;
	}
	if (is_word(at(r, k), W_HALF)) {
		if (hour < 1 || hour > 12)
			return 0;
		hour = hour % 12 + at(r, k++)->value;
		clear = true;
	} else if (is_word(at(r, k), W_JOIN) && at(r, k)->end - at(r, k)->start >= 3 && at(r, k)->gap) {
		sr_str word = sr_str_slice(s, at(r, k)->start, at(r, k)->end);
		if (sr_str_eq_nocase(word, SR_STR("uhr")) || sr_str_eq_nocase(word, SR_STR("hrs"))) {
			clear = true;
			k++;
		}
	}
	if (!clear || hour > 23)
		return 0;
	d->hour = hour, d->minute = minute, d->second = second > 59 ? 59 : second;
	return read_zone(r, k, d);
}

static size_t skip_joint(const reader *r, size_t i, sr_str s)
{
	for (int n = 0; n < 2; n++) {
		const token *t = at(r, i);
		bool sign = t->type == ',' || t->type == '|' || t->type == '-' || t->type == '@' || t->type == '?' || t->type == '/';
		bool tee = t->end - t->start == 1 && !t->gap && s.ptr[t->start] == 'T';
		if (sign || tee || is_word(t, W_JOIN))
			i++;
	}
	return i;
}

bool sr_printed_read(const sr_printed_words *words, sr_str s, size_t *pos, bool years, sr_printed_date *out)
{
	reader r;
	sr_printed_date d = { .weekday = -1, .hour = -1 };
	r.years = years;
	tokenise(words, s, *pos, &r);
	size_t end = read_day(&r, s, 0, &d);
	if (end && d.day) {
		size_t clock = read_clock(&r, s, skip_joint(&r, end, s), &d);
		end = clock ? clock : end;
	} else if (!end && (end = read_clock(&r, s, 0, &d)) != 0) {
		sr_printed_date both = d;
		size_t day = read_day(&r, s, skip_joint(&r, end, s), &both);
		if (day && both.day) {
			d = both;
			end = day;
		}
	}
	if (!end)
		return false;
	/* a number or word that goes on is another thing */
	const token *next = at(&r, end);
	if (end < r.count && !next->gap && (next->type == 'n' || next->type == 'w' || next->type == 'x'))
		return false;
	*pos = at(&r, end - 1)->end;
	*out = d;
	return true;
}

bool sr_printed_find(const sr_printed_words *words, sr_str s, size_t from, sr_span *span, sr_printed_date *out)
{
	bool inside = false;
	for (size_t i = from; i < s.len;) {
		size_t next = i;
		uint32_t cp = sr_utf8_next(s, &next);
		bool part = sr_cp_is_letter(cp) || sr_is_digit(cp);
		size_t end = i;
		if (part && !inside && sr_printed_read(words, s, &end, false, out) && out->day) {
			*span = (sr_span){ (uint32_t)i, (uint32_t)end };
			return true;
		}
		inside = part;
		i = next;
	}
	return false;
}

static bool fits(const sr_printed_date *date, int year)
{
	return date->day <= sr_days_in_month(year, date->month) &&
	       (date->weekday < 0 || !date->day || sr_weekday(year, date->month, date->day) == date->weekday);
}

int sr_printed_year_before(const sr_printed_date *date, sr_time limit)
{
	if (!sr_time_known(limit) || !date->month)
		return 0;
	/* one day ahead is not yet "after": zones differ */
	sr_time end = limit.precision >= SR_PRECISION_DAY ? sr_time_add_days(sr_time_truncate(limit, SR_PRECISION_DAY), 1) : limit;
	for (int year = limit.year, tries = 0; tries < 12 && year > 0; year--, tries++) {
		sr_time t = sr_time_date(year, date->month, date->day ? date->day : 1);
		bool after = sr_time_known(t) && sr_time_cmp(sr_time_truncate(t, end.precision), sr_time_truncate(end, SR_PRECISION_DAY)) > 0;
		if (!after && fits(date, year))
			return year;
	}
	return 0;
}

int sr_printed_year_near(const sr_printed_date *date, sr_time near)
{
	int best = 0;
	int64_t distance = INT64_MAX;
	for (int year = near.year - 1; sr_time_known(near) && date->month && year <= near.year + 1; year++) {
		if (year < 1 || !fits(date, year))
			continue;
		int64_t d = sr_time_epoch(sr_time_date(year, date->month, date->day ? date->day : 15)) - sr_time_epoch(near);
		d = d < 0 ? -d : d;
		if (d < distance) {
			distance = d;
			best = year;
		}
	}
	return best;
}

sr_time sr_printed_date_time(const sr_printed_date *date, int year, sr_time day)
{
	sr_time t = SR_TIME_NONE;
	year = date->year ? date->year : year;
	if (date->month && year) {
		t = sr_time_date(year, date->month, date->day ? date->day : 1);
		if (!date->day)
			t = sr_time_truncate(t, SR_PRECISION_MONTH);
	} else if (date->year) {
		t = (sr_time){ .year = (int16_t)date->year, .precision = SR_PRECISION_YEAR };
	} else if (!date->month && day.precision >= SR_PRECISION_DAY) {
		t = sr_time_truncate(day, SR_PRECISION_DAY);
	}
	if (t.precision == SR_PRECISION_DAY && date->hour >= 0) {
		t.hour = (uint8_t)date->hour, t.minute = (uint8_t)date->minute, t.second = (uint8_t)date->second;
		t.precision = date->second ? SR_PRECISION_SECOND : SR_PRECISION_MINUTE;
		t.zoned = date->zoned, t.offset = (int16_t)date->offset;
	}
	return t;
}

sr_time sr_printed_date_until(const sr_printed_date *date, sr_time begin)
{
	if (!date->until_day || begin.precision < SR_PRECISION_DAY)
		return SR_TIME_NONE;
	int year = begin.year + (date->until_month < date->month);
	if (date->until_day > sr_days_in_month(year, date->until_month))
		return SR_TIME_NONE;
	return sr_time_date(year, date->until_month, date->until_day);
}
