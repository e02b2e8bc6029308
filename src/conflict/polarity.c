/* Denials: what one claim states and another negates or denies, of the same doer and the same thing. */
#include "pairs.h"
#include "words.h"

#include <stdlib.h>

#define DAYS_APART_MAX 1
#define SURELY_LIKE 0.5 /* likeness of two sentences that are of one matter, whoever their words say it of */

/* The one day that a claim tells of; INT32_MIN if it names none. */
static int32_t told_day(const sr_proof *p)
{
	const sr_claim *c = &p->claim;
	return c->when_stated && !c->said_stated && !p->open_ended && !sr_time_known(c->until) ? pairs_day(c->when) : INT32_MIN;
}

/* They tell of different days; what names none was so when it was said, unless what it is held against was said about then. */
static bool of_other_days(const sr_proof *told, const sr_proof *negated)
{
	int32_t x = told_day(told), y = told_day(negated);
	if (x == INT32_MIN && y != INT32_MIN && (!told->claim.when_stated || told->claim.said_stated)) /* "reports on Tuesday said" */
		x = pairs_day(told->claim.said);
	return x != INT32_MIN && y != INT32_MIN && (x - y > DAYS_APART_MAX || y - x > DAYS_APART_MAX);
}

/* "No gains in recent days" says nothing of gains that are told days later. */
static bool before_its_time(const sr_evidence *e, const sr_proof *told, const sr_proof *negated)
{
	int32_t x = pairs_day(told->claim.said), y = pairs_day(negated->claim.said);
	return x != INT32_MIN && y != INT32_MIN && x - y > DAYS_APART_MAX && negated->claim.stance != SR_STANCE_DENIES &&
	       (dispute_words_in(e->readings[negated->claim.doc], negated->claim.span) & LATELY_WORD);
}

bool pairs_denied_of_then(const sr_evidence *e, const sr_proof *told, const sr_proof *negated)
{
	return !of_other_days(told, negated) && !before_its_time(e, told, negated);
}

/* Who denies that nine died does not deny that five did. */
bool pairs_other_numbers(const sr_evidence *e, uint32_t told, uint32_t negated)
{
	bool other = false;
	for (size_t i = pairs_measure_from(e, told); i < e->measure_count && e->measures[i].proof == told; i++)
		for (size_t k = pairs_measure_from(e, negated); k < e->measure_count && e->measures[k].proof == negated; k++) {
			const sr_quantity *x = e->measures[i].quantity, *y = e->measures[k].quantity;
			if (!sr_measure_same(e, &e->measures[i], &e->measures[k]))
				continue;
			if (x->low <= y->high && y->low <= x->high)
				return false;
			other = true;
		}
	return other;
}

/* "Nobody else was hurt" takes back nothing. */
static bool but_for_those(const sr_evidence *e, const sr_proof *negated)
{
	return negated->claim.stance != SR_STANCE_DENIES && (dispute_words_in(e->readings[negated->claim.doc], negated->claim.span) & BESIDES_WORD);
}

static uint8_t upos_of(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	return e->readings[p->claim.doc]->tokens[p->items[u->item].token].upos;
}

static bool is_noun(const sr_evidence *e, const use *u) { return upos_of(e, u) == SR_UPOS_NOUN; }

static bool is_verb(const sr_evidence *e, const use *u) { return upos_of(e, u) == SR_UPOS_VERB; }

/* Who denies that the gate will close does not deny that it has been closed. What is told is never what may come (uses.c). */
static bool of_what_may_come(const sr_evidence *e, const use *y)
{
	const sr_proof *b = &e->proofs[y->proof];
	return b->claim.stance == SR_STANCE_DENIES && b->items[y->item].unreal && (pairs_mood(e, b) & OPEN_WORD);
}

/* Somebody by his name is nobody else. */
static bool is_named(const sr_evidence *e, const frame *f)
{
	return f->subject == UINT32_MAX || sr_terms_kind(e->terms, f->subject) == SR_TERM_NAME || sr_terms_country(e->terms, f->subject);
}

/* "A newborn has died", "no infant has died": of babies by two names, in sentences that are alike as a whole. */
static bool is_alike(const sr_evidence *e, const use *x, const use *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	bool strong = pairs_is_strong(e, x->term);
	bool own_deed = b->claim.stance == SR_STANCE_DENIES && y->frame->by_speaker;
	return strong && x->core && y->core && !own_deed && !is_named(e, x->frame) && !is_named(e, y->frame) &&
	       pairs_same_word(e, a, a->items[x->item].token, b, b->items[y->item].token) && pairs_likeness(e, a, b) >= SURELY_LIKE;
}

/* "Is responsible for killing soldiers": the word has more behind it than "is dead". */
static bool goes_on(const sr_evidence *e, const use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t at = p->items[u->item].token;
	for (uint32_t k = at + 1; k < s->first_token + s->token_count && sr_span_has(p->claim.span, r->tokens[k].span); k++)
		if (r->tokens[k].head == (int32_t)(at - s->first_token) && (r->tokens[k].deprel == SR_DEPREL_advcl || r->tokens[k].deprel == SR_DEPREL_obl || r->tokens[k].deprel == SR_DEPREL_ccomp))
			return true;
	return false;
}

