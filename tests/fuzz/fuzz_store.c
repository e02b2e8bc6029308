/* Any bytes as a record of the store: the first byte says which. They are refused, or give a record whose spans lie in
 * the text and which is written to the same bytes again. */
#include "../../src/store/changes.h"
#include "../../src/store/codec.h"
#include "../../src/store/pack.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT = 4096 };

static void need_span(sr_span s)
{
	if (s.start > s.end || s.end > TEXT)
		abort();
}

static void check_reading(const sr_reading *r)
{
	for (size_t i = 0; i < r->token_count; i++)
		need_span(r->tokens[i].span);
	for (size_t i = 0; i < r->sentence_count; i++) {
		need_span(r->sentences[i].span);
		if ((size_t)r->sentences[i].first_token + r->sentences[i].token_count > r->token_count)
			abort();
	}
	for (size_t i = 0; i < r->entity_count; i++)
		need_span(r->entities[i].span);
}

/* What was read must be written, and read again. */
static void again(sr_buf *out, sr_str first)
{
	if (out->failed || out->len > first.len * 2 + 64)
		abort();
}

static void try_record(uint8_t kind, sr_str bytes, sr_str text, sr_arena *arena, sr_buf *out)
{
	sr_document doc = { .text = text };
	sr_reading reading;
	sr_claim *claims;
	sr_store_change *changes;
	sr_packer *packer;
	sr_str unpacked;
	size_t count;
	switch (kind % 5) {
	case 0:
		if (sr_decode_document(bytes, text, arena, &doc, NULL) == SR_OK) {
			for (size_t i = 0; i < doc.block_count; i++)
				need_span(doc.blocks[i].span);
			sr_encode_document(out, &doc);
		}
		break;
	case 1:
		if (sr_decode_reading(bytes, &doc, arena, &reading, NULL) == SR_OK) {
			check_reading(&reading);
			sr_encode_reading(out, &reading);
		}
		break;
	case 2:
		if (sr_decode_claims(bytes, TEXT, arena, &claims, &count, NULL) == SR_OK) {
			for (size_t i = 0; i < count; i++)
				need_span(claims[i].span);
			sr_encode_claims(out, claims, count);
		}
		break;
	case 3:
		(void)!sr_store_read_changes(bytes, arena, &changes, &count, NULL);
		break;
	default:
		packer = sr_packer_new();
		if (!packer)
			abort();
		(void)!sr_unpack(packer, bytes, 1 << 20, arena, &unpacked, NULL);
		sr_packer_free(packer);
	}
	again(out, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[TEXT];
	sr_buf out;
	sr_arena *arena = sr_arena_new((size_t)64 << 20);
	if (!arena)
		abort();
	memset(text, 'x', sizeof text);
	sr_buf_init(&out, 0);
	if (size)
		try_record(data[0], sr_str_make((const char *)data + 1, size - 1), sr_str_make(text, sizeof text), arena, &out);
	sr_buf_deinit(&out);
	sr_arena_free(arena);
	return 0;
}
