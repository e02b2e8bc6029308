#include "sitrep/format/text.h"

#include "sitrep/base/utf8.h"

#include <string.h>

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static size_t run_of(sr_str s, char c)
{
	size_t n = 0;
	while (n < s.len && s.ptr[n] == c)
		n++;
	return n;
}

/* A line of nothing but one of - * _ = (blanks between allowed): its number, or 0. */
static size_t bar(sr_str s, char c)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == c)
			n++;
		else if (!is_space(s.ptr[i]))
			return 0;
	return n;
}

static sr_str behind(sr_str s, size_t n) { return sr_str_trim(sr_str_slice(s, n, s.len)); }

static bool read_heading(sr_str s, sr_line_mark *m)
{
	size_t level = run_of(s, '#');
	if (level < 1 || level > 6 || (level < s.len && !is_space(s.ptr[level])))
		return false;
	sr_str words = behind(s, level);
	size_t end = words.len;
	while (end > 0 && words.ptr[end - 1] == '#')
		end--;
	if (end == 0 || is_space(words.ptr[end - 1]))
		words = sr_str_trim(sr_str_slice(words, 0, end));
	*m = (sr_line_mark){ SR_LINE_HEADING, (unsigned)level, 0, words };
	return true;
}

static bool read_list(sr_str s, sr_line_mark *m)
{
	static const char bullet[] = "\xE2\x80\xA2";
	if ((s.ptr[0] == '-' || s.ptr[0] == '*' || s.ptr[0] == '+') && (s.len == 1 || is_space(s.ptr[1]))) {
		*m = (sr_line_mark){ SR_LINE_LIST, 0, 0, behind(s, 1) };
		return true;
	}
	if (sr_str_starts(s, sr_str_c(bullet))) {
		*m = (sr_line_mark){ SR_LINE_LIST, 0, 0, behind(s, 3) };
		return true;
	}
	size_t n = 0;
	uint32_t number = 0;
	while (n < s.len && n < 4 && sr_is_digit((unsigned char)s.ptr[n]))
		number = number * 10 + (uint32_t)(s.ptr[n++] - '0');
	if (n == 0 || n > 3 || n >= s.len || (s.ptr[n] != '.' && s.ptr[n] != ')') || (n + 1 < s.len && !is_space(s.ptr[n + 1])))
		return false;
	*m = (sr_line_mark){ SR_LINE_LIST, 0, number, behind(s, n + 1) };
	return true;
}

/* A row opens with a bar and has one between its cells; one at its end may be left out. */
static bool read_row(sr_str s, sr_line_mark *m)
{
	if (s.ptr[0] != '|')
		return false;
	sr_str inner = behind(s, 1);
	if (inner.len && inner.ptr[inner.len - 1] == '|')
		inner = sr_str_trim(sr_str_slice(inner, 0, inner.len - 1));
	bool cells = sr_str_find_char(inner, '|', 0) != SIZE_MAX, dashes = inner.len > 0;
	for (size_t i = 0; i < inner.len && dashes; i++)
		dashes = inner.ptr[i] == '-' || inner.ptr[i] == ':' || inner.ptr[i] == '|' || is_space(inner.ptr[i]);
	if (cells || dashes)
		*m = (sr_line_mark){ dashes ? SR_LINE_RULE : SR_LINE_ROW, 0, 0, inner };
	return cells || dashes;
}

sr_line_mark sr_line_read(sr_str line)
{
	sr_str s = sr_str_trim(line);
	sr_line_mark m = { SR_LINE_PLAIN, 0, 0, s };
	if (s.len == 0) {
		m.kind = SR_LINE_BLANK;
	} else if (bar(s, '=') >= 3 || (bar(s, '-') >= 3)) {
		m.kind = SR_LINE_UNDERLINE;
		m.level = s.ptr[0] == '=' ? 1 : 2;
	} else if (bar(s, '*') >= 3 || bar(s, '_') >= 3) {
		m.kind = SR_LINE_RULE;
	} else if (sr_str_starts(s, SR_STR("```")) || sr_str_starts(s, SR_STR("~~~"))) {
		m.kind = SR_LINE_FENCE;
	} else if (s.ptr[0] == '>') {
		while (s.len && s.ptr[0] == '>') {
			m.level++;
			s = behind(s, 1);
		}
		m.kind = s.len ? SR_LINE_QUOTE : SR_LINE_BLANK;
		m.content = s;
	} else if (!read_heading(s, &m) && !read_row(s, &m)) {
		read_list(s, &m);
	}
	return m;
}

/* Where the next bracket stands, remembered so that each is searched for once. */
typedef struct scan {
	sr_str s;
	size_t bracket; /* next '[' or ']' at or after the place asked for last */
	size_t paren;   /* next ')' likewise */
} scan;

static size_t next_bracket(scan *sc, size_t from)
{
	if (sc->bracket < from || sc->bracket == SIZE_MAX) {
		size_t i = from;
		while (i < sc->s.len && sc->s.ptr[i] != '[' && sc->s.ptr[i] != ']')
			i++;
		sc->bracket = i;
	}
	return sc->bracket;
}

