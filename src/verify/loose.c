/* Words that need not stand in their order: of questions, notes, measures and descriptions. */
#include "align.h"

#define PIECE_BYTES 65536u
#define PIECE_OVERLAP 64u /* so that no word is cut for good */

/* Equal but for case, or but for an ending of at most three letters ("missing", "miss"). */
static bool loosely_same(sr_str a, sr_str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
	if (longer - shorter > (shorter >= 4 ? 3 : 0))
		return false;
	size_t stem = longer == shorter || shorter < 5 ? shorter : shorter - 1;
	return sr_str_eq_nocase(sr_str_slice(a, 0, stem), sr_str_slice(b, 0, stem));
}

#define ACCUS_BYTES 5u

/* "Accused" of "accusing": of that verb a question tells whom it accuses. */
static bool same_charge(sr_str text, const sr_vword *w, sr_str in, const sr_vword *s)
{
	return (w->classes & s->classes & SR_VW_ACCUSE) && sr_str_starts_nocase(sr_word_text(text, w), sr_str_slice(sr_word_text(in, s), 0, ACCUS_BYTES));
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
		if (same_charge(text, w, in, s))
			return true;
		if (w->kind != SR_VW_WORD ? sr_word_same(text, w, in, s) : loosely_same(sr_word_text(text, w), sr_word_text(in, s)))
			return true;
	}
	return false;
}

/* "No origin" of "no origin of its own": a negation stands only with what it denies. */
static bool stands_as_fixed(sr_str text, const sr_vwords *words, size_t i, sr_str in, const sr_vwords *fixed)
{
	const sr_vword *w = &words->items[i];
	if (!(w->classes & SR_VW_NEGATION))
		return stands_loosely(text, w, in, fixed);
	for (size_t k = 0; k + 1 < fixed->count && i + 1 < words->count; k++)
		if (loosely_same(sr_word_text(text, w), sr_word_text(in, &fixed->items[k])) &&
		    loosely_same(sr_word_text(text, w + 1), sr_word_text(in, &fixed->items[k + 1])))
			return true;
	return false;
}

/* The next word behind words[i] in its chunk that is not one of those that may always be added ("the", "it"). */
static size_t next_of_matter(const sr_vcontext *ctx, sr_str text, const sr_vwords *words, size_t i)
{
	size_t k = i + 1;
	while (k < words->count && words->items[k].chunk == words->items[i].chunk &&
	       (sr_word_lookup(&ctx->lex->loose, sr_word_text(text, &words->items[k])) & SR_LOOSE_ALL) == SR_LOOSE_ALL)
		k++;
	return k < words->count && words->items[k].chunk == words->items[i].chunk ? k : SIZE_MAX;
}

/* "Did not know" of "has not known": a negation stands only before what it denies there. */
static bool stands_negating(const sr_vcontext *ctx, sr_str text, const sr_vwords *words, size_t i, sr_str in, const sr_vwords *src)
{
	size_t next = next_of_matter(ctx, text, words, i);
	for (size_t k = 0; k < src->count; k++) {
		if (!(src->items[k].classes & SR_VW_NEGATION) || !loosely_same(sr_word_text(text, &words->items[i]), sr_word_text(in, &src->items[k])))
			continue;
		size_t there = next_of_matter(ctx, in, src, k);
		if (next == SIZE_MAX || (there != SIZE_MAX && words->items[next].kind == src->items[there].kind &&
		                         loosely_same(sr_word_text(text, &words->items[next]), sr_word_text(in, &src->items[there]))))
			return true;
	}
	return false;
}

/* Looks for the words that are not found yet (found[i]) in the pieces of a long text, one after the other. */
static sr_status find_in_pieces(sr_vcontext *ctx, sr_str text, const sr_vwords *words, sr_str body, bool *found)
{
	sr_arena *piece = body.len ? sr_arena_new(0) : NULL;
	sr_status status = body.len && !piece ? SR_E_NOMEM : SR_OK;
	for (size_t at = 0; at < body.len && status == SR_OK; at += PIECE_BYTES) {
		sr_vwords in = { 0 };
		size_t end = at + PIECE_BYTES + PIECE_OVERLAP;
		sr_str part = sr_str_slice(body, at, end < body.len ? end : body.len);
		status = sr_words_split(ctx->lex, part, 0, (uint32_t)part.len, 0, false, piece, &in);
		for (size_t i = 0; i < words->count && status == SR_OK; i++)
			found[i] = found[i] || stands_loosely(text, &words->items[i], part, &in);
		sr_arena_reset(piece);
	}
	sr_arena_free(piece);
	return status;
}

sr_status sr_words_loose(sr_vcontext *ctx, sr_str text, uint32_t use, const sr_vcite *cites, size_t count, sr_str extra, sr_str body, sr_str *reason)
{
	sr_vwords words = { 0 }, more = { 0 };
	*reason = (sr_str){ 0 };
	SR_TRY(sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_words_split(ctx->lex, extra, 0, (uint32_t)extra.len, 0, false, ctx->scratch, &more));
	sr_vwords *src = SR_NEW_ARRAY(ctx->scratch, sr_vwords, count + 1);
	bool *found = SR_NEW_ARRAY(ctx->scratch, bool, words.count + 1);
	if (!src || !found)
		return SR_E_NOMEM;
	for (size_t c = 0; c < count; c++)
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[c], ctx->scratch, &src[c]));
	for (size_t i = 0; i < words.count; i++) {
		const sr_vword *w = &words.items[i];
		found[i] = w->kind == SR_VW_MARK || (sr_word_lookup(&ctx->lex->loose, sr_word_text(text, w)) & use) || stands_as_fixed(text, &words, i, extra, &more);
		for (size_t c = 0; c < count && !found[i]; c++)
			found[i] = w->classes & SR_VW_NEGATION ? stands_negating(ctx, text, &words, i, cites[c].doc->text, &src[c])
			                                       : stands_loosely(text, w, cites[c].doc->text, &src[c]);
	}
	SR_TRY(find_in_pieces(ctx, text, &words, body, found));
	for (size_t i = 0; i < words.count && !reason->len; i++)
		if (!found[i])
			*reason = sr_verify_reason(ctx, "\"%.*s\" stands in nothing that it speaks of", SR_FMT(sr_word_text(text, &words.items[i])));
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

bool sr_word_stands_in(const sr_lexicon *lex, sr_str text, const sr_vword *word, sr_str other, const sr_vwords *others)
{
	return word->kind == SR_VW_WORD && !sr_word_lookup(&lex->loose, sr_word_text(text, word)) && stands_loosely(text, word, other, others);
}
