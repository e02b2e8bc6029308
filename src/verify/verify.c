/* The walk over a dossier: resolves every cite, then checks each part by its own rule.
 *
 * Invariants: a part whose cites do not resolve is reported once and not aligned; the scratch arena
 * is emptied after every part, so memory is bounded by the largest line. */
#include "align.h"

#include "sitrep/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void sr_verify_fail(sr_vcontext *ctx, sr_part part, const uint32_t at[3], sr_str text, sr_str reason, const char *where, ...)
{
	ctx->failed++;
	if (ctx->failures.count >= SR_VERIFY_FAILURES_MAX)
		return;
	char path[96];
	va_list args;
	va_start(args, where);
	vsnprintf(path, sizeof path, where, args);
	va_end(args);
	sr_flaw *f = SR_PUSH(ctx->arena, &ctx->failures);
	if (!f) {
		ctx->status = SR_E_NOMEM;
		return;
	}
	*f = (sr_flaw){ .part = part, .at = { at[0], at[1], at[2] }, .text = text, .reason = reason };
	f->where = sr_str_dup(ctx->arena, sr_str_c(path));
}

sr_str sr_verify_reason(sr_vcontext *ctx, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	sr_str reason = sr_str_vprintf(ctx->arena, format, args);
	va_end(args);
	if (reason.len)
		return reason;
	ctx->status = SR_E_NOMEM;
	return SR_STR("no memory is left to say why");
}

/* One thing to check, where it is and how it reads. */
typedef struct part {
	sr_part kind;
	uint32_t at[3];
	char where[96];
	sr_str text;
} part;

static void fails(sr_vcontext *ctx, const part *p, sr_str reason) { sr_verify_fail(ctx, p->kind, p->at, p->text, reason, "%s", p->where); }

static const sr_source *source_of(const sr_vcontext *ctx, uint32_t n, const sr_document **doc)
{
	for (size_t i = 0; i < ctx->dossier->source_count; i++)
		if (ctx->dossier->sources[i].n == n) {
			*doc = ctx->docs[i];
			return &ctx->dossier->sources[i];
		}
	*doc = NULL;
	return NULL;
}

static bool word_byte(sr_str text, size_t at)
{
	unsigned char c = (unsigned char)text.ptr[at];
	return sr_is_alpha(c) || sr_is_digit(c);
}

/* A cite stays in its paragraph, but a quotation may run on: then the next one opens with its mark; or have its speaker
 * below: then the last one is short and opens with the dash before who is signed. */
static bool crosses_paragraphs(sr_str cut)
{
	for (size_t at = 0; (at = sr_str_find(cut, SR_STR("\n\n"), at)) != SIZE_MAX;) {
		at += 2;
		size_t next = at;
		uint32_t cp = at < cut.len ? sr_utf8_next(cut, &next) : 0;
		bool signs = sr_cp_is_dash(cp) && cut.len - at <= SR_VERIFY_SIGNATURE_MAX && sr_str_find(cut, SR_STR("\n\n"), at) == SIZE_MAX;
		if (!sr_cp_is_quote(cp) && !signs)
			return true;
	}
	return false;
}

/* Why a span cannot be cited; NULL if it can. */
static const char *bad_span(sr_str text, sr_span s)
{
	if (s.end <= s.start)
		return "the cited span is empty";
	if (s.end > text.len)
		return "the cited span ends after the text";
	if (s.end - s.start > SR_VERIFY_SPAN_MAX)
		return "the cited span is too long to prove anything";
	if (!sr_utf8_boundary(text, s.start) || !sr_utf8_boundary(text, s.end))
		return "the cited span cuts a character";
	sr_str cut = sr_span_of(text, s);
	if (sr_str_trim(cut).len != cut.len)
		return "the cited span begins or ends with white space";
	if (crosses_paragraphs(cut))
		return "the cited span is more than a paragraph";
	if ((s.start > 0 && word_byte(text, s.start) && word_byte(text, s.start - 1)) ||
	    (s.end < text.len && word_byte(text, s.end) && word_byte(text, s.end - 1)))
		return "the cited span cuts a word";
	return NULL;
}

