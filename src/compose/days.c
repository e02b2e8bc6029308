/* The day of a line: a reader of statements of many days must be told of each which day it is of, where its words do not. */
#include "composer.h"
#include "words.h"

#define JOINED_MAX 8
#define STALE_DAYS 7 /* behind the newest page, what an older one tells is no longer news */

/* The sentence gives a date; "now" and "in recent days" lead nowhere. An entry's must be its own day, and on a page that is no longer
 * news "Tuesday" and "next month" are none. */
static bool tells_date(const composer *c, const sr_proof *p, line_day d)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span sentence = p->claim.sentence_span;
	for (size_t i = sr_reading_time_from(r, sentence.start); i < r->time_count && r->times[i].span.start < sentence.end; i++) {
		const sr_timex *t = &r->times[i];
		bool placed = sr_time_known(t->begin) || sr_time_known(t->end);
		bool own = d.as != DAY_OF || sr_time_cmp(sr_time_truncate(t->begin, SR_PRECISION_DAY), d.day) == 0;
		if (placed && own && (d.as != DAY_AS_OF || composer_shows_date(c, p, t)))
			return true;
	}
	return false;
}

/* The sentence's main verb, or one joined to it ("met and said"). */
static bool is_main(const sr_sentence *s, const sr_token *tokens, const sr_token *t)
{
	for (int i = 0; i < JOINED_MAX; i++) {
		if (t->head == -1)
			return true;
		if (t->head < 0 || (uint32_t)t->head >= s->token_count || (t->deprel != SR_DEPREL_conj && t->deprel != SR_DEPREL_parataxis))
			return false;
		t = &tokens[t->head];
	}
	return false;
}

static bool holds_main(const sr_reading *r, const sr_sentence *s, const sr_spans *spans)
{
	const sr_token *tokens = r->tokens + s->first_token;
	for (uint32_t i = 0; i < s->token_count; i++)
		for (size_t k = 0; k < spans->count; k++)
			if (sr_span_has(spans->items[k], tokens[i].span) && is_main(s, tokens, &tokens[i]))
				return true;
	return false;
}

static const sr_attribution *attribution_of(const composer *c, const sr_proof *p)
{
	return &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
}

/* "The staff said that …", "…, according to the staff": the sentence as a whole is what somebody says; not where only a part of it is
 * ("the house that neighbours call a ruin burned"). NULL if it is not. */
static const sr_proof *saying_of(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	const sr_proof *first = p, *end = c->e.proofs + c->e.proof_count, *saying = NULL;
	while (first > c->e.proofs && composer_same_sentence(first - 1, p))
		first--;
	for (const sr_proof *q = first; q < end && composer_same_sentence(q, p); q++) {
		if (!sr_proof_attributed(q))
			continue;
		if (holds_main(r, s, &attribution_of(c, q)->cue))
			return q;
		if (!saying && holds_main(r, s, &attribution_of(c, q)->content))
			saying = q;
	}
	return saying;
}

/* "Said at the time that": in the words around what is said, or at its head, where the parse may leave them. */
static bool says_sooner(const composer *c, const sr_proof *p)
{
	const sr_spans *content = &attribution_of(c, p)->content;
	sr_span left = p->claim.sentence_span;
	for (size_t k = 0; k < content->count && content->items[k].start < left.end; k++) {
		sr_span around = { left.start, content->items[k].start };
		bool before = around.start < around.end && words_in(WORDS_SOONER, composer_text(c, p, around));
		if (before || words_start(WORDS_SOONER, composer_text(c, p, content->items[k])))
			return true;
		left.start = content->items[k].end > left.start ? content->items[k].end : left.start;
	}
	return left.start < left.end && words_in(WORDS_SOONER, composer_text(c, p, left));
}

/* "Had promised that", "asked him to leave": on some day before that of the page, as what else is told. "Said that", "deny the
 * charge" and "according to" are as new as the page. */
static bool said_before(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_spans *cue = &attribution_of(c, p)->cue;
	bool statement = p->claim.direct || composer_is_clause(c, p, p->claim.span);
	for (size_t k = 0; k < cue->count; k++)
		for (uint32_t i = sr_reading_token_at(r, cue->items[k].start); i < r->token_count && r->tokens[i].span.start < cue->items[k].end; i++) {
			const sr_token *t = &r->tokens[i];
			sr_str form = sr_span_of(r->doc->text, t->span);
			bool past = t->upos == SR_UPOS_VERB && !sr_str_eq_nocase(form, t->lemma) && !sr_str_ends(form, SR_STR("s"));
			if ((t->upos == SR_UPOS_AUX && sr_str_eq(t->lemma, SR_STR("have"))) || (past && !statement))
				return true;
		}
	return says_sooner(c, p);
}

static bool is_entry(const composer *c, const sr_proof *p)
{
	const sr_block *b = sr_document_block_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	return b && b->kind == SR_BLOCK_EVENT && sr_time_known(b->time);
}

static int32_t days_since(sr_time then, sr_time now)
{
	return sr_days_from_civil(now.year, now.month, now.day) - sr_days_from_civil(then.year, then.month, then.day);
}

line_day composer_untold_day(const composer *c, const sr_proof *p)
{
	static const line_day none = { .as = DAY_OF };
	bool entry = is_entry(c, p);
	const sr_proof *saying = entry ? p : saying_of(c, p);
	line_day d = { composer_said(c, saying ? saying : p), entry ? DAY_OF : saying && !said_before(c, saying) ? DAY_REPORTED : DAY_AS_OF };
	sr_time newest = sr_time_truncate(c->out->updated, SR_PRECISION_DAY), oldest = sr_time_truncate(c->out->first_reported, SR_PRECISION_DAY);
	sr_time page = sr_document_time_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	if (!entry && sr_time_cmp(d.day, sr_time_truncate(page, SR_PRECISION_DAY)) != 0) /* told elsewhere, where no cite would show it */
		return none;
	if (!sr_time_known(d.day) || (!entry && d.day.precision < SR_PRECISION_DAY) || newest.precision < SR_PRECISION_DAY)
		return none;
	if (!entry && sr_time_cmp(d.day, newest) == 0 && sr_time_cmp(oldest, newest) == 0) /* the story's only day */
		return none;
	if (d.as == DAY_AS_OF && days_since(d.day, newest) <= STALE_DAYS)
		return none;
	return tells_date(c, p, d) ? none : d;
}
