/* Shared by the files of verify: words with what must not be lost about them, the lexicon, and
 * the alignment of a line with the spans that it cites. */
#ifndef SITREP_VERIFY_INTERNAL_H
#define SITREP_VERIFY_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/verify.h"

#define SR_VERIFY_SCRATCH ((size_t)64 << 20) /* of one part; a part that fails with a good share of it used is too large */
#define SR_VERIFY_SCRATCH_LARGE (SR_VERIFY_SCRATCH / 4)
#define SR_VERIFY_SIGNATURE_MAX 160u /* bytes of a paragraph that only says who is signed */

/* Classes of words that turn the meaning of a sentence; data/verify.tsv lists them. */
enum {
	SR_VW_NEGATION = 1,   /* not, never, without */
	SR_VW_DENIAL = 2,     /* denied, false, rejects */
	SR_VW_HEDGE = 4,      /* could, reportedly, claims */
	SR_VW_UNVERIFIED = 8, /* unverified, authenticity */
	SR_VW_SAYING = 16,    /* said, according, announced */
	SR_VW_APPROX = 32,    /* about, nearly, "least" */
	SR_VW_QUESTION = 64,  /* the question mark */
	SR_VW_CONFIRM = 128,
	SR_VW_ACCUSE = 256,
	SR_VW_WARN = 512,
	SR_VW_PROMISE = 1024,
	SR_VW_DOUBT = 2048,
	SR_VW_DEMAND = 4096,
	SR_VW_CONTINUES = 8192, /* he, she, they: the speaker was named before */
	SR_VW_WITHDRAWN = 16384,
	SR_VW_CHECK = 1 << 15, /* verified, established: what an unverified thing is not */
	SR_VW_AMOUNT = 1 << 16, /* half, dozens: counts without a number */
	SR_VW_NEGATION_TO = 1 << 17, /* failed, refused: a negation if "to" follows */
	SR_VW_CLAUSE = 1 << 18, /* but, which: begins a clause, as a comma does */
	SR_VW_COPULA = 1 << 19, /* is, became: says what somebody is */
	SR_VW_SAYING_SMALL = 1 << 20, /* states: a saying word but not within a name, "the United States" */
	SR_VW_BELONGING = 1 << 21, /* of, at: to whom somebody belongs */
	SR_VW_PAST = 1 << 22,    /* ago, last: of a stretch of time that lies behind */
	SR_VW_TO_COME = 1 << 23, /* in, next: ahead */
	SR_VW_PARTICLE = 1 << 24, /* de, van: within a name */
	SR_VW_UNNAMED = 1 << 25, /* officials, a source: what a speaker without a name is called */
	SR_VW_OPEN = 1 << 26,    /* clear, corroborate: what is not known is not that */
	SR_VW_OPEN_TO = 1 << 27, /* said, thought: open if "to" follows */
	SR_VW_CAUSE = 1 << 28,   /* caused: who tells of a cause may be denied to be right, as who accuses */
	SR_VW_ADMIT = 1 << 29,   /* admits, confessed */
	SR_VW_FIRST = 1 << 30,   /* initially: what is told so is no longer said */
	SR_VW_CLASS_BITS = 31    /* how many there are */
};

/* What is not a source's words in their order, but may add some of its own; data/verify.tsv lists them for each. JOIN: where
 * two of its parts may meet; LEADS: what leads in a time. */
enum { SR_LOOSE_QUESTION = 1, SR_LOOSE_NOTE = 2, SR_LOOSE_MEASURE = 4, SR_LOOSE_DESCRIPTION = 8, SR_LOOSE_ALL = 15, SR_LOOSE_JOIN = 16, SR_LOOSE_LEADS = 32, SR_LOOSE_STANDIN = 64 };

typedef enum sr_vw_kind { SR_VW_WORD, SR_VW_NUMBER, SR_VW_PERCENT, SR_VW_MARK } sr_vw_kind;

typedef struct sr_vword {
	uint32_t start, end; /* into the text that was split */
	double value;        /* of a number */
	uint32_t chunk;      /* stretch between any two punctuation marks */
	uint32_t segment;    /* stretch between colons, semicolons, brackets, dashes, quotation marks */
	uint32_t sentence;
	uint32_t span;       /* index of the cite it belongs to */
	uint32_t classes;
	uint8_t kind;
	bool initial;        /* first of its sentence or segment: its capital says nothing */
	bool quoted;         /* inside quotation marks */
	bool broken;         /* an ellipsis stands before it */
} sr_vword;

typedef SR_VEC(sr_vword) sr_vwords;

/* A frame: words that the composer may add. They ask for a class in the cited spans (0: nothing),
 * may join two extracts, and may need a date right behind them. */
typedef struct sr_vframe {
	sr_str words[6];
	size_t count;
	uint32_t needs;
	bool joins, dates;
} sr_vframe;

