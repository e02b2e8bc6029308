/* Cutting: the only place where words are left out. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#define TREE_TOKENS_MAX 200u
#define CLIMB_MAX 30
#define CLAUSE_BYTES_MIN 20u
#define TAIL_TOKENS_MAX 7u
#define LIST_TOKENS_MAX 12u

sr_time composer_said(const composer *c, const sr_proof *p)
{
	const sr_block *b = sr_document_block_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	/* an entry of a timeline tells what was said on its own day */
	bool entry = b && b->kind == SR_BLOCK_EVENT && sr_time_known(b->time);
	return sr_time_truncate(entry ? b->time : p->claim.said, SR_PRECISION_DAY);
}

sr_str composer_text(const composer *c, const sr_proof *p, sr_span span) { return sr_span_of(c->e.docs[p->claim.doc]->text, span); }

static bool is_loose_end(uint32_t cp) { return sr_cp_is_space(cp) || cp == ',' || cp == ';' || cp == ':' || cp == '.' || sr_cp_is_dash(cp); }

void composer_count_quotes(sr_str s, size_t *open, size_t *close, size_t *straight)
{
	*open = *close = *straight = 0;
	for (size_t pos = 0; pos < s.len;) {
		unsigned char byte = (unsigned char)s.ptr[pos];
		if (byte < 0x80) { /* nearly all */
			*straight += byte == '"';
			pos++;
			continue;
		}
		uint32_t cp = sr_utf8_next(s, &pos);
		*open += cp == 0x201C || cp == 0xAB;
		*close += cp == 0x201D || cp == 0xBB;
	}
}

/* The full stop of "a.m." belongs to the word. */
static bool stop_of_word(const sr_reading *r, uint32_t at)
{
	uint32_t i = sr_reading_token_at(r, at);
	return i < r->token_count && r->tokens[i].span.start < at && r->tokens[i].span.end == at + 1;
}

sr_span composer_trim(const composer *c, const sr_proof *p, sr_span span)
{
	sr_str text = c->e.docs[p->claim.doc]->text;
	uint32_t words = composer_behind_dateline(c->e.docs[p->claim.doc], span.start);
	span.start = words < span.end ? words : span.start;
	span = composer_before_links(text, span);
	for (bool moved = true; moved && span.start < span.end;) {
		size_t next = span.start, last = span.end, open, close, straight;
		uint32_t first = sr_utf8_next(text, &next), final = sr_utf8_prev(text, &last);
		composer_count_quotes(sr_span_of(text, span), &open, &close, &straight);
		moved = false;
		if (is_loose_end(first) || (close > open && (first == 0x201D || first == 0xBB)) || (straight == 1 && first == '"')) {
			span.start = (uint32_t)next;
			moved = true;
		} else if ((is_loose_end(final) && !(final == '.' && stop_of_word(c->e.readings[p->claim.doc], (uint32_t)last))) || final == '(' || final == '[' || (open > close && (final == 0x201C || final == 0xAB)) || (straight % 2 && final == '"')) {
			span.end = (uint32_t)last;
			moved = true;
		}
	}
	return span;
}

/* "five hours before the wall fell": the joint belongs to the duration. */
static bool ends_duration(const sr_reading *r, uint32_t end)
{
	for (size_t i = 0; i < r->time_count; i++)
		if (r->times[i].type == SR_TIMEX_DURATION && r->times[i].span.end == end)
			return true;
	return false;
}

static bool is_verbal(const sr_token *t) { return t->upos == SR_UPOS_VERB || t->upos == SR_UPOS_AUX; }

/* "the northern, eastern and western outskirts", "oil, gas and coal": a cut before this token would part a modifier from its
 * word, or a list. */
