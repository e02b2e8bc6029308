/* Expressions that count from the publication time or from the last date named, and those that lie
 * on no calendar: lengths, repetitions, vague references. */
#include "internal.h"

static bool emit_text(result *out, sr_timex_type type, sr_str value)
{
	out->cal = cal_none();
	out->timex.type = type;
	out->timex.value = value;
	return !sr_str_empty(value);
}

static bool emit_cal(context *ctx, result *out, cal c)
{
	out->cal = c;
	out->timex.type = c.gran >= G_PART ? SR_TIMEX_TIME : SR_TIMEX_DATE;
	out->timex.value = cal_write(ctx->arena, c);
	return !sr_str_empty(out->timex.value);
}

static sr_str ref_value(int ref) { return ref == 0 ? SR_STR("PRESENT_REF") : ref == 1 ? SR_STR("PAST_REF") : SR_STR("FUTURE_REF"); }

static unit unit_of(const match *m, unit otherwise)
{
	int32_t u = get(m, SLOT_unit, otherwise);
	return u < 0 || u > U_PERIOD ? otherwise : (unit)u;
}


/* The last stretch named that is at least as fine as the unit, of those that were not themselves
 * counted from another; looks back a bounded way. */
const cal *narrative_anchor(const context *ctx, unit u)
{
	gran wanted = gran_of_unit(u);
	size_t seen = 0;
	for (size_t i = ctx->results.count; i-- > ctx->scope && seen < LOOK; seen++) {
		const result *r = &ctx->results.items[i];
		if (r->timex.type > SR_TIMEX_TIME || !cal_placed(r->cal))
			continue;
		if (wanted <= G_YEAR && r->narrative)
			continue;
		if (wanted >= G_MONTH ? r->cal.gran >= wanted : r->cal.gran >= wanted && r->cal.gran <= G_DAY)
			return &r->cal;
	}
	return ctx->dated_scope && cal_placed(ctx->dct) && ctx->dct.gran >= wanted ? &ctx->dct : NULL;
}

/* Months reported on at a stretch, which "a year earlier" compares as a part of that year. */
static bool is_run_of_months(const result *r)
{
	return r->timex.type == SR_TIMEX_DURATION && sr_str_ends(r->timex.value, SR_STR("M")) &&
	    !sr_str_starts(r->timex.value, SR_STR("PT"));
}

/* What "a year earlier" compares with: the quarter or half that the text reports on, unless it has
 * gone over to "the nine months" since; else the year. */
static cal compared_period(const context *ctx)
{
	size_t seen = 0;
	for (size_t i = ctx->results.count; i-- > ctx->scope && seen < 2 * LOOK; seen++) {
		const result *r = &ctx->results.items[i];
		if (is_run_of_months(r))
			break;
		if (r->narrative || r->timex.type != SR_TIMEX_DATE || !cal_placed(r->cal))
			continue;
		if (r->cal.gran == G_QUARTER || r->cal.gran == G_HALF)
			return r->cal;
	}
	return cal_to(ctx->dct, G_YEAR);
}

/* "earlier this week" ends where the speaker stands, "later this week" begins there. */
static void clip(context *ctx, const match *m, result *out)
{
	int mod = get(m, SLOT_mod, 0);
	cal today = cal_to(ctx->dct, G_DAY);
	sr_time here, ignored;
	if ((mod != MOD_EARLIER && mod != MOD_LATER) || get(m, SLOT_shift, 0) != 0 || !cal_placed(out->cal) ||
	    !cal_placed(today) || today.gran != G_DAY)
		return;
	cal_bounds(today, &here, &ignored);
	cal_bounds(out->cal, &out->timex.begin, &out->timex.end);
	if (mod == MOD_EARLIER)
		out->timex.end = here;
	else
		out->timex.begin = here;
	out->range = true;
}

