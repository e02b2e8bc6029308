/* The question of a conflict: a fixed frame around a source's own words, which stand in it as they stand there.
 *
 * The words of a frame ("whether", "or") may stand anywhere. Of any other two beside each other, some holder's words have them
 * beside each other too, or leave out between them whole parts of their sentence. */
#include "walk.h"

typedef struct asked {
	sr_vcontext *ctx;
	sr_str text;
	sr_vwords words;
} asked;

/* "Whether", "or", and "accused" of a charge, which the source may tell in another form. */
static bool is_frame(const asked *q, size_t i)
{
	const sr_vword *w = &q->words.items[i];
	int64_t use = sr_word_lookup(&q->ctx->lex->loose, sr_word_text(q->text, w));
	return w->kind == SR_VW_MARK || (!w->quoted && (w->classes & SR_VW_ACCUSE)) || (use & SR_LOOSE_JOIN) || ((use & SR_LOOSE_QUESTION) && (use & SR_LOOSE_ALL) != SR_LOOSE_ALL);
}

static bool is_small(const asked *q, size_t i) { return sr_word_lookup(&q->ctx->lex->loose, sr_word_text(q->text, &q->words.items[i])) != 0; }

/* "Is to" of "who is to blame": small words right behind a frame's are the frame's. */
static size_t end_of_frame(const asked *q)
{
	size_t i = 0;
	while (i < q->words.count && !q->words.items[i].quoted && (is_frame(q, i) || is_small(q, i)))
		i++;
	return i;
}

/* The word at i of the question is one of those, and in some place the next word of the question comes next, or opens a later part of
 * the sentence there. */
static bool leads_on(const asked *q, size_t i, sr_str in, const sr_vwords *src)
{
	const sr_vword *s = src->items;
	for (size_t k = 0; k + 1 < src->count; k++) {
		if (!sr_word_same(q->text, &q->words.items[i], in, &s[k]))
			continue;
		bool ended = s[k + 1].chunk != s[k].chunk; /* what is left out begins where a part does, and ends so */
		for (size_t n = k + 1; n < src->count && s[n].span == s[k].span && s[n].sentence == s[k].sentence && (ended || n == k + 1); n++)
			if ((n == k + 1 || s[n].chunk != s[n - 1].chunk) && sr_word_same(q->text, &q->words.items[i + 1], in, &s[n]))
				return true;
	}
	return false;
}

/* It asks: with a mark, or a word that asks, or says what is denied. */
static bool asks(const asked *q)
{
	for (size_t i = 0; i < q->words.count; i++)
		if (is_frame(q, i) || (q->words.items[i].classes & SR_VW_DENIAL))
			return true;
	return false;
}

static bool beside(const asked *q, size_t i, const sr_vcite *cites, size_t count, const sr_vwords *src, sr_str names, const sr_vwords *named)
{
	bool holds = leads_on(q, i, names, named);
	for (size_t c = 0; c < count && !holds; c++)
		holds = leads_on(q, i, cites[c].doc->text, &src[c]);
	return holds;
}

/* In some cite a part of the sentence ends on the word. */
static bool ends_there(const asked *q, size_t i, const sr_vcite *cites, size_t count, const sr_vwords *src)
{
	for (size_t c = 0; c < count; c++)
		for (size_t k = 0; k < src[c].count; k++) {
			const sr_vword *s = &src[c].items[k];
			if (sr_word_same(q->text, &q->words.items[i], cites[c].doc->text, s) && (k + 1 == src[c].count || s[1].chunk != s->chunk))
				return true;
		}
	return false;
}

sr_status sr_question_holds(sr_vcontext *ctx, sr_str question, const sr_vcite *cites, size_t count, sr_str names, sr_str *reason)
{
	asked q = { .ctx = ctx, .text = question };
	sr_vwords named = { 0 }, *src = SR_NEW_ARRAY(ctx->scratch, sr_vwords, count + 1);
	*reason = (sr_str){ 0 };
	if (!src)
		return SR_E_NOMEM;
	SR_TRY(sr_words_split(ctx->lex, question, 0, (uint32_t)question.len, 0, false, ctx->scratch, &q.words));
	SR_TRY(sr_words_split(ctx->lex, names, 0, (uint32_t)names.len, 0, false, ctx->scratch, &named));
	for (size_t c = 0; c < count; c++)
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[c], ctx->scratch, &src[c]));
	if (!asks(&q))
		*reason = SR_STR("it asks nothing");
	size_t begin = end_of_frame(&q), last = q.words.count;
	for (size_t i = 0; i + 1 < q.words.count && !reason->len; i++) {
		const sr_vword *w = &q.words.items[i];
		if (w[0].segment != w[1].segment || w[0].sentence != w[1].sentence || is_frame(&q, i) || is_frame(&q, i + 1) || i + 1 < begin)
			continue;
		if (!beside(&q, i, cites, count, src, names, &named))
			*reason = sr_verify_reason(ctx, "\"%.*s %.*s\" are not together in what it speaks of", SR_FMT(sr_word_text(question, &w[0])), SR_FMT(sr_word_text(question, &w[1])));
	}
	while (last > begin && q.words.items[last - 1].kind == SR_VW_MARK)
		last--;
	/* "to wait for the": a small word asks for what stood behind it */
	if (!reason->len && last > begin && is_small(&q, last - 1) && !ends_there(&q, last - 1, cites, count, src))
		*reason = sr_verify_reason(ctx, "\"%.*s\" is cut off from what follows it", SR_FMT(sr_word_text(question, &q.words.items[last - 1])));
	return ctx->status;
}