static bool parts_list(const sr_reading *r, uint32_t token)
{
	size_t k = token ? sr_reading_sentence_at(r, r->tokens[token].span.start) : SIZE_MAX;
	if (k == SIZE_MAX || token - 1 < r->sentences[k].first_token)
		return false;
	uint32_t first = r->sentences[k].first_token, end = first + r->sentences[k].token_count;
	const sr_token *t = &r->tokens[token - 1];
	for (int steps = 0; steps < CLIMB_MAX && t->deprel == SR_DEPREL_conj && t->head >= 0 && first + (uint32_t)t->head < token; steps++) /* "northwestern, northeastern" */
		t = &r->tokens[first + (uint32_t)t->head];
	bool modifier = t->deprel == SR_DEPREL_amod || t->deprel == SR_DEPREL_det || t->deprel == SR_DEPREL_case || t->deprel == SR_DEPREL_nummod;
	if (modifier && t->head >= 0 && first + (uint32_t)t->head > token)
		return true;
	for (uint32_t i = token; i < end && i < token + LIST_TOKENS_MAX; i++) {
		t = &r->tokens[i];
		uint32_t head = t->head >= 0 ? first + (uint32_t)t->head : UINT32_MAX;
		if (t->deprel == SR_DEPREL_conj && head < token && head + LIST_TOKENS_MAX > token && !is_verbal(t) && !is_verbal(&r->tokens[head]))
			return true;
	}
	return false;
}

/* True if a clause may be cut right before this token. */
static bool cut_before(const composer *c, const sr_reading *r, uint32_t token)
{
	sr_str w = sr_span_of(r->doc->text, r->tokens[token].span);
	size_t pos = 0;
	uint32_t cp = sr_utf8_next(w, &pos);
	(void)c;
	if (parts_list(r, token))
		return false;
	if (cp == ',' || cp == ';' || cp == ':' || cp == 0x2014 || cp == 0x2013)
		return pos == w.len && (token + 1 >= r->token_count || r->tokens[token].span.end != r->tokens[token + 1].span.start);
	const sr_token *t = &r->tokens[token];
	if (token > 0 && (ends_duration(r, r->tokens[token - 1].span.end) || words_has(WORDS_TIGHT, sr_span_of(r->doc->text, r->tokens[token - 1].span))))
		return false;
	if (t->deprel == SR_DEPREL_cc && token + 1 < r->token_count && r->tokens[token + 1].deprel == SR_DEPREL_mark)
		return true; /* "said that it held and that it would" */
	/* "officials of A and B" is one thing; "came and went" is two clauses */
	size_t k = t->deprel == SR_DEPREL_cc && t->head >= 0 ? sr_reading_sentence_at(r, t->span.start) : SIZE_MAX;
	if (k != SIZE_MAX && r->tokens[r->sentences[k].first_token + (uint32_t)t->head].upos != SR_UPOS_VERB)
		return false;
	return words_has(WORDS_JOINT, w);
}

/* What the clause before a cut cannot do without: "began Sunday | with a tweet", "the plan | as the Green Dream", "a diplomat | who
 * said", "he would | with certainty impose". A pause before the cut says that what follows is only added. */
static bool cut_leaves_whole(const sr_reading *r, uint32_t first, uint32_t cut)
{
	uint32_t word = cut <= r->token_count ? cut : 0; /* the last one before the cut, and before a dash there */
	while (word > first && r->tokens[word - 1].upos == SR_UPOS_PUNCT)
		word--;
	if (word && words_has(WORDS_JOINT, sr_span_of(r->doc->text, r->tokens[word - 1].span)))
		return false; /* "sent its letter, saying", "the question of when — | and how" */
	if (cut >= r->token_count || r->tokens[cut].upos == SR_UPOS_PUNCT)
		return true;
	size_t k = sr_reading_sentence_at(r, r->tokens[cut].span.start);
	if (k == SIZE_MAX || r->tokens[cut].head == -2 || first < r->sentences[k].first_token)
		return true;
	uint32_t base = r->sentences[k].first_token, end = base + r->sentences[k].token_count;
	for (uint32_t i = first; i < cut; i++)
		if (r->tokens[i].head >= 0 && base + (uint32_t)r->tokens[i].head >= cut && r->tokens[i].deprel != SR_DEPREL_punct)
			return false;
	if (r->tokens[cut - 1].upos == SR_UPOS_PUNCT)
		return true;
	bool bond = words_has(WORDS_BOND, sr_span_of(r->doc->text, r->tokens[cut].span));
	for (uint32_t i = cut; i < end; i++) {
		uint32_t head = r->tokens[i].head >= 0 ? base + (uint32_t)r->tokens[i].head : UINT32_MAX;
		sr_deprel d = (sr_deprel)r->tokens[i].deprel;
		if (head < cut && (d == SR_DEPREL_obj || d == SR_DEPREL_iobj || (d == SR_DEPREL_obl && bond) || d == SR_DEPREL_xcomp || d == SR_DEPREL_ccomp || d == SR_DEPREL_acl))
			return false;
	}
	return true;
}

