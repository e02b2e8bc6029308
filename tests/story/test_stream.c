#include "harness.h"

#include "sitrep/extract.h"
#include "sitrep/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Invented reports: each incident has words of its own among words that all share. */
static sr_str pick(uint32_t *seed, const char *const *words, size_t count)
{
	*seed = *seed * 1664525u + 1013904223u;
	return sr_str_c(words[(*seed >> 16) % count]);
}

static sr_str place_name(sr_arena *a, uint32_t n)
{
	static const char *const first[] = { "Ar", "Bel", "Cor", "Dun", "Els", "Fal", "Gor", "Hal", "Im", "Jor", "Kel", "Lun" };
	static const char *const middle[] = { "va", "mi", "to", "re", "no", "ga", "shi", "lo", "pe", "du", "ki", "sa" };
	static const char *const last[] = { "burn", "ford", "stead", "wick", "holm", "mouth", "field", "bridge", "ton", "dale", "haven", "crest" };
	return sr_str_printf(a, "%s%s%s", first[n % 12], middle[n / 12 % 12], last[n / 144 % 12]);
}

/* What an incident is about: sentences that no other is likely to share, of which each report has some. */
static sr_str matter(sr_arena *a, uint32_t incident, uint32_t which)
{
	static const char *const things[] = { "warehouse", "bridge", "locomotive", "school", "quarry", "chapel", "turbine", "ferry", "greenhouse", "tannery", "archive" };
	static const char *const ends[] = { "burned", "collapsed", "derailed", "flooded", "exploded", "sank", "leaked", "closed", "cracked", "vanished", "toppled" };
	static const char *const causes[] = { "lightning", "frost", "gas", "rust", "subsidence", "sabotage", "termites", "overload", "negligence", "heat", "fog" };
	static const char *const people[] = { "carpenters", "divers", "pupils", "miners", "nuns", "tourists", "engineers", "gardeners", "librarians", "sailors", "drivers" };
	uint32_t k = incident * 17 + which * 5;
	sr_str who = place_name(a, (incident * 53 + which * 211 + 11) % 1728);
	const char *forms[] = { "The %s %s after %s, trapping %s, said %.*s.", "A %s %s because of %s while %s watched, according to %.*s.", "That %s %s through %s, and %s were told by %.*s." };
	return sr_str_printf(a, forms[which % 3], things[k % 11], ends[(k / 11 + incident) % 11], causes[(incident * 7 + which) % 11], people[(incident * 3 + which * 2) % 11], SR_FMT(who));
}

/* The `turn`-th report of an incident. */
static sr_document report(sr_arena *a, uint32_t incident, uint32_t turn, int32_t day)
{
	static const char *const openings[] = { "Police said on the scene", "Officials said", "Residents reported", "Witnesses said", "The mayor said" };
	static const char *const fillers[] = { "The cause is not known.", "An inquiry has begun.", "Roads nearby were shut.", "No further details were given.", "Crews worked through the night." };
	uint32_t seed = incident * 7919 + turn * 104729 + 1;
	sr_str town = place_name(a, incident * 37 % 1728), street = place_name(a, (incident * 71 + 5) % 1728);
	sr_str opening = pick(&seed, openings, 5), filler = pick(&seed, fillers, 5), first = matter(a, incident, 0);
	sr_document d = { .language = SR_STR_INIT("en") };
	int y, m, dd;
	sr_civil_from_days(day, &y, &m, &dd);
	d.published = sr_time_date(y, m, dd);
	d.title = sr_str_printf(a, "%.*s: %.*s", SR_FMT(town), SR_FMT(sr_str_slice(first, 4, sr_str_find_char(first, ',', 0))));
	d.text = sr_str_printf(a, "%.*s in %.*s, near %.*s Lane. %.*s %.*s %.*s %.*s", SR_FMT(opening), SR_FMT(town), SR_FMT(street), SR_FMT(first), SR_FMT(filler),
	                       SR_FMT(matter(a, incident, 1 + turn % 3)), SR_FMT(matter(a, incident, 4 + turn % 2)));
	d.blocks = SR_NEW(a, sr_block);
	d.blocks[0].span = (sr_span){ 0, (uint32_t)d.text.len };
	d.block_count = 1;
	return d;
}

/* What a caller keeps: documents with their stories, and profiles. */
typedef struct record {
	uint64_t story;
	bool held;
	sr_buf profile;
} record;

