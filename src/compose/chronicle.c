/* The timeline, and the updates newest first. */
#include "composer.h"
#include "words.h"

#include <stdlib.h>

#define EVENT_MAX 200u
#define UPDATES_MAX 30
#define UPDATE_MAX 260u

/* The cut tells an event by itself. */
static bool reads_well(const composer *c, const sr_proof *p, sr_span cut)
{
	return composer_complete(c, p, cut) && composer_keeps_content(c, p, cut) && composer_balanced(composer_text(c, p, cut)) && !composer_leans(c, p, cut);
}

/* A clause that holds the expression which gives the date, if one of the sentence does. */
static sr_span dated_clause(const composer *c, const sr_proof *p, const sr_moment *m)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span cut = composer_attributed_clause(c, p, EVENT_MAX), part = composer_dated_part(c, p, m->when);
	if (part.end)
		return part;
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		if (!sr_span_has(p->claim.sentence_span, t->span) || sr_time_cmp(t->begin, m->when) != 0)
			continue;
		if (sr_span_has(cut, t->span) && reads_well(c, p, cut))
			return cut;
		sr_span around = composer_clause(c, p, p->claim.sentence_span, t->span, EVENT_MAX);
		bool keeps = sr_span_has(around, t->span) && composer_keeps_speakers(c, p, around) && reads_well(c, p, around);
		return keeps ? around : composer_trim(c, p, p->claim.sentence_span);
	}
	return cut;
}

#define BEFORE_DATE_MAX 4u /* bytes: "On ", "The " is the expression's own */

/* "On November 5, the staff denied", "The following day, …": the entry's date says it already. */
static sr_span behind_date(const composer *c, const sr_proof *p, const sr_moment *m, sr_span cut)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		if (!sr_span_has(cut, t->span) || t->span.start - cut.start > BEFORE_DATE_MAX || sr_time_cmp(t->begin, m->when) != 0)
			continue;
		uint32_t next = sr_reading_token_at(r, t->span.end);
		if (composer_is_comma(r, next) && composer_is_comma(r, next + 2) && words_has(WORDS_CONNECTIVE, sr_span_of(r->doc->text, r->tokens[next + 1].span)))
			next += 2; /* "On Thursday, though, the mayor" */
		if (composer_is_comma(r, next) && next + 1 < r->token_count && sr_span_has(cut, r->tokens[next + 1].span))
			return (sr_span){ r->tokens[next + 1].span.start, cut.end };
	}
	return cut;
}

/* "The spring of 1993" has no month that a reader would know it by: its year is what the page can say. */
static bool only_season(const composer *c, const sr_proof *p, const sr_moment *m)
{
	static const sr_str seasons[] = { SR_STR_INIT("-SP"), SR_STR_INIT("-SU"), SR_STR_INIT("-FA"), SR_STR_INIT("-WI") };
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (size_t i = 0; i < r->time_count; i++)
		for (size_t k = 0; sr_span_has(p->claim.sentence_span, r->times[i].span) && k < sizeof seasons / sizeof *seasons; k++)
			if (sr_str_ends(r->times[i].value, seasons[k]) && sr_time_cmp(r->times[i].begin, m->when) == 0)
				return true;
	return false;
}

/* "Said yesterday": under the entry's own date the word would mean the day before it. */
static bool counts_from_page(const composer *c, const sr_proof *p, sr_span cut)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (size_t i = sr_reading_time_from(r, cut.start); i < r->time_count && r->times[i].span.start < cut.end; i++)
		if (sr_span_has(cut, r->times[i].span) && words_in(WORDS_DEICTIC, composer_text(c, p, r->times[i].span)))
			return true;
	return false;
}

static sr_str event_words(const composer *c, const sr_proof *p, sr_span shown)
{
	return counts_from_page(c, p, shown) ? composer_heading(c, p, shown, (line_day){ .as = DAY_OF }) : composer_line(c, p, shown);
}

static sr_status write_event(const composer *c, const sr_moment *m, sr_event *out)
{
	const sr_proof *p = &c->e.proofs[m->proofs[0]];
	sr_span cut = dated_clause(c, p, m);
	sr_cite cites[8] = { { p->claim.doc + 1, cut } };
	size_t n = 1;
	for (size_t i = 1; i < m->proof_count && n < 8; i++) {
		const sr_proof *q = &c->e.proofs[m->proofs[i]];
		bool seen = false;
		for (size_t k = 0; k < n && !seen; k++)
			seen = cites[k].source == q->claim.doc + 1;
		if (!seen && composer_says_too(c, p, cut, q))
			cites[n++] = (sr_cite){ q->claim.doc + 1, q->claim.sentence_span };
	}
	*out = (sr_event){ .date = m->when, .until = m->until };
	if (only_season(c, p, m))
		*out = (sr_event){ .date = sr_time_truncate(m->when, SR_PRECISION_YEAR) };
	out->text = event_words(c, p, behind_date(c, p, m, cut));
	if (!out->text.ptr)
		return SR_E_NOMEM;
	out->origins = composer_origins(c, m->proofs, m->proof_count);
	if (out->origins > n)
		out->origins = (uint32_t)n;
	return composer_cites(c, cites, n, &out->cites);
}

/* A sentence of two dates tells its event on the first of them. */
static bool told_before(const composer *c, const sr_event *e)
{
	for (size_t i = 0; i < c->out->timeline_count; i++) {
		const sr_cite *x = &c->out->timeline[i].cites.items[0], *y = &e->cites.items[0];
		if (x->source == y->source && sr_span_overlap(x->span, y->span))
			return true;
	}
	return false;
}

