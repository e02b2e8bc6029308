#ifndef SITREP_SRC_EXTRACT_TURNS_H
#define SITREP_SRC_EXTRACT_TURNS_H

#include "build.h"

/* If the text is a transcript, its turns become blocks of that kind. All else of the text is filled in by then. */
void sr_turns_mark(sr_build *b);

#endif
