/* Names of one document agree: a name tagged differently in places takes the type that most of its mentions have, a family name
 * alone the type of the full name, a mention the model passed over is found by those it saw, and a storm is no person. Names of one
 * thing are tied together. */
#include "reader.h"

#include "sitrep/lang.h"

#include <string.h>

#define TYPES 4u
/* Mentions of one type that make a name known well enough to be found elsewhere. */
#define KNOWN_MENTIONS 2u

/* Mentions of each type, 16 bits each, in one map value. */
static unsigned votes(int64_t tally, unsigned type) { return (unsigned)((uint64_t)tally >> (16 * type)) & 0xFFFFu; }

static unsigned winner(int64_t tally, unsigned otherwise)
{
	unsigned best = otherwise;
	for (unsigned t = 0; t < TYPES; t++)
		if (votes(tally, t) > votes(tally, best))
			best = t;
	return best;
}

static bool vote(sr_strmap *map, sr_str name, unsigned type)
{
	int64_t *at = sr_strmap_put(map, name);
	if (at && votes(*at, type) < 0xFFFFu)
		*at = (int64_t)((uint64_t)*at + (1ull << (16 * type)));
	return at != NULL;
}

#define INSIDE_VOTES 3 /* of a place that something is in: nobody is in a person */

static bool stands_behind_in(sr_str text, sr_span s) { return s.start >= 4 && sr_str_ends_nocase(sr_str_slice(text, s.start - 4, s.start), SR_STR(" in ")); }

/* Every name as a whole; family names once for each full name of a person. */
static bool count_votes(sr_strmap *map, sr_str text, const sr_entity *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sr_str last = sr_str_last_word(list[i].name);
		int votes_of = list[i].type == SR_ENTITY_LOC && stands_behind_in(text, list[i].span) ? INSIDE_VOTES : 1;
		for (int k = 0; k < votes_of; k++)
			if (!vote(map, list[i].name, list[i].type))
				return false;
		if (list[i].type == SR_ENTITY_PER && last.len > 2 && last.len < list[i].name.len && !vote(map, last, SR_ENTITY_PER))
			return false;
	}
	return true;
}

static bool proper(const plan *p, size_t i)
{
	return i < p->words.count && p->verdicts[i].upos == SR_UPOS_PROPN && (p->words.items[i].shape == 2 || p->words.items[i].shape == 3);
}

/* Entities of single proper nouns that stand alone, carry no tag, and are known names here. */
static sr_status find_missed(const plan *p, const sr_strmap *map, sr_arena *arena, const sr_entity *list, size_t n, sr_entity **out, size_t *count)
{
	SR_VEC(sr_entity) all = { 0 };
	size_t e = 0;
	for (size_t i = 0; i < p->words.count; i++) {
		sr_span span = p->words.items[i].span;
		for (; e < n && list[e].span.start <= span.start; e++) {
			sr_entity *copy = SR_PUSH(arena, &all);
			if (!copy)
				return SR_E_NOMEM;
			*copy = list[e];
		}
		if (p->verdicts[i].name || !proper(p, i) || (i > 0 && proper(p, i - 1)) || proper(p, i + 1))
			continue;
		const int64_t *tally = sr_strmap_get(map, sr_span_of(p->text, span));
		unsigned type = tally ? winner(*tally, SR_ENTITY_MISC) : SR_ENTITY_MISC;
		if (!tally || votes(*tally, type) < KNOWN_MENTIONS)
			continue;
		sr_entity *found = SR_PUSH(arena, &all);
		if (!found)
			return SR_E_NOMEM;
		*found = (sr_entity){ .span = span, .type = (sr_entity_type)type, .name = sr_span_of(p->text, span) };
	}
	*out = all.items;
	*count = all.count;
	return SR_OK;
}

static bool is_storm(sr_str before)
{
	static const sr_str storms[] = { SR_STR_INIT("Hurricane"), SR_STR_INIT("Typhoon"), SR_STR_INIT("Cyclone"), SR_STR_INIT("Storm") };
	for (size_t i = 0; i < sizeof storms / sizeof *storms; i++)
		if (sr_str_eq(before, storms[i]))
			return true;
	return false;
}

