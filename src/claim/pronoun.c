/* Whom a pronoun means: "he", "she", "they", "it" as a source.
 *
 * By the order of Centering (Grosz, Joshi and Weinstein 1995), as far as a source needs it: the subject that the pronoun's clause hangs
 * on; the subject of the sentence before; the last who spoke in the paragraph; who else is named there; the subject above the paragraph;
 * the last who spoke. Who is only spoken of in the words said is never meant. */
#include "cast.h"
#include "tree.h"

static bool fits_he(const party *p) { return p->person && !p->collective && p->gender != 'f'; }
static bool fits_she(const party *p) { return p->person && !p->collective && p->gender != 'm'; }
static bool fits_they(const party *p) { return p->collective; }
static bool fits_it(const party *p) { return !p->person && !p->collective; }

static uint32_t first_of_block(const sr_reading *r, uint32_t sent)
{
	for (int k = 0; k < LOOKBACK && sent > 0 && r->sentences[sent - 1].block == r->sentences[sent].block; k++)
		sent--;
	return sent;
}

static int32_t token_of(const work *w, const sr_entity *e) { return (int32_t)sr_reading_token_at(w->reading, e->span.start); }

#define NO_SUBJECT INT32_MAX

/* How deep in its sentence the verb stands whose subject the name is: of "asked whether A agrees that B lies, he …" A comes first. */
static int32_t subject_depth(const work *w, const sr_entity *e)
{
	int32_t t = token_of(w, e), depth = 0;
	while (head_of(w, t) >= 0 && sr_span_has(e->span, w->reading->tokens[head_of(w, t)].span))
		t = head_of(w, t);
	if (rel(w, t) != SR_DEPREL_nsubj)
		return NO_SUBJECT;
	for (int32_t k = head_of(w, t); k >= 0 && depth < CLIMB_MAX; k = head_of(w, k))
		depth++;
	return depth;
}

/* "Brunt understands that the mill “can help”, he added": the clause that the saying is put into is what is said, whether or not the
 * marks go around all of it. */
static bool put_into(const cast *c, int32_t t, int32_t pronoun)
{
	const work *w = c->w;
	int32_t verb = head_of(w, pronoun);
	if (!c->speaking || c->speaking->cue_tok != verb || verb < 0 || !c->speaking->content_count)
		return false;
	int32_t lo = c->speaking->content[0].lo;
	bool beside = rel(w, verb) == SR_DEPREL_parataxis;
	int32_t clause = beside ? head_of(w, verb) : child(w, verb, SR_DEPREL_ccomp);
	bool holds = clause >= 0 && clause < verb && ts_has(extent(w, clause), lo) && !(beside && ts_has(extent(w, verb), lo));
	return holds && lo < pronoun && t < pronoun && ts_has(extent(w, clause), t);
}

/* True if the name at t stands in what is said, or in somebody's words while the pronoun does not: he who speaks is not he of whom he
 * speaks. */
static bool only_spoken_of(const cast *c, int32_t t, int32_t pronoun)
{
	for (size_t i = 0; c->speaking && i < c->speaking->content_count; i++)
		if (ts_has(c->speaking->content[i], t))
			return true;
	return put_into(c, t, pronoun) || (in_speech(c->w, t) && !in_speech(c->w, pronoun));
}

/* The last speaker who fits, but not one who speaks within the words whose speaker is looked for. */
static party *last_speaker(const cast *c, int32_t pronoun, bool (*fits)(const party *))
{
	size_t n = c->spoke.count;
	for (size_t i = 0; i < n && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[n - 1 - i]];
		if (fits(p) && (p->spoke_at < 0 || !only_spoken_of(c, p->spoke_at, pronoun)))
			return p;
	}
	return NULL;
}

