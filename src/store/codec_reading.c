#include "codec.h"

#define VERSION 1u

/* How a lemma stands: not known, the token's own text, or the entry (from 0) of the list of lemmas. */
enum { LEMMA_NONE, LEMMA_TEXT, LEMMA_FIRST };

static void put_sentences(sr_buf *out, const sr_reading *r)
{
	sr_put_number(out, r->sentence_count);
	for (size_t i = 0; i < r->sentence_count; i++) {
		const sr_sentence *s = &r->sentences[i];
		sr_put_span(out, s->span);
		sr_put_number(out, s->first_token);
		sr_put_number(out, s->token_count);
		sr_put_number(out, s->block);
	}
}

static sr_str token_text(const sr_reading *r, const sr_token *t) { return sr_span_of(r->doc->text, t->span); }

/* Each lemma that is not the token's own text: a new one as a string behind its number. The map would need an
 * arena; the lemma of the nearest earlier token with an equal one is found by a small table of hashes. */
static void put_lemmas(sr_buf *out, const sr_reading *r)
{
	enum { SLOTS = 4096 };
	struct {
		sr_str text;
		uint32_t number;
	} seen[SLOTS] = { 0 };
	uint32_t next = LEMMA_FIRST;
	for (size_t i = 0; i < r->token_count; i++) {
		sr_str lemma = r->tokens[i].lemma;
		if (!lemma.len) {
			sr_put_number(out, LEMMA_NONE);
		} else if (sr_str_eq(lemma, token_text(r, &r->tokens[i]))) {
			sr_put_number(out, LEMMA_TEXT);
		} else {
			size_t slot = sr_str_hash(lemma) % SLOTS;
			if (!seen[slot].number || !sr_str_eq(seen[slot].text, lemma)) {
				seen[slot].text = lemma;
				seen[slot].number = next++;
				sr_put_number(out, seen[slot].number);
				sr_put_str(out, lemma);
			} else {
				sr_put_number(out, seen[slot].number);
			}
		}
	}
}

static void put_tokens(sr_buf *out, const sr_reading *r)
{
	uint32_t end = 0;
	sr_put_number(out, r->token_count);
	for (size_t i = 0; i < r->token_count; i++) {
		sr_put_signed(out, (int64_t)r->tokens[i].span.start - end);
		end = r->tokens[i].span.end;
	}
	for (size_t i = 0; i < r->token_count; i++)
		sr_put_number(out, r->tokens[i].span.end - r->tokens[i].span.start);
	for (size_t i = 0; i < r->token_count; i++)
		sr_put_number(out, r->tokens[i].upos);
	for (size_t i = 0; i < r->token_count; i++)
		sr_put_number(out, (unsigned)r->tokens[i].deprel << 1 | (r->tokens[i].passive ? 1u : 0u));
	for (size_t i = 0; i < r->token_count; i++)
		sr_put_signed(out, r->tokens[i].head);
	put_lemmas(out, r);
}

static void put_times(sr_buf *out, const sr_reading *r)
{
	sr_put_number(out, r->time_count);
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		sr_put_span(out, t->span);
		sr_put_number(out, (unsigned)t->type << 1 | (t->said ? 1u : 0u));
		sr_put_str(out, t->value);
		sr_put_time(out, t->begin);
		sr_put_time(out, t->end);
	}
}

static void put_spans(sr_buf *out, const sr_spans *s)
{
	sr_put_number(out, s->count);
	for (size_t i = 0; i < s->count; i++)
		sr_put_span(out, s->items[i]);
}

static void put_attributions(sr_buf *out, const sr_reading *r)
{
	sr_put_number(out, r->attribution_count);
	for (size_t i = 0; i < r->attribution_count; i++) {
		const sr_attribution *a = &r->attributions[i];
		put_spans(out, &a->source);
		put_spans(out, &a->cue);
		put_spans(out, &a->content);
		sr_put_number(out, (uint64_t)a->kind);
		sr_put_str(out, a->speaker);
		sr_put_str(out, a->role);
		sr_put_str(out, a->via);
		sr_put_number(out, (a->named ? 1u : 0u) | (a->collective ? 2u : 0u));
		sr_put_number(out, (uint64_t)a->stance);
		sr_put_number(out, (uint64_t)a->certainty);
	}
}

