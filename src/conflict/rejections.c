/* "The company rejects that", "she denied the allegations": a denial that does not tell what it denies. What it answers stands
 * just before it, and is about the one who denies. */
#include "pairs.h"
#include "words.h"

#define LOOK_BACK 3u
#define NEAR_BACK 2u
#define BARE_ITEMS_MAX 3u
#define CLIMB_MAX 24
#define BESIDE_BYTES_MIN 20u

/* What a denial leaves to be found. */
typedef enum denied_matter {
	MATTER_TOLD,  /* "denied striking the bridge" */
	MATTER_SAID,  /* "the allegations", "that claim" */
	MATTER_VIEW,  /* "such concerns" */
	MATTER_WRONG, /* "any wrongdoing" */
	MATTER_IT,    /* "denies this", "that such a request was made" */
	MATTER_WHICH  /* "…, which he denied" */
} denied_matter;

/* "…, a charge | the army denied": named behind a comma, before the word that denies. */
static bool is_apposed(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_attribution *a = &r->attributions[p->claim.attribution];
	uint32_t t = sr_reading_token_at(r, p->claim.span.start);
	return a->cue.count && p->claim.span.end <= a->cue.items[0].start && sr_span_has(p->claim.sentence_span, a->cue.items[0]) &&
	       t > r->sentences[p->claim.sentence].first_token && r->tokens[t - 1].upos == SR_UPOS_PUNCT;
}

static denied_matter matter_of(const sr_evidence *e, const sr_proof *p)
{
	unsigned c = pairs_root_classes(e, p);
	if ((c & WHICH_WORD) || is_apposed(e, p))
		return MATTER_WHICH;
	if (p->item_count == 0)
		return MATTER_IT;
	if (p->item_count > BARE_ITEMS_MAX)
		return MATTER_TOLD;
	if (dispute_words_in(e->readings[p->claim.doc], p->claim.span) & SUCH_WORD)
		return MATTER_IT;
	return c & WRONG_WORD ? MATTER_WRONG : c & SAID_WORD ? MATTER_SAID : c & VIEW_WORD ? MATTER_VIEW : c & IT_WORD ? MATTER_IT : MATTER_TOLD;
}

/* "equipment that would let China listen": its subject stands outside. */
static bool is_relative(const sr_reading *r, uint32_t first)
{
	const sr_token *t = &r->tokens[first];
	return t->upos == SR_UPOS_PRON && (dispute_word(sr_span_of(r->doc->text, t->span)) & (IT_WORD | WHICH_WORD)) && t->deprel == SR_DEPREL_nsubj;
}

/* "You will not destroy the union": it speaks to somebody, and tells nothing that a third could deny. */
static bool speaks_to(const sr_evidence *e, const sr_proof *p)
{
	return p->claim.direct && p->claim.stance != SR_STANCE_ACCUSES && (dispute_words_in(e->readings[p->claim.doc], p->claim.span) & SECOND_PERSON);
}

/* A clause, by somebody who is told of. */
static bool is_statement(const sr_evidence *e, const sr_proof *p, denied_matter matter)
{
	const sr_reading *r = e->readings[p->claim.doc];
	if (speaks_to(e, p))
		return false;
	/* what is denied in the same sentence need be no clause ("named Vance as the go-between"), and may be the page's own word */
	bool beside = matter == MATTER_WHICH && p->claim.span.end - p->claim.span.start >= BESIDE_BYTES_MIN;
	bool verb = beside || p->claim.stance == SR_STANCE_ACCUSES;
	uint32_t first = sr_reading_token_at(r, p->claim.span.start);
	for (uint32_t i = first; i < r->token_count && r->tokens[i].span.start < p->claim.span.end; i++)
		verb |= r->tokens[i].upos == SR_UPOS_VERB || r->tokens[i].upos == SR_UPOS_AUX;
	return verb && (beside || (p->party && sr_proof_attributed(p))) && !p->heading && !p->caption && p->claim.stance != SR_STANCE_DENIES && !pairs_asks(e, p) &&
	       r->tokens[first].upos != SR_UPOS_PART && !is_relative(r, first);
}

