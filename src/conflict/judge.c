/* Features of two claims, and a weight for each: logistic regression, fitted by train/nli_judge.py. */
#include "judge.h"

#include "words.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sr_candidate_feature_names[SR_CANDIDATE_FEATURES] = {
	"like",   "words", "names",   "named",   "apart",  "one-apart", "root",   "who",    "what",   "other-who", "other-what", "unreal",  "besides", "again",
	"lately", "days",  "one-day", "numbers", "strong", "length",    "denies", "of",     "unit",   "concept",   "single",     "gap",     "open",    "negated",
	"number", "time",   "negation", "opposite", "own",   "page"
};
_Static_assert(JUDGE_COUNT == SR_CANDIDATE_FEATURES, "a name for each feature");

#define NUMBER_BYTES 32u
#define FEW 3.0 /* terms in common that are as good as more */

static double bias, weights[SR_CANDIDATE_FEATURES];

static double number_of(sr_str s)
{
	char text[NUMBER_BYTES] = { 0 };
	memcpy(text, s.ptr, s.len < NUMBER_BYTES ? s.len : NUMBER_BYTES - 1);
	return strtod(text, NULL);
}

static void load(void)
{
	sr_str rest = sr_data("conflict-judge.tsv"), f[2];
	while (sr_tsv_next(&rest, f, 2)) {
		if (sr_str_eq(f[0], SR_STR("bias")))
			bias = number_of(f[1]);
		for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
			if (sr_str_eq(f[0], sr_str_c(sr_candidate_feature_names[i])))
				weights[i] = number_of(f[1]);
	}
}

double judge_score(const double *features)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, load);
	double sum = bias;
	for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
		sum += weights[i] * features[i];
	return sum;
}

bool judge_is_name(const sr_evidence *e, uint32_t term) { return sr_terms_kind(e->terms, term) == SR_TERM_NAME || sr_terms_country(e->terms, term); }

static void read_names(const sr_evidence *e, const sr_proof *a, const sr_proof *b, double *f)
{
	size_t names[2] = { 0 }, shared = 0, alone[2] = { 0 };
	const sr_proof *p[2] = { a, b };
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < p[k]->content.count; i++) {
			uint32_t term = p[k]->content.ids[i];
			if (!judge_is_name(e, term))
				continue;
			names[k]++;
			shared += k == 0 && sr_term_set_has(b->content, term);
			alone[k] += !sr_term_set_has(p[!k]->sentence, term);
		}
	size_t fewer = names[0] < names[1] ? names[0] : names[1];
	f[JUDGE_NAMED] = fewer > 0;
	f[JUDGE_NAMES] = fewer ? fmin(1, (double)shared / (double)fewer) : 0;
	f[JUDGE_APART] = alone[0] && alone[1];
	f[JUDGE_ONE_APART] = !f[JUDGE_APART] && (alone[0] || alone[1]);
}

bool judge_names_apart(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	double f[SR_CANDIDATE_FEATURES] = { 0 };
	read_names(e, a, b, f);
	return f[JUDGE_APART] > 0;
}

static void read_frames(const sr_evidence *e, const account *x, const account *y, double *f)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	if (!x->root || !y->root)
		return;
	frame_match m = frame_compare(e, a, x->root->frame, b, y->root->frame);
	f[JUDGE_ROOT] = x->root->term == y->root->term || pairs_same_word(e, a, a->items[x->root->item].token, b, b->items[y->root->item].token);
	f[JUDGE_WHO] = fmin(1, (double)m.who / FEW);
	f[JUDGE_WHAT] = fmin(1, (double)m.what / FEW);
	f[JUDGE_OTHER_WHO] = m.other_who;
	f[JUDGE_OTHER_WHAT] = m.other_what;
	f[JUDGE_UNREAL] = a->items[x->root->item].unreal || b->items[y->root->item].unreal;
}

static void read_days(const account *x, const account *y, double *f)
{
	int32_t a = x->when ? pairs_day(x->when->begin) : INT32_MIN, b = y->when ? pairs_day(y->when->begin) : INT32_MIN;
	f[JUDGE_DAYS] = a != INT32_MIN && b != INT32_MIN && a != b;
	f[JUDGE_ONE_DAY] = a != INT32_MIN && a == b;
}

static void read_shared(const sr_evidence *e, const sr_proof *a, const sr_proof *b, double *f)
{
	for (size_t i = 0; i < a->content.count; i++) {
		uint32_t term = a->content.ids[i];
		sr_term_kind kind = sr_terms_kind(e->terms, term);
		if (!sr_term_set_has(b->content, term))
			continue;
		f[JUDGE_STRONG] = fmax(f[JUDGE_STRONG], pairs_is_strong(e, term));
		f[JUDGE_NUMBERS] = fmax(f[JUDGE_NUMBERS], kind == SR_TERM_NUMBER);
	}
	double n = (double)a->content.count, m = (double)b->content.count;
	f[JUDGE_WORDS] = n > 0 && m > 0 ? (double)sr_term_set_common(a->content, b->content) / fmin(n, m) : 0;
	f[JUDGE_LENGTH] = n > 0 && m > 0 ? fmin(n, m) / fmax(n, m) : 0;
}

void judge_read(const sr_evidence *e, const account *x, const account *y, double *f)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	unsigned said = x->words | y->words;
	for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
		f[i] = 0;
	f[JUDGE_LIKE] = pairs_likeness(e, a, b);
	read_names(e, a, b, f);
	read_frames(e, x, y, f);
	f[JUDGE_UNREAL] = fmax(f[JUDGE_UNREAL], x->unreal || y->unreal);
	f[JUDGE_BESIDES] = (said & BESIDES_WORD) != 0;
	f[JUDGE_AGAIN] = (said & AGAIN_WORD) != 0;
	f[JUDGE_LATELY] = (said & LATELY_WORD) != 0;
	read_days(x, y, f);
	read_shared(e, a, b, f);
	f[JUDGE_OWN] = !sr_proof_attributed(a) || !sr_proof_attributed(b);
	f[JUDGE_PAGE] = a->claim.doc == b->claim.doc;
	f[JUDGE_DENIES] = a->claim.stance == SR_STANCE_DENIES || b->claim.stance == SR_STANCE_DENIES;
}
