/* What an archive shows of a story is what `brief` writes of the same pages, however they came in: nothing that a rule needs is
 * left out of the store (the conflicts of this story are told by likeness and by the encoder of pairs). */
#include "harness.h"

#include "sitrep/engine.h"
#include "sitrep/engine/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGES 3u

static const char *const names[PAGES] = { "a.txt", "b.txt", "c.txt" };
static char paths[PAGES][512];
static sr_arena *arena;

static sr_engine_options options(void) { return (sr_engine_options){ .jobs = 1, .now = sr_time_date(2027, 1, 1), .dossiers = true }; }

static sr_str disputes(const sr_dossier *d)
{
	sr_buf out;
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < d->conflict_count; i++)
		sr_buf_printf(&out, "%.*s\n", SR_FMT(d->conflicts[i].question));
	sr_str told = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return told;
}

static sr_str briefed(const char *const *sources)
{
	const sr_engine_options o = options();
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	sr_dossier d = { 0 };
	sr_error err = { 0 };
	bool ok = sr_engine_new(&o, &engine, &err) == SR_OK && sr_run_new(engine, &run, &err) == SR_OK && sr_run_load(run, sources, PAGES, SR_INPUT_AUTO, &err) == SR_OK &&
	          sr_run_read(run, &err) == SR_OK && sr_run_group(run, &err) == SR_OK && run->story_count == 1 && sr_run_dossier(run, 0, arena, &d, NULL, &err) == SR_OK;
	if (!ok)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	sr_str told = disputes(&d);
	sr_run_free(run);
	sr_engine_free(engine);
	return told;
}

/* One page after the other. */
static sr_str kept(const char *db, const char *const *sources)
{
	const sr_archive_options o = { .engine = options(), .db = db, .write = true, .create = true };
	sr_archive *a = NULL;
	sr_archive_page page = { 0 };
	sr_archive_report report = { 0 };
	sr_error err = { 0 };
	bool ok = sr_archive_open(&o, &a, &err) == SR_OK;
	for (size_t i = 0; ok && i < PAGES; i++)
		ok = sr_archive_add(a, &sources[i], 1, SR_INPUT_AUTO, arena, &report, &err) == SR_OK && report.story_count == 1;
	if (!ok || sr_archive_show(a, report.stories[0].story, 0, 0, arena, &page, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	sr_str told = disputes(&page.dossier);
	sr_archive_close(a);
	return told;
}

TEST(archive_shows_what_brief_writes)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	const char *sources[PAGES];
	char folder[] = "/tmp/sitrep-brief-XXXXXX", db[64], file[80];
	REQUIRE(mkdtemp(folder) && (arena = sr_arena_new(0)));
	snprintf(db, sizeof db, "%s/db", folder);
	for (size_t i = 0; i < PAGES; i++) {
		snprintf(paths[i], sizeof paths[i], "%s/%s", test_path("tests/conflict/planted/bank"), names[i]);
		sources[i] = paths[i];
	}
	sr_str want = briefed(sources);
	CHECK(sr_str_find_char(want, '\n', 0) != SIZE_MAX);
	CHECK_STR(kept(db, sources), want);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(file, sizeof file, "%s%s", db, ends[i]);
		unlink(file);
	}
	rmdir(folder);
	sr_arena_free(arena);
}
