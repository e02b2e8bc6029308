/* What was acknowledged stays, whatever happens: killed programs, lost power, full and read-only disks, two
 * writers. The moments are counted in writes, so that every run meets the same ones. */
#include "store/fixture.h"
#include "store/vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DOCUMENTS = 24, BATCH = 3, KILLS = 200, CUTS = 150 };

static sr_error err;

#define OK(call)                                                         \
	do {                                                                 \
		if ((call) != SR_OK)                                             \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message); \
	} while (0)

/* The store is sound, has at least the acknowledged documents, each whole, and then takes the rest. */
static void check_after(const char *path, unsigned acknowledged)
{
	sr_str *faults;
	size_t count = 0;
	unsigned whole = 0;
	sr_store_stats stats = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_store *store = open_store(path, VFS_NAME);
	if (store) {
		OK(sr_store_check(store, arena, &faults, &count, &err));
		for (size_t i = 0; i < count; i++)
			test_fail(__FILE__, __LINE__, "check: %.*s", SR_FMT(faults[i]));
		OK(check_range(store, 0, acknowledged, &whole, &err));
		CHECK_INT(whole, acknowledged);
		OK(sr_store_get_stats(store, arena, &stats, &err));
		CHECK(stats.documents % BATCH == 0); /* a batch is in whole or not at all */
	}
	sr_store_close(store);
	sr_arena_free(arena);
}

/* Adds what is missing and checks that all of it is there. */
static void complete(const char *path)
{
	unsigned whole = 0;
	sr_store *store = open_store(path, VFS_NAME);
	if (!store)
		return;
	OK(add_range(store, 0, DOCUMENTS, &err));
	OK(check_range(store, 0, DOCUMENTS, &whole, &err));
	CHECK_INT(whole, DOCUMENTS);
	sr_store_close(store);
}

/* Adds all documents in batches, and tells of each batch when its commit came back. */
static sr_status add_all(const char *path, const char *vfs, int acknowledge, unsigned *acknowledged)
{
	sr_store *store;
	const sr_store_options options = { .uri = path, .create = true, .vfs = vfs };
	sr_status status = sr_store_open(&options, &store, &err);
	for (unsigned n = 0; status == SR_OK && n < DOCUMENTS; n += BATCH) {
		unsigned char batch = (unsigned char)(n / BATCH + 1);
		status = add_range(store, n, n + BATCH, &err);
		if (status != SR_OK)
			break;
		*acknowledged = n + BATCH;
		if (acknowledge >= 0 && write(acknowledge, &batch, 1) != 1)
			_exit(3);
	}
	sr_store_close(store);
	return status;
}

