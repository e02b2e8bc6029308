/* Whether an expression tells when what a sentence states happened, or only when something in it did: the way up the tree from the
 * expression to the main verb. "Ordered the strike on Thursday", "killed in the attack on Sunday" and "held a Sunday meeting" lead there;
 * "praised the crew, who left on Friday", "in retaliation for Tuesday's attack" and "after they met in May" lead aside. */
#include "sitrep/temporal.h"

#define CLIMB_MAX 32

typedef struct climb {
	const sr_reading *r;
	const sr_sentence *s;
	const sr_token *tokens; /* of the sentence */
	int32_t at;
	uint32_t nouns; /* that the expression hangs on, one below the other */
	sr_span own;    /* the expression */
	bool before;    /* it stands before the first of them: "the July 25 call" */
} climb;

static bool is_nominal(const sr_token *t) { return t->upos == SR_UPOS_NOUN || t->upos == SR_UPOS_PROPN || t->upos == SR_UPOS_PRON || t->upos == SR_UPOS_NUM; }

static bool has_child(const climb *c, int32_t i, uint8_t deprel)
{
	for (uint32_t k = 0; k < c->s->token_count; k++)
		if (c->tokens[k].head == i && c->tokens[k].deprel == deprel)
			return true;
	return false;
}

static bool is_one_of(const climb *c, int32_t i, const sr_str *words, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (sr_str_eq_nocase(sr_span_of(c->r->doc->text, c->tokens[i].span), words[k]))
			return true;
	return false;
}

/* Some preposition of the noun or expression at i is among the words. */
static bool led_by(const climb *c, int32_t i, const sr_str *words, size_t count)
{
	for (int32_t k = 0; k < i; k++)
		if (c->tokens[k].head == i && c->tokens[k].deprel == SR_DEPREL_case && is_one_of(c, k, words, count))
			return true;
	return false;
}

/* before a noun that has a time of its own; behind others ("accepted without reservation in May") it is often the verb's */
static const sr_str apart[] = { SR_STR_INIT("after"), SR_STR_INIT("before"), SR_STR_INIT("since"), SR_STR_INIT("following"), SR_STR_INIT("about"), SR_STR_INIT("of"), SR_STR_INIT("for"), SR_STR_INIT("to"), SR_STR_INIT("from"), SR_STR_INIT("against"), SR_STR_INIT("despite"), SR_STR_INIT("than"), SR_STR_INIT("like"), SR_STR_INIT("as"), SR_STR_INIT("into") };
static const sr_str bounds[] = { SR_STR_INIT("to"), SR_STR_INIT("until"), SR_STR_INIT("till"), SR_STR_INIT("through"), SR_STR_INIT("than"), SR_STR_INIT("for") };
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* "The July 25 call", "their Sunday meeting", "the mayor's": known before; not "a Sunday meeting". */
static bool is_definite(const climb *c, int32_t noun)
{
	static const sr_str open[] = { SR_STR_INIT("a"), SR_STR_INIT("an"), SR_STR_INIT("another"), SR_STR_INIT("no") };
	for (int32_t k = 0; k < noun; k++)
		if (c->tokens[k].head == noun && (c->tokens[k].deprel == SR_DEPREL_det || c->tokens[k].upos == SR_UPOS_PRON))
			return !is_one_of(c, k, open, COUNT(open));
		else if (c->tokens[k].head == noun && c->tokens[k].deprel == SR_DEPREL_nmod && !sr_span_has(c->own, c->tokens[k].span) && has_child(c, k, SR_DEPREL_case))
			return true;
	return false;
}

/* The noun at c->at, by which the expression hangs on a verb, is what that verb is about or where and when it is done. */
static bool noun_carries(const climb *c, uint8_t deprel, const sr_token *head)
{
	if (c->nouns > 1)
		return false;
	if (deprel == SR_DEPREL_obl)
		return !led_by(c, c->at, apart, COUNT(apart));
	if (deprel != SR_DEPREL_nsubj && deprel != SR_DEPREL_obj && deprel != SR_DEPREL_csubj)
		return true;
	return !c->before || (head->upos == SR_UPOS_VERB && !is_definite(c, c->at));
}

