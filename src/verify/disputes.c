/* Conflicts: who holds what, whether the words are theirs, and what the dossier says of how the conflict stands. */
#include "walk.h"

static sr_status check_holders(sr_vcontext *ctx, uint32_t c, uint32_t k, const sr_position *position, sr_vcite *good, sr_str *who, size_t *good_count)
{
	for (uint32_t h = 0; h < position->held_by_count; h++) {
		const sr_holder *holder = &position->held_by[h];
		sr_vpart p = sr_part_at(SR_PART_HOLDER, c, k, h, holder->who, "conflicts[%u].positions[%u].held_by[%u]", c, k, h);
		sr_vcite cite;
		bool holds;
		sr_arena_reset(ctx->scratch);
		ctx->lines++;
		if (!sr_cites_resolve(ctx, &p, &holder->cite, 1, &cite) || sr_cites_taken_back(ctx, &p, &cite, 1))
			continue;
		SR_TRY(sr_check_speaker(ctx, &p, holder->who, holder->role, holder->via, holder->said, &cite, &holds));
		SR_TRY(sr_check_named(ctx, &p, holder->who, holder->named, cite.doc));
		if (!holds || *good_count == SR_VERIFY_CITES_MAX)
			continue;
		who[*good_count] = holder->who;
		good[(*good_count)++] = cite;
	}
	return SR_OK;
}

/* The first holder's words are the statement; the others hold it in their own words, which must at
 * least be about the same thing. */
static sr_status check_kinship(sr_vcontext *ctx, uint32_t c, uint32_t k, const sr_conflict *conflict, const sr_vcite *cites, size_t count)
{
	const sr_position *position = &conflict->positions[k];
	for (uint32_t h = 0; h < position->held_by_count && count > 1; h++) {
		const sr_holder *holder = &position->held_by[h];
		for (size_t i = 0; i < count; i++) {
			size_t shared, asked;
			if (cites[i].source->n != holder->cite.source || cites[i].span.start != holder->cite.span.start || cites[i].span.end != holder->cite.span.end)
				continue;
			SR_TRY(sr_words_shared(ctx, position->statement, &cites[i], &shared));
			SR_TRY(sr_words_shared(ctx, conflict->question, &cites[i], &asked));
			sr_vpart p = sr_part_at(SR_PART_HOLDER, c, k, h, holder->who, "conflicts[%u].positions[%u].held_by[%u]", c, k, h);
			if (shared + asked == 0)
				sr_part_fails(ctx, &p, SR_STR("what it cites is about something else than the position"));
			break;
		}
	}
	return SR_OK;
}

static size_t holder_count(const sr_conflict *x)
{
	size_t n = 0;
	for (size_t k = 0; k < x->position_count; k++)
		n += x->positions[k].held_by_count;
	return n;
}

/* The names of those who hold a position, which its question may name. */
static sr_status names_of_holders(sr_vcontext *ctx, const sr_conflict *conflict, sr_str *names)
{
	sr_buf all;
	sr_buf_init(&all, 0);
	for (uint32_t k = 0; k < conflict->position_count; k++)
		for (uint32_t h = 0; h < conflict->positions[k].held_by_count; h++)
			sr_buf_printf(&all, "%.*s ", SR_FMT(conflict->positions[k].held_by[h].who));
	*names = sr_str_dup(ctx->scratch, sr_buf_str(&all));
	bool failed = all.failed || (all.len && !names->ptr);
	sr_buf_deinit(&all);
	return failed ? SR_E_NOMEM : SR_OK;
}

