/* Words that need not stand in their order: of questions, notes, measures and descriptions; numbers and units of a figure. */
#include "align.h"

#include <math.h>

/* Equal but for case, or but for an ending of at most three letters ("missing", "miss"). */
static bool loosely_same(sr_str a, sr_str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
	if (longer - shorter > (shorter >= 4 ? 3 : 0))
		return false;
	size_t stem = longer == shorter || shorter < 5 ? shorter : shorter - 1;
	return sr_str_eq_nocase(sr_str_slice(a, 0, stem), sr_str_slice(b, 0, stem));
}

/* Itself, but for an ending; "denied" also where it says "rejects". */
static bool stands_loosely(sr_str text, const sr_vword *w, sr_str in, const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const sr_vword *s = &words->items[i];
		if ((s->classes & SR_VW_DENIAL) && sr_str_eq_nocase(sr_word_text(text, w), SR_STR("denied")))
			return true;
		if (w->kind != s->kind)
			continue;
		if (w->kind != SR_VW_WORD ? sr_word_same(text, w, in, s) : loosely_same(sr_word_text(text, w), sr_word_text(in, s)))
			return true;
	}
	return false;
}

sr_status sr_words_loose(sr_vcontext *ctx, sr_str text, const sr_vcite *cites, size_t count, sr_str extra, sr_str *reason)
{
	sr_vwords words = { 0 }, more = { 0 };
	*reason = (sr_str){ 0 };
	SR_TRY(sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_words_split(ctx->lex, extra, 0, (uint32_t)extra.len, 0, false, ctx->scratch, &more));
	sr_vwords *src = SR_NEW_ARRAY(ctx->scratch, sr_vwords, count + 1);
	if (!src)
		return SR_E_NOMEM;
	for (size_t c = 0; c < count; c++)
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[c], ctx->scratch, &src[c]));
	for (size_t i = 0; i < words.count; i++) {
		const sr_vword *w = &words.items[i];
		bool found = w->kind == SR_VW_MARK || sr_word_lookup(&ctx->lex->loose, sr_word_text(text, w)) ||
		             stands_loosely(text, w, extra, &more);
		for (size_t c = 0; c < count && !found; c++)
			found = stands_loosely(text, w, cites[c].doc->text, &src[c]);
		if (!found) {
			*reason = sr_verify_reason(ctx, "\"%.*s\" stands in nothing that it speaks of", SR_FMT(sr_word_text(text, w)));
			return SR_OK;
		}
	}
	return SR_OK;
}

sr_status sr_words_shared(sr_vcontext *ctx, sr_str text, const sr_vcite *cite, size_t *shared)
{
	sr_vwords words = { 0 }, src = { 0 };
	*shared = 0;
	SR_TRY(sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_align_split_cite(ctx->lex, cite, ctx->scratch, &src));
	for (size_t i = 0; i < words.count; i++) {
		const sr_vword *w = &words.items[i];
		bool weighs = w->kind == SR_VW_NUMBER || (w->kind == SR_VW_WORD && w->end - w->start > 3);
		if (weighs && !sr_word_lookup(&ctx->lex->loose, sr_word_text(text, w)))
			*shared += stands_loosely(text, w, cite->doc->text, &src);
	}
	return SR_OK;
}

bool sr_number_stands(double value, const sr_vwords *words)
{
	bool holds = isinf(value);
	for (size_t i = 0; i < words->count && !holds; i++)
		holds = words->items[i].kind == SR_VW_NUMBER && words->items[i].value >= value && words->items[i].value <= value;
	return holds;
}

bool sr_unit_stands(const sr_lexicon *lex, sr_str unit, sr_str text, const sr_vwords *words)
{
	bool holds = !unit.len;
	const int64_t *row = sr_strmap_get(&lex->unit_names, unit);
	for (size_t i = 0; i < words->count && !holds; i++) {
		sr_str word = sr_word_text(text, &words->items[i]);
		holds = sr_str_eq_nocase(word, unit) || (row && sr_word_lookup(&lex->units, word) == *row) ||
		        (row && words->items[i].kind == SR_VW_PERCENT && sr_str_eq(unit, SR_STR("%")));
	}
	return holds;
}
