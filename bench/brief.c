/* How long `sitrep brief` takes from start to end, and how much memory: the median of RUNS whole runs of
 * the program. Usage: bench-brief PROGRAM SOURCE… */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 41
#define ARGS_MAX 256

extern char **environ;

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int run_once(char **argv, struct rusage *usage)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawn(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (failed || wait4(pid, &status, 0, usage) < 0)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(int argc, char **argv)
{
	char *args[ARGS_MAX];
	double wall[RUNS], cpu[RUNS];
	long peak_kb = 0;
	int n = 0;
	if (argc < 3 || argc > ARGS_MAX - 8) {
		fprintf(stderr, "usage: bench-brief PROGRAM SOURCE…\n");
		return 2;
	}
	char *const head[] = { argv[1], "brief", "--now", "2026-03-16T20:00:00Z", "--format", "md" };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		args[n++] = head[i];
	for (int i = 2; i < argc; i++)
		args[n++] = argv[i];
	args[n] = NULL;
	for (int i = 0; i < RUNS; i++) {
		struct rusage usage;
		double start = now_ms();
		if (run_once(args, &usage) != 0) {
			fprintf(stderr, "bench-brief: the program failed\n");
			return 1;
		}
		wall[i] = now_ms() - start;
		cpu[i] = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
		if (usage.ru_maxrss > peak_kb)
			peak_kb = usage.ru_maxrss;
	}
	qsort(wall, RUNS, sizeof *wall, by_value);
	qsort(cpu, RUNS, sizeof *cpu, by_value);
	printf("brief: median %.1f ms wall (fastest %.1f), %.1f ms processor, peak %.1f MB, %d sources, %d runs\n", wall[RUNS / 2], wall[0],
	       cpu[RUNS / 2], (double)peak_kb / 1024, argc - 2, RUNS);
	return 0;
}
