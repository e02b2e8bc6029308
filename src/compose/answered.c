/* What an older page did not know and a later one tells: "unclear whether Brunt will resign", and then "Brunt resigned". */
#include "composer.h"
#include "words.h"

#define ASKED_TERMS_MAX 8u

/* The clause that is asked: what its verb says, and of whom. */
typedef struct asked {
	uint32_t verb; /* a term */
	uint32_t who[ASKED_TERMS_MAX];
	size_t who_count;
} asked;

/* The verb that "whether", "when" or "who" opens; UINT32_MAX if nothing is asked so. */
static uint32_t asked_verb(const sr_reading *r, const sr_sentence *s)
{
	for (uint32_t i = s->first_token + 1; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i];
		bool opens = t->deprel == SR_DEPREL_mark || t->deprel == SR_DEPREL_advmod;
		if (opens && t->head > (int32_t)(i - s->first_token) && words_has(WORDS_ASKED, sr_span_of(r->doc->text, t->span)))
			return s->first_token + (uint32_t)t->head;
	}
	return UINT32_MAX;
}

static bool read_asked(const composer *c, const sr_proof *p, asked *out)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t verb = asked_verb(r, s);
	bool found = false;
	*out = (asked){ .who_count = 0 };
	for (size_t i = 0; verb != UINT32_MAX && i < p->item_count; i++) {
		uint32_t token = p->items[i].token;
		if (token == verb) {
			found = true;
			out->verb = p->items[i].term;
		}
		uint32_t top = token;
		if (r->tokens[top].deprel == SR_DEPREL_flat && r->tokens[top].head >= 0)
			top = s->first_token + (uint32_t)r->tokens[top].head;
		bool doer = r->tokens[top].deprel == SR_DEPREL_nsubj && r->tokens[top].head == (int32_t)(verb - s->first_token);
		if (doer && out->who_count < ASKED_TERMS_MAX)
			out->who[out->who_count++] = p->items[i].term;
	}
	return found && out->who_count;
}

/* The claim states it as what has been, of the same. */
static bool tells(const sr_proof *q, const asked *a)
{
	bool verb = false, who = false;
	for (size_t i = 0; i < q->item_count; i++)
		verb |= q->items[i].term == a->verb && !q->items[i].unreal && !q->items[i].negated;
	for (size_t k = 0; verb && k < a->who_count; k++)
		who |= sr_term_set_has(q->content, a->who[k]) || sr_term_set_has(q->speaker, a->who[k]);
	return verb && who;
}

bool composer_answered(const composer *c, const sr_proof *p)
{
	asked a;
	sr_time day = sr_time_truncate(p->claim.said, SR_PRECISION_DAY);
	if (day.precision < SR_PRECISION_DAY || !read_asked(c, p, &a))
		return false;
	for (size_t i = 0; i < c->e.proof_count; i++) {
		const sr_proof *q = &c->e.proofs[i];
		sr_time then = sr_time_truncate(q->claim.said, SR_PRECISION_DAY);
		bool states = q->claim.certainty == SR_CERTAINTY_STATED && (q->claim.stance == SR_STANCE_SAYS || q->claim.stance == SR_STANCE_CONFIRMS) && !q->heading && !q->caption;
		if (states && then.precision == SR_PRECISION_DAY && sr_time_cmp(then, day) > 0 && tells(q, &a) && !words_in(WORDS_UNKNOWN, composer_text(c, q, q->claim.sentence_span)))
			return true;
	}
	return false;
}
