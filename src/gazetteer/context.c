/* What the words beside a name say about it. */
#include "internal.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/base/wordmap.h"

#include <assert.h>

#define FOLD_MAX 200u   /* bytes of a name */
#define WINDOW 100      /* bytes looked at on either side */
#define WORDS_BEFORE 6  /* where a country or demonym before a name still speaks of it */
#define NAME_WORDS_MAX 4
#define TIE_WORDS_MAX 3 /* between an area's name and a place's */

sr_str gaz_fold_dup(sr_arena *arena, sr_str name)
{
	sr_buf b;
	char plain[FOLD_MAX];
	name = sr_str_slice(name, 0, FOLD_MAX);
	size_t n = gaz_fold_plain(name, plain);
	if (n != SIZE_MAX)
		return sr_str_dup(arena, sr_str_make(plain, n));
	sr_buf_init(&b, 4096);
	gaz_fold(&b, name);
	sr_str folded = sr_str_dup(arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return folded;
}

/* The room's word lists, and the cues, read once. */
enum { CITY_TYPE = 1, REGION_TYPE = 2, COUNTRY_TYPE = 4, DIRECTION = 8, PREPOSITION = 16, TITLE = 32, GIVEN_NAME = 64, TYPES = CITY_TYPE | REGION_TYPE | COUNTRY_TYPE };

#define CUES_MAX 256

typedef struct context_cue {
	sr_str text;
	bool after, government, person;
	uint16_t next; /* of those with the same letter beside the name */
} context_cue;

static struct {
	sr_wordmap words;
	context_cue cues[CUES_MAX];
	size_t cue_count;
	uint16_t first[2][256]; /* of the cues before and after a name: by the letter beside it, from 1 */
} tables;

static void fill(void)
{
	static const struct {
		const char *file;
		unsigned bit;
	} lists[] = { { "gazetteer/directions.tsv", DIRECTION }, { "gazetteer/prepositions.tsv", PREPOSITION },
		          { "gazetteer/titles.tsv", TITLE }, { "gazetteer/given-names.tsv", GIVEN_NAME } };
	sr_str f[3], rest = sr_data("gazetteer/type-words.tsv");
	while (sr_tsv_next(&rest, f, 2))
		sr_wordmap_add(&tables.words, f[0], sr_str_eq(f[1], SR_STR("city")) ? CITY_TYPE : sr_str_eq(f[1], SR_STR("region")) ? REGION_TYPE : COUNTRY_TYPE);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (rest = sr_data(lists[i].file); sr_tsv_next(&rest, f, 1);)
			sr_wordmap_add(&tables.words, f[0], lists[i].bit);
	for (rest = sr_data("gazetteer/cues.tsv"); sr_tsv_next(&rest, f, 3);) {
		assert(tables.cue_count < CUES_MAX && f[0].len);
		bool after = sr_str_eq(f[2], SR_STR("after"));
		uint16_t *first = &tables.first[after][(unsigned char)f[0].ptr[after ? 0 : f[0].len - 1]];
		tables.cues[tables.cue_count] = (context_cue){ .text = f[0], .after = after, .next = *first,
			                                   .government = sr_str_eq(f[1], SR_STR("government")), .person = sr_str_eq(f[1], SR_STR("person")) };
		*first = (uint16_t)++tables.cue_count;
	}
}

static void prepare(void)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
}

static bool is_listed(unsigned list, sr_str word)
{
	prepare();
	return (unsigned)sr_wordmap_get(&tables.words, word) & list;
}

/* The lists of a word, also those of the kinds that it is the plural of. */
static unsigned lists_of(sr_str word)
{
	prepare();
	unsigned lists = (unsigned)sr_wordmap_get(&tables.words, word);
	if (sr_str_ends(word, SR_STR("s")))
		lists |= (unsigned)sr_wordmap_get(&tables.words, sr_str_slice(word, 0, word.len - 1)) & TYPES;
	return lists;
}

