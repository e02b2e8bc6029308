/* sitrep-eval: runs one part of sitrep over a gold set and prints predictions for the scorer. Not installed. */
#include "eval.h"
#include "sitrep/base/file.h"

#include <stdio.h>
#include <string.h>

typedef struct command {
	const char *name, *arguments, *does;
	int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
	{ "similarity", "FILE.tsv", "how alike two sentences are (score TAB a TAB b)", eval_similarity },
	{ "candidates", "SOURCE…", "claims that may contradict each other, with features; --twos: of each two articles, --one: of all", eval_candidates },
	{ "contrast", "FILE.jsonl", "whether two claims conflict ({\"id\",\"a\",\"b\"} a line)", eval_contrast },
	{ "rouge", "FILE.source", "one summary a line, of documents joined by \" [SEP] \"", eval_rouge },
};

bool eval_read(const char *path, sr_buf *buf)
{
	sr_error err;
	sr_buf_init(buf, 0);
	if (sr_file_read(path, SR_BUF_CEILING, buf, &err) == SR_OK)
		return true;
	fprintf(stderr, "sitrep-eval: %s: %s\n", path, err.message);
	return false;
}

bool eval_write(sr_str s) { return fwrite(s.ptr, 1, s.len, stdout) == s.len; }

static void print_usage(FILE *to)
{
	fprintf(to, "usage: sitrep-eval COMMAND ARGUMENTS\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fprintf(to, "  %-10s %-11s  %s%s\n", commands[i].name, commands[i].arguments, commands[i].does, commands[i].run ? "" : " (not built yet)");
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0) {
			if (commands[i].run)
				return commands[i].run(argc - 2, argv + 2);
			fprintf(stderr, "sitrep-eval: %s is not built yet\n", argv[1]);
			return 2;
		}
	bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
	if (argc > 1 && !asked)
		fprintf(stderr, "sitrep-eval: unknown command %s\n", argv[1]);
	print_usage(asked ? stdout : stderr);
	return asked ? 0 : 2;
}
