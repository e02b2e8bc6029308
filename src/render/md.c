/* Markdown (CommonMark, with GitHub's tables). Text of others is escaped so that no construct of
 * either can begin in it. */
#include "page.h"

#include "sitrep/base/utf8.h"

#include <string.h>

static bool is_word_byte(sr_str s, size_t i)
{
	unsigned char c = i < s.len ? (unsigned char)s.ptr[i] : ' ';
	return sr_is_alpha(c) || sr_is_digit(c) || c >= 0x80;
}

/* Whether the byte at i would or could mean something inside a line. */
static bool is_inline_special(sr_str s, size_t i)
{
	char c = s.ptr[i];
	if (strchr("\\`*[]<>|~", c))
		return true;
	if (c == '_') /* inside a word it cannot be emphasis */
		return i == 0 || !is_word_byte(s, i - 1) || !is_word_byte(s, i + 1);
	if (c == '&') /* an entity */
		return is_word_byte(s, i + 1) || (i + 1 < s.len && s.ptr[i + 1] == '#');
	if (c == ':') /* GitHub makes links of bare addresses */
		return sr_str_starts(sr_str_slice(s, i, s.len), SR_STR("://"));
	if (c == '.')
		return i >= 3 && sr_str_eq_nocase(sr_str_slice(s, i - 3, i), SR_STR("www"));
	return false;
}

/* Where a list number or rule mark that opens the text has its punctuation: that byte is escaped. */
static size_t block_special(sr_str s)
{
	size_t i = 0;
	while (i < s.len && i < 10 && sr_is_digit((unsigned char)s.ptr[i]))
		i++;
	if (i < s.len && ((i > 0 && (s.ptr[i] == '.' || s.ptr[i] == ')')) || (i == 0 && strchr("#+-=", s.ptr[0]))))
		return i;
	return SIZE_MAX;
}

static void put(page *p, sr_str clean)
{
	size_t block = block_special(clean);
	for (size_t i = 0; i < clean.len; i++) {
		if (i == block || is_inline_special(clean, i))
			sr_buf_add_char(p->out, '\\');
		sr_buf_add_char(p->out, clean.ptr[i]);
	}
}

static void put_raw(page *p, sr_str s) { put(p, page_clean(p, s)); }
static void lit(page *p, const char *s) { sr_buf_add_c(p->out, s); }

/* Source numbers, which are ours: ` [1][3]`. */
static void put_refs(page *p, sr_cites cites)
{
	if (cites.count) {
		sr_buf_add_char(p->out, ' ');
		sr_buf_add(p->out, page_refs(p, cites));
	}
}

/* Nothing if nothing is left to print: empty marks would be a rule across the page. */
static bool put_bold(page *p, sr_str s)
{
	sr_str clean = page_clean(p, s);
	if (!clean.len)
		return false;
	lit(p, "**");
	put(p, clean);
	lit(p, "**");
	return true;
}

/* What has no day begins with its words. */
static void put_day(page *p, sr_str date)
{
	if (date.len)
		sr_buf_printf(p->out, "**%.*s** ", SR_FMT(date));
}

static void put_head(page *p)
{
	sr_str title = page_clean(p, p->d->title);
	lit(p, "# ");
	put(p, title.len ? title : SR_STR("Untitled story"));
	put_refs(p, p->d->title_cites);
	lit(p, "\n*");
	put(p, page_meta(p));
	lit(p, "*\n");
}

static void put_changes(page *p)
{
	change_list lists[CHANGE_LISTS];
	if (!page_any_change(p))
		return;
	sr_buf_printf(p->out, "\n## Changed since edition %u\n", p->d->changes.since);
	page_changes(p, lists);
	for (size_t i = 0; i < CHANGE_LISTS; i++)
		for (size_t j = 0; j < lists[i].count; j++) {
			sr_buf_printf(p->out, "- **%s:** ", lists[i].heading);
			put_raw(p, page_change(p, &lists[i].lines[j]));
			put_refs(p, lists[i].lines[j].cites);
			lit(p, "\n");
		}
}

static void put_brief(page *p)
{
	for (size_t i = 0; i < p->d->brief_count; i++) {
		const sr_section *section = &p->d->brief[i];
		lit(p, "\n");
		if (put_bold(p, section->heading)) {
			put_refs(p, section->heading_cites);
			lit(p, section->line_count ? " " : "");
		}
		for (size_t j = 0; j < section->line_count; j++) {
			lit(p, j ? " " : "");
			put_raw(p, section->lines[j].text);
			put_refs(p, section->lines[j].cites);
		}
		lit(p, "\n");
	}
}

static void put_position(page *p, const sr_conflict *c, size_t i)
{
	const sr_position *position = &c->positions[i];
	lit(p, "| ");
	if (i == 0) {
		lit(p, put_bold(p, c->question) ? " · " : "");
		sr_buf_printf(p->out, "%s · %s", sr_conflict_kind_name(c->kind), page_status(c));
	}
	lit(p, " | ");
	put_raw(p, position->statement);
	lit(p, " | ");
	size_t count;
	held_by *holders = page_holders(p, position, &count);
	for (size_t j = 0; j < count; j++) {
		lit(p, j ? "; " : "");
		put(p, holders[j].label);
		put_refs(p, holders[j].cites);
	}
	sr_buf_printf(p->out, " | %u |\n", position->origins);
}

static void put_conflicts(page *p)
{
	if (!p->d->conflict_count)
		return;
	lit(p, "\n## Where accounts conflict\n| question | position | who, through whom, when | origins |\n"
	       "|---|---|---|---|\n");
	for (size_t i = 0; i < p->d->conflict_count; i++)
		for (size_t j = 0; j < p->d->conflicts[i].position_count; j++)
			put_position(p, &p->d->conflicts[i], j);
}

