/* What the one who denies says instead: "The yard denied the charge. It said that a storm had broken the gate." A denial that does not
 * tell what it denies says nothing by itself; what its speaker says next, before anybody else speaks, is what he holds. */
#include "pairs.h"
#include "words.h"

#define REPLY_NEAR 2u /* sentences */
#define REPLY_TRIED_MAX 8u
#define SPOKEN_FOR_MIN 3u /* bytes of a name that tell whose spokesman it is */

/* An account of something, and not one more denial ("that is not true"), a wish or what may come. */
static bool tells(const sr_evidence *e, const sr_proof *q)
{
	const sr_reading *r = e->readings[q->claim.doc];
	sr_stance s = q->claim.stance;
	bool account = s == SR_STANCE_SAYS || s == SR_STANCE_CONFIRMS || s == SR_STANCE_ACCUSES, verb = s == SR_STANCE_ACCUSES;
	unsigned mood = account ? pairs_mood(e, q) : 0;
	for (uint32_t i = sr_reading_token_at(r, q->claim.span.start); account && i < r->token_count && r->tokens[i].span.start < q->claim.span.end; i++)
		verb |= r->tokens[i].upos == SR_UPOS_VERB || r->tokens[i].upos == SR_UPOS_AUX;
	return account && verb && q->item_count && !(pairs_root_classes(e, q) & UNTRUE_WORD) && !q->heading && !q->caption && !pairs_asks(e, q) && !(mood & WISH_WORD) &&
	       (!(mood & OPEN_WORD) || q->claim.negated);
}

/* "The bank rejects this": its spokesman, "bank spokesman Karl Ewers", says why. */
static bool speaks_for(const sr_claim *q, const sr_claim *d)
{
	sr_str rest = d->speaker, word, last = { 0 };
	while (sr_str_next_field(&rest, ' ', &word))
		last = word;
	return sr_str_find_nocase(q->role, SR_STR("spokes"), 0) != SIZE_MAX && last.len >= SPOKEN_FOR_MIN && sr_str_find_nocase(q->role, last, 0) != SIZE_MAX;
}

uint32_t pairs_reply(const sr_evidence *e, size_t denial)
{
	const sr_proof *d = &e->proofs[denial];
	const sr_document *doc = e->docs[d->claim.doc];
	const sr_block *here = sr_document_block_at(doc, d->claim.span.start);
	for (size_t i = denial + 1; i < e->first_proof[d->claim.doc + 1] && i <= denial + REPLY_TRIED_MAX; i++) {
		const sr_proof *q = &e->proofs[i];
		const sr_block *there = sr_document_block_at(doc, q->claim.span.start);
		if (q->claim.sentence - d->claim.sentence > REPLY_NEAR || (here && there && here->group != there->group))
			break;
		if (!sr_proof_attributed(q) || sr_span_overlap(d->claim.span, q->claim.span))
			continue;
		if (!q->party || !d->party || (q->party != d->party && !pairs_same_voice(&q->claim, &d->claim) && !speaks_for(&q->claim, &d->claim)))
			break;
		if (tells(e, q))
			return (uint32_t)i + 1;
	}
	return 0;
}
