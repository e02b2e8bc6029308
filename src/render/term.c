/* The terminal page: everything in columns, wrapped by display width. Prose keeps to a measure that
 * can be read; the table of conflicts uses the whole width and becomes a list where that is too
 * narrow. No escape sequence but SGR is ever written. */
#include "cell.h"
#include "page.h"

#include "sitrep/base/unicode.h"

#define PROSE_MAX 92u
#define TABLE_MIN 68u /* narrower than this, a conflict is a list */
#define DATES_MIN 46u /* narrower than this, dates stand above their text */
#define COLUMNS 4     /* mark, statement, holders, origins */

typedef struct screen {
	page *p;
	size_t margin, width, prose; /* columns: left blank, for tables, for text */
} screen;

static cell new_cell(screen *s, size_t width)
{
	cell c;
	cell_init(&c, s->p->arena, width, s->p->options.color);
	return c;
}

static void blanks(screen *s, size_t n)
{
	while (n--)
		sr_buf_add_char(s->p->out, ' ');
}

static void blank_line(screen *s) { sr_buf_add_char(s->p->out, '\n'); }

/* Prints cells beside each other, gap columns apart, and frees them. */
static void put_row(screen *s, size_t indent, cell *cells, size_t count, size_t gap)
{
	size_t height = 0;
	for (size_t i = 0; i < count; i++) {
		cell_break(&cells[i]);
		if (cells[i].failed)
			s->p->out->failed = true;
		if (cells[i].lines.count > height)
			height = cells[i].lines.count;
	}
	for (size_t line = 0; line < height; line++) {
		size_t last = count;
		while (last > 1 && line >= cells[last - 1].lines.count)
			last--;
		blanks(s, s->margin + indent);
		for (size_t i = 0; i < last; i++) {
			blanks(s, i ? gap : 0);
			cell_write(&cells[i], line, i + 1 < last, s->p->out);
		}
		blank_line(s);
	}
	for (size_t i = 0; i < count; i++)
		cell_deinit(&cells[i]);
}

static void add_refs(screen *s, cell *c, sr_cites cites) { cell_tail(c, STYLE_REF, page_refs(s->p, cites)); }

static void add_line(screen *s, cell *c, style st, sr_str text, sr_cites cites)
{
	cell_add(c, st, page_clean(s->p, text));
	add_refs(s, c, cites);
}

/* A narrow mark, then a cell of text beside it. */
static void put_marked(screen *s, const char *mark, style mark_style, cell *text)
{
	cell cells[2] = { new_cell(s, 2), *text };
	cell_add(&cells[0], mark_style, sr_str_c(mark));
	put_row(s, 0, cells, 2, 0);
}

static void put_heading(screen *s, const char *heading)
{
	sr_str words = sr_str_c(heading);
	sr_buf rule;
	sr_buf_init(&rule, 0);
	for (size_t i = sr_str_width(words) + 1; i < s->prose; i++)
		sr_buf_add_c(&rule, "─");
	cell c = new_cell(s, s->prose);
	cell_add(&c, STYLE_STRONG, words);
	cell_tail(&c, STYLE_FAINT, page_keep(s->p, &rule));
	blank_line(s);
	put_row(s, 0, &c, 1, 0);
}

static void put_head(screen *s)
{
	page *p = s->p;
	cell title = new_cell(s, s->prose), meta = new_cell(s, s->prose);
	add_line(s, &title, STYLE_TITLE, p->d->title, p->d->title_cites);
	cell_add(&meta, STYLE_FAINT, page_meta(p));
	put_row(s, 0, &title, 1, 0);
	put_row(s, 0, &meta, 1, 0);
}

static void put_changes(screen *s)
{
	change_list lists[CHANGE_LISTS];
	if (!page_any_change(s->p))
		return;
	sr_str heading = page_format(s->p, "CHANGED SINCE EDITION %u", s->p->d->changes.since);
	put_heading(s, heading.ptr);
	page_changes(s->p, lists);
	for (size_t i = 0; i < CHANGE_LISTS; i++)
		for (size_t j = 0; j < lists[i].count; j++) {
			cell c = new_cell(s, s->prose - 2);
			cell_add(&c, STYLE_STRONG, sr_str_c(lists[i].heading));
			cell_glue(&c, STYLE_STRONG, SR_STR(":"));
			add_line(s, &c, STYLE_PLAIN, page_change(s->p, &lists[i].lines[j]), lists[i].lines[j].cites);
			put_marked(s, "•", STYLE_ALERT, &c);
		}
}