static void put_unknown(page *p)
{
	if (p->d->unknown_count)
		lit(p, "\n## Not known\n");
	for (size_t i = 0; i < p->d->unknown_count; i++) {
		const sr_unknown *u = &p->d->unknown[i];
		sr_buf_printf(p->out, "- *%s:* ", page_reason(u->reason));
		put_raw(p, u->text);
		put_refs(p, u->cites);
		lit(p, "\n");
	}
}

static void put_quotes(page *p)
{
	if (p->d->quote_count)
		lit(p, "\n## In their words\n");
	for (size_t i = 0; i < p->d->quote_count; i++) {
		const sr_quote *q = &p->d->quotes[i];
		sr_str note = page_quote_note(p, q);
		lit(p, i ? "\n> \"" : "> \"");
		put_raw(p, q->text);
		lit(p, "\"  \n> ");
		put(p, page_speaker(p, q));
		if (note.len)
			sr_buf_printf(p->out, " (%.*s)", SR_FMT(note));
		put_refs(p, q->cites);
		lit(p, "\n");
	}
}

static void put_figures(page *p)
{
	if (p->d->figure_count)
		lit(p, "\n## Figures\n");
	for (size_t i = 0; i < p->d->figure_count; i++) {
		const sr_figure *f = &p->d->figures[i];
		lit(p, i ? "\n" : "");
		put_bold(p, page_measure(p, f));
		lit(p, "\n");
		for (size_t j = 0; j < f->series_count; j++) {
			const sr_figure_point *point = &f->series[j];
			sr_str date = page_date(p, point->as_of);
			lit(p, "- ");
			put_day(p, date);
			put(p, page_amount(p, f, point));
			if (point->text.len) {
				lit(p, " · \"");
				put_raw(p, point->text);
				lit(p, "\"");
			}
			if (point->who.len) {
				lit(p, " · ");
				put_raw(p, point->who);
			}
			put_refs(p, point->cites);
			lit(p, "\n");
		}
	}
}

static void put_dated(page *p, sr_str date, sr_str text, sr_cites cites, sr_str note)
{
	lit(p, "- ");
	put_day(p, date);
	put_raw(p, text);
	put_refs(p, cites);
	if (note.len) {
		lit(p, " *");
		put_raw(p, note);
		lit(p, "*");
	}
	lit(p, "\n");
}

static void put_updates(page *p)
{
	if (p->d->update_count)
		lit(p, "\n## Updates, newest first\n");
	for (size_t i = 0; i < p->d->update_count; i++) {
		const sr_update *u = p->updates[i];
		put_dated(p, page_date_clock(p, u->at), u->text, u->cites, u->note);
	}
}

static void put_timeline(page *p)
{
	if (p->d->timeline_count)
		lit(p, "\n## Timeline\n");
	for (size_t i = 0; i < p->d->timeline_count; i++) {
		const sr_event *e = p->timeline[i];
		put_dated(p, page_event_date(p, e), e->text, e->cites, (sr_str){ 0 });
	}
}

static void put_statement(page *p, const sr_statement *s)
{
	sr_str date = page_date(p, s->said), note = page_statement_note(p, s);
	lit(p, "- ");
	put_day(p, date);
	sr_buf_printf(p->out, "*%s:* ", sr_stance_name(s->stance));
	put_raw(p, s->text);
	put_refs(p, s->cites);
	if (note.len) {
		lit(p, " (");
		put(p, note);
		lit(p, ")");
	}
	lit(p, "\n");
}

static void put_voices(page *p)
{
	if (p->d->voice_count)
		lit(p, "\n## Who said what\n");
	for (size_t i = 0; i < p->d->voice_count; i++) {
		const sr_voice *v = &p->d->voices[i];
		sr_str facts = page_voice_facts(p, v);
		lit(p, "\n");
		put_bold(p, page_voice_name(p, v));
		if (facts.len) {
			lit(p, " · ");
			put(p, facts);
		}
		lit(p, "\n");
		for (size_t j = 0; j < v->statement_count; j++)
			put_statement(p, &v->statements[j]);
	}
}

static void put_source(page *p, const sr_source *s)
{
	sr_str facts = page_source_facts(p, s), notes = page_source_notes(p, s);
	sr_str what = page_source_what(p, s), title = page_source_title(p, s);
	sr_buf_printf(p->out, "%u. **", s->n);
	put(p, page_publisher(p, s));
	lit(p, "**");
	if (facts.len) {
		lit(p, ", ");
		put(p, facts);
	}
	if (title.len) {
		lit(p, ": ");
		put(p, title);
	}
	if (what.len) {
		lit(p, title.len ? " " : ": ");
		put(p, what);
	}
	if (notes.len)
		sr_buf_printf(p->out, " *%.*s*", SR_FMT(notes));
	if (page_url_ok(s->url))
		sr_buf_printf(p->out, " <%.*s>", SR_FMT(s->url));
	lit(p, "\n");
}

sr_status render_md(page *p)
{
	put_head(p);
	put_changes(p);
	put_brief(p);
	put_conflicts(p);
	put_unknown(p);
	put_quotes(p);
	put_figures(p);
	put_updates(p);
	put_timeline(p);
	put_voices(p);
	if (p->d->source_count)
		lit(p, "\n## Sources\n");
	for (size_t i = 0; i < p->d->source_count; i++)
		put_source(p, &p->d->sources[i]);
	return SR_OK;
}
