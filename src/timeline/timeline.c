#include "sitrep/timeline.h"

#include <stdlib.h>

#define SAME_EVENT 0.4

#define SPAN_DAYS_MAX 60
#define NEAR_DAYS 3
#define ENTRIES_LEAST 8u
#define ENTRIES_A_REPORT 3u

/* From the first day to the last, where both are known to the day; else 0. */
static int32_t days_spanned(const sr_proof *p)
{
	sr_time from = p->claim.when, to = p->claim.until;
	bool known = from.precision >= SR_PRECISION_DAY && sr_time_known(to) && to.precision >= SR_PRECISION_DAY;
	return known ? sr_days_from_civil(to.year, to.month, to.day) - sr_days_from_civil(from.year, from.month, from.day) : 0;
}

/* "For the past 18 years": months and years that end with those of the report. */
static bool ends_with_report(const sr_proof *p)
{
	sr_time from = p->claim.when, to = p->claim.until, said = p->claim.said;
	return sr_time_known(from) && sr_time_known(to) && to.precision < SR_PRECISION_DAY && to.precision <= said.precision &&
	       sr_time_cmp(from, to) != 0 && sr_time_cmp(to, sr_time_truncate(said, to.precision)) == 0;
}

/* "In the past five years": what only counts back from the day of the report dates no event. */
static bool counts_back(const sr_proof *p) { return days_spanned(p) > SPAN_DAYS_MAX || ends_with_report(p); }

static bool dated(const sr_proof *p)
{
	return !counts_back(p) && p->claim.when_stated && !p->open_ended && sr_time_known(p->claim.when) && !p->caption && !p->heading && p->content.count >= 2;
}

/* A day is more telling than a year, a whole report than a remark, a deed than somebody's words. */
static double weight_of(const sr_evidence *e, const sr_proof *p)
{
	double w = 0.2 + p->salience;
	sr_block_kind kind = sr_document_block_at(e->docs[p->claim.doc], p->claim.sentence_span.start)->kind;
	if (p->claim.when.precision >= SR_PRECISION_DAY && days_spanned(p) <= NEAR_DAYS) /* not "this week" */
		w *= 1.5;
	if (kind == SR_BLOCK_EVENT)
		w *= 1.3; /* an entry of a page's own timeline */
	if (p->claim.direct && sr_proof_attributed(p))
		w *= 0.5;
	return w;
}

static int by_weight(const void *a, const void *b)
{
	const sr_moment *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->proofs[0] > y->proofs[0]) - (x->proofs[0] < y->proofs[0]);
}

static int by_time(const void *a, const void *b)
{
	const sr_moment *x = a, *y = b;
	int c = sr_time_cmp(x->when, y->when);
	if (c)
		return c;
	return by_weight(a, b);
}

static bool same_date(const sr_moment *m, const sr_proof *p)
{
	return m->when.precision == p->claim.when.precision && sr_time_cmp(m->when, p->claim.when) == 0
	       && sr_time_cmp(m->until, p->claim.until) == 0;
}

static sr_status add_proof(sr_evidence *e, sr_moment *m, uint32_t proof)
{
	uint32_t *grown = SR_NEW_ARRAY(e->arena, uint32_t, m->proof_count + 1);
	if (!grown)
		return SR_E_NOMEM;
	for (size_t i = 0; i < m->proof_count; i++)
		grown[i] = m->proofs[i];
	grown[m->proof_count++] = proof;
	m->proofs = grown;
	return SR_OK;
}

/* The moment that this proof tells of again, or NULL. */
static sr_moment *find_same(const sr_evidence *e, sr_moment *moments, size_t count, const sr_proof *p)
{
	for (size_t i = 0; i < count; i++) {
		const sr_proof *first = &e->proofs[moments[i].proofs[0]];
		if (!same_date(&moments[i], p))
			continue;
		bool same_sentence = first->claim.doc == p->claim.doc && first->claim.sentence == p->claim.sentence;
		if (same_sentence || sr_terms_cosine(e->terms, first->sentence, p->sentence) >= SAME_EVENT)
			return &moments[i];
	}
	return NULL;
}

/* Documents, updates, and entries of a page's own timeline. */
static size_t count_reports(const sr_evidence *e)
{
	size_t n = e->doc_count;
	for (size_t d = 0; d < e->doc_count; d++)
		for (size_t i = 1; i < e->docs[d]->block_count; i++) {
			const sr_block *b = &e->docs[d]->blocks[i];
			n += b->kind == SR_BLOCK_EVENT || (b->group && b->group != b[-1].group);
		}
	return n;
}

/* A few reports are no long story, however many days they name. */
static size_t entries_for(const sr_evidence *e)
{
	size_t most = ENTRIES_LEAST + ENTRIES_A_REPORT * count_reports(e);
	return most < SR_TIMELINE_MAX ? most : SR_TIMELINE_MAX;
}

static size_t keep_best(const sr_evidence *e, sr_moment *moments, size_t count)
{
	size_t kept = 0, most = entries_for(e);
	if (count)
		qsort(moments, count, sizeof *moments, by_weight);
	for (size_t i = 0; i < count && kept < most; i++) {
		size_t same_day = 0;
		for (size_t k = 0; k < kept; k++)
			same_day += sr_time_cmp(sr_time_truncate(moments[k].when, SR_PRECISION_DAY),
			                        sr_time_truncate(moments[i].when, SR_PRECISION_DAY)) == 0;
		if (same_day < SR_TIMELINE_PER_DAY)
			moments[kept++] = moments[i];
	}
	if (kept)
		qsort(moments, kept, sizeof *moments, by_time);
	return kept;
}

/* A proof of an event: the one to be shown first is the weightiest of those that tell it. */
static sr_status place(sr_evidence *e, sr_moment *m, size_t proof, bool telling)
{
	SR_TRY(add_proof(e, m, (uint32_t)proof));
	double w = telling ? weight_of(e, &e->proofs[proof]) : 0;
	if (w > m->weight) {
		uint32_t first = m->proofs[0];
		m->proofs[0] = (uint32_t)proof;
		m->proofs[m->proof_count - 1] = first;
		m->weight = w;
	}
	return SR_OK;
}

sr_status sr_timeline_build(sr_evidence *e, sr_tells tells, const void *ctx, sr_moment **out, size_t *count, sr_error *err)
{
	SR_VEC(sr_moment) moments = { 0 };
	bool *telling = SR_NEW_ARRAY(e->arena, bool, e->proof_count + 1);
	if (!telling)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < e->proof_count; i++)
		telling[i] = dated(&e->proofs[i]) && tells(ctx, &e->proofs[i]);
	/* what does not tell an event by itself can still bear one out */
	for (int bearing = 0; bearing < 2; bearing++)
		for (size_t i = 0; i < e->proof_count; i++) {
			const sr_proof *p = &e->proofs[i];
			if (telling[i] == (bool)bearing || !dated(p))
				continue;
			sr_moment *m = find_same(e, moments.items, moments.count, p);
			if (!m && !bearing) {
				m = SR_PUSH(e->arena, &moments);
				if (m)
					*m = (sr_moment){ .when = p->claim.when, .until = p->claim.until };
			}
			if ((!m && !bearing) || (m && place(e, m, i, telling[i]) != SR_OK))
				return sr_fail(err, SR_E_NOMEM, "out of memory");
		}
	*out = moments.items;
	*count = keep_best(e, moments.items, moments.count);
	return SR_OK;
}
