/* The numbers of a story with what they measure. */
#include "measures.h"

#include "sitrep/base/utf8.h"

#define CONCEPT_REACH 120u
#define CLIMB_MAX 5

static bool is_year_or_clock(const sr_quantity *q) { return q->low == q->high && q->low >= 1900 && q->low <= 2100 && !q->unit.len; }

/* "Fluvid-19": a number that hangs on letters is a name's. */
static bool is_of_name(sr_str text, const sr_quantity *q)
{
	uint32_t at = q->span.start;
	return at > 1 && text.ptr[at - 1] == '-' && sr_is_alpha((unsigned char)text.ptr[at - 2]);
}

/* The concept of the proof that stands nearest to the number, after it rather than before. */
static uint32_t nearest_concept(const sr_evidence *e, const sr_proof *p, sr_span number)
{
	uint32_t best = UINT32_MAX, best_away = UINT32_MAX;
	const sr_reading *r = e->readings[p->claim.doc];
	for (size_t i = 0; i < p->item_count; i++) {
		sr_span at = r->tokens[p->items[i].token].span;
		uint32_t away = at.start >= number.end ? at.start - number.end : (number.start - at.start) * 2;
		if (sr_terms_kind(e->terms, p->items[i].term) != SR_TERM_CONCEPT || p->items[i].negated || away >= best_away)
			continue;
		best = p->items[i].term;
		best_away = away;
	}
	return best_away <= CONCEPT_REACH ? best : UINT32_MAX;
}

/* What is done or so, and not whom or what it is done to: "two ships" say nothing of what befell them. */
static bool tells(const sr_evidence *e, uint32_t term) { return sr_terms_kind(e->terms, term) == SR_TERM_CONCEPT && !sr_terms_is_thing(e->terms, term); }

typedef SR_VEC(sr_measure) measures;

static uint32_t concept_of_token(const sr_evidence *e, const sr_proof *p, size_t token)
{
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].token == token && tells(e, p->items[i].term) && !p->items[i].negated)
			return p->items[i].term;
	return UINT32_MAX;
}

static bool is_strong(const sr_evidence *e, const sr_term_at *at)
{
	return sr_terms_kind(e->terms, at->term) == SR_TERM_CONCEPT && !sr_terms_is_weak(e->terms, at->term) && !at->negated;
}

/* "41 missing", "26 dead": what is counted says it. */
static uint32_t counted_concept(const sr_evidence *e, const sr_proof *p, const sr_quantity *q)
{
	const sr_reading *r = e->readings[p->claim.doc];
	for (size_t i = 0; i < p->item_count && !sr_span_empty(q->of_span); i++)
		if (sr_span_has(q->of_span, r->tokens[p->items[i].token].span) && is_strong(e, &p->items[i]))
			return p->items[i].term;
	return UINT32_MAX;
}

/* Under it, but not in a clause beside it. */
static bool below(const sr_reading *r, const sr_sentence *s, size_t i, size_t top)
{
	for (int steps = 0; steps < CLIMB_MAX && r->tokens[i].head >= 0; steps++) {
		size_t head = s->first_token + (size_t)r->tokens[i].head;
		if (head == top)
			return r->tokens[i].deprel != SR_DEPREL_conj && r->tokens[i].deprel != SR_DEPREL_parataxis;
		i = head;
	}
	return false;
}

/* "are known to have died", "the number of dead rose to 12": the strong concept under the verb, nearest to the number. */
static uint32_t concept_below(const sr_evidence *e, const sr_proof *p, size_t top, uint32_t at)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	uint32_t best = UINT32_MAX, best_away = CONCEPT_REACH;
	for (size_t i = 0; i < p->item_count; i++) {
		uint32_t from = r->tokens[p->items[i].token].span.start, away = from > at ? from - at : at - from;
		if (away >= best_away || !is_strong(e, &p->items[i]) || !below(r, s, p->items[i].token, top))
			continue;
		best_away = away;
		best = p->items[i].term;
	}
	return best;
}

/* With a tree: the first concept on the way from the number up to the root of its clause; behind one that says little, and for
 * a bare number where there is none, what stands below it. */
static uint32_t governing_concept(const sr_evidence *e, const sr_proof *p, const sr_quantity *q)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	size_t i = s->first_token, end = i + s->token_count;
	while (i < end && r->tokens[i].span.end <= q->span.start)
		i++;
	for (int steps = 0; i < end && steps < CLIMB_MAX; steps++) {
		uint32_t concept = concept_of_token(e, p, i);
		bool weak = concept != UINT32_MAX && sr_terms_is_weak(e->terms, concept), last = r->tokens[i].head < 0;
		uint32_t under = weak || (last && concept == UINT32_MAX && sr_span_empty(q->of_span)) ? concept_below(e, p, i, q->span.start) : UINT32_MAX;
		if (concept != UINT32_MAX || under != UINT32_MAX || last)
			return under != UINT32_MAX ? under : concept;
		i = s->first_token + (size_t)r->tokens[i].head;
	}
	return UINT32_MAX;
}

static uint32_t concept_of(const sr_evidence *e, const sr_proof *p, const sr_quantity *q)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	bool parsed = s->token_count && r->tokens[s->first_token].head != -2;
	uint32_t counted = counted_concept(e, p, q);
	return counted != UINT32_MAX ? counted : parsed ? governing_concept(e, p, q) : nearest_concept(e, p, q->span);
}

