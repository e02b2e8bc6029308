/* Runs a fuzz target over the files named, or those of the folders named: the corpus as a test. */
#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
	sr_buf buf;
	sr_error err;
	sr_buf_init(&buf, 0);
	if (sr_file_read(path, (size_t)1 << 28, &buf, &err) != SR_OK) {
		fprintf(stderr, "%s: %s\n", path, err.message);
		sr_buf_deinit(&buf);
		return 1;
	}
	/* an exact copy, so that reading past the end is seen by the sanitizer */
	uint8_t *exact = malloc(buf.len ? buf.len : 1);
	for (size_t i = 0; exact && i < buf.len; i++)
		exact[i] = (uint8_t)buf.ptr[i];
	if (exact)
		LLVMFuzzerTestOneInput(exact, buf.len);
	free(exact);
	sr_buf_deinit(&buf);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0;
	sr_arena *arena = sr_arena_new(0);
	for (int i = 1; i < argc && arena; i++) {
		sr_str *paths;
		size_t count;
		if (sr_path_kind_of(argv[i]) != SR_PATH_FOLDER) {
			failed |= replay(argv[i]);
			continue;
		}
		if (sr_folder_walk(argv[i], 100000, arena, &paths, &count, NULL) != SR_OK)
			return 1;
		for (size_t k = 0; k < count; k++)
			failed |= replay(paths[k].ptr);
	}
	sr_arena_free(arena);
	return failed;
}
