/* The brief: a few short sections, the weightiest first and then the newest. A section is a conflict with its sides, or a
 * telling sentence with what belongs to it. */
#include "composer.h"

#include "sitrep/embed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SECTIONS_MAX 6
#define CONFLICT_SECTIONS_MAX 3
#define LINES_MAX 4
#define LINES_GATHERED_MAX 5u /* with those that have no section of their own */
#define LINE_MAX 320u
#define RELATED 0.3        /* of the mean of two likenesses: by terms and by vectors */
#define NEXT_BONUS 0.15    /* for what follows on the page */
#define APART 0.1          /* what a week between them takes from how related two lines are */
#define LAST_DAYS 1.5
#define LEAD_DAYS 2.0      /* from the newest line on, within which lies what leads */
#define WORTH_ALONE 0.3    /* what a line's worth counts beside how related it is */
#define HEADING_WORTH 0.5  /* of the weightiest line of a section about one thing: what weighs less is no heading for it */
#define TOO_SIMILAR 0.4
#define TOO_SIMILAR_APART 0.5 /* of a denial and of what it denies */
#define HALF_LIFE_DAYS 3.0
#define OVERTAKEN 0.4 /* of the worth of a line whose count is no longer the last */

typedef struct draft_line {
	uint32_t proof;
	uint32_t dated_by; /* the proof by whose time it stands: itself, or the one that it introduces */
	sr_span shown;     /* its part of the sentence */
	sr_cites cites;
} draft_line;

typedef struct draft {
	sr_section section;
	draft_line lines[LINES_GATHERED_MAX];
	size_t count;
	sr_time newest;
	double weight;
	sr_time weightiest; /* when what its weightiest line tells was */
	bool disputed; /* a conflict with its sides */
} draft;

typedef struct desk {
	composer *c;
	double *worth; /* per proof: how much it deserves a line, if it can stand alone */
	draft drafts[SECTIONS_MAX];
	size_t count;
} desk;

static double days_between(sr_time a, sr_time b) { return fabs((double)(sr_time_epoch(a) - sr_time_epoch(b))) / 86400.0; }

static bool is_recent(const composer *c, const sr_proof *p)
{
	return sr_time_known(p->claim.said) && sr_time_known(c->out->updated) && days_between(p->claim.said, c->out->updated) <= LAST_DAYS;
}

static double worth_of(const composer *c, const sr_proof *p)
{
	double w = 0.05 + p->salience;
	if (sr_proof_attributed(p))
		w *= p->claim.named ? 1.2 : 0.95;
	if (p->claim.certainty == SR_CERTAINTY_UNVERIFIED)
		w *= 0.6;
	if (sr_time_known(p->claim.said) && sr_time_known(c->out->updated))
		w *= 0.5 + 0.5 * exp2(-days_between(p->claim.said, c->out->updated) / HALF_LIFE_DAYS);
	return w;
}

