/* The question that a conflict answers in two ways: fixed frames around the positions' own words. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

/* Without the quotation marks around it: the question has its own. */
static sr_str unquoted(sr_str s)
{
	size_t start = 0, end = s.len, next = 0;
	if (s.len && sr_cp_opens_quote(sr_utf8_next(s, &next)))
		start = next;
	for (size_t at = end; at > start;) {
		uint32_t cp = sr_utf8_prev(s, &at);
		if (!sr_cp_closes_quote(cp) && cp != ',')
			break;
		end = at;
	}
	sr_str inner = sr_str_slice(s, start, end);
	return sr_str_find(inner, SR_STR("“"), 0) == SIZE_MAX && sr_str_find_char(inner, '"', 0) == SIZE_MAX ? inner : s;
}

/* An entry of a timeline has its date above its words; the words alone are then what happened. */
static bool focus_is_date(const sr_stand *s) { return s->focus.end - s->focus.start > 1; }

#define FEW_BYTES 64u         /* of one of two statements */
#define SPEAKER_BYTES_MAX 48u /* in the place of a pronoun */

/* One side's words for the question. */
typedef struct side_words {
	const sr_proof *p;
	sr_span span;
	sr_str text;  /* as it reads on behind "whether", if it does */
	bool follows; /* a clause that reads on */
	bool opens;   /* begins its sentence, with a capital */
	bool leans;   /* whom its pronoun means is told by who says it */
	bool theirs;  /* and it may be them */
	sr_str who;   /* says it, with a capital; empty: the page */
	sr_str clear; /* the text with nothing that leans, if it follows; else empty */
} side_words;

/* Of a word that begins the sentence: its capital is not a name's. */
static bool small_by_nature(const sr_token *t)
{
	return t->upos == SR_UPOS_DET || t->upos == SR_UPOS_ADP || t->upos == SR_UPOS_ADV || t->upos == SR_UPOS_SCONJ || t->upos == SR_UPOS_NOUN ||
	       (t->upos == SR_UPOS_PRON && t->span.end - t->span.start > 1);
}

/* "After the ban ends, he is sure": a verb of what stands before the clause itself. */
static bool leads_in(const sr_reading *r, uint32_t i)
{
	size_t k = sr_reading_sentence_at(r, r->tokens[i].span.start);
	uint32_t first = k == SIZE_MAX ? 0 : r->sentences[k].first_token;
	if (k != SIZE_MAX && r->tokens[i].upos == SR_UPOS_AUX && r->tokens[i].head >= 0)
		i = first + (uint32_t)r->tokens[i].head;
	return k != SIZE_MAX && r->tokens[i].deprel == SR_DEPREL_advcl && r->tokens[i].head >= 0 && first + (uint32_t)r->tokens[i].head > i;
}

/* "It has captured the town", "its sirens sounded": the pronoun before the clause's verb; empty without one, or where it leans on the
 * subject itself ("Biden and his son"). */
static sr_str leading_pronoun(const sr_reading *r, sr_span span)
{
	for (uint32_t i = sr_reading_token_at(r, span.start); i < r->token_count && r->tokens[i].span.end <= span.end; i++) {
		sr_str word = sr_span_of(r->doc->text, r->tokens[i].span);
		if (r->tokens[i].upos == SR_UPOS_VERB || r->tokens[i].upos == SR_UPOS_AUX) {
			if (leads_in(r, i))
				continue;
			break;
		}
		if (r->tokens[i].upos == SR_UPOS_PRON && words_has(WORDS_PRONOUN, word))
			return word;
		if (r->tokens[i].deprel == SR_DEPREL_nsubj && r->tokens[i].upos == SR_UPOS_PROPN)
			break;
	}
	return (sr_str){ 0 };
}

/* "He" is no committee, and "it" no mayor. */
static bool may_mean(const sr_reading *r, sr_str pronoun, const sr_proof *p)
{
	bool person = words_has(WORDS_PERSONAL, pronoun), thing = words_has(WORDS_IMPERSONAL, pronoun);
	if (person && p->claim.collective)
		return false;
	for (size_t i = 0; i < r->entity_count; i++)
		if (sr_str_eq(r->entities[i].name, p->claim.speaker))
			return r->entities[i].type == SR_ENTITY_PER ? !thing : !person;
	return true;
}

static sr_span source_of(const composer *c, const sr_proof *p)
{
	const sr_spans *source = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution].source;
	return source->count ? source->items[0] : (sr_span){ 0 };
}

