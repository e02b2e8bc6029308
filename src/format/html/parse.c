/* libxml2's SAX events into the tree.
 *
 * Invariants: open[0..depth) are the nodes that new children may join, root first; shadow[] has one
 * entry for each element that the parser holds open, the length of open[] to go back to when it
 * ends, so that void and too deep elements become leaves without losing what follows them. */
#include "names.h"

#include "sitrep/base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/dict.h>

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME_CACHE 256

void sr_html_library(sr_buf *out)
{
	unsigned long version = strtoul(xmlParserVersion, NULL, 10); /* "20914" */
	sr_buf_printf(out, "libxml2 %lu.%lu.%lu", version / 10000, version / 100 % 100, version % 100);
}

typedef struct builder {
	sr_html *html;
	sr_html_limits limits;
	sr_arena *arena;
	htmlParserCtxtPtr parser;
	html_defused input;
	size_t next_raw; /* of the texts of scripts */
	unsigned events;
	char *text; /* all decoded text and attribute values; never moves */
	size_t text_len, text_size;
	size_t node_capacity, attr_capacity;
	uint32_t *open;
	uint32_t depth;
	uint32_t *shadow;
	uint32_t shadows;
	struct timespec deadline;
	bool no_memory, stopped;
	struct {
		const xmlChar *name;
		uint8_t tag;
	} cache[NAME_CACHE];
} builder;

static void stop(builder *b, sr_html_cut why)
{
	b->html->cuts |= 1u << why;
	b->stopped = true;
	xmlStopParser(b->parser);
}

static void stop_for_memory(builder *b)
{
	b->no_memory = b->stopped = true;
	xmlStopParser(b->parser);
}

static bool past_deadline(const builder *b)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec > b->deadline.tv_sec
	       || (now.tv_sec == b->deadline.tv_sec && now.tv_nsec > b->deadline.tv_nsec);
}

static sr_str keep(builder *b, const char *ptr, size_t len)
{
	if (len > b->text_size - b->text_len) {
		stop(b, SR_HTML_CUT_TEXT);
		return (sr_str){ 0 };
	}
	char *place = b->text + b->text_len;
	if (len) /* an empty value may come without a place */
		memcpy(place, ptr, len);
	b->text_len += len;
	return sr_str_make(place, len);
}

static sr_html_node *add_node(builder *b, uint8_t tag)
{
	sr_html *h = b->html;
	if (h->count >= b->limits.nodes) {
		stop(b, SR_HTML_CUT_NODES);
		return NULL;
	}
	if (!sr_arena_grow(b->arena, (void **)&h->nodes, &b->node_capacity, h->count, sizeof *h->nodes)) {
		stop_for_memory(b);
		return NULL;
	}
	sr_html_node *n = &h->nodes[h->count];
	*n = (sr_html_node){ .parent = b->depth ? b->open[b->depth - 1] : 0, .end = h->count + 1, .tag = tag };
	n->depth = (uint8_t)(b->depth < 255 ? b->depth : 255);
	h->count++;
	return n;
}

static uint8_t tag_of(builder *b, const xmlChar *name)
{
	size_t slot = ((uintptr_t)name >> 3) % NAME_CACHE; /* names are interned by the parser */
	if (b->cache[slot].name != name) {
		b->cache[slot].name = name;
		b->cache[slot].tag = html_tag_by_name((const char *)name);
	}
	return b->cache[slot].tag;
}

static void add_attributes(builder *b, sr_html_node *node, const xmlChar **attributes)
{
	sr_html *h = b->html;
	node->attrs = h->attr_count;
	for (size_t i = 0; attributes && attributes[i] && !b->stopped; i += 2) {
		int name = html_attr_by_name((const char *)attributes[i]);
		if (name < 0)
			continue;
		if (!sr_arena_grow(b->arena, (void **)&h->attrs, &b->attr_capacity, h->attr_count, sizeof *h->attrs)) {
			stop_for_memory(b);
			return;
		}
		const char *value = attributes[i + 1] ? (const char *)attributes[i + 1] : "";
		sr_str trimmed = sr_str_trim(sr_str_c(value));
		h->attrs[h->attr_count++] = (sr_html_attr){ keep(b, trimmed.ptr, trimmed.len), (uint8_t)name };
		node->attr_count++;
	}
}

#define EVENTS_PER_LOOK 512 /* at the clock */

static void look_at_clock(builder *b)
{
	if (++b->events % EVENTS_PER_LOOK == 0 && past_deadline(b))
		stop(b, SR_HTML_CUT_TIME);
}

/* The text of the script whose start tag the parser has just read. */
static void add_raw(builder *b)
{
	const xmlParserInput *in = b->parser->input;
	size_t at = (size_t)in->consumed + (size_t)(in->cur - in->base);
	while (b->next_raw < b->input.raws.count && b->input.raws.items[b->next_raw].at < at)
		b->next_raw++;
	if (b->next_raw == b->input.raws.count || b->input.raws.items[b->next_raw].at != at)
		return;
	sr_str text = b->input.raws.items[b->next_raw].text;
	text = keep(b, text.ptr, text.len);
	sr_html_node *node = b->stopped ? NULL : add_node(b, SR_HTML_TEXT);
	if (node)
		node->text = text;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	builder *b = ctx;
	look_at_clock(b);
	if (b->stopped)
		return;
	if (b->shadows >= b->limits.open) {
		stop(b, SR_HTML_CUT_OPEN);
		return;
	}
	b->shadow[b->shadows++] = b->depth;
	uint8_t tag = tag_of(b, name);
	sr_html_node *node = add_node(b, tag);
	if (!node)
		return;
	add_attributes(b, node, attributes);
	if (html_is_void(tag))
		return;
	if (b->depth >= b->limits.depth) {
		b->html->cuts |= 1u << SR_HTML_CUT_DEPTH;
		return;
	}
	b->open[b->depth++] = b->html->count - 1;
	if (tag == SR_HTML_script)
		add_raw(b);
}

