/* Citations of the HTML page. A number links to a card that stands beside it, out of sight until it
 * is pointed at, focused or followed (CSS alone), and shows the cited bytes inside their paragraph. */
#include "html.h"

#include "sitrep/base/utf8.h"

#define CONTEXT 140u    /* bytes shown on either side of a passage, at most */
#define PASSAGE_MAX 900u /* bytes shown of a passage */
#define CARD_CLASSES 8u  /* k0..k7 in the style sheet: which number opens which card */

static sr_str source_text(const html *h, uint32_t n)
{
	const sr_render_options *o = &h->p->options;
	return o->texts && n >= 1 && n <= o->text_count ? o->texts[n - 1] : (sr_str){ 0 };
}

static size_t boundary(sr_str text, size_t pos)
{
	while (pos > 0 && !sr_utf8_boundary(text, pos))
		pos--;
	return pos;
}

/* Where the context before a passage begins: within its paragraph, at a word. */
static size_t context_start(sr_str text, size_t start)
{
	size_t from = start > CONTEXT ? boundary(text, start - CONTEXT) : 0, at = start;
	while (at > from && text.ptr[at - 1] != '\n')
		at--;
	if (at > 0 && text.ptr[at - 1] != '\n')
		while (at < start && text.ptr[at - 1] != ' ')
			at++;
	return at;
}

static size_t context_end(sr_str text, size_t end)
{
	size_t to = end + CONTEXT < text.len ? boundary(text, end + CONTEXT) : text.len, at = end;
	while (at < to && text.ptr[at] != '\n')
		at++;
	if (at < text.len && text.ptr[at] != '\n')
		while (at > end && text.ptr[at] != ' ')
			at--;
	return at;
}

/* The blank that cleaning takes off the end of a piece is put back where the text has one. */
static void put_piece(html *h, sr_str text, size_t from, size_t to)
{
	sr_str piece = page_clean(h->p, sr_str_slice(text, from, to));
	if (from < to && text.ptr[from] == ' ')
		html_lit(h, " ");
	html_text(h, piece);
	if (piece.len && from < to && text.ptr[to - 1] == ' ')
		html_lit(h, " ");
}

static void put_passage(html *h, sr_cite cite)
{
	sr_str text = source_text(h, cite.source);
	size_t start = cite.span.start, end = cite.span.end;
	if (start >= end || end > text.len) {
		html_lit(h, "<span class=\"passage\">The text of this source is not part of this page.</span>");
		return;
	}
	size_t shown = end - start > PASSAGE_MAX ? boundary(text, start + PASSAGE_MAX) : end;
	size_t from = context_start(text, start), to = shown < end ? shown : context_end(text, end);
	html_lit(h, from > 0 && text.ptr[from - 1] != '\n' ? "<span class=\"passage\" dir=\"auto\">… " : "<span class=\"passage\" dir=\"auto\">");
	put_piece(h, text, from, start);
	html_lit(h, "<mark>");
	put_piece(h, text, start, shown);
	html_lit(h, "</mark>");
	put_piece(h, text, end, to);
	html_lit(h, to < text.len && text.ptr[to] != '\n' ? " …</span>" : "</span>");
}

static void put_card(html *h, size_t ref, size_t order, uint32_t n, sr_cites cites)
{
	const sr_source *s = page_source(h->p, n);
	sr_buf_printf(h->p->out, "<span class=\"card k%zu\" id=\"p%zu\" role=\"note\"><span class=\"card-head\">", order % CARD_CLASSES, ref);
	if (s) {
		html_lit(h, "<b>");
		html_text(h, page_publisher(h->p, s));
		html_lit(h, "</b> ");
		html_text(h, page_source_facts(h->p, s));
	}
	html_lit(h, "</span>");
	for (size_t i = 0; i < cites.count; i++)
		if (cites.items[i].source == n)
			put_passage(h, cites.items[i]);
	html_lit(h, "<span class=\"card-foot\">");
	if (s)
		sr_buf_printf(h->p->out, "<a href=\"#s%u\">Source %u</a> ", n, n);
	sr_buf_printf(h->p->out, "<a href=\"#r%zu\">Close</a></span></span>", ref);
}

void html_refs(html *h, sr_cites cites)
{
	size_t count, first = h->refs;
	uint32_t *numbers = page_numbers(h->p, cites, &count);
	if (!count)
		return;
	html_lit(h, "\u00a0<span class=\"refs\">"); /* not to be left alone on a line */
	for (size_t i = 0; i < count; i++) {
		const sr_source *s = page_source(h->p, numbers[i]);
		sr_buf_printf(h->p->out, "<a class=\"k%zu\" id=\"r%zu\" href=\"#p%zu\" aria-label=\"Source %u", i % CARD_CLASSES, first + i, first + i, numbers[i]);
		if (s) {
			html_lit(h, ", ");
			html_text(h, page_publisher(h->p, s));
		}
		sr_buf_printf(h->p->out, ": the passage\">[%u]</a>", numbers[i]);
	}
	h->refs += count;
	for (size_t i = 0; i < count; i++)
		put_card(h, first + i, i, numbers[i], cites);
	html_lit(h, "</span>");
}