static void put_brief(screen *s)
{
	for (size_t i = 0; i < s->p->d->brief_count; i++) {
		const sr_section *section = &s->p->d->brief[i];
		cell head = new_cell(s, s->prose), text = new_cell(s, s->prose);
		add_line(s, &head, STYLE_STRONG, section->heading, section->heading_cites);
		for (size_t j = 0; j < section->line_count; j++)
			add_line(s, &text, STYLE_PLAIN, section->lines[j].text, section->lines[j].cites);
		blank_line(s);
		put_row(s, 0, &head, 1, 0);
		put_row(s, 0, &text, 1, 0);
	}
}

static style status_style(sr_conflict_status status)
{
	static const style styles[] = { [SR_CONFLICT_OPEN] = STYLE_ALERT, [SR_CONFLICT_SUPERSEDED] = STYLE_FAINT,
		                            [SR_CONFLICT_SETTLED] = STYLE_DONE };
	return styles[status];
}

static void add_holders(screen *s, cell *c, const sr_position *position)
{
	size_t count;
	held_by *holders = page_holders(s->p, position, &count);
	for (size_t i = 0; i < count; i++) {
		cell_add(c, STYLE_PLAIN, holders[i].label);
		add_refs(s, c, holders[i].cites);
		cell_break(c);
	}
}

static void put_position(screen *s, const sr_position *position)
{
	sr_str origins = page_count(s->p, position->origins, "origin", "origins");
	if (s->width < TABLE_MIN) {
		cell text = new_cell(s, s->width - 2), holders = new_cell(s, s->width - 4);
		cell_add(&text, STYLE_PLAIN, page_clean(s->p, position->statement));
		add_holders(s, &holders, position);
		cell_add(&holders, STYLE_FAINT, origins);
		put_marked(s, "•", STYLE_FAINT, &text);
		put_row(s, 4, &holders, 1, 0);
		return;
	}
	size_t origins_width = 10, gap = 2, rest = s->width - 1 - origins_width - 3 * gap, statement = rest * 9 / 20;
	cell cells[COLUMNS] = { new_cell(s, 1), new_cell(s, statement), new_cell(s, rest - statement),
		                    new_cell(s, origins_width) };
	cell_add(&cells[0], STYLE_FAINT, SR_STR("•"));
	cell_add(&cells[1], STYLE_PLAIN, page_clean(s->p, position->statement));
	add_holders(s, &cells[2], position);
	cell_add(&cells[3], STYLE_FAINT, origins);
	put_row(s, 0, cells, COLUMNS, gap);
}

static void put_conflicts(screen *s)
{
	const sr_dossier *d = s->p->d;
	if (d->conflict_count)
		put_heading(s, "WHERE ACCOUNTS CONFLICT");
	for (size_t i = 0; i < d->conflict_count; i++) {
		const sr_conflict *c = &d->conflicts[i];
		cell head = new_cell(s, s->prose);
		cell_add(&head, STYLE_STRONG, page_clean(s->p, c->question));
		cell_add(&head, STYLE_FAINT, SR_STR("·"));
		cell_tail(&head, STYLE_FAINT, sr_str_c(sr_conflict_kind_name(c->kind)));
		cell_tail(&head, STYLE_FAINT, SR_STR("·"));
		sr_str status = sr_str_c(page_status(c)), word;
		if (sr_str_next_field(&status, ' ', &word))
			cell_tail(&head, status_style(c->status), word);
		cell_add(&head, STYLE_FAINT, status);
		if (i)
			blank_line(s);
		put_row(s, 0, &head, 1, 0);
		for (size_t j = 0; j < c->position_count; j++)
			put_position(s, &c->positions[j]);
	}
}

static void put_unknown(screen *s)
{
	if (s->p->d->unknown_count)
		put_heading(s, "NOT KNOWN");
	for (size_t i = 0; i < s->p->d->unknown_count; i++) {
		const sr_unknown *u = &s->p->d->unknown[i];
		cell c = new_cell(s, s->prose - 2);
		cell_add(&c, STYLE_FAINT, sr_str_c(page_reason(u->reason)));
		cell_glue(&c, STYLE_FAINT, SR_STR(":"));
		add_line(s, &c, STYLE_PLAIN, u->text, u->cites);
		put_marked(s, "?", STYLE_ALERT, &c);
	}
}

