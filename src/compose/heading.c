/* The heading of a section: its first line's main clause, with who says it. */
#include "composer.h"
#include "words.h"

#define HEADING_MAX 110u
#define FRAME_MAX 50u /* of a speaker and a day before the clause */
#define CLAUSE_BYTES_MIN 25u

/* The name in the words that the cite shows: "Mr. Conyers", where the page has called him John Conyers before. */
static sr_str name_as_printed(const composer *c, const sr_proof *p, sr_span cite)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_attribution *a = &r->attributions[p->claim.attribution];
	if (sr_str_find(sr_span_of(r->doc->text, cite), p->claim.speaker, 0) != SIZE_MAX)
		return p->claim.speaker;
	for (size_t i = 0; i < a->source.count; i++) {
		sr_span s = a->source.items[i];
		uint32_t from = sr_reading_token_at(r, s.start), to = sr_reading_token_at(r, s.end);
		for (uint32_t t = to; sr_span_has(cite, s) && t-- > from;) {
			sr_str word = sr_span_of(r->doc->text, r->tokens[t].span);
			bool last = sr_str_ends(p->claim.speaker, word) && p->claim.speaker.len > word.len && p->claim.speaker.ptr[p->claim.speaker.len - word.len - 1] == ' ';
			if (r->tokens[t].upos != SR_UPOS_PROPN || !last)
				continue;
			uint32_t first = t;
			while (first > from && r->tokens[first - 1].upos == SR_UPOS_PROPN)
				first--;
			return sr_span_of(r->doc->text, (sr_span){ r->tokens[first].span.start, r->tokens[t].span.end });
		}
	}
	return (sr_str){ 0 };
}

/* "Speaker: what is said (reported 4 Nov)". */
static sr_str spoken_heading(const composer *c, const sr_proof *p, sr_span cut, sr_span cite, line_day day)
{
	sr_str name = name_as_printed(c, p, cite);
	sr_str words = composer_dated_text(c, p, cut, day);
	sr_buf out;
	if (!name.len || !words.len)
		return (sr_str){ 0 };
	sr_buf_init(&out, 0);
	sr_buf_add(&out, name);
	sr_buf_add_c(&out, ": ");
	sr_buf_add(&out, words);
	sr_str heading = out.failed ? (sr_str){ 0 } : sr_str_dup(c->arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return heading;
}

/* "The union said that the shift asked to leave": what somebody says inside another's words is not his own word. */
static bool is_told_by_another(const composer *c, const sr_proof *p)
{
	const sr_evidence *e = &c->e;
	for (size_t i = e->first_proof[p->claim.doc]; i < e->first_proof[p->claim.doc + 1]; i++) {
		const sr_claim *q = &e->proofs[i].claim;
		if (q->sentence == p->claim.sentence && q->attribution != SR_NO_ATTRIBUTION && q->attribution != p->claim.attribution && sr_span_has(q->span, p->claim.span))
			return true;
	}
	return false;
}

/* "Speaker: what is said", where the clause alone would lose its speaker. */
static sr_str heading_of(const composer *c, const sr_proof *p, sr_span *cite)
{
	line_day day = composer_untold_day(c, p);
	sr_span whole = p->claim.sentence_span, head = { whole.start, whole.start + 1 };
	sr_span focus = { p->claim.span.start, p->claim.span.start + 1 };
	sr_span cut = composer_clause(c, p, whole, head, HEADING_MAX);
	*cite = cut;
	if (!sr_proof_attributed(p))
		return composer_complete(c, p, cut) && composer_keeps_speakers(c, p, cut) ? composer_heading(c, p, cut, day) : (sr_str){ 0 };
	const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
	if (a->source.count && sr_span_has(cut, a->source.items[0]) && a->cue.count && sr_span_has(cut, a->cue.items[0]) && composer_keeps_content(c, p, cut) && composer_keeps_speakers(c, p, cut) && composer_complete(c, p, cut))
		return composer_heading(c, p, cut, day);
	cut = composer_clause(c, p, p->claim.span, focus, HEADING_MAX);
	if (cut.end - cut.start < CLAUSE_BYTES_MIN || !p->claim.named || is_told_by_another(c, p) || !composer_complete(c, p, cut) || composer_hangs(c, p, cut) || composer_leans(c, p, cut))
		return (sr_str){ 0 };
	*cite = composer_bearing_part(c, p, cut);
	return spoken_heading(c, p, cut, *cite, day);
}

/* "(His older brother, the first suspect": half an aside. */
static bool open_bracket(sr_str s)
{
	int depth = 0;
	for (size_t i = 0; i < s.len; i++)
		depth += s.ptr[i] == '(' ? 1 : s.ptr[i] == ')' ? -1 : 0;
	return depth != 0;
}

sr_str composer_section_heading(const composer *c, const sr_proof *p, sr_span *cite)
{
	sr_str heading = heading_of(c, p, cite);
	return heading.len > HEADING_MAX + FRAME_MAX || sr_str_find_char(heading, '?', 0) != SIZE_MAX || open_bracket(heading) || words_in(WORDS_AWAY, heading) ? (sr_str){ 0 } : composer_without_last_comma(c, heading);
}
