/* Words. Text is cut at white space into chunks; punctuation is peeled off both ends of a chunk; what is left, the core, is cut
 * inside: clitics, hyphens, dashes, slashes, figures and their units. Every step moves forward through the chunk, and a
 * chunk is bounded by WORD_MAX, so the time is linear in the text. */
#include "internal.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

typedef struct splitter {
	const rules *r;
	sr_str text;
	size_t stop;   /* end of the paragraph */
	sr_arena *arena;
	words *out;
	size_t last;   /* end of the last word, or the paragraph's start */
	bool first, failed;
} splitter;

static bool alnum(uint32_t cp) { return sr_cp_is_letter(cp) || sr_cp_is_number(cp) || cp == '_'; }
static bool apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019 || cp == '`' || cp == 0x2018; }

static uint32_t cp_at(sr_str text, size_t pos, size_t end, size_t *next)
{
	*next = pos;
	if (pos >= end) {
		return 0;
	}
	return sr_utf8_next(text, next);
}

static uint32_t cp_before(sr_str text, size_t pos, size_t start, size_t *prev)
{
	*prev = pos;
	if (pos <= start)
		return 0;
	return sr_utf8_prev(text, prev);
}

static void emit(splitter *s, size_t a, size_t b)
{
	if (b <= a || s->failed)
		return;
	word *w = SR_PUSH(s->arena, s->out);
	if (!w) {
		s->failed = true;
		return;
	}
	*w = (word){ .span = { (uint32_t)a, (uint32_t)b }, .opens_block = s->first, .gap = GAP_NONE };
	for (size_t i = s->last; i < a; i++)
		w->gap = s->text.ptr[i] == '\n' ? GAP_LINE : w->gap == GAP_LINE ? GAP_LINE : GAP_SPACE;
	if (s->first)
		w->gap = GAP_LINE;
	s->first = false;
	s->last = b;
}

static bool listed(const sr_strmap *map, sr_str form) { return sr_strmap_get(map, form) != NULL; }

/* ---- what must stay whole ---- */

static bool is_address(sr_str c)
{
	size_t at = sr_str_find_char(c, '@', 1), dot;
	if (sr_str_find(c, SR_STR("://"), 1) != SIZE_MAX || sr_str_starts_nocase(c, SR_STR("www.")))
		return true;
	if (at == SIZE_MAX)
		return false;
	dot = sr_str_find_char(c, '.', at + 2);
	return dot != SIZE_MAX && dot + 1 < c.len;
}

/* letters with single dots between them: U.S, a.m, e.g, Ph.D */
static bool has_dotted_letters(sr_str c)
{
	size_t run = 0, dots = 0;
	for (size_t i = 0; i < c.len; i++) {
		unsigned char b = (unsigned char)c.ptr[i];
		if (b == '.') {
			if (run == 0 || run > 2)
				return false;
			dots++;
			run = 0;
		} else if (sr_is_alpha(b)) {
			run++;
		} else {
			return false;
		}
	}
	return dots > 0 && run > 0 && run <= 2;
}

/* Is the dot at `dot` part of the word that begins at a? */
static bool keeps_dot(const splitter *s, size_t a, size_t dot)
{
	sr_str w = sr_str_slice(s->text, a, dot);
	size_t p = dot + 1;
	while (p < s->stop && strchr("\"')]", s->text.ptr[p]))
		p++;
	bool ends_here = p > dot + 1;
	while (p < s->stop && sr_cp_is_space((unsigned char)s->text.ptr[p]))
		p++;
	size_t next;
	uint32_t following = cp_at(s->text, p, s->stop, &next);
	int64_t *kind = sr_strmap_get(&s->r->abbreviations, w);
	if (kind)
		return *kind != ABBR_NUMBER || sr_cp_is_number(following);
	if (has_dotted_letters(w))
		return true;
	/* an initial: a capital before another capitalised word; "I" only after another initial */
	if (w.len != 1 || !sr_is_upper((unsigned char)w.ptr[0]) || ends_here || !sr_cp_is_uppercase(following))
		return false;
	return w.ptr[0] != 'I' || (s->out->count && sr_str_ends(sr_span_of(s->text, s->out->items[s->out->count - 1].span), SR_STR(".")));
}

/* ---- inside a core ---- */

/* Length of the clitic that ends the letters [a, b), 0 if none: n't 's 're 've 'll 'd 'm */
static size_t clitic(sr_str text, size_t a, size_t b)
{
	static const char *const forms[] = { "s", "re", "ve", "ll", "d", "m" };
	size_t p = b, prev;
	while (p > a && sr_is_alpha((unsigned char)text.ptr[p - 1]))
		p--;
	uint32_t mark = cp_before(text, p, a, &prev);
	if (p == b || prev <= a || !apostrophe(mark))
		return 0;
	sr_str tail = sr_str_slice(text, p, b);
	if (sr_str_eq_nocase(tail, SR_STR("t")) && prev - a >= 2 && (text.ptr[prev - 1] | 32) == 'n')
		return b - (prev - 1);
	if (sr_is_digit((unsigned char)text.ptr[prev - 1]))
		return 0;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (sr_str_eq_nocase(tail, sr_str_c(forms[i])))
			return b - prev;
	return 0;
}

