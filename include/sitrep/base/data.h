/* The small data files of the repository's data/ folder, embedded into the program, and reading
 * their format: tab-separated rows, `#` comments and blank lines passed over. */
#ifndef SITREP_BASE_DATA_H
#define SITREP_BASE_DATA_H

#include "sitrep/base/str.h"

/* The embedded file data/NAME ("cues.tsv", "web/style.css"); empty if there is none. */
sr_str sr_data(const char *name);

/* Takes the next row off *rest and fills at most max fields (missing ones are empty). Returns how
 * many the row has, at most max; 0 at the end. */
size_t sr_tsv_next(sr_str *rest, sr_str *fields, size_t max);

#endif
