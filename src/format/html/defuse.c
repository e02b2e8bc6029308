/* What is done to the bytes before the parser sees them: valid UTF-8; no tag with more attributes than
 * the ceiling, because libxml2 compares every attribute with all before it; no comments, styles and texts of
 * scripts, because it goes through them sign by sign, and they are two fifths of what pages are made of; and, where end
 * tags abound, none that closes nothing, because it looks through all open elements for each. */
#include "names.h"

#include "sitrep/base/utf8.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/';
}

/* p stands after "<x" of a start tag. Passes over up to max attributes, and gives in *cut_from where
 * the first one too many begins (or NULL). Returns the place of the closing '>' or end. */
static const char *pass_tag(const char *p, const char *end, size_t max, const char **cut_from)
{
	size_t attributes = 0;
	*cut_from = NULL;
	while (p < end && !is_blank(*p) && *p != '>')
		p++;
	while (p < end && *p != '>') {
		if (is_blank(*p)) {
			p++;
			continue;
		}
		if (++attributes > max && !*cut_from)
			*cut_from = p;
		while (p < end && !is_blank(*p) && *p != '>' && *p != '=')
			p++;
		while (p < end && is_blank(*p))
			p++;
		if (p == end || *p != '=')
			continue;
		p++;
		while (p < end && is_blank(*p) && *p != '/')
			p++;
		if (p < end && (*p == '"' || *p == '\'')) {
			const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
			p = close ? close + 1 : end;
		} else {
			while (p < end && !is_blank(*p) && *p != '>')
				p++;
		}
	}
	return p;
}

/* A tag of at most this many bytes cannot hold more attributes than any sensible ceiling. */
#define SHORT_TAG 1024

/* True if the tag plainly ends at the first '>': no quotation mark is open there. */
static bool ends_plainly(const char *p, const char *close)
{
	unsigned doubles = 0, singles = 0;
	for (; p < close; p++) {
		doubles += *p == '"';
		singles += *p == '\'';
	}
	return !(doubles & 1) && !(singles & 1);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The place of </name behind p, or end. */
static const char *find_end_tag(const char *p, const char *end, sr_str name)
{
	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		sr_str rest = sr_str_make(p, (size_t)(end - p));
		if (rest.len > 1 && p[1] == '/' && sr_str_starts_nocase(sr_str_slice(rest, 2, rest.len), name))
			return p;
		p++;
	}
	return end;
}

/* "script" or "style", if p stands at the name of such an element, whose text ends only at its end tag; or empty. */
static sr_str raw_name(const char *p, const char *end)
{
	static const sr_str names[] = { SR_STR_INIT("script"), SR_STR_INIT("style") };
	if ((*p | 32) != 's')
		return (sr_str){ 0 };
	sr_str rest = sr_str_make(p, (size_t)(end - p));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (sr_str_starts_nocase(rest, names[i]) && rest.len > names[i].len
		    && (is_blank(p[names[i].len]) || p[names[i].len] == '>'))
			return names[i];
	return (sr_str){ 0 };
}

typedef struct cutter {
	html_defused *out;
	sr_arena *arena;
	const char *kept, *end; /* what is not yet copied */
	size_t max_attributes, end_tags;
} cutter;

/* Leaves out [from, to). */
static void cut(cutter *c, const char *from, const char *to)
{
	sr_buf_add(&c->out->buf, sr_str_make(c->kept, (size_t)(from - c->kept)));
	c->kept = to;
}

/* p stands at the name of a start tag; gives the place of its '>' or the end. */
static const char *cut_attributes(cutter *c, const char *p)
{
	size_t window = (size_t)(c->end - p) < SHORT_TAG ? (size_t)(c->end - p) : SHORT_TAG;
	const char *close = memchr(p, '>', window), *from;
	if (close && ends_plainly(p, close))
		return close;
	close = pass_tag(p, c->end, c->max_attributes, &from);
	if (from) {
		cut(c, from, close);
		c->out->dropped = true;
	}
	return close;
}

/* p stands at the '>' of the start tag of a script or style; gives the place of its end tag or the end. */
static const char *cut_raw(cutter *c, const char *p, sr_str name)
{
	const char *text = p + 1, *behind = find_end_tag(text, c->end, name);
	if (behind == text)
		return behind;
	cut(c, text, behind);
	html_raw *raw = name.len == 6 ? SR_PUSH(c->arena, &c->out->raws) : NULL;
	if (raw)
		*raw = (html_raw){ c->out->buf.len - 1, sr_str_make(text, (size_t)(behind - text)) };
	return behind;
}

