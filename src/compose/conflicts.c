/* Where accounts conflict: a row a position, with everybody who holds it. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define CONFLICTS_MAX 12
#define HOLDERS_MAX 5
#define STATEMENT_MAX 140u
#define PART_MAX 90u
#define WHOLE_MAX 220u
#define ID_MASK 0xFFFFFFu
#define DATED_PART_MAX 60u /* of an event with its date or hour */
#define CLAUSE_MIN 22u
#define OWN_CLAUSE_MIN 14u
#define ALIKE 0.06 /* cosine of two statements of one position, of which one may say much else */

/* A telling stand first: named, the clause itself and not only a quotation, short, recent. */
static double fitness(const composer *c, const sr_stand *s)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	double f = p->salience;
	size_t len = p->claim.span.end - p->claim.span.start;
	if (p->claim.named)
		f += 0.3;
	if (!p->claim.direct)
		f += 0.2;
	if (len < 25)
		f -= 0.5;
	if (len > 200)
		f -= 0.2;
	if (sr_time_known(p->claim.said) && sr_time_compatible(sr_time_truncate(c->out->updated, SR_PRECISION_DAY), p->claim.said))
		f += 0.1;
	return f;
}

const sr_stand *composer_best_stand(const composer *c, const sr_side *side)
{
	const sr_stand *best = &side->stands[0];
	for (size_t i = 1; i < side->count; i++)
		if (fitness(c, &side->stands[i]) > fitness(c, best))
			best = &side->stands[i];
	return best;
}

/* In a row of statements a colon would read as "speaker: statement": only the side of the focus stays. */
static sr_span beside_colon(const composer *c, const sr_proof *p, sr_span span, sr_span focus)
{
	sr_str text = c->e.docs[p->claim.doc]->text;
	for (uint32_t i = span.start; i + 1 < span.end; i++) {
		if (text.ptr[i] != ':' || text.ptr[i + 1] != ' ')
			continue;
		if (focus.start > i)
			span.start = i + 2;
		else
			span.end = i;
	}
	return composer_trim(c, p, span);
}

/* "were turned down" has lost its subject. */
static bool starts_with_verb(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
		if (r->tokens[i].span.start >= span.start)
			return r->tokens[i].upos == SR_UPOS_AUX || r->tokens[i].upos == SR_UPOS_VERB;
	return false;
}

/* "that the bridge is closed": the clause itself. */
static sr_span without_that(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t i = sr_reading_token_at(r, span.start);
	bool that = i < r->token_count && r->tokens[i].span.start == span.start && r->tokens[i].upos == SR_UPOS_SCONJ && r->tokens[i].deprel == SR_DEPREL_mark;
	if (that && sr_str_eq_nocase(sr_span_of(r->doc->text, r->tokens[i].span), SR_STR("that")))
		span.start = r->tokens[i].span.end;
	return composer_trim(c, p, span);
}

bool composer_tells_charge(const composer *c, const sr_proof *p, sr_span span)
{
	if (p->claim.stance != SR_STANCE_ACCUSES || !sr_proof_attributed(p))
		return false;
	const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
	return a->cue.count && a->cue.items[0].start > span.start && sr_span_has(span, a->cue.items[0]);
}

/* "Was accused of neglect — charges | that he denied": what is denied has a name of its own before the word that denies it. */
static bool is_named_denial(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t i = sr_reading_token_at(r, p->claim.span.start);
	return i < r->token_count && (r->tokens[i].upos == SR_UPOS_NOUN || r->tokens[i].upos == SR_UPOS_ADJ || r->tokens[i].upos == SR_UPOS_DET ||
	                              r->tokens[i].upos == SR_UPOS_PRON);
}

