#include "cli.h"

#include "sitrep/base/json.h"
#include "sitrep/story.h"

const char help_cluster[] =
	"Options:\n"
	"  --type TYPE            do not sniff the type of the sources\n"
	"  --format json          JSON lines, which is what it prints anyway\n\n"
	"Prints {\"id\":…,\"story\":…} for each document, in the order given.\n\n"
	"Examples:\n"
	"  sitrep cluster reports/ | jq -r .story | sort | uniq -c\n"
	"  sitrep cluster articles.jsonl\n";

static void print_lines(sr_buf *out, const sr_run *run, const sr_str *story)
{
	for (size_t i = 0; i < run->doc_count; i++) {
		sr_jsonw w;
		sr_jsonw_init(&w, out);
		sr_jsonw_object(&w);
		sr_jsonw_kv_str(&w, "id", run->docs[i]->id);
		sr_jsonw_kv_str(&w, "story", story[i]);
		sr_jsonw_object_end(&w);
		sr_buf_add_char(out, '\n');
	}
}

int cmd_cluster(cli_context *ctx, int argc, char **argv)
{
	sr_engine *engine;
	sr_run *run;
	sr_story *stories;
	size_t count;
	sr_error err;
	sr_buf out;
	int code = cli_open_for_lines(ctx, argc, argv, &engine, &run);
	if (!run)
		return code;
	sr_buf_init(&out, 0);
	sr_str *story = SR_NEW_ARRAY(run->arena, sr_str, run->doc_count + 1);
	if (!story || sr_story_group(run->docs, run->doc_count, run->arena, &stories, &count, &err) != SR_OK) {
		cli_say("out of memory");
		code = EXIT_BROKEN;
	} else {
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < stories[i].doc_count; k++)
				story[stories[i].docs[k]] = stories[i].id;
		print_lines(&out, run, story);
		if (sr_buf_status(&out) != SR_OK || cli_write(sr_buf_str(&out)) != EXIT_DONE)
			code = EXIT_BROKEN;
	}
	sr_buf_deinit(&out);
	cli_close(engine, run);
	return code;
}