/* Resolves cites into out (as many as there are). False, with the failure recorded, if one is bad. */
static bool resolve(sr_vcontext *ctx, const part *p, const sr_cite *cites, size_t count, sr_vcite *out)
{
	ctx->cites += count;
	if (count == 0 || count > SR_VERIFY_CITES_MAX) {
		fails(ctx, p, count ? SR_STR("it has too many cites") : SR_STR("it cites nothing"));
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		out[i].source = source_of(ctx, cites[i].source, &out[i].doc);
		out[i].span = cites[i].span;
		const char *why = !out[i].source ? "it cites a source that is not listed"
		                  : !out[i].doc  ? "the original it cites is not here or has changed"
		                                 : bad_span(out[i].doc->text, out[i].span);
		if (why) {
			fails(ctx, p, sr_str_printf(ctx->arena, "%s (source %u, bytes %u to %u)", why, cites[i].source, cites[i].span.start, cites[i].span.end));
			return false;
		}
	}
	return true;
}

/* A correction note names what was wrong beside what is right. */
static bool in_correction(const sr_vcite *cite)
{
	sr_str note = cite->doc->correction;
	size_t at = note.len ? sr_str_find(cite->doc->text, note, 0) : SIZE_MAX;
	return at != SIZE_MAX && cite->span.start < at + note.len && at < cite->span.end;
}

/* A source that its outlet took back bears nothing but the news of that, and so does a correction. */
static bool taken_back(sr_vcontext *ctx, const part *p, const sr_vcite *cites, size_t count)
{
	if (p->kind == SR_PART_UPDATE || p->kind == SR_PART_CHANGE)
		return false;
	for (size_t i = 0; i < count; i++)
		if (cites[i].source->status == SR_DOC_WITHDRAWN) {
			fails(ctx, p, sr_str_printf(ctx->arena, "source %u has been withdrawn", cites[i].source->n));
			return true;
		} else if (in_correction(&cites[i])) {
			fails(ctx, p, sr_str_printf(ctx->arena, "source %u bytes %u to %u is a correction note", cites[i].source->n, cites[i].span.start, cites[i].span.end));
			return true;
		}
	return false;
}

/* `[3]`: a digest's own number would be read as one of ours. */
static bool has_citation_mark(sr_str text)
{
	for (size_t at = 0; (at = sr_str_find_char(text, '[', at)) != SIZE_MAX; at++) {
		size_t p = at + 1;
		while (p < text.len && sr_is_digit((unsigned char)text.ptr[p]))
			p++;
		if (p > at + 1 && p < text.len && text.ptr[p] == ']')
			return true;
	}
	return false;
}

static sr_status check_text(sr_vcontext *ctx, const part *p, const sr_vcite *cites, size_t count, sr_vmode mode)
{
	sr_str reason;
	uint64_t idle;
	if (p->text.len > SR_VERIFY_LINE_MAX || !sr_utf8_valid(p->text)) {
		fails(ctx, p, SR_STR("it is too long or not UTF-8"));
		return SR_OK;
	}
	if (has_citation_mark(p->text)) {
		fails(ctx, p, SR_STR("it carries a citation mark in its words"));
		return SR_OK;
	}
	SR_TRY(sr_align_line(ctx, p->text, cites, count, mode, &reason, &idle));
	if (!reason.len)
		return SR_OK;
	size_t before = ctx->failures.count;
	fails(ctx, p, reason);
	if (ctx->failures.count > before)
		ctx->failures.items[before].idle = idle;
	return SR_OK;
}

