/* Who said what: quotations, attributions, their speakers, quantities, and the claims made of them.
 *
 * The rule set is made once from the embedded tables and shared by threads. Reading a document is
 * linear in its tokens. Attributions follow PolNeAR's scheme (Newell, Margolin and Ruths 2018): source,
 * cue and content are lists of byte spans; quotation marks belong to the content, a closing full stop
 * of the sentence does not. Tokens with heads are read as a dependency tree; without them (head -2) a
 * plainer reading of word order is used. */
#ifndef SITREP_CLAIM_H
#define SITREP_CLAIM_H

#include "sitrep/core/claim.h"

typedef struct sr_claim_rules sr_claim_rules;
/* NULL, with the reason in err: out of memory or a damaged table. */
sr_claim_rules *sr_claim_rules_new(sr_error *err);
void sr_claim_rules_free(sr_claim_rules *rules);

/* Fills reading->quantities and reading->attributions from its sentences, tokens and entities.
 * Everything is owned by the arena. SR_E_NOMEM. */
sr_status sr_claim_read(const sr_claim_rules *rules, sr_arena *arena, sr_reading *reading, sr_error *err) SR_MUST_CHECK;

/* Every sentence as claims: one for each attribution whose content touches it, and one in the outlet's
 * own name for a sentence without any. In order of the text. SR_E_NOMEM. */
sr_status sr_claims_of(const sr_claim_rules *rules, const sr_reading *reading, uint32_t doc_index, sr_arena *arena,
                       sr_claim **out, size_t *count, sr_error *err) SR_MUST_CHECK;

/* When it was said, by the sentence of its cue ("told the Herald in 2012"): to the day, or coarser; unknown where that tells
 * nothing. *vague: it tells no more than "last week". */
sr_time sr_claim_said(const sr_reading *reading, const sr_attribution *attribution, bool *vague);
/* The day of what its speaker does in the sentence before ("Brunt spoke in Oss on Friday."), *where, of the same paragraph; else unknown. */
sr_time sr_claim_said_beside(const sr_reading *reading, const sr_attribution *attribution, sr_span *where);

/* True if a and b (with or without quotation marks) are the same quotation, one perhaps shorter, with
 * left-out parts marked by an ellipsis, or in other words here and there: after folding the shorter's
 * words stand in the longer's in order, and none of the words that differ is a negation or a number (more of
 * these may stand before or behind, or where an ellipsis leaves them out). Both must have at least three words. At most 400 words of each
 * are compared. Translations are not recognised. */
bool sr_quote_same(sr_str a, sr_str b);

/* The same for many: each is read once, into the arena (SR_E_NOMEM), and then compared with any other. */
#define SR_QUOTE_BITS 256u
typedef struct sr_quote_words {
	const uint64_t *hash; /* of each word, in order */
	const uint64_t *firm; /* of each word: 0, or which negation or number it is */
	bool elided;          /* an ellipsis leaves a part out */
	size_t count;
	uint64_t bits[SR_QUOTE_BITS / 64]; /* which words there are, roughly */
} sr_quote_words;
sr_status sr_quote_read(sr_str text, sr_arena *arena, sr_quote_words *out) SR_MUST_CHECK;
bool sr_quote_words_same(const sr_quote_words *a, const sr_quote_words *b);

#endif
