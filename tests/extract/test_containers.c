#include "harness.h"

#include "../format/warc_make.h"
#include "sitrep/base/file.h"
#include "sitrep/extract.h"

#include <stdio.h>
#include <string.h>

static sr_documents extract(sr_arena *arena, sr_str bytes, const char *path, sr_input_type type)
{
	sr_documents out = { 0 };
	sr_error err = { 0 };
	sr_input in = { .bytes = bytes, .path = sr_str_c(path), .type = type };
	if (sr_extract(&in, arena, &out, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s: %s", path, err.message);
	return out;
}

static bool has_note(const sr_document *d, const char *part)
{
	for (size_t i = 0; i < d->note_count; i++)
		if (sr_str_find(d->notes[i], sr_str_c(part), 0) != SIZE_MAX)
			return true;
	return false;
}

TEST(extract_feed_entries)
{
	static const char text[] =
		"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Harbour Post</title><language>en-GB</language>"
		"<item><title>Ferry &amp;amp; quay</title><link>https://post.example/1</link><guid>g1</guid><author>a@b.example (Ada Brook)</author>"
		"<pubDate>Tue, 04 Nov 2025 08:00:00 GMT</pubDate><description>Short.</description>"
		"<content:encoded><![CDATA[<p>The ferry&nbsp;sails.</p><h2>Why</h2><p>Because<br>it can.<br><br>Again.</p><blockquote><p>We sail,</p></blockquote>"
		"<ul><li>one</li><li>two</li></ul><figure><img src='/p.jpg'><figcaption>The quay</figcaption></figure><script>x()</script>]]></content:encoded></item>"
		"<item><title>Only a line</title><link>https://post.example/2</link><description>&lt;p&gt;A summary & more&lt;/p&gt;</description></item>"
		"<item><title>Nothing</title><link>https://post.example/3</link></item></channel></rss>";
	sr_arena *arena = sr_arena_new(0);
	sr_documents d = extract(arena, sr_str_c(text), "post.xml", SR_INPUT_AUTO);
	REQUIRE(d.count == 2);
	const sr_document *a = d.items[0], *b = d.items[1];
	CHECK_STR(a->path, SR_STR("post.xml#1"));
	CHECK_STR(a->id, SR_STR("g1"));
	CHECK_STR(a->url, SR_STR("https://post.example/1"));
	CHECK_STR(a->title, SR_STR("Ferry & quay"));
	CHECK_STR(a->site, SR_STR("Harbour Post"));
	CHECK_STR(a->language, SR_STR("en"));
	CHECK_INT(a->byline_count, 1);
	CHECK_STR(a->bylines[0], SR_STR("Ada Brook"));
	CHECK_INT(a->published.day, 4);
	CHECK_INT(a->kind, SR_DOC_ARTICLE);
	CHECK_STR(a->text, SR_STR("The ferry sails.\n\nWhy\n\nBecause it can.\n\nAgain.\n\nWe sail,\n\none\n\ntwo\n\nThe quay"));
	static const sr_block_kind kinds[] = { SR_BLOCK_PARAGRAPH, SR_BLOCK_HEADING, SR_BLOCK_PARAGRAPH, SR_BLOCK_PARAGRAPH,
		                                   SR_BLOCK_QUOTE, SR_BLOCK_LIST, SR_BLOCK_LIST, SR_BLOCK_CAPTION };
	REQUIRE(a->block_count == 8);
	for (size_t i = 0; i < 8; i++)
		CHECK_INT(a->blocks[i].kind, kinds[i]);
	REQUIRE(a->image_count >= 1);
	CHECK_STR(a->images[0].url, SR_STR("https://post.example/p.jpg"));
	CHECK_STR(a->images[0].caption, SR_STR("The quay"));
	CHECK_INT(b->kind, SR_DOC_PAGE);
	CHECK_STR(b->text, SR_STR("A summary & more"));
	CHECK(has_note(b, "only a summary"));
	CHECK(has_note(b, "1 entries of the feed were passed over; first: entry 3: no text"));
	CHECK(has_note(a, "feed: bare ampersand"));
	sr_arena_free(arena);
}

TEST(extract_feed_refuses_opml)
{
	sr_arena *arena = sr_arena_new(0);
	sr_documents out = { 0 };
	sr_error err = { 0 };
	sr_input in = { .bytes = SR_STR("<opml version='2.0'><body/></opml>"), .type = SR_INPUT_FEED };
	CHECK_INT(sr_extract(&in, arena, &out, &err), SR_E_UNSUPPORTED);
	sr_arena_free(arena);
}

#define PAGE(title, text) "<html><head><title>" title "</title></head><body><article><h1>" title "</h1><p>" text "</p></article></body></html>"
#define HTML "Content-Type: text/html\r\n"

TEST(extract_warc_records)
{
	static const char one[] = PAGE("Dam holds", "The dam at Brenmoor held overnight, engineers said on Tuesday, and the water fell by a metre.");
	sr_arena *arena = sr_arena_new(0);
	sr_buf a;
	sr_buf_init(&a, 0);
	warc_record(&a, "warcinfo", "-", "application/warc-fields", SR_STR("software: x"), true);
	warc_response(&a, "https://a.example/1", HTML, sr_str_c(one), true);
	warc_response(&a, "https://a.example/robots.txt", "Content-Type: text/plain\r\n", SR_STR("User-agent: *"), true);
	warc_response(&a, "https://a.example/p.png", "Content-Type: image/png\r\n", SR_STR("\x89PNG"), true);
	warc_response(&a, "https://a.example/2", HTML "Content-Encoding: zstd\r\n", SR_STR("...."), true);
	warc_record(&a, "response", "https://a.example/3", "application/http", SR_STR("HTTP/1.1 404 Not Found\r\n" HTML "\r\n<p>gone</p>"), true);
	warc_record(&a, "conversion", "https://a.example/4", "text/plain", SR_STR("Dam holds\n\nThe dam held, and the water fell by a metre in one night."), true);
	sr_documents d = extract(arena, sr_buf_str(&a), "crawl.warc.gz", SR_INPUT_AUTO);
	REQUIRE(d.count == 2);
	CHECK_STR(d.items[0]->path, SR_STR("crawl.warc.gz#2"));
	CHECK_STR(d.items[0]->url, SR_STR("https://a.example/1"));
	CHECK_STR(d.items[0]->title, SR_STR("Dam holds"));
	CHECK_INT(d.items[0]->retrieved.hour, 10);
	CHECK_STR(d.items[1]->path, SR_STR("crawl.warc.gz#7"));
	CHECK(has_note(d.items[1], "1 pages of the archive were passed over; first: record 5: in an encoding that is not read"));
	sr_buf_deinit(&a);
	sr_arena_free(arena);
}

/* The same pages from a folder and from an archive made of it give the same documents. */
static void compare_archive(const sr_str *paths, size_t count, bool packed)
{
	sr_arena *arena = sr_arena_new(0);
	sr_documents folder = { 0 }, archive = { 0 };
	sr_error err = { 0 };
	sr_buf warc;
	sr_buf_init(&warc, 0);
	for (size_t i = 0; i < count; i++) {
		sr_buf page;
		char url[64];
		snprintf(url, sizeof url, "https://page%zu.example/", i);
		sr_buf_init(&page, 0);
		REQUIRE(sr_file_read(paths[i].ptr, (size_t)1 << 26, &page, NULL) == SR_OK);
		sr_input in = { .bytes = sr_buf_str(&page), .url = sr_str_c(url), .type = SR_INPUT_HTML };
		CHECK_INT(sr_extract(&in, arena, &folder, &err), SR_OK);
		warc_response(&warc, url, HTML, sr_buf_str(&page), packed);
		sr_buf_deinit(&page);
	}
	sr_input in = { .bytes = sr_buf_str(&warc), .path = SR_STR("a.warc") };
	CHECK_INT(sr_extract(&in, arena, &archive, &err), SR_OK);
	CHECK_INT(archive.count, folder.count);
	for (size_t i = 0; i < archive.count && i < folder.count; i++) {
		const sr_document *a = archive.items[i], *f = folder.items[i];
		CHECK_STR(a->text, f->text);
		CHECK_STR(a->title, f->title);
		CHECK_STR(a->url, f->url);
		CHECK_STR(a->sha256, f->sha256);
		CHECK_INT(a->block_count, f->block_count);
		CHECK_INT(a->byline_count, f->byline_count);
		CHECK_INT(sr_time_cmp(a->published, f->published), 0);
		CHECK_INT(a->note_count, f->note_count);
	}
	sr_buf_deinit(&warc);
	sr_arena_free(arena);
}

TEST(extract_warc_is_the_folder)
{
	const char *folder = test_shared("data/extraction/html");
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count;
	if (!folder) {
		test_skip("no shared data");
		sr_arena_free(arena);
		return;
	}
	REQUIRE(sr_folder_walk(folder, 500, arena, &paths, &count, NULL) == SR_OK);
	CHECK(count > 400);
	test_case("packed");
	compare_archive(paths, count, true);
	test_case("plain");
	compare_archive(paths, count < 50 ? count : 50, false);
	sr_arena_free(arena);
}
