/* Where a line may part from the words of its spans: at borders of a sentence's parts, not between a number and what it counts, a name and
 * the rest of it, or a word and what it asks for. */
#include "align.h"

#define APPROX_WORDS 3u
#define TIME_WORDS_MAX 5u /* from the word before a time to the word behind it */

sr_str sr_align_src_text(const aligner *a, size_t k)
{
	const sr_vword *w = &a->src.items[k];
	return sr_word_text(a->cites[w->span].doc->text, w);
}

sr_str sr_align_cut_number(const aligner *a)
{
	const sr_vword *s = a->src.items;
	for (size_t k = 0; k < a->src.count; k++) {
		if (!a->used[k] || (s[k].kind != SR_VW_NUMBER && !(s[k].classes & SR_VW_AMOUNT)))
			continue;
		for (size_t back = 1; back <= APPROX_WORDS && back <= k; back++) {
			size_t j = k - back;
			if (s[j].span != s[k].span || s[j].chunk != s[k].chunk)
				break;
			if (!a->used[j] && (s[j].classes & SR_VW_APPROX))
				return sr_verify_reason(a->ctx, "it leaves out \"%.*s\" before a number", SR_FMT(sr_align_src_text(a, j)));
		}
		if (k + 1 < a->src.count && s[k + 1].span == s[k].span && s[k + 1].kind == SR_VW_PERCENT && !a->used[k + 1])
			return SR_STR("it leaves out \"per cent\" after a number");
	}
	return (sr_str){ 0 };
}

static bool skipped_number(const aligner *a, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		if (a->src.items[k].kind == SR_VW_NUMBER)
			return true;
	return false;
}

static bool skipped_common_word(const aligner *a, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		if (!sr_word_capital(a->cites[a->src.items[k].span].doc->text, &a->src.items[k]))
			return true;
	return false;
}

/* Two neighbours in the line that were apart in the source must not make a new thing between them:
 * a number with another noun, a first name with another surname. */
sr_str sr_align_forged_pair(const aligner *a)
{
	for (size_t i = 0; i + 1 < a->words.count; i++) {
		const sr_vword *w = &a->words.items[i];
		if (a->match[i] < 0 || a->match[i + 1] < 0 || w[0].chunk != w[1].chunk)
			continue;
		size_t from = (size_t)a->match[i], to = (size_t)a->match[i + 1];
		bool gap = to != from + 1, same = to > from && a->src.items[from].span == a->src.items[to].span;
		if (!gap || (a->flags[i + 1] & SR_ALIGN_JOIN))
			continue;
		bool number = w[0].kind == SR_VW_NUMBER || (w[1].kind == SR_VW_NUMBER && (!same || skipped_number(a, from + 1, to)));
		bool names = sr_word_capital(a->line, &w[0]) && sr_word_capital(a->line, &w[1]) && !a->src.items[from].initial &&
		             (!same || skipped_common_word(a, from + 1, to));
		if (number || names)
			return sr_verify_reason(a->ctx, "\"%.*s %.*s\" are not together in the source",
			                     SR_FMT(sr_word_text(a->line, &w[0])), SR_FMT(sr_word_text(a->line, &w[1])));
	}
	return (sr_str){ 0 };
}

/* "On Friday evening": few words with a day or month among them. */
static bool is_time_between(const aligner *a, size_t from, size_t to)
{
	bool dated = false;
	for (size_t k = from + 1; k < to && to - from <= TIME_WORDS_MAX; k++)
		dated = dated || sr_word_lookup(&a->ctx->lex->weekdays, sr_align_src_text(a, k)) || sr_word_lookup(&a->ctx->lex->months, sr_align_src_text(a, k));
	return dated;
}

/* "Knew in | February | that": the word that leads in a time goes with it. */
static bool leads_in(const aligner *a, size_t k) { return sr_word_lookup(&a->ctx->lex->loose, sr_align_src_text(a, k)) & SR_LOOSE_LEADS; }