/* Two numbers of a row: from and to, a length and its slack. */
typedef struct sr_vpair {
	int first, second;
} sr_vpair;

typedef struct sr_lexicon {
	sr_strmap words;   /* lower-case word to class bits, and above them its number + 1 ("two" to 3) */
	sr_strmap scales;  /* "million" to 1000000 */
	sr_strmap months, weekdays;
	sr_strmap days, week, stretch; /* words of relative time to the number of their pair */
	SR_VEC(sr_vpair) pairs;
	sr_strmap loose;   /* words that a question, a note … may add, to bits of SR_LOOSE_… */
	sr_strmap units, unit_names; /* "kilometres" and "km" to the number of their row */
	int64_t unit_rows;
	sr_str described;  /* words that the description of a source may use besides its own */
	sr_strmap first;   /* first word of a frame to its index + 1 in `frames`, which is grouped by it */
	SR_VEC(sr_vframe) frames;
} sr_lexicon;

sr_status sr_lexicon_load(sr_lexicon *lex, sr_arena *arena, sr_error *err) SR_MUST_CHECK;

/* Splits text[from, to) into words and appends those that start at or after keep. all_quoted: the
 * text is a quotation as a whole. */
sr_status sr_words_split(const sr_lexicon *lex, sr_str text, uint32_t from, uint32_t to, uint32_t keep,
                         bool all_quoted, sr_arena *arena, sr_vwords *out) SR_MUST_CHECK;
sr_str sr_word_text(sr_str text, const sr_vword *word);
/* Looks word up in a map of lower-case words; 0 if absent or longer than any of them. */
int64_t sr_word_lookup(const sr_strmap *map, sr_str word);
/* The pair of a word, or NULL. */
const sr_vpair *sr_word_pair(const sr_lexicon *lex, const sr_strmap *map, sr_str word);
bool sr_word_capital(sr_str text, const sr_vword *word);
/* Equal by value (numbers) or letter by letter, with either apostrophe; the first letter's case is
 * free where one of them opens a sentence. */
bool sr_word_same(sr_str a_text, const sr_vword *a, sr_str b_text, const sr_vword *b);

/* A cite with its source, its original and its words. */
typedef struct sr_vcite {
	const sr_source *source;
	const sr_document *doc;
	sr_span span;
} sr_vcite;

/* What the sources are known by, each to the index of the first of it, from 1. */
typedef struct sr_vknown {
	sr_strmap numbers; /* the bytes of its number */
	sr_strmap outlets; /* keys of its title, site and credit */
} sr_vknown;

/* One section of a dossier while it is checked. Sections share what is const and the list of originals, which is
 * complete before any but the first is looked at; the rest is their own, so that they are checked on several threads. */
typedef struct sr_vcontext {
	const sr_dossier *dossier;
	const sr_lexicon *lex;
	const sr_document **docs; /* per source, NULL if not at hand */
	sr_vknown *known;         /* complete too */
	sr_arena *arena;          /* of the results */
	sr_arena *scratch;        /* of one line */
	sr_strmap held;           /* what held in an earlier round */
	sr_strmap paths, sites, originals; /* of the originals: the first with each, from 1; originals: by its hash and what else tells it */
	sr_strmap places;         /* addresses, or paths, of the sources: the first that stands there now, from 1 */
	size_t original_bytes, describing; /* of all originals' texts; of those that may still be read for descriptions */
	sr_strmap described;      /* descriptions of sources: 1, or 2 if they stand in the fixed words alone */
	size_t lines, cites;      /* looked at in this round */
	size_t failed;            /* parts that failed, whether or not there was room to tell which */
	SR_VEC(sr_flaw) failures;
	sr_status status;         /* first failure to go on at all */
} sr_vcontext;

/* The words of text[from, to), moved down to borders of characters. */
sr_status sr_words_around(sr_vcontext *ctx, sr_str text, size_t from, size_t to, sr_vwords *out) SR_MUST_CHECK;
/* True if the digest refers what the span says to the entry of that number in its own list. */
bool sr_cite_relays(const sr_vcite *cite, uint32_t number);

/* How a line is to be read. */
typedef struct sr_vmode {
	bool quotation;  /* the whole line is a quotation, without its marks */
	bool attributed; /* the record around it says who says it */
	bool several;    /* its cites put it each in their own way: only one needs to hold the words */
} sr_vmode;

/* An empty reason if the line follows from the cites. A reason with bits in idle: it does, but those
 * cites (bit n: cite n) carry nothing of it. */
sr_status sr_align_line(sr_vcontext *ctx, sr_str line, const sr_vcite *cites, size_t count, sr_vmode mode,
                        sr_str *reason, uint64_t *idle) SR_MUST_CHECK;