sr_status compose_timeline(composer *c)
{
	c->out->timeline = SR_NEW_ARRAY(c->arena, sr_event, c->moment_count);
	if (!c->out->timeline)
		return SR_E_NOMEM;
	for (size_t i = 0; i < c->moment_count; i++) {
		sr_event *e = &c->out->timeline[c->out->timeline_count];
		SR_TRY(write_event(c, &c->moments[i], e));
		c->out->timeline_count += !told_before(c, e);
	}
	return SR_OK;
}

/* Who holds the other side of an open conflict, if he said so before; two tellings of one person's deed contradict each
 * other, not that person. */
static sr_str opponent(const sr_conflict *x, int side, sr_time said)
{
	if (x->status != SR_CONFLICT_OPEN || x->position_count < 2 || !x->positions)
		return (sr_str){ 0 };
	const sr_position *own = &x->positions[side], *other = &x->positions[1 - side];
	if (!other->held_by_count || (own->held_by_count && sr_str_eq(own->held_by[0].who, other->held_by[0].who)))
		return (sr_str){ 0 };
	return sr_time_cmp(other->held_by[0].said, said) <= 0 ? other->held_by[0].who : (sr_str){ 0 };
}

/* "Contradicts NAME" */
static sr_str note_of(const composer *c, size_t proof)
{
	const sr_proof *p = &c->e.proofs[proof];
	for (size_t i = 0; i < c->contrast_count && i < c->out->conflict_count; i++)
		for (int s = 0; s < 2; s++)
			for (size_t k = 0; k < c->contrasts[i].sides[s].count; k++) {
				if (c->contrasts[i].sides[s].stands[k].proof != proof)
					continue;
				sr_str who = opponent(&c->out->conflicts[i], s, composer_said(c, p));
				if (who.len)
					return sr_str_printf(c->arena, "Contradicts %.*s", SR_FMT(composer_within(c, who)));
			}
	return (sr_str){ 0 };
}

/* The first proof of a document's update (or of the document) that can stand alone. */
static size_t head_of(const composer *c, size_t doc, uint32_t group)
{
	for (size_t i = c->e.first_proof[doc]; i < c->e.first_proof[doc + 1]; i++) {
		const sr_proof *p = &c->e.proofs[i];
		const sr_block *b = sr_document_block_at(c->e.docs[doc], p->claim.sentence_span.start);
		if (b && b->group == group && composer_stands_alone(c, p))
			return i;
	}
	return SIZE_MAX;
}

static sr_status add_update(composer *c, size_t doc, uint32_t group)
{
	size_t i = head_of(c, doc, group);
	if (i == SIZE_MAX)
		return SR_OK;
	const sr_proof *p = &c->e.proofs[i];
	sr_update *u = &c->out->updates[c->out->update_count];
	sr_span cut = composer_attributed_clause(c, p, UPDATE_MAX);
	if (!composer_complete(c, p, cut) || !composer_states(c, p, cut))
		cut = composer_trim(c, p, p->claim.sentence_span);
	u->at = sr_document_time_at(c->e.docs[doc], p->claim.sentence_span.start);
	if (!sr_time_known(u->at))
		return SR_OK;
	u->text = composer_line(c, p, cut);
	if (!u->text.ptr)
		return SR_E_NOMEM;
	u->note = note_of(c, i);
	SR_TRY(composer_cite_one(c, p, cut, &u->cites));
	c->out->update_count++;
	return SR_OK;
}

static int newest_first(const void *a, const void *b)
{
	const sr_update *x = a, *y = b;
	int c = sr_time_cmp(y->at, x->at);
	if (c)
		return c;
	return (x->cites.items[0].source > y->cites.items[0].source) - (x->cites.items[0].source < y->cites.items[0].source);
}

/* Reprints of one origin report once. */
static bool reprint(const composer *c, size_t doc)
{
	for (size_t i = 0; i < doc; i++)
		if (c->e.doc_origin[i] == c->e.doc_origin[doc] && c->e.docs[i]->kind == c->e.docs[doc]->kind)
			return true;
	return false;
}

sr_status compose_updates(composer *c)
{
	size_t room = 0;
	for (size_t d = 0; d < c->e.doc_count; d++)
		room += c->e.docs[d]->block_count + 1;
	c->out->updates = SR_NEW_ARRAY(c->arena, sr_update, room);
	if (!c->out->updates)
		return SR_E_NOMEM;
	for (size_t d = 0; d < c->e.doc_count; d++) {
		const sr_document *doc = c->e.docs[d];
		if (doc->status == SR_DOC_WITHDRAWN || reprint(c, d))
			continue;
		uint32_t last = UINT32_MAX;
		for (size_t b = 0; b < doc->block_count; b++) {
			if (doc->blocks[b].group == last || (doc->kind == SR_DOC_LIVE && !doc->blocks[b].group))
				continue;
			last = doc->blocks[b].group;
			SR_TRY(add_update(c, d, last));
			if (doc->kind != SR_DOC_LIVE)
				break;
		}
	}
	if (c->out->update_count)
		qsort(c->out->updates, c->out->update_count, sizeof *c->out->updates, newest_first);
	if (c->out->update_count > UPDATES_MAX)
		c->out->update_count = UPDATES_MAX;
	return SR_OK;
}
