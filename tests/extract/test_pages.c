/* Golden tests: each tests/extract/pages/NAME.html is extracted and set against NAME.txt. What came
 * out instead is left in the build folder as NAME.got. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/extract.h"

#include <stdio.h>
#include <string.h>

static void line(sr_buf *out, const char *name, sr_str value)
{
	if (value.len)
		sr_buf_printf(out, "%s: %.*s\n", name, SR_FMT(value));
}

static void time_line(sr_buf *out, const char *name, sr_time t)
{
	if (!sr_time_known(t))
		return;
	sr_buf_printf(out, "%s: ", name);
	sr_time_write(out, t);
	sr_buf_add_char(out, '\n');
}

static void describe_blocks(sr_buf *out, const sr_document *d)
{
	for (size_t i = 0; i < d->block_count; i++) {
		const sr_block *b = &d->blocks[i];
		sr_buf_printf(out, "\n[%s", sr_block_kind_name(b->kind));
		if (b->group)
			sr_buf_printf(out, " %u", b->group);
		if (sr_time_known(b->time)) {
			sr_buf_add_char(out, ' ');
			sr_time_write(out, b->time);
		}
		sr_buf_printf(out, "] %.*s\n", SR_FMT(sr_span_of(d->text, b->span)));
	}
}

static void describe(sr_buf *out, const sr_document *d)
{
	line(out, "title", d->title);
	for (size_t i = 0; i < d->byline_count; i++)
		line(out, "by", d->bylines[i]);
	time_line(out, "published", d->published);
	time_line(out, "modified", d->modified);
	line(out, "site", d->site);
	line(out, "section", d->section);
	line(out, "canonical", d->canonical);
	line(out, "language", d->language);
	line(out, "credit", d->credit);
	line(out, "dateline", d->dateline);
	line(out, "correction", d->correction);
	if (d->kind != SR_DOC_ARTICLE)
		sr_buf_printf(out, "kind: %s\n", sr_doc_kind_name(d->kind));
	if (d->status != SR_DOC_USABLE)
		sr_buf_printf(out, "status: %s\n", sr_doc_status_name(d->status));
	if (d->paywalled)
		sr_buf_add_c(out, "paywalled\n");
	for (size_t i = 0; i < d->image_count; i++)
		sr_buf_printf(out, "image: %.*s | %.*s | %.*s\n", SR_FMT(d->images[i].url), SR_FMT(d->images[i].caption),
		              SR_FMT(d->images[i].credit));
	for (size_t i = 0; i < d->relay_count; i++)
		sr_buf_printf(out, "relay %u: %.*s | %.*s\n", d->relays[i].number, SR_FMT(d->relays[i].publisher), SR_FMT(d->relays[i].title));
	for (size_t i = 0; i < d->mark_count; i++)
		sr_buf_printf(out, "mark %u at %u\n", d->marks[i].number, d->marks[i].offset);
	for (size_t i = 0; i < d->note_count; i++)
		line(out, "note", d->notes[i]);
	describe_blocks(out, d);
}

static void check_page(const char *name, sr_arena *arena)
{
	char path[256];
	sr_documents docs = { 0 };
	sr_error err = { 0 };
	sr_buf got;
	snprintf(path, sizeof path, "tests/extract/pages/%s.html", name);
	sr_input input = { .bytes = test_read(test_path(path)), .path = sr_str_c(name), .type = SR_INPUT_HTML };
	sr_status status = sr_extract(&input, arena, &docs, &err);
	sr_buf_init(&got, 0);
	if (status != SR_OK)
		sr_buf_printf(&got, "status %s: %s\n", sr_status_name(status), err.message);
	for (size_t i = 0; i < docs.count; i++)
		describe(&got, docs.items[i]);
	snprintf(path, sizeof path, "tests/extract/pages/%s.txt", name);
	sr_str want = sr_path_kind_of(test_path(path)) == SR_PATH_FILE ? test_read(test_path(path)) : (sr_str){ 0 };
	CHECK_STR(sr_buf_str(&got), want);
	if (!sr_str_eq(sr_buf_str(&got), want)) {
		snprintf(path, sizeof path, "%s/%s.got", SITREP_BUILD_DIR, name);
		CHECK(sr_file_write(path, sr_buf_str(&got), NULL) == SR_OK);
	}
	sr_buf_deinit(&got);
}

TEST(extract_pages)
{
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count, pages = 0;
	REQUIRE(arena);
	REQUIRE(sr_folder_walk(test_path("tests/extract/pages"), 1000, arena, &paths, &count, NULL) == SR_OK);
	for (size_t i = 0; i < count; i++) {
		char name[128];
		const char *base = strrchr(paths[i].ptr, '/') + 1;
		size_t n = strlen(base);
		if (n < 6 || n > 100 || strcmp(base + n - 5, ".html") != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)(n - 5), base);
		test_case(name);
		check_page(name, arena);
		pages++;
	}
	CHECK(pages > 25);
	sr_arena_free(arena);
}
