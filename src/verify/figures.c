/* Figures: the number of each point is that of its measure, and as exact as the source has it. */
#include "walk.h"

#include <math.h>

#define APPROX_WORDS 3u /* between "at least" and its number */
#define RANGE_WORDS 3u  /* between the two numbers of "50 to 60" */

static bool is_number(const sr_vwords *words, size_t i, double value)
{
	return words->items[i].kind == SR_VW_NUMBER && words->items[i].value >= value && words->items[i].value <= value;
}

/* "At least 12", "up to 12": its other end is open. */
static bool is_bound(const sr_vwords *words, size_t i)
{
	for (size_t back = 1; back <= APPROX_WORDS && back <= i && words->items[i - back].sentence == words->items[i].sentence; back++)
		if (words->items[i - back].classes & SR_VW_APPROX)
			return true;
	return false;
}

/* The words from the low number at i to the high one: as many as 1 for one number; 0 if the high one is not there. */
static size_t range_from(const sr_figure_point *point, const sr_vwords *words, size_t i)
{
	if (isinf(point->low) && isinf(point->high))
		return 0;
	if (isinf(point->low) || isinf(point->high))
		return is_number(words, i, isinf(point->low) ? point->high : point->low) && is_bound(words, i);
	for (size_t n = 0; is_number(words, i, point->low) && n <= RANGE_WORDS && i + n < words->count; n++)
		if (is_number(words, i + n, point->high))
			return n + 1;
	return 0;
}

/* The last number before words[i] in its sentence; SIZE_MAX if there is none. */
static size_t number_before(const sr_vwords *words, size_t i)
{
	const sr_vword *w = words->items;
	for (size_t k = i; k-- > 0 && w[k].sentence == w[i].sentence;)
		if (w[k].kind == SR_VW_NUMBER)
			return k;
	return SIZE_MAX;
}

/* The first number behind it, where no other part of the sentence begins between: "the number of dead at five". */
static size_t number_behind(sr_str text, const sr_vwords *words, size_t i)
{
	const sr_vword *w = words->items;
	for (size_t k = i + 1; k < words->count && w[k].sentence == w[i].sentence && w[k].chunk == w[i].chunk && !sr_str_eq_nocase(sr_word_text(text, &w[k]), SR_STR("and")); k++)
		if (w[k].kind == SR_VW_NUMBER)
			return k;
	return SIZE_MAX;
}

/* "41 missing" of "three people were killed and 41 were missing": of the numbers there, those beside what is measured. Words that
 * do not tell the measure leave it open. */
static bool is_measured(const bool *of_measure, sr_str text, const sr_vwords *words, size_t from, size_t count)
{
	bool told = false;
	for (size_t i = 0; i < words->count; i++) {
		if (!of_measure[i])
			continue;
		size_t before = number_before(words, i), behind = number_behind(text, words, i);
		if ((before >= from && before < from + count) || (behind >= from && behind < from + count))
			return true;
		told = told || before != SIZE_MAX || behind != SIZE_MAX;
	}
	return !told;
}

/* Some number there is the point's, and of its measure. */
static sr_status number_stands(sr_vcontext *ctx, sr_str measure, const sr_figure_point *point, sr_str text, const sr_vwords *words, bool *holds)
{
	sr_vwords parts = { 0 };
	*holds = false;
	SR_TRY(sr_words_split(ctx->lex, measure, 0, (uint32_t)measure.len, 0, false, ctx->scratch, &parts));
	bool *of_measure = SR_NEW_ARRAY(ctx->scratch, bool, words->count + 1);
	if (!of_measure)
		return SR_E_NOMEM;
	for (size_t i = 0; i < words->count; i++)
		of_measure[i] = sr_word_stands_in(ctx->lex, text, &words->items[i], measure, &parts);
	for (size_t i = 0; i < words->count && !*holds; i++) {
		size_t count = range_from(point, words, i);
		*holds = count && is_measured(of_measure, text, words, i, count);
	}
	return SR_OK;
}

static bool unit_stands(const sr_lexicon *lex, sr_str unit, sr_str text, const sr_vwords *words)
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

static sr_status check_point(sr_vcontext *ctx, uint32_t f, uint32_t i)
{
	const sr_figure *figure = &ctx->dossier->figures[f];
	const sr_figure_point *point = &figure->series[i];
	sr_vpart p = sr_part_at(SR_PART_POINT, f, i, 0, point->text.len ? point->text : figure->measure, "figures[%u].series[%u]", f, i);
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
	if (!sr_cites_resolve(ctx, &p, point->cites.items, point->cites.count, cites) || sr_cites_taken_back(ctx, &p, cites, point->cites.count))
		return SR_OK;
	if (point->text.len)
		SR_TRY(sr_check_text(ctx, &p, cites, point->cites.count, (sr_vmode){ .attributed = true, .several = true }));
	bool some_date = false, some_name = false;
	for (size_t k = 0; k < point->cites.count; k++) {
		bool name;
		sr_vwords words = { 0 };
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[k], ctx->scratch, &words));
		SR_TRY(sr_name_supported(ctx, point->who, &cites[k], &name));
		bool unit = unit_stands(ctx->lex, figure->unit, cites[k].doc->text, &words);
		bool number;
		SR_TRY(number_stands(ctx, figure->measure, point, cites[k].doc->text, &words, &number));
		if (!unit || !number)
			sr_part_fails(ctx, &p, sr_verify_reason(ctx, "its %s does not stand in source %u bytes %u to %u", unit ? "number" : "unit",
			                                        cites[k].source->n, cites[k].span.start, cites[k].span.end));
		some_name = some_name || name;
		some_date = some_date || sr_date_supported(ctx, point->as_of, &cites[k], SR_VDATE_SPOKEN);
	}
	if (!some_name || !some_date)
		sr_part_fails(ctx, &p, some_name ? SR_STR("its date does not follow from what it cites") : SR_STR("the speaker is not borne out by what it cites"));
	return ctx->failed == before ? sr_verify_hold(ctx, &key) : ctx->status;
}

sr_status sr_check_figure(sr_vcontext *ctx, uint32_t f)
{
	const sr_figure *figure = &ctx->dossier->figures[f];
	sr_vcite all[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	sr_vpart p = sr_part_at(SR_PART_FIGURE, f, 0, 0, figure->measure, "figures[%u].measure", f);
	if (figure->measure.len > SR_VERIFY_LINE_MAX) {
		sr_part_fails(ctx, &p, SR_STR("it is too long")); /* before it is looked for in every point */
		return ctx->status;
	}
	for (uint32_t i = 0; i < figure->series_count; i++) {
		SR_TRY(check_point(ctx, f, i));
		sr_cites_append(ctx, figure->series[i].cites, all, &count);
	}
	sr_str reason;
	sr_arena_reset(ctx->scratch);
	SR_TRY(sr_words_loose(ctx, figure->measure, SR_LOOSE_MEASURE, all, count, (sr_str){ 0 }, (sr_str){ 0 }, &reason));
	if (reason.len)
		sr_part_fails(ctx, &p, reason);
	return SR_OK;
}
