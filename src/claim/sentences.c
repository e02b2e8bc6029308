/* Sentences of a bounded length. The tagger parts what it reads; a page that it does not read may be one sentence of a megabyte, and
 * the rules look at the whole of a statement's sentence for each statement. */
#include "claim_internal.h"

#define SENTENCE_MAX 400 /* tokens */

/* How many tokens of the n from t on stand together: up to the last mark in the second half of what is allowed. */
static uint32_t part_of(const sr_reading *r, uint32_t t, uint32_t n)
{
	if (n <= SENTENCE_MAX)
		return n;
	for (uint32_t k = SENTENCE_MAX; k > SENTENCE_MAX / 2; k--) {
		sr_str s = sr_span_of(r->doc->text, r->tokens[t + k - 1].span);
		if (sr_str_eq(s, SR_STR(",")) || sr_str_eq(s, SR_STR(";")) || sr_str_eq(s, SR_STR(".")))
			return k;
	}
	return SENTENCE_MAX;
}

static bool whole(const sr_reading *r, const sr_sentence *s)
{
	return s->token_count <= SENTENCE_MAX || r->tokens[s->first_token].head != -2;
}

sr_status sentences_bound(sr_arena *arena, sr_reading *r)
{
	SR_VEC(sr_sentence) out = { 0 };
	size_t i = 0;
	while (i < r->sentence_count && whole(r, &r->sentences[i]))
		i++;
	if (i == r->sentence_count)
		return SR_OK;
	for (i = 0; i < r->sentence_count; i++) {
		sr_sentence rest = r->sentences[i];
		uint32_t end = rest.span.end;
		while (rest.token_count || rest.span.start < end) {
			sr_sentence *part = SR_PUSH(arena, &out);
			if (!part)
				return SR_E_NOMEM;
			*part = rest;
			part->token_count = whole(r, &rest) ? rest.token_count : part_of(r, rest.first_token, rest.token_count);
			rest.first_token += part->token_count;
			rest.token_count -= part->token_count;
			rest.span.start = rest.token_count ? r->tokens[rest.first_token].span.start : end;
			part->span.end = rest.token_count ? r->tokens[rest.first_token - 1].span.end : end;
		}
	}
	r->sentences = out.items;
	r->sentence_count = out.count;
	return SR_OK;
}