/* The end of "(target "title")" that begins at the parenthesis, or 0. Stops at a bracket: a target
 * holds none, and so no byte is looked at for two links. */
static size_t target_end(scan *sc, size_t open, sr_str *target)
{
	size_t depth = 0, i = open;
	if (sc->paren < open) {
		size_t at = sr_str_find_char(sc->s, ')', open);
		sc->paren = at;
	}
	if (sc->paren == SIZE_MAX)
		return 0;
	for (; i < sc->s.len; i++) {
		char c = sc->s.ptr[i];
		if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			break;
		else if (c == '[')
			return 0;
	}
	if (i >= sc->s.len)
		return 0;
	*target = sr_str_trim(sr_str_slice(sc->s, open + 1, i));
	for (size_t k = 0; k < target->len; k++)
		if (is_space(target->ptr[k]))
			*target = sr_str_slice(*target, 0, k);
	if (target->len > 1 && target->ptr[0] == '<')
		*target = sr_str_slice(*target, 1, target->len - 1);
	return i + 1;
}

/* [words](target) at i: fills both and gives the end, or 0. */
static size_t link_at(scan *sc, size_t i, sr_str *words, sr_str *target)
{
	size_t close = next_bracket(sc, i + 1);
	if (close >= sc->s.len || sc->s.ptr[close] != ']' || close + 1 >= sc->s.len || sc->s.ptr[close + 1] != '(')
		return 0;
	*words = sr_str_slice(sc->s, i + 1, close);
	return target_end(sc, close + 1, target);
}

static bool is_address(sr_str s)
{
	return sr_str_starts_nocase(s, SR_STR("http://")) || sr_str_starts_nocase(s, SR_STR("https://")) || sr_str_starts_nocase(s, SR_STR("mailto:")) ||
	       sr_str_starts_nocase(s, SR_STR("www."));
}

/* A picture that is a link, [![words](picture)](target) at i: its end, or 0. */
static size_t linked_image_at(scan *sc, size_t i, sr_str *words, sr_str *image)
{
	sr_str target;
	size_t end = link_at(sc, i + 2, words, image);
	if (!end || end + 1 >= sc->s.len || sc->s.ptr[end] != ']' || sc->s.ptr[end + 1] != '(')
		return 0;
	return target_end(sc, end + 1, &target);
}

/* <https://…>, or a bare address: its end, or 0. */
static size_t address_at(sr_str s, size_t i, sr_str *address)
{
	bool angle = s.ptr[i] == '<';
	sr_str rest = sr_str_slice(s, i + angle, s.len);
	if (!is_address(rest))
		return 0;
	size_t n = 0;
	while (n < rest.len && (unsigned char)rest.ptr[n] > ' ' && rest.ptr[n] != '<' && rest.ptr[n] != '>' && rest.ptr[n] != '"')
		n++;
	if (angle && (n >= rest.len || rest.ptr[n] != '>'))
		return 0;
	if (!angle)
		while (n > 0 && strchr(".,;:!?)", rest.ptr[n - 1]))
			n--;
	*address = sr_str_slice(rest, 0, n);
	return i + n + (angle ? 2 : 0);
}

/* How many marks of this kind open and close emphasis; if they agree, all are taken out. */
static bool balanced(sr_str s, char c, size_t width)
{
	size_t open = 0, close = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\') {
			i++;
			continue;
		}
		if (s.ptr[i] != c)
			continue;
		size_t n = run_of(sr_str_slice(s, i, s.len), c);
		bool left = i == 0 || !sr_is_alpha((unsigned char)s.ptr[i - 1]), space_left = i == 0 || is_space(s.ptr[i - 1]);
		bool right = i + n >= s.len, space_right = right || is_space(s.ptr[i + n]);
		bool word_right = !right && (sr_is_alpha((unsigned char)s.ptr[i + n]) || sr_is_digit((unsigned char)s.ptr[i + n]));
		if (n == width || n == 3) {
			bool opens = !space_right && (c == '_' ? left && (space_left || word_right) : (space_left || left));
			bool closes = !space_left && (c == '*' || !word_right);
			if (opens && (open == close))
				open++;
			else if (closes)
				close++;
			else if (opens)
				open++;
		}
		i += n - 1;
	}
	return open > 0 && open == close;
}

typedef struct reference {
	const char *name;
	const char *text;
} reference;
static const reference references[] = { { "&amp;", "&" },   { "&lt;", "<" },         { "&gt;", ">" },         { "&quot;", "\"" },
	                                    { "&#39;", "'" },   { "&apos;", "'" },       { "&nbsp;", " " },       { "&ndash;", "\xE2\x80\x93" },
	                                    { "&mdash;", "\xE2\x80\x94" }, { "&rsquo;", "\xE2\x80\x99" }, { "&lsquo;", "\xE2\x80\x98" }, { "&ldquo;", "\xE2\x80\x9C" },
	                                    { "&rdquo;", "\xE2\x80\x9D" }, { "&hellip;", "\xE2\x80\xA6" } };