/* Every line of a quotation has the bar before it. */
static void put_barred(screen *s, cell *c)
{
	cell_break(c);
	cell bar = new_cell(s, 2);
	for (size_t i = 0; i < c->lines.count; i++) {
		cell_add(&bar, STYLE_FAINT, SR_STR("│"));
		cell_break(&bar);
	}
	cell cells[2] = { bar, *c };
	put_row(s, 0, cells, 2, 0);
}

static void put_quotes(screen *s)
{
	if (s->p->d->quote_count)
		put_heading(s, "IN THEIR WORDS");
	for (size_t i = 0; i < s->p->d->quote_count; i++) {
		const sr_quote *q = &s->p->d->quotes[i];
		sr_str text = page_clean(s->p, q->text), note = page_quote_note(s->p, q);
		cell c = new_cell(s, s->prose - 2);
		cell_add(&c, STYLE_PLAIN, page_format(s->p, "“%.*s”", SR_FMT(text)));
		cell_break(&c);
		cell_add(&c, STYLE_FAINT, page_speaker(s->p, q));
		if (note.len)
			cell_add(&c, STYLE_FAINT, page_format(s->p, "(%.*s)", SR_FMT(note)));
		add_refs(s, &c, q->cites);
		if (i)
			blank_line(s);
		put_barred(s, &c);
	}
}

/* A date beside its text, or above it on a narrow screen; column is the width of the dates. */
static void put_dated(screen *s, size_t column, sr_str date, cell *text)
{
	cell when = new_cell(s, column);
	cell_add(&when, STYLE_DATE, date);
	if (s->prose < DATES_MIN) {
		put_row(s, 0, &when, 1, 0);
		put_row(s, 2, text, 1, 0);
		return;
	}
	cell cells[2] = { when, *text };
	put_row(s, 0, cells, 2, 2);
}

static size_t text_width(const screen *s, size_t column)
{
	return s->prose < DATES_MIN ? s->prose - 2 : s->prose - column - 2;
}

static size_t wider(size_t column, sr_str date)
{
	size_t width = sr_str_width(date);
	return width > column ? width : column;
}

static size_t limit_dates(const screen *s, size_t column)
{
	size_t most = s->prose < DATES_MIN ? s->prose : s->prose / 3;
	return column > most ? most : column < 6 ? 6 : column;
}

static void put_points(screen *s, const sr_figure *f)
{
	size_t column = 0;
	for (size_t i = 0; i < f->series_count; i++)
		column = wider(column, page_date(s->p, f->series[i].as_of));
	column = limit_dates(s, column);
	for (size_t i = 0; i < f->series_count; i++) {
		const sr_figure_point *point = &f->series[i];
		sr_str words = page_clean(s->p, point->text), who = page_clean(s->p, point->who);
		cell text = new_cell(s, text_width(s, column));
		cell_add(&text, STYLE_STRONG, page_amount(s->p, f, point));
		if (words.len)
			cell_add(&text, STYLE_PLAIN, page_format(s->p, "· “%.*s”", SR_FMT(words)));
		if (who.len)
			cell_add(&text, STYLE_FAINT, page_format(s->p, "· %.*s", SR_FMT(who)));
		add_refs(s, &text, point->cites);
		put_dated(s, column, page_date(s->p, point->as_of), &text);
	}
}

static void put_figures(screen *s)
{
	if (s->p->d->figure_count)
		put_heading(s, "FIGURES");
	for (size_t i = 0; i < s->p->d->figure_count; i++) {
		cell c = new_cell(s, s->prose);
		cell_add(&c, STYLE_STRONG, page_measure(s->p, &s->p->d->figures[i]));
		if (i)
			blank_line(s);
		put_row(s, 0, &c, 1, 0);
		put_points(s, &s->p->d->figures[i]);
	}
}

static void put_updates(screen *s)
{
	size_t column = 0, count = s->p->d->update_count;
	if (count)
		put_heading(s, "UPDATES, NEWEST FIRST");
	for (size_t i = 0; i < count; i++)
		column = wider(column, page_date_clock(s->p, s->p->updates[i]->at));
	column = limit_dates(s, column);
	for (size_t i = 0; i < count; i++) {
		const sr_update *u = s->p->updates[i];
		cell text = new_cell(s, text_width(s, column));
		add_line(s, &text, STYLE_PLAIN, u->text, u->cites);
		cell_add(&text, STYLE_ALERT, page_clean(s->p, u->note));
		put_dated(s, column, page_date_clock(s->p, u->at), &text);
	}
}