/* A line with its cites; date, if known, must follow from one of them. */
static sr_status check_line(sr_vcontext *ctx, const part *p, sr_cites cites, sr_vmode mode, sr_time date, sr_time until)
{
	sr_vcite resolved[SR_VERIFY_CITES_MAX];
	sr_vkey key;
	size_t before = ctx->failed;
	sr_verify_key_of_line(&key, p->kind, p->text, cites, mode, date, until);
	sr_arena_reset(ctx->scratch);
	ctx->lines++;
	if (sr_verify_held(ctx, &key)) {
		ctx->cites += cites.count;
		return SR_OK;
	}
	if (!resolve(ctx, p, cites.items, cites.count, resolved) || taken_back(ctx, p, resolved, cites.count))
		return SR_OK;
	SR_TRY(check_text(ctx, p, resolved, cites.count, mode));
	sr_vdate of = p->kind == SR_PART_EVENT ? SR_VDATE_HAPPENED : SR_VDATE_SAID;
	bool from = !sr_time_known(date), to = !sr_time_known(until);
	for (size_t i = 0; i < cites.count && !(from && to); i++) {
		from = from || sr_date_supported(ctx, date, &resolved[i], of);
		to = to || sr_date_supported(ctx, until, &resolved[i], of);
	}
	if (!from || !to)
		fails(ctx, p, sr_str_printf(ctx->arena, "its date %.*s does not follow from what it cites",
		                            SR_FMT(sr_time_format(ctx->scratch, from ? until : date))));
	return ctx->failed == before ? sr_verify_hold(ctx, &key) : ctx->status;
}

__attribute__((format(printf, 6, 7)))
static part at(sr_part kind, uint32_t a, uint32_t b, uint32_t c, sr_str text, const char *where, ...)
{
	part p = { .kind = kind, .at = { a, b, c }, .text = text };
	va_list args;
	va_start(args, where);
	vsnprintf(p.where, sizeof p.where, where, args);
	va_end(args);
	return p;
}

static const sr_vmode plain = { 0 }, record = { .attributed = true };

/* A title is a source's own, or a line with cites. */
static sr_status check_title(sr_vcontext *ctx)
{
	const sr_dossier *d = ctx->dossier;
	part p = at(SR_PART_STORY, 0, 0, 0, d->title, "story.title");
	if (!d->title.len)
		return SR_OK;
	if (d->title_cites.count)
		return check_line(ctx, &p, d->title_cites, record, SR_TIME_NONE, SR_TIME_NONE);
	ctx->lines++;
	for (size_t i = 0; i < d->source_count; i++)
		if (ctx->docs[i] && d->title.len && sr_str_eq(d->title, ctx->docs[i]->title))
			return SR_OK;
	fails(ctx, &p, SR_STR("it is no source's title and cites nothing"));
	return SR_OK;
}

static sr_status check_heading(sr_vcontext *ctx, uint32_t s)
{
	const sr_section *section = &ctx->dossier->brief[s];
	part p = at(SR_PART_HEADING, s, 0, 0, section->heading, "brief[%u].heading", s);
	if (!section->heading.len)
		return SR_OK;
	if (section->heading_cites.count)
		return check_line(ctx, &p, section->heading_cites, record, SR_TIME_NONE, SR_TIME_NONE);
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	sr_str reason;
	ctx->lines++;
	sr_arena_reset(ctx->scratch);
	for (size_t i = 0; i < section->line_count; i++)
		for (size_t k = 0; k < section->lines[i].cites.count && count < SR_VERIFY_CITES_MAX; k++) {
			sr_vcite *c = &cites[count];
			c->source = source_of(ctx, section->lines[i].cites.items[k].source, &c->doc);
			c->span = section->lines[i].cites.items[k].span;
			count += c->source && c->doc && !bad_span(c->doc->text, c->span);
		}
	SR_TRY(sr_words_loose(ctx, section->heading, SR_LOOSE_HEADING, cites, count, (sr_str){ 0 }, (sr_str){ 0 }, &reason));
	if (reason.len)
		fails(ctx, &p, reason);
	return SR_OK;
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
			part p = at(SR_PART_SENTENCE, s, i, 0, line->text, "brief[%u].sentences[%u]", s, i);
			SR_TRY(spare(ctx, check_line(ctx, &p, line->cites, plain, SR_TIME_NONE, SR_TIME_NONE), SR_PART_SENTENCE, "brief", s, i));
		}
	}
	return SR_OK;
}

