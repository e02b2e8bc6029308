/* Claims that may contradict each other: whatever two speakers or two pages say of like matters. Features decide which pairs are worth
 * asking about (judge.c), the model's encoder of pairs decides about those (sitrep/nli.h). */
#include "judge.h"
#include "questions.h"

#include "words.h"

#include <math.h>
#include <stdlib.h>

#define COMPARED_MAX 400u  /* claims of a story, the first that state anything */
#define LIKE_MIN 0.15      /* sentences less alike are of different matters */
#define ASKED_A_DOCUMENT 5u /* pairs that the encoder is asked about */
#define ASKED_MAX 64u
#define CHOSEN_MAX 512u    /* pairs that these are about: copies have the same texts */
#define WEAK_OPPOSITES 0.5 /* "entered", "left" */
#define OF_ONE_MATTER 0.5  /* likeness of two sentences */
#define CERTAIN 3.2f       /* log odds that leave no doubt */
#define SAME_WORDS 0.9     /* of the shorter's terms */

/* A pair and the answer to the question about it. */
typedef struct chosen {
	const sr_candidate *candidate;
	const sr_nli_answer *answer;
} chosen;

typedef struct field {
	sr_evidence *e;
	pairs *found;
	SR_VEC(account) accounts;
	SR_VEC(sr_candidate) out;
	SR_VEC(chosen) chosen; /* what is asked about, the most promising first */
	double least; /* score of what is kept */
} field;

static account account_of(const sr_evidence *e, uint32_t proof)
{
	const sr_proof *p = &e->proofs[proof];
	unsigned words = dispute_words_in(e->readings[p->claim.doc], p->claim.span);
	return (account){ .proof = proof, .words = words, .negative = p->claim.stance == SR_STANCE_DENIES || (words & (UNTRUE_WORD | NOT_WORD)),
		              .unreal = pairs_mood(e, p) != 0, .when = pairs_time_of(e, p) };
}

/* What a speaker states, or a page in its own voice. */
static bool tells(const sr_evidence *e, const sr_proof *p)
{
	return pairs_states(e, p) || (!sr_proof_attributed(p) && !p->caption && !p->heading && !p->habit && !pairs_asks(e, p));
}

static sr_status gather(field *f)
{
	const sr_evidence *e = f->e;
	size_t *at = SR_NEW_ARRAY(e->arena, size_t, e->proof_count + 1);
	if (!at)
		return SR_E_NOMEM;
	for (uint32_t i = 0; i < e->proof_count && f->accounts.count < COMPARED_MAX; i++) {
		if (!tells(e, &e->proofs[i]))
			continue;
		account *a = SR_PUSH(e->arena, &f->accounts);
		if (!a)
			return SR_E_NOMEM;
		*a = account_of(e, i);
		at[i] = f->accounts.count;
	}
	for (size_t i = 0; i < f->found->uses.count; i++) {
		const use *u = &f->found->uses.items[i];
		account *a = at[u->proof] ? &f->accounts.items[at[u->proof] - 1] : NULL;
		if (a && u->core && (!a->root || u->item < a->root->item))
			a->root = u;
	}
	return SR_OK;
}

/* "You know of it" tells nothing of anybody. */
static bool is_the_hearers(const account *x) { return x->root && x->root->frame->by_hearer; }

static bool may_differ(const sr_evidence *e, const account *x, const account *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	bool pages = !sr_proof_attributed(a) && !sr_proof_attributed(b) && a->origin != b->origin;
	return !is_the_hearers(x) && !is_the_hearers(y) && (pages ? pairs_of_one_time(a, b) : pairs_comparable(e, a, b)) && pairs_likeness(e, a, b) >= LIKE_MIN && !pairs_rivals(e, a, b);
}

