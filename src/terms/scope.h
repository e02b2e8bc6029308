/* What holds of a token in its clause: negated, unreal, or said only in passing. */
#ifndef SITREP_TERMS_SCOPE_H
#define SITREP_TERMS_SCOPE_H

#include "sitrep/terms.h"

/* Walks the tokens of a span in order and marks each. With heads the dependency tree decides, without
 * them the words before the token do. */
typedef struct scope {
	const sr_reading *reading;
	sr_span span;
	const uint16_t *bits; /* scope_bits of each token */
	sr_arena *arena;
	const sr_sentence *sentence; /* that of the last token, and what its tokens' dependents do to each */
	uint8_t *effects;
	bool failed; /* out of memory: the marks are not to be used */
	bool empty_subject; /* "none of …" stands before in the clause */
	int negation, unreal; /* how many tokens further the last such word still reaches */
} scope;

/* What a word does to those around it, for scope_start. */
uint16_t scope_bits(sr_str word);
void scope_start(scope *s, const sr_reading *reading, sr_span span, const uint16_t *bits, sr_arena *arena);
/* True if token i is itself a negation, by the bits of count tokens. */
bool scope_negates(const uint16_t *bits, size_t count, size_t i);
/* Moves to token i and fills the marks of `at`; false if the token is itself a negation. */
bool scope_next(scope *s, size_t i, sr_term_at *at);

#endif
