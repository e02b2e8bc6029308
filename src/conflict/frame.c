#include "frame.h"

#include "words.h"

#define CLIMB_MAX 24
#define CHAIN_MAX 4u
#define DEPTH_MAX 4 /* how far below the doer or the thing a word of it may stand */

/* The sentence of a claim as a tree. */
typedef struct tree {
	const sr_reading *r;
	const sr_sentence *s;
	sr_span content;
} tree;

static tree tree_of(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	return (tree){ r, &r->sentences[p->claim.sentence], p->claim.span };
}

static bool has_token(const tree *t, size_t i) { return i >= t->s->first_token && i - t->s->first_token < t->s->token_count; }

static bool parsed(const tree *t, size_t i) { return has_token(t, i) && t->r->tokens[i].head != -2; }

/* Within the content; SIZE_MAX above its roots. */
static size_t head_of(const tree *t, size_t i)
{
	int32_t h = t->r->tokens[i].head;
	size_t head = h < 0 || (uint32_t)h >= t->s->token_count ? SIZE_MAX : t->s->first_token + (size_t)h;
	return head != SIZE_MAX && sr_span_has(t->content, t->r->tokens[head].span) ? head : SIZE_MAX;
}

static unsigned class_of(const tree *t, size_t i) { return dispute_word(sr_span_of(t->r->doc->text, t->r->tokens[i].span)); }

static unsigned lemma_class(const tree *t, size_t i) { return class_of(t, i) | dispute_word(t->r->tokens[i].lemma); }

/* "reports of an attack", "have a role", "a request was made": the head only leads up to it. */
static bool leads_to(const tree *t, size_t head, size_t i)
{
	unsigned c = lemma_class(t, head);
	switch (t->r->tokens[i].deprel) {
	case SR_DEPREL_conj:
	case SR_DEPREL_xcomp: return true;
	case SR_DEPREL_nsubj: return t->r->tokens[i].passive && (c & LIGHT_WORD);
	case SR_DEPREL_obj: return (c & LIGHT_WORD) != 0;
	case SR_DEPREL_nmod:
	case SR_DEPREL_acl:
	case SR_DEPREL_ccomp:
	case SR_DEPREL_obl: return (c & (SAID_WORD | VIEW_WORD | LIGHT_WORD)) != 0;
	default: return false;
	}
}

bool frame_is_core(const sr_evidence *e, const sr_proof *p, size_t item)
{
	tree t = tree_of(e, p);
	size_t i = p->items[item].token;
	if (!parsed(&t, i))
		return true;
	for (int steps = 0; steps < CLIMB_MAX; steps++) {
		size_t head = head_of(&t, i);
		if (head == SIZE_MAX) /* "holding the city has its price": a subject states nothing */
			return t.r->tokens[i].deprel != SR_DEPREL_csubj;
		if (!leads_to(&t, head, i))
			return false;
		i = head;
	}
	return false;
}

typedef enum role { ROLE_NONE, ROLE_WHO, ROLE_WHAT } role;

/* "by the army" */
static bool is_by(const tree *t, size_t i)
{
	for (size_t k = t->s->first_token; k < i; k++)
		if (t->r->tokens[k].deprel == SR_DEPREL_case && head_of(t, k) == i && (class_of(t, k) & BY_WORD))
			return true;
	return false;
}

/* What a dependent is to its head; country: its term is one ("Russian meddling"). */
static role role_of(const tree *t, size_t head, size_t i, bool country)
{
	switch (t->r->tokens[i].deprel) {
	case SR_DEPREL_nsubj: return t->r->tokens[i].passive ? ROLE_WHAT : ROLE_WHO;
	case SR_DEPREL_obl: return is_by(t, i) ? ROLE_WHO : ROLE_WHAT;
	case SR_DEPREL_nmod: return i < head || is_by(t, i) ? ROLE_WHO : ROLE_WHAT;
	case SR_DEPREL_amod:
	case SR_DEPREL_compound: return country ? ROLE_WHO : ROLE_WHAT;
	case SR_DEPREL_obj:
	case SR_DEPREL_iobj:
	case SR_DEPREL_ccomp:
	case SR_DEPREL_xcomp:
	case SR_DEPREL_flat:
	case SR_DEPREL_acl: return ROLE_WHAT;
	default: return ROLE_NONE;
	}
}