/* In the same words, if only of another day; or in nearly the same, and rules see no difference. */
static bool told_again(const double *features, bool differ)
{
	return differ ? features[JUDGE_WORDS] >= 1 && features[JUDGE_LENGTH] >= 1 : features[JUDGE_WORDS] >= SAME_WORDS;
}

static sr_status compare(field *f, const account *x, const account *y)
{
	double features[SR_CANDIDATE_FEATURES];
	difference d;
	if (!may_differ(f->e, x, y))
		return SR_OK;
	judge_read(f->e, x, y, features);
	bool differ = differ_in_number(f->e, x, y, features, &d) | differ_in_time(f->e, x, y, features, &d);
	differ = differ | differ_in_negation(f->e, x, y, features, &d) | differ_in_opposites(f->e, x, y, features, &d);
	if (told_again(features, differ))
		return SR_OK;
	double score = judge_score(features);
	if (score < f->least)
		return SR_OK;
	sr_candidate *c = SR_PUSH(f->e->arena, &f->out);
	if (!c)
		return SR_E_NOMEM;
	*c = (sr_candidate){ .a = x->proof, .b = y->proof, .score = score };
	for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
		c->features[i] = features[i];
	return SR_OK;
}

static sr_status find(field *f)
{
	SR_TRY(pairs_gather_uses(f->found));
	SR_TRY(gather(f));
	for (size_t i = 0; i < f->accounts.count; i++)
		for (size_t k = i + 1; k < f->accounts.count; k++)
			SR_TRY(compare(f, &f->accounts.items[i], &f->accounts.items[k]));
	return SR_OK;
}

