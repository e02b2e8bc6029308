/* Dates: does a cite say this date, and what date do the words of a line give.
 *
 * A date is borne out by the time at which the source speaks (its update's time or publication), unless it is that of an event
 * and the span gives another day for it, by
 * a date written in the span, or by an expression in it that leads there from that time: a
 * weekday within eight days, yesterday, "two weeks ago". This is a check of what somebody else
 * resolved, so it asks "can it be?", never "what is it?". */
#include "internal.h"

#include <stdlib.h>

#define WEEKDAY_REACH 8
#define DIRECTION_WORDS 2 /* before "weeks": "in two" */
#define DAY_REACH 4000u /* bytes before a cite in which its paragraph may give the day that it counts from */
#define LISTED_WORDS 6 /* from a date to the year that a list of dates ends with */

typedef struct span_words {
	const sr_lexicon *lex;
	sr_str text;
	const sr_vword *w;
	size_t count;
	sr_time said; /* when the source speaks */
	sr_time from; /* what "yesterday" counts from: that, or unknown where such words lead nowhere */
} span_words;

static bool year_like(const sr_vword *w) { return w->kind == SR_VW_NUMBER && w->value >= 1000 && w->value <= 2999; }

/* A day of the month: a number, or digits with an ordinal ending ("4th"). 0 if it is none. */
static int day_of(sr_str text, const sr_vword *w)
{
	if (w->kind == SR_VW_NUMBER)
		return w->value >= 1 && w->value <= 31 && w->value <= (double)(int)w->value ? (int)w->value : 0;
	sr_str s = sr_word_text(text, w);
	int n = 0;
	size_t i = 0;
	while (i < s.len && i < 2 && s.ptr[i] >= '0' && s.ptr[i] <= '9')
		n = n * 10 + (s.ptr[i++] - '0');
	return i && s.len == i + 2 && n <= 31 ? n : 0;
}

static int month_of(const sr_lexicon *lex, sr_str text, const sr_vword *w)
{
	return w->kind == SR_VW_WORD && sr_word_capital(text, w) ? (int)sr_word_lookup(&lex->months, sr_word_text(text, w)) : 0;
}

static sr_time made(int year, int month, int day)
{
	sr_time t = { .year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day };
	t.precision = day ? SR_PRECISION_DAY : SR_PRECISION_MONTH;
	return t;
}

static int year_after(const sr_vword *w, size_t count, size_t i) { return i < count && year_like(&w[i]) ? (int)w[i].value : 0; }

size_t sr_date_words(const sr_lexicon *lex, sr_str text, const sr_vword *w, size_t count, size_t i, sr_time *first, sr_time *last)
{
	int day = day_of(text, &w[i]), month;
	size_t n = 1;
	*last = SR_TIME_NONE;
	if (day && i + 1 < count && (month = month_of(lex, text, &w[i + 1])) != 0) { /* 4 Nov */
		n = 2;
		int year = year_after(w, count, i + 2);
		*first = made(year, month, day);
		return n + (year != 0);
	}
	int second = day && i + 2 < count ? day_of(text, &w[i + 1]) : 0;
	if (second > day && (month = month_of(lex, text, &w[i + 2])) != 0) { /* 2-3 Dec */
		int year = year_after(w, count, i + 3);
		*first = made(year, month, day);
		*last = made(year, month, second);
		return 3 + (size_t)(year != 0);
	}
	month = month_of(lex, text, &w[i]);
	if (!month || i + 1 >= count)
		return 0;
	if (year_like(&w[i + 1])) { /* November 2025 */
		*first = made((int)w[i + 1].value, month, 0);
		return 2;
	}
	day = day_of(text, &w[i + 1]);
	if (!day)
		return 0;
	int year = year_after(w, count, i + 2); /* March 14, 2026 */
	*first = made(year, month, day);
	return 2 + (size_t)(year != 0);
}

static int32_t days_of(sr_time t) { return sr_days_from_civil(t.year, t.month ? t.month : 1, t.day ? t.day : 1); }

/* Equal as far as the coarser of the wanted precision and the day goes. */
static bool same_date(sr_time want, sr_time have)
{
	if (!sr_time_known(have) || want.year != have.year)
		return false;
	if (want.precision >= SR_PRECISION_MONTH && (have.precision < SR_PRECISION_MONTH || want.month != have.month))
		return false;
	return want.precision < SR_PRECISION_DAY || (have.precision >= SR_PRECISION_DAY && want.day == have.day);
}