/* "Took part in the 2018 attacks that killed 164", by a page that dates nothing else: the year of what is counted, if it is long over. */
static sr_time year_beside(const sr_reading *r, const sr_proof *p, const sr_quantity *q)
{
	sr_time best = SR_TIME_NONE;
	for (size_t i = sr_reading_time_from(r, p->claim.span.start); i < r->time_count && r->times[i].span.start < q->span.start; i++) {
		const sr_timex *t = &r->times[i];
		bool one = t->type == SR_TIMEX_DATE && sr_time_known(t->begin) && sr_time_known(t->end) && t->begin.year == t->end.year;
		if (one && sr_span_has(p->claim.span, t->span))
			best = sr_time_known(p->claim.said) && t->begin.year < p->claim.said.year ? sr_time_truncate(t->begin, SR_PRECISION_YEAR) : SR_TIME_NONE;
	}
	return best;
}

/* The day for which a number stands: the one that its statement names, or else that of the saying; "last week" is no day. What
 * happened in another year keeps that. */
static sr_time as_of(const sr_reading *r, const sr_proof *p, const sr_quantity *q)
{
	sr_time before = p->claim.when_stated ? SR_TIME_NONE : year_beside(r, p, q);
	if (sr_time_known(before))
		return before;
	sr_time from = p->claim.when, to = sr_time_truncate(p->claim.until, SR_PRECISION_DAY);
	bool day = p->claim.when_stated && !p->open_ended && from.precision >= SR_PRECISION_DAY;
	bool one = !sr_time_known(to) || sr_time_cmp(to, sr_time_truncate(from, SR_PRECISION_DAY)) == 0;
	if (p->open_ended && !sr_time_known(from) && sr_time_known(to)) /* "by Friday night" */
		return to;
	bool long_ago = p->claim.when_stated && !p->open_ended && sr_time_known(from) && sr_time_known(p->claim.said) && from.year != p->claim.said.year;
	return (day && one) || long_ago ? from : p->claim.said;
}

static sr_status gather(const sr_evidence *e, measures *out)
{
	for (size_t i = 0; i < e->proof_count; i++) {
		const sr_proof *p = &e->proofs[i];
		const sr_reading *r = e->readings[p->claim.doc];
		if (p->caption || p->heading)
			continue;
		for (size_t k = 0; k < r->quantity_count; k++) {
			const sr_quantity *q = &r->quantities[k];
			if (!sr_span_has(p->claim.span, q->span) || is_year_or_clock(q) || is_of_name(r->doc->text, q))
				continue;
			sr_measure *m = SR_PUSH(e->arena, out);
			sr_term_at *items;
			size_t count;
			if (!m)
				return SR_E_NOMEM;
			*m = (sr_measure){ .proof = (uint32_t)i, .quantity = q, .concept = concept_of(e, p, q),
				            .as_of = as_of(r, p, q) };
			if (!sr_span_empty(q->of_span)) {
				SR_TRY(sr_terms_read(e->terms, r, q->of_span, &items, &count));
				SR_TRY(sr_terms_set(e->terms, items, count, &m->of));
			}
		}
	}
	return SR_OK;
}

sr_status evidence_measure(sr_evidence *e)
{
	measures m = { 0 };
	SR_TRY(gather(e, &m));
	e->measures = m.items;
	e->measure_count = m.count;
	return SR_OK;
}

/* "26", "26 people", "26 dead" of those who died: the same count. */
bool sr_measure_of_people(const sr_evidence *e, const sr_measure *m)
{
	static const char *const words[] = { "peopl", "person", "resid", "civilian", "victim", "toll", "talli", "count", "number", "total" };
	for (size_t i = 0; i < m->of.count; i++) {
		bool known = m->of.ids[i] == m->concept;
		for (size_t k = 0; k < sizeof words / sizeof *words && !known; k++)
			known = sr_str_eq(sr_terms_name(e->terms, m->of.ids[i]), sr_str_c(words[k]));
		if (!known)
			return false;
	}
	return !m->quantity->unit.len;
}

bool sr_measure_same(const sr_evidence *e, const sr_measure *a, const sr_measure *b)
{
	if (!sr_str_eq(a->quantity->unit, b->quantity->unit) || a->concept == UINT32_MAX || a->concept != b->concept)
		return false;
	if (sr_measure_of_people(e, a) && sr_measure_of_people(e, b))
		return true;
	if (a->of.count && b->of.count)
		return sr_terms_shared(e->terms, a->of, b->of) > 0;
	return sr_terms_shared(e->terms, e->proofs[a->proof].content, e->proofs[b->proof].content) > 0;
}

bool sr_measure_exact(const sr_evidence *e, const sr_measure *m)
{
	static const sr_str added[] = { SR_STR_INIT(" more "), SR_STR_INIT(" other "), SR_STR_INIT(" further "), SR_STR_INIT(" additional "), SR_STR_INIT("another ") };
	const sr_quantity *q = m->quantity;
	sr_str words = sr_span_of(e->docs[e->proofs[m->proof].claim.doc]->text, q->span);
	sr_str text = e->docs[e->proofs[m->proof].claim.doc]->text, after = sr_str_slice(text, q->span.end, text.len);
	if (sr_str_starts_nocase(after, SR_STR(" of the ")) || sr_str_starts_nocase(after, SR_STR(" of them")) || sr_str_starts_nocase(after, SR_STR(" of those ")))
		return q->unit.len > 0;
	sr_str before = sr_str_slice(text, 0, q->span.start);
	for (size_t i = 0; i < sizeof added / sizeof *added; i++)
		if (sr_str_starts_nocase(after, added[i]) || sr_str_ends_nocase(before, added[i]))
			return false;
	for (size_t i = 0; i < words.len; i++)
		if (sr_is_digit((unsigned char)words.ptr[i]))
			return true;
	return q->low == q->high;
}
