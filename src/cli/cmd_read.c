#include "cli.h"

#include "sitrep/render/records.h"

const char help_read[] =
	"Options:\n"
	"  --format json|conllu   one JSON line a document (default), or the syntax as CoNLL-U\n"
	"  --type TYPE            do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep read report.txt | jq '.attributions[] | {speaker, stance}'\n"
	"  sitrep read --format conllu report.txt\n"
	"  echo '{\"id\":\"1\",\"text\":\"It rained on Monday.\",\"date\":\"2025-11-04\"}' | sitrep read - --type jsonl\n";

int cmd_read(cli_context *ctx, int argc, char **argv)
{
	const char *type = NULL, *format = "json";
	static const char *const formats[] = { "json", "conllu" };
	const cli_option options[] = { { "type", 't', NULL, &type }, { "format", 'f', NULL, &format } };
	sr_engine *engine;
	sr_run *run;
	sr_buf out;
	sr_error err;
	int n = cli_parse(ctx, options, 2, argc, argv);
	int chosen = n < 0 ? -1 : cli_choose(ctx, "format", format, formats, 2);
	if (chosen < 0)
		return EXIT_USAGE;
	int code = cli_open(ctx, n, argv, type, &engine, &run);
	if (!run)
		return code;
	size_t before = run->failure_count;
	if (sr_run_read(run, &err) != SR_OK) {
		cli_say("%s", err.message);
		code = EXIT_BROKEN;
	} else {
		code = cli_report(run, before);
		cli_report_notes(ctx, run);
	}
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < run->doc_count && code != EXIT_BROKEN; i++) {
		sr_buf_clear(&out);
		if (chosen == 1)
			sr_render_conllu(&out, &run->readings[i]);
		else
			sr_render_reading_line(&out, &run->readings[i]);
		if (cli_write(sr_buf_str(&out)) != EXIT_DONE)
			code = EXIT_BROKEN;
	}
	sr_buf_deinit(&out);
	cli_close(engine, run);
	return code;
}