/* Whether a date without a year at i may be of that one: within a year of when it was said, or of the year of a list that it is in
 * ("in late July and early August 2016", "from December to March 2019"). */
static bool may_be_of(const span_words *s, size_t i, int year)
{
	if (sr_time_known(s->said) && abs(year - s->said.year) <= 1)
		return true;
	for (size_t k = i + 1; k < s->count && k <= i + LISTED_WORDS; k++)
		if (year_like(&s->w[k]))
			return year == (int)s->w[k].value || year + 1 == (int)s->w[k].value;
	return false;
}

static bool date_at(const span_words *s, size_t i, sr_time want)
{
	sr_time first, last;
	size_t n = sr_date_words(s->lex, s->text, s->w, s->count, i, &first, &last);
	for (int k = 0; n && k < 2; k++) {
		sr_time have = k ? last : first;
		if (sr_time_known(have) && !have.year && may_be_of(s, i, want.year))
			have.year = want.year;
		if (same_date(want, have))
			return true;
	}
	if (year_like(&s->w[i]))
		return want.precision == SR_PRECISION_YEAR && (int)s->w[i].value == want.year;
	/* a bare month: "in early August" */
	return want.precision <= SR_PRECISION_MONTH && want.precision >= SR_PRECISION_YEAR && month_of(s->lex, s->text, &s->w[i]) == want.month &&
	       want.month && may_be_of(s, i, want.year);
}

static bool word_is(const span_words *s, size_t i, const char *word)
{
	return i < s->count && sr_str_eq_nocase(sr_word_text(s->text, &s->w[i]), sr_str_c(word));
}

static const sr_vpair *pair_at(const span_words *s, const sr_strmap *map, size_t i) { return sr_word_pair(s->lex, map, sr_word_text(s->text, &s->w[i])); }

static int64_t weekday_at(const span_words *s, size_t i) { return sr_word_lookup(&s->lex->weekdays, sr_word_text(s->text, &s->w[i])); }

/* "Yesterday", "in the evening". Of "on Friday evening" the weekday tells the day. */
static bool day_word_at(const span_words *s, size_t i, sr_time want)
{
	int32_t away = days_of(want) - days_of(s->said);
	const sr_vpair *days = pair_at(s, &s->lex->days, i);
	return days && want.precision >= SR_PRECISION_DAY && away >= days->first && away <= days->second && !(i && weekday_at(s, i - 1));
}

/* The days of "last week" are those of the week before, which begins on a Monday for some and on a Sunday for others. -1: no such
 * words stand there. */
static int week_at(const span_words *s, size_t i, sr_time want)
{
	if (!i || want.precision < SR_PRECISION_DAY || !word_is(s, i, "week"))
		return -1;
	int32_t day = days_of(want), said = days_of(s->said);
	int weekday = (int)sr_weekday(want.year, want.month, want.day), today = (int)sr_weekday(s->said.year, s->said.month, s->said.day);
	const sr_vpair *weeks = pair_at(s, &s->lex->week, i - 1);
	return !weeks ? -1 : day - weekday - (said - today) == weeks->first * 7 || day - (weekday + 1) % 7 - (said - (today + 1) % 7) == weeks->first * 7;
}

/* "Two weeks ago", "in two weeks": -1 for what is past, 1 for what is to come, 0 where the words do not tell. */
static int direction(const span_words *s, size_t unit)
{
	if (unit + 1 < s->count && (s->w[unit + 1].classes & SR_VW_PAST))
		return -1;
	for (size_t k = unit; k-- > 0 && unit - k <= DIRECTION_WORDS;)
		if (s->w[k].classes & (SR_VW_PAST | SR_VW_TO_COME))
			return s->w[k].classes & SR_VW_PAST ? -1 : 1;
	return 0;
}

/* How far from `distance` it is, forth or back as the words tell. */
static int off_by(int away, int distance, int direction)
{
	return direction ? abs(away - direction * distance) : abs(abs(away) - distance);
}

