#include "page.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

sr_str page_keep(const page *p, sr_buf *buf)
{
	sr_str kept = sr_str_dup(p->arena, sr_buf_str(buf));
	if (buf->failed || (buf->len && !kept.ptr))
		p->out->failed = true; /* whatever was lost must not go unnoticed */
	sr_buf_deinit(buf);
	return kept;
}

sr_str page_format(const page *p, const char *format, ...)
{
	sr_buf buf;
	char text[256], *longer = NULL;
	va_list args, again;
	sr_buf_init(&buf, 0);
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(text, sizeof text, format, args);
	if (n >= (int)sizeof text && (longer = malloc((size_t)n + 1)))
		vsnprintf(longer, (size_t)n + 1, format, again);
	va_end(again);
	va_end(args);
	if (n < 0 || (n >= (int)sizeof text && !longer))
		buf.failed = true;
	else
		sr_buf_add(&buf, sr_str_make(longer ? longer : text, (size_t)n));
	free(longer);
	return page_keep(p, &buf);
}

sr_str page_clean(const page *p, sr_str s)
{
	sr_buf buf;
	size_t pos = 0;
	bool blank = false;
	sr_buf_init(&buf, 0);
	while (pos < s.len) {
		uint32_t cp = sr_utf8_next(s, &pos);
		if (sr_cp_is_space(cp) && cp != 0x200B && cp != 0xFEFF) {
			blank = buf.len > 0;
			continue;
		}
		/* a mark without a letter of its own would land on what we print before it */
		if (!sr_cp_is_printable(cp) || ((blank || !buf.len) && sr_cp_width(cp) == 0))
			continue;
		if (blank)
			sr_buf_add_char(&buf, ' ');
		blank = false;
		sr_buf_add_cp(&buf, cp);
	}
	return page_keep(p, &buf);
}

static void clock_write(sr_buf *out, sr_time t)
{
	sr_buf_printf(out, ", %02d:%02d", t.hour, t.minute);
	if (t.zoned && t.offset == 0)
		sr_buf_add_c(out, " UTC");
	else if (t.zoned)
		sr_buf_printf(out, " %c%02d:%02d", t.offset < 0 ? '-' : '+', abs(t.offset) / 60, abs(t.offset) % 60);
}

void date_write(sr_buf *out, sr_time t, int without_year, bool clock)
{
	bool month = t.precision >= SR_PRECISION_MONTH && t.month >= 1 && t.month <= 12;
	if (!sr_time_known(t))
		return;
	if (month && t.precision >= SR_PRECISION_DAY)
		sr_buf_printf(out, "%d ", t.day);
	if (month)
		sr_buf_add_c(out, months[t.month - 1]);
	/* a month alone could be taken for a name or a verb, so it keeps its year */
	if (!month || t.precision < SR_PRECISION_DAY || t.year != without_year)
		sr_buf_printf(out, "%s%d", month ? " " : "", t.year);
	if (clock && t.precision >= SR_PRECISION_MINUTE)
		clock_write(out, t);
}

void date_range(sr_buf *out, sr_time from, sr_time until, int without_year)
{
	from = sr_time_truncate(from, SR_PRECISION_DAY);
	until = sr_time_truncate(until, SR_PRECISION_DAY);
	bool days = from.precision == SR_PRECISION_DAY && until.precision == SR_PRECISION_DAY;
	if (!sr_time_known(from) || !sr_time_known(until) || sr_time_cmp(from, until) == 0) {
		date_write(out, sr_time_known(from) ? from : until, without_year, false);
	} else if (days && from.year == until.year && from.month == until.month) {
		sr_buf_printf(out, "%d–", from.day);
		date_write(out, until, without_year, false);
	} else {
		date_write(out, from, from.year == until.year ? until.year : without_year, false);
		sr_buf_add_c(out, " – ");
		date_write(out, until, without_year, false);
	}
}

static sr_str dated(const page *p, sr_time t, int year, bool clock)
{
	sr_buf buf;
	sr_buf_init(&buf, 0);
	date_write(&buf, t, year, clock);
	return page_keep(p, &buf);
}

sr_str page_date_full(const page *p, sr_time t) { return dated(p, t, 0, false); }
sr_str page_date(const page *p, sr_time t) { return dated(p, t, p->year, false); }
sr_str page_date_clock(const page *p, sr_time t) { return dated(p, t, p->year, true); }