/* "A woman who alleged an affair": the word only says which woman. */
static bool only_tells_which(const sr_evidence *e, const sr_proof *q, size_t token)
{
	const sr_reading *r = e->readings[q->claim.doc];
	const sr_sentence *s = &r->sentences[q->claim.sentence];
	for (int steps = 0; steps < CLIMB_MAX; steps++) {
		int32_t h = r->tokens[token].head;
		if (h < 0 || !sr_span_has(q->claim.span, r->tokens[s->first_token + (uint32_t)h].span))
			return false;
		if (r->tokens[token].deprel == SR_DEPREL_acl)
			return true;
		token = s->first_token + (uint32_t)h;
	}
	return false;
}

static bool states_term(const sr_evidence *e, const sr_proof *q, uint32_t term)
{
	for (size_t i = 0; i < q->item_count; i++)
		if (q->items[i].term == term && !(q->items[i].aside && only_tells_which(e, q, q->items[i].token)))
			return true;
	return false;
}

/* What is denied in so many words is what the other says, not in passing, and without a "not" of its own. */
static bool tells_the_same(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	bool same = false;
	for (size_t i = 0; i < denial->item_count && !same; i++)
		same = sr_terms_kind(e->terms, denial->items[i].term) != SR_TERM_NAME && frame_is_core(e, denial, i) && states_term(e, q, denial->items[i].term);
	return same && !q->claim.negated && !pairs_denies_intent(e, q, denial);
}

/* "Should resign", "could close the gates by a decree", "will be opened": wanted, offered or to come. Who rejects that turns it down, and who
 * denies what is done denies nothing of what will be. */
static bool is_no_account(const sr_evidence *e, const sr_proof *denial, denied_matter matter, const sr_proof *q)
{
	unsigned mood = pairs_mood(e, q);
	if (q->claim.stance == SR_STANCE_DEMANDS || (mood & WISH_WORD))
		return true;
	return (mood & OPEN_WORD) && (matter == MATTER_TOLD ? !(pairs_mood(e, denial) & OPEN_WORD) : matter == MATTER_IT && pairs_rejects(e, denial));
}

/* Somebody else's name beside the thing denied: "the union's claim", "the allegations against Moor". */
static bool names_others(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	bool any = false;
	for (size_t i = 0; i < denial->item_count; i++) {
		uint32_t term = denial->items[i].term;
		if (sr_terms_kind(e->terms, term) != SR_TERM_NAME || sr_term_set_has(denial->speaker, term))
			continue;
		any = true;
		if (sr_term_set_has(q->sentence, term) || sr_term_set_has(q->speaker, term))
			return false;
	}
	return any;
}

/* "The allegations by the council", "the council's claim": whose it is stands there, and q is not theirs. */
static bool of_others(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	const sr_sentence *s = &r->sentences[denial->claim.sentence];
	bool any = false;
	for (size_t i = 0; i < denial->item_count; i++) {
		const sr_token *t = &r->tokens[denial->items[i].token];
		const sr_token *said = t->head >= 0 && t->deprel == SR_DEPREL_nmod ? &r->tokens[s->first_token + (uint32_t)t->head] : NULL;
		bool by = false;
		for (uint32_t k = s->first_token; said && k < s->first_token + s->token_count; k++)
			by |= &r->tokens[s->first_token + (uint32_t)(r->tokens[k].head < 0 ? 0 : r->tokens[k].head)] == t && r->tokens[k].deprel == SR_DEPREL_case &&
			      (dispute_word(sr_span_of(r->doc->text, r->tokens[k].span)) & (BY_WORD | OWN_WORD));
		if (!by || !(dispute_word(said->lemma) & SAID_WORD) || sr_term_set_has(denial->speaker, denial->items[i].term))
			continue;
		any = true;
		if (sr_term_set_has(q->speaker, denial->items[i].term))
			return false;
	}
	return any;
}