bool composer_in_quotes(sr_str text, sr_span span, uint32_t at)
{
	size_t open, close, straight;
	composer_count_quotes(sr_span_of(text, (sr_span){ span.start, at }), &open, &close, &straight);
	return open > close || straight % 2;
}

/* A quotation that runs on past the clause leaves its opening mark without a partner: the clause is
 * then what stands inside it, or what stands before it, wherever the focus is. */
static sr_span balance(sr_str text, sr_span span, sr_span focus)
{
	uint32_t open = UINT32_MAX;
	size_t after = 0;
	for (size_t pos = span.start; pos < span.end;) {
		size_t at = pos;
		uint32_t cp = sr_utf8_next(text, &pos);
		bool closes = open != UINT32_MAX && sr_cp_closes_quote(cp);
		if (!closes && !sr_cp_opens_quote(cp))
			continue;
		open = closes ? UINT32_MAX : (uint32_t)at;
		after = pos;
	}
	if (open == UINT32_MAX || open <= span.start)
		return span;
	if (focus.start > open)
		span.start = (uint32_t)after;
	else
		span.end = open;
	return span;
}

/* "after the ban expires, he is sure": the joint joins a clause to what stands within the span, and is needed there. */
static bool joins_within(const sr_reading *r, const sr_sentence *s, uint32_t i, sr_span span)
{
	int32_t clause = r->tokens[i].head;
	if (clause < 0 || r->tokens[s->first_token + (uint32_t)clause].deprel != SR_DEPREL_advcl)
		return false;
	int32_t main = r->tokens[s->first_token + (uint32_t)clause].head;
	return main > clause && sr_span_has(span, r->tokens[s->first_token + (uint32_t)main].span);
}

/* "while the staff reports …", "that forces have advanced": the joint is left out with what it joined. */
static sr_span drop_joint(const sr_reading *r, sr_span span)
{
	uint32_t i = sr_reading_token_at(r, span.start);
	size_t k = sr_reading_sentence_at(r, span.start);
	bool at_start = k != SIZE_MAX && r->sentences[k].span.start == span.start;
	while (i + 3 < r->token_count && r->tokens[i].span.start < span.end) {
		sr_str w = sr_span_of(r->doc->text, r->tokens[i].span);
		if (k != SIZE_MAX && joins_within(r, &r->sentences[k], i, span))
			break;
		if (r->tokens[i].deprel == SR_DEPREL_case && r->tokens[i].upos == SR_UPOS_ADP) /* "as a rule, he" */
			break;
		if ((at_start || !words_has(WORDS_JOINT, w)) && !composer_is_connective(r, i, at_start) && !sr_str_eq(w, SR_STR("that")) && !sr_str_eq(w, SR_STR(",")))
			break;
		i++;
	}
	if (i < r->token_count && r->tokens[i].span.start > span.start && r->tokens[i].span.start < span.end)
		span.start = r->tokens[i].span.start;
	return span;
}

bool composer_below(const sr_reading *r, const sr_sentence *s, uint32_t i, uint32_t top)
{
	for (int steps = 0; steps < CLIMB_MAX; steps++) {
		if (i == top)
			return true;
		if (r->tokens[i].head < 0)
			return false;
		i = s->first_token + (uint32_t)r->tokens[i].head;
	}
	return false;
}

