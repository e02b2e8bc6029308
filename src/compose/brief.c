/* The brief: a few short sections, the weightiest first and then the newest. A section is a conflict with its sides, or a
 * telling sentence with what belongs to it. Here is chosen what stands in it; sections.c puts it in order and writes it. */
#include "brief.h"

#include "sitrep/embed.h"

#include <string.h>

#define SECTIONS_MAX 6
#define CONFLICT_SECTIONS_MAX 3
#define LINES_MAX 4
#define LINE_MAX 320u
#define RELATED 0.3        /* of the mean of two likenesses: by terms and by vectors */
#define NEXT_BONUS 0.15    /* for what follows on the page */
#define APART 0.1          /* what a week between them takes from how related two lines are */
#define LAST_DAYS 1.5
#define WORTH_ALONE 0.3    /* what a line's worth counts beside how related it is */
#define TOO_SIMILAR 0.4
#define TOO_SIMILAR_APART 0.5 /* of a denial and of what it denies */
#define HALF_LIFE_DAYS 3.0
#define OVERTAKEN 0.4 /* of the worth of a line whose count is no longer the last */

typedef struct desk {
	composer *c;
	double *worth; /* per proof: how much it deserves a line, if it can stand alone */
	draft drafts[SECTIONS_MAX];
	size_t count;
} desk;

/* How long before the newest page the proof's own was, in days; it may tell of what was said sooner. Negative if that is not known. */
static double age_of(const composer *c, const sr_proof *p)
{
	sr_time reported = sr_document_time_at(c->e.docs[p->claim.doc], p->claim.sentence_span.start);
	return sr_time_known(reported) && sr_time_known(c->out->updated) ? days_between(reported, c->out->updated) : -1;
}

static bool is_recent(const composer *c, const sr_proof *p)
{
	double age = age_of(c, p);
	return age >= 0 && age <= LAST_DAYS;
}

static double worth_of(const composer *c, const sr_proof *p)
{
	double w = 0.05 + p->salience;
	if (sr_proof_attributed(p))
		w *= p->claim.named ? 1.2 : 0.95;
	if (p->claim.certainty == SR_CERTAINTY_UNVERIFIED)
		w *= 0.6;
	double age = age_of(c, p);
	if (age >= 0)
		w *= 0.5 + 0.5 * exp2(-age / HALF_LIFE_DAYS);
	return w;
}

static double too_similar(const sr_proof *a, const sr_proof *b)
{
	return composer_denies(a) == composer_denies(b) && a->claim.negated == b->claim.negated ? TOO_SIMILAR : TOO_SIMILAR_APART;
}

/* Too like a line that already stands somewhere in the brief. */
static bool repeats(const desk *d, const sr_proof *p)
{
	const composer *c = d->c;
	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; k < d->drafts[i].count; k++) {
			const sr_proof *line = &c->e.proofs[d->drafts[i].lines[k].proof];
			if (sr_terms_cosine(c->e.terms, line->sentence, p->sentence) >= too_similar(line, p))
				return true;
		}
	return false;
}

/* What can be a line, and is none yet. Asked last: cutting a clause takes longer than to compare. */
static bool can_be_line(const desk *d, size_t proof)
{
	return composer_stands_alone(d->c, &d->c->e.proofs[proof]) && !repeats(d, &d->c->e.proofs[proof]);
}

static void mark_used(composer *c, const sr_proof *p)
{
	for (size_t i = 0; i < c->e.proof_count; i++)
		if (composer_same_sentence(&c->e.proofs[i], p))
			c->used[i] = true;
}

static sr_status add_line(desk *d, draft *s, size_t proof, size_t dated_by)
{
	composer *c = d->c;
	const sr_proof *p = &c->e.proofs[proof];
	draft_line *line = &s->lines[s->count++];
	sr_span cut = composer_attributed_clause(c, p, LINE_MAX);
	sr_span sentence = p->claim.sentence_span;
	sentence.start = composer_behind_dateline(c->e.docs[p->claim.doc], sentence.start);
	bool whole = cut.end + 2 >= sentence.end && cut.start <= sentence.start;
	line->proof = (uint32_t)proof;
	line->dated_by = (uint32_t)dated_by;
	line->shown = whole ? sentence : cut;
	SR_TRY(composer_witnesses(c, proof, whole ? p->claim.sentence_span : cut, &line->cites));
	mark_used(c, p);
	sr_time when = brief_time_of(c, p);
	if (d->worth[proof] > s->weight) {
		s->weight = d->worth[proof];
		s->weightiest = when;
	}
	if (!sr_time_known(s->newest) || (sr_time_known(when) && sr_time_cmp(when, s->newest) > 0))
		s->newest = when;
	return SR_OK;
}

