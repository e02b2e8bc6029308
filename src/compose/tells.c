/* Which claims tell an event of their day: the day is that of what the sentence states, and it does state something. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"
#include "sitrep/temporal.h"

/* "Last night", "today", in somebody's words: it counts from when he said it. */
static bool is_deictic(const sr_reading *r, const sr_timex *t) { return sr_is_lower((unsigned char)r->doc->text.ptr[t->span.start]); }

/* The day is that of what the sentence states: not "they buried a teacher, who died on 12 March", nor "the July 25 call",
 * nor what is only asked for. */
static bool dated_itself(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span span = p->claim.span;
	bool found = false;
	for (size_t k = sr_reading_time_from(r, span.start); k < r->time_count && r->times[k].span.start < span.end; k++) {
		const sr_timex *t = &r->times[k];
		if (!sr_span_has(span, t->span) || sr_time_cmp(t->begin, p->claim.when) != 0)
			continue;
		bool told = p->claim.stance != SR_STANCE_DEMANDS && !(p->claim.direct && is_deictic(r, t));
		if (told && sr_temporal_dates(r, span, t) && sr_temporal_dates(r, p->claim.sentence_span, t))
			return true;
		found = true;
	}
	return !found;
}

/* "Will meet on 12 April", told before and read on a later day: what came of it is for others to tell. */
static bool only_planned(const composer *c, const sr_proof *p)
{
	sr_time day = sr_time_truncate(p->claim.when, SR_PRECISION_DAY), newest = sr_time_truncate(c->newest, day.precision);
	bool ahead = sr_time_known(p->claim.said) && sr_time_cmp(day, sr_time_truncate(p->claim.said, day.precision)) > 0;
	return ahead && sr_time_known(newest) && sr_time_cmp(day, newest) < 0 && words_in(WORDS_AHEAD, composer_text(c, p, p->claim.sentence_span));
}

/* Is the verb (or what "is" makes one) at i of the sentence in the simple present? */
static bool in_present(const sr_reading *r, const sr_sentence *s, int32_t top)
{
	const sr_token *tokens = r->tokens + s->first_token, *verb = &tokens[top];
	for (uint32_t i = 0; i < s->token_count; i++) {
		sr_str form = sr_span_of(r->doc->text, tokens[i].span);
		if (tokens[i].head == top && tokens[i].deprel == SR_DEPREL_cop)
			return sr_str_eq_nocase(form, SR_STR("is")) || sr_str_eq_nocase(form, SR_STR("are"));
		if (tokens[i].head == top && tokens[i].deprel == SR_DEPREL_aux)
			return sr_str_eq_nocase(form, SR_STR("do")) || sr_str_eq_nocase(form, SR_STR("does"));
	}
	sr_str form = sr_span_of(r->doc->text, verb->span);
	return verb->upos == SR_UPOS_VERB && !words_in(WORDS_UNBENT, form) && !sr_str_ends(form, SR_STR("ed")) &&
	       (sr_str_eq_nocase(form, verb->lemma) || sr_str_ends(form, SR_STR("s")));
}

static bool is_negated(const sr_reading *r, const sr_sentence *s, uint32_t verb)
{
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (r->tokens[i].head == (int32_t)(verb - s->first_token) && sr_str_eq(r->tokens[i].lemma, SR_STR("not")))
			return true;
	return false;
}

/* "Guards believe that he left in May": the verb of what is believed, where that holds token `at`. */
static uint32_t told_by(const sr_reading *r, const sr_sentence *s, uint32_t top, uint32_t at)
{
	uint32_t end = is_negated(r, s, top) ? top : s->first_token + s->token_count;
	for (uint32_t i = top + 1; i < end; i++)
		if (r->tokens[i].deprel == SR_DEPREL_ccomp && r->tokens[i].head == (int32_t)(top - s->first_token) && composer_below(r, s, at, i))
			return told_by(r, s, i, at);
	return top;
}

/* The expression of the span that the day is from, or NULL. */
static const sr_timex *dating(const sr_reading *r, sr_span span, sr_time when)
{
	for (size_t k = sr_reading_time_from(r, span.start); k < r->time_count && r->times[k].span.start < span.end; k++)
		if (sr_time_cmp(r->times[k].begin, when) == 0)
			return &r->times[k];
	return NULL;
}

/* "3 May": a day that is printed as one, as below a picture that is told in the present. */
static bool is_printed(const sr_reading *r, const sr_timex *t)
{
	for (uint32_t i = t->span.start; i < t->span.end && t->begin.precision >= SR_PRECISION_DAY; i++)
		if (sr_is_digit((unsigned char)r->doc->text.ptr[i]))
			return true;
	return false;
}

/* "The charges focus on what was said during 2016": the sentence is of the report's own time, whatever day it names. A chronicle's "In
 * May, they march" begins with its day, and "she says" leads to what happened. */
static bool told_of_now(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	sr_time until = sr_time_known(p->claim.until) ? p->claim.until : p->claim.when, day = sr_time_truncate(until, SR_PRECISION_DAY);
	if (!sr_time_known(p->claim.said) || sr_time_cmp(day, sr_time_truncate(p->claim.said, day.precision)) >= 0)
		return false;
	sr_span told = sr_proof_attributed(p) ? p->claim.span : p->claim.sentence_span;
	const sr_timex *t = dating(r, s->span, p->claim.when);
	uint32_t top = composer_top(r, s, told);
	if (top == UINT32_MAX || r->tokens[top].head == -2 || (t && is_printed(r, t)))
		return false;
	if (t && sr_span_has(told, t->span))
		top = told_by(r, s, top, sr_reading_token_at(r, t->span.start));
	size_t first = sr_reading_time_from(r, told.start);
	return in_present(r, s, (int32_t)(top - s->first_token)) && !(first < r->time_count && r->times[first].span.end <= r->tokens[top].span.start);
}

bool composer_tells(const void *ctx, const sr_proof *p)
{
	const composer *c = ctx;
	const sr_block *b = sr_document_block_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	if (b && b->kind == SR_BLOCK_EVENT)
		return true;
	if (sr_str_ends(composer_text(c, p, p->claim.sentence_span), SR_STR("?")) || !composer_balanced(composer_text(c, p, p->claim.sentence_span)))
		return false;
	if (only_planned(c, p) || composer_posted(c, p) || !composer_is_sentence(c, p) || ((told_of_now(c, p) || !dated_itself(c, p)) && !composer_dated_part(c, p, p->claim.when).end)) /* the day of a post is that of the saying */
		return false;
	/* somebody's words that do not say whose they are tell no event by themselves */
	const sr_attribution *a = sr_proof_attributed(p) ? &c->e.readings[p->claim.doc]->attributions[p->claim.attribution] : NULL;
	return !(a && a->source.count && !composer_shows_speaker(c, p)) && composer_states(c, p, composer_trim(c, p, p->claim.sentence_span)) &&
	       !composer_leans(c, p, p->claim.sentence_span);
}
