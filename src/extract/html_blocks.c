/* The root's text as blocks, and the choice among them.
 *
 * First the subtree is walked once and cut into pieces at the borders of block elements; then rules
 * that need to see the neighbours decide which pieces are the article's. */
#include "html_page.h"
#include "html_pieces.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define OPEN_MAX 256

typedef struct open_block {
	uint32_t end;
	uint8_t tag;
	bool data_table;
} open_block;

#define GATHER_MAX (2 * SR_TEXT_MAX) /* bytes of pieces: furniture is among them, but hardly more of it than of the article */

typedef struct walker {
	html_page *p;
	pieces *out;
	sr_buf text;
	uint32_t link_bytes, link_end; /* the open <a> ends before this node */
	unsigned breaks;               /* <br> in a row */
	open_block open[OPEN_MAX];
	size_t depth;
	uint32_t block;                /* the node of the innermost open block element */
	uint32_t list, live, live_end, list_end;
	bool lead;
	size_t bytes; /* of the pieces so far */
} walker;

static bool ends_blank(const sr_buf *b)
{
	return b->len == 0 || b->ptr[b->len - 1] == ' ';
}

static void add_text(walker *w, sr_str text, bool linked)
{
	size_t before = w->text.len, start = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c != ' ' && !(c >= '\t' && c <= '\r'))
			continue;
		/* a single blank between words is copied with them */
		if (c == ' ' && i > start && i + 1 < text.len && (unsigned char)text.ptr[i + 1] > ' ')
			continue;
		sr_buf_add(&w->text, sr_str_slice(text, start, i));
		if (!ends_blank(&w->text))
			sr_buf_add_char(&w->text, ' ');
		start = i + 1;
	}
	sr_buf_add(&w->text, sr_str_slice(text, start, text.len));
	if (linked)
		w->link_bytes += (uint32_t)(w->text.len - before);
	if (w->text.len > before + 1 || (w->text.len > before && !ends_blank(&w->text)))
		w->breaks = 0;
}

static sr_block_kind kind_now(const walker *w, uint8_t *level)
{
	*level = 0;
	for (size_t k = w->depth; k-- > 0;) {
		uint8_t tag = w->open[k].tag;
		if (tag >= SR_HTML_h1 && tag <= SR_HTML_h6) {
			*level = (uint8_t)(tag - SR_HTML_h1 + 1);
			return SR_BLOCK_HEADING;
		}
		if (tag == SR_HTML_li || tag == SR_HTML_dd || tag == SR_HTML_dt)
			return SR_BLOCK_LIST;
		if (tag == SR_HTML_blockquote)
			return SR_BLOCK_QUOTE;
	}
	return SR_BLOCK_PARAGRAPH;
}

static void flush(walker *w)
{
	sr_str text = sr_str_trim(sr_buf_str(&w->text));
	if (text.len) {
		w->bytes += text.len;
		piece *q = SR_PUSH(w->p->arena, w->out);
		if (q) {
			q->kind = kind_now(w, &q->level);
			q->text = sr_str_dup(w->p->arena, text);
			q->link_bytes = w->link_bytes;
			q->node = w->block;
			q->list = w->list;
			q->live = w->live;
			q->lead = w->lead;
			q->in_table = w->depth && w->open[w->depth - 1].data_table;
		}
	}
	sr_buf_clear(&w->text);
	w->link_bytes = 0;
	w->breaks = 0;
}

/* A table of short cells, against one that lays out the page. */
static bool is_data_table(const sr_html *h, uint32_t table)
{
	uint32_t cells = 0, bytes = 0, rows = 0;
	for (uint32_t i = table + 1; i < h->nodes[table].end; i++) {
		uint8_t tag = h->nodes[i].tag;
		if (tag == SR_HTML_table || tag == SR_HTML_p || tag == SR_HTML_h1 || tag == SR_HTML_h2)
			return false;
		cells += tag == SR_HTML_td || tag == SR_HTML_th;
		rows += tag == SR_HTML_tr;
		bytes += tag == SR_HTML_TEXT ? (uint32_t)h->nodes[i].text.len : 0;
	}
	return cells > rows && rows > 1 && bytes / cells < 200;
}

static void open_element(walker *w, uint32_t i)
{
	const sr_html_node *n = &w->p->html.nodes[i];
	bool data = w->depth && w->open[w->depth - 1].data_table;
	if (data && (n->tag == SR_HTML_td || n->tag == SR_HTML_th)) {
		if (!ends_blank(&w->text))
			sr_buf_add_char(&w->text, ' ');
		if (w->text.len > 2 && w->text.ptr[w->text.len - 2] != '|')
			sr_buf_add(&w->text, SR_STR("| "));
	} else if (!data || n->tag == SR_HTML_tr) {
		flush(w);
	}
	if (n->tag == SR_HTML_table)
		data = is_data_table(&w->p->html, i);
	if (w->depth < OPEN_MAX)
		w->open[w->depth++] = (open_block){ n->end, n->tag, data };
	w->block = i;
	if ((n->tag == SR_HTML_ul || n->tag == SR_HTML_ol || n->tag == SR_HTML_dl) && !w->list) {
		w->list = i;
		w->list_end = n->end;
	}
}

/* Closes what ends before node i. */
static void close_elements(walker *w, uint32_t i)
{
	while (w->depth && w->open[w->depth - 1].end <= i) {
		open_block top = w->open[w->depth - 1];
		bool cell = top.data_table && top.tag != SR_HTML_table && top.tag != SR_HTML_tr;
		if (!cell)
			flush(w);
		w->depth--;
	}
	if (w->list && i >= w->list_end) {
		flush(w);
		w->list = 0;
	}
	if (w->live && i >= w->live_end) {
		flush(w);
		w->live = 0;
	}
}

