/* Tokens and sentences, by one pass over each block.
 *
 * Invariants: tokens are in order, do not overlap, hold no white space, and cover every other byte of
 * their block; each token belongs to exactly one sentence; a sentence starts at its first token and
 * ends with its last. */
#include "sitrep/base/data.h"
#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/lang.h"

#include <string.h>

typedef SR_VEC(sr_token) token_vec;
typedef SR_VEC(sr_sentence) sentence_vec;

enum { ABBR_NEVER = 1, ABBR_NUMBER, ABBR_MAYBE };

typedef struct segmenter {
	sr_arena *arena;
	sr_str text;
	sr_strmap abbreviations;
	token_vec tokens;
	sentence_vec sentences;
} segmenter;

static bool load_abbreviations(segmenter *s)
{
	sr_str rest = sr_data("lang/abbreviations.tsv"), f[2];
	sr_strmap_init(&s->abbreviations, s->arena);
	while (sr_tsv_next(&rest, f, 2)) {
		int64_t *v = sr_strmap_put(&s->abbreviations, f[0]);
		if (!v)
			return false;
		*v = sr_str_eq(f[1], SR_STR("never")) ? ABBR_NEVER : sr_str_eq(f[1], SR_STR("maybe")) ? ABBR_MAYBE : ABBR_NUMBER;
	}
	return true;
}

static int64_t abbreviation(const segmenter *s, sr_span span)
{
	char low[16];
	sr_str w = sr_span_of(s->text, span);
	if (w.len == 0 || w.len > sizeof low)
		return 0;
	for (size_t i = 0; i < w.len; i++)
		low[i] = (char)(sr_is_upper((unsigned char)w.ptr[i]) ? w.ptr[i] + 32 : w.ptr[i]);
	int64_t *kind = sr_strmap_get(&s->abbreviations, sr_str_make(low, w.len));
	return kind ? *kind : 0;
}

static uint32_t cp_at(sr_str text, size_t pos, size_t end)
{
	return pos < end ? sr_utf8_next(sr_str_slice(text, 0, end), &pos) : 0;
}

static bool wordish(uint32_t cp) { return sr_cp_is_letter(cp) || sr_cp_is_number(cp) || cp == '_'; }
static bool apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019; }

static size_t word_end(sr_str text, size_t pos, size_t end)
{
	while (pos < end) {
		size_t next = pos;
		if (!wordish(sr_utf8_next(text, &next)))
			break;
		pos = next;
	}
	return pos;
}

/* 1,200.5 and 8:40 and 10.5: digits with separators that stand between digits. */
static size_t number_end(sr_str text, size_t pos, size_t end)
{
	while (pos < end) {
		unsigned char c = (unsigned char)text.ptr[pos];
		bool inner = (c == ',' || c == '.' || c == ':') && pos + 1 < end && sr_is_digit((unsigned char)text.ptr[pos + 1]);
		if (!sr_is_digit(c) && !inner)
			break;
		pos++;
	}
	return pos;
}

/* U.S. and a.m.: single letters each with a stop. */
static size_t dotted_end(sr_str text, size_t pos, size_t end)
{
	size_t p = pos, letters = 0;
	while (p + 1 < end && sr_is_alpha((unsigned char)text.ptr[p]) && text.ptr[p + 1] == '.') {
		p += 2;
		letters++;
	}
	bool cut_word = p < end && wordish(cp_at(text, p, end));
	return letters >= 2 && !cut_word ? p : pos;
}

static size_t url_end(sr_str text, size_t pos, size_t end)
{
	sr_str rest = sr_str_slice(text, pos, end);
	if (!sr_str_starts_nocase(rest, SR_STR("http://")) && !sr_str_starts_nocase(rest, SR_STR("https://"))
	    && !sr_str_starts_nocase(rest, SR_STR("www.")))
		return pos;
	size_t p = pos;
	while (p < end && (unsigned char)text.ptr[p] > ' ' && !strchr("<>\"", text.ptr[p]))
		p++;
	while (p > pos && strchr(".,;:!?)'", text.ptr[p - 1]))
		p--;
	return p;
}

