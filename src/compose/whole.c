/* Whether a part of a sentence is a whole statement. */
#include "composer.h"
#include "words.h"

bool composer_is_predicate(const sr_reading *r, const sr_sentence *s, uint32_t i)
{
	if (r->tokens[i].upos == SR_UPOS_VERB)
		return true;
	for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++)
		if (r->tokens[k].head == (int32_t)(i - s->first_token) && (r->tokens[k].deprel == SR_DEPREL_nsubj || r->tokens[k].deprel == SR_DEPREL_cop))
			return true;
	return false;
}

/* The first token of the span that hangs on nothing in it, or UINT32_MAX. */
static uint32_t top_of(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (sr_span_has(span, r->tokens[i].span) && r->tokens[i].deprel != SR_DEPREL_punct &&
		    (r->tokens[i].head < 0 || !sr_span_has(span, r->tokens[s->first_token + (uint32_t)r->tokens[i].head].span)))
			return i;
	return UINT32_MAX;
}

bool composer_states(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t top = top_of(r, s, span);
	return top != UINT32_MAX && (r->tokens[top].head == -2 || composer_is_predicate(r, s, top)); /* -2: not parsed */
}

/* "Said that reaction was |": a word of the span leads to one that was cut off behind it. */
static bool leads_on(const sr_reading *r, const sr_sentence *s, sr_span span, uint32_t top)
{
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i];
		if (i == top || t->head < 0 || t->upos == SR_UPOS_PUNCT || !sr_span_has(span, t->span))
			continue;
		if (r->tokens[s->first_token + (uint32_t)t->head].span.start >= span.end)
			return true;
	}
	return false;
}

static bool is_dash(sr_str w) { return sr_str_eq(w, SR_STR("--")) || sr_str_eq(w, SR_STR("\xE2\x80\x94")) || sr_str_eq(w, SR_STR("\xE2\x80\x93")); }

/* "Not only has the yard failed |", "three people -- the mayor |": what is begun is ended behind the span. */
bool composer_breaks_off(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	bool only = false, but = false, aside = false, closed = false;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		bool in = sr_span_has(span, r->tokens[i].span), behind = r->tokens[i].span.start >= span.end;
		only |= in && i > s->first_token && sr_str_eq(w, SR_STR("only")) && sr_str_eq_nocase(sr_span_of(r->doc->text, r->tokens[i - 1].span), SR_STR("not"));
		but |= !in && behind && sr_str_eq(w, SR_STR("but"));
		aside ^= in && is_dash(w);
		closed |= behind && is_dash(w);
	}
	return (only && but) || (aside && closed);
}

bool composer_complete(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t top = top_of(r, s, span);
	if (top == UINT32_MAX || r->tokens[top].head == -2)
		return true; /* not parsed */
	if (leads_on(r, s, span, top) || composer_breaks_off(r, s, span))
		return false;
	if (r->tokens[top].head < 0)
		return true;
	if (r->tokens[top].deprel == SR_DEPREL_acl || r->tokens[top].deprel == SR_DEPREL_amod) /* "which the mayor called a shame" */
		return false;
	bool subject = false;
	for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++) {
		if (r->tokens[k].head != (int32_t)(top - s->first_token) || !sr_span_has(span, r->tokens[k].span))
			continue;
		bool when = k < top && r->tokens[k].deprel == SR_DEPREL_advmod && words_has(WORDS_JOINT, sr_span_of(r->doc->text, r->tokens[k].span));
		if (r->tokens[k].deprel == SR_DEPREL_mark || when)
			return false;
		subject = subject || r->tokens[k].deprel == SR_DEPREL_nsubj;
	}
	return subject && composer_is_predicate(r, s, top);
}

bool composer_hangs(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, span.start);
	return first > r->sentences[p->claim.sentence].first_token && first < r->token_count &&
	       words_has(WORDS_HANGING, sr_span_of(r->doc->text, r->tokens[first - 1].span));
}
