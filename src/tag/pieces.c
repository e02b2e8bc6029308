/* Word pieces (Wu et al. 2016, as BERT has them): a word is folded, cut at punctuation, and each part matched greedily with the
 * longest pieces of the vocabulary. The vocabulary and the name lists are hash tables in the model file, made when it
 * was exported and used as they lie there; every index read from them is checked. */
#include "internal.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define FNV_BASIS 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u
#define PART_MAX 64u
#define NAME_WORDS 6u
#define NAME_FLAGS 63u

static uint64_t fnv(uint64_t h, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * FNV_PRIME;
	return h;
}

/* Numbers of a power of two, at least 2. */
static const uint32_t *table(const sr_nn_model *m, const char *name, uint32_t *mask)
{
	sr_str s = sr_nn_model_section(m, name);
	size_t n = s.len / 4;
	if (n < 2 || s.len % 4 || (n & (n - 1)) || n > 1u << 26)
		return NULL;
	*mask = (uint32_t)n - 1;
	return (const uint32_t *)s.ptr;
}

bool tag_pieces_open(pieces *p, const sr_nn_model *m)
{
	p->count = sr_nn_model_shape(m).vocabulary;
	sr_str text = sr_nn_model_section(m, "pieces");
	p->text = text.ptr;
	p->text_len = text.len;
	p->at = sr_nn_model_numbers(m, "pieces.at", (size_t)p->count + 1);
	p->slots = table(m, "pieces.slots", &p->slot_mask);
	p->name_slots = table(m, "names.slots", &p->name_mask);
	p->unknown = (uint32_t)sr_nn_model_config(m, "unknown", p->count);
	p->root = (uint32_t)sr_nn_model_config(m, "root", p->count);
	return p->text && p->at && p->slots && p->name_slots && p->unknown < p->count && p->root < p->count;
}

/* Id of the piece (`##` before it if inner) with that hash, or count. */
static uint32_t find(const pieces *p, uint64_t hash, bool inner, const char *s, size_t n)
{
	for (uint32_t k = (uint32_t)hash & p->slot_mask, steps = 0; p->slots[k] && steps <= p->slot_mask; k = (k + 1) & p->slot_mask, steps++) {
		uint32_t id = p->slots[k] - 1;
		if (id >= p->count)
			continue;
		uint32_t a = p->at[id], b = p->at[id + 1], mark = inner ? 2 : 0;
		if (a > b || b > p->text_len || b - a != n + mark)
			continue;
		if ((!inner || memcmp(p->text + a, "##", 2) == 0) && memcmp(p->text + a + mark, s, n) == 0)
			return id;
	}
	return p->count;
}

bool tag_pieces_whole(const pieces *p, sr_str form) { return find(p, fnv(FNV_BASIS, form.ptr, form.len), false, form.ptr, form.len) != p->count; }

/* Greedy longest match over one part; adds at most `room` ids. */
static size_t match(const pieces *p, const char *s, size_t n, uint32_t *ids, size_t room)
{
	uint64_t hash[PART_MAX * 4 + 1];
	size_t got = 0, at = 0;
	if (n > PART_MAX * 4) {
		ids[0] = p->unknown;
		return 1;
	}
	uint32_t found[PART_MAX * 4];
	while (at < n) {
		uint64_t h = at ? fnv(FNV_BASIS, "##", 2) : FNV_BASIS;
		for (size_t e = at; e < n; e++)
			hash[e + 1] = h = fnv(h, s + e, 1);
		size_t e = n;
		uint32_t id = p->count;
		for (; e > at && id == p->count; e--)
			id = find(p, hash[e], at > 0, s + at, e - at);
		if (id == p->count) {
			ids[0] = p->unknown;
			return 1;
		}
		found[got++] = id;
		at = e + 1;
	}
	if (got > room)
		got = room;
	memcpy(ids, found, got * sizeof *ids); /* cppcheck-suppress uninitvar ; filled up to got */
	return got;
}