/* What may stand between two words that the line has beside each other: whole chunks, or a time. */
static bool may_go(const aligner *a, size_t from, size_t to)
{
	const sr_vword *s = a->src.items;
	return from + 1 == to || (s[from + 1].chunk != s[from].chunk && s[to - 1].chunk != s[to].chunk) || (is_time_between(a, from, to) && !leads_in(a, from));
}

/* Words taken out of the middle of a part make another statement: "the mill is old but not dry and the weir is safe" does not say
 * that the mill is not safe. A jump to where the line has a border is another extract. */
sr_str sr_align_torn(const aligner *a)
{
	const sr_vword *w = a->words.items;
	for (size_t i = 0, next; i < a->words.count; i = next) {
		bool border = false;
		for (next = i + 1; next < a->words.count; next++) {
			border = border || w[next].segment != w[next - 1].segment || w[next].sentence != w[next - 1].sentence || w[next].broken || (a->flags[next] & SR_ALIGN_JOIN);
			if (a->match[next] >= 0)
				break;
		}
		if (next == a->words.count || a->match[i] < 0 || border)
			continue;
		size_t from = (size_t)a->match[i], to = (size_t)a->match[next];
		if (to <= from || a->src.items[from].span != a->src.items[to].span || !may_go(a, from, to))
			return sr_verify_reason(a->ctx, "\"%.*s %.*s\" is cut out of the middle of what it cites", SR_FMT(sr_align_src_text(a, from)), SR_FMT(sr_align_src_text(a, to)));
	}
	return (sr_str){ 0 };
}

/* "The wall | said the mayor", "| because it rained": a part of a sentence may end before the word. Not "before the wall | fell". */
static bool may_end_before(const aligner *a, size_t k)
{
	const sr_vword *w = &a->src.items[k];
	return w->kind != SR_VW_WORD || w->end - w->start <= 3 || (w->classes & (SR_VW_SAYING | SR_VW_CLAUSE)) || sr_word_lookup(&a->ctx->lex->loose, sr_align_src_text(a, k));
}

/* "https" of an address. */
static bool is_address(const aligner *a, size_t k)
{
	const sr_vword *w = &a->src.items[k];
	sr_str text = a->cites[w->span].doc->text;
	return sr_str_starts(sr_str_slice(text, w->end, text.len), SR_STR("://"));
}

/* "Water seeping beside the", "the report of 18", "Harbour" of "Harbour Weekly": the word asks for the next one, which is left out. */
static bool asks_for_next(const aligner *a, size_t k, bool speaker)
{
	const sr_vword *s = a->src.items;
	sr_str text = a->cites[s[k].span].doc->text;
	if (speaker)
		return sr_word_capital(text, &s[k]) && sr_word_capital(text, &s[k + 1]) && !s[k].initial;
	bool small = (sr_word_lookup(&a->ctx->lex->loose, sr_align_src_text(a, k)) & SR_LOOSE_ALL) == SR_LOOSE_ALL;
	bool day = s[k].kind == SR_VW_NUMBER && sr_word_lookup(&a->ctx->lex->months, sr_align_src_text(a, k + 1));
	return !is_address(a, k + 1) && (small || day || !may_end_before(a, k + 1));
}

/* Where a part of the line ends, a part of what it cites may end. */
sr_str sr_align_cut_short(const aligner *a)
{
	const sr_vword *w = a->words.items, *s = a->src.items;
	for (size_t i = 0; i < a->words.count; i++) {
		size_t k = (size_t)a->match[i];
		bool end = i + 1 == a->words.count, speaker = !end && a->line.ptr[w[i].end] == ':';
		end = end || speaker || w[i + 1].chunk != w[i].chunk || (a->match[i + 1] < 0 && a->frame_of[i + 1]);
		if (a->match[i] < 0 || !end || k + 1 >= a->src.count || a->used[k + 1] || s[k + 1].span != s[k].span || s[k + 1].chunk != s[k].chunk)
			continue;
		if (asks_for_next(a, k, speaker))
			return sr_verify_reason(a->ctx, "\"%.*s\" is cut off from \"%.*s\"", SR_FMT(sr_align_src_text(a, k)), SR_FMT(sr_align_src_text(a, k + 1)));
	}
	return (sr_str){ 0 };
}
