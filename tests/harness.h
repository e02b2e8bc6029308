/* A small test harness. A test is a TEST(name) { ... } in any file under tests/; files of cases
 * call test_case() for each, so that every case counts and can be filtered by name. */
#ifndef SITREP_TESTS_HARNESS_H
#define SITREP_TESTS_HARNESS_H

#include "sitrep/base/str.h"

typedef void (*test_fn)(void);
void test_register(const char *name, test_fn fn);

#define TEST(name)                                                                        \
	static void test_##name(void);                                                        \
	__attribute__((constructor)) static void register_##name(void) { test_register(#name, test_##name); } \
	static void test_##name(void)

/* Within a TEST: what follows, up to the next test_case or the end, counts as a case of its own
 * under "test/label". */
void test_case(const char *label);
/* Counts the running test (or case) as skipped, with the reason. The test should then return. */
void test_skip(const char *reason);
void test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define CHECK(cond)                                              \
	do {                                                         \
		if (!(cond))                                             \
			test_fail(__FILE__, __LINE__, "%s is false", #cond); \
	} while (0)
/* Ends the test at once if it does not hold: for what the rest needs. */
#define REQUIRE(cond)                                            \
	do {                                                         \
		if (!(cond)) {                                           \
			test_fail(__FILE__, __LINE__, "%s is false", #cond); \
			return;                                              \
		}                                                        \
	} while (0)
#define CHECK_INT(got, want) test_check_int(__FILE__, __LINE__, #got, (long long)(got), (long long)(want))
#define CHECK_STR(got, want) test_check_str(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_CSTR(got, want) test_check_str(__FILE__, __LINE__, #got, sr_str_c(got), sr_str_c(want))
#define CHECK_NEAR(got, want, tolerance) test_check_near(__FILE__, __LINE__, #got, (got), (want), (tolerance))

void test_check_int(const char *file, int line, const char *what, long long got, long long want);
void test_check_str(const char *file, int line, const char *what, sr_str got, sr_str want);
void test_check_near(const char *file, int line, const char *what, double got, double want, double tolerance);

/* Full path of a file below tests/ or the repository; static storage per call slot, NUL-terminated. */
const char *test_path(const char *relative_to_repository);
/* Path below the shared data folder, or NULL where it is absent (then test_skip). */
const char *test_shared(const char *relative);
/* A whole file as a view that lives until the end of the run; fails the test if unreadable. */
sr_str test_read(const char *path);
/* Takes the next case line of a TSV file off *rest: comments (#) and blank lines are passed over. At
 * most max fields; returns how many, 0 at the end. Escapes \n, \t and \\ are resolved. */
size_t test_next_row(sr_str *rest, sr_str *fields, size_t max);

/* Processor time of this thread, in milliseconds. A guard against work that grows with the square of a hostile input or
 * never ends, and wide enough for the sanitizers and any machine; how fast things are is measured in bench/. */
double test_cpu_ms(void);
#define TEST_RUNAWAY_MS 6000

/* Runs the built program (sitrep, sitrep-eval) with arguments, NULL-terminated; feeds input to its
 * standard input, and gathers standard output and standard error. Returns the exit status, or
 * -signal. The buffers are initialised by the call and freed by the caller. */
int test_spawn(const char *const *argv, sr_str input, sr_buf *out, sr_buf *err);
/* The most memory, in KiB, that the last program spawned had resident. */
long test_spawn_peak_kb(void);

#endif
