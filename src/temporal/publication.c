/* Can the publication time be true? A page that is printed or saved often carries the day of the
 * printing, and a broken template the day of the epoch. */
#include "sitrep/temporal.h"

#define ANCIENT_YEAR 1990
#define PRINTED_GAP 3  /* days between the newest day that the text names and the stamp */
#define EARLY_GAP 2    /* days that past events may lie after the stamp, for zones and updates */

static int32_t day_of(sr_time t) { return sr_days_from_civil(t.year, t.month ? t.month : 1, t.day ? t.day : 1); }

/* The newest day of the text that is not a plan: named to the day, and said or past. */
static bool newest_day(const sr_reading *reading, int32_t *newest, bool *explicit_only)
{
	bool any = false;
	for (size_t i = 0; i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		sr_str text = sr_span_of(reading->doc->text, t->span);
		bool has_year = false;
		if (t->begin.precision < SR_PRECISION_DAY || t->type > SR_TIMEX_TIME)
			continue;
		for (size_t k = 0; k + 4 <= text.len && !has_year; k++)
			has_year = text.ptr[k] >= '1' && text.ptr[k] <= '2' && text.ptr[k + 1] >= '0' && text.ptr[k + 1] <= '9' && text.ptr[k + 2] >= '0' &&
			           text.ptr[k + 2] <= '9' && text.ptr[k + 3] >= '0' && text.ptr[k + 3] <= '9';
		if (!has_year) { /* it was counted from the stamp itself and proves nothing */
			*explicit_only = false;
			continue;
		}
		int32_t day = day_of(t->begin);
		if (!any || day > *newest)
			*newest = day;
		any = true;
	}
	return any;
}

sr_date_doubt sr_temporal_doubt(const sr_reading *reading, sr_time now)
{
	const sr_document *doc = reading->doc;
	sr_time published = doc->published;
	int32_t newest = 0;
	bool explicit_only = true;
	if (!sr_time_known(published))
		return SR_DATE_UNKNOWN;
	if (published.year < ANCIENT_YEAR)
		return SR_DATE_ANCIENT;
	if (sr_time_known(now) && sr_time_epoch(published) > sr_time_epoch(now) + 86400)
		return SR_DATE_FUTURE;
	if (published.precision < SR_PRECISION_DAY || !newest_day(reading, &newest, &explicit_only))
		return SR_DATE_PLAUSIBLE;
	int32_t stamp = day_of(published);
	sr_time fetched = sr_time_known(doc->retrieved) ? doc->retrieved : now;
	bool fetched_that_day = fetched.precision >= SR_PRECISION_DAY && day_of(fetched) - stamp <= 1 && day_of(fetched) >= stamp;
	if (fetched_that_day && explicit_only && stamp - newest > PRINTED_GAP)
		return SR_DATE_PRINTED;
	(void)EARLY_GAP;
	return SR_DATE_PLAUSIBLE;
}

const char *sr_date_doubt_name(sr_date_doubt doubt)
{
	static const char *const names[] = { "plausible", "unknown", "future", "printed", "too early", "ancient" };
	return (unsigned)doubt < sizeof names / sizeof *names ? names[doubt] : "?";
}
