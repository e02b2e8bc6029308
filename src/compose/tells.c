/* Which claims tell an event of their day: the day is that of what the sentence states, and it does state something. */
#include "composer.h"

/* The verb is one of the sentence's own, or (said) that of what somebody says in it. */
static bool states_itself(const sr_reading *r, const sr_sentence *s, uint32_t i, bool said)
{
	for (uint32_t steps = 0; r->tokens[i].head >= 0; steps++) {
		uint8_t d = r->tokens[i].deprel;
		if (steps == s->token_count || !(d == SR_DEPREL_conj || (said && (d == SR_DEPREL_ccomp || d == SR_DEPREL_parataxis))))
			return false;
		i = s->first_token + (uint32_t)r->tokens[i].head;
	}
	return true;
}

/* "The 2031 election", "knew of a June 2031 meeting": a date that only names a thing dates what is done with it if that hangs on
 * the verb itself ("held a Sunday meeting"); of a year it must be the time of it ("won in the 2031 election"). */
static bool names_thing(const sr_reading *r, const sr_sentence *s, const sr_timex *t, bool year)
{
	uint32_t i = sr_reading_token_at(r, t->span.start), next = sr_reading_token_at(r, t->span.end);
	if (i == s->first_token || next >= s->first_token + s->token_count || (year && r->tokens[i - 1].upos == SR_UPOS_ADP))
		return false;
	const sr_token *thing = NULL; /* what the expression hangs on */
	for (uint32_t k = i; r->tokens[k].head >= 0 && (!thing || sr_span_has(t->span, thing->span)); k = s->first_token + (uint32_t)r->tokens[k].head)
		thing = &r->tokens[s->first_token + (uint32_t)r->tokens[k].head];
	bool behind = thing && thing->span.start >= t->span.end && (thing->upos == SR_UPOS_NOUN || thing->upos == SR_UPOS_PROPN);
	uint8_t upos = r->tokens[next].upos;
	if (year ? !(upos == SR_UPOS_NOUN || upos == SR_UPOS_PROPN || upos == SR_UPOS_ADJ) : !behind)
		return false;
	uint32_t verb = thing && thing->head >= 0 ? s->first_token + (uint32_t)thing->head : UINT32_MAX;
	bool of_root = verb != UINT32_MAX && states_itself(r, s, verb, !year);
	bool part = thing && (thing->deprel == SR_DEPREL_obl || (!year && (thing->deprel == SR_DEPREL_nsubj || thing->deprel == SR_DEPREL_obj)));
	return !(of_root && part);
}

static bool date_names_thing(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (size_t k = sr_reading_time_from(r, s->span.start); k < r->time_count && r->times[k].span.start < s->span.end; k++)
		if (sr_span_has(s->span, r->times[k].span) && sr_time_cmp(r->times[k].begin, p->claim.when) == 0 &&
		    names_thing(r, s, &r->times[k], p->claim.when.precision == SR_PRECISION_YEAR))
			return true;
	return false;
}

static bool has_child(const sr_reading *r, const sr_sentence *s, uint32_t i, uint8_t deprel)
{
	for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++)
		if (r->tokens[k].head == (int32_t)(i - s->first_token) && r->tokens[k].deprel == deprel)
			return true;
	return false;
}

/* "They buried a teacher, who died on 12 March": the day is not that of the burial. */
static bool dates_relative_clause(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (size_t k = sr_reading_time_from(r, s->span.start); k < r->time_count && r->times[k].span.start < s->span.end; k++) {
		if (!sr_span_has(p->claim.span, r->times[k].span) || sr_time_cmp(r->times[k].begin, p->claim.when) != 0)
			continue;
		uint32_t i = sr_reading_token_at(r, r->times[k].span.start);
		for (uint32_t steps = 0; steps < s->token_count && r->tokens[i].head >= 0; steps++) {
			if (r->tokens[i].deprel == SR_DEPREL_acl && has_child(r, s, i, SR_DEPREL_nsubj) && !has_child(r, s, i, SR_DEPREL_mark))
				return true;
			i = s->first_token + (uint32_t)r->tokens[i].head;
		}
		return false;
	}
	return false;
}

bool composer_tells(const void *ctx, const sr_proof *p)
{
	const composer *c = ctx;
	const sr_block *b = sr_document_block_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	if (b && b->kind == SR_BLOCK_EVENT)
		return true;
	if (sr_str_ends(composer_text(c, p, p->claim.sentence_span), SR_STR("?")) || !composer_balanced(composer_text(c, p, p->claim.sentence_span)))
		return false;
	if (composer_posted(c, p) || !composer_is_sentence(c, p) || date_names_thing(c, p) || dates_relative_clause(c, p)) /* the day of a post is that of the saying */
		return false;
	/* somebody's words that do not say whose they are tell no event by themselves */
	const sr_attribution *a = sr_proof_attributed(p) ? &c->e.readings[p->claim.doc]->attributions[p->claim.attribution] : NULL;
	return !(a && a->source.count && !composer_shows_speaker(c, p)) && composer_states(c, p, composer_trim(c, p, p->claim.sentence_span)) &&
	       !composer_leans(c, p, p->claim.sentence_span);
}
