/* Which words lean on what stood before them: pronouns, "that idea", "two days later", "the remark". */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#define CONNECTIVES_MAX 3u
#define OPENING_MAX 8u

/* The expression of time that begins at the token: how many tokens it has, or 0. */
static uint32_t time_at(const sr_reading *r, uint32_t token)
{
	uint32_t start = r->tokens[token].span.start, n = 0;
	size_t low = sr_reading_time_from(r, start);
	if (low < r->time_count && r->times[low].span.start == start)
		while (token + n < r->token_count && r->tokens[token + n].span.start < r->times[low].span.end)
			n++;
	return n;
}

/* Whether the span's first word, connectives aside, is of the class; "this" of "this week" is not. */
bool composer_starts_so(const composer *c, const sr_proof *p, sr_span span, word_class class)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, span.start);
	for (uint32_t i = first; i < r->token_count && i < first + CONNECTIVES_MAX; i++) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		if (words_has(class, w))
			return !(sr_str_eq_nocase(w, SR_STR("this")) && time_at(r, i) > 1);
		if (!words_has(WORDS_CONNECTIVE, w) && !sr_str_eq(w, SR_STR(",")) && !sr_str_eq(w, SR_STR("(")))
			break;
	}
	return false;
}

/* "At one point, he held up a picture": an opening that names nobody, a comma, a pronoun. */
static bool pronoun_behind_comma(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, span.start);
	for (uint32_t i = first; i + 1 < r->token_count && i < first + OPENING_MAX; i++) {
		if (sr_str_eq(sr_span_of(r->doc->text, r->tokens[i].span), SR_STR(",")))
			return i > first && words_has(WORDS_SUBJECT, sr_span_of(r->doc->text, r->tokens[i + 1].span));
		if (r->tokens[i].upos == SR_UPOS_PROPN || r->tokens[i].deprel == SR_DEPREL_nsubj)
			return false;
	}
	return false;
}

/* "On Wednesday night it held 31 million" */
static bool pronoun_behind_day(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, span.start), i = first;
	while (i < r->token_count && i < first + OPENING_MAX) {
		uint32_t n = time_at(r, i);
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		if (!n && r->tokens[i].upos != SR_UPOS_ADP && r->tokens[i].upos != SR_UPOS_ADV && !sr_str_eq(w, SR_STR(",")))
			return i > first && words_has(WORDS_SUBJECT, w);
		i += n ? n : 1;
	}
	return false;
}

/* "“His words were helpful,” Blunt said" */
static bool quotes_the_absent(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t i = sr_reading_token_at(r, span.start);
	size_t pos = 0;
	sr_str mark = i + 1 < r->token_count ? sr_span_of(r->doc->text, r->tokens[i].span) : (sr_str){ 0 };
	return mark.len && sr_cp_opens_quote(sr_utf8_next(mark, &pos)) && r->tokens[i + 1].upos == SR_UPOS_PRON &&
	       words_has(WORDS_ABSENT, sr_span_of(r->doc->text, r->tokens[i + 1].span)) && !words_has(WORDS_IMPERSONAL, sr_span_of(r->doc->text, r->tokens[i + 1].span));
}

/* Whether the expression of time holds the token: "this week", "that day". */
static bool in_time(const sr_reading *r, const sr_token *t)
{
	size_t k = sr_reading_time_from(r, t->span.start);
	return k < r->time_count && sr_span_has(r->times[k].span, t->span);
}

static bool has_below(const sr_reading *r, const sr_sentence *s, uint32_t i, uint8_t deprel, uint32_t from)
{
	for (uint32_t k = from; k < s->first_token + s->token_count; k++)
		if (r->tokens[k].head == (int32_t)(i - s->first_token) && r->tokens[k].deprel == deprel)
			return true;
	return false;
}