/* Speaker, role and channel of a record against one cite; said must follow from it. */
static sr_status check_speaker(sr_vcontext *ctx, const part *p, sr_str who, sr_str role, sr_str via, sr_time said, const sr_vcite *cite, bool *holds)
{
	bool name, title, channel;
	SR_TRY(sr_name_supported(ctx, who, cite, &name));
	SR_TRY(sr_role_supported(ctx, role, who, cite, &title));
	SR_TRY(sr_words_near(ctx, via, cite, &channel));
	bool date = sr_date_supported(ctx, said, cite, SR_VDATE_SAID);
	*holds = name && title && channel && date;
	if (!*holds)
		fails(ctx, p, sr_str_printf(ctx->arena, "%s \"%.*s\" is not borne out by source %u bytes %u to %u",
		                            !name ? "the speaker" : !title ? "the role" : !channel ? "the channel" : "the date of",
		                            SR_FMT(!title && name ? role : !channel && name ? via : who), cite->source->n, cite->span.start, cite->span.end));
	return ctx->status;
}

static sr_status check_holders(sr_vcontext *ctx, uint32_t c, uint32_t k, const sr_position *position, sr_vcite *good, size_t *good_count)
{
	for (uint32_t h = 0; h < position->held_by_count; h++) {
		const sr_holder *holder = &position->held_by[h];
		part p = at(SR_PART_HOLDER, c, k, h, holder->who, "conflicts[%u].positions[%u].held_by[%u]", c, k, h);
		sr_vcite cite;
		bool holds;
		sr_arena_reset(ctx->scratch);
		ctx->lines++;
		if (!resolve(ctx, &p, &holder->cite, 1, &cite) || taken_back(ctx, &p, &cite, 1))
			continue;
		SR_TRY(check_speaker(ctx, &p, holder->who, holder->role, holder->via, holder->said, &cite, &holds));
		if (holds && *good_count < SR_VERIFY_CITES_MAX)
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
			part p = at(SR_PART_HOLDER, c, k, h, holder->who, "conflicts[%u].positions[%u].held_by[%u]", c, k, h);
			if (shared + asked == 0)
				fails(ctx, &p, SR_STR("what it cites is about something else than the position"));
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

static sr_status check_parts_of_conflict(sr_vcontext *ctx, uint32_t c)
{
	const sr_conflict *conflict = &ctx->dossier->conflicts[c];
	sr_vcite all[SR_VERIFY_CITES_MAX];
	size_t all_count = 0;
	for (uint32_t k = 0; k < conflict->position_count; k++) {
		const sr_position *position = &conflict->positions[k];
		part p = at(SR_PART_POSITION, c, k, 0, position->statement, "conflicts[%u].positions[%u]", c, k);
		size_t from = all_count, before = ctx->failed;
		SR_TRY(check_holders(ctx, c, k, position, all, &all_count));
		sr_arena_reset(ctx->scratch);
		ctx->lines++;
		if (from < all_count) {
			SR_TRY(check_text(ctx, &p, all + from, all_count - from, (sr_vmode){ .attributed = true, .several = true }));
			SR_TRY(check_kinship(ctx, c, k, conflict, all + from, all_count - from));
		} else if (ctx->failed == before)
			fails(ctx, &p, SR_STR("nobody holds it"));
		if (position->origins == 0 || position->origins > position->held_by_count)
			fails(ctx, &p, SR_STR("its number of origins cannot be"));
	}
	part p = at(SR_PART_QUESTION, c, 0, 0, conflict->question, "conflicts[%u].question", c);
	sr_str reason, names;
	sr_arena_reset(ctx->scratch);
	ctx->lines++;
	if (conflict->position_count < 2)
		fails(ctx, &p, SR_STR("a conflict needs two positions"));
	SR_TRY(names_of_holders(ctx, conflict, &names));
	SR_TRY(sr_words_loose(ctx, conflict->question, SR_LOOSE_QUESTION, all, all_count, names, (sr_str){ 0 }, &reason));
	if (reason.len)
		fails(ctx, &p, reason);
	return SR_OK;
}

static sr_status check_conflict(sr_vcontext *ctx, uint32_t c)
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

static sr_status check_unknown(sr_vcontext *ctx, uint32_t i)
{
	const sr_unknown *u = &ctx->dossier->unknown[i];
	part p = at(SR_PART_UNKNOWN, i, 0, 0, u->text, "unknown[%u]", i);
	return check_line(ctx, &p, u->cites, record, SR_TIME_NONE, SR_TIME_NONE);
}

/* One of the witnesses must show the speaker; all must hold the words. */
static sr_status check_quote(sr_vcontext *ctx, uint32_t i)
{
	const sr_quote *q = &ctx->dossier->quotes[i];
	part p = at(SR_PART_QUOTE, i, 0, 0, q->text, "quotes[%u]", i);
	size_t before = ctx->failed, told = ctx->failures.count;
	SR_TRY(check_line(ctx, &p, q->cites, (sr_vmode){ .quotation = true, .attributed = true }, SR_TIME_NONE, SR_TIME_NONE));
	if (ctx->failed != before)
		return ctx->status;
	bool holds = false;
	for (size_t k = 0; k < q->cites.count && !holds; k++) {
		sr_vcite cite = { .span = q->cites.items[k].span };
		cite.source = source_of(ctx, q->cites.items[k].source, &cite.doc);
		sr_arena_reset(ctx->scratch);
		ctx->failures.count = told;
		ctx->failed = before;
		SR_TRY(check_speaker(ctx, &p, q->speaker, q->role, q->via, q->said, &cite, &holds));
	}
	if (q->origins > q->cites.count)
		fails(ctx, &p, SR_STR("its number of origins cannot be"));
	return SR_OK;
}

static sr_status check_point(sr_vcontext *ctx, uint32_t f, uint32_t i)
{
	const sr_figure *figure = &ctx->dossier->figures[f];
	const sr_figure_point *point = &figure->series[i];
	part p = at(SR_PART_POINT, f, i, 0, point->text.len ? point->text : figure->measure, "figures[%u].series[%u]", f, i);
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	sr_vkey key;
	size_t before = ctx->failed;
	sr_verify_key_of_point(&key, figure, point);
	sr_arena_reset(ctx->scratch);
	ctx->lines++;
	if (sr_verify_held(ctx, &key)) {
		ctx->cites += point->cites.count;
		return SR_OK;
	}
	if (!resolve(ctx, &p, point->cites.items, point->cites.count, cites) || taken_back(ctx, &p, cites, point->cites.count))
		return SR_OK;
	if (point->text.len)
		SR_TRY(check_text(ctx, &p, cites, point->cites.count, (sr_vmode){ .attributed = true, .several = true }));
	bool some_date = false, some_name = false;
	for (size_t k = 0; k < point->cites.count; k++) {
		bool name;
		sr_vwords words = { 0 };
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[k], ctx->scratch, &words));
		SR_TRY(sr_name_supported(ctx, point->who, &cites[k], &name));
		bool unit = sr_unit_stands(ctx->lex, figure->unit, cites[k].doc->text, &words);
		if (!unit || !sr_number_stands(point->low, &words) || !sr_number_stands(point->high, &words))
			fails(ctx, &p, sr_str_printf(ctx->arena, "its %s does not stand in source %u bytes %u to %u", unit ? "number" : "unit",
			                             cites[k].source->n, cites[k].span.start, cites[k].span.end));
		some_name = some_name || name;
		some_date = some_date || sr_date_supported(ctx, point->as_of, &cites[k], SR_VDATE_SAID);
	}
	if (!some_name || !some_date)
		fails(ctx, &p, some_name ? SR_STR("its date does not follow from what it cites") : SR_STR("the speaker is not borne out by what it cites"));
	return ctx->failed == before ? sr_verify_hold(ctx, &key) : ctx->status;
}

