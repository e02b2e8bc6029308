/* Joins number words and mixed numbers into one token: "twenty-five", "a hundred and ten",
 * "nineteen ninety-six", "two thousand", "3 million", "1 1/2", "twenty-first". */
#include "internal.h"

typedef struct words {
	uint16_t one, ten, hundred, dozen, big, a, and_, ordinal;
} words;

/* The class and value that a word has as a part of a number; 0 if none. */
static uint16_t number_part(const context *ctx, const words *w, size_t i, int32_t *value)
{
	const token *tok = &ctx->tokens.items[i];
	if (tok->kind != T_WORD || !tok->lex)
		return 0;
	const uint16_t wanted[] = { w->one, w->ten, w->hundred, w->dozen, w->big, w->ordinal };
	for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
		if (token_has(ctx, i, wanted[k], value))
			return wanted[k];
	return 0;
}

typedef struct sum {
	int64_t total, group; /* thousands done, and the part below them */
	int32_t first, second; /* "nineteen", "ninety-six" of a spelled year */
	bool pairs, thousand, ordinal;
} sum;

/* Whether the next part may follow what is there; takes it in if so. */
static bool sum_add(sum *s, const words *w, uint16_t cls, int32_t v, uint16_t before)
{
	if (cls == w->one || cls == w->ordinal) {
		int32_t n = cls == w->ordinal ? v / 100 : v;
		if (before == w->ten && n > 9)
			return false;
		if (before == w->one || before == w->ordinal) {
			if (s->pairs || s->group < 13 || s->group > 19 || n < 10 || cls == w->ordinal)
				return false;
			s->pairs = true;
			s->first = (int32_t)s->group;
			s->group = n;
		} else
			s->group += n;
		s->ordinal = cls == w->ordinal;
		return true;
	}
	if (cls == w->ten) {
		if (before == w->one || before == w->ten) {
			if (s->pairs || (before == w->one ? s->group < 13 || s->group > 19 : s->group != 20) || s->total)
				return false;
			s->pairs = true;
			s->first = (int32_t)s->group;
			s->group = v;
		} else
			s->group += v;
		return true;
	}
	if (s->pairs)
		return false;
	if (cls == w->hundred && v == 100) {
		if (s->group > 99)
			return false;
		s->group = (s->group ? s->group : 1) * 100;
		return true;
	}
	if (cls == w->hundred) {
		if (s->thousand)
			return false;
		s->total = (s->group ? s->group : 1) * 1000;
		s->group = 0;
		s->thousand = true;
		return true;
	}
	return false;
}

/* Reads a spelled number from token i on; returns how many tokens it takes, 0 if there is none. */
static size_t spelled(context *ctx, const words *w, size_t i, token *out)
{
	sum s = { 0 };
	int32_t v = 0;
	size_t n = 0, used = 0;
	uint16_t before = 0;
	bool article = token_has(ctx, i, w->a, NULL);
	if (article)
		n = 1;
	while (i + n < ctx->tokens.count && n < 12 && !s.ordinal) {
		size_t at = i + n;
		const token *tok = &ctx->tokens.items[at];
		if (at > i && tok->edge)
			break;
		uint16_t cls = number_part(ctx, w, at, &v);
		if (before && tok->kind == T_PUNCT && tok->cls == C_DASH && !tok->gap && at + 1 < ctx->tokens.count &&
		    !ctx->tokens.items[at + 1].gap &&
		    before == w->ten && (cls = number_part(ctx, w, at + 1, &v)) != 0 && (cls == w->one || cls == w->ordinal))
			n++;
		else if (before == w->hundred && token_has(ctx, at, w->and_, NULL) && at + 1 < ctx->tokens.count &&
		         ((cls = number_part(ctx, w, at + 1, &v)) == w->one || cls == w->ten) && cls)
			n++;
		else if (!cls)
			break;
		if (article && !before && cls != w->hundred)
			return 0;
		if (!sum_add(&s, w, cls, v, before))
			break;
		before = cls;
		n++;
		used = n;
	}
	if (!used || (s.ordinal && used == 1))
		return 0;
	int64_t value = s.pairs ? s.first * 100 + s.group : s.total + s.group;
	*out = ctx->tokens.items[i];
	out->end = ctx->tokens.items[i + used - 1].end;
	out->kind = s.ordinal ? T_ORDINAL : T_SPELLED;
	out->value = (int32_t)(value * 100);
	bool year = s.pairs || (s.thousand && value >= 2000 && value < 2100);
	out->cls = year ? C_SPELLYEAR : 0;
	out->fraction = s.pairs; /* "nineteen ninety-six" is no count */
	return used;
}

/* "3 million", "1 1/2", "two dozen" from token i on. */
static size_t mixed(context *ctx, const words *w, size_t i, token *out)
{
	const token *tok = &ctx->tokens.items[i];
	int32_t v = 0;
	if (i + 1 >= ctx->tokens.count || ctx->tokens.items[i + 1].edge)
		return 0;
	uint16_t cls = number_part(ctx, w, i + 1, &v);
	*out = *tok;
	if (cls == w->big || cls == w->hundred) {
		if (tok->value > 2000000)
			return 0;
		out->end = tok[1].end;
		out->value = cls == w->big ? 2000000000 : tok->value * v;
		out->digits = 9;
		out->fraction = true;
		return 2;
	}
	if (i + 3 < ctx->tokens.count && tok[1].kind == T_NUMBER && tok[2].cls == C_SLASH &&
	    tok[2].kind == T_PUNCT && tok[3].kind == T_NUMBER &&
	    !tok[2].gap && !tok[3].gap && !tok[2].edge && !tok[3].edge && tok[3].value >= 200 && tok[3].value <= 900 &&
	    tok[1].value < tok[3].value && tok->value <= 1000000) {
		out->end = tok[3].end;
		out->value = tok->value + 100 * tok[1].value / tok[3].value;
		out->digits = 9;
		out->fraction = true;
		return 4;
	}
	return 0;
}

void number_join(context *ctx)
{
	const words w = { .one = ctx->t->c_one,
		              .ten = ctx->t->c_ten,
		              .hundred = ctx->t->c_hundred,
		              .dozen = ctx->t->c_dozen,
		              .big = ctx->t->c_big,
		              .a = ctx->t->c_a,
		              .and_ = ctx->t->c_and,
		              .ordinal = C_ORD };
	size_t to = 0;
	for (size_t i = 0; i < ctx->tokens.count;) {
		token out;
		size_t n = 0;
		const token *tok = &ctx->tokens.items[i];
		if (tok->kind == T_WORD && tok->lex)
			n = spelled(ctx, &w, i, &out);
		else if (tok->kind == T_NUMBER)
			n = mixed(ctx, &w, i, &out);
		if (!n) {
			out = *tok;
			n = 1;
		}
		i += n;
		ctx->tokens.items[to++] = out;
	}
	ctx->tokens.count = to;
}