static void apply(record *r, const sr_story_stream *s, uint64_t last)
{
	size_t n;
	const sr_story_event *e = sr_story_stream_events(s, &n);
	for (size_t i = 0; i < n; i++) {
		if (e[i].doc)
			r[e[i].doc].story = e[i].story;
		else if (e[i].change == SR_STORY_MERGED)
			for (uint64_t k = 1; k <= last; k++)
				r[k].story = r[k].story == e[i].other ? e[i].story : r[k].story;
	}
}

static void place(sr_story_stream *s, record *r, uint64_t key, const sr_document *d)
{
	REQUIRE(sr_story_stream_place(s, key, d, NULL) == SR_OK);
	apply(r, s, key);
	if (!r[key].profile.len)
		CHECK(sr_story_stream_export(s, key, &r[key].profile, NULL) == SR_OK);
}

static sr_story_stream *restore(const record *r, uint64_t last)
{
	sr_story_stream *s = sr_story_stream_new();
	for (uint64_t k = last > SR_STORY_WINDOW ? last - SR_STORY_WINDOW + 1 : 1; s && k <= last; k++)
		CHECK(sr_story_stream_import(s, k, r[k].story, r[k].held, sr_buf_str(&r[k].profile), NULL) == SR_OK);
	return s;
}

static record *records_new(size_t count)
{
	record *r = calloc(count + 1, sizeof *r);
	for (size_t i = 0; r && i <= count; i++)
		sr_buf_init(&r[i].profile, 0);
	return r;
}

static void records_free(record *r, size_t count)
{
	for (size_t i = 0; r && i <= count; i++)
		sr_buf_deinit(&r[i].profile);
	free(r);
}

static bool same_events(const sr_story_stream *a, const sr_story_stream *b)
{
	size_t n, m;
	const sr_story_event *x = sr_story_stream_events(a, &n), *y = sr_story_stream_events(b, &m);
	bool same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = x[i].change == y[i].change && x[i].doc == y[i].doc && x[i].story == y[i].story && x[i].other == y[i].other;
	return same;
}

TEST(story_stream_goes_on_where_it_stopped)
{
	enum { COUNT = 400, CUTS = 5 };
	static const uint32_t cuts[CUTS] = { 1, 37, 120, 250, 399 };
	sr_arena *a = sr_arena_new(0);
	record *r = records_new(COUNT);
	sr_story_stream *s = sr_story_stream_new(), *again[CUTS] = { 0 };
	REQUIRE(a && r && s);
	size_t joined = 0;
	for (uint32_t i = 1; i <= COUNT; i++) {
		sr_document d = report(a, i * i % 61, i, 20000 + (int32_t)i / 8);
		place(s, r, i, &d);
		joined += r[i].story != i;
		for (size_t c = 0; c < CUTS; c++) {
			if (again[c]) {
				REQUIRE(sr_story_stream_place(again[c], i, &d, NULL) == SR_OK);
				CHECK(same_events(s, again[c]));
			}
			if (i == cuts[c])
				again[c] = restore(r, i);
		}
	}
	/* there was something to get wrong, and the caller's table is the stream's */
	CHECK(joined > COUNT / 4 && joined < COUNT);
	for (uint64_t k = 1; k <= COUNT; k++)
		CHECK_INT(r[k].story, sr_story_stream_story(s, k));
	for (size_t c = 0; c < CUTS; c++)
		sr_story_stream_free(again[c]);
	sr_story_stream_free(s);
	records_free(r, COUNT);
	sr_arena_free(a);
}

TEST(story_stream_forgets_what_left_the_window)
{
	enum { COUNT = SR_STORY_WINDOW + 160, CUT = SR_STORY_WINDOW + 100 };
	sr_arena *a = sr_arena_new(0);
	record *r = records_new(COUNT);
	sr_story_stream *s = sr_story_stream_new(), *again = NULL;
	REQUIRE(a && r && s);
	for (uint32_t i = 1; i <= COUNT; i++) {
		sr_document d = report(a, i % 1500, i / 1500, 20000 + (int32_t)i / 50);
		place(s, r, i, &d);
		if (again) {
			REQUIRE(sr_story_stream_place(again, i, &d, NULL) == SR_OK);
			CHECK(same_events(s, again));
		}
		if (i == CUT)
			again = restore(r, i);
		sr_arena_reset(a);
	}
	CHECK_INT(sr_story_stream_story(s, COUNT - SR_STORY_WINDOW), 0);
	CHECK(sr_story_stream_story(s, COUNT - SR_STORY_WINDOW + 1) != 0);
	sr_story_stream_free(again);
	sr_story_stream_free(s);
	records_free(r, COUNT);
	sr_arena_free(a);
}