/* "Miners of Brask", by the ending of its head; of "police" it cannot be told. */
static bool is_plural(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span source = source_of(c, p);
	size_t k = sr_reading_sentence_at(r, source.start);
	uint32_t first = k == SIZE_MAX ? 0 : r->sentences[k].first_token;
	for (uint32_t i = sr_reading_token_at(r, source.start); k != SIZE_MAX && i < r->token_count && r->tokens[i].span.end <= source.end; i++) {
		const sr_token *t = &r->tokens[i];
		if (t->head >= 0 && sr_span_has(source, r->tokens[first + (uint32_t)t->head].span))
			continue;
		return t->upos == SR_UPOS_NOUN && !sr_str_eq_nocase(sr_span_of(r->doc->text, t->span), t->lemma);
	}
	return false;
}

/* "The Dent Company" of the text, where the record has it without. */
static sr_str with_article(const composer *c, const sr_proof *p, sr_str who)
{
	sr_str said = sr_span_of(c->e.docs[p->claim.doc]->text, source_of(c, p));
	bool article = sr_str_starts_nocase(said, SR_STR("the ")) && sr_str_starts(sr_str_slice(said, 4, said.len), who);
	return article ? sr_str_printf(c->arena, "the %.*s", SR_FMT(who)) : composer_within(c, who);
}

/* "It has captured the town": "Moscow has captured the town"; "its sirens sounded": "the operator's sirens sounded". */
static sr_str name_instead(const composer *c, const side_words *w, sr_str pronoun)
{
	bool definite = w->p->claim.named || sr_str_starts(w->who, SR_STR("The ")) || w->p->claim.collective;
	bool leads = sr_str_starts(w->text, pronoun) && sr_str_find_char(w->text, ' ', 0) == pronoun.len;
	if (!w->theirs || !definite || !leads || !w->who.len || w->who.len > SPEAKER_BYTES_MAX || words_has(WORDS_MANY, pronoun) != is_plural(c, w->p))
		return (sr_str){ 0 };
	sr_str who = with_article(c, w->p, w->who), rest = sr_str_slice(w->text, pronoun.len, w->text.len);
	return sr_str_printf(c->arena, words_has(WORDS_POSSESSIVE, pronoun) ? "%.*s's%.*s" : "%.*s%.*s", SR_FMT(who), SR_FMT(rest));
}

static side_words words_of_span(const composer *c, const sr_proof *p, sr_span span)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	side_words w = { .p = p, .span = span, .text = composer_text(c, p, span), .who = sr_proof_attributed(p) ? sr_str_with_capital(c->arena, p->claim.speaker, true) : (sr_str){ 0 } };
	uint32_t first = sr_reading_token_at(r, span.start);
	w.opens = span.start == p->claim.sentence_span.start && w.text.len && !sr_is_lower((unsigned char)w.text.ptr[0]);
	bool small = w.opens && first < r->token_count && small_by_nature(&r->tokens[first]);
	bool name = w.opens && first < r->token_count && r->tokens[first].upos == SR_UPOS_PROPN;
	w.follows = !p->claim.direct && (!w.opens || small || name) && composer_is_clause(c, p, span) && !composer_tells_charge(c, p, span);
	sr_str pronoun = leading_pronoun(r, span);
	w.leans = pronoun.len > 0;
	w.theirs = w.leans && may_mean(r, pronoun, p);
	if (w.follows && small)
		w.text = sr_str_with_capital(c->arena, w.text, false);
	if (w.follows)
		w.clear = w.leans ? name_instead(c, &w, pronoun) : w.text;
	return w;
}

/* "Its sirens sounded | and that the wall failed": behind "whether" there is room for the one that is disputed. */
static sr_span disputed_clause(const composer *c, const sr_proof *p, sr_span span, sr_span focus)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (uint32_t i = sr_reading_token_at(r, span.start) + 1; i + 2 < r->token_count && r->tokens[i + 2].span.end <= span.end; i++) {
		bool joint = r->tokens[i].upos == SR_UPOS_CCONJ && r->tokens[i + 1].deprel == SR_DEPREL_mark;
		if (!joint || !sr_str_eq_nocase(sr_span_of(r->doc->text, r->tokens[i + 1].span), SR_STR("that")))
			continue;
		if (focus.start < r->tokens[i].span.start)
			return composer_trim(c, p, (sr_span){ span.start, r->tokens[i - 1].span.end });
		span.start = r->tokens[i + 2].span.start;
	}
	return span;
}

