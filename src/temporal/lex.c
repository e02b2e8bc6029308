/* Cuts the text into words, numbers in their many forms, and punctuation. One pass, no going back
 * further than the form at hand. */
#include "internal.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define WORD_MAX 20 /* longer words are in no table */

typedef struct scan {
	context *ctx;
	const char *p;
	size_t len, at;
	bool gap, edge;
	size_t next_block; /* index of the first block that starts at or after `at` */
} scan;

static inline uint8_t peek(const scan *s, size_t ahead)
{
	return s->at + ahead < s->len ? (uint8_t)s->p[s->at + ahead] : 0;
}
static inline bool digit_at(const scan *s, size_t i) { return i < s->len && sr_is_digit((uint8_t)s->p[i]); }
static inline bool word_byte(uint8_t c) { return sr_is_alpha(c) || c >= 0x80; }

static token *push(scan *s, size_t start, size_t end, token_kind kind)
{
	token *tok = SR_PUSH(s->ctx->scratch, &s->ctx->tokens);
	if (!tok) {
		s->ctx->out_of_memory = true;
		return NULL;
	}
	tok->start = (uint32_t)start;
	tok->end = (uint32_t)end;
	tok->kind = (uint8_t)kind;
	tok->gap = s->gap;
	tok->edge = s->edge;
	s->gap = s->edge = false;
	s->at = end;
	return tok;
}

/* Digits from i on, at most max of them; *end is moved past them. */
static int32_t digits(const scan *s, size_t i, size_t max, size_t *end)
{
	int32_t v = 0;
	size_t n = 0;
	for (; n < max && digit_at(s, i + n); n++)
		v = v * 10 + (s->p[i + n] - '0');
	*end = i + n;
	return v;
}

static bool exactly(const scan *s, size_t i, size_t count, int32_t *v)
{
	size_t end;
	*v = digits(s, i, count, &end);
	return end == i + count && !digit_at(s, end);
}

static char at_char(const scan *s, size_t i) { return i < s->len ? s->p[i] : '\0'; }

/* 08:15, 8:15:30 from i on; the end, or i if there is no such thing. */
static size_t clock_at(const scan *s, size_t i, int32_t *seconds)
{
	size_t end;
	int32_t h = digits(s, i, 2, &end), m, sec = 0;
	if (end == i || at_char(s, end) != ':' || !exactly(s, end + 1, 2, &m) || h > 24 || m > 59)
		return i;
	end += 3;
	if (at_char(s, end) == ':' && exactly(s, end + 1, 2, &sec) && sec < 60)
		end += 3;
	else
		sec = 0;
	*seconds = h * 3600 + m * 60 + sec;
	return end;
}

/* YYYY-MM-DD, then perhaps T or a blank and a time and a zone. */
static bool lex_iso(scan *s)
{
	int32_t y, m, d, clock = 0, offset = 0;
	size_t i = s->at, end;
	if (!exactly(s, i, 4, &y) || at_char(s, i + 4) != '-' || !exactly(s, i + 5, 2, &m) || m < 1 || m > 12 ||
	    at_char(s, i + 7) != '-' || !exactly(s, i + 8, 2, &d) || d < 1 || y < 1 || d > sr_days_in_month(y, m))
		return false;
	end = i + 10;
	token *tok;
	char joint = at_char(s, end);
	size_t clock_end = joint == 'T' || joint == ' ' ? clock_at(s, end + 1, &clock) : end + 1;
	bool zoned = false;
	if (clock_end > end + 1) {
		int32_t oh, om = 0;
		end = clock_end;
		char sign = at_char(s, end);
		if (sign == 'Z') {
			zoned = true;
			end++;
		} else if ((sign == '+' || sign == '-') && digit_at(s, end + 1)) {
			oh = digits(s, end + 1, 2, &clock_end);
			size_t colon = clock_end + (at_char(s, clock_end) == ':');
			if (oh <= 14 && exactly(s, colon, 2, &om) && om < 60) {
				zoned = true;
				offset = (oh * 60 + om) * (sign == '-' ? -1 : 1);
				end = colon + 2;
			}
		}
		if ((tok = push(s, i, end, T_ISO)))
			tok->cls = C_ISOTIME;
	} else if ((tok = push(s, i, end, T_ISO)))
		tok->cls = C_ISODATE;
	if (!tok)
		return false;
	tok->value = (y * 16 + m) * 32 + d;
	tok->extra = clock;
	tok->fraction = zoned;
	tok->digits = (uint8_t)((offset + 900) / 15); /* quarter hours from -15:00, as all zones are */
	return true;
}

