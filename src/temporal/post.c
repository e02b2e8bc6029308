/* What neighbours tell about each other, once all expressions are found: times that belong to a
 * day, ranges, open intervals, and the time of saying. */
#include "internal.h"

#define YEAR_DIGITS 4

static bool is(const context *ctx, size_t i, uint16_t cls)
{
	return i < ctx->tokens.count && token_has(ctx, i, cls, NULL);
}

/* "at 10 a.m. on Tuesday", "on Tuesday at 10 a.m.": the time belongs to that day. */
static void join_clock(context *ctx, result *time, const result *day)
{
	if (!time->clock_only || day->cal.gran < G_DAY || day->timex.type > SR_TIMEX_TIME)
		return;
	time->cal.year = day->cal.year;
	time->cal.month = day->cal.month;
	time->cal.day = day->cal.day;
	time->cal.weekday = day->cal.weekday;
	time->cal.weekday_only = day->cal.weekday_only;
	time->timex.value = cal_write(ctx->arena, time->cal);
	time->clock_only = time->doubtful = false;
}

static bool same_paragraph(const context *ctx, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i <= to && i < ctx->tokens.count; i++)
		if (ctx->tokens.items[i].edge)
			return false;
	return true;
}

/* Words that may stand between a time and its day, or between a time and the same in another zone. */
static bool only_joints(const context *ctx, uint32_t from, uint32_t to)
{
	if (to - from > 2 || !same_paragraph(ctx, from, to))
		return false;
	for (uint32_t i = from; i < to; i++)
		if (!is(ctx, i, ctx->t->c_on) && !is(ctx, i, C_COMMA) && !is(ctx, i, ctx->t->c_at) &&
		    !is(ctx, i, C_OPEN) && !is(ctx, i, C_CLOSE))
			return false;
	return true;
}

/* "10 p.m. Tuesday", "November 4, 8:15 P.M.": with nothing but a comma between they are one. */
static bool one_expression(const context *ctx, const result *a, const result *b)
{
	if (b->first - a->last > 1 || !same_paragraph(ctx, a->last, b->first))
		return false;
	return b->first == a->last || is(ctx, a->last, C_COMMA);
}

static void merge_clocks(context *ctx)
{
	size_t to = 0;
	for (size_t i = 0; i < ctx->results.count; i++) {
		result *b = &ctx->results.items[i], *a = to ? &ctx->results.items[to - 1] : NULL;
		bool day_last = a && a->clock_only && !b->clock_only && b->cal.gran >= G_DAY && b->timex.type <= SR_TIMEX_TIME;
		bool day_first = a && b->clock_only && !a->clock_only && a->cal.gran == G_DAY && a->timex.type == SR_TIMEX_DATE;
		if ((day_last || day_first) && !a->range && !b->range && one_expression(ctx, a, b)) {
			result merged = day_last ? *a : *b;
			join_clock(ctx, &merged, day_last ? b : a);
			merged.first = a->first;
			merged.last = b->last;
			merged.timex.span = (sr_span){ a->timex.span.start, b->timex.span.end };
			ctx->results.items[to - 1] = merged;
		} else
			ctx->results.items[to++] = *b;
	}
	ctx->results.count = to;
}

static void join_clocks(context *ctx)
{
	/* From the end, so that "10:35 a.m. (0735 GMT) Tuesday" hands the day on; then from the front. */
	for (size_t i = ctx->results.count; i-- > 1;) {
		result *a = &ctx->results.items[i - 1], *b = &ctx->results.items[i];
		if (a->clock_only && !b->clock_only && only_joints(ctx, a->last, b->first))
			join_clock(ctx, a, b);
	}
	for (size_t i = 1; i < ctx->results.count; i++) {
		result *a = &ctx->results.items[i - 1], *b = &ctx->results.items[i];
		if (b->clock_only && !a->clock_only && only_joints(ctx, a->last, b->first))
			join_clock(ctx, b, a);
	}
}

/* Words between the verb and "from": "moved the vote from". */
#define MOVED_WORDS 8u

/* "from Monday to Friday", "between 3 May and 9 June", "2019-2021". */
static bool range_joint(const context *ctx, const result *a, const result *b)
{
	uint32_t from = a->last, to = b->first;
	if (!same_paragraph(ctx, from, to) || to < from)
		return false;
	bool opened = a->first > 0 && !ctx->tokens.items[a->first].edge;
	if (to - from == 1) {
		if (is(ctx, from, ctx->t->c_to) || is(ctx, from, ctx->t->c_until))
			return true;
		if (is(ctx, from, C_DASH))
			return true;
		return is(ctx, from, ctx->t->c_and) && opened && is(ctx, a->first - 1, ctx->t->c_between);
	}
	return false;
}

static void set_range(result *a, result *b)
{
	sr_time begin = a->timex.begin, end = b->timex.end;
	if (!sr_time_known(begin) || !sr_time_known(end) || sr_time_cmp(begin, end) > 0)
		return;
	a->timex.end = end;
	b->timex.begin = begin;
	a->range = b->range = true;
}

