/* What a line must not leave out of the spans that it is made from.
 *
 * Leaving words out is allowed; leaving out the word that turns the meaning is not. A word of a
 * turning class may be dropped only together with the whole chunk (between two punctuation marks)
 * that it stands in, and a denial or a speaker that governs a sentence not even then. */
#include "align.h"

#define TURNING (SR_VW_NEGATION | SR_VW_DENIAL | SR_VW_HEDGE | SR_VW_UNVERIFIED | SR_VW_QUESTION)
#define GOVERNING (SR_VW_DENIAL | SR_VW_UNVERIFIED)
#define NEAR_BYTES 1500u
#define CUE_WORDS_MAX 8u /* ", the head of the yard in Oss said" */

bool sr_align_has_weight(sr_str text, const sr_vword *w)
{
	return w->end - w->start > 3 || w->kind == SR_VW_NUMBER || sr_word_capital(text, w);
}

/* Classes that the line shows in its frames. */
static uint32_t frame_classes(const aligner *a)
{
	uint32_t all = 0;
	for (size_t i = 0; i < a->words.count; i++)
		all |= a->match[i] < 0 && a->frame_of[i] ? a->words.items[i].classes : 0;
	return all;
}

static uint32_t source_classes(const aligner *a)
{
	uint32_t all = 0;
	for (size_t k = 0; k < a->src.count; k++)
		all |= a->src.items[k].classes;
	return all;
}

/* A frame that says "denies" needs a denial in what it cites. */
static sr_str unmet_frame(const aligner *a)
{
	uint32_t have = source_classes(a);
	for (size_t i = 0; i < a->words.count; i++) {
		if (a->match[i] >= 0 || !a->frame_of[i])
			continue;
		const sr_vframe *f = &a->ctx->lex->frames.items[a->frame_of[i] - 1];
		if (f->needs && !(f->needs & have))
			return sr_verify_reason(a->ctx, "nothing cited bears out \"%.*s\"", SR_FMT(sr_word_text(a->line, &a->words.items[i])));
	}
	return (sr_str){ 0 };
}

/* A frame word that a cited sentence has too was moved, not added: it may have changed sides. */
static sr_str moved_frame(const aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++)
		for (size_t k = 0; k < a->src.count && a->match[i] < 0 && a->frame_of[i]; k++) {
			const sr_vword *s = &a->src.items[k];
			if (!a->used[k] && (s->classes & SR_VW_SAYING) && sr_word_same(a->line, &a->words.items[i], a->cites[s->span].doc->text, s))
				return sr_verify_reason(a->ctx, "\"%.*s\" stands elsewhere in the cited span", SR_FMT(sr_align_src_text(a, k)));
		}
	return (sr_str){ 0 };
}

/* A semicolon sets the words of several holders side by side: they may say the same. */
static bool side_by_side(const aligner *a, size_t i, size_t j)
{
	return sr_str_find_char(sr_str_slice(a->line, a->words.items[i].end, a->words.items[j].start), ';', 0) != SIZE_MAX;
}

/* No word that matters may be taken twice from where it stands once. */
static sr_str doubled(const aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++)
		for (size_t j = i + 1; j < a->words.count && a->match[i] >= 0; j++)
			if (a->match[j] == a->match[i] && !side_by_side(a, i, j) && (sr_align_has_weight(a->line, &a->words.items[i]) || (a->words.items[i].classes & TURNING)))
				return sr_verify_reason(a->ctx, "\"%.*s\" stands only once in the cited span", SR_FMT(sr_word_text(a->line, &a->words.items[i])));
	return (sr_str){ 0 };
}

/* True if a word of the same chunk as k was taken into the line. */
static bool chunk_used(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	for (size_t j = k; j-- > 0 && s[j].span == s[k].span && s[j].chunk == s[k].chunk;)
		if (a->used[j])
			return true;
	for (size_t j = k + 1; j < a->src.count && s[j].span == s[k].span && s[j].chunk == s[k].chunk; j++)
		if (a->used[j])
			return true;
	return false;
}

static bool chunk_taken(const aligner *a, size_t k) { return a->used[k] || chunk_used(a, k); }

static bool used_later_in_sentence(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	for (size_t j = k + 1; j < a->src.count && s[j].span == s[k].span && s[j].sentence == s[k].sentence; j++)
		if (a->used[j])
			return true;
	return false;
}

