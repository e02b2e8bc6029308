/* Over gofeed's cases: everything is read, and what its translator expects of a value that our
 * record has a place for is what we read. Exceptions stand in feed_exceptions.tsv, one a line. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/format/date.h"
#include "sitrep/format/feed.h"

#include <stdio.h>
#include <string.h>

typedef struct feed_case {
	const char *file;     /* below the feeds folder */
	sr_str exceptions;    /* the table */
	size_t excepted, compared;
} feed_case;

static bool excepted(feed_case *c, const char *field)
{
	sr_str rest = c->exceptions, f[3];
	while (sr_str_next_line(&rest, &f[0])) {
		sr_str line = f[0], file, name;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		sr_str_next_field(&line, '\t', &file);
		sr_str_next_field(&line, '\t', &name);
		if (sr_str_eq(file, sr_str_c(c->file)) && sr_str_eq(name, sr_str_c(field))) {
			c->excepted++;
			return true;
		}
	}
	return false;
}

static void compare(feed_case *c, const char *field, const sr_jval *want, sr_str got)
{
	if (!want || !sr_jval_is_string(want) || excepted(c, field))
		return;
	c->compared++;
	if (!sr_str_eq(sr_jval_str(want), got))
		test_fail(__FILE__, __LINE__, "%s: %s is \"%.*s\", expected \"%.*s\"", c->file, field, SR_FMT(got),
		          SR_FMT(sr_jval_str(want)));
}

static void compare_time(feed_case *c, const char *field, const sr_jval *want, sr_time got)
{
	sr_time t;
	if (!want || excepted(c, field))
		return;
	c->compared++;
	if (!sr_date_read(sr_jval_str(want), &t) || sr_time_epoch(t) != sr_time_epoch(got) || !sr_time_known(got))
		test_fail(__FILE__, __LINE__, "%s: %s is not \"%.*s\"", c->file, field, SR_FMT(sr_jval_str(want)));
}

static void compare_people(feed_case *c, const char *field, const sr_jval *want, const sr_feed_person *got, size_t count)
{
	if (!want || excepted(c, field))
		return;
	if (sr_jval_len(want) != count) {
		test_fail(__FILE__, __LINE__, "%s: %zu of %s, expected %zu", c->file, count, field, sr_jval_len(want));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const sr_jval *w = sr_jval_at(want, i);
		compare(c, field, sr_jval_get(w, "name"), got[i].name);
		compare(c, field, sr_jval_get(w, "email"), got[i].email);
		compare(c, field, sr_jval_get(w, "url"), got[i].url);
		compare(c, field, sr_jval_get(w, "avatar"), got[i].avatar);
	}
}

static void compare_list(feed_case *c, const char *field, const sr_jval *want, const sr_str *got, size_t count)
{
	if (!want || excepted(c, field))
		return;
	if (sr_jval_len(want) != count)
		test_fail(__FILE__, __LINE__, "%s: %zu of %s, expected %zu", c->file, count, field, sr_jval_len(want));
	for (size_t i = 0; i < count && i < sr_jval_len(want); i++)
		compare(c, field, sr_jval_at(want, i), got[i]);
}

/* gofeed's links are ours of the relations alternate, self and related. */
static void compare_links(feed_case *c, const char *field, const sr_jval *want, const sr_feed_link *got, size_t count)
{
	sr_str urls[16];
	size_t n = 0;
	for (size_t i = 0; i < count && n < 16; i++)
		if (sr_str_eq(got[i].rel, SR_STR("alternate")) || sr_str_eq(got[i].rel, SR_STR("self")) ||
		    sr_str_eq(got[i].rel, SR_STR("related")))
			urls[n++] = got[i].url;
	compare_list(c, field, want, urls, n);
}

static void compare_enclosures(feed_case *c, const sr_jval *want, const sr_feed_entry *e)
{
	if (!want || excepted(c, "items.enclosures"))
		return;
	CHECK_INT(e->enclosure_count, sr_jval_len(want));
	for (size_t i = 0; i < e->enclosure_count && i < sr_jval_len(want); i++) {
		const sr_jval *w = sr_jval_at(want, i);
		char length[24];
		snprintf(length, sizeof length, "%lld", (long long)e->enclosures[i].length);
		compare(c, "items.enclosures", sr_jval_get(w, "url"), e->enclosures[i].url);
		compare(c, "items.enclosures", sr_jval_get(w, "type"), e->enclosures[i].type);
		compare(c, "items.enclosures", sr_jval_get(w, "length"), sr_str_c(length));
	}
}

static void compare_entry(feed_case *c, const sr_jval *want, const sr_feed_entry *e)
{
	compare(c, "items.title", sr_jval_get(want, "title"), e->title);
	compare(c, "items.description", sr_jval_get(want, "description"), e->summary);
	compare(c, "items.content", sr_jval_get(want, "content"), e->content);
	compare(c, "items.link", sr_jval_get(want, "link"), e->link);
	compare(c, "items.guid", sr_jval_get(want, "guid"), e->id);
	compare(c, "items.image", sr_jval_get(sr_jval_get(want, "image"), "url"), e->image);
	compare_time(c, "items.published", sr_jval_get(want, "publishedParsed"), e->published);
	compare_time(c, "items.updated", sr_jval_get(want, "updatedParsed"), e->updated);
	compare_links(c, "items.links", sr_jval_get(want, "links"), e->links, e->link_count);
	compare_people(c, "items.authors", sr_jval_get(want, "authors"), e->authors, e->author_count);
	compare_list(c, "items.categories", sr_jval_get(want, "categories"), e->categories, e->category_count);
	compare_enclosures(c, sr_jval_get(want, "enclosures"), e);
}

