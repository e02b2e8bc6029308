/* What the brief begins with, against round-ups of the same reports by editors: the share of words in common (ROUGE-1) of the title
 * and the first 90 words, where the data are present. Held to a point below what it is. */
#include "harness.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINES 60u
#define ROUGE_MIN 0.388 /* measured: .398; of all 307 lines .405 */

/* Words of the line to how often they stand there, folded; how many they are. */
static size_t count_words(sr_str line, sr_strmap *map, sr_arena *arena)
{
	size_t n = 0, start = 0;
	sr_str folded = sr_fold_dup(arena, line);
	for (size_t i = 0; i <= folded.len; i++) {
		unsigned char c = i < folded.len ? (unsigned char)folded.ptr[i] : ' ';
		if (sr_is_alpha(c) || sr_is_digit(c))
			continue;
		int64_t *slot = i > start ? sr_strmap_put(map, sr_str_slice(folded, start, i)) : NULL;
		if (slot) {
			++*slot;
			n++;
		}
		start = i + 1;
	}
	return n;
}

static double rouge(sr_str got, sr_str want, sr_arena *arena)
{
	sr_strmap a, b;
	sr_strmap_init(&a, arena);
	sr_strmap_init(&b, arena);
	size_t m = count_words(got, &a, arena), n = count_words(want, &b, arena), common = 0;
	for (size_t i = 0; i < a.count; i++) {
		const int64_t *other = sr_strmap_get(&b, a.entries[i].key);
		common += (size_t)(!other ? 0 : *other < a.entries[i].value ? *other : a.entries[i].value);
	}
	return m + n ? 2.0 * (double)common / (double)(m + n) : 0;
}

TEST(roundups_hold)
{
	const char *source = test_shared("data/summaries/roundup-val.source"), *target = test_shared("data/summaries/roundup-val.target");
	char path[] = "/tmp/sitrep-roundups-XXXXXX";
	sr_buf out, err;
	if (!source || !target) {
		test_skip("the development data are not here");
		return;
	}
	sr_str lines = test_read(source), rest = lines, line, want;
	for (size_t i = 0; i < LINES; i++)
		REQUIRE(sr_str_next_line(&rest, &line));
	int fd = mkstemp(path);
	size_t size = lines.len - rest.len;
	REQUIRE(fd >= 0 && write(fd, lines.ptr, size) == (ssize_t)size);
	close(fd);
	CHECK_INT(test_spawn((const char *const[]){ "sitrep-eval", "rouge", path, NULL }, (sr_str){ 0 }, &out, &err), 0);
	unlink(path);
	sr_str got = sr_buf_str(&out), wanted = test_read(target);
	sr_arena *arena = sr_arena_new(0);
	double sum = 0;
	for (size_t i = 0; i < LINES; i++) {
		REQUIRE(sr_str_next_line(&got, &line) && sr_str_next_line(&wanted, &want));
		sum += rouge(line, want, arena);
	}
	if (sum / LINES < ROUGE_MIN)
		test_fail(__FILE__, __LINE__, "%.4f of the words, at least %.4f", sum / LINES, ROUGE_MIN);
	printf("  words in common with round-ups: %.3f\n", sum / LINES);
	sr_arena_free(arena);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}
