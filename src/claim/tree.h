/* Inside the room `claim`: the dependency tree as the statement rules read it. */
#ifndef SITREP_CLAIM_TREE_H
#define SITREP_CLAIM_TREE_H

#include "claim_internal.h"

#define CLIMB_MAX 12

static inline sr_deprel rel(const work *w, int32_t t) { return (sr_deprel)w->reading->tokens[t].deprel; }
static inline sr_upos upos(const work *w, int32_t t) { return (sr_upos)w->reading->tokens[t].upos; }
static inline bool passive(const work *w, int32_t t) { return w->reading->tokens[t].passive; }
static inline int32_t head_of(const work *w, int32_t t) { return w->toks[t].head; }
static inline bool nominal(const work *w, int32_t t)
{
	sr_upos u = upos(w, t);
	return u == SR_UPOS_NOUN || u == SR_UPOS_PROPN || u == SR_UPOS_PRON || u == SR_UPOS_NUM || u == SR_UPOS_SYM;
}

static inline int32_t child(const work *w, int32_t t, sr_deprel r)
{
	for (int32_t k = w->toks[t].first_child; k >= 0; k = w->toks[k].next_sibling)
		if (rel(w, k) == r)
			return k;
	return -1;
}

static inline bool in_speech(const work *w, int32_t t)
{
	int32_t q = w->toks[t].quote;
	return q >= 0 && w->quotes.items[q].speech;
}

static inline bool droppable(const work *w, int32_t t) { return w->toks[t].punct && !w->toks[t].open && !w->toks[t].close && w->toks[t].punct != '(' && w->toks[t].punct != ')' && w->toks[t].punct != '%' && w->toks[t].punct != '$' && w->toks[t].punct != '[' && w->toks[t].punct != ']'; }

/* Without punctuation at the edges; marks of quotation stay. */
static inline tokens_span trim(const work *w, tokens_span s)
{
	while (!ts_empty(s) && droppable(w, s.hi))
		s.hi--;
	while (!ts_empty(s) && droppable(w, s.lo))
		s.lo++;
	return s;
}

static inline tokens_span extent(const work *w, int32_t t) { return (tokens_span){ w->toks[t].lo, w->toks[t].hi }; }

/* cue.c: which tokens are cues, and how far they reach */
int32_t cue_of_kind(const work *w, int32_t t, cue_kind kind); /* index of the cue that t may be, -1 */
/* The last token of a cue of several words whose verb is t; t if it has one word; -1 if the others do not follow. */
int32_t cue_rest(const work *w, int32_t t, const cue *q);
tokens_span cue_extent(const work *w, int32_t t, int32_t first);

/* source.c: who says it */
bool is_passive(const work *w, int32_t verb);
int32_t agent_of(const work *w, int32_t verb); /* the noun of "by X", -1 */
/* The token whose subtree is the source, or -1. *modified: the source is the noun that the cue modifies. */
int32_t source_head(const work *w, int32_t verb, bool *modified);
tokens_span source_extent(const work *w, int32_t head, int32_t cue_tok);
/* "…, the staff said on Monday.", where the parse takes the statement's own subject for the speaker. */
bool closing_speaker(const work *w, cand *c, const cue *q);

/* content.c: what is said */
void content_cut_out(const work *w, cand *c, tokens_span all, tokens_span hole); /* all without the hole */
bool content_of_preposition(const work *w, cand *c, const cue *q, int32_t t);
/* All before the source and, where a statement goes on behind the next comma, that. */
void content_around(const work *w, cand *c);
void content_of_verb(const work *w, cand *c, const cue *q, int32_t t);
bool asks(const work *w, int32_t t); /* a word that begins a question within a sentence */
int32_t question_clause(const work *w, int32_t t); /* the clause of "asked if", -1 */
/* passive.c: the same, of a cue in the passive */
void content_of_passive(const work *w, cand *c, const cue *q, int32_t t);

/* part.c: parts the statements of one sentence, the candidates from `from` on, where one's content runs into another */
void part_statements(const work *w, size_t from);

#endif