void sr_encode_reading(sr_buf *out, const sr_reading *r)
{
	sr_put_number(out, VERSION);
	put_sentences(out, r);
	put_tokens(out, r);
	sr_put_number(out, r->entity_count);
	for (size_t i = 0; i < r->entity_count; i++) {
		const sr_entity *e = &r->entities[i];
		sr_put_span(out, e->span);
		sr_put_number(out, (uint64_t)e->type);
		sr_put_str(out, e->name);
		sr_put_number(out, e->name_id);
	}
	put_times(out, r);
	sr_put_number(out, r->quantity_count);
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		sr_put_span(out, q->span);
		sr_put_double(out, q->low);
		sr_put_double(out, q->high);
		sr_put_str(out, q->unit);
		sr_put_str(out, q->of);
		sr_put_span(out, q->of_span);
	}
	put_attributions(out, r);
}

static void get_sentences(sr_decoder *d, sr_reading *r)
{
	r->sentences = sr_get_array(d, sizeof *r->sentences, &r->sentence_count);
	for (size_t i = 0; i < r->sentence_count; i++) {
		sr_sentence *s = &r->sentences[i];
		s->span = sr_get_span(d);
		s->first_token = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
		s->token_count = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
		s->block = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
	}
}

static void get_lemmas(sr_decoder *d, sr_reading *r)
{
	size_t known = 0;
	sr_str *lemmas = r->token_count ? SR_NEW_ARRAY(d->arena, sr_str, r->token_count) : NULL;
	if (r->token_count && !lemmas) {
		d->status = SR_E_NOMEM;
		return;
	}
	for (size_t i = 0; i < r->token_count && d->status == SR_OK; i++) {
		uint64_t n = sr_get_below(d, LEMMA_FIRST + known + 1);
		if (n == LEMMA_NONE)
			continue;
		if (n == LEMMA_TEXT) {
			r->tokens[i].lemma = token_text(r, &r->tokens[i]);
			continue;
		}
		if (n - LEMMA_FIRST == known)
			lemmas[known++] = sr_get_str(d);
		r->tokens[i].lemma = lemmas[n - LEMMA_FIRST];
	}
}

static void get_tokens(sr_decoder *d, sr_reading *r)
{
	size_t n;
	uint64_t end = 0;
	r->tokens = sr_get_array(d, sizeof *r->tokens, &n);
	sr_token *t = r->tokens;
	r->token_count = n;
	for (size_t i = 0; i < n; i++) /* gaps stay in start until the lengths are known */
		t[i].span.start = (uint32_t)sr_get_signed(d);
	for (size_t i = 0; i < n; i++) {
		int64_t start = (int64_t)end + (int32_t)t[i].span.start;
		uint64_t length = sr_get_below(d, d->text_len + 1);
		if (start < 0 || (uint64_t)start + length > d->text_len) {
			d->status = SR_E_CORRUPT;
			r->token_count = 0;
			return;
		}
		end = (uint64_t)start + length;
		t[i].span = (sr_span){ (uint32_t)start, (uint32_t)end };
	}
	for (size_t i = 0; i < n; i++)
		t[i].upos = (uint8_t)sr_get_below(d, SR_UPOS_COUNT);
	for (size_t i = 0; i < n; i++) {
		unsigned relation = (unsigned)sr_get_below(d, SR_DEPREL_COUNT * 2);
		t[i].deprel = (uint8_t)(relation >> 1);
		t[i].passive = relation & 1;
	}
	for (size_t i = 0; i < n; i++)
		t[i].head = (int32_t)sr_get_signed(d);
	get_lemmas(d, r);
}

