/* Choosing among candidates. One group is one name of the story; each candidate has a fixed part
 * (what the place is, what stands beside the name) and a part that depends on what the other groups
 * have chosen (countries, nearness). Groups choose in turn, a few rounds, most certain first by
 * their order in the text: iterated conditional modes (Besag 1986). */
#include "internal.h"

#include "sitrep/base/map.h"

#include <math.h>
#include <string.h>

/* The weights, in units of one power of ten in population. */
#define W_COUNTRY 2.0       /* a country rather than a region or town of that name */
#define W_REGION (-0.8)     /* a town is usually meant before its region */
#define W_CAPITAL 1.0
#define W_SEAT 0.3
#define W_KIND_ASKED 3.0    /* "Hama province" */
#define W_AREA 5.0          /* "…, Texas" */
#define W_NOT_AREA (-3.0)
#define W_LOOSE (-0.7)      /* found by the transliteration rules only */
#define W_STORY 2.2         /* lies in the country that the story speaks of most */
#define W_STORY_REGION 0.6  /* and in one of its regions that the story names */
#define W_NEAR 1.6          /* beside other places of the story */
#define NEAR_KM 150.0
#define ACCEPT 4.2          /* a place of some 15,000 alone, or a village that the story bears out */
#define ACCEPT_LOOSE 4.6
#define ROUNDS 4
#define GROUPS_MAX 2000u    /* names of one story; later ones stay unresolved */
#define OTHERS_MAX 60       /* places that nearness is measured to */

typedef struct group {
	sr_str form;
	int kind;          /* asked for by a word with it, or -1 */
	gaz_found found;
	gaz_found around;
	size_t mentions;
	int choice;        /* into found, or -1 */
} group;

typedef struct story {
	const sr_gazetteer *g;
	sr_arena *arena;
	SR_VEC(group) groups;
	sr_strmap by_form; /* form to group + 1 */
	double *countries; /* weight of each country in this round */
} story;

static const gaz_place *place_of(const story *s, const gaz_candidate *c) { return &s->g->places[c->place]; }

/* A country of a candidate, as an index into the table of two letters. */
static size_t country_index(const gaz_place *p)
{
	unsigned a = (unsigned char)p->country[0] - 'A', b = (unsigned char)p->country[1] - 'A';
	return a < 26 && b < 26 ? a * 26 + b : 26 * 26;
}

static bool find_candidates(story *s, group *gr, int asked)
{
	sr_buf loose;
	if (!gaz_find(s->g, gr->form, false, s->arena, &gr->found))
		return false;
	if (gr->found.count == 0) {
		sr_str plain = gaz_plain_name(gr->form, &gr->kind);
		if (plain.len < gr->form.len && plain.len && !gaz_find(s->g, plain, false, s->arena, &gr->found))
			return false;
		gr->form = plain.len ? plain : gr->form;
	}
	if (gr->kind < 0)
		gr->kind = asked;
	/* "Nizhny Novgorod" is a region by that spelling and a city by another */
	for (size_t i = 0; i < gr->found.count; i++)
		if (place_of(s, &gr->found.items[i])->kind != GAZ_REGION)
			return true;
	if (gr->form.len < 5)
		return true;
	sr_buf_init(&loose, 4096);
	gaz_loosen(&loose, gr->form);
	bool ok = gaz_find(s->g, sr_buf_str(&loose), true, s->arena, &gr->found);
	sr_buf_deinit(&loose);
	return ok;
}

/* True if the place lies in one of the areas. */
static bool lies_in(const story *s, const gaz_place *p, const gaz_found *areas)
{
	for (size_t i = 0; i < areas->count; i++) {
		const gaz_place *a = place_of(s, &areas->items[i]);
		if (memcmp(a->country, p->country, 2) != 0)
			continue;
		if (a->kind == GAZ_COUNTRY || (p->region && areas->items[i].place == s->g->header->country_count + p->region - 1u))
			return true;
	}
	return false;
}

