/* From a document's text to words, pieces and segments. */
#include "reader.h"

#include <string.h>

/* The next paragraph at or after *at (blank lines between), where the document has no blocks. */
static bool next_paragraph(sr_str text, size_t *at, sr_span *out)
{
	size_t p = *at;
	while (p < text.len && (text.ptr[p] == '\n' || text.ptr[p] == '\r'))
		p++;
	if (p >= text.len)
		return false;
	size_t e = p;
	while (e < text.len) {
		size_t line = sr_str_find_char(text, '\n', e), next;
		if (line == SIZE_MAX) {
			e = text.len;
			break;
		}
		for (next = line + 1; next < text.len && (text.ptr[next] == ' ' || text.ptr[next] == '\t' || text.ptr[next] == '\r');)
			next++;
		e = line + 1;
		if (next >= text.len || text.ptr[next] == '\n') {
			e = line;
			break;
		}
	}
	*out = (sr_span){ (uint32_t)p, (uint32_t)e };
	*at = e;
	return true;
}

static sr_status find_words(const sr_tag_model *m, const sr_document *doc, plan *p)
{
	sr_span span;
	size_t at = 0, blocks = doc->block_count;
	SR_VEC(uint32_t) block = { 0 };
	for (size_t b = 0; blocks ? b < blocks : next_paragraph(doc->text, &at, &span); b++) {
		if (blocks)
			span = doc->blocks[b].span;
		if (span.end > doc->text.len || span.start >= span.end)
			continue;
		SR_TRY(tag_split_words(&m->rules, doc->text, span, p->scratch, &p->words));
		while (block.count < p->words.count) {
			uint32_t *of = SR_PUSH(p->scratch, &block);
			if (!of)
				return SR_E_NOMEM;
			*of = blocks ? (uint32_t)b : 0;
		}
	}
	p->word_block = block.items;
	return tag_mark_words(&m->pieces, doc->text, p->words.items, p->words.count, p->scratch);
}

static sr_status find_pieces(const sr_tag_model *m, plan *p)
{
	size_t n = p->words.count, total = 0;
	p->piece_at = SR_NEW_ARRAY(p->scratch, uint32_t, n + 1);
	p->ids = SR_NEW_ARRAY(p->scratch, uint32_t, n * WORD_PIECES_MAX + 1);
	p->verdicts = SR_NEW_ARRAY(p->scratch, verdict, n + 1);
	if (!p->piece_at || !p->ids || !p->verdicts)
		return SR_E_NOMEM;
	sr_buf folded;
	sr_buf_init(&folded, 0);
	for (size_t i = 0; i < n; i++) {
		p->piece_at[i] = (uint32_t)total;
		total += tag_pieces_of(&m->pieces, sr_span_of(p->text, p->words.items[i].span), &folded, p->ids + total);
	}
	p->piece_at[n] = (uint32_t)total;
	sr_status status = sr_buf_status(&folded);
	sr_buf_deinit(&folded);
	return status;
}

static sr_status add_segment(plan *p, size_t first, size_t end)
{
	if (end <= first)
		return SR_OK;
	segment *s = SR_PUSH(p->scratch, &p->segments);
	if (!s)
		return SR_E_NOMEM;
	*s = (segment){ .first = (uint32_t)first, .count = (uint32_t)(end - first), .rows = 1 + p->piece_at[end] - p->piece_at[first] };
	if (end > DOCUMENT_WORDS_MAX) {
		s->unread = true;
		s->sentences = 1;
		for (size_t i = first; i < end; i++)
			p->verdicts[i] = (verdict){ .starts = i == first, .head = -2 };
	}
	return SR_OK;
}

sr_status tag_plan_make(const sr_tag_model *m, const sr_document *doc, plan *p)
{
	p->text = doc->text;
	p->site = doc->site;
	p->scratch = sr_arena_new(0);
	if (!p->scratch)
		return SR_E_NOMEM;
	SR_TRY(find_words(m, doc, p));
	SR_TRY(find_pieces(m, p));
	size_t first = 0, n = p->words.count;
	for (size_t i = 0; i < n; i++) {
		if (i > first && (p->words.items[i].opens_block || 1 + p->piece_at[i + 1] - p->piece_at[first] > SEGMENT_PIECES_MAX)) {
			SR_TRY(add_segment(p, first, i));
			first = i;
		}
		bool last = i + 1 == n || p->words.items[i + 1].opens_block;
		if (!last && tag_certain_break(p->text, p->words.items, n, i)) {
			SR_TRY(add_segment(p, first, i + 1));
			first = i + 1;
		}
	}
	return add_segment(p, first, n);
}
