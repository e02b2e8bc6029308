/* The question of a charge: not whether it was made, but whom it accuses of what. */
#include "composer.h"

/* A sentence's tokens, heads as indices within them. */
typedef struct words_tree {
	const sr_reading *r;
	const sr_sentence *s;
	const sr_token *tokens;
	uint32_t count;
} words_tree;

static bool is_word(const words_tree *t, uint32_t i, const char *word)
{
	return sr_str_eq_nocase(sr_span_of(t->r->doc->text, t->tokens[i].span), sr_str_c(word));
}

static bool below(const words_tree *t, uint32_t i, uint32_t top)
{
	return composer_below(t->r, t->s, t->s->first_token + i, t->s->first_token + top);
}

/* What hangs on `top` and stands together, from `from` on and before `end`. */
static sr_span phrase(const words_tree *t, uint32_t top, uint32_t from, uint32_t end)
{
	uint32_t last = from;
	while (last + 1 < end && below(t, last + 1, top))
		last++;
	return (sr_span){ t->tokens[from].span.start, t->tokens[last].span.end };
}

static uint32_t first_below(const words_tree *t, uint32_t top)
{
	uint32_t first = top;
	while (first > 0 && below(t, first - 1, top))
		first--;
	return first;
}

/* "Accused the yard", "the yard was accused", "the yard, accused of": whom; UINT32_MAX if nobody is named. */
static uint32_t accused_by(const words_tree *t, uint32_t verb)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (t->tokens[i].head == (int32_t)verb && (t->tokens[i].deprel == SR_DEPREL_obj || (t->tokens[i].deprel == SR_DEPREL_nsubj && t->tokens[i].passive)))
			return t->tokens[i].upos == SR_UPOS_PRON ? UINT32_MAX : i;
	bool behind = t->tokens[verb].deprel == SR_DEPREL_acl && t->tokens[verb].head >= 0 && t->tokens[verb].head < (int32_t)verb && !is_word(t, verb, "accusing");
	return behind ? (uint32_t)t->tokens[verb].head : UINT32_MAX;
}

/* Hangs on the verb, or on what does: the parse may give "of corruption" to the accused. */
static bool close_to(const words_tree *t, uint32_t i, uint32_t verb)
{
	int32_t head = t->tokens[i].head;
	return head == (int32_t)verb || (head > (int32_t)verb && (uint32_t)head < t->count && t->tokens[head].head == (int32_t)verb);
}

/* "Of | taking money": the head of what the verb accuses somebody of, and the "of" before it; UINT32_MAX if there is none. */
static uint32_t charge_of(const words_tree *t, uint32_t verb, uint32_t *of)
{
	for (*of = verb + 1; *of < t->count; ++*of) {
		int32_t head = t->tokens[*of].head;
		if (is_word(t, *of, "of") && head > (int32_t)*of && (uint32_t)head < t->count && close_to(t, (uint32_t)head, verb))
			return (uint32_t)head;
	}
	return UINT32_MAX;
}

sr_str composer_charge(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	words_tree t = { r, s, r->tokens + s->first_token, s->token_count };
	for (uint32_t verb = 0; verb < t.count; verb++) {
		if (!sr_str_eq(t.tokens[verb].lemma, SR_STR("accuse")) || t.tokens[verb].upos != SR_UPOS_VERB)
			continue;
		uint32_t of, whom = accused_by(&t, verb), what = charge_of(&t, verb, &of);
		if (whom == UINT32_MAX || what == UINT32_MAX)
			continue;
		uint32_t from = first_below(&t, whom);
		sr_span named = phrase(&t, whom, from, whom < verb && verb < of ? verb : of), charge = phrase(&t, what, of + 1, t.count);
		named = composer_trim(c, p, named);
		charge = composer_trim(c, p, charge);
		if (!sr_span_has(span, (sr_span){ charge.start, charge.start + 1 }) || composer_in_quotes(r->doc->text, p->claim.sentence_span, charge.end))
			continue;
		sr_str who = sr_str_with_capital(c->arena, composer_text(c, p, named), true);
		return sr_str_printf(c->arena, "%.*s, accused of “%.*s”", SR_FMT(who), SR_FMT(composer_text(c, p, charge)));
	}
	return (sr_str){ 0 };
}
