/* Counts of one town and of another, or of all the land. */
#include "sitrep/evidence.h"

/* The next town or region, no country, that the sentence names, from entity i on; NULL if there is none. */
static const sr_entity *town_from(const sr_evidence *e, const sr_proof *p, size_t i)
{
	const sr_reading *r = e->readings[p->claim.doc];
	for (; i < r->entity_count && r->entities[i].span.start < p->claim.sentence_span.end; i++) {
		const sr_entity *x = &r->entities[i];
		bool country = x->type != SR_ENTITY_LOC;
		for (size_t k = 0; k < p->item_count && !country; k++)
			country = sr_span_has(x->span, r->tokens[p->items[k].token].span) && sr_terms_country(e->terms, p->items[k].term);
		if (!country)
			return x;
	}
	return NULL;
}

static const sr_entity *first_town(const sr_evidence *e, const sr_proof *p)
{
	return town_from(e, p, sr_reading_entity_from(e->readings[p->claim.doc], p->claim.sentence_span.start));
}

static const sr_entity *next_town(const sr_evidence *e, const sr_proof *p, const sr_entity *x)
{
	return town_from(e, p, (size_t)(x - e->readings[p->claim.doc]->entities) + 1);
}

static bool one_holds_other(sr_str a, sr_str b) { return sr_str_find_nocase(a.len > b.len ? a : b, a.len > b.len ? b : a, 0) != SIZE_MAX; }

bool sr_measure_elsewhere(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	const sr_proof *p = &e->proofs[a->proof], *q = &e->proofs[b->proof];
	bool both = false;
	for (const sr_entity *x = first_town(e, p); x; x = next_town(e, p, x))
		for (const sr_entity *y = first_town(e, q); y; y = next_town(e, q, y)) {
			both = true;
			if (one_holds_other(x->name, y->name))
				return false;
		}
	return both;
}

bool sr_measure_in_town(const sr_evidence *e, const sr_measure *m)
{
	const sr_proof *p = &e->proofs[m->proof];
	for (const sr_entity *x = first_town(e, p); x; x = next_town(e, p, x))
		if (sr_span_has(p->claim.span, x->span)) /* not "the mayor of Brask said" */
			return true;
	return false;
}
