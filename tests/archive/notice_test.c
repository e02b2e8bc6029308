/* Notices of several outlets that quote one headline, kept by the store until the article comes. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/engine/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGE(id, source, date, title, text) "{\"id\":\"" id "\",\"title\":\"" title "\",\"source\":\"" source "\",\"date\":\"" date "\",\"text\":\"" text "\"}\n"
#define HEADLINE "Second lock gate gives way"

static size_t withdrawn_by(const char *db, const char *path, const char *lines)
{
	sr_archive *a = NULL;
	sr_archive_report report = { 0 };
	sr_error err = { 0 };
	sr_arena *arena = sr_arena_new(0);
	const sr_archive_options options = { .engine = { .jobs = 1, .now = sr_time_date(2026, 3, 20) }, .db = db, .write = true, .create = true };
	if (!arena || sr_file_write(path, sr_str_c(lines), NULL) != SR_OK || sr_archive_open(&options, &a, &err) != SR_OK ||
	    sr_archive_add(a, &path, 1, SR_INPUT_JSONL, arena, &report, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	size_t withdrawn = 0;
	for (size_t i = 0; i < report.story_count; i++)
		withdrawn += report.stories[i].withdrawn;
	sr_archive_close(a);
	sr_arena_free(arena);
	return withdrawn;
}

TEST(archive_notices_of_one_headline)
{
	char folder[] = "/tmp/sitrep-notice-XXXXXX", db[64], paths[3][64];
	REQUIRE(mkdtemp(folder));
	snprintf(db, sizeof db, "%s/db", folder);
	for (int i = 0; i < 3; i++)
		snprintf(paths[i], sizeof paths[i], "%s/%d.jsonl", folder, i);
	CHECK_INT(withdrawn_by(db, paths[0], PAGE("1", "Dock Daily", "2026-03-13T15:00:00Z", "A correction", "The lock is whole.\\n\\nDock Daily has withdrawn its report “" HEADLINE "”.")), 0);
	CHECK_INT(withdrawn_by(db, paths[1], PAGE("2", "Harbour Weekly", "2026-03-13T16:00:00Z", "Of others", "The lock is whole.\\n\\nDock Daily has withdrawn its report “" HEADLINE "”.")), 0);
	/* another outlet's notice came later, and takes nothing back */
	CHECK_INT(withdrawn_by(db, paths[2], PAGE("3", "Dock Daily", "2026-03-13T10:00:00Z", HEADLINE, "A second lock gate has given way, two clerks said.")), 1);
	for (int i = 0; i < 3; i++)
		unlink(paths[i]);
	unlink(db);
	rmdir(folder);
}