/* "Went on to win the vote in May", "the road connecting the towns in May": of the same time as what it hangs on, or hung too low. */
static bool runs_along(const climb *c)
{
	for (int32_t k = 0; k < c->at; k++)
		if (c->tokens[k].head == c->at && c->tokens[k].deprel == SR_DEPREL_mark && is_one_of(c, k, &(const sr_str)SR_STR_INIT("to"), 1))
			return true;
	const sr_token *t = &c->tokens[c->at];
	return t->deprel == SR_DEPREL_acl && sr_str_ends(sr_span_of(c->r->doc->text, t->span), SR_STR("ing")) && !has_child(c, c->at, SR_DEPREL_nsubj) && !has_child(c, c->at, SR_DEPREL_aux);
}

/* One step up; false: it leads aside. */
static bool step(climb *c)
{
	const sr_token *t = &c->tokens[c->at], *head = &c->tokens[t->head];
	if ((t->deprel == SR_DEPREL_acl || t->deprel == SR_DEPREL_advcl) && !runs_along(c))
		return false;
	/* what a dateline has for its own is no aside */
	if ((t->deprel == SR_DEPREL_parataxis && head->upos == SR_UPOS_VERB) || (t->deprel == SR_DEPREL_amod && t->upos == SR_UPOS_VERB))
		return false;
	bool clause = !is_nominal(t) || has_child(c, c->at, SR_DEPREL_cop);
	bool upper_clause = !is_nominal(head) || has_child(c, t->head, SR_DEPREL_cop);
	if (!clause && !upper_clause && t->deprel != SR_DEPREL_conj && t->deprel != SR_DEPREL_appos) {
		c->before = c->nouns ? c->before : t->span.start < head->span.start;
		c->nouns++;
	} else if (!clause && upper_clause) {
		if (c->nouns ? !noun_carries(c, t->deprel, head) : led_by(c, c->at, bounds, COUNT(bounds)))
			return false;
		c->nouns = 0;
	}
	c->at = t->head;
	return true;
}

/* At the expression's own head, the last of its words that hangs on one outside; false without a tree. */
static bool climb_from(const sr_reading *r, const sr_timex *t, climb *c)
{
	size_t sentence = sr_reading_sentence_at(r, t->span.start);
	uint32_t first = sr_reading_token_at(r, t->span.start);
	if (sentence == SIZE_MAX)
		return false;
	*c = (climb){ .r = r, .s = &r->sentences[sentence], .tokens = r->tokens + r->sentences[sentence].first_token, .own = t->span };
	if (first < c->s->first_token || first >= c->s->first_token + c->s->token_count || r->tokens[first].head == -2)
		return false;
	c->at = (int32_t)(first - c->s->first_token);
	for (int32_t k = c->at; (uint32_t)k < c->s->token_count && c->tokens[k].span.start < t->span.end; k++) {
		const sr_token *x = &c->tokens[k];
		bool inner = x->head >= 0 && sr_span_has(t->span, c->tokens[x->head].span);
		if (!inner && x->deprel != SR_DEPREL_det && x->deprel != SR_DEPREL_case && x->deprel != SR_DEPREL_punct)
			c->at = k;
	}
	return true;
}

bool sr_temporal_hangs_on(const sr_reading *r, const sr_timex *t, sr_span verb)
{
	climb c;
	bool placed = climb_from(r, t, &c);
	for (int steps = 0; placed && steps < CLIMB_MAX; steps++) {
		int32_t head = c.tokens[c.at].head;
		if (head < 0 || (uint32_t)head >= c.s->token_count)
			return false;
		bool inner = sr_span_has(t->span, c.tokens[head].span), last = sr_span_has(verb, c.tokens[head].span);
		if (inner)
			c.at = head;
		else if (!step(&c))
			return false;
		if (last)
			return true;
		if (!inner && !is_nominal(&c.tokens[head]))
			return false; /* another verb stands between */
	}
	return false;
}

bool sr_temporal_dates(const sr_reading *r, sr_span span, const sr_timex *t)
{
	climb c;
	if (!climb_from(r, t, &c))
		return true;
	for (int steps = 0; steps < CLIMB_MAX; steps++) {
		int32_t head = c.tokens[c.at].head;
		if (head < 0 || (uint32_t)head >= c.s->token_count || !sr_span_has(span, c.tokens[head].span))
			return true;
		if (sr_span_has(t->span, c.tokens[head].span))
			c.at = head;
		else if (!step(&c))
			return false;
	}
	return true;
}
