/* Aligning a line with the spans it cites.
 *
 * The line's words go left to right. Each is either matched with an equal word of a span, further
 * on in the same span than the match before it, or skipped because it belongs to a frame, a date
 * or a name from the source's own data. A match may go back or to another span only at a border:
 * a colon, bracket or dash of the line, or a frame that joins. Costs: 0 for the next word of the
 * span, 1 for a skip (3 in a date), 2 for a gap, 4 for a jump; the cheapest alignment is then examined for what
 * it leaves out (omit.c). Time and memory are words * source words, both capped. */
#include "align.h"

#include "sitrep/base/utf8.h"

#define INFINITE 0x3FFFFFFFu
#define COST_SKIP 1u
#define COST_SKIP_DATE 3u /* dearer than a gap: a date that the source writes is its words, with what stands before it */
#define COST_GAP 2u
#define COST_JUMP 4u
#define SIGNED_BYTES 80u /* at the end of a post: its account and day */
#define NAME_BYTES 60u
#define SKIPPED 0x8000u

static sr_status split_line(aligner *a)
{
	SR_TRY(sr_words_split(a->ctx->lex, a->line, 0, (uint32_t)a->line.len, 0, a->mode.quotation, a->arena, &a->words));
	if (a->words.count > SR_ALIGN_WORDS_MAX)
		return SR_OK;
	a->flags = SR_NEW_ARRAY(a->arena, uint8_t, a->words.count + 1);
	a->frame_of = SR_NEW_ARRAY(a->arena, uint16_t, a->words.count + 1);
	a->match = SR_NEW_ARRAY(a->arena, int32_t, a->words.count + 1);
	return a->flags && a->frame_of && a->match ? SR_OK : SR_E_NOMEM;
}

/* Where the paragraph that holds offset begins: quotation marks are counted from there. */
static uint32_t paragraph_start(const sr_document *doc, uint32_t offset)
{
	const sr_block *block = sr_document_block_at(doc, offset);
	if (block)
		return block->span.start;
	while (offset > 1 && !(doc->text.ptr[offset - 1] == '\n' && doc->text.ptr[offset - 2] == '\n'))
		offset--;
	return offset > 1 ? offset : 0;
}

/* "… — Anna Berg (@aberg) March 12, 2026", the name there or in the next paragraph: a post, its words are its author's. */
static bool is_post(const sr_document *doc, const sr_block *block)
{
	bool last = block + 1 == doc->blocks + doc->block_count;
	sr_str all = sr_span_of(doc->text, block->span), next = last ? (sr_str){ 0 } : sr_span_of(doc->text, block[1].span);
	size_t at = 0;
	if (next.len && next.len <= SIGNED_BYTES && sr_cp_is_dash(sr_utf8_next(next, &at)) && sr_str_find(next, SR_STR(" (@"), 0) != SIZE_MAX)
		return true;
	size_t from = all.len > SIGNED_BYTES ? all.len - SIGNED_BYTES : 0, account = sr_str_find(all, SR_STR(" (@"), from);
	if (account == SIZE_MAX || sr_str_find_char(all, ')', account) == SIZE_MAX)
		return false;
	for (size_t pos = account; pos > 0 && account - pos < NAME_BYTES;)
		if (sr_cp_is_dash(sr_utf8_prev(all, &pos)) && pos > 0 && all.ptr[pos - 1] == ' ')
			return true;
	return false;
}

sr_status sr_align_split_cite(const sr_lexicon *lex, const sr_vcite *cite, sr_arena *arena, sr_vwords *out)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	bool quoted = block && (block->kind == SR_BLOCK_QUOTE || block->kind == SR_BLOCK_TURN || is_post(cite->doc, block));
	return sr_words_split(lex, cite->doc->text, paragraph_start(cite->doc, cite->span.start), cite->span.end,
	                      cite->span.start, quoted, arena, out);
}

