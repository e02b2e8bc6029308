#include "cli.h"

#include <signal.h>
#include <string.h>

#define JOBS_MAX 64u

static void print_help(FILE *to)
{
	fprintf(to, "sitrep turns many reports of one unfolding event into one dossier in which every sentence\n"
	       "carries its sources, and says nothing that no source says.\n\n"
	       "  sitrep brief reports/*.txt                   the dossier of the largest story, on the terminal\n"
	       "  sitrep brief reports/ --format html >page.html   the same as one self-contained page\n"
	       "  sitrep brief reports/ --format json | sitrep verify -   prove every citation\n\n"
	       "Commands:\n");
	for (size_t i = 0; i < cli_command_count; i++)
		fprintf(to, "  %-10s %s%s\n", cli_commands[i].name, cli_commands[i].summary, cli_commands[i].help ? "" : " (not built yet)");
	fprintf(to, "\nOptions for every command:\n"
	       "  --now TIME    fix the clock (RFC 3339), so that a run repeats byte for byte\n"
	       "  --jobs N      threads (default: one a processor); the output does not depend on it\n"
	       "  --db PATH     the store\n"
	       "  -q, -v        say less, say more on standard error\n"
	       "  --help        help for a command: sitrep brief --help\n"
	       "  --version\n\n"
	       "A SOURCE is a file, a folder, or - for standard input. Exit status: 0 done; 1 the answer is no;\n"
	       "2 bad usage; 3 some sources could not be read (the rest is done); 4 the store or network failed.\n");
}

static void print_command_help(const cli_command *c)
{
	printf("sitrep %s%s%s\n%s.%s%s", c->name, *c->arguments ? " " : "", c->arguments, c->summary, c->help ? "\n\n" : " It is not built yet.\n",
	       c->help ? c->help : "");
}

static const cli_command *find_command(const char *name)
{
	for (size_t i = 0; i < cli_command_count; i++)
		if (strcmp(cli_commands[i].name, name) == 0)
			return &cli_commands[i];
	return NULL;
}

static int unknown_command(const char *name)
{
	const char *names[64];
	size_t n = cli_command_count < 64 ? cli_command_count : 64;
	for (size_t i = 0; i < n; i++)
		names[i] = cli_commands[i].name;
	const char *near = cli_nearest(name, names, n);
	if (near)
		return cli_usage(NULL, "unknown command %s; did you mean %s?", name, near);
	return cli_usage(NULL, "unknown command %s", name);
}

/* Removes argv[at] .. argv[at + n - 1]. */
static void drop(int *argc, char **argv, int at, int n)
{
	memmove(argv + at, argv + at + n, (size_t)(*argc - at - n + 1) * sizeof *argv);
	*argc -= n;
}

/* Takes the options that every command has out of argv, wherever they stand. */
static int take_globals(cli_context *ctx, int *argc, char **argv, bool *help, bool *version)
{
	static const char *const valued[] = { "--now", "--jobs", "--db" };
	for (int i = 0; i < *argc && argv[i];) {
		const char *a = argv[i], *value = NULL;
		int taken = 1;
		size_t k = 0;
		if (strcmp(a, "--") == 0)
			return EXIT_DONE;
		for (; k < 3; k++) {
			size_t n = strlen(valued[k]);
			if (strncmp(a, valued[k], n) == 0 && a[n] == '=') {
				value = a + n + 1;
				break;
			}
			if (strcmp(a, valued[k]) == 0) {
				if (i + 1 >= *argc)
					return cli_usage(ctx, "%s needs a value", a);
				value = argv[i + 1];
				taken = 2;
				break;
			}
		}
		if (value && k == 0) {
			if (!sr_time_parse(sr_str_c(value), &ctx->now) || ctx->now.precision < SR_PRECISION_DAY)
				return cli_usage(ctx, "--now %s is not a time such as 2025-11-04T10:00:00Z", value);
		} else if (value && k == 1) {
			size_t jobs;
			if (!cli_number(ctx, "jobs", value, JOBS_MAX, &jobs))
				return EXIT_USAGE;
			ctx->jobs = (unsigned)jobs;
		} else if (value && !*value) {
			return cli_usage(ctx, "--db needs the path of a store");
		} else if (value) {
			ctx->db = value;
		} else if (strcmp(a, "-q") == 0 || strcmp(a, "-v") == 0) {
			ctx->quiet |= a[1] == 'q';
			ctx->verbose |= a[1] == 'v';
		} else if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
			*help = true;
		} else if (strcmp(a, "--version") == 0) {
			*version = true;
		} else {
			i++;
			continue;
		}
		drop(argc, argv, i, taken);
	}
	return EXIT_DONE;
}

static int run_command(int argc, char **argv)
{
	cli_context ctx = { 0 };
	bool help = false, version = false;
	argc--;
	argv++;
	int code = take_globals(&ctx, &argc, argv, &help, &version);
	if (code != EXIT_DONE)
		return code;
	if (version || (argc == 1 && strcmp(argv[0], "version") == 0)) {
		printf("sitrep %s\n", SITREP_VERSION);
		return EXIT_DONE;
	}
	for (; argc && strcmp(argv[0], "help") == 0; argc--, argv++) /* sitrep help brief; sitrep help help */
		help = true;
	if (argc == 0) {
		print_help(help ? stdout : stderr);
		return help ? EXIT_DONE : EXIT_USAGE;
	}
	const cli_command *c = find_command(argv[0]);
	if (!c && argv[0][0] == '-')
		return cli_parse(&ctx, NULL, 0, 1, argv) < 0 ? EXIT_USAGE : cli_usage(NULL, "no COMMAND given");
	if (!c)
		return unknown_command(argv[0]);
	ctx.command = c;
	if (help) {
		print_command_help(c);
		return EXIT_DONE;
	}
	if (!c->run) {
		cli_say("%s is not built yet", c->name);
		return EXIT_USAGE;
	}
	return c->run(&ctx, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	/* a file that may not grow further is then an error of the write, which the store and we can tell */
	(void)signal(SIGXFSZ, SIG_IGN);
	int code = run_command(argc, argv);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (code != EXIT_BROKEN)
		cli_say("cannot write to standard output");
	return EXIT_BROKEN;
}