static bool add_token(segmenter *s, size_t start, size_t end)
{
	sr_token *t = SR_PUSH(s->arena, &s->tokens);
	if (!t)
		return false;
	t->span = (sr_span){ (uint32_t)start, (uint32_t)end };
	t->head = -2;
	return true;
}

/* Splits off n't and 's, 're, 've, 'll, 'd, 'm; the word is [start, end) without its apostrophe part. */
static size_t clitic_end(sr_str text, size_t pos, size_t end)
{
	static const char *const tails[] = { "s", "re", "ve", "ll", "d", "m" };
	size_t after = pos;
	if (pos >= end || !apostrophe(sr_utf8_next(text, &after)))
		return pos;
	size_t stop = word_end(text, after, end);
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (sr_str_eq_nocase(sr_str_slice(text, after, stop), sr_str_c(tails[i])))
			return stop;
	return pos;
}

static bool add_word(segmenter *s, size_t start, size_t end, size_t limit, size_t *next)
{
	sr_str text = s->text;
	size_t tail = clitic_end(text, end, limit);
	uint32_t mark = cp_at(text, end, limit);
	*next = tail > end ? tail : end;
	if (tail > end)
		return add_token(s, start, end) && add_token(s, end, tail);
	/* do|n't: the n belongs to the clitic */
	if (apostrophe(mark) && end - start > 1 && (text.ptr[end - 1] == 'n' || text.ptr[end - 1] == 'N')) {
		size_t after = end + (mark == '\'' ? 1 : 3);
		size_t stop = word_end(text, after, limit);
		if (stop - after == 1 && (text.ptr[after] == 't' || text.ptr[after] == 'T')) {
			*next = stop;
			return add_token(s, start, end - 1) && add_token(s, end - 1, stop);
		}
	}
	/* O'Brien, d'Ivoire */
	if (apostrophe(mark)) {
		size_t after = end;
		sr_utf8_next(text, &after);
		size_t stop = word_end(text, after, limit);
		if (stop > after) {
			*next = stop;
			return add_token(s, start, stop);
		}
	}
	/* an abbreviation keeps its stop */
	if (mark == '.' && (abbreviation(s, (sr_span){ (uint32_t)start, (uint32_t)end + 1 }) || (end - start == 1 && sr_is_upper((unsigned char)text.ptr[start])))) {
		*next = end + 1;
		return add_token(s, start, end + 1);
	}
	return add_token(s, start, end);
}

static bool tokenize(segmenter *s, sr_span block)
{
	sr_str text = sr_str_slice(s->text, 0, block.end);
	size_t pos = block.start, end = block.end, next;
	while (pos < end) {
		next = pos;
		uint32_t cp = sr_utf8_next(text, &next);
		if (sr_cp_is_space(cp)) {
			pos = next;
			continue;
		}
		size_t stop = url_end(text, pos, end);
		if (stop == pos)
			stop = dotted_end(text, pos, end);
		if (stop == pos && sr_is_digit(cp)) {
			stop = number_end(text, pos, end);
			stop = word_end(text, stop, end); /* 10th, 5km */
		}
		if (stop > pos) {
			if (!add_token(s, pos, stop))
				return false;
		} else if (wordish(cp)) {
			if (!add_word(s, pos, word_end(text, pos, end), end, &stop))
				return false;
		} else {
			stop = next;
			while (stop < end && cp == '.' && text.ptr[stop] == '.')
				stop++;
			if (!add_token(s, pos, stop))
				return false;
		}
		pos = stop;
	}
	return true;
}

static uint32_t first_cp(const segmenter *s, const sr_token *t) { return cp_at(s->text, t->span.start, t->span.end); }

static bool is_closer(uint32_t cp) { return cp == ')' || cp == ']' || cp == '}' || apostrophe(cp) || sr_cp_closes_quote(cp); }