/* Holders whose cites do not resolve have failed already. */
static sr_status check_origins(sr_vcontext *ctx, const sr_vpart *p, const sr_position *position)
{
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	sr_str vias[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	uint32_t n;
	for (size_t h = 0; h < position->held_by_count && count < SR_VERIFY_CITES_MAX; h++) {
		sr_cite cite = position->held_by[h].cite;
		vias[count] = position->held_by[h].via;
		sr_cites_append(ctx, (sr_cites){ &cite, 1 }, cites, &count);
	}
	SR_TRY(sr_origins_of(ctx, cites, vias, count, &n));
	if (n && position->origins != n)
		sr_origins_wrong(ctx, p, position->origins, n);
	return ctx->status;
}

static sr_status check_parts_of_conflict(sr_vcontext *ctx, uint32_t c)
{
	const sr_conflict *conflict = &ctx->dossier->conflicts[c];
	sr_vcite all[SR_VERIFY_CITES_MAX];
	sr_str holders[SR_VERIFY_CITES_MAX];
	size_t all_count = 0;
	for (uint32_t k = 0; k < conflict->position_count; k++) {
		const sr_position *position = &conflict->positions[k];
		sr_vpart p = sr_part_at(SR_PART_POSITION, c, k, 0, position->statement, "conflicts[%u].positions[%u]", c, k);
		size_t from = all_count, before = ctx->failed;
		SR_TRY(check_holders(ctx, c, k, position, all, holders, &all_count));
		sr_arena_reset(ctx->scratch);
		ctx->lines++;
		if (from < all_count) {
			SR_TRY(sr_check_text(ctx, &p, all + from, all_count - from, (sr_vmode){ .attributed = true, .several = true }));
			SR_TRY(check_kinship(ctx, c, k, conflict, all + from, all_count - from));
		} else if (ctx->failed == before)
			sr_part_fails(ctx, &p, SR_STR("nobody holds it"));
		SR_TRY(check_origins(ctx, &p, position));
	}
	sr_vpart p = sr_part_at(SR_PART_QUESTION, c, 0, 0, conflict->question, "conflicts[%u].question", c);
	sr_str reason, names;
	sr_arena_reset(ctx->scratch);
	ctx->lines++;
	if (conflict->position_count < 2)
		sr_part_fails(ctx, &p, SR_STR("a conflict needs two positions"));
	sr_vpart standing = sr_part_at(SR_PART_STANDING, c, 0, 0, SR_STR(""), "conflicts[%u].status", c);
	SR_TRY(sr_standing_holds(ctx, conflict, &reason));
	if (reason.len)
		sr_part_fails(ctx, &standing, reason);
	SR_TRY(sr_dispute_stands(ctx, conflict, all, all_count, &reason));
	if (reason.len)
		sr_part_fails(ctx, &p, reason);
	SR_TRY(names_of_holders(ctx, conflict, &names));
	SR_TRY(sr_words_loose(ctx, conflict->question, SR_LOOSE_QUESTION, all, all_count, names, (sr_str){ 0 }, &reason));
	if (!reason.len)
		SR_TRY(sr_question_holds(ctx, conflict->question, all, holders, all_count, names, &reason));
	if (reason.len)
		sr_part_fails(ctx, &p, reason);
	return SR_OK;
}

sr_status sr_check_conflict(sr_vcontext *ctx, uint32_t c)
{
	const sr_conflict *x = &ctx->dossier->conflicts[c];
	size_t before = ctx->failed, cites = holder_count(x);
	sr_vkey key;
	sr_verify_key_of_conflict(&key, x);
	if (sr_verify_held(ctx, &key)) {
		ctx->lines += cites + x->position_count + 1;
		ctx->cites += cites;
		return SR_OK;
	}
	SR_TRY(check_parts_of_conflict(ctx, c));
	return ctx->failed == before ? sr_verify_hold(ctx, &key) : ctx->status;
}

/* Names of everybody who holds a position: a note may say whom an update contradicts. */
sr_status sr_holders_named(sr_vcontext *ctx, sr_str *all)
{
	const sr_dossier *d = ctx->dossier;
	sr_buf names;
	sr_buf_init(&names, 0);
	sr_buf_add_char(&names, ' ');
	for (size_t c = 0; c < d->conflict_count && names.len < SR_VERIFY_LINE_MAX; c++)
		for (size_t k = 0; k < d->conflicts[c].position_count; k++)
			for (size_t h = 0; h < d->conflicts[c].positions[k].held_by_count && names.len < SR_VERIFY_LINE_MAX; h++)
				sr_buf_printf(&names, " %.*s", SR_FMT(d->conflicts[c].positions[k].held_by[h].who));
	*all = sr_str_dup(ctx->scratch, sr_buf_str(&names));
	bool failed = names.failed || !all->ptr;
	sr_buf_deinit(&names);
	return failed ? SR_E_NOMEM : SR_OK;
}
