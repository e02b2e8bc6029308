/* What two documents have in common. */
#include "internal.h"

#include <math.h>

#define HANDFUL_MIN 3u /* documents, with which a handful begins */
#define HANDFUL 12u

static float ratio(float part, float whole) { return whole > 0 ? part / whole : 0; }

typedef struct sums {
	float dot[TERM_CLASSES], lead[TERM_CLASSES];
	float kept_a[TERM_CLASSES], kept_b[TERM_CLASSES]; /* weight of each lead's terms that the other has */
	float title_a[TERM_CLASSES], title_b[TERM_CLASSES];
	float rarest[TERM_CLASSES], shared[TERM_CLASSES];
} sums;

static void add_common(const profile *a, const profile *b, sums *s)
{
	uint32_t i = 0, k = 0;
	while (i < a->count && k < b->count) {
		const term *x = &a->terms[i], *y = &b->terms[k];
		if (x->hash != y->hash) {
			i += x->hash < y->hash;
			k += x->hash > y->hash;
			continue;
		}
		float of_a = (float)x->rarity / 16, of_b = (float)y->rarity / 16, rare = fminf(of_a, of_b);
		int kind = x->kind;
		s->dot[kind] += x->weight * y->weight;
		s->lead[kind] += x->lead_weight * y->lead_weight;
		s->kept_a[kind] += x->lead_weight;
		s->kept_b[kind] += y->lead_weight;
		s->title_a[kind] += x->title && (y->count > y->title || b->bare) ? of_a : 0;
		s->title_b[kind] += y->title && (x->count > x->title || a->bare) ? of_b : 0;
		s->rarest[kind] = fmaxf(s->rarest[kind], rare);
		s->shared[kind] += x->lead || y->lead ? rare : 0;
		i++;
		k++;
	}
}

typedef struct sides {
	float least, most;
} sides;

static sides both(float part_a, float whole_a, float part_b, float whole_b)
{
	float a = ratio(part_a, whole_a), b = ratio(part_b, whole_b);
	return (sides){ fminf(a, b), fmaxf(a, b) };
}

void pair_read(const profile *a, const profile *b, uint32_t seen, float out[PAIR_FEATURES])
{
	sums s = { 0 };
	add_common(a, b, &s);
	for (int k = 0; k < TERM_DAY; k++) {
		out[PAIR_WORDS + k] = sqrtf(ratio(s.dot[k], a->norm[k] * b->norm[k]));
		out[PAIR_LEAD_WORDS + k] = sqrtf(ratio(s.lead[k], a->lead_norm[k] * b->lead_norm[k]));
	}
	sides kept[TERM_CLASSES], titles[TERM_CLASSES];
	for (int k = 0; k < TERM_CLASSES; k++) {
		kept[k] = both(s.kept_a[k], a->lead_mass[k], s.kept_b[k], b->lead_mass[k]);
		titles[k] = both(s.title_a[k], a->title_mass[k], s.title_b[k], b->title_mass[k]);
	}
	out[PAIR_KEPT_NAMES] = kept[TERM_NAME].least;
	out[PAIR_MOST_NAMES] = kept[TERM_NAME].most;
	out[PAIR_MOST_NUMBERS] = kept[TERM_NUMBER].most;
	out[PAIR_KEPT_WORDS] = kept[TERM_WORD].least;
	out[PAIR_TITLE_KEPT] = titles[TERM_WORD].least;
	out[PAIR_TITLE_MOST] = titles[TERM_WORD].most;
	out[PAIR_TITLE_NAMES] = titles[TERM_NAME].most;
	out[PAIR_RAREST_WORD] = s.rarest[TERM_WORD];
	out[PAIR_RAREST_PAIR] = s.rarest[TERM_PAIR];
	out[PAIR_RAREST_DAY] = s.rarest[TERM_DAY];
	out[PAIR_SHARED_WORDS] = logf(1 + s.shared[TERM_WORD]);
	out[PAIR_SHORTER] = logf(1 + fminf((float)a->count, (float)b->count));
	bool dated = a->day != INT32_MIN && b->day != INT32_MIN;
	out[PAIR_DAYS] = dated ? logf(1 + fabsf((float)a->day - (float)b->day)) : 0;
	out[PAIR_UNDATED] = !dated;
	out[PAIR_FEW] = logf((float)(seen + story_defaults.prior) / (1 + (float)seen));
	out[PAIR_HANDFUL] = seen < HANDFUL_MIN ? 0 : logf((float)(seen + HANDFUL) / (1 + (float)seen)); /* two by themselves say nothing */
	out[PAIR_ONE] = 1;
}
