/* A tree mended before it is read, where the parse is wrong for sure. */
#include "cast.h"
#include "tree.h"

/* "After the ban expires": a subject has no preposition, the word joins its clause to another. */
static void mend_subject(const work *w, int32_t subject, int32_t first)
{
	sr_token *k = w->reading->tokens;
	int32_t verb = k[subject].head;
	for (int32_t t = first; t < subject && first + verb > subject; t++)
		if (k[t].head == subject - first && rel(w, t) == SR_DEPREL_case && (w->toks[t].bits & W(bound)) && (w->toks[t].bits & W(prep))) {
			k[t].head = verb;
			k[t].deprel = SR_DEPREL_mark;
		}
}

/* "Officers quoted by the newspaper Bild report fears that …": seen from the left "Bild report" is a noun, and parsers leave
 * the sentence without its verb. */
typedef struct garden_path {
	int32_t many;    /* who speak */
	int32_t quoted;  /* the participle */
	tokens_span name; /* of who quotes them */
	int32_t verb;    /* what was taken for a noun behind the name, or for a verb of the name's own */
} garden_path;

static bool plain_form_of_report(const work *w, int32_t t)
{
	for (int32_t f = w->toks[t].forms; f >= 0; f = w->rules->forms[f].next) {
		const cue *q = &w->rules->cues[w->rules->forms[f].cue];
		if (w->rules->forms[f].form == FORM_BASE && q->kind == CUE_VERB && q->klass != CLASS_ATTITUDE && (q->frames & FRAME('c')))
			return true;
	}
	return false;
}

static bool stands_as_verb_could(const work *w, int32_t t, int32_t last)
{
	sr_upos u = upos(w, t);
	bool goes_on = t < last && w->toks[t + 1].word && !(w->toks[t + 1].bits & W(prep));
	return goes_on && (u == SR_UPOS_NOUN || u == SR_UPOS_VERB) && plain_form_of_report(w, t);
}

/* "growing fears", taken for what the sentence tells: no predicate, for want of a verb before it. */
static bool bare_participle(const work *w, int32_t t)
{
	return w->reading->tokens[t].head == -1 && sr_str_ends(tok_str(w, t), SR_STR("ing"));
}

/* The plural that the participle t stands behind, where the sentence has no predicate but the one at `verb`: -1 if none. */
static int32_t who_are_quoted(const work *w, int32_t t, int32_t verb, int32_t first)
{
	const sr_token *k = w->reading->tokens;
	if (rel(w, t) == SR_DEPREL_acl && k[t].head >= 0) {
		int32_t h = first + k[t].head;
		bool alone = h < t && (k[h].head == -1 || (first + k[h].head == verb + 1 && bare_participle(w, verb + 1)));
		return alone && plural(w, h) ? h : -1;
	}
	for (int32_t h = k[t].head == -1 ? first : t; h < t; h++)
		if (rel(w, h) == SR_DEPREL_nsubj && first + k[h].head == t)
			return plural(w, h) && !(w->toks[t - 1].bits & W(aux)) ? h : -1;
	return -1;
}

/* The verb is the sentence's; what stood with it on the left is the name's; adverbs in front and what hangs on the right is the verb's. */
static void mend(const work *w, const garden_path *g, int32_t first, int32_t last)
{
	sr_token *k = w->reading->tokens;
	int32_t verb = g->verb - first, quoted = g->quoted - first, name = g->name.hi - first;
	int32_t carrier = -1; /* "the outlet": the name is a word beside it */
	for (int32_t t = g->quoted + 1; t < g->name.lo; t++)
		if (upos(w, t) == SR_UPOS_NOUN)
			carrier = t - first;
	for (int32_t t = first; t <= last; t++) {
		int32_t at = t - first, h = k[t].head;
		if (h == verb && at < verb)
			k[t].head = carrier >= 0 ? carrier : name;
		if (h == verb + 1 && at < verb)
			k[t].head = verb;
		if (at == verb + 1 && h == -1) {
			k[t].head = verb;
			k[t].deprel = SR_DEPREL_acl;
		}
		if ((at > verb || (t < g->many && rel(w, t) == SR_DEPREL_advmod)) && (h == quoted || h == g->many - first))
			k[t].head = verb;
	}
	if (carrier >= 0) {
		k[first + carrier].head = quoted;
		k[first + carrier].deprel = SR_DEPREL_obl;
	}
	k[g->name.hi].head = carrier >= 0 ? carrier : quoted;
	k[g->name.hi].deprel = carrier >= 0 ? SR_DEPREL_appos : SR_DEPREL_obl;
	k[g->verb].upos = SR_UPOS_VERB;
	k[g->verb].deprel = SR_DEPREL_root;
	k[g->verb].head = -1;
	k[g->many].head = verb;
	k[g->many].deprel = SR_DEPREL_nsubj;
	k[g->many].passive = false;
	k[g->quoted].head = g->many - first;
	k[g->quoted].deprel = SR_DEPREL_acl;
}

