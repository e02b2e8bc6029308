/* Language: which one a text is in, its sentences and tokens, and stems for comparing words.
 *
 * CLD2 detects, libstemmer (Snowball English) stems; no other room includes their headers. */
#ifndef SITREP_LANG_H
#define SITREP_LANG_H

#include "sitrep/core/reading.h"

/* BCP 47 primary subtag of text, or empty where the detector is not sure (short headlines are not
 * enough). A view of static storage. */
sr_str sr_lang_detect(sr_str text);

/* Fills reading->sentences and reading->tokens (spans only; head is -2) of reading->doc. Sentences
 * never cross blocks; tokens follow UD English: clitics and hyphenated parts apart, numbers, URLs and
 * abbreviations whole. Everything is owned by the arena. SR_E_NOMEM. Linear in the text. */
sr_status sr_lang_segment(sr_arena *arena, sr_reading *reading, sr_error *err) SR_MUST_CHECK;

/* True for words that carry no content of their own (articles, pronouns, prepositions, auxiliaries);
 * word in folded form. */
bool sr_lang_is_stopword(sr_str word);

/* Stems folded English words; one stemmer a thread. NULL if out of memory. */
typedef struct sr_stemmer sr_stemmer;
sr_stemmer *sr_stemmer_new(void);
void sr_stemmer_free(sr_stemmer *stemmer);
/* The stem, valid until the next call. */
sr_str sr_stemmer_stem(sr_stemmer *stemmer, sr_str folded_word);

/* ---- names of one thing: "Donald Trump", "Mr. Trump" and "Trump"; "CPA" and "Civil Protection Agency" ---- */

/* A name of a page or a story, and whether it may be a person's; empty names are tied to none. */
typedef struct sr_name {
	sr_str name;
	bool person;
} sr_name;

/* to[i], of `count`: the name that names[i] is another form of, or i itself: spellings, initials and nicknames of persons, then last
 * names, acronyms and other short forms that only one name has. SR_E_NOMEM. */
sr_status sr_names_tie(sr_arena *arena, const sr_name *names, size_t count, uint32_t *to) SR_MUST_CHECK;

#endif