static sr_span subtree(const sr_reading *r, const sr_sentence *s, uint32_t top)
{
	sr_span out = r->tokens[top].span;
	for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++) {
		if (!composer_below(r, s, k, top))
			continue;
		out.start = r->tokens[k].span.start < out.start ? r->tokens[k].span.start : out.start;
		out.end = r->tokens[k].span.end > out.end ? r->tokens[k].span.end : out.end;
	}
	return out;
}

/* By the tree: the widest clause around the focus, within span, that fits; empty if there is none. */
static sr_span clause_of_tree(const sr_reading *r, sr_span span, sr_span focus, size_t limit)
{
	sr_span best = { 0, 0 };
	size_t k = sr_reading_sentence_at(r, focus.start);
	uint32_t i = sr_reading_token_at(r, focus.start);
	if (k == SIZE_MAX || i >= r->token_count || r->tokens[i].head == -2 || r->sentences[k].token_count > TREE_TOKENS_MAX)
		return best;
	const sr_sentence *s = &r->sentences[k];
	for (int steps = 0; steps < CLIMB_MAX && sr_span_has(span, r->tokens[i].span); steps++) {
		sr_span whole = subtree(r, s, i);
		whole.start = whole.start < span.start ? span.start : whole.start;
		whole.end = whole.end > span.end ? span.end : whole.end;
		if (composer_is_predicate(r, s, i) && whole.end - whole.start <= limit && whole.end - whole.start >= CLAUSE_BYTES_MIN)
			best = whole;
		if (r->tokens[i].head < 0)
			break;
		i = s->first_token + (uint32_t)r->tokens[i].head;
	}
	return best;
}

/* The word that lost what it needs by the cut before token `cut`: "framing" in ", framing it | as a victory". A comma before the
 * cut says that what follows is no more than added. UINT32_MAX: none. */
static uint32_t bereft(const sr_reading *r, uint32_t cut)
{
	size_t k = cut < r->token_count ? sr_reading_sentence_at(r, r->tokens[cut].span.start) : SIZE_MAX;
	if (k == SIZE_MAX || cut == r->sentences[k].first_token || r->tokens[cut].upos == SR_UPOS_PUNCT || r->tokens[cut - 1].upos == SR_UPOS_PUNCT)
		return UINT32_MAX;
	uint32_t top = cut;
	for (int steps = 0; steps < CLIMB_MAX && r->tokens[top].head >= 0; steps++) {
		uint32_t head = r->sentences[k].first_token + (uint32_t)r->tokens[top].head;
		if (head < cut) {
			sr_deprel d = (sr_deprel)r->tokens[top].deprel;
			return d == SR_DEPREL_obl || d == SR_DEPREL_obj || d == SR_DEPREL_xcomp || d == SR_DEPREL_ccomp ? head : UINT32_MAX;
		}
		top = head;
	}
	return UINT32_MAX;
}

/* "…; at the same time" is the head of what was cut off after it: a last stretch without a verb, or with one that lost what it
 * needs, goes too, unless the focus is in it. */
static sr_span drop_tail(const composer *c, const sr_reading *r, sr_span span, sr_span focus)
{
	uint32_t last = sr_reading_token_at(r, span.end), i = last, needy = bereft(r, last);
	while (i > 0 && last - i <= TAIL_TOKENS_MAX && r->tokens[i - 1].span.start > focus.end) {
		i--;
		if (i != needy && (r->tokens[i].upos == SR_UPOS_VERB || r->tokens[i].upos == SR_UPOS_AUX))
			return span;
		if (i + 1 < last && r->tokens[i].upos == SR_UPOS_PUNCT && cut_before(c, r, i)) {
			span.end = r->tokens[i].span.start;
			return span;
		}
	}
	return span;
}

