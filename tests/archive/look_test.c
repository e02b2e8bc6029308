/* A story too large to be written at once gets its edition at a look: what is shown then is what is kept, and it is what
 * an archive says that got all documents at once, whatever was looked at and corrected in between. */
#include "harness.h"

#include "invent.h"
#include "sitrep/base/file.h"
#include "sitrep/engine/archive.h"
#include "sitrep/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DOCUMENTS 80u /* more than SR_ARCHIVE_EAGER_MAX */

static sr_arena *arena;
static char folder[] = "/tmp/sitrep-look-XXXXXX";

static sr_archive *open_archive(const char *name)
{
	char db[128];
	sr_archive *a = NULL;
	sr_error err = { 0 };
	snprintf(db, sizeof db, "%s/%s", folder, name);
	const sr_archive_options options = { .engine = { .jobs = 1, .now = sr_time_date(2026, 4, 30) }, .db = db, .write = true, .create = true };
	if (sr_archive_open(&options, &a, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return a;
}

/* Adds files by name; the largest story of those touched. */
static int64_t add(sr_archive *a, const char *const *names, size_t count)
{
	char paths[4][128];
	const char *sources[4];
	sr_archive_report report;
	sr_error err = { 0 };
	for (size_t i = 0; i < count; i++) {
		snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
		sources[i] = paths[i];
	}
	if (sr_archive_add(a, sources, count, SR_INPUT_JSONL, arena, &report, &err) != SR_OK || !report.story_count) {
		test_fail(__FILE__, __LINE__, "nothing was added: %s", err.message);
		return 0;
	}
	size_t best = 0;
	for (size_t i = 0; i < report.story_count; i++)
		best = report.stories[i].documents > report.stories[best].documents ? i : best;
	return report.stories[best].story;
}

static sr_str page(sr_archive *a, int64_t story, sr_format format, bool facts_only)
{
	sr_archive_page shown;
	sr_error err = { 0 };
	sr_buf out;
	sr_buf_init(&out, 0);
	if (sr_archive_show(a, story, 0, 0, arena, &shown, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	CHECK(shown.original_count == shown.dossier.source_count);
	for (size_t i = 0; i < shown.original_count; i++)
		CHECK(shown.originals[i] && sr_str_eq(shown.originals[i]->sha256, shown.dossier.sources[i].sha256) &&
		      sr_str_eq(shown.originals[i]->path, shown.dossier.sources[i].path));
	if (facts_only) { /* without what its first document and its history made of it */
		shown.dossier.id = (sr_str){ 0 };
		shown.dossier.edition = 1;
		shown.dossier.changes = (sr_changes){ 0 };
		for (size_t i = 0; i < shown.dossier.conflict_count; i++)
			shown.dossier.conflicts[i].id = (sr_str){ 0 };
	}
	const sr_render_options options = { .now = sr_archive_now(a), .texts = shown.texts, .text_count = shown.original_count };
	CHECK(sr_render(&shown.dossier, format, &options, &out, NULL) == SR_OK);
	sr_str s = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return s;
}

static void write_files(void)
{
	char path[128];
	sr_buf lines;
	static const struct {
		const char *name;
		unsigned seed, count;
	} files[] = { { "many.jsonl", 1, DOCUMENTS }, { "one.jsonl", 2, 1 }, { "two.jsonl", 3, 1 }, { "three.jsonl", 4, 1 } };
	sr_buf_init(&lines, 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		sr_buf_clear(&lines);
		invent_articles(&lines, files[i].seed, files[i].count, 1, 3);
		snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
		REQUIRE(sr_file_write(path, sr_buf_str(&lines), NULL) == SR_OK);
	}
	sr_buf_deinit(&lines);
}

static void check_same(const char *what, sr_str got, sr_str want)
{
	size_t at = 0;
	CHECK(want.len > 5000);
	while (at < got.len && at < want.len && got.ptr[at] == want.ptr[at])
		at++;
	if (!sr_str_eq(got, want))
		test_fail(__FILE__, __LINE__, "%s: another page, from \"%.*s\" instead of \"%.*s\"", what, SR_FMT(sr_str_slice(got, at, at + 200)),
		          SR_FMT(sr_str_slice(want, at, at + 200)));
}

/* Each article with the first two of its paragraphs. */
static void cut_articles(sr_buf *out, sr_str lines)
{
	sr_str line;
	while (sr_str_next_line(&lines, &line)) {
		size_t first = sr_str_find(line, SR_STR("\\n\\n"), 0), second = sr_str_find(line, SR_STR("\\n\\n"), first + 1);
		sr_buf_add(out, sr_str_slice(line, 0, second));
		sr_buf_add_c(out, "\"}\n");
	}
}

/* Every page that the edition cites is shorter now: the lines that are gone are cited from its earlier states. */
static void check_revised(sr_archive *a, int64_t story)
{
	char path[128];
	sr_buf lines;
	sr_archive_page since;
	sr_error err = { 0 };
	static const char *const name = "many.jsonl";
	sr_buf_init(&lines, 0);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	cut_articles(&lines, test_read(path));
	REQUIRE(sr_file_write(path, sr_buf_str(&lines), NULL) == SR_OK);
	sr_buf_deinit(&lines);
	CHECK_INT(add(a, &name, 1), story);
	sr_str written = page(a, story, SR_FORMAT_HTML, false);
	check_same("revised", page(a, story, SR_FORMAT_HTML, false), written);
	if (sr_archive_show(a, story, 0, 1, arena, &since, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	CHECK(since.dossier.changes.withdrawn_count > 0);
	CHECK(since.original_count == since.dossier.source_count && since.original_count > DOCUMENTS + 3);
}

static void remove_files(void)
{
	static const char *const names[] = { "many.jsonl", "one.jsonl", "two.jsonl", "three.jsonl", "a", "a-wal", "a-shm", "b", "b-wal", "b-shm" };
	char path[128];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

TEST(archive_look)
{
	static const char *const all[] = { "many.jsonl", "one.jsonl", "two.jsonl", "three.jsonl" };
	static const sr_format formats[] = { SR_FORMAT_JSON, SR_FORMAT_MD, SR_FORMAT_HTML };
	REQUIRE(mkdtemp(folder) && (arena = sr_arena_new(0)));
	write_files();
	sr_archive *a = open_archive("a"), *b = open_archive("b");
	REQUIRE(a && b);
	int64_t story = add(a, all, 1);
	(void)page(a, story, SR_FORMAT_JSON, false);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		test_case(sr_format_name(formats[i]));
		CHECK_INT(add(a, &all[1 + i], 1), story);
		sr_str written = page(a, story, formats[i], false);
		check_same("kept", page(a, story, formats[i], false), written);
	}
	test_case("as from all at once");
	int64_t whole = add(b, all, 4);
	check_same("all at once", page(a, story, SR_FORMAT_JSON, true), page(b, whole, SR_FORMAT_JSON, true));
	test_case("pages revised");
	check_revised(b, whole);
	sr_archive_close(a);
	sr_archive_close(b);
	sr_arena_free(arena);
	remove_files();
}
