/* Which attributions are statements: somebody says what can be held against what others say. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

static bool cue_holds(const statement_in *m, const sr_attribution *a, bool (*test)(const statement_in *, const lex_entry *))
{
	const sr_reading *r = m->r;
	for (size_t i = 0; i < a->cue.count; i++)
		for (uint32_t t = sr_reading_token_at(r, a->cue.items[i].start); t < r->token_count && r->tokens[t].span.start < a->cue.items[i].end; t++) {
			const lex_entry *e = rules_lookup(m->rules, sr_span_of(r->doc->text, r->tokens[t].span));
			if (e && test(m, e))
				return true;
		}
	return false;
}

static bool is_of_class(const statement_in *m, const lex_entry *e, cue_class klass)
{
	for (int32_t f = e->forms; f >= 0; f = m->rules->forms[f].next)
		if (m->rules->cues[m->rules->forms[f].cue].klass == klass)
			return true;
	return false;
}

/* Not what somebody wants, knows or remembers. */
static bool tells_outward(const statement_in *m, const lex_entry *e) { return is_of_class(m, e, CLASS_SPEECH); }

/* "maintains | that the mill is safe". */
static bool opens_with_that(const statement_in *m, sr_span span)
{
	uint32_t t = sr_reading_token_at(m->r, span.start);
	return t < m->r->token_count && m->r->tokens[t].deprel == SR_DEPREL_mark && rules_hold(m->rules, sr_span_of(m->r->doc->text, m->r->tokens[t].span), W(that));
}

/* The cue's verb or noun can also introduce a clause: announce, declare, claim, report; not thank, defend or support,
 * and not what somebody knows or remembers. */
static bool asserts(const statement_in *m, const lex_entry *e)
{
	for (int32_t f = e->forms; f >= 0; f = m->rules->forms[f].next) {
		const cue *q = &m->rules->cues[m->rules->forms[f].cue];
		bool inward = q->klass == CLASS_ATTITUDE || (q->klass == CLASS_THOUGHT && q->certainty == SR_CERTAINTY_STATED);
		if (!inward && (q->frames & (FRAME('c') | FRAME('n') | FRAME('f'))))
			return true;
	}
	return false;
}

static bool negates(const statement_in *m, const lex_entry *e)
{
	(void)m;
	return e->bits & W(neg);
}

static bool is_modal(const statement_in *m, const lex_entry *e)
{
	(void)m;
	return e->bits & W(modal);
}

/* The sentence that the spans begin in, or NULL. */
static const sr_sentence *sentence_of(const sr_reading *r, sr_spans spans)
{
	size_t s = spans.count ? sr_reading_sentence_at(r, spans.items[0].start) : SIZE_MAX;
	return s < r->sentence_count ? &r->sentences[s] : NULL;
}

/* "if the mayor says so": whether he does is open. */
static bool is_conditional(const statement_in *m, const sr_attribution *a)
{
	const sr_reading *r = m->r;
	const sr_sentence *x = sentence_of(r, a->cue);
	for (uint32_t t = x ? x->first_token : 0; x && t < x->first_token + x->token_count; t++) {
		const sr_token *k = &r->tokens[t];
		sr_str word = sr_span_of(r->doc->text, k->span);
		bool opens = k->deprel == SR_DEPREL_mark && k->head >= 0 && (sr_str_eq_nocase(word, SR_STR("if")) || sr_str_eq_nocase(word, SR_STR("unless")));
		if (opens && sr_span_has(a->cue.items[0], r->tokens[x->first_token + (uint32_t)k->head].span))
			return true;
	}
	return false;
}

/* "will announce", "may conclude", "if he agrees": not yet, or not at all. But "I would say" says it. */
static bool is_to_come(const statement_in *m, const sr_attribution *a)
{
	const sr_reading *r = m->r;
	uint32_t t = a->source.count ? sr_reading_token_at(r, a->source.items[0].start) : r->token_count;
	const lex_entry *e = t < r->token_count ? rules_lookup(m->rules, sr_span_of(r->doc->text, r->tokens[t].span)) : NULL;
	return is_conditional(m, a) || (cue_holds(m, a, is_modal) && !(e && (e->bits & W(first))));
}

/* What the content is: the top of its tree, a predicate or a thing. */
typedef enum content_head { HEAD_PREDICATE, HEAD_THING, HEAD_PERSON, HEAD_UNKNOWN } content_head;

static content_head head_of_content(const statement_in *m, sr_span span)
{
	size_t s = sr_reading_sentence_at(m->r, span.start);
	if (s >= m->r->sentence_count)
		return HEAD_UNKNOWN;
	const sr_sentence *x = &m->r->sentences[s];
	for (uint32_t t = x->first_token; t < x->first_token + x->token_count; t++) {
		const sr_token *k = &m->r->tokens[t];
		if (!sr_span_has(span, k->span) || k->upos == SR_UPOS_PUNCT)
			continue;
		if (k->head == -2)
			return HEAD_UNKNOWN;
		if (k->head >= 0 && sr_span_has(span, m->r->tokens[x->first_token + (uint32_t)k->head].span))
			continue;
		if (k->upos == SR_UPOS_VERB || k->upos == SR_UPOS_AUX || k->deprel == SR_DEPREL_ccomp || k->deprel == SR_DEPREL_csubj || k->deprel == SR_DEPREL_root || k->deprel == SR_DEPREL_parataxis)
			return HEAD_PREDICATE;
		if (k->upos == SR_UPOS_PROPN || k->upos == SR_UPOS_PRON)
			return HEAD_PERSON;
		return HEAD_THING;
	}
	return HEAD_UNKNOWN;
}

