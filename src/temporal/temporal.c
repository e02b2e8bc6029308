/* One reading of one document. */
#include "internal.h"

static void set_anchor_time(context *ctx, sr_time t)
{
	ctx->dct = cal_of_time(t);
	ctx->dct_weekday = t.precision >= SR_PRECISION_DAY ? sr_weekday(t.year, t.month, t.day) : UNKNOWN;
}

/* On a live page each update is read against its own time, and so is each entry of a timeline. */
static void follow_blocks(context *ctx, uint32_t offset, size_t *block)
{
	const sr_document *doc = ctx->reading->doc;
	size_t before = *block;
	while (*block < doc->block_count && doc->blocks[*block].span.start <= offset)
		++*block;
	if (*block == before)
		return;
	const sr_block *here = &doc->blocks[*block - 1], *last = before ? &doc->blocks[before - 1] : NULL;
	bool dated = sr_time_known(here->time), was_dated = last && sr_time_known(last->time);
	if (dated != was_dated || (dated && (here->kind == SR_BLOCK_EVENT || here->group != last->group)))
		ctx->scope = ctx->results.count;
	ctx->dated_scope = dated;
	set_anchor_time(ctx, dated ? here->time : doc->published);
}

static result *push_result(context *ctx, const result *r)
{
	result *out = SR_PUSH(ctx->scratch, &ctx->results);
	if (!out) {
		ctx->out_of_memory = true;
		return NULL;
	}
	*out = *r;
	out->timex.span = (sr_span){ ctx->tokens.items[r->first].start, ctx->tokens.items[r->last - 1].end };
	return out;
}

/* The second day of a pair, when its token is reached. */
static bool take_pending(context *ctx, uint32_t *i)
{
	if (ctx->pending.gran == G_NONE || *i < ctx->pending_first)
		return false;
	cal c = ctx->pending;
	ctx->pending.gran = G_NONE;
	if (*i != ctx->pending_first)
		return false;
	result r = { .cal = c, .first = *i, .last = ctx->pending_last,
	             .timex = { .type = SR_TIMEX_DATE, .value = cal_write(ctx->arena, c) } };
	push_result(ctx, &r);
	*i = ctx->pending_last;
	return true;
}

static void find_all(context *ctx)
{
	size_t block = 0;
	uint32_t i = 0;
	set_anchor_time(ctx, ctx->reading->doc->published);
	ctx->results.count = ctx->scope = 0;
	ctx->dated_scope = false;
	ctx->pending.gran = G_NONE;
	while (i < ctx->tokens.count && !ctx->out_of_memory) {
		match m;
		follow_blocks(ctx, ctx->tokens.items[i].start, &block);
		if (take_pending(ctx, &i))
			continue;
		if (!match_at(ctx, i, &m)) {
			i++;
			continue;
		}
		result r = { .cal = cal_none(), .first = m.first, .last = m.last };
		if (action_run(ctx, &m, &r)) {
			push_result(ctx, &r);
			i = m.last;
		} else
			i = m.rule->action == ACTION_none ? m.last : i + 1;
	}
}

/* Nothing tells when the page was published: dates written out in full bound the others. Only a
 * year that is the single possible one is taken. */
static void hint_year(context *ctx)
{
	int year = UNKNOWN;
	for (size_t i = 0; i < ctx->results.count; i++) {
		const result *r = &ctx->results.items[i];
		if (r->cal.gran < G_DAY || !cal_placed(r->cal) || r->timex.type > SR_TIMEX_TIME)
			continue;
		if (year != UNKNOWN && year != r->cal.year)
			return;
		year = r->cal.year;
	}
	ctx->year_hint = year;
}

static sr_status copy_out(context *ctx, sr_error *err)
{
	sr_reading *reading = ctx->reading;
	reading->times = NULL;
	reading->time_count = 0;
	if (ctx->results.count == 0)
		return SR_OK;
	reading->times = SR_NEW_ARRAY(ctx->arena, sr_timex, ctx->results.count);
	if (!reading->times)
		return sr_fail(err, SR_E_NOMEM, "times");
	for (size_t i = 0; i < ctx->results.count; i++)
		reading->times[reading->time_count++] = ctx->results.items[i].timex;
	return SR_OK;
}

sr_status sr_temporal_read(const sr_temporal *t, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	sr_arena *scratch = sr_arena_new(0);
	if (!scratch)
		return sr_fail(err, SR_E_NOMEM, "times");
	context ctx = { .t = t, .reading = reading, .arena = arena, .scratch = scratch, .text = reading->doc->text,
	                .month_first = ORDER_UNASKED, .year_hint = UNKNOWN };
	sr_status status = SR_OK;
	if (lex_text(&ctx)) {
		number_join(&ctx);
		find_all(&ctx);
		if (!sr_time_known(reading->doc->published)) {
			hint_year(&ctx);
			if (ctx.year_hint != UNKNOWN)
				find_all(&ctx);
		}
		post_pass(&ctx);
	}
	status = ctx.out_of_memory ? sr_fail(err, SR_E_NOMEM, "times") : copy_out(&ctx, err);
	sr_arena_free(scratch);
	return status;
}
