/* Sentences to claims. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

#include "sitrep/temporal.h"

#include <math.h>

static sr_span trim_span(sr_str text, sr_span s)
{
	sr_str part = sr_span_of(text, s);
	sr_str t = sr_str_trim(part);
	return (sr_span){ s.start + (uint32_t)(t.ptr - part.ptr), s.start + (uint32_t)(t.ptr - part.ptr + (ptrdiff_t)t.len) };
}

#define OWN_TOKENS_MIN 4

typedef struct maker {
	const sr_claim_rules *rules;
	const sr_reading *r;
	sr_arena *arena;
	uint32_t doc;
	SR_VEC(sr_claim) claims;
} maker;

/* "Told him of the mill but not about the dam": what is left unsaid is not denied. */
static bool leaves_out(const maker *m, const sr_sentence *s, uint32_t t)
{
	sr_str text = m->r->doc->text;
	return t > s->first_token && t + 1 < s->first_token + s->token_count && sr_str_eq(sr_span_of(text, m->r->tokens[t - 1].span), SR_STR("but")) &&
	       rules_hold(m->rules, sr_span_of(text, m->r->tokens[t + 1].span), W(prep));
}

/* A negation among the first words of the statement, before a relative clause. */
static bool negated(const maker *m, const sr_sentence *s, sr_span span)
{
	int words = 0;
	for (uint32_t t = s->first_token; t < s->first_token + s->token_count; t++) {
		sr_span at = m->r->tokens[t].span;
		if (!sr_span_has(span, at))
			continue;
		const lex_entry *e = rules_lookup(m->rules, sr_span_of(m->r->doc->text, at));
		if (e && (e->bits & W(neg)) && !leaves_out(m, s, t))
			return true;
		if (++words > 14 || (words > 3 && e && (e->bits & W(who)) && !(e->bits & W(that))))
			return false;
	}
	return false;
}

static void set_times(const maker *m, sr_claim *c)
{
	sr_anchor anchor = sr_temporal_anchor(m->r, c->span);
	c->said = anchor.said;
	c->said_stated = anchor.said_stated;
	c->when = anchor.when;
	c->until = anchor.until;
	c->when_stated = anchor.when_stated;
}

static sr_claim *add_claim(maker *m, uint32_t sent, sr_span span)
{
	const sr_sentence *s = &m->r->sentences[sent];
	sr_claim *c = SR_PUSH(m->arena, &m->claims);
	if (!c)
		return NULL;
	*c = (sr_claim){ .doc = m->doc, .sentence = sent, .sentence_span = s->span, .span = span, .attribution = SR_NO_ATTRIBUTION };
	const sr_relay *relay = sr_document_relay_at(m->r->doc, span.start);
	if (relay) {
		c->relay = relay->number;
		c->via = relay->publisher;
	}
	c->negated = negated(m, s, span);
	set_times(m, c);
	return c;
}

static sr_status own_claim(maker *m, uint32_t sent, sr_span span)
{
	const sr_sentence *s = &m->r->sentences[sent];
	sr_claim *c = add_claim(m, sent, trim_span(m->r->doc->text, span));
	if (!c)
		return SR_E_NOMEM;
	c->speaker = m->r->doc->site;
	c->named = c->speaker.len > 0;
	sr_str text = sr_span_of(m->r->doc->text, s->span);
	if (phrase_unverified(m->rules, text)) {
		c->certainty = SR_CERTAINTY_UNVERIFIED;
		return SR_OK;
	}
	for (uint32_t t = s->first_token; t < s->first_token + s->token_count; t++) {
		sr_str word = sr_span_of(m->r->doc->text, m->r->tokens[t].span);
		if (rules_hold(m->rules, word, W(hedge)) && (t == s->first_token || !(word.ptr[0] >= 'A' && word.ptr[0] <= 'Z')))
			c->certainty = SR_CERTAINTY_HEDGED;
	}
	return SR_OK;
}

/* "The army on Tuesday" said it: the day is no part of the speaker. */
static sr_str without_time(const maker *m, sr_span sentence, sr_str speaker)
{
	for (size_t i = sr_reading_time_from(m->r, sentence.start); i < m->r->time_count && m->r->times[i].span.start < sentence.end; i++) {
		const sr_timex *x = &m->r->times[i];
		sr_str when = sr_span_of(m->r->doc->text, x->span);
		if (!sr_span_has(sentence, x->span) || when.len >= speaker.len || !sr_str_ends(speaker, when))
			continue;
		sr_str rest = sr_str_trim(sr_str_slice(speaker, 0, speaker.len - when.len));
		static const sr_str links[] = { SR_STR_INIT(" on"), SR_STR_INIT(" in"), SR_STR_INIT(" at"), SR_STR_INIT(" late"), SR_STR_INIT(" early"), SR_STR_INIT(",") };
		for (size_t k = 0; k < sizeof links / sizeof *links; k++)
			if (sr_str_ends(rest, links[k]))
				rest = sr_str_trim(sr_str_slice(rest, 0, rest.len - links[k].len));
		return rest.len ? rest : speaker;
	}
	return speaker;
}