/* Kind of a type word, also in the plural (GAZ_…, or -1). */
static int type_word(sr_str word)
{
	unsigned lists = lists_of(word);
	return lists & CITY_TYPE ? GAZ_CITY : lists & REGION_TYPE ? GAZ_REGION : lists & COUNTRY_TYPE ? GAZ_COUNTRY : -1;
}

sr_str gaz_plain_name(sr_str folded, int *kind)
{
	for (bool again = true; again;) {
		again = false;
		size_t first = sr_str_find_char(folded, ' ', 0), last = folded.len;
		while (last > 0 && folded.ptr[last - 1] != ' ')
			last--;
		if (last > 1 && type_word(sr_str_slice(folded, last, folded.len)) >= 0) {
			*kind = type_word(sr_str_slice(folded, last, folded.len));
			folded = sr_str_slice(folded, 0, last - 1);
			again = true;
		} else if (first != SIZE_MAX) {
			sr_str head = sr_str_slice(folded, 0, first), rest = sr_str_slice(folded, first + 1, folded.len);
			int of = type_word(head);
			if (of >= 0 && sr_str_starts(rest, SR_STR("of "))) {
				*kind = of;
				folded = sr_str_slice(rest, 3, rest.len);
				again = true;
			} else if (is_listed(DIRECTION, head)) {
				folded = rest;
				again = true;
			}
		}
	}
	return folded;
}

/* The window's last (or first) bytes at word borders, folded with apostrophes kept. */
static sr_str window(sr_arena *arena, sr_str s, bool end)
{
	if (s.len > WINDOW) {
		size_t cut = end ? s.len - WINDOW : WINDOW;
		while (cut > 0 && !sr_utf8_boundary(s, cut))
			cut--;
		s = end ? sr_str_slice(s, cut, s.len) : sr_str_slice(s, 0, cut);
	}
	return sr_fold_dup(arena, s);
}

static bool is_word_char(sr_str s, size_t at) { return at < s.len && (sr_is_lower((unsigned char)s.ptr[at]) || (unsigned char)s.ptr[at] >= 0x80); }

static bool starts_word(sr_str s, sr_str cue) { return sr_str_starts(s, cue) && !is_word_char(s, cue.len); }

static bool ends_word(sr_str s, sr_str cue)
{
	return sr_str_ends(s, cue) && (s.len == cue.len || !is_word_char(s, s.len - cue.len - 1));
}

static bool is_capital(sr_str s)
{
	size_t pos = 0;
	s = sr_str_trim(s);
	return s.len && sr_cp_is_uppercase(sr_utf8_next(s, &pos));
}

/* The cues on one side of a name, folded and trimmed. raw: what follows the name, as written. */
static void read_side(gaz_context *c, sr_str side, bool after, sr_str raw, bool *spoken_to)
{
	unsigned i = side.len ? tables.first[after][(unsigned char)side.ptr[after ? 0 : side.len - 1]] : 0;
	for (; i; i = tables.cues[i - 1].next) {
		const context_cue *q = &tables.cues[i - 1];
		if (!(after ? starts_word(side, q->text) : ends_word(side, q->text)))
			continue;
		if (q->government) {
			c->government = true;
			*spoken_to |= !after;
		} else if (q->person)
			c->person = true;
		else if (is_capital(raw)) /* "Thames River", but not "in Oslo post offices" */
			c->other = true;
	}
}

static void read_cues(gaz_context *c, sr_str before, sr_str after, sr_str raw)
{
	prepare();
	bool spoken_to = false; /* a cue before the name: "pressure on Oslo" */
	read_side(c, before, false, raw, &spoken_to);
	read_side(c, after, true, raw, &spoken_to);
	/* "officials in Oslo said": the place it is */
	sr_str places = sr_data("gazetteer/prepositions.tsv"), p[1];
	while (c->government && !spoken_to && sr_tsv_next(&places, p, 1))
		if (ends_word(before, p[0]))
			c->government = false;
}

