/* Quotation marks to quotations.
 *
 * Marks come in families (double, angle, single); an open one is closed by its own family only. Straight
 * marks open or close by what stands beside them; an apostrophe is told from a single mark the same way.
 * A quotation never crosses a paragraph: one left open goes on in the next if that begins with an opening
 * mark (the habit of print), else it ends with its paragraph. What a page sets off as a quotation, and a post
 * of a social network, is one without marks. Linear in the text. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

typedef enum family { FAMILY_NONE, FAMILY_DOUBLE, FAMILY_ANGLE, FAMILY_SINGLE } family;
#define OPEN_MAX 8

typedef struct open_mark {
	family kind;
	int32_t tok;
} open_mark;

static uint32_t cp_before(sr_str text, uint32_t at, uint32_t low)
{
	size_t pos = at;
	return at > low ? sr_utf8_prev(text, &pos) : ' ';
}

static uint32_t cp_after(sr_str text, uint32_t at)
{
	size_t pos = at;
	return at < text.len ? sr_utf8_next(text, &pos) : ' ';
}

static bool starts_word(uint32_t cp) { return !sr_cp_is_space(cp) && cp != ',' && cp != '.' && cp != ';' && cp != ')' && cp != '?' && cp != '!'; }

static bool single(uint32_t cp) { return cp == '\'' || cp == '`' || cp == 0x2018 || cp == 0x2019; }

/* A single mark and the same again behind it: '' or ’’ for a double one. */
static bool two_halves(const work *w, int32_t t)
{
	sr_str s = tok_str(w, t);
	size_t pos = 0;
	return s.len > 0 && single(sr_utf8_next(s, &pos)) && pos == s.len && t + 1 < w->count && sr_str_eq(tok_str(w, t + 1), s) &&
	       w->reading->tokens[t].span.end == w->reading->tokens[t + 1].span.start;
}

/* What the token's mark may do. */
static family mark_of(const work *w, int32_t t, uint32_t block_start, bool *opens, bool *closes)
{
	sr_span sp = w->reading->tokens[t].span;
	sr_str s = tok_str(w, t);
	size_t pos = 0;
	*opens = *closes = false;
	if (s.len == 0)
		return FAMILY_NONE;
	uint32_t cp = sr_utf8_next(s, &pos);
	/* ''…'' for a double mark, as one token or two. */
	bool pair = s.len == 2 && (cp == '\'' || cp == '`') && s.ptr[1] == s.ptr[0];
	if (pos != s.len && !pair)
		return FAMILY_NONE;
	if (two_halves(w, t)) {
		pair = true;
		sp.end = w->reading->tokens[t + 1].span.end;
	}
	uint32_t before = cp_before(w->text, sp.start, block_start), after = cp_after(w->text, sp.end);
	bool left = sr_cp_is_space(before) || before == '(' || before == '[' || sr_cp_is_dash(before) || sr_cp_is_quote(before) || before == ':';
	bool right = starts_word(after);
	family f = cp == 0xAB || cp == 0xBB || cp == 0x2039 || cp == 0x203A ? FAMILY_ANGLE
	           : (single(cp) && !pair) || cp == 0x201A ? FAMILY_SINGLE
	           : pair || sr_cp_is_quote(cp) ? FAMILY_DOUBLE : FAMILY_NONE;
	switch (cp) {
	case '"': case '\'': case 0x201F:
		*opens = left && right;
		*closes = !left || (!right && !*opens);
		break;
	case 0x201C: /* also the closing mark of „…“ */
		*opens = right;
		*closes = !left;
		break;
	case 0x201D: case 0x2019: /* a wrong-way mark at the start of a word opens */
		*closes = !left || !right;
		*opens = left && right;
		break;
	default:
		*opens = sr_cp_opens_quote(cp) || cp == '`';
		*closes = sr_cp_closes_quote(cp);
	}
	return f;
}

