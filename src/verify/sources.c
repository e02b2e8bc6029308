/* What a dossier says about itself and its sources, held against the originals. */
#include "walk.h"

#include "sitrep/base/utf8.h"

#include <string.h>

static void source_fails(sr_vcontext *ctx, uint32_t i, sr_str text, const char *reason)
{
	sr_verify_fail(ctx, SR_PART_SOURCE, (uint32_t[3]){ i }, text, sr_str_c(reason), "sources[%u]", i);
}

static int likeness(const sr_source *s, const sr_document *d)
{
	if (!d || !s->sha256.len || !sr_str_eq(d->sha256, s->sha256))
		return -1;
	return (sr_str_eq(d->path, s->path) ? 4 : 0) + (s->url.len && sr_str_eq(d->url, s->url) ? 2 : 0) + (sr_str_eq(d->title, s->title) ? 1 : 0);
}

/* The original with the source's hash; among several (articles of one file) the one with its path,
 * then with its address or title. */
static const sr_document *original_of(const sr_vcontext *ctx, const sr_source *s, const sr_document *const *originals, size_t count)
{
	const sr_document *best = NULL;
	int best_score = -1, most = s->url.len ? 7 : 5;
	/* none before the first of that path can be more like it */
	const int64_t *first = sr_strmap_get(&ctx->paths, s->path);
	if (first && likeness(s, originals[*first - 1]) == most)
		return originals[*first - 1];
	for (size_t i = 0; i < count; i++) {
		int score = likeness(s, originals[i]);
		if (score > best_score) {
			best = originals[i];
			best_score = score;
		}
	}
	return best;
}

static sr_status note_paths(sr_vcontext *ctx, const sr_document *const *originals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t *slot = originals[i] ? sr_strmap_put(&ctx->paths, originals[i]->path) : NULL;
		if (originals[i] && !slot)
			return SR_E_NOMEM;
		if (slot && !*slot)
			*slot = (int64_t)i + 1;
	}
	return SR_OK;
}

static bool same_or_unset(sr_str said, sr_str is) { return !said.len || sr_str_eq(said, is); }

/* Another page of the same outlet may print its name. */
static bool named_elsewhere(sr_vcontext *ctx, sr_str publisher, const sr_document *d, const sr_document *const *originals, size_t count)
{
	size_t i = 0;
	while (i < count && !(originals[i] && sr_str_eq(originals[i]->site, publisher)))
		i++;
	if (i == count || !d->site.len)
		return false;
	sr_str other = sr_outlet_key(ctx->scratch, publisher), own = sr_outlet_key(ctx->scratch, d->site);
	if (!other.ptr || !own.ptr)
		ctx->status = SR_E_NOMEM;
	return own.len && sr_str_eq(other, own);
}

static bool is_link_of(const sr_document *d, sr_str url)
{
	return !url.len || sr_str_eq(url, d->url) || sr_str_eq(url, d->canonical);
}

/* A dossier has a time as it is printed, which tells less than the record does: seconds behind minutes that have a zone. */
static bool prints_alike(sr_vcontext *ctx, sr_time a, sr_time b)
{
	sr_str x = sr_time_format(ctx->scratch, a), y = sr_time_format(ctx->scratch, b);
	if (!x.ptr || !y.ptr)
		ctx->status = SR_E_NOMEM;
	return sr_str_eq(x, y);
}

static void check_data(sr_vcontext *ctx, uint32_t i, const sr_source *s, const sr_document *d, const sr_document *const *originals, size_t count)
{
	if (!same_or_unset(s->title, d->title) && sr_str_find(d->text, s->title, 0) == SIZE_MAX)
		source_fails(ctx, i, s->title, "the original has another title");
	if (!same_or_unset(s->publisher, d->site) && !named_elsewhere(ctx, s->publisher, d, originals, count))
		source_fails(ctx, i, s->publisher, "the original has another publisher");
	if (!is_link_of(d, s->url))
		source_fails(ctx, i, s->url, "the original has another address");
	if (!same_or_unset(s->credit, d->credit))
		source_fails(ctx, i, s->credit, "the original has another credit");
	if (sr_time_known(s->published) && !prints_alike(ctx, s->published, d->published))
		source_fails(ctx, i, s->title, "the original has another date");
	if (s->kind != d->kind)
		source_fails(ctx, i, s->title, "the original is of another kind");
	/* a later document may correct or withdraw this one, so the dossier may know more, never less */
	if (d->status > s->status)
		source_fails(ctx, i, s->title, "the original is corrected or withdrawn");
}

/* A description in the fixed words alone speaks of nothing that could be wrong; many sources share one. */
static sr_status fixed_words_only(sr_vcontext *ctx, sr_str description, const sr_vcite *whole, bool *only)
{
	sr_str reason;
	int64_t *known = sr_strmap_put(&ctx->described, description);
	if (!known)
		return SR_E_NOMEM;
	if (!*known) {
		SR_TRY(sr_words_loose(ctx, description, SR_LOOSE_DESCRIPTION, whole, 0, ctx->lex->described, (sr_str){ 0 }, &reason));
		*known = reason.len ? 1 : 2;
	}
	*only = *known == 2;
	return SR_OK;
}

