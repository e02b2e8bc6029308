/* Dates as pages print them: `November 04, 2025`, `4. Nov. 2025, 14:05 Uhr`, `8:26 A.M.`,
 * `2025-11-04T10:00Z`, `Dec 1-3`. For date lines, labels of updates and timelines, and metadata;
 * expressions within sentences belong to `temporal`, the notations of feeds and mail to `format/date.h`.
 *
 * Nothing is guessed: `04/11/2025` has no reading, a year that is not there is 0, and a zone is
 * known only where it is printed and means one thing. */
#ifndef SITREP_FORMAT_PRINTED_DATE_H
#define SITREP_FORMAT_PRINTED_DATE_H

#include "sitrep/base/map.h"
#include "sitrep/base/time.h"

/* The words of data/dates.tsv, read once into an arena. */
typedef struct sr_printed_words {
	sr_strmap words;
} sr_printed_words;
sr_status sr_printed_words_init(sr_printed_words *words, sr_arena *arena) SR_MUST_CHECK;

/* What is printed. Unknown parts are 0, but weekday -1 and hour -1. */
typedef struct sr_printed_date {
	int year, month, day, weekday, hour, minute, second;
	int until_month, until_day; /* the end of a stretch of days, else 0 */
	bool zoned;
	int offset; /* minutes east of UTC */
} sr_printed_date;

/* Reads the date, the time of day, or both (in either order) that begin at s[*pos], and moves *pos
 * behind them. years: a bare year of four digits, and a month with its year, count as dates. */
bool sr_printed_read(const sr_printed_words *words, sr_str s, size_t *pos, bool years, sr_printed_date *out);

/* The first date in s at or after *from that has a day, with where it stands. O(s.len). */
bool sr_printed_find(const sr_printed_words *words, sr_str s, size_t from, sr_span *span, sr_printed_date *out);

/* The year of a date that has none: that of the nearest such day to a time (of year precision or
 * finer), or of the latest one not after it. The weekday, where printed, must fit. 0: none does. */
int sr_printed_year_near(const sr_printed_date *date, sr_time near);
int sr_printed_year_before(const sr_printed_date *date, sr_time limit);
/* The date as a time: `year` stands in for a missing one (0: unknown), `day` for a missing day (a
 * time of day alone). Unknown where nothing helps. */
sr_time sr_printed_date_time(const sr_printed_date *date, int year, sr_time day);
/* The end of the stretch, in the year of its beginning or the next. */
sr_time sr_printed_date_until(const sr_printed_date *date, sr_time begin);

#endif
