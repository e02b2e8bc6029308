#include "archive.h"

#include <stdlib.h>
#include <string.h>

const char help_show[] =
	"STORY is an id as sitrep stories prints it, or its beginning.\n\n"
	"Options:\n"
	"  --edition N                       as it stood then (default: the latest edition)\n"
	"  --since EDITION|TIME              what changed since then comes first\n"
	"  --format term|md|html|json|atom   term on a terminal, else md\n\n"
	"Examples:\n"
	"  sitrep show bfkht4\n"
	"  sitrep show bfkht4 --since 2026-03-14\n"
	"  sitrep show bfkht4 --edition 2 --format html >then.html\n";

/* The edition that --since means: a number, or the latest one made until that time. 0: before the first. */
static int since_edition(const cli_context *ctx, sr_archive *a, int64_t story, const char *given, uint32_t *edition)
{
	sr_arena *arena = sr_arena_new(0);
	sr_store_story info = { 0 };
	sr_error err = { 0 };
	sr_time at;
	int code = EXIT_DONE;
	*edition = 0;
	sr_status status = arena ? sr_store_get_story(sr_archive_store(a), story, arena, &info, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	unsigned long number = strspn(given, "0123456789") == strlen(given) ? strtoul(given, NULL, 10) : 0;
	if (status != SR_OK) {
		code = cli_archive_failed(&err);
	} else if (number && number <= info.edition) {
		*edition = (uint32_t)number;
	} else if (number && number < 1000) {
		code = cli_usage(ctx, "the latest edition is %u", info.edition);
	} else if (!cli_time(ctx, "since", given, &at)) {
		code = EXIT_USAGE;
	} else {
		status = sr_store_edition_at(sr_archive_store(a), story, at, edition, &err);
		if (status == SR_E_NOT_FOUND && !ctx->quiet)
			cli_say("the first edition is later than %s: all of it is new", given);
		else if (status != SR_OK && status != SR_E_NOT_FOUND)
			code = cli_archive_failed(&err);
	}
	sr_arena_free(arena);
	return code;
}

static int show(sr_archive *a, const char *name, int64_t story, uint32_t edition, uint32_t since, sr_format format)
{
	sr_archive_page page = { 0 };
	sr_error err = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_archive_show(a, story, edition, since, arena, &page, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK && page.stale.len)
		cli_say("edition %u is shown, though the story has changed since: the next one does not verify (%.*s)", page.dossier.edition, SR_FMT(page.stale));
	int code = EXIT_NO;
	if (status == SR_OK)
		code = cli_print_dossier(&page.dossier, format, sr_archive_now(a), page.texts, page.original_count);
	else if (status == SR_E_NOT_FOUND && edition)
		cli_say("%s has no edition %u", name, edition); /* the store knows the story by its number */
	else
		code = cli_archive_failed(&err);
	sr_arena_free(arena);
	return code;
}

int cmd_show(cli_context *ctx, int argc, char **argv)
{
	const char *given_edition = NULL, *since = NULL, *given_format = NULL;
	const cli_option options[] = { { "edition", 'e', NULL, &given_edition }, { "since", 's', NULL, &since }, { "format", 'f', NULL, &given_format } };
	sr_format format;
	sr_archive *a;
	int64_t story;
	uint32_t since_number = 0;
	size_t edition = 0;
	int n = cli_parse(ctx, options, sizeof options / sizeof *options, argc, argv);
	if (n < 0 || !cli_page_format(ctx, given_format, true, &format) || !cli_number(ctx, "edition", given_edition, UINT32_MAX, &edition))
		return EXIT_USAGE;
	if (n != 1)
		return cli_usage(ctx, "name one STORY; sitrep stories lists them");
	int code = cli_open_story(ctx, argv[0], &a, &story);
	if (code != EXIT_DONE)
		return code;
	if (since)
		code = since_edition(ctx, a, story, since, &since_number);
	if (code == EXIT_DONE)
		code = show(a, argv[0], story, (uint32_t)edition, since_number, format);
	sr_archive_close(a);
	return code;
}
