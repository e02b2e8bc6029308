/* Absolute and partial dates and times: the parts that are named, and those that the publication
 * time and the tense of the verb fill in. */
#include "internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

static bool emit(context *ctx, result *out, sr_timex_type type, cal c)
{
	out->cal = c;
	out->timex.type = type;
	out->timex.value = cal_write(ctx->arena, c);
	return !sr_str_empty(out->timex.value);
}

static bool emit_cal(context *ctx, result *out, cal c)
{
	return emit(ctx, out, c.gran >= G_PART ? SR_TIMEX_TIME : SR_TIMEX_DATE, c);
}

/* The nearest expression before, within STORY_TIMES of them, that has a month or a day of a year that is over; in months. */
#define STORY_TIMES 6u
/* A day goes on with what was told before if it is so many months from it, and is as old as that. */
#define STORY_MONTHS_BACK 2
#define STORY_MONTHS_ON 5
#define STORY_AGE_DAYS 75
#define SENTENCE_TOKENS 60u /* looked back over, however long it is */

/* "On 1 October 2016 … On 7 October …", told in 2019: a day without a year, well back, is of the year that the story is in. */
static int year_of_story(const context *ctx, int month, int day, int year)
{
	cal told = cal_day(year, month, day);
	if (!cal_placed(told) || cal_days(cal_to(ctx->dct, G_DAY)) - cal_days(told) < STORY_AGE_DAYS)
		return year;
	size_t seen = 0;
	for (size_t i = ctx->results.count; i-- > ctx->scope && seen < STORY_TIMES; seen++) {
		const result *r = &ctx->results.items[i];
		if (r->timex.type > SR_TIMEX_TIME || !cal_placed(r->cal) || r->cal.month == UNKNOWN || r->narrative || r->cal.gran < G_MONTH)
			continue;
		int on = month - r->cal.month;
		return r->cal.year < year && on >= -STORY_MONTHS_BACK && on <= STORY_MONTHS_ON ? r->cal.year : year;
	}
	return year;
}

/* "Murdered in 2011, on Sept. 11", told in 2013: the year that the sentence has named before, where the day is not of late. */
static int year_of_sentence(const context *ctx, uint32_t first, int month, int day, int year)
{
	cal told = cal_day(year, month, day);
	int32_t age = cal_placed(told) ? cal_days(cal_to(ctx->dct, G_DAY)) - cal_days(told) : 0;
	if (age >= 0 && age < STORY_AGE_DAYS)
		return year;
	for (size_t i = ctx->results.count, seen = 0; i-- > ctx->scope && seen < STORY_TIMES && first - ctx->results.items[i].last < SENTENCE_TOKENS; seen++) {
		const result *r = &ctx->results.items[i];
		for (uint32_t k = r->last; k <= first; k++)
			if (ctx->tokens.items[k].edge || (ctx->tokens.items[k].kind == T_PUNCT && ctx->tokens.items[k].cls == C_DOT))
				return year;
		if (r->timex.type == SR_TIMEX_DATE && r->cal.gran == G_YEAR && !r->narrative)
			return r->cal.year < ctx->dct.year ? r->cal.year : year;
	}
	return year;
}

/* By the verb and the months between. */
static int likely_year(context *ctx, const match *m, int month, int day)
{
	cal dct = ctx->dct;
	if (!cal_placed(dct) || dct.month == UNKNOWN) {
		if (ctx->year_hint != UNKNOWN && day != UNKNOWN)
			return ctx->year_hint;
		return UNKNOWN;
	}
	int distance = month - dct.month;
	if (distance == 0 && (day == UNKNOWN || dct.day == UNKNOWN))
		return dct.year;
	int tense = tense_near(ctx, m->first, m->last);
	/* A verb in the past moves a month back that would else lie well ahead; days are named near their
	 * own time whatever the verb ("declared a dividend payable Dec. 15"). */
	int ahead = tense > 0 ? 12 : tense == 0 ? 6 : day == UNKNOWN ? 1 : 4;
	int behind = tense < 0 ? -12 : tense > 1 ? -1 : tense > 0 ? -3 : day == UNKNOWN ? -9 : -7;
	if (distance > ahead)
		return day == UNKNOWN ? dct.year - 1 : year_of_story(ctx, month, day, dct.year - 1);
	if (distance < behind || (distance == behind && tense > 1 && day == UNKNOWN)) /* "would leave in January", told in February */
		return dct.year + 1;
	return day == UNKNOWN || distance > 0 ? dct.year : year_of_story(ctx, month, day, dct.year);
}