/* What a stand says, as a clause. A denial keeps the word that denies. */
sr_span composer_statement(const composer *c, sr_conflict_kind kind, const sr_stand *s, size_t limit)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	sr_span span = without_that(c, p, p->claim.span), focus = s->focus;
	/* what happened, with its date, which need not stand in what is said */
	if (kind == SR_CONFLICT_DATE)
		return beside_colon(c, p, composer_own_clause(c, p, composer_clause(c, p, p->claim.sentence_span, focus, DATED_PART_MAX), focus, DATED_PART_MAX), focus);
	if (p->claim.stance == SR_STANCE_DENIES && sr_proof_attributed(p)) {
		const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
		sr_span cue = a->cue.count ? a->cue.items[0] : span;
		bool before = cue.end <= span.start && sr_span_has(p->claim.sentence_span, cue);
		if (before)
			span.start = cue.start;
		else
			span = (sr_span){ is_named_denial(c, p) ? p->claim.span.start : p->claim.sentence_span.start, p->claim.sentence_span.end };
		focus = cue;
	} else if (p->claim.stance == SR_STANCE_ACCUSES && sr_proof_attributed(p) && !composer_is_clause(c, p, span)) {
		/* "accused the council of negligence": not without the verb */
		const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
		if (a->cue.count && a->cue.items[0].end <= span.start && sr_span_has(p->claim.sentence_span, a->cue.items[0]))
			span.start = a->cue.items[0].start;
		focus = (sr_span){ span.start, span.start + 1 };
	}
	bool clause = span.end - span.start >= OWN_CLAUSE_MIN && composer_is_clause(c, p, span); /* "the door was closed" */
	if (span.end - span.start < CLAUSE_MIN && !clause && focus.start == s->focus.start) {
		span = p->claim.sentence_span;
		focus = (sr_span){ span.start, span.start + 1 };
	}
	sr_span cut = composer_clause(c, p, span, focus, limit);
	bool denial = focus.start != s->focus.start;
	/* rather long than without its subject, or a part of the charge */
	bool headless = starts_with_verb(c, p, cut) && !starts_with_verb(c, p, span);
	if (!denial && (headless || composer_tells_charge(c, p, span)) && span.end - span.start <= WHOLE_MAX)
		cut = composer_trim(c, p, span);
	return beside_colon(c, p, cut, focus);
}

static sr_str statement_of(const composer *c, sr_conflict_kind kind, const sr_stand *s, size_t limit)
{
	return composer_text(c, &c->e.proofs[s->proof], composer_statement(c, kind, s, limit));
}

/* Who says the same again, on the same page or through the same outlet, adds nothing to a position. */
static bool says_more(const composer *c, const sr_stand *const *taken, size_t count, const sr_stand *s)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	for (size_t i = 0; i < count; i++) {
		const sr_proof *q = &c->e.proofs[taken[i]->proof];
		bool same_report = c->e.doc_origin[p->claim.doc] == c->e.doc_origin[q->claim.doc];
		bool same_voice = p->party == q->party && same_report && sr_time_cmp(composer_said(c, p), composer_said(c, q)) == 0;
		if (same_voice || (p->claim.doc == q->claim.doc && p->claim.sentence == q->claim.sentence))
			return false;
	}
	return true;
}

/* The part that says it. All that bears the claim, where the day stands outside of it or the speaker in another sentence. */
static sr_span cite_span(const composer *c, const sr_proof *p, sr_span statement)
{
	sr_span part = composer_bearing_part(c, p, statement), all = composer_bearing(c, p), own = p->claim.sentence_span;
	bool elsewhere = all.start < own.start || all.end > own.end;
	return p->claim.said_stated || (elsewhere && sr_str_find_nocase(composer_text(c, p, own), p->claim.speaker, 0) == SIZE_MAX) ? all : part;
}

/* "The alleged assault", where only "the assault" would be shown: among others' words nothing may make up for it. */
static bool drops_doubt(const composer *c, sr_conflict_kind kind, const sr_stand *s)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	sr_span shown = composer_statement(c, kind, s, PART_MAX), cited = cite_span(c, p, shown);
	sr_str text = c->e.docs[p->claim.doc]->text;
	bool before = cited.start < shown.start && words_in(WORDS_DOUBT, sr_str_slice(text, cited.start, shown.start));
	return before || (shown.end < cited.end && words_in(WORDS_DOUBT, sr_str_slice(text, shown.end, cited.end)));
}

/* "Syria would strike its enemies harder", beside "the attack was ordered by Syria": a word in common says not the same. A denial may
 * have no words of its own. */
static bool says_alike(const composer *c, const sr_stand *best, const sr_stand *s)
{
	const sr_proof *a = &c->e.proofs[best->proof], *b = &c->e.proofs[s->proof];
	return composer_denies(b) || sr_terms_cosine(c->e.terms, a->content, b->content) >= ALIKE;
}

/* The stands to show: the most telling one, then others in order of the evidence. */
static size_t choose(const composer *c, sr_conflict_kind kind, const sr_side *side, const sr_stand **taken)
{
	size_t n = 0;
	taken[n++] = composer_best_stand(c, side);
	for (size_t i = 0; i < side->count && n < HOLDERS_MAX; i++)
		if (says_alike(c, taken[0], &side->stands[i]) && says_more(c, taken, n, &side->stands[i]) && !drops_doubt(c, kind, &side->stands[i]))
			taken[n++] = &side->stands[i];
	return n;
}

