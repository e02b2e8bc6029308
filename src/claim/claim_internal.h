/* Shared inside the room `claim`: the rule set and the working state of one document. */
#ifndef SITREP_CLAIM_INTERNAL_H
#define SITREP_CLAIM_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/claim.h"

typedef enum cue_kind { CUE_VERB, CUE_NOUN, CUE_ADJ, CUE_PHRASE } cue_kind;
typedef enum cue_class { CLASS_SPEECH, CLASS_FINDING, CLASS_THOUGHT, CLASS_ATTITUDE, CLASS_SEEM } cue_class;
typedef enum cue_form { FORM_BASE, FORM_S, FORM_PAST, FORM_ING } cue_form;
#define FRAME(letter) (1u << ((letter) - 'a'))
#define CUE_PREPS_MAX 8

typedef struct cue {
	cue_kind kind;
	cue_class klass;
	uint32_t frames;
	sr_str lemma; /* its first word, where rest is not empty */
	sr_str rest;  /* verbs: the words that must follow, "out" of "point out" */
	sr_str preps[CUE_PREPS_MAX];
	size_t prep_count;
	sr_stance stance;
	sr_certainty certainty;
} cue;

/* One written form of a cue; forms of one spelling are chained. */
typedef struct cue_entry {
	uint16_t cue;
	uint8_t form;
	int32_t next; /* into rules->forms, -1 at the end */
} cue_entry;

/* Word classes of data/claim/words.tsv and given-names.tsv, in bits. */
#define WORD_CLASSES(X)                                                                             \
	X(aux) X(neg) X(det) X(he) X(she) X(they) X(it) X(first) X(you) X(who) X(bound) X(and) X(that) X(wh) \
	X(to) X(by) X(adv) X(prep) X(day) X(title) X(coll) X(anon) X(media) X(platform) X(hedge) X(unver)  \
	X(group) X(weakq) X(form) X(light) X(medium) X(label) X(study) X(figure) X(grant) X(offer) X(man) X(woman) X(modal) X(article) \
	X(member) X(recant) X(carried) X(posted) X(issued) X(newsman) X(forum) X(record) X(listing) X(namesake) X(kin) X(credit) X(unwilling) X(firm) X(holder) X(suffix) X(self) X(shell)
enum {
#define X(name) WI_##name,
	WORD_CLASSES(X)
#undef X
	WI_COUNT
};
#define W(name) (UINT64_C(1) << WI_##name)
#define W_PRONOUN (W(he) | W(she) | W(they) | W(it) | W(first) | W(you))

typedef struct lex_entry {
	uint64_t bits;
	int32_t forms; /* first cue_entry, -1 if none */
	int32_t number;/* index into rules->numbers, -1 if none */
} lex_entry;

/* Rows of data/claim/numbers.tsv. */
typedef enum number_kind {
	NUMBER_UNIT,   /* one .. ninety: value */
	NUMBER_HUNDRED,/* hundred */
	NUMBER_SCALE,  /* thousand, million: value */
	NUMBER_VAGUE,  /* dozens, hundreds, several: low, high */
	NUMBER_HALF,   /* half, third, quarter: value */
	NUMBER_TIMES   /* dozen, score, pair: value */
} number_kind;
typedef struct number_word {
	number_kind kind;
	double low, high;
} number_word;
typedef struct unit_row {
	sr_str words; /* as written, lower case, blank-separated */
	sr_str unit;
	double factor;
	bool before; /* stands before the number: $ */
} unit_row;
typedef enum approx_kind { APPROX_ABOUT, APPROX_MIN, APPROX_MAX, APPROX_MORE, APPROX_LESS, APPROX_NONE } approx_kind;
typedef struct approx_row {
	sr_str words;
	approx_kind kind;
} approx_row;

struct sr_claim_rules {
	sr_arena *arena;
	cue *cues;
	size_t cue_count;
	cue_entry *forms;
	size_t form_count;
	lex_entry *lex;
	size_t lex_count;
	sr_strmap words; /* lower-case word -> index into lex */
	sr_str *unverified;
	size_t unverified_count;
	bool unverified_first[32][32]; /* the lower bits of their first two letters, which both cases share */
	number_word *numbers;
	size_t number_count;
	unit_row *units;
	size_t unit_count;
	approx_row *approx;
	size_t approx_count;
};

/* A run of tokens, both ends included; empty if hi < lo. */
typedef struct tokens_span {
	int32_t lo, hi;
} tokens_span;
static inline bool ts_empty(tokens_span s) { return s.hi < s.lo; }
static inline bool ts_has(tokens_span s, int32_t t) { return s.lo <= t && t <= s.hi; }
#define TS_NONE ((tokens_span){ 0, -1 })

typedef struct tok {
	uint64_t bits;
	int32_t forms;  /* cue forms, -1 */
	int32_t number; /* number word, -1 */
	int32_t head;   /* absolute token index, -1 root, -2 not parsed */
	int32_t lo, hi; /* the subtree's extent */
	int32_t first_child, next_sibling; /* -1 at the end; children in order */
	int32_t quote;  /* index of the outermost quotation that holds it, -1 */
	uint32_t sent;
	bool cap, word, open, close;
	char punct; /* first byte if not a word, else 0 */
} tok;

typedef struct quotation {
	sr_span span;      /* with its marks */
	tokens_span toks;
	uint32_t block;
	uint32_t words;
	bool runs_on;      /* not closed: goes on in the next paragraph */
	bool continues;    /* goes on from the one before */
	bool speech;       /* somebody's words rather than a scare quote or a title */
	bool set_off;      /* has no marks: a quotation by the page's layout, a post, or a turn of a transcript */
	int32_t attribution; /* index of the candidate that took it, -1 */
} quotation;

