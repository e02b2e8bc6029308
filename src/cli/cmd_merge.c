#include "archive.h"

const char help_merge[] =
	"The documents of B become part of A, for good: later documents of either join A, and the id of B leads to A.\n\n"
	"Options:\n"
	"  --reason TEXT        kept with the correction\n"
	"  --format text|json   what changed, for people (default) or as JSON\n\n"
	"Example:\n"
	"  sitrep merge bfkht4 x7rq2m --reason \"the same flood\"\n";

int cmd_merge(cli_context *ctx, int argc, char **argv)
{
	const char *reason = NULL, *format = NULL;
	const cli_option options[] = { { "reason", 'r', NULL, &reason }, { "format", 'f', NULL, &format } };
	sr_store_correction c = { .act = SR_STORE_MERGE };
	sr_archive *a;
	bool json;
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n != 2)
		return cli_usage(ctx, "name two stories: the one that stays, and the one that joins it");
	int code = cli_archive_open_existing(ctx, &a);
	if (code != EXIT_DONE)
		return code;
	c.note = sr_str_c(reason);
	code = cli_find_story(a, argv[0], &c.story);
	if (code == EXIT_DONE)
		code = cli_find_story(a, argv[1], &c.other);
	if (code == EXIT_DONE && c.story == c.other)
		code = cli_usage(ctx, "%s and %s are one story", argv[0], argv[1]);
	else if (code == EXIT_DONE)
		code = cli_correct(ctx, a, &c, json);
	sr_archive_close(a);
	return code;
}