/* "The letter speaks of reports, but the guild publicly denied them": who tells of the denial as well does not say what is denied. */
static bool tells_of_denial(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[q->claim.doc];
	for (uint32_t i = sr_reading_token_at(r, q->claim.span.start); i < r->token_count && r->tokens[i].span.end <= q->claim.span.end; i++)
		if (r->tokens[i].upos == SR_UPOS_VERB && sr_terms_mentions(e->terms, r, r->tokens[i].span, SR_STR("deny")))
			return sr_term_set_common(denial->speaker, q->content) > 0;
	return false;
}

/* The denial tells what the allegation is of ("the wiretapping allegation"), and nothing of that is said here. */
static bool of_another_matter(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	bool any = false;
	for (size_t i = 0; i < denial->item_count; i++) {
		uint32_t term = denial->items[i].term;
		unsigned c = dispute_word(r->tokens[denial->items[i].token].lemma) | dispute_word(sr_span_of(r->doc->text, r->tokens[denial->items[i].token].span));
		if (sr_terms_kind(e->terms, term) == SR_TERM_NAME || (c & (SAID_WORD | VIEW_WORD | WRONG_WORD)))
			continue;
		any = true;
		if (sr_term_set_has(q->sentence, term))
			return false;
	}
	return any;
}

/* "Blames Orr for what befell Moor": who is charged is another person than Moor, who denies something else. */
static bool charges_another(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[q->claim.doc];
	size_t first = SIZE_MAX;
	bool named = false;
	for (size_t i = 0; i < q->item_count && q->claim.stance == SR_STANCE_ACCUSES; i++) {
		if (sr_terms_kind(e->terms, q->items[i].term) != SR_TERM_NAME || !sr_span_has(q->claim.span, r->tokens[q->items[i].token].span))
			continue;
		named |= sr_term_set_has(denial->speaker, q->items[i].term);
		if (first == SIZE_MAX || q->items[i].token < q->items[first].token)
			first = i;
	}
	if (!named || first == SIZE_MAX || sr_term_set_has(denial->speaker, q->items[first].term))
		return false;
	size_t k = sr_reading_entity_from(r, r->tokens[q->items[first].token].span.start);
	return k < r->entity_count && r->entities[k].type == SR_ENTITY_PER && sr_span_has(r->entities[k].span, r->tokens[q->items[first].token].span);
}

/* The term is one of the claims shortly before it on the page. */
static bool stands_before(const sr_evidence *e, const sr_proof *p, uint32_t term)
{
	for (size_t i = (size_t)(p - e->proofs); i-- > e->first_proof[p->claim.doc] && p->claim.sentence - e->proofs[i].claim.sentence <= LOOK_BACK;)
		if (e->proofs[i].claim.sentence != p->claim.sentence && sr_term_set_has(e->proofs[i].sentence, term))
			return true;
	return false;
}

/* "Such a call": a sentence before it tells of the call, and q does not. */
static bool such_between(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	if (!(dispute_words_in(r, denial->claim.span) & SUCH_WORD))
		return false;
	for (size_t i = 0; i < denial->item_count; i++) {
		const sr_token *t = &r->tokens[denial->items[i].token];
		bool thing = t->upos == SR_UPOS_NOUN && !(dispute_word(t->lemma) & (SAID_WORD | VIEW_WORD | WRONG_WORD | LIGHT_WORD));
		if (thing && !sr_term_set_has(q->sentence, denial->items[i].term) && stands_before(e, denial, denial->items[i].term))
			return true;
	}
	return false;
}

/* "The file held an allegation about a bribe": a sentence between the two that tells of something said is what "the allegation" means. */
static bool told_between(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	for (uint32_t k = q->claim.sentence + 1; k < denial->claim.sentence; k++) {
		const sr_sentence *s = &r->sentences[k];
		for (uint32_t i = s->first_token; i + 1 < s->first_token + s->token_count; i++)
			if (r->tokens[i].upos == SR_UPOS_DET && sr_str_eq(r->tokens[i].lemma, SR_STR("a")) && (dispute_word(r->tokens[i + 1].lemma) & SAID_WORD))
				return true;
	}
	return false;
}