static void compare_feed(feed_case *c, const sr_jval *want, const sr_feed *f)
{
	static const char *const kinds[] = { "rss", "atom", "json", "sitemap" };
	const sr_jval *items = sr_jval_get(want, "items"), *image = sr_jval_get(want, "image");
	compare(c, "feedType", sr_jval_get(want, "feedType"), sr_str_c(kinds[f->kind]));
	compare(c, "feedVersion", sr_jval_get(want, "feedVersion"), f->version);
	compare(c, "title", sr_jval_get(want, "title"), f->title);
	compare(c, "description", sr_jval_get(want, "description"), f->description);
	compare(c, "link", sr_jval_get(want, "link"), f->link);
	compare(c, "feedLink", sr_jval_get(want, "feedLink"), f->self);
	compare(c, "language", sr_jval_get(want, "language"), f->language);
	compare(c, "copyright", sr_jval_get(want, "copyright"), f->rights);
	compare(c, "generator", sr_jval_get(want, "generator"), f->generator);
	compare(c, "image", sr_jval_get(image, "url"), f->image);
	compare(c, "image.title", sr_jval_get(image, "title"), f->image_title);
	compare_time(c, "published", sr_jval_get(want, "publishedParsed"), f->published);
	compare_time(c, "updated", sr_jval_get(want, "updatedParsed"), f->updated);
	compare_links(c, "links", sr_jval_get(want, "links"), f->links, f->link_count);
	compare_people(c, "authors", sr_jval_get(want, "authors"), f->authors, f->author_count);
	compare_list(c, "categories", sr_jval_get(want, "categories"), f->categories, f->category_count);
	CHECK_INT(f->entry_count, sr_jval_len(items));
	for (size_t i = 0; i < f->entry_count && i < sr_jval_len(items); i++)
		compare_entry(c, sr_jval_at(items, i), &f->entries[i]);
}

static sr_status read_feed(const char *path, sr_arena *arena, sr_feed **feed, sr_buf *bytes, sr_error *err)
{
	sr_buf_init(bytes, 0);
	SR_TRY(sr_file_read(path, (size_t)1 << 24, bytes, err));
	return sr_feed_read(sr_buf_str(bytes), (sr_str){ 0 }, (sr_str){ 0 }, arena, feed, err);
}

static void check_file(feed_case *c, const char *path, const char *expected)
{
	sr_arena *arena = sr_arena_new(0);
	sr_feed *feed;
	sr_error err = { 0 };
	sr_buf bytes, json_bytes;
	sr_json *json;
	sr_status status = read_feed(path, arena, &feed, &bytes, &err);
	if (status != SR_OK && !excepted(c, "read"))
		test_fail(__FILE__, __LINE__, "%s: %s", c->file, err.message);
	sr_buf_init(&json_bytes, 0);
	if (status == SR_OK && expected && sr_file_read(expected, (size_t)1 << 24, &json_bytes, NULL) == SR_OK) {
		if (sr_json_parse(sr_buf_str(&json_bytes), &json, &err) == SR_OK) {
			compare_feed(c, sr_json_root(json), feed);
			sr_json_free(json);
		} else
			test_fail(__FILE__, __LINE__, "%s: %s", expected, err.message);
	}
	sr_buf_deinit(&json_bytes);
	sr_buf_deinit(&bytes);
	sr_arena_free(arena);
}

/* The input files of the folder: *.xml, and the JSON feeds among the JSON files. */
static bool is_input(const char *file)
{
	size_t n = strlen(file);
	if (n > 4 && strcmp(file + n - 4, ".xml") == 0)
		return true;
	return (strstr(file, "/json") || strstr(file, "universal/")) && !strstr(file, "_expected");
}

static void run(const char *part, bool compare_values)
{
	const char *folder = test_shared("data/feeds");
	char below[512];
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count, read = 0, compared = 0, excepted_count = 0;
	if (!folder) {
		test_skip("no shared data");
		sr_arena_free(arena);
		return;
	}
	snprintf(below, sizeof below, "%s/%s", folder, part);
	size_t skip = strlen(folder) + 1;
	REQUIRE(sr_folder_walk(below, 10000, arena, &paths, &count, NULL) == SR_OK);
	sr_str exceptions = test_read(test_path("tests/format/feed_exceptions.tsv"));
	for (size_t i = 0; i < count; i++) {
		feed_case c = { .file = paths[i].ptr + skip, .exceptions = exceptions };
		if (!is_input(c.file))
			continue;
		bool json = sr_str_ends(paths[i], SR_STR(".json"));
		sr_str stem = sr_str_slice(paths[i], 0, paths[i].len - (json ? 5 : 4));
		sr_str expected = sr_str_printf(arena, "%.*s%s.json", SR_FMT(stem), json ? "_expected" : "");
		read++;
		check_file(&c, paths[i].ptr, compare_values ? expected.ptr : NULL);
		compared += c.compared;
		excepted_count += c.excepted;
	}
	CHECK(read > 5);
	CHECK(!compare_values || compared > 200);
	/* exceptions are for the few */
	CHECK(excepted_count <= 8);
	sr_arena_free(arena);
}

TEST(feed_gofeed_parser_cases) { run("parser", false); }
TEST(feed_gofeed_extension_cases) { run("extensions", false); }
TEST(feed_gofeed_translator_cases) { run("translator", true); }