static bool hangs_below(const work *w, int32_t t, int32_t top, int32_t first)
{
	for (int steps = 0; steps < CLIMB_MAX && t >= 0 && t != top; steps++)
		t = w->reading->tokens[t].head < 0 ? -1 : first + w->reading->tokens[t].head;
	return t == top;
}

static int32_t subject_before(const work *w, int32_t verb, int32_t first, int32_t before)
{
	for (int32_t t = first; t < before; t++)
		if (rel(w, t) == SR_DEPREL_nsubj && first + w->reading->tokens[t].head == verb)
			return t;
	return -1;
}

static bool has_subject(const work *w, int32_t verb, int32_t first, int32_t last) { return subject_before(w, verb, first, last + 1) >= 0; }

/* The token may be who says it: it stands for a subject, or as somebody who could speak beside the statement ("a spokesman for the
 * firm, Tellow Storage, said") with nothing told of him. */
static bool stands_for_speaker(const work *w, int32_t t, int32_t verb, int32_t first)
{
	switch (rel(w, t)) {
	case SR_DEPREL_nsubj: return first + w->reading->tokens[t].head < t;
	case SR_DEPREL_parataxis:
	case SR_DEPREL_appos: break;
	default: return false;
	}
	for (int32_t k = t; k < verb; k++)
		if (upos(w, k) == SR_UPOS_VERB || upos(w, k) == SR_UPOS_AUX || w->toks[k].punct == '-')
			return false;
	bool article = false;
	for (int32_t k = first; k < t; k++)
		article |= rel(w, k) == SR_DEPREL_det && first + w->reading->tokens[k].head == t;
	return article || (w->toks[t].bits & (W(anon) | W(title) | W(coll) | W(group)));
}

/* "The mill was lost, the head of the council, Ada Brunt, said": no statement has its subject behind its verb and a comma; who stands
 * there is the one who says it. */
static void mend_closing_speaker(const work *w, int32_t verb, int32_t first, int32_t last)
{
	sr_token *k = w->reading->tokens;
	int32_t told = verb - 1;
	while (told > first && !(rel(w, told) == SR_DEPREL_ccomp && first + k[told].head == verb))
		told--;
	if (told <= first || has_subject(w, verb, first, last))
		return;
	for (int32_t t = verb - 1; t > told; t--) {
		if (k[t].head < 0 || !stands_for_speaker(w, t, verb, first) || !hangs_below(w, t, told, first))
			continue;
		int32_t lo = t;
		while (lo > told + 1 && w->toks[lo - 1].word && hangs_below(w, lo - 1, t, first))
			lo--;
		if (w->toks[lo - 1].punct != ',')
			continue;
		k[t].head = verb - first;
		k[t].deprel = SR_DEPREL_nsubj;
		k[t].passive = false;
		return;
	}
}

/* "… near Ost, the rail operator, NRO, said": a name between a subject and its verb is not of what stands before both. */
static void mend_name_beside(const work *w, int32_t subject, int32_t first)
{
	sr_token *k = w->reading->tokens;
	for (int32_t t = subject + 1; t < first + k[subject].head; t++)
		if ((rel(w, t) == SR_DEPREL_appos || rel(w, t) == SR_DEPREL_punct) && first + k[t].head < subject && !hangs_below(w, t, subject, first))
			k[t].head = subject - first;
}

#define TOPS_MAX 6

/* The clauses before a verb that tells them, where the parse has more than one: they are one statement. */
typedef struct tops {
	int32_t at[TOPS_MAX];
	size_t count;
} tops;

static tops tops_of(const work *w, int32_t verb, int32_t first)
{
	tops x = { .count = 0 };
	for (int32_t t = first; t < verb && x.count < TOPS_MAX; t++)
		if (rel(w, t) == SR_DEPREL_ccomp && first + w->reading->tokens[t].head == verb)
			x.at[x.count++] = t;
	return x;
}

static bool joined(const work *w, int32_t from, int32_t to)
{
	for (int32_t t = from + 1; t < to; t++)
		if (w->toks[t].punct || upos(w, t) == SR_UPOS_CCONJ)
			return true;
	return false;
}

static bool has_helper(const work *w, int32_t verb, int32_t first)
{
	for (int32_t t = first; t < verb; t++)
		if (upos(w, t) == SR_UPOS_AUX && first + w->reading->tokens[t].head == verb)
			return true;
	return false;
}

static void hang(const work *w, int32_t t, int32_t head, int32_t first, sr_deprel how)
{
	w->reading->tokens[t].head = head - first;
	w->reading->tokens[t].deprel = how;
}

/* "The mine left over from the war sank her": the first verb is of the subject, not its predicate; "the dye works emptied a tank": it is none. */
static void mend_first_verb(const work *w, int32_t verb, int32_t next, int32_t first)
{
	sr_token *k = w->reading->tokens;
	int32_t subject = subject_before(w, verb, first, verb);
	bool singular = sr_str_ends(tok_str(w, verb), SR_STR("s")), going_on = sr_str_ends(tok_str(w, verb), SR_STR("ing"));
	if (subject < 0 || subject_before(w, next, first, next) >= 0 || has_helper(w, verb, first) || going_on)
		return;
	if (!singular) {
		hang(w, subject, next, first, SR_DEPREL_nsubj);
		hang(w, verb, subject, first, SR_DEPREL_acl);
	} else if (subject + 1 == verb) {
		hang(w, subject, verb, first, SR_DEPREL_compound);
		hang(w, verb, next, first, SR_DEPREL_nsubj);
		k[verb].upos = SR_UPOS_NOUN;
	}
}