/* "His lawyer rejected the accusation": of whom somebody has just spoken. */
static bool is_somebodys(const sr_evidence *e, const sr_proof *denial)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	const sr_spans *source = &r->attributions[denial->claim.attribution].source;
	uint32_t first = source->count ? sr_reading_token_at(r, source->items[0].start) : r->token_count;
	return first + 1 < r->token_count && sr_span_has(source->items[0], r->tokens[first + 1].span) &&
	       (dispute_word(sr_span_of(r->doc->text, r->tokens[first].span)) & (THIRD_PERSON | THEY_WORD));
}

static bool names_anybody(const sr_evidence *e, const sr_proof *q)
{
	for (size_t i = 0; i < q->content.count; i++)
		if (sr_terms_kind(e->terms, q->content.ids[i]) == SR_TERM_NAME)
			return true;
	return false;
}

/* "Asked whether the mayor knew of it (which she denied)": the tree says what the clause hangs on, and that is not q's. */
static bool hangs_elsewhere(const sr_evidence *e, const sr_proof *denial, const sr_proof *q)
{
	const sr_reading *r = e->readings[denial->claim.doc];
	const sr_spans *cue = &r->attributions[denial->claim.attribution].cue;
	uint32_t verb = cue->count ? sr_reading_token_at(r, cue->items[0].start) : r->token_count;
	if (verb >= r->token_count || r->tokens[verb].deprel != SR_DEPREL_acl || r->tokens[verb].head < 0)
		return false;
	sr_span head = r->tokens[r->sentences[denial->claim.sentence].first_token + (uint32_t)r->tokens[verb].head].span;
	return !sr_span_has(q->claim.span, head) && !sr_span_has(denial->claim.span, head);
}

/* Whether q may be what the denial answers, `away` sentences after it. */
static bool answers(const sr_evidence *e, const sr_proof *denial, denied_matter matter, const sr_proof *q, uint32_t away)
{
	bool accuses = q->claim.stance == SR_STANCE_ACCUSES || (dispute_words_in(e->readings[q->claim.doc], q->claim.span) & CHARGING_WORD), next = away <= 1;
	bool about = sr_term_set_common(denial->speaker, q->content) > 0 || (next && is_somebodys(e, denial) && names_anybody(e, q));
	bool somebody = dispute_words_in(e->readings[q->claim.doc], q->claim.span) & (THIRD_PERSON | THEY_WORD);
	if (!is_statement(e, q, matter) || (matter != MATTER_TOLD && names_others(e, denial, q)) || charges_another(e, denial, q) || is_no_account(e, denial, matter, q) ||
	    of_others(e, denial, q) || tells_of_denial(e, denial, q) || such_between(e, denial, q))
		return false;
	if ((matter == MATTER_SAID || matter == MATTER_VIEW) && !accuses && of_another_matter(e, denial, q))
		return false;
	switch (matter) {
	case MATTER_SAID: return (about && away <= NEAR_BACK && !told_between(e, denial, q)) || (next && (accuses || somebody));
	case MATTER_WRONG: return about && (accuses || next);
	case MATTER_VIEW: return next;
	case MATTER_IT: return next || accuses;
	case MATTER_WHICH: return away == 0 && !hangs_elsewhere(e, denial, q);
	default: return away <= NEAR_BACK && tells_the_same(e, denial, q);
	}
}

/* A rejection answers an accusation before anything nearer, but "denied that" not before what another has said since; of one
 * sentence's claims the widest. */
static bool answers_better(const sr_evidence *e, const sr_proof *denial, denied_matter matter, size_t have, size_t other)
{
	const sr_proof *a = &e->proofs[have], *b = &e->proofs[other];
	bool accuses_a = a->claim.stance == SR_STANCE_ACCUSES, accuses_b = b->claim.stance == SR_STANCE_ACCUSES;
	if (accuses_a != accuses_b)
		return accuses_b && (matter != MATTER_IT || a->party == b->party || sr_term_set_common(denial->speaker, b->content) > 0);
	return a->claim.sentence == b->claim.sentence
	       && b->claim.span.end - b->claim.span.start > a->claim.span.end - a->claim.span.start;
}

