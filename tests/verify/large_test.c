/* What a hostile page or dossier makes large costs its own part and no more. */
#include "fixture.h"
#include "harness.h"
#include "sample.h"
#include "sitrep/base/file.h"

#include <stdio.h>
#include <string.h>

#define LARGE 1800000u

/* The document becomes one paragraph: head, then fill over and over, then tail, which is cited. */
static sr_cite one_paragraph(fixture *f, const char *head, const char *fill, const char *tail)
{
	sr_document *d = &f->docs[0];
	size_t head_len = strlen(head), tail_len = strlen(tail), fill_len = strlen(fill), len = head_len + LARGE / fill_len * fill_len + tail_len;
	char *text = SR_NEW_ARRAY(f->arena, char, len + 1), hex[SR_SHA256_HEX + 1];
	if (!text)
		return (sr_cite){ 0 };
	memcpy(text, head, head_len);
	for (size_t at = head_len; at < len - tail_len; at += fill_len)
		memcpy(text + at, fill, fill_len);
	memcpy(text + len - tail_len, tail, tail_len);
	d->text = sr_str_make(text, len);
	d->block_count = 1;
	d->blocks[0] = (sr_block){ .span = { 0, (uint32_t)len } };
	sr_sha256_hex(d->text, hex);
	d->sha256 = f->sources[0].sha256 = sr_str_dup(f->arena, sr_str_c(hex));
	return (sr_cite){ 1, { (uint32_t)(len - tail_len), (uint32_t)len } };
}

TEST(verify_cites_in_a_large_paragraph)
{
	static const struct {
		const char *label, *head, *fill, *tail, *quotation;
		bool holds;
	} rows[] = {
		{ "per cent signs", "", "%", " The pier fell on Sunday.", NULL, true },
		{ "question marks", "", "?", " The pier fell on Sunday.", NULL, true },
		{ "a quotation that opens far before", "\"", "so it went on ", "and the pier fell.\"", "and the pier fell", true },
		{ "a quotation that closes far before", "\"No\" ", "so it went on ", "and the pier fell.", "and the pier fell", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture f;
		sr_verdict v;
		sr_error err = { 0 };
		test_case(rows[i].label);
		REQUIRE(fixture_init(&f));
		sr_cite cite = one_paragraph(&f, rows[i].head, rows[i].fill, rows[i].tail);
		cite.span.start += rows[i].tail[0] == ' ';
		sr_line line = { .text = sr_span_of(f.docs[0].text, cite.span), .cites = { &cite, 1 } };
		sr_section section = { .lines = &line, .line_count = 1 };
		sr_quote quote = { .text = sr_str_c(rows[i].quotation ? rows[i].quotation : ""), .origins = 1, .cites = { &cite, 1 } };
		sr_event event = { .date = sr_time_date(2026, 3, 15), .text = line.text, .origins = 1, .cites = { &cite, 1 } };
		sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2 };
		f.sources[0].description = SR_STR("The pier");
		if (rows[i].quotation) {
			d.quotes = &quote;
			d.quote_count = 1;
		} else {
			d.brief = &section;
			d.timeline = &event;
			d.brief_count = d.timeline_count = 1;
		}
		if (sr_verify(&d, f.originals, 2, 1, f.arena, &v, &err) != SR_OK)
			test_fail(__FILE__, __LINE__, "%s", err.message);
		else if ((v.failure_count == 0) != rows[i].holds)
			test_fail(__FILE__, __LINE__, "%zu failures: %.*s", v.failure_count, SR_FMT(v.failure_count ? v.failures[0].reason : SR_STR("")));
		fixture_deinit(&f);
	}
}

