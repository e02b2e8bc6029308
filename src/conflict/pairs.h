/* What the rules share: pairs of stands, collected first and joined into contrasts afterwards. */
#ifndef SITREP_CONFLICT_PAIRS_H
#define SITREP_CONFLICT_PAIRS_H

#include "frame.h"

#include "sitrep/conflict.h"
#include "sitrep/nli.h"

typedef struct pair {
	sr_conflict_kind kind;
	uint64_t key;     /* what it turns on; pairs of one key may be joined */
	sr_stand a, b;    /* a asserts, b denies */
	double strength;
	bool reversal;    /* the same speaker's, which says nothing beside another's that the same is denied of */
	bool settled;     /* both may be true: shown as what was told apart, not as open */
} pair;

/* A term where a proof states it. */
typedef struct use {
	uint32_t term, proof, item;
	bool negative;
	bool core; /* it is what the claim states; else a strong concept in it */
	const frame *frame;
} use;

typedef struct pairs {
	sr_evidence *e;
	const sr_nli *nli; /* NULL: pairs are found by rules alone */
	unsigned jobs;
	SR_VEC(pair) items;
	SR_VEC(use) uses; /* by term; gathered by the first rule that asks */
	bool gathered;
} pairs;

#define PAIRS_MAX 20000u
#define PAIRS_TRIED_MAX 4096u /* of one term, or with one measure */
#define PAIRS_ANY_KEY UINT64_MAX
#define PAIRS_DAY_KEY (UINT64_MAX - 1)
#define PAIRS_JUDGED_KEY (UINT64_MAX - 2) /* alike as a whole, and judged so */
#define PAIRS_PARTS_KEY ((uint64_t)1 << 62) /* and the two opposites, which both hold of parts of one whole */
#define PAIRS_CLOCK_KEY ((uint64_t)1 << 63) /* and the concept of what happened then */

static inline sr_stand pairs_at(uint32_t proof, sr_span focus) { return (sr_stand){ .proof = proof, .focus = focus }; }
static inline sr_stand pairs_whole(const sr_evidence *e, uint32_t proof) { return pairs_at(proof, e->proofs[proof].claim.span); }
bool pairs_same_sentence(const sr_evidence *e, uint32_t a, uint32_t b);
sr_status pairs_add(pairs *p, sr_conflict_kind kind, uint64_t key, sr_stand a, sr_stand b, double strength);
/* One speaker, by name or post: "Obama" is Barack Obama. */
bool pairs_same_voice(const sr_claim *a, const sr_claim *b);
/* Different speakers, neither a caption, said within the same fortnight. */
bool pairs_comparable(const sr_evidence *e, const sr_proof *a, const sr_proof *b);
/* Said within a fortnight of each other, or not known when. */
bool pairs_of_one_time(const sr_proof *a, const sr_proof *b);
/* The day on which it was said, INT32_MIN if unknown. */
int32_t pairs_day(sr_time t);
/* A concept that shows by itself that two accounts speak of the same matter. */
bool pairs_is_strong(const sr_evidence *e, uint32_t term);
/* Whether two tokens are forms of one word ("encircled", "encirclement"). */
bool pairs_same_word(const sr_evidence *e, const sr_proof *a, uint32_t token_a, const sr_proof *b, uint32_t token_b);