static void close_to(builder *b, uint32_t depth)
{
	while (b->depth > depth)
		b->html->nodes[b->open[--b->depth]].end = b->html->count;
}

static void on_end(void *ctx, const xmlChar *name)
{
	builder *b = ctx;
	(void)name;
	if (b->stopped || !b->shadows)
		return;
	close_to(b, b->shadow[--b->shadows]);
}

static void on_text(void *ctx, const xmlChar *chars, int len)
{
	builder *b = ctx;
	look_at_clock(b);
	if (b->stopped || len <= 0)
		return;
	sr_html *h = b->html;
	sr_html_node *last = &h->nodes[h->count - 1];
	/* one run in several events; attribute values may not have come between */
	bool extend = last->tag == SR_HTML_TEXT && last->parent == b->open[b->depth - 1]
	              && last->text.ptr + last->text.len == b->text + b->text_len;
	sr_str text = keep(b, (const char *)chars, (size_t)len);
	if (b->stopped)
		return;
	if (extend) {
		last->text.len += text.len;
		return;
	}
	sr_html_node *node = add_node(b, SR_HTML_TEXT);
	if (node)
		node->text = text;
}

static sr_status prepare(builder *b, size_t bytes)
{
	size_t nodes = 2 * b->input.tags + 16 < b->limits.nodes ? 2 * b->input.tags + 16 : b->limits.nodes;
	b->html->nodes = SR_NEW_ARRAY(b->arena, sr_html_node, nodes);
	b->node_capacity = nodes;
	b->text_size = bytes + 64;
	b->text = sr_arena_alloc(b->arena, b->text_size);
	b->open = SR_NEW_ARRAY(b->arena, uint32_t, b->limits.depth + 2);
	b->shadow = SR_NEW_ARRAY(b->arena, uint32_t, b->limits.open + 1);
	if (!b->html->nodes || !b->text || !b->open || !b->shadow || !add_node(b, SR_HTML_OTHER))
		return SR_E_NOMEM;
	b->open[b->depth++] = 0;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b->deadline);
	int64_t nanoseconds = b->deadline.tv_nsec + (int64_t)b->limits.milliseconds * 1000000;
	b->deadline.tv_sec += nanoseconds / 1000000000;
	b->deadline.tv_nsec = nanoseconds % 1000000000;
	return SR_OK;
}

/* libxml2 makes its dictionary's lock when the first parser is made, without a lock: two threads that come
 * first at once wait for ever. So one of them goes first alone. */
static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	xmlInitParser();
	xmlDictFree(xmlDictCreate());
}

/* bytes: of the page with its scripts, which bounds what there will be of text */
static sr_status run(builder *b, size_t bytes)
{
	sr_str page = b->input.page;
	pthread_once(&started, start_library);
	SR_TRY(prepare(b, bytes));
	if (page.len == 0 || page.len > INT_MAX)
		return page.len ? SR_E_LIMIT : SR_OK;
	b->parser = htmlNewParserCtxt();
	if (!b->parser)
		return SR_E_NOMEM;
	memset(b->parser->sax, 0, sizeof *b->parser->sax);
	b->parser->sax->startElement = on_start;
	b->parser->sax->endElement = on_end;
	b->parser->sax->characters = on_text;
	b->parser->sax->cdataBlock = on_text;
	b->parser->sax->ignorableWhitespace = on_text;
	b->parser->userData = b;
	/* from memory: fed piece by piece, libxml2 2.9 misreads a reference that a border cuts in an attribute */
	xmlDocPtr doc = htmlCtxtReadMemory(b->parser, page.ptr, (int)page.len, NULL, "UTF-8",
	                                   HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
	                                       | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
	if (doc)
		xmlFreeDoc(doc);
	htmlFreeParserCtxt(b->parser);
	close_to(b, 0);
	return b->no_memory ? SR_E_NOMEM : SR_OK;
}

sr_status sr_html_parse(sr_str page, const sr_html_limits *limits, sr_arena *arena, sr_html *out, sr_error *err)
{
	*out = (sr_html){ 0 };
	builder b = { .html = out, .limits = *limits, .arena = arena };
	if (page.len > limits->bytes) {
		size_t end = limits->bytes;
		for (int i = 0; i < 3 && end && !sr_utf8_boundary(page, end); i++)
			end--;
		page = sr_str_slice(page, 0, end);
		out->cuts |= 1u << SR_HTML_CUT_BYTES;
	}
	sr_status status = html_defuse(page, limits, arena, &b.input);
	if (status == SR_OK)
		status = run(&b, b.input.valid.len ? b.input.valid.len : page.len);
	if (b.input.dropped)
		out->cuts |= 1u << SR_HTML_CUT_ATTRIBUTES;
	html_defused_deinit(&b.input);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "no memory for the page's tree");
}
