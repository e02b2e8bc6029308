/* Splitting text into words for verification.
 *
 * Invariants: words do not overlap and are in order; punctuation is not a word but ends a chunk, and
 * some of it a segment; a question mark is a word, for a line must not lose it; a bracketed number
 * (`[3]`, a digest's own citation) is nothing at all. Numbers are merged with what follows them
 * ("6.4 million", "twenty-six", "per cent"), so that they compare by value. */
#include "internal.h"

#include "sitrep/base/utf8.h"

#define LEAD_BYTES 4096u /* before the words that are kept: more than a sentence */

typedef struct splitter {
	const sr_lexicon *lex;
	sr_str text;
	size_t from, pos, to;
	sr_arena *arena;
	sr_vwords words;
	uint32_t chunk, segment, sentence;
	size_t paragraph; /* index of its first word */
	bool double_quoted, single_quoted, all_quoted, initial, broken;
	bool seen_quote; /* a double mark stood in this paragraph */
	size_t looked, closes; /* how far straight single marks were looked for that close, and where the last one found is */
} splitter;

static bool is_word_cp(uint32_t cp)
{
	if (cp < 0x80)
		return sr_is_alpha(cp) || sr_is_digit(cp);
	if (cp < 0xC0)
		return cp == 0xAA || cp == 0xB2 || cp == 0xB3 || cp == 0xB5 || cp == 0xBA;
	if (cp == 0xD7 || cp == 0xF7 || (cp >= 0x2000 && cp <= 0x206F) || (cp >= 0x3000 && cp <= 0x303F))
		return false;
	return !sr_cp_is_space(cp) && !sr_cp_is_quote(cp) && !sr_cp_is_dash(cp) && cp != SR_UTF8_REPLACEMENT;
}

static uint32_t peek(const splitter *s, size_t pos)
{
	return pos < s->to ? sr_utf8_next(s->text, &pos) : 0;
}

static uint32_t before(const splitter *s, size_t pos)
{
	return pos > 0 ? sr_utf8_prev(s->text, &pos) : 0;
}

static bool is_apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019; }

static void end_chunk(splitter *s, bool segment)
{
	s->chunk++;
	if (segment) {
		s->segment++;
		s->initial = true;
	}
}

static void end_sentence(splitter *s)
{
	end_chunk(s, false);
	s->sentence++;
	s->initial = true;
}

static sr_vword *push(splitter *s, size_t start, size_t end, sr_vw_kind kind)
{
	sr_vword *w = SR_PUSH(s->arena, &s->words);
	if (!w)
		return NULL;
	*w = (sr_vword){ .start = (uint32_t)start, .end = (uint32_t)end, .chunk = s->chunk, .segment = s->segment,
		         .sentence = s->sentence, .kind = (uint8_t)kind, .initial = s->initial, .broken = s->broken };
	w->quoted = s->all_quoted || s->double_quoted || s->single_quoted;
	s->initial = s->broken = false;
	return w;
}

/* Digits with groups and decimals: `1,200`, `6.4`, `30 000` with a no-break space. A clock time
 * (`4:20`) and digits with letters (`1st`, `20km`) are words. */
static bool number(splitter *s)
{
	size_t start = s->pos, p = s->pos;
	double value = 0, scale = 1;
	bool decimal = false, word = false;
	while (p < s->to) {
		char c = s->text.ptr[p];
		if (sr_is_digit((unsigned char)c)) {
			value = value * 10 + (c - '0');
			scale *= decimal ? 10 : 1;
			p++;
			continue;
		}
		size_t next = p;
		uint32_t cp = sr_utf8_next(s->text, &next);
		bool three = next + 3 <= s->to && sr_is_digit(peek(s, next)) && sr_is_digit(peek(s, next + 1)) &&
		             sr_is_digit(peek(s, next + 2)) && !sr_is_digit(peek(s, next + 3));
		if ((cp == ',' || cp == 0xA0 || cp == 0x202F || cp == 0x2009) && three && !decimal) {
			p = next;
		} else if (cp == '.' && sr_is_digit(peek(s, next)) && !decimal) {
			decimal = true;
			p = next;
		} else if (is_word_cp(cp) || (cp == ':' && sr_is_digit(peek(s, next)))) {
			word = true;
			p = next;
		} else {
			break;
		}
	}
	s->pos = p;
	sr_vword *w = push(s, start, p, word ? SR_VW_WORD : SR_VW_NUMBER);
	if (w)
		w->value = word ? 0 : value / scale;
	return w != NULL;
}

