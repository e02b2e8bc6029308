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

bool composer_tells(const void *ctx, const sr_proof *p)
{
	const composer *c = ctx;
	const sr_block *b = sr_document_block_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	if (b && b->kind == SR_BLOCK_EVENT)
		return true;
	if (sr_str_ends(composer_text(c, p, p->claim.sentence_span), SR_STR("?")) || !composer_balanced(composer_text(c, p, p->claim.sentence_span)))
		return false;
	if (only_planned(c, p) || composer_posted(c, p) || !composer_is_sentence(c, p) || (!dated_itself(c, p) && !composer_dated_part(c, p, p->claim.when).end)) /* the day of a post is that of the saying */
		return false;
	/* somebody's words that do not say whose they are tell no event by themselves */
	const sr_attribution *a = sr_proof_attributed(p) ? &c->e.readings[p->claim.doc]->attributions[p->claim.attribution] : NULL;
	return !(a && a->source.count && !composer_shows_speaker(c, p)) && composer_states(c, p, composer_trim(c, p, p->claim.sentence_span)) &&
	       !composer_leans(c, p, p->claim.sentence_span);
}