/* The year of a month (and day, or UNKNOWN) that is named without one. */
static int resolve_year(context *ctx, const match *m, int month, int day)
{
	int year = likely_year(ctx, m, month, day), told = year != UNKNOWN && day != UNKNOWN && cal_placed(ctx->dct) ? year_of_sentence(ctx, m->first, month, day, year) : year;
	return told != year && tense_near(ctx, m->first, m->last) < 0 ? told : year;
}

#define AS_OF_DAYS 4

static bool as_of(const context *ctx, uint32_t first)
{
	return first > 1 && !ctx->tokens.items[first].edge && !ctx->tokens.items[first - 1].edge && sr_str_eq(token_text(ctx, first - 1), SR_STR("of")) &&
	       token_has(ctx, first - 2, ctx->t->c_as, NULL);
}

cal resolve_weekday(context *ctx, const match *m, int weekday, int shift, bool has_shift)
{
	cal dct = cal_to(ctx->dct, G_DAY);
	if (!cal_placed(dct) || dct.gran != G_DAY) {
		cal c = cal_none();
		c.gran = G_DAY;
		c.weekday_only = true;
		c.weekday = (int8_t)weekday;
		return c;
	}
	int32_t today = cal_days(dct);
	int back = (ctx->dct_weekday - weekday + 7) % 7;
	if (has_shift && shift < 0)
		return cal_from_days(today - (back ? back : 7));
	if (has_shift && shift > 0)
		return cal_from_days(today + (7 - back));
	int tense = tense_near(ctx, m->first, m->last);
	if (back == 0)
		return dct;
	if (back > AS_OF_DAYS && !has_shift && as_of(ctx, m->first)) { /* nobody counts as of six days ago: the page's own day is in doubt */
		cal c = cal_none();
		c.gran = G_DAY;
		c.weekday_only = true;
		c.weekday = (int8_t)weekday;
		return c;
	}
	if (has_shift) /* "this Friday" */
		return tense < 0 ? cal_from_days(today - back) : cal_from_days(today + 7 - back);
	/* what was done "on Thursday", on a page of Wednesday, was not six days ago: the page was brought up to date, or its day is
	 * that of another zone */
	bool next_day = back == 6 && tense < 0;
	return tense > 0 || next_day ? cal_from_days(today + 7 - back) : cal_from_days(today - back);
}

/* "last May", "this September", "next June" */
static int shifted_month_year(const context *ctx, int month, int shift)
{
	cal dct = ctx->dct;
	if (!cal_placed(dct) || dct.month == UNKNOWN)
		return UNKNOWN;
	if (shift < 0)
		return month < dct.month ? dct.year : dct.year - 1;
	if (shift > 0)
		return month > dct.month ? dct.year : dct.year + 1;
	return dct.year;
}

