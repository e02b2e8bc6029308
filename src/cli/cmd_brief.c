#include "cli.h"

#include "sitrep/base/json.h"

const char help_brief[] =
	"Options:\n"
	"  --format term|md|html|json|atom   term on a terminal, else md\n"
	"  --list        one line a story, largest first, instead of a dossier; with --format json as JSON\n"
	"  --story N     the dossier of the Nth story of that list (default: the first)\n"
	"  --all         the dossiers of all stories: term or md, or json, one line each (html and atom hold one)\n"
	"  --type TYPE   do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep brief reports/*.txt\n"
	"  sitrep brief reports/ --format html >dossier.html\n"
	"  sitrep brief reports/ --list\n"
	"  sitrep brief reports/ --format json --now 2026-03-16T20:00:00Z | sitrep verify -\n\n"
	"A sentence that its citations do not bear out is never printed; -v says what was left out and why.\n";

static int print_story(const cli_context *ctx, sr_run *run, size_t story, sr_format format)
{
	sr_error err = { 0 };
	sr_dossier dossier;
	sr_verdict refused = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_run_dossier(run, story, arena, &dossier, &refused, &err)
	                         : sr_fail(&err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; ctx->verbose && i < refused.failure_count; i++)
		cli_say("left out %.*s: %.*s: %.*s", SR_FMT(refused.failures[i].where), SR_FMT(refused.failures[i].reason),
		        SR_FMT(refused.failures[i].text));
	int code = EXIT_BROKEN;
	if (status == SR_OK)
		code = cli_print_page(run, story, &dossier, format, arena);
	else
		cli_say("%s", err.message);
	sr_arena_free(arena);
	return code;
}

static sr_str title_of(const sr_run *run, const sr_story *s)
{
	sr_str title = { 0 };
	for (size_t k = 0; k < s->doc_count && !title.len; k++)
		title = run->docs[s->docs[k]]->title;
	return title;
}

/* "1  18 documents, 12 origins  TITLE" */
static void put_text(sr_buf *out, size_t n, const sr_story *s, sr_str title)
{
	sr_buf_printf(out, "%-3zu %zu %s, %u %s  ", n, s->doc_count, s->doc_count == 1 ? "document" : "documents", s->origin_count,
	              s->origin_count == 1 ? "origin" : "origins");
	cli_put_line(out, title.len ? title : SR_STR("(no title)"));
}

static void put_json(sr_buf *out, size_t n, const sr_story *s, sr_str title)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_int(&w, "n", (int64_t)n);
	sr_jsonw_kv_str(&w, "story", s->id);
	sr_jsonw_kv_str_opt(&w, "title", title);
	sr_jsonw_kv_int(&w, "documents", (int64_t)s->doc_count);
	sr_jsonw_kv_int(&w, "origins", s->origin_count);
	sr_jsonw_object_end(&w);
}

static int list_story(const cli_context *ctx, sr_run *run, size_t story, sr_format format)
{
	const sr_story *s = &run->stories[story];
	sr_buf out;
	(void)ctx;
	sr_buf_init(&out, 0);
	(format == SR_FORMAT_JSON ? put_json : put_text)(&out, story + 1, s, title_of(run, s));
	sr_buf_add_char(&out, '\n');
	return format == SR_FORMAT_JSON ? cli_flush(&out) : cli_flush_list(&out);
}

int cmd_brief(cli_context *ctx, int argc, char **argv)
{
	const char *format = NULL, *story = NULL;
	bool list = false, all = false;
	cli_stories s = { .atom = true, .nothing = "nothing to write a dossier from" };
	const cli_option options[] = { { "format", 'f', NULL, &format }, { "list", 'l', &list, NULL },
		                           { "all", 'a', &all, NULL },       { "story", 's', NULL, &story },
		                           { "type", 't', NULL, &s.type } };
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	s.all = all || list;
	s.lines = list;
	s.print = list ? list_story : print_story;
	if (n < 0 || !cli_stories_parse(ctx, format, story, &s))
		return EXIT_USAGE;
	ctx->dossiers = true;
	return cli_stories_print(ctx, n, argv, &s);
}