bool act_unit(context *ctx, const match *m, result *out)
{
	unit u = unit_of(m, U_YEAR);
	int shift = get(m, SLOT_shift, 0);
	cal c = cal_to(ctx->dct, gran_of_unit(u));
	if (u == U_WEEKEND && cal_placed(ctx->dct) && ctx->dct_weekday != UNKNOWN) {
		/* Until Friday the weekend of this week is still to come, and a past one is the week's before. */
		bool weekend_now = ctx->dct_weekday >= 5;
		int tense = tense_near(ctx, m->first, m->last);
		if (shift == 0 && !weekend_now && tense <= 0)
			shift = -1;
	}
	c = cal_shift(c, u == U_FORTNIGHT ? U_WEEK : u, shift);
	if (!cal_placed(c)) {
		c = cal_none();
		c.gran = (uint8_t)gran_of_unit(u);
		if (c.gran < G_YEAR)
			return emit_text(out, SR_TIMEX_DATE, ref_value(shift < 0 ? 1 : shift > 0 ? 2 : 0));
		if (c.gran == G_SEASON || c.gran >= G_HOUR)
			return false;
	}
	bool done = emit_cal(ctx, out, c);
	clip(ctx, m, out);
	return done;
}

/* "the quarter", "the latest quarter": the one that the text reports on; else that of the day, or
 * the one before it if the rule says so. */
bool act_quarterhere(context *ctx, const match *m, result *out)
{
	cal c = compared_period(ctx);
	if (c.gran != G_QUARTER)
		c = cal_shift(cal_to(ctx->dct, G_QUARTER), U_QUARTER, get(m, SLOT_shift, 0));
	if (!cal_placed(c))
		return false;
	return emit_cal(ctx, out, c);
}

static bool vague_count(const match *m)
{
	return get(m, SLOT_vague, 0) == 1 && !(m->rule->constant_set >> SLOT_num & 1);
}

/* base moved by the number of units in the match, as coarse as the unit. */
static cal moved(cal base, const match *m, int dir)
{
	unit u = unit_of(m, U_DAY);
	int32_t hundredths = get(m, SLOT_num, 100);
	if (hundredths > 10000000)
		return cal_none();
	int n = hundredths / 100 * dir;
	if (u == U_DECADE || u == U_CENTURY || u == U_MILLENNIUM) {
		n *= u == U_DECADE ? 10 : u == U_CENTURY ? 100 : 1000;
		u = U_YEAR;
	}
	if (hundredths % 100 && u == U_YEAR && base.gran >= G_MONTH) {
		cal c = cal_shift(cal_to(base, G_MONTH), U_MONTH, hundredths * 12 / 100 * dir);
		return cal_to(c, G_YEAR);
	}
	if (u <= U_HOUR)
		return cal_to(cal_shift(base, u, n), base.gran >= G_MINUTE ? G_MINUTE : G_HOUR);
	if (u == U_FORTNIGHT) {
		u = U_WEEK;
		n *= 2;
	}
	gran g = gran_of_unit(u);
	return cal_shift(cal_to(base, g), u, n);
}

bool act_ago(context *ctx, const match *m, result *out)
{
	int dir = get(m, SLOT_dir, -1);
	unit u = unit_of(m, U_DAY);
	if (vague_count(m))
		return emit_text(out, SR_TIMEX_DATE, ref_value(dir < 0 ? 1 : 2));
	if (u == U_YEAR && get(m, SLOT_num, 100) == 100 && dir < 0) {
		cal period = compared_period(ctx);
		if (period.gran == G_QUARTER || period.gran == G_HALF) {
			out->narrative = true;
			return emit_cal(ctx, out, cal_shift(period, U_YEAR, -1));
		}
	}
	if (u == U_QUARTER && !cal_placed(cal_to(ctx->dct, G_QUARTER)))
		return emit_text(out, SR_TIMEX_DATE, ref_value(dir < 0 ? 1 : 2));
	cal c = moved(ctx->dct, m, dir);
	if (!cal_placed(c))
		return emit_text(out, SR_TIMEX_DATE, ref_value(dir < 0 ? 1 : 2));
	return emit_cal(ctx, out, c);
}

