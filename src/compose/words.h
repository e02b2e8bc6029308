/* The word classes of data/compose.tsv. */
#ifndef SITREP_COMPOSE_WORDS_H
#define SITREP_COMPOSE_WORDS_H

#include "sitrep/base/str.h"

typedef enum word_class { WORDS_PRONOUN, WORDS_LEAD, WORDS_OPINION, WORDS_SUBJECT, WORDS_OPENER, WORDS_CONNECTIVE, WORDS_JOINT, WORDS_UNKNOWN, WORDS_DEICTIC, WORDS_WEEKDAY, WORDS_OPEN, WORDS_BOUND, WORDS_DOUBT, WORDS_SHOWING, WORDS_TURN, WORDS_ANONYMOUS, WORDS_BOND, WORDS_COUNTED, WORDS_HANGING, WORDS_SOONER, WORDS_PERSONAL, WORDS_IMPERSONAL, WORDS_BESIDE, WORDS_ABSENT, WORDS_WRITER, WORDS_CANCELLED, WORDS_UNPROVED, WORDS_ASKED, WORDS_COLUMN, WORDS_STANDIN, WORDS_TIGHT, WORDS_NOTE, WORDS_MANY, WORDS_POSSESSIVE, WORDS_AWAY, WORDS_FACTIVE, WORDS_AHEAD, WORDS_LABEL, WORDS_CLOCK, WORDS_I, WORDS_WE, WORDS_OUGHT, WORDS_VERDICT, WORDS_POINTER, WORDS_HERE, WORDS_LATER, WORDS_BACK, WORDS_SAID, WORDS_UNBENT } word_class;

/* Whether the word is in the class; case does not matter. */
bool words_has(word_class class, sr_str word);
/* Whether one of the class's words, or words in a row, stands in the text. */
bool words_in(word_class class, sr_str text);
/* Whether the text begins with one of them. */
bool words_start(word_class class, sr_str text);

#endif
