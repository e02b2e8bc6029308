/* Whether each cite of a line bears it out.
 *
 * A cite that gave the line words of weight is held by omit.c. Any other is a further witness: it must have words like the
 * line's and must not say the contrary in them, which is a denial or a negation on one side only, or another number. */
#include "align.h"

#define CONTRARY (SR_VW_DENIAL | SR_VW_WITHDRAWN)
#define NEGATING (SR_VW_NEGATION | CONTRARY)

static sr_str cite_text(const aligner *a, size_t k) { return a->cites[a->src.items[k].span].doc->text; }

/* Words of the cite went into the line. */
static bool gave_words(const aligner *a, uint32_t c)
{
	for (size_t k = 0; k < a->src.count; k++)
		if (a->src.items[k].span == c && a->used[k] && sr_align_has_weight(cite_text(a, k), &a->src.items[k]))
			return true;
	return false;
}

/* The word of the line came from a cite and weighs. */
static bool weighs(const aligner *a, size_t i)
{
	const sr_vword *w = &a->words.items[i];
	return a->match[i] >= 0 && sr_align_has_weight(a->line, w) && !sr_word_lookup(&a->ctx->lex->loose, sr_word_text(a->line, w));
}

/* Words like the line's stand in the cite. */
static bool resembles(const aligner *a, uint32_t c)
{
	size_t weight = 0, shared = 0, needed = a->mode.quotation ? 5 : 4; /* tenths */
	for (size_t i = 0; i < a->words.count; i++) {
		if (!weighs(a, i))
			continue;
		weight++;
		shared += sr_align_span_has_word(a, c, (size_t)a->match[i]);
	}
	return shared * 10 >= weight * needed;
}

/* The source word at k is one of those that the line shares with its cite. */
static bool is_shared(const aligner *a, size_t k)
{
	for (size_t i = 0; i < a->words.count; i++)
		if (weighs(a, i) && sr_word_same(a->line, &a->words.items[i], cite_text(a, k), &a->src.items[k]))
			return true;
	return false;
}

/* Which source words the line shares: asked often, so found once. */
static void find_shared(const aligner *a)
{
	for (size_t k = 0; k < a->src.count; k++)
		a->shared[k] = is_shared(a, k);
}

/* Any word that the line shares stands in the sentence of the source word at k, or in its chunk. */
static bool shared_beside(const aligner *a, size_t k, bool chunk)
{
	const sr_vword *s = a->src.items;
	for (size_t j = 0; j < a->src.count; j++)
		if (s[j].span == s[k].span && s[j].sentence == s[k].sentence && (!chunk || s[j].chunk == s[k].chunk) && a->shared[j])
			return true;
	return false;
}

/* The cite tells what the chunk of the line's word i tells: it has most of its words of weight. */
static bool retold(const aligner *a, uint32_t c, size_t i)
{
	size_t weight = 0, shared = 0;
	for (size_t k = 0; k < a->words.count; k++)
		if (a->words.items[k].chunk == a->words.items[i].chunk && weighs(a, k)) {
			weight++;
			shared += sr_align_span_has_word(a, c, (size_t)a->match[k]);
		}
	return shared * 2 > weight;
}

/* "The yard denied that it knew" of "it knew", and the other way round. Of a quotation only what is said can say the contrary. */
static bool turns(const aligner *a, uint32_t c)
{
	uint32_t own = 0, theirs = 0, said = 0, negated = UINT32_MAX; /* the chunk of the last negation */
	bool kept = false;
	for (size_t i = 0; i < a->words.count; i++) {
		own |= a->words.items[i].classes;
		bool asked = negated == a->words.items[i].chunk;
		if (kept || asked || !(a->words.items[i].classes & SR_VW_NEGATION))
			continue;
		negated = a->words.items[i].chunk;
		kept = retold(a, c, i);
	}
	for (size_t k = 0; k < a->src.count; k++) {
		const sr_vword *s = &a->src.items[k];
		/* a denial governs its sentence, a negation its clause */
		if (s->span != c || !(s->classes & NEGATING) || !shared_beside(a, k, !(s->classes & CONTRARY)))
			continue;
		theirs |= s->classes;
		said |= a->mode.quotation && !s->quoted ? 0 : s->classes;
	}
	if ((said & NEGATING) && !(own & NEGATING))
		return true;
	return kept && !(theirs & NEGATING);
}

static bool in_date(const aligner *a, sr_str text, const sr_vword *words, size_t count, size_t i)
{
	sr_time first, last;
	for (size_t from = i > 2 ? i - 2 : 0; from <= i; from++) {
		size_t n = sr_date_words(a->ctx->lex, text, words, count, from, &first, &last);
		if (n && from + n > i)
			return true;
	}
	return false;
}

/* The source word at k is a number and no part of a date. */
static bool counts(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	size_t first = k, end = k + 1;
	while (first > 0 && s[first - 1].span == s[k].span)
		first--;
	while (end < a->src.count && s[end].span == s[k].span)
		end++;
	return s[k].kind == SR_VW_NUMBER && !in_date(a, cite_text(a, k), s + first, end - first, k - first);
}

/* The same word stands right behind both numbers. */
static bool same_behind(const aligner *a, size_t i, size_t k)
{
	const sr_vword *w = a->words.items, *s = a->src.items;
	bool both = i + 1 < a->words.count && k + 1 < a->src.count && s[k + 1].span == s[k].span;
	return both && sr_word_same(a->line, &w[i + 1], cite_text(a, k), &s[k + 1]);
}

/* "15 killed" for the line's "5 killed": its number stands nowhere in the cite, or not of that, and another does. */
static bool counts_otherwise(const aligner *a, uint32_t c, size_t i)
{
	bool same = false, same_of_it = false, other = false, other_of_it = false;
	for (size_t k = 0; k < a->src.count; k++) {
		if (a->src.items[k].span != c || !counts(a, k))
			continue;
		bool equal = sr_word_same(a->line, &a->words.items[i], cite_text(a, k), &a->src.items[k]), of_it = same_behind(a, i, k);
		same = same || equal;
		same_of_it = same_of_it || (equal && of_it);
		other = other || (!equal && shared_beside(a, k, false));
		other_of_it = other_of_it || (!equal && of_it);
	}
	return (!same_of_it && other_of_it) || (!same && other);
}

static bool has_other_number(const aligner *a, uint32_t c)
{
	for (size_t i = 0; i < a->words.count; i++)
		if (a->match[i] >= 0 && a->words.items[i].kind == SR_VW_NUMBER && !in_date(a, a->line, a->words.items, a->words.count, i) && counts_otherwise(a, c, i))
			return true;
	return false;
}

/* Every cite must carry part of the line: one that does not was put there by mistake, or to deceive. */
uint64_t sr_align_idle(const aligner *a, sr_str *reason)
{
	uint64_t idle = 0;
	if (a->cite_count > 1)
		find_shared(a);
	for (uint32_t c = 0; c < a->cite_count && !a->mode.several; c++) {
		if (gave_words(a, c))
			continue;
		const char *why = !resembles(a, c) ? "does not carry it" : turns(a, c) ? "says the contrary" : has_other_number(a, c) ? "has another number" : NULL;
		if (!why)
			continue;
		if (!idle)
			*reason = sr_verify_reason(a->ctx, "the cite of source %u bytes %u to %u %s", a->cites[c].source->n, a->cites[c].span.start,
			                           a->cites[c].span.end, why);
		idle |= (uint64_t)1 << c;
	}
	return idle;
}