#define CAND_CONTENT_MAX 8
typedef struct cand {
	uint32_t sent;
	int32_t cue;       /* into rules->cues, -1: a colon or a continued quotation */
	int32_t cue_tok;
	tokens_span cue_span, cue_span2; /* the second for a particle or preposition apart */
	tokens_span source;
	tokens_span content[CAND_CONTENT_MAX];
	size_t content_count;
	tokens_span told; /* who is told */
	tokens_span through; /* who quotes the speaker */
	tokens_span account; /* "@aberg": the account that a post stands under */
	bool quoted;      /* some content is a whole quotation */
	bool plain;       /* some content is not */
	bool dropped;
	bool turn; /* of a transcript: the source is the label before it */
	bool aside; /* no statement of its own, but who speaks next may be called he */
} cand;

typedef struct work {
	const sr_claim_rules *rules;
	sr_arena *arena;
	sr_reading *reading;
	sr_str text;
	tok *toks;
	int32_t count;
	bool parsed;
	SR_VEC(quotation) quotes;
	SR_VEC(cand) cands;
	size_t sorted_cands; /* so many of cands are in order of the text; quotations add others behind */
} work;

static inline sr_str tok_str(const work *w, int32_t t) { return sr_span_of(w->text, w->reading->tokens[t].span); }
static inline int32_t sent_first(const work *w, uint32_t s) { return (int32_t)w->reading->sentences[s].first_token; }
static inline int32_t sent_last(const work *w, uint32_t s)
{
	return (int32_t)(w->reading->sentences[s].first_token + w->reading->sentences[s].token_count) - 1;
}
static inline sr_span ts_span(const work *w, tokens_span s)
{
	return (sr_span){ w->reading->tokens[s.lo].span.start, w->reading->tokens[s.hi].span.end };
}

/* rules.c */
const lex_entry *rules_lookup(const sr_claim_rules *rules, sr_str word); /* any case; NULL if unknown */
bool rules_hold(const sr_claim_rules *rules, sr_str word, uint64_t bits);
bool phrase_unverified(const sr_claim_rules *rules, sr_str text);
/* work.c */
sr_status work_init(work *w, const sr_claim_rules *rules, sr_arena *arena, sr_reading *reading);
bool tok_is(const work *w, int32_t t, const char *lower); /* ASCII case passed over */
cand *cand_new(work *w, uint32_t sent, int32_t cue_index, int32_t cue_tok);
void cand_add_content(cand *c, tokens_span s);
/* sentences.c: parts those of an unread page that are too long to be looked at whole */
sr_status sentences_bound(sr_arena *arena, sr_reading *reading);
/* mend.c: what the parse of a sentence has wrong for sure */
void mend_sentence(const work *w, uint32_t sent);
/* quotes.c */
sr_status quotes_find(work *w);
/* surface.c, tree.c: candidates of one sentence */
sr_status surface_sentence(work *w, uint32_t sent);
/* A paragraph that opens with its speaker and a colon. */
sr_status surface_label(work *w, uint32_t sent);
/* apposed.c: "…, a charge the army denied" */
sr_status apposed_denial(work *w, uint32_t sent);
void surface_content(const work *w, cand *c);
void surface_source(const work *w, cand *c);
sr_status tree_sentence(work *w, uint32_t sent);
/* Narrows the source of a colon's statement to the subject of the clause before it; that clause's verb is the cue. */
void tree_subject(const work *w, cand *c);
tokens_span trim_days(const work *w, tokens_span s);
sr_status surface_verb(work *w, uint32_t sent, int32_t t, int32_t cue_index);
/* signature.c */
typedef struct signature {
	int32_t dash;
	tokens_span who, account; /* account: empty if the words are no post */
} signature;
/* Whether the dash at t and the rest of its paragraph are a signature. */
bool signature_at(const work *w, int32_t t, signature *out);
int32_t behind_links(const work *w, int32_t t); /* past the links that end a post */
/* The last token of the words of the post that the paragraph `first` to `last` holds, signed there or in the next one; -1: it is none. */
int32_t post_end(const work *w, int32_t first, int32_t last);
/* turn.c */
/* The first token behind the label of the paragraph, if it is a turn of a transcript; else its first. */
int32_t turn_words(const work *w, uint32_t block, int32_t first, int32_t last);
/* Who is named on the label of the turn that the quotation is; empty if it has none. */
tokens_span turn_label(const work *w, const quotation *q);
/* attach.c */
sr_status quotes_attach(work *w);
/* cue.c: the phrase cue that begins at t, or -1; *words is its length. */
int32_t phrase_cue(const work *w, int32_t t, int32_t last, int32_t *words);
/* cue.c: the tokens of a candidate's cue, in order; out holds CUE_SPANS_MAX. Returns how many spans. */
#define CUE_SPANS_MAX 8
size_t cue_spans(const work *w, const cand *c, tokens_span *out);
/* names.c: the tagger's entity over tokens lo to hi, the last if several; NULL if none. */
const sr_entity *entity_at(const work *w, int32_t lo, int32_t hi);
/* attribution.c, stance.c: candidates to attributions */
sr_status attributions_make(work *w);
sr_stance cand_stance(const work *w, const cand *c);
sr_certainty cand_certainty(const work *w, const cand *c);
/* statement.c: not every attribution states something */
typedef struct statement_in {
	const sr_claim_rules *rules;
	const sr_reading *r;
} statement_in;
bool is_statement(const statement_in *m, const sr_attribution *a);
/* quantity.c */
sr_status quantities_find(work *w);

#endif
