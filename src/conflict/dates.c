/* The same event on different days. */
#include "pairs.h"
#include "words.h"

#define HEAD_ITEMS 3u
#define DAYS_APART_MAX 45
#define DECLARED_TRIED_MAX 1000000u /* pairs: of a thousand declarations and more, which no story has */

/* What gives the proof's day: an expression, or the entry of a timeline that the sentence stands in (then its first
 * letter). Empty if nothing does. */
static sr_span day_of(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	sr_span sentence = p->claim.sentence_span;
	for (size_t i = sr_reading_time_from(r, sentence.start); i < r->time_count && r->times[i].span.start < sentence.end; i++) {
		const sr_timex *t = &r->times[i];
		if (sr_span_has(sentence, t->span) && t->begin.precision == SR_PRECISION_DAY
		    && sr_time_cmp(t->begin, p->claim.when) == 0)
			return t->span;
	}
	const sr_block *b = sr_document_block_at(r->doc, sentence.start);
	bool entry = b && b->kind == SR_BLOCK_EVENT && sr_time_cmp(b->time, p->claim.when) == 0;
	return entry ? (sr_span){ p->claim.span.start, p->claim.span.start + 1 } : (sr_span){ 0, 0 };
}

/* "declared", "announced": what is done by saying it is done once. */
static bool is_declared(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_attribution *a = &r->attributions[p->claim.attribution];
	return a->cue.count && !(dispute_words_in(r, p->claim.sentence_span) & AGAIN_WORD) &&
	       sr_terms_mentions(e->terms, r, a->cue.items[0], SR_STR("announce"));
}

/* The same speaker (both are his) declares (both are declared) the same thing: that is one event. */
static bool same_event(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	size_t shared = 0;
	bool strong = false;
	for (size_t i = 0; i < a->item_count && i < HEAD_ITEMS; i++)
		for (size_t k = 0; k < b->item_count && k < HEAD_ITEMS; k++)
			if (a->items[i].term == b->items[k].term) {
				shared++;
				strong |= sr_terms_kind(e->terms, a->items[i].term) == SR_TERM_CONCEPT && !sr_terms_is_weak(e->terms, a->items[i].term);
				break;
			}
	return strong && shared >= 2;
}

static bool usable(const sr_evidence *e, const sr_proof *p)
{
	return p->party && sr_proof_attributed(p) && !p->caption && !p->heading && p->claim.when_stated && p->claim.when.precision == SR_PRECISION_DAY
	       && !sr_time_known(p->claim.until) && p->sentence.count >= 4 && is_declared(e, p);
}

/* The proofs that can be one of a pair, in order. */
static sr_status gather(const sr_evidence *e, uint32_t **out, size_t *count)
{
	uint32_t *items = SR_NEW_ARRAY(e->arena, uint32_t, e->proof_count);
	size_t n = 0;
	if (!items)
		return SR_E_NOMEM;
	for (size_t i = 0; i < e->proof_count; i++)
		if (usable(e, &e->proofs[i]))
			items[n++] = (uint32_t)i;
	*out = items;
	*count = n;
	return SR_OK;
}

sr_status pairs_from_dates(pairs *p)
{
	sr_evidence *e = p->e;
	uint32_t *items;
	size_t count, tried = 0;
	SR_TRY(gather(e, &items, &count));
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++) {
			const sr_proof *a = &e->proofs[items[i]], *b = &e->proofs[items[k]];
			if (++tried > DECLARED_TRIED_MAX)
				return SR_OK;
			if (a->party != b->party)
				continue;
			int32_t apart = pairs_day(a->claim.when) - pairs_day(b->claim.when);
			if (!apart || apart > DAYS_APART_MAX || apart < -DAYS_APART_MAX || !same_event(e, a, b))
				continue;
			sr_span x = day_of(e, a), y = day_of(e, b);
			if (!sr_span_empty(x) && !sr_span_empty(y))
				SR_TRY(pairs_add(p, SR_CONFLICT_DATE, PAIRS_DAY_KEY, pairs_at(items[i], x), pairs_at(items[k], y), 3.0));
		}
	return SR_OK;
}
