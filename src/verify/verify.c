/* The walk over a dossier: resolves every cite, then checks each part by its own rule.
 *
 * Invariants: a part whose cites do not resolve is reported once and not aligned; the scratch arena
 * is emptied after every part, so memory is bounded by the largest line. */
#include "walk.h"

static const sr_vmode plain = { 0 }, record = { .attributed = true };

/* A title is a source's own, or a line with cites. */
static sr_status check_title(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	sr_vpart p = sr_part_at(SR_PART_STORY, 0, 0, 0, d->title, "story.title");
	if (!d->title.len)
		return SR_OK;
	if (d->title_cites.count)
		return sr_check_line(ctx, &p, d->title_cites, record, SR_TIME_NONE, SR_TIME_NONE);
	ctx->lines++;
	for (size_t i = 0; i < d->source_count; i++)
		if (ctx->docs[i] && d->title.len && sr_str_eq(d->title, ctx->docs[i]->title))
			return SR_OK;
	sr_part_fails(ctx, &p, SR_STR("it is no source's title and cites nothing"));
	return SR_OK;
}

static sr_status check_heading(sr_vcontext *ctx, uint32_t s)
{
	const sr_section *section = &ctx->dossier->brief[s];
	sr_vpart p = sr_part_at(SR_PART_HEADING, s, 0, 0, section->heading, "brief[%u].heading", s);
	if (!section->heading.len)
		return SR_OK;
	if (section->heading_cites.count)
		return sr_check_line(ctx, &p, section->heading_cites, record, SR_TIME_NONE, SR_TIME_NONE);
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	ctx->lines++;
	sr_arena_reset(ctx->scratch);
	for (size_t i = 0; i < section->line_count; i++)
		sr_cites_append(ctx, section->lines[i].cites, cites, &count);
	return count ? sr_check_text(ctx, &p, cites, count, (sr_vmode){ .attributed = true, .several = true }) : ctx->status; /* its lines have failed */
}

/* What is too large to check for the memory of one part fails, and the rest is checked; memory that is out is another thing. */
static sr_status spare(sr_vcontext *ctx, sr_status status, sr_part kind, const char *list, uint32_t a, uint32_t b)
{
	if ((status != SR_E_NOMEM && status != SR_E_LIMIT) || sr_arena_used(ctx->scratch) < SR_VERIFY_SCRATCH_LARGE)
		return status;
	sr_arena_reset(ctx->scratch);
	ctx->status = SR_OK;
	sr_verify_fail(ctx, kind, (uint32_t[3]){ a, b }, (sr_str){ 0 }, SR_STR("it is too large to check"), "%s[%u]", list, kind == SR_PART_CHANGE ? b : a);
	return ctx->status;
}

static sr_status check_brief(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	for (uint32_t s = 0; s < d->brief_count; s++) {
		SR_TRY(spare(ctx, check_heading(ctx, s), SR_PART_HEADING, "brief", s, 0));
		for (uint32_t i = 0; i < d->brief[s].line_count; i++) {
			const sr_line *line = &d->brief[s].lines[i];
			sr_vpart p = sr_part_at(SR_PART_SENTENCE, s, i, 0, line->text, "brief[%u].sentences[%u]", s, i);
			SR_TRY(spare(ctx, sr_check_line(ctx, &p, line->cites, plain, SR_TIME_NONE, SR_TIME_NONE), SR_PART_SENTENCE, "brief", s, i));
		}
	}
	return SR_OK;
}

static sr_status check_unknown(sr_vcontext *ctx, uint32_t i)
{
	const sr_unknown *u = &ctx->dossier->unknown[i];
	sr_vpart p = sr_part_at(SR_PART_UNKNOWN, i, 0, 0, u->text, "unknown[%u]", i);
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t before = ctx->failed, count = 0;
	bool holds;
	SR_TRY(sr_check_line(ctx, &p, u->cites, record, SR_TIME_NONE, SR_TIME_NONE));
	if (ctx->failed != before)
		return ctx->status;
	sr_arena_reset(ctx->scratch);
	sr_cites_append(ctx, u->cites, cites, &count);
	SR_TRY(sr_unknown_stands(ctx, u->reason, cites, count, &holds));
	if (!holds)
		sr_part_fails(ctx, &p, sr_verify_reason(ctx, "what it cites does not show that it is %s", sr_unknown_reason_name(u->reason)));
	return ctx->status;
}

