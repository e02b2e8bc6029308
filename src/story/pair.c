/* What two documents have in common. */
#include "internal.h"

#include <math.h>

static float ratio(float part, float whole) { return whole > 0 ? part / whole : 0; }

typedef struct sums {
	float dot[TERM_CLASSES], lead[TERM_CLASSES];
	float kept_a[TERM_CLASSES], kept_b[TERM_CLASSES]; /* weight of each lead's terms that the other has */
	float title_a[TERM_CLASSES], title_b[TERM_CLASSES], titles;
	uint32_t rare[TERM_CLASSES];
} sums;

static void add_common(const vocabulary *v, const profile *a, const profile *b, uint32_t rare, sums *s)
{
	uint32_t i = 0, k = 0;
	while (i < a->count && k < b->count) {
		const term *x = &a->terms[i], *y = &b->terms[k];
		if (x->id != y->id) {
			i += x->id < y->id;
			k += x->id > y->id;
			continue;
		}
		const struct vocabulary_term *t = &v->terms.items[x->id];
		s->dot[t->kind] += x->weight * y->weight;
		s->lead[t->kind] += x->lead * y->lead;
		s->kept_a[t->kind] += x->lead;
		s->kept_b[t->kind] += y->lead;
		s->title_a[t->kind] += x->title;
		s->title_b[t->kind] += y->title;
		s->titles += t->kind == TERM_WORD ? x->title * y->title : 0;
		s->rare[t->kind] += t->df <= rare;
		i++;
		k++;
	}
}

void pair_read(const vocabulary *v, const profile *a, const profile *b, uint32_t rare, float out[PAIR_FEATURES])
{
	sums s = { 0 };
	add_common(v, a, b, rare, &s);
	for (int k = 0; k < TERM_CLASSES; k++) {
		out[PAIR_WORDS + k] = ratio(s.dot[k], a->norm[k] * b->norm[k]);
		if (k < TERM_NUMBER)
			out[PAIR_LEAD_WORDS + k] = ratio(s.lead[k], a->lead_norm[k] * b->lead_norm[k]);
	}
	float names_a = ratio(s.kept_a[TERM_NAME], a->lead_mass[TERM_NAME]), names_b = ratio(s.kept_b[TERM_NAME], b->lead_mass[TERM_NAME]);
	float pairs_a = ratio(s.kept_a[TERM_PAIR], a->lead_mass[TERM_PAIR]), pairs_b = ratio(s.kept_b[TERM_PAIR], b->lead_mass[TERM_PAIR]);
	float words_a = ratio(s.kept_a[TERM_WORD], a->lead_mass[TERM_WORD]), words_b = ratio(s.kept_b[TERM_WORD], b->lead_mass[TERM_WORD]);
	out[PAIR_KEPT_NAMES] = fminf(names_a, names_b);
	out[PAIR_KEPT_MOST] = fmaxf(names_a, names_b);
	out[PAIR_KEPT_PAIRS] = fmaxf(pairs_a, pairs_b);
	out[PAIR_KEPT_WORDS] = fminf(words_a, words_b);
	out[PAIR_RARE_NAMES] = logf(1 + (float)s.rare[TERM_NAME]);
	out[PAIR_RARE_PAIRS] = logf(1 + (float)s.rare[TERM_PAIR]);
	out[PAIR_RARE_WORDS] = logf(1 + (float)s.rare[TERM_WORD]);
	out[PAIR_RARE_NUMBERS] = logf(1 + (float)s.rare[TERM_NUMBER]);
	float title_a = ratio(s.title_a[TERM_WORD], a->title_mass[TERM_WORD]), title_b = ratio(s.title_b[TERM_WORD], b->title_mass[TERM_WORD]);
	out[PAIR_TITLES] = ratio(s.titles, a->title_norm * b->title_norm);
	out[PAIR_TITLE_KEPT] = fminf(title_a, title_b);
	out[PAIR_TITLE_MOST] = fmaxf(title_a, title_b);
	out[PAIR_TITLE_NAMES] = fmaxf(ratio(s.title_a[TERM_NAME], a->title_mass[TERM_NAME]), ratio(s.title_b[TERM_NAME], b->title_mass[TERM_NAME]));
	out[PAIR_TITLE_NUMBERS] = fmaxf(ratio(s.title_a[TERM_NUMBER], a->title_mass[TERM_NUMBER]), ratio(s.title_b[TERM_NUMBER], b->title_mass[TERM_NUMBER]));
	bool dated = a->day != INT32_MIN && b->day != INT32_MIN;
	out[PAIR_DAYS] = dated ? logf(1 + fabsf((float)a->day - (float)b->day)) : 0;
	out[PAIR_UNDATED] = !dated;
	out[PAIR_NEAR] = dated && fabsf((float)a->day - (float)b->day) <= 3;
	out[PAIR_NO_RARE] = !s.rare[TERM_NAME] && !s.rare[TERM_PAIR];
	out[PAIR_ONE] = 1;
}