/* "The wall failed | as the council began to look into the dam": what goes on beside it is not asked. */
static sr_span without_aside(const composer *c, const sr_proof *p, sr_span span, sr_span focus)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = sr_reading_token_at(r, focus.end); i < r->token_count && r->tokens[i].span.end <= span.end; i++) {
		uint32_t clause = s->first_token + (r->tokens[i].head >= 0 ? (uint32_t)r->tokens[i].head : 0), last = sr_reading_token_at(r, span.end) - 1;
		if (r->tokens[i].deprel != SR_DEPREL_mark || r->tokens[i].head < 0 || !words_has(WORDS_BESIDE, sr_span_of(r->doc->text, r->tokens[i].span)))
			continue;
		uint32_t main = r->tokens[clause].head >= 0 ? s->first_token + (uint32_t)r->tokens[clause].head : UINT32_MAX;
		if (r->tokens[clause].deprel == SR_DEPREL_advcl && main < i && r->tokens[main].span.start >= span.start && composer_below(r, s, last, clause))
			return composer_trim(c, p, (sr_span){ span.start, r->tokens[i - 1].span.end });
	}
	return span;
}

static side_words words_of(const composer *c, sr_conflict_kind kind, const sr_stand *s, size_t limit)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	sr_span clause = disputed_clause(c, p, composer_statement(c, kind, s, limit), s->focus);
	return words_of_span(c, p, p->claim.direct ? clause : without_aside(c, p, clause, s->focus));
}

/* "It has captured the town | and releases a video": what else is done, behind the focus. */
static sr_span first_deed(const composer *c, const sr_proof *p, sr_span span, sr_span focus)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = r->sentences[p->claim.sentence].first_token;
	for (uint32_t i = sr_reading_token_at(r, focus.end); i < r->token_count && r->tokens[i].span.end <= span.end; i++) {
		const sr_token *verb = r->tokens[i].upos == SR_UPOS_CCONJ && r->tokens[i].head >= 0 ? &r->tokens[first + (uint32_t)r->tokens[i].head] : NULL;
		if (verb && verb->upos == SR_UPOS_VERB && verb->deprel == SR_DEPREL_conj && sr_span_has(span, verb->span))
			return (sr_span){ span.start, r->tokens[i - 1].span.end };
	}
	return span;
}

/* In few words, if they are a clause; else what fits. */
static side_words short_words_of(const composer *c, sr_conflict_kind kind, const sr_stand *s)
{
	side_words few = words_of(c, kind, s, FEW_BYTES), all = words_of(c, kind, s, COMPOSER_PART_MAX);
	few = words_of_span(c, few.p, first_deed(c, few.p, few.span, s->focus));
	return few.text.len <= FEW_BYTES && (few.follows || !all.follows) && few.span.start == all.span.start && composer_is_clause(c, few.p, few.span) ? few : all;
}

/* "“It has captured the town” (Moscow)", where the reader could not tell who "it" is. */
static sr_str quoted(const composer *c, const side_words *w)
{
	if (w->leans && w->who.len)
		return sr_str_printf(c->arena, "“%.*s” (%.*s)", SR_FMT(unquoted(w->text)), SR_FMT(w->p->claim.speaker));
	return sr_str_printf(c->arena, "“%.*s”", SR_FMT(unquoted(w->text)));
}

/* "Whether the yard knew", also of "it knew"; where it is not sure to fit: "The yard: whether it knew". */
static sr_str whether(const composer *c, const side_words *w)
{
	if (w->clear.len)
		return sr_str_printf(c->arena, "Whether %.*s", SR_FMT(w->clear));
	if (w->leans && w->who.len && !w->theirs)
		return sr_str_printf(c->arena, "Denied: %.*s", SR_FMT(quoted(c, w)));
	if (w->leans && w->who.len)
		return sr_str_printf(c->arena, "%.*s: whether %.*s", SR_FMT(w->who), SR_FMT(w->text));
	return sr_str_printf(c->arena, "Whether %.*s", SR_FMT(w->text));
}

