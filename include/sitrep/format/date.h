/* Dates as feeds, mail and web servers write them: RFC 822/2822/5322, RFC 850, asctime, W3CDTF, ISO
 * 8601 with its short forms, Unix seconds, and their many broken variants (weekday wrong or in
 * another language, month names in other languages, zones by name, two-digit years, missing
 * seconds, missing zones, 24:00). */
#ifndef SITREP_FORMAT_DATE_H
#define SITREP_FORMAT_DATE_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

/* True if s says one day of the calendar, at least; numeric dates whose day and month cannot be told
 * apart (03/04/2024) are refused. Precision and zone are what the text gives. */
bool sr_date_read(sr_str s, sr_time *out);

#endif
