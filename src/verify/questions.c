/* The question of a conflict: a fixed frame around a source's own words, which stand in it as they stand there.
 *
 * The words of a frame ("whether", "or") may stand anywhere. Of any other two beside each other, some holder's words have them
 * beside each other too, or leave out between them whole parts of their sentence. In the place of a holder's pronoun may stand his name. */
#include "walk.h"

typedef struct asked {
	sr_vcontext *ctx;
	sr_str text;
	sr_vwords words;
	const sr_vcite *cites;
	const sr_str *holders; /* of each cite */
	const sr_vwords *src;
	size_t count;
	sr_str names;
	sr_vwords named;
} asked;

/* "Whether", "or", and "accused" of a charge, which the source may tell in another form. */
static bool is_frame(const asked *q, size_t i)
{
	const sr_vword *w = &q->words.items[i];
	int64_t use = sr_word_lookup(&q->ctx->lex->loose, sr_word_text(q->text, w));
	return w->kind == SR_VW_MARK || (!w->quoted && (w->classes & SR_VW_ACCUSE)) || (use & SR_LOOSE_JOIN) || ((use & SR_LOOSE_QUESTION) && (use & SR_LOOSE_ALL) != SR_LOOSE_ALL);
}

static bool is_small(const asked *q, size_t i) { return sr_word_lookup(&q->ctx->lex->loose, sr_word_text(q->text, &q->words.items[i])) & ~SR_LOOSE_STANDIN; }

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

/* Where up to the word at i the question names that holder: "the operator", "the operator's"; SIZE_MAX if it does not. */
static size_t name_before(const asked *q, size_t i, sr_str holder)
{
	sr_str said = sr_str_slice(q->text, 0, q->words.items[i].end);
	said.len -= sr_str_ends(said, SR_STR("'s")) ? 2 : 0;
	bool named = holder.len && holder.len <= said.len && sr_str_eq_nocase(sr_str_slice(said, said.len - holder.len, said.len), holder);
	return named ? said.len - holder.len : SIZE_MAX;
}

/* "Its sirens" in what the operator says. */
static bool follows_pronoun(const asked *q, size_t i, size_t c)
{
	sr_str text = q->cites[c].doc->text;
	for (size_t k = 0; k + 1 < q->src[c].count; k++) {
		const sr_vword *s = &q->src[c].items[k];
		bool pronoun = sr_word_lookup(&q->ctx->lex->loose, sr_word_text(text, s)) & SR_LOOSE_STANDIN;
		if (pronoun && s[1].chunk == s->chunk && sr_word_same(q->text, &q->words.items[i], text, &s[1]))
			return true;
	}
	return false;
}

/* "The operator's | sirens": the name for a pronoun; "the | operator's": within it. */
static bool is_for_pronoun(const asked *q, size_t i)
{
	for (size_t c = 0; c < q->count; c++) {
		size_t within = name_before(q, i + 1, q->holders[c]);
		if ((within != SIZE_MAX && q->words.items[i].start >= within) || (name_before(q, i, q->holders[c]) != SIZE_MAX && follows_pronoun(q, i + 1, c)))
			return true;
	}
	return false;
}

static bool beside(const asked *q, size_t i)
{
	bool holds = leads_on(q, i, q->names, &q->named) || is_for_pronoun(q, i);
	for (size_t c = 0; c < q->count && !holds; c++)
		holds = leads_on(q, i, q->cites[c].doc->text, &q->src[c]);
	return holds;
}

/* What a clause can be cut before: "failed | at 4:20", "sold it | Friday", "was lost | which". */
static bool may_be_cut(const asked *q, sr_str text, const sr_vword *next)
{
	sr_str word = sr_word_text(text, next);
	return next->kind != SR_VW_WORD || sr_word_lookup(&q->ctx->lex->loose, word) || sr_word_lookup(&q->ctx->lex->weekdays, word) || sr_word_lookup(&q->ctx->lex->months, word) ||
	       (next->classes & (SR_VW_CLAUSE | SR_VW_PAST | SR_VW_TO_COME));
}

