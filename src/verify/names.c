/* Names, roles and loose words: what stands around a cite.
 *
 * A quotation's span need not hold its speaker's full name: the sentence around it does, or it
 * goes on ("he said", a quotation over two paragraphs) about somebody named shortly before. */
#include "align.h"

#include "sitrep/base/utf8.h"

#include <math.h>

#define BEFORE_BYTES 1500u
#define AFTER_BYTES 400u
#define ROLE_REACH 120u   /* bytes around a name in which its role stands */
#define MENTIONS_MAX 64u
#define LEAD_WORDS 2u
#define PRONOUN_REACH 4u /* words between a pronoun and its saying verb */
#define CUE_REACH 8u /* words between a saying verb and who it belongs to */

/* Moves an offset to the nearest border of a code point, down. */
static uint32_t on_border(sr_str text, size_t at)
{
	if (at > text.len)
		at = text.len;
	while (at > 0 && at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return (uint32_t)at;
}

static sr_status split_range(sr_vcontext *ctx, const sr_document *doc, size_t from, size_t to, sr_vwords *out)
{
	return sr_words_split(ctx->lex, doc->text, on_border(doc->text, from), on_border(doc->text, to), 0, false, ctx->scratch, out);
}

/* The sentences that the span touches, within its paragraph. */
static sr_status sentences_around(sr_vcontext *ctx, const sr_vcite *cite, sr_vwords *out)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	uint32_t from = block ? block->span.start : cite->span.start, to = block ? block->span.end : cite->span.end;
	sr_vwords all = { 0 };
	SR_TRY(split_range(ctx, cite->doc, from, to > cite->span.end ? to : cite->span.end, &all));
	uint32_t first = UINT32_MAX, last = 0;
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].end > cite->span.start && all.items[i].start < cite->span.end) {
			first = all.items[i].sentence < first ? all.items[i].sentence : first;
			last = all.items[i].sentence;
		}
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].sentence >= first && all.items[i].sentence <= last) {
			sr_vword *w = SR_PUSH(ctx->scratch, out);
			if (!w)
				return SR_E_NOMEM;
			*w = all.items[i];
		}
	return SR_OK;
}

static bool is_article(sr_str word)
{
	return sr_str_eq_nocase(word, SR_STR("the")) || sr_str_eq_nocase(word, SR_STR("a")) || sr_str_eq_nocase(word, SR_STR("an"));
}

/* All words of name in order among words, articles aside. */
static bool in_order(sr_str name, const sr_vwords *parts, sr_str text, const sr_vwords *words)
{
	size_t k = 0;
	for (size_t i = 0; i <= words->count && k < parts->count; i++) {
		while (k < parts->count && is_article(sr_word_text(name, &parts->items[k])))
			k++;
		if (k < parts->count && i < words->count && sr_word_same(name, &parts->items[k], text, &words->items[i]))
			k++;
	}
	return k == parts->count;
}

static bool holds_word(sr_str text, const sr_vwords *words, sr_str name, const sr_vword *part)
{
	for (size_t i = 0; i < words->count; i++)
		if (sr_word_capital(text, &words->items[i]) == sr_word_capital(name, part) && sr_word_same(name, part, text, &words->items[i]))
			return true;
	return false;
}

/* "CPA" for the Civil Protection Agency. */
static bool holds_acronym(sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	char letters[12];
	size_t n = 0;
	for (size_t k = 0; parts->items && name.ptr && k < parts->count && n < sizeof letters; k++)
		if (sr_word_capital(name, &parts->items[k]))
			letters[n++] = name.ptr[parts->items[k].start];
	for (size_t i = 0; i < words->count && n >= 2; i++)
		if (sr_str_eq(sr_word_text(text, &words->items[i]), sr_str_make(letters, n)))
			return true;
	return false;
}

static const sr_vword *last_capital(sr_str name, const sr_vwords *parts)
{
	/* "A video …", "The company": an article's capital names nobody */
	for (size_t k = parts->count; k-- > 0;)
		if (sr_word_capital(name, &parts->items[k]) && !is_article(sr_word_text(name, &parts->items[k])))
			return &parts->items[k];
	return NULL;
}

typedef enum heard { HEARD_NOBODY, HEARD_OTHER, HEARD_NAMED } heard;

