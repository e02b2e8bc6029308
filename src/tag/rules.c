#include "internal.h"
#include "sitrep/base/data.h"

static sr_status put(sr_strmap *map, sr_str key, int64_t value)
{
	int64_t *at = sr_strmap_put(map, key);
	if (!at)
		return SR_E_NOMEM;
	*at = value;
	return SR_OK;
}

static sr_status load_abbreviations(rules *r)
{
	sr_str rest = sr_data("abbreviations.tsv"), f[2];
	for (size_t n; (n = sr_tsv_next(&rest, f, 2));)
		if (n == 2)
			SR_TRY(put(&r->abbreviations, f[0],
			           sr_str_eq(f[1], SR_STR("title"))    ? ABBR_TITLE
			           : sr_str_eq(f[1], SR_STR("number")) ? ABBR_NUMBER
			                                               : ABBR_PLAIN));
	return SR_OK;
}

sr_status tag_rules_load(rules *r, sr_arena *arena)
{
	struct {
		const char *kind;
		sr_strmap *map;
	} kinds[] = { { "contraction", &r->contractions }, { "prefix", &r->prefixes }, { "unit", &r->units }, { "face", &r->faces },
	            { "region", &r->regions }, { "compass", &r->compass },
	            { "post", &r->posts }, { "opener", &r->openers },
	            { "ground", &r->grounds }, { "street", &r->streets }, { "company", &r->companies } };
	sr_strmap_init(&r->abbreviations, arena);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		sr_strmap_init(kinds[k].map, arena);
	SR_TRY(load_abbreviations(r));
	sr_str rest = sr_data("words.tsv"), f[3];
	for (size_t n; (n = sr_tsv_next(&rest, f, 3));)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (sr_str_eq(f[0], sr_str_c(kinds[k].kind)))
				SR_TRY(put(kinds[k].map, f[1], n > 2 && f[2].len == 1 ? f[2].ptr[0] - '0' : 1));
	return SR_OK;
}