static void classify(const splitter *s, sr_vword *w)
{
	sr_str word = sr_word_text(s->text, w);
	int64_t known = sr_word_lookup(&s->lex->words, word), n = known >> SR_VW_CLASS_BITS;
	w->classes = (uint32_t)(known & ((INT64_C(1) << SR_VW_CLASS_BITS) - 1));
	if (sr_str_ends_nocase(word, SR_STR("n't")) || sr_str_ends_nocase(word, SR_STR("n\xE2\x80\x99t")))
		w->classes |= SR_VW_NEGATION;
	if ((w->classes & SR_VW_SAYING_SMALL) && (w->initial || !sr_word_capital(s->text, w)))
		w->classes |= SR_VW_SAYING;
	if (n) {
		w->kind = SR_VW_NUMBER;
		w->value = (double)(n - 1);
	} else if (sr_str_eq_nocase(word, SR_STR("percent"))) {
		w->kind = SR_VW_PERCENT;
	}
}

/* Letters and digits with apostrophes inside; a final 's is a word of its own. */
static bool word(splitter *s)
{
	size_t start = s->pos, p = s->pos, mark = 0;
	while (p < s->to) {
		size_t next = p;
		uint32_t cp = sr_utf8_next(s->text, &next);
		if (is_apostrophe(cp) && is_word_cp(peek(s, next)))
			mark = p;
		else if (!is_word_cp(cp))
			break;
		p = next;
	}
	s->pos = p;
	bool possessive = mark > start && p > mark && s->text.ptr[p - 1] == 's' && is_apostrophe(before(s, p - 1));
	sr_vword *w = push(s, start, possessive ? mark : p, SR_VW_WORD);
	if (!w)
		return false;
	classify(s, w);
	return !possessive || push(s, mark, p, SR_VW_WORD) != NULL;
}

/* After a full stop: does a new sentence begin? Not after an initial or a short title ("Mr.", "Nov."). */
static bool sentence_ends(const splitter *s, size_t after)
{
	size_t p = after;
	while (p < s->to && (sr_cp_is_quote(peek(s, p)) || peek(s, p) == ')'))
		(void)sr_utf8_next(s->text, &p);
	uint32_t cp = peek(s, p);
	if (cp == 0)
		return true;
	if (!sr_cp_is_space(cp))
		return false;
	while (p < s->to && sr_cp_is_space(peek(s, p)))
		(void)sr_utf8_next(s->text, &p);
	cp = peek(s, p);
	if (sr_is_lower(cp) || !s->words.count)
		return false;
	const sr_vword *last = &s->words.items[s->words.count - 1];
	size_t len = last->end - last->start;
	bool capital = sr_is_upper((unsigned char)s->text.ptr[last->start]);
	return last->end + 1 != after || !(len == 1 || (capital && len <= 4));
}

/* A straight mark opens after a blank and before a word, closes after a word and before a blank, and
 * otherwise does what the one before it did not. */
static bool straight_opens(const splitter *s, size_t at, size_t next)
{
	uint32_t prev = before(s, at), after = peek(s, next);
	bool blank_before = prev == 0 || at == s->from || sr_cp_is_space(prev), blank_after = after == 0 || sr_cp_is_space(after);
	return blank_before == blank_after ? !s->double_quoted : blank_before;
}

/* A mark closes what no mark opened: the text begins inside a quotation. */
static void quote_from_start(splitter *s)
{
	for (size_t i = s->words.count; i-- > s->paragraph;)
		s->words.items[i].quoted = true;
}

/* "The '90s": a straight mark that nothing closes in its paragraph opens none. Looks at each byte once, however many marks
 * there are, and past the words that are split: a cite may end inside a quotation. */
static bool is_closed(splitter *s, size_t from)
{
	size_t p = from > s->looked ? from : s->looked;
	if (s->closes >= from)
		return true;
	while (p < s->text.len && s->closes < from) {
		size_t at = p;
		uint32_t cp = sr_utf8_next(s->text, &p), next = p < s->text.len ? (unsigned char)s->text.ptr[p] : ' ';
		if (cp == '\n' && next == '\n')
			break;
		size_t after = p;
		if (is_apostrophe(cp) && !is_word_cp(p < s->text.len ? sr_utf8_next(s->text, &after) : 0) && !sr_cp_is_space(before(s, at)))
			s->closes = at;
		s->looked = p;
	}
	return s->closes >= from;
}