/* A single mark after the s of a plural ("the soldiers' camp") is an apostrophe if a better closing
 * mark, one after punctuation, follows in the paragraph. */
static bool plural_apostrophe(const work *w, int32_t t, int32_t last)
{
	sr_span sp = w->reading->tokens[t].span;
	if (sp.start == 0 || (w->text.ptr[sp.start - 1] != 's' && w->text.ptr[sp.start - 1] != 'z'))
		return false;
	for (int32_t k = t + 1; k <= last && k < t + 200; k++) {
		sr_str s = tok_str(w, k);
		bool single = sr_str_eq(s, SR_STR("'")) || sr_str_eq(s, SR_STR("\xE2\x80\x99"));
		if (!single)
			continue;
		uint32_t start = w->reading->tokens[k].span.start;
		char c = start ? w->text.ptr[start - 1] : ' ';
		if (c == ' ')
			return false;
		return c == ',' || c == '.' || c == '?' || c == '!';
	}
	return false;
}

static uint32_t words_in(const work *w, tokens_span s)
{
	uint32_t n = 0;
	for (int32_t t = s.lo; t <= s.hi; t++)
		n += w->toks[t].word;
	return n;
}

/* Speech rather than a title or a scare quote: long, or a whole sentence by its punctuation. */
static bool is_speech(const work *w, const quotation *q)
{
	if (q->runs_on || q->continues || q->words >= 9)
		return true;
	int32_t in = q->toks.hi - 1, before = q->toks.lo - 1, first = q->toks.lo + 1;
	if (in <= q->toks.lo)
		return false;
	char end = w->toks[in].punct;
	bool stop = end == ',' || end == '.' || end == '?' || end == '!' || end == '-';
	bool start = before < 0 || w->toks[before].sent != w->toks[q->toks.lo].sent || w->toks[before].punct == ':' || w->toks[before].punct == ',';
	if (before >= 0 && (w->toks[before].bits & W(weakq)))
		return false;
	if (start && (end == ',' || end == '?' || end == '!'))
		return true;
	if (start && (stop || q->words >= 3) && w->toks[first].cap)
		return true;
	return (q->words >= 4 && w->toks[first].cap && stop) || (start && q->words >= 4);
}

static sr_status add_quote(work *w, int32_t lo, int32_t hi, uint32_t block, bool runs_on, bool continues)
{
	quotation *q = SR_PUSH(w->arena, &w->quotes);
	if (!q)
		return SR_E_NOMEM;
	*q = (quotation){ .toks = { lo, hi }, .block = block, .runs_on = runs_on, .continues = continues, .attribution = -1 };
	q->span = ts_span(w, q->toks);
	q->words = words_in(w, q->toks);
	q->speech = is_speech(w, q);
	return SR_OK;
}

typedef struct block_walk {
	open_mark open[OPEN_MAX];
	int depth;
	int32_t first, last;
	uint32_t block;
	bool carried; /* the paragraph before left a quotation open */
} block_walk;

static sr_status take_mark(work *w, block_walk *b, int32_t t, uint32_t block_start)
{
	bool opens, closes;
	family f = mark_of(w, t, block_start, &opens, &closes);
	if (f == FAMILY_NONE)
		return SR_OK;
	int at = b->depth - 1;
	while (at >= 0 && b->open[at].kind != f)
		at--;
	if (closes && at >= 0 && !(f == FAMILY_SINGLE && plural_apostrophe(w, t, b->last))) {
		int32_t end = two_halves(w, t) ? t + 1 : t;
		w->toks[t].close = w->toks[end].close = true;
		b->depth = at;
		if (at == 0)
			return add_quote(w, b->open[0].tok, end, b->block, false, b->carried && b->open[0].tok == b->first);
		return SR_OK;
	}
	/* The same family does not nest in itself, and single marks are trusted least. */
	if (opens && at < 0 && b->depth < OPEN_MAX) {
		w->toks[t].open = true;
		if (two_halves(w, t))
			w->toks[t + 1].open = true;
		b->open[b->depth++] = (open_mark){ f, t };
	}
	return SR_OK;
}