TEST(story_stream_refuses_damaged_profiles)
{
	sr_arena *a = sr_arena_new(0);
	record *r = records_new(1);
	sr_story_stream *s = sr_story_stream_new(), *t = sr_story_stream_new();
	REQUIRE(a && r && s && t);
	sr_document d = report(a, 3, 1, 20000);
	place(s, r, 1, &d);
	sr_buf *p = &r[1].profile;
	for (size_t i = 0; i < p->len; i++) {
		p->ptr[i] ^= 0x41;
		CHECK(sr_story_stream_import(t, 1, 1, false, sr_buf_str(p), NULL) == SR_E_CORRUPT);
		p->ptr[i] ^= 0x41;
		CHECK(sr_story_stream_import(t, 1, 1, false, sr_str_make(p->ptr, i), NULL) == SR_E_CORRUPT);
	}
	CHECK(sr_story_stream_import(t, 1, 1, false, sr_buf_str(p), NULL) == SR_OK);
	CHECK(sr_story_stream_import(t, 1, 1, false, sr_buf_str(p), NULL) == SR_E_USAGE);
	CHECK(sr_story_stream_import_document(t, 2, 1, true, &d, NULL) == SR_OK);
	CHECK(sr_story_stream_is_held(t, 2));
	CHECK(sr_story_stream_place(t, 2, &d, NULL) == SR_E_USAGE);
	CHECK(sr_story_stream_export(t, 7, p, NULL) == SR_E_NOT_FOUND);
	sr_story_stream_free(t);
	sr_story_stream_free(s);
	records_free(r, 1);
	sr_arena_free(a);
}

enum { OTHERS = 40, LAST = 80 };

/* Of two incidents in turns, from key OTHERS + 1: odd ones of the first. Other reports came before them. */
static void place_turns(sr_arena *a, sr_story_stream *s, record *r, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++) {
		sr_document d = report(a, i <= OTHERS ? i * 29 + 31 : i % 2 ? 5 : 9, i, 20000 + (int32_t)i / 40);
		place(s, r, i, &d);
	}
}

static void check_turns(const record *r, uint64_t last, uint64_t odd, uint64_t even)
{
	for (uint64_t k = OTHERS + 1; k <= last; k++)
		CHECK_INT(r[k].story, k % 2 ? odd : even);
}

typedef struct scene {
	sr_arena *arena;
	record *records;
	sr_story_stream *stream;
} scene;

static bool scene_begin(scene *sc)
{
	*sc = (scene){ sr_arena_new(0), records_new(LAST), sr_story_stream_new() };
	if (!sc->arena || !sc->records || !sc->stream)
		return false;
	place_turns(sc->arena, sc->stream, sc->records, 1, OTHERS + 20);
	check_turns(sc->records, OTHERS + 20, OTHERS + 1, OTHERS + 2);
	return true;
}

static void scene_end(scene *sc)
{
	sr_story_stream_free(sc->stream);
	records_free(sc->records, LAST);
	sr_arena_free(sc->arena);
}

TEST(story_stream_heeds_a_merge_by_hand)
{
	scene sc;
	REQUIRE(scene_begin(&sc));
	REQUIRE(sr_story_stream_merge(sc.stream, OTHERS + 2, OTHERS + 1, NULL) == SR_OK);
	apply(sc.records, sc.stream, OTHERS + 20);
	place_turns(sc.arena, sc.stream, sc.records, OTHERS + 21, LAST);
	check_turns(sc.records, LAST, OTHERS + 2, OTHERS + 2);
	scene_end(&sc);
}

