/* Can the publication time be true? A page that is printed or saved often carries the day of the
 * printing, and a broken template the day of the epoch. */
#include "sitrep/temporal.h"

#include "sitrep/base/utf8.h"

#define ANCIENT_YEAR 1990
#define GAP 3 /* days that stamp and evidence may differ by, for zones, weekends and late edits */

static int32_t day_of(sr_time t) { return sr_days_from_civil(t.year, t.month, t.day); }

static bool digits_at(sr_str s, size_t at, size_t n, int *v)
{
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		if (at + i >= s.len || !sr_is_digit((uint8_t)s.ptr[at + i]))
			return false;
		*v = *v * 10 + (s.ptr[at + i] - '0');
	}
	return true;
}

/* The day in an address: /2025/11/04/ or 2025-11-04. */
static bool day_of_url(sr_str url, int32_t *day)
{
	for (size_t i = 0; i + 10 <= url.len; i++) {
		int y, m, d;
		char joint = url.ptr[i + 4];
		if ((joint != '/' && joint != '-') || url.ptr[i + 7] != joint ||
		    (i > 0 && sr_is_digit((uint8_t)url.ptr[i - 1])))
			continue;
		if (!digits_at(url, i, 4, &y) || !digits_at(url, i + 5, 2, &m) || !digits_at(url, i + 8, 2, &d))
			continue;
		if (y < ANCIENT_YEAR || y > 2200 || m < 1 || m > 12 || d < 1 || d > sr_days_in_month(y, m))
			continue;
		*day = sr_days_from_civil(y, m, d);
		return true;
	}
	return false;
}

/* Whether an expression names its day by number ("Nov. 4"), not by counting from the stamp. */
static bool names_day(const sr_reading *reading, const sr_timex *t)
{
	sr_str text = sr_span_of(reading->doc->text, t->span);
	bool number = false;
	for (size_t i = 0; i < text.len; i++)
		number = number || sr_is_digit((uint8_t)text.ptr[i]);
	return number && t->type <= SR_TIMEX_TIME && t->begin.precision >= SR_PRECISION_DAY &&
	    !sr_str_ends_nocase(text, SR_STR("ago")) &&
	       !sr_str_ends_nocase(text, SR_STR("earlier")) && !sr_str_ends_nocase(text, SR_STR("later"));
}

/* What the page itself tells of when it was written. */
typedef struct evidence {
	int32_t newest; /* the latest day of saying, by name or by the time of an update */
	bool any, relative;
} evidence;

static void add_day(evidence *e, int32_t day)
{
	if (!e->any || day > e->newest)
		e->newest = day;
	e->any = true;
}

static evidence gather(const sr_reading *reading)
{
	const sr_document *doc = reading->doc;
	evidence e = { 0 };
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == SR_BLOCK_UPDATE && doc->blocks[i].time.precision >= SR_PRECISION_DAY)
			add_day(&e, day_of(doc->blocks[i].time));
	for (size_t i = 0; i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		if (!t->said || t->begin.precision < SR_PRECISION_DAY)
			continue;
		if (names_day(reading, t))
			add_day(&e, day_of(t->begin));
		else
			e.relative = true; /* counted from the stamp: it proves nothing, but the page speaks of its own days */
	}
	return e;
}

sr_date_doubt sr_temporal_doubt(const sr_reading *reading, sr_time now)
{
	const sr_document *doc = reading->doc;
	sr_time published = doc->published, fetched = sr_time_known(doc->retrieved) ? doc->retrieved : now;
	int32_t url_day = 0;
	if (!sr_time_known(published))
		return SR_DATE_UNKNOWN;
	if (published.year < ANCIENT_YEAR)
		return SR_DATE_ANCIENT;
	if (sr_time_known(now) && sr_time_epoch(published) > sr_time_epoch(now) + 86400)
		return SR_DATE_FUTURE;
	if (published.precision < SR_PRECISION_DAY)
		return SR_DATE_PLAUSIBLE;
	int32_t stamp = day_of(published);
	bool has_url = day_of_url(doc->url, &url_day);
	evidence e = gather(reading);
	if ((has_url && url_day > stamp + GAP) || (e.any && doc->kind != SR_DOC_LIVE && e.newest > stamp + GAP))
		return SR_DATE_TOO_EARLY;
	if (fetched.precision < SR_PRECISION_DAY || day_of(fetched) - stamp > 1 || day_of(fetched) < stamp)
		return SR_DATE_PLAUSIBLE;
	if (has_url ? url_day < stamp - GAP : e.any && !e.relative && e.newest < stamp - GAP)
		return SR_DATE_PRINTED;
	return SR_DATE_PLAUSIBLE;
}

const char *sr_date_doubt_name(sr_date_doubt doubt)
{
	static const char *const names[] = { "plausible", "unknown", "future", "printed", "too early", "ancient" };
	return (unsigned)doubt < sizeof names / sizeof *names ? names[doubt] : "?";
}
