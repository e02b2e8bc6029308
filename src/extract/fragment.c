#include "fragment.h"

#include "html_page.h"
#include "sitrep/base/url.h"
#include "sitrep/base/utf8.h"
#include "sitrep/lang.h"

#define SCRATCH_MAX ((size_t)96 << 20)
#define DETECT_MIN 200 /* bytes of text */
#define DETECT_MAX 2000

typedef struct fragment {
	sr_build *b;
	const sr_html *html;
	sr_str base;
	sr_buf text; /* of the block that is being gathered */
	unsigned breaks; /* <br> in a row */
} fragment;

static void flush(fragment *f, sr_block_kind kind)
{
	sr_str text = sr_str_trim(sr_buf_str(&f->text));
	if (text.len && html_line_kind(text) != LINE_JUNK)
		(void)sr_build_block(f->b, kind, text);
	sr_buf_clear(&f->text);
	f->breaks = 0;
}

/* What a block is, by what it stands in. */
static sr_block_kind kind_at(const sr_html *html, uint32_t node)
{
	for (uint32_t at = node; at != 0; at = html->nodes[at].parent) {
		switch (html->nodes[at].tag) {
		case SR_HTML_h1: case SR_HTML_h2: case SR_HTML_h3: case SR_HTML_h4: case SR_HTML_h5: case SR_HTML_h6:
			return SR_BLOCK_HEADING;
		case SR_HTML_li: case SR_HTML_dd: case SR_HTML_dt:
			return SR_BLOCK_LIST;
		case SR_HTML_blockquote:
			return SR_BLOCK_QUOTE;
		case SR_HTML_figcaption: case SR_HTML_caption:
			return SR_BLOCK_CAPTION;
		default:
			break;
		}
	}
	return SR_BLOCK_PARAGRAPH;
}

static void add_image(fragment *f, uint32_t node)
{
	sr_str src = sr_html_attr_of(f->html, node, SR_HTML_AT_src), caption = { 0 };
	if (!src.len)
		src = sr_html_attr_of(f->html, node, SR_HTML_AT_data_src);
	if (!src.len || sr_str_starts_nocase(src, SR_STR("data:")))
		return;
	uint32_t figure = sr_html_closest(f->html, node, SR_HTML_figure);
	sr_buf buf;
	sr_buf_init(&buf, SR_BUILD_FIELD_MAX);
	if (figure != UINT32_MAX) {
		uint32_t end = f->html->nodes[figure].end, found = sr_html_find(f->html, figure, end, SR_HTML_figcaption);
		if (found < end)
			sr_html_text_of(f->html, found, &buf);
		caption = sr_buf_str(&buf);
	}
	sr_build_image(f->b, sr_url_resolve(f->b->arena, f->base, src), caption, (sr_str){ 0 });
	sr_buf_deinit(&buf);
}

static void walk(fragment *f)
{
	const sr_html *html = f->html;
	uint32_t owner = 0, in_block = 0; /* the block element that the gathered text belongs to */
	for (uint32_t i = 1; i < html->count && sr_build_status(f->b) == SR_OK;) {
		const sr_html_node *n = &html->nodes[i];
		/* leaving the block closes what was gathered in it */
		while (in_block && i >= html->nodes[in_block].end) {
			flush(f, kind_at(html, owner));
			for (in_block = html->nodes[in_block].parent; in_block && !sr_html_is_block(html->nodes[in_block].tag);)
				in_block = html->nodes[in_block].parent;
			owner = in_block;
		}
		if (sr_html_is_silent(n->tag)) {
			i = n->end;
			continue;
		}
		if (n->tag == SR_HTML_TEXT) {
			if (sr_str_trim(n->text).len)
				f->breaks = 0;
			sr_buf_add(&f->text, n->text);
		} else if (n->tag == SR_HTML_br) {
			if (++f->breaks == 2)
				flush(f, kind_at(html, owner));
			else
				sr_buf_add_char(&f->text, '\n');
		} else if (n->tag == SR_HTML_img) {
			add_image(f, i);
		} else if (sr_html_is_block(n->tag)) {
			flush(f, kind_at(html, owner));
			owner = in_block = i;
		}
		i++;
	}
	flush(f, kind_at(html, owner));
}