TEST(story_stream_heeds_a_split_by_hand)
{
	const uint64_t out[] = { OTHERS + 7, OTHERS + 3, OTHERS + 9 }, founder[] = { OTHERS + 1 };
	uint64_t made = 0;
	scene sc;
	REQUIRE(scene_begin(&sc));
	record *r = sc.records;
	CHECK(sr_story_stream_split(sc.stream, OTHERS + 2, out, 3, &made, NULL) == SR_E_NOT_FOUND);
	REQUIRE(sr_story_stream_split(sc.stream, OTHERS + 1, out, 3, &made, NULL) == SR_OK);
	apply(r, sc.stream, OTHERS + 20);
	CHECK_INT(made, OTHERS + 3);
	place_turns(sc.arena, sc.stream, r, OTHERS + 21, LAST);
	for (uint64_t k = OTHERS + 1; k <= OTHERS + 20; k++)
		CHECK_INT(r[k].story, OTHERS + (k % 2 == 0 ? 2 : k == out[0] || k == out[1] || k == out[2] ? 3 : 1));
	/* what came behind may have joined either part, but nothing brought them together */
	for (uint64_t k = OTHERS + 21; k <= LAST; k++)
		CHECK(k % 2 == 0 ? r[k].story == OTHERS + 2 : r[k].story == OTHERS + 1 || r[k].story == OTHERS + 3);
	/* the founder leaves: the story keeps its name, what leaves gets another */
	REQUIRE(sr_story_stream_split(sc.stream, OTHERS + 1, founder, 1, &made, NULL) == SR_OK);
	CHECK(made > LAST);
	CHECK_INT(sr_story_stream_story(sc.stream, OTHERS + 1), made);
	CHECK_INT(sr_story_stream_story(sc.stream, OTHERS + 5), OTHERS + 1);
	scene_end(&sc);
}

TEST(story_stream_heeds_a_pin)
{
	scene sc;
	REQUIRE(scene_begin(&sc));
	record *r = sc.records;
	REQUIRE(sr_story_stream_pin(sc.stream, OTHERS + 5, OTHERS + 2, NULL) == SR_OK);
	apply(r, sc.stream, OTHERS + 20);
	place_turns(sc.arena, sc.stream, r, OTHERS + 21, LAST);
	CHECK_INT(r[OTHERS + 5].story, OTHERS + 2);
	CHECK(sr_story_stream_is_held(sc.stream, OTHERS + 5));
	r[OTHERS + 5].story = OTHERS + 1;
	check_turns(r, LAST, OTHERS + 1, OTHERS + 2);
	scene_end(&sc);
}

/* A briefing has the same title every day and another matter. */
TEST(story_stream_does_not_chain_recurring_headlines)
{
	static const char *const titles[] = { "Morning briefing: what you need to know", "Weather report", "Markets at the close" };
	sr_arena *a = sr_arena_new(0);
	record *r = records_new(90);
	sr_story_stream *s = sr_story_stream_new();
	REQUIRE(a && r && s);
	size_t joined = 0;
	for (uint32_t i = 1; i <= 90; i++) {
		sr_document d = report(a, i * 13 + 2, i, 20000 + (int32_t)i / 3);
		d.title = sr_str_c(titles[i % 3]);
		d.site = SR_STR("The Courier");
		place(s, r, i, &d);
		joined += r[i].story != i;
	}
	/* eight of these poor texts join without titles; the first two of a title may, the rest must not */
	CHECK(joined <= 14);
	sr_story_stream_free(s);
	records_free(r, 90);
	sr_arena_free(a);
}

TEST(story_stream_follows_a_long_story)
{
	enum { WEEKS = 8, COUNT = WEEKS * 7 * 3 };
	sr_arena *a = sr_arena_new(0);
	record *r = records_new(COUNT);
	sr_story_stream *s = sr_story_stream_new();
	REQUIRE(a && r && s);
	size_t in = 0, strangers = 0;
	for (uint32_t i = 1; i <= COUNT; i++) {
		/* every third report goes on with the long story, a day later each; the others are of its neighbours */
		sr_document d = report(a, i % 3 ? 100 + i / 6 : 7, i, 20000 + (int32_t)i / 3);
		place(s, r, i, &d);
	}
	for (uint32_t i = 1; i <= COUNT; i++) {
		in += i % 3 == 0 && r[i].story == r[3].story;
		strangers += i % 3 && r[i].story == r[3].story;
	}
	CHECK_INT(in, COUNT / 3);
	CHECK_INT(strangers, 0);
	sr_story_stream_free(s);
	records_free(r, COUNT);
	sr_arena_free(a);
}