/* How sure it is that both speak of the same matter; 0 for no. */
static double same_matter(const sr_evidence *e, const use *x, const use *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	frame_match m = frame_compare(e, a, x->frame, b, y->frame);
	bool alike = is_alike(e, x, y);
	if ((m.other_who && !alike) || x->frame->by_hearer || y->frame->by_hearer || of_other_days(a, b) || before_its_time(e, a, b) || of_what_may_come(e, y) || but_for_those(e, b))
		return 0;
	bool strong = pairs_is_strong(e, x->term);
	bool same_word = pairs_same_word(e, a, a->items[x->item].token, b, b->items[y->item].token);
	double base = sr_terms_idf(e->terms, x->term), content = base + sr_terms_shared(e->terms, a->content, b->content);
	/* who denies doing it does not say that it never was */
	bool core = x->core && y->core, own_deed = b->claim.stance == SR_STANCE_DENIES && y->frame->by_speaker;
	bool event = strong && same_word && !own_deed && (is_noun(e, x) || is_noun(e, y));
	/* "the worst use of gas" says not whose it was */
	bool of_whom = is_noun(e, x) && !x->frame->who.count && !x->frame->by_speaker && y->frame->who.count && b->claim.stance == SR_STANCE_DENIES;
	if ((m.other_what && !event && !alike) || of_whom || pairs_other_numbers(e, x->proof, y->proof) || pairs_denies_intent(e, a, b))
		return 0;
	if (alike || (core && !m.other_what && (strong ? m.who + m.what >= 1 : (m.who && m.what) || m.what >= 2 || m.who >= 2)))
		return content;
	/* "is dead", "is not dead" */
	if (core && same_word && m.who && !is_verb(e, x) && !x->frame->what.count && !y->frame->what.count && !(goes_on(e, x) && goes_on(e, y)))
		return content;
	/* "heard no siren", "there is no encirclement": that it was at all; "denied that the army was behind the attack" denies no attack */
	bool of_somebody = y->frame->who.count && !m.who;
	bool same_thing = same_word || (m.who + m.what >= 1 && sr_terms_implies(e->terms, x->term, y->term));
	if (strong && same_thing && !own_deed && !of_somebody && sr_term_set_common(a->sentence, b->sentence) > (m.other_what ? 2 : 1))
		return base + sr_terms_shared(e->terms, a->sentence, b->sentence);
	return 0;
}

/* The uses of one term. */
typedef struct group {
	const use *from;
	size_t count;
	bool negated; /* any of them is */
} group;

/* What is told in `told` and negated in `negated`. */
static sr_status cross(pairs *p, const group *told, const group *negated)
{
	size_t tried = 0, negatives = 0;
	const use **negative = SR_NEW_ARRAY(p->e->arena, const use *, negated->count);
	if (!negative)
		return SR_E_NOMEM;
	for (size_t k = 0; k < negated->count; k++)
		if (negated->from[k].negative)
			negative[negatives++] = &negated->from[k];
	for (size_t i = 0; i < told->count; i++)
		for (size_t k = 0; k < negatives && !told->from[i].negative; k++) {
			const use *x = &told->from[i], *y = negative[k];
			if (++tried > PAIRS_TRIED_MAX)
				return SR_OK;
			if (!pairs_comparable(p->e, &p->e->proofs[x->proof], &p->e->proofs[y->proof]))
				continue;
			double strength = same_matter(p->e, x, y);
			if (strength > 0 && !pairs_rivals(p->e, &p->e->proofs[x->proof], &p->e->proofs[y->proof]))
				SR_TRY(pairs_add(p, SR_CONFLICT_DENIAL, y->term, pairs_stand(p->e, x), pairs_stand(p->e, y), strength));
		}
	return SR_OK;
}

static sr_status group_uses(const pairs *p, group **out, size_t *count)
{
	SR_VEC(group) groups = { 0 };
	for (size_t i = 0; i < p->uses.count; i++) {
		const use *u = &p->uses.items[i];
		if (!i || u->term != u[-1].term) {
			group *g = SR_PUSH(p->e->arena, &groups);
			if (!g)
				return SR_E_NOMEM;
			*g = (group){ .from = u };
		}
		groups.items[groups.count - 1].count++;
		groups.items[groups.count - 1].negated |= u->negative;
	}
	*out = groups.items;
	*count = groups.count;
	return SR_OK;
}

sr_status pairs_from_polarity(pairs *p)
{
	group *groups;
	size_t n;
	SR_TRY(pairs_gather_uses(p));
	SR_TRY(group_uses(p, &groups, &n));
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n && groups[k].negated; i++)
			if (i == k || sr_terms_implies(p->e->terms, groups[i].from->term, groups[k].from->term))
				SR_TRY(cross(p, &groups[i], &groups[k]));
	return SR_OK;
}