bool act_later(context *ctx, const match *m, result *out)
{
	int dir = get(m, SLOT_dir, 1);
	unit u = unit_of(m, U_DAY);
	if (vague_count(m))
		return emit_text(out, SR_TIMEX_DATE, ref_value(dir < 0 ? 1 : 2));
	out->narrative = true;
	if (u == U_YEAR && get(m, SLOT_num, 100) == 100 && dir < 0) {
		cal period = compared_period(ctx);
		if (!cal_placed(period))
			return act_duration(ctx, m, out);
		return emit_cal(ctx, out, cal_shift(period, U_YEAR, -1));
	}
	const cal *base = narrative_anchor(ctx, u == U_DECADE ? U_YEAR : u);
	cal c = base ? moved(*base, m, dir) : cal_none();
	return cal_placed(c) ? emit_cal(ctx, out, c) : act_duration(ctx, m, out);
}

bool act_yearago(context *ctx, const match *m, result *out)
{
	cal period = compared_period(ctx);
	if (!cal_placed(period))
		return emit_text(out, SR_TIMEX_DATE, SR_STR("PAST_REF"));
	out->narrative = true;
	period = cal_shift(period, U_YEAR, -1);
	if (has(m, SLOT_quarter)) {
		period.gran = G_QUARTER;
		period.sub = (int8_t)m->slots[SLOT_quarter];
		if (period.sub < 1 || period.sub > 4)
			return false;
	}
	return emit_cal(ctx, out, period);
}

bool act_that(context *ctx, const match *m, result *out)
{
	int shift = get(m, SLOT_shift, get(m, SLOT_dir, 0));
	out->narrative = true;
	if (has(m, SLOT_weekday) || has(m, SLOT_month)) {
		const cal *day = narrative_anchor(ctx, has(m, SLOT_month) ? U_MONTH : U_DAY);
		cal base = day ? *day : ctx->dct;
		if (!cal_placed(base))
			return false;
		if (has(m, SLOT_month)) {
			cal c = cal_to(base, G_MONTH);
			int month = m->slots[SLOT_month];
			c.year = (int16_t)(c.year + (shift > 0 ? month <= c.month : shift < 0 ? -(month >= c.month) : 0));
			c.month = (int8_t)month;
			return emit_cal(ctx, out, c);
		}
		int32_t days = cal_days(base);
		int back = (sr_weekday(base.year, base.month, base.day) - m->slots[SLOT_weekday] + 7) % 7;
		return emit_cal(ctx, out,
		                cal_from_days(shift > 0 ? days + 7 - back : shift < 0 ? days - (back ? back : 7) : days - back));
	}
	unit u = has(m, SLOT_part) ? U_DAY : unit_of(m, U_DAY);
	const cal *base = narrative_anchor(ctx, u);
	cal c = base ? cal_shift(cal_to(*base, gran_of_unit(u)), u, shift) : cal_none();
	if (!cal_placed(c))
		return shift == 0 ? false : emit_text(out, SR_TIMEX_DATE, ref_value(shift < 0 ? 1 : 2));
	if (has(m, SLOT_part)) {
		c.gran = G_PART;
		c.sub = (int8_t)m->slots[SLOT_part];
	}
	return emit_cal(ctx, out, c);
}

bool act_duration(context *ctx, const match *m, result *out)
{
	unit u = unit_of(m, U_DAY);
	int32_t n = get(m, SLOT_num, 100);
	int vague = get(m, SLOT_vague, 0);
	if (n >= 2000000000 || (u == U_QUARTER && n > 10000))
		return false;
	if (vague == 2) /* "two and a half" */
		n += 50;
	if (n == 50 && (u == U_HOUR || u == U_MIN))
		return emit_text(out, SR_TIMEX_DURATION, u == U_HOUR ? SR_STR("PT30M") : SR_STR("PT30S"));
	if (n % 100 == 50 && (u == U_HOUR || u == U_MIN))
		return emit_text(out, SR_TIMEX_DURATION,
		                 sr_str_printf(ctx->arena, u == U_HOUR ? "PT%dH30M" : "PT%dM30S", (int)(n / 100)));
	if (n == 50 && u == U_DAY)
		return emit_text(out, SR_TIMEX_DURATION, SR_STR("PT12H"));
	if (n == 50 && u == U_YEAR)
		return emit_text(out, SR_TIMEX_DURATION, SR_STR("P6M"));
	bool plural = vague == 1 && !(has(m, SLOT_num) && m->slots[SLOT_num] != 100);
	return emit_text(out, SR_TIMEX_DURATION, duration_write(ctx->arena, n, u, plural));
}

