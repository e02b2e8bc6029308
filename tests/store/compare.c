/* Whether what was loaded is what was made, field by field. */
#include "store/fixture.h"

#include <string.h>

static bool same_time(sr_time a, sr_time b)
{
	return a.precision == b.precision && a.zoned == b.zoned && a.offset == b.offset && sr_time_cmp(a, b) == 0;
}

static bool same_span(sr_span a, sr_span b) { return a.start == b.start && a.end == b.end; }

static bool same_strs(const sr_str *a, size_t na, const sr_str *b, size_t nb)
{
	bool same = na == nb;
	for (size_t i = 0; same && i < na; i++)
		same = sr_str_eq(a[i], b[i]);
	return same;
}

static bool same_blocks(const sr_document *a, const sr_document *b)
{
	bool same = a->block_count == b->block_count;
	for (size_t i = 0; same && i < a->block_count; i++) {
		const sr_block *x = &a->blocks[i], *y = &b->blocks[i];
		same = x->kind == y->kind && same_span(x->span, y->span) && same_time(x->time, y->time) && same_time(x->until, y->until) &&
		       x->group == y->group;
	}
	return same;
}

static bool same_relays(const sr_document *a, const sr_document *b)
{
	bool same = a->relay_count == b->relay_count && a->mark_count == b->mark_count && a->image_count == b->image_count;
	for (size_t i = 0; same && i < a->relay_count; i++) {
		const sr_relay *x = &a->relays[i], *y = &b->relays[i];
		same = x->number == y->number && sr_str_eq(x->publisher, y->publisher) && sr_str_eq(x->title, y->title) &&
		       sr_str_eq(x->description, y->description) && sr_str_eq(x->url, y->url);
	}
	for (size_t i = 0; same && i < a->mark_count; i++)
		same = a->marks[i].offset == b->marks[i].offset && a->marks[i].number == b->marks[i].number;
	for (size_t i = 0; same && i < a->image_count; i++)
		same = sr_str_eq(a->images[i].url, b->images[i].url) && sr_str_eq(a->images[i].caption, b->images[i].caption) &&
		       sr_str_eq(a->images[i].credit, b->images[i].credit);
	return same;
}

bool same_document(const sr_document *a, const sr_document *b)
{
	const sr_str x[] = { a->id, a->path, a->url, a->canonical, a->title, a->site, a->section, a->language, a->credit, a->dateline,
		                 a->correction, a->sha256, a->text };
	const sr_str y[] = { b->id, b->path, b->url, b->canonical, b->title, b->site, b->section, b->language, b->credit, b->dateline,
		                 b->correction, b->sha256, b->text };
	size_t n = sizeof x / sizeof *x;
	return same_strs(x, n, y, n) && same_strs(a->bylines, a->byline_count, b->bylines, b->byline_count) &&
	       same_strs(a->notes, a->note_count, b->notes, b->note_count) && same_time(a->published, b->published) &&
	       same_time(a->modified, b->modified) && same_time(a->retrieved, b->retrieved) && a->year_assumed == b->year_assumed &&
	       a->kind == b->kind && a->status == b->status && a->paywalled == b->paywalled && same_blocks(a, b) && same_relays(a, b);
}

static bool same_tokens(const sr_reading *a, const sr_reading *b)
{
	bool same = a->token_count == b->token_count && a->sentence_count == b->sentence_count;
	for (size_t i = 0; same && i < a->token_count; i++) {
		const sr_token *x = &a->tokens[i], *y = &b->tokens[i];
		same = same_span(x->span, y->span) && sr_str_eq(x->lemma, y->lemma) && x->upos == y->upos && x->deprel == y->deprel &&
		       x->passive == y->passive && x->head == y->head;
	}
	for (size_t i = 0; same && i < a->sentence_count; i++) {
		const sr_sentence *x = &a->sentences[i], *y = &b->sentences[i];
		same = same_span(x->span, y->span) && x->first_token == y->first_token && x->token_count == y->token_count && x->block == y->block;
	}
	return same;
}