/* In a transcript, a sentence of one's own turn that tells what others say: those are who is answered. */
static bool retells(const sr_evidence *e, const sr_proof *q)
{
	const sr_reading *r = e->readings[q->claim.doc];
	const sr_block *b = sr_document_block_at(r->doc, q->claim.span.start);
	if (!sr_proof_attributed(q) || !b || b->kind != SR_BLOCK_TURN)
		return false;
	for (uint32_t i = r->attributions[q->claim.attribution].inner; i; i = r->attributions[i - 1].next_inner)
		if (r->attributions[i - 1].cue.count && sr_span_has(q->claim.sentence_span, r->attributions[i - 1].cue.items[0]))
			return true;
	return false;
}

/* The earlier claim of the same document and update that a denial answers. */
static size_t antecedent(const sr_evidence *e, size_t at, denied_matter matter)
{
	const sr_proof *p = &e->proofs[at];
	const sr_document *doc = e->docs[p->claim.doc];
	const sr_block *here = sr_document_block_at(doc, p->claim.span.start);
	size_t best = SIZE_MAX;
	for (size_t i = at; i-- > e->first_proof[p->claim.doc];) {
		const sr_proof *q = &e->proofs[i];
		const sr_block *there = sr_document_block_at(doc, q->claim.span.start);
		uint32_t away = p->claim.sentence - q->claim.sentence;
		if (away > LOOK_BACK || (here && there && here->group != there->group))
			break;
		if (retells(e, q) || (q->party && q->party == p->party) || pairs_same_voice(&q->claim, &p->claim) || sr_span_overlap(p->claim.span, q->claim.span) || !answers(e, p, matter, q, away))
			continue;
		if (best == SIZE_MAX || answers_better(e, p, matter, best, i))
			best = i;
	}
	return best;
}

static bool is_blame(const sr_evidence *e, const sr_proof *p)
{
	if (p->claim.stance == SR_STANCE_ACCUSES)
		return true;
	for (size_t i = 0; i < p->item_count; i++)
		if (sr_terms_kind(e->terms, p->items[i].term) == SR_TERM_CONCEPT
		    && sr_str_eq(sr_terms_name(e->terms, p->items[i].term), SR_STR("cause")))
			return true;
	return false;
}

static sr_stand stand_whole(const sr_evidence *e, size_t i) { return pairs_at((uint32_t)i, e->proofs[i].claim.span); }

/* What the denial tells, where the other states it; else all that the other says. */
static sr_stand stand_told(const sr_evidence *e, size_t at, const sr_proof *denial)
{
	const sr_proof *q = &e->proofs[at];
	for (size_t i = 0; i < denial->item_count; i++) {
		if (sr_terms_kind(e->terms, denial->items[i].term) == SR_TERM_NAME || !sr_term_set_has(q->content, denial->items[i].term) || !frame_is_core(e, denial, i))
			continue;
		for (size_t k = 0; k < q->item_count; k++)
			if (q->items[k].term == denial->items[i].term && !q->items[k].aside)
				return pairs_at((uint32_t)at, e->readings[q->claim.doc]->tokens[q->items[k].token].span);
	}
	return stand_whole(e, at);
}

sr_status pairs_from_rejections(pairs *p)
{
	sr_evidence *e = p->e;
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *d = &e->proofs[i];
		if (d->claim.stance != SR_STANCE_DENIES || d->caption || d->heading || !sr_proof_attributed(d) || pairs_turns_down(e, d))
			continue;
		denied_matter matter = matter_of(e, d);
		size_t before = antecedent(e, i, matter);
		if (before == SIZE_MAX)
			continue;
		const sr_proof *a = &e->proofs[before];
		sr_conflict_kind kind = is_blame(e, a) ? SR_CONFLICT_BLAME : SR_CONFLICT_DENIAL;
		double strength = 2.0 + sr_terms_shared(e->terms, a->content, d->content);
		sr_stand denial = stand_whole(e, i);
		denial.reply = matter == MATTER_TOLD ? 0 : pairs_reply(e, i);
		SR_TRY(pairs_add(p, kind, PAIRS_ANY_KEY, matter == MATTER_TOLD ? stand_told(e, before, d) : stand_whole(e, before), denial, strength));
	}
	return SR_OK;
}
