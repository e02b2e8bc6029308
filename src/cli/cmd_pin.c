#include "archive.h"

const char help_pin[] =
	"A pinned story stands on top of sitrep stories.\n\n"
	"Options:\n"
	"  --undo               take the pin out\n"
	"  --format text|json   what changed, for people (default) or as JSON\n\n"
	"Example:\n"
	"  sitrep pin bfkht4\n";

int cmd_pin(cli_context *ctx, int argc, char **argv) { return cli_flag_story(ctx, argc, argv, SR_STORE_PIN, SR_STORE_UNPIN); }
