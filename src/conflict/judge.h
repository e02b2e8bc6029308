/* Proposed pairs and what decides about them. */
#ifndef SITREP_CONFLICT_JUDGE_H
#define SITREP_CONFLICT_JUDGE_H

#include "pairs.h"

/* A claim with what proposing looks at. */
typedef struct account {
	uint32_t proof;
	const use *root;        /* what it states; NULL: only a name or a number */
	bool negative;          /* says that something is not so */
	bool unreal;            /* it is of what may or should come */
	unsigned words;         /* classes (words.h) of its words */
	const sr_timex *when;   /* the one time that it names; NULL none, or several */
} account;

typedef enum judge_feature {
	JUDGE_LIKE,      /* likeness of the two sentences by their vectors */
	JUDGE_WORDS,     /* terms that both have, of those of the shorter: weights of rareness say nothing where two pages are all there is */
	JUDGE_NAMES,     /* names that both have, of those of the shorter */
	JUDGE_NAMED,     /* both have names */
	JUDGE_APART,     /* each has a name that the other's sentence lacks */
	JUDGE_ONE_APART, /* one of them has */
	JUDGE_ROOT,      /* they state the same word */
	JUDGE_WHO,       /* doers that both tell of */
	JUDGE_WHAT,      /* things that it is done to */
	JUDGE_OTHER_WHO,
	JUDGE_OTHER_WHAT,
	JUDGE_UNREAL,    /* one of them is of what may or should come */
	JUDGE_BESIDES,   /* "other", "another" */
	JUDGE_AGAIN,
	JUDGE_LATELY,    /* "yet", "so far" */
	JUDGE_DAYS,      /* they name different days */
	JUDGE_ONE_DAY,   /* they name the same */
	JUDGE_NUMBERS,   /* they give the same number */
	JUDGE_STRONG,    /* they share a strong concept */
	JUDGE_LENGTH,    /* the shorter's terms to the longer's */
	JUDGE_DENIES,    /* one of them denies in so many words */
	JUDGE_OF,        /* quantity: the same is counted */
	JUDGE_UNIT,      /* quantity: in the same unit */
	JUDGE_CONCEPT,   /* quantity: with the same concept; state: both opposites are strong */
	JUDGE_SINGLE,    /* quantity: the only number of both */
	JUDGE_GAP,       /* quantity: how far they are apart */
	JUDGE_OPEN,      /* quantity: one of them is a bound */
	JUDGE_NEGATED,   /* denial: what the one negates the other tells */
	JUDGE_COUNT
} judge_feature;

/* The features of any two claims; those of a kind are left 0. */
void judge_read(const sr_evidence *e, const account *x, const account *y, double *features);
/* "Schools in Ashmere were shut", "schools in Lydd were open": what is said on either side has a name that the other's sentence lacks. */
bool judge_names_apart(const sr_evidence *e, const sr_proof *a, const sr_proof *b);
/* A name's word or a country's. */
bool judge_is_name(const sr_evidence *e, uint32_t term);
/* Above 0: they contradict each other. Weights stand in data/conflict-judge.tsv. */
double judge_score(sr_conflict_kind kind, const double *features);

#endif