static size_t reference_at(sr_str s, size_t i, sr_buf *out)
{
	for (size_t k = 0; k < sizeof references / sizeof *references; k++)
		if (sr_str_starts(sr_str_slice(s, i, s.len), sr_str_c(references[k].name))) {
			sr_buf_add_c(out, references[k].text);
			return i + strlen(references[k].name);
		}
	return 0;
}

typedef struct writer {
	sr_buf *out;
	sr_inline *info;
	bool strip[2][3]; /* by mark (* or _) and width */
	bool code;        /* a closing ` follows */
} writer;

/* A run of * or _ that is emphasis is left out. */
static size_t mark_at(const writer *w, sr_str s, size_t i)
{
	size_t kind = s.ptr[i] == '_', n = run_of(sr_str_slice(s, i, s.len), s.ptr[i]);
	bool inner = kind && i > 0 && i + n < s.len && sr_is_alpha((unsigned char)s.ptr[i - 1]) && sr_is_alpha((unsigned char)s.ptr[i + n]);
	bool alone = (i == 0 || is_space(s.ptr[i - 1])) && (i + n >= s.len || is_space(s.ptr[i + n]));
	bool strip = n <= 2 ? w->strip[kind][n] : n == 3 && (w->strip[kind][1] || w->strip[kind][2]);
	return strip && !inner && !alone ? i + n : 0;
}

static size_t escape_at(sr_str s, size_t i)
{
	size_t n = run_of(sr_str_slice(s, i, s.len), '\\');
	if (i + n < s.len && (unsigned char)s.ptr[i + n] < 0x80 && strchr("\\`*_{}[]()#+-.!|~>\"'&@$%^=<,:;/?", s.ptr[i + n]))
		return i + n;
	return 0;
}

static void read_words(writer *w, sr_str s, bool outside)
{
	scan sc = { s, SIZE_MAX, 0 };
	sr_str words, target;
	for (size_t i = 0; i < s.len;) {
		char c = s.ptr[i];
		size_t end = 0;
		if (c == '\\' && (end = escape_at(s, i)) != 0) {
			w->info->only_links = w->info->only_links && !outside;
			sr_buf_add_char(w->out, s.ptr[end]);
			end++;
		} else if ((c == '!' && i + 1 < s.len && s.ptr[i + 1] == '[' && (end = link_at(&sc, i + 1, &words, &target)) != 0) ||
		           (c == '[' && i + 2 < s.len && s.ptr[i + 1] == '!' && s.ptr[i + 2] == '[' && outside &&
		            (end = linked_image_at(&sc, i, &words, &target)) != 0)) {
			if (!w->info->image_url.len) {
				w->info->image_url = target;
				w->info->image_text = words;
			}
		} else if (c == '[' && outside && (end = link_at(&sc, i, &words, &target)) != 0) {
			w->info->links++;
			if (!w->info->url.len && !sr_str_eq(target, SR_STR("#")))
				w->info->url = target;
			read_words(w, words, false);
		} else if ((c == '<' || c == 'h' || c == 'H' || c == 'w') && (i == 0 || !sr_is_alpha((unsigned char)s.ptr[i - 1])) &&
		           (end = address_at(s, i, &target)) != 0) {
			w->info->links++;
			if (!w->info->url.len)
				w->info->url = target;
			if (c != '<')
				sr_buf_add(w->out, target);
		} else if ((c == '*' || c == '_') && (end = mark_at(w, s, i)) != 0) {
		} else if (c == '`' && w->code) {
			end = i + run_of(sr_str_slice(s, i, s.len), '`');
		} else if (c == '&' && (end = reference_at(s, i, w->out)) != 0) {
		} else {
			if (outside && !is_space(c) && !strchr("|,;:-*_.[]()<>!\xC2\xB7\xE2\x80\xA2", c))
				w->info->only_links = false;
			sr_buf_add_char(w->out, c);
			end = i + 1;
		}
		i = end;
	}
}

void sr_inline_read(sr_buf *out, sr_str line, sr_inline *info)
{
	writer w = { .out = out, .info = info };
	*info = (sr_inline){ .only_links = true };
	sr_str s = sr_str_trim(line);
	for (size_t width = 1; width <= 2; width++) {
		w.strip[0][width] = balanced(s, '*', width);
		w.strip[1][width] = balanced(s, '_', width);
	}
	size_t ticks = 0;
	for (size_t i = 0; i < s.len; i++)
		ticks += s.ptr[i] == '`';
	w.code = ticks > 0 && ticks % 2 == 0;
	if (s.len > 2 && (s.ptr[0] == '*' || s.ptr[0] == '_') && s.ptr[s.len - 1] == s.ptr[0]) {
		size_t n = run_of(s, s.ptr[0]);
		info->emphasised = mark_at(&w, s, 0) == n;
	}
	read_words(&w, s, true);
	info->only_links = info->only_links && (info->links > 0 || info->image_url.len > 0);
}