/* Emits a piece of a core that holds no more inner punctuation. */
static void emit_plain(splitter *s, size_t a, size_t b)
{
	if (b <= a)
		return;
	char folded[16];
	size_t n = 0;
	for (size_t i = a; i < b && n < sizeof folded; i++) {
		unsigned char c = (unsigned char)s->text.ptr[i];
		if (c == 0xE2 && i + 2 < b && (unsigned char)s->text.ptr[i + 1] == 0x80) {
			c = '\'';
			i += 2;
		}
		folded[n++] = (char)(sr_is_upper(c) ? c + 32 : c);
	}
	int64_t *cut = b - a < sizeof folded ? sr_strmap_get(&s->r->contractions, sr_str_make(folded, n)) : NULL;
	if (cut && (size_t)*cut < b - a && sr_utf8_boundary(s->text, a + (size_t)*cut)) {
		emit(s, a, a + (size_t)*cut);
		emit(s, a + (size_t)*cut, b);
		return;
	}
	size_t tail = clitic(s->text, a, b);
	if (tail) {
		emit_plain(s, a, b - tail);
		emit(s, b - tail, b);
		return;
	}
	/* a figure with its unit: 30km, 7pm */
	size_t p = a;
	while (p < b && (sr_is_digit((unsigned char)s->text.ptr[p]) || (p > a && strchr(".,:", s->text.ptr[p]))))
		p++;
	if (p > a && p < b && listed(&s->r->units, sr_str_slice(s->text, p, b))) {
		emit(s, a, p);
		emit(s, p, b);
		return;
	}
	emit(s, a, b);
}

/* figures in groups that belong together: 713-853-3989, 04/25/2001 */
static bool figure_groups(sr_str c)
{
	size_t groups = 1, run = 0, runs[8] = { 0 };
	char mark = 0;
	for (size_t i = 0; i < c.len; i++) {
		char ch = c.ptr[i];
		if (sr_is_digit((unsigned char)ch)) {
			run++;
			runs[groups - 1] = run;
		} else if ((ch == '-' || ch == '/') && run && groups < 8) {
			if (mark != '-')
				mark = ch;
			groups++;
			run = 0;
		} else {
			return false;
		}
	}
	if (groups < 2 || run == 0)
		return false;
	if (mark == '/')
		return groups == 3 && runs[0] <= 4 && runs[1] <= 2;
	if (groups == 3 && runs[0] == 4 && runs[1] <= 2 && runs[2] <= 2)
		return true; /* 2001-02-28 */
	return groups >= 2 && runs[groups - 1] == 4 && runs[groups - 2] == 3;
}

/* Bytes of inner punctuation at p that stands for itself as a word, 0 to go on. `a` is where the current part began. */
static size_t inner_mark(const splitter *s, size_t a, size_t p, size_t b)
{
	size_t next, after, prev;
	uint32_t cp = cp_at(s->text, p, b, &next), to = cp_at(s->text, next, b, &after), from = cp_before(s->text, p, a, &prev);
	size_t run = p;
	while (run < b && s->text.ptr[run] == s->text.ptr[p])
		run++;
	bool edge = p == a || next == b;
	switch (cp) {
	case '-':
		if (run - p >= 2)
			return run - p;
		return edge || listed(&s->r->prefixes, sr_str_slice(s->text, a, p)) ? 0 : 1;
	case '.':
		if (run - p >= 2)
			return run < b ? run - p : 0;
		/* "done.The": a missing space */
		if (edge || p - a < 3 || !sr_is_lower(from) || !sr_cp_is_uppercase(to) || after >= b)
			return 0;
		return sr_is_lower((unsigned char)s->text.ptr[after]) ? 1 : 0;
	case ',':
		return !edge && sr_cp_is_number(from) && sr_cp_is_number(to) ? 0 : 1;
	case ':':
		return !edge && sr_cp_is_number(from) && sr_cp_is_number(to) ? 0 : 1;
	case '!':
	case '?':
		return run - p;
	case '/':
	case ';':
	case '(':
	case ')':
	case '[':
	case ']':
	case '{':
	case '}':
	case '"':
	case '%':
	case '<':
	case '>':
	case '|':
		return 1;
	case 0x2026: /* … */
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x201C:
	case 0x201D:
	case 0xAB:
	case 0xBB:
		return next - p;
	default:
		return 0;
	}
}

/* Where the quote or angle bracket stands that cannot be inside an address: Ann"<ann@here.org>; b if nowhere. */
static size_t address_border(sr_str text, size_t a, size_t b)
{
	while (a < b && !strchr("\"<>", text.ptr[a]))
		a++;
	return a;
}

