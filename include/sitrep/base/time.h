/* Points in time of known precision, and the proleptic Gregorian calendar (ISO 8601, RFC 3339).
 *
 * A time knows how much of it is known: `2025-11` has month precision. Nothing is ever guessed
 * into the unknown part. Day arithmetic uses Howard Hinnant's days_from_civil. */
#ifndef SITREP_BASE_TIME_H
#define SITREP_BASE_TIME_H

#include "sitrep/base/str.h"

typedef enum sr_precision {
	SR_PRECISION_NONE = 0, /* unknown time */
	SR_PRECISION_YEAR,
	SR_PRECISION_MONTH,
	SR_PRECISION_DAY,
	SR_PRECISION_MINUTE,
	SR_PRECISION_SECOND
} sr_precision;

typedef struct sr_time {
	int16_t year; /* 1..9999 */
	uint8_t month, day, hour, minute, second;
	uint8_t precision;  /* sr_precision */
	bool zoned;         /* offset is known */
	int16_t offset;     /* minutes east of UTC, if zoned */
} sr_time;

#define SR_TIME_NONE ((sr_time){ 0 })

static inline bool sr_time_known(sr_time t) { return t.precision != SR_PRECISION_NONE; }
sr_time sr_time_date(int year, int month, int day);

/* Reads RFC 3339, ISO 8601 dates and date-times (T or blank, seconds and zone optional, `Z` or
 * `+hh:mm` or `+hhmm`), and shortened dates (`2025`, `2025-11`). False if s is anything else. */
bool sr_time_parse(sr_str s, sr_time *out);
/* Appends the shortest RFC 3339 form of the known precision (`2025-11-04`, `…T10:00:00Z`). */
void sr_time_write(sr_buf *out, sr_time t);
sr_str sr_time_format(sr_arena *arena, sr_time t);

/* Days since 1970-01-01. */
int32_t sr_days_from_civil(int year, int month, int day);
void sr_civil_from_days(int32_t days, int *year, int *month, int *day);
int sr_weekday(int year, int month, int day); /* 0 Monday .. 6 Sunday */
int sr_days_in_month(int year, int month);
void sr_iso_week(int year, int month, int day, int *week_year, int *week);

sr_time sr_time_add_days(sr_time t, int32_t days);   /* day precision or finer */
sr_time sr_time_add_months(sr_time t, int32_t months); /* the day is clamped to the month */
sr_time sr_time_truncate(sr_time t, sr_precision precision);
/* Seconds since the epoch of the first instant that t may mean (UTC where zoned, else as if UTC). */
int64_t sr_time_epoch(sr_time t);
sr_time sr_time_from_epoch(int64_t seconds); /* UTC, second precision */
/* Orders by first instant, then coarser first; unknown times come last. */
int sr_time_cmp(sr_time a, sr_time b);
/* True if the coarser of the two contains the finer (`2025-11` and `2025-11-04`). */
bool sr_time_compatible(sr_time a, sr_time b);

#endif