static draft *open_section(desk *d)
{
	draft *s = &d->drafts[d->count++];
	*s = (draft){ 0 };
	return s;
}

/* The stand of a side most worth a line that is not used yet, or SIZE_MAX. */
static size_t best_of_side(const desk *d, const sr_side *side)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < side->count; i++) {
		size_t p = side->stands[i].proof;
		if (!d->c->used[p] && (best == SIZE_MAX || d->worth[p] > d->worth[best]) && can_be_line(d, p))
			best = p;
	}
	return best;
}

static sr_status add_conflict_section(desk *d, const sr_contrast *x)
{
	size_t first[2] = { best_of_side(d, &x->sides[0]), best_of_side(d, &x->sides[1]) };
	if (first[0] == SIZE_MAX && first[1] == SIZE_MAX)
		return SR_OK;
	draft *s = open_section(d);
	s->disputed = true;
	/* the newer side speaks first */
	size_t lead = first[0] == SIZE_MAX ? 1
	              : first[1] == SIZE_MAX ? 0
	              : sr_time_cmp(brief_time_of(d->c, &d->c->e.proofs[first[1]]), brief_time_of(d->c, &d->c->e.proofs[first[0]])) > 0;
	for (size_t round = 0; round < LINES_MAX && s->count < LINES_MAX; round++) {
		size_t p = best_of_side(d, &x->sides[(lead + round) % 2]);
		if (p != SIZE_MAX)
			SR_TRY(add_line(d, s, p, p));
	}
	return SR_OK;
}

/* Of what was said in the story's last days, or at any time. */
static size_t best_free(const desk *d, bool of_last_days)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < d->c->e.proof_count; i++)
		if (!d->c->used[i] && (!of_last_days || is_recent(d->c, &d->c->e.proofs[i])) && (best == SIZE_MAX || d->worth[i] > d->worth[best]) && can_be_line(d, i))
			best = i;
	return best;
}

/* "A video shows … | The footage depicts": the sentence before it tells what footage that is. */
static bool takes_up(const composer *c, const sr_proof *p)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	const sr_token *t = r->tokens + s->first_token;
	bool bare = s->token_count > 2 && t[0].upos == SR_UPOS_DET && t[1].upos == SR_UPOS_NOUN && (t[2].upos == SR_UPOS_VERB || t[2].upos == SR_UPOS_AUX);
	return bare && sr_str_eq(sr_span_of(r->doc->text, t[0].span), SR_STR("The")) && p->claim.sentence && s[-1].block == s->block;
}

/* That sentence, if it can be a line yet, or SIZE_MAX. */
static size_t introduces(const desk *d, size_t proof)
{
	const composer *c = d->c;
	const sr_proof *p = &c->e.proofs[proof];
	for (size_t i = takes_up(c, p) ? proof : 0; i-- > c->e.first_proof[p->claim.doc];)
		if (c->e.proofs[i].claim.sentence + 1 == p->claim.sentence && !c->used[i] && can_be_line(d, i))
			return i;
	return SIZE_MAX;
}

/* Up to one. */
static double weeks_apart(sr_time a, sr_time b) { return sr_time_known(a) && sr_time_known(b) ? fmin(1, days_between(a, b) / 7) : 0; }

static double alike(const composer *c, const sr_proof *a, const sr_proof *b, double by_terms)
{
	return (by_terms + (double)sr_embed_sentences(c->e.readings[a->claim.doc], a->claim.sentence, c->e.readings[b->claim.doc], b->claim.sentence)) / 2;
}