static double fixed_score(const story *s, const group *gr, const gaz_candidate *c)
{
	const gaz_place *p = place_of(s, c);
	double score = log10(p->population + 200.0);
	if (p->kind == GAZ_COUNTRY)
		score += W_COUNTRY;
	else if (p->kind == GAZ_REGION)
		score += W_REGION;
	if (p->flags & GAZ_CAPITAL)
		score += W_CAPITAL;
	else if (p->flags & GAZ_SEAT)
		score += W_SEAT;
	if (gr->kind >= 0)
		score += p->kind == gr->kind ? W_KIND_ASKED : 0;
	if (gr->around.count && p->kind != GAZ_COUNTRY)
		score += lies_in(s, p, &gr->around) ? W_AREA : W_NOT_AREA;
	return score + (c->loose ? W_LOOSE : 0);
}

/* The group's index, or SIZE_MAX: there are too many. False if out of memory. */
static bool group_of(story *s, sr_str form, int kind, size_t *index)
{
	/* "Hama" and "Hama province" may be two places of one story */
	sr_str key = sr_str_printf(s->arena, "%d %.*s", kind, SR_FMT(form));
	int64_t *known = key.ptr ? sr_strmap_get(&s->by_form, key) : NULL;
	*index = known ? (size_t)*known : SIZE_MAX;
	if (!key.ptr)
		return false;
	if (known || s->groups.count >= GROUPS_MAX)
		return true;
	int64_t *slot = sr_strmap_put(&s->by_form, key);
	group *gr = SR_PUSH(s->arena, &s->groups);
	if (!slot || !gr)
		return false;
	*gr = (group){ .form = form, .kind = -1, .choice = -1 };
	*index = s->groups.count - 1;
	*slot = (int64_t)*index;
	return find_candidates(s, gr, kind);
}

static double km(const gaz_place *a, const gaz_place *b)
{
	const double rad = 3.14159265358979 / 180 / 1e5;
	double y = (a->lat - b->lat) * rad, x = (a->lon - b->lon) * rad * cos((a->lat + b->lat) / 2.0 * rad);
	return 6371 * sqrt(x * x + y * y);
}

/* How near a place is to what the other groups have chosen: the mean of the three nearest. */
static double nearness(const story *s, size_t self, const gaz_place *p)
{
	double best[3] = { 0 };
	size_t seen = 0;
	for (size_t i = 0; i < s->groups.count && seen < OTHERS_MAX; i++) {
		const group *o = &s->groups.items[i];
		if (i == self || o->choice < 0)
			continue;
		const gaz_place *q = place_of(s, &o->found.items[o->choice]);
		if (q->kind == GAZ_COUNTRY || q == p)
			continue;
		seen++;
		double near = exp(-km(p, q) / NEAR_KM);
		for (int k = 0; k < 3; k++)
			if (near > best[k]) {
				double t = best[k];
				best[k] = near;
				near = t;
			}
	}
	return seen ? (best[0] + best[1] + best[2]) / (seen < 3 ? (double)seen : 3.0) : 0;
}

/* What the other groups say of each country; words beside a name count as said. */
static void weigh_countries(story *s, size_t self, double *max)
{
	memset(s->countries, 0, (26 * 26 + 1) * sizeof *s->countries);
	*max = 0;
	for (size_t i = 0; i < s->groups.count; i++) {
		const group *gr = &s->groups.items[i];
		if (i == self)
			continue;
		for (size_t k = 0; k < gr->around.count; k++)
			s->countries[country_index(place_of(s, &gr->around.items[k]))] += 0.5;
		if (gr->choice < 0)
			continue;
		const gaz_place *p = place_of(s, &gr->found.items[gr->choice]);
		/* a name that could be one thing only is worth more than a guess */
		double w = p->kind == GAZ_COUNTRY ? 2 : gr->found.count == 1 ? 1 : 0.6;
		s->countries[country_index(p)] += w * (1 + log((double)gr->mentions));
	}
	for (size_t i = 0; i < 26 * 26; i++)
		*max = s->countries[i] > *max ? s->countries[i] : *max;
}

/* True if a region is named in the story. */
static bool region_is_named(const story *s, const gaz_place *p)
{
	for (size_t i = 0; p->region && i < s->groups.count; i++) {
		const group *gr = &s->groups.items[i];
		if (gr->choice >= 0 && gr->found.items[gr->choice].place == s->g->header->country_count + p->region - 1u)
			return true;
	}
	return false;
}

