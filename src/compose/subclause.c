/* "The report came three months after | the army made a push in early August": the day is that of the part, which is told along with
 * the rest and stands for itself. */
#include "composer.h"
#include "words.h"

#include "sitrep/temporal.h"

/* From the first token to the last of what hangs on token `top`. */
static sr_span extent(const sr_reading *r, const sr_sentence *s, uint32_t top)
{
	sr_span span = r->tokens[top].span;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (r->tokens[i].upos != SR_UPOS_PUNCT && composer_below(r, s, i, top)) {
			span.start = r->tokens[i].span.start < span.start ? r->tokens[i].span.start : span.start;
			span.end = r->tokens[i].span.end > span.end ? r->tokens[i].span.end : span.end;
		}
	return span;
}

static bool hangs_on(const sr_reading *r, const sr_sentence *s, uint32_t i, uint32_t top, uint8_t deprel)
{
	return r->tokens[i].deprel == deprel && r->tokens[i].head >= 0 && s->first_token + (uint32_t)r->tokens[i].head == top;
}

/* Something named did it: a subject that is no pronoun, and a verb that says it is over. */
static bool tells_deed(const sr_reading *r, const sr_sentence *s, uint32_t top)
{
	const sr_token *verb = &r->tokens[top];
	sr_str form = sr_span_of(r->doc->text, verb->span);
	bool over = verb->upos == SR_UPOS_VERB && !sr_str_eq_nocase(form, verb->lemma) && !sr_str_ends(form, SR_STR("s")) && !sr_str_ends(form, SR_STR("ing")), named = false;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		if (hangs_on(r, s, i, top, SR_DEPREL_aux) && words_has(WORDS_OPEN, sr_span_of(r->doc->text, r->tokens[i].span)))
			return false;
		named |= hangs_on(r, s, i, top, SR_DEPREL_nsubj) && r->tokens[i].upos != SR_UPOS_PRON;
	}
	return over && named;
}

/* Behind "after", "when" and the like, which open it; 0 if nothing of the kind does. */
static uint32_t behind_mark(const sr_reading *r, const sr_sentence *s, uint32_t top)
{
	for (uint32_t i = s->first_token; i + 1 < s->first_token + s->token_count; i++)
		if ((hangs_on(r, s, i, top, SR_DEPREL_mark) || hangs_on(r, s, i, top, SR_DEPREL_advmod)) && words_has(WORDS_FACTIVE, sr_span_of(r->doc->text, r->tokens[i].span)))
			return r->tokens[i + 1].span.start;
	return 0;
}

sr_span composer_dated_part(const composer *c, const sr_proof *p, sr_time when)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (size_t k = sr_reading_time_from(r, s->span.start); k < r->time_count && r->times[k].span.start < s->span.end; k++) {
		const sr_timex *t = &r->times[k];
		uint32_t i = sr_reading_token_at(r, t->span.start);
		if (!sr_span_has(s->span, t->span) || sr_time_cmp(t->begin, when) != 0)
			continue;
		for (uint32_t steps = 0; steps < s->token_count && r->tokens[i].head >= 0 && r->tokens[i].deprel != SR_DEPREL_advcl; steps++)
			i = s->first_token + (uint32_t)r->tokens[i].head;
		uint32_t start = r->tokens[i].deprel == SR_DEPREL_advcl && tells_deed(r, s, i) ? behind_mark(r, s, i) : 0;
		sr_span part = { start, extent(r, s, i).end };
		if (start && part.end > start && sr_span_has(part, t->span) && sr_temporal_dates(r, part, t) && composer_balanced(composer_text(c, p, part)))
			return part;
	}
	return (sr_span){ 0, 0 };
}