bool act_while(context *ctx, const match *m, result *out)
{
	(void)ctx, (void)m;
	return emit_text(out, SR_TIMEX_DURATION, SR_STR("PXX"));
}

/* "the past two days", "the next week": a length that lies before or after the publication time. */
bool act_span(context *ctx, const match *m, result *out)
{
	int shift = get(m, SLOT_shift, -1);
	if (!has(m, SLOT_num) && get(m, SLOT_vague, 0) == 1 && (m->rule->constant_set >> SLOT_vague & 1))
		return emit_text(out, SR_TIMEX_DATE, ref_value(shift > 0 ? 2 : 1));
	if (!act_duration(ctx, m, out))
		return false;
	cal today = cal_to(ctx->dct, G_DAY), other = cal_none();
	unit u = unit_of(m, U_DAY);
	int32_t n = get(m, SLOT_num, 0);
	if (!vague_count(m) && cal_placed(today) && u >= U_DAY && n % 100 == 0 && n > 0 && n < 1000000)
		other = cal_shift(today, u == U_QUARTER ? U_MONTH : u,
		                  (shift > 0 ? 1 : -1) * (n / 100) * (u == U_QUARTER ? 3 : 1));
	if (cal_placed(other)) {
		sr_time ignored;
		cal_bounds(shift > 0 ? today : other, &out->timex.begin, &ignored);
		cal_bounds(shift > 0 ? other : today, &ignored, &out->timex.end);
		out->range = true;
	}
	return true;
}

bool act_set(context *ctx, const match *m, result *out)
{
	return emit_text(out, SR_TIMEX_SET, duration_write(ctx->arena, get(m, SLOT_num, 100), unit_of(m, U_DAY), false));
}

bool act_setday(context *ctx, const match *m, result *out)
{
	cal c = cal_none();
	c.gran = G_DAY;
	if (has(m, SLOT_season)) {
		static const char *const seasons[] = { "XXXX-SP", "XXXX-SU", "XXXX-FA", "XXXX-WI" };
		return emit_text(out, SR_TIMEX_SET, sr_str_c(seasons[m->slots[SLOT_season] & 3]));
	}
	if (has(m, SLOT_month)) {
		c.gran = G_MONTH;
		c.month = (int8_t)m->slots[SLOT_month];
	}
	if (has(m, SLOT_weekday)) {
		c.weekday_only = true;
		c.weekday = (int8_t)m->slots[SLOT_weekday];
	}
	if (has(m, SLOT_part)) {
		c.gran = G_PART;
		c.sub = (int8_t)m->slots[SLOT_part];
	}
	bool done = emit_cal(ctx, out, c);
	out->timex.type = SR_TIMEX_SET;
	return done;
}

bool act_ref(context *ctx, const match *m, result *out)
{
	(void)ctx;
	return emit_text(out, SR_TIMEX_DATE, ref_value(get(m, SLOT_ref, 0)));
}