/* What a date is of: words of saying or of a report may be of the day of the page, an event only if the span gives no other day; nobody
 * spoke after the page that tells it was written. */
typedef enum sr_vdate { SR_VDATE_SAID, SR_VDATE_HAPPENED, SR_VDATE_SPOKEN } sr_vdate;

/* True if the cite says that date, outright or by a relative expression. */
bool sr_date_supported(sr_vcontext *ctx, sr_time date, const sr_vcite *cite, sr_vdate of);
/* Reads a date written out in words[i..] ("4 Nov", "March 14, 2026", "2-3 Dec"); returns how many
 * words it takes, 0 if none starts there. The year may be missing (0). */
size_t sr_date_words(const sr_lexicon *lex, sr_str text, const sr_vword *words, size_t count, size_t i,
                     sr_time *first, sr_time *last);

/* Empty if name (a speaker, a holder) belongs to what the cite says: it stands in the sentences of
 * the span, or the span goes on about somebody named shortly before, or it is the outlet itself. */
sr_status sr_name_supported(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *holds) SR_MUST_CHECK;
/* The words of name stand in words one behind the other, articles, initials and one further name aside. */
size_t sr_name_at(sr_str name, const sr_vwords *parts, sr_str text, const sr_vwords *words, size_t i); /* from words[i]: the last, or SIZE_MAX */
bool sr_name_stands(sr_str name, const sr_vwords *parts, sr_str text, const sr_vwords *words);
/* True if the sentences of the span give its words to somebody who is no part of name. */
sr_status sr_somebody_else(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *other) SR_MUST_CHECK;
/* The words of an outlet stand around the cite. */
sr_status sr_words_near(sr_vcontext *ctx, sr_str words, const sr_vcite *cite, bool *holds) SR_MUST_CHECK;
/* The words of a role stand beside the name somewhere in the document. */
sr_status sr_role_supported(sr_vcontext *ctx, sr_str role, sr_str name, const sr_vcite *cite, bool *holds) SR_MUST_CHECK;
/* Every word of text that its use does not allow to add stands somewhere in the cites, in extra or in body, in any order; a
 * negation of extra only before the word that it has there. Empty if so, else the reason. */
sr_status sr_words_loose(sr_vcontext *ctx, sr_str text, uint32_t use, const sr_vcite *cites, size_t count, sr_str extra, sr_str body,
                         sr_str *reason) SR_MUST_CHECK;
/* How many words of text that carry meaning stand in the cite, endings aside. */
sr_status sr_words_shared(sr_vcontext *ctx, sr_str text, const sr_vcite *cite, size_t *shared) SR_MUST_CHECK;
/* The word stands among the others, endings and case aside, and is not one that may stand anywhere. */
bool sr_word_stands_in(const sr_lexicon *lex, sr_str text, const sr_vword *word, sr_str other, const sr_vwords *others);

/* held.c: what a part is known by from round to round. */
#define SR_VKEY_FIELDS 12u
typedef struct sr_vkey {
	struct {
		const void *at;
		size_t count;
	} fields[SR_VKEY_FIELDS];
	sr_time dates[2];
	double numbers[2];
	size_t used;
	sr_part kind;
	bool full;
} sr_vkey;
void sr_verify_key_of_line(sr_vkey *key, sr_part kind, sr_str text, sr_cites cites, sr_vmode mode, sr_time date, sr_time until);
void sr_verify_key_of_point(sr_vkey *key, const sr_figure *figure, const sr_figure_point *point);
void sr_verify_key_of_conflict(sr_vkey *key, const sr_conflict *conflict);
bool sr_verify_held(const sr_vcontext *ctx, const sr_vkey *key);
/* Notes that the part held. SR_E_NOMEM, or the status of the context. */
sr_status sr_verify_hold(sr_vcontext *ctx, const sr_vkey *key) SR_MUST_CHECK;

/* verify.c, for settle.c: checks every part of a section once; what fails stands in ctx->failures. Sections go by number
 * in the order in which their failures are told; before them comes sr_verify_sources. */
#define SR_VERIFY_SECTIONS 9u
sr_status sr_verify_section(sr_vcontext *ctx, size_t section) SR_MUST_CHECK;
/* parts.c: records a failure; where is a printf format. */
void sr_verify_fail(sr_vcontext *ctx, sr_part part, const uint32_t at[3], sr_str text, sr_str reason, const char *where, ...)
	__attribute__((format(printf, 6, 7)));
/* parts.c: why something does not hold. Never empty, or it would read as holding: without memory it is a fixed text, and
 * the context's status says so. */
sr_str sr_verify_reason(sr_vcontext *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Matches originals to sources and checks what the dossier says about itself and its sources. */
sr_status sr_verify_sources(sr_vcontext *ctx, const sr_document *const *originals, size_t count) SR_MUST_CHECK;

#endif
