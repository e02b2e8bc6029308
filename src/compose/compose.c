#include "composer.h"

#include "sitrep/base/threads.h"

#define TITLE_MAX 110u

/* Two desks write a dossier, each on a thread and in memory of its own. The first reads the claims while the second writes down
 * the sources and finds the places; then the first writes what the brief is made of, the second the rest. What a desk writes
 * of the dossier the other does not look at, but for the head. */
#define DESKS 2u

typedef struct desk {
	composer c;
	sr_dossier out;
	sr_status status;
	sr_error err;
} desk;

typedef struct office {
	const sr_compose_input *in;
	unsigned jobs;
	sr_terms *terms;
	const sr_document **docs; /* of the story, in its order */
	const sr_reading **readings;
	sr_doc_claims *claims;
	size_t doc_count;
	desk desks[DESKS];
} office;

/* What both desks must know of the documents from the start. */
static sr_status look_over(office *o, sr_arena *arena)
{
	bool *columns = SR_NEW_ARRAY(arena, bool, o->doc_count);
	sr_time newest = SR_TIME_NONE;
	if (!columns)
		return SR_E_NOMEM;
	for (size_t i = 0; i < o->doc_count; i++) {
		SR_TRY(composer_find_column(arena, o->readings[i], &columns[i]));
		if (sr_time_known(o->docs[i]->published) && (!sr_time_known(newest) || sr_time_cmp(o->docs[i]->published, newest) > 0))
			newest = o->docs[i]->published;
	}
	for (size_t i = 0; i < DESKS; i++) {
		o->desks[i].c.columns = columns;
		o->desks[i].c.newest = sr_time_truncate(newest, SR_PRECISION_DAY);
	}
	return SR_OK;
}

static sr_status collect(office *o, sr_arena *arena)
{
	size_t n = o->in->story->doc_count;
	o->docs = SR_NEW_ARRAY(arena, const sr_document *, n);
	o->readings = SR_NEW_ARRAY(arena, const sr_reading *, n);
	o->claims = SR_NEW_ARRAY(arena, sr_doc_claims, n);
	if (!o->docs || !o->readings || !o->claims)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++) {
		uint32_t doc = o->in->story->docs[i];
		o->docs[i] = o->in->docs[doc];
		o->readings[i] = &o->in->readings[doc];
		o->claims[i] = o->in->claims[doc];
	}
	o->doc_count = n;
	return look_over(o, arena);
}

/* ---- first ---- */

static sr_status gather(office *o, composer *c, sr_error *err)
{
	SR_TRY(sr_evidence_build(c->arena, o->terms, o->docs, o->readings, o->in->story->origin, o->claims, o->doc_count, &c->e, err));
	return sr_timeline_build(&c->e, composer_tells, c, &c->moments, &c->moment_count, err);
}

static sr_status write_head(const office *o, composer *c)
{
	c->e = (sr_evidence){ .docs = o->docs, .readings = o->readings, .doc_count = o->doc_count };
	SR_TRY(compose_sources(c, o->in->story));
	SR_TRY(compose_head(c, o->in->story));
	return o->in->gazetteer ? compose_places(c, o->in->gazetteer) : SR_OK;
}

static void open_desk(void *ctx, size_t i, unsigned worker)
{
	office *o = ctx;
	desk *d = &o->desks[i];
	(void)worker;
	d->status = i ? write_head(o, &d->c) : gather(o, &d->c, &d->err);
}

/* ---- then ---- */

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
		c->out->title = composer_line(c, p, cut);
		SR_TRY(composer_cite_one(c, p, cut, &c->out->title_cites));
	}
	return SR_OK;
}

typedef sr_status (*part)(composer *);
#define PARTS_MAX 4u

static void write_parts(void *ctx, size_t i, unsigned worker)
{
	static const part parts[DESKS][PARTS_MAX] = { { compose_conflicts, compose_brief, compose_updates, title_from_text },
		                                          { compose_unknown, compose_quotes, compose_figures, compose_timeline } };
	desk *d = &((office *)ctx)->desks[i];
	(void)worker;
	for (size_t k = 0; k < PARTS_MAX && parts[i][k] && d->status == SR_OK; k++)
		d->status = parts[i][k](&d->c);
}

