/* One reading of one document. */
#include "internal.h"

#include "sitrep/base/utf8.h"

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

/* "In May", "last May": the month, whatever a name it is. */
static bool asks_for_time(sr_str text, uint32_t at)
{
	static const sr_str words[] = { SR_STR_INIT("in"), SR_STR_INIT("since"), SR_STR_INIT("until"), SR_STR_INIT("last"), SR_STR_INIT("next"),
		                        SR_STR_INIT("early"), SR_STR_INIT("late"), SR_STR_INIT("mid"), SR_STR_INIT("of") };
	uint32_t end = at, start;
	while (end > 0 && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '-'))
		end--;
	for (start = end; start > 0 && sr_is_lower((unsigned char)text.ptr[start - 1]);)
		start--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (sr_str_eq(sr_str_slice(text, start, end), words[i]))
			return true;
	return false;
}

/* "Theresa May", and "May" where the page names her so: a month's name that is a person's. */
static bool names_person(const sr_reading *r, const sr_timex *t, size_t *entity)
{
	sr_str words = sr_span_of(r->doc->text, t->span);
	while (*entity < r->entity_count && r->entities[*entity].span.end <= t->span.start)
		++*entity;
	for (size_t i = 0; i < words.len; i++)
		if (!sr_is_alpha((unsigned char)words.ptr[i]))
			return false;
	if (asks_for_time(r->doc->text, t->span.start))
		return false;
	const sr_entity *e = *entity < r->entity_count ? &r->entities[*entity] : NULL;
	return e && e->type == SR_ENTITY_PER && sr_span_has(e->span, t->span) && (e->name.len > words.len || e->span.end - e->span.start > words.len);
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
	size_t entity = 0;
	for (size_t i = 0; i < ctx->results.count; i++)
		if (!names_person(reading, &ctx->results.items[i].timex, &entity))
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