static void cut_page(cutter *c, sr_str page)
{
	const char *p = page.ptr, *end = c->end = page.ptr + page.len;
	c->kept = p;
	while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
		const char *tag = p++;
		c->out->tags++;
		if (p == end)
			break;
		c->end_tags += *p == '/';
		if (*p == '!' && sr_str_starts(sr_str_make(p, (size_t)(end - p)), SR_STR("!--"))) {
			const char *close = memmem(p, (size_t)(end - p), "-->", 3);
			cut(c, tag, close ? close + 3 : end);
			p = close ? close + 3 : end;
			continue;
		}
		if (!is_letter(*p))
			continue;
		sr_str raw = raw_name(p, end);
		p = cut_attributes(c, p);
		if (raw.len && p < end && p[-1] != '/')
			p = cut_raw(c, p, raw);
	}
	if (c->kept != page.ptr)
		cut(c, end, end);
}

#define NAMES 512          /* slots; names that share one are counted together */
#define ENDS_TO_SPARE 2000 /* end tags beyond twice the start tags: a page never has as many */

static size_t slot_of(const char *p, const char *end)
{
	size_t hash = 5381;
	for (; p < end && (is_letter(*p) || (*p >= '0' && *p <= '9')); p++)
		hash = hash * 33 + (size_t)(*p | 32);
	return hash % NAMES;
}

/* Copies the page without the end tags that no start tag of their name stands before, and moves the places of
 * raws with what they stand at. */
static void drop_ends(html_defused *d, sr_buf *buf)
{
	size_t open[NAMES] = { 0 }, raw = 0, removed = 0;
	const char *p = d->page.ptr, *end = d->page.ptr + d->page.len, *kept = p;
	while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
		const char *tag = p++;
		if (p < end && is_letter(*p))
			open[slot_of(p, end)]++;
		if (p == end || *p != '/')
			continue;
		size_t *count = &open[slot_of(p + 1, end)];
		if (*count) {
			--*count;
			continue;
		}
		const char *close = memchr(p, '>', (size_t)(end - p));
		sr_buf_add(buf, sr_str_make(kept, (size_t)(tag - kept)));
		for (; raw < d->raws.count && d->raws.items[raw].at < (size_t)(tag - d->page.ptr); raw++)
			d->raws.items[raw].at -= removed;
		kept = p = close ? close + 1 : end;
		removed += (size_t)(kept - tag);
	}
	for (; raw < d->raws.count; raw++)
		d->raws.items[raw].at -= removed;
	sr_buf_add(buf, sr_str_make(kept, (size_t)(end - kept)));
}

static sr_str valid_text(sr_str page, sr_buf *valid)
{
	if (sr_utf8_valid(page) && !(page.len && memchr(page.ptr, 0, page.len)))
		return page;
	sr_utf8_repair(valid, page);
	for (size_t i = 0; i < valid->len; i++)
		if (valid->ptr[i] == 0)
			valid->ptr[i] = ' ';
	return sr_buf_str(valid);
}

sr_status html_defuse(sr_str page, size_t max_attributes, sr_arena *arena, html_defused *out)
{
	*out = (html_defused){ 0 };
	sr_buf_init(&out->buf, 0);
	sr_buf_init(&out->valid, 0);
	page = valid_text(page, &out->valid);
	cutter c = { .out = out, .arena = arena, .max_attributes = max_attributes < SHORT_TAG / 2 ? max_attributes : SHORT_TAG / 2 };
	cut_page(&c, page);
	out->page = c.kept == page.ptr ? page : sr_buf_str(&out->buf);
	if (c.end_tags > 2 * (out->tags - c.end_tags) + ENDS_TO_SPARE) {
		sr_buf fewer;
		sr_buf_init(&fewer, 0);
		drop_ends(out, &fewer);
		sr_buf_deinit(&out->buf);
		out->buf = fewer;
		out->page = sr_buf_str(&fewer);
	}
	return sr_buf_status(&out->buf) == SR_OK && sr_buf_status(&out->valid) == SR_OK ? SR_OK : SR_E_NOMEM;
}

void html_defused_deinit(html_defused *d)
{
	sr_buf_deinit(&d->buf);
	sr_buf_deinit(&d->valid);
}
