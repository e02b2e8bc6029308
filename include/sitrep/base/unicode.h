/* What needs Unicode's tables; ICU behind it (no other room includes ICU's headers).
 *
 * Character classes are exact; folding is for comparing words, never for printing. */
#ifndef SITREP_BASE_UNICODE_H
#define SITREP_BASE_UNICODE_H

#include "sitrep/base/str.h"

void sr_unicode_library(sr_buf *out); /* "ICU 72.1", as it runs */

bool sr_cp_is_letter(uint32_t cp);  /* general category L* or M* */
bool sr_cp_is_number(uint32_t cp);  /* Nd */
bool sr_cp_is_uppercase(uint32_t cp);
bool sr_cp_is_lowercase(uint32_t cp);
bool sr_cp_is_punct(uint32_t cp);   /* P* or S* */
uint32_t sr_cp_lower(uint32_t cp);
uint32_t sr_cp_upper(uint32_t cp);
/* False for controls, bidirectional and other invisible formatting characters, surrogates, tags and
 * noncharacters: what could hide or reorder text. Joiners and variation selectors are printable. */
bool sr_cp_is_printable(uint32_t cp);
/* Columns on a terminal: 0 for marks, joiners and what is not printable, 2 for East Asian wide and
 * fullwidth characters (UAX #11), else 1. */
int sr_cp_width(uint32_t cp);
/* Of a whole text; an emoji variation selector widens a narrow character to 2. */
size_t sr_str_width(sr_str s);

/* Appends s in Unicode NFC (UAX #15). SR_E_NOMEM. */
sr_status sr_nfc(sr_buf *out, sr_str s) SR_MUST_CHECK;
/* Appends a form for comparing: case folded, diacritics off (NFKD without marks), curly quotes and
 * dashes made straight. */
void sr_fold(sr_buf *out, sr_str s);
sr_str sr_fold_dup(sr_arena *arena, sr_str s);

/* Word boundaries (UAX #29). Each next() gives the following segment that is a word or a number
 * (is_word) or else whatever stands between; false at the end. */
typedef struct sr_words sr_words;
sr_words *sr_words_new(void); /* NULL if out of memory */
void sr_words_free(sr_words *words);
/* Starts on text, which must be valid UTF-8 and outlive the walk. */
sr_status sr_words_start(sr_words *words, sr_str text) SR_MUST_CHECK;
bool sr_words_next(sr_words *words, sr_span *segment, bool *is_word);

/* Sentence-boundary candidates (UAX #29) over the same kind of walk. */
typedef struct sr_breaks sr_breaks;
sr_breaks *sr_breaks_new(void);
void sr_breaks_free(sr_breaks *breaks);
sr_status sr_breaks_start(sr_breaks *breaks, sr_str text) SR_MUST_CHECK;
bool sr_breaks_next(sr_breaks *breaks, sr_span *sentence);

#endif
