/* What bears a claim: its passage, its cites, its origins. */
#include "composer.h"

#define SAME_STATEMENT 0.55
#define WITNESSES_MAX 6u
#define BEARING_MAX 1200u
#define NEAR_BYTES 300u

sr_status composer_cites(const composer *c, const sr_cite *items, size_t count, sr_cites *out)
{
	out->items = SR_NEW_ARRAY(c->arena, sr_cite, count);
	out->count = count;
	if (!out->items)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++)
		out->items[i] = items[i];
	return SR_OK;
}

sr_status composer_cite_one(const composer *c, const sr_proof *p, sr_span span, sr_cites *out)
{
	sr_cite cite = { .source = p->claim.doc + 1, .span = span };
	return composer_cites(c, &cite, 1, out);
}

/* The proof's sentence, widened to those of its paragraph that name the speaker and the cue. */
sr_span composer_bearing(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span out = p->claim.sentence_span;
	if (!sr_proof_attributed(p))
		return out;
	const sr_attribution *a = &r->attributions[p->claim.attribution];
	uint32_t block = r->sentences[p->claim.sentence].block;
	for (size_t i = 0; i < a->source.count + a->cue.count; i++) {
		sr_span part = i < a->source.count ? a->source.items[i] : a->cue.items[i - a->source.count];
		size_t k = sr_reading_sentence_at(r, part.start);
		if (k == SIZE_MAX || r->sentences[k].block != block)
			continue;
		sr_span s = r->sentences[k].span;
		sr_span wide = { s.start < out.start ? s.start : out.start, s.end > out.end ? s.end : out.end };
		if (wide.end - wide.start <= BEARING_MAX)
			out = wide;
	}
	return out;
}

sr_span composer_bearing_part(const composer *c, const sr_proof *p, sr_span part)
{
	sr_span whole = composer_bearing(c, p), out = part;
	if (!sr_proof_attributed(p))
		return part;
	const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
	for (size_t i = 0; i < a->source.count + a->cue.count; i++) {
		sr_span s = i < a->source.count ? a->source.items[i] : a->cue.items[i - a->source.count];
		if (!sr_span_has(whole, s))
			continue;
		out.start = s.start < out.start ? s.start : out.start;
		out.end = s.end > out.end ? s.end : out.end;
	}
	return composer_trim(c, p, out);
}

sr_str composer_if_near(const composer *c, const sr_proof *p, sr_str words)
{
	sr_span at = composer_bearing(c, p);
	uint32_t from = at.start > NEAR_BYTES ? at.start - NEAR_BYTES : 0;
	sr_str around = sr_span_of(c->e.docs[p->claim.doc]->text, (sr_span){ from, at.end });
	return sr_str_find_nocase(around, words, 0) != SIZE_MAX ? words : (sr_str){ 0 };
}

sr_str composer_via(const composer *c, const sr_proof *p)
{
	const sr_relay *relay = sr_document_relay_at(c->e.docs[p->claim.doc], p->claim.span.start);
	return relay && sr_str_eq(relay->publisher, p->claim.via) ? p->claim.via : composer_if_near(c, p, p->claim.via);
}

uint32_t composer_origins(const composer *c, const uint32_t *proofs, size_t count)
{
	uint32_t n = 0;
	for (size_t i = 0; i < count; i++) {
		bool seen = false;
		for (size_t k = 0; k < i && !seen; k++)
			seen = c->e.proofs[proofs[k]].origin == c->e.proofs[proofs[i]].origin;
		n += !seen;
	}
	return n;
}

static bool word_stands(const sr_reading *r, const sr_sentence *s, sr_str form, sr_str lemma)
{
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (sr_str_eq_nocase(sr_span_of(r->doc->text, r->tokens[i].span), form) || sr_str_eq_nocase(r->tokens[i].lemma, lemma))
			return true;
	return false;
}

static bool same_bound(double a, double b) { return a >= b && a <= b; }

/* The quantity that holds the number stands in the other sentence too, "26" as "twenty-six". */
static bool number_stands(const sr_reading *r, sr_span number, const sr_reading *other, sr_span in)
{
	size_t i = sr_reading_quantity_from(r, number.start);
	if (i == r->quantity_count || !sr_span_has(r->quantities[i].span, number))
		return false;
	const sr_quantity *q = &r->quantities[i];
	for (size_t k = sr_reading_quantity_from(other, in.start); k < other->quantity_count && other->quantities[k].span.start < in.end; k++)
		if (same_bound(q->low, other->quantities[k].low) && same_bound(q->high, other->quantities[k].high))
			return true;
	return false;
}

/* A denial bears out no claim, nor a doubt what is stated; and what one side claims is not what another does. */
static bool same_stand(const sr_proof *p, const sr_proof *q)
{
	return composer_denies(p) == composer_denies(q) && p->claim.negated == q->claim.negated && p->claim.certainty == q->claim.certainty;
}

/* "Brunt told the Herald", before words that the other page gives her too. */
static bool names_speaker(const sr_reading *r, const sr_proof *p, const sr_proof *other, sr_span name)
{
	const sr_attribution *a = sr_proof_attributed(p) && p->party && p->party == other->party ? &r->attributions[p->claim.attribution] : NULL;
	for (size_t i = 0; a && i < a->source.count; i++)
		if (sr_span_has(a->source.items[i], name))
			return true;
	return false;
}

bool composer_says_too(const composer *c, const sr_proof *p, sr_span shown, const sr_proof *other)
{
	if (!same_stand(p, other))
		return false;
	const sr_reading *r = c->e.readings[p->claim.doc], *o = c->e.readings[other->claim.doc];
	const sr_sentence *in = &o->sentences[other->claim.sentence];
	for (uint32_t i = sr_reading_token_at(r, shown.start); i < r->token_count && r->tokens[i].span.end <= shown.end; i++) {
		const sr_token *t = &r->tokens[i];
		bool ends = i + 1 == r->token_count || r->tokens[i + 1].upos != SR_UPOS_PROPN;
		bool name = t->upos == SR_UPOS_PROPN && ends && !names_speaker(r, p, other, t->span);
		bool number = t->upos == SR_UPOS_NUM;
		bool quoted = (t->upos == SR_UPOS_NOUN || t->upos == SR_UPOS_VERB || t->upos == SR_UPOS_ADJ) && composer_in_quotes(r->doc->text, shown, t->span.start);
		if ((name || number || quoted) && !word_stands(o, in, sr_span_of(r->doc->text, t->span), t->lemma) && !(number && number_stands(r, t->span, o, in->span)))
			return false;
	}
	return true;
}

sr_status composer_witnesses(const composer *c, size_t proof, sr_span shown, sr_cites *out)
{
	const sr_proof *p = &c->e.proofs[proof];
	sr_cite cites[WITNESSES_MAX] = { { p->claim.doc + 1, shown } };
	size_t count = 1;
	sr_terms_probe_set(c->probe, p->sentence);
	for (size_t i = 0; i < c->e.proof_count && count < WITNESSES_MAX; i++) {
		const sr_proof *q = &c->e.proofs[i];
		bool seen = q->caption || q->heading;
		for (size_t k = 0; k < count && !seen; k++)
			seen = cites[k].source == q->claim.doc + 1;
		if (!seen && sr_terms_probe_cosine(c->probe, q->sentence, q->norm) >= SAME_STATEMENT && composer_says_too(c, p, shown, q))
			cites[count++] = (sr_cite){ q->claim.doc + 1, q->claim.sentence_span };
	}
	return composer_cites(c, cites, count, out);
}