/* The source's own words, if they are a description ("the company") and the sentence does not hold the name behind it. */
static sr_str described_only(const maker *m, const sr_attribution *a, uint32_t sent)
{
	const sr_document *doc = m->r->doc;
	if (a->source.count != 1)
		return (sr_str){ 0 };
	sr_str source = sr_span_of(doc->text, a->source.items[0]), sentence = sr_span_of(doc->text, m->r->sentences[sent].span);
	bool described = sr_str_starts_nocase(source, SR_STR("the ")) || (source.len <= 6 && sr_is_upper((unsigned char)source.ptr[source.len - 1]));
	return described && sr_str_find(sentence, a->speaker, 0) == SIZE_MAX ? source : (sr_str){ 0 };
}

/* The dash before who is signed: "— Anna Berg (@aberg) March 12, 2026". */
static bool signs(const maker *m, const sr_attribution *a)
{
	sr_str mark = a->cue.count == 1 ? sr_span_of(m->r->doc->text, a->cue.items[0]) : (sr_str){ 0 };
	size_t pos = 0;
	return mark.len && a->source.count == 1 && a->source.items[0].start > a->cue.items[0].start && sr_cp_is_dash(sr_utf8_next(mark, &pos)) && pos == mark.len;
}

/* The day that stands behind the name that signs. */
static void set_signed_time(const maker *m, const sr_attribution *a, sr_claim *c)
{
	size_t sent = signs(m, a) ? sr_reading_sentence_at(m->r, a->source.items[0].start) : SIZE_MAX;
	for (size_t i = sent == SIZE_MAX ? m->r->time_count : sr_reading_time_from(m->r, a->source.items[0].end); i < m->r->time_count; i++) {
		const sr_timex *t = &m->r->times[i];
		if (t->span.start >= m->r->sentences[sent].span.end)
			return;
		if (t->span.start < a->source.items[0].end || t->span.end > m->r->sentences[sent].span.end || !sr_time_known(t->begin) ||
		    t->begin.precision < SR_PRECISION_DAY || sr_time_cmp(t->begin, c->said) > 0)
			continue;
		c->said = t->begin;
		c->said_stated = true;
		return;
	}
}

static void set_told_time(const maker *m, const sr_attribution *a, sr_claim *c)
{
	bool vague;
	sr_time said = c->said_stated ? SR_TIME_NONE : sr_claim_said(m->r, a, &vague);
	if (sr_time_known(said)) {
		c->said = said;
		c->said_stated = true;
	}
}

/* "The cleric, accused by the state of plotting": whom and what of make one statement, with the charge between them. */
static bool is_split_charge(const sr_attribution *a)
{
	return a->stance == SR_STANCE_ACCUSES && a->content.count == 2 && a->cue.count && a->content.items[0].end < a->cue.items[0].start &&
	       a->cue.items[0].end < a->content.items[1].start;
}

static size_t part_count(const sr_attribution *a) { return is_split_charge(a) ? 1 : a->content.count; }

static sr_span part_of(const sr_attribution *a, size_t k)
{
	sr_span part = a->content.items[k];
	if (is_split_charge(a))
		part.end = a->content.items[1].end;
	return part;
}

static sr_status attributed_claim(maker *m, uint32_t sent, uint32_t index, sr_span part)
{
	const sr_attribution *a = &m->r->attributions[index];
	sr_claim *c = add_claim(m, sent, trim_span(m->r->doc->text, part));
	if (!c)
		return SR_E_NOMEM;
	c->attribution = index;
	c->speaker = without_time(m, c->sentence_span, a->speaker);
	c->role = a->role;
	c->named = a->named;
	c->collective = a->collective;
	/* A page can prove "the company", which stands there, but not the name that stood before. */
	sr_str own = described_only(m, a, sent);
	if (own.len) {
		c->speaker = own;
		c->role = (sr_str){ 0 };
		c->named = false;
	}
	if (a->via.len)
		c->via = a->via;
	set_told_time(m, a, c);
	set_signed_time(m, a, c);
	c->stance = a->stance;
	c->certainty = a->certainty;
	c->direct = a->kind == SR_QUOTE_DIRECT;
	return SR_OK;
}

