/* Taking out of a dossier what failed. A failed part is first emptied where it stands, so that the
 * indices of other failures stay right; then every list is closed up. */
#include "sitrep/verify.h"

static sr_line *change_list(sr_changes *c, uint32_t list, size_t **count)
{
	switch (list) {
	case 0: *count = &c->added_count; return c->added;
	case 1: *count = &c->strengthened_count; return c->strengthened;
	case 2: *count = &c->contradicted_count; return c->contradicted;
	default: *count = &c->withdrawn_count; return c->withdrawn;
	}
}

/* The cites of a part that may lose some and stand, or NULL. */
static sr_cites *cites_of(sr_dossier *d, const sr_flaw *f)
{
	size_t *count;
	switch (f->part) {
	case SR_PART_HEADING: return &d->brief[f->at[0]].heading_cites;
	case SR_PART_SENTENCE: return &d->brief[f->at[0]].lines[f->at[1]].cites;
	case SR_PART_UNKNOWN: return &d->unknown[f->at[0]].cites;
	case SR_PART_QUOTE: return &d->quotes[f->at[0]].cites;
	case SR_PART_EVENT: return &d->timeline[f->at[0]].cites;
	case SR_PART_UPDATE: return &d->updates[f->at[0]].cites;
	case SR_PART_CHANGE: return &change_list(&d->changes, f->at[0], &count)[f->at[1]].cites;
	default: return NULL;
	}
}

/* Drops the idle cites; false if none would be left or the part cannot lose any. */
static bool drop_idle(sr_dossier *d, const sr_flaw *f)
{
	sr_cites *cites = f->idle ? cites_of(d, f) : NULL;
	size_t kept = 0;
	for (size_t i = 0; cites && i < cites->count; i++)
		kept += !(f->idle >> i & 1);
	if (!kept)
		return false;
	kept = 0;
	for (size_t i = 0; i < cites->count; i++)
		if (!(f->idle >> i & 1))
			cites->items[kept++] = cites->items[i];
	cites->count = kept;
	return true;
}

/* Who is named is told to be; false if it is not that which fails. */
static bool name_speaker(sr_dossier *d, const sr_flaw *f)
{
	if (f->named && f->part == SR_PART_HOLDER)
		d->conflicts[f->at[0]].positions[f->at[1]].held_by[f->at[2]].named = true;
	else if (f->named && f->part == SR_PART_QUOTE)
		d->quotes[f->at[0]].named = true;
	return f->named;
}

/* Puts the number of origins right; false if it is not that which fails. */
static bool count_origins(sr_dossier *d, const sr_flaw *f)
{
	if (!f->origins)
		return false;
	switch (f->part) {
	case SR_PART_POSITION: d->conflicts[f->at[0]].positions[f->at[1]].origins = f->origins; return true;
	case SR_PART_EVENT: d->timeline[f->at[0]].origins = f->origins; return true;
	case SR_PART_QUOTE: d->quotes[f->at[0]].origins = f->origins; return true;
	default: return false;
	}
}

/* A statement of several holders' words is cut back to the first of them. */
static void empty_position(sr_position *p)
{
	bool several = p->held_by_count > 1 && p->held_by[0].told && p->held_by[0].told <= p->statement.len;
	p->held_by_count = several ? 1 : p->held_by_count;
	p->statement.len = several ? p->held_by[0].told : 0;
}

/* Empties the part; false if leaving it out cannot cure the dossier. */
static bool empty(sr_dossier *d, const sr_flaw *f)
{
	const sr_str none = { 0 };
	size_t *count;
	switch (f->part) {
	case SR_PART_STORY:
	case SR_PART_SOURCE: return false;
	case SR_PART_PLACE: d->places[f->at[0]].name = none; break;
	case SR_PART_ENTITY: d->entities[f->at[0]].name = none; break;
	case SR_PART_HEADING:
		d->brief[f->at[0]].heading = none;
		d->brief[f->at[0]].heading_cites.count = 0;
		break;
	case SR_PART_SENTENCE: d->brief[f->at[0]].lines[f->at[1]].text = none; break;
	case SR_PART_STANDING:
		d->conflicts[f->at[0]].status = SR_CONFLICT_OPEN;
		d->conflicts[f->at[0]].settled_by = SR_SETTLED_BY_NONE;
		break;
	case SR_PART_QUESTION: d->conflicts[f->at[0]].question = none; break;
	case SR_PART_POSITION: empty_position(&d->conflicts[f->at[0]].positions[f->at[1]]); break;
	case SR_PART_HOLDER: d->conflicts[f->at[0]].positions[f->at[1]].held_by[f->at[2]].cite.source = 0; break;
	case SR_PART_UNKNOWN: d->unknown[f->at[0]].text = none; break;
	case SR_PART_QUOTE: d->quotes[f->at[0]].text = none; break;
	case SR_PART_FIGURE: d->figures[f->at[0]].series_count = 0; break;
	case SR_PART_POINT: d->figures[f->at[0]].series[f->at[1]].cites.count = 0; break;
	case SR_PART_EVENT: d->timeline[f->at[0]].text = none; break;
	case SR_PART_UPDATE: d->updates[f->at[0]].text = none; break;
	case SR_PART_NOTE: d->updates[f->at[0]].note = none; break;
	case SR_PART_CHANGE: change_list(&d->changes, f->at[0], &count)[f->at[1]].text = none; break;
	}
	return true;
}

