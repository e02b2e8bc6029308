/* Which sentences a reader can understand without the ones before them. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#define SENTENCE_MIN 40u
#define SENTENCE_MAX 420u
#define CLAUSE_MAX 320u
#define PHOTO_WITHIN 60u /* bytes */
#define COLUMNS_TRIED_MAX 32u
#define HALF_AWAY_MAX 8u /* bytes */

bool composer_shows_speaker(const composer *c, const sr_proof *p)
{
	if (!sr_proof_attributed(p))
		return true;
	const sr_attribution *a = &c->e.readings[p->claim.doc]->attributions[p->claim.attribution];
	if (!a->source.count || !sr_span_has(p->claim.sentence_span, a->source.items[0]))
		return false;
	/* "according to an officer, …, he told …": the pronoun's name stands in the sentence too */
	sr_str source = composer_text(c, p, a->source.items[0]);
	return (!words_has(WORDS_PRONOUN, source) && !words_has(WORDS_OPENER, source))
	       || (p->claim.speaker.len && sr_str_find(composer_text(c, p, p->claim.sentence_span), p->claim.speaker, 0) != SIZE_MAX);
}

bool composer_posted(const composer *c, const sr_proof *p)
{
	return sr_str_starts(p->claim.via, SR_STR("@")) || sr_str_find(composer_text(c, p, p->claim.sentence_span), SR_STR("(@"), 0) != SIZE_MAX;
}

/* "A man crosses the square in Oss, Velmira, May 3, 2031.", "In this May 3 file photo, …", "… in Oss. | Ada Brunt": what stands below a picture. */
static bool below_picture(const sr_reading *r, sr_span sentence)
{
	sr_str text = sr_span_of(r->doc->text, sentence), head = sr_str_slice(text, 0, PHOTO_WITHIN);
	if (sr_str_find(text, SR_STR(" | "), 0) != SIZE_MAX || sr_str_find_nocase(text, SR_STR("file photo"), 0) != SIZE_MAX || (sr_str_starts_nocase(text, SR_STR("in this ")) && sr_str_find_nocase(head, SR_STR("photo"), 0) != SIZE_MAX))
		return true;
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		if (t->span.end > sentence.end || t->span.end + 1 < sentence.end || t->span.start < sentence.start + 2 || t->begin.precision < SR_PRECISION_DAY)
			continue;
		sr_str words = sr_span_of(r->doc->text, t->span), before = sr_str_slice(r->doc->text, t->span.start - 2, t->span.start);
		bool year = words.len > 4 && sr_is_digit((unsigned char)words.ptr[words.len - 1]) && sr_is_digit((unsigned char)words.ptr[words.len - 4]);
		if (year && before.ptr[1] == ' ' && (before.ptr[0] == ',' || before.ptr[0] == '.'))
			return true;
	}
	return false;
}

#define GLUED_LETTERS_MIN 3u

static bool is_capital(sr_str s, size_t i) { return i < s.len && sr_is_upper((unsigned char)s.ptr[i]); }

/* "… things to watch MORE (L-Velm.) said": a word in capitals among others that are not, where nobody shouts. */
static bool is_lone_capitals(sr_str s, size_t start, size_t end)
{
	bool before = start < 2 || !is_capital(s, start - 2), behind = is_capital(s, end + 1) && is_capital(s, end + 2);
	return before && !behind && !is_capital(s, end) && !(end < s.len && sr_is_lower((unsigned char)s.ptr[end]));
}

/* "Mayor Ada ReylFive things to watch MORE said": a menu of headlines that lost its edges hangs on a name. */
static bool holds_menu(sr_str s)
{
	size_t more = sr_str_find(s, SR_STR(" MORE"), 0), small = 0;
	if (more != SIZE_MAX && is_lone_capitals(s, more + 1, more + 5))
		return true;
	for (size_t i = 0; more != SIZE_MAX && i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (sr_is_upper(ch) && small >= GLUED_LETTERS_MIN)
			return true;
		small = sr_is_lower(ch) ? small + 1 : 0;
	}
	return false;
}

