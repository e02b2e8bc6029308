/* Real feeds, spoilt in ways that transport and templates spoil them, by a fixed generator: nothing may
 * crash, leak or go past its ceilings (the sanitizers watch), and each ends as a feed or a refusal. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/utf8.h"
#include "sitrep/format/feed.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 10000
#define ROOM ((size_t)1 << 18)

static uint32_t next(uint64_t *state)
{
	/* xorshift64* */
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)((*state * 2685821657736338717u) >> 32);
}

static const char *const pieces[] = { "<", ">", "&", "&#", "\"", "]]>", "<![CDATA[", "<!--", "</", "<item>", "</item>", "<entry xml:base='", "\xFF\xFE",
	                                  "\xC3", "&nbsp;", "<?xml encoding='utf-16'?>", "<a b c d=", "\n\n", "0000000000", "xmlns:x='" };

/* One spoiling of text in place; gives the new length. */
static size_t spoil(char *text, size_t len, uint64_t *state)
{
	size_t at = len ? next(state) % len : 0, n = 1 + next(state) % 40, end = at + n < len ? at + n : len;
	const char *piece = pieces[next(state) % (sizeof pieces / sizeof *pieces)];
	size_t p = strlen(piece);
	switch (next(state) % 5) {
	case 0: /* a byte */
		if (len)
			text[at] = (char)next(state);
		return len;
	case 1: /* a part lost */
		memmove(text + at, text + end, len - end);
		return len - (end - at);
	case 2: /* a part twice */
		if (len + (end - at) > ROOM)
			return len;
		memmove(text + end + (end - at), text + end, len - end);
		memmove(text + end, text + at, end - at);
		return len + (end - at);
	case 3: /* markup put in */
		if (len + p > ROOM)
			return len;
		memmove(text + at + p, text + at, len - at);
		memcpy(text + at, piece, p);
		return len + p;
	default: /* cut off, now and then */
		return next(state) % 4 ? len : at;
	}
}

static bool entries_are_text(const sr_feed *feed)
{
	for (size_t i = 0; i < feed->entry_count; i++)
		if (!sr_utf8_valid(feed->entries[i].title) || !sr_utf8_valid(feed->entries[i].summary) ||
		    !sr_utf8_valid(feed->entries[i].content) || !sr_utf8_valid(feed->entries[i].link))
			return false;
	return true;
}

TEST(format_mutated_feeds)
{
	const char *folder = test_shared("data/feeds");
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count, feeds = 0, read = 0;
	uint64_t state = 88172645463325252u;
	sr_buf file;
	if (!folder || !arena) {
		test_skip("no shared data");
		sr_arena_free(arena);
		return;
	}
	REQUIRE(sr_folder_walk(folder, 10000, arena, &paths, &count, NULL) == SR_OK);
	char *text = sr_arena_alloc(arena, ROOM);
	for (size_t i = 0; i < count; i++)
		if (sr_str_ends(paths[i], SR_STR(".xml")))
			paths[feeds++] = paths[i];
	REQUIRE(text && feeds > 0);
	sr_buf_init(&file, ROOM);
	for (size_t round = 0; round < ROUNDS; round++) {
		sr_buf_clear(&file);
		REQUIRE(sr_file_read(paths[next(&state) % feeds].ptr, ROOM, &file, NULL) == SR_OK);
		size_t len = file.len;
		if (len)
			memcpy(text, file.ptr, len);
		for (uint32_t n = 1 + next(&state) % 8; n > 0; n--)
			len = spoil(text, len, &state);
		/* an exact copy lets the sanitizer see reads past the end */
		char *exact = malloc(len ? len : 1);
		sr_arena *scratch = sr_arena_new((size_t)64 << 20);
		if (!exact || !scratch) {
			test_fail(__FILE__, __LINE__, "out of memory");
			free(exact);
			sr_arena_free(scratch);
			break;
		}
		memcpy(exact, text, len);
		sr_feed *feed;
		double start = test_cpu_ms();
		sr_status status = sr_feed_read(sr_str_make(exact, len), (sr_str){ 0 }, (sr_str){ 0 }, scratch, &feed, NULL);
		if (status != SR_OK && status != SR_E_INVALID)
			test_fail(__FILE__, __LINE__, "round %zu: status %d", round, status);
		if (status == SR_OK && !entries_are_text(feed))
			test_fail(__FILE__, __LINE__, "round %zu: text that is no UTF-8", round);
		if (test_cpu_ms() - start > TEST_RUNAWAY_MS)
			test_fail(__FILE__, __LINE__, "round %zu: %.0f ms", round, test_cpu_ms() - start);
		read += status == SR_OK;
		sr_arena_free(scratch);
		free(exact);
	}
	/* most survive: one spoilt spot does not lose a feed */
	CHECK(read > ROUNDS / 2);
	sr_buf_deinit(&file);
	sr_arena_free(arena);
}
