/* A store that a salvage left without its memory: what was there is shown, found and added to as before. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/engine/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGE(id, source, date, title, text) "{\"id\":\"" id "\",\"title\":\"" title "\",\"source\":\"" source "\",\"date\":\"" date "\",\"text\":\"" text "\"}\n"
#define HEADLINE "Second lock gate gives way"
#define LOCK "A lock gate on the Orrin canal gave way on Friday, and two barges sank. The canal authority closed the lock at Brell."
#define FIRE "A fire burned down the paper mill of Vasco on Friday. Nine workers were taken to hospital, the fire service said."

static sr_arena *arena;
static char folder[] = "/tmp/sitrep-remember-XXXXXX";
static sr_error err;

static const char *file(const char *name)
{
	static char path[2][128];
	static unsigned next;
	char *at = path[next++ % 2];
	snprintf(at, sizeof path[0], "%s/%s", folder, name);
	return at;
}

/* Adds lines; the story of the last change. */
static sr_archive_change add(sr_archive *a, const char *name, const char *lines)
{
	sr_archive_report report = { 0 };
	const char *path = file(name);
	if (sr_file_write(path, sr_str_c(lines), NULL) != SR_OK || sr_archive_add(a, &path, 1, SR_INPUT_JSONL, arena, &report, &err) != SR_OK ||
	    !report.story_count)
		test_fail(__FILE__, __LINE__, "nothing was added: %s", err.message);
	return report.story_count ? report.stories[report.story_count - 1] : (sr_archive_change){ 0 };
}

/* As a salvage leaves it that lost a story's row: no memory, and documents without a story. */
static void forget(sr_archive *a, int64_t homeless)
{
	static const char *const kinds[] = { "stream", "story", "held", "due" };
	sr_store *store = sr_archive_store(a);
	bool ok = sr_store_begin(store, sr_archive_now(a), &err) == SR_OK;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		ok = ok && sr_store_drop_profiles(store, sr_str_c(kinds[i]), INT64_MAX, &err) == SR_OK;
	ok = ok && sr_store_put_state(store, SR_STR("notices"), (sr_str){ 0 }, &err) == SR_OK && sr_store_place(store, homeless, 0, &err) == SR_OK;
	if (!ok || sr_store_commit(store, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
}

static sr_archive *open_archive(void)
{
	sr_archive *a = NULL;
	const sr_archive_options options = { .engine = { .jobs = 1, .now = sr_time_date(2026, 3, 20) }, .db = file("db"), .write = true, .create = true };
	if (sr_archive_open(&options, &a, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return a;
}

static int64_t story_of(sr_archive *a, int64_t doc)
{
	sr_store_loaded l = { 0 };
	if (sr_store_load(sr_archive_store(a), doc, 0, 0, arena, &l, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return l.story;
}

static void check_remembered(sr_archive *a, int64_t lock)
{
	sr_archive_page page;
	int64_t fire = story_of(a, 3);
	test_case("a document without a story is placed, and shown");
	CHECK(fire != 0 && fire != lock);
	CHECK_INT(sr_archive_show(a, fire, 0, 0, arena, &page, &err), SR_OK);
	CHECK_INT(page.dossier.source_count, 1);
	test_case("a new report joins the old story");
	CHECK_INT(add(a, "more.jsonl", PAGE("9", "Canal Post", "2026-03-14T09:00:00Z", "Barges sink on Orrin canal", LOCK " It will stay closed for a week.")).story, lock);
	test_case("a notice is remembered until its article comes");
	CHECK_INT(add(a, "late.jsonl", PAGE("10", "Dock Daily", "2026-03-13T10:00:00Z", HEADLINE, "A second lock gate has given way, two clerks said.")).withdrawn, 1);
}

TEST(archive_remember)
{
	REQUIRE(mkdtemp(folder));
	arena = sr_arena_new(0);
	sr_archive *a = open_archive();
	int64_t lock = add(a, "lock.jsonl", PAGE("1", "Orrin Herald", "2026-03-13T12:00:00Z", "Lock gate gives way", LOCK)).story;
	add(a, "notice.jsonl", PAGE("2", "Dock Daily", "2026-03-13T15:00:00Z", "A correction", "The lock is whole.\\n\\nDock Daily has withdrawn its report “" HEADLINE "”."));
	add(a, "fire.jsonl", PAGE("3", "Vasco Times", "2026-03-13T18:00:00Z", "Mill of Vasco burns down", FIRE));
	forget(a, 3);
	sr_archive_close(a);
	a = open_archive();
	CHECK_INT(story_of(a, 3), 0);
	if (sr_archive_remember(a, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	check_remembered(a, lock);
	sr_archive_close(a);
	sr_arena_free(arena);
	static const char *const names[] = { "lock.jsonl", "notice.jsonl", "fire.jsonl", "more.jsonl", "late.jsonl", "db", "db-wal", "db-shm" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(file(names[i]));
	rmdir(folder);
}
