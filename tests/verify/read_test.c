/* Reading dossiers back from JSON: one with every member, and broken ones. */
#include "harness.h"

#include "sitrep/engine.h"
#include "sitrep/verify.h"

#include <math.h>
#include <stdio.h>

TEST(dossier_read_every_member)
{
	sr_arena *arena = sr_arena_new(0);
	sr_dossier d;
	sr_error err = { 0 };
	REQUIRE(arena);
	REQUIRE(sr_dossier_read(test_read(test_path("tests/verify/dossier.json")), arena, &d, &err) == SR_OK);
	CHECK_STR(d.title, SR_STR("Ferry aground off Pell Point"));
	CHECK_INT(d.title_cites.items[0].span.end, 9);
	CHECK_INT(d.edition, 2);
	CHECK_INT(d.updated.hour, 9);
	CHECK_INT(d.place_count, 2);
	CHECK(d.places[0].resolved && !d.places[1].resolved);
	CHECK_NEAR(d.places[0].lat, 10.5, 0);
	CHECK_INT(d.entities[0].type, SR_ENTITY_PER);
	CHECK_INT(d.brief[0].heading_cites.count, 1);
	CHECK_INT(d.brief[0].lines[0].cites.count, 2);
	CHECK_INT(d.brief[0].lines[0].cites.items[1].span.start, 40);
	CHECK_INT(d.conflicts[0].status, SR_CONFLICT_SUPERSEDED);
	CHECK_INT(d.conflicts[1].status, SR_CONFLICT_SETTLED);
	CHECK_INT(d.conflicts[1].settled_by, SR_SETTLED_BY_SHARES);
	const sr_holder *h = &d.conflicts[0].positions[0].held_by[0];
	CHECK_STR(h->via, SR_STR("Dock Daily"));
	CHECK(h->named);
	CHECK_INT(h->said.day, 14);
	CHECK_INT(h->cite.span.end, 8);
	CHECK_INT(d.unknown[0].reason, SR_UNKNOWN_UNVERIFIED);
	CHECK_STR(d.quotes[0].role, SR_STR("a passenger"));
	CHECK_NEAR(d.figures[0].series[0].low, 3, 0);
	CHECK(isinf(d.figures[0].series[0].high));
	CHECK_NEAR(d.figures[0].series[1].high, 4.5, 0);
	CHECK_INT(d.timeline[0].until.day, 19);
	CHECK_STR(d.updates[0].note, SR_STR("Contradicts Karl Venn"));
	CHECK_INT(d.changes.since, 1);
	CHECK_INT(d.changes.added_count, 1);
	CHECK_INT(d.changes.withdrawn_count, 1);
	CHECK_INT(d.sources[0].kind, SR_DOC_LIVE);
	CHECK_INT(d.sources[0].status, SR_DOC_CORRECTED);
	CHECK_STR(d.sources[0].sha256, SR_STR("ab"));
	sr_arena_free(arena);
}

TEST(dossier_read_refuses)
{
	sr_str rest = test_read(test_path("tests/verify/bad_dossiers.tsv")), row[3];
	while (test_next_row(&rest, row, 3) == 3) {
		char label[96];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[0]));
		test_case(label);
		sr_arena *arena = sr_arena_new(0);
		sr_dossier d;
		sr_error err = { 0 };
		CHECK_INT(sr_dossier_read(row[1], arena, &d, &err), SR_E_INVALID);
		if (sr_str_find(sr_str_c(err.message), row[2], 0) == SIZE_MAX)
			test_fail(__FILE__, __LINE__, "got \"%s\", want \"%.*s\"", err.message, SR_FMT(row[2]));
		CHECK_INT(d.source_count, 0);
		sr_arena_free(arena);
	}
}

/* A dossier with so many entries in a list, apart from which it is whole. */
static sr_status read_entries(const char *list, const char *entry, size_t count)
{
	sr_buf json;
	sr_dossier d;
	sr_arena *arena = sr_arena_new(0);
	sr_buf_init(&json, 0);
	sr_buf_printf(&json, "{\"sitrep\":1,\"story\":{\"title\":\"t\",\"documents\":1,\"origins\":1},\"%s\":[%s", list, entry);
	for (size_t i = 1; i < count; i++)
		sr_buf_printf(&json, ",%s", entry);
	sr_buf_add_c(&json, "]}");
	sr_status status = arena ? sr_dossier_read(sr_buf_str(&json), arena, &d, NULL) : SR_E_NOMEM;
	sr_buf_deinit(&json);
	sr_arena_free(arena);
	return status;
}

/* What is written can be read: a story may have very many sources, and nothing else. */
TEST(dossier_read_has_a_ceiling)
{
	static const struct {
		const char *list, *entry;
		size_t most;
	} rows[] = { { "timeline", "{\"text\":\"t\"}", SR_DOSSIER_ITEMS_MAX }, { "sources", "{\"n\":1,\"sha256\":\"a\"}", SR_DOSSIER_SOURCES_MAX } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		test_case(rows[i].list);
		CHECK_INT(read_entries(rows[i].list, rows[i].entry, rows[i].most), SR_OK);
		CHECK_INT(read_entries(rows[i].list, rows[i].entry, rows[i].most + 1), SR_E_LIMIT);
	}
}

/* Lists within lists are counted together. */
TEST(dossier_read_has_a_ceiling_in_all)
{
	enum { OUTER = 1000, INNER = SR_DOSSIER_ENTRIES_MAX / OUTER };
	sr_buf entry;
	sr_buf_init(&entry, 0);
	sr_buf_add_c(&entry, "{\"text\":\"t\",\"cites\":[");
	for (unsigned i = 0; i < INNER; i++)
		sr_buf_printf(&entry, "%s{\"source\":1,\"start\":0,\"end\":1}", i ? "," : "");
	sr_buf_add_c(&entry, "]}");
	sr_buf_add_char(&entry, 0);
	CHECK_INT(read_entries("timeline", entry.ptr, OUTER - OUTER / INNER - 1), SR_OK);
	CHECK_INT(read_entries("timeline", entry.ptr, OUTER), SR_E_LIMIT);
	sr_buf_deinit(&entry);
}

TEST(dossier_of_too_many_documents)
{
	sr_story story = { .doc_count = SR_DOSSIER_SOURCES_MAX + 1 };
	sr_run run = { .stories = &story, .story_count = 1 };
	sr_dossier d;
	sr_error err = { 0 };
	CHECK_INT(sr_run_dossier(&run, 0, NULL, &d, NULL, &err), SR_E_LIMIT);
	CHECK(sr_str_find(sr_str_c(err.message), SR_STR("200001 documents"), 0) != SIZE_MAX);
}

TEST(dossier_read_out_of_memory)
{
	sr_str json = test_read(test_path("tests/verify/dossier.json"));
	int failed = 0;
	for (long n = 0; n < 90; n++) {
		sr_arena *arena = sr_arena_new(0);
		sr_dossier d;
		sr_arena_fail_after(n);
		sr_status status = sr_dossier_read(json, arena, &d, NULL);
		sr_arena_fail_after(-1);
		CHECK(status == SR_OK || status == SR_E_NOMEM);
		failed += status != SR_OK;
		sr_arena_free(arena);
	}
	CHECK(failed > 40);
}