/* In some cite, or a holder's name, a part of the sentence ends on the word, or it can be cut behind it; not behind a small word. */
static bool ends_there(const asked *q, size_t i)
{
	bool small = is_small(q, i);
	for (size_t c = 0; c <= q->count; c++) {
		const sr_vwords *src = c < q->count ? &q->src[c] : &q->named;
		sr_str text = c < q->count ? q->cites[c].doc->text : q->names;
		for (size_t k = 0; k < src->count; k++) {
			const sr_vword *s = &src->items[k];
			bool ends = k + 1 == src->count || s[1].chunk != s->chunk || c == q->count || (!small && may_be_cut(q, text, &s[1]));
			if (ends && sr_word_same(q->text, &q->words.items[i], text, s))
				return true;
		}
	}
	return false;
}

/* "Whether the wall failed", "when the wall failed": a clause. */
static bool asks_of_clause(const asked *q)
{
	sr_str first = q->words.count ? sr_word_text(q->text, &q->words.items[0]) : (sr_str){ 0 };
	return sr_str_eq_nocase(first, SR_STR("whether")) || sr_str_eq_nocase(first, SR_STR("when"));
}

/* A last word of it, or of what it quotes, behind which nothing may be cut; SIZE_MAX if there is none: a small word, or any that a clause ends on. */
static size_t cut_off(const asked *q, size_t begin)
{
	for (size_t i = begin; i < q->words.count; i++) {
		const sr_vword *w = &q->words.items[i];
		bool end = i + 1 == q->words.count || w[1].kind == SR_VW_MARK, last = end || (w->quoted && !w[1].quoted);
		if (last && w->kind == SR_VW_WORD && !is_frame(q, i) && (is_small(q, i) || (end && asks_of_clause(q))) && !ends_there(q, i))
			return i;
	}
	return SIZE_MAX;
}

sr_status sr_question_holds(sr_vcontext *ctx, sr_str question, const sr_vcite *cites, const sr_str *holders, size_t count, sr_str names, sr_str *reason)
{
	sr_vwords *src = SR_NEW_ARRAY(ctx->scratch, sr_vwords, count + 1);
	asked q = { .ctx = ctx, .text = question, .cites = cites, .holders = holders, .src = src, .count = count, .names = names };
	*reason = (sr_str){ 0 };
	if (!src)
		return SR_E_NOMEM;
	SR_TRY(sr_words_split(ctx->lex, question, 0, (uint32_t)question.len, 0, false, ctx->scratch, &q.words));
	SR_TRY(sr_words_split(ctx->lex, names, 0, (uint32_t)names.len, 0, false, ctx->scratch, &q.named));
	for (size_t c = 0; c < count; c++)
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[c], ctx->scratch, &src[c]));
	if (!asks(&q))
		*reason = SR_STR("it asks nothing");
	size_t begin = end_of_frame(&q);
	for (size_t i = 0; i + 1 < q.words.count && !reason->len; i++) {
		const sr_vword *w = &q.words.items[i];
		if (w[0].segment != w[1].segment || w[0].sentence != w[1].sentence || is_frame(&q, i) || is_frame(&q, i + 1) || i + 1 < begin)
			continue;
		if (!beside(&q, i))
			*reason = sr_verify_reason(ctx, "\"%.*s %.*s\" are not together in what it speaks of", SR_FMT(sr_word_text(question, &w[0])), SR_FMT(sr_word_text(question, &w[1])));
	}
	/* "to wait for the": a small word asks for what stood behind it */
	size_t cut = reason->len ? SIZE_MAX : cut_off(&q, begin);
	if (cut != SIZE_MAX)
		*reason = sr_verify_reason(ctx, "\"%.*s\" is cut off from what follows it", SR_FMT(sr_word_text(question, &q.words.items[cut])));
	return ctx->status;
}
