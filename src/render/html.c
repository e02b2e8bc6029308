/* One self-contained HTML page: no scripts, no requests, a policy that forbids both. */
#include "html.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"

#include <math.h>
#include <string.h>

void html_lit(html *h, const char *markup) { sr_buf_add_c(h->p->out, markup); }

void html_text(html *h, sr_str clean)
{
	for (size_t i = 0; i < clean.len; i++)
		switch (clean.ptr[i]) {
		case '&': html_lit(h, "&amp;"); break;
		case '<': html_lit(h, "&lt;"); break;
		case '>': html_lit(h, "&gt;"); break;
		case '"': html_lit(h, "&quot;"); break;
		case '\'': html_lit(h, "&#39;"); break;
		default: sr_buf_add_char(h->p->out, clean.ptr[i]);
		}
}

void html_words(html *h, sr_str raw)
{
	sr_str words = page_clean(h->p, raw);
	size_t from = 0;
	html_lit(h, "<bdi>");
	for (size_t at = 0; at < words.len; at++)
		if (page_binds(words, at)) {
			html_text(h, sr_str_slice(words, from, at));
			html_lit(h, "\xC2\xA0"); /* no-break space */
			from = at + 1;
		}
	html_text(h, sr_str_slice(words, from, words.len));
	html_lit(h, "</bdi>");
}

void html_time(html *h, sr_time t, sr_str shown)
{
	if (!sr_time_known(t))
		return;
	/* HTML's datetime has no form for a clock without its date, nor for our precisions beyond it */
	html_lit(h, "<time datetime=\"");
	sr_time_write(h->p->out, t);
	html_lit(h, "\">");
	html_text(h, shown);
	html_lit(h, "</time>");
}

/* The style sheet's hash for the policy: SHA-256 in base64 (RFC 4648), from the hex that base gives. */
static void put_hash(html *h, sr_str data)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char hex[SR_SHA256_HEX + 1];
	unsigned bits = 0, held = 0;
	sr_sha256_hex(data, hex);
	for (const char *c = hex; *c; c++) {
		unsigned nibble = *c <= '9' ? (unsigned)(*c - '0') : (unsigned)(*c - 'a') + 10;
		bits = bits << 4 | nibble;
		held += 4;
		if (held >= 6) {
			held -= 6;
			sr_buf_add_char(h->p->out, digits[bits >> held & 63]);
		}
	}
	/* 256 bits leave four, filled up to six and marked by one sign */
	sr_buf_add_char(h->p->out, digits[bits << (6 - held) & 63]);
	sr_buf_add_char(h->p->out, '=');
}

static sr_str title_of(const html *h)
{
	sr_str title = page_clean(h->p, h->p->d->title);
	return title.len ? title : SR_STR("Untitled story");
}

