/* Arbitrary text through segmentation, quotation matching, attributions, quantities and claims. With an odd
 * first byte the tokens also get heads made from the input, so that damaged trees are read too. */
#include "sitrep/base/utf8.h"
#include "sitrep/claim.h"
#include "sitrep/lang.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_blocks(sr_arena *arena, sr_document *doc)
{
	SR_VEC(sr_block) blocks = { 0 };
	sr_str rest = doc->text, line;
	while (sr_str_next_line(&rest, &line)) {
		sr_block *b = line.len ? SR_PUSH(arena, &blocks) : NULL;
		if (b)
			b->span = (sr_span){ (uint32_t)(line.ptr - doc->text.ptr), (uint32_t)(line.ptr - doc->text.ptr + (ptrdiff_t)line.len) };
	}
	doc->blocks = blocks.items;
	doc->block_count = blocks.count;
}

static void add_heads(sr_reading *r, const uint8_t *data, size_t size)
{
	for (size_t s = 0; s < r->sentence_count; s++)
		for (uint32_t i = 0; i < r->sentences[s].token_count; i++) {
			sr_token *t = &r->tokens[r->sentences[s].first_token + i];
			uint8_t a = data[(i * 7 + s) % size], b = data[(i * 3 + s + 1) % size];
			t->head = (int32_t)(a % (r->sentences[s].token_count + 1)) - 1;
			t->deprel = (uint8_t)(b % SR_DEPREL_COUNT);
			t->upos = (uint8_t)((a ^ b) % SR_UPOS_COUNT);
		}
}

static void check_spans(const sr_reading *r, sr_spans spans)
{
	for (size_t i = 0; i < spans.count; i++) {
		sr_span s = spans.items[i];
		if (s.start >= s.end || s.end > r->doc->text.len || !sr_utf8_boundary(r->doc->text, s.start) || !sr_utf8_boundary(r->doc->text, s.end))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sr_claim_rules *rules;
	if (!rules)
		rules = sr_claim_rules_new(NULL);
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_buf text;
	sr_buf_init(&text, 1 << 20);
	sr_utf8_repair(&text, sr_str_make((const char *)data, size));
	sr_document doc = { .text = sr_buf_str(&text) };
	sr_reading r = { .doc = &doc };
	if (size && rules && arena) {
		add_blocks(arena, &doc);
		sr_claim *claims;
		size_t count;
		if (sr_lang_segment(arena, &r, NULL) == SR_OK) {
			if (data[0] & 1)
				add_heads(&r, data, size);
			if (sr_claim_read(rules, arena, &r, NULL) == SR_OK) {
				for (size_t i = 0; i < r.attribution_count; i++) {
					check_spans(&r, r.attributions[i].source);
					check_spans(&r, r.attributions[i].cue);
					check_spans(&r, r.attributions[i].content);
				}
				if (sr_claims_of(rules, &r, 0, arena, &claims, &count, NULL) == SR_OK)
					for (size_t i = 0; i < count; i++)
						if (!sr_span_has(claims[i].sentence_span, claims[i].span))
							abort();
			}
		}
	}
	sr_buf_deinit(&text);
	sr_arena_free(arena);
	return 0;
}
