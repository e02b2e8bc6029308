#include "harness.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TESTS_MAX 4096
#define KEPT_MAX 8192

static struct {
	const char *name;
	test_fn fn;
} tests[TESTS_MAX];
static size_t test_count;

static struct {
	const char *test;
	char label[160];
	int case_failed, case_skipped, any_case;
	int passed, failed, skipped;
	const char *filter;
	char *kept[KEPT_MAX];
	size_t kept_count;
	long peak_kb; /* of the last program spawned */
} run;

void test_register(const char *name, test_fn fn)
{
	if (test_count < TESTS_MAX) {
		tests[test_count].name = name;
		tests[test_count++].fn = fn;
	}
}

static void close_case(void)
{
	if (run.case_failed)
		run.failed++;
	else if (run.case_skipped)
		run.skipped++;
	else
		run.passed++;
	run.case_failed = run.case_skipped = 0;
}

void test_case(const char *label)
{
	if (run.any_case)
		close_case();
	run.any_case = 1;
	snprintf(run.label, sizeof run.label, "/%s", label);
}

void test_skip(const char *reason)
{
	run.case_skipped = 1;
	printf("SKIP %s%s: %s\n", run.test, run.label, reason);
}

void test_fail(const char *file, int line, const char *format, ...)
{
	va_list args;
	run.case_failed = 1;
	printf("FAIL %s%s (%s:%d): ", run.test, run.label, file, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

void test_check_int(const char *file, int line, const char *what, long long got, long long want)
{
	if (got != want)
		test_fail(file, line, "%s is %lld, expected %lld", what, got, want);
}

void test_check_str(const char *file, int line, const char *what, sr_str got, sr_str want)
{
	if (!sr_str_eq(got, want))
		test_fail(file, line, "%s is \"%.*s\", expected \"%.*s\"", what, SR_FMT(got), SR_FMT(want));
}

void test_check_near(const char *file, int line, const char *what, double got, double want, double tolerance)
{
	if (!(fabs(got - want) <= tolerance))
		test_fail(file, line, "%s is %g, expected %g within %g", what, got, want, tolerance);
}

static char *keep(char *p)
{
	if (run.kept_count < KEPT_MAX)
		run.kept[run.kept_count++] = p;
	return p;
}

static char *join(const char *a, const char *b)
{
	size_t n = strlen(a) + strlen(b) + 2;
	char *p = malloc(n);
	if (!p)
		abort();
	snprintf(p, n, "%s/%s", a, b);
	return keep(p);
}

const char *test_path(const char *relative) { return join(SITREP_SOURCE_DIR, relative); }

const char *test_shared(const char *relative)
{
	char *p = join(SITREP_SOURCE_DIR "/../shared", relative);
	return sr_path_kind_of(p) == SR_PATH_MISSING ? NULL : p; /* NOLINT(clang-analyzer-unix.Malloc): kept by join */
}

sr_str test_read(const char *path)
{
	sr_buf buf;
	sr_error err;
	sr_buf_init(&buf, 0);
	if (sr_file_read(path, (size_t)1 << 28, &buf, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s: %s", path, err.message);
	if (!buf.ptr)
		return (sr_str){ 0 };
	return sr_str_make(keep(buf.ptr), buf.len);
}

static sr_str unescape(sr_str s)
{
	if (sr_str_find_char(s, '\\', 0) == SIZE_MAX)
		return s;
	char *out = keep(malloc(s.len + 1));
	size_t n = 0;
	if (!out)
		abort();
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '\\' && i + 1 < s.len) {
			c = s.ptr[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		out[n++] = c;
	}
	return sr_str_make(out, n);
}

size_t test_next_row(sr_str *rest, sr_str *fields, size_t max)
{
	size_t n = sr_tsv_next(rest, fields, max);
	for (size_t i = 0; i < n; i++)
		fields[i] = unescape(fields[i]);
	return n;
}

static void child(const char *const *argv, int in, int out, int err)
{
	char program[4096];
	dup2(in, 0);
	dup2(out, 1);
	dup2(err, 2);
	snprintf(program, sizeof program, "%s/%s", SITREP_BUILD_DIR, argv[0]);
	union {
		const char *const *in;
		char *const *out;
	} args = { .in = argv };
	execv(program, args.out);
	_exit(127);
}

/* Feeds and drains at once, so that neither side can block the other. */
static void pump(int in, sr_str input, int fds[2], sr_buf *bufs[2])
{
	char block[65536];
	size_t sent = 0;
	struct pollfd p[3] = { { .fd = fds[0], .events = POLLIN }, { .fd = fds[1], .events = POLLIN }, { .fd = in, .events = POLLOUT } };
	if (input.len == 0) {
		close(in);
		p[2].fd = -1;
	}
	while (p[0].fd >= 0 || p[1].fd >= 0) {
		if (poll(p, 3, -1) < 0 && errno != EINTR)
			break;
		for (int i = 0; i < 2; i++) {
			if (p[i].fd < 0 || !p[i].revents)
				continue;
			ssize_t n = read(p[i].fd, block, sizeof block);
			if (n > 0)
				sr_buf_add(bufs[i], sr_str_make(block, (size_t)n));
			else
				p[i].fd = -1;
		}
		if (p[2].fd >= 0 && p[2].revents) {
			ssize_t n = write(in, input.ptr + sent, input.len - sent);
			if (n > 0)
				sent += (size_t)n;
			if ((n < 0 && errno != EAGAIN && errno != EINTR) || sent == input.len) {
				close(in);
				p[2].fd = -1;
			}
		}
	}
	if (p[2].fd >= 0)
		close(in);
}

int test_spawn(const char *const *argv, sr_str input, sr_buf *out, sr_buf *err)
{
	int in[2], o[2], e[2], status = 0;
	sr_buf_init(out, 0);
	sr_buf_init(err, 0);
	if (pipe2(in, O_CLOEXEC) || pipe2(o, O_CLOEXEC) || pipe2(e, O_CLOEXEC))
		abort();
	fflush(NULL);
	signal(SIGPIPE, SIG_IGN);
	pid_t pid = fork();
	if (pid == 0)
		child(argv, in[0], o[1], e[1]);
	/* a write that blocks would keep us from draining what the program prints */
	(void)fcntl(in[1], F_SETFL, O_NONBLOCK);
	close(in[0]);
	close(o[1]);
	close(e[1]);
	pump(in[1], input, (int[2]){ o[0], e[0] }, (sr_buf *[2]){ out, err });
	close(o[0]);
	close(e[0]);
	struct rusage usage = { 0 };
	while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
		;
	run.peak_kb = usage.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

long test_spawn_peak_kb(void) { return run.peak_kb; }

static int by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	return strcmp(*x, *y);
}

int main(int argc, char **argv)
{
	run.filter = argc > 1 ? argv[1] : "";
	qsort(tests, test_count, sizeof *tests, by_name);
	for (size_t i = 0; i < test_count; i++) {
		if (!strstr(tests[i].name, run.filter))
			continue;
		run.test = tests[i].name;
		run.label[0] = 0;
		run.any_case = 0;
		tests[i].fn();
		close_case();
		fflush(stdout);
	}
	for (size_t i = 0; i < run.kept_count; i++)
		free(run.kept[i]);
	if (run.passed + run.failed + run.skipped == 0) {
		printf("no test matches \"%s\"\n", run.filter);
		return 1;
	}
	printf("%d passed, %d failed, %d skipped\n", run.passed, run.failed, run.skipped);
	return run.failed ? 1 : 0;
}

double test_cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