/* "| Declared | the end of the strike": what the verb right before it has for its object is no statement without it. */
static sr_span with_verb(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	const sr_spans *cue = sr_proof_attributed(p) ? &r->attributions[p->claim.attribution].cue : NULL;
	if (!cue || !cue->count || p->claim.direct || cue->items[0].end > span.start || composer_is_clause(c, p, span))
		return span;
	for (uint32_t i = sr_reading_token_at(r, span.start); i < s->first_token + s->token_count && r->tokens[i].span.end <= span.end; i++) {
		const sr_token *head = r->tokens[i].deprel == SR_DEPREL_obj && r->tokens[i].head >= 0 ? &r->tokens[s->first_token + (uint32_t)r->tokens[i].head] : NULL;
		if (head && head->upos == SR_UPOS_VERB && sr_span_has(cue->items[0], head->span))
			return (sr_span){ cue->items[0].start, span.end };
	}
	return span;
}

static bool in_word(sr_str s, size_t at)
{
	unsigned char b = at < s.len ? (unsigned char)s.ptr[at] : ' ';
	return sr_is_alpha(b) || sr_is_digit(b) || b >= 0x80;
}

/* The words stand in the other as whole words: "5 people" not in "15 people". */
static bool holds_words(sr_str s, sr_str part)
{
	for (size_t at = 0; (at = sr_str_find_nocase(s, part, at)) != SIZE_MAX; at++) {
		bool before = at > 0 && in_word(s, at - 1) && in_word(part, 0);
		if (!before && !(in_word(s, at + part.len) && part.len && in_word(part, part.len - 1)))
			return true;
	}
	return false;
}

/* The words without brackets, which outlets set as they like: "(Attorney) General", "[Attorney] General". */
static sr_str without_brackets(const composer *c, sr_str s)
{
	sr_buf out;
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < s.len; i++)
		if (!strchr("()[]", s.ptr[i]))
			sr_buf_add_char(&out, s.ptr[i]);
	sr_str bare = out.failed ? s : sr_str_dup(c->arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return bare;
}

/* Adds what a holder says to the position's statement, unless it stands there, and him to those who hold it. */
static void add_holder(const composer *c, const sr_proof *p, sr_span span, sr_buf *statement, sr_position *out)
{
	sr_str bare = composer_without_last_comma(c, composer_text(c, p, span)), part = composer_without_last_comma(c, composer_text(c, p, with_verb(c, p, span)));
	if (!holds_words(without_brackets(c, sr_buf_str(statement)), without_brackets(c, bare))) {
		if (statement->len)
			sr_buf_add_c(statement, "; ");
		sr_buf_add(statement, part);
	}
	out->held_by[out->held_by_count++] = (sr_holder){
		.who = p->claim.speaker, .role = composer_if_near(c, p, p->claim.role), .via = composer_via(c, p),
		.named = p->claim.named, .said = composer_said(c, p), .cite = { p->claim.doc + 1, cite_span(c, p, span) }, .told = statement->len
	};
}

/* "Rejected that, | saying it had asked twice": the denial and its speaker's own account behind it, if that is one sentence and short. */
static sr_span with_reply(const composer *c, const sr_stand *s, sr_span span)
{
	const sr_proof *p = &c->e.proofs[s->proof], *q = s->reply ? &c->e.proofs[s->reply - 1] : NULL;
	if (!q || q->claim.sentence != p->claim.sentence || q->claim.span.start < span.end || q->claim.span.end - span.start > WHOLE_MAX)
		return span;
	sr_span both = composer_trim(c, p, (sr_span){ span.start, q->claim.span.end });
	return sr_str_find(composer_text(c, p, both), SR_STR(": "), 0) == SIZE_MAX ? both : span;
}

/* The statement is what each holder says, joined by semicolons; each cite bears its own part. */
static sr_status write_position(const composer *c, sr_conflict_kind kind, const sr_side *side, sr_position *out)
{
	const sr_stand *taken[HOLDERS_MAX];
	uint32_t proofs[HOLDERS_MAX];
	sr_buf statement;
	size_t n = choose(c, kind, side, taken);
	out->held_by = SR_NEW_ARRAY(c->arena, sr_holder, 2 * n);
	if (!out->held_by)
		return SR_E_NOMEM;
	sr_buf_init(&statement, 8192);
	for (size_t i = 0; i < n; i++) {
		const sr_proof *p = &c->e.proofs[taken[i]->proof];
		sr_span span = composer_statement(c, kind, taken[i], n == 1 ? STATEMENT_MAX : PART_MAX), all = with_reply(c, taken[i], span);
		sr_stand reply = { .proof = taken[i]->reply ? taken[i]->reply - 1 : 0 };
		add_holder(c, p, all, &statement, out);
		proofs[i] = taken[i]->proof;
		if (!taken[i]->reply || all.end > span.end)
			continue;
		reply.focus = c->e.proofs[reply.proof].claim.span;
		if (!drops_doubt(c, kind, &reply))
			add_holder(c, &c->e.proofs[reply.proof], composer_statement(c, kind, &reply, STATEMENT_MAX), &statement, out);
	}
	out->statement = sr_str_dup(c->arena, sr_buf_str(&statement));
	out->origins = composer_origins(c, proofs, n);
	sr_status status = sr_buf_status(&statement);
	sr_buf_deinit(&statement);
	return status;
}

