/* How sure the encoder must be before its answer counts, by what the two sentences have in common. It was taught on reports of one
 * event, and takes whatever differs for a contradiction; but who adds a word contradicts nobody, and two sentences that share no name
 * and no number need not speak of one thing, unless one takes back what the other says. */
#include "eval.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

#include <math.h>

#define BAR_LOOSE 3.0f /* no name or number in common, and nothing taken back */
#define WORDS_MAX 512u /* of a text that are compared */

enum { NEGATION = 1, LIGHT = 2, SIDE = 4 };

static sr_wordmap table;

static void fill(void)
{
	sr_str rest = sr_data("contrast.tsv"), f[2], word;
	while (sr_tsv_next(&rest, f, 2))
		while (sr_str_next_field(&f[1], ' ', &word))
			sr_wordmap_add(&table, word, sr_str_eq(f[0], SR_STR("negation")) ? NEGATION : sr_str_eq(f[0], SR_STR("side")) ? SIDE : LIGHT);
}

static unsigned class_of(sr_str word)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
	return (unsigned)sr_wordmap_get(&table, word);
}

static size_t length(const sr_reading *r) { return r->token_count < WORDS_MAX ? r->token_count : WORDS_MAX; }

static unsigned class_at(const sr_reading *r, size_t i) { return class_of(r->tokens[i].lemma) | class_of(sr_span_of(r->doc->text, r->tokens[i].span)); }

static bool negates(const sr_reading *r)
{
	for (size_t i = 0; i < length(r); i++)
		if (class_at(r, i) & NEGATION)
			return true;
	return false;
}

/* A word of content; "turn off" and "turn on" have theirs in the particle. */
static bool is_content(const sr_reading *r, size_t i)
{
	const sr_token *t = &r->tokens[i];
	switch ((sr_upos)t->upos) {
	case SR_UPOS_NOUN: case SR_UPOS_PROPN: case SR_UPOS_VERB: case SR_UPOS_ADJ: case SR_UPOS_ADV: return !(class_at(r, i) & (NEGATION | LIGHT));
	case SR_UPOS_NUM: return !(class_at(r, i) & LIGHT);
	default: return t->deprel == SR_DEPREL_compound || (class_at(r, i) & SIDE);
	}
}

static bool holds(const sr_reading *r, sr_str lemma)
{
	for (size_t i = 0; i < length(r); i++)
		if (sr_str_eq_nocase(r->tokens[i].lemma, lemma))
			return true;
	return false;
}

/* Every word of content of a, which has some, stands in b. */
static bool within(const sr_reading *a, const sr_reading *b)
{
	bool any = false;
	for (size_t i = 0; i < length(a); i++) {
		if (!is_content(a, i))
			continue;
		if (!holds(b, a->tokens[i].lemma))
			return false;
		any = true;
	}
	return any;
}

static bool share_anchor(const sr_reading *a, const sr_reading *b)
{
	for (size_t i = 0; i < length(a); i++) {
		const sr_token *t = &a->tokens[i];
		if ((t->upos == SR_UPOS_PROPN || (t->upos == SR_UPOS_NUM && !(class_at(a, i) & LIGHT))) && holds(b, t->lemma))
			return true;
	}
	return false;
}

float eval_contrast_bar(const sr_reading *a, const sr_reading *b)
{
	bool no_a = negates(a), no_b = negates(b), back = no_a != no_b;
	if (back && (no_a ? within(a, b) : within(b, a)))
		return -INFINITY;
	if (!back && (within(a, b) || within(b, a)))
		return INFINITY;
	return back || share_anchor(a, b) ? 0 : BAR_LOOSE;
}