static sr_status split_cites(aligner *a)
{
	for (size_t i = 0; i < a->cite_count; i++) {
		size_t from = a->src.count;
		SR_TRY(sr_align_split_cite(a->ctx->lex, &a->cites[i], a->arena, &a->src));
		for (size_t k = from; k < a->src.count; k++)
			a->src.items[k].span = (uint32_t)i;
	}
	a->prev_quoted = SR_NEW_ARRAY(a->arena, int32_t, a->src.count + 1);
	a->used = SR_NEW_ARRAY(a->arena, bool, a->src.count + 1);
	a->shared = SR_NEW_ARRAY(a->arena, bool, a->src.count + 1);
	if (!a->prev_quoted || !a->used || !a->shared)
		return SR_E_NOMEM;
	int32_t last = -1;
	for (size_t k = 0; k < a->src.count; k++) {
		bool same = last >= 0 && a->src.items[last].span == a->src.items[k].span;
		a->prev_quoted[k] = same ? last : -1;
		if (a->src.items[k].quoted)
			last = (int32_t)k;
	}
	return SR_OK;
}

/* A word inside a quotation that must follow the one before it without a gap. */
static bool glued(const aligner *a, size_t i)
{
	const sr_vword *w = &a->words.items[i];
	return i > 0 && w->quoted && w[-1].quoted && w[-1].segment == w->segment && !w->broken;
}

static bool border(const aligner *a, size_t i)
{
	if (i == 0 || (a->flags[i] & SR_ALIGN_JOIN))
		return true;
	const sr_vword *w = &a->words.items[i];
	return w[-1].segment != w->segment || w[-1].sentence != w->sentence;
}

static bool fits(const aligner *a, size_t i, size_t k)
{
	const sr_vword *w = &a->words.items[i], *s = &a->src.items[k];
	if (w->quoted && !s->quoted)
		return false;
	return sr_word_same(a->line, w, a->cites[s->span].doc->text, s);
}

typedef struct table {
	uint32_t *cost, *next; /* per state: 0 nothing matched yet, k + 1 source word k matched last */
	uint16_t *back;        /* words x states: the state before, with SKIPPED if the word was skipped */
	size_t states;
} table;

/* Fills the row of word i: from t->cost to t->next. */
static void fill_row(const aligner *a, size_t i, table *t)
{
	uint16_t *back = t->back + i * t->states;
	bool skip = (a->flags[i] & SR_ALIGN_SKIP) != 0, jump = border(a, i), stuck = glued(a, i);
	uint32_t best_any = INFINITE, best_run = INFINITE;
	uint16_t any_at = 0, run_at = 0;
	for (size_t j = 0; j < t->states; j++)
		if (t->cost[j] < best_any) {
			best_any = t->cost[j];
			any_at = (uint16_t)j;
		}
	for (size_t j = 0; j < t->states; j++) {
		uint32_t best = INFINITE;
		uint16_t from = 0;
		if (skip && t->cost[j] != INFINITE) {
			best = t->cost[j] + (a->flags[i] & SR_ALIGN_DATE ? COST_SKIP_DATE : COST_SKIP);
			from = (uint16_t)(j | SKIPPED);
		}
		if (j && (j == 1 || a->src.items[j - 1].span != a->src.items[j - 2].span))
			best_run = INFINITE; /* a gap stays inside its span */
		if (j && fits(a, i, j - 1)) {
			uint32_t next_to = j > 1 && a->src.items[j - 1].span == a->src.items[j - 2].span ? t->cost[j - 1] : INFINITE;
			int32_t q = a->prev_quoted[j - 1];
			struct {
				uint32_t cost;
				uint16_t from;
			} ways[] = {
				{ next_to, (uint16_t)(j - 1) },
				{ stuck && q >= 0 ? t->cost[q + 1] : INFINITE, (uint16_t)(q + 1) },
				{ t->cost[0], 0 },
				{ stuck || best_run == INFINITE ? INFINITE : best_run + COST_GAP, run_at },
				{ jump && !stuck && best_any != INFINITE ? best_any + COST_JUMP : INFINITE, any_at },
			};
			for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
				if (ways[w].cost < best && !(stuck && w == 2)) {
					best = ways[w].cost;
					from = ways[w].from;
				}
		}
		t->next[j] = best;
		back[j] = from;
		if (j && t->cost[j] < best_run) {
			best_run = t->cost[j];
			run_at = (uint16_t)j;
		}
	}
}

