#include "sitrep/gazetteer.h"

#include "internal.h"
#include "sitrep/base/file.h"

#include <stdlib.h>
#include <string.h>

static sr_status check(sr_gazetteer *g, sr_error *err)
{
	sr_str d = g->mapping.data;
	if (!d.ptr || d.len < sizeof(gaz_header) || memcmp(d.ptr, GAZ_MAGIC, sizeof GAZ_MAGIC) != 0)
		return sr_fail(err, SR_E_CORRUPT, "not a gazetteer of this version");
	const gaz_header *h = (const gaz_header *)(const void *)d.ptr;
	uint64_t places = h->place_count, keys = h->key_count, names = h->name_bytes;
	uint64_t size = sizeof *h + places * sizeof(gaz_place) + keys * sizeof(gaz_key) + names;
	if (h->endian != GAZ_ENDIAN || h->file_size != d.len || size != d.len || !names || places >= 1u << GAZ_PLACE_BITS ||
	    (uint64_t)h->country_count + h->region_count > places)
		return sr_fail(err, SR_E_CORRUPT, "the gazetteer is damaged: its parts do not add up");
	if (h->checksum != sr_mapping_checksum(&g->mapping, sizeof *h))
		return sr_fail(err, SR_E_CORRUPT, "the gazetteer is damaged: wrong checksum");
	g->header = h;
	g->places = (const gaz_place *)(const void *)(d.ptr + sizeof *h);
	g->keys = (const gaz_key *)(const void *)(g->places + places);
	g->names = (const char *)(g->keys + keys);
	/* names are read up to their NUL */
	return g->names[names - 1] == 0 ? SR_OK : sr_fail(err, SR_E_CORRUPT, "the gazetteer is damaged: its names do not end");
}

/* What is wrong is told of the file by its path. */
static sr_status open_file(sr_gazetteer *g, const char *path, sr_error *err)
{
	sr_status status = sr_mapping_open(&g->mapping, path, err);
	if (status == SR_OK && (status = check(g, err)) != SR_OK)
		sr_mapping_close(&g->mapping);
	if (status != SR_OK)
		sr_error_prefix(err, "%s", path);
	return status;
}

sr_status sr_gazetteer_open(const char *path, sr_gazetteer **out, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_gazetteer *g = calloc(1, sizeof *g);
	sr_str found = path ? sr_str_c(path) : (sr_str){ 0 };
	sr_status status = arena && g ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
	*out = NULL;
	if (status == SR_OK && !path)
		status = sr_share_path("gazetteer.bin", arena, &found, err);
	if (status == SR_OK && g)
		status = open_file(g, found.ptr, err);
	sr_arena_free(arena);
	if (status != SR_OK)
		free(g);
	else
		*out = g;
	return status;
}

void sr_gazetteer_free(sr_gazetteer *g)
{
	if (!g)
		return;
	sr_mapping_close(&g->mapping);
	free(g);
}

size_t sr_gazetteer_places(const sr_gazetteer *g) { return g->header->place_count; }

sr_str gaz_name(const sr_gazetteer *g, const gaz_place *p)
{
	return p->name < g->header->name_bytes ? sr_str_c(g->names + p->name) : (sr_str){ 0 };
}

sr_str gaz_region_name(const sr_gazetteer *g, const gaz_place *p)
{
	uint64_t at = (uint64_t)g->header->country_count + p->region - 1;
	return p->region && at < g->header->place_count ? gaz_name(g, &g->places[at]) : (sr_str){ 0 };
}

/* The first key of that hash or above. */
static size_t lower_bound(const sr_gazetteer *g, uint32_t hash)
{
	size_t low = 0, high = g->header->key_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (g->keys[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool gaz_find(const sr_gazetteer *g, sr_str form, bool loose, sr_arena *arena, gaz_found *out)
{
	gaz_key key = gaz_key_of(form, loose);
	for (size_t i = lower_bound(g, key.hash); i < g->header->key_count && g->keys[i].hash == key.hash; i++) {
		uint32_t place = gaz_target_place(g->keys[i].target);
		if (gaz_check(g->keys[i].target) != key.target || place >= g->header->place_count || out->count >= GAZ_CANDIDATES_MAX)
			continue;
		gaz_candidate *slot = SR_PUSH(arena, out);
		if (!slot)
			return false;
		*slot = (gaz_candidate){ .place = place, .demonym = (g->keys[i].target & GAZ_DEMONYM) != 0, .loose = loose };
	}
	return true;
}
