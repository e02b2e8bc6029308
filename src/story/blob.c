/* Profiles as bytes, little-endian: magic with version, day, three counts; terms, paragraphs, edges; a checksum
 * of all that stands before it. Edges name documents by key. Weights and lists are made again on import. */
#include "internal.h"

#include <string.h>

#define MAGIC 0x31505253u /* "SRP1" */
#define HEAD_BYTES 14u
#define TERM_BYTES 8u
#define EDGE_BYTES 10u
#define TITLE_BIT 0x80u

static void put(sr_buf *out, uint64_t value, unsigned bytes)
{
	char raw[8];
	for (unsigned i = 0; i < bytes; i++)
		raw[i] = (char)(value >> 8 * i & 0xff);
	sr_buf_add(out, sr_str_make(raw, bytes));
}

static uint64_t get(const char **at, unsigned bytes)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < bytes; i++)
		value |= (uint64_t)(unsigned char)(*at)[i] << 8 * i;
	*at += bytes;
	return value;
}

/* Words of eight bytes at a time: a profile is read in a microsecond or two. */
static uint32_t checksum(sr_str bytes)
{
	uint64_t h = bytes.len;
	for (size_t i = 0; i < bytes.len; i += 8) {
		uint64_t word = 0;
		memcpy(&word, bytes.ptr + i, bytes.len - i < 8 ? bytes.len - i : 8);
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 29;
	}
	return (uint32_t)(h ^ h >> 32);
}

sr_status sr_story_stream_export(const sr_story_stream *s, uint64_t doc, sr_buf *out, sr_error *err)
{
	uint32_t number = window_find(s, doc);
	if (number == UINT32_MAX)
		return sr_fail(err, SR_E_NOT_FOUND, "the document has left the window");
	const profile *p = doc_at(s, number);
	size_t start = out->len;
	put(out, MAGIC, 4);
	put(out, (uint32_t)p->day, 4);
	put(out, p->count, 2);
	put(out, p->paragraph_count, 2);
	put(out, p->edge_count, 2);
	for (uint32_t i = 0; i < p->count; i++) {
		const term *t = &p->terms[i];
		put(out, t->hash | (uint64_t)t->count << 32 | (uint64_t)t->lead << 40 | (uint64_t)(t->kind | (t->title ? TITLE_BIT : 0)) << 48 | (uint64_t)t->rarity << 56, TERM_BYTES);
	}
	for (uint32_t i = 0; i < p->paragraph_count; i++)
		put(out, p->paragraphs[i], 4);
	for (uint32_t i = 0; i < p->edge_count; i++) {
		put(out, p->edges[i].key, 8);
		put(out, (uint16_t)p->edges[i].score, 2);
	}
	if (out->len > start)
		put(out, checksum(sr_str_slice(sr_buf_str(out), start, out->len)), 4);
	return sr_buf_status(out);
}

static bool read_terms(profile *p, const char **at)
{
	for (uint32_t i = 0; i < p->count; i++) {
		term *t = &p->terms[i];
		uint64_t word = get(at, TERM_BYTES);
		t->hash = (uint32_t)word;
		t->count = (uint8_t)(word >> 32);
		t->lead = (uint8_t)(word >> 40);
		t->kind = (uint8_t)(word >> 48 & ~TITLE_BIT);
		t->title = word >> 48 & TITLE_BIT;
		t->rarity = (uint8_t)(word >> 56);
		if (t->kind >= TERM_CLASSES || !t->count || !t->rarity || (i && t->hash <= t[-1].hash))
			return false;
	}
	return true;
}

static sr_status read_profile(const sr_story_stream *s, sr_str blob, profile *p)
{
	const char *at = blob.ptr;
	*p = (profile){ 0 };
	if (blob.len < HEAD_BYTES + 4 || get(&at, 4) != MAGIC)
		return SR_E_CORRUPT;
	p->day = (int32_t)get(&at, 4);
	uint32_t terms = (uint32_t)get(&at, 2), paragraphs = (uint32_t)get(&at, 2), edges = (uint32_t)get(&at, 2);
	size_t bytes = HEAD_BYTES + (size_t)terms * TERM_BYTES + (size_t)paragraphs * 4 + (size_t)edges * EDGE_BYTES;
	const char *sum = blob.ptr + bytes;
	if (terms > TERMS_MAX || paragraphs > PARAGRAPHS_MAX || edges > EDGES_MAX || blob.len != bytes + 4 ||
	    get(&sum, 4) != checksum(sr_str_slice(blob, 0, bytes)))
		return SR_E_CORRUPT;
	if (!profile_alloc(p, terms, paragraphs, edges))
		return SR_E_NOMEM;
	if (!read_terms(p, &at)) {
		profile_free(p);
		return SR_E_CORRUPT;
	}
	for (uint32_t i = 0; i < paragraphs; i++)
		p->paragraphs[i] = (uint32_t)get(&at, 4);
	for (uint32_t i = 0; i < edges; i++) {
		uint64_t key = get(&at, 8);
		int16_t score = (int16_t)get(&at, 2);
		p->edges[i] = (edge){ window_find(s, key), key, score };
	}
	p->edge_count = edges;
	return SR_OK;
}

static sr_status check_order(const sr_story_stream *s, uint64_t key, uint64_t story_key, sr_error *err)
{
	if (!key || !story_key || (s->next > s->first && doc_at(s, s->next - 1)->key >= key))
		return sr_fail(err, SR_E_USAGE, "keys of documents must ascend");
	return SR_OK;
}

static sr_status import(sr_story_stream *s, profile *p, uint64_t key, uint64_t story_key, bool held, sr_error *err)
{
	p->key = key;
	p->held = held;
	sr_status status = window_push(s, p, story_key);
	if (status != SR_OK)
		profile_free(p);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}

sr_status sr_story_stream_import(sr_story_stream *s, uint64_t key, uint64_t story_key, bool held, sr_str blob, sr_error *err)
{
	profile p;
	SR_TRY(check_order(s, key, story_key, err));
	sr_status status = read_profile(s, blob, &p);
	if (status != SR_OK)
		return sr_fail(err, status, status == SR_E_NOMEM ? "out of memory" : "the document's profile is damaged or of another version");
	profile_sum(&p);
	return import(s, &p, key, story_key, held, err);
}

sr_status sr_story_stream_import_document(sr_story_stream *s, uint64_t key, uint64_t story_key, bool held, const sr_document *doc, sr_error *err)
{
	profile p;
	SR_TRY(check_order(s, key, story_key, err));
	if (profile_read(s, doc, &p) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	profile_weigh(s, &p);
	near_find(s, &p);
	return import(s, &p, key, story_key, held, err);
}
