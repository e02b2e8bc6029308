/* In whatever order, and in whatever portions, documents arrive: the stories, their facts, origins and
 * conflicts end the same. */
#include "harness.h"

#include "invent.h"
#include "sitrep/engine/archive.h"
#include "sitrep/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ORDERS 3 /* they take many times as long */
#else
#define ORDERS 20
#endif
#define SOURCES_MAX 32

static const char *const names[] = {
	"01-velmira-herald-wire.txt", "02-ardovia-today-wire.html", "03-lindmouth-courier-wire.txt", "04-osselvale-radio-sirens.md",
	"05-continental-union.html", "06-brenmoor-now-second-dam.txt", "07-brenmoor-now-withdrawn.html", "08-velmira-herald-evacuation.txt",
	"09-lindmouth-courier-history.html", "10-harbour-post-contractor.md", "11-ardovia-today-ministry.txt", "12-osselvale-radio-video.txt",
	"13-valley-gazette-live.txt", "14-articles.jsonl", "15-coastal-examiner-grennick.html", "16-inland-observer-cause.txt",
	"17-brenmoor-now-funeral.md", "18-tidings-digest.txt",
};
#define COUNT (sizeof names / sizeof *names)

static char paths[COUNT][512];

static bool add(sr_archive *a, const char *const *sources, size_t count)
{
	sr_archive_report report;
	sr_error err = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = sr_archive_add(a, sources, count, SR_INPUT_AUTO, arena, &report, &err);
	if (status != SR_OK || report.failure_count)
		test_fail(__FILE__, __LINE__, "%s", status != SR_OK ? err.message : "a source was not read");
	sr_arena_free(arena);
	return status == SR_OK;
}

/* What a story says, without what its first document and its history made of it: ids and editions. */
static sr_str facts(sr_archive *a, int64_t story, sr_arena *arena)
{
	sr_archive_page page;
	sr_error err = { 0 };
	sr_buf out;
	sr_buf_init(&out, 0);
	if (sr_archive_show(a, story, 0, 0, arena, &page, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	page.dossier.id = (sr_str){ 0 };
	page.dossier.edition = 1;
	page.dossier.changes = (sr_changes){ 0 };
	for (size_t i = 0; i < page.dossier.conflict_count; i++)
		page.dossier.conflicts[i].id = (sr_str){ 0 };
	CHECK(sr_render(&page.dossier, SR_FORMAT_JSON, NULL, &out, NULL) == SR_OK);
	sr_str s = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return s;
}

static int by_text(const void *x, const void *y) { return sr_str_cmp(*(const sr_str *)x, *(const sr_str *)y); }

/* All stories' facts, sorted, one after the other. */
static sr_str everything(sr_archive *a, sr_arena *arena)
{
	sr_store_hits hits = { 0 };
	sr_store_query query = { .by_time = true, .limit = 100 };
	sr_str list[SOURCES_MAX] = { { 0 } };
	sr_buf out;
	sr_buf_init(&out, 0);
	CHECK(sr_store_search_stories(sr_archive_store(a), &query, arena, &hits, NULL) == SR_OK);
	size_t count = hits.count < SOURCES_MAX ? hits.count : SOURCES_MAX;
	for (size_t i = 0; i < count; i++)
		list[i] = facts(a, hits.items[i].story, arena);
	qsort(list, count, sizeof *list, by_text);
	for (size_t i = 0; i < count; i++)
		sr_buf_add(&out, list[i]);
	sr_str s = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return s;
}

/* Adds the sources in the order given, `portion` at a time, and answers what came of it. */
static sr_str outcome(sr_engine_options engine, const size_t *order, size_t portion, sr_arena *arena)
{
	char db[64] = "/tmp/sitrep-test-XXXXXX", beside[80];
	sr_archive *a = NULL;
	sr_str result = { 0 };
	sr_error err = { 0 };
	int fd = mkstemp(db);
	close(fd);
	unlink(db);
	const sr_archive_options options = { .engine = engine, .db = db, .write = true, .create = true };
	if (sr_archive_open(&options, &a, &err) != SR_OK) {
		test_fail(__FILE__, __LINE__, "%s", err.message);
		return result;
	}
	bool ok = true;
	for (size_t i = 0; i < COUNT && ok; i += portion) {
		const char *sources[COUNT];
		size_t n = 0;
		for (size_t k = i; k < COUNT && k < i + portion; k++)
			sources[n++] = paths[order[k]];
		ok = add(a, sources, n);
	}
	if (ok)
		result = everything(a, arena);
	sr_archive_close(a);
	unlink(db);
	for (int i = 0; i < 2; i++) {
		snprintf(beside, sizeof beside, "%s%s", db, i ? "-shm" : "-wal");
		unlink(beside);
	}
	return result;
}

TEST(archive_orders)
{
	static const size_t portions[] = { 1, 5, 1, 3 };
	const sr_engine_options engine = { .jobs = 1, .now = sr_time_date(2026, 3, 17) };
	size_t order[COUNT];
	sr_arena *arena = sr_arena_new(0);
	REQUIRE(arena);
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(paths[i], sizeof paths[i], "%s/%s", test_path("examples"), names[i]);
		order[i] = i;
	}
	sr_str first = outcome(engine, order, COUNT, arena);
	CHECK(first.len > 10000);
	uint64_t x = 20260317;
	for (int n = 0; n < ORDERS; n++) {
		char label[32];
		snprintf(label, sizeof label, "order %d", n + 1);
		test_case(label);
		for (size_t i = COUNT - 1; i > 0; i--) { /* Fisher and Yates */
			size_t k = invent_number(&x, (unsigned)i + 1), t = order[i];
			order[i] = order[k];
			order[k] = t;
		}
		sr_str got = outcome(engine, order, portions[n % 4], arena);
		if (!sr_str_eq(got, first)) {
			size_t at = 0;
			while (at < got.len && at < first.len && got.ptr[at] == first.ptr[at])
				at++;
			test_fail(__FILE__, __LINE__, "another outcome, from \"%.*s\" instead of \"%.*s\"", SR_FMT(sr_str_slice(got, at, at + 200)),
			          SR_FMT(sr_str_slice(first, at, at + 200)));
		}
	}
	sr_arena_free(arena);
}