/* Whether the name at words[k] may be who says what the cue words[cue] says. */
static bool may_speak(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue, size_t k)
{
	const sr_vword *w = &words->items[k], *c = &words->items[cue];
	if (w->quoted || w->kind != SR_VW_WORD || w->sentence != c->sentence || !sr_word_capital(text, w) || (w->classes & (SR_VW_CONTINUES | SR_VW_SAYING)))
		return false;
	sr_str word = sr_word_text(text, w);
	/* who is told something does not say it */
	if (k > cue && sr_str_eq_nocase(sr_word_text(text, c), SR_STR("told")))
		return false;
	return !is_article(word) && !sr_word_lookup(&lex->months, word) && !sr_word_lookup(&lex->weekdays, word);
}

/* "He said", "but she did not say": a pronoun does, whoever is named behind it. */
static bool pronoun_speaks(sr_str text, const sr_vwords *words, size_t cue)
{
	for (size_t k = cue; k-- > 0 && cue - k <= PRONOUN_REACH && words->items[k].sentence == words->items[cue].sentence && !words->items[k].quoted;) {
		if (words->items[k].classes & SR_VW_CONTINUES)
			return true;
		if (sr_word_capital(text, &words->items[k]))
			return false;
	}
	return false;
}

/* The name stands among the capitals that open the sentence of words[k]. */
static bool opens_sentence(sr_str text, const sr_vwords *words, size_t k, sr_str name, const sr_vwords *parts)
{
	uint32_t sentence = words->items[k].sentence;
	while (k > 0 && words->items[k - 1].sentence == sentence)
		k--;
	for (; k < words->count && words->items[k].sentence == sentence && !words->items[k].quoted && sr_word_capital(text, &words->items[k]); k++)
		if (holds_word(name, parts, text, &words->items[k]))
			return true;
	return false;
}

/* "Moor defended the plan on Radio One, saying …": she who opens the sentence says it. */
static bool is_participle(sr_str saying)
{
	return saying.len > 3 && sr_str_eq_nocase(sr_str_slice(saying, saying.len - 3, saying.len), SR_STR("ing"));
}

/* Who speaks by the cue: `name`, somebody else who is named, or nobody who is. */
static heard heard_at(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue, sr_str name, const sr_vwords *parts)
{
	size_t from = cue > CUE_REACH ? cue - CUE_REACH : 0, to = cue + CUE_REACH + 1;
	heard result = HEARD_NOBODY;
	if (pronoun_speaks(text, words, cue))
		return HEARD_NOBODY;
	if (is_participle(sr_word_text(text, &words->items[cue])) && opens_sentence(text, words, cue, name, parts))
		return HEARD_NAMED;
	for (size_t k = from; k < to && k < words->count; k++) {
		if (!may_speak(lex, text, words, cue, k))
			continue;
		sr_vwords one = { .items = &words->items[k], .count = 1 };
		if (holds_word(name, parts, text, &words->items[k]) || holds_acronym(text, &one, name, parts))
			return HEARD_NAMED;
		result = HEARD_OTHER;
	}
	return result;
}

/* The cues of words[from, to), the last first: the first that names anybody decides; all of them are
 * asked if any_of, and one that names `name` is enough. */
static heard heard_in(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t from, size_t to, bool any_of, sr_str name, const sr_vwords *parts)
{
	heard result = HEARD_NOBODY;
	for (size_t i = to; i-- > from;) {
		if (!(words->items[i].classes & SR_VW_SAYING) || words->items[i].quoted)
			continue;
		heard h = heard_at(lex, text, words, i, name, parts);
		if (h == HEARD_NAMED || (h == HEARD_OTHER && !any_of))
			return h;
		result = h == HEARD_OTHER ? h : result;
	}
	return result;
}

static bool somebody_else(const sr_lexicon *lex, sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	return heard_in(lex, text, words, 0, words->count, true, name, parts) == HEARD_OTHER;
}

/* "He denied the claims", "But she did not say": the cite begins with a pronoun that says or denies, so that it is who was named
 * before. "It was safe, Retz said" does not. */
static bool led_by_pronoun(const sr_vwords *words, const sr_vcite *cite)
{
	size_t k = 0;
	while (k < words->count && words->items[k].start < cite->span.start)
		k++;
	size_t first = k;
	while (k < words->count && k < first + LEAD_WORDS && !(words->items[k].classes & SR_VW_CONTINUES))
		k++;
	if (k >= words->count || k >= first + LEAD_WORDS || words->items[k].quoted)
		return false;
	for (size_t n = k + 1; n < words->count && n <= k + PRONOUN_REACH && words->items[n].sentence == words->items[k].sentence; n++)
		if (words->items[n].classes & (SR_VW_SAYING | SR_VW_DENIAL))
			return true;
	return false;
}

