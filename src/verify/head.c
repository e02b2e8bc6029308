/* The head of a dossier: how many documents and origins, since when, which places and names, and that its parts bear names of their own. */
#include "walk.h"

#include "sitrep/base/utf8.h"

#include <math.h>

static void story_fails(sr_vcontext *ctx, const char *where, const char *reason)
{
	const uint32_t at[3] = { 0 };
	sr_verify_fail(ctx, SR_PART_STORY, at, ctx->dossier->title, sr_str_c(reason), "story.%s", where);
}

#define LOOKS_MAX 128u /* at all the texts, for places and names together: more than twice as many as are ever listed */

typedef struct looking {
	sr_vcontext *ctx;
	size_t left; /* bytes that may still be looked at */
} looking;

/* Why the name does not stand; NULL if it does. */
static const char *why_nowhere(looking *l, sr_str name)
{
	for (size_t i = 0; i < l->ctx->dossier->source_count; i++) {
		const sr_document *d = l->ctx->docs[i];
		if (!d)
			continue;
		if (d->text.len > l->left)
			return "is one of too many to look for";
		l->left -= d->text.len;
		if (sr_str_find_nocase(d->text, name, 0) != SIZE_MAX || sr_str_find_nocase(d->title, name, 0) != SIZE_MAX)
			return NULL;
	}
	return "stands in no source";
}

/* Which place of that name it is, only a gazetteer could tell; that it is on the earth, and in something called as countries are, anybody. */
static bool is_on_earth(const sr_place *p)
{
	bool code = !p->country.len || (p->country.len == 2 && sr_is_upper((unsigned char)p->country.ptr[0]) && sr_is_upper((unsigned char)p->country.ptr[1]));
	return code && (!p->resolved || (fabs(p->lat) <= 90 && fabs(p->lon) <= 180));
}

static void check_lists(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	looking l = { .ctx = ctx, .left = LOOKS_MAX * ctx->original_bytes };
	const char *why;
	for (uint32_t i = 0; i < d->place_count; i++)
		if (!is_on_earth(&d->places[i]))
			sr_verify_fail(ctx, SR_PART_PLACE, (uint32_t[3]){ i }, d->places[i].name, SR_STR("is nowhere on the earth"), "story.places[%u]", i);
		else if ((why = why_nowhere(&l, d->places[i].name)) != NULL)
			sr_verify_fail(ctx, SR_PART_PLACE, (uint32_t[3]){ i }, d->places[i].name, sr_str_c(why), "story.places[%u]", i);
	for (uint32_t i = 0; i < d->entity_count; i++)
		if ((why = why_nowhere(&l, d->entities[i].name)) != NULL)
			sr_verify_fail(ctx, SR_PART_ENTITY, (uint32_t[3]){ i }, d->entities[i].name, sr_str_c(why), "story.entities[%u]", i);
}

static sr_status distinct_origins(sr_vcontext *ctx, uint32_t *n)
{
	sr_strmap seen;
	sr_strmap_init(&seen, ctx->scratch);
	for (size_t i = 0; i < ctx->dossier->source_count; i++) {
		const uint32_t *origin = &ctx->dossier->sources[i].origin;
		if (*origin && !sr_strmap_put(&seen, sr_str_make((const char *)origin, sizeof *origin)))
			return SR_E_NOMEM;
	}
	*n = (uint32_t)seen.count;
	sr_arena_reset(ctx->scratch);
	return SR_OK;
}

/* When the document speaks first and last: a live page from its first update to its last. */
static void stretch(const sr_document *d, sr_time *first, sr_time *last)
{
	sr_time from = d->published, to = d->published;
	if (sr_time_known(d->modified) && sr_time_cmp(d->modified, to) > 0)
		to = d->modified;
	for (size_t i = 0; i < d->block_count && d->kind == SR_DOC_LIVE; i++) {
		sr_time t = d->blocks[i].time;
		if (!sr_time_known(t))
			continue;
		from = sr_time_cmp(t, from) < 0 ? t : from;
		to = !sr_time_known(to) || sr_time_cmp(t, to) > 0 ? t : to;
	}
	if (sr_time_known(from) && sr_time_cmp(from, *first) < 0)
		*first = from;
	if (sr_time_known(to) && (!sr_time_known(*last) || sr_time_cmp(to, *last) > 0))
		*last = to;
}

static void check_times(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	sr_time first = SR_TIME_NONE, last = SR_TIME_NONE;
	bool all = true;
	for (size_t i = 0; i < d->source_count; i++) {
		all = all && ctx->docs[i];
		/* the earlier state of a page is listed for what was taken out of it, and is no document of the story */
		if (ctx->docs[i] && !(d->sources[i].status == SR_DOC_CORRECTED && ctx->docs[i]->status == SR_DOC_USABLE))
			stretch(ctx->docs[i], &first, &last);
	}
	if (!all)
		return; /* what is not here has failed */
	if (sr_time_known(d->first_reported) && (!sr_time_known(first) || !sr_prints_alike(ctx, d->first_reported, first)))
		story_fails(ctx, "first_reported", "it is not when the first of the sources was published");
	if (sr_time_known(d->updated) && (!sr_time_known(last) || !sr_prints_alike(ctx, d->updated, last)))
		story_fails(ctx, "updated", "it is not when the last of the sources was published");
}

/* A conflict is known by its name, from edition to edition and outside: no two have one, and it is the story's. */
static sr_status check_ids(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	sr_strmap seen;
	sr_strmap_init(&seen, ctx->scratch);
	for (uint32_t i = 0; i < d->conflict_count; i++) {
		sr_str id = d->conflicts[i].id;
		int64_t *slot = id.len ? sr_strmap_put(&seen, id) : NULL;
		if (id.len && !slot)
			return SR_E_NOMEM;
		if (slot && (*slot)++)
			sr_verify_fail(ctx, SR_PART_QUESTION, (uint32_t[3]){ i }, d->conflicts[i].question, SR_STR("another conflict has its id"), "conflicts[%u].id", i);
		else if (id.len && d->id.len && !(sr_str_starts(id, d->id) && id.len > d->id.len && id.ptr[d->id.len] == '-'))
			sr_verify_fail(ctx, SR_PART_QUESTION, (uint32_t[3]){ i }, d->conflicts[i].question, SR_STR("its id is not of this story"), "conflicts[%u].id", i);
	}
	sr_arena_reset(ctx->scratch);
	return SR_OK;
}

sr_status sr_check_head(sr_vcontext *ctx)
{
	uint32_t origins;
	const sr_dossier *d = ctx->dossier;
	if (d->documents != d->source_count)
		story_fails(ctx, "documents", "the number of documents is not that of the sources");
	SR_TRY(distinct_origins(ctx, &origins));
	if (d->origins != origins)
		story_fails(ctx, "origins", "the number of origins is not that of the sources");
	check_times(ctx);
	SR_TRY(check_ids(ctx));
	check_lists(ctx);
	sr_arena_reset(ctx->scratch);
	return ctx->status;
}