/* Sentences own stretches of the tokens, and heads stay within their sentence. */
static void check_tokens(sr_decoder *d, const sr_reading *r)
{
	for (size_t i = 0; i < r->sentence_count && d->status == SR_OK; i++) {
		const sr_sentence *s = &r->sentences[i];
		if (s->first_token > r->token_count || s->token_count > r->token_count - s->first_token ||
		    (r->doc->block_count ? s->block >= r->doc->block_count : s->block > 0)) {
			d->status = SR_E_CORRUPT;
			return;
		}
		for (uint32_t k = 0; k < s->token_count; k++) {
			int32_t head = r->tokens[s->first_token + k].head;
			if (head < -2 || head >= (int32_t)s->token_count)
				d->status = SR_E_CORRUPT;
		}
	}
}

static void get_entities(sr_decoder *d, sr_reading *r)
{
	r->entities = sr_get_array(d, sizeof *r->entities, &r->entity_count);
	for (size_t i = 0; i < r->entity_count; i++) {
		sr_entity *e = &r->entities[i];
		e->span = sr_get_span(d);
		e->type = (sr_entity_type)sr_get_below(d, SR_ENTITY_MISC + 1);
		e->name = sr_get_str(d);
		e->name_id = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
	}
}

static void get_times(sr_decoder *d, sr_reading *r)
{
	r->times = sr_get_array(d, sizeof *r->times, &r->time_count);
	for (size_t i = 0; i < r->time_count; i++) {
		sr_timex *t = &r->times[i];
		t->span = sr_get_span(d);
		unsigned type = (unsigned)sr_get_below(d, (SR_TIMEX_SET + 1) * 2);
		t->type = (sr_timex_type)(type >> 1);
		t->said = type & 1;
		t->value = sr_get_str(d);
		t->begin = sr_get_time(d);
		t->end = sr_get_time(d);
	}
}

static void get_quantities(sr_decoder *d, sr_reading *r)
{
	r->quantities = sr_get_array(d, sizeof *r->quantities, &r->quantity_count);
	for (size_t i = 0; i < r->quantity_count; i++) {
		sr_quantity *q = &r->quantities[i];
		q->span = sr_get_span(d);
		q->low = sr_get_double(d);
		q->high = sr_get_double(d);
		q->unit = sr_get_str(d);
		q->of = sr_get_str(d);
		q->of_span = sr_get_span(d);
	}
}

static sr_spans get_spans(sr_decoder *d)
{
	sr_spans s = { 0 };
	s.items = sr_get_array(d, sizeof *s.items, &s.count);
	for (size_t i = 0; i < s.count; i++)
		s.items[i] = sr_get_span(d);
	return s;
}

static void get_attributions(sr_decoder *d, sr_reading *r)
{
	r->attributions = sr_get_array(d, sizeof *r->attributions, &r->attribution_count);
	for (size_t i = 0; i < r->attribution_count; i++) {
		sr_attribution *a = &r->attributions[i];
		a->source = get_spans(d);
		a->cue = get_spans(d);
		a->content = get_spans(d);
		a->kind = (sr_quote_kind)sr_get_below(d, SR_QUOTE_MIXED + 1);
		a->speaker = sr_get_str(d);
		a->role = sr_get_str(d);
		a->via = sr_get_str(d);
		unsigned flags = (unsigned)sr_get_below(d, 4);
		a->named = flags & 1;
		a->collective = flags & 2;
		a->stance = (sr_stance)sr_get_below(d, SR_STANCE_DEMANDS + 1);
		a->certainty = (sr_certainty)sr_get_below(d, SR_CERTAINTY_UNVERIFIED + 1);
	}
}

sr_status sr_decode_reading(sr_str bytes, const sr_document *doc, sr_arena *arena, sr_reading *r, sr_error *err)
{
	sr_decoder d = { .rest = bytes, .arena = arena, .text_len = doc->text.len };
	*r = (sr_reading){ .doc = doc };
	sr_get_version(&d, VERSION);
	get_sentences(&d, r);
	get_tokens(&d, r);
	check_tokens(&d, r);
	get_entities(&d, r);
	get_times(&d, r);
	get_quantities(&d, r);
	get_attributions(&d, r);
	return sr_decoder_end(&d, "the reading of a document", err);
}
