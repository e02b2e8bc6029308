/* From how many independent origins something comes, counted from the dossier's own list of sources.
 *
 * A page's words are of the page's origin; what it relays is of the outlet that it names for it: that outlet's own report, where
 * the dossier lists it, else the outlet's name. Only what can be seen in a cite counts. */
#include "walk.h"

sr_status sr_origins_know(sr_vcontext *ctx)
{
	for (size_t i = 0; i < ctx->dossier->source_count; i++) {
		const sr_document *d = ctx->docs[i];
		const sr_str names[] = { d ? d->title : (sr_str){ 0 }, d ? d->site : (sr_str){ 0 }, d ? d->credit : (sr_str){ 0 } };
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			if (names[k].len)
				SR_TRY(sr_note_first(&ctx->known->outlets, sr_outlet_key(ctx->scratch, names[k]), i));
		sr_arena_reset(ctx->scratch);
	}
	return SR_OK;
}

/* "#3" for the third origin, "the outlet's key" for one that the dossier does not list; unset without memory. */
static sr_str origin_of(sr_vcontext *ctx, const sr_vcite *c, sr_str via)
{
	const sr_relay *relay = sr_document_relay_at(c->doc, c->span.start);
	const sr_str names[] = { relay ? relay->title : (sr_str){ 0 }, via.len ? via : relay ? relay->publisher : (sr_str){ 0 } };
	sr_str key = { 0 };
	uint32_t number = c->source->origin;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!names[i].len)
			continue;
		key = sr_outlet_key(ctx->scratch, names[i]);
		const int64_t *at = sr_strmap_get(&ctx->known->outlets, key);
		number = at ? ctx->dossier->sources[*at - 1].origin : 0;
		if (at || !key.ptr)
			break;
	}
	return number || !names[1].len ? sr_str_printf(ctx->scratch, "#%u", number) : key;
}

sr_status sr_origins_of(sr_vcontext *ctx, const sr_vcite *cites, const sr_str *vias, size_t count, uint32_t *n)
{
	sr_str known[SR_VERIFY_CITES_MAX];
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		sr_str one = origin_of(ctx, &cites[i], vias ? vias[i] : (sr_str){ 0 });
		bool seen = false;
		if (!one.ptr)
			return SR_E_NOMEM;
		for (size_t k = 0; k < *n && !seen; k++)
			seen = sr_str_eq(known[k], one);
		if (!seen)
			known[(*n)++] = one;
	}
	return SR_OK;
}

/* Somebody says so in the cite: an outlet that is named further off may have been told it. */
static sr_status is_said(sr_vcontext *ctx, const sr_vcite *cite, bool *said)
{
	sr_vwords words = { 0 };
	SR_TRY(sr_align_split_cite(ctx->lex, cite, ctx->scratch, &words));
	for (size_t i = 0; i < words.count; i++)
		*said = *said || (words.items[i].classes & SR_VW_SAYING);
	return SR_OK;
}

void sr_origins_wrong(sr_vcontext *ctx, const sr_vpart *p, uint32_t told, uint32_t right)
{
	size_t before = ctx->failures.count;
	sr_part_fails(ctx, p, sr_verify_reason(ctx, "its number of origins is %u, but what it cites has %u", told, right));
	if (ctx->failures.count > before)
		ctx->failures.items[before].origins = right;
}

sr_status sr_check_origins(sr_vcontext *ctx, const sr_vpart *p, uint32_t told, sr_cites list)
{
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	uint32_t n;
	bool said = false;
	sr_arena_reset(ctx->scratch);
	sr_cites_append(ctx, list, cites, &count);
	SR_TRY(sr_origins_of(ctx, cites, NULL, count, &n));
	if (!n || told == n)
		return SR_OK; /* what cites nothing has failed for that */
	for (size_t i = 0; i < count && told && told < n; i++)
		SR_TRY(is_said(ctx, &cites[i], &said));
	if (!said)
		sr_origins_wrong(ctx, p, told, n);
	return ctx->status;
}