/* Keeps the elements of items[0, count) for which keep(item) holds, in order. */
#define CLOSE_UP(items, count, item, keep)            \
	do {                                              \
		size_t kept_ = 0;                             \
		for (size_t i_ = 0; i_ < (count); i_++) {     \
			(item) = &(items)[i_];                    \
			if (keep)                                 \
				(items)[kept_++] = (items)[i_];       \
		}                                             \
		(count) = kept_;                              \
	} while (0)

/* Without a holder, those behind go too: their words stand behind that one's. */
static void close_position(sr_position *p)
{
	sr_holder *h;
	size_t held = 0;
	while (held < p->held_by_count && p->held_by[held].cite.source)
		held++;
	if (held && held < p->held_by_count && p->held_by[held - 1].told && p->held_by[held - 1].told <= p->statement.len) {
		p->held_by_count = held;
		p->statement.len = p->held_by[held - 1].told;
	}
	CLOSE_UP(p->held_by, p->held_by_count, h, h->cite.source != 0);
	if (p->origins > p->held_by_count)
		p->origins = (uint32_t)p->held_by_count;
}

static void close_conflicts(sr_dossier *d)
{
	for (size_t i = 0; i < d->conflict_count; i++) {
		sr_conflict *c = &d->conflicts[i];
		sr_position *p;
		for (size_t k = 0; k < c->position_count; k++)
			close_position(&c->positions[k]);
		CLOSE_UP(c->positions, c->position_count, p, p->statement.len && p->held_by_count);
	}
	sr_conflict *c;
	CLOSE_UP(d->conflicts, d->conflict_count, c, c->question.len && c->position_count >= 2);
}

static void close_brief(sr_dossier *d)
{
	for (size_t s = 0; s < d->brief_count; s++) {
		sr_line *line;
		CLOSE_UP(d->brief[s].lines, d->brief[s].line_count, line, line->text.len);
	}
	sr_section *section;
	CLOSE_UP(d->brief, d->brief_count, section, section->line_count);
}

static void close_figures(sr_dossier *d)
{
	for (size_t i = 0; i < d->figure_count; i++) {
		sr_figure_point *point;
		CLOSE_UP(d->figures[i].series, d->figures[i].series_count, point, point->cites.count);
	}
	/* one point is no series */
	sr_figure *figure;
	CLOSE_UP(d->figures, d->figure_count, figure, figure->series_count >= 2);
}

static void close_changes(sr_changes *c)
{
	for (uint32_t l = 0; l < 4; l++) {
		size_t *count;
		sr_line *lines = change_list(c, l, &count), *line;
		CLOSE_UP(lines, *count, line, line->text.len);
	}
}

size_t sr_verify_prune(sr_dossier *d, const sr_verdict *verdict)
{
	size_t left = 0;
	for (size_t i = 0; i < verdict->failure_count; i++)
		left += !name_speaker(d, &verdict->failures[i]) && !count_origins(d, &verdict->failures[i]) && !drop_idle(d, &verdict->failures[i]) && !empty(d, &verdict->failures[i]);
	sr_place *place;
	sr_story_entity *entity;
	sr_unknown *unknown;
	sr_quote *quote;
	sr_event *event;
	sr_update *update;
	CLOSE_UP(d->places, d->place_count, place, place->name.len);
	CLOSE_UP(d->entities, d->entity_count, entity, entity->name.len);
	close_brief(d);
	close_conflicts(d);
	CLOSE_UP(d->unknown, d->unknown_count, unknown, unknown->text.len);
	CLOSE_UP(d->quotes, d->quote_count, quote, quote->text.len);
	close_figures(d);
	CLOSE_UP(d->timeline, d->timeline_count, event, event->text.len);
	CLOSE_UP(d->updates, d->update_count, update, update->text.len);
	close_changes(&d->changes);
	return left;
}
