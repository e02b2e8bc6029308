/* One event at two times of one day. Two accounts speak of one event if the verbs that their clock times belong
 * to say the same, of the same thing; or if they stand in a section whose heading says that the hour is
 * disputed, and of what. */
#include "pairs.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#include <stdlib.h>

#define MINUTES_APART 10
#define CLIMB_MAX 6
#define CLOCKS_MAX 200u
#define ARGUMENT_NEAR 3u
#define DAYS_UNNAMED 2
#define DAY_LETTERS 3u /* in a row: "May", "Friday", and not "a.m." */

typedef struct clock_use {
	uint32_t proof;
	const sr_timex *timex;
	int minute;       /* of the day */
	uint32_t concept; /* of the verb that the time belongs to; UINT32_MAX none */
	uint32_t item;    /* of that verb, in the proof */
	bool dated;       /* its sentence names the day */
	size_t dispute;   /* block of the heading that says so, or SIZE_MAX */
} clock_use;

typedef SR_VEC(clock_use) clock_uses;

static bool is_concept(const sr_evidence *e, uint32_t term) { return sr_terms_kind(e->terms, term) == SR_TERM_CONCEPT; }

/* The concept of the nearest verb above the time. */
static void find_concept(const sr_evidence *e, clock_use *u)
{
	const sr_proof *p = &e->proofs[u->proof];
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	size_t i = s->first_token, end = i + s->token_count;
	u->concept = UINT32_MAX;
	while (i < end && r->tokens[i].span.end <= u->timex->span.start)
		i++;
	for (int steps = 0; steps < CLIMB_MAX && i < end && r->tokens[i].upos != SR_UPOS_VERB && r->tokens[i].head >= 0; steps++)
		i = s->first_token + (size_t)r->tokens[i].head;
	for (uint32_t k = 0; k < p->item_count; k++)
		if (p->items[k].token == i && is_concept(e, p->items[k].term) && !p->items[k].negated && !p->items[k].unreal) {
			u->concept = p->items[k].term;
			u->item = k;
		}
}

/* The block of the heading above that says that the hour is disputed. */
static size_t disputed_under(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_document *doc = e->docs[p->claim.doc];
	size_t b = r->sentences[p->claim.sentence].block;
	while (b < doc->block_count && doc->blocks[b].kind != SR_BLOCK_HEADING && b > 0)
		b--;
	if (b >= doc->block_count || doc->blocks[b].kind != SR_BLOCK_HEADING)
		return SIZE_MAX;
	unsigned said = dispute_words_in(r, doc->blocks[b].span);
	return (said & DISPUTE_WORD) && (said & HOUR_WORD) ? b : SIZE_MAX;
}

/* "after 4:20 a.m.": that hour is not when it happened. */
static bool is_bound(const sr_reading *r, const sr_timex *t)
{
	size_t k = sr_reading_sentence_at(r, t->span.start);
	size_t i = k == SIZE_MAX ? 0 : r->sentences[k].first_token;
	while (i + 1 < r->token_count && r->tokens[i + 1].span.start < t->span.start)
		i++;
	return k != SIZE_MAX && (dispute_words_in(r, r->tokens[i].span) & BOUND_WORD);
}

/* The sentence says of which day the hour is. */
static bool names_day(const sr_evidence *e, const clock_use *u)
{
	const sr_reading *r = e->readings[e->proofs[u->proof].claim.doc];
	sr_span sentence = e->proofs[u->proof].claim.sentence_span;
	size_t letters = 0;
	for (size_t i = sr_reading_time_from(r, sentence.start); i < r->time_count && r->times[i].span.start < sentence.end; i++)
		if (r->times[i].type == SR_TIMEX_DATE)
			return true;
	for (uint32_t i = u->timex->span.start; i < u->timex->span.end && letters < DAY_LETTERS; i++) /* "Saturday at 2 a.m." is one expression */
		letters = sr_is_alpha((unsigned char)r->doc->text.ptr[i]) ? letters + 1 : 0;
	return letters == DAY_LETTERS;
}