/* Who is told to speak, as what, through whom, and when. */
typedef struct spoken {
	sr_str who, role, via;
	sr_time said;
} spoken;

/* One of the witnesses must show the speaker. */
static sr_status check_spoken(sr_vcontext *ctx, const sr_vpart *p, sr_cites cites, spoken x)
{
	size_t before = ctx->failed, told = ctx->failures.count;
	bool holds = false;
	for (size_t k = 0; k < cites.count && !holds; k++) {
		sr_vcite cite = { .span = cites.items[k].span };
		cite.source = sr_verify_source(ctx, cites.items[k].source, &cite.doc);
		sr_arena_reset(ctx->scratch);
		ctx->failures.count = told;
		ctx->failed = before;
		SR_TRY(sr_check_speaker(ctx, p, x.who, x.role, x.via, x.said, &cite, &holds));
	}
	return ctx->status;
}

/* All witnesses must hold the words. */
static sr_status check_quote(sr_vcontext *ctx, uint32_t i)
{
	const sr_quote *q = &ctx->dossier->quotes[i];
	sr_vpart p = sr_part_at(SR_PART_QUOTE, i, 0, 0, q->text, "quotes[%u]", i);
	size_t before = ctx->failed;
	SR_TRY(sr_check_line(ctx, &p, q->cites, (sr_vmode){ .quotation = true, .attributed = true }, SR_TIME_NONE, SR_TIME_NONE));
	if (ctx->failed != before)
		return ctx->status;
	SR_TRY(check_spoken(ctx, &p, q->cites, (spoken){ q->speaker, q->role, q->via, q->said }));
	const sr_document *doc = NULL;
	if (q->cites.count)
		(void)sr_verify_source(ctx, q->cites.items[0].source, &doc);
	SR_TRY(sr_check_named(ctx, &p, q->speaker, q->named, doc));
	/* whoever said it, said it once */
	if (q->origins > 1)
		sr_origins_wrong(ctx, &p, q->origins, 1);
	return SR_OK;
}

static sr_status check_event(sr_vcontext *ctx, uint32_t i)
{
	const sr_event *e = &ctx->dossier->timeline[i];
	sr_vpart p = sr_part_at(SR_PART_EVENT, i, 0, 0, e->text, "timeline[%u]", i);
	SR_TRY(sr_check_origins(ctx, &p, e->origins, e->cites));
	return sr_check_line(ctx, &p, e->cites, plain, e->date, e->until);
}

static sr_status check_update(sr_vcontext *ctx, uint32_t i)
{
	const sr_update *u = &ctx->dossier->updates[i];
	sr_vpart p = sr_part_at(SR_PART_UPDATE, i, 0, 0, u->text, "updates[%u]", i);
	size_t before = ctx->failed;
	SR_TRY(sr_check_line(ctx, &p, u->cites, plain, u->at, SR_TIME_NONE));
	if (!u->note.len || ctx->failed != before)
		return SR_OK;
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	bool other_side;
	sr_str reason, names;
	sr_arena_reset(ctx->scratch);
	sr_cites_append(ctx, u->cites, cites, &count);
	SR_TRY(sr_holders_named(ctx, &names));
	SR_TRY(sr_words_loose(ctx, u->note, SR_LOOSE_NOTE, cites, count, names, (sr_str){ 0 }, &reason));
	sr_vpart note = sr_part_at(SR_PART_NOTE, i, 0, 0, u->note, "updates[%u].note", i);
	SR_TRY(sr_note_stands(ctx, u, cites, count, &other_side));
	if (reason.len || !other_side)
		sr_part_fails(ctx, &note, reason.len ? reason : SR_STR("whom it names does not hold the other side"));
	return ctx->status;
}

