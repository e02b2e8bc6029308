/* Trees of what the reader gives, and looking around in them. */
#include "xml.h"

#include "sitrep/base/utf8.h"

#include <string.h>

static xml_node *add_child(xml_reader *r, xml_node *parent)
{
	xml_node *node = SR_NEW(r->arena, xml_node);
	if (!node)
		return NULL;
	node->parent = parent;
	if (parent) {
		if (parent->last)
			parent->last->next = node;
		else
			parent->first = node;
		parent->last = node;
		node->base = parent->base;
		node->lang = parent->lang;
	}
	return node;
}

static xml_node *add_element(xml_reader *r, xml_node *parent)
{
	const xml_open *open = &r->stack[r->depth];
	xml_node *node = add_child(r, parent);
	if (!node)
		return NULL;
	node->name = open->name;
	node->ns = open->ns;
	node->base = open->base;
	node->lang = open->lang;
	node->inner = sr_str_slice(r->in, open->inner, open->inner);
	if (r->attr_count) {
		node->attrs = SR_NEW_ARRAY(r->arena, xml_attr, r->attr_count);
		if (!node->attrs)
			return NULL;
		memcpy(node->attrs, r->attrs, r->attr_count * sizeof *node->attrs);
		node->attr_count = r->attr_count;
	}
	return node;
}

/* Fills top until its own end, or the input's where top is the document. */
static xml_node *fill(xml_reader *r, xml_node *top)
{
	size_t nodes = 0, skipped = 0;
	for (xml_node *at = top; at;) {
		xml_event event = xml_next(r);
		if (event == XML_NOMEM)
			return NULL;
		if (event == XML_END_OF_INPUT)
			return top;
		bool full = nodes >= XML_NODES_MAX;
		if (full && event != XML_END)
			xml_fault_at(r, XML_MANY_NODES, r->pos);
		if (event == XML_START) {
			if (full || skipped) {
				skipped++;
				continue;
			}
			at = add_element(r, at);
			nodes++;
		} else if (event == XML_TEXT) {
			xml_node *text = full || skipped ? at : add_child(r, at);
			if (!text)
				return NULL;
			if (text != at) {
				text->text = r->text;
				nodes++;
			}
		} else if (skipped) {
			skipped--;
		} else {
			at->inner = sr_str_slice(r->in, r->closed.inner, r->end);
			if (at == top)
				return top;
			at = at->parent;
		}
	}
	return NULL;
}

xml_node *xml_subtree(xml_reader *r)
{
	xml_node *top = add_element(r, NULL);
	return top ? fill(r, top) : NULL;
}

xml_node *xml_tree(xml_reader *r)
{
	xml_node *top = add_child(r, NULL);
	return top ? fill(r, top) : NULL;
}

const xml_node *xml_child(const xml_node *node, const char *name)
{
	for (const xml_node *c = node ? node->first : NULL; c; c = c->next)
		if (sr_str_eq(c->name, sr_str_c(name)))
			return c;
	return NULL;
}

/* The node after this one in document order within top. */
static const xml_node *step(const xml_node *top, const xml_node *node)
{
	if (node->first)
		return node->first;
	while (node != top) {
		if (node->next)
			return node->next;
		node = node->parent;
	}
	return NULL;
}

const xml_node *xml_find(const xml_node *top, const xml_node *after, const char *name)
{
	if (!top || !after)
		return NULL;
	sr_str wanted = sr_str_c(name);
	for (const xml_node *n = step(top, after); n; n = step(top, n))
		if (sr_str_eq(n->name, wanted))
			return n;
	return NULL;
}

sr_str xml_attr_of(const xml_node *node, const char *name)
{
	for (size_t i = 0; node && i < node->attr_count; i++)
		if (sr_str_eq(node->attrs[i].name, sr_str_c(name)))
			return sr_str_trim(node->attrs[i].value);
	return (sr_str){ 0 };
}

bool xml_is(const xml_node *node, xml_ns ns, const char *name)
{
	return node && node->ns == ns && sr_str_eq(node->name, sr_str_c(name));
}

bool xml_has_elements(const xml_node *node)
{
	for (const xml_node *c = node ? node->first : NULL; c; c = c->next)
		if (c->name.len)
			return true;
	return false;
}

sr_str xml_text_of(const xml_node *node, sr_arena *arena)
{
	const xml_node *only = NULL;
	size_t total = 0;
	bool several = false;
	if (!node)
		return (sr_str){ 0 };
	for (const xml_node *n = step(node, node); n; n = step(node, n))
		if (n->name.len == 0) {
			several = only != NULL;
			only = n;
			total += n->text.len;
		}
	if (!only)
		return (sr_str){ 0 };
	if (total == only->text.len && !several)
		return sr_str_trim(only->text);
	char *joined = sr_arena_alloc(arena, total + 1);
	size_t at = 0;
	if (!joined)
		return (sr_str){ 0 };
	for (const xml_node *n = step(node, node); n; n = step(node, n))
		if (n->name.len == 0 && n->text.len) {
			memcpy(joined + at, n->text.ptr, n->text.len);
			at += n->text.len;
		}
	return sr_str_trim(sr_str_make(joined, at));
}

sr_str xml_value_of(const xml_node *node, sr_arena *arena)
{
	if (node && xml_has_elements(node))
		return sr_str_trim(node->inner);
	return xml_text_of(node, arena);
}

void xml_add_text(const xml_node *node, sr_buf *out)
{
	bool blank = false;
	size_t start = out->len;
	for (const xml_node *n = step(node, node); n; n = step(node, n)) {
		for (size_t i = 0; i < n->text.len;) {
			size_t from = i;
			uint32_t cp = sr_utf8_next(n->text, &i);
			if (sr_cp_is_space(cp)) {
				blank = true;
				continue;
			}
			if (blank && out->len > start)
				sr_buf_add_char(out, ' ');
			blank = false;
			sr_buf_add(out, sr_str_slice(n->text, from, i));
		}
	}
}
