/* Inside the room `claim`: the cast of a document, its people and bodies and what they are called. */
#ifndef SITREP_CLAIM_CAST_H
#define SITREP_CLAIM_CAST_H

#include "claim_internal.h"

#define LOOKBACK 64    /* speakers, entities or sentences that a search goes back */
#define BODIES_MAX 256 /* parties that a search by kind looks at */

typedef struct party {
	sr_str name, role;
	bool named, collective, person;
	uint32_t spoke_in; /* block + 1 of what he last said */
	int32_t spoke_at;  /* the cue of it; -1: "according to him", and he may be the one whose words hold it */
	bool org; /* an organisation by the tagger's word */
	char gender; /* 'm', 'f' by the given name or form of address, or once a pronoun has shown it; else 0 */
} party;

typedef struct cast {
	work *w;
	sr_strmap last_names; /* last word of a name -> index + 1 into parties */
	sr_strmap aliases;    /* "CPA" after "Civil Protection Agency (CPA)" -> index + 1 */
	SR_VEC(party) parties;
	SR_VEC(uint32_t) spoke; /* parties in the order they spoke */
	const cand *speaking;   /* whose speaker is looked for */
} cast;

static inline bool is_punct(const work *w, int32_t t, char c) { return w->toks[t].punct == c; }
static inline sr_str text_of(const work *w, int32_t lo, int32_t hi) { return hi < lo ? (sr_str){ 0 } : sr_span_of(w->text, ts_span(w, (tokens_span){ lo, hi })); }
static inline bool title_word(const work *w, int32_t t) { return w->toks[t].bits & W(title); }

/* names.c */
bool possessive(const work *w, int32_t t);
bool plural_form(sr_str s);
bool cap_word(const work *w, int32_t t); /* a capital that tells a name: not one that only begins the sentence */
bool inner_possessive(const work *w, int32_t k); /* "Energy Workers' Union" */
int32_t run_start(const work *w, int32_t t, int32_t low); /* of the capitalised run that ends at t */
bool group_in(const work *w, int32_t lo, int32_t hi);
bool looks_personal(const work *w, int32_t lo, int32_t hi); /* a run of capitals that is nobody's institution */
party *party_add(cast *c, sr_str name, sr_str role, bool person); /* NULL: no memory */
int32_t person_start(const work *w, int32_t lo, int32_t end); /* of the person whose name ends with the token, from lo on; or -1 */
bool glued_hyphen(const work *w, int32_t t); /* of "Secretary-General" */
char gender_of_name(const work *w, sr_str name); /* 'm', 'f' by the given name of two words or more, else 0 */
party *party_named(const cast *c, sr_str name); /* whose name this is, or ends with this; NULL if none */
/* The name that stands at t, after an article and a description ("the German outlet Bild"); may be empty. */
tokens_span name_at(const work *w, int32_t t, int32_t last);
sr_status names_collect(cast *c); /* every name of two words or more, in order */

/* A noun of several. */
static inline bool plural(const work *w, int32_t t) { return (w->toks[t].bits & W(coll)) || plural_form(tok_str(w, t)); }

/* via.c: through whom each of the n attributions comes; order and who[i] (its party + 1, 0: none) as they were made */
sr_status via_find(cast *c, const cand *const *order, const uint32_t *who, size_t n);

/* phrase.c: "the widow of one of the millers, Karl Dorn": the name behind the comma is not that of the noun at head */
bool names_another(const work *w, int32_t head, int32_t comma);
/* phrase.c: a person's name, "and", and others */
bool names_several(const work *w, tokens_span s);

/* pronoun.c: whom the pronoun at t means as a source; NULL: nobody that is known */
party *pronoun_party(cast *c, int32_t t);

/* role.c: what stands beside a name and tells a post */
sr_str apposition(const work *w, int32_t after, int32_t hi); /* "…, head of the brigade," after a name */
/* Where the person's name begins that ends the phrase, or its part before a comma, "of New York" or "and the council", behind a
 * post: -1 if there is none. */
int32_t person_behind_post(const work *w, tokens_span s, int32_t *end);
/* "Morrison and", "17", "of the four senators", "commentators including", "Sept. 26-30", "emboldened": no role. */
sr_str proper_role(const work *w, sr_str role);
sr_str role_before(const work *w, int32_t lo, int32_t hi); /* the tokens before a name as a role; may be empty */

/* called.c: who of the cast is called so; NULL if nobody */
/* "The officer": who was last called so, by role or by description. modifier: what stands before the noun, if anything. */
party *party_called(const cast *c, sr_str noun, sr_str modifier);
party *same_party(const cast *c, sr_str noun); /* "The same sources": the last ones called so */
bool public_body(const work *w, sr_str name);
/* "The agency": the body with that word in its name, if the document has but one. "The company", "the operator":
 * the one organisation named before that is no public body, if there is but one. */
party *body_called(cast *c, int32_t head);
party *party_of_initials(cast *c, sr_str name); /* "OWP" for "Osselvale Water and Power" */
party *party_of_first_name(cast *c, sr_str name); /* "Hillary" for Hillary Clinton: the one person with that given name */

/* turn.c: who is meant by the label of a turn, "BRUNT", by the name that the rest of the text prints */
party *turn_speaker(cast *c, tokens_span label);

/* speaker.c: who the source words mean; NULL: nobody (no memory, or nothing there) */
party *speaker_of(cast *c, tokens_span s);

#endif