sr_span composer_clause(const composer *c, const sr_proof *p, sr_span span, sr_span focus, size_t limit)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_str text = r->doc->text;
	span = composer_trim(c, p, span);
	if (span.end - span.start <= limit)
		return composer_trim(c, p, drop_joint(r, balance(text, span, focus)));
	sr_span best = clause_of_tree(r, span, focus, limit);
	if (!sr_span_empty(best))
		return composer_trim(c, p, drop_joint(r, balance(text, best, focus)));
	best = span;
	uint32_t first = sr_reading_token_at(r, span.start), last = sr_reading_token_at(r, span.end), at = sr_reading_token_at(r, focus.start);
	/* from the end back to the focus: the furthest cut that makes it fit; then from the start */
	uint32_t kept = at < r->token_count && r->tokens[at].span.end < focus.end ? sr_reading_token_at(r, focus.end) - 1 : at + 2;
	for (uint32_t i = last; i > kept && i > first; i--) {
		if (i >= r->token_count || !cut_before(c, r, i) || !cut_leaves_whole(r, first, i) || composer_in_quotes(text, span, r->tokens[i].span.start))
			continue;
		best.end = r->tokens[i].span.start;
		if (best.end - best.start <= limit)
			break;
	}
	if (best.end < span.end)
		best = drop_tail(c, r, best, focus);
	for (uint32_t i = first + 1; best.end - best.start > limit && i < at; i++) {
		if (!cut_before(c, r, i) || composer_in_quotes(text, span, r->tokens[i].span.start))
			continue;
		best.start = r->tokens[i].span.start;
	}
	return composer_trim(c, p, drop_joint(r, balance(text, best, focus)));
}

static bool has_subject(const sr_reading *r, const sr_sentence *s, uint32_t verb)
{
	for (uint32_t i = s->first_token; i < verb; i++)
		if (r->tokens[i].deprel == SR_DEPREL_nsubj && r->tokens[i].head >= 0 && s->first_token + (uint32_t)r->tokens[i].head == verb)
			return true;
	return false;
}

sr_span composer_own_clause(const composer *c, const sr_proof *p, sr_span span, sr_span focus, size_t limit)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t i = sr_reading_token_at(r, focus.start);
	for (int steps = 0; steps < CLIMB_MAX && span.end - span.start > limit && i < r->token_count && r->tokens[i].head >= 0; steps++) {
		bool joined = r->tokens[i].deprel == SR_DEPREL_conj && r->tokens[i].upos == SR_UPOS_VERB && has_subject(r, s, i);
		sr_span own = joined ? drop_joint(r, subtree(r, s, i)) : (sr_span){ 0 };
		if (joined && own.start > span.start && own.start <= focus.start)
			return composer_trim(c, p, (sr_span){ own.start, span.end });
		i = s->first_token + (uint32_t)r->tokens[i].head;
	}
	return span;
}

void composer_add_date(const composer *c, sr_buf *out, sr_time t)
{
	static const char *const months[] = { "", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	if (t.precision >= SR_PRECISION_DAY)
		sr_buf_printf(out, "%d ", t.day);
	if (t.precision >= SR_PRECISION_MONTH)
		sr_buf_add_c(out, months[t.month <= 12 ? t.month : 0]);
	if (t.precision == SR_PRECISION_YEAR || t.year != c->out->updated.year)
		sr_buf_printf(out, "%s%d", t.precision > SR_PRECISION_YEAR ? " " : "", t.year);
}

sr_span composer_attributed_clause(const composer *c, const sr_proof *p, size_t limit)
{
	sr_span whole = p->claim.sentence_span, head = { whole.start, whole.start + 1 };
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (size_t l = limit; l >= CLAUSE_BYTES_MIN * 3; l = l * 2 / 3) {
		sr_span cut = composer_clause(c, p, whole, head, l);
		if (composer_keeps_speakers(c, p, cut) && composer_states(c, p, cut) && !composer_breaks_off(r, &r->sentences[p->claim.sentence], cut) && !composer_only_leads_up(r, &r->sentences[p->claim.sentence], cut))
			return composer_behind_connective(r, cut);
	}
	return composer_behind_connective(r, composer_trim(c, p, whole));
}