static void split_core(splitter *s, size_t a, size_t b)
{
	sr_str core = sr_str_slice(s->text, a, b);
	for (size_t border; is_address(core) && (border = address_border(s->text, a, b)) < b; core = sr_str_slice(s->text, a, b)) {
		if (border > a)
			split_core(s, a, border); /* holds no border: one level deep */
		emit(s, border, border + 1);
		a = border + 1;
	}
	if (is_address(core) || figure_groups(core) || listed(&s->r->faces, core)) {
		emit(s, a, b);
		return;
	}
	size_t part = a, p = a, next;
	while (p < b) {
		size_t n = inner_mark(s, part, p, b);
		uint32_t cp = cp_at(s->text, p, b, &next);
		if (n) {
			emit_plain(s, part, p);
			emit(s, p, p + n);
			part = p = p + n;
			continue;
		}
		/* US$4.5 */
		if ((cp == '$' || cp == 0x20AC || cp == 0xA3) && next < b && sr_is_digit((unsigned char)s->text.ptr[next])) {
			emit(s, part, next);
			part = next;
		}
		p = next;
	}
	emit_plain(s, part, b);
}

/* ---- the ends of a chunk ---- */

/* Bytes of the mark at p that is a word of its own at the head of [p, b), 0 if the core begins. */
static size_t leading_mark(const splitter *s, size_t p, size_t b)
{
	size_t next, after;
	uint32_t cp = cp_at(s->text, p, b, &next), to = cp_at(s->text, next, b, &after);
	if (alnum(cp) || !sr_cp_is_punct(cp))
		return 0;
	size_t run = p;
	while (run < b && s->text.ptr[run] == s->text.ptr[p])
		run++;
	switch (cp) {
	case '@':
	case '+':
		return alnum(to) ? 0 : run - p;
	case '#':
		return sr_cp_is_letter(to) ? 0 : run - p;
	case '&':
		return next - p;
	case '.':
		return run - p == 1 && sr_is_digit(to) ? 0 : run - p;
	case '\'':
	case 0x2019:
		if (run - p == 2)
			return 2;
		if (cp == '\'' && (sr_is_digit(to) || listed(&s->r->contractions, sr_str_slice(s->text, p, b))))
			return 0;
		return next - p + (clitic(s->text, p > 0 ? p - 1 : p, b) == b - p ? b - next : 0);
	case '-':
	case '*':
	case '=':
	case '_':
	case '~':
	case '!':
	case '?':
	case '<':
	case '>':
	case '`':
		return run - p;
	default:
		return next - p;
	}
}

/* Start of the mark that ends [a, p), or p if the core ends there. */
static size_t trailing_mark(const splitter *s, size_t a, size_t p)
{
	size_t prev;
	uint32_t cp = cp_before(s->text, p, a, &prev);
	if (alnum(cp) || !sr_cp_is_punct(cp))
		return p;
	size_t run = prev;
	while (run > a && s->text.ptr[run - 1] == s->text.ptr[prev] && (unsigned char)s->text.ptr[prev] < 0x80)
		run--;
	switch (cp) {
	case '.':
		if (p - run >= 2)
			return run;
		return keeps_dot(s, a, prev) ? p : prev;
	case '!':
	case '?':
		while (run > a && (s->text.ptr[run - 1] == '!' || s->text.ptr[run - 1] == '?'))
			run--;
		return run;
	case '-':
	case '*':
	case '=':
	case '~':
	case '<':
	case '>':
	case '+':
		return run;
	case '\'':
		return p - run == 2 ? run : prev;
	case '$':
	case '#':
	case '_':
		return p;
	default:
		return prev;
	}
}

#define MARKS_MAX 64u

static void split_chunk(splitter *s, size_t a, size_t b)
{
	size_t marks[MARKS_MAX], n = 0;
	if (listed(&s->r->faces, sr_str_slice(s->text, a, b))) {
		emit(s, a, b);
		return;
	}
	for (size_t step; a < b && (step = leading_mark(s, a, b)); a += step)
		emit(s, a, a + step);
	size_t end = b;
	while (end > a && n < MARKS_MAX && !listed(&s->r->faces, sr_str_slice(s->text, a, end))) {
		size_t p = trailing_mark(s, a, end);
		if (p == end || (s->text.ptr[p] == '/' && is_address(sr_str_slice(s->text, a, end))))
			break;
		marks[n++] = end;
		end = p;
	}
	split_core(s, a, end);
	for (size_t from = end; n > 0; from = marks[n])
		emit(s, from, marks[--n]);
}

sr_status tag_split_words(const rules *r, sr_str text, sr_span span, sr_arena *arena, words *out)
{
	splitter s = { .r = r, .text = text, .stop = span.end, .arena = arena, .out = out, .last = span.start, .first = true };
	size_t p = span.start, next;
	while (p < span.end && !s.failed) {
		size_t a = p;
		for (; p < span.end && p - a < WORD_MAX; p = next)
			if (sr_cp_is_space(cp_at(text, p, span.end, &next)))
				break;
		if (p > a)
			split_chunk(&s, a, p);
		else
			p = next;
	}
	return s.failed ? SR_E_NOMEM : SR_OK;
}
