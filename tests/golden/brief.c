#include "golden/brief.h"

#include "harness.h"

static void check(const char *file, int line, const char *command, const char *type, const char *source, const char *format, const char *says, const char *without)
{
	const char *argv[] = { "sitrep", command, "--now", "2031-05-05T00:00:00Z", "--format", format, "--type", type, "-", NULL };
	sr_buf out, err;
	int status = test_spawn(argv, sr_str_c(source), &out, &err);
	bool said = sr_str_find(sr_buf_str(&out), sr_str_c(says), 0) != SIZE_MAX, too = without && sr_str_find(sr_buf_str(&out), sr_str_c(without), 0) != SIZE_MAX;
	if (status != 0 || !said || too)
		test_fail(file, line, "status %d, \"%.*s\" %s \"%s\"", status, SR_FMT(sr_buf_str(&out)), said ? "says" : "does not say", said && too ? without : says);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

void brief_says(const char *file, int line, const char *article, const char *format, const char *says, const char *without)
{
	check(file, line, "brief", "jsonl", article, format, says, without);
}

void brief_of_says(const char *file, int line, const char *type, const char *source, const char *says, const char *without)
{
	check(file, line, "brief", type, source, "md", says, without);
}

void claims_says(const char *file, int line, const char *articles, const char *says, const char *without)
{
	check(file, line, "claims", "jsonl", articles, "md", says, without);
}
