#include "scope.h"

#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

#define NEGATION_REACH 6
#define UNREAL_REACH 3
#define CLIMB_MAX 24

/* What a word does to what stands around it. */
enum {
	NEGATION = 1,
	IDLE_AFTER_NO = 2,
	EMPTY_SUBJECT = 4,
	IDLE_AFTER_NOT = 8,
	UNREAL = 16,
	UNREAL_AUX = 32,
	SCOPE_END = 64,
	NO = 128,
	NOT = 256,
	TO = 512,
	WHY = 1024,
	IF = 2048
};

static const struct {
	unsigned bit;
	const char *words; /* blanks between */
} lists[] = {
	{ NEGATION, "not n't no none never nobody nothing neither nor without cannot n’t" },
	{ IDLE_AFTER_NO, "doubt more fewer less later earlier" },
	{ EMPTY_SUBJECT, "none nobody nothing neither" },
	{ IDLE_AFTER_NOT, "only just" },
	{ UNREAL, "to could would should might may must if whether why try tries tried trying attempt attempts attempting aim plan "
	          "plans planned want wants threatened will can wo ca" },
	{ UNREAL_AUX, "could would should might may must will can wo ca sha 'll ’ll" },
	{ SCOPE_END, ", ; : . but although while because — – “ ” \"" },
	{ NO, "no" },
	{ NOT, "not" },
	{ TO, "to" },
	{ WHY, "why" },
	{ IF, "if whether unless" },
};

static sr_wordmap words;

static void fill_words(void)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		sr_str rest = sr_str_c(lists[i].words), word;
		while (sr_str_next_field(&rest, ' ', &word))
			sr_wordmap_add(&words, word, lists[i].bit);
	}
}

uint16_t scope_bits(sr_str word)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill_words);
	return (uint16_t)sr_wordmap_get(&words, word);
}

static unsigned word_bits(const scope *s, size_t i) { return s->bits[i]; }

/* "not only", "no more than": they negate nothing that follows. */
bool scope_negates(const uint16_t *bits, size_t count, size_t i)
{
	unsigned w = bits[i], next = i + 1 < count ? bits[i + 1] : 0;
	if (!(w & NEGATION))
		return false;
	return w & NO ? !(next & IDLE_AFTER_NO) : !(w & NOT) || !(next & IDLE_AFTER_NOT);
}

static bool negates(const scope *s, size_t i) { return scope_negates(s->bits, s->reading->token_count, i); }

void scope_start(scope *s, const sr_reading *reading, sr_span span, const uint16_t *bits, sr_arena *arena)
{
	*s = (scope){ .reading = reading, .span = span, .bits = bits, .arena = arena };
}

static void mark_by_order(scope *s, size_t i, sr_term_at *at)
{
	unsigned w = word_bits(s, i);
	if (w & UNREAL) {
		s->unreal = UNREAL_REACH + 1;
	} else if (w & SCOPE_END) {
		s->negation = 0;
		s->unreal = 0;
	}
	at->negated = s->negation > 0;
	at->unreal = s->unreal > 0;
	s->negation -= s->negation > 0;
	s->unreal -= s->unreal > 0;
}

/* What the dependents of a token do to it. */
enum {
	CHILD_NEGATES = 1,
	CHILD_EMPTY_PART = 2, /* "no such request was made", "found no trace": the verb of what there is none of */
	CHILD_UNREAL = 4,
	CHILD_IS_MARK = 8
};

static size_t head_of(const scope *s, const sr_sentence *sent, size_t i)
{
	int32_t h = s->reading->tokens[i].head;
	return h < 0 || (uint32_t)h >= sent->token_count ? SIZE_MAX : sent->first_token + (size_t)h;
}

static unsigned effect_on_head(const scope *s, size_t k)
{
	unsigned w = word_bits(s, k), effect = 0;
	switch (s->reading->tokens[k].deprel) {
	case SR_DEPREL_advmod:
		effect = (negates(s, k) ? CHILD_NEGATES : 0) | (w & WHY ? CHILD_UNREAL : 0);
		break;
	case SR_DEPREL_det:
	case SR_DEPREL_nsubj:
	case SR_DEPREL_cc:
		effect = negates(s, k) ? CHILD_NEGATES : 0;
		break;
	case SR_DEPREL_aux:
		effect = (negates(s, k) ? CHILD_NEGATES : 0) | (w & UNREAL_AUX ? CHILD_UNREAL : 0);
		break;
	case SR_DEPREL_mark:
		effect = CHILD_IS_MARK | (w & (TO | IF) ? CHILD_UNREAL : 0);
		break;
	default: break;
	}
	return effect;
}

