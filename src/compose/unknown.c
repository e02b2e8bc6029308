/* What is not known: statements that say so, and what only one unnamed voice says. */
#include "composer.h"
#include "words.h"

#define UNKNOWN_MAX 8
#define UNNAMED_MAX 3
#define IT_IS_UNCLEAR 40u /* bytes */
#define TRIED_MAX 64u /* sentences: each is held against all of the story */
#define ABOUT_IT_TOKENS_MAX 14u
#define SETTLED_DAYS 3 /* after which what was to come has come, or nobody asks any more */
#define TEXT_MAX 260u
#define TEXT_MIN 16u /* "Unclear" alone says of nothing that it is */
#define SAME_STATEMENT 0.7
#define UNNAMED_SALIENCE 0.05
#define UNNAMED_SHARE 0.4 /* of the sentence: what an unnamed voice says in passing is not what the line tells */

static bool said_already(const composer *c, const sr_proof *p)
{
	for (size_t i = 0; i < c->out->unknown_count; i++) {
		const sr_cite *cite = &c->out->unknown[i].cites.items[0];
		if (cite->source == p->claim.doc + 1 && sr_span_overlap(cite->span, p->claim.sentence_span))
			return true;
	}
	return false;
}

/* A reprint, or another page, said the same before. */
static bool seen_before(const composer *c, size_t i)
{
	sr_terms_probe_set(c->probe, c->e.proofs[i].sentence);
	for (size_t k = 0; k < i; k++)
		if (c->e.proofs[k].claim.doc != c->e.proofs[i].claim.doc
		    && sr_terms_probe_cosine(c->probe, c->e.proofs[k].sentence, c->e.proofs[k].norm) >= SAME_STATEMENT)
			return true;
	return false;
}

static sr_status add(composer *c, const sr_proof *p, sr_span span, sr_unknown_reason reason)
{
	sr_unknown *u = &c->out->unknown[c->out->unknown_count++];
	u->reason = reason;
	if (!composer_balanced(composer_text(c, p, composer_trim(c, p, span)))) {
		c->out->unknown_count--;
		return SR_OK;
	}
	u->text = composer_dated_text(c, p, composer_trim(c, p, span), composer_untold_day(c, p));
	if (!u->text.ptr)
		return SR_E_NOMEM;
	return composer_cite_one(c, p, span, &u->cites);
}

/* "They wanted to sway the vote, though it is unclear"; not "It is unclear whether". */
static bool opens_with_pronoun(const composer *c, const sr_proof *p)
{
	sr_str sentence = composer_text(c, p, p->claim.sentence_span);
	bool it = sr_str_starts_nocase(sentence, SR_STR("it"));
	return composer_leans(c, p, p->claim.sentence_span) && !(it && words_in(WORDS_UNKNOWN, sr_str_slice(sentence, 0, IT_IS_UNCLEAR)));
}

/* "It is unclear why they did it", before anybody is named. */
static bool means_the_absent(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count && r->tokens[i].upos != SR_UPOS_PROPN; i++) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		if (r->tokens[i].upos == SR_UPOS_PRON && r->tokens[i].deprel != SR_DEPREL_expl && (words_has(WORDS_ABSENT, w) || sr_str_eq(w, SR_STR("this"))) && !words_has(WORDS_IMPERSONAL, w))
			return true;
	}
	return false;
}

/* "The paper has not been able to verify it": a short sentence of a thing that stands before it. */
static bool is_about_it(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = s->first_token; s->token_count <= ABOUT_IT_TOKENS_MAX && i < s->first_token + s->token_count; i++)
		if (r->tokens[i].upos == SR_UPOS_PRON && r->tokens[i].deprel == SR_DEPREL_obj && words_has(WORDS_ABSENT, sr_span_of(r->doc->text, r->tokens[i].span)))
			return true;
	return false;
}

/* A sentence that only leans on the one before ("The authenticity of the recording has not…") brings
 * that one along. */
static sr_status add_with_subject(composer *c, size_t i)
{
	const sr_proof *p = &c->e.proofs[i];
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t s = p->claim.sentence;
	bool pronoun = opens_with_pronoun(c, p);
	bool leans = s > 0 && (pronoun || means_the_absent(c, p) || is_about_it(c, p) || sr_str_starts(composer_text(c, p, p->claim.sentence_span), SR_STR("The ")));
	if (pronoun && (!s || r->sentences[s - 1].block != r->sentences[s].block))
		return SR_OK;
	if (!leans || r->sentences[s - 1].block != r->sentences[s].block)
		return add(c, p, p->claim.sentence_span, SR_UNKNOWN_UNVERIFIED);
	for (uint32_t back = s < 2 ? s : 2; back > 0; back--) {
		/* the earliest sentence of the paragraph within two that fits beside it */
		sr_span both = { r->sentences[s - back].span.start, p->claim.sentence_span.end };
		if (r->sentences[s - back].block == r->sentences[s].block && both.end - both.start <= TEXT_MAX + 120)
			return add(c, p, both, SR_UNKNOWN_UNVERIFIED);
	}
	return add(c, p, p->claim.sentence_span, SR_UNKNOWN_UNVERIFIED);
}

