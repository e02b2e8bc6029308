/* Compose: writes the dossier of one story from its evidence.
 *
 * Every line is a source's own words, those words with parts left out, or a frame filled from spans
 * that it cites; compose chooses and cuts, it never rewords. Withdrawn documents are listed as sources
 * and support nothing. The result belongs to the arena given. */
#ifndef SITREP_COMPOSE_H
#define SITREP_COMPOSE_H

#include "sitrep/core/dossier.h"
#include "sitrep/core/story.h"
#include "sitrep/evidence.h"
#include "sitrep/gazetteer.h"
#include "sitrep/nli.h"

/* Quotations of a dossier; a few more are composed, since the door may not let all of them through. */
#define SR_QUOTES_MAX 10

typedef struct sr_compose_input {
	const sr_story *story;    /* its docs index `docs` and `readings` */
	sr_document *const *docs; /* of the whole run */
	const sr_reading *readings;
	const sr_doc_claims *claims; /* one a document of the run */
	const sr_gazetteer *gazetteer; /* NULL: places stay names */
	const sr_nli *nli; /* NULL: contradictions are found by rules alone */
	unsigned jobs; /* threads; 0: one */
} sr_compose_input;

/* SR_E_NOMEM, SR_E_USAGE for a story without documents. */
sr_status sr_compose(const sr_compose_input *input, sr_arena *arena, sr_dossier *out, sr_error *err) SR_MUST_CHECK;
/* Who said what: the head, the voices and the sources of the dossier, and no other part. Each statement stands once, in
 * its longest form, with its witnesses; the outlets' own words are left out. As sr_compose. */
sr_status sr_compose_voices(const sr_compose_input *input, sr_arena *arena, sr_dossier *out, sr_error *err) SR_MUST_CHECK;

#endif
