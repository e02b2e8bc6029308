#include "cli.h"

#include "sitrep/render/records.h"

const char help_extract[] =
	"Options:\n"
	"  --type TYPE     do not sniff: text, markdown, html, feed, warc, nitf, newsml, ninjs, jsonl, eml\n"
	"  --format json   JSON lines, which is what it prints anyway\n\n"
	"Examples:\n"
	"  sitrep extract page.html | jq -r .text\n"
	"  sitrep extract --jobs 2 pages/ >articles.jsonl\n"
	"  curl -s https://example.org/news | sitrep extract - --type html\n";

int cmd_extract(cli_context *ctx, int argc, char **argv)
{
	sr_engine *engine;
	sr_run *run;
	sr_buf out;
	int code = cli_open_for_lines(ctx, argc, argv, &engine, &run);
	if (!run)
		return code;
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < run->doc_count && code != EXIT_BROKEN; i++) {
		sr_buf_clear(&out);
		sr_render_document_line(&out, run->docs[i]);
		if (cli_write(sr_buf_str(&out)) != EXIT_DONE)
			code = EXIT_BROKEN;
	}
	sr_buf_deinit(&out);
	cli_close(engine, run);
	return code;
}
