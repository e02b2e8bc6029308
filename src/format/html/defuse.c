/* What is done to the bytes before the parser sees them: valid UTF-8; no tag with more attributes than
 * the ceiling, because libxml2 compares every attribute with all before it; and, where end tags
 * abound, none that closes nothing, because it looks through all open elements for each. */
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

/* Where the text of a script, style or comment that begins at p (behind its '<') ends, or NULL: there
 * the signs of a tag mean nothing. */
static const char *pass_raw(const char *p, const char *end)
{
	sr_str rest = sr_str_make(p, (size_t)(end - p));
	if (*p == '!' && sr_str_starts(rest, SR_STR("!--"))) {
		const char *close = memmem(p, rest.len, "-->", 3);
		return close ? close : end;
	}
	if ((*p | 32) != 's')
		return NULL;
	if (sr_str_starts_nocase(rest, SR_STR("script")))
		return find_end_tag(p, end, SR_STR("script"));
	if (sr_str_starts_nocase(rest, SR_STR("style")))
		return find_end_tag(p, end, SR_STR("style"));
	return NULL;
}

static void cut_attributes(sr_str page, size_t max, sr_buf *buf, size_t *tags, size_t *ends, bool *dropped)
{
	const char *p = page.ptr, *end = page.ptr + page.len, *kept = p;
	while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
		p++;
		++*tags;
		*ends += p < end && *p == '/';
		const char *behind = p < end ? pass_raw(p, end) : NULL;
		if (behind) {
			p = behind;
			continue;
		}
		if (p == end || !is_letter(*p))
			continue;
		size_t window = (size_t)(end - p) < SHORT_TAG ? (size_t)(end - p) : SHORT_TAG;
		const char *close = memchr(p, '>', window), *from;
		if (window < SHORT_TAG || (close && ends_plainly(p, close)))
			continue;
		p = pass_tag(p, end, max, &from);
		if (from) {
			sr_buf_add(buf, sr_str_make(kept, (size_t)(from - kept)));
			kept = p;
			*dropped = true;
		}
	}
	if (*dropped)
		sr_buf_add(buf, sr_str_make(kept, (size_t)(end - kept)));
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

/* Copies the page without the end tags that no start tag of their name stands before. */
static void drop_ends(sr_str page, sr_buf *buf)
{
	size_t open[NAMES] = { 0 };
	const char *p = page.ptr, *end = page.ptr + page.len, *kept = p;
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
		kept = p = close ? close + 1 : end;
	}
	if (kept < end)
		sr_buf_add(buf, sr_str_make(kept, (size_t)(end - kept)));
}

sr_str html_defuse(sr_str page, size_t max_attributes, sr_buf *buf, size_t *tags, bool *dropped)
{
	sr_buf valid;
	size_t ends = 0;
	sr_buf_init(&valid, 0);
	bool whole = sr_utf8_valid(page) && !(page.len && memchr(page.ptr, 0, page.len));
	if (!whole) {
		sr_utf8_repair(&valid, page);
		for (size_t i = 0; i < valid.len; i++)
			if (valid.ptr[i] == 0)
				valid.ptr[i] = ' ';
		page = sr_buf_str(&valid);
	}
	*tags = 0;
	*dropped = false;
	cut_attributes(page, max_attributes < SHORT_TAG / 2 ? max_attributes : SHORT_TAG / 2, buf, tags, &ends, dropped);
	if (*dropped) {
		sr_buf_deinit(&valid);
		page = sr_buf_str(buf);
	} else if (!whole) {
		sr_buf_deinit(buf);
		*buf = valid;
		page = sr_buf_str(buf);
	}
	if (ends <= 2 * (*tags - ends) + ENDS_TO_SPARE)
		return page;
	sr_buf fewer;
	sr_buf_init(&fewer, 0);
	drop_ends(page, &fewer);
	if (sr_buf_status(&fewer) != SR_OK)
		buf->failed = true;
	sr_buf_deinit(buf);
	*buf = fewer;
	return sr_buf_str(buf);
}
