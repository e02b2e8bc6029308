#include "cli.h"

#include <string.h>

#define WORD_MAX 32
#define NEAR_ENOUGH 3

/* Optimal string alignment distance (Damerau 1964), for short words. */
static size_t distance(const char *a, const char *b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1], n = strlen(a), m = strlen(b);
	if (n > WORD_MAX || m > WORD_MAX)
		return WORD_MAX;
	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k <= m; k++) {
			if (i == 0 || k == 0) {
				d[i][k] = i + k;
				continue;
			}
			size_t best = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			if (d[i - 1][k] + 1 < best)
				best = d[i - 1][k] + 1;
			if (d[i][k - 1] + 1 < best)
				best = d[i][k - 1] + 1;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] && d[i - 2][k - 2] + 1 < best)
				best = d[i - 2][k - 2] + 1;
			d[i][k] = best;
		}
	return d[n][m];
}

const char *cli_nearest(const char *word, const char *const *words, size_t count)
{
	const char *best = NULL;
	size_t best_distance = NEAR_ENOUGH + 1;
	for (size_t i = 0; i < count; i++) {
		size_t d = distance(word, words[i]);
		bool mostly_same = d * 2 <= strlen(words[i]);
		if (d < best_distance && (mostly_same || d <= 1)) {
			best = words[i];
			best_distance = d;
		}
	}
	return best;
}

static const cli_option *find(const cli_option *options, size_t count, const char *name, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(options[i].name) == len && strncmp(options[i].name, name, len) == 0)
			return &options[i];
	return NULL;
}

static int unknown(const cli_context *ctx, const cli_option *options, size_t count, const char *given)
{
	static const char *const everywhere[] = { "now", "jobs", "db", "help", "version" }; /* main.c takes them */
	static const char *const letters[] = { "quiet", "verbose" };                        /* -q, -v */
	const char *names[32 + sizeof everywhere / sizeof *everywhere];
	char word[WORD_MAX];
	size_t n = count < 32 ? count : 32;
	for (size_t i = 0; i < n; i++)
		names[i] = options[i].name;
	for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
		names[n++] = everywhere[i];
	snprintf(word, sizeof word, "%.*s", (int)strcspn(given + 2, "="), given + 2);
	const char *near = cli_nearest(word, names, n), *letter = cli_nearest(word, letters, sizeof letters / sizeof *letters);
	if (letter && (!near || strcmp(letter, word) == 0))
		cli_usage(ctx, "unknown option %s; did you mean -%c?", given, letter[0]);
	else if (near)
		cli_usage(ctx, "unknown option %s; did you mean --%s?", given, near);
	else
		cli_usage(ctx, "unknown option %s%s", given, ctx->command ? "" : "; a command's own options stand behind its name");
	return -1;
}

/* One "--name", "--name=value" or "--name value"; *i moves past what was taken. */
static int take_long(const cli_context *ctx, const cli_option *options, size_t count, int argc, char **argv, int *i)
{
	const char *arg = argv[*i] + 2;
	size_t len = strcspn(arg, "=");
	const cli_option *o = find(options, count, arg, len);
	if (!o)
		return unknown(ctx, options, count, argv[*i]);
	if (o->flag) {
		if (arg[len])
			return cli_usage(ctx, "--%s takes no value", o->name), -1;
		*o->flag = true;
	} else if (arg[len]) {
		*o->value = arg + len + 1;
	} else if (*i + 1 < argc) {
		*o->value = argv[++*i];
	} else {
		return cli_usage(ctx, "--%s needs a value", o->name), -1;
	}
	return 0;
}

static int take_short(const cli_context *ctx, const cli_option *options, size_t count, int argc, char **argv, int *i)
{
	for (size_t k = 0; k < count; k++) {
		const cli_option *o = &options[k];
		if (!o->letter || argv[*i][1] != o->letter)
			continue;
		if (o->flag && !argv[*i][2]) {
			*o->flag = true;
			return 0;
		}
		if (o->value && argv[*i][2])
			*o->value = argv[*i] + 2;
		else if (o->value && *i + 1 < argc)
			*o->value = argv[++*i];
		else
			return cli_usage(ctx, o->value ? "%s needs a value" : "%.2s takes no value", argv[*i]), -1;
		return 0;
	}
	cli_usage(ctx, "unknown option %s", argv[*i]);
	return -1;
}

int cli_parse(const cli_context *ctx, const cli_option *options, size_t count, int argc, char **argv)
{
	int operands = 0;
	bool only_operands = false, input = false;
	for (int i = 0; i < argc; i++) {
		const char *a = argv[i];
		if (only_operands || a[0] != '-' || !a[1]) {
			if (strcmp(a, "-") == 0 && input)
				return cli_usage(ctx, "standard input (-) can be read once only"), -1;
			input = input || strcmp(a, "-") == 0;
			argv[operands++] = argv[i];
		} else if (strcmp(a, "--") == 0) {
			only_operands = true;
		} else if (a[1] == '-') {
			if (take_long(ctx, options, count, argc, argv, &i) < 0)
				return -1;
		} else if (take_short(ctx, options, count, argc, argv, &i) < 0) {
			return -1;
		}
	}
	return operands;
}
