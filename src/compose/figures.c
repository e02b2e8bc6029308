/* Figures: the same measure over time. */
#include "composer.h"

#include "sitrep/base/utf8.h"

#include <math.h>
#include <stdlib.h>

#define FIGURES_MAX 8
#define POINTS_MAX 24
#define TEXT_MAX 120u
#define LONG_AGO_DAYS 45
#define TOLL_SHARE 0.5
#define GROUP_MAX 200u /* numbers of one series that are held against each other */

static int by_as_of(const void *a, const void *b)
{
	const sr_measure *const *x = a, *const *y = b;
	int c = sr_time_cmp((*x)->as_of, (*y)->as_of);
	return c ? c : ((*x)->proof > (*y)->proof) - ((*x)->proof < (*y)->proof);
}

/* "Three days after" counts nothing that goes on. */
static bool is_duration(const sr_quantity *q)
{
	static const char *const units[] = { "s", "min", "h", "d", "wk", "mo", "yr" }; /* of data/claim/numbers.tsv */
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (sr_str_eq(q->unit, sr_str_c(units[i])))
			return true;
	return false;
}

/* "A 2011 shooting that left six dead": long over when the story began. */
static bool of_long_ago(const composer *c, const sr_measure *m)
{
	const sr_proof *p = &c->e.proofs[m->proof];
	sr_time begin = c->out->first_reported, then = p->claim.when;
	if (!p->claim.when_stated)
		then = m->as_of;
	if (!sr_time_known(then) || !sr_time_known(begin))
		return false;
	int32_t last = sr_days_from_civil(then.year, then.month ? then.month : 12, then.day ? then.day : 28);
	return sr_days_from_civil(begin.year, begin.month ? begin.month : 1, begin.day ? begin.day : 1) - last > LONG_AGO_DAYS;
}

/* "At least 14 people died" is a toll so far; "up to 40", and "more than 5,000 pages", are as good as no number. */
static bool is_bounded(const composer *c, const sr_measure *m)
{
	return isfinite(m->quantity->low) && (isfinite(m->quantity->high) || sr_measure_of_people(&c->e, m));
}

/* "Dozens" is no point of a series: the page could not say which number it stands for. Nor is a number that is denied. */
static bool is_point(const composer *c, const sr_measure *m)
{
	const sr_quantity *q = m->quantity;
	return !composer_denies(&c->e.proofs[m->proof]) && sr_time_known(m->as_of) && !is_duration(q) && !of_long_ago(c, m) && is_bounded(c, m) && sr_measure_exact(&c->e, m);
}

static bool same_point(const sr_measure *a, const sr_measure *b)
{
	return a->quantity->low == b->quantity->low && a->quantity->high == b->quantity->high;
}

/* The point that says the same: the last one, or one of that day; NULL if none does. */
static sr_figure_point *point_of(const sr_figure *f, const sr_measure *m)
{
	for (size_t i = f->series_count; i-- > 0;) {
		sr_figure_point *p = &f->series[i];
		bool same = p->low == m->quantity->low && p->high == m->quantity->high;
		if (same && (i + 1 == f->series_count || sr_time_cmp(sr_time_truncate(p->as_of, SR_PRECISION_DAY), sr_time_truncate(m->as_of, SR_PRECISION_DAY)) == 0))
			return p;
	}
	return NULL;
}

static sr_status write_point(const composer *c, const sr_measure *m, sr_figure_point *out)
{
	const sr_proof *p = &c->e.proofs[m->proof];
	*out = (sr_figure_point){ .as_of = m->as_of, .low = m->quantity->low, .high = m->quantity->high, .who = p->claim.speaker };
	out->text = composer_text(c, p, composer_clause(c, p, p->claim.sentence_span, m->quantity->span, TEXT_MAX));
	return composer_cite_one(c, p, p->claim.sentence_span, &out->cites);
}

static sr_status add_witness(const composer *c, const sr_measure *m, sr_figure_point *point)
{
	const sr_proof *p = &c->e.proofs[m->proof];
	sr_cite cites[POINTS_MAX];
	size_t n = 0;
	for (; n < point->cites.count; n++) {
		if (point->cites.items[n].source == p->claim.doc + 1)
			return SR_OK;
		cites[n] = point->cites.items[n];
	}
	if (n + 1 >= POINTS_MAX)
		return SR_OK;
	cites[n++] = (sr_cite){ p->claim.doc + 1, p->claim.sentence_span };
	return composer_cites(c, cites, n, &point->cites);
}

static bool is_concept(const composer *c, uint32_t term, const char *name)
{
	return term != UINT32_MAX && sr_str_eq(sr_terms_name(c->e.terms, term), sr_str_c(name));
}

/* It is done to those who are counted. */
static bool befalls(const composer *c, uint32_t concept) { return is_concept(c, concept, "die") || is_concept(c, concept, "injure") || is_concept(c, concept, "arrest"); }

/* "People" tells nothing of a count: "people killed", as its own sentence calls it. */
static sr_str called(const composer *c, const sr_measure *m)
{
	const sr_proof *p = &c->e.proofs[m->proof];
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_str of = m->quantity->of, word = { 0 };
	uint32_t at = m->quantity->span.start, best = UINT32_MAX;
	for (size_t i = 0; i < p->item_count; i++) {
		sr_span s = r->tokens[p->items[i].token].span;
		uint32_t away = s.start > at ? s.start - at : at - s.start;
		if (p->items[i].term != m->concept || away >= best)
			continue;
		best = away;
		bool leads = r->tokens[p->items[i].token].upos == SR_UPOS_ADP && p->items[i].token + 1 < r->token_count; /* "on board" */
		word = sr_span_of(r->doc->text, leads ? (sr_span){ s.start, r->tokens[p->items[i].token + 1].span.end } : s);
	}
	bool plain = !m->quantity->unit.len && !sr_term_set_has(m->of, m->concept) && (sr_measure_of_people(&c->e, m) || befalls(c, m->concept));
	bool doing = sr_str_ends(word, SR_STR("ing")) && !sr_str_eq_nocase(word, SR_STR("missing")); /* "killing 11 miners" */
	return plain && of.len && word.len && !doing ? sr_str_printf(c->arena, "%.*s %.*s", SR_FMT(of), SR_FMT(word)) : of;
}