static bool relative_at(const span_words *s, size_t i, sr_time want)
{
	int32_t away = days_of(want) - days_of(s->said);
	if (want.precision < SR_PRECISION_DAY)
		away = 0;
	int64_t weekday = weekday_at(s, i);
	if (weekday && want.precision >= SR_PRECISION_DAY)
		return abs(away) <= WEEKDAY_REACH && sr_weekday(want.year, want.month, want.day) == weekday - 1;
	if (word_is(s, i, "weekend") && want.precision >= SR_PRECISION_DAY)
		return abs(away) <= WEEKDAY_REACH && sr_weekday(want.year, want.month, want.day) >= 5;
	if (day_word_at(s, i, want))
		return true;
	int week = week_at(s, i, want);
	if (week >= 0)
		return week;
	int32_t months = (want.year - s->said.year) * 12 + (want.month ? want.month - s->said.month : 0);
	const sr_vpair *unit = pair_at(s, &s->lex->stretch, i);
	if (!unit)
		return false;
	const sr_vword *number = i && s->w[i - 1].kind == SR_VW_NUMBER ? &s->w[i - 1] : NULL;
	double n = number && number->value < 1000 ? number->value : 1;
	int way = direction(s, i);
	if (want.precision >= SR_PRECISION_DAY)
		return off_by(away, (int)(n * unit->first), way) <= unit->second * (n > 3 ? (int)n / 3 + 1 : 1);
	return (unit->first >= 30 || want.precision == SR_PRECISION_YEAR) &&
	       off_by((int)months, (int)(n * unit->first / 30.4 + 0.5), way) <= (want.precision == SR_PRECISION_YEAR ? 11 : 1);
}

static bool clock_agrees(sr_time want, sr_time have)
{
	if (want.precision <= SR_PRECISION_DAY)
		return true;
	if (have.precision <= SR_PRECISION_DAY)
		return false;
	return sr_time_epoch(sr_time_truncate(want, SR_PRECISION_MINUTE)) == sr_time_epoch(sr_time_truncate(have, SR_PRECISION_MINUTE));
}

/* "4:20 a.m.", "9 p.m.", "16:20", "noon" in the span: the hour and minute of want. */
static bool clock_at(const span_words *s, size_t i, sr_time want)
{
	if (word_is(s, i, "noon") || word_is(s, i, "midday"))
		return want.hour == 12 && want.minute == 0;
	if (word_is(s, i, "midnight"))
		return want.hour == 0 && want.minute == 0;
	sr_str text = sr_word_text(s->text, &s->w[i]);
	int hour = 0, minute = 0;
	size_t k = 0;
	while (k < text.len && k < 2 && text.ptr[k] >= '0' && text.ptr[k] <= '9')
		hour = hour * 10 + (text.ptr[k++] - '0');
	bool minutes = k && k + 3 == text.len && (text.ptr[k] == ':' || text.ptr[k] == '.');
	if (minutes)
		minute = (text.ptr[k + 1] - '0') * 10 + (text.ptr[k + 2] - '0');
	if (!k || (!minutes && k != text.len))
		return false;
	bool pm = word_is(s, i + 1, "p") || word_is(s, i + 1, "pm"), am = word_is(s, i + 1, "a") || word_is(s, i + 1, "am");
	if (!minutes && !pm && !am)
		return false;
	if (pm || am)
		hour = hour % 12 + (pm ? 12 : 0);
	return want.hour == hour && want.minute == minute;
}

static bool said_then(sr_time want, sr_time said)
{
	if (!sr_time_known(said))
		return false;
	if (same_date(want, said) && clock_agrees(want, said))
		return true;
	/* the same instant, written in UTC by one and with its zone by the other */
	return want.zoned && said.zoned && same_date(want, sr_time_from_epoch(sr_time_epoch(said))) && clock_agrees(want, said);
}

/* "The following day" counts from a date that the paragraph has given before. */
static bool follows_date(const span_words *s, size_t from, sr_time want)
{
	sr_time first, last;
	span_words near = *s;
	for (size_t i = 0; i < s->count; i++) {
		if (!sr_date_words(s->lex, s->text, s->w, s->count, i, &first, &last) || first.precision < SR_PRECISION_DAY)
			continue;
		near.said = sr_time_known(last) ? last : first;
		if (!near.said.year)
			near.said.year = want.year;
		for (size_t k = from > i ? from : i; k < s->count; k++)
			if (day_word_at(&near, k, want))
				return true;
	}
	return false;
}

/* The span gives a day or month of its own that is not this one, and nobody speaks in it on whose day it could be; or it gives weekdays,
 * which page and speaker are near to, and none is this one's. */
