#include "cli.h"

#include <sys/statvfs.h>

const char help_doctor[] =
	"Prints versions, threads, the data files and what is not built yet. Exit status 1 if something that\n"
	"the commands need is missing.\n\n"
	"Example:\n"
	"  sitrep doctor\n";

static bool check_engine(const cli_context *ctx)
{
	sr_engine *engine = NULL;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = ctx->jobs, .now = ctx->now };
	bool ok = sr_engine_new(&options, &engine, &err) == SR_OK;
	printf("%-10s %s\n", "engine", ok ? "ok" : err.message);
	sr_engine_free(engine);
	return ok;
}

int cmd_doctor(cli_context *ctx, int argc, char **argv)
{
	struct statvfs disk;
	if (cli_parse(ctx, NULL, 0, argc, argv) != 0)
		return EXIT_USAGE;
	printf("%-10s %s\n", "sitrep", SITREP_VERSION);
	bool ok = check_engine(ctx);
	if (statvfs(".", &disk) == 0)
		printf("%-10s %llu MB free here\n", "disk", (unsigned long long)disk.f_bavail * disk.f_frsize >> 20);
	printf("%-10s not built yet\n%-10s not built yet\n", "store", "network");
	return ok ? EXIT_DONE : EXIT_NO;
}