/* The preposition before an expression opens its interval at one side. */
static void open_interval(context *ctx, result *r)
{
	if (r->range || r->first == 0 || ctx->tokens.items[r->first].edge)
		return;
	const sr_temporal *t = ctx->t;
	uint32_t i = r->first - 1;
	sr_timex *x = &r->timex;
	if (is(ctx, i, t->c_since))
		x->end = SR_TIME_NONE;
	else if (is(ctx, i, t->c_after)) {
		x->begin = x->end;
		x->end = SR_TIME_NONE;
	} else if (is(ctx, i, t->c_before)) {
		x->end = x->begin;
		x->begin = SR_TIME_NONE;
	} else if (is(ctx, i, t->c_until) || is(ctx, i, t->c_by))
		x->begin = SR_TIME_NONE;
	else if (is(ctx, i, t->c_from))
		x->end = SR_TIME_NONE;
}

static bool names_year(const context *ctx, const result *r)
{
	for (uint32_t i = r->first; i < r->last; i++)
		if (ctx->tokens.items[i].digits == YEAR_DIGITS)
			return true;
	return false;
}

static bool is_month_or_day(const result *r) { return (r->cal.gran == G_MONTH || r->cal.gran == G_DAY) && r->cal.month != UNKNOWN && r->timex.type == SR_TIMEX_DATE && !r->narrative; }

/* "and", "to", "or" and a comma. */
static bool only_lists(const context *ctx, uint32_t from, uint32_t to)
{
	const sr_temporal *t = ctx->t;
	if (to <= from || to - from > 2 || !same_paragraph(ctx, from, to))
		return false;
	for (uint32_t i = from; i < to; i++)
		if (!is(ctx, i, C_COMMA) && !is(ctx, i, C_DASH) && !is(ctx, i, t->c_and) && !is(ctx, i, t->c_or) && !is(ctx, i, t->c_to) && !is(ctx, i, t->c_until))
			return false;
	return true;
}

static void take_year(context *ctx, result *a, int year)
{
	a->cal.year = (int16_t)year;
	a->timex.value = cal_write(ctx->arena, a->cal);
}

/* "In late July and early August 2016", "from December to March 2019": the year of the last is that of all. "In January and November",
 * told in June, are of one year as well, and "from July to August" leads ahead. */
static void share_years(context *ctx)
{
	bool named = ctx->results.count > 0 && names_year(ctx, &ctx->results.items[ctx->results.count - 1]);
	for (size_t i = ctx->results.count; i-- > 1;) {
		result *a = &ctx->results.items[i - 1], *b = a + 1;
		bool own = names_year(ctx, a), both = is_month_or_day(a) && is_month_or_day(b) && b->cal.year != UNKNOWN;
		bool listed = both && only_lists(ctx, a->last, b->first);
		bool same = listed && a->cal.gran == G_MONTH && b->cal.gran == G_MONTH && a->cal.year == b->cal.year + 1 && a->cal.month < b->cal.month;
		bool until = both && range_joint(ctx, a, b) && a->first > 0 && is(ctx, a->first - 1, ctx->t->c_from);
		bool shares = named && listed;
		if (!own && (shares || until))
			take_year(ctx, a, b->cal.year - (a->cal.month > b->cal.month));
		else if (!own && !named && same)
			take_year(ctx, a, b->cal.year);
		named = own || (!own && shares);
	}
}

/* "Moved from May to July": two days, and nothing in between. */
static bool is_moved(const context *ctx, const result *a)
{
	for (uint32_t k = 1; k <= MOVED_WORDS && k < a->first && !ctx->tokens.items[a->first - k].edge; k++)
		if (is(ctx, a->first - k - 1, ctx->t->c_moved))
			return is(ctx, a->first - 1, ctx->t->c_from);
	return false;
}

void post_pass(context *ctx)
{
	share_years(ctx);
	merge_clocks(ctx);
	join_clocks(ctx);
	for (size_t i = 0; i < ctx->results.count; i++) {
		result *r = &ctx->results.items[i];
		if (!r->range && !r->doubtful)
			cal_bounds(r->cal, &r->timex.begin, &r->timex.end);
		if (r->timex.type <= SR_TIMEX_TIME && r->cal.gran != G_NONE)
			r->timex.said = said_near(ctx, r->first, r->last, r->cal.gran >= G_WEEK);
	}
	for (size_t i = 0; i + 1 < ctx->results.count; i++) {
		result *a = &ctx->results.items[i], *b = a + 1;
		if (!a->range && !b->range && range_joint(ctx, a, b) && !is_moved(ctx, a))
			set_range(a, b);
	}
	for (size_t i = 0; i < ctx->results.count; i++)
		open_interval(ctx, &ctx->results.items[i]);
}