/* The sentence that token i stands in, with what the dependents do in it; NULL outside of sentences. */
static const sr_sentence *sentence_of(scope *s, size_t i)
{
	const sr_sentence *sent = s->sentence;
	if (sent && i >= sent->first_token && i - sent->first_token < sent->token_count)
		return sent;
	size_t n = sr_reading_sentence_at(s->reading, s->reading->tokens[i].span.start);
	s->sentence = NULL;
	if (n == SIZE_MAX)
		return NULL;
	sent = &s->reading->sentences[n];
	if (i < sent->first_token || i - sent->first_token >= sent->token_count)
		return NULL;
	s->effects = SR_NEW_ARRAY(s->arena, uint8_t, sent->token_count);
	if (!s->effects) {
		s->failed = true;
		return NULL;
	}
	s->sentence = sent;
	for (size_t k = sent->first_token; k < sent->first_token + sent->token_count; k++) {
		size_t head = head_of(s, sent, k);
		if (head != SIZE_MAX)
			s->effects[head - sent->first_token] |= (uint8_t)effect_on_head(s, k);
	}
	for (size_t k = sent->first_token; k < sent->first_token + sent->token_count; k++) {
		size_t head = head_of(s, sent, k);
		uint8_t rel = s->reading->tokens[k].deprel;
		if (head != SIZE_MAX && (rel == SR_DEPREL_nsubj || rel == SR_DEPREL_obj) && (s->effects[k - sent->first_token] & CHILD_NEGATES))
			s->effects[head - sent->first_token] |= CHILD_EMPTY_PART;
	}
	return sent;
}

static bool has_child(const scope *s, size_t i, unsigned effect) { return s->effects[i - s->sentence->first_token] & effect; }

/* Relations that carry what a clause states on to its dependents; "reports that …" states it too. */
static bool carries(const scope *s, size_t i)
{
	switch (s->reading->tokens[i].deprel) {
	case SR_DEPREL_nsubj:
	case SR_DEPREL_obj:
	case SR_DEPREL_ccomp:
	case SR_DEPREL_xcomp:
	case SR_DEPREL_conj:
	case SR_DEPREL_parataxis:
	case SR_DEPREL_root:
	case SR_DEPREL_compound:
	case SR_DEPREL_fixed: return true;
	case SR_DEPREL_acl: return has_child(s, i, CHILD_IS_MARK);
	default: return false;
	}
}

/* Climbs to the root of the span: in passing if a step is no carrier, unreal if a clause above is. */
static void climb(const scope *s, const sr_sentence *sent, size_t i, sr_term_at *at)
{
	for (int steps = 0; steps < CLIMB_MAX && i != SIZE_MAX; steps++) {
		size_t head = head_of(s, sent, i);
		at->unreal |= has_child(s, i, CHILD_UNREAL);
		if (head == SIZE_MAX || !sr_span_has(s->span, s->reading->tokens[head].span))
			return;
		at->aside |= !carries(s, i);
		i = head;
	}
}

static void mark_by_tree(const scope *s, const sr_sentence *sent, size_t i, sr_term_at *at)
{
	size_t head = head_of(s, sent, i);
	at->negated = has_child(s, i, CHILD_NEGATES | CHILD_EMPTY_PART);
	climb(s, sent, i, at);
	/* "holding the city has its price": whether it is held is not said */
	at->aside |= s->reading->tokens[i].deprel == SR_DEPREL_csubj;
	/* "none of the gates opened": the verb of an empty subject, however far behind it */
	at->negated |= s->empty_subject && s->reading->tokens[i].upos == SR_UPOS_VERB;
	/* "did not hear a siren", "nobody heard one": the object has no part in it either */
	if (s->reading->tokens[i].deprel == SR_DEPREL_obj && head != SIZE_MAX && sr_span_has(s->span, s->reading->tokens[head].span))
		at->negated |= has_child(s, head, CHILD_NEGATES);
	/* "never have I seen him blame", "did not say that it opened": neither that it was nor that it was not */
	bool under = s->reading->tokens[i].deprel == SR_DEPREL_xcomp || s->reading->tokens[i].deprel == SR_DEPREL_ccomp;
	if (under && head != SIZE_MAX && sr_span_has(s->span, s->reading->tokens[head].span))
		at->unreal |= has_child(s, head, CHILD_NEGATES);
	/* "cannot be confirmed", "no encirclement or blockade": a conjunct shares what its first has */
	if (s->reading->tokens[i].deprel == SR_DEPREL_conj && head != SIZE_MAX && sr_span_has(s->span, s->reading->tokens[head].span)) {
		at->negated |= has_child(s, head, CHILD_NEGATES) && s->reading->tokens[i].upos != SR_UPOS_VERB;
		at->unreal |= has_child(s, head, CHILD_UNREAL);
	}
}

bool scope_next(scope *s, size_t i, sr_term_at *at)
{
	*at = (sr_term_at){ .token = (uint32_t)i };
	unsigned w = word_bits(s, i);
	if (negates(s, i)) {
		s->negation = NEGATION_REACH;
		s->empty_subject |= (w & EMPTY_SUBJECT) != 0;
		return false;
	}
	s->empty_subject &= !(w & SCOPE_END);
	const sr_sentence *sent = s->reading->tokens[i].head == -2 ? NULL : sentence_of(s, i);
	if (sent)
		mark_by_tree(s, sent, i, at);
	else
		mark_by_order(s, i, at);
	return true;
}