/* The next word of s, letters only. */
static sr_str word_at(sr_str s, size_t *at)
{
	while (*at < s.len && !is_word_char(s, *at))
		++*at;
	size_t start = *at;
	while (is_word_char(s, *at))
		++*at;
	return sr_str_slice(s, start, *at);
}

static bool add_areas(const sr_gazetteer *g, sr_str form, sr_arena *arena, gaz_found *out)
{
	size_t before = out->count;
	if (!gaz_find(g, form, false, arena, out))
		return false;
	size_t kept = before;
	for (size_t i = before; i < out->count; i++)
		if (g->places[out->items[i].place].kind != GAZ_CITY)
			out->items[kept++] = out->items[i];
	out->count = kept;
	return true;
}

/* ", Texas", " in Hama province", ", in Syria's east": the first capitalised words after a comma or "in". */
static bool read_area_after(const sr_gazetteer *g, sr_str raw, sr_arena *arena, gaz_context *c)
{
	static const sr_str leads[] = { SR_STR_INIT(", in the "), SR_STR_INIT(", in "), SR_STR_INIT(", "), SR_STR_INIT(" in the "), SR_STR_INIT(" in "), SR_STR_INIT(" (") };
	sr_str s = raw;
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (sr_str_starts(raw, leads[i])) {
			s = sr_str_slice(raw, leads[i].len, raw.len);
			break;
		}
	if (s.ptr == raw.ptr)
		return true;
	/* directions and "the" before the name */
	for (int k = 0; k < 3; k++) {
		size_t blank = sr_str_find_char(s, ' ', 0);
		sr_str head = sr_str_slice(s, 0, blank);
		if (blank == SIZE_MAX || !(is_listed(DIRECTION, gaz_fold_dup(arena, head)) || sr_str_eq(head, SR_STR("the"))))
			break;
		s = sr_str_slice(s, blank + 1, s.len);
	}
	/* the longest run of words from here that is an area */
	size_t end = 0;
	for (int words = 0; words < NAME_WORDS_MAX && end < s.len; words++) {
		size_t next = end;
		while (next < s.len && s.ptr[next] != ' ' && s.ptr[next] != ',' && s.ptr[next] != ';' && s.ptr[next] != ')')
			next++;
		if (words == 0 && !is_capital(s))
			break;
		sr_str name = sr_str_slice(s, 0, next);
		if (sr_str_ends(name, SR_STR("'s")))
			name = sr_str_slice(name, 0, name.len - 2);
		else if (sr_str_ends(name, SR_STR("\xE2\x80\x99s")))
			name = sr_str_slice(name, 0, name.len - 4);
		gaz_found found = { 0 };
		if (!add_areas(g, gaz_fold_dup(arena, name), arena, &found))
			return false;
		if (found.count)
			c->around = found;
		if (next >= s.len || s.ptr[next] != ' ')
			break;
		end = next + 1;
	}
	return true;
}

/* True if what stands between an area's name and a place's name ties them: nothing, "'s", "'s port of", " town
 * of", " city". */
static bool speaks_of(sr_str between)
{
	size_t at = 0, words = 0;
	sr_str word, found[TIE_WORDS_MAX];
	bool typed = false, of = false;
	if (sr_str_starts(between, SR_STR("'s")))
		at = 2;
	while ((word = word_at(between, &at)).len) {
		if (words == TIE_WORDS_MAX)
			return false;
		found[words++] = word;
	}
	for (size_t i = 0; i < words; i++) {
		unsigned lists = lists_of(found[i]);
		typed |= (lists & TYPES) != 0;
		of = sr_str_eq(found[i], SR_STR("of"));
		if (!of && (lists & PREPOSITION))
			return false;
	}
	return words == 0 || typed || of;
}

