/* Whether a part of a sentence is a whole statement. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

bool composer_is_predicate(const sr_reading *r, const sr_sentence *s, uint32_t i)
{
	if (r->tokens[i].upos == SR_UPOS_VERB)
		return true;
	for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++)
		if (r->tokens[k].head == (int32_t)(i - s->first_token) && (r->tokens[k].deprel == SR_DEPREL_nsubj || r->tokens[k].deprel == SR_DEPREL_cop))
			return true;
	return false;
}

bool composer_holds_clause(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	const sr_token *tokens = r->tokens + s->first_token;
	for (uint32_t i = 0; i < s->token_count; i++) {
		int32_t h = tokens[i].head;
		if (h == -2)
			return true;
		if (tokens[i].deprel != SR_DEPREL_nsubj || h < 0 || !sr_span_has(span, tokens[i].span) || !sr_span_has(span, tokens[h].span))
			continue;
		if (tokens[h].head < 0 || !sr_span_has(span, tokens[tokens[h].head].span))
			return true;
	}
	return false;
}

bool composer_is_clause(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	return composer_holds_clause(r, &r->sentences[p->claim.sentence], span);
}

uint32_t composer_top(const sr_reading *r, const sr_sentence *s, sr_span span)
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
	uint32_t top = composer_top(r, s, span);
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

bool composer_is_comma(const sr_reading *r, uint32_t i) { return i < r->token_count && sr_str_eq(sr_span_of(r->doc->text, r->tokens[i].span), SR_STR(",")); }

/* The token behind ", Velm.,", the comma at its end, and adverbs, from i on. */
static uint32_t behind_apposition(const sr_reading *r, uint32_t i, uint32_t end)
{
	i += i + 1 < end && composer_is_comma(r, i + 1) && r->tokens[i].upos == SR_UPOS_PUNCT; /* the stop of "Velm." */
	uint32_t k = i + 1;
	while (i < end && composer_is_comma(r, i) && k < end && r->tokens[k].upos == SR_UPOS_PROPN)
		k++;
	if (k > i + 1 && k < end && composer_is_comma(r, k))
		i = k + 1;
	else if (k == i + 1 && k < end && composer_is_comma(r, i) && r->tokens[k].upos == SR_UPOS_AUX) /* not "…, said the mayor" */
		i = k;
	while (i < end && r->tokens[i].upos == SR_UPOS_ADV)
		i++;
	return i;
}

/* "Since the fire, the harbour office in Oss | , Velm., has looked into it": a subject whose verb is cut off, however the parse has it. */
static bool ends_in_subject(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t end = s->first_token + s->token_count, cut = sr_reading_token_at(r, span.end);
	while (cut < end && r->tokens[cut].span.start < span.end)
		cut++;
	uint32_t i = cut, next = cut < end ? behind_apposition(r, cut, end) : end;
	if (next >= end || (r->tokens[next].upos != SR_UPOS_VERB && r->tokens[next].upos != SR_UPOS_AUX) || sr_str_ends(sr_span_of(r->doc->text, r->tokens[next].span), SR_STR("ing")))
		return false;
	bool named = false;
	while (i-- > s->first_token && r->tokens[i].span.start >= span.start && !(composer_is_comma(r, i) && i + 1 < cut)) {
		sr_upos upos = (sr_upos)r->tokens[i].upos;
		if (upos == SR_UPOS_VERB || upos == SR_UPOS_AUX || (upos == SR_UPOS_PUNCT && i + 1 < cut))
			return false;
		named |= upos == SR_UPOS_NOUN || upos == SR_UPOS_PROPN || upos == SR_UPOS_PRON;
	}
	return named;
}

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
	return (only && but) || (aside && closed) || ends_in_subject(r, s, span);
}

static bool asks_for(uint8_t deprel) { return deprel == SR_DEPREL_obj || deprel == SR_DEPREL_ccomp || deprel == SR_DEPREL_xcomp; }

/* What the verb asks for, or (any) whatever belongs to it, stands behind it in the span. */
static bool has_behind(const sr_reading *r, const sr_sentence *s, uint32_t verb, sr_span span, bool any)
{
	for (uint32_t k = verb + 1; k < s->first_token + s->token_count && r->tokens[k].span.start < span.end; k++)
		if (r->tokens[k].head == (int32_t)(verb - s->first_token) && (any ? r->tokens[k].deprel != SR_DEPREL_punct : asks_for(r->tokens[k].deprel)))
			return true;
	return false;
}

