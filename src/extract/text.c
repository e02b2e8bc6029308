/* Plain text and Markdown: the passes over a page's lines, and the blocks that come out of them. */
#include "extractors.h"
#include "page.h"
#include "text.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"

#include <string.h>

typedef struct emitter {
	page *p;
	sr_buf text;
	SR_VEC(sr_relay_mark) marks; /* of the line in hand: offsets into `text` */
	sr_time time;                /* of the update that goes on */
	sr_time day;                 /* of the updates that print only a time of day */
	uint32_t group;
	bool run_in;
} emitter;

static bool is_relay(const page *p, uint32_t number)
{
	for (size_t i = 0; i < p->b->relays.count; i++)
		if (p->b->relays.items[i].number == number)
			return true;
	return false;
}

/* "[2]", "[1, 3]", "[2-4]" at i, all of them numbers of the page's sources: the end, or 0. */
static size_t marks_at(emitter *e, sr_str s, size_t i, bool commit)
{
	uint32_t number = 0, from = 0;
	bool digits = false;
	for (size_t k = i + 1; k < s.len && k < i + 40; k++) {
		unsigned char c = (unsigned char)s.ptr[k];
		if (sr_is_digit(c) && number < 1000) {
			number = number * 10 + (c - '0');
			digits = true;
		} else if (c == ',' || c == ']') {
			if (!digits || !is_relay(e->p, number) || (from && (from >= number || number - from > 50)))
				return 0;
			for (uint32_t n = from ? from : number; commit && n <= number; n++) {
				sr_relay_mark *m = SR_PUSH(e->p->arena, &e->marks);
				if (m)
					*m = (sr_relay_mark){ (uint32_t)e->text.len, n };
			}
			if (c == ']')
				return k + 1;
			number = from = 0;
			digits = false;
		} else if (c == '-' && digits) {
			from = number;
			number = 0;
			digits = false;
		} else if (c != ' ') {
			return 0;
		}
	}
	return 0;
}

/* The line's words without the marks of sources, which are kept with their places. */
static sr_str without_marks(emitter *e, sr_str s)
{
	sr_buf_clear(&e->text);
	e->marks.count = 0;
	if (!e->p->digest)
		return s;
	for (size_t i = 0; i < s.len;) {
		size_t end = s.ptr[i] == '[' ? marks_at(e, s, i, false) : 0;
		if (!end) {
			sr_buf_add_char(&e->text, s.ptr[i++]);
			continue;
		}
		while (e->text.len && e->text.ptr[e->text.len - 1] == ' ')
			e->text.len--;
		(void)marks_at(e, s, i, true);
		i = end;
		/* "at 4 a.m.[1]." had one dot too many only because of the mark */
		if (i < s.len && s.ptr[i] == '.' && e->text.len && e->text.ptr[e->text.len - 1] == '.')
			i++;
	}
	return sr_buf_str(&e->text);
}

static void emit(emitter *e, sr_block_kind kind, sr_str s, size_t base, bool commit_marks)
{
	sr_block *block = sr_build_block(e->p->b, kind, s);
	if (!block)
		return;
	block->time = e->time;
	block->group = e->group;
	for (size_t i = 0; commit_marks && i < e->marks.count; i++) {
		uint32_t at = e->marks.items[i].offset;
		if (at < base || at > base + s.len)
			continue;
		uint32_t offset = block->span.start + (uint32_t)(at - base);
		sr_build_mark(e->p->b, offset < block->span.end ? offset : block->span.end, e->marks.items[i].number);
	}
}

static bool is_heading(const emitter *e, size_t i)
{
	const page *p = e->p;
	const page_line *l = &p->lines.items[i];
	if (l->kind == SR_LINE_HEADING)
		return true;
	if (l->kind != SR_LINE_PLAIN || l->ends || l->words > 14 || l->text.ptr[l->text.len - 1] == ':' || l->text.ptr[l->text.len - 1] == ',')
		return false;
	size_t next = page_next(p, i);
	return next < p->lines.count && page_is_body(&p->lines.items[next]);
}

static sr_block_kind kind_of(sr_line_kind line)
{
	return line == SR_LINE_QUOTE ? SR_BLOCK_QUOTE : line == SR_LINE_LIST ? SR_BLOCK_LIST : line == SR_LINE_ROW ? SR_BLOCK_ROW : SR_BLOCK_PARAGRAPH;
}

static void emit_text(emitter *e, size_t i, sr_str raw)
{
	const page_line *l = &e->p->lines.items[i];
	if (!raw.len)
		return;
	sr_str s = without_marks(e, raw);
	bool heading = l->role == ROLE_HEADING || is_heading(e, i), strong;
	sr_block_kind kind = heading ? SR_BLOCK_HEADING : kind_of(l->kind);
	if (e->group && (kind == SR_BLOCK_PARAGRAPH || kind == SR_BLOCK_LIST))
		kind = SR_BLOCK_UPDATE;
	size_t cut = e->run_in && kind == SR_BLOCK_PARAGRAPH ? page_run_in(e->p, s, &strong) : 0;
	if (cut)
		emit(e, SR_BLOCK_HEADING, sr_str_trim(sr_str_slice(s, 0, cut)), 0, true);
	emit(e, kind, sr_str_slice(s, cut, s.len), cut, true);
}