static bool tells_another_day(const span_words *s, sr_time want)
{
	sr_time first, last;
	bool another = false, spoken = false, weekday = false, his = false;
	for (size_t i = 0; i < s->count; i++) {
		spoken = spoken || ((s->w[i].classes & SR_VW_SAYING) && !s->w[i].quoted);
		another = another || (sr_date_words(s->lex, s->text, s->w, s->count, i, &first, &last) && !date_at(s, i, want));
		weekday = weekday || weekday_at(s, i);
		his = his || (weekday_at(s, i) && relative_at(s, i, want)) || day_word_at(s, i, want) || date_at(s, i, want);
	}
	return (another && !spoken) || (weekday && !his);
}

/* The words of the span lead to the date. */
static bool words_lead_to(const span_words *all, size_t before, sr_time date, bool day_said)
{
	span_words s = *all;
	if (before) /* without words there is nothing to point past */
		s.w += before;
	s.count -= before;
	sr_time day = sr_time_truncate(date, SR_PRECISION_DAY);
	bool clock_said = date.precision <= SR_PRECISION_DAY;
	for (size_t i = 0; i < s.count && !(day_said && clock_said); i++) {
		day_said = day_said || date_at(&s, i, day) || (sr_time_known(s.from) && relative_at(&s, i, day));
		clock_said = clock_said || clock_at(&s, i, date);
	}
	return (day_said || follows_date(all, before, day)) && clock_said;
}

/* A dated update of a live page. */
static bool is_update(const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	return block && block->kind == SR_BLOCK_UPDATE && sr_time_known(block->time);
}

/* The time at which the source speaks: of its update, else of its page. */
static bool is_time_of_source(sr_time date, const sr_vcite *cite, sr_time said)
{
	return said_then(date, said) || (!is_update(cite) && (said_then(date, cite->doc->published) || said_then(date, cite->doc->modified)));
}

/* A day behind that of the update, or of the page in its last state. */
static bool is_after_source(sr_time date, const sr_vcite *cite, sr_time said)
{
	sr_time last = sr_time_known(cite->doc->modified) && sr_time_known(said) && sr_time_cmp(cite->doc->modified, said) > 0 && !is_update(cite) ? cite->doc->modified : said;
	return sr_time_known(last) && last.precision >= SR_PRECISION_DAY && date.precision >= SR_PRECISION_DAY && days_of(date) > days_of(last);
}

bool sr_date_supported(sr_vcontext *ctx, sr_time date, const sr_vcite *cite, sr_vdate of)
{
	sr_time said = sr_document_time_at(cite->doc, cite->span.start);
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	/* an entry of the page's own timeline gives its dates beside its words */
	if (block && block->kind == SR_BLOCK_EVENT && (said_then(date, block->time) || said_then(date, block->until)))
		return true;
	sr_time reach = said; /* where words like "yesterday" count from */
	bool now = !sr_time_known(date) || is_time_of_source(date, cite, said);
	if (now && (of != SR_VDATE_HAPPENED || !sr_time_known(date)))
		return true;
	/* of what is told to have been said after the page was, only a date that is written out is believed: its own may be a day off */
	if (of == SR_VDATE_SPOKEN && is_after_source(date, cite, said))
		reach = SR_TIME_NONE;
	sr_vwords words = { 0 };
	uint32_t from = block && block->span.start < cite->span.start ? block->span.start : cite->span.start;
	uint32_t keep = cite->span.start - from > DAY_REACH ? cite->span.start - DAY_REACH : from;
	if (sr_words_split(ctx->lex, cite->doc->text, from, cite->span.end, keep, false, ctx->scratch, &words) != SR_OK) {
		ctx->status = SR_E_NOMEM;
		return true;
	}
	size_t before = 0;
	while (before < words.count && words.items[before].start < cite->span.start)
		before++;
	span_words all = { .lex = ctx->lex, .text = cite->doc->text, .w = words.items, .count = words.count, .said = said, .from = reach };
	span_words own = all;
	if (before)
		own.w += before;
	own.count -= before;
	bool another = of == SR_VDATE_HAPPENED && tells_another_day(&own, sr_time_truncate(date, SR_PRECISION_DAY));
	if (now && !another)
		return true;
	return words_lead_to(&all, before, date, !another && said_then(sr_time_truncate(date, SR_PRECISION_DAY), said));
}
