/* Pages that print dates without a year ("Updated November 6, 1:10 P.M.") were given the latest year
 * that the clock allows. Where another document of the run tells of the same matter and has a full
 * date, that one decides instead: of the years around it, the one that brings the dates nearest. */
#include "engine_private.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/lang.h"

#include <stdlib.h>

#define WORDS_MAX 4000u /* of a document: more do not change which one is nearest */
#define SHARED_MIN 12u
#define WORD_BYTES_MIN 4u

static sr_status word_set(sr_arena *arena, sr_words *words, sr_str text, sr_strmap *out)
{
	sr_span span;
	bool is_word;
	size_t n = 0;
	sr_strmap_init(out, arena);
	SR_TRY(sr_words_start(words, text));
	while (n < WORDS_MAX && sr_words_next(words, &span, &is_word)) {
		if (!is_word || span.end - span.start < WORD_BYTES_MIN)
			continue;
		sr_str folded = sr_fold_dup(arena, sr_span_of(text, span));
		if (sr_lang_is_stopword(folded))
			continue;
		if (!sr_strmap_put(out, folded))
			return SR_E_NOMEM;
		n++;
	}
	return SR_OK;
}

static size_t shared(const sr_strmap *a, const sr_strmap *b)
{
	size_t n = 0;
	for (size_t i = 0; i < a->count; i++)
		n += sr_strmap_get(b, a->entries[i].key) != NULL;
	return n;
}

static void shift(sr_time *t, int years)
{
	if (!sr_time_known(*t) || t->year + years < 1 || t->year + years > 9999)
		return;
	t->year = (int16_t)(t->year + years);
	if (t->day > sr_days_in_month(t->year, t->month))
		t->day = (uint8_t)sr_days_in_month(t->year, t->month);
}

static void move_to(sr_document *doc, sr_time anchor)
{
	int best = 0;
	int64_t best_away = INT64_MAX;
	for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
		sr_time t = doc->published;
		shift(&t, year - doc->published.year);
		int64_t away = llabs(sr_time_epoch(t) - sr_time_epoch(anchor));
		if (away < best_away) {
			best_away = away;
			best = year - doc->published.year;
		}
	}
	shift(&doc->published, best);
	shift(&doc->modified, best);
	for (size_t i = 0; i < doc->block_count; i++)
		shift(&doc->blocks[i].time, best);
}

static sr_status settle(sr_run *run, sr_arena *arena, sr_words *words, sr_document *doc)
{
	sr_strmap own, other;
	const sr_document *nearest = NULL;
	size_t most = SHARED_MIN - 1;
	SR_TRY(word_set(arena, words, doc->text, &own));
	for (size_t i = 0; i < run->doc_count; i++) {
		const sr_document *d = run->docs[i];
		if (d->year_assumed || !sr_time_known(d->published))
			continue;
		SR_TRY(word_set(arena, words, d->text, &other));
		size_t n = shared(&own, &other);
		if (n > most) {
			most = n;
			nearest = d;
		}
	}
	if (nearest)
		move_to(doc, nearest->published);
	return SR_OK;
}

sr_status engine_settle_years(sr_run *run, sr_error *err)
{
	sr_words *words = sr_words_new();
	sr_status status = words ? SR_OK : SR_E_NOMEM;
	for (size_t i = 0; i < run->doc_count && status == SR_OK; i++) {
		if (!run->docs[i]->year_assumed || !sr_time_known(run->docs[i]->published))
			continue;
		sr_arena *arena = sr_arena_new(0);
		status = arena ? settle(run, arena, words, run->docs[i]) : SR_E_NOMEM;
		sr_arena_free(arena);
	}
	sr_words_free(words);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