/* 31/12/1997, 31.12.97, 12-31-1997: three parts by one separator; or 1997/12/31. */
static bool lex_numdate(scan *s)
{
	size_t i = s->at, end;
	int32_t a = digits(s, i, 4, &end), b, c;
	size_t a_digits = end - i;
	char separator = at_char(s, end);
	if (!strchr("/.-", separator) || separator == '\0' || a_digits == 3)
		return false;
	size_t b_start = end + 1;
	b = digits(s, b_start, 2, &end);
	if (end == b_start || at_char(s, end) != separator)
		return false;
	size_t c_start = end + 1;
	c = digits(s, c_start, 4, &end);
	size_t c_digits = end - c_start;
	bool day_last = a_digits == 4 && c_digits >= 1 && c_digits <= 2;
	bool year_last = a_digits < 4 && (c_digits == 4 || (c_digits == 2 && separator == '/'));
	if (digit_at(s, end) || (!day_last && !year_last))
		return false;
	if (a_digits == 4) {
		int32_t y = a;
		a = b;
		b = c;
		c = y;
	} else if (c_digits == 2)
		c += c < 50 ? 2000 : 1900;
	if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12) || c < 1500 || c > 2199)
		return false;
	token *tok = push(s, i, end, T_NUMDATE);
	if (!tok)
		return false;
	tok->cls = C_NUMDATE;
	tok->value = (c * 32 + a) * 32 + b;
	tok->extra = a_digits == 4; /* year, month, day: no doubt about the order */
	return true;
}