/* "How many people have been evacuated from …?": what is counted, and what is said of it after the number. */
static sr_str how_many(const composer *c, const sr_stand *s)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	const sr_reading *r = c->e.readings[p->claim.doc];
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		if (q->span.start != s->focus.start || sr_span_empty(q->of_span))
			continue;
		sr_span rest = { q->of_span.start, p->claim.span.end };
		uint32_t next = sr_reading_token_at(r, q->of_span.end);
		bool goes_on = next < r->token_count && r->tokens[next].upos != SR_UPOS_CCONJ && r->tokens[next].upos != SR_UPOS_PUNCT;
		bool follows = goes_on && q->of_span.start >= q->span.end && rest.start < rest.end;
		sr_str said = follows ? composer_text(c, p, first_deed(c, p, composer_clause(c, p, rest, q->of_span, COMPOSER_PART_MAX), q->of_span)) : (sr_str){ 0 };
		if (said.len <= q->of.len || said.len > 2 * COMPOSER_PART_MAX || sr_str_find(said, SR_STR(". "), 0) != SIZE_MAX)
			return (sr_str){ 0 };
		return sr_str_printf(c->arena, "%s %.*s?", q->unit.len ? "How much of" : "How many", SR_FMT(said));
	}
	return (sr_str){ 0 };
}

#define SUBJECT_AWAY_MAX 2u /* bytes between a speaker and what he does */

/* "Has accused the yard of silence", with who has: the name that stands right before, or else that of the record. */
static sr_str deed_of(const composer *c, const side_words *w)
{
	const sr_reading *r = c->e.readings[w->p->claim.doc];
	uint32_t first = sr_reading_token_at(r, w->span.start);
	sr_str bare = unquoted(w->text);
	if (w->p->claim.direct && w->who.len) /* "“They tried to burn my mill” (Karl Brunt)" */
		return sr_str_printf(c->arena, "“%.*s” (%.*s)", SR_FMT(bare), SR_FMT(w->p->claim.speaker));
	if (!sr_proof_attributed(w->p) || first >= r->token_count || (r->tokens[first].upos != SR_UPOS_VERB && r->tokens[first].upos != SR_UPOS_AUX))
		return sr_str_printf(c->arena, "“%.*s”", SR_FMT(bare));
	const sr_attribution *a = &r->attributions[w->p->claim.attribution];
	sr_span who = a->source.count ? a->source.items[0] : (sr_span){ 0, 0 };
	uint32_t head = sr_reading_token_at(r, who.start);
	bool beside = !sr_span_empty(who) && who.end <= w->span.start && w->span.start - who.end <= SUBJECT_AWAY_MAX && r->tokens[head].upos != SR_UPOS_PRON;
	if (beside)
		return sr_str_printf(c->arena, "“%.*s”", SR_FMT(unquoted(composer_text(c, w->p, (sr_span){ who.start, w->span.end }))));
	if (sr_str_find_nocase(bare, w->who, 0) != SIZE_MAX) /* "had been accused by three women" */
		return sr_str_printf(c->arena, "“%.*s”", SR_FMT(bare));
	return sr_str_printf(c->arena, "%.*s “%.*s”", SR_FMT(w->who), SR_FMT(bare));
}

/* "Denied telling the council": "Denied: “telling the council” (Karl Brunt)"; empty where the denial tells no deed. */
static sr_str deed_denied(const composer *c, const sr_stand *denial)
{
	const sr_proof *p = &c->e.proofs[denial->proof];
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, p->claim.span.start);
	sr_str word = first < r->token_count ? sr_span_of(r->doc->text, r->tokens[first].span) : (sr_str){ 0 };
	if (p->claim.stance != SR_STANCE_DENIES || !p->claim.speaker.len || p->claim.direct || !sr_str_ends(word, SR_STR("ing")) || r->tokens[first].upos != SR_UPOS_VERB)
		return (sr_str){ 0 };
	sr_span deed = composer_clause(c, p, p->claim.span, r->tokens[first].span, COMPOSER_PART_MAX);
	return deed.start == p->claim.span.start ? sr_str_printf(c->arena, "Denied: “%.*s” (%.*s)", SR_FMT(composer_text(c, p, deed)), SR_FMT(p->claim.speaker)) : (sr_str){ 0 };
}

/* "Denied that the yard knew": "Whether the yard knew"; a bare denial leaves the words of the other side. */
static sr_str denied_of(const composer *c, const sr_stand *denial, const side_words *claimed)
{
	const sr_proof *p = &c->e.proofs[denial->proof];
	sr_span focus = { p->claim.span.start, p->claim.span.start + 1 };
	side_words w = words_of_span(c, p, composer_clause(c, p, p->claim.span, focus, COMPOSER_PART_MAX));
	bool back = words_start(WORDS_OPENER, w.text) || sr_str_starts(w.text, SR_STR("it ")) || sr_str_starts(w.text, SR_STR("this "));
	if (w.follows && !back) /* not "such a request was made" */
		return whether(c, &w);
	if (claimed->follows)
		return whether(c, claimed);
	sr_str charge = claimed->p->claim.stance == SR_STANCE_ACCUSES ? composer_charge(c, claimed->p, claimed->span) : (sr_str){ 0 };
	if (charge.len)
		return charge;
	sr_str deed = deed_denied(c, denial);
	if (deed.len)
		return deed;
	return sr_str_printf(c->arena, "Denied: %.*s", SR_FMT(deed_of(c, claimed)));
}