/* What is called contradicted holds a side of a conflict; what is called withdrawn cites a source that was taken back or replaced, what is called strengthened more than one. */
static void check_kind(sr_vcontext *ctx, const sr_vpart *p, sr_cites cites)
{
	bool stands = true;
	for (size_t i = 0; i < cites.count; i++) {
		const sr_document *doc;
		const sr_source *source = sr_verify_source(ctx, cites.items[i].source, &doc);
		stands = stands && source && source->status == SR_DOC_USABLE;
	}
	if (p->at[0] == SR_CHANGES_WITHDRAWN && stands)
		sr_part_fails(ctx, p, SR_STR("all that it cites still stands"));
	if (p->at[0] == SR_CHANGES_CONTRADICTED && !sr_is_held(ctx, cites))
		sr_part_fails(ctx, p, SR_STR("nothing that it cites is a side of a conflict"));
	if (p->at[0] == SR_CHANGES_STRENGTHENED && cites.count < 2)
		sr_part_fails(ctx, p, SR_STR("nothing that it cites strengthens another"));
}

static sr_status check_change(sr_vcontext *ctx, const sr_vpart *p, const sr_line *line)
{
	size_t before = ctx->failed;
	check_kind(ctx, p, line->cites);
	SR_TRY(sr_check_line(ctx, p, line->cites, record, SR_TIME_NONE, SR_TIME_NONE));
	if (!line->who.len || ctx->failed != before)
		return ctx->status;
	return check_spoken(ctx, p, line->cites, (spoken){ .who = line->who, .said = SR_TIME_NONE });
}

static sr_status check_changes(sr_vcontext *ctx)
{
	const sr_changes *c = &ctx->dossier->changes;
	const struct {
		const char *name;
		const sr_line *lines;
		size_t count;
	} lists[] = { { "new", c->added, c->added_count },
		      { "strengthened", c->strengthened, c->strengthened_count },
		      { "contradicted", c->contradicted, c->contradicted_count },
		      { "withdrawn", c->withdrawn, c->withdrawn_count } };
	for (uint32_t l = 0; l < sizeof lists / sizeof *lists; l++)
		for (uint32_t i = 0; i < lists[l].count; i++) {
			sr_vpart p = sr_part_at(SR_PART_CHANGE, l, i, 0, lists[l].lines[i].text, "changes.%s[%u]", lists[l].name, i);
			SR_TRY(spare(ctx, check_change(ctx, &p, &lists[l].lines[i]), SR_PART_CHANGE, lists[l].name, l, i));
		}
	return SR_OK;
}

typedef sr_status (*checker)(sr_vcontext *ctx, uint32_t i);

static sr_status each(sr_vcontext *ctx, sr_part kind, const char *list, size_t count, checker check)
{
	for (uint32_t i = 0; i < count; i++)
		SR_TRY(spare(ctx, check(ctx, i), kind, list, i, 0));
	return SR_OK;
}

static sr_status check_section(sr_vcontext *ctx, size_t section)
{
	const sr_dossier *d = ctx->dossier;
	switch (section) {
	case 0:
		return check_title(ctx);
	case 1:
		return check_brief(ctx);
	case 2:
		return each(ctx, SR_PART_QUESTION, "conflicts", d->conflict_count, sr_check_conflict);
	case 3:
		return each(ctx, SR_PART_UNKNOWN, "unknown", d->unknown_count, check_unknown);
	case 4:
		return each(ctx, SR_PART_QUOTE, "quotes", d->quote_count, check_quote);
	case 5:
		return each(ctx, SR_PART_FIGURE, "figures", d->figure_count, sr_check_figure);
	case 6:
		return each(ctx, SR_PART_EVENT, "timeline", d->timeline_count, check_event);
	case 7:
		return each(ctx, SR_PART_UPDATE, "updates", d->update_count, check_update);
	default:
		return check_changes(ctx);
	}
}

sr_status sr_verify_section(sr_vcontext *ctx, size_t section)
{
	SR_TRY(check_section(ctx, section));
	return ctx->status;
}