static void visit(walker *w, uint32_t i)
{
	const sr_html_node *n = &w->p->html.nodes[i];
	switch (n->tag) {
	case SR_HTML_TEXT:
		add_text(w, n->text, i < w->link_end);
		return;
	case SR_HTML_a:
		w->link_end = n->end;
		return;
	case SR_HTML_br:
		if (!ends_blank(&w->text))
			sr_buf_add_char(&w->text, ' ');
		if (++w->breaks >= 2 && !(w->depth && w->open[w->depth - 1].data_table))
			flush(w);
		return;
	default:
		if (!w->live && (w->p->roles[i] & ROLE_LIVE)) {
			flush(w);
			w->live = i;
			w->live_end = n->end;
		}
		if (sr_html_is_block(n->tag))
			open_element(w, i);
	}
}

/* Walks the nodes [from, end): a subtree, or what stands between two places. */
static void walk(walker *w, uint32_t from, uint32_t end)
{
	const html_page *p = w->p;
	const sr_html *h = &p->html;
	for (uint32_t i = from; i < end && w->bytes < GATHER_MAX; i++) {
		const sr_html_node *n = &h->nodes[i];
		bool cut = (p->roles[i] & ROLE_CUT) && i != p->root && !(w->lead && (p->roles[i] & ROLE_LEAD));
		close_elements(w, i);
		if (sr_html_is_silent(n->tag) || cut || n->tag == SR_HTML_head) {
			if (sr_html_is_block(n->tag))
				flush(w);
			i = n->end - 1;
			continue;
		}
		visit(w, i);
	}
	close_elements(w, UINT32_MAX);
	flush(w);
	if (sr_buf_status(&w->text) != SR_OK)
		p->build->status = sr_buf_status(&w->text);
	sr_buf_deinit(&w->text);
}

static void gather(html_page *p, uint32_t from, uint32_t end, bool lead, pieces *out)
{
	walker w = { .p = p, .out = out, .lead = lead, .block = from };
	sr_buf_init(&w.text, 0);
	walk(&w, from, end);
	if (w.bytes >= GATHER_MAX)
		sr_build_note(p->build, "cut after %zu MB of the page's own text", GATHER_MAX >> 20);
}

#define LEAD_MIN 60    /* bytes of a standfirst */
#define LEADS_MAX 4    /* more is no standfirst but another text */
#define LEAD_NODES 300 /* between the title and the text */

static bool within_lead(const html_page *p, uint32_t node)
{
	for (int up = 0; up < 3 && node; up++, node = p->html.nodes[node].parent)
		if (p->roles[node] & ROLE_LEAD)
			return true;
	return false;
}

/* Standfirsts: the prose between the title and the root. */
static void gather_leads(html_page *p, pieces *out)
{
	const sr_html *h = &p->html;
	pieces found = { 0 };
	size_t count = 0;
	if (!p->h1 || p->h1 >= p->root)
		return;
	bool near = p->root - p->h1 <= LEAD_NODES;
	uint32_t from = h->nodes[p->h1].end < p->root ? h->nodes[p->h1].end : p->h1 + 1;
	gather(p, from, p->root, true, &found);
	for (size_t i = 0; i < found.count; i++)
		count += found.items[i].text.len >= LEAD_MIN;
	for (size_t i = 0; i < found.count && count <= LEADS_MAX; i++) {
		const piece *q = &found.items[i];
		if (html_take_byline(p, q->text) || (!near && !within_lead(p, q->node)))
			continue;
		if (q->text.len < LEAD_MIN || q->link_bytes * 2 > q->text.len || sr_str_eq_nocase(q->text, p->title.value))
			continue;
		piece *kept = SR_PUSH(p->arena, out);
		if (!kept)
			return;
		*kept = *q;
		kept->kind = SR_BLOCK_PARAGRAPH;
		kept->level = 0;
	}
}

void html_gather_all(html_page *p, pieces *out)
{
	gather_leads(p, out);
	gather(p, p->root, p->html.nodes[p->root].end, false, out);
}

#define SEARCH_MAX ((size_t)64 << 20) /* bytes of text, for lines of updates that stand there already */

/* The updates of a LiveBlogPosting, where the markup shows none (scripts would bring them). */
static void emit_updates(html_page *p)
{
	size_t searched = 0;
	if (p->updates.count < 2)
		return;
	for (size_t i = 0; i < p->updates.count; i++) {
		sr_str rest = p->updates.items[i].text, line;
		while (sr_str_next_line(&rest, &line)) {
			if ((searched += p->build->text.len) > SEARCH_MAX) {
				sr_build_note(p->build, "cut after %zu updates of the live page", i);
				return;
			}
			if (sr_str_find(sr_buf_str(&p->build->text), sr_str_trim(line), 0) != SIZE_MAX)
				continue;
			sr_block *block = sr_build_block(p->build, SR_BLOCK_UPDATE, line);
			if (!block)
				continue;
			block->group = (uint32_t)i + 1;
			block->time = p->updates.items[i].time;
		}
	}
}

void html_emit(html_page *p)
{
	pieces all = { 0 };
	html_gather_all(p, &all);
	html_choose(p, &all);
	uint32_t groups = 0;
	for (size_t i = 0; i < all.count; i++) {
		piece *q = &all.items[i];
		if (!q->keep)
			continue;
		groups = q->group > groups ? q->group : groups;
		sr_block *block = sr_build_block(p->build, q->in_table ? SR_BLOCK_ROW : q->group ? SR_BLOCK_UPDATE : q->kind, q->text);
		if (!block)
			continue;
		block->group = q->group;
		block->time = q->time;
	}
	if (groups == 0)
		emit_updates(p);
}