/* Reads the matches back from the last row; false if no alignment exists. */
static bool trace(aligner *a, const table *t)
{
	size_t state = 0;
	for (size_t j = 1; j < t->states; j++)
		if (t->cost[j] < t->cost[state])
			state = j;
	if (t->cost[state] == INFINITE)
		return false;
	for (size_t i = a->words.count; i-- > 0;) {
		uint16_t from = t->back[i * t->states + state];
		if (from & SKIPPED) {
			a->match[i] = -1;
			continue;
		}
		a->match[i] = (int32_t)state - 1;
		a->used[state - 1] = true;
		state = from;
	}
	return true;
}

static sr_status align(aligner *a, bool *found)
{
	table t = { .states = a->src.count + 1 };
	t.cost = SR_NEW_ARRAY(a->arena, uint32_t, t.states);
	t.next = SR_NEW_ARRAY(a->arena, uint32_t, t.states);
	t.back = SR_NEW_ARRAY(a->arena, uint16_t, t.states * (a->words.count + 1));
	if (!t.cost || !t.next || !t.back)
		return SR_E_NOMEM;
	for (size_t j = 1; j < t.states; j++)
		t.cost[j] = INFINITE;
	for (size_t i = 0; i < a->words.count; i++) {
		fill_row(a, i, &t);
		uint32_t *swap = t.cost;
		t.cost = t.next;
		t.next = swap;
	}
	*found = trace(a, &t);
	return SR_OK;
}

static sr_str why_not(const aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++) {
		const sr_vword *w = &a->words.items[i];
		bool found = (a->flags[i] & SR_ALIGN_SKIP) != 0;
		for (size_t k = 0; k < a->src.count && !found; k++)
			found = fits(a, i, k);
		if (found)
			continue;
		const char *what = w->quoted                ? "quoted word"
		                   : w->kind == SR_VW_NUMBER ? "number"
		                   : sr_word_capital(a->line, w) && !w->initial ? "name"
		                                                                : "word";
		return sr_verify_reason(a->ctx, "%s \"%.*s\" stands in no cited span", what, SR_FMT(sr_word_text(a->line, w)));
	}
	return SR_STR("the words do not stand in this order in the cited spans, or a quotation is broken");
}

sr_status sr_align_line(sr_vcontext *ctx, sr_str line, const sr_vcite *cites, size_t count, sr_vmode mode, sr_str *reason,
                        uint64_t *idle)
{
	aligner a = { .ctx = ctx, .arena = ctx->scratch, .line = line, .cites = cites, .cite_count = count, .mode = mode };
	*reason = (sr_str){ 0 };
	*idle = 0;
	SR_TRY(split_line(&a));
	if (a.words.count == 0) {
		*reason = SR_STR("it has no words");
		return SR_OK;
	}
	SR_TRY(split_cites(&a));
	if (a.words.count > SR_ALIGN_WORDS_MAX || a.src.count > SR_ALIGN_SOURCE_MAX) {
		*reason = SR_STR("the line or its cited spans are too long to check");
		return SR_OK;
	}
	SR_TRY(sr_align_mark_frames(&a));
	bool found;
	SR_TRY(align(&a, &found));
	*reason = found ? sr_align_omissions(&a) : why_not(&a);
	if (!reason->len)
		*idle = sr_align_idle(&a, reason);
	return SR_OK;
}
