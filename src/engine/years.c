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
#define BATCH_MAX 256u /* documents without a year that are settled at once */

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

/* The year that brings the document's date nearest to the other. */
static void move_to(sr_document *doc, sr_time anchor)
{
	int best = 0;
	int64_t best_away = INT64_MAX;
	for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
		sr_document at = { .published = doc->published };
		sr_extract_move_years(&at, year - doc->published.year);
		int64_t away = llabs(sr_time_epoch(at.published) - sr_time_epoch(anchor));
		if (away < best_away) {
			best_away = away;
			best = year - doc->published.year;
		}
	}
	sr_extract_move_years(doc, best);
}

/* A document without a year, and the dated one that shares most words with it. */
typedef struct undated {
	sr_document *doc;
	const sr_document *nearest;
	size_t most; /* words shared */
} undated;

/* Which of the batch have a word, a bit each. */
typedef struct holders {
	uint64_t bits[BATCH_MAX / 64];
} holders;

typedef struct batch {
	undated items[BATCH_MAX];
	size_t count;
	sr_strmap words; /* to their holders, from 1 */
	SR_VEC(holders) holders;
} batch;

static sr_status add_undated(batch *x, sr_arena *arena, sr_words *words, sr_document *doc)
{
	sr_strmap own;
	SR_TRY(word_set(arena, words, doc->text, &own));
	for (size_t i = 0; i < own.count; i++) {
		int64_t *at = sr_strmap_put(&x->words, own.entries[i].key);
		if (!at)
			return SR_E_NOMEM;
		if (*at == 0) {
			holders *h = SR_PUSH(arena, &x->holders);
			if (!h)
				return SR_E_NOMEM;
			*h = (holders){ 0 };
			*at = (int64_t)x->holders.count;
		}
		x->holders.items[*at - 1].bits[x->count / 64] |= (uint64_t)1 << (x->count % 64);
	}
	x->items[x->count++] = (undated){ .doc = doc, .most = SHARED_MIN - 1 };
	return SR_OK;
}

static void count_holders(const holders *h, uint32_t *shared)
{
	for (size_t k = 0; k < BATCH_MAX / 64; k++)
		for (uint64_t left = h->bits[k]; left; left &= left - 1)
			shared[k * 64 + (size_t)__builtin_ctzll(left)]++;
}

static sr_status look_at(batch *x, sr_words *words, const sr_document *dated)
{
	uint32_t shared[BATCH_MAX] = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_strmap own = { 0 };
	sr_status status = arena ? word_set(arena, words, dated->text, &own) : SR_E_NOMEM;
	for (size_t i = 0; status == SR_OK && i < own.count; i++) {
		const int64_t *at = sr_strmap_get(&x->words, own.entries[i].key);
		if (at)
			count_holders(&x->holders.items[*at - 1], shared);
	}
	for (size_t i = 0; i < x->count; i++)
		if (shared[i] > x->items[i].most) {
			x->items[i].most = shared[i];
			x->items[i].nearest = dated;
		}
	sr_arena_free(arena);
	return status;
}

static bool lacks_year(const sr_document *d) { return d->year_assumed && sr_time_known(d->published); }

/* Settles the next documents without a year, from *at on, all at once: each dated one is read once for them. */
static sr_status settle_batch(sr_run *run, sr_arena *arena, sr_words *words, size_t *at)
{
	batch *x = SR_NEW(arena, batch);
	if (!x)
		return SR_E_NOMEM;
	sr_strmap_init(&x->words, arena);
	for (; *at < run->doc_count && x->count < BATCH_MAX; ++*at)
		if (lacks_year(run->docs[*at]))
			SR_TRY(add_undated(x, arena, words, run->docs[*at]));
	for (size_t i = 0; x->count && i < run->doc_count; i++)
		if (!run->docs[i]->year_assumed && sr_time_known(run->docs[i]->published))
			SR_TRY(look_at(x, words, run->docs[i]));
	for (size_t i = 0; i < x->count; i++)
		if (x->items[i].nearest)
			move_to(x->items[i].doc, x->items[i].nearest->published);
	return SR_OK;
}

sr_status engine_settle_years(sr_run *run, sr_error *err)
{
	sr_words *words = sr_words_new();
	sr_status status = words ? sr_extract_settle_years(run->docs, run->doc_count) : SR_E_NOMEM;
	for (size_t at = 0; at < run->doc_count && status == SR_OK;) {
		sr_arena *arena = sr_arena_new(0);
		status = arena ? settle_batch(run, arena, words, &at) : SR_E_NOMEM;
		sr_arena_free(arena);
	}
	sr_words_free(words);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}

sr_status sr_run_take_years(sr_run *run, const sr_dossier *dossier, sr_error *err)
{
	sr_strmap sources; /* by hash, from 1 */
	sr_strmap_init(&sources, run->arena);
	for (size_t i = 0; i < dossier->source_count; i++) {
		int64_t *at = sr_strmap_put(&sources, dossier->sources[i].sha256);
		if (!at)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		*at = (int64_t)i + 1;
	}
	for (size_t i = 0; i < run->doc_count; i++) {
		const int64_t *at = lacks_year(run->docs[i]) ? sr_strmap_get(&sources, run->docs[i]->sha256) : NULL;
		sr_time told = at ? dossier->sources[*at - 1].published : SR_TIME_NONE;
		if (sr_time_known(told))
			sr_extract_move_years(run->docs[i], told.year - run->docs[i]->published.year);
	}
	return SR_OK;
}