/* "The army bombed the hospital | , an accusation that it denies", and nobody else is told to say so: the page does. Else empty. */
static sr_span before_denial(const maker *m, uint32_t sent, uint32_t attribution)
{
	const sr_attribution *a = &m->r->attributions[attribution];
	sr_span none = { 0, 0 }, s = m->r->sentences[sent].span, part = a->content.count == 1 ? a->content.items[0] : none;
	uint32_t t = part.end ? sr_reading_token_at(m->r, part.start) : 0;
	bool named_behind = a->stance == SR_STANCE_DENIES && part.end && a->cue.count && part.end <= a->cue.items[0].start && sr_span_has(s, part);
	if (!named_behind || t < m->r->sentences[sent].first_token + OWN_TOKENS_MIN || m->r->tokens[t - 1].upos != SR_UPOS_PUNCT)
		return none;
	sr_span told = { s.start, m->r->tokens[t - 1].span.start };
	for (uint32_t k = t - 1; k-- > m->r->sentences[sent].first_token;)
		if (sr_str_eq(sr_span_of(m->r->doc->text, m->r->tokens[k].span), SR_STR(";"))) {
			told.start = m->r->tokens[k + 1].span.start;
			break;
		}
	return told;
}

/* Per sentence: it only tells who said what stands before it. */
static bool *signatures(const maker *m)
{
	bool *out = SR_NEW_ARRAY(m->arena, bool, m->r->sentence_count + 1);
	for (size_t i = 0; out && i < m->r->attribution_count; i++) {
		const sr_attribution *a = &m->r->attributions[i];
		size_t s = signs(m, a) ? sr_reading_sentence_at(m->r, a->source.items[0].start) : SIZE_MAX;
		if (s < m->r->sentence_count && m->r->sentences[s].span.start >= a->cue.items[0].start)
			out[s] = true;
	}
	return out;
}

sr_status sr_claims_of(const sr_claim_rules *rules, const sr_reading *reading, uint32_t doc_index, sr_arena *arena,
                       sr_claim **out, size_t *count, sr_error *err)
{
	maker m = { .rules = rules, .r = reading, .arena = arena, .doc = doc_index };
	/* Attributions are in order of their cues; a content may reach into the sentences around, so each
	 * is entered into every sentence that it touches: lists by sentence, made by counting. */
	size_t n = reading->sentence_count;
	uint32_t *first = SR_NEW_ARRAY(arena, uint32_t, n + 2);
	if (!first)
		return sr_fail(err, SR_E_NOMEM, "no memory for claims");
	size_t total = 0;
	uint32_t *entries = NULL;
	bool *only_signs = signatures(&m);
	if (!only_signs)
		return sr_fail(err, SR_E_NOMEM, "no memory for claims");
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < reading->attribution_count; i++) {
			const sr_attribution *a = &reading->attributions[i];
			if (!is_statement(&(statement_in){ m.rules, m.r }, a))
				continue;
			for (size_t k = 0; k < part_count(a); k++) {
				sr_span part = part_of(a, k);
				size_t s = sr_reading_sentence_at(reading, part.start);
				for (; s < n && reading->sentences[s].span.start < part.end; s++) {
					if (pass == 0)
						first[s + 2]++, total++;
					else {
						entries[2 * first[s + 1]] = i;
						entries[2 * first[s + 1]++ + 1] = (uint32_t)k;
					}
				}
			}
		}
		if (pass == 0) {
			for (size_t s = 2; s < n + 2; s++)
				first[s] += first[s - 1];
			entries = SR_NEW_ARRAY(arena, uint32_t, 2 * total + 1);
			if (!entries)
				return sr_fail(err, SR_E_NOMEM, "no memory for claims");
		}
	}
	for (uint32_t s = 0; s < n; s++) {
		bool speaks = sr_block_speaks(reading->doc->blocks[reading->sentences[s].block].kind) && !only_signs[s];
		sr_status st = first[s] == first[s + 1] && speaks ? own_claim(&m, s, reading->sentences[s].span) : SR_OK;
		if (st == SR_OK && speaks && first[s + 1] - first[s] == 1) {
			sr_span told = before_denial(&m, s, entries[2 * first[s]]);
			st = told.end ? own_claim(&m, s, told) : SR_OK;
		}
		for (uint32_t e = first[s]; st == SR_OK && e < first[s + 1]; e++) {
			sr_span part = part_of(&reading->attributions[entries[2 * e]], entries[2 * e + 1]), sp = reading->sentences[s].span;
			part.start = part.start > sp.start ? part.start : sp.start;
			part.end = part.end < sp.end ? part.end : sp.end;
			st = attributed_claim(&m, s, entries[2 * e], part);
		}
		if (st != SR_OK)
			return sr_fail(err, st, "no memory for claims");
	}
	*out = m.claims.items;
	*count = m.claims.count;
	return SR_OK;
}