static sr_status gather(const sr_evidence *e, clock_uses *out)
{
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *p = &e->proofs[i];
		const sr_reading *r = e->readings[p->claim.doc];
		if (p->caption || p->heading || !sr_proof_attributed(p))
			continue;
		for (size_t k = 0; k < r->time_count && out->count < CLOCKS_MAX; k++) {
			const sr_timex *t = &r->times[k];
			if (t->type != SR_TIMEX_TIME || t->begin.precision < SR_PRECISION_MINUTE || !sr_span_has(p->claim.span, t->span) || is_bound(r, t))
				continue;
			clock_use *u = SR_PUSH(e->arena, out);
			if (!u)
				return SR_E_NOMEM;
			*u = (clock_use){ .proof = (uint32_t)i, .timex = t, .minute = t->begin.hour * 60 + t->begin.minute, .dispute = disputed_under(e, p) };
			u->dated = names_day(e, u);
			find_concept(e, u);
		}
	}
	return SR_OK;
}

/* A thing that both name close to the verb; two where the verb says little ("left", "began"). */
static bool share_argument(const sr_evidence *e, const clock_use *x, const clock_use *y)
{
	const sr_proof *a = &e->proofs[x->proof], *b = &e->proofs[y->proof];
	size_t shared = 0, enough = sr_terms_is_weak(e->terms, x->concept) ? 2 : 1;
	for (uint32_t i = x->item > ARGUMENT_NEAR ? x->item - ARGUMENT_NEAR : 0; i < a->item_count && i <= x->item + ARGUMENT_NEAR; i++)
		for (uint32_t k = y->item > ARGUMENT_NEAR ? y->item - ARGUMENT_NEAR : 0; k < b->item_count && k <= y->item + ARGUMENT_NEAR; k++)
			if (i != x->item && k != y->item && a->items[i].term == b->items[k].term && sr_terms_kind(e->terms, a->items[i].term) != SR_TERM_NUMBER)
				shared++;
	return shared >= enough;
}

/* An hour alone is of the day that is spoken of, whichever that is. */
static bool same_day(const clock_use *x, const clock_use *y)
{
	int32_t a = pairs_day(x->timex->begin), b = pairs_day(y->timex->begin);
	return a == b || (!(x->dated && y->dated) && a - b <= DAYS_UNNAMED && b - a <= DAYS_UNNAMED);
}

/* Under one heading about a disputed hour: that of the one is the hour that the heading speaks of. */
static bool disputed_hour(const sr_evidence *e, const clock_use *x, const clock_use *y)
{
	const sr_proof *p = &e->proofs[x->proof];
	if (x->dispute == SIZE_MAX || x->dispute != y->dispute || p->claim.doc != e->proofs[y->proof].claim.doc || x->concept == UINT32_MAX)
		return false;
	return sr_terms_mentions(e->terms, e->readings[p->claim.doc], e->docs[p->claim.doc]->blocks[x->dispute].span,
	                         sr_terms_name(e->terms, x->concept));
}

static sr_status add(pairs *p, const clock_use *x, const clock_use *y)
{
	return pairs_add(p, SR_CONFLICT_DATE, PAIRS_CLOCK_KEY | x->concept, pairs_at(x->proof, x->timex->span), pairs_at(y->proof, y->timex->span), 3.0);
}

/* Who else gives that hour for it. */
static sr_status add_others(pairs *p, const clock_uses *all, const clock_use *x, const clock_use *y)
{
	SR_TRY(add(p, x, y));
	for (size_t i = 0; i < all->count; i++) {
		const clock_use *o = &all->items[i];
		if (o != x && o->minute == x->minute && o->concept == x->concept && same_day(o, x) && o->proof != y->proof &&
		    pairs_comparable(p->e, &p->e->proofs[o->proof], &p->e->proofs[y->proof]))
			SR_TRY(add(p, o, y));
	}
	return SR_OK;
}

sr_status pairs_from_clocks(pairs *p)
{
	clock_uses u = { 0 };
	SR_TRY(gather(p->e, &u));
	for (size_t i = 0; i < u.count; i++)
		for (size_t k = 0; k < u.count; k++) {
			const clock_use *x = &u.items[i], *y = &u.items[k];
			if (abs(x->minute - y->minute) <= MINUTES_APART || !same_day(x, y) ||
			    !pairs_comparable(p->e, &p->e->proofs[x->proof], &p->e->proofs[y->proof]))
				continue;
			if (i < k && x->concept != UINT32_MAX && x->concept == y->concept && share_argument(p->e, x, y))
				SR_TRY(add(p, x, y));
			else if (x->concept != y->concept && disputed_hour(p->e, x, y))
				SR_TRY(add_others(p, &u, x, y));
		}
	return SR_OK;
}