static bool stands_alone(uint32_t cp) { return (cp != '_' && sr_cp_is_punct(cp)) || cp == '_' || (cp >= 0x4E00 && cp <= 0x9FFF); }

size_t tag_pieces_of(const pieces *p, sr_str form, sr_buf *folded, uint32_t ids[WORD_PIECES_MAX])
{
	size_t n = 0, part = 0, at = 0;
	sr_buf_clear(folded);
	sr_fold(folded, form);
	sr_str f = sr_buf_str(folded);
	while (n < WORD_PIECES_MAX) {
		size_t begin = at;
		uint32_t cp = at < f.len ? sr_utf8_next(f, &at) : ' ';
		bool alone = stands_alone(cp), space = sr_cp_is_space(cp);
		if (!alone && !space)
			continue;
		if (begin > part)
			n += match(p, f.ptr + part, begin - part, ids + n, WORD_PIECES_MAX - n);
		if (alone && n < WORD_PIECES_MAX)
			n += match(p, f.ptr + begin, at - begin, ids + n, WORD_PIECES_MAX - n);
		part = at;
		if (begin >= f.len)
			break;
	}
	if (n == 0)
		ids[n++] = p->unknown;
	return n;
}

uint8_t tag_word_shape(sr_str form)
{
	size_t letters = 0, capitals = 0, p = 0;
	bool first = false;
	while (p < form.len) {
		uint32_t cp = sr_utf8_next(form, &p);
		if (sr_cp_is_number(cp))
			return 6;
		if (!sr_cp_is_letter(cp))
			continue;
		bool up = sr_cp_is_uppercase(cp);
		first = letters ? first : up;
		letters++;
		capitals += up;
	}
	if (letters == 0)
		return 0;
	if (capitals == 0)
		return 1;
	if (capitals == letters)
		return letters == 1 ? 5 : 3;
	return first && capitals == 1 ? 2 : 4;
}

static uint8_t name_flags(const pieces *p, uint64_t hash)
{
	uint32_t want = (uint32_t)(hash >> 32) & ~NAME_FLAGS;
	for (uint32_t k = (uint32_t)hash & p->name_mask, steps = 0; p->name_slots[k] && steps <= p->name_mask; k = (k + 1) & p->name_mask, steps++)
		if ((p->name_slots[k] & ~NAME_FLAGS) == want)
			return p->name_slots[k] & NAME_FLAGS;
	return 0;
}

sr_status tag_mark_words(const pieces *p, sr_str text, word *list, size_t n, sr_arena *scratch)
{
	sr_str *folded = SR_NEW_ARRAY(scratch, sr_str, n);
	sr_buf buf;
	if (n && !folded)
		return SR_E_NOMEM;
	sr_buf_init(&buf, 0);
	for (size_t i = 0; i < n; i++) {
		sr_str form = sr_span_of(text, list[i].span);
		sr_buf_clear(&buf);
		sr_fold(&buf, form);
		folded[i] = sr_str_dup(scratch, sr_buf_str(&buf));
		list[i].shape = tag_word_shape(form);
	}
	sr_status status = sr_buf_status(&buf);
	sr_buf_deinit(&buf);
	for (size_t i = 0; i < n; i++) {
		size_t zero = 0;
		sr_str form = sr_span_of(text, list[i].span);
		size_t least = sr_cp_is_uppercase(sr_utf8_next(form, &zero)) ? 0 : 1; /* "taco bell" is known as two words, "bell" is not */
		uint64_t h = FNV_BASIS;
		for (size_t k = 0; k < NAME_WORDS && i + k < n && (k == 0 || !list[i + k].opens_block); k++) {
			bool spaced = k && list[i + k].span.start > list[i + k - 1].span.end;
			h = fnv(spaced ? fnv(h, " ", 1) : h, folded[i + k].ptr, folded[i + k].len);
			uint8_t flags = k >= least ? name_flags(p, h) : 0;
			for (size_t j = i; flags && j <= i + k; j++)
				list[j].names |= flags;
		}
	}
	return status;
}
