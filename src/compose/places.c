/* The places of the story: its names of places, resolved together, most mentioned first. A name that the
 * gazetteer does not know stays a name. */
#include "composer.h"

#include "sitrep/base/map.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>

#define PLACES_MAX 24
#define AROUND 100u
#define UNRESOLVED_MENTIONS_MIN 2u

typedef struct spot {
	sr_place place;
	uint32_t mentions;
} spot;

typedef SR_VEC(sr_place_mention) mention_vec;

/* How often each name stands for a place rather than for somebody: "Morsi" is a town as well. */
static sr_status weigh(const composer *c, sr_strmap *out)
{
	for (size_t d = 0; d < c->e.doc_count; d++) {
		const sr_reading *r = c->e.readings[d];
		for (size_t i = 0; r->doc->status != SR_DOC_WITHDRAWN && i < r->entity_count; i++) {
			int64_t *slot = sr_strmap_put(out, sr_span_of(r->doc->text, r->entities[i].span));
			if (!slot)
				return SR_E_NOMEM;
			*slot += r->entities[i].type == SR_ENTITY_LOC ? 1 : r->entities[i].type == SR_ENTITY_MISC ? 0 : -1;
		}
	}
	return SR_OK;
}

static sr_status gather(const composer *c, mention_vec *out)
{
	sr_strmap weight;
	sr_strmap_init(&weight, c->arena);
	SR_TRY(weigh(c, &weight));
	for (size_t d = 0; d < c->e.doc_count; d++) {
		const sr_reading *r = c->e.readings[d];
		for (size_t i = 0; r->doc->status != SR_DOC_WITHDRAWN && i < r->entity_count; i++) {
			const sr_entity *e = &r->entities[i];
			const int64_t *places = sr_strmap_get(&weight, sr_span_of(r->doc->text, e->span));
			if (e->type != SR_ENTITY_LOC || !places || *places < 0)
				continue;
			sr_place_mention *m = SR_PUSH(c->arena, out);
			if (!m)
				return SR_E_NOMEM;
			uint32_t from = e->span.start > AROUND ? e->span.start - AROUND : 0;
			while (!sr_utf8_boundary(r->doc->text, from))
				from++;
			uint32_t to = e->span.end + AROUND;
			while (to < r->doc->text.len && !sr_utf8_boundary(r->doc->text, to))
				to--;
			*m = (sr_place_mention){ .name = sr_span_of(r->doc->text, e->span), .type = e->type,
				                     .before = sr_str_slice(r->doc->text, from, e->span.start),
				                     .after = sr_str_slice(r->doc->text, e->span.end, to) };
		}
	}
	return SR_OK;
}

/* One entry a name and country (a region is not listed beside its city of the same name), or a spelling. */
static sr_status add(composer *c, sr_strmap *seen, const sr_place_mention *m, const sr_resolved_place *p, spot *spots, size_t *count)
{
	bool known = p->kind != SR_PLACE_NONE;
	sr_str key = known ? sr_str_printf(c->arena, "%s %.*s", p->country, SR_FMT(p->name)) : m->name;
	int64_t *slot = sr_strmap_put(seen, key);
	if (!slot)
		return SR_E_NOMEM;
	if (!*slot) {
		spots[*count] = (spot){ .place = { .name = m->name, .resolved = known, .lat = p->lat, .lon = p->lon } };
		if (known)
			spots[*count].place.country = sr_str_dup(c->arena, sr_str_c(p->country));
		*slot = (int64_t)++*count;
	}
	spots[*slot - 1].mentions++;
	return SR_OK;
}

static int by_mentions(const void *a, const void *b)
{
	const spot *x = a, *y = b;
	if (x->mentions != y->mentions)
		return x->mentions > y->mentions ? -1 : 1;
	return sr_str_cmp(x->place.name, y->place.name);
}

sr_status compose_places(composer *c, const sr_gazetteer *gazetteer)
{
	mention_vec mentions = { 0 };
	sr_strmap seen;
	size_t count = 0;
	SR_TRY(gather(c, &mentions));
	sr_resolved_place *resolved = SR_NEW_ARRAY(c->arena, sr_resolved_place, mentions.count);
	spot *spots = SR_NEW_ARRAY(c->arena, spot, mentions.count);
	c->out->places = SR_NEW_ARRAY(c->arena, sr_place, PLACES_MAX);
	if (!resolved || !spots || !c->out->places)
		return SR_E_NOMEM;
	SR_TRY(sr_gazetteer_resolve(gazetteer, mentions.items, mentions.count, c->arena, resolved, NULL));
	sr_strmap_init(&seen, c->arena);
	for (size_t i = 0; i < mentions.count; i++)
		/* a government, or a people, is no place where something happened */
		if (!resolved[i].government && !resolved[i].demonym)
			SR_TRY(add(c, &seen, &mentions.items[i], &resolved[i], spots, &count));
	if (count)
		qsort(spots, count, sizeof *spots, by_mentions);
	for (size_t i = 0; i < count && c->out->place_count < PLACES_MAX; i++)
		if (spots[i].place.resolved || spots[i].mentions >= UNRESOLVED_MENTIONS_MIN)
			c->out->places[c->out->place_count++] = spots[i].place;
	return SR_OK;
}