static bool is_pause(const sr_reading *r, uint32_t i)
{
	size_t pos = 0;
	uint32_t first = sr_utf8_next(sr_span_of(r->doc->text, r->tokens[i].span), &pos);
	return r->tokens[i].upos == SR_UPOS_PUNCT && !sr_cp_is_quote(first);
}

/* "He is convinced | that", "they planned | and led the march": what a verb of the span asks for stands behind it, and no pause before. */
static bool is_robbed(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t end = s->first_token + s->token_count, cut = sr_reading_token_at(r, span.end);
	if (cut <= s->first_token || cut >= end || is_pause(r, cut) || is_pause(r, cut - 1))
		return false;
	if (r->tokens[cut].deprel == SR_DEPREL_mark && sr_str_eq(sr_span_of(r->doc->text, r->tokens[cut].span), SR_STR("that"))) /* whatever the parse hangs it on */
		return true;
	for (uint32_t i = cut; i < end; i++) {
		const sr_token *t = &r->tokens[i];
		uint32_t head = t->head >= 0 ? s->first_token + (uint32_t)t->head : UINT32_MAX;
		if (head >= cut || !sr_span_has(span, r->tokens[head].span))
			continue;
		bool shared = t->deprel == SR_DEPREL_conj && t->upos == SR_UPOS_VERB && r->tokens[head].upos == SR_UPOS_VERB && !has_behind(r, s, head, span, true) &&
		              has_behind(r, s, i, s->span, false);
		if (shared || (asks_for(t->deprel) && !has_behind(r, s, head, span, false)))
			return true;
	}
	return false;
}

/* "The question of when |" */
static bool ends_in_joint(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t i = sr_reading_token_at(r, span.end), end = s->first_token + s->token_count;
	while (i > s->first_token && (i >= r->token_count || r->tokens[i].span.end > span.end || r->tokens[i].upos == SR_UPOS_PUNCT))
		i--;
	sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
	return i + 2 < end && (words_has(WORDS_JOINT, w) || words_has(WORDS_ASKED, w));
}

#define ASIDE_TOKENS_MAX 20u

/* "Want the mayor | -- as the price of a deal -- to roll back the cuts", "allowed them to mend | , for now, their quarrel": behind an aside
 * it goes on with what a verb of the span asks for. */
static bool is_cut_short(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t end = s->first_token + s->token_count, open = sr_reading_token_at(r, span.end), close;
	while (open < end && r->tokens[open].span.start < span.end)
		open++;
	if (open == s->first_token || open + 3 >= end || !is_pause(r, open))
		return false;
	sr_str mark = sr_span_of(r->doc->text, r->tokens[open].span);
	for (close = open + 1; close < end && close - open <= ASIDE_TOKENS_MAX && !sr_str_eq(sr_span_of(r->doc->text, r->tokens[close].span), mark);)
		close++;
	if (close + 2 >= end || close - open > ASIDE_TOKENS_MAX)
		return false;
	const sr_token *last = &r->tokens[open - 1], *next = &r->tokens[close + 1];
	bool infinitive = next->upos == SR_UPOS_PART && sr_str_eq_nocase(sr_span_of(r->doc->text, next->span), SR_STR("to")) && next[1].upos == SR_UPOS_VERB;
	bool object = last->upos == SR_UPOS_VERB && (next->upos == SR_UPOS_DET || next->upos == SR_UPOS_PRON || next->upos == SR_UPOS_NOUN || next->upos == SR_UPOS_PROPN) && next->deprel != SR_DEPREL_nsubj;
	return infinitive || object;
}