/* What the series counts, by its first number that says so in a word. */
static sr_str measure_of(const composer *c, const sr_measure **group, size_t count)
{
	const sr_measure *best = NULL;
	for (size_t i = 0; i < count; i++) {
		bool says = group[i]->quantity->of.len > 0, named = sr_term_set_has(group[i]->of, group[i]->concept);
		if (says && (!best || (named && !sr_term_set_has(best->of, best->concept))))
			best = group[i];
	}
	return best ? called(c, best) : (sr_str){ 0 };
}

/* A toll does not fall by half: what does is the toll of something else. Keeps the group's order; how many are left. */
static size_t without_falls(const composer *c, const sr_measure **group, size_t count)
{
	size_t kept = 0;
	double most = 0;
	if (!is_concept(c, group[0]->concept, "die") && !is_concept(c, group[0]->concept, "injure"))
		return count;
	for (size_t i = 0; i < count; i++) {
		double n = group[i]->quantity->low;
		if (n < TOLL_SHARE * most)
			continue;
		most = n > most ? n : most;
		group[kept++] = group[i];
	}
	return kept;
}

static bool differ(const sr_measure *const *group, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (!same_point(group[0], group[i]))
			return true;
	return false;
}

static sr_status write_figure(const composer *c, const sr_measure **group, size_t count, sr_figure *out)
{
	const sr_measure *first = group[0];
	const sr_quantity *q = first->quantity;
	*out = (sr_figure){ .unit = q->unit, .series = SR_NEW_ARRAY(c->arena, sr_figure_point, POINTS_MAX) };
	if (!out->series)
		return SR_E_NOMEM;
	out->measure = measure_of(c, group, count);
	for (size_t i = 0; i < count && out->series_count < POINTS_MAX; i++) {
		sr_figure_point *same = point_of(out, group[i]);
		if (same)
			SR_TRY(add_witness(c, group[i], same));
		else
			SR_TRY(write_point(c, group[i], &out->series[out->series_count++]));
	}
	return SR_OK;
}

/* Two values in one sentence ("52 percent to 45") are of two things; so are, most likely, two shares on one day. */
static bool is_series(const composer *c, const sr_measure *const *group, size_t count)
{
	bool other_day = !sr_str_eq(group[0]->quantity->unit, SR_STR("%"));
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++) {
			if (same_point(group[i], group[k]))
				continue;
			if (composer_same_sentence(&c->e.proofs[group[i]->proof], &c->e.proofs[group[k]->proof]))
				return false;
			other_day = other_day || sr_time_cmp(sr_time_truncate(group[i]->as_of, SR_PRECISION_DAY), sr_time_truncate(group[k]->as_of, SR_PRECISION_DAY)) != 0;
		}
	return other_day;
}

/* Both sentences name something besides what is counted: one event. */
static bool one_event(const composer *c, const sr_measure *a, const sr_measure *b)
{
	sr_term_set x = c->e.proofs[a->proof].sentence, y = c->e.proofs[b->proof].sentence;
	for (size_t i = 0; i < x.count; i++) {
		uint32_t t = x.ids[i];
		bool counted = t == a->concept || sr_term_set_has(a->of, t) || sr_term_set_has(b->of, t) || sr_terms_country(c->e.terms, t) != 0;
		if (!counted && sr_terms_kind(c->e.terms, t) != SR_TERM_NUMBER && sr_term_set_has(y, t))
			return true;
	}
	return false;
}

static bool joins(const composer *c, const sr_measure *const *group, size_t count, const sr_measure *m)
{
	bool one = count == 0;
	for (size_t i = 0; i < count; i++) {
		if (sr_measure_elsewhere(&c->e, group[i], m))
			return false;
		one = one || one_event(c, group[i], m);
	}
	return one;
}

sr_status compose_figures(composer *c)
{
	const sr_measure *m = c->e.measures;
	size_t count = c->e.measure_count;
	bool *taken = SR_NEW_ARRAY(c->arena, bool, count);
	const sr_measure **group = SR_NEW_ARRAY(c->arena, const sr_measure *, count);
	c->out->figures = SR_NEW_ARRAY(c->arena, sr_figure, FIGURES_MAX);
	if (!taken || !group || !c->out->figures)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count && c->out->figure_count < FIGURES_MAX; i++) {
		size_t n = 0;
		if (taken[i] || !is_point(c, &m[i]))
			continue;
		for (size_t k = i; k < count; k++) {
			if (taken[k] || (k != i && !sr_measure_same(&c->e, &m[i], &m[k])) || !is_point(c, &m[k]) || !joins(c, group, n, &m[k]))
				continue;
			taken[k] = true;
			if (n == GROUP_MAX) /* more than a page can hold says the same again */
				continue;
			group[n++] = &m[k];
		}
		qsort(group, n, sizeof *group, by_as_of);
		n = without_falls(c, group, n);
		if (differ(group, n) && is_series(c, group, n))
			SR_TRY(write_figure(c, group, n, &c->out->figures[c->out->figure_count++]));
	}
	return SR_OK;
}
