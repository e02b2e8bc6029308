/* Documents made up by number, always the same, with readings and claims that use every field; and a folder of
 * a test's own for stores. */
#ifndef SITREP_TESTS_STORE_FIXTURE_H
#define SITREP_TESTS_STORE_FIXTURE_H

#include "harness.h"

#include "sitrep/store.h"

typedef struct made {
	sr_document doc;
	sr_reading reading;
	sr_claim *claims;
	size_t claim_count;
	sr_place places[1];
	sr_store_document in; /* of the above */
} made;

/* Document n, of paragraphs paragraphs. Each lives in the arena. */
made *make_document(sr_arena *arena, unsigned n, unsigned paragraphs);
/* The same page later: other text, a later time of change. */
made *make_changed(sr_arena *arena, unsigned n, unsigned paragraphs, const char *sentence);

/* Checks field by field that what was loaded is what was made. */
void check_loaded(const sr_store_loaded *loaded, const made *want);
/* The same without saying so: for tests that allow for damage. */
bool same_document(const sr_document *got, const sr_document *want);

/* A new empty folder, taken away when it is closed; its path with a name behind, valid until the next two calls. */
const char *folder_open(void);
const char *folder_file(const char *name);
void folder_close(void);

sr_time at(const char *time);
/* Opens (makes) the store, or fails the test. */
sr_store *open_store(const char *path, const char *vfs);
/* Adds documents [first, end) in one transaction. */
sr_status add_range(sr_store *store, unsigned first, unsigned end, sr_error *err);
/* Whether document n is there, whole and as made. */
sr_status check_range(sr_store *store, unsigned first, unsigned end, unsigned *whole, sr_error *err);

/* A small generator of numbers, always the same from the same seed (Marsaglia's xorshift). */
uint32_t dice(uint32_t *seed);

#endif