sr_str page_event_date(const page *p, const sr_event *e)
{
	sr_buf buf;
	sr_buf_init(&buf, 0);
	if (sr_time_known(e->until))
		date_range(&buf, e->date, e->until, p->year);
	else
		date_write(&buf, e->date, p->year, true);
	return page_keep(p, &buf);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

uint32_t *page_numbers(const page *p, sr_cites cites, size_t *count)
{
	size_t n = 0;
	uint32_t *numbers = SR_NEW_ARRAY(p->arena, uint32_t, cites.count + 1);
	*count = 0;
	if (!numbers) {
		p->out->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < cites.count; i++)
		numbers[i] = cites.items[i].source;
	qsort(numbers, cites.count, sizeof *numbers, by_number);
	for (size_t i = 0; i < cites.count; i++)
		if (n == 0 || numbers[n - 1] != numbers[i])
			numbers[n++] = numbers[i];
	*count = n;
	return numbers;
}

sr_str page_refs(const page *p, sr_cites cites)
{
	sr_buf buf;
	size_t count;
	uint32_t *numbers = page_numbers(p, cites, &count);
	sr_buf_init(&buf, 0);
	for (size_t i = 0; i < count; i++)
		sr_buf_printf(&buf, "[%u]", numbers[i]);
	return page_keep(p, &buf);
}

const sr_source *page_source(const page *p, uint32_t n)
{
	const sr_dossier *d = p->d;
	if (n >= 1 && n <= d->source_count && d->sources[n - 1].n == n)
		return &d->sources[n - 1];
	for (size_t i = 0; i < d->source_count; i++)
		if (d->sources[i].n == n)
			return &d->sources[i];
	return NULL;
}

static void add_part(sr_buf *buf, sr_str s, const char *before)
{
	if (s.len == 0)
		return;
	if (buf->len)
		sr_buf_add_c(buf, ", ");
	sr_buf_add_c(buf, before);
	sr_buf_add(buf, s);
}

sr_str page_name(const page *p, sr_str s)
{
	sr_str clean = page_clean(p, s), name = sr_str_with_capital(p->arena, clean, true);
	if (clean.len && !name.ptr)
		p->out->failed = true;
	return name;
}

static sr_str said_by(const page *p, sr_str who, sr_str role, sr_str via, sr_time said)
{
	sr_buf buf;
	sr_buf_init(&buf, 0);
	who = page_name(p, who);
	role = page_clean(p, role);
	if (who.len && role.len && !sr_str_eq_nocase(who, role))
		sr_buf_printf(&buf, "%.*s (%.*s)", SR_FMT(who), SR_FMT(role));
	else
		sr_buf_add(&buf, who.len ? who : role.len ? role : SR_STR("not named"));
	add_part(&buf, page_clean(p, via), "via ");
	add_part(&buf, page_date(p, said), "");
	return page_keep(p, &buf);
}

/* The cites of each group, one group behind the other; their counts stand in the groups already. */
static void lay_out(const sr_position *position, held_by *groups, size_t count, const uint32_t *group_of, sr_cite *cites)
{
	for (size_t g = 0; g < count; g++) {
		groups[g].cites.items = cites;
		cites += groups[g].cites.count;
		groups[g].cites.count = 0;
	}
	for (size_t i = 0; i < position->held_by_count; i++) {
		sr_cites *of = &groups[group_of[i]].cites;
		of->items[of->count++] = position->held_by[i].cite;
	}
}

held_by *page_holders(const page *p, const sr_position *position, size_t *count)
{
	size_t n = position->held_by_count;
	held_by *groups = SR_NEW_ARRAY(p->arena, held_by, n + 1);
	sr_cite *cites = SR_NEW_ARRAY(p->arena, sr_cite, n + 1);
	uint32_t *group_of = SR_NEW_ARRAY(p->arena, uint32_t, n + 1);
	sr_strmap labels;
	sr_strmap_init(&labels, p->arena);
	*count = 0;
	if (!groups || !cites || !group_of) {
		p->out->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		const sr_holder *h = &position->held_by[i];
		sr_str label = said_by(p, h->who, h->role, h->via, h->said);
		int64_t *number = sr_strmap_put(&labels, label);
		if (!number) {
			p->out->failed = true;
			*count = 0;
			return NULL;
		}
		if (*number == 0) {
			groups[*count].label = label;
			*number = (int64_t)++*count;
		}
		group_of[i] = (uint32_t)(*number - 1);
		groups[group_of[i]].cites.count++;
	}
	lay_out(position, groups, *count, group_of, cites);
	return groups;
}

sr_str page_speaker(const page *p, const sr_quote *q) { return said_by(p, q->speaker, q->role, q->via, q->said); }

sr_str page_count(const page *p, uint32_t n, const char *one, const char *many)
{
	return page_format(p, "%u %s", n, n == 1 ? one : many);
}

uint32_t page_open_conflicts(const page *p)
{
	uint32_t n = 0;
	for (size_t i = 0; i < p->d->conflict_count; i++)
		n += p->d->conflicts[i].status == SR_CONFLICT_OPEN;
	return n;
}

sr_str page_meta(const page *p)
{
	const sr_dossier *d = p->d;
	uint32_t disputed = page_open_conflicts(p);
	sr_str id = page_clean(p, d->id), updated = page_date_full(p, d->updated);
	sr_buf buf;
	sr_buf_init(&buf, 0);
	if (id.len)
		sr_buf_printf(&buf, "Story %.*s · ", SR_FMT(id));
	if (d->edition)
		sr_buf_printf(&buf, "edition %u · ", d->edition);
	if (updated.len)
		sr_buf_printf(&buf, "newest report %.*s · ", SR_FMT(updated));
	sr_buf_add(&buf, page_count(p, d->documents, "document", "documents"));
	sr_buf_add_c(&buf, ", ");
	sr_buf_add(&buf, page_count(p, d->origins, "origin", "origins"));
	if (disputed) {
		sr_buf_add_c(&buf, " · ");
		sr_buf_add(&buf, page_count(p, disputed, "question disputed", "questions disputed"));
	}
	return page_keep(p, &buf);
}

/* Whole numbers in groups of three from five digits on, others as short as they read back. */
static void add_number(sr_buf *out, double v)
{
	char text[48];
	int n;
	if (v != floor(v) || fabs(v) >= 1e15 || fabs(v) < 1e4) {
		sr_buf_printf(out, "%.10g", v);
		return;
	}
	n = snprintf(text, sizeof text, "%.0f", fabs(v));
	if (v < 0)
		sr_buf_add_char(out, '-');
	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			sr_buf_add_char(out, ',');
		sr_buf_add_char(out, text[i]);
	}
}

