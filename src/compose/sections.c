/* The brief's sections: their order, their headings, and the order of their lines. */
#include "brief.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define LEAD_DAYS 2.0     /* from the newest line on, within which lies what leads */
#define SAID_DAYS 3.0     /* what somebody said so shortly before the report is as new as that */
#define HEADING_WORTH 0.5 /* of the weightiest line of a section about one thing: what weighs less is no heading for it */

sr_time brief_time_of(const composer *c, const sr_proof *p)
{
	sr_time reported = sr_document_time_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	bool day = p->claim.when_stated && !p->open_ended && p->claim.when.precision >= SR_PRECISION_DAY;
	bool only_said = day && p->claim.said_stated && sr_time_cmp(p->claim.when, p->claim.said) == 0 && sr_time_known(reported);
	return day && !(only_said && days_between(reported, p->claim.when) <= SAID_DAYS) ? p->claim.when : reported;
}

/* Of what the line's sentence states, the heading of as much as has one. */
static sr_str heading_of(const composer *c, size_t proof, sr_span *cite)
{
	const sr_proof *p = &c->e.proofs[proof], *first = p, *end = c->e.proofs + c->e.proof_count;
	sr_str best = { 0 };
	size_t most = 0;
	while (first > c->e.proofs && composer_same_sentence(first - 1, p))
		first--;
	for (const sr_proof *q = first; q < end && composer_same_sentence(q, p); q++) {
		sr_span at;
		size_t len = q->claim.span.end - q->claim.span.start;
		sr_str heading = len > most ? composer_section_heading(c, q, &at) : (sr_str){ 0 };
		if (!heading.len)
			continue;
		best = heading;
		most = len;
		*cite = at;
	}
	return best;
}

/* The first line becomes the heading if its main clause is short enough; what the cut leaves out is
 * given up for a page that reads. */
static sr_status write_heading(const composer *c, draft *s)
{
	sr_span cite;
	sr_str heading = s->section.line_count < 2 ? (sr_str){ 0 } : heading_of(c, s->lines[0].proof, &cite);
	if (!heading.len)
		return SR_OK;
	s->section.heading = heading;
	s->section.heading_cites = s->section.lines[0].cites;
	s->section.heading_cites.items[0].span = cite;
	s->section.lines++;
	s->section.line_count--;
	return SR_OK;
}

/* The newest line speaks first; in a section about one thing the line that it is about, and then the newest. */
static void sort_lines(const composer *c, draft *s)
{
	size_t first = !s->disputed && s->lines[0].proof == s->lines[0].dated_by;
	sr_time days[LINES_GATHERED_MAX];
	for (size_t i = 0; i < s->count; i++)
		days[i] = sr_time_truncate(brief_time_of(c, &c->e.proofs[s->lines[i].dated_by]), SR_PRECISION_DAY);
	for (size_t i = first + 1; i < s->count; i++)
		for (size_t k = i; k > first; k--) {
			sr_time before = days[k - 1], after = days[k];
			if (!sr_time_known(after) || (sr_time_known(before) && sr_time_cmp(after, before) <= 0))
				break;
			draft_line line = s->lines[k];
			s->lines[k] = s->lines[k - 1];
			s->lines[k - 1] = line;
			days[k] = before;
			days[k - 1] = after;
		}
}

/* A line whose words give no date shows its day, unless the line before has shown the same. */
static sr_status write_lines(const composer *c, draft *s)
{
	sr_time told = SR_TIME_NONE;
	s->section.line_count = s->count;
	s->section.lines = SR_NEW_ARRAY(c->arena, sr_line, s->count);
	if (!s->section.lines)
		return SR_E_NOMEM;
	for (size_t i = 0; i < s->count; i++) {
		const sr_proof *p = &c->e.proofs[s->lines[i].proof];
		line_day d = composer_untold_day(c, p);
		bool again = sr_time_known(d.day) && sr_time_cmp(d.day, told) == 0;
		sr_str text = composer_sentence(c, p, s->lines[i].shown, again ? (line_day){ .as = DAY_OF } : d);
		s->section.lines[i] = (sr_line){ .text = text, .cites = s->lines[i].cites };
		if (!s->section.lines[i].text.ptr)
			return SR_E_NOMEM;
		if (sr_time_known(d.day) || sr_time_cmp(composer_said(c, p), told) != 0)
			told = d.day;
	}
	return SR_OK;
}

/* With the line that takes it up, if one does. */
static void bring_forward(draft *s, size_t i)
{
	size_t n = s->lines[i].dated_by != s->lines[i].proof && i + 1 < s->count ? 2 : 1;
	draft_line lines[2] = { s->lines[i], s->lines[i + n - 1] };
	memmove(s->lines + n, s->lines, i * sizeof *s->lines);
	memcpy(s->lines, lines, n * sizeof *lines);
}

/* The first line that can be a heading and weighs enough leads; the others stay as they are. What takes up the line before it stays
 * behind that. */
static void lead_with_heading(const composer *c, const double *worth, draft *s)
{
	sr_span cite;
	for (size_t i = 0; s->count > 1 && i < s->count; i++) {
		bool taken_up = i && s->lines[i - 1].dated_by == s->lines[i].proof;
		bool light = !s->disputed && worth[s->lines[i].dated_by] < HEADING_WORTH * s->weight;
		if (taken_up || light || !heading_of(c, s->lines[i].proof, &cite).len)
			continue;
		bring_forward(s, i);
		return;
	}
	size_t first = 0; /* what is denied stands before "such a thing" */
	while (first < s->count && words_in(WORDS_AWAY, composer_text(c, &c->e.proofs[s->lines[first].proof], s->lines[first].shown)))
		first++;
	if (first && first < s->count)
		bring_forward(s, first);
}

/* By day, those without one last; of one day's the one with the weightiest line. */
static int newest_first(const void *a, const void *b)
{
	const draft *x = a, *y = b;
	if (sr_time_known(x->newest) != sr_time_known(y->newest))
		return sr_time_known(x->newest) ? -1 : 1;
	int c = sr_time_cmp(sr_time_truncate(y->newest, SR_PRECISION_DAY), sr_time_truncate(x->newest, SR_PRECISION_DAY));
	if (!c && x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return c ? c : (x->lines[0].proof > y->lines[0].proof) - (x->lines[0].proof < y->lines[0].proof);
}

/* The weightiest section that is about what is new leads. */
static void lead_with_weightiest(draft *drafts, size_t count)
{
	size_t best = 0;
	for (size_t i = 1; i < count; i++) {
		const draft *s = &drafts[i];
		bool is_new = !sr_time_known(drafts[0].newest) || (sr_time_known(s->weightiest) && days_between(drafts[0].newest, s->weightiest) <= LEAD_DAYS);
		best = is_new && s->weight > drafts[best].weight ? i : best;
	}
	draft lead = drafts[best];
	memmove(drafts + 1, drafts, best * sizeof lead);
	drafts[0] = lead;
}

sr_status brief_write(composer *c, draft *drafts, size_t count, const double *worth)
{
	if (count) {
		qsort(drafts, count, sizeof *drafts, newest_first);
		lead_with_weightiest(drafts, count);
	}
	c->out->brief = SR_NEW_ARRAY(c->arena, sr_section, count);
	if (!c->out->brief)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		sort_lines(c, &drafts[i]);
		lead_with_heading(c, worth, &drafts[i]);
		SR_TRY(write_lines(c, &drafts[i]));
		SR_TRY(write_heading(c, &drafts[i]));
		c->out->brief[i] = drafts[i].section;
	}
	c->out->brief_count = count;
	return SR_OK;
}
