/* Any valid text is read without fault: words in order and within the text, sentences that cover them, one tree a sentence. */
#include "sitrep/base/utf8.h"
#include "sitrep/tag.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const sr_reading *r)
{
	uint32_t at = 0, words = 0;
	for (size_t i = 0; i < r->token_count; i++) {
		sr_span s = r->tokens[i].span;
		if (s.start < at || s.end <= s.start || s.end > r->doc->text.len || !sr_utf8_boundary(r->doc->text, s.start) ||
		    !sr_utf8_boundary(r->doc->text, s.end))
			abort();
		at = s.end;
	}
	for (size_t i = 0; i < r->sentence_count; i++) {
		const sr_sentence *s = &r->sentences[i];
		int roots = 0;
		if (s->first_token != words || s->token_count == 0)
			abort();
		words += s->token_count;
		for (uint32_t k = 0; k < s->token_count; k++) {
			int32_t head = r->tokens[s->first_token + k].head;
			if (head >= (int32_t)s->token_count || head == (int32_t)k)
				abort();
			roots += head == -1;
		}
		if (roots != 1)
			abort();
	}
	if (words != r->token_count)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sr_tag_model *model;
	sr_arena *arena = sr_arena_new((size_t)64 << 20);
	sr_document doc = { .text = sr_str_make((const char *)data, size) };
	sr_reading reading = { 0 };
	if (!model && sr_tag_model_open(NULL, &model, NULL) != SR_OK)
		abort();
	if (!arena)
		abort();
	if (size <= 20000 && sr_utf8_valid(doc.text) && sr_tag_document(model, &doc, arena, &reading, NULL) == SR_OK)
		check(&reading);
	sr_arena_free(arena);
	return 0;
}
