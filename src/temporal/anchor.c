/* The time of what a span speaks of, apart from the time of saying. */
#include "sitrep/temporal.h"

static bool on_calendar(const sr_timex *t)
{
	return sr_time_known(t->begin) || sr_time_known(t->end);
}

/* How well an expression serves as the time of what happened: days before lengths, finer before
 * coarser, earlier in the span before later. Vague present times say only that it is so now. */
static int rank(const sr_timex *t)
{
	if (!on_calendar(t) || t->type == SR_TIMEX_SET)
		return 0;
	const sr_time *side = sr_time_known(t->begin) ? &t->begin : &t->end;
	int r = 1 + (int)side->precision * 2;
	if (t->type == SR_TIMEX_DURATION)
		r -= 2;
	return r < 1 ? 1 : r;
}

#define OWN_RANK 100 /* what dates the whole goes before what dates a part, however fine */

static bool is_noun(const sr_token *t) { return t->upos == SR_UPOS_NOUN || t->upos == SR_UPOS_PROPN; }

/* The noun that the expression stands before and belongs to, by itself or by the article before it: "the Sept. 11, 2001 |
 * attacks"; NULL: none, or it is not parsed. */
static const sr_token *noun_behind(const sr_reading *r, const sr_sentence *s, const sr_timex *t)
{
	const sr_token *tokens = r->tokens + s->first_token;
	uint32_t first = sr_reading_token_at(r, t->span.start) - s->first_token;
	uint32_t i = first > 0 && first <= s->token_count && tokens[first - 1].deprel == SR_DEPREL_det ? first - 1 : first;
	for (; i < s->token_count && tokens[i].span.start < t->span.end; i++) {
		const sr_token *head = tokens[i].head >= 0 && tokens[i].deprel != SR_DEPREL_appos ? &tokens[tokens[i].head] : NULL;
		if (head && head->span.start >= t->span.end && is_noun(head))
			return head;
	}
	return NULL;
}

/* "In the 2019 election" is when it happened; "after the 2001 attacks" and "the inquiry into the 2016 vote" name a thing by its time. */
static bool leads_away(const sr_reading *r, const sr_sentence *s, const sr_token *noun)
{
	static const sr_str when[] = { SR_STR_INIT("in"), SR_STR_INIT("at"), SR_STR_INIT("on"), SR_STR_INIT("during") };
	const sr_token *tokens = r->tokens + s->first_token;
	bool led = false, within = false;
	for (uint32_t i = 0; i < s->token_count; i++) {
		if (tokens[i].deprel != SR_DEPREL_case || tokens[i].head != noun - tokens || tokens[i].span.start > noun->span.start)
			continue;
		led = true;
		for (size_t k = 0; k < sizeof when / sizeof *when; k++)
			within |= sr_str_eq_nocase(sr_span_of(r->doc->text, tokens[i].span), when[k]);
	}
	return led && !within;
}

/* The time of a thing named, and not of what is told: "last year's massacre", "after the 2001 attacks". */
static bool of_a_thing(const sr_reading *r, size_t sentence, const sr_timex *t)
{
	sr_str behind = sr_str_slice(r->doc->text, t->span.end, r->doc->text.len);
	if (sr_str_starts(behind, SR_STR("'s ")) || sr_str_starts(behind, SR_STR("\xE2\x80\x99s ")))
		return true;
	const sr_sentence *s = sentence == SIZE_MAX ? NULL : &r->sentences[sentence];
	const sr_token *noun = s && s->token_count ? noun_behind(r, s, t) : NULL;
	return noun && leads_away(r, s, noun);
}

#define CLIMB_MAX 24

/* "Said the depot blew up at 6:40": the hour hangs on a verb of what is said, whatever stood nearest before it. */
static bool of_what_is_said(const sr_reading *r, size_t sentence, sr_span span, const sr_timex *t)
{
	const sr_sentence *s = sentence == SIZE_MAX ? NULL : &r->sentences[sentence];
	size_t i = s ? sr_reading_token_at(r, t->span.start) : SIZE_MAX;
	bool verb = false;
	for (int steps = 0; steps < CLIMB_MAX && i < r->token_count; steps++) {
		const sr_token *k = &r->tokens[i];
		if (!sr_span_has(span, k->span))
			return verb;
		verb |= k->upos == SR_UPOS_VERB;
		if (k->head < 0)
			return false;
		i = s->first_token + (size_t)k->head;
	}
	return false;
}

sr_anchor sr_temporal_anchor(const sr_reading *reading, sr_span span)
{
	sr_anchor a = { .timex = SIZE_MAX, .said = sr_document_time_at(reading->doc, span.start) };
	sr_span around = span;
	size_t sentence = sr_reading_sentence_at(reading, span.start);
	int best = 0;
	const sr_block *block = sr_document_block_at(reading->doc, span.start);
	bool event = block && block->kind == SR_BLOCK_EVENT && sr_time_known(block->time);
	if (event) { /* the entry of a timeline has its date in front */
		a.when = block->time;
		a.until = sr_time_known(block->until) ? block->until : block->time;
		a.when_stated = true;
	}
	if (sentence != SIZE_MAX) {
		sr_span s = reading->sentences[sentence].span;
		around.start = s.start < span.start ? s.start : span.start;
		around.end = s.end > span.end ? s.end : span.end;
	}
	for (size_t i = sr_reading_time_from(reading, around.start); i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		if (t->span.start >= around.end)
			break;
		if (t->said && !of_what_is_said(reading, sentence, span, t)) {
			/* "said earlier this week": it was reported by the time of publication, and no day is guessed */
			if (!a.said_stated && sr_time_known(t->begin) && t->begin.precision == t->end.precision &&
			    sr_time_cmp(t->begin, t->end) == 0) {
				a.said = t->begin;
				a.said_stated = true;
			}
			continue;
		}
		int r = rank(t) ? rank(t) + (sr_temporal_dates(reading, span, t) ? OWN_RANK : 0) : 0;
		if (event || !sr_span_has(span, t->span) || r <= best || of_a_thing(reading, sentence, t))
			continue;
		best = r;
		a.timex = i;
		a.when = t->begin;
		a.until = t->end;
		a.when_stated = true;
	}
	return a;
}
