/* Pairs of claims: which may be held against each other. */
#include "pairs.h"

#include "sitrep/base/unicode.h"

#define FORTNIGHT 14
#define SAME_WORD_MIN 5u

sr_status pairs_add(pairs *p, sr_conflict_kind kind, uint64_t key, sr_stand a, sr_stand b, double strength)
{
	if (p->items.count >= PAIRS_MAX)
		return SR_OK;
	pair *added = SR_PUSH(p->e->arena, &p->items);
	if (!added)
		return SR_E_NOMEM;
	*added = (pair){ .kind = kind, .key = key, .a = a, .b = b, .strength = strength };
	return SR_OK;
}

int32_t pairs_day(sr_time t)
{
	return t.precision >= SR_PRECISION_DAY ? sr_days_from_civil(t.year, t.month, t.day) : INT32_MIN;
}

static sr_str without_the(sr_str s) { return sr_str_starts_nocase(s, SR_STR("the ")) ? sr_str_slice(s, 4, s.len) : s; }

/* One speaker under two names: "Obama" and "Barack Obama", "Donald J. Trump" and "Donald Trump", "the agency" and "the Civil
 * Protection Agency". */
static bool same_name(sr_str a, sr_str b)
{
	a = without_the(a);
	b = without_the(b);
	sr_str longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
	size_t head = longer.len - shorter.len, first = sr_str_find_char(shorter, ' ', 0);
	if (sr_str_eq_nocase(sr_str_slice(longer, head, longer.len), shorter) && (head == 0 || longer.ptr[head - 1] == ' '))
		return true;
	if (first == SIZE_MAX || !sr_str_starts_nocase(longer, sr_str_slice(shorter, 0, first + 1)))
		return false;
	sr_str rest = sr_str_slice(shorter, first, shorter.len);
	return sr_str_eq_nocase(sr_str_slice(longer, longer.len - rest.len, longer.len), rest);
}

bool pairs_same_sentence(const sr_evidence *e, uint32_t a, uint32_t b)
{
	const sr_claim *x = &e->proofs[a].claim, *y = &e->proofs[b].claim;
	return x->doc == y->doc && x->sentence == y->sentence;
}

bool pairs_same_voice(const sr_claim *a, const sr_claim *b)
{
	return same_name(a->speaker, b->speaker) || sr_str_eq_nocase(a->speaker, b->role) || sr_str_eq_nocase(a->role, b->speaker);
}

bool pairs_of_one_time(const sr_proof *a, const sr_proof *b)
{
	int32_t x = pairs_day(a->claim.said), y = pairs_day(b->claim.said);
	return x == INT32_MIN || y == INT32_MIN || (x - y <= FORTNIGHT && y - x <= FORTNIGHT);
}

bool pairs_comparable(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	(void)e;
	if (a == b || a->caption || b->caption || a->heading || b->heading || a->denied || b->denied)
		return false;
	if (a->claim.doc == b->claim.doc && sr_span_overlap(a->claim.span, b->claim.span))
		return false;
	if (a->party && (a->party == b->party || (b->party && pairs_same_voice(&a->claim, &b->claim))))
		return false;
	/* what a page says in its own voice is held against others' pages only, and not two pages against each other */
	if (!sr_proof_attributed(a) || !sr_proof_attributed(b)) {
		if (a->origin == b->origin || sr_proof_attributed(a) == sr_proof_attributed(b))
			return false;
	}
	return pairs_of_one_time(a, b);
}

bool pairs_same_word(const sr_evidence *e, const sr_proof *a, uint32_t token_a, const sr_proof *b, uint32_t token_b)
{
	sr_str x = sr_span_of(e->docs[a->claim.doc]->text, e->readings[a->claim.doc]->tokens[token_a].span);
	sr_str y = sr_span_of(e->docs[b->claim.doc]->text, e->readings[b->claim.doc]->tokens[token_b].span);
	size_t n = x.len < y.len ? x.len : y.len;
	if (n > SAME_WORD_MIN + 1)
		n = SAME_WORD_MIN + 1;
	return n >= 4 && sr_str_eq_nocase(sr_str_slice(x, 0, n), sr_str_slice(y, 0, n));
}

size_t pairs_measure_from(const sr_evidence *e, uint32_t proof)
{
	size_t a = 0, b = e->measure_count;
	while (a < b) {
		size_t mid = (a + b) / 2;
		if (e->measures[mid].proof < proof)
			a = mid + 1;
		else
			b = mid;
	}
	return a;
}

bool pairs_is_strong(const sr_evidence *e, uint32_t term) { return sr_terms_kind(e->terms, term) == SR_TERM_CONCEPT && !sr_terms_is_weak(e->terms, term); }