/* 1st, 1990s, '80s after the digits that end at `end`. */
static bool lex_suffixed(scan *s, size_t start, size_t end, int32_t value)
{
	char a = (char)(at_char(s, end) | 32), b = (char)(at_char(s, end + 1) | 32);
	bool ordinal = (a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') || (a == 't' && b == 'h');
	token *tok = NULL;
	if (ordinal && !word_byte((uint8_t)at_char(s, end + 2)) && value <= 100) {
		if ((tok = push(s, start, end + 2, T_ORDINAL)))
			tok->value = value * 100;
		return tok != NULL;
	}
	size_t n = end - start, tail = 0;
	if (at_char(s, end) == 's')
		tail = 1;
	else if (at_char(s, end) == '\'' && at_char(s, end + 1) == 's')
		tail = 2;
	else if (strncmp(s->p + end, "\xE2\x80\x99s", s->len - end < 4 ? s->len - end : 4) == 0 && s->len - end >= 4)
		tail = 4;
	if (tail && value % 10 == 0 && (n == 4 || (n == 2 && tail == 1)) && !word_byte((uint8_t)at_char(s, end + tail))) {
		if ((tok = push(s, start, end + tail, T_DECADE)))
			tok->value = value;
		return tok != NULL;
	}
	return false;
}

/* 1,234.5: digits with thousands separators and a fraction. */
static void lex_plain(scan *s)
{
	size_t i = s->at, end;
	int64_t v = 0;
	for (end = i; digit_at(s, end); end++)
		if (v < 20000000)
			v = v * 10 + (s->p[end] - '0');
	size_t n = end - i;
	if (n <= 4 && lex_suffixed(s, i, end, (int32_t)v))
		return;
	bool fraction = false;
	int32_t group;
	if (n <= 3)
		while (at_char(s, end) == ',' && exactly(s, end + 1, 3, &group)) {
			if (v < 20000)
				v = v * 1000 + group;
			end += 4;
			fraction = true;
		}
	int32_t hundredths = 0;
	if (at_char(s, end) == '.' && digit_at(s, end + 1)) {
		size_t from = end + 1, to;
		hundredths = digits(s, from, 2, &to);
		if (to == from + 1)
			hundredths *= 10;
		for (end = to; digit_at(s, end); end++)
			;
		fraction = true;
		n = to - from == 2 && end == to ? n : 9; /* 8.05 may be a time, 8.5 and 8.055 not */
	}
	token *tok = push(s, i, end, T_NUMBER);
	if (!tok)
		return;
	tok->value = (int32_t)(v > 20000000 ? 2000000000 : v * 100 + hundredths);
	tok->digits = (uint8_t)(n > 9 ? 9 : n);
	tok->fraction = fraction;
}

static void lex_number(scan *s)
{
	int32_t seconds;
	if (lex_iso(s) || lex_numdate(s))
		return;
	size_t end = clock_at(s, s->at, &seconds);
	if (end > s->at && !digit_at(s, end)) {
		token *tok = push(s, s->at, end, T_CLOCK);
		if (tok) {
			tok->cls = C_CLOCK;
			tok->value = seconds;
		}
		return;
	}
	lex_plain(s);
}

/* p.m., U.S.: single letters with dots; the end after the last dot, or `at` if it is no such word. */
static size_t acronym_end(const scan *s)
{
	size_t i = s->at;
	while (i + 1 < s->len && sr_is_alpha((uint8_t)s->p[i]) && s->p[i + 1] == '.')
		i += 2;
	if (i == s->at + 2 && !sr_is_alpha((uint8_t)at_char(s, i)))
		return s->at; /* one letter and a dot: an initial */
	if (i > s->at && sr_is_alpha((uint8_t)at_char(s, i))) {
		if (word_byte((uint8_t)at_char(s, i + 1)))
			return s->at;
		i++; /* p.m without its last dot */
	}
	return i;
}

static void lex_word(scan *s)
{
	char low[WORD_MAX];
	size_t start = s->at, end = acronym_end(s), n = 0;
	bool acronym = end > start;
	uint32_t h = WORD_HASH_START;
	if (!acronym)
		for (end = start; end < s->len && (word_byte((uint8_t)s->p[end]) || (end > start && digit_at(s, end))); end++) {
			uint8_t c = (uint8_t)s->p[end];
			if (c == 0xE2 && at_char(s, end + 1) == (char)0x80)
				break; /* dashes and quotation marks */
			if (c == 0xC2 && (uint8_t)at_char(s, end + 1) == 0xA0)
				break;
		}
	if (end == start)
		end = start + 1; /* a lone byte of a mark that is not known here */
	bool clock = false;
	if (end == start + 1 && (s->p[start] | 32) == 'o' && (at_char(s, end) == '\'' || at_char(s, end) == '\xE2')) {
		size_t mark = at_char(s, end) == '\'' ? 1 : 3;
		if (sr_str_starts_nocase(sr_str_make(s->p + end + mark, s->len - end - mark), SR_STR("clock")))
			end += mark + 5;
		clock = end > start + 1;
	}
	bool known = true; /* letters beyond ASCII are in no table; the apostrophe of o'clock is */
	for (size_t i = start; i < end && n < WORD_MAX; i++) {
		uint8_t c = (uint8_t)s->p[i];
		known = known && (c < 0x80 || clock);
		if (c == '.' || c >= 0x80 || c == '\'')
			continue;
		low[n] = (char)(sr_is_upper(c) ? c + 32 : c);
		h = word_hash_step(h, (uint8_t)low[n++]);
	}
	bool cap = sr_is_upper((uint8_t)s->p[start]);
	token *tok = push(s, start, end, T_WORD);
	if (!tok)
		return;
	tok->cap = cap;
	tok->plural = end - start > 3 && (s->p[end - 1] | 32) == 's';
	if (known && end - start < WORD_MAX)
		tok->lex = lexicon_find(s->ctx->t, low, n, h);
	if (tok->lex && !acronym && s->ctx->t->lexicon[tok->lex].dot && at_char(s, end) == '.') {
		tok->end++;
		s->at++;
	}
}

static const uint8_t punct_class[128] = {
	[','] = C_COMMA,   ['.'] = C_DOT,  ['-'] = C_DASH,  ['/'] = C_SLASH, ['$'] = C_DOLLAR,
	['%'] = C_PERCENT, ['('] = C_OPEN, [')'] = C_CLOSE, [':'] = C_COLON, ['"'] = C_QUOTE,
	[';'] = C_EDGE,    ['!'] = C_DOT,  ['?'] = C_DOT,   ['#'] = C_DOLLAR, ['_'] = C_DASH,
};

static void punct(scan *s, size_t width, uint8_t cls)
{
	token *tok = push(s, s->at, s->at + width, T_PUNCT);
	if (tok)
		tok->cls = cls;
}

/* An apostrophe of the given width: 's, '80s, '96, or a quotation mark. */
static void lex_apostrophe(scan *s, size_t width)
{
	size_t i = s->at + width, end;
	if ((at_char(s, i) | 32) == 's' && !word_byte((uint8_t)at_char(s, i + 1)) && !s->gap) {
		punct(s, width + 1, C_POSS);
		return;
	}
	int32_t v;
	if (digit_at(s, i) && exactly(s, i, 2, &v)) {
		end = i + 2;
		bool decade = at_char(s, end) == 's' && v % 10 == 0;
		token *tok;
		if (!(tok = push(s, s->at, end + decade, decade ? T_DECADE : T_APOYEAR)))
			return;
		tok->value = v;
		tok->apostrophe = true;
		return;
	}
	punct(s, width, C_QUOTE);
}

/* A mark of three bytes that begins with E2 80: dashes, quotation marks, blanks. */
static bool lex_general_punctuation(scan *s)
{
	uint8_t last = peek(s, 2);
	if (peek(s, 0) != 0xE2 || peek(s, 1) != 0x80)
		return false;
	if (last >= 0x90 && last <= 0x95)
		punct(s, 3, last >= 0x94 ? C_EDGE : C_DASH); /* an em dash parts, the others join */
	else if (last == 0x99 || last == 0x98)
		lex_apostrophe(s, 3);
	else if (last == 0x9C || last == 0x9D || last == 0x9E)
		punct(s, 3, C_QUOTE);
	else if (last <= 0x8B || last == 0xAF) {
		s->gap = true;
		s->at += 3;
	} else
		punct(s, 3, C_EDGE);
	return true;
}

/* White space; a blank line parts paragraphs. */
static void lex_space(scan *s)
{
	int lines = 0;
	while (s->at < s->len && (s->p[s->at] == ' ' || (s->p[s->at] >= '\t' && s->p[s->at] <= '\r'))) {
		lines += s->p[s->at] == '\n';
		s->at++;
	}
	s->gap = true;
	if (lines > 1)
		s->edge = true;
}

bool lex_text(context *ctx)
{
	scan s = { .ctx = ctx, .p = ctx->text.ptr, .len = ctx->text.len, .edge = true };
	const sr_document *doc = ctx->reading->doc;
	while (s.at < s.len && !ctx->out_of_memory) {
		uint8_t c = (uint8_t)s.p[s.at];
		while (s.next_block < doc->block_count && doc->blocks[s.next_block].span.start <= s.at) {
			s.edge = s.edge || doc->blocks[s.next_block].span.start == s.at;
			s.next_block++;
		}
		if (c == ' ' || (c >= '\t' && c <= '\r'))
			lex_space(&s);
		else if (sr_is_digit(c))
			lex_number(&s);
		else if (c == '\'')
			lex_apostrophe(&s, 1);
		else if (c == '`')
			punct(&s, 1, C_QUOTE);
		else if (c < 0x80 && !sr_is_alpha(c))
			punct(&s, 1, punct_class[c] ? punct_class[c] : C_EDGE);
		else if (c == 0xC2 && peek(&s, 1) == 0xA0) {
			s.gap = true;
			s.at += 2;
		} else if (!lex_general_punctuation(&s))
			lex_word(&s);
	}
	return !ctx->out_of_memory;
}

sr_str token_text(const context *ctx, size_t index)
{
	const token *tok = &ctx->tokens.items[index];
	return sr_str_slice(ctx->text, tok->start, tok->end);
}

static size_t add(lex_class *out, size_t n, uint16_t cls, int32_t value)
{
	out[n] = (lex_class){ .cls = cls, .value = value };
	return n + 1;
}

static size_t number_classes(const token *tok, lex_class *out)
{
	size_t n = add(out, 0, C_NUM, tok->value);
	int32_t v = tok->value / 100;
	if (tok->fraction) {
		if (tok->digits <= 2 && v <= 24 && tok->value % 100 < 60)
			n = add(out, n, C_DOTCLOCK, v * 3600 + tok->value % 100 * 60);
		return n;
	}
	if (tok->digits <= 2 && v >= 1 && v <= 31)
		n = add(out, n, C_DAY, v);
	if (tok->digits <= 2 && v <= 24)
		n = add(out, n, C_HOUR, v);
	if (tok->digits == 4 && v >= 1000 && v <= 2199) /* "1600" and "2150" are more often something else */
		n = add(out, n, v < 1700 || v > 2100 ? C_FARYEAR : C_YEAR, v);
	if (tok->digits == 4 && v / 100 <= 24 && v % 100 < 60)
		n = add(out, n, C_MIL, v / 100 * 3600 + v % 100 * 60);
	return n;
}

size_t token_classes(const context *ctx, const token *tok, lex_class out[CLASSES_MAX])
{
	switch ((token_kind)tok->kind) {
	case T_WORD: {
		const lex_entry *entry = &ctx->t->lexicon[tok->lex];
		size_t n = 0;
		if (!tok->lex)
			return tok->plural ? add(out, 0, C_PLURAL, 0) : 0;
		for (size_t i = 0; i < entry->count; i++)
			if (!(entry->classes[i].flags & (tok->cap ? LEX_LOW : LEX_CAP)))
				out[n++] = entry->classes[i];
		return n;
	}
	case T_NUMBER:
		return number_classes(tok, out);
	case T_SPELLED:
		if (tok->cls == C_SPELLYEAR) {
			size_t n = add(out, 0, C_SPELLYEAR, tok->value / 100);
			return tok->fraction ? n : add(out, n, C_NUM, tok->value);
		}
		if (tok->value < 100 || tok->value > 3100 || tok->value % 100 != 0)
			return add(out, 0, C_NUM, tok->value);
		return add(out, add(out, add(out, 0, C_NUM, tok->value), C_DAYWORD, tok->value / 100), C_HOUR,
		           tok->value / 100);
	case T_ORDINAL:
		return add(out, 0, C_ORD, tok->value);
	case T_DECADE:
		return add(out, 0, tok->value < 100 && !tok->apostrophe ? C_DECADE2 : C_DECADE, tok->value);
	case T_APOYEAR:
		return add(out, 0, C_APOYEAR, tok->value + (tok->value < 40 ? 2000 : 1900));
	case T_CLOCK:
	case T_ISO:
	case T_NUMDATE:
	case T_PUNCT:
		return add(out, 0, tok->cls, tok->value);
	}
	return 0;
}

bool token_has(const context *ctx, size_t index, uint16_t cls, int32_t *value)
{
	lex_class classes[CLASSES_MAX];
	size_t n = token_classes(ctx, &ctx->tokens.items[index], classes);
	for (size_t i = 0; i < n; i++)
		if (classes[i].cls == cls) {
			if (value)
				*value = classes[i].value;
			return true;
		}
	return false;
}