/* "STORY-c1a2b3c" by what is disputed, so that it is the same in the next edition; of like ones the later ones get a
 * number behind it. */
static sr_str id_of(const composer *c, size_t number)
{
	uint64_t identity = c->contrasts[number].identity & ID_MASK;
	size_t same = 1;
	for (size_t i = 0; i < number; i++)
		same += (c->contrasts[i].identity & ID_MASK) == identity;
	sr_str id = sr_str_printf(c->arena, "%.*s-c%06llx", SR_FMT(c->out->id), (unsigned long long)identity);
	return same == 1 ? id : sr_str_printf(c->arena, "%.*s-%zu", SR_FMT(id), same);
}

static sr_status write_conflict(const composer *c, const sr_contrast *x, size_t number, sr_conflict *out)
{
	*out = (sr_conflict){ .kind = x->kind, .status = x->status, .settled_by = x->settled_by, .position_count = 2 };
	out->id = id_of(c, number);
	out->positions = SR_NEW_ARRAY(c->arena, sr_position, 2);
	if (!out->positions)
		return SR_E_NOMEM;
	for (size_t s = 0; s < 2; s++)
		SR_TRY(write_position(c, x->kind, &x->sides[s], &out->positions[s]));
	out->question = composer_question(c, x);
	return out->question.ptr ? SR_OK : SR_E_NOMEM;
}

/* The words without marks and stops at their ends. */
static sr_str bare_words(sr_str s)
{
	for (size_t next = 0, last = s.len; s.len; next = 0, last = s.len) {
		uint32_t first = sr_utf8_next(s, &next), final = sr_utf8_prev(s, &last);
		if (sr_cp_is_quote(first) || sr_cp_is_space(first))
			s = sr_str_slice(s, next, s.len);
		else if (sr_cp_is_quote(final) || sr_cp_is_space(final) || final == ',' || final == '.' || final == ';')
			s = sr_str_slice(s, 0, last);
		else
			break;
	}
	return s;
}

/* Two pages that print the same words do not contradict each other in them; but "the yard denied that it knew" holds what it denies. */
static bool same_words(const composer *c, const sr_contrast *x)
{
	sr_str a = bare_words(statement_of(c, x->kind, composer_best_stand(c, &x->sides[0]), COMPOSER_PART_MAX));
	sr_str b = bare_words(statement_of(c, x->kind, composer_best_stand(c, &x->sides[1]), COMPOSER_PART_MAX));
	return x->kind == SR_CONFLICT_DENIAL ? sr_str_eq_nocase(a, b) : holds_words(a.len > b.len ? a : b, a.len > b.len ? b : a);
}

/* "To dismiss the charge": what somebody may do yet, or was asked to, denies nothing. */
static bool denies_nothing(const composer *c, const sr_contrast *x)
{
	return (x->kind == SR_CONFLICT_DENIAL || x->kind == SR_CONFLICT_BLAME) && sr_str_starts_nocase(statement_of(c, x->kind, composer_best_stand(c, &x->sides[1]), COMPOSER_PART_MAX), SR_STR("to "));
}

static void drop_idle(composer *c)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->contrast_count; i++)
		if (!same_words(c, &c->contrasts[i]) && !denies_nothing(c, &c->contrasts[i]))
			c->contrasts[kept++] = c->contrasts[i];
	c->contrast_count = kept;
}

sr_status compose_conflicts(composer *c)
{
	drop_idle(c);
	size_t n = c->contrast_count < CONFLICTS_MAX ? c->contrast_count : CONFLICTS_MAX;
	c->out->conflicts = SR_NEW_ARRAY(c->arena, sr_conflict, n);
	if (!c->out->conflicts)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		SR_TRY(write_conflict(c, &c->contrasts[i], i, &c->out->conflicts[i]));
	c->out->conflict_count = n;
	return SR_OK;
}