static void choose(story *s, size_t self)
{
	group *gr = &s->groups.items[self];
	double max, best = 0;
	int choice = -1;
	weigh_countries(s, self, &max);
	for (size_t i = 0; i < gr->found.count; i++) {
		const gaz_candidate *c = &gr->found.items[i];
		const gaz_place *p = place_of(s, c);
		double score = c->fixed;
		if (max > 0)
			score += W_STORY * s->countries[country_index(p)] / max;
		if (p->kind != GAZ_COUNTRY && score > best - W_NEAR - W_STORY_REGION)
			score += W_NEAR * nearness(s, self, p) + (region_is_named(s, p) ? W_STORY_REGION : 0);
		if (score >= (c->loose ? ACCEPT_LOOSE : ACCEPT) && score > best) {
			best = score;
			choice = (int)i;
		}
	}
	gr->choice = choice;
}

static void fill(const story *s, const group *gr, const gaz_context *context, sr_resolved_place *out)
{
	static const sr_place_kind kinds[] = { [GAZ_COUNTRY] = SR_PLACE_COUNTRY, [GAZ_REGION] = SR_PLACE_REGION, [GAZ_CITY] = SR_PLACE_CITY };
	const gaz_candidate *c = &gr->found.items[gr->choice];
	const gaz_place *p = place_of(s, c);
	*out = (sr_resolved_place){ .kind = p->kind <= GAZ_CITY ? kinds[p->kind] : SR_PLACE_NONE, .demonym = c->demonym,
		                        .name = gaz_name(s->g, p), .region = gaz_region_name(s->g, p),
		                        .country = { p->country[0], p->country[1], 0 }, .lat = p->lat / 1e5, .lon = p->lon / 1e5,
		                        .population = p->population, .id = c->place };
	bool can_govern = p->kind == GAZ_COUNTRY || p->flags & GAZ_CAPITAL;
	out->government = can_govern && !c->demonym && context->government;
}

/* Puts the mention into its group; *index as group_of. False if out of memory. */
static bool add_mention(story *s, const sr_place_mention *m, gaz_context *context, size_t *index)
{
	*index = SIZE_MAX;
	if (m->type == SR_ENTITY_PER || m->type == SR_ENTITY_ORG)
		return true;
	if (!gaz_read_context(s->g, m, s->arena, context))
		return false;
	sr_str form = gaz_fold_dup(s->arena, m->name);
	if (context->person || context->other || !form.len)
		return true;
	if (!group_of(s, form, context->kind, index))
		return false;
	if (*index == SIZE_MAX)
		return true;
	group *gr = &s->groups.items[*index];
	gr->mentions++;
	if (gr->around.count == 0)
		gr->around = context->around;
	return true;
}

sr_status sr_gazetteer_resolve(const sr_gazetteer *g, const sr_place_mention *mentions, size_t count, sr_arena *arena,
                               sr_resolved_place *out, sr_error *err)
{
	story s = { .g = g, .arena = arena };
	gaz_context *contexts = SR_NEW_ARRAY(arena, gaz_context, count + 1);
	size_t *group_index = SR_NEW_ARRAY(arena, size_t, count + 1);
	s.countries = SR_NEW_ARRAY(arena, double, 26 * 26 + 1);
	sr_strmap_init(&s.by_form, arena);
	if (!contexts || !group_index || !s.countries)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < count; i++) {
		out[i] = (sr_resolved_place){ 0 };
		if (!add_mention(&s, &mentions[i], &contexts[i], &group_index[i]))
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	for (size_t i = 0; i < s.groups.count; i++)
		for (size_t k = 0; k < s.groups.items[i].found.count; k++)
			s.groups.items[i].found.items[k].fixed = fixed_score(&s, &s.groups.items[i], &s.groups.items[i].found.items[k]);
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < s.groups.count; i++)
			choose(&s, i);
	for (size_t i = 0; i < count; i++)
		if (group_index[i] != SIZE_MAX && s.groups.items[group_index[i]].choice >= 0)
			fill(&s, &s.groups.items[group_index[i]], &contexts[i], &out[i]);
	return SR_OK;
}