/* Whether the claim states something by a speaker: no caption, habit, question, wish or plan that is turned down. (uses.c) */
bool pairs_states(const sr_evidence *e, const sr_proof *p);
/* Who denies that nine died does not deny that five did. (polarity.c) */
bool pairs_other_numbers(const sr_evidence *e, uint32_t told, uint32_t negated);
/* Two numbers of like things that may both be true: of two deeds, of a part and the whole, of two days of what grows, or of what may come. (quantities.c) */
bool pairs_counts_apart(const sr_evidence *e, const sr_measure *a, const sr_measure *b);
/* A number of a town's people beside one of the land's. (quantities.c) */
bool pairs_count_of_part(const sr_evidence *e, const sr_measure *a, const sr_measure *b);
/* "It had given three dead": whose number that was stands elsewhere. (quantities.c) */
bool pairs_number_leans(const sr_evidence *e, const sr_proof *p);
/* What is negated is what was so when the other is told to have been: not "none on Thursday" of a Monday. (polarity.c) */
bool pairs_denied_of_then(const sr_evidence *e, const sr_proof *told, const sr_proof *negated);
/* "The north gate was locked", "the south gate was open": two words of one set of data/conflict-rivals.tsv stand before the same word. (rivals.c) */
bool pairs_rivals(const sr_evidence *e, const sr_proof *a, const sr_proof *b);
/* The one date or hour that the claim names, an hour before its day; NULL if there are none or several. (differences.c) */
const sr_timex *pairs_time_of(const sr_evidence *e, const sr_proof *p);
/* Whether the claim is a question, told or quoted. */
bool pairs_asks(const sr_evidence *e, const sr_proof *p);
/* Classes (words.h) of the words of the content that stand under no other of it. */
unsigned pairs_root_classes(const sr_evidence *e, const sr_proof *p);
/* The verb of a denial is one that turns down plans as well. */
bool pairs_rejects(const sr_evidence *e, const sr_proof *p);
/* "Denies deliberately striking the mill": of what the other tells only that it was meant. */
bool pairs_denies_intent(const sr_evidence *e, const sr_proof *told, const sr_proof *denial);
/* "dismissed the plan", "rejected the bill": denies nothing that anybody said. */
bool pairs_turns_down(const sr_evidence *e, const sr_proof *p);
/* WISH_WORD, OPEN_WORD (words.h): what the claim's own verb, or that of what it says is thought, only wants or expects. (mood.c) */
unsigned pairs_mood(const sr_evidence *e, const sr_proof *p);
/* The claim, from 1, in which the one who denies tells what he holds instead; 0 if there is none. (replies.c) */
uint32_t pairs_reply(const sr_evidence *e, size_t denial);
/* The first measure of the proof or of one behind it. */
size_t pairs_measure_from(const sr_evidence *e, uint32_t proof);
/* Whether an open contrast is over: settled, with the admission added to its asserting side, or superseded. SR_E_NOMEM. (outcomes.c) */
sr_status pairs_outcome(const sr_evidence *e, sr_contrast *c) SR_MUST_CHECK;
/* How alike the sentences of the two are as a whole, by their vectors: up to 1; under .3 says nothing. (likeness.c) */
double pairs_likeness(const sr_evidence *e, const sr_proof *a, const sr_proof *b);
/* Two sentences that say nearly the same. */
bool pairs_told_again(const sr_evidence *e, uint32_t a, uint32_t b);
/* It is told in words of admitting: it may take back what was said. (outcomes.c) */
bool pairs_reverses(const sr_evidence *e, const sr_proof *p);
sr_status pairs_gather_uses(pairs *p);
/* The claim with the word itself as what it turns on. */
sr_stand pairs_stand(const sr_evidence *e, const use *u);

/* Of each pair: the first of those that are one conflict with it. */
sr_status pairs_join(const pairs *p, size_t *parent);

sr_status pairs_from_polarity(pairs *p);
sr_status pairs_from_opposites(pairs *p);
sr_status pairs_from_rejections(pairs *p);
sr_status pairs_from_quantities(pairs *p);
sr_status pairs_from_dates(pairs *p);
sr_status pairs_from_clocks(pairs *p);
sr_status pairs_from_reversals(pairs *p);
sr_status pairs_from_blames(pairs *p);
sr_status pairs_from_candidates(pairs *p);
/* Drops what rules found and the encoder holds to be no contradiction. (doubts.c) */
sr_status pairs_drop_doubted(pairs *p);

#endif