/* "Nearly" of "nearly 250 injured" is left out together with its number. */
static bool goes_with_number(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	size_t j = k + 1;
	bool beside = j < a->src.count && s[j].span == s[k].span && s[j].chunk == s[k].chunk;
	return beside && (s[k].classes & SR_VW_APPROX) && (s[j].kind == SR_VW_NUMBER || (s[j].classes & SR_VW_AMOUNT)) && !a->used[j];
}

/* "It is not true, the miller said, | that the gate is shut": what is left out governs what is taken, past who says it. */
static bool governs_that(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	bool taken = false, says = false; /* of the chunk before */
	for (size_t j = k + 1; j < a->src.count && s[j].span == s[k].span && s[j].sentence == s[k].sentence && s[j].segment == s[k].segment; j++) {
		if (s[j].chunk != s[j - 1].chunk) {
			if (chunk_taken(a, j) && sr_str_eq_nocase(sr_align_src_text(a, j), SR_STR("that")))
				return true;
			if (taken && !says)
				return false;
			taken = chunk_taken(a, j);
			says = false;
		}
		says = says || (s[j].classes & SR_VW_SAYING);
	}
	return false;
}

static sr_str turned(const aligner *a)
{
	uint32_t shown = frame_classes(a);
	for (size_t k = 0; k < a->src.count; k++) {
		uint32_t c = a->src.items[k].classes;
		if (a->used[k] || !(c & TURNING) || goes_with_number(a, k))
			continue;
		/* a saying verb that also doubts ("claims") is covered by naming the speaker; see unsaid() */
		if ((c & SR_VW_SAYING) && !(c & (SR_VW_NEGATION | SR_VW_DENIAL)))
			continue;
		/* a denial may be told by a frame; a negation or a question must stand itself */
		if ((c & (SR_VW_DENIAL | SR_VW_HEDGE | SR_VW_UNVERIFIED)) & shown)
			continue;
		/* a quotation stands for itself, whatever governs the sentence around it */
		if (chunk_used(a, k) || (!a->mode.quotation && (c & GOVERNING) && used_later_in_sentence(a, k)) || ((c & SR_VW_NEGATION) && governs_that(a, k)))
			return sr_verify_reason(a->ctx, "it leaves out \"%.*s\"", SR_FMT(sr_align_src_text(a, k)));
	}
	return (sr_str){ 0 };
}

static bool names_speaker(const aligner *a)
{
	if (a->mode.attributed || a->mode.quotation)
		return true;
	/* "Speaker: statement", with a speaker of the source's: the outlet's own name says nothing of who spoke to it */
	bool cited = a->match[0] >= 0;
	for (size_t i = 1; i < a->words.count; i++) {
		if (a->words.items[i].segment != a->words.items[0].segment)
			return cited && a->line.ptr[a->words.items[i - 1].end] == ':';
		cited = cited || a->match[i] >= 0;
	}
	return false;
}

static bool same_chunk(const sr_vword *a, const sr_vword *b) { return a->span == b->span && a->chunk == b->chunk; }

/* The aside that the word at k stands in was left out whole, and nothing in it governs what was taken: "which announced the
 * plan", "announcing the plan". */
static bool is_aside(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	size_t first = k;
	if (chunk_used(a, k))
		return false;
	while (first > 0 && same_chunk(&s[first - 1], &s[k]))
		first--;
	return (s[first].classes & SR_VW_CLAUSE) || sr_str_ends_nocase(sr_align_src_text(a, k), SR_STR("ing"));
}

/* ", the opposition claimed" and ", said the mayor": the last words of their sentence, with the cue at either end. */
static bool is_cue_behind(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	size_t first = k, last = k;
	while (first > 0 && same_chunk(&s[first - 1], &s[k]))
		first--;
	while (last + 1 < a->src.count && same_chunk(&s[last + 1], &s[k]))
		last++;
	bool ends = last + 1 == a->src.count || s[last + 1].span != s[k].span || s[last + 1].sentence != s[k].sentence;
	return ends && first > 0 && s[first - 1].span == s[k].span && s[first - 1].sentence == s[k].sentence && (k == first || k == last) && last - first < CUE_WORDS_MAX;
}

/* What the line takes of the sentence of the saying word k: anything, and a saying word before or behind it. */
typedef struct taken {
	bool any, saying_before, saying_behind;
} taken;