static sr_time label_time(emitter *e, const page_line *l)
{
	bool assumed;
	sr_time t = sr_printed_date_time(&l->date, page_year(e->p, &l->date, &assumed), e->day);
	if (assumed && sr_time_known(t))
		e->p->b->doc->year_assumed = true;
	return t;
}

/* An entry of the timeline, with the lines below it if its date stood alone. */
static void emit_event(emitter *e, size_t i)
{
	page *p = e->p;
	page_line *l = &p->lines.items[i];
	sr_time time = label_time(e, l);
	sr_str raw = sr_str_slice(l->text, l->skip, l->text.len);
	if (!raw.len && i + 1 < p->lines.count && p->lines.items[i + 1].role == ROLE_TEXT) {
		raw = p->lines.items[i + 1].text;
		p->lines.items[i + 1].role = ROLE_DROP;
	}
	e->time = time;
	emit(e, SR_BLOCK_EVENT, without_marks(e, raw), 0, true);
	sr_build *b = p->b;
	if (b->blocks.count && b->blocks.items[b->blocks.count - 1].kind == SR_BLOCK_EVENT)
		b->blocks.items[b->blocks.count - 1].until = sr_printed_date_until(&l->date, time);
	e->time = SR_TIME_NONE;
}

/* Run-in headings are believed only where a digest has them in most paragraphs, and clearly in one. */
static bool has_run_in(const page *p)
{
	size_t paragraphs = 0, hits = 0, clear = 0;
	for (size_t i = 0; p->digest && i < p->lines.count && paragraphs < 200; i++) {
		const page_line *l = &p->lines.items[i];
		bool strong = false;
		if (l->role != ROLE_TEXT || l->kind != SR_LINE_PLAIN || l->words < 15)
			continue;
		paragraphs++;
		hits += page_run_in(p, l->text, &strong) > 0;
		clear += strong;
	}
	return hits >= 2 && clear >= 1 && hits * 10 >= paragraphs * 6;
}

static void emit_all(page *p)
{
	emitter e = { .p = p, .day = p->b->doc->published };
	sr_buf_init(&e.text, 0);
	e.run_in = has_run_in(p);
	for (size_t i = 0; i < p->lines.count && p->b->status == SR_OK && !p->b->full; i++) {
		page_line *l = &p->lines.items[i];
		switch (l->role) {
		case ROLE_TEXT:
		case ROLE_HEADING: emit_text(&e, i, l->text); break;
		case ROLE_DAY: e.day = label_time(&e, l); break;
		case ROLE_UPDATE:
			e.time = label_time(&e, l);
			e.group++;
			emit_text(&e, i, sr_str_slice(l->text, l->skip, l->text.len));
			break;
		case ROLE_EVENT: emit_event(&e, i); break;
		case ROLE_TIMELINE:
		case ROLE_SOURCES:
			e.time = SR_TIME_NONE;
			e.group = 0;
			break;
		default: break;
		}
	}
	sr_buf_deinit(&e.text);
}

void sr_text_read(sr_build *b, sr_str text, sr_time now)
{
	/* what the passes need lives only as long as they do */
	page p = { .b = b, .now = now, .arena = sr_arena_new((size_t)512 << 20) };
	if (!p.arena || page_tables_init(&p.tables, p.arena) != SR_OK || sr_printed_words_init(&p.dates, p.arena) != SR_OK) {
		b->status = SR_E_NOMEM;
		sr_arena_free(p.arena);
		return;
	}
	page_people(&p);
	page_front_matter(&p, &text);
	page_read(&p, text);
	page_label(&p);
	page_sections(&p);
	page_live(&p);
	page_head(&p);
	page_captions(&p);
	page_footers(&p);
	page_dateline(&p);
	page_times(&p);
	page_site(&p);
	emit_all(&p);
	if (b->doc->kind == SR_DOC_ARTICLE)
		b->doc->kind = p.digest ? SR_DOC_BRIEF : p.live ? SR_DOC_LIVE : SR_DOC_ARTICLE;
	sr_arena_free(p.arena);
}

sr_status sr_extract_text(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_build b;
	sr_decoded decoded;
	SR_TRY(sr_charset_decode(input->bytes, input->content_type, SR_MARKUP_NONE, arena, &decoded, err));
	SR_TRY(sr_build_begin(&b, input, arena, err));
	if (decoded.malformed)
		sr_build_note(&b, "%zu broken characters replaced", decoded.malformed);
	sr_text_read(&b, decoded.text, input->now);
	bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
	SR_TRY(sr_build_end(&b, nothing ? NULL : out, err));
	return nothing ? sr_fail(err, SR_E_INVALID, "no article text in it") : SR_OK;
}
