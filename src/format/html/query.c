#include "sitrep/format/html.h"

#include "sitrep/base/utf8.h"

#include <string.h>

bool sr_html_has_attr(const sr_html *html, uint32_t node, sr_html_attr_name name)
{
	const sr_html_node *n = &html->nodes[node];
	for (uint32_t i = 0; i < n->attr_count; i++)
		if (html->attrs[n->attrs + i].name == name)
			return true;
	return false;
}

sr_str sr_html_attr_of(const sr_html *html, uint32_t node, sr_html_attr_name name)
{
	const sr_html_node *n = &html->nodes[node];
	for (uint32_t i = 0; i < n->attr_count; i++)
		if (html->attrs[n->attrs + i].name == name)
			return html->attrs[n->attrs + i].value;
	return (sr_str){ 0 };
}

static void add_collapsed(sr_buf *out, size_t from, sr_str text)
{
	size_t start = 0;
	for (size_t i = 0; i < text.len;) {
		size_t at = i;
		uint32_t cp = sr_utf8_next(text, &i);
		if (!sr_cp_is_space(cp))
			continue;
		sr_buf_add(out, sr_str_slice(text, start, at));
		if (out->len > from && out->ptr[out->len - 1] != ' ')
			sr_buf_add_char(out, ' ');
		start = i;
	}
	sr_buf_add(out, sr_str_slice(text, start, text.len));
}

void sr_html_text_of(const sr_html *html, uint32_t node, sr_buf *out)
{
	size_t from = out->len;
	for (uint32_t i = node; i < html->nodes[node].end; i++) {
		const sr_html_node *n = &html->nodes[i];
		if (n->tag == SR_HTML_TEXT) {
			add_collapsed(out, from, n->text);
		} else if (sr_html_is_silent(n->tag)) {
			i = n->end - 1;
		} else if (sr_html_is_block(n->tag) || n->tag == SR_HTML_br) {
			if (out->len > from && out->ptr[out->len - 1] != ' ')
				sr_buf_add_char(out, ' ');
		}
	}
	while (out->len > from && out->ptr[out->len - 1] == ' ')
		out->len--;
}

sr_str sr_html_raw_of(const sr_html *html, uint32_t node, sr_arena *arena)
{
	size_t len = 0;
	sr_str only = { 0 };
	for (uint32_t i = node; i < html->nodes[node].end; i++)
		if (html->nodes[i].tag == SR_HTML_TEXT) {
			only = html->nodes[i].text;
			len += only.len;
		}
	if (len == only.len)
		return only;
	char *all = sr_arena_alloc(arena, len + 1);
	size_t at = 0;
	for (uint32_t i = node; all && i < html->nodes[node].end; i++) {
		sr_str text = html->nodes[i].text;
		if (html->nodes[i].tag != SR_HTML_TEXT)
			continue;
		memcpy(all + at, text.ptr, text.len);
		at += text.len;
	}
	return sr_str_make(all, all ? len : 0);
}

uint32_t sr_html_find(const sr_html *html, uint32_t from, uint32_t end, sr_html_tag tag)
{
	while (from < end && html->nodes[from].tag != tag)
		from++;
	return from;
}

uint32_t sr_html_closest(const sr_html *html, uint32_t node, sr_html_tag tag)
{
	for (;; node = html->nodes[node].parent) {
		if (html->nodes[node].tag == tag)
			return node;
		if (node == 0)
			return UINT32_MAX;
	}
}