static void put_document_head(html *h)
{
	sr_str style = sr_data("web/dossier.css");
	html_lit(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
	put_hash(h, style);
	html_lit(h, "'; base-uri 'none'; form-action 'none'\"/>\n"
	            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	            "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	            "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	            "<meta name=\"generator\" content=\"sitrep\"/>\n<title>");
	html_text(h, title_of(h));
	html_lit(h, "</title>\n<style>");
	sr_buf_add(h->p->out, style);
	html_lit(h, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the brief</a>\n");
}

static void put_fact(html *h, const char *name, sr_str value, const char *extra)
{
	sr_buf_printf(h->p->out, "<div%s><dt>%s</dt><dd>", extra, name);
	html_text(h, value);
	html_lit(h, "</dd></div>\n");
}

static void put_masthead(html *h)
{
	page *p = h->p;
	uint32_t disputed = page_open_conflicts(p);
	sr_str id = page_clean(p, p->d->id);
	html_lit(h, "<header class=\"masthead\">\n<p class=\"kicker\">Situation report");
	if (id.len) {
		html_lit(h, " · story ");
		html_text(h, id);
	}
	if (p->d->edition)
		sr_buf_printf(p->out, " · edition %u", p->d->edition);
	html_lit(h, "</p>\n<h1><bdi>");
	html_text(h, title_of(h));
	html_lit(h, "</bdi>");
	html_refs(h, p->d->title_cites);
	html_lit(h, "</h1>\n<dl class=\"facts\">\n");
	if (sr_time_known(p->d->updated))
		put_fact(h, "Newest report", page_date_full(p, p->d->updated), "");
	if (sr_time_known(p->d->first_reported))
		put_fact(h, "First reported", page_date_full(p, p->d->first_reported), "");
	put_fact(h, "Read", page_count(p, p->d->documents, "document", "documents"), "");
	put_fact(h, "Independent", page_count(p, p->d->origins, "origin", "origins"), "");
	if (disputed)
		put_fact(h, "Disputed", page_count(p, disputed, "question", "questions"), " class=\"alert\"");
	html_lit(h, "</dl>\n</header>\n");
}

/* The parts of the page in order: their address, their heading, how many entries they have. */
typedef struct part {
	const char *id, *heading;
	size_t count;
	void (*put)(html *h);
} part;

static void put_nav(html *h, const part *parts, size_t count)
{
	html_lit(h, "<nav aria-label=\"Parts of this page\">\n<ul>\n");
	for (size_t i = 0; i < count; i++)
		if (parts[i].count)
			sr_buf_printf(h->p->out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i].id, parts[i].heading);
	html_lit(h, "</ul>\n</nav>\n");
}

static void put_changes(html *h)
{
	change_list lists[CHANGE_LISTS];
	page_changes(h->p, lists);
	sr_buf_printf(h->p->out, "<p class=\"note\">Compared with edition %u.</p>\n<ul class=\"plain\">\n", h->p->d->changes.since);
	for (size_t i = 0; i < CHANGE_LISTS; i++)
		for (size_t j = 0; j < lists[i].count; j++) {
			sr_buf_printf(h->p->out, "<li><span class=\"label\">%s</span> ", lists[i].heading);
			html_words(h, page_change(h->p, &lists[i].lines[j]));
			html_refs(h, lists[i].lines[j].cites);
			html_lit(h, "</li>\n");
		}
	html_lit(h, "</ul>\n");
}

static void put_brief(html *h)
{
	for (size_t i = 0; i < h->p->d->brief_count; i++) {
		const sr_section *section = &h->p->d->brief[i];
		if (section->heading.len) {
			html_lit(h, "<h3>");
			html_words(h, section->heading);
			html_refs(h, section->heading_cites);
			html_lit(h, "</h3>\n");
		}
		if (section->line_count)
			html_lit(h, "<p>");
		for (size_t j = 0; j < section->line_count; j++) {
			html_lit(h, j ? "\n" : "");
			html_words(h, section->lines[j].text);
			html_refs(h, section->lines[j].cites);
		}
		if (section->line_count)
			html_lit(h, "</p>\n");
	}
}

static void put_position(html *h, const sr_position *position)
{
	html_lit(h, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
	html_words(h, position->statement);
	html_lit(h, "</th><td role=\"cell\" class=\"who\"><ul>");
	size_t count;
	held_by *holders = page_holders(h->p, position, &count);
	for (size_t i = 0; i < count; i++) {
		html_lit(h, "<li>");
		html_words(h, holders[i].label);
		html_refs(h, holders[i].cites);
		html_lit(h, "</li>");
	}
	if (!count)
		html_lit(h, "<li>not known</li>");
	html_lit(h, "</ul></td><td role=\"cell\" class=\"origins\">");
	html_text(h, page_count(h->p, position->origins, "origin", "origins"));
	html_lit(h, "</td></tr>\n");
}

static void put_conflicts(html *h)
{
	for (size_t i = 0; i < h->p->d->conflict_count; i++) {
		const sr_conflict *c = &h->p->d->conflicts[i];
		sr_buf_printf(h->p->out, "<article class=\"conflict\" aria-labelledby=\"q%zu\">\n<h3 id=\"q%zu\">", i, i);
		html_words(h, c->question);
		sr_buf_printf(h->p->out, "</h3>\n<p class=\"tags\"><span class=\"tag %s\">%s</span> <span class=\"tag\">%s</span></p>\n",
		              sr_conflict_status_name(c->status), page_status(c), sr_conflict_kind_name(c->kind));
		sr_buf_printf(h->p->out,
		              "<table role=\"table\" aria-labelledby=\"q%zu\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
		              "<th role=\"columnheader\" scope=\"col\">Position</th><th role=\"columnheader\" scope=\"col\">Who, through whom, when</th>"
		              "<th role=\"columnheader\" scope=\"col\">Origins</th></tr></thead>\n<tbody role=\"rowgroup\">\n", i);
		for (size_t j = 0; j < c->position_count; j++)
			put_position(h, &c->positions[j]);
		html_lit(h, "</tbody>\n</table>\n</article>\n");
	}
}

static void put_unknown(html *h)
{
	html_lit(h, "<ul class=\"plain\">\n");
	for (size_t i = 0; i < h->p->d->unknown_count; i++) {
		const sr_unknown *u = &h->p->d->unknown[i];
		sr_buf_printf(h->p->out, "<li><span class=\"label\">%s</span> ", page_reason(u->reason));
		html_words(h, u->text);
		html_refs(h, u->cites);
		html_lit(h, "</li>\n");
	}
	html_lit(h, "</ul>\n");
}

static void put_quotes(html *h)
{
	for (size_t i = 0; i < h->p->d->quote_count; i++) {
		const sr_quote *q = &h->p->d->quotes[i];
		sr_str note = page_quote_note(h->p, q);
		html_lit(h, "<figure class=\"quote\">\n<blockquote><p>“");
		html_words(h, q->text);
		html_lit(h, "”</p></blockquote>\n<figcaption>");
		html_words(h, page_speaker(h->p, q));
		if (note.len)
			sr_buf_printf(h->p->out, " <span class=\"note\">(%.*s)</span>", SR_FMT(note));
		html_refs(h, q->cites);
		html_lit(h, "</figcaption>\n</figure>\n");
	}
}

static double largest(const sr_figure *f)
{
	double most = 0;
	for (size_t i = 0; i < f->series_count; i++) {
		double low = f->series[i].low, high = f->series[i].high;
		if (!(low >= 0 || isinf(low)) || isnan(high))
			return 0; /* below zero or no number: nothing that a bar can show */
		most = isfinite(low) && low > most ? low : most;
		most = isfinite(high) && high > most ? high : most;
	}
	return most;
}

/* A bar to the low bound, and a lighter one on to the high bound. The amount stands beside it in
 * words, so it is hidden from readers that do not see it. */
static void put_bar(html *h, const sr_figure_point *point, double most)
{
	double low = isfinite(point->low) ? point->low : 0, high = isfinite(point->high) ? point->high : low;
	double from = 100 * low / most, to = 100 * (high > low ? high : low) / most;
	sr_buf_printf(h->p->out, "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%%\" height=\"6\"><rect class=\"low\" width=\"%.1f%%\" height=\"6\"/>"
	              "<rect class=\"high\" x=\"%.1f%%\" width=\"%.1f%%\" height=\"6\"/></svg>", from, from, to - from);
}

static void put_figures(html *h)
{
	for (size_t i = 0; i < h->p->d->figure_count; i++) {
		const sr_figure *f = &h->p->d->figures[i];
		double most = f->series_count > 1 ? largest(f) : 0;
		html_lit(h, "<h3>");
		html_words(h, page_measure(h->p, f));
		html_lit(h, "</h3>\n<ol class=\"series\">\n");
		for (size_t j = 0; j < f->series_count; j++) {
			const sr_figure_point *point = &f->series[j];
			html_lit(h, "<li><span class=\"date\">");
			html_time(h, point->as_of, page_date(h->p, point->as_of));
			html_lit(h, "</span><div class=\"point\"><b class=\"amount\">");
			html_text(h, page_amount(h->p, f, point));
			html_lit(h, "</b> ");
			if (point->text.len) {
				html_lit(h, "“");
				html_words(h, point->text);
				html_lit(h, "” ");
			}
			html_lit(h, "<span class=\"note\">");
			html_words(h, point->who);
			html_lit(h, "</span>");
			html_refs(h, point->cites);
			if (most > 0)
				put_bar(h, point, most);
			html_lit(h, "</div></li>\n");
		}
		html_lit(h, "</ol>\n");
	}
}

static void put_updates(html *h)
{
	html_lit(h, "<ol class=\"dated\">\n");
	for (size_t i = 0; i < h->p->d->update_count; i++) {
		const sr_update *u = h->p->updates[i];
		html_lit(h, "<li><span class=\"date\">");
		html_time(h, u->at, page_date_clock(h->p, u->at));
		html_lit(h, "</span><div>");
		html_words(h, u->text);
		html_refs(h, u->cites);
		if (u->note.len) {
			html_lit(h, " <span class=\"remark\">");
			html_words(h, u->note);
			html_lit(h, "</span>");
		}
		html_lit(h, "</div></li>\n");
	}
	html_lit(h, "</ol>\n");
}

static void put_timeline(html *h)
{
	html_lit(h, "<ol class=\"dated timeline\">\n");
	for (size_t i = 0; i < h->p->d->timeline_count; i++) {
		const sr_event *e = h->p->timeline[i];
		html_lit(h, "<li><span class=\"date\">");
		html_time(h, e->date, page_event_date(h->p, e));
		html_lit(h, "</span><div>");
		html_words(h, e->text);
		html_refs(h, e->cites);
		html_lit(h, "</div></li>\n");
	}
	html_lit(h, "</ol>\n");
}

static void put_statement(html *h, const sr_statement *s)
{
	sr_str note = page_statement_note(h->p, s);
	html_lit(h, "<li><span class=\"date\">");
	html_time(h, s->said, page_date(h->p, s->said));
	sr_buf_printf(h->p->out, "</span><div><span class=\"remark\">%s:</span> ", sr_stance_name(s->stance));
	html_words(h, s->text);
	html_refs(h, s->cites);
	if (note.len) {
		html_lit(h, " <span class=\"remark\">");
		html_text(h, note);
		html_lit(h, "</span>");
	}
	html_lit(h, "</div></li>\n");
}

static void put_voices(html *h)
{
	for (size_t i = 0; i < h->p->d->voice_count; i++) {
		const sr_voice *v = &h->p->d->voices[i];
		sr_str facts = page_voice_facts(h->p, v);
		html_lit(h, "<h3>");
		html_words(h, page_voice_name(h->p, v));
		html_lit(h, "</h3>\n");
		if (facts.len) {
			html_lit(h, "<p class=\"note\">");
			html_words(h, facts);
			html_lit(h, "</p>\n");
		}
		html_lit(h, "<ol class=\"dated\">\n");
		for (size_t j = 0; j < v->statement_count; j++)
			put_statement(h, &v->statements[j]);
		html_lit(h, "</ol>\n");
	}
}

static void put_source(html *h, const sr_source *s)
{
	page *p = h->p;
	sr_str facts = page_source_facts(p, s), title = page_clean(p, s->title), notes = page_source_notes(p, s);
	sr_buf_printf(p->out, "<li id=\"s%u\"><span class=\"number\">[%u]</span><div><b>", s->n, s->n);
	html_text(h, page_publisher(p, s));
	html_lit(h, "</b>");
	if (facts.len) {
		html_lit(h, ", ");
		html_text(h, facts);
	}
	if (title.len) {
		html_lit(h, "<span class=\"headline\">");
		if (page_url_ok(s->url)) {
			html_lit(h, "<a rel=\"noopener noreferrer external\" href=\"");
			html_text(h, s->url);
			html_lit(h, "\">");
		}
		html_words(h, s->title);
		html_lit(h, page_url_ok(s->url) ? "</a></span>" : "</span>");
	}
	if (s->description.len) {
		html_lit(h, "<span class=\"what\">");
		html_words(h, page_source_what(p, s));
		html_lit(h, "</span>");
	}
	if (notes.len) {
		sr_buf_printf(p->out, " <span class=\"remark %s\">", sr_doc_status_name(s->status));
		html_text(h, notes);
		html_lit(h, "</span>");
	}
	html_lit(h, "</div></li>\n");
}

static void put_sources(html *h)
{
	html_lit(h, "<ol class=\"sources\">\n");
	for (size_t i = 0; i < h->p->d->source_count; i++)
		put_source(h, &h->p->d->sources[i]);
	html_lit(h, "</ol>\n");
}

static void put_footer(html *h)
{
	html_lit(h, "<footer>\n<p>Every sentence is its sources' own words, or a fixed frame filled with them. "
	            "A number in brackets opens the passage that it stands on.</p>\n");
	if (sr_time_known(h->p->options.now)) {
		html_lit(h, "<p>Made by sitrep on ");
		html_time(h, h->p->options.now, page_date_full(h->p, h->p->options.now));
		html_lit(h, ".</p>\n");
	}
	html_lit(h, "</footer>\n</body>\n</html>\n");
}

sr_status render_html(page *p)
{
	const sr_dossier *d = p->d;
	const part parts[] = {
		{ "changes", "What changed", page_any_change(p) ? 1 : 0, put_changes },
		{ "brief", "The brief", d->brief_count, put_brief },
		{ "conflicts", "Where accounts conflict", d->conflict_count, put_conflicts },
		{ "unknown", "Not known", d->unknown_count, put_unknown },
		{ "quotes", "In their words", d->quote_count, put_quotes },
		{ "figures", "Figures", d->figure_count, put_figures },
		{ "updates", "Updates, newest first", d->update_count, put_updates },
		{ "timeline", "Timeline", d->timeline_count, put_timeline },
		{ "voices", "Who said what", d->voice_count, put_voices },
		{ "sources", "Sources", d->source_count, put_sources },
	};
	const size_t count = sizeof parts / sizeof *parts;
	html h = { .p = p };
	put_document_head(&h);
	put_masthead(&h);
	html_lit(&h, "<div class=\"columns\">\n");
	put_nav(&h, parts, count);
	html_lit(&h, "<main id=\"main\">\n");
	for (size_t i = 0; i < count; i++) {
		if (!parts[i].count)
			continue;
		sr_buf_printf(p->out, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%s</h2>\n", parts[i].id, parts[i].id, parts[i].id,
		              parts[i].heading);
		parts[i].put(&h);
		html_lit(&h, "</section>\n");
	}
	html_lit(&h, "</main>\n<p class=\"hint\" aria-hidden=\"true\">A number in brackets opens the passage that its sentence stands on.</p>\n</div>\n");
	put_footer(&h);
	return SR_OK;
}