static cal calendar_day(context *ctx, const match *m)
{
	cal c = cal_none();
	bool has_shift = has(m, SLOT_shift);
	int shift = get(m, SLOT_shift, 0), anchor = get(m, SLOT_anchor, UNKNOWN);
	if (has(m, SLOT_month)) {
		c.month = (int8_t)m->slots[SLOT_month];
		c.gran = G_MONTH;
		if (has(m, SLOT_day)) {
			c.day = (int8_t)m->slots[SLOT_day];
			c.gran = G_DAY;
		}
		if (has(m, SLOT_year))
			c.year = (int16_t)m->slots[SLOT_year];
		else if (anchor == 11)
			c.year = cal_placed(ctx->dct) ? (int16_t)(ctx->dct.year + shift) : UNKNOWN;
		else if (has_shift && !has(m, SLOT_weekday))
			c.year = (int16_t)shifted_month_year(ctx, c.month, shift);
		else
			c.year = (int16_t)resolve_year(ctx, m, c.month, c.day);
		if (c.day != UNKNOWN && c.day > sr_days_in_month(c.year == UNKNOWN ? 2000 : c.year, c.month))
			return cal_none();
	} else if (has(m, SLOT_day)) { /* "the 4th" */
		const cal *last = narrative_anchor(ctx, U_MONTH);
		cal base = last ? *last : ctx->dct;
		c.gran = G_DAY;
		c.year = base.year;
		c.month = base.month;
		c.day = (int8_t)m->slots[SLOT_day];
		if (c.day < 1 || c.day > 31 || (cal_placed(c) && c.day > sr_days_in_month(c.year, c.month)))
			return cal_none();
	} else if (has(m, SLOT_weekday) && anchor == 5) {
		cal week = cal_shift(cal_to(ctx->dct, G_WEEK), U_WEEK, shift);
		if (!cal_placed(week))
			return resolve_weekday(ctx, m, m->slots[SLOT_weekday], 0, false);
		return cal_from_days(cal_days(week) + m->slots[SLOT_weekday]);
	} else if (has(m, SLOT_weekday) && anchor == 6) {
		cal last = resolve_weekday(ctx, m, m->slots[SLOT_weekday], 0, false);
		int32_t n = get(m, SLOT_num, 100) / 100;
		return cal_placed(last) ? cal_shift(last, (unit)get(m, SLOT_unit, U_WEEK), -n) : last;
	} else if (has(m, SLOT_weekday)) {
		return resolve_weekday(ctx, m, m->slots[SLOT_weekday], shift, has_shift);
	} else if (has(m, SLOT_year)) {
		c.gran = G_YEAR;
		int32_t year = m->slots[SLOT_year];
		c.year = (int16_t)(get(m, SLOT_era, 1) < 0 ? -year : year);
	} else if (anchor == 1) {
		const cal *last = narrative_anchor(ctx, U_DAY);
		c = last ? cal_to(*last, G_DAY) : cal_to(ctx->dct, G_DAY);
	} else
		c = cal_shift(cal_to(ctx->dct, G_DAY), U_DAY, shift);
	return c;
}

static cal unknown_day(void)
{
	cal c = cal_none();
	c.gran = G_DAY;
	return c;
}

/* Hour and minute from the clock, a.m. or p.m., or the part of the day; false if there are none. */
static bool clock_of(const match *m, int *seconds)
{
	int part = get(m, SLOT_part, UNKNOWN), hour;
	if (has(m, SLOT_clock))
		*seconds = m->slots[SLOT_clock];
	else if (has(m, SLOT_hour) && m->slots[SLOT_hour] <= 24)
		*seconds = m->slots[SLOT_hour] * 3600;
	else
		return false;
	hour = *seconds / 3600;
	if (hour > 24)
		return false;
	if (has(m, SLOT_ampm)) {
		if (hour > 12)
			return m->slots[SLOT_ampm] == 12; /* "20:15 p.m." */
		*seconds += (hour == 12 ? m->slots[SLOT_ampm] - 12 : m->slots[SLOT_ampm]) * 3600;
	} else if (hour < 12 && (part == PART_AFTERNOON || part == PART_EVENING || (part == PART_NIGHT && hour > 5)))
		*seconds += 12 * 3600;
	return *seconds <= 86400;
}

#define PARAGRAPH_LOOK 256 /* tokens back to the day of the same paragraph */

/* The day that a bare clock time belongs to: the last one that was named, else the day of speaking.
 * Sure only where it was named in the same paragraph, or where none was named at all. */
static cal clock_day(const context *ctx, uint32_t at, bool *sure)
{
	const cal *last = narrative_anchor(ctx, U_DAY);
	*sure = true;
	if (!last || last == &ctx->dct)
		return ctx->dct;
	const result *named = &ctx->results.items[ctx->results.count - 1];
	while (&named->cal != last)
		named--;
	*sure = at - named->last < PARAGRAPH_LOOK;
	for (uint32_t k = named->last; *sure && k <= at; k++)
		*sure = !ctx->tokens.items[k].edge;
	return *last;
}