sr_str page_amount(const page *p, const sr_figure *f, const sr_figure_point *point)
{
	bool low = isfinite(point->low), high = isfinite(point->high);
	sr_str unit = page_clean(p, f->unit);
	sr_buf buf;
	sr_buf_init(&buf, 0);
	if (low != high)
		sr_buf_add_c(&buf, low ? "at least " : "up to ");
	if (low)
		add_number(&buf, point->low);
	if (low && high && point->low != point->high)
		sr_buf_add_c(&buf, "–");
	if (high && (!low || point->low != point->high))
		add_number(&buf, point->high);
	if (unit.len && buf.len) {
		if (!sr_str_eq(unit, SR_STR("%")))
			sr_buf_add_c(&buf, " ");
		sr_buf_add(&buf, unit);
	}
	return page_keep(p, &buf);
}

sr_str page_measure(const page *p, const sr_figure *f)
{
	sr_str measure = page_clean(p, f->measure);
	return measure.len ? measure : SR_STR("Figure");
}

sr_str page_publisher(const page *p, const sr_source *s)
{
	sr_str publisher = page_clean(p, s->publisher), file = page_clean(p, s->path);
	if (publisher.len)
		return publisher;
	for (size_t slash; (slash = sr_str_find_char(file, '/', 0)) != SIZE_MAX;)
		file = sr_str_slice(file, slash + 1, file.len);
	return file.len ? page_format(p, "%.*s (publisher not named)", SR_FMT(file)) : SR_STR("(publisher not named)");
}

sr_str page_source_facts(const page *p, const sr_source *s)
{
	sr_buf buf;
	sr_buf_init(&buf, 0);
	add_part(&buf, page_clean(p, s->credit), "");
	add_part(&buf, page_date_full(p, s->published), "");
	return page_keep(p, &buf);
}

/* With the full stop that it lacks. */
static sr_str stopped(const page *p, sr_str s)
{
	s = page_clean(p, s);
	size_t end = s.len;
	uint32_t last = '.';
	while (end && sr_cp_closes_quote(last = sr_utf8_prev(s, &end))) {
	}
	return last == '.' || last == '!' || last == '?' ? s : page_format(p, "%.*s.", SR_FMT(s));
}

