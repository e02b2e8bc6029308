#include "composer.h"

#include "sitrep/base/threads.h"

#define TITLE_MAX 110u

static sr_status gather(composer *c, const sr_compose_input *in, sr_terms *terms, sr_error *err)
{
	size_t n = in->story->doc_count;
	const sr_document **docs = SR_NEW_ARRAY(c->arena, const sr_document *, n);
	const sr_reading **readings = SR_NEW_ARRAY(c->arena, const sr_reading *, n);
	sr_doc_claims *claims = SR_NEW_ARRAY(c->arena, sr_doc_claims, n);
	if (!docs || !readings || !claims)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < n; i++) {
		docs[i] = in->docs[in->story->docs[i]];
		readings[i] = &in->readings[in->story->docs[i]];
		claims[i] = in->claims[in->story->docs[i]];
	}
	SR_TRY(sr_evidence_build(c->arena, terms, docs, readings, in->story->origin, claims, n, &c->e, err));
	SR_TRY(sr_conflict_find(&c->e, &c->contrasts, &c->contrast_count, err));
	SR_TRY(sr_timeline_build(&c->e, &c->moments, &c->moment_count, err));
	c->used = SR_NEW_ARRAY(c->arena, bool, c->e.proof_count);
	c->alone = SR_NEW_ARRAY(c->arena, uint8_t, c->e.proof_count);
	c->probe = SR_NEW(c->arena, sr_term_probe);
	if (!c->used || !c->alone || !c->probe || sr_terms_probe_init(c->probe, terms, c->arena) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}

static sr_status write_parts(composer *c)
{
	static sr_status (*const parts[])(composer *) = { compose_conflicts, compose_brief, compose_unknown, compose_quotes,
		                                              compose_figures, compose_timeline, compose_updates };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		SR_TRY(parts[i](c));
	return SR_OK;
}

/* Pages without headlines: the first sentence that can stand alone is the title, and cites. */
static sr_status title_from_text(composer *c)
{
	if (c->out->title.len)
		return SR_OK;
	for (size_t i = 0; i < c->e.proof_count && !c->out->title.len; i++) {
		const sr_proof *p = &c->e.proofs[i];
		if (!composer_stands_alone(c, p))
			continue;
		sr_span cut = composer_attributed_clause(c, p, TITLE_MAX);
		c->out->title = composer_text(c, p, cut);
		SR_TRY(composer_cite_one(c, p, cut, &c->out->title_cites));
	}
	return SR_OK;
}

typedef sr_status (*writer)(composer *c, const sr_compose_input *in);

/* The places need no more than the readings: they are found while the rest is written, in memory of their own. */
typedef struct desks {
	composer *text, places;
	sr_dossier placed;
	const sr_gazetteer *gazetteer;
	sr_status status[2];
} desks;

static void write_half(void *ctx, size_t i, unsigned worker)
{
	desks *d = ctx;
	(void)worker;
	if (i) {
		d->status[1] = compose_places(&d->places, d->gazetteer);
		return;
	}
	d->status[0] = write_parts(d->text);
	if (d->status[0] == SR_OK)
		d->status[0] = title_from_text(d->text);
}

static sr_status write_dossier(composer *c, const sr_compose_input *in)
{
	desks d = { .text = c, .places = *c, .gazetteer = in->gazetteer };
	d.places.out = &d.placed;
	if (!(d.places.arena = sr_arena_new(0)))
		return SR_E_NOMEM;
	sr_parallel(in->jobs ? in->jobs : 1, 2, write_half, &d);
	sr_arena_take(c->arena, d.places.arena);
	c->out->places = d.placed.places;
	c->out->place_count = d.placed.place_count;
	SR_TRY(d.status[0]);
	return d.status[1];
}

static sr_status write_voices(composer *c, const sr_compose_input *in)
{
	(void)in;
	SR_TRY(compose_voices(c));
	return title_from_text(c);
}

static sr_status compose(const sr_compose_input *in, writer write, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	*out = (sr_dossier){ .edition = 1 };
	if (in->story->doc_count == 0)
		return sr_fail(err, SR_E_USAGE, "a story without documents has no dossier");
	composer c = { .arena = arena, .out = out };
	sr_terms *terms = sr_terms_new();
	if (!terms)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = gather(&c, in, terms, err);
	if (status == SR_OK && (status = compose_sources(&c, in->story)) == SR_OK
	    && (status = compose_head(&c, in->story, in->now)) == SR_OK)
		status = write(&c, in);
	if (status == SR_E_NOMEM)
		(void)sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_terms_free(terms);
	return status;
}

sr_status sr_compose(const sr_compose_input *in, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	return compose(in, write_dossier, arena, out, err);
}

sr_status sr_compose_voices(const sr_compose_input *in, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	return compose(in, write_voices, arena, out, err);
}
