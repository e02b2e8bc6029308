/* Pairs of claims that may contradict each other, and the features by which the likeliest are chosen. */
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
	JUDGE_OF,        /* of different numbers: the same is counted */
	JUDGE_UNIT,      /* in the same unit */
	JUDGE_CONCEPT,   /* with the same concept */
	JUDGE_SINGLE,    /* the only number of both */
	JUDGE_GAP,       /* how far they are apart */
	JUDGE_OPEN,      /* one of them is a bound */
	JUDGE_NEGATED,   /* what the one negates the other tells */
	JUDGE_NUMBER,    /* they give different numbers of like things */
	JUDGE_TIME,      /* they give different times */
	JUDGE_NEGATION,  /* one of them says that something is not so */
	JUDGE_OPPOSITE,  /* opposites stand in them: half, or 1 of strong concepts */
	JUDGE_OWN,       /* one of them is a page's own voice */
	JUDGE_PAGE,      /* they stand on one page */
	JUDGE_COUNT
} judge_feature;

/* Two claims that differ in one thing: the words that it turns on. */
typedef struct difference {
	uint64_t key; /* as of a pair */
	sr_stand a, b;
} difference;

/* Sets the features of its kind, and *out, where two claims differ so: the fewer and the more, the earlier and the later, the one that
 * tells and the one that negates, two opposites. (differences.c) */
bool differ_in_number(const sr_evidence *e, const account *x, const account *y, double *features, difference *out);
/* "The school, which was closed in March, has a new roof", "it is open". */
bool opposed_in_passing(const sr_evidence *e, const account *x, const account *y);
/* Both give figures of one unit, and none of the one fits one of the other. */
bool differ_in_figures(const sr_evidence *e, const account *x, const account *y);
bool differ_in_time(const sr_evidence *e, const account *x, const account *y, double *features, difference *out);
bool differ_in_negation(const sr_evidence *e, const account *x, const account *y, double *features, difference *out);
bool differ_in_opposites(const sr_evidence *e, const account *x, const account *y, double *features, difference *out);

/* The features of any two claims; what differs is left 0. */
void judge_read(const sr_evidence *e, const account *x, const account *y, double *features);
/* "Schools in Ashmere were shut", "schools in Lydd were open": what is said on either side has a name that the other's sentence lacks. */
bool judge_names_apart(const sr_evidence *e, const sr_proof *a, const sr_proof *b);
/* A name's word or a country's. */
bool judge_is_name(const sr_evidence *e, uint32_t term);
/* Log odds that they contradict each other, as far as features tell. Weights stand in data/conflict-judge.tsv. */
double judge_score(const double *features);
/* Pairs of a lower score are not worth asking about. */
#define JUDGE_LEAST (-2.5)

#endif
