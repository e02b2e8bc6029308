/* Shared by the files of this room: classes, tokens, rules and calendar values.
 *
 * The way through: lex.c cuts the text into tokens and looks each word up in the lexicon; number.c
 * joins number words; match.c walks the trie of token classes and takes the longest match of the
 * earliest start; normal.c and relative.c turn a match into a calendar value; post.c joins neighbours
 * and sets the intervals. Lexicon and trie are compiled from data/temporal when the program is built
 * (tools/temporal) and are read where they stand in it (table.h, table.c).
 *
 * Invariants: tokens are in order and do not overlap; a match never crosses a paragraph; nothing
 * looks further than LOOK tokens from where it stands, so the whole is linear in the text. */
#ifndef SITREP_TEMPORAL_INTERNAL_H
#define SITREP_TEMPORAL_INTERNAL_H

#include "sitrep/temporal.h"

#include "table.h"

#define LOOK 24       /* tokens that any search to the side may pass */
#define UNKNOWN (-1)

/* Units of calendar and clock, in order of size; the tables give them by their number. */
typedef enum unit {
	U_SEC,
	U_MIN,
	U_HOUR,
	U_DAY,
	U_WEEKEND,
	U_WEEK,
	U_FORTNIGHT,
	U_MONTH,
	U_QUARTER,
	U_HALF,
	U_SEASON,
	U_YEAR,
	U_DECADE,
	U_CENTURY,
	U_MILLENNIUM,
	U_PERIOD /* "the year-earlier period": as long as what is compared */
} unit;

typedef enum token_kind { T_WORD, T_NUMBER, T_SPELLED, T_ORDINAL, T_DECADE, T_APOYEAR, T_CLOCK, T_ISO,
                          T_NUMDATE, T_PUNCT } token_kind;

typedef struct token {
	uint32_t start, end;
	uint16_t lex;      /* index into the lexicon, 0 if not in it */
	uint8_t kind;      /* token_kind */
	uint8_t cls;       /* class by form, of punctuation */
	uint8_t digits;    /* of a number: how many before the point */
	bool gap;          /* white space before it */
	bool edge;         /* first of a paragraph (blank line or block border before it) */
	bool cap;          /* begins with a capital letter */
	bool plural;       /* ends like a plural */
	bool apostrophe;   /* '80s, '96 */
	bool fraction;     /* number has a fractional part or thousands separators */
	int32_t value;     /* number * 100; clock h*3600+m*60+s; packed date */
	int32_t extra;     /* zone and the like of ISO times */
} token;

typedef SR_VEC(token) token_vec;

typedef struct match match;
typedef struct context context;
typedef struct result result;

struct match {
	const rule *rule;
	uint32_t first, last;      /* tokens of the span, [first, last) */
	uint32_t path_last;        /* end of the whole path */
	int32_t slots[SLOT_COUNT];
	uint64_t set;
};

static inline bool has(const match *m, slot s) { return (m->set >> s) & 1; }
static inline int32_t get(const match *m, slot s, int32_t otherwise) { return has(m, s) ? m->slots[s] : otherwise; }

/* A stretch of the calendar. Which fields count follows from gran; any may be UNKNOWN. */
typedef enum gran {
	G_NONE,
	G_MILLENNIUM,
	G_CENTURY,
	G_DECADE,
	G_YEAR,
	G_HALF,
	G_SEASON,
	G_QUARTER,
	G_MONTH,
	G_WEEK,
	G_WEEKEND,
	G_DAY,
	G_PART,
	G_HOUR,
	G_MINUTE,
	G_SECOND
} gran;
typedef struct cal {
	uint8_t gran;
	int16_t year;       /* first year of a century or decade */
	int8_t month, day, week, weekday, sub; /* sub: quarter 1-4, half 1-2, season 0-3, part of day */
	int8_t hour, minute, second;
	bool zoned, weekday_only;
	int16_t offset;
} cal;

enum { PART_MORNING, PART_MIDDAY, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_DAYTIME, PART_COUNT };
enum { MOD_EARLY = 1, MOD_MID, MOD_LATE, MOD_EARLIER, MOD_LATER };
enum { SEASON_SPRING, SEASON_SUMMER, SEASON_FALL, SEASON_WINTER };

struct result {
	sr_timex timex;
	cal cal;            /* gran G_NONE: not on the calendar */
	bool narrative;     /* counted from the last mentioned date */
	bool range;         /* begin and end are already set */
	bool clock_only;    /* a time of day whose day is not named in it */
	bool doubtful;      /* its day is the likely one, but no more: it is not placed on the calendar */
	uint32_t first, last;
};

#define ORDER_UNASKED 2

struct context {
	const sr_temporal *t;
	sr_reading *reading;
	sr_arena *arena, *scratch;
	sr_str text;
	token_vec tokens;
	SR_VEC(result) results;
	cal dct;            /* of the block at hand; G_NONE if unknown */
	int dct_weekday;
	size_t scope;       /* first result that "two days later" may count from: those of one update or event */
	bool dated_scope;   /* the block has a time of its own, which serves where nothing is named */
	int month_first;    /* order of numeric dates: 1 month first, -1 day first, 0 unknown, ORDER_UNASKED */
	cal pending;        /* the second day of "Dec. 2-3", and its tokens; gran G_NONE: none */
	uint32_t pending_first, pending_last;
	int year_hint;      /* year of undated month-days when nothing is published, or UNKNOWN */
	bool out_of_memory;
};

/* table.c */
uint16_t lexicon_find(const sr_temporal *t, const char *word, size_t len, uint32_t hash); /* 0: not in it */

/* lex.c, number.c */
bool lex_text(context *ctx);
void number_join(context *ctx);
size_t token_classes(const context *ctx, const token *tok, lex_class out[CLASSES_MAX]);
bool token_has(const context *ctx, size_t index, uint16_t cls, int32_t *value);
sr_str token_text(const context *ctx, size_t index);

/* match.c */
bool match_at(context *ctx, uint32_t at, match *out);

/* calendar.c */
cal cal_none(void);
cal cal_day(int year, int month, int day);
cal cal_of_time(sr_time t);
cal cal_shift(cal c, unit u, int n);
cal cal_to(cal c, gran g); /* the coarser stretch that holds it */
int32_t cal_days(cal c);   /* days since 1970 of its first day; only when cal_placed */
bool cal_placed(cal c);
cal cal_from_days(int32_t days);
sr_str cal_write(sr_arena *arena, cal c);
void cal_bounds(cal c, sr_time *begin, sr_time *end);
gran gran_of_unit(unit u);
sr_str duration_write(sr_arena *arena, int32_t hundredths, unit u, bool vague);
bool holiday_date(const sr_temporal *t, int holiday, int year, cal *out);

/* tense.c: -1 past, 1 future, 2 future by "will" or "would", 0 no telling; and whether it tells when something was said. */
int tense_near(const context *ctx, uint32_t first, uint32_t last);
bool said_near(const context *ctx, uint32_t first, uint32_t last, bool fine); /* fine: a week or less */

/* normal.c, relative.c */
cal resolve_weekday(context *ctx, const match *m, int weekday, int shift, bool has_shift);
#define X(name) bool act_##name(context *ctx, const match *m, result *out);
ACTIONS(X)
#undef X
bool action_run(context *ctx, const match *m, result *out); /* that of the match's rule */
const cal *narrative_anchor(const context *ctx, unit u);

/* post.c */
void post_pass(context *ctx);

#endif