/* "Remained open", "Abu Salim Tarek": the second hangs on the first. */
static void mend_two_tops(const work *w, int32_t a, int32_t b, int32_t first)
{
	if (joined(w, a, b))
		return;
	if (upos(w, a) == SR_UPOS_VERB && upos(w, b) == SR_UPOS_ADJ && !has_helper(w, b, first))
		hang(w, b, a, first, SR_DEPREL_xcomp);
	else if (upos(w, a) == SR_UPOS_PROPN && upos(w, b) == SR_UPOS_PROPN && a + 1 == b)
		hang(w, b, a, first, SR_DEPREL_flat);
	else if (upos(w, a) == SR_UPOS_VERB && (upos(w, b) == SR_UPOS_VERB || has_helper(w, b, first)))
		mend_first_verb(w, a, b, first);
}

/* "Princess Ada left, the palace said": of two subjects the first is the statement's. */
static void mend_told(const work *w, int32_t verb, int32_t first, int32_t last)
{
	tops x = tops_of(w, verb, first);
	for (size_t i = x.count; i-- > 1;)
		mend_two_tops(w, x.at[i - 1], x.at[i], first);
	x = tops_of(w, verb, first);
	int32_t subject = x.count ? subject_before(w, verb, first, x.at[0]) : -1;
	if (subject < 0 || has_subject(w, x.at[0], first, last))
		return;
	for (int32_t t = x.at[x.count - 1] + 1; t <= last; t++)
		if (rel(w, t) == SR_DEPREL_nsubj && first + w->reading->tokens[t].head == verb) {
			hang(w, subject, x.at[0], first, SR_DEPREL_nsubj);
			return;
		}
}

/* "The envoy, asked about it on Monday, told the paper": between two commas nobody does anything, and who is asked is the one who tells. */
static void mend_aside(const work *w, int32_t verb, int32_t first, int32_t last)
{
	tops x = tops_of(w, verb, first);
	int32_t top = x.count == 1 ? x.at[0] : -1, subject = top > first ? subject_before(w, top, first, top) : -1;
	bool between = subject >= 0 && w->toks[top - 1].punct == ',' && w->toks[verb - 1].punct == ',';
	if (!between || has_helper(w, top, first) || has_subject(w, verb, first, last))
		return;
	hang(w, subject, verb, first, SR_DEPREL_nsubj);
	hang(w, top, subject, first, SR_DEPREL_acl);
}

/* "They began it in the Crown and Anchor, Mina Shaw told him": all of it, not the inn. */
static void mend_parenthesis(const work *w, int32_t verb, int32_t first, int32_t last)
{
	sr_token *k = w->reading->tokens;
	if (rel(w, verb) != SR_DEPREL_parataxis || !has_subject(w, verb, first, last))
		return;
	for (int steps = 0; steps < CLIMB_MAX && k[verb].head >= 0; steps++) {
		int32_t told = first + k[verb].head;
		bool thing = (upos(w, told) == SR_UPOS_NOUN || upos(w, told) == SR_UPOS_PROPN) && rel(w, told) != SR_DEPREL_root && !has_subject(w, told, first, last);
		if (told > verb || !thing || k[told].head < 0)
			return;
		k[verb].head = k[told].head;
	}
}

static bool reports(const work *w, int32_t t)
{
	for (int32_t f = w->toks[t].forms; f >= 0; f = w->rules->forms[f].next) {
		const cue *q = &w->rules->cues[w->rules->forms[f].cue];
		if (q->kind == CUE_VERB && (q->frames & FRAME('q')))
			return true;
	}
	return false;
}

void mend_sentence(const work *w, uint32_t sent)
{
	int32_t first = sent_first(w, sent), last = sent_last(w, sent);
	for (int32_t t = first; t <= last; t++)
		if (upos(w, t) == SR_UPOS_VERB && reports(w, t)) {
			mend_closing_speaker(w, t, first, last);
			mend_told(w, t, first, last);
			mend_aside(w, t, first, last);
			mend_parenthesis(w, t, first, last);
		}
	for (int32_t t = first; t <= last; t++)
		if (rel(w, t) == SR_DEPREL_nsubj) {
			mend_subject(w, t, first);
			mend_name_beside(w, t, first);
		}
	for (int32_t t = first; t + 2 < last; t++) {
		if (!(w->toks[t].bits & W(carried)) || !(w->toks[t + 1].bits & W(by)))
			continue;
		garden_path g = { .quoted = t, .name = name_at(w, t + 2, last) };
		g.verb = g.name.hi + 1;
		if (ts_empty(g.name) || g.verb > last || !stands_as_verb_could(w, g.verb, last))
			continue;
		g.many = who_are_quoted(w, t, g.verb, first);
		if (g.many >= 0) {
			mend(w, &g, first, last);
			return;
		}
	}
}
