#include "scope.h"

#define NEGATION_REACH 6
#define UNREAL_REACH 3
#define CLIMB_MAX 24

typedef struct word_list {
	const char *const *words;
	size_t count;
} word_list;

#define LIST(name, ...)                                     \
	static const char *const name##_words[] = { __VA_ARGS__ }; \
	static const word_list name = { name##_words, sizeof name##_words / sizeof *name##_words }

LIST(negations, "not", "n't", "no", "none", "never", "nobody", "nothing", "neither", "nor", "without", "cannot", "n’t");
LIST(idle_after_no, "doubt", "more", "fewer", "less", "later", "earlier");
LIST(empty_subjects, "none", "nobody", "nothing", "neither");
LIST(idle_after_not, "only", "just");
LIST(unreal_words, "to", "could", "would", "should", "might", "may", "must", "if", "whether", "why", "try", "tries", "tried",
     "trying", "attempt", "attempts", "attempting", "aim", "plan", "plans", "planned", "want", "wants", "threatened",
     "will", "can");
LIST(unreal_aux, "could", "would", "should", "might", "may", "must", "will", "can");
LIST(scope_ends, ",", ";", ":", ".", "but", "although", "while", "because", "—", "–", "“", "”", "\"");

static bool in(word_list list, sr_str w)
{
	for (size_t i = 0; i < list.count; i++)
		if (sr_str_eq_nocase(w, sr_str_c(list.words[i])))
			return true;
	return false;
}

static sr_str word_at(const scope *s, size_t i)
{
	return i < s->reading->token_count ? sr_span_of(s->reading->doc->text, s->reading->tokens[i].span) : (sr_str){ 0 };
}

/* "not only", "no more than": they negate nothing that follows. */
static bool negates(const scope *s, size_t i)
{
	sr_str w = word_at(s, i), next = word_at(s, i + 1);
	if (!in(negations, w))
		return false;
	if (sr_str_eq_nocase(w, SR_STR("no")))
		return !in(idle_after_no, next);
	return !sr_str_eq_nocase(w, SR_STR("not")) || !in(idle_after_not, next);
}

void scope_start(scope *s, const sr_reading *reading, sr_span span) { *s = (scope){ .reading = reading, .span = span }; }

static void mark_by_order(scope *s, size_t i, sr_term_at *at)
{
	sr_str w = word_at(s, i);
	if (in(unreal_words, w)) {
		s->unreal = UNREAL_REACH + 1;
	} else if (in(scope_ends, w)) {
		s->negation = 0;
		s->unreal = 0;
	}
	at->negated = s->negation > 0;
	at->unreal = s->unreal > 0;
	s->negation -= s->negation > 0;
	s->unreal -= s->unreal > 0;
}

static const sr_sentence *sentence_of(const scope *s, size_t i)
{
	size_t k = sr_reading_sentence_at(s->reading, s->reading->tokens[i].span.start);
	return k == SIZE_MAX ? NULL : &s->reading->sentences[k];
}

static size_t head_of(const scope *s, const sr_sentence *sent, size_t i)
{
	int32_t h = s->reading->tokens[i].head;
	return h < 0 ? SIZE_MAX : sent->first_token + (size_t)h;
}

typedef bool (*child_test)(const scope *s, size_t child);

static bool any_child(const scope *s, const sr_sentence *sent, size_t i, child_test test)
{
	for (size_t k = sent->first_token; k < sent->first_token + sent->token_count; k++)
		if (head_of(s, sent, k) == i && test(s, k))
			return true;
	return false;
}

static bool child_negates(const scope *s, size_t k)
{
	uint8_t rel = s->reading->tokens[k].deprel;
	bool fits = rel == SR_DEPREL_advmod || rel == SR_DEPREL_det || rel == SR_DEPREL_nsubj || rel == SR_DEPREL_cc || rel == SR_DEPREL_aux;
	return fits && negates(s, k);
}

/* "no such request was made": the verb of a subject that there is none of. */
static bool child_empty_subject(const scope *s, size_t k)
{
	const sr_sentence *sent = sentence_of(s, k);
	return s->reading->tokens[k].deprel == SR_DEPREL_nsubj && any_child(s, sent, k, child_negates);
}

static bool child_unreal(const scope *s, size_t k)
{
	uint8_t rel = s->reading->tokens[k].deprel;
	return (rel == SR_DEPREL_aux && in(unreal_aux, word_at(s, k))) || (rel == SR_DEPREL_mark && sr_str_eq_nocase(word_at(s, k), SR_STR("to")))
	       || (rel == SR_DEPREL_advmod && sr_str_eq_nocase(word_at(s, k), SR_STR("why")));
}

static bool child_is_mark(const scope *s, size_t k) { return s->reading->tokens[k].deprel == SR_DEPREL_mark; }

/* Relations that carry what a clause states on to its dependents; "reports that …" states it too. */
static bool carries(const scope *s, const sr_sentence *sent, size_t i)
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
	case SR_DEPREL_acl: return any_child(s, sent, i, child_is_mark);
	default: return false;
	}
}

/* Climbs to the root of the span: in passing if a step is no carrier, unreal if a clause above is. */
static void climb(const scope *s, const sr_sentence *sent, size_t i, sr_term_at *at)
{
	for (int steps = 0; steps < CLIMB_MAX && i != SIZE_MAX; steps++) {
		size_t head = head_of(s, sent, i);
		at->unreal |= any_child(s, sent, i, child_unreal);
		if (head == SIZE_MAX || !sr_span_has(s->span, s->reading->tokens[head].span))
			return;
		at->aside |= !carries(s, sent, i);
		i = head;
	}
}

static void mark_by_tree(const scope *s, const sr_sentence *sent, size_t i, sr_term_at *at)
{
	size_t head = head_of(s, sent, i);
	at->negated = any_child(s, sent, i, child_negates) || any_child(s, sent, i, child_empty_subject);
	climb(s, sent, i, at);
	/* "none of the gates opened": the verb of an empty subject, however far behind it */
	at->negated |= s->empty_subject && s->reading->tokens[i].upos == SR_UPOS_VERB;
	/* "did not hear a siren", "nobody heard one": the object has no part in it either */
	if (s->reading->tokens[i].deprel == SR_DEPREL_obj && head != SIZE_MAX && sr_span_has(s->span, s->reading->tokens[head].span))
		at->negated |= any_child(s, sent, head, child_negates);
	/* "cannot be confirmed", "no encirclement or blockade": a conjunct shares what its first has */
	if (s->reading->tokens[i].deprel == SR_DEPREL_conj && head != SIZE_MAX && sr_span_has(s->span, s->reading->tokens[head].span)) {
		at->negated |= any_child(s, sent, head, child_negates) && s->reading->tokens[i].upos != SR_UPOS_VERB;
		at->unreal |= any_child(s, sent, head, child_unreal);
	}
}

bool scope_next(scope *s, size_t i, sr_term_at *at)
{
	*at = (sr_term_at){ .token = (uint32_t)i };
	sr_str w = word_at(s, i);
	if (negates(s, i)) {
		s->negation = NEGATION_REACH;
		s->empty_subject |= in(empty_subjects, w);
		return false;
	}
	s->empty_subject &= !in(scope_ends, w);
	const sr_sentence *sent = s->reading->tokens[i].head == -2 ? NULL : sentence_of(s, i);
	if (sent)
		mark_by_tree(s, sent, i, at);
	else
		mark_by_order(s, i, at);
	return true;
}