static sr_status check_description(sr_vcontext *ctx, uint32_t i, const sr_source *s, const sr_document *d)
{
	sr_vcite whole = { .source = s, .doc = d, .span = { 0, 0 } };
	bool fixed;
	if (!s->description.len)
		return SR_OK;
	SR_TRY(fixed_words_only(ctx, s->description, &whole, &fixed));
	if (fixed)
		return SR_OK;
	sr_str extra = sr_str_printf(ctx->scratch, "%.*s %.*s %.*s %.*s %zu ", SR_FMT(ctx->lex->described), SR_FMT(d->title), SR_FMT(d->site),
	                             SR_FMT(d->credit), d->relay_count);
	for (size_t r = 0; extra.ptr && r < d->relay_count; r++)
		extra = sr_str_printf(ctx->scratch, "%.*s%.*s ", SR_FMT(extra), SR_FMT(d->relays[r].publisher));
	for (size_t a = 0; extra.ptr && a < d->byline_count; a++)
		extra = sr_str_printf(ctx->scratch, "%.*s%.*s ", SR_FMT(extra), SR_FMT(d->bylines[a]));
	if (!extra.ptr)
		return SR_E_NOMEM;
	sr_str reason;
	SR_TRY(sr_words_loose(ctx, s->description, SR_LOOSE_DESCRIPTION, &whole, 0, extra, d->text, &reason));
	if (reason.len)
		sr_verify_fail(ctx, SR_PART_SOURCE, (uint32_t[3]){ i }, s->description, reason, "sources[%u].description", i);
	return SR_OK;
}

static sr_status check_source(sr_vcontext *ctx, uint32_t i, const sr_document *const *originals, size_t count)
{
	const sr_source *s = &ctx->dossier->sources[i];
	int64_t *slot = sr_strmap_put(&ctx->known->numbers, sr_str_make((const char *)&s->n, sizeof s->n));
	if (!slot)
		return SR_E_NOMEM;
	*slot = *slot ? *slot : (int64_t)i + 1;
	if (*slot != (int64_t)i + 1)
		source_fails(ctx, i, s->title, "another source has its number");
	ctx->docs[i] = original_of(ctx, s, originals, count);
	if (!ctx->docs[i]) {
		source_fails(ctx, i, s->path.len ? s->path : s->title,
		             s->path.len && sr_strmap_get(&ctx->paths, s->path) ? "the original has changed: its SHA-256 differs" : "the original is not here");
		return SR_OK;
	}
	check_data(ctx, i, s, ctx->docs[i], originals, count);
	sr_status status = check_description(ctx, i, s, ctx->docs[i]);
	sr_arena_reset(ctx->scratch);
	return status == SR_OK ? ctx->status : status;
}

static bool stands_anywhere(const sr_vcontext *ctx, sr_str name)
{
	for (size_t i = 0; i < ctx->dossier->source_count; i++) {
		const sr_document *d = ctx->docs[i];
		if (d && (sr_str_find_nocase(d->text, name, 0) != SIZE_MAX || sr_str_find_nocase(d->title, name, 0) != SIZE_MAX))
			return true;
	}
	return false;
}

static void check_lists(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	for (uint32_t i = 0; i < d->place_count; i++)
		if (!stands_anywhere(ctx, d->places[i].name))
			sr_verify_fail(ctx, SR_PART_PLACE, (uint32_t[3]){ i }, d->places[i].name, SR_STR("stands in no source"), "story.places[%u]", i);
	for (uint32_t i = 0; i < d->entity_count; i++)
		if (!stands_anywhere(ctx, d->entities[i].name))
			sr_verify_fail(ctx, SR_PART_ENTITY, (uint32_t[3]){ i }, d->entities[i].name, SR_STR("stands in no source"), "story.entities[%u]", i);
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

static sr_status check_story(sr_vcontext *ctx)
{
	uint32_t origins;
	const sr_dossier *d = ctx->dossier;
	const uint32_t at[3] = { 0 };
	if (d->documents != d->source_count)
		sr_verify_fail(ctx, SR_PART_STORY, at, d->title, SR_STR("the number of documents is not that of the sources"), "story.documents");
	SR_TRY(distinct_origins(ctx, &origins));
	if (d->origins != origins)
		sr_verify_fail(ctx, SR_PART_STORY, at, d->title, SR_STR("the number of origins is not that of the sources"), "story.origins");
	if (sr_time_known(d->first_reported) && sr_time_known(d->updated) && sr_time_epoch(d->first_reported) > sr_time_epoch(d->updated))
		sr_verify_fail(ctx, SR_PART_STORY, at, d->title, SR_STR("updated before it was first reported"), "story.updated");
	return ctx->status;
}

sr_status sr_verify_sources(sr_vcontext *ctx, const sr_document *const *originals, size_t count)
{
	SR_TRY(note_paths(ctx, originals, count));
	for (uint32_t i = 0; i < ctx->dossier->source_count; i++)
		SR_TRY(check_source(ctx, i, originals, count));
	SR_TRY(sr_origins_know(ctx));
	SR_TRY(check_story(ctx));
	check_lists(ctx);
	return ctx->status;
}
