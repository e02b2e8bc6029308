/* Time: which expressions of a text speak of time, what they mean, and what happened when.
 *
 * Expressions follow TimeML's TIMEX3 (Pustejovsky et al. 2003; guidelines 1.2.1): dates, times of
 * day, durations and sets, with normalised values. Unknown parts stay unknown: without a year
 * in the text, the publication time or the rest of the document, "Nov. 4" is `XXXX-11-04`. */
#ifndef SITREP_TEMPORAL_H
#define SITREP_TEMPORAL_H

#include "sitrep/core/reading.h"

/* The rules of data/temporal, compiled when the program was built (tools/temporal, which refuses a wrong table).
 * Immutable; any number of threads may share it. */
typedef struct sr_temporal sr_temporal;

/* Costs nothing: the compiled rules are used where they stand. SR_E_NOMEM gives NULL. */
sr_temporal *sr_temporal_new(sr_error *err);
void sr_temporal_free(sr_temporal *temporal);

/* Fills reading->times from reading->doc: its text, its publication time, and the own times of the
 * updates of a live page. Sentences and tagged tokens are used where they are there and not needed
 * where they are not. Results live in the arena. SR_E_NOMEM. Linear in the text. */
sr_status sr_temporal_read(const sr_temporal *temporal, sr_arena *arena, sr_reading *reading,
                           sr_error *err) SR_MUST_CHECK;

/* When what a span speaks of happened, apart from when it was said. A point has equal sides at its
 * own precision; "since May" has no `until`, "before May" no `when`; both are unknown if nothing in
 * the span places it on the calendar. */
typedef struct sr_anchor {
	sr_time when, until;
	sr_time said;      /* "said on Tuesday", else the update's own time, else the publication time */
	bool when_stated;  /* an expression gives when or until */
	bool said_stated;  /* an expression gives said */
	size_t timex;      /* index into reading.times that gives when/until; SIZE_MAX if none */
} sr_anchor;

/* The anchor of a span of the text, usually a sentence or the content of a claim. The expression is
 * chosen inside the span; the time of saying is sought in the sentence around it as well. Needs
 * reading.times. */
sr_anchor sr_temporal_anchor(const sr_reading *reading, sr_span span);

/* Whether the expression tells when what the span states as a whole happened ("they met on Friday"), and not when something named in
 * it did ("they met those who left on Friday"). Without a tree: true. */
bool sr_temporal_dates(const sr_reading *reading, sr_span span, const sr_timex *timex);

/* Whether the expression, or the noun that it dates, hangs on a verb within the span by the tree: "at a fundraiser in May she said". */
bool sr_temporal_hangs_on(const sr_reading *reading, const sr_timex *timex, sr_span verb);

typedef enum sr_date_doubt {
	SR_DATE_PLAUSIBLE,
	SR_DATE_UNKNOWN,   /* there is none */
	SR_DATE_FUTURE,    /* later than now, with a day's grace for zones */
	SR_DATE_PRINTED,   /* the day of fetching, while the address or all that is said is days older */
	SR_DATE_TOO_EARLY, /* the address is newer, or somebody says something days after the stamp */
	SR_DATE_ANCIENT    /* before newspapers were put on the web */
} sr_date_doubt;

/* Whether the publication time of a document can be true. now may be unknown; it
 * stands in for an unknown time of retrieval. Needs reading.times. */
sr_date_doubt sr_temporal_doubt(const sr_reading *reading, sr_time now);
const char *sr_date_doubt_name(sr_date_doubt doubt);

#endif
