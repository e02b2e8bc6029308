#include "cell.h"
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

/* SGR parameters (ECMA-48); the sixteen colours, which every terminal theme keeps readable. */
static const char *const sgr[STYLE_COUNT] = {
	[STYLE_PLAIN] = "", [STYLE_TITLE] = "1",  [STYLE_STRONG] = "1", [STYLE_FAINT] = "2",
	[STYLE_REF] = "36", [STYLE_DATE] = "1", [STYLE_ALERT] = "33", [STYLE_DONE] = "32",
};

void cell_init(cell *c, sr_arena *arena, size_t width, bool color)
{
	*c = (cell){ .arena = arena, .width = width < 2 ? 2 : width, .color = color };
	sr_buf_init(&c->text, 0);
}

void cell_deinit(cell *c) { sr_buf_deinit(&c->text); }

static void set_style(cell *c, style s)
{
	if (s == c->active)
		return;
	if (c->color && c->active != STYLE_PLAIN)
		sr_buf_add_c(&c->text, "\x1b[0m");
	if (c->color && s != STYLE_PLAIN)
		sr_buf_printf(&c->text, "\x1b[%sm", sgr[s]);
	c->active = s;
}

static void end_line(cell *c)
{
	set_style(c, STYLE_PLAIN);
	cell_line *line = SR_PUSH(c->arena, &c->lines);
	if (line)
		*line = (cell_line){ c->line_start, c->text.len, c->line_width };
	c->failed = c->failed || !line || c->text.failed;
	c->line_start = c->text.len;
	c->line_width = 0;
}

/* A word too long for any line: broken before any character that takes columns. */
static void write_broken(cell *c, cell_piece piece)
{
	size_t pos = 0;
	while (pos < piece.text.len) {
		size_t from = pos, next = pos;
		sr_utf8_next(piece.text, &pos);
		while (next = pos, pos < piece.text.len && sr_cp_width(sr_utf8_next(piece.text, &next)) == 0)
			pos = next;
		sr_str cluster = sr_str_slice(piece.text, from, pos);
		size_t width = sr_str_width(cluster);
		if (c->line_width + width > c->width)
			end_line(c);
		set_style(c, piece.style);
		sr_buf_add(&c->text, cluster);
		c->line_width += width;
	}
}

static void flush_word(cell *c)
{
	if (!c->word.count)
		return;
	size_t blank = c->word_blank && c->line_width > 0;
	if (c->line_width && c->line_width + blank + c->word_width > c->width) {
		end_line(c);
		blank = 0;
	}
	if (blank) {
		sr_buf_add_char(&c->text, ' ');
		c->line_width++;
	}
	for (size_t i = 0; i < c->word.count; i++) {
		cell_piece piece = c->word.items[i];
		if (c->word_width > c->width) {
			write_broken(c, piece);
			continue;
		}
		set_style(c, piece.style);
		sr_buf_add(&c->text, piece.text);
		c->line_width += sr_str_width(piece.text);
	}
	c->word.count = 0;
	c->word_width = 0;
}

static void extend_word(cell *c, style s, sr_str text)
{
	cell_piece *piece = SR_PUSH(c->arena, &c->word);
	if (!piece) {
		c->failed = true;
		return;
	}
	*piece = (cell_piece){ s, text };
	c->word_width += sr_str_width(text);
}

static void begin_word(cell *c, style s, sr_str text, bool blank)
{
	if (!text.len)
		return;
	flush_word(c);
	c->word_blank = blank;
	extend_word(c, s, text);
}

/* Where the word that starts at from ends: at a blank, or after a wide character, since scripts
 * written in wide characters do not part their words (fullwidth Latin and emoji do). */
static size_t word_end(sr_str text, size_t from)
{
	size_t pos = from;
	while (pos < text.len && (text.ptr[pos] != ' ' || page_binds(text, pos))) {
		uint32_t cp = sr_utf8_next(text, &pos);
		size_t ahead = pos;
		if (cp < 0x1100 || cp >= 0xFF00 || sr_cp_width(cp) != 2)
			continue;
		/* its marks, and punctuation that may not open a line, stay with it */
		while (pos < text.len && (cp = sr_utf8_next(text, &ahead), cp != ' ' && (sr_cp_width(cp) == 0 || sr_cp_is_punct(cp))))
			pos = ahead;
		break;
	}
	return pos;
}

void cell_add(cell *c, style s, sr_str text)
{
	size_t pos = 0;
	bool blank = true;
	while (pos < text.len) {
		if (text.ptr[pos] == ' ') {
			pos++;
			blank = true;
			continue;
		}
		size_t end = word_end(text, pos);
		begin_word(c, s, sr_str_slice(text, pos, end), blank);
		blank = false;
		pos = end;
	}
}

void cell_glue(cell *c, style s, sr_str word)
{
	if (c->word.count)
		extend_word(c, s, word);
	else
		begin_word(c, s, word, false);
}

void cell_tail(cell *c, style s, sr_str word)
{
	/* a line of its own is better than breaking both words */
	if (!c->word.count || c->word_width + 1 + sr_str_width(word) > c->width) {
		begin_word(c, s, word, true);
		return;
	}
	if (!word.len)
		return;
	extend_word(c, STYLE_PLAIN, SR_STR(" "));
	extend_word(c, s, word);
}

void cell_break(cell *c)
{
	flush_word(c);
	if (c->line_width)
		end_line(c);
}

void cell_write(const cell *c, size_t i, bool pad, sr_buf *out)
{
	size_t width = 0;
	if (i < c->lines.count) {
		sr_buf_add(out, sr_str_slice(sr_buf_str(&c->text), c->lines.items[i].start, c->lines.items[i].end));
		width = c->lines.items[i].width;
	}
	for (; pad && width < c->width; width++)
		sr_buf_add_char(out, ' ');
}