static bool same_findings(const sr_reading *a, const sr_reading *b)
{
	bool same = a->entity_count == b->entity_count && a->time_count == b->time_count && a->quantity_count == b->quantity_count;
	for (size_t i = 0; same && i < a->entity_count; i++) {
		const sr_entity *x = &a->entities[i], *y = &b->entities[i];
		same = same_span(x->span, y->span) && x->type == y->type && sr_str_eq(x->name, y->name) && x->name_id == y->name_id;
	}
	for (size_t i = 0; same && i < a->time_count; i++) {
		const sr_timex *x = &a->times[i], *y = &b->times[i];
		same = same_span(x->span, y->span) && x->type == y->type && sr_str_eq(x->value, y->value) && same_time(x->begin, y->begin) &&
		       same_time(x->end, y->end) && x->said == y->said;
	}
	for (size_t i = 0; same && i < a->quantity_count; i++) {
		const sr_quantity *x = &a->quantities[i], *y = &b->quantities[i];
		same = same_span(x->span, y->span) && x->low == y->low && x->high == y->high && sr_str_eq(x->unit, y->unit) &&
		       sr_str_eq(x->of, y->of) && same_span(x->of_span, y->of_span);
	}
	return same;
}

static bool same_spans(sr_spans a, sr_spans b)
{
	bool same = a.count == b.count;
	for (size_t i = 0; same && i < a.count; i++)
		same = same_span(a.items[i], b.items[i]);
	return same;
}

static bool same_attributions(const sr_reading *a, const sr_reading *b)
{
	bool same = a->attribution_count == b->attribution_count;
	for (size_t i = 0; same && i < a->attribution_count; i++) {
		const sr_attribution *x = &a->attributions[i], *y = &b->attributions[i];
		same = same_spans(x->source, y->source) && same_spans(x->cue, y->cue) && same_spans(x->content, y->content) && x->kind == y->kind &&
		       sr_str_eq(x->speaker, y->speaker) && sr_str_eq(x->role, y->role) && x->named == y->named && x->collective == y->collective &&
		       sr_str_eq(x->via, y->via) && x->stance == y->stance && x->certainty == y->certainty;
	}
	return same;
}

static bool same_claim(const sr_claim *x, const sr_claim *y)
{
	return x->sentence == y->sentence && same_span(x->sentence_span, y->sentence_span) && same_span(x->span, y->span) &&
	       x->attribution == y->attribution && sr_str_eq(x->speaker, y->speaker) && sr_str_eq(x->role, y->role) && x->named == y->named &&
	       x->collective == y->collective && sr_str_eq(x->via, y->via) && x->relay == y->relay && x->stance == y->stance &&
	       x->certainty == y->certainty && x->negated == y->negated && x->direct == y->direct && same_time(x->said, y->said) &&
	       x->said_stated == y->said_stated && same_time(x->when, y->when) && same_time(x->until, y->until) && x->when_stated == y->when_stated;
}

void check_loaded(const sr_store_loaded *l, const made *want)
{
	const sr_reading *r = &want->reading;
	CHECK(same_document(l->doc, &want->doc));
	CHECK(l->analysed);
	CHECK(same_tokens(&l->reading, r));
	CHECK(same_findings(&l->reading, r));
	CHECK(same_attributions(&l->reading, r));
	CHECK_INT(l->reading.vector_width, r->vector_width);
	CHECK(l->reading.vectors && memcmp(l->reading.vectors, r->vectors, r->sentence_count * r->vector_width * sizeof(float)) == 0);
	CHECK_INT(l->claim_count, want->claim_count);
	for (size_t i = 0; i < l->claim_count && i < want->claim_count; i++)
		CHECK(same_claim(&l->claims[i], &want->claims[i]));
}
