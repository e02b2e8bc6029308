#include "codec.h"

#define VERSION 1u

static void put_strs(sr_buf *out, const sr_str *items, size_t count)
{
	sr_put_number(out, count);
	for (size_t i = 0; i < count; i++)
		sr_put_str(out, items[i]);
}

static void put_blocks(sr_buf *out, const sr_document *doc)
{
	sr_put_number(out, doc->block_count);
	for (size_t i = 0; i < doc->block_count; i++) {
		const sr_block *b = &doc->blocks[i];
		sr_put_number(out, (uint64_t)b->kind);
		sr_put_span(out, b->span);
		sr_put_time(out, b->time);
		sr_put_time(out, b->until);
		sr_put_number(out, b->group);
	}
}

static void put_relays(sr_buf *out, const sr_document *doc)
{
	sr_put_number(out, doc->relay_count);
	for (size_t i = 0; i < doc->relay_count; i++) {
		const sr_relay *r = &doc->relays[i];
		sr_put_number(out, r->number);
		const sr_str texts[] = { r->publisher, r->title, r->description, r->url };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			sr_put_str(out, texts[k]);
	}
	sr_put_number(out, doc->mark_count);
	for (size_t i = 0; i < doc->mark_count; i++) {
		sr_put_number(out, doc->marks[i].offset);
		sr_put_number(out, doc->marks[i].number);
	}
}

void sr_encode_document(sr_buf *out, const sr_document *doc)
{
	const sr_str texts[] = { doc->id, doc->path, doc->url, doc->canonical, doc->title, doc->site, doc->section,
		                     doc->language, doc->credit, doc->dateline, doc->correction, doc->sha256 };
	sr_put_number(out, VERSION);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		sr_put_str(out, texts[i]);
	sr_put_time(out, doc->published);
	sr_put_time(out, doc->modified);
	sr_put_time(out, doc->retrieved);
	sr_put_number(out, (doc->year_assumed ? 1u : 0u) | (doc->paywalled ? 2u : 0u));
	sr_put_number(out, (uint64_t)doc->kind);
	sr_put_number(out, (uint64_t)doc->status);
	put_strs(out, doc->bylines, doc->byline_count);
	put_strs(out, doc->notes, doc->note_count);
	put_blocks(out, doc);
	sr_put_number(out, doc->image_count);
	for (size_t i = 0; i < doc->image_count; i++) {
		sr_put_str(out, doc->images[i].url);
		sr_put_str(out, doc->images[i].caption);
		sr_put_str(out, doc->images[i].credit);
	}
	put_relays(out, doc);
}

static sr_str *get_strs(sr_decoder *d, size_t *count)
{
	sr_str *items = sr_get_array(d, sizeof *items, count);
	for (size_t i = 0; i < *count; i++)
		items[i] = sr_get_str(d);
	return items;
}

static void get_blocks(sr_decoder *d, sr_document *doc)
{
	doc->blocks = sr_get_array(d, sizeof *doc->blocks, &doc->block_count);
	for (size_t i = 0; i < doc->block_count; i++) {
		sr_block *b = &doc->blocks[i];
		b->kind = (sr_block_kind)sr_get_below(d, SR_BLOCK_TURN + 1);
		b->span = sr_get_span(d);
		b->time = sr_get_time(d);
		b->until = sr_get_time(d);
		b->group = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
	}
}

static void get_relays(sr_decoder *d, sr_document *doc)
{
	doc->relays = sr_get_array(d, sizeof *doc->relays, &doc->relay_count);
	for (size_t i = 0; i < doc->relay_count; i++) {
		sr_relay *r = &doc->relays[i];
		r->number = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
		sr_str *const texts[] = { &r->publisher, &r->title, &r->description, &r->url };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			*texts[k] = sr_get_str(d);
	}
	doc->marks = sr_get_array(d, sizeof *doc->marks, &doc->mark_count);
	for (size_t i = 0; i < doc->mark_count; i++) {
		doc->marks[i].offset = (uint32_t)sr_get_below(d, d->text_len + 1);
		doc->marks[i].number = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
	}
}

sr_status sr_decode_document(sr_str bytes, sr_str text, sr_arena *arena, sr_document *doc, sr_error *err)
{
	sr_decoder d = { .rest = bytes, .arena = arena, .text_len = text.len };
	sr_str *const texts[] = { &doc->id, &doc->path, &doc->url, &doc->canonical, &doc->title, &doc->site, &doc->section,
		                      &doc->language, &doc->credit, &doc->dateline, &doc->correction, &doc->sha256 };
	*doc = (sr_document){ .text = text };
	sr_get_version(&d, VERSION);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = sr_get_str(&d);
	doc->published = sr_get_time(&d);
	doc->modified = sr_get_time(&d);
	doc->retrieved = sr_get_time(&d);
	unsigned flags = (unsigned)sr_get_below(&d, 4);
	doc->year_assumed = flags & 1;
	doc->paywalled = flags & 2;
	doc->kind = (sr_doc_kind)sr_get_below(&d, SR_DOC_PAGE + 1);
	doc->status = (sr_doc_status)sr_get_below(&d, SR_DOC_WITHDRAWN + 1);
	doc->bylines = get_strs(&d, &doc->byline_count);
	doc->notes = get_strs(&d, &doc->note_count);
	get_blocks(&d, doc);
	doc->images = sr_get_array(&d, sizeof *doc->images, &doc->image_count);
	for (size_t i = 0; i < doc->image_count; i++) {
		doc->images[i].url = sr_get_str(&d);
		doc->images[i].caption = sr_get_str(&d);
		doc->images[i].credit = sr_get_str(&d);
	}
	get_relays(&d, doc);
	return sr_decoder_end(&d, "a document", err);
}