/* The year of a quarter, half or season (0-based place of its first month in the year). */
static int period_year(context *ctx, const match *m, int first_month, int last_month)
{
	cal dct = ctx->dct;
	if (has(m, SLOT_year))
		return m->slots[SLOT_year];
	if (!cal_placed(dct) || dct.month == UNKNOWN)
		return UNKNOWN;
	if (has(m, SLOT_shift) && get(m, SLOT_anchor, 0) == 11)
		return dct.year + m->slots[SLOT_shift];
	if (has(m, SLOT_shift)) {
		int shift = m->slots[SLOT_shift];
		if (shift < 0)
			return last_month < dct.month ? dct.year : dct.year - 1;
		if (shift > 0)
			return first_month > dct.month ? dct.year : dct.year + 1;
		return dct.year;
	}
	int tense = tense_near(ctx, m->first, m->last);
	if (tense > 0) /* companies speak of the quarter just over as one to come */
		return last_month + 4 > dct.month ? dct.year : dct.year + 1;
	return first_month <= dct.month ? dct.year : tense < 0 ? dct.year - 1 : first_month - dct.month > 6 ? dct.year - 1 : dct.year;
}

bool act_period(context *ctx, const match *m, result *out)
{
	cal c = cal_none();
	int first, last;
	if (has(m, SLOT_season)) {
		c.gran = G_SEASON;
		c.sub = (int8_t)m->slots[SLOT_season];
		first = c.sub * 3 + 3;
		last = c.sub == SEASON_WINTER ? 14 : first + 2;
	} else if (has(m, SLOT_quarter)) {
		c.gran = G_QUARTER;
		c.sub = (int8_t)m->slots[SLOT_quarter];
		if (c.sub < 1 || c.sub > 4)
			return false;
		first = c.sub * 3 - 2;
		last = first + 2;
	} else if (has(m, SLOT_half)) {
		c.gran = G_HALF;
		c.sub = (int8_t)m->slots[SLOT_half];
		if (c.sub < 1 || c.sub > 2)
			return false;
		first = c.sub * 6 - 5;
		last = first + 5;
	} else { /* "the 1988 quarter": the one that the text compares with */
		cal period = compared_period(ctx);
		c = period;
		if (period.gran != G_QUARTER)
			c = cal_to(ctx->dct, G_QUARTER);
		if (!cal_placed(c))
			return false;
		first = c.sub * 3 - 2;
		last = first + 2;
	}
	c.year = (int16_t)period_year(ctx, m, first, last);
	return emit_cal(ctx, out, c);
}

bool act_decade(context *ctx, const match *m, result *out)
{
	int32_t value = get(m, SLOT_decade, 0);
	cal c = cal_none();
	c.gran = G_DECADE;
	if (value < 100 && has(m, SLOT_year))
		value += m->slots[SLOT_year] / 100 * 100;
	else if (value < 30) /* of which century is not known */
		return emit_text(out, SR_TIMEX_DATE, sr_str_printf(ctx->arena, "XX%d", (int)value / 10));
	else if (value < 100)
		value += 1900;
	c.year = (int16_t)value;
	return value > 999 && value < 2200 && emit_cal(ctx, out, c);
}

bool act_century(context *ctx, const match *m, result *out)
{
	cal c = cal_none();
	int32_t n = get(m, SLOT_century, 0);
	c.gran = G_CENTURY;
	c.year = (int16_t)((n - 1) * 100);
	if (n < 2 || n > 25)
		return false;
	return emit_cal(ctx, out, c);
}

bool act_holiday(context *ctx, const match *m, result *out)
{
	int holiday = get(m, SLOT_holiday, UNKNOWN), year = UNKNOWN;
	cal c, dct = cal_to(ctx->dct, G_DAY);
	if (has(m, SLOT_year))
		year = m->slots[SLOT_year];
	else if (cal_placed(dct) && dct.gran == G_DAY) {
		int tense = has(m, SLOT_shift) ? m->slots[SLOT_shift] : tense_near(ctx, m->first, m->last);
		year = dct.year;
		if (!holiday_date(ctx->t, holiday, year, &c))
			return false;
		int32_t away = cal_days(c) - cal_days(dct);
		if (tense < 0 && away > 3)
			year--;
		else if (tense > 0 && away < 0)
			year++;
		else if (tense == 0 && away > 200)
			year--;
		else if (tense == 0 && away < -200)
			year++;
	}
	if (!holiday_date(ctx->t, holiday, year, &c))
		return false;
	return emit_cal(ctx, out, c);
}
