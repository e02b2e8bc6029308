/* When somebody said something: what the page tells of that, beside the words themselves or right before them. */
#include "sitrep/claim.h"
#include "sitrep/temporal.h"

#define NEAR_DAYS 7

static bool in_spans(const sr_spans *spans, sr_span at)
{
	for (size_t i = 0; i < spans->count; i++)
		if (sr_span_has(spans->items[i], at))
			return true;
	return false;
}

static bool tells_of_saying(const sr_reading *r, const sr_attribution *a, const sr_timex *t)
{
	bool above = t->said;
	for (size_t i = 0; i < a->cue.count && !above; i++)
		above = sr_temporal_hangs_on(r, t, a->cue.items[i]);
	return above && !in_spans(&a->content, t->span) && sr_time_known(t->begin);
}

static bool is_point(const sr_timex *t)
{
	return sr_time_cmp(sr_time_truncate(t->begin, SR_PRECISION_DAY), sr_time_truncate(t->end, SR_PRECISION_DAY)) == 0;
}

/* A day, or a month or year that was over by the report. */
static bool is_placed(const sr_timex *t, sr_time report)
{
	bool day = t->begin.precision >= SR_PRECISION_DAY;
	return is_point(t) && (day || sr_time_cmp(t->begin, sr_time_truncate(report, t->begin.precision)) < 0);
}

/* The main verb of the sentence, if the speaker is its subject; else an empty span. */
static sr_span deed_of(const sr_reading *r, const sr_sentence *s, sr_str name)
{
	for (uint32_t t = s->first_token; name.len && t < s->first_token + s->token_count; t++) {
		const sr_token *k = &r->tokens[t], *head = k->head >= 0 ? &r->tokens[s->first_token + (uint32_t)k->head] : NULL;
		for (int steps = 0; head && head->head >= 0 && (k->deprel == SR_DEPREL_flat || k->deprel == SR_DEPREL_compound) && steps < 3; steps++) {
			k = head;
			head = &r->tokens[s->first_token + (uint32_t)k->head];
		}
		if (head && k->deprel == SR_DEPREL_nsubj && head->head == -1 && sr_str_eq(sr_span_of(r->doc->text, r->tokens[t].span), name))
			return head->span;
	}
	return (sr_span){ 0, 0 };
}

/* The day of what the speaker does in the sentence, if it is one of those before the report or the next. */
static sr_time day_of_deed(const sr_reading *r, const sr_attribution *a, size_t sentence, sr_time report)
{
	const sr_sentence *s = &r->sentences[sentence];
	sr_span deed = deed_of(r, s, sr_str_last_word(a->speaker));
	for (size_t i = deed.end ? sr_reading_time_from(r, s->span.start) : r->time_count; i < r->time_count && r->times[i].span.start < s->span.end; i++) {
		const sr_timex *t = &r->times[i];
		if (!sr_time_known(t->begin) || t->begin.precision < SR_PRECISION_DAY || !is_point(t) || !sr_temporal_hangs_on(r, t, deed))
			continue;
		sr_time day = sr_time_truncate(t->begin, SR_PRECISION_DAY);
		int32_t back = sr_days_from_civil(report.year, report.month, report.day) - sr_days_from_civil(day.year, day.month, day.day);
		return back >= -1 && back <= NEAR_DAYS ? day : SR_TIME_NONE;
	}
	return SR_TIME_NONE;
}

sr_time sr_claim_said(const sr_reading *r, const sr_attribution *a, bool *vague)
{
	*vague = false;
	size_t sentence = a->cue.count ? sr_reading_sentence_at(r, a->cue.items[0].start) : SIZE_MAX;
	if (sentence == SIZE_MAX)
		return SR_TIME_NONE;
	sr_span s = r->sentences[sentence].span;
	sr_time report = sr_document_time_at(r->doc, s.start);
	for (size_t i = sr_reading_time_from(r, s.start); i < r->time_count && r->times[i].span.start < s.end; i++) {
		if (!tells_of_saying(r, a, &r->times[i]))
			continue;
		if (is_placed(&r->times[i], report))
			return sr_time_truncate(r->times[i].begin, SR_PRECISION_DAY);
		*vague = true;
	}
	return SR_TIME_NONE;
}

sr_time sr_claim_said_beside(const sr_reading *r, const sr_attribution *a, sr_span *where)
{
	size_t first = a->content.count ? sr_reading_sentence_at(r, a->content.items[0].start) : SIZE_MAX;
	if (first == SIZE_MAX || first == 0 || r->sentences[first - 1].block != r->sentences[first].block)
		return SR_TIME_NONE;
	sr_time report = sr_document_time_at(r->doc, r->sentences[first].span.start);
	if (report.precision < SR_PRECISION_DAY)
		return SR_TIME_NONE;
	*where = r->sentences[first - 1].span;
	return day_of_deed(r, a, first - 1, report);
}