/* The cite's paragraph names its speakers, or leaves it to what stands before it. */
static bool heard_before(const sr_lexicon *lex, const sr_vcite *cite, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	sr_str text = cite->doc->text;
	size_t from = 0, to = words->count;
	uint32_t end = led_by_pronoun(words, cite) ? cite->span.start : block ? block->span.end : UINT32_MAX;
	while (block && from < words->count && words->items[from].start < block->span.start)
		from++;
	while (block && to > from && words->items[to - 1].start >= end)
		to--;
	heard h = heard_in(lex, text, words, from, to, true, name, parts);
	if (h == HEARD_NOBODY)
		h = heard_in(lex, text, words, 0, from, false, name, parts);
	return h != HEARD_OTHER;
}

/* What a page sets off as somebody's words has no marks of its own. */
static bool is_set_off(const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	return block && block->kind == SR_BLOCK_QUOTE;
}

static bool led_by_dash(sr_str text, const sr_block *b)
{
	size_t pos = b->span.start;
	return b->span.end > b->span.start && b->span.end - b->span.start <= SR_VERIFY_SIGNATURE_MAX && sr_cp_is_dash(sr_utf8_next(text, &pos));
}

/* "— Anna Berg, mayor" in the paragraph below, or below all that is set off together. */
static sr_status signed_below(sr_vcontext *ctx, sr_str name, const sr_vwords *parts, const sr_vcite *cite, bool *holds)
{
	const sr_document *d = cite->doc;
	const sr_block *b = sr_document_block_at(d, cite->span.start), *end = d->blocks + d->block_count;
	*holds = false;
	for (b = b ? b + 1 : end; b < end; b++) {
		sr_vwords words = { 0 };
		if (led_by_dash(d->text, b)) {
			SR_TRY(split_range(ctx, d, b->span.start, b->span.end, &words));
			*holds = in_order(name, parts, d->text, &words);
			return SR_OK;
		}
		if (b->kind != SR_BLOCK_QUOTE || b[-1].kind != SR_BLOCK_QUOTE)
			return SR_OK;
	}
	return SR_OK;
}

static bool goes_on(const sr_vwords *words, const sr_vcite *cite)
{
	if (is_set_off(cite))
		return true;
	for (size_t i = 0; i < words->count; i++)
		if ((words->items[i].classes & SR_VW_CONTINUES) ||
		    (words->items[i].quoted && words->items[i].start >= cite->span.start && words->items[i].end <= cite->span.end))
			return true;
	return false;
}

static bool own_data(const sr_vcite *cite, sr_str name)
{
	if (sr_str_eq(name, cite->source->publisher) || sr_str_eq(name, cite->source->credit))
		return true;
	for (size_t i = 0; i < cite->doc->byline_count; i++)
		if (sr_str_eq(name, cite->doc->bylines[i]))
			return true;
	for (size_t i = 0; i < cite->doc->relay_count; i++)
		if (sr_str_eq(name, cite->doc->relays[i].publisher) && sr_cite_relays(cite, cite->doc->relays[i].number))
			return true;
	return false;
}

/* Where to look back to for who "he" is: not past the start of the update, nor out of an entry of a
 * timeline, and not further than BEFORE_BYTES. */
static uint32_t look_back(const sr_vcite *cite)
{
	const sr_document *d = cite->doc;
	const sr_block *block = sr_document_block_at(d, cite->span.start);
	uint32_t from = cite->span.start > BEFORE_BYTES ? cite->span.start - BEFORE_BYTES : 0;
	const sr_block *first = block;
	while (first && first > d->blocks && first[-1].kind == block->kind && first[-1].group == block->group && block->kind != SR_BLOCK_EVENT)
		first--;
	bool apart = block && (block->group || block->kind == SR_BLOCK_EVENT);
	return apart && first->span.start > from ? first->span.start : from;
}

/* Where to look ahead to: an update or an entry keeps to itself there too. */
static size_t look_ahead(const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	size_t to = (size_t)cite->span.end + AFTER_BYTES;
	bool apart = block && (block->group || block->kind == SR_BLOCK_EVENT);
	return apart && block->span.end < to && block->span.end >= cite->span.end ? block->span.end : to;
}

/* Who opens the sentence right before the cite, or is named in it while nobody else is heard there: the cite goes on about that
 * one. */