static void put_timeline(screen *s)
{
	size_t column = 0, count = s->p->d->timeline_count;
	if (count)
		put_heading(s, "TIMELINE");
	for (size_t i = 0; i < count; i++)
		column = wider(column, page_event_date(s->p, s->p->timeline[i]));
	column = limit_dates(s, column);
	for (size_t i = 0; i < count; i++) {
		const sr_event *e = s->p->timeline[i];
		cell text = new_cell(s, text_width(s, column));
		add_line(s, &text, STYLE_PLAIN, e->text, e->cites);
		put_dated(s, column, page_event_date(s->p, e), &text);
	}
}

static size_t voice_dates(const screen *s)
{
	size_t column = 0;
	for (size_t i = 0; i < s->p->d->voice_count; i++)
		for (size_t j = 0; j < s->p->d->voices[i].statement_count; j++)
			column = wider(column, page_date(s->p, s->p->d->voices[i].statements[j].said));
	return limit_dates(s, column);
}

static void put_voices(screen *s)
{
	size_t column = voice_dates(s);
	if (s->p->d->voice_count)
		put_heading(s, "WHO SAID WHAT");
	for (size_t i = 0; i < s->p->d->voice_count; i++) {
		const sr_voice *v = &s->p->d->voices[i];
		cell head = new_cell(s, s->prose);
		cell_add(&head, STYLE_STRONG, page_voice_name(s->p, v));
		cell_add(&head, STYLE_FAINT, page_voice_facts(s->p, v));
		if (i)
			blank_line(s);
		put_row(s, 0, &head, 1, 0);
		for (size_t j = 0; j < v->statement_count; j++) {
			const sr_statement *x = &v->statements[j];
			cell text = new_cell(s, text_width(s, column));
			cell_add(&text, x->stance == SR_STANCE_DENIES || x->stance == SR_STANCE_DOUBTS ? STYLE_ALERT : STYLE_FAINT, sr_str_c(sr_stance_name(x->stance)));
			cell_glue(&text, STYLE_FAINT, SR_STR(":"));
			add_line(s, &text, STYLE_PLAIN, x->text, x->cites);
			cell_add(&text, STYLE_FAINT, page_statement_note(s->p, x));
			put_dated(s, column, page_date(s->p, x->said), &text);
		}
	}
}

static void put_source(screen *s, const sr_source *source)
{
	page *p = s->p;
	sr_str facts = page_source_facts(p, source), notes = page_source_notes(p, source);
	sr_str number = page_format(p, "[%u]", source->n);
	size_t column = sr_str_width(number) < 4 ? 4 : sr_str_width(number);
	cell cells[2] = { new_cell(s, column), new_cell(s, s->prose - column - 1) };
	cell_add(&cells[0], STYLE_REF, number);
	cell_add(&cells[1], STYLE_STRONG, page_publisher(p, source));
	if (facts.len) {
		cell_glue(&cells[1], STYLE_PLAIN, SR_STR(","));
		cell_add(&cells[1], STYLE_PLAIN, facts);
	}
	cell_break(&cells[1]);
	cell_add(&cells[1], STYLE_PLAIN, page_clean(p, source->title));
	cell_break(&cells[1]);
	cell_add(&cells[1], STYLE_FAINT, page_source_what(p, source));
	cell_add(&cells[1], source->status == SR_DOC_WITHDRAWN ? STYLE_ALERT : STYLE_FAINT, notes);
	cell_break(&cells[1]);
	if (page_url_ok(source->url))
		cell_add(&cells[1], STYLE_FAINT, source->url);
	put_row(s, 0, cells, 2, 1);
}

sr_status render_term(page *p)
{
	size_t width = p->options.width ? p->options.width : SR_RENDER_WIDTH;
	width = width < SR_RENDER_WIDTH_MIN ? SR_RENDER_WIDTH_MIN : width > SR_RENDER_WIDTH_MAX ? SR_RENDER_WIDTH_MAX : width;
	screen s = { .p = p, .margin = width >= 60 ? 2 : 0 };
	s.width = width - 2 * s.margin;
	s.prose = s.width < PROSE_MAX ? s.width : PROSE_MAX;
	blank_line(&s);
	put_head(&s);
	put_changes(&s);
	put_brief(&s);
	put_conflicts(&s);
	put_unknown(&s);
	put_quotes(&s);
	put_figures(&s);
	put_updates(&s);
	put_timeline(&s);
	put_voices(&s);
	if (p->d->source_count)
		put_heading(&s, "SOURCES");
	for (size_t i = 0; i < p->d->source_count; i++)
		put_source(&s, &p->d->sources[i]);
	blank_line(&s);
	return SR_OK;
}