/* The last words of s, the last first; how many there are, up to max. */
static size_t last_words(sr_str s, sr_span *words, size_t max)
{
	size_t n = 0;
	for (size_t at = s.len; n < max;) {
		while (at > 0 && !is_word_char(s, at - 1))
			at--;
		size_t end = at;
		while (at > 0 && is_word_char(s, at - 1))
			at--;
		if (at == end)
			break;
		words[n++] = (sr_span){ (uint32_t)at, (uint32_t)end };
	}
	return n;
}

/* "the Syrian town of", "Ukraine's": countries and demonyms among the last words before. */
static bool read_area_before(const sr_gazetteer *g, sr_str before, sr_arena *arena, gaz_context *c)
{
	sr_span last[WORDS_BEFORE];
	size_t n = last_words(before, last, WORDS_BEFORE), stop = before.len;
	while (stop > 0 && before.ptr[stop - 1] != ',' && before.ptr[stop - 1] != '.')
		stop--;
	for (size_t k = 0; k < n && !c->around.count; k++)
		/* one word, or two ("South Korean") */
		for (size_t words = 1; words <= 2; words++) {
			size_t end = words <= k + 1 ? last[k + 1 - words].end : before.len;
			/* across a comma or a full stop it speaks of something else */
			if (stop > end)
				break;
			sr_str name = sr_str_slice(before, last[k].start, end);
			if (speaks_of(sr_str_slice(before, end, before.len)) && !add_areas(g, gaz_fold_dup(arena, name), arena, &c->around))
				return false;
		}
	return true;
}

static int kind_beside(sr_str before, sr_str after)
{
	size_t at = 0;
	sr_str word = word_at(after, &at);
	/* "Hama province", "Perm krai", but not "Hama. The province" */
	if (word.len && word.ptr == after.ptr && type_word(word) >= 0)
		return type_word(word);
	if (!ends_word(before, SR_STR(" of")))
		return -1;
	sr_str head = sr_str_trim(sr_str_slice(before, 0, before.len - 3));
	size_t start = head.len;
	while (start > 0 && is_word_char(head, start - 1))
		start--;
	return type_word(sr_str_slice(head, start, head.len));
}

/* A given name beside a capitalised word: "Savannah Reed", "Jack London". */
static bool is_personal(sr_str name, sr_str before, const sr_place_mention *m)
{
	size_t start = before.len;
	while (start > 0 && is_word_char(before, start - 1))
		start--;
	sr_str raw = sr_str_trim(m->before);
	size_t raw_start = raw.len;
	while (raw_start > 0 && raw.ptr[raw_start - 1] != ' ')
		raw_start--;
	if (is_capital(sr_str_slice(raw, raw_start, raw.len)) && is_listed(GIVEN_NAME, sr_str_slice(before, start, before.len)))
		return true;
	if (!is_listed(GIVEN_NAME, name) || !sr_str_starts(m->after, SR_STR(" ")) || !is_capital(m->after))
		return false;
	return true;
}

bool gaz_read_context(const sr_gazetteer *g, const sr_place_mention *m, sr_arena *arena, gaz_context *out)
{
	*out = (gaz_context){ .kind = -1 };
	sr_str before = sr_str_trim(window(arena, m->before, true)), folded_after = window(arena, m->after, false);
	sr_str after = sr_str_trim(folded_after);
	/* "Oslo's", "-backed" follow without a blank, words with one */
	read_cues(out, before, after, m->after);
	out->kind = kind_beside(before, after);
	sr_str name = gaz_fold_dup(arena, m->name);
	size_t at = 0;
	sr_str next = word_at(after, &at);
	/* a title or a kind of thing is no surname: "London Mayor", "Georgia State" */
	if (is_personal(name, before, m) && type_word(next) < 0 && !is_listed(TITLE, next))
		out->person = true;
	sr_str raw = sr_str_slice(m->after, 0, WINDOW);
	return read_area_after(g, raw, arena, out) && (out->around.count || read_area_before(g, before, arena, out));
}