/* "SB 1070": the number of a name that no table knows, rather than a year; a capital may also only begin the sentence. */
static bool numbers_name(const context *ctx, const match *m)
{
	const token *tok = &ctx->tokens.items[m->first];
	if (m->set != 1ull << SLOT_year || tok->kind != T_NUMBER || m->first < 2 || tok->edge)
		return false;
	const token *name = tok - 1, *before = tok - 2;
	bool opens = name->edge || (before->kind == T_PUNCT && (before->cls == C_DOT || before->cls == C_EDGE));
	return name->kind == T_WORD && name->cap && !name->lex && !opens;
}

bool act_calendar(context *ctx, const match *m, result *out)
{
	if (numbers_name(ctx, m))
		return false;
	int seconds;
	const uint64_t day_slots = 1ull << SLOT_month | 1ull << SLOT_weekday | 1ull << SLOT_shift | 1ull << SLOT_day | 1ull << SLOT_part;
	bool clock = clock_of(m, &seconds), bare = clock && !(m->set & day_slots);
	bool sure = true;
	cal c = bare ? cal_to(clock_day(ctx, m->first, &sure), G_DAY) : calendar_day(ctx, m);
	bool wants_day = clock || has(m, SLOT_part);
	if (c.gran < G_DAY && wants_day)
		c = unknown_day();
	if (c.gran == G_NONE)
		return false;
	if (clock) {
		c.gran = G_MINUTE;
		c.hour = (int8_t)(seconds / 3600);
		c.minute = (int8_t)(seconds / 60 % 60);
		if (seconds % 60) {
			c.second = (int8_t)(seconds % 60);
			c.gran = G_SECOND;
		}
		if (has(m, SLOT_zone)) {
			c.zoned = true;
			c.offset = (int16_t)m->slots[SLOT_zone];
		}
	} else if (has(m, SLOT_part)) {
		c.gran = G_PART;
		c.sub = (int8_t)m->slots[SLOT_part];
	}
	out->clock_only = bare;
	out->doubtful = !sure;
	return emit_cal(ctx, out, c);
}

bool act_relday(context *ctx, const match *m, result *out)
{
	int shift = get(m, SLOT_shift, 0);
	cal c = cal_shift(cal_to(ctx->dct, G_DAY), U_DAY, get(m, SLOT_anchor, 0) == 2 ? shift * 2 : shift);
	return emit_cal(ctx, out, cal_placed(c) ? c : unknown_day());
}

bool act_iso(context *ctx, const match *m, result *out)
{
	const token *tok = &ctx->tokens.items[m->first];
	cal c = cal_day(tok->value / 512, tok->value / 32 % 16, tok->value % 32);
	if (tok->cls == C_ISOTIME) {
		c.hour = (int8_t)(tok->extra / 3600);
		c.minute = (int8_t)(tok->extra / 60 % 60);
		c.second = (int8_t)(tok->extra % 60);
		c.gran = G_SECOND;
		sr_str text = token_text(ctx, m->first);
		size_t colons = 0;
		for (size_t i = 0; i < text.len && i < 19; i++)
			colons += text.ptr[i] == ':';
		if (colons < 2) {
			c.second = UNKNOWN;
			c.gran = G_MINUTE;
		}
		c.zoned = tok->fraction;
		c.offset = (int16_t)(tok->digits * 15 - 900);
		if (has(m, SLOT_zone)) {
			c.zoned = true;
			c.offset = (int16_t)m->slots[SLOT_zone];
		}
	}
	return emit_cal(ctx, out, c);
}

/* Which comes first in numeric dates: what the document writes elsewhere, its spelling, its domain. */
static int date_order(const context *ctx)
{
	int vote = 0;
	for (size_t i = 0; i < ctx->tokens.count; i++) {
		const token *tok = &ctx->tokens.items[i];
		if (tok->kind == T_NUMDATE && !tok->extra) {
			int a = tok->value / 32 % 32, b = tok->value % 32;
			vote += b > 12 ? 8 : a > 12 ? -8 : 0;
		} else if (tok->kind == T_WORD && tok->lex) {
			if (token_has(ctx, i, ctx->t->c_american, NULL))
				vote++;
			else if (token_has(ctx, i, ctx->t->c_british, NULL))
				vote--;
			else if (token_has(ctx, i, ctx->t->c_month, NULL)) {
				if (i + 1 < ctx->tokens.count && token_has(ctx, i + 1, C_DAY, NULL))
					vote += 2;
				else if (i > 0 && token_has(ctx, i - 1, C_DAY, NULL))
					vote -= 2;
			}
		}
	}
	sr_str url = ctx->reading->doc->url, table = sr_data("temporal/domains.tsv"), fields[2];
	size_t scheme = sr_str_find(url, SR_STR("://"), 0);
	sr_str host = scheme == SIZE_MAX ? url : sr_str_slice(url, scheme + 3, url.len);
	host = sr_str_slice(host, 0, sr_str_find_char(host, '/', 0));
	while (sr_tsv_next(&table, fields, 2) == 2)
		if (sr_str_ends_nocase(host, fields[0]))
			vote += sr_str_eq(fields[1], SR_STR("month")) ? 4 : -4;
	return vote > 0 ? 1 : vote < 0 ? -1 : 0;
}

