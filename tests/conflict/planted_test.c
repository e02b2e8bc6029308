/* Whole invented stories with contradictions planted in them. expected.tsv of each: kind, side, side, open or settled, a side as FILE:words;
 * figures.tsv holds how many of them are found, which is to grow, and how many rows the page has besides, which is not. */
#include "harness.h"

#include "sitrep/engine.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 12u
#define PATH_BYTES 512u
#define ROWS_MAX 64u
#define PLANTED "tests/conflict/planted/"

typedef struct story_files {
	char paths[FILES_MAX][PATH_BYTES];
	const char *list[FILES_MAX];
	size_t count;
} story_files;

static int by_path(const void *a, const void *b) { return strcmp(a, b); }

static bool list_files(const char *name, story_files *out)
{
	char folder[PATH_BYTES];
	snprintf(folder, sizeof folder, "%s", test_path(PLANTED));
	strncat(folder, name, sizeof folder - strlen(folder) - 1);
	DIR *d = opendir(folder);
	out->count = 0;
	for (struct dirent *e; d && (e = readdir(d)) && out->count < FILES_MAX;)
		if (sr_str_ends(sr_str_c(e->d_name), SR_STR(".txt")))
			snprintf(out->paths[out->count++], PATH_BYTES, "%.200s/%.100s", folder, e->d_name);
	if (d)
		closedir(d);
	qsort(out->paths, out->count, PATH_BYTES, by_path);
	for (size_t i = 0; i < out->count; i++)
		out->list[i] = out->paths[i];
	return out->count > 0;
}

/* Whether a position is held with the sentence that the words of FILE:words stand in. */
static bool holds(const sr_run *run, const sr_dossier *d, const sr_position *p, sr_str side)
{
	size_t colon = sr_str_find_char(side, ':', 0);
	sr_str file = sr_str_slice(side, 0, colon), words = sr_str_slice(side, colon + 1, side.len);
	for (size_t h = 0; h < p->held_by_count; h++) {
		sr_cite cite = p->held_by[h].cite;
		sr_str path = cite.source && cite.source <= d->source_count ? d->sources[cite.source - 1].path : (sr_str){ 0 };
		for (size_t i = 0; i < run->doc_count && sr_str_ends(path, file); i++) {
			if (!sr_str_eq(run->docs[i]->path, path))
				continue;
			size_t at = sr_str_find(run->docs[i]->text, words, 0), k = at == SIZE_MAX ? SIZE_MAX : sr_reading_sentence_at(&run->readings[i], (uint32_t)at);
			if (k != SIZE_MAX && sr_span_overlap(run->readings[i].sentences[k].span, cite.span))
				return true;
		}
	}
	return false;
}

static bool shows(const sr_run *run, const sr_dossier *d, const sr_conflict *c, sr_str a, sr_str b)
{
	for (size_t i = 0; i < c->position_count; i++)
		for (size_t k = 0; k < c->position_count; k++)
			if (i != k && holds(run, d, &c->positions[i], a) && holds(run, d, &c->positions[k], b))
				return true;
	return false;
}

/* found: rows of expected.tsv that the dossier shows; besides: its rows that none of them is. */
static void count(const char *name, const sr_run *run, const sr_dossier *d, long long *found, long long *besides)
{
	char path[PATH_BYTES];
	bool meant[ROWS_MAX] = { false };
	snprintf(path, sizeof path, "%s%s/expected.tsv", PLANTED, name);
	sr_str rest = test_read(test_path(path)), f[4];
	*found = 0;
	while (test_next_row(&rest, f, 4)) {
		bool any = false;
		for (size_t i = 0; i < d->conflict_count && i < ROWS_MAX; i++)
			if (shows(run, d, &d->conflicts[i], f[1], f[2]))
				any = meant[i] = true;
		*found += any;
	}
	*besides = 0;
	for (size_t i = 0; i < d->conflict_count && i < ROWS_MAX; i++)
		*besides += !meant[i];
}

static void check_story(sr_engine *engine, const char *name, long long want, long long spare)
{
	story_files files;
	sr_run *run;
	sr_error err = { 0 };
	sr_dossier d;
	long long found = 0, besides = 0;
	sr_arena *arena = sr_arena_new(0);
	REQUIRE(arena && list_files(name, &files) && sr_run_new(engine, &run, &err) == SR_OK);
	sr_status status = sr_run_load(run, files.list, files.count, SR_INPUT_AUTO, &err);
	if (status == SR_OK)
		status = sr_run_read(run, &err);
	if (status == SR_OK)
		status = sr_run_group(run, &err);
	if (status == SR_OK)
		status = sr_run_dossier(run, 0, arena, &d, NULL, &err);
	if (status == SR_OK) {
		count(name, run, &d, &found, &besides);
		CHECK_INT(found >= want ? want : found, want);
		CHECK_INT(besides <= spare ? spare : besides, spare);
		if (found > want)
			printf("  planted in %s: %lld found, %lld are noted\n", name, found, want);
	} else {
		test_fail(__FILE__, __LINE__, "%s", err.message);
	}
	sr_run_free(run);
	sr_arena_free(arena);
}

TEST(conflict_planted)
{
	sr_str rest = test_read(test_path(PLANTED "figures.tsv")), f[3];
	sr_engine *engine;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2027, 1, 1) };
	REQUIRE(sr_engine_new(&options, &engine, &err) == SR_OK);
	while (test_next_row(&rest, f, 3) == 3) {
		char name[80], number[16];
		snprintf(name, sizeof name, "%.*s", SR_FMT(f[0]));
		test_case(name);
		snprintf(number, sizeof number, "%.*s", SR_FMT(f[1]));
		long long want = strtoll(number, NULL, 10);
		snprintf(number, sizeof number, "%.*s", SR_FMT(f[2]));
		check_story(engine, name, want, strtoll(number, NULL, 10));
	}
	sr_engine_free(engine);
}