static bool named_just_before(const sr_lexicon *lex, const sr_vcite *cite, const sr_vwords *words, sr_str name, const sr_vwords *parts, const sr_vword *surname)
{
	sr_str text = cite->doc->text;
	size_t end = 0, from;
	bool named = false;
	while (end < words->count && words->items[end].start < cite->span.start)
		end++;
	for (from = end; from > 0 && words->items[from - 1].sentence == words->items[end - 1].sentence; from--) {
		sr_vwords one = { .items = &words->items[from - 1], .count = 1 };
		named = named || (!one.items->quoted && holds_word(text, &one, name, surname));
	}
	return named && (opens_sentence(text, words, end - 1, name, parts) || heard_in(lex, text, words, from, end, true, name, parts) != HEARD_OTHER);
}

/* Who is named within a quotation need not be who says it. */
static sr_status outside_quotes(sr_vcontext *ctx, const sr_vwords *words, sr_vwords *out)
{
	for (size_t i = 0; i < words->count; i++) {
		sr_vword *w = words->items[i].quoted ? NULL : SR_PUSH(ctx->scratch, out);
		if (w)
			*w = words->items[i];
		else if (!words->items[i].quoted)
			return SR_E_NOMEM;
	}
	return SR_OK;
}

sr_status sr_name_supported(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *holds)
{
	*holds = true;
	if (!name.ptr || !name.len || own_data(cite, name))
		return SR_OK;
	sr_str text = cite->doc->text;
	sr_vwords parts = { 0 }, around = { 0 }, earlier = { 0 };
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sentences_around(ctx, cite, &around));
	if (!parts.count) {
		*holds = false;
		return SR_OK;
	}
	sr_vwords spoken_of = { 0 };
	SR_TRY(outside_quotes(ctx, &around, &spoken_of));
	if (in_order(name, &parts, text, &spoken_of))
		return SR_OK;
	bool below;
	SR_TRY(signed_below(ctx, name, &parts, cite, &below));
	if (below)
		return SR_OK;
	const sr_vword *surname = last_capital(name, &parts);
	bool full = sr_str_find(text, name, 0) != SIZE_MAX;
	if (full && ((surname && holds_word(text, &spoken_of, name, surname)) || holds_acronym(text, &spoken_of, name, &parts)))
		return SR_OK;
	SR_TRY(split_range(ctx, cite->doc, look_back(cite), look_ahead(cite), &earlier));
	bool named_near = in_order(name, &parts, text, &earlier) || (full && surname && holds_word(text, &earlier, name, surname));
	*holds = named_near && goes_on(&around, cite) && (led_by_pronoun(&around, cite) || !somebody_else(ctx->lex, text, &around, name, &parts)) &&
	         (!surname || named_just_before(ctx->lex, cite, &earlier, name, &parts, surname) || heard_before(ctx->lex, cite, &earlier, name, &parts));
	return SR_OK;
}

sr_status sr_somebody_else(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *other)
{
	sr_vwords parts = { 0 }, around = { 0 };
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sentences_around(ctx, cite, &around));
	*other = somebody_else(ctx->lex, cite->doc->text, &around, name, &parts);
	return SR_OK;
}

sr_status sr_words_near(sr_vcontext *ctx, sr_str words, const sr_vcite *cite, bool *holds)
{
	*holds = true;
	if (!words.len || own_data(cite, words))
		return SR_OK;
	sr_vwords parts = { 0 }, around = { 0 };
	SR_TRY(sr_words_split(ctx->lex, words, 0, (uint32_t)words.len, 0, false, ctx->scratch, &parts));
	SR_TRY(split_range(ctx, cite->doc, look_back(cite), look_ahead(cite), &around));
	*holds = parts.count && in_order(words, &parts, cite->doc->text, &around);
	return SR_OK;
}

sr_status sr_role_supported(sr_vcontext *ctx, sr_str role, sr_str name, const sr_vcite *cite, bool *holds)
{
	sr_vwords parts = { 0 }, words = { 0 };
	sr_str text = cite->doc->text;
	SR_TRY(sr_words_near(ctx, role, cite, holds));
	if (*holds)
		return SR_OK;
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_words_split(ctx->lex, role, 0, (uint32_t)role.len, 0, false, ctx->scratch, &parts));
	const sr_vword *surname = last_capital(name, &words);
	size_t at = 0, seen = 0;
	while (surname && !*holds && seen++ < MENTIONS_MAX && (at = sr_str_find(text, sr_word_text(name, surname), at)) != SIZE_MAX) {
		sr_vwords around = { 0 };
		SR_TRY(split_range(ctx, cite->doc, at > ROLE_REACH ? at - ROLE_REACH : 0, at + ROLE_REACH, &around));
		*holds = in_order(role, &parts, text, &around);
		at++;
	}
	return SR_OK;
}

