/* Parts of a dossier that are alike wherever they stand: a line with its cites, a speaker; and the telling of what fails. */
#include "speech.h"
#include "walk.h"

#include "sitrep/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

#define COMMON_BYTES 32u

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

sr_vpart sr_part_at(sr_part kind, uint32_t a, uint32_t b, uint32_t c, sr_str text, const char *where, ...)
{
	sr_vpart p = { .kind = kind, .at = { a, b, c }, .text = text };
	va_list args;
	va_start(args, where);
	vsnprintf(p.where, sizeof p.where, where, args);
	va_end(args);
	return p;
}

void sr_part_fails(sr_vcontext *ctx, const sr_vpart *p, sr_str reason) { sr_verify_fail(ctx, p->kind, p->at, p->text, reason, "%s", p->where); }

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

sr_status sr_check_text(sr_vcontext *ctx, const sr_vpart *p, const sr_vcite *cites, size_t count, sr_vmode mode)
{
	sr_str reason;
	uint64_t idle;
	if (p->text.len > SR_VERIFY_LINE_MAX || !sr_utf8_valid(p->text)) {
		sr_part_fails(ctx, p, SR_STR("it is too long or not UTF-8"));
		return SR_OK;
	}
	if (has_citation_mark(p->text)) {
		sr_part_fails(ctx, p, SR_STR("it carries a citation mark in its words"));
		return SR_OK;
	}
	SR_TRY(sr_align_line(ctx, p->text, cites, count, mode, &reason, &idle));
	if (!reason.len)
		return SR_OK;
	size_t before = ctx->failures.count;
	sr_part_fails(ctx, p, reason);
	if (ctx->failures.count > before)
		ctx->failures.items[before].idle = idle;
	return SR_OK;
}

sr_status sr_check_line(sr_vcontext *ctx, const sr_vpart *p, sr_cites cites, sr_vmode mode, sr_time date, sr_time until)
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
	if (!sr_cites_resolve(ctx, p, cites.items, cites.count, resolved) || sr_cites_taken_back(ctx, p, resolved, cites.count))
		return SR_OK;
	SR_TRY(sr_check_text(ctx, p, resolved, cites.count, mode));
	sr_vdate of = p->kind == SR_PART_EVENT ? SR_VDATE_HAPPENED : SR_VDATE_SPOKEN;
	bool from = !sr_time_known(date), to = !sr_time_known(until);
	for (size_t i = 0; i < cites.count && !(from && to); i++) {
		from = from || sr_date_supported(ctx, date, &resolved[i], of);
		to = to || sr_date_supported(ctx, until, &resolved[i], of);
	}
	if (!from || !to)
		sr_part_fails(ctx, p, sr_str_printf(ctx->arena, "its date %.*s does not follow from what it cites",
		                            SR_FMT(sr_time_format(ctx->scratch, from ? until : date))));
	return ctx->failed == before ? sr_verify_hold(ctx, &key) : ctx->status;
}

sr_status sr_check_speaker(sr_vcontext *ctx, const sr_vpart *p, sr_str who, sr_str role, sr_str via, sr_time said, const sr_vcite *cite, bool *holds)
{
	bool name, title, channel;
	SR_TRY(sr_name_supported(ctx, who, cite, &name));
	SR_TRY(sr_role_supported(ctx, role, who, cite, &title));
	SR_TRY(sr_words_near(ctx, via, cite, &channel));
	bool date = sr_date_supported(ctx, said, cite, SR_VDATE_SPOKEN);
	*holds = name && title && channel && date;
	if (!*holds)
		sr_part_fails(ctx, p, sr_str_printf(ctx->arena, "%s \"%.*s\" is not borne out by source %u bytes %u to %u",
		                            !name ? "the speaker" : !title ? "the role" : !channel ? "the channel" : "the date of",
		                            SR_FMT(!title && name ? role : !channel && name ? via : who), cite->source->n, cite->span.start, cite->span.end));
	return ctx->status;
}