/* The surest first; of like ones the more promising. */
static int by_answer(const void *a, const void *b)
{
	const chosen *x = a, *y = b;
	if (x->answer->contradict != y->answer->contradict)
		return x->answer->contradict > y->answer->contradict ? -1 : 1;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static int by_score(const void *a, const void *b)
{
	const sr_candidate *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->a != y->a)
		return x->a > y->a ? 1 : -1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Of two sentences the most promising claims stand for both. */
static bool is_chosen(const field *f, const sr_candidate *c)
{
	for (size_t i = 0; i < f->chosen.count; i++) {
		const sr_candidate *x = f->chosen.items[i].candidate;
		if (pairs_same_sentence(f->e, x->a, c->a) && pairs_same_sentence(f->e, x->b, c->b))
			return true;
	}
	return false;
}

static sr_status choose(field *f, questions *q)
{
	size_t most = f->e->doc_count * ASKED_A_DOCUMENT;
	SR_TRY(questions_open(q, f->found, most < ASKED_MAX ? most : ASKED_MAX));
	if (f->out.count)
		qsort(f->out.items, f->out.count, sizeof *f->out.items, by_score);
	for (size_t i = 0; i < f->out.count && f->chosen.count < CHOSEN_MAX; i++) {
		const sr_candidate *c = &f->out.items[i];
		size_t number = is_chosen(f, c) ? 0 : questions_add(q, c->a, c->b);
		chosen *x = number ? SR_PUSH(f->e->arena, &f->chosen) : NULL;
		if (number && !x)
			return SR_E_NOMEM;
		if (x)
			*x = (chosen){ c, &q->answers[number - 1] };
	}
	return SR_OK;
}

static const account *account_in(const field *f, uint32_t proof)
{
	size_t a = 0, b = f->accounts.count;
	while (a + 1 < b) {
		size_t mid = (a + b) / 2;
		if (f->accounts.items[mid].proof <= proof)
			a = mid;
		else
			b = mid;
	}
	return &f->accounts.items[a];
}

static bool same_matter(const sr_evidence *e, uint32_t a, uint32_t b) { return pairs_same_sentence(e, a, b) || pairs_told_again(e, a, b); }

/* How a pair stands to what was found before it. */
typedef enum standing { STANDS_ALONE, STANDS_BESIDE, STANDS_TURNED, STANDS_IN } standing;

/* The same told again by others, or another who turns on the same word, stands beside it, maybe the other way round; else a sentence is in
 * one row: what it is said to contradict besides is seldom true, and makes a row of three sides. */
static standing standing_of(const field *f, sr_conflict_kind kind, const difference *d)
{
	const sr_evidence *e = f->e;
	standing found = STANDS_ALONE;
	for (size_t i = 0; i < f->found->items.count; i++) {
		const pair *x = &f->found->items.items[i];
		bool judged = x->key == PAIRS_JUDGED_KEY && d->key == PAIRS_JUDGED_KEY, one_word = !judged && x->kind == kind && x->key == d->key;
		if (one_word && (pairs_same_sentence(e, x->a.proof, d->a.proof) || pairs_same_sentence(e, x->b.proof, d->b.proof)))
			return STANDS_BESIDE;
		if (judged && same_matter(e, x->a.proof, d->a.proof) && same_matter(e, x->b.proof, d->b.proof))
			return STANDS_BESIDE;
		if (judged && same_matter(e, x->a.proof, d->b.proof) && same_matter(e, x->b.proof, d->a.proof))
			return STANDS_TURNED;
		if (pairs_same_sentence(e, x->a.proof, d->a.proof) || pairs_same_sentence(e, x->a.proof, d->b.proof) || pairs_same_sentence(e, x->b.proof, d->a.proof) ||
		    pairs_same_sentence(e, x->b.proof, d->b.proof))
			found = STANDS_IN;
	}
	return found;
}

/* How sure the answer must be: by what real news brings, in which next to nothing is a contradiction. Where rules see the difference, less so. */
static const float sure_enough[] = { [SR_CONFLICT_QUANTITY] = 0.5f, [SR_CONFLICT_DATE] = 0.5f, [SR_CONFLICT_DENIAL] = 1.2f, [SR_CONFLICT_BLAME] = 1.0f, [SR_CONFLICT_STATE] = 1.5f };
#define OF_ONE_PAGE 2.0f /* more, where one page tells both: it would say so itself, and mostly tells two things */

static bool is_sure(const field *f, const chosen *x)
{
	const sr_evidence *e = f->e;
	bool one_page = e->proofs[x->candidate->a].claim.doc == e->proofs[x->candidate->b].claim.doc;
	return x->answer->contradict > sure_enough[x->answer->kind] + (one_page ? OF_ONE_PAGE : 0);
}

static bool is_plain_deed(const sr_evidence *e, const use *u) { return sr_terms_kind(e->terms, u->term) == SR_TERM_CONCEPT && sr_terms_is_weak(e->terms, u->term); }

/* Who "entered" may have "left" since: two plain deeds of one are no opposites. */
static bool one_after_the_other(const sr_evidence *e, const account *x, const account *y)
{
	return x->root && y->root && x->root->term != y->root->term && is_plain_deed(e, x->root) && is_plain_deed(e, y->root) && !sr_terms_opposite(e->terms, x->root->term, y->root->term);
}

/* "Died in the night", "was found dead": the same is told of somebody, in other words. */
static bool tells_the_same(const sr_evidence *e, const account *x, const account *y)
{
	return x->root && y->root && x->root->term == y->root->term && x->negative == y->negative && sr_terms_kind(e->terms, x->root->term) == SR_TERM_CONCEPT;
}

/* "Seven were arrested", "none was on Thursday": what is negated is not what was so then. */
static bool negated_of_another_time(const field *f, const account *x, const account *y)
{
	const account *told = x->negative ? y : x, *negated = x->negative ? x : y;
	return x->negative != y->negative && !pairs_denied_of_then(f->e, &f->e->proofs[told->proof], &f->e->proofs[negated->proof]);
}

/* The words that it turns on. What is said to differ in a number, a time or a negation differs so as rules see it, or the answer is beyond
 * doubt and nothing tells against it. */
static bool find_difference(const field *f, const sr_nli_answer *answer, const account *x, const account *y, difference *out)
{
	double features[SR_CANDIDATE_FEATURES];
	judge_read(f->e, x, y, features);
	bool since = features[JUDGE_DAYS] > 0; /* "nobody answered on Monday", "on Tuesday" */
	bool certain = answer->contradict > CERTAIN;
	switch (answer->kind) {
	case SR_CONFLICT_QUANTITY:
		return differ_in_number(f->e, x, y, features, out) || (certain && !since && differ_in_figures(f->e, x, y));
	case SR_CONFLICT_DATE: /* of one deed, or of one thing */
		return ((certain && !features[JUDGE_OTHER_WHO]) || features[JUDGE_ROOT] + features[JUDGE_WHO] + features[JUDGE_WHAT] > 0 || features[JUDGE_LIKE] >= OF_ONE_MATTER) && differ_in_time(f->e, x, y, features, out);
	case SR_CONFLICT_DENIAL:
		return !since && (differ_in_negation(f->e, x, y, features, out) || (certain && !negated_of_another_time(f, x, y)));
	case SR_CONFLICT_BLAME: /* a page that blames one, and nobody else, twice */
		return !features[JUDGE_PAGE] || features[JUDGE_APART] + features[JUDGE_ONE_APART] > 0;
	default:
		(void)differ_in_opposites(f->e, x, y, features, out);
		return !since && (certain || (features[JUDGE_OPPOSITE] != WEAK_OPPOSITES && !opposed_in_passing(f->e, x, y) && !tells_the_same(f->e, x, y))) && !one_after_the_other(f->e, x, y);
	}
}

/* "She attended", "she had stayed away": a denial in no word of it is one of two states. */
static sr_conflict_kind kind_of(const account *x, const account *y, const sr_nli_answer *answer)
{
	return answer->kind == SR_CONFLICT_DENIAL && !x->negative && !y->negative ? SR_CONFLICT_STATE : answer->kind;
}

/* A pair that was told to be a contradiction; without words that it turns on, the claims as a whole. */
static sr_status add(field *f, const sr_candidate *c, const sr_nli_answer *answer)
{
	const account *x = account_in(f, c->a), *y = account_in(f, c->b);
	difference d = { .key = PAIRS_JUDGED_KEY, .a = pairs_whole(f->e, c->a), .b = pairs_whole(f->e, c->b) };
	if (!find_difference(f, answer, x, y, &d))
		return SR_OK;
	sr_conflict_kind kind = kind_of(x, y, answer);
	standing at = standing_of(f, kind, &d);
	if (at == STANDS_IN)
		return SR_OK;
	if (at == STANDS_TURNED)
		d = (difference){ .key = d.key, .a = d.b, .b = d.a };
	return pairs_add(f->found, kind, d.key, d.a, d.b, answer->contradict);
}

sr_status pairs_from_candidates(pairs *p)
{
	field f = { .e = p->e, .found = p, .least = JUDGE_LEAST };
	questions q;
	if (!p->nli)
		return SR_OK;
	SR_TRY(find(&f));
	SR_TRY(choose(&f, &q));
	SR_TRY(questions_ask(&q));
	if (f.chosen.count)
		qsort(f.chosen.items, f.chosen.count, sizeof *f.chosen.items, by_answer);
	for (size_t i = 0; i < f.chosen.count; i++) {
		if (is_sure(&f, &f.chosen.items[i]))
			SR_TRY(add(&f, f.chosen.items[i].candidate, f.chosen.items[i].answer));
	}
	return SR_OK;
}

sr_status sr_conflict_candidates(sr_evidence *evidence, sr_candidate **out, size_t *count, sr_error *err)
{
	pairs p = { .e = evidence };
	field f = { .e = evidence, .found = &p, .least = -INFINITY };
	sr_status status = find(&f);
	*out = f.out.items;
	*count = f.out.count;
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