/* Whether a sentence may start with this token after a full stop. */
static bool starts_sentence(uint32_t cp)
{
	return sr_cp_is_uppercase(cp) || sr_cp_is_number(cp) || sr_cp_is_quote(cp) || cp == '(' || cp == '[' || cp == '@'
	       || cp == '#' || sr_cp_is_dash(cp) || cp == 0x2022 || (cp >= 0x80 && sr_cp_is_letter(cp) && !sr_cp_is_lowercase(cp));
}

static bool glued(const sr_token *a, const sr_token *b) { return a->span.end == b->span.start; }

/* True if token i (which ends with . ? ! or …) ends a sentence that next follows. */
static bool ends_here(const segmenter *s, size_t i, size_t next, size_t last)
{
	const sr_token *t = &s->tokens.items[i];
	sr_str w = sr_span_of(s->text, t->span);
	if (next > last)
		return true;
	const sr_token *n = &s->tokens.items[next];
	uint32_t cp = first_cp(s, n);
	if (w.len > 1 && w.ptr[w.len - 1] == '.' && w.ptr[0] != '.') {
		int64_t kind = abbreviation(s, t->span);
		bool initial = w.len == 2;
		if (kind == ABBR_NEVER || initial)
			return false;
		if (kind == ABBR_NUMBER)
			return !sr_is_digit(cp) && starts_sentence(cp);
		/* U.S. Army: a capital after a dotted name is more often the name going on, unless a
		 * function word follows */
		if (!starts_sentence(cp))
			return false;
		sr_str folded = sr_span_of(s->text, n->span);
		char low[16];
		if (folded.len > sizeof low)
			return false;
		for (size_t k = 0; k < folded.len; k++)
			low[k] = (char)(sr_is_upper((unsigned char)folded.ptr[k]) ? folded.ptr[k] + 32 : folded.ptr[k]);
		return sr_lang_is_stopword(sr_str_make(low, folded.len)) || sr_cp_is_quote(cp);
	}
	return starts_sentence(cp) && !glued(&s->tokens.items[next - 1], n);
}

static bool add_sentence(segmenter *s, size_t first, size_t end, uint32_t block)
{
	sr_sentence *out = SR_PUSH(s->arena, &s->sentences);
	if (!out)
		return false;
	*out = (sr_sentence){ .span = { s->tokens.items[first].span.start, s->tokens.items[end - 1].span.end },
		                  .first_token = (uint32_t)first, .token_count = (uint32_t)(end - first), .block = block };
	return true;
}

static bool is_final(sr_str w, uint32_t cp)
{
	return cp == '?' || cp == '!' || cp == 0x2026 || (w.len && w.ptr[w.len - 1] == '.');
}

static bool split_sentences(segmenter *s, size_t first, uint32_t block)
{
	size_t count = s->tokens.count, start = first;
	for (size_t i = first; i < count; i++) {
		sr_str w = sr_span_of(s->text, s->tokens.items[i].span);
		if (!is_final(w, first_cp(s, &s->tokens.items[i])))
			continue;
		size_t next = i + 1;
		while (next < count && glued(&s->tokens.items[next - 1], &s->tokens.items[next])) {
			uint32_t cp = first_cp(s, &s->tokens.items[next]);
			if (!is_closer(cp) && !is_final(sr_span_of(s->text, s->tokens.items[next].span), cp))
				break;
			next++;
		}
		if (ends_here(s, i, next, count - 1)) {
			if (!add_sentence(s, start, next, block))
				return false;
			start = next;
			i = next - 1;
		}
	}
	return start >= count || add_sentence(s, start, count, block);
}

sr_status sr_lang_segment(sr_arena *arena, sr_reading *reading, sr_error *err)
{
	segmenter s = { .arena = arena, .text = reading->doc->text };
	bool ok = load_abbreviations(&s);
	for (size_t i = 0; ok && i < reading->doc->block_count; i++) {
		size_t first = s.tokens.count;
		ok = tokenize(&s, reading->doc->blocks[i].span) && split_sentences(&s, first, (uint32_t)i);
	}
	if (!ok)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	reading->sentences = s.sentences.items;
	reading->sentence_count = s.sentences.count;
	reading->tokens = s.tokens.items;
	reading->token_count = s.tokens.count;
	return SR_OK;
}