bool act_numdate(context *ctx, const match *m, result *out)
{
	const token *tok = &ctx->tokens.items[m->first];
	int year = tok->value / 1024, a = tok->value / 32 % 32, b = tok->value % 32;
	bool month_first = tok->extra || b > 12 || a == b;
	if (!month_first && a <= 12) {
		cal published = cal_to(ctx->dct, G_DAY);
		bool as_month = cal_placed(published) && year == published.year && a == published.month && b == published.day;
		bool as_day = cal_placed(published) && year == published.year && b == published.month && a == published.day;
		if (ctx->month_first == ORDER_UNASKED)
			ctx->month_first = date_order(ctx);
		int order = as_month ? 1 : as_day ? -1 : ctx->month_first;
		if (order == 0) { /* which is which is not known, and is not guessed */
			cal c = unknown_day();
			c.year = (int16_t)year;
			return emit_cal(ctx, out, c);
		}
		month_first = order > 0;
	}
	int month = month_first ? a : b, day = month_first ? b : a;
	if (month > 12 || day > sr_days_in_month(year, month))
		return false;
	return emit_cal(ctx, out, cal_day(year, month, day));
}

/* "Dec. 2-3", "3 and 4 November": the first day, and the second as an expression of its own. */
bool act_daypair(context *ctx, const match *m, result *out)
{
	cal c = calendar_day(ctx, m);
	int day2 = get(m, SLOT_day2, 0);
	if (c.gran != G_DAY || day2 <= c.day || day2 > sr_days_in_month(c.year == UNKNOWN ? 2000 : c.year, c.month))
		return false;
	ctx->pending = c;
	ctx->pending.day = (int8_t)day2;
	ctx->pending_first = m->last + 1;
	ctx->pending_last = m->path_last;
	return emit_cal(ctx, out, c);
}

/* "the night of 3-4 November": the night that begins on the first day and ends on the second. */
bool act_rangeday(context *ctx, const match *m, result *out)
{
	cal c = calendar_day(ctx, m), last;
	int day2 = get(m, SLOT_day2, 0);
	if (c.gran != G_DAY)
		return false;
	last = c;
	last.day = (int8_t)day2;
	if (has(m, SLOT_month2)) {
		last.month = (int8_t)m->slots[SLOT_month2];
		if (last.month < c.month && last.year != UNKNOWN)
			last.year++;
	} else if (day2 < c.day && cal_placed(c)) /* "31-1 November" */
		c = cal_from_days(cal_days(last) - 1);
	if (cal_placed(last) && (last.day > sr_days_in_month(last.year, last.month) || cal_days(last) - cal_days(c) != 1))
		return false;
	c.gran = G_PART;
	c.sub = (int8_t)get(m, SLOT_part, PART_NIGHT);
	sr_time ignored;
	cal_bounds(c, &out->timex.begin, &ignored);
	cal_bounds(last, &ignored, &out->timex.end);
	out->range = true;
	return emit_cal(ctx, out, c);
}

bool act_none(context *ctx, const match *m, result *out)
{
	(void)ctx, (void)m, (void)out;
	return false;
}

bool action_run(context *ctx, const match *m, result *out)
{
	static bool (*const actions[ACTION_COUNT])(context *, const match *, result *) = {
#define X(name) [ACTION_##name] = act_##name,
		ACTIONS(X)
#undef X
	};
	return actions[m->rule->action](ctx, m, out);
}
