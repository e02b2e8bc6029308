/* What a dossier says about itself and its sources, held against the originals. */
#include "walk.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define DESCRIBED_MAX 4u /* times that a text is read for descriptions: files may be there twice */

static void source_fails(sr_vcontext *ctx, uint32_t i, sr_str text, const char *reason)
{
	sr_verify_fail(ctx, SR_PART_SOURCE, (uint32_t[3]){ i }, text, sr_str_c(reason), "sources[%u]", i);
}

/* What an original is found by, besides its hash, the surest first: among the articles of one file that is needed. */
static const char by_kinds[] = { 'p', 'u', 't', 'h' };

static sr_str key_of(sr_arena *arena, char by, sr_str sha256, sr_str path, sr_str url, sr_str title)
{
	sr_str what = by == 'p' ? path : by == 'u' ? url : by == 't' ? title : (sr_str){ 0 };
	if (!sha256.len || (by != 'h' && !what.len))
		return SR_STR("");
	return sr_str_printf(arena, "%c%.*s %.*s", by, SR_FMT(sha256), SR_FMT(what));
}

/* The original with the source's hash; among several the one with its path, else with its address, else with its title. */
static const sr_document *original_of(sr_vcontext *ctx, const sr_source *s, const sr_document *const *originals)
{
	for (size_t k = 0; k < sizeof by_kinds; k++) {
		sr_str key = key_of(ctx->scratch, by_kinds[k], s->sha256, s->path, s->url, s->title);
		const int64_t *at = key.len ? sr_strmap_get(&ctx->originals, key) : NULL;
		if (!key.ptr)
			ctx->status = SR_E_NOMEM;
		if (at)
			return originals[*at - 1];
	}
	return NULL;
}

sr_status sr_note_first(sr_strmap *map, sr_str key, size_t i)
{
	int64_t *slot = key.len ? sr_strmap_put(map, key) : NULL;
	if (!key.ptr || (key.len && !slot))
		return SR_E_NOMEM;
	if (slot && !*slot)
		*slot = (int64_t)i + 1;
	return SR_OK;
}

/* Where somebody else's pages stand, and under which address each source is now. */
static sr_status note_all(sr_vcontext *ctx, const sr_document *const *originals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const sr_document *d = originals[i];
		if (!d)
			continue;
		SR_TRY(sr_note_first(&ctx->paths, d->path.ptr ? d->path : SR_STR(""), i));
		SR_TRY(sr_note_first(&ctx->sites, d->site.ptr ? d->site : SR_STR(""), i));
		for (size_t k = 0; k < sizeof by_kinds; k++)
			SR_TRY(sr_note_first(&ctx->originals, key_of(ctx->arena, by_kinds[k], d->sha256, d->path, d->url, d->title), i));
	}
	for (size_t i = 0; i < ctx->dossier->source_count; i++) {
		const sr_source *s = &ctx->dossier->sources[i];
		sr_str place = s->url.len ? s->url : s->path;
		if (s->status != SR_DOC_CORRECTED && place.len)
			SR_TRY(sr_note_first(&ctx->places, place, i));
	}
	return SR_OK;
}

static bool same_or_unset(sr_str said, sr_str is) { return !said.len || sr_str_eq(said, is); }

