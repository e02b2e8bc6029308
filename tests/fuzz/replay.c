/* Replays every fuzz target's corpus: a case a target. Under a libFuzzer build this is left to it. */
#include "harness.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <string.h>

TEST(fuzz_corpora)
{
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count, targets = 0;
	REQUIRE(arena);
	REQUIRE(sr_folder_walk(test_path("tests/fuzz"), 100000, arena, &paths, &count, NULL) == SR_OK);
	for (size_t i = 0; i < count; i++) {
		const char *base = strrchr(paths[i].ptr, '/') + 1;
		size_t n = strlen(base);
		if (strncmp(base, "fuzz_", 5) != 0 || strcmp(base + n - 2, ".c") != 0)
			continue;
		char target[128], corpus[256];
		snprintf(target, sizeof target, "%.*s", (int)(n - 2), base);
		snprintf(corpus, sizeof corpus, "tests/fuzz/corpus/%s", target + 5);
		test_case(target);
		targets++;
		if (sr_path_kind_of(test_path(corpus)) != SR_PATH_FOLDER) {
			test_fail(__FILE__, __LINE__, "%s has no corpus folder %s", target, corpus);
			continue;
		}
		sr_buf out, err;
		const char *argv[] = { target, test_path(corpus), NULL };
		int status = test_spawn(argv, (sr_str){ 0 }, &out, &err);
		if (status != 0)
			test_fail(__FILE__, __LINE__, "status %d: %.*s", status, SR_FMT(sr_buf_str(&err)));
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
	CHECK(targets > 0);
	sr_arena_free(arena);
}
