/* Who speaks in a sentence (speech.c), for names.c and roles.c. */
#ifndef SITREP_VERIFY_SPEECH_H
#define SITREP_VERIFY_SPEECH_H

#include "internal.h"

typedef enum sr_heard { HEARD_NOBODY, HEARD_OTHER, HEARD_NAMED } sr_heard;

bool sr_speech_article(sr_str word);
/* The word of name stands among words, a name as a name. */
bool sr_speech_holds(sr_str text, const sr_vwords *words, sr_str name, const sr_vword *part);
/* "CPA" for the Civil Protection Agency. */
bool sr_speech_acronym(sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts);
/* The surname, or NULL. */
const sr_vword *sr_speech_last_capital(sr_str name, const sr_vwords *parts);
/* The name stands among the capitals that open the sentence of words[k]. */
bool sr_speech_opens(sr_str text, const sr_vwords *words, size_t k, sr_str name, const sr_vwords *parts);
/* The cues of words[from, to), the last first: the first that names anybody decides; all of them are
 * asked if any_of, and one that names `name` is enough. */
sr_heard sr_speech_heard(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t from, size_t to, bool any_of, sr_str name, const sr_vwords *parts);
/* All words are heard as somebody's who is not `name`. */
bool sr_speech_other(const sr_lexicon *lex, sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts);
/* Whom the words right beside the saying words make the speaker: `name`, somebody else, or nobody who is named. */
sr_heard sr_speech_given(const sr_lexicon *lex, sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts);
/* Some saying word has a speaker beside it, named or not. */
bool sr_speech_attributed(const sr_lexicon *lex, sr_str text, const sr_vwords *words);

#endif
