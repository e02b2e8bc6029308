/* What it costs to bring a story of many documents up to date by one more: bench-archive [DOCUMENTS] (500). The
 * documents are invented. Times are of the processor, one thread. */
#include "archive/invent.h"
#include "sitrep/base/file.h"
#include "sitrep/engine/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static sr_arena *arena;

static bool add(sr_archive *a, const char *folder, const char *name, sr_str lines, sr_archive_report *report)
{
	char path[128];
	sr_error err = { 0 };
	snprintf(path, sizeof path, "%s/%s", folder, name);
	const char *sources[] = { path };
	if (sr_file_write(path, lines, &err) == SR_OK && sr_archive_add(a, sources, 1, SR_INPUT_JSONL, arena, report, &err) == SR_OK)
		return true;
	fprintf(stderr, "%s\n", err.message);
	return false;
}

int main(int argc, char **argv)
{
	unsigned documents = argc > 1 ? (unsigned)atoi(argv[1]) : 500;
	char folder[] = "/tmp/sitrep-bench-XXXXXX", db[64];
	sr_archive *a;
	sr_archive_page page;
	sr_archive_report report;
	sr_error err = { 0 };
	sr_buf lines;
	sr_buf_init(&lines, 0);
	arena = sr_arena_new(0);
	if (!arena || !mkdtemp(folder))
		return 1;
	snprintf(db, sizeof db, "%s/db", folder);
	const sr_archive_options options = { .engine = { .jobs = 1, .now = sr_time_date(2026, 4, 30) }, .db = db, .write = true, .create = true };
	if (sr_archive_open(&options, &a, &err) != SR_OK)
		return 1;
	invent_articles(&lines, 1, documents, 1, 8);
	double t0 = now();
	if (!add(a, folder, "many.jsonl", sr_buf_str(&lines), &report))
		return 1;
	printf("%u documents added in %zu stories: %.1f ms each\n", documents, report.story_count, (now() - t0) / documents);
	int64_t story = report.story_count ? report.stories[0].story : 0;
	for (unsigned round = 0; round < 3; round++) {
		char name[32];
		sr_buf_clear(&lines);
		invent_articles(&lines, 2 + round, 1, 1, 8);
		snprintf(name, sizeof name, "one-%u.jsonl", round);
		double begun = now();
		if (!add(a, folder, name, sr_buf_str(&lines), &report))
			return 1;
		double added = now();
		if (sr_archive_show(a, story, 0, 0, arena, &page, &err) != SR_OK)
			return 1;
		printf("one more: added %.0f ms, its edition %.0f ms (%u documents)\n", added - begun, now() - added, page.dossier.documents);
	}
	sr_archive_close(a);
	printf("left in %s\n", folder);
	return 0;
}
