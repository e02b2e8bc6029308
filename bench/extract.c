/* Times the extraction of each file of a folder by itself: bench-extract FOLDER [ROUNDS]. Prints, a line a
 * file, its name and the best time in milliseconds of the thread's processor time. */
#include "sitrep/base/file.h"
#include "sitrep/extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double best_of(sr_str path, int rounds)
{
	sr_buf buf;
	double best = -1;
	sr_buf_init(&buf, 0);
	for (int i = 0; i < rounds && sr_file_read(path.ptr, SR_INPUT_MAX, &buf, NULL) == SR_OK; i++) {
		sr_arena *arena = sr_arena_new(0);
		sr_documents docs = { 0 };
		sr_input input = { .bytes = sr_buf_str(&buf), .path = path };
		double start = now();
		sr_status status = sr_extract(&input, arena, &docs, NULL);
		double took = now() - start;
		if (status == SR_OK && (best < 0 || took < best))
			best = took;
		sr_arena_free(arena);
		sr_buf_clear(&buf);
	}
	sr_buf_deinit(&buf);
	return best;
}

int main(int argc, char **argv)
{
	sr_arena *arena = sr_arena_new(0);
	sr_str *paths;
	size_t count;
	int rounds = argc > 2 ? atoi(argv[2]) : 1;
	if (argc < 2 || !arena || sr_folder_walk(argv[1], 100000, arena, &paths, &count, NULL) != SR_OK) {
		fputs("usage: bench-extract FOLDER [ROUNDS]\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < count; i++) {
		double ms = best_of(paths[i], rounds);
		if (ms >= 0)
			printf("%s\t%.4f\n", strrchr(paths[i].ptr, '/') + 1, ms);
	}
	sr_arena_free(arena);
	return 0;
}