static bool is_possessive(sr_str word) { return word.len && (word.ptr[0] == '\'' || (unsigned char)word.ptr[0] >= 0x80) && word.ptr[word.len - 1] == 's'; }

/* The words stand there behind another of their sentence, where a capital is that of a name. */
static bool stands_within_sentence(sr_str text, sr_str who)
{
	for (size_t at = 0; (at = sr_str_find(text, who, at)) != SIZE_MAX; at += who.len)
		if (at > 1 && text.ptr[at - 1] == ' ' && sr_is_lower((unsigned char)text.ptr[at - 2]))
			return true;
	return false;
}

/* "Police" of a page that has "police" too. */
static bool is_common(sr_str text, sr_str word)
{
	char small[COMMON_BYTES];
	if (word.len > sizeof small)
		return false;
	for (size_t i = 0; i < word.len; i++)
		small[i] = (char)(word.ptr[i] | (sr_is_upper((unsigned char)word.ptr[i]) ? 0x20 : 0));
	return sr_str_find(text, sr_str_make(small, word.len), 0) != SIZE_MAX;
}

/* "Nora Quill", "Energy Workers' Union", and not "Residents of Oss": every word that weighs has a capital, and none but those within a
 * name is a word for people who are not named. */
static bool is_name(sr_str who, const sr_vwords *words, sr_str text)
{
	const sr_vword *w = words->items;
	for (size_t i = 0; i < words->count; i++)
		if (w[i].kind != SR_VW_WORD || (!sr_word_capital(who, &w[i]) && w[i].end - w[i].start > 3))
			return false;
	if ((w->classes & (SR_VW_UNNAMED | SR_VW_CONTINUES)) || !sr_word_capital(who, w))
		return false;
	bool two = words->count > 1 && w[1].end - w[1].start > 1 && sr_word_capital(who, &w[1]) && !sr_speech_article(sr_word_text(who, w));
	return two || (stands_within_sentence(text, who) && !is_common(text, sr_word_text(who, w)));
}

/* Why what the dossier says of the speaker's name is wrong; NULL if it is right. */
static sr_status why_not_named(sr_vcontext *ctx, sr_str who, bool named, const sr_document *doc, const char **why)
{
	sr_vwords words = { 0 };
	SR_TRY(sr_words_split(ctx->lex, who, 0, (uint32_t)who.len, 0, false, ctx->scratch, &words));
	const sr_vword *first = words.items, *last = words.count ? &words.items[words.count - 1] : NULL;
	*why = NULL;
	if (!named) {
		if (first && doc && is_name(who, &words, doc->text))
			*why = "a name, and is told to be none";
		return SR_OK;
	}
	if (last > first && is_possessive(sr_word_text(who, last)))
		last--;
	while (last > first && !sr_word_capital(who, last) && who.ptr[last->start - 1] == '-') /* Ana-lia */
		last--;
	if (!first || (first->classes & (SR_VW_UNNAMED | SR_VW_CONTINUES)) || first->kind != SR_VW_WORD || sr_str_eq_nocase(sr_word_text(who, first), SR_STR("a")) ||
	    sr_str_eq_nocase(sr_word_text(who, first), SR_STR("an")) || !sr_word_capital(who, last))
		*why = "no name";
	return SR_OK;
}

sr_status sr_check_named(sr_vcontext *ctx, const sr_vpart *p, sr_str who, bool named, const sr_document *doc)
{
	const char *why;
	size_t before = ctx->failures.count;
	if (who.len > SR_VERIFY_LINE_MAX || (!named && !who.len))
		return ctx->status;
	SR_TRY(why_not_named(ctx, who, named, doc, &why));
	if (why)
		sr_part_fails(ctx, p, sr_verify_reason(ctx, "\"%.*s\" is %s", SR_FMT(who), why));
	if (ctx->failures.count > before)
		ctx->failures.items[before].named = !named;
	return ctx->status;
}