/* What belongs to a section's first line: close in what it says and in time, or right after it on the page. */
static size_t best_related(const desk *d, const draft *s)
{
	const composer *c = d->c;
	const sr_proof *head = &c->e.proofs[s->lines[0].proof];
	size_t best = SIZE_MAX;
	double best_score = 0;
	sr_terms_probe_set(c->probe, head->sentence);
	for (size_t i = 0; i < c->e.proof_count; i++) {
		const sr_proof *p = &c->e.proofs[i];
		if (c->used[i])
			continue;
		bool next = p->claim.doc == head->claim.doc && p->claim.sentence == head->claim.sentence + 1;
		double bonus = next ? NEXT_BONUS : 0, by_terms = sr_terms_probe_cosine(c->probe, p->sentence, p->norm);
		if (d->worth[i] * (WORTH_ALONE + (by_terms + 1) / 2 + bonus) <= best_score)
			continue; /* even if they were alike by their vectors */
		double related = alike(c, head, p, by_terms) + bonus - APART * weeks_apart(brief_time_of(c, head), brief_time_of(c, p));
		double score = related >= RELATED ? d->worth[i] * (WORTH_ALONE + related) : 0;
		if (score > best_score && can_be_line(d, i)) {
			best = i;
			best_score = score;
		}
	}
	return best;
}

/* With what introduces it, if there is room. */
static sr_status add_told(desk *d, draft *s, size_t proof)
{
	size_t before = s->count + 1 < LINES_MAX ? introduces(d, proof) : SIZE_MAX;
	if (before != SIZE_MAX)
		SR_TRY(add_line(d, s, before, proof));
	return add_line(d, s, proof, proof);
}

static sr_status add_topic_section(desk *d, bool of_last_days)
{
	size_t first = best_free(d, of_last_days);
	if (first == SIZE_MAX)
		return SR_OK;
	draft *s = open_section(d);
	SR_TRY(add_told(d, s, first));
	while (s->count < LINES_MAX - 1) {
		size_t p = best_related(d, s);
		if (p == SIZE_MAX)
			break;
		SR_TRY(add_told(d, s, p));
	}
	return SR_OK;
}

static sr_status fill(desk *d)
{
	composer *c = d->c;
	for (size_t i = 0; i < c->contrast_count && d->count < CONFLICT_SECTIONS_MAX; i++)
		SR_TRY(add_conflict_section(d, &c->contrasts[i]));
	SR_TRY(add_topic_section(d, true)); /* what is new is not left out for what weighed more before */
	for (size_t before = SIZE_MAX; d->count < SECTIONS_MAX && d->count != before;) {
		before = d->count;
		SR_TRY(add_topic_section(d, false));
	}
	return SR_OK;
}

/* The section whose lines are most about what that line is about, if any is about it at all, and has room. */
static draft *home_of(desk *d, const draft *single)
{
	const composer *c = d->c;
	const sr_proof *p = &c->e.proofs[single->lines[0].proof];
	draft *best = NULL;
	double most = RELATED;
	for (size_t i = 0; i < d->count; i++) {
		draft *s = &d->drafts[i];
		for (size_t k = 0; s != single && s->count > 1 && s->count < LINES_GATHERED_MAX && k < s->count; k++) {
			const sr_proof *line = &c->e.proofs[s->lines[k].proof];
			double related = alike(c, line, p, sr_terms_cosine(c->e.terms, line->sentence, p->sentence));
			if (related > most) {
				most = related;
				best = s;
			}
		}
	}
	return best;
}

/* A line alone has no heading: it goes to where it belongs. */
static void gather_singles(desk *d)
{
	for (size_t i = 0; i < d->count;) {
		draft *single = &d->drafts[i], *home = single->count == 1 ? home_of(d, single) : NULL;
		if (!home) {
			i++;
			continue;
		}
		home->lines[home->count++] = single->lines[0];
		if (!sr_time_known(home->newest) || (sr_time_known(single->newest) && sr_time_cmp(single->newest, home->newest) > 0))
			home->newest = single->newest;
		memmove(single, single + 1, (d->count - i - 1) * sizeof *single);
		d->count--;
	}
}

sr_status compose_brief(composer *c)
{
	desk d = { .c = c };
	d.worth = SR_NEW_ARRAY(c->arena, double, c->e.proof_count);
	if (!d.worth)
		return SR_E_NOMEM;
	bool *overtaken;
	SR_TRY(composer_overtaken(c, &overtaken));
	for (size_t i = 0; i < c->e.proof_count; i++)
		d.worth[i] = worth_of(c, &c->e.proofs[i]) * (overtaken[i] ? OVERTAKEN : 1);
	SR_TRY(fill(&d));
	gather_singles(&d);
	return brief_write(c, d.drafts, d.count, d.worth);
}
