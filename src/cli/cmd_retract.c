#include "archive.h"

const char help_retract[] =
	"The document supports nothing from now on, whatever arrives later: the next edition of its story is\n"
	"without every sentence that leaned on it, and names them under withdrawn.\n\n"
	"Options:\n"
	"  --reason TEXT        kept with the correction\n"
	"  --undo               take the retraction back\n"
	"  --format text|json   what changed, for people (default) or as JSON\n\n"
	"Examples:\n"
	"  sitrep retract 12 --reason \"the outlet says the interview was invented\"\n"
	"  sitrep retract reports/second-dam.txt --undo\n";

int cmd_retract(cli_context *ctx, int argc, char **argv)
{
	const char *reason = NULL, *format = NULL;
	bool undo = false, json;
	const cli_option options[] = { { "reason", 'r', NULL, &reason }, { "undo", 'u', &undo, NULL }, { "format", 'f', NULL, &format } };
	sr_archive *a;
	int64_t doc;
	int n = cli_parse(ctx, options, 3, argc, argv);
	if (n < 0 || !cli_list_format(ctx, format, &json))
		return EXIT_USAGE;
	if (n != 1)
		return cli_usage(ctx, "name one document: its number, id, URL, path, or 8 digits of its SHA-256");
	int code = cli_archive_open_existing(ctx, &a);
	if (code != EXIT_DONE)
		return code;
	code = cli_find_document(a, argv[0], &doc);
	if (code == EXIT_DONE) {
		sr_store_correction c = { .act = undo ? SR_STORE_UNRETRACT : SR_STORE_RETRACT, .docs = &doc, .doc_count = 1, .note = sr_str_c(reason) };
		code = cli_correct(ctx, a, &c, json);
	}
	sr_archive_close(a);
	return code;
}