/* "This says that …", "ships sailed north, data showed": a word that points, or a whole clause, is nobody who could say it. */
static bool is_nobody(const statement_in *m, const sr_attribution *a)
{
	const sr_reading *r = m->r;
	const sr_sentence *x = sentence_of(r, a->source);
	for (uint32_t t = x ? x->first_token : 0; x && t < x->first_token + x->token_count; t++) {
		const sr_token *k = &r->tokens[t];
		const sr_token *head = k->head >= 0 ? &r->tokens[x->first_token + (uint32_t)k->head] : NULL;
		if (!sr_span_has(a->source.items[0], k->span))
			continue;
		bool alone = k->span.start == a->source.items[0].start && k->span.end == a->source.items[0].end;
		if (alone && sr_str_eq(a->speaker, sr_span_of(r->doc->text, k->span)) && (k->upos == SR_UPOS_PRON || k->upos == SR_UPOS_DET) && rules_hold(m->rules, a->speaker, W(det) | W(that) | W(it)))
			return true;
		if (k->deprel == SR_DEPREL_nsubj && k->upos != SR_UPOS_PRON && head && sr_span_has(a->source.items[0], head->span) && head->deprel != SR_DEPREL_acl)
			return true;
	}
	return false;
}

static bool finds(const statement_in *m, const lex_entry *e) { return is_of_class(m, e, CLASS_FINDING); }

/* "Divers", "an inspector", "economists": who does it, by the word's ending. */
static bool names_doer(sr_str word)
{
	static const sr_str endings[] = { SR_STR_INIT("er"), SR_STR_INIT("or"), SR_STR_INIT("ist"), SR_STR_INIT("ian"), SR_STR_INIT("men"), SR_STR_INIT("man") };
	if (sr_str_ends(word, SR_STR("s")))
		word = sr_str_slice(word, 0, word.len - 1);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (word.len > endings[i].len + 1 && sr_str_ends(word, endings[i]))
			return true;
	return false;
}

/* "Trading showed", "a bad week showing an increase": neither people nor a body nor a record; the page itself finds it. */
static bool is_thing(const statement_in *m, const sr_attribution *a)
{
	const uint64_t voices = W(anon) | W(coll) | W(title) | W(group) | W(media) | W(medium) | W(study) | W(figure) | W(member) | W(newsman) | W(record) | W_PRONOUN;
	if (a->named || !cue_holds(m, a, finds))
		return false;
	sr_str rest = a->speaker, word;
	for (bool first = true; sr_str_next_field(&rest, ' ', &word); first = false)
		if (rules_hold(m->rules, word, voices) || names_doer(word) || (!first && sr_is_upper((unsigned char)word.ptr[0]))) /* with a name in it */
			return false;
	return true;
}

/* "The yard is to blame": it blames nobody. */
static bool is_to_blame(const statement_in *m, const sr_attribution *a)
{
	uint32_t t = a->cue.count ? sr_reading_token_at(m->r, a->cue.items[0].start) : 0;
	bool to = t > 0 && sr_str_eq_nocase(sr_span_of(m->r->doc->text, m->r->tokens[t].span), SR_STR("to"));
	return a->stance == SR_STANCE_ACCUSES && to && sr_str_eq(m->r->tokens[t - 1].lemma, SR_STR("be"));
}

/* A question to whoever answers in the next turn of a transcript. */
static bool asks(const statement_in *m, const sr_attribution *a)
{
	const sr_document *d = m->r->doc;
	const sr_block *b = a->content.count ? sr_document_block_at(d, a->content.items[0].start) : NULL;
	return b && b->kind == SR_BLOCK_TURN && a->content.items[0].start > b->span.start && a->content.items[0].end >= b->span.end &&
	       sr_str_ends(sr_span_of(d->text, a->content.items[0]), SR_STR("?"));
}

/* True if the attribution makes its content somebody's statement: a clause, a quotation, or a denial, charge, demand.
 * "He thanked the crew", "she wants a car" and "nobody confirmed it" are told by the outlet. */
bool is_statement(const statement_in *m, const sr_attribution *a)
{
	sr_str first = a->speaker, word;
	if (asks(m, a))
		return false;
	if (a->kind != SR_QUOTE_INDIRECT)
		return a->speaker.len > 0 || a->cue.count > 0;
	if (!a->speaker.len || !a->content.count)
		return false;
	if (sr_str_next_field(&first, ' ', &word) && rules_hold(m->rules, word, W(neg)))
		return false;
	/* what was not confirmed is doubted; who "did not say", "has not been charged with" says and does nothing of the kind */
	if (a->stance != SR_STANCE_DOUBTS && (cue_holds(m, a, negates) || is_to_come(m, a)))
		return false;
	if (is_nobody(m, a) || is_thing(m, a) || is_to_blame(m, a))
		return false;
	if (a->stance != SR_STANCE_SAYS)
		return true;
	content_head h = head_of_content(m, a->content.items[0]);
	bool statement = cue_holds(m, a, asserts) || (opens_with_that(m, a->content.items[0]) && cue_holds(m, a, tells_outward));
	return h == HEAD_UNKNOWN ? true : h == HEAD_PERSON ? false : h == HEAD_THING ? statement : statement || a->cue.count == 0;
}