/* The person named last in the paragraph before the pronoun; within a sentence, the subject that stands highest. */
static party *named_in_paragraph(cast *c, int32_t t, bool (*fits)(const party *))
{
	const sr_reading *r = c->w->reading;
	uint32_t block = r->sentences[c->w->toks[t].sent].block;
	const sr_entity *e = t ? entity_at(c->w, sent_first(c->w, first_of_block(r, c->w->toks[t].sent)), t - 1) : NULL;
	party *best = NULL;
	int32_t best_depth = 0;
	size_t sentence = SIZE_MAX;
	for (size_t k = 0; e && k < LOOKBACK && e >= r->entities; k++, e--) {
		size_t s = sr_reading_sentence_at(r, e->span.start);
		if (s >= r->sentence_count || r->sentences[s].block != block || (best && s != sentence))
			break;
		bool person = e->type == SR_ENTITY_PER && !only_spoken_of(c, token_of(c->w, e), t);
		party *named = person ? party_named(c, sr_span_of(c->w->text, e->span)) : NULL;
		int32_t depth = named && fits(named) ? subject_depth(c->w, e) : NO_SUBJECT;
		if (!named || !fits(named) || (best && depth >= best_depth))
			continue;
		best = named;
		best_depth = depth;
		sentence = s;
	}
	return best;
}

/* What a subject must be for a pronoun to mean it: the party, or NULL. */
typedef party *(*taker)(cast *c, int32_t subject, int32_t pronoun);

static party *fitting(cast *c, int32_t subject, bool (*fits)(const party *))
{
	const sr_entity *e = entity_at(c->w, subject, subject);
	party *p = e && e->type == SR_ENTITY_PER ? party_named(c, sr_span_of(c->w->text, e->span)) : NULL;
	return p && fits(p) ? p : NULL;
}
static party *take_he(cast *c, int32_t subject, int32_t pronoun) { (void)pronoun; return fitting(c, subject, fits_he); }
static party *take_she(cast *c, int32_t subject, int32_t pronoun) { (void)pronoun; return fitting(c, subject, fits_she); }

/* "The officials did not want it. They …" */
static party *take_they(cast *c, int32_t subject, int32_t pronoun)
{
	sr_upos u = (sr_upos)c->w->reading->tokens[subject].upos;
	bool many = (u == SR_UPOS_NOUN || u == SR_UPOS_PROPN) && plural(c->w, subject) && !take_he(c, subject, pronoun);
	return many ? speaker_of(c, source_extent(c->w, subject, pronoun)) : NULL;
}

/* "The ministry knew of it. It …", "the report" */
static party *take_it(cast *c, int32_t subject, int32_t pronoun)
{
	const sr_entity *e = entity_at(c->w, subject, subject);
	bool speaks = (e && (e->type == SR_ENTITY_ORG || e->type == SR_ENTITY_LOC)) || (c->w->toks[subject].bits & (W(group) | W(media) | W(study) | W(medium)));
	return speaks && !plural(c->w, subject) ? speaker_of(c, source_extent(c->w, subject, pronoun)) : NULL;
}

/* "Mr. Voss is far behind, but he says …": the subject of the clauses that the pronoun's verb hangs on. */
static party *subject_above(cast *c, int32_t t, taker take)
{
	const work *w = c->w;
	int32_t verb = head_of(w, t);
	for (int n = 0; verb >= 0 && n < CLIMB_MAX; n++) {
		verb = head_of(w, verb);
		int32_t subject = verb >= 0 ? child(w, verb, SR_DEPREL_nsubj) : -1;
		if (subject >= 0 && subject < t)
			return only_spoken_of(c, subject, t) ? NULL : take(c, subject, t);
	}
	return NULL;
}

/* True if a statement of the sentence, among those found about the same time as the one whose speaker is looked for, holds the token. */
static bool said_by_another(const cast *c, uint32_t sent, int32_t t)
{
	const work *w = c->w;
	size_t at = c->speaking ? (size_t)(c->speaking - w->cands.items) : 0, i = at > LOOKBACK ? at - LOOKBACK : 0;
	for (; i < w->cands.count && i < at + LOOKBACK; i++)
		for (size_t k = 0; w->cands.items[i].sent == sent && !w->cands.items[i].dropped && k < w->cands.items[i].content_count; k++)
			if (ts_has(w->cands.items[i].content[k], t))
				return true;
	return in_speech(w, t);
}

/* The highest subject of a sentence, if it fits and the sentence is not another's words. */
static party *subject_of(cast *c, uint32_t sent, int32_t pronoun, taker take)
{
	const work *w = c->w;
	for (int32_t k = sent_first(w, sent); k <= sent_last(w, sent); k++) {
		int32_t verb = head_of(w, k);
		if (verb >= 0 && rel(w, k) == SR_DEPREL_nsubj && head_of(w, verb) < 0 && !said_by_another(c, sent, k))
			return take(c, k, pronoun);
	}
	return NULL;
}