static sr_status check_figure(sr_vcontext *ctx, uint32_t f)
{
	const sr_figure *figure = &ctx->dossier->figures[f];
	sr_vcite all[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	for (uint32_t i = 0; i < figure->series_count; i++) {
		SR_TRY(check_point(ctx, f, i));
		for (size_t k = 0; k < figure->series[i].cites.count && count < SR_VERIFY_CITES_MAX; k++) {
			sr_vcite *c = &all[count];
			c->source = source_of(ctx, figure->series[i].cites.items[k].source, &c->doc);
			c->span = figure->series[i].cites.items[k].span;
			count += c->source && c->doc && !bad_span(c->doc->text, c->span);
		}
	}
	part p = at(SR_PART_FIGURE, f, 0, 0, figure->measure, "figures[%u].measure", f);
	sr_str reason;
	sr_arena_reset(ctx->scratch);
	SR_TRY(sr_words_loose(ctx, figure->measure, SR_LOOSE_MEASURE, all, count, (sr_str){ 0 }, (sr_str){ 0 }, &reason));
	if (reason.len)
		fails(ctx, &p, reason);
	return SR_OK;
}

static sr_status check_event(sr_vcontext *ctx, uint32_t i)
{
	const sr_event *e = &ctx->dossier->timeline[i];
	part p = at(SR_PART_EVENT, i, 0, 0, e->text, "timeline[%u]", i);
	if (e->origins > e->cites.count)
		fails(ctx, &p, SR_STR("its number of origins cannot be"));
	return check_line(ctx, &p, e->cites, plain, e->date, e->until);
}

/* Names of everybody who holds a position: a note may say whom an update contradicts. */
static sr_status holders(sr_vcontext *ctx, sr_str *all)
{
	const sr_dossier *d = ctx->dossier;
	*all = SR_STR(" ");
	for (size_t c = 0; c < d->conflict_count; c++)
		for (size_t k = 0; k < d->conflicts[c].position_count; k++)
			for (size_t h = 0; h < d->conflicts[c].positions[k].held_by_count && all->len < SR_VERIFY_LINE_MAX; h++) {
				*all = sr_str_printf(ctx->scratch, "%.*s %.*s", SR_FMT(*all), SR_FMT(d->conflicts[c].positions[k].held_by[h].who));
				if (!all->ptr)
					return SR_E_NOMEM;
			}
	return SR_OK;
}

static sr_status check_update(sr_vcontext *ctx, uint32_t i)
{
	const sr_update *u = &ctx->dossier->updates[i];
	part p = at(SR_PART_UPDATE, i, 0, 0, u->text, "updates[%u]", i);
	size_t before = ctx->failed;
	SR_TRY(check_line(ctx, &p, u->cites, plain, u->at, SR_TIME_NONE));
	if (!u->note.len || ctx->failed != before)
		return SR_OK;
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	sr_str reason, names;
	sr_arena_reset(ctx->scratch);
	if (!resolve(ctx, &p, u->cites.items, u->cites.count, cites))
		return SR_OK;
	SR_TRY(holders(ctx, &names));
	SR_TRY(sr_words_loose(ctx, u->note, SR_LOOSE_NOTE, cites, u->cites.count, names, (sr_str){ 0 }, &reason));
	part note = at(SR_PART_NOTE, i, 0, 0, u->note, "updates[%u].note", i);
	if (reason.len)
		fails(ctx, &note, reason);
	return SR_OK;
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
			part p = at(SR_PART_CHANGE, l, i, 0, lists[l].lines[i].text, "changes.%s[%u]", lists[l].name, i);
			SR_TRY(spare(ctx, check_line(ctx, &p, lists[l].lines[i].cites, record, SR_TIME_NONE, SR_TIME_NONE), SR_PART_CHANGE, lists[l].name, l, i));
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
		return each(ctx, SR_PART_QUESTION, "conflicts", d->conflict_count, check_conflict);
	case 3:
		return each(ctx, SR_PART_UNKNOWN, "unknown", d->unknown_count, check_unknown);
	case 4:
		return each(ctx, SR_PART_QUOTE, "quotes", d->quote_count, check_quote);
	case 5:
		return each(ctx, SR_PART_FIGURE, "figures", d->figure_count, check_figure);
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
