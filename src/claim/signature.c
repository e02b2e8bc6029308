/* Who is signed under somebody's words: `"…" — Anna Berg, mayor` at the end of a paragraph or as one of its own,
 * and `… — Anna Berg (@aberg) March 12, 2026`, as pages print a post of a social network. */
#include "claim_internal.h"

#define SIGNATURE_MAX 14 /* tokens: a name, and what its bearer is */
#define DATE_MAX 8       /* tokens after an account's bracket */
#define NAME_MAX 8
#define BLOCK_LOOK (SIGNATURE_MAX + NAME_MAX + DATE_MAX + 8)

/* The last token of the paragraph; of a long one, some token behind all that could be a signature at t. */
static int32_t block_last(const work *w, int32_t t)
{
	const sr_reading *r = w->reading;
	uint32_t s = w->toks[t].sent, block = r->sentences[s].block;
	while (s + 1 < r->sentence_count && r->sentences[s + 1].block == block && sent_last(w, s) < t + BLOCK_LOOK)
		s++;
	return sent_last(w, s);
}

static bool opens_block(const work *w, int32_t t)
{
	uint32_t s = w->toks[t].sent;
	return sent_first(w, s) == t && (s == 0 || w->reading->sentences[s - 1].block != w->reading->sentences[s].block);
}

static bool dash(const work *w, int32_t t)
{
	sr_span at = w->reading->tokens[t].span;
	return w->toks[t].punct == '-' && (at.start == 0 || w->text.ptr[at.start - 1] == ' ' || opens_block(w, t) || w->toks[t - 1].close);
}

/* The "(" of "(@aberg)", near the end of the paragraph that ends with `last`; -1 if there is none. */
static int32_t account_bracket(const work *w, int32_t first, int32_t last)
{
	for (int32_t t = last - 2; t > first && t >= last - 2 - DATE_MAX; t--)
		if (w->toks[t].punct == '(' && w->toks[t + 2].punct == ')' && sr_str_starts(tok_str(w, t + 1), SR_STR("@")))
			return t;
	return -1;
}

static bool plain_words(const work *w, int32_t lo, int32_t hi)
{
	for (int32_t t = lo; t <= hi; t++)
		if ((w->toks[t].bits & W(aux)) || w->toks[t].open || w->toks[t].punct == ':' || w->toks[t].punct == '?' || w->toks[t].punct == '!')
			return false;
	return true;
}

bool signature_at(const work *w, int32_t t, signature *out)
{
	if (t + 1 >= w->count || !dash(w, t) || !w->toks[t + 1].word)
		return false;
	int32_t lo = t + 1, hi = block_last(w, t), bracket = account_bracket(w, t, hi);
	*out = (signature){ .dash = t, .who = { lo, hi }, .account = TS_NONE };
	if (hi < lo)
		return false;
	if (bracket >= 0) {
		out->who.hi = bracket - 1;
		out->account = (tokens_span){ bracket + 1, bracket + 1 };
		return bracket > lo && bracket - lo <= NAME_MAX && plain_words(w, lo, bracket - 1);
	}
	if (hi - lo >= SIGNATURE_MAX || !w->toks[lo].cap || (w->toks[lo].bits & W_PRONOUN) || !plain_words(w, lo, hi))
		return false;
	out->who.hi -= hi > lo && w->toks[hi].punct == '.';
	/* the name stands first; a place may stand behind it ("mayor of Oss") */
	const sr_entity *first = entity_at(w, lo, lo), *e = first ? first : entity_at(w, lo, out->who.hi);
	return e && (e->type == SR_ENTITY_PER || e->type == SR_ENTITY_ORG);
}

static bool glued(const work *w, int32_t t)
{
	return w->reading->tokens[t].span.end == w->reading->tokens[t + 1].span.start;
}

/* "https://…", "pic.…/…" between blanks: what a post links to. */
static bool link(const work *w, int32_t lo, int32_t hi)
{
	sr_str s = sr_span_of(w->text, ts_span(w, (tokens_span){ lo, hi }));
	return sr_str_starts(s, SR_STR("http")) || (sr_str_starts(s, SR_STR("pic.")) && sr_str_find_char(s, '/', 0) != SIZE_MAX);
}

int32_t behind_links(const work *w, int32_t t)
{
	for (int32_t hi = t; t < w->count; t = ++hi) {
		while (hi + 1 < w->count && glued(w, hi))
			hi++;
		if (!link(w, t, hi))
			break;
	}
	return t;
}

static int32_t before_links(const work *w, int32_t first, int32_t t)
{
	for (int32_t lo = t; t > first; t = --lo) {
		while (lo > first && glued(w, lo - 1))
			lo--;
		if (lo == first || !link(w, lo, t))
			break;
	}
	return t;
}

int32_t post_end(const work *w, int32_t first, int32_t last)
{
	signature s;
	int32_t bracket = account_bracket(w, first, last);
	for (int32_t t = bracket - 1; bracket >= 0 && t > first && t >= bracket - 1 - NAME_MAX; t--)
		if (dash(w, t))
			return signature_at(w, t, &s) ? before_links(w, first, t - 1) : -1;
	bool below = bracket < 0 && last + 1 < w->count && signature_at(w, last + 1, &s) && opens_block(w, last + 1) && !ts_empty(s.account);
	return below ? before_links(w, first, last) : -1;
}
