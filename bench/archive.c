/* What it costs to bring a story of many documents up to date by one more: bench-archive [DOCUMENTS [ROUNDS [PARAGRAPHS]]]
 * (500, 9, 8). The documents are invented. Times are by the clock, on all processors; the last line has their medians. */
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
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static sr_arena *arena;

#define ROUNDS_MAX 1000u

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *x, unsigned n)
{
	qsort(x, n, sizeof *x, by_value);
	return x[n / 2];
}

/* The story with the most of the documents just reported. */
static int64_t largest(sr_archive *a, const sr_archive_report *report)
{
	sr_error err = { 0 };
	sr_archive_page page;
	int64_t best = 0;
	uint32_t most = 0;
	for (size_t i = 0; i < report->story_count; i++)
		if (sr_archive_show(a, report->stories[i].story, 0, 0, arena, &page, &err) == SR_OK && page.dossier.documents > most) {
			most = page.dossier.documents;
			best = report->stories[i].story;
		}
	return best;
}

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
	unsigned documents = argc > 1 ? (unsigned)atoi(argv[1]) : 500, rounds = argc > 2 ? (unsigned)atoi(argv[2]) : 9;
	unsigned paragraphs = argc > 3 ? (unsigned)atoi(argv[3]) : 8;
	double adds[ROUNDS_MAX], editions[ROUNDS_MAX];
	char folder[] = "/tmp/sitrep-bench-XXXXXX", db[64];
	sr_archive *a;
	sr_archive_page page;
	sr_archive_report report;
	sr_error err = { 0 };
	sr_buf lines;
	sr_buf_init(&lines, 0);
	arena = sr_arena_new(0);
	if (!arena || rounds > ROUNDS_MAX || !mkdtemp(folder))
		return 1;
	snprintf(db, sizeof db, "%s/db", folder);
	const sr_archive_options options = { .engine = { .now = sr_time_date(2026, 4, 30) }, .db = db, .write = true, .create = true };
	if (sr_archive_open(&options, &a, &err) != SR_OK)
		return 1;
	invent_articles(&lines, 1, documents, 1, paragraphs);
	double t0 = now();
	if (!add(a, folder, "many.jsonl", sr_buf_str(&lines), &report))
		return 1;
	printf("%u documents added in %zu stories: %.1f ms each\n", documents, report.story_count, (now() - t0) / documents);
	int64_t story = largest(a, &report);
	for (unsigned round = 0; round < rounds; round++) {
		char name[32];
		sr_arena_free(arena); /* as a process does that goes on */
		if (!(arena = sr_arena_new(0)))
			return 1;
		sr_buf_clear(&lines);
		invent_articles(&lines, 2 + round, 1, 1, paragraphs);
		snprintf(name, sizeof name, "one-%u.jsonl", round);
		double begun = now();
		if (!add(a, folder, name, sr_buf_str(&lines), &report))
			return 1;
		double added = now();
		if (sr_archive_show(a, story, 0, 0, arena, &page, &err) != SR_OK)
			return 1;
		adds[round] = added - begun;
		editions[round] = now() - added;
		printf("one more: added %.0f ms, its edition %.0f ms (%u documents)\n", adds[round], editions[round], page.dossier.documents);
	}
	if (rounds)
		printf("median: added %.1f ms, its edition %.1f ms\n", median(adds, rounds), median(editions, rounds));
	sr_archive_close(a);
	printf("left in %s\n", folder);
	return 0;
}