sr_str page_source_what(const page *p, const sr_source *s) { return stopped(p, s->description); }
sr_str page_source_title(const page *p, const sr_source *s) { return stopped(p, s->title); }

/* The first other source of the same origin with a smaller number, or NULL. */
static const sr_source *earlier_of_origin(const page *p, const sr_source *s)
{
	for (size_t i = 0; s->origin && i < p->d->source_count; i++)
		if (p->d->sources[i].n < s->n && p->d->sources[i].origin == s->origin)
			return &p->d->sources[i];
	return NULL;
}

sr_str page_source_notes(const page *p, const sr_source *s)
{
	static const char *const status_notes[] = { [SR_DOC_USABLE] = "", [SR_DOC_CORRECTED] = "Corrected.",
		                                        [SR_DOC_WITHDRAWN] = "Withdrawn." };
	const sr_source *earlier = earlier_of_origin(p, s);
	sr_str status = sr_str_c(status_notes[s->status]);
	if (!earlier)
		return status;
	return page_format(p, "%.*s%sSame origin as [%u].", SR_FMT(status), status.len ? " " : "", earlier->n);
}

sr_str page_quote_note(const page *p, const sr_quote *q)
{
	size_t outlets;
	page_numbers(p, q->cites, &outlets);
	if (outlets < 2 || q->origins == 0)
		return (sr_str){ 0 };
	return page_format(p, "in %zu sources, %u origin%s", outlets, q->origins, q->origins == 1 ? "" : "s");
}

bool page_url_ok(sr_str url)
{
	static const char unsafe[] = "\"'<>\\^`{|}()[]";
	if (!sr_str_starts_nocase(url, SR_STR("http://")) && !sr_str_starts_nocase(url, SR_STR("https://")))
		return false;
	if (url.len > 2048)
		return false;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];
		if (c <= 0x20 || c >= 0x7F)
			return false;
		for (const char *u = unsafe; *u; u++)
			if (c == (unsigned char)*u)
				return false;
	}
	return true;
}

bool page_binds(sr_str s, size_t at)
{
	if (s.ptr[at] != ' ' || !at || !sr_is_digit((unsigned char)s.ptr[at - 1]))
		return false;
	sr_str next = sr_str_slice(s, at + 1, s.len);
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (sr_str_starts(next, sr_str_c(months[i])))
			return next.len == strlen(months[i]) || !sr_is_lower((unsigned char)next.ptr[strlen(months[i])]);
	return false;
}

const char *page_status(const sr_conflict *c)
{
	static const char *const settled[] = {
		[SR_SETTLED_BY_NONE] = "settled",
		[SR_SETTLED_BY_SHARES] = "settled: the shares make about one whole",
		[SR_SETTLED_BY_ADMISSION] = "settled: who denied it has admitted it",
	};
	return c->status == SR_CONFLICT_SETTLED ? settled[c->settled_by] : sr_conflict_status_name(c->status);
}

const char *page_reason(sr_unknown_reason reason)
{
	static const char *const words[] = {
		[SR_UNKNOWN_UNVERIFIED] = "not verified",
		[SR_UNKNOWN_SINGLE_ORIGIN] = "one origin only",
		[SR_UNKNOWN_UNNAMED] = "source not named",
		[SR_UNKNOWN_DISPUTED] = "disputed",
	};
	return words[reason];
}

void page_changes(const page *p, change_list lists[CHANGE_LISTS])
{
	const sr_changes *c = &p->d->changes;
	lists[0] = (change_list){ "New", c->added, c->added_count };
	lists[1] = (change_list){ "Contradicted", c->contradicted, c->contradicted_count };
	lists[2] = (change_list){ "Withdrawn", c->withdrawn, c->withdrawn_count };
	lists[3] = (change_list){ "Strengthened", c->strengthened, c->strengthened_count };
}

sr_str page_change(const page *p, const sr_line *line)
{
	return line->who.len ? page_format(p, "%.*s — %.*s", SR_FMT(line->text), SR_FMT(line->who)) : line->text;
}

bool page_any_change(const page *p)
{
	const sr_changes *c = &p->d->changes;
	return c->since && c->added_count + c->contradicted_count + c->withdrawn_count + c->strengthened_count > 0;
}
