#include "archive.h"

const char help_mute[] =
	"A muted story goes on, but is left out of sitrep stories and of searches.\n\n"
	"Options:\n"
	"  --undo               let it be heard again\n"
	"  --format text|json   what changed, for people (default) or as JSON\n\n"
	"Example:\n"
	"  sitrep mute x7rq2m\n";

int cmd_mute(cli_context *ctx, int argc, char **argv) { return cli_flag_story(ctx, argc, argv, SR_STORE_MUTE, SR_STORE_UNMUTE); }