static taken taken_beside(const aligner *a, size_t k)
{
	const sr_vword *s = a->src.items;
	taken t = { 0 };
	for (size_t j = k; j-- > 0 && s[j].span == s[k].span && s[j].sentence == s[k].sentence;)
		if (a->used[j]) {
			t.any = true;
			t.saying_before = t.saying_before || (s[j].classes & SR_VW_SAYING);
		}
	for (size_t j = k + 1; j < a->src.count && s[j].span == s[k].span && s[j].sentence == s[k].sentence; j++)
		if (a->used[j]) {
			t.any = true;
			t.saying_behind = t.saying_behind || (s[j].classes & SR_VW_SAYING);
		}
	return t;
}

/* "According to": a frame names who says it, but not one that only dates it ("reported 4 Nov"). */
static bool framed_speaker(const aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++)
		if (a->match[i] < 0 && a->frame_of[i] && (a->words.items[i].classes & SR_VW_SAYING) && !a->ctx->lex->frames.items[a->frame_of[i] - 1].dates)
			return true;
	return false;
}

/* Words that a source gives to a speaker may not become the page's own, nor another's: a saying word that is kept names who
 * says it, unless the one left out governs it ("The opposition claimed that the operator reported losses"). */
static sr_str unsaid(const aligner *a)
{
	if (names_speaker(a))
		return (sr_str){ 0 };
	bool framed = framed_speaker(a);
	for (size_t k = 0; k < a->src.count; k++) {
		taken t = taken_beside(a, k);
		bool told = framed || t.saying_before || t.saying_behind;
		if (a->used[k] || !(a->src.items[k].classes & SR_VW_SAYING) || (told && a->src.items[k].quoted))
			continue;
		bool governs = t.saying_behind ? !is_aside(a, k) : t.saying_before && is_cue_behind(a, k);
		if (t.any && (!told || governs))
			return sr_verify_reason(a->ctx, "it leaves out who says so (\"%.*s\")", SR_FMT(sr_align_src_text(a, k)));
	}
	return (sr_str){ 0 };
}

#define BEHIND_BYTES_MAX 240u

/* Not ", saying that": who does something says so as well. */
static bool is_cue(sr_str text, const sr_vword *w)
{
	sr_str word = sr_word_text(text, w);
	return (w->classes & SR_VW_SAYING) && !w->quoted && (!sr_str_ends_nocase(word, SR_STR("ing")) || sr_str_eq_nocase(word, SR_STR("according")));
}

/* Words [k, n) of a sentence, from behind a cite on: ", according to the union, …", ", said the mayor", ", the opposition claimed" at its end. */
static bool names_who_says(sr_str text, const sr_vword *s, size_t k, size_t n)
{
	for (size_t first = k, end; first < n; first = end) {
		for (end = first + 1; end < n && s[end].chunk == s[first].chunk;)
			end++;
		bool behind_mark = first == 0 || s[first - 1].chunk != s[first].chunk, closing = end == n && end - first < CUE_WORDS_MAX;
		if (behind_mark && (is_cue(text, &s[first]) || (closing && is_cue(text, &s[end - 1]))))
			return true;
	}
	return false;
}

/* "The wall fell |, according to the union": the cite ends before the one who says it. */
static bool ends_before_speaker(const aligner *a, const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	uint32_t end = block && block->span.end < cite->span.end + BEHIND_BYTES_MAX ? block->span.end : cite->span.end + BEHIND_BYTES_MAX;
	sr_vcite whole = *cite;
	sr_vwords words = { 0 };
	whole.span.end = end < cite->doc->text.len ? end : (uint32_t)cite->doc->text.len;
	if (whole.span.end <= cite->span.end)
		return false;
	if (sr_align_split_cite(a->ctx->lex, &whole, a->arena, &words) != SR_OK) {
		a->ctx->status = SR_E_NOMEM;
		return false;
	}
	size_t k = 0;
	while (k < words.count && words.items[k].end <= cite->span.end)
		k++;
	size_t n = k; /* a stop before a capital may be an abbreviation's: what follows is rather left aside */
	while (k && n < words.count && words.items[n].sentence == words.items[k - 1].sentence &&
	       !(cite->doc->text.ptr[words.items[n].start - 2] == '.' && sr_word_capital(cite->doc->text, &words.items[n])))
		n++;
	return k && names_who_says(cite->doc->text, words.items, k, n);
}

