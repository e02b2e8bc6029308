/* Printing a page of one story: what brief and claims share. */
#include "cli.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static unsigned terminal_width(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 0;
}

/* The texts that the citations point into, by number of the source. */
static sr_str *texts_of(const sr_run *run, const sr_story *story, sr_arena *arena)
{
	sr_str *texts = SR_NEW_ARRAY(arena, sr_str, story->doc_count);
	for (size_t i = 0; texts && i < story->doc_count; i++)
		texts[i] = run->docs[story->docs[i]]->text;
	return texts;
}

int cli_print_page(const sr_run *run, size_t story, const sr_dossier *dossier, sr_format format, sr_arena *arena)
{
	sr_error err = { 0 };
	sr_buf out;
	sr_buf_init(&out, 0);
	sr_render_options options = { .now = sr_engine_now(run->engine), .width = terminal_width(),
		                          .color = isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
		                          .texts = texts_of(run, &run->stories[story], arena),
		                          .text_count = run->stories[story].doc_count };
	if (!options.texts)
		options.text_count = 0;
	int code = EXIT_BROKEN;
	if (sr_render(dossier, format, &options, &out, &err) == SR_OK)
		code = cli_write(sr_buf_str(&out));
	else
		cli_say("%s", err.message);
	sr_buf_deinit(&out);
	return code;
}