void sr_fragment_read(sr_build *b, sr_str html, sr_str base)
{
	const sr_html_limits limits = SR_HTML_LIMITS;
	sr_arena *scratch = sr_arena_new(SCRATCH_MAX);
	sr_html tree;
	fragment f = { .b = b, .html = &tree, .base = base };
	sr_buf_init(&f.text, SR_TEXT_MAX);
	if (scratch && sr_html_parse(html, &limits, scratch, &tree, NULL) == SR_OK) {
		walk(&f);
		for (sr_html_cut cut = 0; cut < SR_HTML_CUT_COUNT; cut++)
			if (tree.cuts >> cut & 1)
				sr_build_note(b, "the text was cut at the ceiling on %s", sr_html_cut_name(cut));
	} else if (b->status == SR_OK)
		b->status = SR_E_NOMEM;
	sr_buf_deinit(&f.text);
	sr_arena_free(scratch);
}

void sr_fragment_read_plain(sr_build *b, sr_str text)
{
	bool paragraphs = sr_str_find(text, SR_STR("\n\n"), 0) != SIZE_MAX || sr_str_find(text, SR_STR("\n\r\n"), 0) != SIZE_MAX;
	sr_str line;
	sr_buf block;
	sr_buf_init(&block, SR_TEXT_MAX);
	while (sr_str_next_line(&text, &line)) {
		line = sr_str_trim(line);
		if (line.len) {
			sr_buf_add(&block, line);
			sr_buf_add_char(&block, ' ');
		}
		if ((!line.len || !paragraphs) && block.len) {
			(void)sr_build_block(b, SR_BLOCK_PARAGRAPH, sr_buf_str(&block));
			sr_buf_clear(&block);
		}
	}
	if (block.len)
		(void)sr_build_block(b, SR_BLOCK_PARAGRAPH, sr_buf_str(&block));
	sr_buf_deinit(&block);
}

sr_str sr_fragment_line(sr_build *b, sr_str html)
{
	const sr_html_limits limits = SR_HTML_LIMITS;
	sr_arena *scratch = sr_arena_new(SCRATCH_MAX);
	sr_html tree;
	sr_buf text;
	sr_str line = { 0 };
	sr_buf_init(&text, 0);
	if (scratch && sr_html_parse(sr_str_slice(html, 0, 4 * SR_BUILD_FIELD_MAX), &limits, scratch, &tree, NULL) == SR_OK) {
		sr_html_text_of(&tree, 0, &text);
		line = sr_build_clean(b, sr_buf_str(&text));
	} else if (b->status == SR_OK)
		b->status = SR_E_NOMEM;
	sr_buf_deinit(&text);
	sr_arena_free(scratch);
	return line;
}

sr_str sr_fragment_language(sr_build *b, sr_str declared)
{
	sr_str text = sr_buf_str(&b->text);
	size_t end = text.len < DETECT_MAX ? text.len : DETECT_MAX, len = 0;
	char lower[3];
	while (end < text.len && !sr_utf8_boundary(text, end))
		end++;
	if (end >= DETECT_MIN) {
		sr_str found = sr_lang_detect(sr_str_slice(text, 0, end));
		if (found.len)
			return sr_str_dup(b->arena, found);
	}
	for (; len < 3 && len < declared.len && sr_is_alpha((unsigned char)declared.ptr[len]); len++)
		lower[len] = (char)(declared.ptr[len] | 32);
	bool tag = len >= 2 && (len == declared.len || declared.ptr[len] == '-' || declared.ptr[len] == '_');
	return tag ? sr_str_dup(b->arena, sr_str_make(lower, len)) : (sr_str){ 0 };
}

void sr_fragment_byline(sr_build *b, sr_str line)
{
	html_page p = { .build = b, .arena = sr_arena_new(SCRATCH_MAX) };
	if (!p.arena) {
		b->status = b->status == SR_OK ? SR_E_NOMEM : b->status;
		return;
	}
	sr_buf_init(&p.scratch, 0);
	p.site.value = b->doc->site;
	html_add_byline(&p, FROM_META, line);
	for (size_t i = 0; i < p.people.count; i++)
		sr_build_byline(b, p.people.items[i].name);
	if (!b->doc->credit.len)
		b->doc->credit = sr_build_clean(b, p.credit);
	sr_buf_deinit(&p.scratch);
	sr_arena_free(p.arena);
}
