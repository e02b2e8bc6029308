/* Dossiers on standard output. */
#include "archive.h"

#include <stdlib.h>
#include <unistd.h>

static bool in_color(void)
{
	const char *no = getenv("NO_COLOR"); /* no-color.org: where it is not empty */
	return cli_obeys(STDOUT_FILENO) && !(no && *no);
}

/* The texts that the citations point into, by number of the source. */
static sr_str *texts_of(const sr_run *run, const sr_story *story, sr_arena *arena)
{
	sr_str *texts = SR_NEW_ARRAY(arena, sr_str, story->doc_count);
	for (size_t i = 0; texts && i < story->doc_count; i++)
		texts[i] = run->docs[story->docs[i]]->text;
	return texts;
}

int cli_print_dossier(const sr_dossier *dossier, sr_format format, sr_time now, const sr_str *texts, size_t text_count)
{
	sr_error err = { 0 };
	sr_buf out;
	const sr_render_options options = { .now = now, .width = cli_terminal_width(), .color = in_color(),
		                                .texts = texts, .text_count = texts ? text_count : 0 };
	sr_buf_init(&out, 0);
	if (sr_render(dossier, format, &options, &out, &err) != SR_OK) {
		cli_say("%s", err.message);
		sr_buf_deinit(&out);
		return EXIT_BROKEN;
	}
	return cli_flush(&out);
}

int cli_print_page(const sr_run *run, size_t story, const sr_dossier *page, sr_format format, sr_arena *arena)
{
	const sr_story *s = &run->stories[story];
	return cli_print_dossier(page, format, sr_engine_now(run->engine), texts_of(run, s, arena), s->doc_count);
}

void cli_only_head(sr_dossier *d)
{
	d->brief_count = d->conflict_count = d->unknown_count = d->quote_count = d->figure_count = d->timeline_count = d->update_count = d->voice_count = 0;
	d->changes = (sr_changes){ 0 };
}

static int show_part(sr_archive *a, int64_t story, sr_format format, void (*keep)(sr_dossier *))
{
	sr_archive_page page = { 0 };
	sr_error err = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_archive_show(a, story, 0, 0, arena, &page, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	int code = EXIT_NO;
	if (status == SR_OK) {
		keep(&page.dossier);
		code = cli_print_dossier(&page.dossier, format, sr_archive_now(a), page.texts, page.original_count);
		if (code == EXIT_DONE && !page.dossier.conflict_count && !page.dossier.timeline_count)
			code = EXIT_NO;
	} else {
		code = cli_archive_failed(&err);
	}
	sr_arena_free(arena);
	return code;
}

int cli_show_part(const cli_context *ctx, const char *name, const char *given, void (*keep)(sr_dossier *))
{
	sr_format format;
	sr_archive *a;
	int64_t story;
	if (!cli_page_format(ctx, given, true, &format))
		return EXIT_USAGE;
	int code = cli_open_story(ctx, name, &a, &story);
	if (code != EXIT_DONE)
		return code;
	code = show_part(a, story, format, keep);
	sr_archive_close(a);
	return code;
}