static sr_str unsaid_behind(const aligner *a)
{
	if (names_speaker(a) || framed_speaker(a))
		return (sr_str){ 0 };
	for (size_t i = 0; i < a->words.count; i++)
		if (a->match[i] >= 0 && (a->words.items[i].classes & SR_VW_SAYING))
			return (sr_str){ 0 };
	for (size_t i = 0; i < a->cite_count; i++)
		if (ends_before_speaker(a, &a->cites[i]))
			return sr_verify_reason(a->ctx, "it leaves out who says so behind what it cites");
	return (sr_str){ 0 };
}

bool sr_align_span_has_word(const aligner *a, uint32_t span, size_t like)
{
	const sr_vword *s = a->src.items;
	sr_str text = a->cites[s[like].span].doc->text;
	for (size_t k = 0; k < a->src.count; k++)
		if (s[k].span == span && sr_word_same(a->cites[span].doc->text, &s[k], text, &s[like]))
			return true;
	return false;
}

static bool span_continues(const aligner *a, uint32_t span)
{
	for (size_t k = 0; k < a->src.count; k++)
		if (a->src.items[k].span == span && (a->src.items[k].classes & SR_VW_CONTINUES))
			return true;
	return false;
}

static bool near_each_other(const sr_vcite *x, const sr_vcite *y)
{
	if (x->doc != y->doc)
		return false;
	uint32_t gap = x->span.start > y->span.end ? x->span.start - y->span.end : y->span.start > x->span.end ? y->span.start - x->span.end : 0;
	return gap <= NEAR_BYTES;
}

/* The word after which the statement begins: a colon or a saying frame; 0 if there is none. */
static size_t statement_start(const aligner *a)
{
	for (size_t i = 1; i < a->words.count; i++) {
		bool colon = a->words.items[i].segment != a->words.items[i - 1].segment && a->line.ptr[a->words.items[i - 1].end] == ':';
		bool frame = a->match[i - 1] < 0 && a->frame_of[i - 1] && (a->words.items[i - 1].classes & (SR_VW_SAYING | SR_VW_DENIAL));
		if (colon || frame)
			return i;
	}
	return 0;
}

/* A speaker taken from one cite and a statement taken from another must belong together. */
static sr_str swapped_speaker(const aligner *a)
{
	size_t start = statement_start(a), last = 0;
	int32_t speaker = -1, statement = -1;
	for (size_t i = 0; i < start; i++)
		if (a->match[i] >= 0 && sr_word_capital(a->line, &a->words.items[i])) {
			speaker = a->match[i];
			last = i;
		}
	for (size_t i = start; start && i < a->words.count && statement < 0; i++)
		statement = a->match[i];
	if (speaker < 0 || statement < 0)
		return (sr_str){ 0 };
	uint32_t from = a->src.items[speaker].span, to = a->src.items[statement].span;
	if (from == to || sr_align_span_has_word(a, to, (size_t)speaker))
		return (sr_str){ 0 };
	bool follows = span_continues(a, to) || a->src.items[statement].quoted, other;
	sr_str name = sr_str_slice(a->line, a->words.items[0].start, a->words.items[last].end);
	if (sr_somebody_else(a->ctx, name, &a->cites[to], &other) != SR_OK)
		a->ctx->status = SR_E_NOMEM;
	else if (follows && !other && near_each_other(&a->cites[from], &a->cites[to]))
		return (sr_str){ 0 };
	return sr_verify_reason(a->ctx, "\"%.*s\" is not who says this in the cited span", SR_FMT(sr_align_src_text(a, (size_t)speaker)));
}

static sr_str empty_of_matter(const aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++)
		if (a->match[i] >= 0 && sr_align_has_weight(a->line, &a->words.items[i]))
			return (sr_str){ 0 };
	return SR_STR("it has no matter of its own but frame words");
}

sr_str sr_align_omissions(const aligner *a)
{
	sr_str (*const checks[])(const aligner *) = { empty_of_matter, doubled, unmet_frame, moved_frame, turned, unsaid, unsaid_behind, sr_align_cut_number, sr_align_forged_pair, sr_align_torn, sr_align_cut_short, swapped_speaker };
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		sr_str reason = checks[i](a);
		if (reason.len)
			return reason;
	}
	return (sr_str){ 0 };
}