/* The mark before which `cp` stands may open a quotation: not that of "Jr.'s". */
static bool may_open_behind(uint32_t cp) { return !is_word_cp(cp) && cp != '.' && cp != ',' && cp != ')'; }

static void quotation_mark(splitter *s, uint32_t cp, size_t at, size_t next)
{
	bool word_after = is_word_cp(peek(s, next));
	if (cp == 0x2018 || cp == 0x2019 || cp == '\'') {
		if (cp != 0x2019 && may_open_behind(before(s, at)) && word_after && (cp != '\'' || is_closed(s, next)))
			s->single_quoted = true;
		else if (s->single_quoted && cp != 0x2018 && !word_after)
			s->single_quoted = false;
		else
			return;
	} else {
		bool opens = cp == '"' ? straight_opens(s, at, next) : sr_cp_opens_quote(cp);
		if (cp == '"' && !opens && !s->double_quoted && sr_is_digit(before(s, at)))
			return; /* inches */
		if (!opens && !s->double_quoted && !s->seen_quote)
			quote_from_start(s);
		s->double_quoted = opens;
		s->seen_quote = true;
	}
	end_chunk(s, true);
}

/* `[3]` or `[12]`: returns where it ends, or 0. */
static size_t citation_mark(const splitter *s, size_t at)
{
	size_t p = at + 1;
	while (p < s->to && sr_is_digit((unsigned char)s->text.ptr[p]))
		p++;
	return p > at + 1 && p < s->to && s->text.ptr[p] == ']' ? p + 1 : 0;
}

static bool question_mark(splitter *s, size_t at, size_t next)
{
	sr_vword *w = push(s, at, next, SR_VW_MARK);
	if (w)
		w->classes = SR_VW_QUESTION;
	end_sentence(s);
	return w != NULL;
}

static void blank_line(splitter *s)
{
	/* a paragraph ends every quotation that was left open: the next one opens its own */
	s->double_quoted = s->single_quoted = s->seen_quote = false;
	s->paragraph = s->words.count;
	end_sentence(s);
	s->segment++;
}

static bool punctuation(splitter *s)
{
	size_t at = s->pos;
	uint32_t cp = sr_utf8_next(s->text, &s->pos);
	size_t mark = cp == '[' ? citation_mark(s, at) : 0;
	if (mark) {
		s->pos = mark;
	} else if (sr_cp_is_quote(cp) || cp == '\'') {
		quotation_mark(s, cp, at, s->pos);
	} else if (cp == '?') {
		return question_mark(s, at, s->pos);
	} else if (cp == '%') {
		return push(s, at, s->pos, SR_VW_PERCENT) != NULL;
	} else if (cp == '\n' && peek(s, s->pos) == '\n') {
		blank_line(s);
	} else if (cp == 0x2026 || (cp == '.' && peek(s, s->pos) == '.')) {
		s->broken = true;
		end_chunk(s, false);
	} else if (cp == '.' || cp == '!') {
		if (sentence_ends(s, s->pos))
			end_sentence(s);
	} else if (cp == ',') {
		end_chunk(s, false);
	} else if (cp == ':' || cp == ';' || cp == '(' || cp == ')' || cp == '[' || cp == ']') {
		end_chunk(s, true);
	} else if (sr_cp_is_dash(cp) && (cp >= 0x2013 || !is_word_cp(before(s, at)) || !is_word_cp(peek(s, s->pos)))) {
		end_chunk(s, true);
	}
	return true;
}