/* "When that idea was shot down", "violated those levels", outside of what is quoted: a thing that was told before; not "those who". */
static bool points_back(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i], *noun = t->head >= 0 ? &r->tokens[s->first_token + (uint32_t)t->head] : NULL;
		if (!sr_span_has(span, t->span) || (t->deprel != SR_DEPREL_det && t->deprel != SR_DEPREL_amod) || !noun || !words_has(WORDS_POINTER, sr_span_of(r->doc->text, t->span)))
			continue;
		uint32_t at = s->first_token + (uint32_t)t->head;
		bool one = i + 1 < r->token_count && r->tokens[i + 1].deprel == SR_DEPREL_det; /* "such a request" may stand beside it */
		bool told = one || has_below(r, s, at, SR_DEPREL_acl, at) || in_time(r, t) || in_time(r, noun) || words_has(WORDS_HERE, noun->lemma);
		if (!told && !composer_in_quotes(r->doc->text, s->span, t->span.start))
			return true;
	}
	return false;
}

#define LATER_WITHIN 5u

/* "Two days later, ", "Shortly after, ", "Instead, ": it goes on from what stood before. */
static bool goes_on(const sr_reading *r, sr_span span)
{
	uint32_t first = sr_reading_token_at(r, span.start);
	for (uint32_t i = first; i + 1 < r->token_count && i < first + LATER_WITHIN; i++) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span), next = sr_span_of(r->doc->text, r->tokens[i + 1].span);
		if (sr_str_eq(next, SR_STR(",")) && (words_has(WORDS_LATER, w) || (i == first && words_has(WORDS_BACK, w))))
			return true;
		if (sr_str_eq(next, SR_STR(",")))
			return false;
	}
	return false;
}

/* "Without them, the yard closed", "Some of them met": before anything is named, somebody or something is only pointed at. */
static bool pronoun_first(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	for (uint32_t i = sr_reading_token_at(r, span.start); i < s->first_token + s->token_count && r->tokens[i].span.start < span.end; i++) {
		const sr_token *t = &r->tokens[i];
		if (t->upos == SR_UPOS_NOUN || t->upos == SR_UPOS_PROPN)
			return false;
		if (t->upos == SR_UPOS_PRON && t->deprel != SR_DEPREL_expl && words_has(WORDS_ABSENT, sr_span_of(r->doc->text, t->span)))
			return !words_has(WORDS_IMPERSONAL, sr_span_of(r->doc->text, t->span)) && !has_below(r, s, i, SR_DEPREL_acl, i);
	}
	return false;
}

/* "The remark came", "Oss's decision comes as": what was said or decided stood before; not "the decision to close". */
static bool names_the_said(const sr_reading *r, const sr_sentence *s, sr_span span)
{
	for (uint32_t i = sr_reading_token_at(r, span.start); i < s->first_token + s->token_count && r->tokens[i].span.start < span.end; i++) {
		const sr_token *t = &r->tokens[i];
		bool top = t->head >= 0 && r->tokens[s->first_token + (uint32_t)t->head].head < 0;
		if (t->deprel != SR_DEPREL_nsubj || !top)
			continue;
		bool told = has_below(r, s, i, SR_DEPREL_acl, i) || has_below(r, s, i, SR_DEPREL_nmod, i) || has_below(r, s, i, SR_DEPREL_ccomp, i) ||
		            has_below(r, s, i, SR_DEPREL_amod, s->first_token) || has_below(r, s, i, SR_DEPREL_compound, s->first_token) || has_below(r, s, i, SR_DEPREL_conj, i) ||
		            has_below(r, s, i, SR_DEPREL_appos, i) || has_below(r, s, i, SR_DEPREL_xcomp, i) || has_below(r, s, i, SR_DEPREL_advcl, i);
		bool known = has_below(r, s, i, SR_DEPREL_det, s->first_token) || has_below(r, s, i, SR_DEPREL_nmod, s->first_token);
		if (t->upos == SR_UPOS_ADJ && known && !has_below(r, s, i, SR_DEPREL_nmod, i)) /* "The most recent happened": what it is of was told */
			return true;
		return known && !told && !composer_in_quotes(r->doc->text, s->span, t->span.start) && words_has(WORDS_SAID, t->lemma);
	}
	return false;
}

bool composer_leans(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	return quotes_the_absent(c, p, span) || composer_starts_so(c, p, span, WORDS_PRONOUN) || pronoun_behind_day(c, p, span) || pronoun_behind_comma(c, p, span) ||
	       points_back(r, s, span) || goes_on(r, span) || pronoun_first(r, s, span) || names_the_said(r, s, span);
}