/* "When the mayor spoke of it on Monday.", "In defending the plan.": what only hangs on a sentence that is not there. */
static bool hangs(const sr_reading *r, const sr_sentence *s)
{
	const sr_token *tokens = r->tokens + s->first_token;
	sr_str first = sr_span_of(r->doc->text, tokens[0].span), text = sr_span_of(r->doc->text, s->span);
	bool of_root = tokens[0].head > 0 && tokens[tokens[0].head].head < 0;
	bool joint = tokens[0].deprel == SR_DEPREL_mark || (tokens[0].deprel == SR_DEPREL_advmod && words_has(WORDS_JOINT, first));
	return of_root && joint && sr_str_find_char(text, ',', 0) == SIZE_MAX; /* behind a comma may stand what it hangs on, however it was parsed */
}

/* "Showering the owners with promises.", "The senator telling reporters on Thursday": a participle for a verb. */
static bool is_participle_alone(const sr_sentence *s, const sr_token *tokens, const sr_reading *r)
{
	bool participle = false, helped = false;
	for (uint32_t i = 0; i < s->token_count; i++) {
		participle |= tokens[i].head == -1 && tokens[i].upos == SR_UPOS_VERB && sr_str_ends(sr_span_of(r->doc->text, tokens[i].span), SR_STR("ing"));
		helped |= (tokens[i].deprel == SR_DEPREL_aux || tokens[i].deprel == SR_DEPREL_cop) && tokens[i].head >= 0 && tokens[tokens[i].head].head == -1;
	}
	return participle && !helped;
}

/* "Repeatedly badgered the president", "The mayor, according to reports": words without a subject, or without a verb. */
static bool is_fragment(const sr_reading *r, const sr_sentence *s)
{
	const sr_token *tokens = r->tokens + s->first_token;
	bool subject = false, verb = false, led = false;
	for (uint32_t i = 0; i < s->token_count; i++) {
		const sr_token *t = &tokens[i];
		bool top = t->head >= 0 && tokens[t->head].head < 0;
		if (t->head == -2)
			return false;
		subject = subject || (top && (t->deprel == SR_DEPREL_nsubj || t->deprel == SR_DEPREL_csubj || t->deprel == SR_DEPREL_expl));
		bool aside = t->deprel == SR_DEPREL_acl || t->deprel == SR_DEPREL_case || t->deprel == SR_DEPREL_amod || t->deprel == SR_DEPREL_compound;
		verb = verb || (t->upos == SR_UPOS_VERB && !aside) || t->deprel == SR_DEPREL_cop;
		if (t->head < 0 && (t->upos == SR_UPOS_VERB || t->upos == SR_UPOS_AUX)) {
			led = led || i > 0 || sr_str_eq_nocase(t->lemma, sr_span_of(r->doc->text, t->span)); /* an order */
			for (uint32_t k = 0; k < i && !subject; k++)
				led = led && (tokens[k].upos == SR_UPOS_ADV || tokens[k].upos == SR_UPOS_INTJ || tokens[k].upos == SR_UPOS_PUNCT);
		}
	}
	return (!subject && (!verb || led)) || is_participle_alone(s, tokens, r);
}

/* "We called it a mistake", outside of what others say: the writer speaks, in a column; not "every person we met said so". */
static bool speaks_as_writer(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	const sr_proof *first = p, *end = c->e.proofs + c->e.proof_count;
	while (first > c->e.proofs && composer_same_sentence(first - 1, p))
		first--;
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		const sr_token *t = &r->tokens[i];
		int32_t above = t->head >= 0 ? r->tokens[s->first_token + (uint32_t)t->head].head : 0;
		bool own = t->deprel == SR_DEPREL_nsubj && above == -1 && words_has(WORDS_WRITER, sr_span_of(r->doc->text, t->span)) && !composer_in_quotes(r->doc->text, s->span, t->span.start);
		for (const sr_proof *q = first; own && q < end && composer_same_sentence(q, p); q++)
			own = !(sr_proof_attributed(q) && sr_span_has(q->claim.span, t->span));
		if (own)
			return true;
	}
	return false;
}

static bool ends_in_comma_and_quote(sr_str s)
{
	size_t last = s.len;
	return s.len && sr_cp_closes_quote(sr_utf8_prev(s, &last)) && last && s.ptr[last - 1] == ',';
}