/* Equal but for case, or but for an ending of at most three letters ("missing", "miss"). */
static bool loosely_same(sr_str a, sr_str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
	if (longer - shorter > (shorter >= 4 ? 3 : 0))
		return false;
	size_t stem = longer == shorter || shorter < 5 ? shorter : shorter - 1;
	return sr_str_eq_nocase(sr_str_slice(a, 0, stem), sr_str_slice(b, 0, stem));
}

/* Itself, but for an ending; "denied" also where it says "rejects". */
static bool stands_loosely(sr_str text, const sr_vword *w, sr_str in, const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const sr_vword *s = &words->items[i];
		if ((s->classes & SR_VW_DENIAL) && sr_str_eq_nocase(sr_word_text(text, w), SR_STR("denied")))
			return true;
		if (w->kind != s->kind)
			continue;
		if (w->kind != SR_VW_WORD ? sr_word_same(text, w, in, s) : loosely_same(sr_word_text(text, w), sr_word_text(in, s)))
			return true;
	}
	return false;
}

sr_status sr_words_loose(sr_vcontext *ctx, sr_str text, const sr_vcite *cites, size_t count, sr_str extra, sr_str *reason)
{
	sr_vwords words = { 0 }, more = { 0 };
	*reason = (sr_str){ 0 };
	SR_TRY(sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_words_split(ctx->lex, extra, 0, (uint32_t)extra.len, 0, false, ctx->scratch, &more));
	sr_vwords *src = SR_NEW_ARRAY(ctx->scratch, sr_vwords, count + 1);
	if (!src)
		return SR_E_NOMEM;
	for (size_t c = 0; c < count; c++)
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[c], ctx->scratch, &src[c]));
	for (size_t i = 0; i < words.count; i++) {
		const sr_vword *w = &words.items[i];
		bool found = w->kind == SR_VW_MARK || sr_word_lookup(&ctx->lex->loose, sr_word_text(text, w)) ||
		             stands_loosely(text, w, extra, &more);
		for (size_t c = 0; c < count && !found; c++)
			found = stands_loosely(text, w, cites[c].doc->text, &src[c]);
		if (!found) {
			*reason = sr_verify_reason(ctx, "\"%.*s\" stands in nothing that it speaks of", SR_FMT(sr_word_text(text, w)));
			return SR_OK;
		}
	}
	return SR_OK;
}

sr_status sr_words_shared(sr_vcontext *ctx, sr_str text, const sr_vcite *cite, size_t *shared)
{
	sr_vwords words = { 0 }, src = { 0 };
	*shared = 0;
	SR_TRY(sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, &words));
	SR_TRY(sr_align_split_cite(ctx->lex, cite, ctx->scratch, &src));
	for (size_t i = 0; i < words.count; i++) {
		const sr_vword *w = &words.items[i];
		bool weighs = w->kind == SR_VW_NUMBER || (w->kind == SR_VW_WORD && w->end - w->start > 3);
		if (weighs && !sr_word_lookup(&ctx->lex->loose, sr_word_text(text, w)))
			*shared += stands_loosely(text, w, cite->doc->text, &src);
	}
	return SR_OK;
}

bool sr_number_stands(double value, const sr_vwords *words)
{
	bool holds = isinf(value);
	for (size_t i = 0; i < words->count && !holds; i++)
		holds = words->items[i].kind == SR_VW_NUMBER && words->items[i].value >= value && words->items[i].value <= value;
	return holds;
}

bool sr_unit_stands(const sr_lexicon *lex, sr_str unit, sr_str text, const sr_vwords *words)
{
	bool holds = !unit.len;
	const int64_t *row = sr_strmap_get(&lex->unit_names, unit);
	for (size_t i = 0; i < words->count && !holds; i++) {
		sr_str word = sr_word_text(text, &words->items[i]);
		holds = sr_str_eq_nocase(word, unit) || (row && sr_word_lookup(&lex->units, word) == *row) ||
		        (row && words->items[i].kind == SR_VW_PERCENT && sr_str_eq(unit, SR_STR("%")));
	}
	return holds;
}
