/* The commands over the store: the steps of tests/cli/archive.tsv, one after the other over one store. */
#include "harness.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORDS_MAX 32

typedef struct life {
	char folder[64], db[80];
	char story[3][32]; /* $S, $T, $U */
	sr_arena *arena;
} life;

/* The value of "$X…", and how many bytes of the text it stands for. */
static const char *variable(const life *l, const char *at, size_t *taken)
{
	*taken = 2;
	switch (at[1]) {
	case 'D': return l->folder;
	case 'A': return test_path("tests/cli/archive");
	case 'E': return test_path("examples");
	case 'S': return l->story[0];
	case 'T': return l->story[1];
	case 'U': return l->story[2];
	default: *taken = 1; return "$";
	}
}

static char *expand(life *l, sr_str text)
{
	sr_buf b;
	sr_buf_init(&b, 0);
	sr_str t = sr_str_dup(l->arena, text);
	for (size_t i = 0; i < t.len;) {
		size_t taken = 1;
		if (t.ptr[i] == '$')
			sr_buf_add_c(&b, variable(l, t.ptr + i, &taken));
		else
			sr_buf_add_char(&b, t.ptr[i]);
		i += taken;
	}
	sr_buf_add_char(&b, 0);
	char *out = sr_arena_alloc(l->arena, b.len);
	memcpy(out, b.ptr, b.len);
	sr_buf_deinit(&b);
	return out;
}

/* Words at blanks; "several words" in quotation marks are one. */
static size_t split_words(char *line, const char **argv, size_t at)
{
	while (*line && at < WORDS_MAX - 1) {
		bool quoted = *line == '"';
		line += quoted;
		argv[at++] = line;
		line += strcspn(line, quoted ? "\"" : " ");
		if (*line)
			*line++ = 0;
		line += strspn(line, " ");
	}
	argv[at] = NULL;
	return at;
}

static int copy(const char *from, const char *to)
{
	sr_error err;
	return sr_file_write(to, test_read(from), &err) == SR_OK ? 0 : 4;
}

/* The first word of the first line printed, or of the last one. */
static void remember(char *story, size_t size, sr_str out, bool last)
{
	for (size_t at = 0; last && (at = sr_str_find_char(out, '\n', 0)) != SIZE_MAX && at + 1 < out.len;)
		out = sr_str_slice(out, at + 1, out.len);
	size_t end = sr_str_find_char(out, ' ', 0);
	snprintf(story, size, "%.*s", (int)(end == SIZE_MAX ? 0 : end), out.ptr);
}

static void check_says(life *l, sr_str expected, sr_str out, sr_str err)
{
	bool on_err = sr_str_starts(expected, SR_STR("!"));
	sr_str where = on_err ? err : out, what = sr_str_c(expand(l, sr_str_slice(expected, on_err, expected.len)));
	if (what.len && sr_str_find(where, what, 0) == SIZE_MAX)
		test_fail(__FILE__, __LINE__, "\"%.*s\" does not say \"%.*s\"", SR_FMT(where), SR_FMT(what));
}

static void run_step(life *l, const sr_str *f)
{
	const char *argv[WORDS_MAX] = { "sitrep", "--db", l->db, "--now", "2026-04-05T12:00:00Z", "--jobs", "1" };
	sr_str command = f[1];
	sr_buf out, err;
	bool keeps = command.len > 2 && command.ptr[1] == '=';
	int keep = keeps ? command.ptr[0] - 'S' : -1;
	size_t n = split_words(expand(l, sr_str_slice(command, keep < 0 ? 0 : 2, command.len)), argv, 7);
	REQUIRE(argv[7]);
	if (strcmp(argv[7], "copy") == 0) {
		CHECK_INT(n == 10 ? copy(argv[8], argv[9]) : 2, 0);
		return;
	}
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), (int)strtol(sr_str_dup(l->arena, f[2]).ptr, NULL, 10));
	if (keep >= 0)
		remember(l->story[keep], sizeof l->story[keep], sr_buf_str(&out), keep == 2);
	check_says(l, f[3], sr_buf_str(&out), sr_buf_str(&err));
	const char *lacks = expand(l, f[4]);
	if (*lacks && sr_str_find(sr_buf_str(&out), sr_str_c(lacks), 0) != SIZE_MAX)
		test_fail(__FILE__, __LINE__, "\"%.*s\" says \"%s\"", SR_FMT(sr_buf_str(&out)), lacks);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

static bool life_begin(life *l)
{
	*l = (life){ .arena = sr_arena_new(0) };
	snprintf(l->folder, sizeof l->folder, "/tmp/sitrep-test-XXXXXX");
	if (!mkdtemp(l->folder))
		return false;
	snprintf(l->db, sizeof l->db, "%s/db", l->folder);
	return l->arena != NULL;
}

static void life_end(life *l)
{
	static const char *const files[] = { "db", "db-wal", "db-shm", "ferry.html", "copy.html", "notice.html" };
	char path[128];
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", l->folder, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(l->folder);
	sr_arena_free(l->arena);
}

TEST(cli_archive_life)
{
	sr_str rest = test_read(test_path("tests/cli/archive.tsv")), f[5];
	life l;
	size_t n;
	REQUIRE(life_begin(&l));
	while ((n = test_next_row(&rest, f, 5)) != 0) {
		for (; n < 5; n++)
			f[n] = (sr_str){ 0 };
		test_case(sr_str_dup(l.arena, f[0]).ptr);
		run_step(&l, f);
	}
	life_end(&l);
}