/* One of two statements. */
static sr_str either(const composer *c, const side_words *a, const side_words *b)
{
	if (a->clear.len && b->clear.len)
		return sr_str_printf(c->arena, "Whether %.*s or %.*s", SR_FMT(a->clear), SR_FMT(b->clear));
	sr_str left = quoted(c, a), right = quoted(c, b);
	return sr_str_printf(c->arena, "%.*s or %.*s?", SR_FMT(left), SR_FMT(right));
}

/* "When the council met": the side that tells it with its day in words. */
static sr_str when(const composer *c, const side_words *w)
{
	if (w->clear.len)
		return sr_str_printf(c->arena, "When %.*s", SR_FMT(w->clear));
	return sr_str_printf(c->arena, "When: “%.*s”?", SR_FMT(w->text));
}

/* "The wall failed | at 4:20 a.m.": what happened, without the time that is disputed; empty where more stands behind it. */
static side_words without_time(const composer *c, const sr_contrast *x, const sr_stand *s)
{
	const sr_proof *p = &c->e.proofs[s->proof];
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_span span = composer_statement(c, x->kind, s, COMPOSER_PART_MAX);
	uint32_t first = sr_reading_token_at(r, span.start), i = sr_reading_token_at(r, s->focus.start);
	while (i > first && r->tokens[i - 1].upos == SR_UPOS_ADP)
		i--;
	bool last = i > first && s->focus.start < span.end && span.end <= s->focus.end;
	return last ? words_of_span(c, p, (sr_span){ span.start, r->tokens[i - 1].span.end }) : (side_words){ 0 };
}

/* "When the wall failed": of the statements that tell its time, the one whose words allow it. */
static sr_str when_of_two(const composer *c, const sr_contrast *x, const sr_stand *a, const sr_stand *b)
{
	side_words left = without_time(c, x, a), right = without_time(c, x, b);
	const side_words *w = left.clear.len ? &left : &right;
	return w->clear.len ? when(c, w) : (sr_str){ 0 };
}

/* Who caused it is what the claim states, and nothing in passing. */
static bool is_about_cause(const composer *c, const sr_proof *p)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (!p->items[i].aside && sr_terms_kind(c->e.terms, p->items[i].term) == SR_TERM_CONCEPT && sr_str_eq(sr_terms_name(c->e.terms, p->items[i].term), SR_STR("cause")))
			return true;
	return p->claim.stance == SR_STANCE_ACCUSES && sr_terms_mentions(c->e.terms, c->e.readings[p->claim.doc], p->claim.sentence_span, SR_STR("cause"));
}

sr_str composer_question(const composer *c, const sr_contrast *x)
{
	const sr_stand *a = composer_best_stand(c, &x->sides[0]), *b = composer_best_stand(c, &x->sides[1]);
	side_words left = words_of(c, x->kind, a, COMPOSER_PART_MAX), right = words_of(c, x->kind, b, COMPOSER_PART_MAX);
	sr_str counted = x->kind == SR_CONFLICT_QUANTITY ? how_many(c, a) : (sr_str){ 0 };
	if (counted.len)
		return counted;
	if (x->kind == SR_CONFLICT_BLAME && is_about_cause(c, left.p))
		return SR_STR("Who is to blame?");
	sr_str asked = x->kind == SR_CONFLICT_DATE ? when_of_two(c, x, a, b) : (sr_str){ 0 };
	if (asked.len)
		return asked;
	if (x->kind == SR_CONFLICT_DATE && !(focus_is_date(a) && focus_is_date(b)))
		return when(c, focus_is_date(b) ? &left : &right);
	sr_str deed = left.leans && left.who.len && !left.theirs ? deed_denied(c, b) : (sr_str){ 0 };
	if (deed.len)
		return deed;
	if (x->kind == SR_CONFLICT_DENIAL && left.follows && !left.opens)
		return whether(c, &left);
	if (right.p->claim.stance == SR_STANCE_DENIES)
		return denied_of(c, b, &left);
	left = short_words_of(c, x->kind, a);
	right = short_words_of(c, x->kind, b);
	return either(c, &left, &right);
}