/* "Hurricane Rita": no person, wherever the name stands alone. */
static bool settle_storms(const plan *p, sr_entity *list, size_t n)
{
	sr_strmap named;
	sr_strmap_init(&named, p->scratch);
	for (size_t i = 1; i < p->words.count; i++)
		if (proper(p, i) && is_storm(sr_span_of(p->text, p->words.items[i - 1].span)) &&
		    !sr_strmap_put(&named, sr_span_of(p->text, p->words.items[i].span)))
			return false;
	for (size_t i = 0; i < n && named.count; i++)
		if (sr_strmap_get(&named, list[i].name))
			list[i].type = SR_ENTITY_MISC;
	return true;
}

typedef SR_VEC(sr_name) name_vec;

/* Every name of the type once; at[i]: which of them entity i has, plus one. */
static sr_status gather_names(const sr_entity *list, size_t n, unsigned type, sr_arena *scratch, name_vec *names, uint32_t *at)
{
	sr_strmap map;
	sr_strmap_init(&map, scratch);
	for (size_t i = 0; i < n; i++) {
		if (list[i].type != type)
			continue;
		int64_t *slot = sr_strmap_put(&map, list[i].name);
		sr_name *added = slot && !*slot ? SR_PUSH(scratch, names) : NULL;
		if (!slot || (!*slot && !added))
			return SR_E_NOMEM;
		if (added) {
			*added = (sr_name){ .name = list[i].name, .person = type == SR_ENTITY_PER };
			*slot = (int64_t)names->count;
		}
		at[i] = (uint32_t)*slot;
	}
	return SR_OK;
}

/* Mentions of one thing get one number, from *ids on, and the fullest of its names. */
static sr_status tie_names(sr_entity *list, size_t n, unsigned type, sr_arena *scratch, uint32_t *ids)
{
	name_vec names = { 0 };
	uint32_t *at = SR_NEW_ARRAY(scratch, uint32_t, n + 1);
	SR_TRY(at ? gather_names(list, n, type, scratch, &names, at) : SR_E_NOMEM);
	uint32_t *to = SR_NEW_ARRAY(scratch, uint32_t, names.count + 1), *fullest = SR_NEW_ARRAY(scratch, uint32_t, names.count + 1);
	if (!to || !fullest)
		return SR_E_NOMEM;
	for (uint32_t i = 0; i < names.count; i++)
		to[i] = fullest[i] = i;
	if (type == SR_ENTITY_PER || type == SR_ENTITY_ORG) /* "York" is not New York */
		SR_TRY(sr_names_tie(scratch, names.items, names.count, to));
	for (uint32_t i = 0; i < names.count; i++)
		if (names.items[i].name.len > names.items[fullest[to[i]]].name.len)
			fullest[to[i]] = i;
	for (size_t i = 0; i < n; i++)
		if (at[i]) {
			list[i].name = names.items[fullest[to[at[i] - 1]]].name;
			list[i].name_id = *ids + to[at[i] - 1] + 1;
		}
	*ids += (uint32_t)names.count;
	return SR_OK;
}

sr_status tag_settle_names(const plan *p, sr_arena *arena, sr_entity **list, size_t *count)
{
	sr_strmap map;
	sr_strmap_init(&map, p->scratch);
	if (!count_votes(&map, p->text, *list, *count))
		return SR_E_NOMEM;
	for (size_t i = 0; i < *count; i++) {
		sr_entity *e = &(*list)[i];
		const int64_t *tally = sr_strmap_get(&map, e->name);
		unsigned best = winner(*tally, e->type), total = 0;
		for (unsigned t = 0; t < TYPES; t++)
			total += votes(*tally, t);
		if (3 * votes(*tally, best) >= 2 * total)
			e->type = (sr_entity_type)best;
	}
	SR_TRY(find_missed(p, &map, arena, *list, *count, list, count));
	if (!settle_storms(p, *list, *count))
		return SR_E_NOMEM;
	uint32_t ids = 0;
	for (unsigned type = 0; type < TYPES; type++)
		SR_TRY(tie_names(*list, *count, type, p->scratch, &ids));
	return SR_OK;
}