/* "6.4 million" and "twenty six" become one number, "per cent" one mark. Works in place. */
static void merge(splitter *s)
{
	size_t out = 0;
	for (size_t i = 0; i < s->words.count; i++) {
		sr_vword w = s->words.items[i];
		sr_str text = sr_word_text(s->text, &w);
		sr_vword *last = out ? &s->words.items[out - 1] : NULL;
		bool joined = last && last->chunk == w.chunk && last->kind == SR_VW_NUMBER;
		int64_t scale = joined ? sr_word_lookup(&s->lex->scales, text) : 0;
		bool spelled = sr_is_alpha((unsigned char)text.ptr[0]);
		if (scale) {
			last->value *= (double)scale;
			last->end = w.end;
		} else if (joined && w.kind == SR_VW_NUMBER && spelled && w.value > 0 && w.value < 10 && last->value >= 20 &&
		           last->value < 100 && sr_is_alpha((unsigned char)s->text.ptr[last->start])) {
			last->value += w.value;
			last->end = w.end;
		} else if (last && last->chunk == w.chunk && text.len == 4 && sr_str_eq_nocase(text, SR_STR("cent")) &&
		           sr_str_eq_nocase(sr_word_text(s->text, last), SR_STR("per"))) {
			last->kind = SR_VW_PERCENT;
			last->end = w.end;
		} else {
			s->words.items[out++] = w;
		}
	}
	s->words.count = out;
}

static bool is_word(const splitter *s, size_t i, sr_str word)
{
	const sr_vword *w = &s->words.items[i];
	return i < s->words.count && w->end - w->start == word.len && sr_str_eq_nocase(sr_word_text(s->text, w), word);
}

/* What only the next word decides: "failed to", "is said to", and the conjunctions that begin a chunk ("and that"). */
static void look_ahead(splitter *s)
{
	uint32_t shift = 0;
	for (size_t i = 0; i < s->words.count; i++) {
		sr_vword *w = &s->words.items[i];
		if ((w->classes & SR_VW_NEGATION_TO) && is_word(s, i + 1, SR_STR("to")))
			w->classes |= SR_VW_NEGATION;
		if ((w->classes & SR_VW_OPEN_TO) && is_word(s, i + 1, SR_STR("to")))
			w->classes |= SR_VW_OPEN;
		bool clause = (w->classes & SR_VW_CLAUSE) || (is_word(s, i, SR_STR("and")) && is_word(s, i + 1, SR_STR("that")));
		shift += clause && !w->quoted;
		w->chunk += shift;
	}
}

/* Follows the quotation marks of what stands far before the words that are kept, without its words: a hostile page may be one
 * paragraph of megabytes. */
static void pass_over(splitter *s, size_t upto)
{
	while (s->pos < upto) {
		unsigned char c = (unsigned char)s->text.ptr[s->pos];
		if (c < 0x80 && c != '"' && c != '\'' && c != '\n') {
			s->pos++;
			continue;
		}
		size_t at = s->pos;
		uint32_t cp = sr_utf8_next(s->text, &s->pos);
		bool inside = is_apostrophe(cp) && is_word_cp(before(s, at)) && is_word_cp(peek(s, s->pos));
		if (cp == '\n' && peek(s, s->pos) == '\n')
			blank_line(s);
		else if (!inside && (sr_cp_is_quote(cp) || cp == '\''))
			quotation_mark(s, cp, at, s->pos);
	}
	while (s->pos < s->to && is_word_cp(before(s, s->pos)) && is_word_cp(peek(s, s->pos)))
		(void)sr_utf8_next(s->text, &s->pos);
}

sr_status sr_words_split(const sr_lexicon *lex, sr_str text, uint32_t from, uint32_t to, uint32_t keep,
                         bool all_quoted, sr_arena *arena, sr_vwords *out)
{
	splitter s = { .lex = lex, .text = text, .from = from, .pos = from, .to = to, .arena = arena, .all_quoted = all_quoted,
		       .initial = true };
	if (s.to > text.len)
		s.to = text.len;
	if (keep > from + LEAD_BYTES)
		pass_over(&s, keep - LEAD_BYTES);
	while (s.pos < s.to) {
		uint32_t cp = peek(&s, s.pos);
		bool ok = sr_is_digit(cp) ? number(&s) : is_word_cp(cp) ? word(&s) : punctuation(&s);
		if (!ok)
			return SR_E_NOMEM;
	}
	merge(&s);
	look_ahead(&s);
	if (!keep && !out->count) {
		out->items = s.words.items;
		out->count = s.words.count;
		out->capacity = s.words.capacity;
		return SR_OK;
	}
	for (size_t i = 0; i < s.words.count; i++) {
		if (s.words.items[i].start < keep)
			continue;
		sr_vword *w = SR_PUSH(arena, out);
		if (!w)
			return SR_E_NOMEM;
		*w = s.words.items[i];
	}
	return SR_OK;
}