static sr_status get_ready(const office *o, composer *c)
{
	c->used = SR_NEW_ARRAY(c->arena, bool, c->e.proof_count);
	c->alone = SR_NEW_ARRAY(c->arena, uint8_t, c->e.proof_count);
	c->probe = SR_NEW(c->arena, sr_term_probe);
	return c->used && c->alone && c->probe ? sr_terms_probe_init(c->probe, o->terms, c->arena) : SR_E_NOMEM;
}

/* Between first and then: each desk gets what the other found. */
static sr_status share(office *o, sr_error *err)
{
	composer *text = &o->desks[0].c, *rest = &o->desks[1].c;
	for (size_t i = 0; i < DESKS; i++)
		if (o->desks[i].status != SR_OK)
			return sr_fail(err, o->desks[i].status, "%s", o->desks[i].err.message);
	SR_TRY(sr_conflict_find(&text->e, o->in->nli, o->jobs, &text->contrasts, &text->contrast_count, err));
	*text->out = *rest->out;
	const composer own = *rest;
	*rest = *text;
	rest->arena = rest->e.arena = own.arena;
	rest->out = own.out;
	SR_TRY(get_ready(o, text));
	return get_ready(o, rest);
}

static void put_together(const sr_dossier *rest, sr_dossier *out)
{
	out->unknown = rest->unknown;
	out->unknown_count = rest->unknown_count;
	out->quotes = rest->quotes;
	out->quote_count = rest->quote_count;
	out->figures = rest->figures;
	out->figure_count = rest->figure_count;
	out->timeline = rest->timeline;
	out->timeline_count = rest->timeline_count;
}

static sr_status write_dossier(office *o, sr_error *err)
{
	sr_parallel(o->jobs, DESKS, write_parts, o);
	for (size_t i = 0; i < DESKS; i++)
		if (o->desks[i].status != SR_OK)
			return sr_fail(err, o->desks[i].status, "%s", o->desks[i].err.message);
	put_together(&o->desks[1].out, &o->desks[0].out);
	return SR_OK;
}

static sr_status write_voices(office *o, sr_error *err)
{
	(void)err;
	SR_TRY(compose_voices(&o->desks[0].c));
	return title_from_text(&o->desks[0].c);
}

typedef sr_status (*writer)(office *o, sr_error *err);

static sr_status work(office *o, writer write, sr_error *err)
{
	for (size_t i = 0; i < DESKS; i++)
		if (!o->desks[i].c.arena)
			return SR_E_NOMEM;
	if (!o->terms)
		return SR_E_NOMEM;
	SR_TRY(collect(o, o->desks[0].c.arena));
	sr_parallel(o->jobs, DESKS, open_desk, o);
	SR_TRY(share(o, err));
	return write(o, err);
}

static sr_status compose(const sr_compose_input *in, writer write, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	office o = { .in = in, .jobs = in->jobs ? in->jobs : 1, .terms = sr_terms_new() };
	*out = (sr_dossier){ .edition = 1 };
	if (in->story->doc_count == 0)
		return sr_fail(err, SR_E_USAGE, "a story without documents has no dossier");
	for (size_t i = 0; i < DESKS; i++) {
		o.desks[i].out.edition = 1;
		o.desks[i].c = (composer){ .arena = i ? sr_arena_new(0) : arena, .out = &o.desks[i].out };
	}
	sr_status status = work(&o, write, err);
	*out = o.desks[0].out;
	sr_arena_take(arena, o.desks[1].c.arena);
	sr_terms_free(o.terms);
	return status == SR_E_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory") : status;
}

sr_status sr_compose(const sr_compose_input *in, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	return compose(in, write_dossier, arena, out, err);
}

sr_status sr_compose_voices(const sr_compose_input *in, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	return compose(in, write_voices, arena, out, err);
}
