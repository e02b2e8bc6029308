/* A digest whose page has been taken apart already: a list of numbered sources of its own, and marks like "[2]" in its text. Its
 * blocks go once more through the reader of plain pages, which knows such lists; where that finds none, they stay as they are. */
#include "page.h"
#include "text.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#define MARKS_MIN 2u
#define HEADING_BYTES_MAX 40u

/* "[2]", "[1, 3]" and the like, but not "[16 March]" and "[2026]". */
static size_t count_marks(sr_str text)
{
	size_t n = 0;
	for (size_t i = sr_str_find_char(text, '[', 0); i != SIZE_MAX; i = sr_str_find_char(text, '[', i + 1)) {
		size_t end = i + 1;
		while (end < text.len && end < i + 4 && sr_is_digit((unsigned char)text.ptr[end]))
			end++;
		n += end > i + 1 && end < text.len && (text.ptr[end] == ']' || text.ptr[end] == ',' || text.ptr[end] == '-');
	}
	return n;
}

/* The heading of a list of sources, SIZE_MAX if there is none. */
static size_t find_sources(const sr_build *b, sr_arena *scratch)
{
	page_tables tables;
	bool exact, ready = false;
	for (size_t i = 0; i + 2 < b->blocks.count; i++) {
		const sr_block *x = &b->blocks.items[i];
		if (x->kind != SR_BLOCK_HEADING || x->span.end - x->span.start > HEADING_BYTES_MAX || x[1].kind != SR_BLOCK_LIST || x[2].kind != SR_BLOCK_LIST)
			continue;
		if (!ready && page_tables_init(&tables, scratch) != SR_OK)
			return SIZE_MAX;
		ready = true;
		if (sr_str_eq(page_rule_of(&tables, sr_fold_dup(scratch, sr_span_of(sr_buf_str(&b->text), x->span)), &exact), SR_STR("sources")))
			return i;
	}
	return SIZE_MAX;
}

/* The blocks as lines of a plain page, the list of sources numbered. */
static void write_lines(const sr_build *b, size_t sources, sr_buf *out)
{
	unsigned number = 0;
	for (size_t i = 0; i < b->blocks.count; i++) {
		const sr_block *x = &b->blocks.items[i];
		bool list = x->kind == SR_BLOCK_LIST;
		number = list && (number || i == sources + 1) ? number + 1 : 0;
		if (number)
			sr_buf_printf(out, "%u. ", number);
		else if (x->kind == SR_BLOCK_HEADING || list)
			sr_buf_add_c(out, list ? "- " : "\n## ");
		sr_buf_add(out, sr_span_of(sr_buf_str(&b->text), x->span));
		sr_buf_add_c(out, list ? "\n" : "\n\n");
	}
}

void sr_text_digest(sr_build *b, sr_time now, sr_arena *scratch)
{
	sr_buf lines;
	bool article = b->doc->kind == SR_DOC_ARTICLE && !b->full && b->status == SR_OK;
	size_t sources = article && count_marks(sr_buf_str(&b->text)) >= MARKS_MIN ? find_sources(b, scratch) : SIZE_MAX;
	if (sources == SIZE_MAX)
		return;
	sr_build before = *b;
	sr_buf_init(&lines, 0);
	write_lines(b, sources, &lines);
	sr_buf_init(&b->text, 0);
	b->blocks.items = NULL;
	b->blocks.count = b->blocks.capacity = 0;
	sr_text_read(b, sr_buf_str(&lines), now);
	if (lines.failed)
		b->status = SR_E_NOMEM;
	bool digest = b->doc->kind == SR_DOC_BRIEF && b->text.len && b->marks.count >= MARKS_MIN;
	sr_buf_deinit(digest ? &before.text : &b->text);
	if (!digest) {
		b->text = before.text;
		b->blocks.items = before.blocks.items;
		b->blocks.count = before.blocks.count;
		b->blocks.capacity = before.blocks.capacity;
		b->bylines.count = before.bylines.count;
		b->notes.count = before.notes.count;
		b->relays.count = b->marks.count = 0;
		b->full = before.full;
		b->doc->kind = SR_DOC_ARTICLE;
	}
	sr_buf_deinit(&lines);
}