static bool next_block_opens(const work *w, int32_t t)
{
	if (t >= w->count)
		return false;
	sr_str s = tok_str(w, t);
	size_t pos = 0;
	uint32_t cp = s.len ? sr_utf8_next(s, &pos) : 0;
	return cp == '"' || cp == 0x201C || cp == 0x201E || cp == 0xAB || cp == 0x201D;
}

static bool marked(const work *w, int32_t t)
{
	bool opens, closes;
	return !w->toks[t].word && mark_of(w, t, w->reading->tokens[t].span.start, &opens, &closes) != FAMILY_NONE && opens;
}

/* The last token of a paragraph's words that are a quotation as they stand; -1 if they are not. */
static int32_t set_off(const work *w, uint32_t block, int32_t first, int32_t last)
{
	int32_t post = post_end(w, first, last);
	signature s;
	sr_block_kind kind = w->reading->doc->blocks[block].kind;
	bool quote = kind == SR_BLOCK_QUOTE && !signature_at(w, first, &s);
	if (kind == SR_BLOCK_TURN)
		return last;
	return marked(w, first) ? -1 : post >= 0 ? post : quote ? last : -1;
}

/* A quotation without marks; paragraphs set off one after the other go on as one. */
static sr_status add_set_off(work *w, uint32_t block, int32_t first, int32_t last)
{
	quotation *before = w->quotes.count ? &w->quotes.items[w->quotes.count - 1] : NULL;
	bool goes_on = before && before->set_off && before->block + 1 == block && before->toks.hi + 1 == first;
	if (goes_on)
		before->runs_on = true;
	SR_TRY(add_quote(w, first, last, block, false, goes_on));
	w->quotes.items[w->quotes.count - 1].set_off = w->quotes.items[w->quotes.count - 1].speech = true;
	return SR_OK;
}

sr_status quotes_find(work *w)
{
	bool carried = false;
	uint32_t s = 0;
	while (s < w->reading->sentence_count) {
		uint32_t block = w->reading->sentences[s].block, end = s;
		while (end < w->reading->sentence_count && w->reading->sentences[end].block == block)
			end++;
		if (!sr_block_speaks(w->reading->doc->blocks[block].kind)) {
			s = end;
			continue;
		}
		block_walk b = { .first = sent_first(w, s), .last = sent_last(w, end - 1), .block = block, .carried = carried };
		uint32_t start = w->reading->sentences[s].span.start;
		int32_t whole = set_off(w, block, b.first, b.last);
		carried = false;
		int32_t words = turn_words(w, block, b.first, b.last);
		if (whole >= 0) {
			if (words <= whole)
				SR_TRY(add_set_off(w, block, words, whole));
			s = end;
			continue;
		}
		for (int32_t t = b.first; t <= b.last; t++)
			if (!w->toks[t].word) {
				SR_TRY(take_mark(w, &b, t, start));
				t += two_halves(w, t);
			}
		/* A single mark left open was an apostrophe; only the outermost double one may run on. */
		if (b.depth > 0 && b.open[0].kind != FAMILY_SINGLE && b.last > b.open[0].tok) {
			carried = next_block_opens(w, b.last + 1);
			SR_TRY(add_quote(w, b.open[0].tok, b.last, block, carried, b.carried && b.open[0].tok == b.first));
			w->quotes.items[w->quotes.count - 1].speech = carried || w->quotes.items[w->quotes.count - 1].words >= 9;
		}
		s = end;
	}
	for (size_t i = 0; i < w->quotes.count; i++)
		for (int32_t t = w->quotes.items[i].toks.lo; t <= w->quotes.items[i].toks.hi; t++)
			w->toks[t].quote = (int32_t)i;
	return SR_OK;
}