/* Another page of the same outlet may print its name. */
static bool named_elsewhere(sr_vcontext *ctx, sr_str publisher, const sr_document *d)
{
	if (!sr_strmap_get(&ctx->sites, publisher) || !d->site.len)
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
bool sr_prints_alike(sr_vcontext *ctx, sr_time a, sr_time b)
{
	sr_str x = sr_time_format(ctx->scratch, a), y = sr_time_format(ctx->scratch, b);
	if (!x.ptr || !y.ptr)
		ctx->status = SR_E_NOMEM;
	return sr_str_eq(x, y);
}

/* Another text stands at its address, or in its file. */
static bool has_later_state(const sr_vcontext *ctx, const sr_source *s)
{
	const int64_t *at = sr_strmap_get(&ctx->places, s->url.len ? s->url : s->path);
	return at && !sr_str_eq(ctx->dossier->sources[*at - 1].sha256, s->sha256);
}

static void check_data(sr_vcontext *ctx, uint32_t i, const sr_source *s, const sr_document *d)
{
	if (!same_or_unset(s->title, d->title) && sr_str_find(d->text, s->title, 0) == SIZE_MAX)
		source_fails(ctx, i, s->title, "the original has another title");
	if (!same_or_unset(s->publisher, d->site) && !named_elsewhere(ctx, s->publisher, d))
		source_fails(ctx, i, s->publisher, "the original has another publisher");
	if (!is_link_of(d, s->url))
		source_fails(ctx, i, s->url, "the original has another address");
	if (!same_or_unset(s->credit, d->credit))
		source_fails(ctx, i, s->credit, "the original has another credit");
	if (sr_time_known(s->published) && !sr_prints_alike(ctx, s->published, d->published))
		source_fails(ctx, i, s->title, "the original has another date");
	if (s->kind != d->kind)
		source_fails(ctx, i, s->title, "the original is of another kind");
	/* a later document may withdraw this one, or take its place, so the dossier may know more, never less */
	if (d->status > s->status)
		source_fails(ctx, i, s->title, "the original is corrected or withdrawn");
	if (s->status == SR_DOC_CORRECTED && d->status == SR_DOC_USABLE && !has_later_state(ctx, s))
		source_fails(ctx, i, s->title, "the original has no correction, and no other source took its place");
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
	sr_str reason = SR_STR("it is one of too many to check");
	if (d->text.len <= ctx->describing) {
		ctx->describing -= d->text.len;
		SR_TRY(sr_words_loose(ctx, s->description, SR_LOOSE_DESCRIPTION, &whole, 0, extra, d->text, &reason));
	}
	if (reason.len)
		sr_verify_fail(ctx, SR_PART_SOURCE, (uint32_t[3]){ i }, s->description, reason, "sources[%u].description", i);
	return SR_OK;
}

static sr_status check_source(sr_vcontext *ctx, uint32_t i, const sr_document *const *originals)
{
	const sr_source *s = &ctx->dossier->sources[i];
	int64_t *slot = sr_strmap_put(&ctx->known->numbers, sr_str_make((const char *)&s->n, sizeof s->n));
	if (!slot)
		return SR_E_NOMEM;
	*slot = *slot ? *slot : (int64_t)i + 1;
	if (*slot != (int64_t)i + 1)
		source_fails(ctx, i, s->title, "another source has its number");
	ctx->docs[i] = original_of(ctx, s, originals);
	if (!ctx->docs[i]) {
		source_fails(ctx, i, s->path.len ? s->path : s->title,
		             s->path.len && sr_strmap_get(&ctx->paths, s->path) ? "the original has changed: its SHA-256 differs" : "the original is not here");
		return SR_OK;
	}
	check_data(ctx, i, s, ctx->docs[i]);
	sr_status status = check_description(ctx, i, s, ctx->docs[i]);
	sr_arena_reset(ctx->scratch);
	return status == SR_OK ? ctx->status : status;
}

sr_status sr_verify_sources(sr_vcontext *ctx, const sr_document *const *originals, size_t count)
{
	ctx->original_bytes = 0;
	for (size_t i = 0; i < count; i++)
		ctx->original_bytes += originals[i] ? originals[i]->text.len : 0;
	ctx->describing = DESCRIBED_MAX * ctx->original_bytes;
	SR_TRY(note_all(ctx, originals, count));
	for (uint32_t i = 0; i < ctx->dossier->source_count; i++)
		SR_TRY(check_source(ctx, i, originals));
	SR_TRY(sr_origins_know(ctx));
	return sr_check_head(ctx);
}
