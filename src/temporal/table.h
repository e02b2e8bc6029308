/* The compiled rules: what tools/temporal writes when the program is built and this room reads.
 *
 * The file is a table_header and its parts, each aligned to 16 bytes, in the layout of the structs below: it is
 * made for the program it is embedded in, by the same compiler. The trie's nodes are numbered so that the
 * children of a node stand side by side; a node carries the class that leads to it. */
#ifndef SITREP_TEMPORAL_TABLE_H
#define SITREP_TEMPORAL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEPTH_MAX 16  /* tokens of one pattern */
#define CLASSES_MAX 8 /* classes of one token */

/* Token classes are numbers given by name when the rules are compiled: classes of the lexicon ("MONTH"),
 * literals of patterns ("of"), and these that the lexer gives by form. */
#define FORM_CLASSES(X)                                                                            \
	X(NUM) X(DAY) X(HOUR) X(MIN) X(YEAR) X(FARYEAR) X(ORD) X(DECADE) X(APOYEAR) X(CLOCK) X(DOTCLOCK) X(MIL) \
	X(ISODATE) X(ISOTIME) X(ISOMONTH) X(NUMDATE) X(SPELLYEAR) X(BIGNUM) X(DASH) X(COMMA) X(DOT)  \
	X(SLASH) X(POSS) X(DOLLAR) X(PERCENT) X(OPEN) X(CLOSE) X(COLON) X(QUOTE) X(EDGE) X(DAYWORD) X(PLURAL) X(DECADE2)
enum {
	C_NONE = 0,
#define X(name) C_##name,
	FORM_CLASSES(X)
#undef X
	C_FORMS
};

/* Classes of the lexicon that the code itself asks for: sr_temporal.c_FIELD, the class's name. */
#define NAMED_CLASSES(X)                                                                                             \
	X(past, PAST_CUE) X(future, FUTURE_CUE) X(report, REPORT) X(notverb, NOTVERB) X(since, SINCE) X(until, UNTIL) \
	X(before, BEFORE) X(after, AFTER) X(by, BY) X(from, FROM) X(between, BETWEEN) X(be, BE) X(have, HAVE)         \
	X(modal, MODAL) X(british, BRITISH) X(american, AMERICAN) X(clause, CLAUSE) X(and, AND) X(to, TO)             \
	X(month, MONTH) X(on, ON) X(at, AT) X(been, BEEN) X(control, CONTROL) X(as, AS) X(soon, SOON) X(one, ONE)     \
	X(ten, TEN) X(hundred, HUNDRED) X(dozen, DOZEN) X(big, BIG) X(a, A) X(gathering, GATHERING) X(moved, MOVED) X(or, OR)
enum {
#define X(field, name) NAMED_##field,
	NAMED_CLASSES(X)
#undef X
	NAMED_COUNT
};

/* What a class says about the value; a rule's constants and a pattern's `CLASS:slot` as well. */
#define SLOTS(X)                                                                                  \
	X(year) X(month) X(day) X(weekday) X(hour) X(minute) X(second) X(ampm) X(zone) X(num) X(unit) \
	X(shift) X(dir) X(part) X(season) X(quarter) X(half) X(decade) X(century) X(holiday) X(mod)   \
	X(ref) X(month2) X(day2) X(year2) X(weekday2) X(num2) X(clock) X(numdate) X(iso) X(anchor)    \
	X(vague) X(type) X(era) X(hour2)
typedef enum slot {
	SLOT_NONE = 0,
#define X(name) SLOT_##name,
	SLOTS(X)
#undef X
	SLOT_COUNT
} slot;

/* What a rule does with a match: act_NAME of normal.c and relative.c. */
#define ACTIONS(X)                                                                                     \
	X(calendar) X(relday) X(unit) X(ago) X(later) X(duration) X(span) X(set) X(setday) X(ref) X(that)  \
	X(period) X(decade) X(century) X(iso) X(numdate) X(daypair) X(rangeday) X(yearago) X(holiday)      \
	X(while) X(quarterhere) X(none)
typedef enum action {
#define X(name) ACTION_##name,
	ACTIONS(X)
#undef X
	ACTION_COUNT
} action;

typedef struct lex_class {
	uint8_t flags; /* LEX_* */
	uint16_t cls;
	int32_t value;
} lex_class;
#define LEX_CAP 1u /* only where the word is capitalised */
#define LEX_LOW 2u /* only where it is not */

typedef struct lex_entry {
	uint32_t word; /* offset into the words, `length` bytes */
	uint8_t length, count;
	bool dot; /* an abbreviation: takes a following full stop in */
	lex_class classes[CLASSES_MAX];
} lex_entry;

typedef struct guard {
	int8_t at;     /* -1 the token before the span, 1 the one after it, -2 and 2 the next */
	bool negate;
	uint8_t count;
	uint16_t classes[24];
} guard;

typedef struct rule {
	uint64_t constant_set; /* bit a slot */
	int32_t constants[SLOT_COUNT];
	guard guards[6];
	uint8_t guard_count, action;
} rule;

typedef struct terminal {
	uint32_t slots; /* offset into the slots: one a token of the path */
	uint16_t rule;
	uint8_t length, from, to; /* tokens of the path; the span is [from, to) */
} terminal;

typedef struct node {
	uint32_t children, terminals; /* the first of each */
	uint16_t cls, child_count, terminal_count;
} node;

/* A named day: of every year, so many days from Easter, or the which-th weekday of a month. */
typedef enum holiday_kind { HOLIDAY_FIXED, HOLIDAY_EASTER, HOLIDAY_WEEKDAY } holiday_kind;
typedef struct named_day {
	uint8_t kind, month;
	int8_t day, weekday, which; /* which: from the month's end if negative */
	int16_t shift;              /* days */
} named_day;

/* Entry 0 of the lexicon and of the nodes stands for none; node 1 is the root. */
#define TABLE_PARTS(X)                                                                                      \
	X(uint8_t, class_slots) X(lex_entry, lexicon) X(char, words) X(uint32_t, hash) X(rule, rules)     \
	X(node, nodes) X(terminal, terminals) X(uint8_t, slots) X(uint32_t, roots) X(named_day, holidays)
enum {
#define X(type, name) TABLE_##name,
	TABLE_PARTS(X)
#undef X
	TABLE_COUNT
};

typedef struct table_header {
	uint64_t bytes; /* of the whole table */
	struct {
		uint32_t offset, count;
	} parts[TABLE_COUNT];
	uint16_t named[NAMED_COUNT];
} table_header;

/* The table in place. hash: index into the lexicon by word hash, 0 empty, a power of two; roots: node by class. */
struct sr_temporal {
#define X(type, name) const type *name;
	TABLE_PARTS(X)
#undef X
	uint32_t hash_mask, holiday_count;
#define X(field, name) uint16_t c_##field;
	NAMED_CLASSES(X)
#undef X
};

static inline uint32_t word_hash_step(uint32_t h, uint8_t c) { return (h ^ c) * 16777619u; }
#define WORD_HASH_START 2166136261u

#endif
