#include "cli.h"

#include <stdlib.h>
#include <unistd.h>

const char help_brief[] =
	"Options:\n"
	"  --format term|md|html|json|atom   term on a terminal, else md\n"
	"  --list        one line a story, largest first, instead of a dossier\n"
	"  --story N     the dossier of the Nth story of that list (default: the first)\n"
	"  --all         the dossiers of all stories\n"
	"  --type TYPE   do not sniff the type of the sources\n\n"
	"Examples:\n"
	"  sitrep brief reports/*.txt\n"
	"  sitrep brief reports/ --format html >dossier.html\n"
	"  sitrep brief reports/ --list\n"
	"  sitrep brief reports/ --format json --now 2026-03-16T20:00:00Z | sitrep verify -\n\n"
	"A sentence that its citations do not bear out is never printed; -v says what was left out and why.\n";

typedef struct brief_options {
	sr_format format;
	bool list, all;
	size_t story; /* from 1; 0: the first */
} brief_options;

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

/* "1  18 documents, 12 origins  TITLE" */
static void list_stories(const sr_run *run)
{
	for (size_t i = 0; i < run->story_count; i++) {
		const sr_story *s = &run->stories[i];
		sr_str title = { 0 };
		for (size_t k = 0; k < s->doc_count && !title.len; k++)
			title = run->docs[s->docs[k]]->title;
		printf("%-3zu %zu %s, %u %s  %.*s\n", i + 1, s->doc_count, s->doc_count == 1 ? "document" : "documents", s->origin_count,
		       s->origin_count == 1 ? "origin" : "origins", SR_FMT(title.len ? title : SR_STR("(no title)")));
	}
}

static int print_all(const cli_context *ctx, sr_run *run, const brief_options *o)
{
	int code = EXIT_DONE;
	size_t first = o->all ? 0 : o->story ? o->story - 1 : 0, last = o->all ? run->story_count : first + 1;
	if (run->story_count == 0) {
		cli_say("nothing to write a dossier from");
		return EXIT_NO;
	}
	if (o->list) {
		list_stories(run);
		return EXIT_DONE;
	}
	if (first >= run->story_count)
		return cli_usage(ctx, "there are only %zu stories", run->story_count);
	for (size_t i = first; i < last && code == EXIT_DONE; i++)
		code = print_story(ctx, run, i, o->format);
	return code;
}

static int parse(cli_context *ctx, int argc, char **argv, brief_options *o, const char **type)
{
	const char *format = NULL, *story = NULL;
	const cli_option options[] = { { "format", 'f', NULL, &format }, { "list", 'l', &o->list, NULL },
		                           { "all", 'a', &o->all, NULL },    { "story", 's', NULL, &story },
		                           { "type", 't', NULL, type } };
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0)
		return -1;
	o->format = isatty(STDOUT_FILENO) ? SR_FORMAT_TERM : SR_FORMAT_MD;
	if (format && !sr_format_parse(sr_str_c(format), &o->format)) {
		cli_usage(ctx, "unknown --format %s: term, md, html, json or atom", format);
		return -1;
	}
	if (story) {
		char *end;
		o->story = strtoul(story, &end, 10);
		if (*end || o->story == 0) {
			cli_usage(ctx, "--story %s is not a number from 1", story);
			return -1;
		}
	}
	return n;
}

int cmd_brief(cli_context *ctx, int argc, char **argv)
{
	brief_options o = { 0 };
	const char *type = NULL;
	sr_engine *engine;
	sr_run *run;
	sr_error err = { 0 };
	int n = parse(ctx, argc, argv, &o, &type);
	if (n < 0)
		return EXIT_USAGE;
	ctx->dossiers = true;
	int code = cli_open(ctx, n, argv, type, &engine, &run);
	if (!run)
		return code;
	size_t before = run->failure_count;
	if (sr_run_read(run, &err) != SR_OK || sr_run_group(run, &err) != SR_OK) {
		cli_say("%s", err.message);
		cli_close(engine, run);
		return EXIT_BROKEN;
	}
	code = cli_report(run, before);
	cli_report_notes(ctx, run);
	int printed = print_all(ctx, run, &o);
	cli_close(engine, run);
	return printed != EXIT_DONE && !(printed == EXIT_NO && code == EXIT_UNREAD) ? printed : code;
}
