/* The frame of a statement: who does what to whom, read from the dependency tree around the word that states it, so that two
 * accounts are held against each other only where they speak of the same doer and the same thing. */
#ifndef SITREP_CONFLICT_FRAME_H
#define SITREP_CONFLICT_FRAME_H

#include "sitrep/evidence.h"

#define FRAME_TERMS_MAX 12u

/* Terms of one part of a frame. */
typedef struct frame_part {
	uint32_t terms[FRAME_TERMS_MAX];
	size_t count;
} frame_part;

typedef struct frame {
	frame_part who;  /* who does it, or is so */
	frame_part what; /* what it is done to, with, in */
	uint32_t subject; /* the term of the clause's own subject; UINT32_MAX none */
	bool by_speaker; /* the one who does it is the one who says this: "we", "denied striking" */
	bool by_hearer;  /* "you know": whoever listens does it, of whom nothing is told */
} frame;

/* Whether a term of the claim is what it states: the root of its content, or what the root only leads up to ("denied reports
 * of an attack", "took part in"). Parsed text only; without a tree every term is. */
bool frame_is_core(const sr_evidence *e, const sr_proof *p, size_t item);
/* The frame around a term of a claim. Without a tree it is empty. */
void frame_read(const sr_evidence *e, const sr_proof *p, size_t item, frame *out);

/* How well two frames agree: terms that both have as the doer and as what it is done to; and whether they speak of
 * different doers, or of different things. */
typedef struct frame_match {
	size_t who, what;
	bool other_who, other_what;
} frame_match;
frame_match frame_compare(const sr_evidence *e, const sr_proof *p, const frame *x, const sr_proof *q, const frame *y);
/* How many terms both parts have; and those that are no country's and no weak concept. */
size_t frame_part_common(const sr_evidence *e, const frame_part *a, const frame_part *b);
size_t frame_part_shares(const sr_evidence *e, const frame_part *a, const frame_part *b);

#endif
