/* The numbers of a story, for evidence.c. */
#ifndef SITREP_EVIDENCE_MEASURES_H
#define SITREP_EVIDENCE_MEASURES_H

#include "sitrep/evidence.h"

/* Fills e->measures from its proofs; reads terms. SR_E_NOMEM. */
sr_status evidence_measure(sr_evidence *e) SR_MUST_CHECK;

#endif