/* A child that adds everything, killed at its write number when (0: never). How much it acknowledged. */
static unsigned child_adds(const char *path, long when, bool *killed, long *writes)
{
	int fds[2], status = 0;
	unsigned char last = 0;
	if (pipe(fds) != 0)
		abort();
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		unsigned unused;
		close(fds[0]);
		vfs_arm(VFS_KILL, when);
		sr_status s = add_all(path, VFS_NAME, fds[1], &unused);
		long n = vfs_count();
		if (write(fds[1], "", 1) != 1 || write(fds[1], &n, sizeof n) != sizeof n)
			_exit(4);
		_exit(s == SR_OK ? 0 : 5);
	}
	close(fds[1]);
	unsigned acknowledged = 0;
	while (read(fds[0], &last, 1) == 1 && last)
		acknowledged = last * BATCH;
	if (read(fds[0], writes, sizeof *writes) != sizeof *writes)
		*writes = 0;
	close(fds[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	*killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	if (!*killed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		test_fail(__FILE__, __LINE__, "the child ended with status %x", status);
	return acknowledged;
}

/* Killed again and again, each time further on in the same store; a store that got all of it makes room for a new one. */
TEST(store_killed_at_any_write)
{
	uint32_t seed = 20251104;
	bool killed;
	long writes;
	unsigned kills = 0, acknowledged = 0, finished = 0;
	folder_open();
	vfs_arm(VFS_NONE, 0);
	child_adds(folder_file("all.db"), 0, &killed, &writes);
	CHECK(!killed);
	CHECK(writes > 40);
	complete(folder_file("all.db"));
	for (unsigned i = 0; kills < KILLS && i < 4 * KILLS; i++) {
		char name[32];
		long unused, when = 1 + (long)(dice(&seed) % (uint32_t)(writes + writes / 8));
		snprintf(name, sizeof name, "%u.db", finished);
		const char *path = folder_file(name);
		unsigned now = child_adds(path, when, &killed, &unused);
		acknowledged = now > acknowledged ? now : acknowledged;
		kills += killed;
		if (!killed || kills % 4 == 0) {
			check_after(path, acknowledged);
			complete(path);
			finished++;
			acknowledged = 0;
			unlink(path);
		} else if (kills % 2) {
			check_after(path, acknowledged);
		}
	}
	CHECK_INT(kills, KILLS);
	folder_close();
}

/* The same from outside: the parent kills after an acknowledgement, somewhere in the next batch. */
TEST(store_killed_from_outside)
{
	folder_open();
	vfs_arm(VFS_NONE, 0);
	for (unsigned i = 0; i < 8; i++) {
		const char *path = folder_file("a.db");
		int fds[2], status;
		unsigned char batch = 0;
		if (pipe(fds) != 0)
			abort();
		fflush(NULL);
		pid_t pid = fork();
		if (pid == 0) {
			unsigned unused;
			close(fds[0]);
			_exit(add_all(path, VFS_NAME, fds[1], &unused) == SR_OK ? 0 : 5);
		}
		close(fds[1]);
		while (batch < i && read(fds[0], &batch, 1) == 1)
			;
		kill(pid, SIGKILL);
		unsigned char more;
		while (read(fds[0], &more, 1) == 1)
			batch = more;
		close(fds[0]);
		waitpid(pid, &status, 0);
		check_after(path, batch * BATCH);
		complete(path);
		unlink(path);
		unlink(folder_file("a.db-wal"));
		unlink(folder_file("a.db-shm"));
	}
	folder_close();
}

TEST(store_power_goes_at_any_write)
{
	uint32_t seed = 77;
	unsigned acknowledged = 0, cuts = 0;
	folder_open();
	vfs_arm(VFS_POWER, 0);
	OK(add_all(folder_file("all.db"), VFS_NAME, -1, &acknowledged));
	long writes = vfs_count();
	vfs_forget();
	for (unsigned i = 0; i < CUTS; i++) {
		char name[32];
		snprintf(name, sizeof name, "%u.db", i);
		const char *path = folder_file(name);
		acknowledged = 0;
		vfs_arm(VFS_POWER, 1 + (long)(dice(&seed) % (uint32_t)writes));
		sr_status status = add_all(path, VFS_NAME, -1, &acknowledged);
		cuts += vfs_came();
		CHECK(status == SR_OK || vfs_came());
		vfs_power_cut(dice(&seed));
		vfs_arm(VFS_NONE, 0);
		check_after(path, acknowledged);
		if (i % 3 == 0)
			complete(path);
		unlink(path);
	}
	CHECK_INT(cuts, CUTS);
	folder_close();
}

/* At every fifth write the disk is full: the batch is refused with a plain word, what was there stays, and with room again
 * the same handle goes on. */
TEST(store_full_disk)
{
	unsigned acknowledged = 0;
	folder_open();
	vfs_arm(VFS_FULL, 0);
	OK(add_all(folder_file("all.db"), VFS_NAME, -1, &acknowledged));
	long writes = vfs_count(), refused = 0;
	for (long when = 1; when <= writes; when += 5) {
		char name[32];
		snprintf(name, sizeof name, "%ld.db", when);
		const char *path = folder_file(name);
		acknowledged = 0;
		vfs_arm(VFS_FULL, when);
		sr_status status = add_all(path, VFS_NAME, -1, &acknowledged);
		if (status != SR_OK) {
			refused++;
			CHECK_INT(status, SR_E_IO);
			CHECK(strstr(err.message, "the disk is full"));
		}
		vfs_arm(VFS_NONE, 0);
		check_after(path, acknowledged);
		complete(path);
		unlink(path);
	}
	CHECK(refused > 10);
	test_case("room again");
	sr_store *store = open_store(folder_file("again.db"), VFS_NAME);
	REQUIRE(store);
	OK(add_range(store, 0, 3, &err));
	vfs_arm(VFS_FULL, 1);
	CHECK_INT(add_range(store, 3, 6, &err), SR_E_IO);
	CHECK_INT(sr_store_commit(store, &err), SR_E_USAGE);
	vfs_arm(VFS_NONE, 0);
	OK(add_range(store, 3, 6, &err));
	unsigned whole;
	OK(check_range(store, 0, 6, &whole, &err));
	CHECK_INT(whole, 6);
	test_case("a failed write makes the transaction void");
	sr_arena *arena = sr_arena_new(0);
	sr_store_added added;
	OK(sr_store_begin(store, at("2025-12-10"), &err));
	sr_status status = SR_OK;
	sr_buf noise;
	sr_buf_init(&noise, 0);
	uint32_t seed = 5;
	for (int i = 0; i < 1 << 22; i++)
		sr_buf_add_char(&noise, (char)dice(&seed));
	vfs_arm(VFS_FULL, 1);
	/* more than the cache holds, so that the log is written before the commit */
	for (int i = 0; status == SR_OK && i < 40; i++) {
		char key[16];
		snprintf(key, sizeof key, "k%d", i);
		status = sr_store_put_state(store, sr_str_c(key), sr_buf_str(&noise), &err);
	}
	CHECK_INT(status, SR_E_IO);
	vfs_arm(VFS_NONE, 0);
	CHECK_INT(sr_store_add(store, &make_document(arena, 9, 4)->in, &added, &err), SR_E_IO);
	CHECK_INT(sr_store_commit(store, &err), SR_E_IO);
	sr_store_rollback(store);
	OK(add_range(store, 6, 9, &err));
	sr_buf_deinit(&noise);
	sr_arena_free(arena);
	sr_store_close(store);
	folder_close();
}

TEST(store_read_only_disk)
{
	sr_store *store;
	sr_store_options options = { .uri = NULL, .vfs = VFS_NAME };
	unsigned whole = 0;
	folder_open();
	const char *path = folder_file("a.db");
	store = open_store(path, NULL);
	OK(add_range(store, 0, 6, &err));
	sr_store_close(store);
	options.uri = path;
	vfs_arm(VFS_READ_ONLY, 0);
	test_case("to write");
	CHECK_INT(sr_store_open(&options, &store, &err), SR_E_IO);
	CHECK(strstr(err.message, "read-only") || strstr(err.message, "cannot open"));
	CHECK(!store);
	test_case("to read");
	options.read_only = true;
	OK(sr_store_open(&options, &store, &err));
	REQUIRE(store);
	OK(check_range(store, 0, 6, &whole, &err));
	CHECK_INT(whole, 6);
	CHECK_INT(sr_store_begin(store, at("2025-12-10"), &err), SR_E_USAGE);
	sr_store_close(store);
	vfs_arm(VFS_NONE, 0);
	folder_close();
}

/* Two writers: one waits, or is told; each sees that the other wrote; nothing of either is lost. */
TEST(store_two_writers)
{
	folder_open();
	vfs_arm(VFS_NONE, 0);
	const char *path = folder_file("a.db");
	sr_store *a = open_store(path, NULL), *b = NULL;
	const sr_store_options options = { .uri = path, .busy_ms = 20 };
	bool changed;
	unsigned whole;
	OK(sr_store_open(&options, &b, &err));
	REQUIRE(a && b);
	OK(sr_store_begin(a, at("2025-12-10"), &err));
	CHECK_INT(sr_store_begin(b, at("2025-12-10"), &err), SR_E_BUSY);
	CHECK(strstr(err.message, "another program is writing"));
	sr_store_rollback(a);
	OK(add_range(b, 0, 3, &err));
	OK(sr_store_begin(a, at("2025-12-10"), &err));
	OK(sr_store_changed(a, &changed, &err));
	CHECK(changed);
	OK(sr_store_changed(a, &changed, &err));
	CHECK(!changed);
	sr_store_rollback(a);
	OK(add_range(a, 3, 6, &err));
	OK(sr_store_changed(a, &changed, &err));
	CHECK(!changed); /* its own commits are no news */
	OK(check_range(b, 0, 6, &whole, &err));
	CHECK_INT(whole, 6);
	sr_store_close(a);
	sr_store_close(b);
	test_case("two programs at once");
	pid_t pids[2];
	fflush(NULL);
	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			sr_store *store;
			const sr_store_options wait = { .uri = folder_file("b.db"), .create = true, .vfs = VFS_NAME, .busy_ms = 60000 };
			sr_status status = sr_store_open(&wait, &store, &err);
			/* both add all of it, from both ends */
			for (unsigned n = 0; status == SR_OK && n < DOCUMENTS; n += BATCH) {
				unsigned first = i ? DOCUMENTS - BATCH - n : n;
				status = add_range(store, first, first + BATCH, &err);
			}
			if (status != SR_OK)
				fprintf(stderr, "writer %d: %s\n", i, err.message);
			sr_store_close(store);
			_exit(status == SR_OK ? 0 : 1);
		}
	}
	for (int i = 0; i < 2; i++) {
		int status = 1;
		waitpid(pids[i], &status, 0);
		CHECK_INT(status, 0);
	}
	check_after(folder_file("b.db"), DOCUMENTS);
	folder_close();
}