/* "It is unclear", "the video is unverified"; not "an unverified paper", nor "not confirmed by the council". */
static bool says_unknown(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	sr_str sentence = sr_span_of(r->doc->text, s->span);
	if (words_in(WORDS_CANCELLED, sentence))
		return false;
	if (p->claim.certainty == SR_CERTAINTY_UNVERIFIED || words_in(WORDS_UNKNOWN, sentence))
		return true;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (r->tokens[i].deprel != SR_DEPREL_amod && words_has(WORDS_UNPROVED, sr_span_of(r->doc->text, r->tokens[i].span)))
			return true;
	return false;
}

static int32_t days_behind(sr_time day, sr_time newest)
{
	return sr_days_from_civil(newest.year, newest.month, newest.day) - sr_days_from_civil(day.year, day.month, day.day);
}

/* "It is unclear whether the house will pass it", and a report of days later lies before us: by then it was seen, or another matter. */
static bool was_to_come(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	sr_time day = sr_time_truncate(sr_document_time_at(r->doc, s->span.start), SR_PRECISION_DAY);
	bool asked = false;
	if (!sr_time_known(day) || !sr_time_known(c->newest) || day.precision < SR_PRECISION_DAY || days_behind(day, c->newest) < SETTLED_DAYS)
		return false;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		asked = asked || words_has(WORDS_ASKED, w) || sr_str_eq(w, SR_STR("how"));
		if (asked && r->tokens[i].upos == SR_UPOS_AUX && words_has(WORDS_AHEAD, w))
			return true;
	}
	return false;
}

/* "A senior official testified. | Ada Brunt said …": who he is stands in the next sentence. */
static bool is_named_next(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t next = p->claim.sentence + 1;
	if (next >= r->sentence_count || !r->sentences[next].token_count)
		return false;
	sr_span head = { r->sentences[next].span.start, r->sentences[next].span.start };
	for (uint32_t i = r->sentences[next].first_token; i < r->sentences[next].first_token + r->sentences[next].token_count; i++)
		if (r->tokens[i].deprel == SR_DEPREL_nsubj) {
			head.end = r->tokens[i].span.end;
			break;
		}
	for (size_t k = 0; k < r->attribution_count; k++) {
		const sr_attribution *a = &r->attributions[k];
		bool speaks = a->named && a->source.count && a->source.items[0].start >= head.start && a->source.items[0].start < r->sentences[next].span.end;
		for (size_t e = 0; speaks && e < r->entity_count; e++)
			if (r->entities[e].type == SR_ENTITY_PER && r->entities[e].span.start >= head.start && r->entities[e].span.start < head.end)
				return true;
	}
	return false;
}

/* "“We are charting a new course,” an official said": no fact that a name would bear out. */
static bool speaks_for_us(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = s->first_token; p->claim.direct && i < s->first_token + s->token_count; i++)
		if (sr_span_has(p->claim.span, r->tokens[i].span) && words_has(WORDS_WRITER, sr_span_of(r->doc->text, r->tokens[i].span)))
			return true;
	return false;
}

/* The unnamed voice says what the sentence tells, and not only a word in it. */
static bool tells_most(const sr_proof *p)
{
	sr_span said = p->claim.span, all = p->claim.sentence_span;
	return said.end - said.start >= UNNAMED_SHARE * (all.end - all.start);
}

sr_status compose_unknown(composer *c)
{
	size_t unnamed = 0, tried = 0;
	c->out->unknown = SR_NEW_ARRAY(c->arena, sr_unknown, UNKNOWN_MAX + UNNAMED_MAX);
	if (!c->out->unknown)
		return SR_E_NOMEM;
	for (size_t i = c->e.proof_count; i-- > 0 && c->out->unknown_count < UNKNOWN_MAX;) {
		const sr_proof *p = &c->e.proofs[i];
		if (p->caption || p->heading || said_already(c, p))
			continue;
		sr_str sentence = composer_text(c, p, p->claim.sentence_span);
		if (sentence.len >= TEXT_MIN && sentence.len <= TEXT_MAX * 2 && says_unknown(c, p) && !was_to_come(c, p) && !(c->columns[p->claim.doc] && !sr_proof_attributed(p)) &&
		    tried++ < TRIED_MAX && !composer_answered(c, p))
			SR_TRY(add_with_subject(c, i));
	}
	for (size_t i = 0; i < c->e.proof_count && unnamed < UNNAMED_MAX; i++) {
		const sr_proof *p = &c->e.proofs[i];
		/* a poll, a page or "you" keeps no name back; "the officials" are those of whom the text spoke */
		if (sr_str_starts_nocase(p->claim.speaker, SR_STR("the ")) || !words_in(WORDS_ANONYMOUS, p->claim.speaker))
			continue;
		/* seen_before last: it looks at every proof */
		if (!sr_proof_attributed(p) || p->claim.named || p->claim.collective
		    || p->salience < UNNAMED_SALIENCE || !tells_most(p) || composer_denies(p) || speaks_for_us(c, p) || is_named_next(c, p) || !composer_stands_alone(c, p) || said_already(c, p) || seen_before(c, i))
			continue;
		unnamed++;
		SR_TRY(add(c, p, p->claim.sentence_span, SR_UNKNOWN_UNNAMED));
	}
	return SR_OK;
}