/* When it happened where that is said, else when it was said. */
static sr_time time_of(const sr_proof *p)
{
	return p->claim.when_stated && !p->open_ended && p->claim.when.precision >= SR_PRECISION_DAY ? p->claim.when : p->claim.said;
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
	sr_time when = time_of(p);
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
	              : sr_time_cmp(time_of(&d->c->e.proofs[first[1]]), time_of(&d->c->e.proofs[first[0]])) > 0;
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

/* What belongs to a section's first line: close in what it says, or right after it on the page. */
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
		double related = alike(c, head, p, by_terms) + bonus - APART * weeks_apart(time_of(head), time_of(p));
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

/* Of what the line's sentence states, the heading of as much as has one. */
static sr_str heading_of(const composer *c, size_t proof, sr_span *cite)
{
	const sr_proof *p = &c->e.proofs[proof], *first = p, *end = c->e.proofs + c->e.proof_count;
	sr_str best = { 0 };
	size_t most = 0;
	while (first > c->e.proofs && composer_same_sentence(first - 1, p))
		first--;
	for (const sr_proof *q = first; q < end && composer_same_sentence(q, p); q++) {
		sr_span at;
		size_t len = q->claim.span.end - q->claim.span.start;
		sr_str heading = len > most ? composer_section_heading(c, q, &at) : (sr_str){ 0 };
		if (!heading.len)
			continue;
		best = heading;
		most = len;
		*cite = at;
	}
	return best;
}

/* The first line becomes the heading if its main clause is short enough; what the cut leaves out is
 * given up for a page that reads. */
static sr_status write_heading(desk *d, draft *s)
{
	composer *c = d->c;
	sr_span cite;
	sr_str heading = s->section.line_count < 2 ? (sr_str){ 0 } : heading_of(c, s->lines[0].proof, &cite);
	if (!heading.len)
		return SR_OK;
	s->section.heading = heading;
	s->section.heading_cites = s->section.lines[0].cites;
	s->section.heading_cites.items[0].span = cite;
	s->section.lines++;
	s->section.line_count--;
	return SR_OK;
}

/* The newest line speaks first; in a section about one thing the line that it is about, and then the newest. */
static void sort_lines(const composer *c, draft *s)
{
	size_t first = !s->disputed && s->lines[0].proof == s->lines[0].dated_by;
	sr_time days[LINES_GATHERED_MAX];
	for (size_t i = 0; i < s->count; i++)
		days[i] = sr_time_truncate(time_of(&c->e.proofs[s->lines[i].dated_by]), SR_PRECISION_DAY);
	for (size_t i = first + 1; i < s->count; i++)
		for (size_t k = i; k > first; k--) {
			sr_time before = days[k - 1], after = days[k];
			if (!sr_time_known(after) || (sr_time_known(before) && sr_time_cmp(after, before) <= 0))
				break;
			draft_line line = s->lines[k];
			s->lines[k] = s->lines[k - 1];
			s->lines[k - 1] = line;
			days[k] = before;
			days[k - 1] = after;
		}
}

/* A line whose words give no date shows its day, unless the line before has shown the same. */
static sr_status write_lines(const composer *c, draft *s)
{
	sr_time told = SR_TIME_NONE;
	s->section.line_count = s->count;
	s->section.lines = SR_NEW_ARRAY(c->arena, sr_line, s->count);
	if (!s->section.lines)
		return SR_E_NOMEM;
	for (size_t i = 0; i < s->count; i++) {
		const sr_proof *p = &c->e.proofs[s->lines[i].proof];
		line_day d = composer_untold_day(c, p);
		bool again = sr_time_known(d.day) && sr_time_cmp(d.day, told) == 0;
		sr_str text = composer_sentence(c, p, s->lines[i].shown, again ? (line_day){ .as = DAY_OF } : d);
		s->section.lines[i] = (sr_line){ .text = text, .cites = s->lines[i].cites };
		if (!s->section.lines[i].text.ptr)
			return SR_E_NOMEM;
		if (sr_time_known(d.day) || sr_time_cmp(composer_said(c, p), told) != 0)
			told = d.day;
	}
	return SR_OK;
}

static void bring_forward(draft *s, size_t i)
{
	draft_line line = s->lines[i];
	memmove(s->lines + 1, s->lines, i * sizeof *s->lines);
	s->lines[0] = line;
}

/* The first line that can be a heading and weighs enough leads; the others stay as they are. What takes up the line before it stays
 * behind that. */
static void lead_with_heading(const desk *d, draft *s)
{
	const composer *c = d->c;
	sr_span cite;
	for (size_t i = 0; s->count > 1 && i < s->count; i++) {
		bool taken_up = i && s->lines[i - 1].dated_by == s->lines[i].proof;
		bool light = !s->disputed && d->worth[s->lines[i].dated_by] < HEADING_WORTH * s->weight;
		if (taken_up || light || !heading_of(c, s->lines[i].proof, &cite).len)
			continue;
		bring_forward(s, i);
		return;
	}
	size_t first = 0; /* what is denied stands before "such a thing" */
	while (first < s->count && composer_points_away(composer_text(c, &c->e.proofs[s->lines[first].proof], s->lines[first].shown)))
		first++;
	if (first && first < s->count)
		bring_forward(s, first);
}

/* By day, those without one last; of one day's the one with the weightiest line. */
static int newest_first(const void *a, const void *b)
{
	const draft *x = a, *y = b;
	if (sr_time_known(x->newest) != sr_time_known(y->newest))
		return sr_time_known(x->newest) ? -1 : 1;
	int c = sr_time_cmp(sr_time_truncate(y->newest, SR_PRECISION_DAY), sr_time_truncate(x->newest, SR_PRECISION_DAY));
	if (!c && x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return c ? c : (x->lines[0].proof > y->lines[0].proof) - (x->lines[0].proof < y->lines[0].proof);
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

/* The weightiest section that is about what is new leads. */
static void lead_with_weightiest(desk *d)
{
	size_t best = 0;
	for (size_t i = 1; i < d->count; i++) {
		const draft *s = &d->drafts[i];
		bool is_new = !sr_time_known(d->drafts[0].newest) || (sr_time_known(s->weightiest) && days_between(d->drafts[0].newest, s->weightiest) <= LEAD_DAYS);
		best = is_new && s->weight > d->drafts[best].weight ? i : best;
	}
	draft lead = d->drafts[best];
	memmove(d->drafts + 1, d->drafts, best * sizeof lead);
	d->drafts[0] = lead;
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
	if (d.count) {
		qsort(d.drafts, d.count, sizeof *d.drafts, newest_first);
		lead_with_weightiest(&d);
	}
	c->out->brief = SR_NEW_ARRAY(c->arena, sr_section, d.count);
	if (!c->out->brief)
		return SR_E_NOMEM;
	for (size_t i = 0; i < d.count; i++) {
		sort_lines(c, &d.drafts[i]);
		lead_with_heading(&d, &d.drafts[i]);
		SR_TRY(write_lines(c, &d.drafts[i]));
		SR_TRY(write_heading(&d, &d.drafts[i]));
		c->out->brief[i] = d.drafts[i].section;
	}
	c->out->brief_count = d.count;
	return SR_OK;
}
