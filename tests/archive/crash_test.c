/* A killed add: what was committed stays, and adding again ends as if nothing had happened. */
#include "harness.h"

#include "invent.h"
#include "sitrep/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KILLS 3
#else
#define KILLS 8
#endif
#define ARTICLES 300u /* more than two slices */

typedef struct yard {
	char folder[64], db[96], input[96];
} yard;

static int64_t micros(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Runs the add and kills it after so many microseconds; true if it was still running then. */
static bool add_and_kill(const yard *y, int64_t after)
{
	char program[4096];
	int status;
	snprintf(program, sizeof program, "%s/sitrep", SITREP_BUILD_DIR);
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		int none = open("/dev/null", O_RDWR);
		dup2(none, 1);
		dup2(none, 2);
		execl(program, "sitrep", "--db", y->db, "--now", "2026-04-30", "--jobs", "1", "-q", "add", y->input, (char *)NULL);
		_exit(127);
	}
	usleep((useconds_t)after);
	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status);
}

static int run(const yard *y, const char *command, const char *operand, sr_buf *out)
{
	sr_buf err;
	const char *argv[] = { "sitrep", "--db", y->db, "--now", "2026-04-30", "--jobs", "1", "-q", command, operand, operand ? "--format" : NULL, "json", NULL };
	int code = test_spawn(argv, (sr_str){ 0 }, out, &err);
	if (code != 0)
		test_fail(__FILE__, __LINE__, "%s: %.*s", command, SR_FMT(sr_buf_str(&err)));
	sr_buf_deinit(&err);
	return code;
}

/* Everything that the store tells: the stories, and the dossier of each. */
static sr_str told(const yard *y, sr_arena *arena)
{
	sr_buf list, page, all;
	sr_str line;
	sr_buf_init(&all, 0);
	CHECK_INT(run(y, "stories", NULL, &list), 0);
	for (sr_str rest = sr_buf_str(&list); sr_str_next_line(&rest, &line);) {
		sr_str id = sr_str_dup(arena, sr_str_slice(line, 0, sr_str_find_char(line, ' ', 0)));
		sr_buf_add(&all, line);
		if (run(y, "show", id.ptr, &page) == 0)
			sr_buf_add(&all, sr_buf_str(&page));
		sr_buf_deinit(&page);
	}
	sr_str s = sr_str_dup(arena, sr_buf_str(&all));
	sr_buf_deinit(&list);
	sr_buf_deinit(&all);
	return s;
}

static void clear(const yard *y)
{
	char path[128];
	unlink(y->db);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s%s", y->db, i ? "-shm" : "-wal");
		unlink(path);
	}
}

static bool open_yard(yard *y)
{
	sr_buf articles;
	sr_error err;
	snprintf(y->folder, sizeof y->folder, "/tmp/sitrep-test-XXXXXX");
	if (!mkdtemp(y->folder))
		return false;
	snprintf(y->db, sizeof y->db, "%s/db", y->folder);
	snprintf(y->input, sizeof y->input, "%s/articles.jsonl", y->folder);
	sr_buf_init(&articles, 0);
	invent_articles(&articles, 5, ARTICLES, 12, 2);
	bool ok = sr_file_write(y->input, sr_buf_str(&articles), &err) == SR_OK;
	sr_buf_deinit(&articles);
	return ok;
}

TEST(archive_killed_add)
{
	yard y;
	sr_buf out;
	uint64_t x = 77;
	sr_arena *arena = sr_arena_new(0);
	REQUIRE(arena && open_yard(&y));
	int64_t begun = micros();
	CHECK_INT(run(&y, "add", y.input, &out), 0);
	int64_t whole = micros() - begun;
	sr_buf_deinit(&out);
	sr_str undisturbed = told(&y, arena);
	CHECK(undisturbed.len > 10000);
	for (int i = 0; i < KILLS; i++) {
		char label[32];
		snprintf(label, sizeof label, "kill %d", i + 1);
		test_case(label);
		clear(&y);
		/* anywhere in the run, and once more while the rest of it is added */
		for (int k = 0; k < 2; k++)
			(void)add_and_kill(&y, whole * (1 + invent_number(&x, 99)) / 100);
		CHECK_INT(run(&y, "add", y.input, &out), 0);
		sr_buf_deinit(&out);
		CHECK(sr_str_eq(told(&y, arena), undisturbed));
	}
	clear(&y);
	unlink(y.input);
	rmdir(y.folder);
	sr_arena_free(arena);
}
