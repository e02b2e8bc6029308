/* How much of the story each sentence is about, for evidence.c. */
#ifndef SITREP_EVIDENCE_SALIENCE_H
#define SITREP_EVIDENCE_SALIENCE_H

#include "sitrep/evidence.h"

#define SALIENCE_LEADS 3u /* sentences of a report that tell what it is of */

/* Sets the salience of all proofs. titles: the terms of each document's title. SR_E_NOMEM. */
sr_status evidence_weigh(sr_evidence *e, const sr_term_set *titles) SR_MUST_CHECK;

#endif