TEST(verify_large_part_fails_alone)
{
	fixture f;
	sr_verdict v;
	sr_error err = { 0 };
	size_t dropped;
	REQUIRE(fixture_init(&f));
	char *marks = SR_NEW_ARRAY(f.arena, char, LARGE);
	REQUIRE(marks);
	memset(marks, '?', LARGE);
	sr_cite cites[] = { fixture_cite(&f, 0, SR_STR("The minister, Karl Venn, blamed the owner.")), fixture_cite(&f, 0, SR_STR("Was the captain on the bridge?")) };
	sr_line lines[] = { { .text = sr_span_of(f.docs[0].text, cites[1].span), .cites = { &cites[1], 1 } } };
	sr_section section = { .lines = lines, .line_count = 1 };
	sr_quote quote = { .text = SR_STR("We were told to stay below"), .speaker = sr_str_make(marks, LARGE), .origins = 1, .cites = { cites, 1 } };
	sr_cite said = fixture_cite(&f, 0, SR_STR("*\"We were"));
	quote.cites.items = &said;
	sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2,
		             .brief = &section, .brief_count = 1, .quotes = &quote, .quote_count = 1 };
	if (sr_verify_settle(&d, f.originals, 2, 1, f.arena, NULL, &v, &dropped, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	CHECK_INT(d.quote_count, 0);
	CHECK_INT(d.brief_count, 1);
	fixture_deinit(&f);
}

/* ---- a hostile dossier: the work is counted in allocations, of which every part that is looked at takes some ---- */

#define FEW 100u
#define GROWTH 5u /* of the work, where the dossier is four times as large */

static bool enough(sample *s, long allocations)
{
	sr_verdict v;
	sr_arena_fail_after(allocations);
	sr_status status = sr_verify(&s->d, s->f.originals, 2, 1, s->f.arena, &v, NULL);
	sr_arena_fail_after(-1);
	return status == SR_OK;
}

/* The list made n long: each entry a copy of its first. */
#define REPEAT(s, list, n, type)                                       \
	do {                                                               \
		type *many_ = SR_NEW_ARRAY((s)->f.arena, type, (n));           \
		for (size_t i_ = 0; many_ && i_ < (n); i_++)                   \
			many_[i_] = (s)->d.list[0];                                \
		(s)->d.list = many_;                                           \
	} while (0)

static const char *const kinds[] = { "sources", "conflicts", "holders", "quotes", "points", "timeline", "updates", "changes", "unknown", "lines" };

static void make_large(sample *s, size_t kind, size_t n)
{
	s->update.note = kind == 6 ? s->update.note : (sr_str){ 0 };
	switch (kind) {
	case 0: REPEAT(s, sources, n, sr_source); s->d.source_count = s->d.documents = (uint32_t)n; break;
	case 1: REPEAT(s, conflicts, n, sr_conflict); s->d.conflict_count = n; break;
	case 2: {
		sr_holder *many = SR_NEW_ARRAY(s->f.arena, sr_holder, n);
		for (size_t i = 0; many && i < n; i++)
			many[i] = s->holders[0];
		s->positions[0].held_by = many;
		s->positions[0].held_by_count = n;
		break;
	}
	case 3: REPEAT(s, quotes, n, sr_quote); s->d.quote_count = n; break;
	case 4: {
		sr_figure_point *many = SR_NEW_ARRAY(s->f.arena, sr_figure_point, n);
		for (size_t i = 0; many && i < n; i++)
			many[i] = s->points[i % 2];
		s->figure.series = many;
		s->figure.series_count = n;
		break;
	}
	case 5: REPEAT(s, timeline, n, sr_event); s->d.timeline_count = n; break;
	case 6: REPEAT(s, updates, n, sr_update); s->d.update_count = n; break;
	case 7: REPEAT(s, changes.added, n, sr_line); s->d.changes.contradicted = s->d.changes.added; s->d.changes.added_count = s->d.changes.contradicted_count = n; break;
	case 8: REPEAT(s, unknown, n, sr_unknown); s->d.unknown_count = n; break;
	default: REPEAT(s, brief[0].lines, n, sr_line); s->section.line_count = n; break;
	}
}

/* What verifying costs where the list is n long: within the next power of two. */
static long work_of(size_t kind, size_t n)
{
	sample s;
	long work = 1;
	if (!sample_init(&s))
		return -1;
	make_large(&s, kind, n);
	while (!enough(&s, work) && work < 1L << 30)
		work *= 2;
	for (long step = work / 4; step >= 16; step /= 2)
		work -= enough(&s, work - step) ? step : 0;
	fixture_deinit(&s.f);
	return work;
}

TEST(verify_work_of_a_large_dossier)
{
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		test_case(kinds[kind]);
		long few = work_of(kind, FEW), many = work_of(kind, 4 * FEW);
		if (many > few * (long)GROWTH)
			test_fail(__FILE__, __LINE__, "%ld allocations for %u, %ld for four times as many", few, FEW, many);
	}
}

/* Places and names that stand nowhere are looked for in all texts, and descriptions in their own: not without end. */
TEST(verify_looks_have_an_end)
{
	enum { MANY = 3000 };
	sample s;
	sr_verdict v;
	size_t ended = 0;
	REQUIRE(sample_init(&s));
	s.d.places = SR_NEW_ARRAY(s.f.arena, sr_place, MANY);
	s.d.sources = SR_NEW_ARRAY(s.f.arena, sr_source, MANY);
	REQUIRE(s.d.places && s.d.sources);
	for (uint32_t i = 0; i < MANY; i++) {
		s.d.places[i].name = SR_STR("Quondle");
		s.d.sources[i] = s.f.sources[i % 2];
		s.d.sources[i].n = i + 1;
		s.d.sources[i].description = sr_str_printf(s.f.arena, "Ferry aground; %u the owner blamed.", i);
	}
	s.d.place_count = s.d.source_count = s.d.documents = MANY;
	sample_failures(&s, &v);
	for (size_t i = 0; i < v.failure_count; i++)
		ended += sr_str_find(v.failures[i].reason, SR_STR("one of too many"), 0) != SIZE_MAX;
	CHECK(ended > MANY && ended < 2 * MANY);
	fixture_deinit(&s.f);
}