bool composer_complete(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t top = composer_top(r, s, span);
	if (top == UINT32_MAX || r->tokens[top].head == -2)
		return true; /* not parsed */
	if (leads_on(r, s, span, top) || composer_breaks_off(r, s, span) || is_robbed(r, s, span) || is_cut_short(r, s, span) || ends_in_joint(r, s, span))
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

/* A verb that is no participle in "-ing", in [from, to). */
static bool has_verb(const sr_reading *r, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (r->tokens[i].upos == SR_UPOS_AUX || (r->tokens[i].upos == SR_UPOS_VERB && !sr_str_ends(sr_span_of(r->doc->text, r->tokens[i].span), SR_STR("ing"))))
			return true;
	return false;
}

/* "Ever since the wall was found to lean | as it did, …": it begins with such a word, is cut, and no comma in it stands between two verbs,
 * whatever the parse takes for its main one. */
static bool never_arrives(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t first = sr_reading_token_at(r, span.start), cut = sr_reading_token_at(r, span.end), end = s->first_token + s->token_count;
	if (first + 1 >= end || cut + 1 >= end)
		return false;
	sr_str word = sr_span_of(r->doc->text, r->tokens[first].span);
	bool participle = (r->tokens[first].upos == SR_UPOS_VERB || r->tokens[first].upos == SR_UPOS_AUX) && sr_str_ends(word, SR_STR("ing")); /* "having left the hall |, …" */
	bool leads = participle || r->tokens[first].upos == SR_UPOS_SCONJ || sr_str_eq_nocase(word, SR_STR("ever")) || sr_str_eq_nocase(word, SR_STR("when"));
	for (uint32_t i = first + 1; leads && i < cut; i++)
		if (composer_is_comma(r, i) && has_verb(r, first, i) && has_verb(r, i, cut))
			return false;
	return leads && has_verb(r, cut, end);
}

/* "When the envoy spoke of it on Monday |": the main clause stands behind the span. */
bool composer_only_leads_up(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	uint32_t top = composer_top(r, s, span);
	if (never_arrives(r, s, span))
		return true;
	if (top == UINT32_MAX || r->tokens[top].head < 0 || r->tokens[top].deprel != SR_DEPREL_advcl)
		return false;
	return r->tokens[s->first_token + (uint32_t)r->tokens[top].head].span.start >= span.end;
}

bool composer_hangs(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, span.start);
	return first > r->sentences[p->claim.sentence].first_token && first < r->token_count &&
	       words_has(WORDS_HANGING, sr_span_of(r->doc->text, r->tokens[first - 1].span));
}

bool composer_balanced(sr_str s)
{
	size_t open, close, straight;
	composer_count_quotes(s, &open, &close, &straight);
	return open == close && straight % 2 == 0;
}

/* "“…,” the harbour master | said on Friday": of what somebody says in the sentence at least a part. */
static bool keeps_said(const composer *c, const sr_proof *p, sr_span cut)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_proof *first = p, *end = c->e.proofs + c->e.proof_count;
	bool says = false;
	while (first > c->e.proofs && composer_same_sentence(first - 1, p))
		first--;
	for (const sr_proof *q = first; q < end && composer_same_sentence(q, p); q++) {
		if (!sr_proof_attributed(q))
			continue;
		const sr_attribution *a = &r->attributions[q->claim.attribution];
		if (sr_span_overlap(q->claim.span, cut))
			return true;
		says = says || (a->cue.count && sr_span_has(cut, a->cue.items[0]));
	}
	return !says;
}

bool composer_keeps_content(const composer *c, const sr_proof *p, sr_span cut)
{
	return (!sr_proof_attributed(p) || sr_span_overlap(cut, p->claim.span)) && keeps_said(c, p, cut);
}

bool composer_keeps_speakers(const composer *c, const sr_proof *p, sr_span cut)
{
	const sr_evidence *e = &c->e;
	for (size_t i = e->first_proof[p->claim.doc]; i < e->first_proof[p->claim.doc + 1]; i++) {
		const sr_proof *q = &e->proofs[i];
		if (q->claim.sentence != p->claim.sentence || !sr_proof_attributed(q) || !sr_span_overlap(q->claim.span, cut))
			continue;
		const sr_attribution *a = &e->readings[p->claim.doc]->attributions[q->claim.attribution];
		for (size_t k = 0; k < a->source.count + a->cue.count; k++) {
			sr_span s = k < a->source.count ? a->source.items[k] : a->cue.items[k - a->source.count];
			if (sr_span_has(p->claim.sentence_span, s) && !sr_span_has(cut, s))
				return false;
		}
	}
	return true;
}