/* "“We hope for the best,” | St. Ann's harbour master said at a meeting.", "“Go!” | the post read": two halves that the splitter took for sentences. */
static bool is_half(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_token *first = &r->tokens[r->sentences[p->claim.sentence].first_token];
	if ((first->upos == SR_UPOS_DET || first->upos == SR_UPOS_PRON) && sr_is_lower((unsigned char)r->doc->text.ptr[first->span.start]))
		return true;
	sr_str before = sr_str_trim(sr_str_slice(c->e.docs[p->claim.doc]->text, p->claim.sentence_span.start > HALF_AWAY_MAX ? p->claim.sentence_span.start - HALF_AWAY_MAX : 0, p->claim.sentence_span.start));
	return ends_in_comma_and_quote(composer_text(c, p, p->claim.sentence_span)) || ends_in_comma_and_quote(before);
}

/* What a column says itself, where others report. */
static bool of_column(const composer *c, const sr_proof *p)
{
	bool column = !sr_proof_attributed(p) && c->columns[p->claim.doc], reported = false;
	for (size_t i = 0; column && i < c->e.doc_count && i < COLUMNS_TRIED_MAX && !reported; i++)
		reported = !c->columns[i];
	return column && reported;
}

/* "Trump Asks for a Favor; No Charges": a paragraph that ends without a mark is a headline, however the page sets it. */
static bool is_headline(const sr_reading *r, const sr_sentence *s)
{
	const sr_block *b = &r->doc->blocks[s->block];
	sr_str text = sr_str_trim(sr_span_of(r->doc->text, s->span));
	size_t last = text.len;
	bool whole = r->doc->block_count > 1 && b->kind == SR_BLOCK_PARAGRAPH && s->span.start <= b->span.start && s->span.end >= b->span.end;
	uint32_t mark = text.len ? sr_utf8_prev(text, &last) : 0;
	return whole && (sr_is_alpha(mark) || sr_is_digit(mark));
}

/* "… go here.)": the end of what a bracket holds that opened in a sentence before. */
static bool ends_bracket(sr_str s)
{
	size_t open = 0, close = 0;
	for (size_t i = 0; i < s.len; i++) {
		open += s.ptr[i] == '(';
		close += s.ptr[i] == ')';
	}
	return close > open && sr_str_ends(s, SR_STR(")"));
}

bool composer_is_sentence(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	size_t open, close, straight;
	composer_count_quotes(sr_span_of(r->doc->text, s->span), &open, &close, &straight);
	return close <= open && !ends_bracket(sr_span_of(r->doc->text, s->span)) && !is_fragment(r, s) && !is_headline(r, s) && !hangs(r, s) && !below_picture(r, s->span) && !holds_menu(sr_span_of(r->doc->text, s->span)) && !speaks_as_writer(c, p) && !is_half(c, p) && !of_column(c, p) && !words_start(WORDS_TURN, sr_span_of(r->doc->text, s->span));
}

static bool stands_alone(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	sr_str text = sr_span_of(r->doc->text, s->span);
	size_t open, close, straight;
	if (p->caption || p->heading || composer_posted(c, p) || text.len < SENTENCE_MIN || s->token_count < 6 || !composer_shows_speaker(c, p))
		return false;
	sr_span cut = composer_attributed_clause(c, p, CLAUSE_MAX);
	if (cut.end - cut.start > SENTENCE_MAX || cut.end - cut.start < SENTENCE_MIN)
		return false;
	composer_count_quotes(text, &open, &close, &straight);
	if (open != close || straight % 2 || sr_str_ends(text, SR_STR("?")) || sr_str_ends(text, SR_STR(":")))
		return false;
	return composer_is_sentence(c, p) && !composer_starts_so(c, p, s->span, WORDS_OPENER) && !composer_leans(c, p, s->span);
}

bool composer_stands_alone(const composer *c, const sr_proof *p)
{
	uint8_t *known = &c->alone[p - c->e.proofs];
	if (!*known)
		*known = stands_alone(c, p) ? 2 : 1;
	return *known == 2;
}