/* Who does what the token tells; SIZE_MAX if nobody is named. */
static size_t doer_of(const tree *t, size_t i)
{
	for (size_t k = t->s->first_token; k < t->s->first_token + t->s->token_count; k++)
		if (t->r->tokens[k].deprel == SR_DEPREL_nsubj && head_of(t, k) == i)
			return k;
	return SIZE_MAX;
}

/* The word, and those above it that lend it their doer: "tightened the siege", "began to shell". */
typedef struct chain {
	size_t at[CHAIN_MAX];
	size_t count;
} chain;

static chain chain_of(const tree *t, size_t i)
{
	chain c = { { i }, 1 };
	while (c.count < CHAIN_MAX && doer_of(t, c.at[c.count - 1]) == SIZE_MAX) {
		size_t low = c.at[c.count - 1], head = head_of(t, low);
		uint8_t rel = t->r->tokens[low].deprel;
		bool done = rel == SR_DEPREL_nsubj && t->r->tokens[low].passive; /* "no shots were fired by the guards" */
		if (head == SIZE_MAX || (!done && rel != SR_DEPREL_xcomp && rel != SR_DEPREL_obj && rel != SR_DEPREL_conj && rel != SR_DEPREL_obl && rel != SR_DEPREL_advcl))
			break;
		c.at[c.count++] = head;
	}
	return c;
}

/* "More than a day after the flood": nothing that it was done to. */
static bool tells_when(const sr_reading *r, sr_span word)
{
	for (size_t i = sr_reading_time_from(r, word.start); i < r->time_count && r->times[i].span.start < word.end; i++)
		if (sr_span_overlap(r->times[i].span, word))
			return true;
	return false;
}

/* The part of the frame that token i belongs to. */
static role find_role(const tree *t, const chain *c, size_t i, bool country)
{
	size_t low = i;
	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		size_t head = head_of(t, low);
		if (head == SIZE_MAX || tells_when(t->r, t->r->tokens[low].span))
			return ROLE_NONE;
		for (size_t k = 0; k < c->count; k++) {
			if (head != c->at[k])
				continue;
			role r = role_of(t, head, low, country && low == i);
			bool on_chain = k > 0 && low == c->at[k - 1];
			return on_chain || (k > 0 && r != ROLE_WHO && t->r->tokens[low].deprel != SR_DEPREL_obl) ? ROLE_NONE : r;
		}
		low = head;
	}
	return ROLE_NONE;
}

static void add_term(frame_part *part, uint32_t term)
{
	for (size_t i = 0; i < part->count; i++)
		if (part->terms[i] == term)
			return;
	if (part->count < FRAME_TERMS_MAX)
		part->terms[part->count++] = term;
}

/* "We", or "he" where the words are retold, or in a denial nobody: it is the speaker who does it. */
static bool speaker_does(const tree *t, const sr_proof *p, const chain *c)
{
	size_t top = c->at[c->count - 1];
	bool denies = p->claim.stance == SR_STANCE_DENIES, one = p->claim.named && !p->claim.collective;
	unsigned retold = p->claim.direct ? 0 : denies ? THIRD_PERSON | THEY_WORD : one ? THIRD_PERSON : THEY_WORD;
	if (t->r->tokens[top].deprel == SR_DEPREL_nsubj) /* "that a request was made" */
		return false;
	size_t doer = doer_of(t, top);
	return doer == SIZE_MAX ? denies : t->r->tokens[doer].upos == SR_UPOS_PRON && (class_of(t, doer) & (FIRST_PERSON | retold));
}

/* "Accused Karl Brunt of covering it up": the accused stands beside the deed, under the cue. */
static bool is_accused(const tree *t, size_t i)
{
	size_t head = head_of(t, i);
	return head == SIZE_MAX || (t->r->tokens[i].deprel == SR_DEPREL_flat && head_of(t, head) == SIZE_MAX);
}

