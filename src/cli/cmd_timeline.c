#include "archive.h"

const char help_timeline[] =
	"Options:\n"
	"  --format term|md|html|json|atom   term on a terminal, else md\n\n"
	"Examples:\n"
	"  sitrep timeline bfkht4\n"
	"  sitrep timeline bfkht4 --format json | jq -r '.timeline[] | .date + \" \" + .text'\n";

static void keep_timeline(sr_dossier *d)
{
	sr_event *events = d->timeline;
	size_t count = d->timeline_count;
	cli_only_head(d);
	d->timeline = events;
	d->timeline_count = count;
}

int cmd_timeline(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format } };
	int n = cli_parse(ctx, options, 1, argc, argv);
	if (n < 0)
		return EXIT_USAGE;
	return n == 1 ? cli_show_part(ctx, argv[0], format, keep_timeline) : cli_usage(ctx, "name one STORY; sitrep stories lists them");
}