/* Who is spoken of in the sentence before the pronoun's, in its paragraph. */
static party *subject_before(cast *c, int32_t t, taker take)
{
	uint32_t sent = c->w->toks[t].sent;
	return first_of_block(c->w->reading, sent) < sent ? subject_of(c, sent - 1, t, take) : NULL;
}

/* Who is spoken of in the last sentence before the paragraph. */
static party *subject_above_paragraph(cast *c, int32_t t, taker take)
{
	uint32_t first = first_of_block(c->w->reading, c->w->toks[t].sent);
	return first > 0 ? subject_of(c, first - 1, t, take) : NULL;
}

/* True if somebody is named in the sentence before the pronoun, and not only spoken of. */
static bool person_in_sentence(const cast *c, int32_t t)
{
	int32_t first = sent_first(c->w, c->w->toks[t].sent);
	const sr_entity *e = t > first ? entity_at(c->w, first, t - 1) : NULL;
	uint32_t start = c->w->reading->tokens[first].span.start;
	for (size_t k = 0; e && k < LOOKBACK && e >= c->w->reading->entities && e->span.start >= start; k++, e--)
		if (e->type == SR_ENTITY_PER && !only_spoken_of(c, token_of(c->w, e), t))
			return true;
	return false;
}

/* Who a singular pronoun means: the subject that its clause hangs on; else that of the sentence before in its paragraph, if its
 * own names nobody; else the last speaker who fits, if he spoke in this paragraph; else one named in it before, or the subject above
 * it; else the last speaker. */
static party *person_before(cast *c, int32_t t, bool (*fits)(const party *), taker take)
{
	party *p = subject_above(c, t, take);
	if (!p && !person_in_sentence(c, t))
		p = subject_before(c, t, take);
	if (p)
		return p;
	p = last_speaker(c, t, fits);
	if (p && p->spoke_in == c->w->reading->sentences[c->w->toks[t].sent].block + 1)
		return p;
	party *named = named_in_paragraph(c, t, fits);
	named = named ? named : subject_above_paragraph(c, t, take);
	return named ? named : p;
}

/* "The office does not go so far: …, it said": the body named before it in its sentence; else the last that spoke. */
static party *body_before(cast *c, int32_t t)
{
	int32_t first = sent_first(c->w, c->w->toks[t].sent);
	const sr_entity *e = t > first ? entity_at(c->w, first, t - 1) : NULL;
	uint32_t start = c->w->reading->tokens[first].span.start;
	for (size_t k = 0; e && k < LOOKBACK && e >= c->w->reading->entities && e->span.start >= start; k++, e--) {
		party *p = e->type == SR_ENTITY_ORG ? party_named(c, sr_span_of(c->w->text, e->span)) : NULL;
		if (p && fits_it(p))
			return p;
	}
	return last_speaker(c, t, fits_it);
}

/* "Police took two brothers in, then let them go amid reports that they claimed …": the object of the clause above is "them", who are
 * not its subject. */
static bool others_meant(const work *w, int32_t t)
{
	int32_t verb = head_of(w, t);
	for (int n = 0; verb >= 0 && n < CLIMB_MAX; n++) {
		int32_t object = child(w, verb, SR_DEPREL_obj);
		if (object >= 0 && object < t && (w->toks[object].bits & W(they)))
			return true;
		verb = head_of(w, verb);
	}
	return false;
}

/* The speaker that a pronoun means; NULL if none fits. */
party *pronoun_party(cast *c, int32_t t)
{
	uint64_t b = c->w->toks[t].bits;
	if (b & W(he)) {
		party *p = person_before(c, t, fits_he, take_he);
		if (p)
			p->gender = 'm';
		return p;
	}
	if (b & W(she)) {
		party *p = person_before(c, t, fits_she, take_she);
		if (p)
			p->gender = 'f';
		return p;
	}
	if (!(b & (W(they) | W(it))))
		return NULL;
	if ((b & W(they)) && others_meant(c->w, t))
		return NULL;
	taker take = b & W(they) ? take_they : take_it;
	party *p = subject_above(c, t, take);
	p = p ? p : subject_before(c, t, take);
	return p ? p : b & W(they) ? last_speaker(c, t, fits_they) : body_before(c, t);
}