void frame_read(const sr_evidence *e, const sr_proof *p, size_t item, frame *out)
{
	tree t = tree_of(e, p);
	size_t token = p->items[item].token;
	*out = (frame){ .subject = UINT32_MAX };
	if (!parsed(&t, token))
		return;
	chain c = chain_of(&t, token);
	bool accuses = p->claim.stance == SR_STANCE_ACCUSES;
	size_t doer = doer_of(&t, c.at[c.count - 1]);
	for (size_t i = 0; i < p->item_count; i++) {
		size_t k = p->items[i].token;
		if (i == item || !has_token(&t, k) || t.r->tokens[k].upos == SR_UPOS_NUM) /* how many is not who */
			continue;
		role r = find_role(&t, &c, k, sr_terms_country(e->terms, p->items[i].term) != 0);
		if (r == ROLE_NONE && accuses && k < token && is_accused(&t, k))
			r = ROLE_WHO;
		if (r != ROLE_NONE)
			add_term(r == ROLE_WHO ? &out->who : &out->what, p->items[i].term);
		if (r != ROLE_NONE && k == doer)
			out->subject = p->items[i].term;
	}
	out->by_speaker = out->who.count == 0 && speaker_does(&t, p, &c);
	out->by_hearer = doer != SIZE_MAX && (class_of(&t, doer) & SECOND_PERSON);
}

/* "Moscow", "Russian" and "Russia" are one doer. */
static bool same_term(const sr_evidence *e, uint32_t a, uint32_t b)
{
	uint32_t country = a == b ? 0 : sr_terms_country(e->terms, a);
	return a == b || (country && country == sr_terms_country(e->terms, b));
}

static bool part_has(const sr_evidence *e, const frame_part *part, uint32_t term)
{
	for (size_t i = 0; i < part->count; i++)
		if (same_term(e, part->terms[i], term))
			return true;
	return false;
}

size_t frame_part_common(const sr_evidence *e, const frame_part *a, const frame_part *b)
{
	size_t n = 0;
	for (size_t i = 0; i < a->count; i++)
		n += part_has(e, b, a->terms[i]);
	return n;
}

static size_t shared_with(const sr_evidence *e, sr_term_set set, const frame_part *part)
{
	size_t n = 0;
	for (size_t i = 0; i < set.count; i++)
		n += part_has(e, part, set.ids[i]);
	return n;
}

/* The doers that both tell of: of the speaker by name. SIZE_MAX: one of them tells of none. */
static size_t shared_doers(const sr_evidence *e, const sr_proof *p, const frame *x, const sr_proof *q, const frame *y)
{
	if (x->by_speaker && y->by_speaker)
		return p->party == q->party;
	if (x->by_speaker)
		return y->who.count ? shared_with(e, p->speaker, &y->who) : SIZE_MAX;
	if (y->by_speaker)
		return x->who.count ? shared_with(e, q->speaker, &x->who) : SIZE_MAX;
	return x->who.count && y->who.count ? frame_part_common(e, &x->who, &y->who) : SIZE_MAX;
}

frame_match frame_compare(const sr_evidence *e, const sr_proof *p, const frame *x, const sr_proof *q, const frame *y)
{
	frame_match m = { 0 };
	size_t doers = shared_doers(e, p, x, q, y);
	/* the doer of the one is what it is done to in the other: "the gate opened", "he opened the gate" */
	size_t across = (x->what.count ? 0 : frame_part_common(e, &x->who, &y->what)) + (y->what.count ? 0 : frame_part_common(e, &x->what, &y->who));
	m.who = doers == SIZE_MAX ? 0 : doers;
	m.what = frame_part_common(e, &x->what, &y->what) + across;
	m.other_who = doers == 0 && across == 0;
	m.other_what = x->what.count && y->what.count && m.what == 0;
	return m;
}

size_t frame_part_shares(const sr_evidence *e, const frame_part *a, const frame_part *b)
{
	size_t n = 0;
	for (size_t i = 0; i < a->count; i++)
		n += part_has(e, b, a->terms[i]) && !sr_terms_country(e->terms, a->terms[i]) &&
		     (!sr_terms_is_weak(e->terms, a->terms[i]) || sr_terms_is_thing(e->terms, a->terms[i]));
	return n;
}
