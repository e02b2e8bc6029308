#include "harness.h"

#include "sitrep/format/opml.h"

TEST(opml_round_trip)
{
	static const char text[] =
		"<?xml version='1.0'?><opml version='1.0'><head><title>Mine & yours</title></head><body>"
		"<outline text='Bay'><outline text='Harbour &quot;Post&quot;' title='' xmlUrl='https://post.example/rss?a=1&amp;b=2' htmlUrl='https://post.example/'/>"
		"<outline text='Deep'><outline text='Wire' xmlurl='http://wire.example/f'/></outline></outline>"
		"<outline text='Loose' xmlUrl='https://loose.example/'/><outline text='Again' xmlUrl='https://loose.example/'/>"
		"<outline text='Bad' xmlUrl='file:///etc/passwd'/></body>";
	sr_arena *arena = sr_arena_new(0);
	sr_opml *list, *back;
	sr_error err = { 0 };
	REQUIRE(sr_opml_read(sr_str_c(text), arena, &list, &err) == SR_OK);
	REQUIRE(list->count == 3);
	CHECK_STR(list->title, SR_STR("Mine & yours"));
	CHECK_STR(list->feeds[0].title, SR_STR("Harbour \"Post\""));
	CHECK_STR(list->feeds[0].url, SR_STR("https://post.example/rss?a=1&b=2"));
	CHECK_STR(list->feeds[0].site, SR_STR("https://post.example/"));
	CHECK_STR(list->feeds[0].folder, SR_STR("Bay"));
	CHECK_STR(list->feeds[1].folder, SR_STR("Bay/Deep"));
	CHECK_STR(list->feeds[2].folder, SR_STR(""));
	CHECK(list->note_count >= 2); /* cut off, a bare ampersand, a file */
	sr_buf out;
	sr_buf_init(&out, 0);
	sr_opml_write(&out, list);
	REQUIRE(sr_opml_read(sr_buf_str(&out), arena, &back, &err) == SR_OK);
	CHECK_INT(back->note_count, 0);
	REQUIRE(back->count == list->count);
	for (size_t i = 0; i < list->count; i++) {
		CHECK_STR(back->feeds[i].title, list->feeds[i].title);
		CHECK_STR(back->feeds[i].url, list->feeds[i].url);
		CHECK_STR(back->feeds[i].folder, list->feeds[i].folder);
	}
	sr_buf_deinit(&out);
	CHECK_INT(sr_opml_read(SR_STR("<rss/>"), arena, &list, &err), SR_E_INVALID);
	CHECK_INT(sr_opml_read(SR_STR(""), arena, &list, &err), SR_E_INVALID);
	sr_arena_free(arena);
}
