/* Names, roles and loose words: what stands around a cite.
 *
 * A quotation's span need not hold its speaker's full name: the sentence around it does, or it
 * goes on ("he said", a quotation over two paragraphs) about somebody named shortly before. */
#include "align.h"
#include "speech.h"

#include "sitrep/base/utf8.h"

#define BEFORE_BYTES 1500u
#define AFTER_BYTES 400u
#define SENTENCE_REACH 2000u /* bytes around a cite in which its sentences end */
#define LEAD_WORDS 2u
#define GAP_WORDS 4u /* articles, initials and another name within a name */
#define PRONOUN_REACH 4u /* words between a pronoun and its saying verb */

/* Moves an offset to the nearest border of a code point, down. */
static uint32_t on_border(sr_str text, size_t at)
{
	if (at > text.len)
		at = text.len;
	while (at > 0 && at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return (uint32_t)at;
}

sr_status sr_words_around(sr_vcontext *ctx, sr_str text, size_t from, size_t to, sr_vwords *out)
{
	return sr_words_split(ctx->lex, text, on_border(text, from), on_border(text, to), 0, false, ctx->scratch, out);
}

/* The sentences that the span touches, within its paragraph and SENTENCE_REACH. */
static sr_status sentences_around(sr_vcontext *ctx, const sr_vcite *cite, sr_vwords *out)
{
	sr_str text = cite->doc->text;
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	uint32_t from = block ? block->span.start : cite->span.start, to = block && block->span.end > cite->span.end ? block->span.end : cite->span.end;
	uint32_t keep = cite->span.start > from + SENTENCE_REACH ? cite->span.start - SENTENCE_REACH : from;
	to = to - cite->span.end > SENTENCE_REACH ? on_border(text, cite->span.end + SENTENCE_REACH) : to;
	sr_vwords all = { 0 };
	SR_TRY(sr_words_split(ctx->lex, text, from, to, keep, false, ctx->scratch, &all));
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

/* Nothing but articles, initials and at most one further name stands between words[i] and words[j], and no comma. */
static bool adjoin(sr_str text, const sr_vwords *words, size_t i, size_t j, bool comma)
{
	size_t further = 0;
	for (size_t k = i + 1; k < j; k++) {
		const sr_vword *w = &words->items[k];
		if (sr_speech_article(sr_word_text(text, w)) || (w->end - w->start == 1 && sr_word_capital(text, w)))
			continue;
		if (!sr_word_capital(text, w) || further++)
			return false;
	}
	sr_str gap = sr_str_slice(text, words->items[i].end, words->items[j].start);
	for (size_t k = 0; k < gap.len; k++)
		if (gap.ptr[k] == ';' || gap.ptr[k] == ':' || gap.ptr[k] == '(' || gap.ptr[k] == '\n' || (gap.ptr[k] == ',' && !comma))
			return false;
	return words->items[i].sentence == words->items[j].sentence;
}

size_t sr_name_at(sr_str name, const sr_vwords *parts, sr_str text, const sr_vwords *words, size_t i)
{
	size_t last = SIZE_MAX, previous = 0;
	for (size_t k = 0; k < parts->count; k++) {
		if (sr_speech_article(sr_word_text(name, &parts->items[k])))
			continue;
		size_t j = last == SIZE_MAX ? i : last + 1;
		while (j < words->count && last != SIZE_MAX && j <= last + GAP_WORDS && !sr_word_same(name, &parts->items[k], text, &words->items[j]))
			j++;
		if (j >= words->count || !sr_word_same(name, &parts->items[k], text, &words->items[j]))
			return SIZE_MAX;
		if (last != SIZE_MAX && !adjoin(text, words, last, j, parts->items[previous].chunk != parts->items[k].chunk))
			return SIZE_MAX;
		last = j;
		previous = k;
	}
	return last;
}

bool sr_name_stands(sr_str name, const sr_vwords *parts, sr_str text, const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (sr_name_at(name, parts, text, words, i) != SIZE_MAX)
			return true;
	return false;
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
	sr_heard h = sr_speech_heard(lex, text, words, from, to, true, name, parts);
	if (h == HEARD_NOBODY)
		h = sr_speech_heard(lex, text, words, 0, from, false, name, parts);
	return h != HEARD_OTHER;
}

/* What a page sets off as somebody's words has no marks of its own. */
static bool is_set_off(const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	return block && (block->kind == SR_BLOCK_QUOTE || block->kind == SR_BLOCK_TURN);
}

/* "MAYOR ANA BRUNT: …", "BRUNT: …" over the words of a transcript, at the head of its paragraph or of one before, for Ana Brunt: the same
 * surname, and the rest of the name on the label or, in full, elsewhere in the document. */
static bool labelled(sr_str name, const sr_vcite *cite)
{
	const sr_document *d = cite->doc;
	sr_str label = { 0 }, word;
	for (const sr_block *b = sr_document_block_at(d, cite->span.start); b && b >= d->blocks && b->kind == SR_BLOCK_TURN && !label.len; b--)
		if (!sr_turn_label(sr_span_of(d->text, b->span), &label))
			label = (sr_str){ 0 };
	if (!label.len || !sr_str_eq_nocase(sr_str_last_word(label), sr_str_last_word(name)))
		return false;
	bool whole = true;
	for (sr_str rest = name; sr_str_next_field(&rest, ' ', &word);)
		whole = whole && sr_str_find_nocase(label, word, 0) != SIZE_MAX;
	return whole || sr_str_find_nocase(d->text, name, 0) != SIZE_MAX;
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
			SR_TRY(sr_words_around(ctx, d->text, b->span.start, b->span.end, &words));
			*holds = sr_name_stands(name, parts, d->text, &words);
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
		named = named || (!one.items->quoted && sr_speech_holds(text, &one, name, surname));
	}
	return named && (sr_speech_opens(text, words, end - 1, name, parts) || sr_speech_heard(lex, text, words, from, end, true, name, parts) != HEARD_OTHER);
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

/* The sentences around the cite do not name it: they go on about somebody named shortly before. */
static sr_status named_near(sr_vcontext *ctx, sr_str name, const sr_vwords *parts, const sr_vcite *cite, const sr_vwords *around, bool *holds)
{
	sr_str text = cite->doc->text;
	sr_vwords earlier = { 0 };
	const sr_vword *surname = sr_speech_last_capital(name, parts);
	bool full = sr_str_find(text, name, 0) != SIZE_MAX;
	SR_TRY(sr_words_around(ctx, cite->doc->text, look_back(cite), look_ahead(cite), &earlier));
	bool near = sr_name_stands(name, parts, text, &earlier) || (full && surname && sr_speech_holds(text, &earlier, name, surname));
	*holds = near && goes_on(around, cite) && (led_by_pronoun(around, cite) || !sr_speech_other(ctx->lex, text, around, name, parts)) &&
	         (!surname || named_just_before(ctx->lex, cite, &earlier, name, parts, surname) || heard_before(ctx->lex, cite, &earlier, name, parts));
	return SR_OK;
}

/* The sentences around the cite name it, in full or, where the document has the full name, shortly. */
static sr_status named_here(sr_vcontext *ctx, sr_str name, const sr_vwords *parts, const sr_vcite *cite, const sr_vwords *around, bool *holds)
{
	sr_str text = cite->doc->text;
	sr_vwords spoken_of = { 0 };
	const sr_vword *surname = sr_speech_last_capital(name, parts);
	bool full = sr_str_find(text, name, 0) != SIZE_MAX;
	SR_TRY(outside_quotes(ctx, around, &spoken_of));
	*holds = sr_name_stands(name, parts, text, &spoken_of) ||
	         (full && ((surname && sr_speech_holds(text, &spoken_of, name, surname)) || sr_speech_acronym(text, &spoken_of, name, parts)));
	return SR_OK;
}

sr_status sr_name_supported(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *holds)
{
	*holds = true;
	if (!name.ptr || !name.len)
		return SR_OK;
	sr_vwords parts = { 0 }, around = { 0 };
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sentences_around(ctx, cite, &around));
	*holds = false;
	if (!parts.count)
		return SR_OK;
	sr_heard given = sr_speech_given(ctx->lex, cite->doc->text, &around, name, &parts);
	bool here, below, given_away = given == HEARD_OTHER, own = own_data(cite, name) && (given == HEARD_NAMED || !sr_speech_attributed(ctx->lex, cite->doc->text, &around));
	SR_TRY(named_here(ctx, name, &parts, cite, &around, &here));
	SR_TRY(signed_below(ctx, name, &parts, cite, &below));
	/* an outlet and its author speak where nobody else does; whoever stands in the sentence, unless it is another who says it */
	*holds = below || own || labelled(name, cite) || (here && !given_away);
	if (*holds || (here && given_away && !led_by_pronoun(&around, cite)))
		return SR_OK;
	return named_near(ctx, name, &parts, cite, &around, holds);
}

sr_status sr_somebody_else(sr_vcontext *ctx, sr_str name, const sr_vcite *cite, bool *other)
{
	sr_vwords parts = { 0 }, around = { 0 };
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sentences_around(ctx, cite, &around));
	*other = sr_speech_other(ctx->lex, cite->doc->text, &around, name, &parts);
	return SR_OK;
}

sr_status sr_words_near(sr_vcontext *ctx, sr_str words, const sr_vcite *cite, bool *holds)
{
	*holds = true;
	if (!words.len || own_data(cite, words))
		return SR_OK;
	sr_vwords parts = { 0 }, around = { 0 };
	SR_TRY(sr_words_split(ctx->lex, words, 0, (uint32_t)words.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sr_words_around(ctx, cite->doc->text, look_back(cite), look_ahead(cite), &around));
	*holds = parts.count && sr_name_stands(words, &parts, cite->doc->text, &around);
	return SR_OK;
}
